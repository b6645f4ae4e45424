//! Which texts are copies of which ([`crate::copies`] says what a copy is).

use super::Store;
use super::write::whole;
use crate::copies::{self, CANDIDATE, LEAST_COMMON, LEAST_SAMPLE, LEAST_SHARE, MOST_TEXTS};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// A group of copies with nothing in it yet.
    pub(super) fn new_copies(&self) -> rusqlite::Result<i64> {
        self.db.prepare_cached("INSERT INTO copies DEFAULT VALUES")?.insert([])
    }

    /// Finds the copies of a text that is new, and joins their groups. Its cost does not grow with the ledger: a
    /// shingle is looked up in an index, and one that is in very many texts tells nothing.
    pub(super) fn join_copies(
        &self,
        text: i64,
        words: &str,
        sample: &[i64],
        day: Option<&str>,
    ) -> rusqlite::Result<()> {
        let mut common: BTreeMap<i64, usize> = BTreeMap::new();
        let mut select = self.db.prepare_cached("SELECT text_id FROM _shingle WHERE hash = ?1 LIMIT ?2")?;
        let mut insert = self.db.prepare_cached("INSERT INTO _shingle (hash, text_id) VALUES (?1, ?2)")?;
        for hash in sample {
            let others = select.query_map(params![hash, whole(MOST_TEXTS + 1)], |row| row.get(0))?;
            let others: Vec<i64> = others.collect::<rusqlite::Result<_>>()?;
            if others.len() <= MOST_TEXTS {
                others.into_iter().for_each(|other| *common.entry(other).or_default() += 1);
            }
            insert.execute(params![hash, text])?;
        }
        let mut size = self.db.prepare_cached("SELECT sample FROM text WHERE id = ?1")?;
        let mut pair = self.db.prepare_cached("INSERT INTO _copy (a, b, share) VALUES (?1, ?2, ?3)")?;
        let mut near = Vec::new();
        for (other, common) in common.into_iter().filter(|(_, common)| *common >= LEAST_COMMON) {
            let size: i64 = size.query_row([other], |row| row.get(0))?;
            // Samples have thousands of shingles at most: exact.
            let share = common as f64 / size.min(whole(sample.len())).max(1) as f64;
            let Some(share) = self.copied_share(words, other, share)? else { continue };
            pair.execute(params![text.min(other), text.max(other), share])?;
            near.push(other);
        }
        let own = day.and_then(copies::day_number);
        near.retain(|other| self.day(*other).is_ok_and(|day| copies::are_near(own, day)));
        if near.is_empty() { Ok(()) } else { self.join_groups(text, &near) }
    }

    /// The share of a text that another has too, where that is enough for a copy; `sampled` is that of their
    /// samples, which decides where the other text is not kept.
    fn copied_share(&self, words: &str, other: i64, sampled: f64) -> rusqlite::Result<Option<f64>> {
        if sampled < CANDIDATE {
            return Ok(None);
        }
        Ok(match self.body(other)? {
            Some(body) => Some(copies::shared(words, &body)).filter(|share| *share >= LEAST_SHARE),
            None => Some(sampled).filter(|share| *share >= LEAST_SAMPLE),
        })
    }

    /// Makes one group of those of some texts.
    fn join_groups(&self, text: i64, others: &[i64]) -> rusqlite::Result<()> {
        let mut group = self.db.prepare_cached("SELECT copies_id FROM text WHERE id = ?1")?;
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        for member in others.iter().chain([&text]) {
            groups.insert(group.query_row([member], |row| row.get(0))?);
        }
        let Some(first) = groups.pop_first() else { return Ok(()) };
        let mut update = self.db.prepare_cached("UPDATE text SET copies_id = ?1 WHERE copies_id = ?2")?;
        let mut delete = self.db.prepare_cached("DELETE FROM copies WHERE id = ?1")?;
        for other in groups {
            update.execute([first, other])?;
            delete.execute([other])?;
        }
        Ok(())
    }

    fn day(&self, text: i64) -> rusqlite::Result<Option<i64>> {
        let mut select = self.db.prepare_cached("SELECT day FROM text WHERE id = ?1")?;
        let day: Option<String> = select.query_row([text], |row| row.get(0))?;
        Ok(day.as_deref().and_then(copies::day_number))
    }

    /// Groups anew all texts that a chain of copies leads to from this one, whose day is another or which is to go.
    pub(super) fn regroup(&self, text: i64) -> rusqlite::Result<()> {
        let mut days: BTreeMap<i64, Option<i64>> = BTreeMap::new();
        let mut pairs = Vec::new();
        let mut left = vec![text];
        while let Some(member) = left.pop() {
            if days.contains_key(&member) {
                continue;
            }
            days.insert(member, self.day(member)?);
            let others = self.copies_of(member)?;
            left.extend(&others);
            pairs.extend(others.into_iter().map(|other| (member, other)));
        }
        // Each text by itself, then joined where the days allow it.
        let mut root: BTreeMap<i64, i64> = days.keys().map(|&member| (member, member)).collect();
        for (a, b) in pairs.into_iter().filter(|(a, b)| copies::are_near(days[a], days[b])) {
            let (a, b) = (root[&a], root[&b]);
            let (low, high) = (a.min(b), a.max(b));
            root.values_mut().filter(|r| **r == high).for_each(|r| *r = low);
        }
        self.set_groups(&root)
    }

    pub(super) fn copies_of(&self, text: i64) -> rusqlite::Result<Vec<i64>> {
        let mut select = self
            .db
            .prepare_cached("SELECT b FROM _copy WHERE a = ?1 UNION ALL SELECT a FROM _copy WHERE b = ?1")?;
        select.query_map([text], |row| row.get(0))?.collect()
    }

    /// Gives texts of one root one group, and removes the groups that are left empty.
    fn set_groups(&self, root: &BTreeMap<i64, i64>) -> rusqlite::Result<()> {
        let mut of_root: BTreeMap<i64, i64> = BTreeMap::new();
        let mut old = BTreeSet::new();
        let mut select = self.db.prepare_cached("SELECT copies_id FROM text WHERE id = ?1")?;
        let mut update = self.db.prepare_cached("UPDATE text SET copies_id = ?2 WHERE id = ?1")?;
        for (&text, &root) in root {
            old.insert(select.query_row([text], |row| row.get::<_, i64>(0))?);
            let group = match of_root.get(&root) {
                Some(group) => *group,
                None => {
                    let group = self.new_copies()?;
                    of_root.insert(root, group);
                    group
                }
            };
            update.execute([text, group])?;
        }
        let mut delete = self.db.prepare_cached("DELETE FROM copies WHERE id = ?1")?;
        for group in old {
            delete.execute([group])?;
        }
        for &text in of_root.keys() {
            self.label_copies(text)?;
        }
        Ok(())
    }

    /// Whether a text has no copies.
    pub(crate) fn is_alone(&self, text: i64) -> rusqlite::Result<bool> {
        let mut select = self.db.prepare_cached(
            "SELECT 1 FROM text AS other JOIN text USING (copies_id) WHERE text.id = ?1 AND other.id <> ?1",
        )?;
        Ok(!select.exists([text])?)
    }

    /// Names a text's group by its earliest story, and by the agency that its stories credit.
    pub(super) fn label_copies(&self, text: i64) -> rusqlite::Result<()> {
        let mut group = self.db.prepare_cached("SELECT copies_id FROM text WHERE id = ?1")?;
        let Some(group) = group.query_row([text], |row| row.get::<_, i64>(0)).optional()? else {
            return Ok(());
        };
        let mut label = self.db.prepare_cached(
            "UPDATE copies SET
               title = (SELECT title FROM story JOIN text ON text.id = text_id WHERE copies_id = ?1
                 ORDER BY title IS NULL, story.day IS NULL, story.day, story.key LIMIT 1),
               agency = (SELECT agency FROM story JOIN text ON text.id = text_id WHERE copies_id = ?1 AND agency IS NOT NULL
                 GROUP BY agency ORDER BY count(*) DESC, agency LIMIT 1)
             WHERE id = ?1",
        )?;
        label.execute([group]).map(drop)
    }
}
