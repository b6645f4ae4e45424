//! `sayso add`: stories into the ledger.

use crate::exit::{self, Outcome, answered};
use crate::ledger_args::AddArgs;
use crate::screen::count;
use crate::{order, progress, read};
use indicatif::ProgressBar;
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::wire;
use sayso_input::{Error, Holds, Input, Options};
use sayso_ledger::{Access, Added, Keep, Ledger, PageHash, Printing, Searched, Status};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Printings stored in one transaction at most.
const BATCH: usize = 64;

/// Longest time that something read waits to be stored.
const PATIENCE: Duration = Duration::from_millis(500);

/// Time between two lines on how far it is, where no terminal shows it.
const TELL: Duration = Duration::from_secs(10);

/// What one input came to.
enum Reading {
    /// Its page is in the ledger.
    Known,
    /// Something to be stored; an error where the page has no story.
    Printing(Box<Printing>, Option<Error>),
    /// It cannot be read.
    Failed(Error),
}

/// What a run came to.
#[derive(Default, Serialize)]
struct Tally {
    /// Stories added.
    added: usize,
    /// Those of them whose text, or most of it, was there.
    copies: usize,
    /// Pages and stories that were there.
    known: usize,
    /// Pages without a story.
    without_story: usize,
    /// Stories that were removed for good before.
    forgotten: usize,
    /// Inputs that cannot be read.
    failed: usize,
}

/// The ledger, and what waits to be stored in it.
struct Writer<'a> {
    ledger: Ledger,
    args: &'a AddArgs,
    waiting: Vec<Printing>,
    since: Instant,
    told: Instant,
    tally: Tally,
    bar: ProgressBar,
    outcome: Outcome,
}

/// Reads every input that the ledger does not know yet and stores its story.
pub(crate) fn run(args: &AddArgs) -> Outcome {
    let path = &args.ledger.ledger;
    let ledger = answered(Ledger::open(path, Access::Create));
    let reader = Mutex::new(answered(Ledger::open(path, Access::Read)));
    let model = args.model.open();
    let options = Options { timeout: Duration::from_secs(args.timeout) };
    let inputs = sayso_input::read(args.inputs.clone(), options);
    let workers = args.threads.map_or_else(read::cores, usize::from);
    let mut writer = Writer {
        ledger,
        args,
        waiting: Vec::new(),
        since: Instant::now(),
        told: Instant::now(),
        tally: Tally::default(),
        bar: progress::bar(io::stderr().is_terminal(), "{spinner} {pos} pages, {per_sec}: {msg}"),
        outcome: Outcome::Done,
    };
    order::in_order(
        workers,
        inputs,
        |input| reading(input, model, &reader, args),
        |reading| {
            writer.take(reading);
            ControlFlow::Continue(())
        },
    );
    writer.finish()
}

/// Reads one input, unless its page is known.
fn reading(input: Result<Input, Error>, model: &Model, ledger: &Mutex<Ledger>, args: &AddArgs) -> Reading {
    let input = match input {
        Ok(input) => input,
        Err(error) => return Reading::Failed(error),
    };
    let page = hash(&input.holds);
    let is_known = ledger.lock().expect("no thread panics while it asks").knows(page);
    if answered(is_known) {
        return Reading::Known;
    }
    let source = input.source.clone();
    let is_line = matches!(input.holds, Holds::Line(_));
    let (id, content, given) = match input.open() {
        Ok(opened) => opened,
        Err(error) => return Reading::Failed(error),
    };
    let analysis = analyse(&content, model);
    let error = read::without_story(&content, &analysis, source);
    let line = is_line.then(|| id.to_string());
    let record = error.is_none().then(|| wire::record(&analysis, id, given));
    let tags = args.tag.iter().map(|(name, value)| (name.clone(), value.clone().unwrap_or_default()));
    let printing = Printing { page, record, line, tags: tags.collect() };
    Reading::Printing(Box::new(printing), error)
}

