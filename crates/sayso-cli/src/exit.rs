//! How a run ended, and the one place that says so to the shell.

use crate::screen;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All that was asked was done.
    Done,
    /// Some inputs could not be read, or held no story; the others were read.
    SomeInputsFailed,
    /// The output, or the ledger, could not be opened or written.
    OutputFailed,
}

/// The codes, as `--help` tells them. Code 2 is clap's own for wrong usage.
pub(crate) const HELP: &str = "\
Exit codes:
  0  every input was read
  1  some input could not be read or held no story; the others were read
  2  the command line was not understood
  3  the output, or the ledger, could not be opened or written";

/// The code of an outcome.
pub(crate) fn code(outcome: Outcome) -> ExitCode {
    ExitCode::from(number(outcome))
}

/// Ends the program at once, because nobody reads its output any more (`sayso read ... | head`).
/// Other threads may be waiting for a slow input and are not waited for.
pub(crate) fn leave(outcome: Outcome) -> ! {
    std::process::exit(i32::from(number(outcome)))
}

/// Tells a problem on standard error. Where that is closed too, there is nobody left to tell.
pub(crate) fn complain(problem: &str) {
    // A file's name or a server's words may hold what a terminal obeys.
    let _ = writeln!(io::stderr().lock(), "sayso: {}", screen::clean(problem));
}

/// What a ledger answers, or the end of the program.
pub(crate) fn answered<T>(answer: Result<T, sayso_ledger::Error>) -> T {
    answer.unwrap_or_else(|error| ledger_failed(&error))
}

/// Ends the program because of its ledger.
pub(crate) fn ledger_failed(error: &sayso_ledger::Error) -> ! {
    match error.kind {
        sayso_ledger::ErrorKind::Question(_) => wrong_usage(&error.to_string()),
        sayso_ledger::ErrorKind::Unknown(_) => {
            complain(&error.to_string());
            leave(Outcome::SomeInputsFailed)
        }
        _ => {
            complain(&error.to_string());
            leave(Outcome::OutputFailed)
        }
    }
}

/// Ends the program because it was asked for what cannot be.
pub(crate) fn wrong_usage(problem: &str) -> ! {
    complain(problem);
    std::process::exit(2)
}

fn number(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Done => 0,
        Outcome::SomeInputsFailed => 1,
        Outcome::OutputFailed => 3,
    }
}
