//! Texts to be read again, and their new readings.

use super::Store;
use super::write::whole;
use crate::add::Keep;
use crate::update::Stale;
use crate::{compress, spans};
use rusqlite::{OptionalExtension, Row, params};
use sayso::story::{Dateline, Meta, Paragraph, ParagraphKind, again};
use sayso::text::{CodePoints, Span};
use sayso::wire::{self, Record};

impl Store {
    pub(crate) fn stale(
        &self,
        model: &str,
        reader: &str,
        all: bool,
        after: i64,
        limit: usize,
    ) -> rusqlite::Result<Vec<Stale>> {
        let mut select = self.db.prepare_cached(
            "SELECT text.id, zlib, paragraphs, language, title, byline, authors, agency, place, filed, published, modified,
               outlet.name, url, captured
             FROM text JOIN body ON body.text_id = text.id
             JOIN story ON story.text_id = text.id AND story.key = substr(text.analysed, instr(text.analysed, ' ') + 1)
             LEFT JOIN outlet ON outlet.id = outlet_id
             WHERE text.id > ?1 AND (?2 OR model <> ?3 OR reader <> ?4) ORDER BY text.id LIMIT ?5",
        )?;
        select.query_map(params![after, all, model, reader, whole(limit)], stale)?.collect()
    }

    pub(crate) fn reread(&self, text: i64, record: &Record) -> rusqlite::Result<()> {
        let mut select = self.db.prepare_cached("SELECT day FROM text WHERE id = ?1")?;
        // It may have been forgotten meanwhile.
        let Some(day) = select.query_row([text], |row| row.get::<_, Option<String>>(0)).optional()? else {
            return Ok(());
        };
        self.remove_analysis(text)?;
        self.insert_analysis(text, record, day.as_deref(), Keep { texts: true })?;
        let mut update = self.db.prepare_cached("UPDATE text SET model = ?2, reader = ?3 WHERE id = ?1")?;
        update.execute(params![text, record.model, record.reader]).map(drop)
    }
}

fn stale(row: &Row<'_>) -> rusqlite::Result<Stale> {
    let packed: Vec<u8> = row.get(1)?;
    let text = compress::unpack(&packed).unwrap_or_default();
    let authors: String = row.get(6)?;
    let (place, date): (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
    let meta = Meta {
        headline: row.get(4)?,
        byline: row.get(5)?,
        authors: authors.split("; ").filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        agency: row.get(7)?,
        dateline: (place.is_some() || date.is_some()).then_some(Dateline { place, date }),
        published: row.get(10)?,
        modified: row.get(11)?,
        outlet: row.get(12)?,
        url: row.get(13)?,
        captured: row.get(14)?,
        language: row.get(3)?,
    };
    let paragraphs = paragraphs(&text, &row.get::<_, String>(2)?);
    Ok(Stale { text: row.get(0)?, story: again(text, paragraphs, meta) })
}

/// Paragraphs as the ledger keeps them, in bytes again.
fn paragraphs(text: &str, lines: &str) -> Vec<Paragraph> {
    let points = CodePoints::new(text);
    let one = |line: &str| {
        let (span, name) = line.split_once(' ')?;
        let [start, end] = *spans::read(span).first()?;
        let kind = ParagraphKind::ALL.into_iter().find(|kind| wire::paragraph_name(*kind) == name)?;
        Some(Paragraph { span: Span::new(points.byte(start)?, points.byte(end)?), kind })
    };
    lines.lines().filter_map(one).collect()
}
