//! Marks and notes, in SQL.

use super::Store;
use crate::sample::By;
use crate::{Note, Tag};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

impl Store {
    /// The key of a story or statement by that, its beginning, or a story's id or address.
    pub(crate) fn key_of(&self, name: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT key FROM statement WHERE key >= ?1 AND key < ?1 || '~' LIMIT 2";
        let mut select = self.db.prepare_cached(sql)?;
        let statements: Vec<String> =
            select.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        match (self.story_of(name)?, statements.as_slice()) {
            (Some(story), []) => {
                let sql = "SELECT key FROM story WHERE id = ?1";
                self.db.prepare_cached(sql)?.query_row([story], |row| row.get(0)).optional()
            }
            (None, [only]) => Ok(Some(only.clone())),
            _ => Ok(None),
        }
    }

    /// Puts a mark on a key; how many it did not have.
    pub(crate) fn insert_tag(&self, key: &str, name: &str, value: &str) -> rusqlite::Result<usize> {
        let sql = "INSERT OR IGNORE INTO tag (key, name, value) VALUES (?1, ?2, ?3)";
        self.db.prepare_cached(sql)?.execute([key, name, value])
    }

    /// Takes a mark off a key; without a value all of its name.
    pub(crate) fn delete_tag(&self, key: &str, name: &str, value: &str) -> rusqlite::Result<usize> {
        let sql = "DELETE FROM tag WHERE key = ?1 AND name = ?2 AND (?3 = '' OR value = ?3)";
        self.db.prepare_cached(sql)?.execute([key, name, value])
    }

    pub(super) fn tags(&self, key: &str) -> rusqlite::Result<Vec<Tag>> {
        let mut select =
            self.db.prepare_cached("SELECT name, value FROM tag WHERE key = ?1 ORDER BY name, value")?;
        select.query_map([key], |row| Ok(Tag { name: row.get(0)?, value: row.get(1)? }))?.collect()
    }

    pub(crate) fn insert_note(&self, note: &Note) -> rusqlite::Result<()> {
        let sql = "INSERT INTO note (key, words, by, at) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = self.db.prepare_cached(sql)?;
        insert.execute(params![note.key, note.words, note.by, note.at]).map(drop)
    }

    /// The notes on one key and, where that is a story's, on its statements; or on all.
    pub(crate) fn notes(&self, key: Option<&str>) -> rusqlite::Result<Vec<Note>> {
        let mut select = self.db.prepare_cached(
            "SELECT key, words, by, at FROM note WHERE ?1 IS NULL OR key = ?1 OR key IN (
               SELECT statement.key FROM story JOIN statement USING (text_id) WHERE story.key = ?1)
             ORDER BY at, key, words",
        )?;
        let note = |row: &Row<'_>| {
            Ok(Note { key: row.get(0)?, words: row.get(1)?, by: row.get(2)?, at: row.get(3)? })
        };
        select.query_map([key], note)?.collect()
    }

    /// The keys that carry a mark of this name and value.
    pub(crate) fn tagged(&self, name: &str, value: &str) -> rusqlite::Result<BTreeSet<String>> {
        let mut select = self.db.prepare_cached("SELECT key FROM tag WHERE name = ?1 AND value = ?2")?;
        select.query_map([name, value], |row| row.get(0))?.collect()
    }

    /// A statement's key, and the group of which it is drawn.
    pub(crate) fn group_of(&self, id: i64, by: Option<By>) -> rusqlite::Result<(String, Option<String>)> {
        let group = match by {
            None => "NULL",
            Some(By::Speaker) => "speaker",
            Some(By::Day) => "day",
            Some(By::Outlet) => {
                "(SELECT outlet.name FROM story JOIN outlet ON outlet.id = outlet_id
                   WHERE story.text_id = statement.text_id ORDER BY story.day IS NULL, story.day, story.key LIMIT 1)"
            }
        };
        let sql = format!("SELECT key, {group} FROM statement WHERE id = ?1");
        self.db.prepare_cached(&sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
