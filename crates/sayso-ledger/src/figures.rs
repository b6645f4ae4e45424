//! The question for figures: which are told of something, by whom, and which of them is the lowest, the
//! highest, the latest.

use crate::Ledger;
use crate::error::Error;
use crate::filter::{Filter, Part, Sort};
use crate::query::{Hit, Searched, StatementRow};
use crate::wire::Figure;
use crate::words::{self, Term};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Statements looked through for figures at most, those that fit best, where nothing is filtered: a question for a
/// word of tens of thousands asks for no list of figures.
const MOST: usize = 3_000;

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
    /// Figures in all, copies folded.
    pub figures: usize,
    /// Whether they are those of the statements that fit best only, as very many fit.
    pub is_cut: bool,
    /// Figures of the same statements that count something else, left out.
    pub others: usize,
    /// The lowest of all.
    pub lowest: Option<FigureRow>,
    /// The highest.
    pub highest: Option<FigureRow>,
    /// The latest.
    pub latest: Option<FigureRow>,
    /// How these are chosen.
    pub rule: &'static str,
    /// Origins that tell figures: copies counted once.
    pub origins: usize,
    /// Rows to be left out to get the next part; `None` at the end.
    pub next: Option<usize>,
    /// What was searched.
    pub searched: Searched,
}

/// A figure of a statement that fits, before the statement's row is fetched.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) hit: Hit,
    pub(crate) figure: Figure,
    pub(crate) speaker: Option<String>,
    /// Whether the statement denies, or is negated.
    pub(crate) is_denied: bool,
}

impl Ledger {
    /// The figures in statements about something: those that count what the question names; where there is
    /// none, all of these statements. With `all`, all in any case.
    ///
    /// # Errors
    /// When the question has no words or the ledger cannot be read.
    pub fn figures(&self, question: &str, filter: &Filter, all: bool, part: Part) -> Result<Figures, Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let hits = self.about(question, filter, 0, Some(MOST))?;
        let is_cut = hits.len() >= MOST;
        let mut found = store.figures_among(hits).map_err(failed)?;
        let terms = words::terms(question);
        let is_meant = |one: &Found| one.figure.of.as_deref().is_some_and(|counted| counts(&terms, counted));
        let count = found.len();
        if !all && found.iter().any(is_meant) {
            found.retain(is_meant);
        }
        let others = count - found.len();
        found.sort_by_cached_key(|one| (one.hit.day.is_none(), one.hit.day, one.hit.id, one.figure.span));
        fold(&mut found);
        let (lowest, highest, latest) = chosen(&found);
        let row = |one: Option<&Found>| one.map(|one| self.figure_row(one)).transpose();
        let (lowest, highest, latest) = (row(lowest)?, row(highest)?, row(latest)?);
        let origins = found.iter().map(|one| one.hit.copies).collect::<BTreeSet<_>>().len();
        if part.sort == Sort::Outlet {
            let outlets = store.outlets_of(found.iter().map(|one| one.hit.text)).map_err(failed)?;
            found.sort_by_cached_key(|one| outlets.get(&one.hit.text).cloned());
        }
        let figures = found.len();
        let next = (figures > part.after + part.limit).then_some(part.after + part.limit);
        let shown = found.iter().skip(part.after).take(part.limit);
        let rows = shown.map(|one| self.figure_row(one)).collect::<Result<Vec<FigureRow>, Error>>()?;
        let searched = store.searched().map_err(failed)?;
        Ok(Figures {
            rows,
            figures,
            is_cut,
            others,
            lowest,
            highest,
            latest,
            rule: RULE,
            origins,
            next,
            searched,
        })
    }

    fn figure_row(&self, found: &Found) -> Result<FigureRow, Error> {
        let statement = self.store.statement_row(&found.hit).map_err(|e| self.store.failed(&e))?;
        let figure = found.figure.clone();
        Ok(FigureRow {
            words: figure.text,
            min: figure.min,
            max: figure.max,
            approx: figure.approx,
            unit: figure.unit,
            counted: figure.of,
            change: figure.change,
            statement,
        })
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
fn fold(found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert((one.hit.copies, one.figure.text.to_lowercase(), one.speaker.clone())));
}

/// The lowest, highest and latest, by [`RULE`].
fn chosen(found: &[Found]) -> (Option<&Found>, Option<&Found>, Option<&Found>) {
    let mut units: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    found.iter().for_each(|one| *units.entry(one.figure.unit.as_deref()).or_default() += 1);
    let Some(unit) = units.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit) else {
        return (None, None, None);
    };
    let is_meant =
        |one: &&Found| one.figure.unit.as_deref() == unit && one.figure.change.is_none() && !one.is_denied;
    let meant = || found.iter().filter(is_meant);
    let low = |one: &Found| one.figure.min.or(one.figure.max).unwrap_or_default();
    let high = |one: &Found| one.figure.max.or(one.figure.min).unwrap_or_default();
    let lowest = meant().min_by(|a, b| low(a).total_cmp(&low(b)));
    // Of equals the first, as of the lowest.
    let highest = meant().rev().max_by(|a, b| high(a).total_cmp(&high(b)));
    let latest = meant().filter(|one| one.hit.day.is_some()).max_by_key(|one| one.hit.day);
    (lowest, highest, latest)
}
