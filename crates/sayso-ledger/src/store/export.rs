//! The rows of an export, in the order of their keys.

use super::Store;
use super::ask::Conditions;
use crate::export::{Export, Numbers};
use crate::filter::Filter;
use crate::wire::{self, Line};
use crate::{compress, spans};
use rusqlite::{OptionalExtension, Row, params_from_iter};
use std::ops::ControlFlow;

type Emit<'e> = &'e mut dyn FnMut(&Line) -> ControlFlow<()>;
type Flow = rusqlite::Result<ControlFlow<()>>;

impl Store {
    /// Reads the ledger as it is at one moment, whatever is written meanwhile.
    pub(crate) fn snapshot<T>(&self, work: impl FnOnce() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        self.db.execute_batch("BEGIN")?;
        let done = work();
        self.db.execute_batch("COMMIT")?;
        done
    }

    pub(crate) fn numbers(&self) -> rusqlite::Result<Numbers> {
        let mut numbers = Numbers::default();
        let numbered = |sql: &str| -> rusqlite::Result<Vec<i64>> {
            self.db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        numbers.stories = numbered("SELECT id FROM story ORDER BY key")?.into_iter().zip(1..).collect();
        numbers.entities = numbered("SELECT id FROM entity ORDER BY key")?.into_iter().zip(1..).collect();
        let mut select =
            self.db.prepare("SELECT text_id, id FROM story ORDER BY text_id, day IS NULL, day, key")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            numbers.first.entry(row.get(0)?).or_insert(row.get(1)?);
        }
        Ok(numbers)
    }

