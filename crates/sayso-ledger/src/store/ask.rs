//! Questions, in SQL.

use super::Store;
use crate::filter::Filter;
use crate::query::{Entity, Hit, Searched, StatementRow};
use crate::{copies, spans};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use sayso::wire as names;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Conditions on a statement, with their values.
#[derive(Default)]
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn of(filter: &Filter) -> Conditions {
        let mut all = Conditions { sql: " AND statement.dropped = 0".to_owned(), ..Conditions::default() };
        let text = |value: &str| Value::Text(value.to_owned());
        let given = |values: Vec<&str>| values.into_iter().map(text).collect::<Vec<Value>>();
        all.one_of("statement.act = ?", given(filter.acts.iter().map(|&a| names::act_name(a)).collect()));
        all.one_of("statement.form = ?", given(filter.forms.iter().map(|&f| names::form_name(f)).collect()));
        all.one_of("statement.kind = ?", given(filter.kinds.iter().map(|&k| names::kind_name(k)).collect()));
        let outlet = "EXISTS (SELECT 1 FROM story JOIN outlet ON outlet.id = outlet_id
             WHERE story.text_id = statement.text_id AND outlet.name = ? COLLATE NOCASE)";
        all.one_of(outlet, given(filter.outlets.iter().map(String::as_str).collect()));
        let speaker = "instr(lower(coalesce(statement.speaker, '')), lower(?)) > 0";
        all.one_of(speaker, given(filter.speakers.iter().map(String::as_str).collect()));
        all.one_of("statement.day >= ?", filter.from.iter().map(|day| text(day)).collect());
        if let Some(day) = &filter.to {
            // A month or year as the last day means all of it.
            all.sql.push_str(" AND substr(statement.day, 1, length(?)) <= ?");
            all.values.extend([text(day), text(day)]);
        }
        if let Some(negated) = filter.negated {
            all.one_of("statement.negated = ?", vec![Value::Integer(negated.into())]);
        }
        if let Some(checked) = filter.checked {
            all.one_of("statement.checked = ?", vec![Value::Integer(checked.into())]);
        }
        if filter.outer {
            all.sql.push_str(" AND statement.inside_id IS NULL");
        }
        if filter.min_confidence > 0.0 {
            all.one_of("statement.confidence >= ?", vec![Value::Real(filter.min_confidence)]);
        }
        for (name, value) in &filter.tags {
            let key = "tag.key IN (SELECT statement.key UNION ALL SELECT key FROM story WHERE story.text_id = statement.text_id)";
            all.sql.push_str(&format!(" AND EXISTS (SELECT 1 FROM tag WHERE {key} AND tag.name = ?"));
            all.values.push(text(name));
            if let Some(value) = value {
                all.sql.push_str(" AND tag.value = ?");
                all.values.push(text(value));
            }
            all.sql.push(')');
        }
        all
    }

    /// One condition with each of the values, of which one must hold; nothing where there are none.
    fn one_of(&mut self, sql: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.sql.push_str(" AND (");
            self.sql.push_str(&vec![sql; values.len()].join(" OR "));
            self.sql.push(')');
            self.values.extend(values);
        }
    }
}

const HIT: &str = "statement.id, statement.text_id, statement.day";

