//! `sayso read`: pages in, who says what out.

use crate::args::ReadArgs;
use crate::exit::{self, Outcome};
use crate::order;
use crate::view::View;
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso_input::{Error, ErrorKind, Input, Options};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

/// What one input came to.
#[derive(Default)]
struct Reading {
    /// What stands before the story if it is the first.
    head: String,
    /// The story, as the view writes it; empty where there is none.
    written: Vec<u8>,
    /// What went wrong.
    error: Option<Error>,
}

/// Reads every page and writes its story.
pub(crate) fn run(args: &ReadArgs) -> Outcome {
    let view = View::new(args);
    let model = args.model.open();
    let options = Options { timeout: Duration::from_secs(args.timeout) };
    let inputs = sayso_input::read(args.pages.clone(), options);
    let workers = args.threads.map_or_else(cores, usize::from);
    let mut outcome = Outcome::Done;
    let mut begun = false;
    order::in_order(
        workers,
        (1..).zip(inputs),
        |(number, input)| reading(input, number, model, &view),
        |reading| {
            if let Some(error) = &reading.error {
                exit::complain(&error.to_string());
                outcome = Outcome::SomeInputsFailed;
            }
            if !reading.written.is_empty() && !std::mem::replace(&mut begun, true) {
                write(reading.head.as_bytes(), outcome);
            }
            write(&reading.written, outcome);
            ControlFlow::Continue(())
        },
    );
    if begun {
        write(view.foot().as_bytes(), outcome);
    }
    outcome
}

/// Reads one page.
fn reading(input: Result<Input, Error>, number: usize, model: &Model, view: &View) -> Reading {
    read(input, number, model, view)
        .unwrap_or_else(|error| Reading { error: Some(error), ..Reading::default() })
}

/// A page without a story is written all the same, so that its notices are seen; what is no page
/// is not.
fn read(input: Result<Input, Error>, number: usize, model: &Model, view: &View) -> Result<Reading, Error> {
    let input = input?;
    let source = input.source.clone();
    let (id, page, given) = input.open()?;
    let analysis = analyse(&page, model);
    let has_story = !analysis.story.text.trim().is_empty();
    if !has_story {
        let decoded = page.decode();
        if decoded.text.trim().is_empty() {
            return Err(Error { source, kind: ErrorKind::NoText(decoded.notices.join("; ")) });
        }
    }
    let error = (!has_story).then_some(Error { source, kind: ErrorKind::NoStory });
    Ok(Reading { head: view.head(&analysis), written: view.write(&analysis, id, given, number), error })
}

/// Writes one story whole, so that a reader of a pipe has it before the next page is read. Ends the
/// program where nobody reads, or nothing can be written, any more.
fn write(bytes: &[u8], outcome: Outcome) {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::leave(outcome),
        Err(error) => {
            exit::complain(&format!("cannot write the output: {error}"));
            exit::leave(Outcome::OutputFailed)
        }
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
