//! The log of corrections, and what it makes of the statements.

use super::Store;
use crate::Correction;
use crate::wire::{self, Machine};
use crate::{entity, spans};
use rusqlite::{OptionalExtension, Row, params};

/// A statement that is to be corrected.
pub(crate) struct Corrected {
    pub(crate) text: i64,
    pub(crate) text_sha256: String,
    pub(crate) statement: String,
    pub(crate) words: String,
    pub(crate) place: String,
}

/// A statement's row with what a hand can change.
struct Current {
    id: i64,
    key: String,
    day: Option<String>,
    is_dropped: bool,
    /// As it is now, and as the model had it.
    now: Machine,
    machine: Option<Machine>,
}

const CURRENT: &str = "SELECT id, dropped, speaker, act, negated, content_text, content_spans, machine, key, day FROM statement";

impl Store {
    /// The statement of a key, or of the beginning of one; its content as the model had it.
    pub(crate) fn corrected(&self, key: &str) -> rusqlite::Result<Option<Corrected>> {
        let sql = "SELECT statement.id, text_id, sha256, key FROM statement JOIN text ON text.id = text_id
             WHERE key >= ?1 AND key < ?1 || '~' LIMIT 2";
        let mut select = self.db.prepare_cached(sql)?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let found: Vec<(i64, i64, String, String)> =
            select.query_map([key], row)?.collect::<rusqlite::Result<_>>()?;
        let [(id, text, text_sha256, statement)] = found.as_slice() else { return Ok(None) };
        let Some(current) = self.current(*id)? else { return Ok(None) };
        let machine = current.read().clone();
        Ok(Some(Corrected {
            text: *text,
            text_sha256: text_sha256.clone(),
            statement: statement.clone(),
            words: machine.content_text,
            place: machine.content_spans,
        }))
    }

    /// The characters of a text from one code point to another; `None` where it has no such place or is not kept.
    pub(crate) fn slice(&self, text: i64, start: usize, end: usize) -> rusqlite::Result<Option<String>> {
        let Some(body) = self.body(text)? else { return Ok(None) };
        let slice: String = body.chars().skip(start).take(end.saturating_sub(start)).collect();
        Ok((start < end && slice.chars().count() == end - start).then_some(slice))
    }

    /// Puts an entry into the log; whether it was not there.
    pub(crate) fn insert_correction(&self, c: &Correction) -> rusqlite::Result<bool> {
        let mut insert = self.db.prepare_cached(
            "INSERT OR IGNORE INTO correction (key, text_sha256, statement, field, value, words, place, by, at, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        let row =
            params![c.key, c.text_sha256, c.statement, c.field, c.value, c.words, c.place, c.by, c.at, c.why];
        Ok(insert.execute(row)? > 0)
    }

    /// The log of one text, or of all, the oldest entry first.
    pub(crate) fn corrections(&self, text_sha256: Option<&str>) -> rusqlite::Result<Vec<Correction>> {
        let mut select = self.db.prepare_cached(
            "SELECT key, text_sha256, statement, field, value, words, place, by, at, why, statement_id IS NULL,
               EXISTS (SELECT 1 FROM correction AS undo WHERE undo.field = 'undo' AND undo.value = correction.key
                 AND undo.text_sha256 = correction.text_sha256)
             FROM correction WHERE ?1 IS NULL OR text_sha256 = ?1 ORDER BY at, key",
        )?;
        let correction = |row: &Row<'_>| {
            Ok(Correction {
                key: row.get(0)?,
                text_sha256: row.get(1)?,
                statement: row.get(2)?,
                field: row.get(3)?,
                value: row.get(4)?,
                words: row.get(5)?,
                place: row.get(6)?,
                by: row.get(7)?,
                at: row.get(8)?,
                why: row.get(9)?,
                orphaned: row.get(10)?,
                undone: row.get(11)?,
            })
        };
        select.query_map([text_sha256], correction)?.collect()
    }

    pub(crate) fn is_orphaned(&self, key: &str) -> rusqlite::Result<bool> {
        let sql = "SELECT statement_id IS NULL FROM correction WHERE key = ?1";
        self.db.prepare_cached(sql)?.query_row([key], |row| row.get(0))
    }

    pub(crate) fn apply_corrections_of(&self, text_sha256: &str) -> rusqlite::Result<()> {
        let mut select = self.db.prepare_cached("SELECT id FROM text WHERE sha256 = ?1")?;
        match select.query_row([text_sha256], |row| row.get(0)).optional()? {
            Some(text) => self.apply_corrections(text),
            None => Ok(()),
        }
    }

    /// Makes the statements of a text what the model read with the log's corrections over it.
    pub(super) fn apply_corrections(&self, text: i64) -> rusqlite::Result<()> {
        let mut select = self.db.prepare_cached("SELECT sha256 FROM text WHERE id = ?1")?;
        let sha256: String = select.query_row([text], |row| row.get(0))?;
        let log = self.corrections(Some(&sha256))?;
        if log.is_empty() {
            return Ok(());
        }
        let statements = self.currents(text)?;
        let mut link = self.db.prepare_cached("UPDATE correction SET statement_id = ?2 WHERE key = ?1")?;
        let mut targets = Vec::with_capacity(log.len());
        for entry in &log {
            let target = target(&statements, entry);
            link.execute(params![entry.key, target])?;
            targets.push(target);
        }
        for statement in &statements {
            let own: Vec<&Correction> = log
                .iter()
                .zip(&targets)
                .filter(|(_, target)| **target == Some(statement.id))
                .map(|(c, _)| c)
                .collect();
            if !own.is_empty() {
                self.rewrite(text, statement, &own)?;
            }
        }
        Ok(())
    }

