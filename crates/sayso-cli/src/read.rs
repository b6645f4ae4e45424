//! `sayso read`: pages in, who says what out.

use crate::args::ReadArgs;
use crate::exit::{self, Outcome};
use crate::output::Output;
use crate::view::View;
use crate::{order, progress};
use sayso::analysis::{Analysis, analyse};
use sayso::model::Model;
use sayso::page::Page;
use sayso::view::html;
use sayso_input::{Error, ErrorKind, Input, Options, Source};
use std::io::{self, IsTerminal};
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
    /// Its number and headline.
    title: Option<(usize, String)>,
    /// What went wrong.
    error: Option<Error>,
}

/// How many inputs came to what.
#[derive(Default)]
struct Tally {
    read: usize,
    without_story: usize,
    skipped: usize,
}

/// Reads every page and writes its story.
pub(crate) fn run(args: &ReadArgs) -> Outcome {
    let view = View::new(args);
    let model = args.model.open();
    let options = Options { timeout: Duration::from_secs(args.timeout) };
    let inputs = sayso_input::read(args.pages.clone(), options);
    let workers = args.threads.map_or_else(cores, usize::from);
    let mut output = Output::open(args.output.as_deref());
    // Elsewhere than between the stories.
    let is_watched = io::stderr().is_terminal() && (args.output.is_some() || !io::stdout().is_terminal());
    let bar = progress::bar(is_watched, "{spinner} {pos} pages, {per_sec}");
    let mut outcome = Outcome::Done;
    let (mut tally, mut titles) = (Tally::default(), Vec::new());
    order::in_order(
        workers,
        (1..).zip(inputs),
        |(number, input)| reading(input, number, model, &view),
        |reading| {
            tally.add(&reading);
            bar.inc(1);
            if let Some(error) = &reading.error {
                bar.suspend(|| exit::complain(&error.to_string()));
                if !error.kind.is_notice() {
                    outcome = Outcome::SomeInputsFailed;
                }
            }
            if let Some(title) = reading.title {
                if titles.is_empty() {
                    output.write(reading.head.as_bytes(), outcome);
                }
                titles.push(title);
            }
            output.write(&reading.written, outcome);
            ControlFlow::Continue(())
        },
    );
    bar.finish_and_clear();
    if !titles.is_empty() {
        output.write(view.foot(&titles).as_bytes(), outcome);
    }
    output.close();
    tally.tell();
    outcome
}

impl Tally {
    fn add(&mut self, reading: &Reading) {
        match &reading.error {
            None => self.read += 1,
            Some(error) if error.kind.is_notice() => {}
            Some(error) if matches!(error.kind, ErrorKind::NoStory | ErrorKind::NoText(_)) => {
                self.without_story += 1;
            }
            Some(_) => self.skipped += 1,
        }
    }

    /// Tells on standard error what a run of more than one input came to.
    fn tell(&self) {
        if self.read + self.without_story + self.skipped < 2 {
            return;
        }
        let mut parts = vec![format!("{} read", self.read)];
        parts.extend((self.without_story > 0).then(|| format!("{} without a story", self.without_story)));
        parts.extend((self.skipped > 0).then(|| format!("{} skipped, for the reasons above", self.skipped)));
        exit::complain(&parts.join(", "));
    }
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
    let error = match without_story(&page, &analysis, source) {
        Some(error) if matches!(error.kind, ErrorKind::NoText(_)) => return Err(error),
        error => error,
    };
    Ok(Reading {
        head: view.head(&analysis),
        title: Some((number, html::title(&analysis.story).to_owned())),
        written: view.write(&analysis, id, given, number),
        error,
    })
}

/// What is wrong with a page that has no story: there is no text at all, or none that is one.
pub(crate) fn without_story(page: &Page, analysis: &Analysis, source: Source) -> Option<Error> {
    if !analysis.story.text.trim().is_empty() {
        return None;
    }
    let decoded = page.decode();
    let is_empty = decoded.text.trim().is_empty();
    let kind = if is_empty { ErrorKind::NoText(decoded.notices.join("; ")) } else { ErrorKind::NoStory };
    Some(Error { source, kind })
}

pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
