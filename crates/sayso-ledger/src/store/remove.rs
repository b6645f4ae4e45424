//! What leaves the ledger: an analysis that is made anew, stories that are forgotten.

use super::Store;
use super::write::salted;
use rusqlite::params;

impl Store {
    /// Removes a text's statements, figures, dates and names.
    pub(super) fn remove_analysis(&self, text: i64) -> rusqlite::Result<()> {
        self.db.execute(
            "UPDATE correction SET statement_id = NULL WHERE statement_id IN (SELECT id FROM statement WHERE text_id = ?1)",
            [text],
        )?;
        let unindex = "INSERT INTO statement_fts (statement_fts, rowid, content_text, names, speaker, source_text)
             SELECT 'delete', id, content_text, names, speaker, source_text FROM statement WHERE text_id = ?1 AND dropped = 0";
        self.db.execute(unindex, [text])?;
        for table in ["figure", "date"] {
            self.db.execute(&format!("DELETE FROM {table} WHERE text_id = ?1"), [text])?;
        }
        let unlink = "UPDATE statement SET inside_id = NULL, answers_id = NULL WHERE text_id = ?1";
        self.db.execute(unlink, [text])?;
        self.db.execute(
            "DELETE FROM _place WHERE id IN (SELECT id FROM statement WHERE text_id = ?1)",
            [text],
        )?;
        self.db.execute("DELETE FROM statement WHERE text_id = ?1", [text])?;
        let mut select =
            self.db.prepare_cached("SELECT entity_id, name, kind FROM mention WHERE text_id = ?1")?;
        let mentions = select.query_map([text], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mentions: Vec<(i64, String, String)> = mentions.collect::<rusqlite::Result<_>>()?;
        self.db.execute("DELETE FROM mention WHERE text_id = ?1", [text])?;
        for (entity, name, kind) in &mentions {
            self.drop_alias(*entity, name, kind)?;
        }
        // Only now: a text may name an entity in two ways.
        let orphan = "DELETE FROM entity WHERE id = ?1
             AND NOT EXISTS (SELECT 1 FROM mention WHERE entity_id = ?1)
             AND NOT EXISTS (SELECT 1 FROM statement WHERE speaker_id = ?1)";
        let mut orphan = self.db.prepare_cached(orphan)?;
        for (entity, ..) in &mentions {
            orphan.execute(params![entity])?;
        }
        Ok(())
    }

    /// Removes a story and, where no other printing is left, its text with all that hangs on it. Gives the keys by
    /// which it is known when it comes again.
    pub(crate) fn remove_story(&self, story: i64) -> rusqlite::Result<Vec<String>> {
        let sql =
            "SELECT story.key, text_id, sha256 FROM story JOIN text ON text.id = text_id WHERE story.id = ?1";
        let found = self.db.query_row(sql, [story], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let (key, text, sha256): (String, i64, String) = found?;
        let mut keys = vec![key.clone()];
        self.db.execute("DELETE FROM tag WHERE key = ?1", [&key])?;
        self.db.execute("DELETE FROM note WHERE key = ?1", [&key])?;
        self.db.execute("DELETE FROM _page WHERE story_id = ?1", [story])?;
        self.db.execute("DELETE FROM story WHERE id = ?1", [story])?;
        let is_printed = self.db.prepare_cached("SELECT 1 FROM story WHERE text_id = ?1")?.exists([text])?;
        if is_printed {
            self.label_copies(text)?;
        } else {
            self.remove_text(text)?;
            keys.push(sha256);
        }
        let outlets = "DELETE FROM outlet WHERE NOT EXISTS (SELECT 1 FROM story WHERE outlet_id = outlet.id)";
        self.db.execute(outlets, [])?;
        Ok(keys)
    }

    fn remove_text(&self, text: i64) -> rusqlite::Result<()> {
        for table in ["tag", "note"] {
            let sql =
                format!("DELETE FROM {table} WHERE key IN (SELECT key FROM statement WHERE text_id = ?1)");
            self.db.execute(&sql, [text])?;
        }
        let corrections =
            "DELETE FROM correction WHERE text_sha256 = (SELECT sha256 FROM text WHERE id = ?1)";
        self.db.execute(corrections, [text])?;
        self.remove_analysis(text)?;
        let others = self.copies_of(text)?;
        let group: i64 =
            self.db.query_row("SELECT copies_id FROM text WHERE id = ?1", [text], |row| row.get(0))?;
        self.db.execute("DELETE FROM _copy WHERE a = ?1 OR b = ?1", [text])?;
        // Looks through all of them: an index for this rare work would double their size.
        self.db.execute("DELETE FROM _shingle WHERE text_id = ?1", [text])?;
        self.db.execute("DELETE FROM body WHERE text_id = ?1", [text])?;
        self.db.execute("DELETE FROM text WHERE id = ?1", [text])?;
        // Of those that it joined some may be on their own now.
        for other in &others {
            self.regroup(*other)?;
        }
        let empty =
            "DELETE FROM copies WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM text WHERE copies_id = ?1)";
        self.db.execute(empty, [group])?;
        Ok(())
    }

    /// The salt of what was removed for good; made of `seed` where there is none yet.
    pub(crate) fn salt_or(&self, seed: &str) -> rusqlite::Result<String> {
        self.db.execute("INSERT OR IGNORE INTO _setting (name, value) VALUES ('salt', ?1)", [seed])?;
        Ok(self.salt()?.unwrap_or_default())
    }

    pub(crate) fn insert_forgotten(&self, salt: &str, key: &str) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO _forgotten (hash) VALUES (?1)";
        self.db.execute(sql, params![salted(salt, key)]).map(drop)
    }

    pub(crate) fn stories_of_outlet(&self, name: &str) -> rusqlite::Result<Vec<i64>> {
        let sql = "SELECT story.id FROM story JOIN outlet ON outlet.id = outlet_id WHERE outlet.name = ?1 COLLATE NOCASE";
        self.db.prepare_cached(sql)?.query_map([name], |row| row.get(0))?.collect()
    }

    /// The entities that have a name, with their keys.
    pub(crate) fn named_so(&self, name: &str) -> rusqlite::Result<Vec<(i64, String)>> {
        let sql = "SELECT DISTINCT entity.id, entity.key FROM alias JOIN entity ON entity.id = entity_id
             WHERE alias.name = ?1 COLLATE NOCASE ORDER BY entity.key";
        self.db.prepare_cached(sql)?.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    pub(crate) fn stories_naming(&self, entity: i64) -> rusqlite::Result<Vec<i64>> {
        let sql =
            "SELECT story.id FROM mention JOIN story USING (text_id) WHERE entity_id = ?1 ORDER BY story.id";
        self.db.prepare_cached(sql)?.query_map([entity], |row| row.get(0))?.collect()
    }

    /// Leaves nothing of what was removed in the file: neither in the index of words, nor in free pages, nor beside it.
    pub(crate) fn sweep(&self) -> rusqlite::Result<()> {
        let optimise = "INSERT INTO statement_fts (statement_fts) VALUES ('optimize')";
        self.db.execute(optimise, [])?;
        self.db.execute_batch("VACUUM")?;
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}
