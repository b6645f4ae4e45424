//! `sayso models`: the models that are part of the program.

use crate::args::{ModelsArgs, Name};
use crate::exit::Outcome;
use sayso::model::Model;
use std::io::{self, Write};

/// Lists the models, or shows one's card.
pub(crate) fn run(args: &ModelsArgs) -> Outcome {
    let written = match args.name {
        Some(Name::Fast) => Model::card("fast").to_owned(),
        Some(Name::Accurate) => Model::card("accurate").to_owned(),
        None => list(),
    };
    match io::stdout().lock().write_all(written.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Outcome::OutputFailed,
        _ => Outcome::Done,
    }
}

fn list() -> String {
    let line = |model: &Model, what: &str| format!("{:<12} {what}\n", model.title());
    let fast = line(Model::fast(), "the default: hundreds of stories a second");
    let accurate = line(Model::accurate(), "some ten stories a second, fewer errors");
    format!(
        "{fast}{accurate}\n`sayso models NAME` shows a model's card; `sayso read --model NAME` uses it.\n"
    )
}
