//! What the ledger holds, in SQL.

use super::Store;
use super::export::figure;
use super::write::whole;
use crate::figures::Found;
use crate::query::Hit;
use crate::report::{CopyGroup, OutletRow, Status, StoryRow};
use rusqlite::Row;

const STORY: &str = "SELECT story.key, story.title, outlet.name, story.published, story.url, story.byline, story.agency,
   story.ref, (SELECT count(*) FROM statement WHERE statement.text_id = story.text_id AND dropped = 0), text.model,
   (SELECT count(*) FROM story AS other JOIN text AS own ON own.id = other.text_id WHERE own.copies_id = text.copies_id),
   text.notices
 FROM story JOIN text ON text.id = story.text_id LEFT JOIN outlet ON outlet.id = story.outlet_id";

impl Store {
    pub(crate) fn story_row(&self, id: i64) -> rusqlite::Result<StoryRow> {
        self.db.prepare_cached(&format!("{STORY} WHERE story.id = ?1"))?.query_row([id], story_row)
    }

    /// The stories at a story's address, itself among them, in the order of capture; where that is not known, of change
    /// or publication.
    pub(crate) fn versions_of(&self, story: i64) -> rusqlite::Result<Vec<(i64, Option<String>)>> {
        let mut select = self.db.prepare_cached(
            "SELECT other.id, other.captured FROM story JOIN story AS other ON other.id = story.id OR other.url = story.url
             WHERE story.id = ?1 ORDER BY coalesce(other.captured, other.modified, other.published, '~'), other.key",
        )?;
        select.query_map([story], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// The figures of which some statements are the innermost.
    pub(crate) fn figures_among(&self, hits: Vec<Hit>) -> rusqlite::Result<Vec<Found>> {
        let mut select = self.db.prepare_cached(
            "SELECT words, min, max, approx, unit, counted, change, start, \"end\", speaker, negated OR act = 'deny'
             FROM figure JOIN statement ON statement.id = statement_id WHERE statement_id = ?1 ORDER BY start",
        )?;
        let mut found = Vec::new();
        for hit in hits {
            let mut rows = select.query([hit.id])?;
            while let Some(row) = rows.next()? {
                let (figure, hit) = (figure(row)?, hit.clone());
                found.push(Found { hit, figure, speaker: row.get(9)?, is_denied: row.get(10)? });
            }
        }
        Ok(found)
    }

    pub(crate) fn copy_groups(
        &self,
        story: Option<i64>,
        limit: usize,
        after: usize,
    ) -> rusqlite::Result<Vec<CopyGroup>> {
        let of_one = "SELECT copies_id FROM story JOIN text ON text.id = text_id WHERE story.id = ?1";
        let largest = "SELECT copies_id FROM story JOIN text ON text.id = text_id
             GROUP BY copies_id HAVING count(*) > 1 ORDER BY count(*) DESC, min(story.key) LIMIT ?1 OFFSET ?2";
        let groups: Vec<i64> = match story {
            Some(id) => self
                .db
                .prepare_cached(of_one)?
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            None => {
                let mut select = self.db.prepare_cached(largest)?;
                select
                    .query_map([whole(limit), whole(after)], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?
            }
        };
        let sql =
            format!("{STORY} WHERE text.copies_id = ?1 ORDER BY story.day IS NULL, story.day, story.key");
        let mut stories = self.db.prepare_cached(&sql)?;
        let mut agency = self.db.prepare_cached("SELECT agency FROM copies WHERE id = ?1")?;
        let mut found = Vec::new();
        for group in groups {
            found.push(CopyGroup {
                agency: agency.query_row([group], |row| row.get(0))?,
                stories: stories.query_map([group], story_row)?.collect::<rusqlite::Result<_>>()?,
            });
        }
        Ok(found)
    }

    pub(crate) fn outlet_rows(&self, limit: usize, after: usize) -> rusqlite::Result<Vec<OutletRow>> {
        let mut select = self.db.prepare_cached(
            "WITH copied AS (SELECT copies_id FROM story NOT INDEXED JOIN text ON text.id = text_id
                 GROUP BY copies_id HAVING count(*) > 1),
             counted AS (SELECT outlet_id, count(*) AS stories,
               sum(story.agency IS NOT NULL OR copies_id IN copied AND EXISTS (
                 SELECT 1 FROM text AS own JOIN story AS other ON other.text_id = own.id
                 WHERE own.copies_id = text.copies_id AND other.outlet_id <> story.outlet_id AND other.day < story.day)) AS again,
               sum(named + official + unnamed + document), sum(named), sum(official), sum(unnamed), sum(document)
             FROM story NOT INDEXED JOIN text ON text.id = story.text_id GROUP BY outlet_id)
             SELECT outlet.name, counted.* FROM counted LEFT JOIN outlet ON outlet.id = outlet_id
             ORDER BY stories DESC, outlet.name LIMIT ?1 OFFSET ?2",
        )?;
        let row = |row: &Row<'_>| {
            let count = |column: usize| row.get::<_, Option<i64>>(column).map(Option::unwrap_or_default);
            Ok(OutletRow {
                outlet: row.get(0)?,
                stories: count(2)?,
                copied: count(3)?,
                statements: count(4)?,
                named: count(5)?,
                official: count(6)?,
                unnamed: count(7)?,
                document: count(8)?,
            })
        };
        select.query_map([whole(limit), whole(after)], row)?.collect()
    }

    pub(crate) fn status(&self) -> rusqlite::Result<Status> {
        let number = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        let mut models =
            self.db.prepare_cached("SELECT model, count(*) FROM text GROUP BY model ORDER BY model")?;
        Ok(Status {
            path: self.path.display().to_string(),
            version: number("PRAGMA user_version")?,
            bytes: number("PRAGMA page_count")? * number("PRAGMA page_size")?,
            text_bytes: number("SELECT coalesce(sum(packed), 0) FROM text")?,
            texts: number("SELECT count(*) FROM text")?,
            kept: number("SELECT count(*) FROM body")?,
            statements: number("SELECT count(*) FROM _place")?,
            figures: number("SELECT count(*) FROM figure")?,
            entities: number("SELECT count(*) FROM entity")?,
            without_story: number("SELECT count(*) FROM _page WHERE story_id IS NULL")?,
            models: models
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?,
            searched: self.searched()?,
        })
    }
}

fn story_row(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    let notices: String = row.get(11)?;
    Ok(StoryRow {
        key: row.get(0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        url: row.get(4)?,
        byline: row.get(5)?,
        agency: row.get(6)?,
        reference: row.get(7)?,
        statements: row.get(8)?,
        model: row.get(9)?,
        copies: row.get(10)?,
        notices: notices.lines().map(str::to_owned).collect(),
    })
}