impl Store {
    /// The statements that full-text search finds; with `most`, at least those of that many that fit best.
    pub(crate) fn matches(
        &self,
        expression: &str,
        filter: &Filter,
        most: Option<usize>,
    ) -> rusqlite::Result<Vec<Hit>> {
        let conditions = Conditions::of(filter);
        let is_free = conditions.sql == Conditions::of(&Filter::default()).sql;
        let limit = match most {
            Some(most) if is_free => format!(" ORDER BY rank LIMIT {most}"),
            _ => String::new(),
        };
        // Without filters the rows of the statements are not needed.
        let sql = if is_free {
            format!(
                "SELECT _place.id, _place.text_id, _place.day, found.rank FROM
                   (SELECT rowid AS id, rank FROM statement_fts WHERE statement_fts MATCH ?{limit}) AS found
                 JOIN _place ON _place.id = found.id"
            )
        } else {
            format!(
                "SELECT {HIT}, statement_fts.rank FROM statement_fts JOIN statement ON statement.id = statement_fts.rowid
                 WHERE statement_fts MATCH ?{}",
                conditions.sql
            )
        };
        let values = std::iter::once(Value::Text(expression.to_owned())).chain(conditions.values);
        let mut select = self.db.prepare_cached(&sql)?;
        let hits = select
            .query_map(params_from_iter(values), |row| hit(row, row.get(3)?))?
            .collect::<rusqlite::Result<_>>()?;
        self.with_copies(hits)
    }

    /// The statements of some entities, and those of a speaker of this very name who is none.
    pub(crate) fn said_by(
        &self,
        name: &str,
        entities: &[Entity],
        filter: &Filter,
    ) -> rusqlite::Result<Vec<Hit>> {
        let conditions = Conditions::of(filter);
        let ids = vec!["?"; entities.len()].join(", ");
        let who = if entities.is_empty() {
            "statement.speaker = ? COLLATE NOCASE".to_owned()
        } else {
            format!("statement.speaker_id IN ({ids})")
        };
        let sql = format!("SELECT {HIT} FROM statement WHERE {who}{}", conditions.sql);
        let mut values: Vec<Value> = entities.iter().map(|e| Value::Integer(e.id)).collect();
        if entities.is_empty() {
            values.push(Value::Text(name.to_owned()));
        }
        values.extend(conditions.values);
        let mut select = self.db.prepare_cached(&sql)?;
        let hits = select
            .query_map(params_from_iter(values), |row| hit(row, 0.0))?
            .collect::<rusqlite::Result<_>>()?;
        self.with_copies(hits)
    }

    /// Tells of each statement its group of copies: of many from the whole index, which is quicker than to look up each.
    fn with_copies(&self, mut hits: Vec<Hit>) -> rusqlite::Result<Vec<Hit>> {
        /// Statements from which the index is read as a whole.
        const MANY: usize = 5_000;
        let mut groups: HashMap<i64, i64> = HashMap::new();
        if hits.len() >= MANY {
            let mut select =
                self.db.prepare_cached("SELECT id, copies_id FROM text INDEXED BY text_copies")?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            groups = rows.collect::<rusqlite::Result<_>>()?;
        }
        let mut select = self.db.prepare_cached("SELECT copies_id FROM text WHERE id = ?1")?;
        for hit in &mut hits {
            hit.copies = match groups.entry(hit.text) {
                Entry::Occupied(group) => *group.get(),
                Entry::Vacant(slot) => *slot.insert(select.query_row([hit.text], |row| row.get(0))?),
            };
        }
        Ok(hits)
    }

    /// Statements that full-text search would find.
    pub(crate) fn count(&self, expression: &str) -> rusqlite::Result<i64> {
        let sql = "SELECT count(*) FROM statement_fts WHERE statement_fts MATCH ?1";
        self.db.prepare_cached(sql)?.query_row([expression], |row| row.get(0))
    }

    /// All names of the entities of which this is one.
    pub(crate) fn aliases(&self, name: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT DISTINCT other.name FROM alias JOIN alias AS other USING (entity_id)
             WHERE alias.name = ?1 COLLATE NOCASE ORDER BY other.texts DESC, other.name";
        let mut select = self.db.prepare_cached(sql)?;
        select.query_map([name], |row| row.get(0))?.collect()
    }