    fn currents(&self, text: i64) -> rusqlite::Result<Vec<Current>> {
        let sql = format!("{CURRENT} WHERE text_id = ?1 ORDER BY number");
        self.db.prepare_cached(&sql)?.query_map([text], current)?.collect()
    }

    fn current(&self, id: i64) -> rusqlite::Result<Option<Current>> {
        let sql = format!("{CURRENT} WHERE id = ?1");
        self.db.prepare_cached(&sql)?.query_row([id], current).optional()
    }

    /// Writes a statement anew: the model's reading, and over it what is not undone of its log.
    fn rewrite(&self, text: i64, statement: &Current, log: &[&Correction]) -> rusqlite::Result<()> {
        let machine = statement.read().clone();
        let mut new = machine.clone();
        let (mut is_checked, mut is_dropped) = (false, false);
        for entry in log.iter().filter(|entry| !entry.undone && entry.field != "undo") {
            is_checked = true;
            match entry.field.as_str() {
                "speaker" => new.speaker = Some(entry.value.clone()).filter(|name| !name.is_empty()),
                "act" => new.act.clone_from(&entry.value),
                "negated" => new.negated = entry.value == "true",
                "content" => {
                    let place = spans::read(&entry.value).first().copied().unwrap_or_default();
                    if let Some(words) = self.slice(text, place[0], place[1])? {
                        (new.content_text, new.content_spans) = (words, entry.value.clone());
                    }
                }
                "none" => is_dropped = true,
                "right" => is_dropped = false,
                _ => {}
            }
        }
        self.unindex(statement.id, statement.is_dropped)?;
        let speaker = match &new.speaker {
            Some(name) if new.speaker != machine.speaker => self.entity_called(text, name)?,
            Some(_) => self.speaker_of(statement.id, text, &machine)?,
            None => None,
        };
        let kept = (new != machine).then(|| wire::machine(&machine));
        let mut update = self.db.prepare_cached(
            "UPDATE statement SET speaker = ?2, speaker_id = ?3, act = ?4, negated = ?5, content_text = ?6, content_spans = ?7,
               checked = ?8, dropped = ?9, machine = ?10 WHERE id = ?1",
        )?;
        update.execute(params![
            statement.id,
            new.speaker,
            speaker,
            new.act,
            new.negated,
            new.content_text,
            new.content_spans,
            is_checked,
            is_dropped,
            kept,
        ])?;
        if is_dropped { Ok(()) } else { self.index(statement.id, text, statement.day.as_deref()) }
    }

    fn unindex(&self, statement: i64, is_dropped: bool) -> rusqlite::Result<()> {
        if is_dropped {
            return Ok(());
        }
        let sql =
            "INSERT INTO statement_fts (statement_fts, rowid, content_text, names, speaker, source_text)
             SELECT 'delete', id, content_text, names, speaker, source_text FROM statement WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute([statement])?;
        self.db.prepare_cached("DELETE FROM _place WHERE id = ?1")?.execute([statement]).map(drop)
    }

    /// The entity that a hand names: one that the text names so, else one of this full name.
    fn entity_called(&self, text: i64, name: &str) -> rusqlite::Result<Option<i64>> {
        let within = "SELECT entity_id FROM mention WHERE text_id = ?1 AND name = ?2 COLLATE NOCASE ORDER BY number LIMIT 1";
        let found =
            self.db.prepare_cached(within)?.query_row(params![text, name], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
        let key = entity::key(name, "person", "");
        let sql = "SELECT id FROM entity WHERE key = ?1";
        self.db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()
    }

    /// The speaker's entity where the name is the model's own: what the row has, unless a hand had changed it.
    fn speaker_of(&self, statement: i64, text: i64, machine: &Machine) -> rusqlite::Result<Option<i64>> {
        let sql = "SELECT speaker_id FROM statement WHERE id = ?1 AND speaker IS ?2";
        let found =
            self.db.prepare_cached(sql)?.query_row(params![statement, machine.speaker], |row| row.get(0));
        match (found.optional()?, &machine.speaker) {
            (Some(entity), _) => Ok(entity),
            (None, Some(name)) => self.entity_called(text, name),
            (None, None) => Ok(None),
        }
    }
}

/// The statement that an entry is of: the one of its key if it has the words still, else the one of these words whose
/// place is nearest; of other words none.
fn target(statements: &[Current], entry: &Correction) -> Option<i64> {
    let start = |place: &str| spans::read(place).first().map_or(0, |range| range[0]);
    let alike = statements.iter().filter(|s| s.read().content_text == entry.words);
    let distance = |s: &&Current| start(&s.read().content_spans).abs_diff(start(&entry.place));
    alike.min_by_key(|s| (s.key != entry.statement, distance(s))).map(|s| s.id)
}

impl Current {
    /// As the model read it.
    fn read(&self) -> &Machine {
        self.machine.as_ref().unwrap_or(&self.now)
    }
}

fn current(row: &Row<'_>) -> rusqlite::Result<Current> {
    let machine: Option<String> = row.get(7)?;
    Ok(Current {
        id: row.get(0)?,
        key: row.get(8)?,
        day: row.get(9)?,
        is_dropped: row.get(1)?,
        now: Machine {
            speaker: row.get(2)?,
            act: row.get(3)?,
            negated: row.get(4)?,
            content_text: row.get(5)?,
            content_spans: row.get(6)?,
        },
        machine: machine.as_deref().and_then(wire::read_machine),
    })
}