    pub(crate) fn export_entities(&self, numbers: &Numbers, emit: Emit<'_>) -> Flow {
        let mut select = self.db.prepare("SELECT id, name, kind FROM entity ORDER BY key")?;
        let mut aliases = self
            .db
            .prepare("SELECT DISTINCT name FROM alias WHERE entity_id = ?1 AND name <> ?2 ORDER BY name")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let others =
                aliases.query_map((id, &name), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let entity = wire::Entity { id: numbers.entities[&id], name, kind: row.get(2)?, aliases: others };
            if emit(&Line::Entity(entity)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(crate) fn export_stories(&self, numbers: &Numbers, export: Export, emit: Emit<'_>) -> Flow {
        let mut select = self.db.prepare(
            "SELECT story.id, key, ref, sha256, title, outlet.name, published, modified, captured, url, byline, authors,
               agency, place, filed, given, text_id
             FROM story JOIN text ON text.id = text_id LEFT JOIN outlet ON outlet.id = outlet_id ORDER BY key",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, text): (i64, i64) = (row.get(0)?, row.get(16)?);
            let key: String = row.get(1)?;
            let is_first = numbers.first.get(&text) == Some(&id);
            let authors: String = row.get(11)?;
            let story = wire::Story {
                id: numbers.stories[&id],
                reference: row.get(2)?,
                hash: row.get(3)?,
                title: row.get(4)?,
                outlet: row.get(5)?,
                published: row.get(6)?,
                modified: row.get(7)?,
                captured: row.get(8)?,
                url: row.get(9)?,
                byline: row.get(10)?,
                authors: authors.split("; ").filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                agency: row.get(12)?,
                place: row.get(13)?,
                filed: row.get(14)?,
                given: wire::fields(&row.get::<_, String>(15)?),
                tags: self.tags(&key)?,
                reading: if is_first { Some(self.reading(text, numbers, export)?) } else { None },
                key,
            };
            if emit(&Line::Story(Box::new(story))).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn reading(&self, text: i64, numbers: &Numbers, export: Export) -> rusqlite::Result<wire::Reading> {
        let mut select = self.db.prepare_cached(
            "SELECT language, model, reader, length, paragraphs, notices FROM text WHERE id = ?1",
        )?;
        let lines = |text: String| text.lines().map(str::to_owned).collect();
        let mut reading = select.query_row([text], |row| {
            Ok(wire::Reading {
                language: row.get(0)?,
                model: row.get(1)?,
                reader: row.get(2)?,
                length: row.get(3)?,
                paragraphs: paragraphs(&row.get::<_, String>(4)?),
                notices: lines(row.get(5)?),
                figures: Vec::new(),
                dates: Vec::new(),
                mentions: Vec::new(),
                text: None,
            })
        })?;
        reading.figures = self.figures_of(text)?;
        reading.dates = self.dates_of(text)?;
        reading.mentions = self.mentions_of(text, numbers)?;
        reading.text = if export.texts { self.body(text)? } else { None };
        Ok(reading)
    }

    /// The text itself, where it is kept.
    pub(crate) fn body(&self, text: i64) -> rusqlite::Result<Option<String>> {
        let mut select = self.db.prepare_cached("SELECT zlib FROM body WHERE text_id = ?1")?;
        let packed: Option<Vec<u8>> = select.query_row([text], |row| row.get(0)).optional()?;
        Ok(packed.and_then(|bytes| compress::unpack(&bytes)))
    }

    pub(super) fn figures_of(&self, text: i64) -> rusqlite::Result<Vec<wire::Figure>> {
        let mut select = self.db.prepare_cached(
            "SELECT words, min, max, approx, unit, counted, change, start, \"end\" FROM figure WHERE text_id = ?1 ORDER BY start",
        )?;
        select.query_map([text], figure)?.collect()
    }

    fn dates_of(&self, text: i64) -> rusqlite::Result<Vec<wire::Dates>> {
        let mut select = self.db.prepare_cached(
            "SELECT start, \"end\", from_day, to_day FROM date WHERE text_id = ?1 ORDER BY start",
        )?;
        let dates = |row: &Row<'_>| {
            Ok(wire::Dates { span: [at(row, 0)?, at(row, 1)?], from: row.get(2)?, to: row.get(3)? })
        };
        select.query_map([text], dates)?.collect()
    }

    fn mentions_of(&self, text: i64, numbers: &Numbers) -> rusqlite::Result<Vec<wire::Mention>> {
        let mut select = self.db.prepare_cached(
            "SELECT number, entity_id, name, kind, spans FROM mention WHERE text_id = ?1 ORDER BY number",
        )?;
        let mention = |row: &Row<'_>| {
            let entity: i64 = row.get(1)?;
            Ok(wire::Mention {
                number: row.get(0)?,
                entity: numbers.entities.get(&entity).copied().unwrap_or_default(),
                name: row.get(2)?,
                kind: row.get(3)?,
                spans: spans::read(&row.get::<_, String>(4)?),
            })
        };
        select.query_map([text], mention)?.collect()
    }

    pub(crate) fn export_copies(&self, numbers: &Numbers, emit: Emit<'_>) -> Flow {
        let mut select = self.db.prepare(
            "SELECT copies_id, story.id, copies.agency FROM story JOIN text ON text.id = text_id
             JOIN copies ON copies.id = copies_id
             WHERE copies_id IN (SELECT copies_id FROM story JOIN text ON text.id = text_id GROUP BY copies_id HAVING count(*) > 1)
             ORDER BY copies_id, story.day IS NULL, story.day, story.key",
        )?;
        let mut groups: Vec<(i64, wire::Copies)> = Vec::new();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (group, story): (i64, i64) = (row.get(0)?, row.get(1)?);
            let number = numbers.stories[&story];
            match groups.last_mut() {
                Some((last, copies)) if *last == group => copies.stories.push(number),
                _ => {
                    let copies =
                        wire::Copies { id: 0, agency: row.get(2)?, origin: number, stories: vec![number] };
                    groups.push((group, copies));
                }
            }
        }
        groups.sort_by_key(|(_, copies)| copies.origin);
        for (number, (_, copies)) in (1..).zip(groups) {
            if emit(&Line::Copies(wire::Copies { id: number, ..copies })).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(crate) fn export_notes(&self, emit: Emit<'_>) -> Flow {
        for note in self.notes(None)? {
            if emit(&Line::Note(note)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(crate) fn export_corrections(&self, emit: Emit<'_>) -> Flow {
        for correction in self.corrections(None)? {
            if emit(&Line::Correction(Box::new(correction))).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(crate) fn export_statements(&self, numbers: &Numbers, filter: &Filter, emit: Emit<'_>) -> Flow {
        let mut conditions = Conditions::of(filter);
        if conditions.sql == Conditions::of(&Filter::default()).sql {
            // All of them: those too that a hand has found to be none, as what they are.
            conditions.sql.clear();
        }
        let sql = format!(
            "SELECT statement.id, statement.key, statement.text_id, statement.number, source_spans, cue_span, content_spans,
               source_text, cue_text, content_text, speaker, speaker_id, statement.form, statement.kind, act, negated,
               (SELECT number FROM statement AS outer_one WHERE outer_one.id = statement.inside_id),
               (SELECT number FROM statement AS answered WHERE answered.id = statement.answers_id), stance,
               said_on, statement.day, confidence, before_text, after_text, checked, dropped, machine
             FROM statement WHERE statement.text_id = ?{} ORDER BY statement.number",
            conditions.sql
        );
        let mut select = self.db.prepare(&sql)?;
        let mut stories: Vec<(usize, i64)> =
            numbers.first.iter().map(|(text, story)| (numbers.stories[story], *text)).collect();
        stories.sort_unstable();
        let mut id = 0;
        for (story, text) in stories {
            let figures = self.figures_of(text)?;
            let values = std::iter::once(text.into()).chain(conditions.values.iter().cloned());
            let mut rows = select.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                id += 1;
                let mut statement = statement(row, id, story, numbers)?;
                let within = figures.iter().filter(|f| spans::hold(&statement.content, f.span));
                statement.figures = within.cloned().collect();
                statement.tags = self.tags(&statement.key)?;
                let is_dropped: bool = row.get(25)?;
                let statement = Box::new(statement);
                let line = if is_dropped { Line::Removed(statement) } else { Line::Statement(statement) };
                if emit(&line).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn statement(row: &Row<'_>, id: usize, story: usize, numbers: &Numbers) -> rusqlite::Result<wire::Statement> {
    let place = |column: usize| row.get::<_, String>(column).map(|text| spans::read(&text));
    let answered: Option<i64> = row.get(17)?;
    let stance: Option<String> = row.get(18)?;
    Ok(wire::Statement {
        id,
        key: row.get(1)?,
        story,
        number: row.get(3)?,
        source: place(4)?,
        cue: place(5)?,
        content: place(6)?,
        source_text: row.get(7)?,
        cue_text: row.get(8)?,
        content_text: row.get(9)?,
        speaker: row.get(10)?,
        entity: row.get::<_, Option<i64>>(11)?.and_then(|id| numbers.entities.get(&id).copied()),
        form: row.get(12)?,
        kind: row.get(13)?,
        act: row.get(14)?,
        negated: row.get(15)?,
        inside: row.get(16)?,
        answers: answered.map(|n| wire::Answer { n, stance }),
        said_on: row.get(19)?,
        day: row.get(20)?,
        figures: Vec::new(),
        confidence: row.get(21)?,
        tags: Vec::new(),
        checked: row.get(24)?,
        machine: row.get::<_, Option<String>>(26)?.as_deref().and_then(wire::read_machine),
        before: row.get(22)?,
        after: row.get(23)?,
    })
}

pub(super) fn figure(row: &Row<'_>) -> rusqlite::Result<wire::Figure> {
    Ok(wire::Figure {
        text: row.get(0)?,
        min: row.get(1)?,
        max: row.get(2)?,
        approx: row.get(3)?,
        unit: row.get(4)?,
        of: row.get(5)?,
        change: row.get(6)?,
        span: [at(row, 7)?, at(row, 8)?],
    })
}

/// An offset, which is never negative.
fn at(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or_default())
}

fn paragraphs(lines: &str) -> Vec<wire::Paragraph> {
    let one = |line: &str| {
        let (span, kind) = line.split_once(' ')?;
        let [start, end] = *spans::read(span).first()?;
        Some(wire::Paragraph { start, end, kind: kind.to_owned() })
    };
    lines.lines().filter_map(one).collect()
}
