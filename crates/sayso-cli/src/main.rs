//! The program `sayso`: who says what in a news story, from the command line.
//!
//! [`args`] says what can be asked, [`read`] and its sisters do it ([`add`] fills the ledger, [`ask`] puts the
//! questions to it), `sayso-input` brings the pages, [`order`] shares them among the cores, [`view`] writes what was found on the [`screen`] or for
//! programs, [`exit`] tells how it went.

mod add;
mod args;
mod ask;
mod columns;
mod eval;
mod exit;
mod filter;
mod ledger_args;
mod listing;
mod manual;
mod mark;
mod models;
mod order;
mod output;
mod progress;
mod read;
mod screen;
mod select;
mod table;
mod terminal;
mod update;
mod view;

use args::{Args, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Args::read().command {
        Command::Read(args) => read::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Who(args) => ask::who(&args),
        Command::Speaker(args) => ask::speaker(&args),
        Command::Figures(args) => ask::figures(&args),
        Command::Story(args) => ask::story(&args),
        Command::Copies(args) => ask::copies(&args),
        Command::Outlets(args) => ask::outlets(&args),
        Command::Status(args) => ask::status(&args),
        Command::Sample(args) => ask::sample(&args),
        Command::Update(args) => update::run(&args),
        Command::Correct(args) => mark::correct(&args),
        Command::Corrections(args) => mark::corrections(&args),
        Command::Import(args) => mark::import(&args),
        Command::Tag(args) => mark::tag(&args),
        Command::Note(args) => mark::note(&args),
        Command::Forget(args) => mark::forget(&args),
        Command::Export(args) => ask::export(&args),
        Command::Backup(args) => ask::back_up(&args),
        Command::Models(args) => models::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { subcommand } => manual::page(subcommand.as_deref()),
    };
    exit::code(outcome)
}
