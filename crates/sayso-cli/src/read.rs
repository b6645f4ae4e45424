//! `sayso read`: pages in, who says what out.

use crate::args::ReadArgs;
use crate::exit::{self, Outcome};
use crate::input::{self, Error, ErrorKind, Input};
use crate::order;
use crate::view::View;
use sayso::analysis::analyse;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

/// What one input came to.
struct Answer {
    /// The story, as the view writes it; empty where there is none.
    written: Vec<u8>,
    /// What went wrong.
    error: Option<Error>,
}

/// Reads every page and writes its story.
pub(crate) fn run(args: &ReadArgs) -> Outcome {
    let view = View::new(args);
    let timeout = Duration::from_secs(args.timeout);
    let workers = args.threads.map_or_else(cores, usize::from);
    let mut outcome = Outcome::Done;
    order::in_order(
        workers,
        |give| input::each(&args.pages, timeout, give),
        |input| answer(input, &view),
        |answer| {
            if let Some(error) = &answer.error {
                exit::complain(&error.to_string());
                outcome = Outcome::SomeInputsFailed;
            }
            match write(&answer.written) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::leave(outcome),
                Err(error) => {
                    exit::complain(&format!("cannot write the output: {error}"));
                    exit::leave(Outcome::OutputFailed)
                }
            }
        },
    );
    outcome
}

/// Reads one page.
fn answer(input: Result<Input, Error>, view: &View) -> Answer {
    read(input, view).unwrap_or_else(|error| Answer { written: Vec::new(), error: Some(error) })
}

/// A page without a story is written all the same, so that its notices are seen; what is no page
/// is not.
fn read(input: Result<Input, Error>, view: &View) -> Result<Answer, Error> {
    let input = input?;
    let source = input.source.clone();
    let (id, page) = input.open()?;
    let analysis = analyse(&page);
    let has_story = !analysis.story.text.trim().is_empty();
    if !has_story {
        let decoded = page.decode();
        if decoded.text.trim().is_empty() {
            return Err(Error { source, kind: ErrorKind::NoText(decoded.notices.join("; ")) });
        }
    }
    let error = (!has_story).then_some(Error { source, kind: ErrorKind::NoStory });
    Ok(Answer { written: view.write(&analysis, id), error })
}

/// Writes one story whole, so that a reader of a pipe has it before the next page is read.
fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
