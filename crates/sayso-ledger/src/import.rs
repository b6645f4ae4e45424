//! An export taken in again: into an empty ledger it gives the same one, into another the union of both, whatever the
//! order.

use crate::add::{Keep, PageHash, Printing};
use crate::error::{Error, ErrorKind};
use crate::wire::{self, Line};
use crate::{Ledger, Tag, key, spans};
use sayso::statement::{Act, Form, Kind, Stance};
use sayso::story::ParagraphKind;
use sayso::{figure, mention, wire as story_wire};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Stories that were not there.
    pub stories: usize,
    /// Stories whose texts the export does not hold and that are not there: nothing could be read of them.
    pub without_text: usize,
    /// Corrections that were not there.
    pub added: usize,
    /// Those that were.
    pub known: usize,
    /// Those of the added that have no statement here.
    pub orphaned: usize,
}

/// The lines of an export, by what they are of.
#[derive(Default)]
struct Lines {
    stories: Vec<wire::Story>,
    /// Statements, those that are none among them, by the number of their story.
    statements: HashMap<usize, Vec<wire::Statement>>,
    corrections: Vec<crate::Correction>,
    notes: Vec<crate::Note>,
}

impl Ledger {
    /// Takes in the lines of an export: stories whose texts it holds, marks, notes and corrections. What is there stays.
    ///
    /// # Errors
    /// When a line is none of an export, told by its number, and then nothing is taken in; or when the ledger
    /// cannot be written.
    pub fn import(&mut self, lines: &str) -> Result<Imported, Error> {
        let bad = |number: usize, why: String| {
            let what = format!("line {number} is none of an export: {why}");
            Error::new(&self.store.path, ErrorKind::Question(what))
        };
        let mut all = Lines::default();
        for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match wire::read(line).map_err(|why| bad(number, why))? {
                Some(Line::Story(story)) => all.stories.push(*story),
                Some(Line::Statement(statement) | Line::Removed(statement)) => {
                    all.statements.entry(statement.story).or_default().push(*statement);
                }
                Some(Line::Correction(correction)) => all.corrections.push(*correction),
                Some(Line::Note(note)) => all.notes.push(note),
                Some(Line::Entity(_) | Line::Copies(_)) | None => {}
            }
        }
        let mut done = Imported::default();
        self.import_stories(&all, &mut done)?;
        self.import_marks(&all, &mut done)?;
        Ok(done)
    }

    fn import_stories(&mut self, all: &Lines, done: &mut Imported) -> Result<(), Error> {
        /// Stories stored in one transaction.
        const BATCH: usize = 64;
        // The first printing of each text holds what was read from it.
        let readings: HashMap<&str, &wire::Story> =
            all.stories.iter().filter(|s| s.reading.is_some()).map(|s| (s.hash.as_str(), s)).collect();
        let mut printings = Vec::new();
        for story in &all.stories {
            let first = readings.get(story.hash.as_str());
            let statements =
                first.and_then(|first| all.statements.get(&first.id)).map_or(&[][..], Vec::as_slice);
            match first
                .and_then(|first| first.reading.as_ref())
                .and_then(|reading| printing(story, reading, statements))
            {
                Some(printing) => printings.push(printing),
                None => {
                    let is_there =
                        self.store.story_of(&story.key).map_err(|e| self.store.failed(&e))?.is_some();
                    done.without_text += usize::from(!is_there);
                }
            }
        }
        for batch in printings.chunks(BATCH) {
            let added = self.add(batch, Keep { texts: true })?;
            let is_new = |a: &&crate::Added| matches!(a, crate::Added::New(_) | crate::Added::Copy(_));
            done.stories += added.iter().filter(is_new).count();
        }
        Ok(())
    }

    fn import_marks(&mut self, all: &Lines, done: &mut Imported) -> Result<(), Error> {
        let of_statements = all.statements.values().flatten().map(|s| (&s.key, &s.tags));
        let tags: BTreeMap<&String, &Vec<Tag>> =
            all.stories.iter().map(|s| (&s.key, &s.tags)).chain(of_statements).collect();
        self.store.transaction(|store| {
            for (key, tags) in &tags {
                for tag in tags.iter() {
                    store.insert_tag(key, &tag.name, &tag.value)?;
                }
            }
            for note in &all.notes {
                if !store.notes(Some(&note.key))?.contains(note) {
                    store.insert_note(note)?;
                }
            }
            for entry in &all.corrections {
                if store.insert_correction(entry)? {
                    done.added += 1;
                    store.apply_corrections_of(&entry.text_sha256)?;
                    done.orphaned += usize::from(store.is_orphaned(&entry.key)?);
                } else {
                    done.known += 1;
                }
            }
            Ok(())
        })
    }
}

/// A printing as it was added; `None` where the export does not hold its text, or another one.
fn printing(
    story: &wire::Story,
    reading: &wire::Reading,
    statements: &[wire::Statement],
) -> Option<Printing> {
    let text = reading.text.clone()?;
    if story_wire::sha256(&text) != story.hash {
        return None;
    }
    // Without an address the key tells whether the id is the line's own.
    let is_line = story.url.is_none() && key::story(&story.hash, &story.reference) == story.key;
    let record = record(story, reading, text, statements);
    Some(Printing {
        page: PageHash::of(&[b"import", story.key.as_bytes()]),
        record: Some(record),
        line: is_line.then(|| story.reference.clone()),
        tags: Vec::new(),
    })
}

