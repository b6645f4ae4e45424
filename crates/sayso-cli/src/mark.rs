//! What a hand writes into the ledger, or takes out of it.

use crate::ask::{Table, Writer};
use crate::exit::{self, Outcome, answered};
use crate::ledger_args::{self, CorrectArgs, CorrectionsArgs, ForgetArgs, ImportArgs, NoteArgs, TagArgs};
use chrono::{DateTime, SecondsFormat, Utc};
use sayso_ledger::{Access, Field, Forget, Ledger, Tag};
use std::env;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::time::SystemTime;

/// Marks stories and statements.
pub(crate) fn tag(args: &TagArgs) -> Outcome {
    let Some((mark, keys)) = args.words.split_last() else { exit::wrong_usage("a mark is needed") };
    let (name, value) = ledger_args::tag(mark).unwrap_or_else(|error| exit::wrong_usage(&error));
    let tag = Tag { name, value: value.unwrap_or_default() };
    let mut ledger = answered(Ledger::open(&args.ledger.ledger, Access::Write));
    let mut keys = keys.to_vec();
    if let Some(query) = &args.query {
        keys.extend(answered(ledger.found(query)));
    }
    if keys.is_empty() {
        exit::wrong_usage("nothing to be marked: give keys before the mark, or --query");
    }
    let changed = answered(if args.remove { ledger.untag(&keys, &tag) } else { ledger.tag(&keys, &tag) });
    let done = if args.remove { "taken off" } else { "put on" };
    exit::complain(&format!("{mark}: {done} {changed} of {}", keys.len()));
    Outcome::Done
}

/// Corrects a statement, or undoes a correction.
pub(crate) fn correct(args: &CorrectArgs) -> Outcome {
    let mut ledger = answered(Ledger::open(&args.ledger.ledger, Access::Write));
    let (by, at) = (hand(args.by.as_ref()), now());
    if let Some(correction) = &args.undo {
        let done = answered(ledger.undo(correction, &by, &at));
        exit::complain(&format!("{}: undone", done.value));
        return Outcome::Done;
    }
    let statement = args.statement.as_deref().unwrap_or_default();
    let fields = [
        args.speaker
            .as_ref()
            .map(|name| Field::Speaker(Some(name.trim().to_owned()).filter(|name| !name.is_empty()))),
        args.act.map(Field::Act),
        args.negated.map(Field::Negated),
        args.content.map(|(start, end)| Field::Content(start, end)),
        args.right.then_some(Field::Right),
        args.not_a_statement.then_some(Field::None),
    ];
    let fields: Vec<Field> = fields.into_iter().flatten().collect();
    if fields.is_empty() {
        exit::wrong_usage("nothing to be corrected: say what is right, e.g. --speaker NAME, or --right");
    }
    for field in &fields {
        let done = answered(ledger.correct(statement, field, &by, &at, args.why.as_deref()));
        exit::complain(&format!("{}: {} of {}", done.key, done.field, done.statement));
    }
    Outcome::Done
}

/// The log of corrections.
pub(crate) fn corrections(args: &CorrectionsArgs) -> Outcome {
    let log = answered(answered(Ledger::open(&args.ledger.ledger, Access::Read)).corrections(None));
    let columns =
        vec!["key", "statement", "field", "value", "words", "by", "at", "why", "undone", "orphaned"];
    let rows = log.iter().map(|c| {
        let why = c.why.clone().unwrap_or_default();
        let words =
            [&c.key, &c.statement, &c.field, &c.value, &c.words, &c.by, &c.at, &why].map(Clone::clone);
        words.into_iter().chain([c.undone.to_string(), c.orphaned.to_string()]).collect()
    });
    let table = Table { columns, rows: rows.collect() };
    Writer::new(&args.format).write(&log, table, |listing| listing.corrections(&log));
    Outcome::Done
}

/// Takes an export in.
pub(crate) fn import(args: &ImportArgs) -> Outcome {
    let lines = fs::read_to_string(&args.file)
        .unwrap_or_else(|error| exit::wrong_usage(&format!("{}: {error}", args.file.display())));
    let done = answered(answered(Ledger::open(&args.ledger.ledger, Access::Create)).import(&lines));
    let orphaned = if done.orphaned > 0 {
        format!(", {} of them without their statement here", done.orphaned)
    } else {
        String::new()
    };
    let corrections = format!("{} corrections added{orphaned}, {} there already", done.added, done.known);
    exit::complain(&format!("{} stories added; {corrections}", done.stories));
    if done.without_text > 0 {
        let without = done.without_text;
        exit::complain(&format!(
            "{without} stories left out, as their texts are not in it: export --with-texts"
        ));
        return Outcome::SomeInputsFailed;
    }
    Outcome::Done
}

/// Who writes into the ledger.
fn hand(by: Option<&String>) -> String {
    by.cloned().or_else(|| env::var("USER").ok()).unwrap_or_else(|| "unknown".to_owned())
}

/// Writes a note, or shows those that are there.
pub(crate) fn note(args: &NoteArgs) -> Outcome {
    let path = &args.ledger.ledger;
    if let (Some(key), Some(words)) = (&args.key, &args.words) {
        let by = hand(args.by.as_ref());
        let note = answered(answered(Ledger::open(path, Access::Write)).note(key, words, &by, &now()));
        exit::complain(&format!("note on {}", note.key));
        return Outcome::Done;
    }
    let notes = answered(answered(Ledger::open(path, Access::Read)).notes(args.key.as_deref()));
    let rows =
        notes.iter().map(|n| vec![n.key.clone(), n.words.clone(), n.by.clone(), n.at.clone()]).collect();
    let table = Table { columns: vec!["key", "words", "by", "at"], rows };
    Writer::new(&args.format).write(&notes, table, |listing| listing.notes(&notes));
    Outcome::Done
}

/// Removes stories for good, after a question where somebody can answer it.
pub(crate) fn forget(args: &ForgetArgs) -> Outcome {
    let (what, name) = match (&args.story, &args.person, &args.outlet) {
        (Some(name), ..) => (Forget::Story(name), format!("the story {name}")),
        (_, Some(name), _) => (Forget::Person(name), format!("all stories that name {name}")),
        (.., Some(name)) => (Forget::Outlet(name), format!("all stories of {name}")),
        _ => exit::wrong_usage("nothing to be forgotten"),
    };
    let mut ledger = answered(Ledger::open(&args.ledger.ledger, Access::Write));
    if !args.yes && !agreed(&name) {
        exit::complain("nothing was removed");
        return Outcome::SomeInputsFailed;
    }
    let seed = format!("{} {}", now(), std::process::id());
    let stories = answered(ledger.forget(what, &seed));
    exit::complain(&format!("{stories} removed for good; a backup made before still holds them"));
    Outcome::Done
}

/// Whether the one at the terminal agrees. Without a terminal nobody can: `--yes` is asked for.
fn agreed(name: &str) -> bool {
    if !io::stdin().is_terminal() {
        exit::wrong_usage("this removes for good: say --yes");
    }
    let _ = write!(io::stderr().lock(), "Remove {name} for good? [y/N] ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// The time, as RFC 3339 has it.
fn now() -> String {
    DateTime::<Utc>::from(SystemTime::now()).to_rfc3339_opts(SecondsFormat::Secs, true)
}