    /// The entities of a name; where there is none, those whose name ends with it ("Ruiz").
    pub(crate) fn entities_called(&self, name: &str) -> rusqlite::Result<Vec<Entity>> {
        let exact = "SELECT DISTINCT entity_id FROM alias WHERE name = ?1 COLLATE NOCASE";
        let ending = "SELECT DISTINCT entity_id FROM alias WHERE name LIKE '% ' || ?1";
        let mut ids: Vec<i64> = Vec::new();
        for sql in [exact, ending] {
            if ids.is_empty() {
                let mut select = self.db.prepare_cached(sql)?;
                ids = select.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            }
        }
        let speaks = "SELECT 1 FROM statement WHERE speaker_id = ?1";
        let mut speaks = self.db.prepare_cached(speaks)?;
        let mut found = Vec::new();
        for id in ids {
            if speaks.exists([id])? {
                found.push(self.entity_row(id)?);
            }
        }
        Ok(found)
    }

    fn entity_row(&self, id: i64) -> rusqlite::Result<Entity> {
        let mut names = self.db.prepare_cached(
            "SELECT DISTINCT alias.name FROM alias JOIN entity ON entity.id = entity_id
             WHERE entity_id = ?1 AND alias.name <> entity.name ORDER BY texts DESC, alias.name",
        )?;
        let aliases = names.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut select = self.db.prepare_cached("SELECT name, kind FROM entity WHERE id = ?1")?;
        select.query_row([id], |row| Ok(Entity { id, name: row.get(0)?, kind: row.get(1)?, aliases }))
    }

    /// The row of a statement.
    pub(crate) fn statement_row(&self, hit: &Hit) -> rusqlite::Result<StatementRow> {
        let mut select = self.db.prepare_cached(
            "SELECT statement.key, story.key, story.title, outlet.name, story.url, story.published, statement.day,
               statement.said_on IS NOT NULL, statement.speaker, entity.name, source_text, cue_text, content_text,
               statement.form, statement.kind, act, negated,
               (SELECT speaker FROM statement AS outer_one WHERE outer_one.id = statement.inside_id),
               (SELECT key FROM statement AS answered WHERE answered.id = statement.answers_id),
               stance, confidence, content_spans, text.paragraphs, text.sha256, text.copies_id, checked
             FROM statement JOIN text ON text.id = statement.text_id
             JOIN story ON story.id = (SELECT id FROM story AS printing WHERE printing.text_id = statement.text_id
               ORDER BY printing.day IS NULL, printing.day, printing.key LIMIT 1)
             LEFT JOIN outlet ON outlet.id = story.outlet_id LEFT JOIN entity ON entity.id = statement.speaker_id
             WHERE statement.id = ?1",
        )?;
        let mut figures = self.figures_of(hit.text)?;
        select.query_row([hit.id], |row| {
            let place = spans::read(&row.get::<_, String>(21)?);
            figures.retain(|figure| spans::hold(&place, figure.span));
            let (start, end) = (place.first().map_or(0, |r| r[0]), place.last().map_or(0, |r| r[1]));
            let day: Option<String> = row.get(6)?;
            let is_said: bool = row.get(7)?;
            Ok(StatementRow {
                key: row.get(0)?,
                story: row.get(1)?,
                title: row.get(2)?,
                outlet: row.get(3)?,
                url: row.get(4)?,
                published: row.get(5)?,
                day_of: day.as_ref().map(|_| if is_said { "said" } else { "published" }),
                day,
                speaker: row.get(8)?,
                entity: row.get(9)?,
                source_text: row.get(10)?,
                cue_text: row.get(11)?,
                content_text: row.get(12)?,
                form: row.get(13)?,
                kind: row.get(14)?,
                act: row.get(15)?,
                negated: row.get(16)?,
                on_whose_word: row.get(17)?,
                answers: row.get(18)?,
                stance: row.get(19)?,
                figures: std::mem::take(&mut figures),
                confidence: row.get(20)?,
                paragraph: paragraph(&row.get::<_, String>(22)?, start),
                place: (start, end),
                text_sha256: row.get(23)?,
                copies: row.get(24)?,
                checked: row.get(25)?,
                copied: 0,
                partial: false,
            })
        })
    }

