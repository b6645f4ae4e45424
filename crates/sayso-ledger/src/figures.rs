//! The question for figures: which are told of something, by whom, and which of them is the lowest, the
//! highest, the latest.

use crate::Ledger;
use crate::error::Error;
use crate::filter::{Filter, Part, Sort};
use crate::query::{Hit, Searched, StatementRow};
use crate::words::{self, Term};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A figure within a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureRow {
    /// Its words.
    pub words: String,
    /// Lowest value; `None` where open.
    pub min: Option<f64>,
    /// Highest value; `None` where open.
    pub max: Option<f64>,
    /// Whether it is said to be inexact.
    pub approx: bool,
    /// ISO 4217 for money, `%`, `km`, `year`; `None` for a count.
    pub unit: Option<String>,
    /// The words counted.
    pub counted: Option<String>,
    /// `up` or `down` where it is the amount of a change.
    pub change: Option<String>,
    /// The statement that tells it.
    pub statement: StatementRow,
}

/// How the lowest, highest and latest figure are chosen.
pub(crate) const RULE: &str = "of figures of the commonest unit that are no change and are not told to be denied, denied or negated \
                        ones left out: lowest and highest by the bound that is known, latest by the day said or published";

/// An answer in figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// The figures, in time; copies folded.
    pub rows: Vec<FigureRow>,
    /// Figures of the same statements that count something else, left out.
    pub others: usize,
    /// Which row is the lowest, by its place in `rows`.
    pub lowest: Option<usize>,
    /// Which is the highest.
    pub highest: Option<usize>,
    /// Which is the latest.
    pub latest: Option<usize>,
    /// How these are chosen.
    pub rule: &'static str,
    /// Origins that tell figures: copies counted once.
    pub origins: usize,
    /// Rows to be left out to get the next part; `None` at the end.
    pub next: Option<usize>,
    /// What was searched.
    pub searched: Searched,
}

impl Ledger {
    /// The figures in statements about something: those that count what the question names; where there is
    /// none, all of these statements. With `all`, all in any case.
    ///
    /// # Errors
    /// When the question has no words or the ledger cannot be read.
    pub fn figures(&self, question: &str, filter: &Filter, all: bool, part: Part) -> Result<Figures, Error> {
        let store = &self.store;
        let hits = self.about(question, filter, 0)?;
        let mut rows = Vec::new();
        for hit in &hits {
            rows.extend(self.figures_in(hit)?);
        }
        let terms = words::terms(question);
        let is_meant =
            |row: &FigureRow| row.counted.as_deref().is_some_and(|counted| counts(&terms, counted));
        let found = rows.len();
        if !all && rows.iter().any(is_meant) {
            rows.retain(is_meant);
        }
        let others = found - rows.len();
        rows.sort_by_cached_key(|row| {
            (row.statement.day.is_none(), row.statement.day.clone(), row.statement.key.clone())
        });
        fold(&mut rows);
        if part.sort == Sort::Outlet {
            rows.sort_by_cached_key(|row| row.statement.outlet.clone());
        }
        let origins = rows.iter().map(|row| row.statement.copies).collect::<BTreeSet<_>>().len();
        let next = (rows.len() > part.after + part.limit).then_some(part.after + part.limit);
        let rows: Vec<FigureRow> = rows.into_iter().skip(part.after).take(part.limit).collect();
        let (lowest, highest, latest) = chosen(&rows);
        let searched = store.searched().map_err(|e| store.failed(&e))?;
        Ok(Figures { rows, others, lowest, highest, latest, rule: RULE, origins, next, searched })
    }

    fn figures_in(&self, hit: &Hit) -> Result<Vec<FigureRow>, Error> {
        let store = &self.store;
        let figures = store.figures_in(hit.id).map_err(|e| store.failed(&e))?;
        if figures.is_empty() {
            return Ok(Vec::new());
        }
        let statement = store.statement_row(hit).map_err(|e| store.failed(&e))?;
        let row = |figure: crate::wire::Figure| FigureRow {
            words: figure.text,
            min: figure.min,
            max: figure.max,
            approx: figure.approx,
            unit: figure.unit,
            counted: figure.of,
            change: figure.change,
            statement: statement.clone(),
        };
        Ok(figures.into_iter().map(row).collect())
    }
}

/// Whether what is counted is what a question names: a word of both begins alike.
fn counts(terms: &[Term], counted: &str) -> bool {
    /// Letters by which forms of a word are told to be one ("killed", "killing").
    const STEM: usize = 5;
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    let counted: BTreeSet<String> =
        words::terms(counted).iter().flat_map(|t| &t.words).map(|w| stem(w)).collect();
    words::telling(terms).iter().flat_map(|term| &term.words).any(|word| counted.contains(&stem(word)))
}

/// Leaves of the copies of a figure the earliest.
fn fold(rows: &mut Vec<FigureRow>) {
    let mut seen = BTreeSet::new();
    rows.retain(|row| {
        seen.insert((row.statement.copies, row.words.to_lowercase(), row.statement.speaker.clone()))
    });
}

/// The lowest, highest and latest row, by [`RULE`].
fn chosen(rows: &[FigureRow]) -> (Option<usize>, Option<usize>, Option<usize>) {
    let mut units: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *units.entry(row.unit.as_deref()).or_default() += 1);
    let Some(unit) = units.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit) else {
        return (None, None, None);
    };
    let is_meant = |row: &FigureRow| {
        row.unit.as_deref() == unit
            && row.change.is_none()
            && !row.statement.negated
            && row.statement.act != "deny"
    };
    let meant = || rows.iter().enumerate().filter(|(_, row)| is_meant(row));
    let low = |row: &FigureRow| row.min.or(row.max).unwrap_or_default();
    let high = |row: &FigureRow| row.max.or(row.min).unwrap_or_default();
    let lowest = meant().min_by(|(_, a), (_, b)| low(a).total_cmp(&low(b)));
    // Of equals the first, as of the lowest.
    let highest = meant().rev().max_by(|(_, a), (_, b)| high(a).total_cmp(&high(b)));
    let latest = meant()
        .filter(|(_, row)| row.statement.day.is_some())
        .max_by_key(|(_, row)| row.statement.day.clone());
    (lowest.map(|(n, _)| n), highest.map(|(n, _)| n), latest.map(|(n, _)| n))
}
