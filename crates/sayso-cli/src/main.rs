//! The program `sayso`: who says what in a news story, from the command line.
//!
//! [`args`] says what can be asked, [`read`] and its sisters do it, `sayso-input` brings the
//! pages, [`order`] shares them among the cores, [`view`] writes what was found on the [`screen`] or for
//! programs, [`exit`] tells how it went.

mod args;
mod eval;
mod exit;
mod manual;
mod models;
mod order;
mod output;
mod read;
mod screen;
mod select;
mod table;
mod terminal;
mod view;

use args::{Args, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Args::read().command {
        Command::Read(args) => read::run(&args),
        Command::Models(args) => models::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { subcommand } => manual::page(subcommand.as_deref()),
    };
    exit::code(outcome)
}