    /// All statements that a filter leaves.
    pub(crate) fn all(&self, filter: &Filter) -> rusqlite::Result<Vec<Hit>> {
        let conditions = Conditions::of(filter);
        let sql = format!("SELECT {HIT} FROM statement WHERE true{}", conditions.sql);
        let mut select = self.db.prepare_cached(&sql)?;
        let hits = select
            .query_map(params_from_iter(conditions.values), |row| hit(row, 0.0))?
            .collect::<rusqlite::Result<_>>()?;
        self.with_copies(hits)
    }

    pub(crate) fn searched(&self) -> rusqlite::Result<Searched> {
        let sql = "SELECT (SELECT count(*) FROM story), (SELECT count(*) FROM copies),
               (SELECT min(day) FROM story), (SELECT max(day) FROM story),
               (SELECT count(*) FROM story WHERE day IS NULL),
               (SELECT count(*) FROM story JOIN text ON text.id = text_id WHERE language <> 'en')";
        self.db.prepare_cached(sql)?.query_row([], |row| {
            Ok(Searched {
                stories: row.get(0)?,
                origins: row.get(1)?,
                from: row.get(2)?,
                to: row.get(3)?,
                undated: row.get(4)?,
                not_english: row.get(5)?,
            })
        })
    }

    /// The outlets that printed some texts first.
    pub(crate) fn outlets_of(
        &self,
        texts: impl Iterator<Item = i64>,
    ) -> rusqlite::Result<HashMap<i64, String>> {
        let mut select = self.db.prepare_cached(
            "SELECT outlet.name FROM story JOIN outlet ON outlet.id = outlet_id WHERE text_id = ?1
             ORDER BY day IS NULL, day, key LIMIT 1",
        )?;
        let mut found = HashMap::new();
        for text in texts {
            if let Entry::Vacant(slot) = found.entry(text)
                && let Some(name) = select.query_row([text], |row| row.get(0)).optional()?
            {
                slot.insert(name);
            }
        }
        Ok(found)
    }

    /// The story of a key, or of the beginning of one if no other begins so.
    pub(crate) fn story_of(&self, key: &str) -> rusqlite::Result<Option<i64>> {
        let mut select =
            self.db.prepare_cached("SELECT id FROM story WHERE key >= ?1 AND key < ?1 || '~' LIMIT 2")?;
        let found: Vec<i64> = select.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if let [only] = found.as_slice() {
            return Ok(Some(*only));
        }
        let exact = "SELECT id FROM story WHERE key = ?1 OR ref = ?1 OR url = ?1 LIMIT 1";
        self.db.prepare_cached(exact)?.query_row([key], |row| row.get(0)).optional()
    }

    /// The statements of a story, in the order of its text.
    pub(crate) fn statements_of(&self, story: i64) -> rusqlite::Result<Vec<Hit>> {
        let sql = format!(
            "SELECT {HIT} FROM story JOIN statement ON statement.text_id = story.text_id WHERE story.id = ?1 AND dropped = 0 ORDER BY statement.number"
        );
        let mut select = self.db.prepare_cached(&sql)?;
        let hits = select.query_map(params![story], |row| hit(row, 0.0))?.collect::<rusqlite::Result<_>>()?;
        self.with_copies(hits)
    }
}

fn hit(row: &Row<'_>, rank: f64) -> rusqlite::Result<Hit> {
    let day = match row.get_ref(2)? {
        ValueRef::Integer(day) => Some(day),
        ValueRef::Text(day) => std::str::from_utf8(day).ok().and_then(copies::day_number),
        _ => None,
    };
    Ok(Hit { id: row.get(0)?, text: row.get(1)?, copies: 0, day, rank, partial: false })
}

/// Number of the paragraph in which a code point stands, from 1.
fn paragraph(paragraphs: &str, at: usize) -> usize {
    let ends = paragraphs.lines().map(|line| {
        let (span, _) = line.split_once(' ').unwrap_or((line, ""));
        spans::read(span).first().map_or(0, |range| range[1])
    });
    1 + ends.take_while(|end| *end <= at).count()
}
