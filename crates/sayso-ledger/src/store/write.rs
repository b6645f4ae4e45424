//! Texts, stories and all that hangs on them, into their tables.

use super::Store;
use crate::add::{Keep, PageHash};
use crate::error::Error;
use crate::{compress, copies, entity, key, spans};
use rusqlite::{OptionalExtension, Row, params};
use sayso::wire::{self, Entity, Range, Record, Statement};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// A story's row.
pub(crate) struct Stored {
    pub(crate) id: i64,
    pub(crate) is_new: bool,
}

/// Code points of context kept around a statement where the text is not.
const CONTEXT: usize = 40;

impl Store {
    /// Does something in one transaction, which begins when no other program writes.
    pub(crate) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Store) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|e| self.failed(&e))?;
        let done = work(self).and_then(|result| self.db.execute_batch("COMMIT").map(|()| result));
        done.map_err(|error| {
            // Where it fails, SQLite has rolled back by itself.
            let _ = self.db.execute_batch("ROLLBACK");
            self.failed(&error)
        })
    }

    pub(crate) fn knows(&self, page: PageHash) -> Result<bool, Error> {
        self.has_page(page).map_err(|e| self.failed(&e))
    }

    pub(crate) fn has_page(&self, page: PageHash) -> rusqlite::Result<bool> {
        self.db.prepare_cached("SELECT 1 FROM _page WHERE hash = ?1")?.exists([page.0])
    }

    pub(crate) fn insert_page(&self, page: PageHash, story: Option<i64>) -> rusqlite::Result<()> {
        let mut insert =
            self.db.prepare_cached("INSERT OR IGNORE INTO _page (hash, story_id) VALUES (?1, ?2)")?;
        insert.execute(params![page.0, story]).map(drop)
    }

    /// Whether one of these keys was removed for good.
    pub(crate) fn is_forgotten(&self, keys: &[&str]) -> rusqlite::Result<bool> {
        let Some(salt) = self.salt()? else { return Ok(false) };
        let mut select = self.db.prepare_cached("SELECT 1 FROM _forgotten WHERE hash = ?1")?;
        for key in keys {
            if select.exists([salted(&salt, key)])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn salt(&self) -> rusqlite::Result<Option<String>> {
        let mut select = self.db.prepare_cached("SELECT value FROM _setting WHERE name = 'salt'")?;
        select.query_row([], |row| row.get(0)).optional()
    }

    /// Sees to it that the text is there, and is analysed as its earliest printing has it, whichever came in
    /// first: days are reckoned from a printing's own. Gives its row, and whether that is new.
    pub(crate) fn put_text(&self, record: &Record, key: &str, keep: Keep) -> rusqlite::Result<(i64, bool)> {
        let story = &record.story;
        let rank = format!("{} {key}", story.published.as_deref().unwrap_or("~"));
        let mut select = self.db.prepare_cached("SELECT id, analysed, day FROM text WHERE sha256 = ?1")?;
        let found =
            |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?));
        let day = story.published_day.as_deref();
        match select.query_row([&story.sha256], found).optional()? {
            None => {
                let sample = copies::sample(&story.text);
                let id = self.insert_text(record, &rank, &sample, keep)?;
                self.insert_analysis(id, record, day, keep)?;
                self.join_copies(id, &story.text, &sample, day)?;
                Ok((id, true))
            }
            Some((id, analysed, old)) => {
                let earliest = match (old.as_deref(), day) {
                    (Some(old), Some(new)) => Some(old.min(new)),
                    (old, new) => old.or(new),
                };
                if rank < analysed {
                    self.remove_analysis(id)?;
                    self.insert_analysis(id, record, earliest, keep)?;
                    self.describe_text(id, record, &rank)?;
                }
                if earliest != old.as_deref() {
                    self.set_day(id, earliest)?;
                }
                Ok((id, false))
            }
        }
    }

    fn insert_text(&self, record: &Record, rank: &str, sample: &[i64], keep: Keep) -> rusqlite::Result<i64> {
        let story = &record.story;
        let copies = self.new_copies()?;
        let packed = keep.texts.then(|| compress::pack(&story.text));
        let mut insert = self.db.prepare_cached(
            "INSERT INTO text (sha256, copies_id, day, language, model, reader, analysed, length, paragraphs, notices, sample,
               packed, named, official, unnamed, document)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, 0, 0)",
        )?;
        let id = insert.insert(params![
            story.sha256,
            copies,
            story.published_day,
            story.language,
            record.model,
            record.reader,
            rank,
            whole(story.text.chars().count()),
            paragraphs(record),
            record.notices.join("\n"),
            whole(sample.len()),
            whole(packed.as_ref().map_or(0, Vec::len)),
        ])?;
        if let Some(packed) = packed {
            let mut insert = self.db.prepare_cached("INSERT INTO body (text_id, zlib) VALUES (?1, ?2)")?;
            insert.execute(params![id, packed])?;
        }
        Ok(id)
    }

    /// Tells of a text what the printing says that is analysed in the place of another: the same characters can be
    /// other paragraphs.
    fn describe_text(&self, text: i64, record: &Record, rank: &str) -> rusqlite::Result<()> {
        let mut update = self.db.prepare_cached(
            "UPDATE text SET analysed = ?2, language = ?3, model = ?4, reader = ?5, paragraphs = ?6, notices = ?7 WHERE id = ?1",
        )?;
        let (paragraphs, notices) = (paragraphs(record), record.notices.join("\n"));
        let language = &record.story.language;
        update
            .execute(params![text, rank, language, record.model, record.reader, paragraphs, notices])
            .map(drop)
    }

    /// A text's day is another: so are those of statements that do not tell their own, and its copies.
    fn set_day(&self, text: i64, day: Option<&str>) -> rusqlite::Result<()> {
        self.db.execute("UPDATE text SET day = ?2 WHERE id = ?1", params![text, day])?;
        let sql = "UPDATE statement SET day = ?2 WHERE text_id = ?1 AND said_on IS NULL";
        self.db.execute(sql, params![text, day])?;
        let sql = "UPDATE _place SET day = ?2 WHERE id IN (SELECT id FROM statement WHERE text_id = ?1 AND said_on IS NULL)";
        self.db.execute(sql, params![text, day.and_then(copies::day_number)])?;
        self.regroup(text)
    }

    pub(crate) fn put_story(&self, record: &Record, key: &str, text: i64) -> rusqlite::Result<Stored> {
        let story = &record.story;
        let outlet = story.outlet.as_deref().map(|name| self.outlet(name)).transpose()?;
        let reference = record.id.to_string();
        // Of one printing that came in twice, the one that was captured first is kept.
        let mut select = self.db.prepare_cached("SELECT id, captured, ref FROM story WHERE key = ?1")?;
        let old =
            |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?));
        if let Some((id, captured, old)) = select.query_row([key], old).optional()? {
            let rank = |captured: Option<&str>, reference: &str| {
                (captured.is_none(), captured.unwrap_or_default().to_owned(), reference.to_owned())
            };
            if rank(story.captured.as_deref(), &reference) < rank(captured.as_deref(), &old) {
                let sql = "UPDATE story SET captured = ?2, ref = ?3 WHERE id = ?1";
                self.db.execute(sql, params![id, story.captured, reference])?;
            }
            return Ok(Stored { id, is_new: false });
        }
        let mut insert = self.db.prepare_cached(
            "INSERT INTO story (key, text_id, ref, title, outlet_id, published, day, modified, captured, url, byline,
               authors, agency, place, filed, given)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?;
        let dateline = story.dateline.as_ref();
        let id = insert.insert(params![
            key,
            text,
            reference,
            story.headline,
            outlet,
            story.published,
            story.published_day,
            story.modified,
            story.captured,
            story.url,
            story.byline,
            story.authors.join("; "),
            story.agency,
            dateline.and_then(|d| d.place.as_deref()),
            dateline.and_then(|d| d.date.as_deref()),
            crate::wire::given(&record.given),
        ])?;
        self.label_copies(text)?;
        Ok(Stored { id, is_new: true })
    }

    fn outlet(&self, name: &str) -> rusqlite::Result<i64> {
        let mut select = self.db.prepare_cached("SELECT id FROM outlet WHERE name = ?1")?;
        match select.query_row([name], |row| row.get(0)).optional()? {
            Some(id) => Ok(id),
            None => self.db.prepare_cached("INSERT INTO outlet (name) VALUES (?1)")?.insert([name]),
        }
    }

    /// Statements, figures, dates and names of a text.
    pub(super) fn insert_analysis(
        &self,
        text: i64,
        record: &Record,
        day: Option<&str>,
        keep: Keep,
    ) -> rusqlite::Result<()> {
        let entities = self.insert_entities(text, record)?;
        let places = record.statements.iter().map(|s| (s.cue.as_slice(), s.content.as_slice()));
        let keys = key::statements(&record.story.sha256, places);
        let reading = Reading { text, record, names: Names::of(record), day, keep };
        let mut ids: Vec<i64> = Vec::with_capacity(record.statements.len());
        for (statement, key) in record.statements.iter().zip(&keys) {
            let speaker = statement.entity.and_then(|n| entities.get(n - 1).copied().flatten());
            ids.push(self.insert_statement(&reading, statement, key, speaker)?);
        }
        let mut link = self.db.prepare_cached(
            "UPDATE statement SET inside_id = ?2, answers_id = ?3, stance = ?4 WHERE id = ?1",
        )?;
        for (statement, id) in record.statements.iter().zip(&ids) {
            let of = |n: usize| ids.get(n - 1).copied();
            if statement.inside.is_some() || statement.answers.is_some() {
                let answer = statement.answers.as_ref();
                let stance = answer.map(|a| wire::stance_name(a.stance));
                link.execute(params![
                    id,
                    statement.inside.and_then(of),
                    answer.and_then(|a| of(a.n)),
                    stance
                ])?;
            }
        }
        self.insert_figures(text, record, &ids)?;
        let mut insert = self.db.prepare_cached(
            "INSERT OR IGNORE INTO date (text_id, start, \"end\", from_day, to_day) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for dates in &record.dates {
            insert.execute(params![
                text,
                whole(dates.span[0]),
                whole(dates.span[1]),
                dates.from,
                dates.to
            ])?;
        }
        self.count_forms(text, record)?;
        self.apply_corrections(text)
    }

    /// Counts a text's statements by how their source is worded, so that outlets can be told by it quickly.
    fn count_forms(&self, text: i64, record: &Record) -> rusqlite::Result<()> {
        use sayso::statement::Form;
        let count =
            |forms: &[Form]| whole(record.statements.iter().filter(|s| forms.contains(&s.form)).count());
        let sql = "UPDATE text SET named = ?2, official = ?3, unnamed = ?4, document = ?5 WHERE id = ?1";
        let mut update = self.db.prepare_cached(sql)?;
        let (named, official) = (count(&[Form::Named, Form::Pronoun]), count(&[Form::Role, Form::Metonym]));
        let (unnamed, document) = (count(&[Form::Unnamed, Form::None]), count(&[Form::Document]));
        update.execute([text, named, official, unnamed, document]).map(drop)
    }

    fn insert_statement(
        &self,
        reading: &Reading<'_>,
        statement: &Statement,
        key: &str,
        speaker: Option<i64>,
    ) -> rusqlite::Result<i64> {
        let Reading { text, record, names, day, keep } = reading;
        let around = if keep.texts { (None, None) } else { context(&record.story.text, &statement.content) };
        let day = statement.said_on.as_deref().or(*day);
        let mut insert = self.db.prepare_cached(
            "INSERT INTO statement (key, text_id, number, speaker, speaker_id, source_text, cue_text, content_text, names,
               form, kind, act, negated, said_on, day, confidence, source_spans, cue_span, content_spans, before_text, after_text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        )?;
        let id = insert.insert(params![
            key,
            text,
            whole(statement.id),
            statement.speaker,
            speaker,
            statement.source_text,
            statement.cue_text,
            statement.content_text,
            names.within(&statement.content),
            wire::form_name(statement.form),
            wire::kind_name(statement.kind),
            wire::act_name(statement.act),
            statement.negated,
            statement.said_on,
            day,
            f64::from((statement.confidence * 100.0).round()) / 100.0,
            spans::write(&statement.source),
            spans::write(&statement.cue),
            spans::write(&statement.content),
            around.0,
            around.1,
        ])?;
        self.index(id, *text, day)?;
        Ok(id)
    }

    /// Makes a statement one of those that are found and counted.
    pub(super) fn index(&self, statement: i64, text: i64, day: Option<&str>) -> rusqlite::Result<()> {
        let sql = "INSERT INTO statement_fts (rowid, content_text, names, speaker, source_text)
             SELECT id, content_text, names, speaker, source_text FROM statement WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute([statement])?;
        let sql = "INSERT INTO _place (id, text_id, day) VALUES (?1, ?2, ?3)";
        let day = day.and_then(copies::day_number);
        self.db.prepare_cached(sql)?.execute(params![statement, text, day]).map(drop)
    }

    fn insert_figures(&self, text: i64, record: &Record, ids: &[i64]) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO figure (text_id, statement_id, words, min, max, approx, unit, counted, change, start, \"end\")
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for figure in &record.figures {
            let holders =
                record.statements.iter().zip(ids).filter(|(s, _)| spans::hold(&s.content, figure.span));
            let innermost = holders.min_by_key(|(s, _)| spans::length(&s.content)).map(|(_, id)| *id);
            insert.execute(params![
                text,
                innermost,
                figure.text,
                figure.min,
                figure.max,
                figure.approx,
                figure.unit,
                figure.of,
                figure.change.map(wire::change_name),
                whole(figure.span[0]),
                whole(figure.span[1]),
            ])?;
        }
        Ok(())
    }

    /// The entities that a text names, by their number there; `None` for those that are not kept: a lone word of
    /// which nothing is known, and who says nothing.
    fn insert_entities(&self, text: i64, record: &Record) -> rusqlite::Result<Vec<Option<i64>>> {
        let speaking =
            record.statements.iter().filter_map(|s| record.entities.get(s.entity?.checked_sub(1)?));
        let speaking: HashSet<&str> = speaking.map(|e| e.name.as_str()).collect();
        let speaks = |e: &Entity| speaking.contains(e.name.as_str());
        let is_kept = |e: &Entity| {
            speaks(e) || wire::entity_kind_name(e.kind) != "unknown" || e.name.split_whitespace().count() > 1
        };
        let mut insert = self.db.prepare_cached(
            "INSERT INTO mention (text_id, number, entity_id, name, kind, spans) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let one = |e: &Entity| {
            if !is_kept(e) {
                return Ok(None);
            }
            let kind = wire::entity_kind_name(e.kind);
            let id = self.entity(&entity::key(&e.name, kind, &record.story.sha256), &e.name, kind)?;
            insert.execute(params![text, whole(e.id), id, e.name, kind, spans::write(&e.mentions)])?;
            Ok(Some(id))
        };
        record.entities.iter().map(one).collect()
    }

    /// The entity of a key, for which a text more prints a name.
    fn entity(&self, key: &str, name: &str, kind: &str) -> rusqlite::Result<i64> {
        let mut select =
            self.db.prepare_cached("SELECT id, name = ?2 AND kind = ?3 FROM entity WHERE key = ?1")?;
        let found = select.query_row([key, name, kind], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (id, is_called_so): (i64, bool) = match found {
            Some(found) => found,
            None => {
                let sql = "INSERT INTO entity (key, name, kind) VALUES (?1, ?2, ?3)";
                (self.db.prepare_cached(sql)?.insert([key, name, kind])?, true)
            }
        };
        self.count_alias(id, name, kind, 1)?;
        // One text more that calls it as most do changes nothing.
        if !is_called_so {
            self.name_entity(id)?;
        }
        Ok(id)
    }

    /// Counts a text more, or less, that prints an entity under a name.
    fn count_alias(&self, entity: i64, name: &str, kind: &str, texts: i64) -> rusqlite::Result<()> {
        let mut count = self.db.prepare_cached(
            "INSERT INTO alias (entity_id, name, kind, texts) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET texts = texts + excluded.texts",
        )?;
        count.execute(params![entity, name, kind, texts]).map(drop)
    }

    /// A text that printed an entity under a name is gone.
    pub(super) fn drop_alias(&self, entity: i64, name: &str, kind: &str) -> rusqlite::Result<()> {
        self.count_alias(entity, name, kind, -1)?;
        let sql = "DELETE FROM alias WHERE entity_id = ?1 AND texts <= 0";
        self.db.prepare_cached(sql)?.execute([entity])?;
        self.name_entity(entity)
    }

    /// Calls an entity as most texts do.
    fn name_entity(&self, entity: i64) -> rusqlite::Result<()> {
        let mut name = self.db.prepare_cached(
            "UPDATE entity SET
               name = (SELECT name FROM alias WHERE entity_id = ?1 GROUP BY name
                 ORDER BY sum(texts) DESC, length(name) DESC, name LIMIT 1),
               kind = (SELECT kind FROM alias WHERE entity_id = ?1 GROUP BY kind
                 ORDER BY kind = 'unknown', sum(texts) DESC, kind LIMIT 1)
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM alias WHERE entity_id = ?1)",
        )?;
        name.execute([entity]).map(drop)
    }
}

