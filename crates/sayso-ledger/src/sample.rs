//! Statements drawn at random, to be checked blind, and what the checks say of all.
//!
//! A statement's turn is told by a hash of the seed and its key, so that a seed draws the same ones whatever the
//! order in which stories came in. Drawn ones carry the mark `sample`; what was checked without it does not count, for
//! nobody knows why it was looked at.

use crate::Ledger;
use crate::correct::Correction;
use crate::error::{Error, ErrorKind};
use crate::filter::Filter;
use crate::key;
use crate::query::StatementRow;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The mark of drawn statements; its value is the sample's name.
pub(crate) const MARK: &str = "sample";

/// Of which groups as many statements each are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Of each outlet.
    Outlet,
    /// Of each day.
    Day,
    /// Of each speaker.
    Speaker,
}

/// A share of what was checked, with the interval that holds the share of all with 95 % (Wilson's).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// What is right: `row`, or one field of it.
    pub field: &'static str,
    /// Statements in which it is.
    pub right: usize,
    /// Statements checked.
    pub checked: usize,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the checks of a sample say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// Its name.
    pub sample: String,
    /// Statements drawn.
    pub drawn: usize,
    /// Whole rows, and each field; of those checked.
    pub shares: Vec<Share>,
    /// Statements that two hands or more have checked.
    pub twice: usize,
    /// Those of them on which they agree.
    pub agreed: usize,
}

impl Ledger {
    /// Draws statements that a filter leaves (and, with a question, that have all of its words), marks them as a sample
    /// of this name, and gives them in the order in which they were drawn.
    ///
    /// # Errors
    /// When there is a sample of this name, the question has no words, or the ledger cannot be written.
    pub fn draw(
        &mut self,
        name: &str,
        count: usize,
        seed: u64,
        question: Option<&str>,
        filter: &Filter,
        by: Option<By>,
    ) -> Result<Vec<StatementRow>, Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        if !store.tagged(MARK, name).map_err(failed)?.is_empty() {
            let what = format!("there is a sample called {name} already; give this one another name");
            return Err(Error::new(&store.path, ErrorKind::Question(what)));
        }
        let hits = match question {
            Some(question) => self.about(question, filter, 0, None)?,
            None => store.all(filter).map_err(failed)?,
        };
        let mut turns = Vec::with_capacity(hits.len());
        for hit in &hits {
            let (key, group) = store.group_of(hit.id, by).map_err(failed)?;
            turns.push((key::bits(format!("{seed} {key}").as_bytes()), group, hit));
        }
        turns.sort_by_key(|(turn, ..)| *turn);
        let mut nth: BTreeMap<&Option<String>, usize> = BTreeMap::new();
        let mut rounds: Vec<(usize, u64, _)> = Vec::with_capacity(turns.len());
        for (turn, group, hit) in &turns {
            // Round after round one of each group.
            let round = nth.entry(group).or_default();
            rounds.push((if by.is_some() { *round } else { 0 }, *turn, *hit));
            *round += 1;
        }
        rounds.sort_by_key(|(round, turn, _)| (*round, *turn));
        let drawn = rounds.into_iter().take(count).map(|(.., hit)| store.statement_row(hit));
        let drawn: Vec<StatementRow> = drawn.collect::<rusqlite::Result<_>>().map_err(failed)?;
        self.store.transaction(|store| {
            drawn.iter().try_for_each(|row| store.insert_tag(&row.key, MARK, name).map(drop))
        })?;
        Ok(drawn)
    }

    /// What the checks of a sample say.
    ///
    /// # Errors
    /// When there is no such sample, or the ledger cannot be read.
    pub fn checked(&self, name: &str) -> Result<Checked, Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let drawn = store.tagged(MARK, name).map_err(failed)?;
        if drawn.is_empty() {
            return Err(Error::new(&store.path, ErrorKind::Unknown(format!("the sample {name}"))));
        }
        let mut log: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
        for entry in store.corrections(None).map_err(failed)? {
            if !entry.undone && entry.field != "undo" && drawn.contains(&entry.statement) {
                log.entry(entry.statement.clone()).or_default().push(entry);
            }
        }
        let wrong = |entries: &[Correction], field: &str| entries.iter().any(|e| e.field == field);
        let checked = log.len();
        let share = |field: &'static str, is_right: &dyn Fn(&[Correction]) -> bool| {
            let right = log.values().filter(|entries| is_right(entries)).count();
            let (low, high) = interval(right, checked);
            Share { field, right, checked, low, high }
        };
        let row = |entries: &[Correction]| entries.iter().all(|e| e.field == "right");
        let mut shares = vec![share("row", &row), share("is a statement", &|e| !wrong(e, "none"))];
        for field in ["speaker", "act", "negated", "content"] {
            shares.push(share(field, &|e| !wrong(e, field) && !wrong(e, "none")));
        }
        let hands = |entries: &[Correction]| {
            let mut of: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
            for e in entries {
                of.entry(e.by.clone()).or_default().insert((e.field.clone(), e.value.clone()));
            }
            of.into_values().collect::<Vec<_>>()
        };
        let twice: Vec<_> =
            log.values().map(|entries| hands(entries)).filter(|hands| hands.len() > 1).collect();
        let agreed = twice.iter().filter(|hands| hands.windows(2).all(|pair| pair[0] == pair[1])).count();
        Ok(Checked { sample: name.to_owned(), drawn: drawn.len(), shares, twice: twice.len(), agreed })
    }
}

/// Wilson's interval of a share at 95 % (E. B. Wilson 1927).
fn interval(right: usize, of: usize) -> (f64, f64) {
    /// Quantile of the normal distribution at 97.5 %.
    const Z: f64 = 1.959_963_984_540_054;
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (of as f64, right as f64 / of as f64);
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilson_s() {
        let (low, high) = interval(8, 10);
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001, "{low} {high}");
        assert_eq!(interval(0, 0), (0.0, 1.0));
        assert!(interval(0, 20).0 == 0.0 && interval(20, 20).1 == 1.0);
    }
}