fn record(
    story: &wire::Story,
    reading: &wire::Reading,
    text: String,
    statements: &[wire::Statement],
) -> story_wire::Record {
    let dateline = (story.place.is_some() || story.filed.is_some())
        .then(|| story_wire::Dateline { place: story.place.clone(), date: story.filed.clone() });
    // Of an export that was filtered some numbers are missing: what is left is numbered anew.
    let numbers: HashMap<i64, usize> = statements.iter().map(|s| s.number).zip(1..).collect();
    story_wire::Record {
        sayso: story_wire::FORMAT,
        id: story.reference.clone().into(),
        reader: reading.reader.clone(),
        model: reading.model.clone(),
        story: story_wire::Story {
            text,
            sha256: story.hash.clone(),
            headline: story.title.clone(),
            byline: story.byline.clone(),
            authors: story.authors.clone(),
            agency: story.agency.clone(),
            dateline,
            published_day: story.published.as_deref().and_then(|day| day.get(..10)).map(str::to_owned),
            published: story.published.clone(),
            modified: story.modified.clone(),
            outlet: story.outlet.clone(),
            url: story.url.clone(),
            captured: story.captured.clone(),
            language: reading.language.clone(),
            paragraphs: reading.paragraphs.iter().map(paragraph).collect(),
        },
        statements: statements.iter().map(|s| statement(s, &numbers, reading)).collect(),
        figures: reading.figures.iter().map(figure).collect(),
        dates: reading
            .dates
            .iter()
            .map(|d| story_wire::Dates { span: d.span, from: d.from.clone(), to: d.to.clone() })
            .collect(),
        entities: entities(&reading.mentions),
        notices: reading.notices.clone(),
        given: story.given.clone(),
    }
}

fn paragraph(paragraph: &wire::Paragraph) -> story_wire::Paragraph {
    let kind =
        ParagraphKind::ALL.into_iter().find(|kind| story_wire::paragraph_name(*kind) == paragraph.kind);
    let kind = kind.unwrap_or(ParagraphKind::Other);
    story_wire::Paragraph { start: paragraph.start, end: paragraph.end, kind }
}

/// A statement as the model read it, whatever a hand has made of it since.
fn statement(
    statement: &wire::Statement,
    numbers: &HashMap<i64, usize>,
    reading: &wire::Reading,
) -> story_wire::Statement {
    let machine = statement.machine.clone().unwrap_or_else(|| wire::Machine {
        speaker: statement.speaker.clone(),
        act: statement.act.clone(),
        negated: statement.negated,
        content_text: statement.content_text.clone(),
        content_spans: spans::write(&statement.content),
    });
    // The entity that speaks, under its number in the text; of a statement whose speaker a hand has changed the one
    // that the model's name tells.
    let is_named = |m: &wire::Mention| Some(&m.name) == machine.speaker.as_ref();
    let is_own = machine.speaker == statement.speaker;
    let fits = |m: &&wire::Mention| if is_own { Some(m.entity) == statement.entity } else { is_named(m) };
    let speaker = reading.mentions.iter().filter(fits).min_by_key(|m| (!is_named(m), m.number));
    story_wire::Statement {
        id: numbers.get(&statement.number).copied().unwrap_or_default(),
        source: statement.source.clone(),
        cue: statement.cue.clone(),
        content: spans::read(&machine.content_spans),
        source_text: statement.source_text.clone(),
        cue_text: statement.cue_text.clone(),
        content_text: machine.content_text,
        speaker: machine.speaker,
        form: named(&Form::ALL, story_wire::form_name, &statement.form).unwrap_or(Form::None),
        kind: named(&Kind::ALL, story_wire::kind_name, &statement.kind).unwrap_or(Kind::Indirect),
        act: named(&Act::ALL, story_wire::act_name, &machine.act).unwrap_or(Act::Say),
        negated: machine.negated,
        inside: statement.inside.and_then(|n| numbers.get(&n).copied()),
        answers: statement.answers.as_ref().and_then(|answer| {
            let stance = named(&Stance::ALL, story_wire::stance_name, answer.stance.as_deref()?)?;
            Some(story_wire::Answer { n: *numbers.get(&answer.n)?, stance })
        }),
        said_on: statement.said_on.clone(),
        figures: statement.figures.iter().map(figure).collect(),
        entity: speaker.and_then(|m| usize::try_from(m.number).ok()),
        // Hundredths, which a single float holds as well.
        confidence: statement.confidence as f32,
    }
}

fn figure(figure: &wire::Figure) -> story_wire::Figure {
    story_wire::Figure {
        text: figure.text.clone(),
        min: figure.min,
        max: figure.max,
        approx: figure.approx,
        unit: figure.unit.clone(),
        of: figure.of.clone(),
        change: match figure.change.as_deref() {
            Some("up") => Some(figure::Change::Up),
            Some("down") => Some(figure::Change::Down),
            _ => None,
        },
        span: figure.span,
    }
}

/// The entities of a text under their own numbers; those that were not kept are left blank, and are not kept again.
fn entities(mentions: &[wire::Mention]) -> Vec<story_wire::Entity> {
    let most = mentions.iter().filter_map(|m| usize::try_from(m.number).ok()).max().unwrap_or_default();
    let blank =
        |id| story_wire::Entity { id, name: String::new(), kind: mention::Kind::Other, mentions: Vec::new() };
    let mut entities: Vec<story_wire::Entity> = (1..=most).map(blank).collect();
    for mention in mentions {
        let place = usize::try_from(mention.number).ok().and_then(|n| n.checked_sub(1));
        if let Some(entity) = place.and_then(|n| entities.get_mut(n)) {
            entity.name.clone_from(&mention.name);
            entity.mentions.clone_from(&mention.spans);
            entity.kind = match mention.kind.as_str() {
                "person" => mention::Kind::Person,
                "organization" => mention::Kind::Organization,
                "place" => mention::Kind::Place,
                _ => mention::Kind::Other,
            };
        }
    }
    entities
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == wanted)
}