/// What the statements of one reading have in common.
struct Reading<'r> {
    text: i64,
    record: &'r Record,
    names: Names<'r>,
    /// The text's day.
    day: Option<&'r str>,
    keep: Keep,
}

/// The names that the phrases of a text stand for.
struct Names<'r> {
    /// Where a phrase stands that is not the name itself, and the name, in order.
    phrases: Vec<(Range, &'r str)>,
}

impl<'r> Names<'r> {
    fn of(record: &'r Record) -> Names<'r> {
        let length = |e: &Entity| e.name.chars().count();
        let shorter = record.entities.iter().flat_map(|e| {
            let is_other = move |r: &&Range| r[1] - r[0] != length(e);
            e.mentions.iter().filter(is_other).map(move |r| (*r, e.name.as_str()))
        });
        let mut phrases: Vec<(Range, &str)> = shorter.collect();
        phrases.sort_unstable();
        Names { phrases }
    }

    /// The names for which phrases within some spans stand, each once; `None` where there are none.
    fn within(&self, content: &[Range]) -> Option<String> {
        let mut names: Vec<&str> = self
            .phrases
            .iter()
            .filter(|(range, _)| spans::hold(content, *range))
            .map(|(_, name)| *name)
            .collect();
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| names.join("; "))
    }
}

/// The paragraphs of a story, a line each: "0-41 headline".
fn paragraphs(record: &Record) -> String {
    let line = |p: &wire::Paragraph| format!("{}-{} {}", p.start, p.end, wire::paragraph_name(p.kind));
    record.story.paragraphs.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Some words before and after a statement's content.
fn context(text: &str, content: &[Range]) -> (Option<String>, Option<String>) {
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return (None, None) };
    let start = first[0].saturating_sub(CONTEXT);
    let before = text.chars().skip(start).take(first[0] - start).collect();
    (Some(before), Some(text.chars().skip(last[1]).take(CONTEXT).collect()))
}

/// What is kept of a key that was removed for good.
pub(super) fn salted(salt: &str, key: &str) -> [u8; 32] {
    Sha256::digest(format!("{salt}\n{key}").as_bytes()).into()
}

/// A count as SQLite holds it: texts are at most 8 MiB, so none is too large.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