/// The hash of what came in, with all that changes how it is read.
fn hash(holds: &Holds) -> PageHash {
    match holds {
        Holds::Line(line) => PageHash::of(&[b"line", line]),
        Holds::Page(page) => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default().into_bytes();
            let given = &page.given;
            let parts = [
                &page.address,
                &page.captured,
                &page.media_type,
                &given.headline,
                &given.published,
                &given.outlet,
                &given.byline,
            ];
            let parts: Vec<Vec<u8>> = parts.into_iter().map(text).collect();
            let mut all: Vec<&[u8]> = vec![b"page", &page.bytes];
            all.extend(parts.iter().map(Vec::as_slice));
            PageHash::of(&all)
        }
    }
}

impl Writer<'_> {
    fn take(&mut self, reading: Reading) {
        match reading {
            Reading::Known => self.tally.known += 1,
            Reading::Failed(error) => {
                self.complain(&error);
                self.tally.failed += usize::from(!error.kind.is_notice());
            }
            Reading::Printing(printing, error) => {
                if let Some(error) = error {
                    self.complain(&error);
                }
                self.waiting.push(*printing);
            }
        }
        if self.waiting.len() >= BATCH || self.since.elapsed() > PATIENCE {
            self.store();
        }
        self.bar.inc(1);
    }

    fn complain(&mut self, error: &Error) {
        self.bar.suspend(|| exit::complain(&error.to_string()));
        if !error.kind.is_notice() {
            self.outcome = Outcome::SomeInputsFailed;
        }
    }

    /// Stores what waits, and only then counts it.
    fn store(&mut self) {
        let keep = Keep { texts: !self.args.no_keep_text };
        let done = self.ledger.add(&self.waiting, keep).unwrap_or_else(|error| {
            self.bar.finish_and_clear();
            self.tally.tell(self.args, None);
            exit::ledger_failed(&error)
        });
        let tally = &mut self.tally;
        for added in done {
            match added {
                Added::New(_) => tally.added += 1,
                Added::Copy(_) => (tally.added, tally.copies) = (tally.added + 1, tally.copies + 1),
                Added::Known => tally.known += 1,
                Added::NoStory => tally.without_story += 1,
                Added::Forgotten => tally.forgotten += 1,
            }
        }
        self.waiting.clear();
        self.since = Instant::now();
        self.bar.set_message(self.tally.words());
        if self.bar.is_hidden() && self.told.elapsed() > TELL {
            exit::complain(&format!("{} so far", self.tally.words()));
            self.told = Instant::now();
        }
    }

    fn finish(mut self) -> Outcome {
        self.store();
        self.bar.finish_and_clear();
        let status = answered(self.ledger.status());
        self.tally.tell(self.args, Some(&status));
        self.outcome
    }
}

impl Tally {
    /// The counts that are not zero, in words.
    fn words(&self) -> String {
        let some = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
        let copies = some(self.copies, "of them copies");
        let added = format!("{} added{}", self.added, copies.map(|c| format!(" ({c})")).unwrap_or_default());
        let others = [
            some(self.known, "there already"),
            some(self.without_story, "without a story"),
            some(self.forgotten, "forgotten before and left out"),
            some(self.failed, "not read, for the reasons above"),
        ];
        std::iter::once(added).chain(others.into_iter().flatten()).collect::<Vec<_>>().join(", ")
    }

    /// Tells what a run came to: on standard error, and as JSON where that is asked for.
    fn tell(&self, args: &AddArgs, status: Option<&Status>) {
        let path = args.ledger.ledger.display();
        let holds = status.map(|status| {
            let Searched { stories, origins, .. } = status.searched;
            let (stories, origins) =
                (count(stories, "story", "stories"), count(origins, "origin", "origins"));
            format!(": {stories} of {origins}, {}", count(status.statements, "statement", "statements"))
        });
        exit::complain(&format!("{}; {path}{}", self.words(), holds.unwrap_or_default()));
        if args.json {
            // Nobody may be there to read it.
            let _ = writeln!(io::stdout().lock(), "{}", sayso_ledger::wire::line(self));
        }
    }
}
