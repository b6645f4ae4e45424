//! `sayso completions` and `sayso man`: both made of what [`crate::args`] says.

use crate::args::Args;
use crate::exit::{self, Outcome};
use clap::CommandFactory;
use std::io::{self, Write};

/// Writes the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "sayso", &mut written);
    write(&written)
}

/// Writes the manual page of the program, or of a subcommand.
pub(crate) fn page(subcommand: Option<&str>) -> Outcome {
    let mut command = Args::command();
    command.build();
    let of = match subcommand {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => exit::wrong_usage(&format!("there is no subcommand {name}; sayso --help lists them")),
        },
    };
    let mut written = Vec::new();
    match clap_mangen::Man::new(of).render(&mut written) {
        Ok(()) => write(&written),
        Err(_) => Outcome::OutputFailed,
    }
}

fn write(bytes: &[u8]) -> Outcome {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Outcome::OutputFailed,
        _ => Outcome::Done,
    }
}
