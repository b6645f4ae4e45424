//! The questions: plain rows out.

use crate::Ledger;
use crate::error::{Error, ErrorKind};
use crate::filter::{Filter, Part, Sort};
use crate::wire::Figure;
use crate::words::{self, Term};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

/// A statement, as questions give it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRow {
    /// Its key.
    pub key: String,
    /// Key of the earliest story that prints it.
    pub story: String,
    /// That story's headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The day said where the text tells it, else of publication.
    pub day: Option<String>,
    /// Which of them that is: `said` or `published`.
    pub day_of: Option<&'static str>,
    /// Who says it, by the fullest name of the story.
    pub speaker: Option<String>,
    /// The name of that entity across stories.
    pub entity: Option<String>,
    /// The words that name the source.
    pub source_text: Option<String>,
    /// The words that signal the statement.
    pub cue_text: Option<String>,
    /// What is said.
    pub content_text: String,
    /// How the source is worded.
    pub form: String,
    /// How much of it is quoted.
    pub kind: String,
    /// What is done by saying it.
    pub act: String,
    /// Whether that is said not to have happened.
    pub negated: bool,
    /// The speaker of the statement that it stands in.
    pub on_whose_word: Option<String>,
    /// Key of the statement that it answers.
    pub answers: Option<String>,
    /// How it does: `deny`, `confirm` or `decline`.
    pub stance: Option<String>,
    /// Amounts and counts in the content.
    pub figures: Vec<Figure>,
    /// How likely the row is right.
    pub confidence: f64,
    /// Whether a hand has corrected it or found it right; else it is as the model read it.
    pub checked: bool,
    /// Its paragraph in the text, from 1.
    pub paragraph: usize,
    /// First and last code point of its content.
    pub place: (usize, usize),
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// Number of its copy group.
    pub copies: i64,
    /// Other stories that print the same words.
    pub copied: usize,
    /// Whether only some of the words asked for are in it.
    pub partial: bool,
}

/// What an answer rests on: it is printed with every one, as no answer says "none".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Searched {
    /// Stories in the ledger.
    pub stories: i64,
    /// Origins: copies counted once.
    pub origins: i64,
    /// The first day of publication.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// Stories without a day.
    pub undated: i64,
    /// Stories in another language than English, of which no statement is read.
    pub not_english: i64,
}

/// An answer in statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statements {
    /// The rows of the part asked for.
    pub rows: Vec<StatementRow>,
    /// Statements that fit, copies among them.
    pub statements: usize,
    /// Texts that hold them.
    pub texts: usize,
    /// Origins of those: copies counted once.
    pub origins: usize,
    /// Those of no known day.
    pub undated: usize,
    /// Rows to be left out to get the next part; `None` at the end.
    pub next: Option<usize>,
    /// What was searched.
    pub searched: Searched,
}

/// A statement that fits, before its row is fetched.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) id: i64,
    pub(crate) text: i64,
    pub(crate) copies: i64,
    /// Number of its day, where known.
    pub(crate) day: Option<i64>,
    /// Smaller is better.
    pub(crate) rank: f64,
    pub(crate) partial: bool,
}

impl Ledger {
    /// Statements about something: those that hold all of its words, best first, then those that hold some.
    ///
    /// # Errors
    /// When the question has no words or the ledger cannot be read.
    pub fn who(&self, question: &str, filter: &Filter, part: Part) -> Result<Statements, Error> {
        let hits = self.about(question, filter, part.after + part.limit, None)?;
        self.answer(hits, part)
    }

    /// The statements about something, in no order yet. Where those with all of its words are fewer than
    /// `enough`, those with some of them follow. With `most` and no filters, only so many that fit best.
    pub(crate) fn about(
        &self,
        question: &str,
        filter: &Filter,
        enough: usize,
        most: Option<usize>,
    ) -> Result<Vec<Hit>, Error> {
        let terms = words::terms(question);
        if terms.is_empty() {
            let what = format!("nothing to look for in {question:?}: give words, \"phrases\" or names");
            return Err(Error::new(&self.store.path, ErrorKind::Question(what)));
        }
        let store = &self.store;
        let expression = self.with_aliases(question, &words::all(&terms))?;
        let mut hits = store.matches(&expression, filter, most).map_err(|e| store.failed(&e))?;
        let telling = words::telling(&terms).len();
        if hits.len() < enough && telling > 1 {
            let full: BTreeSet<i64> = hits.iter().map(|hit| hit.id).collect();
            let rarest = self.rarest(&terms)?;
            let some = if rarest.is_empty() {
                Ok(Vec::new())
            } else {
                store.matches(&words::any(&rarest), filter, None)
            };
            let some = some.map_err(|e| store.failed(&e))?;
            let more = some.into_iter().filter(|hit| !full.contains(&hit.id));
            hits.extend(more.map(|hit| Hit { partial: true, ..hit }));
        }
        Ok(hits)
    }

    /// A question that is one of an entity's names finds it by all of them.
    fn with_aliases(&self, question: &str, expression: &str) -> Result<String, Error> {
        /// Names of one entity that are looked for.
        const MOST: usize = 12;
        let name = question.trim().trim_matches(['"', '“', '”']);
        let names = self.store.aliases(name).map_err(|e| self.store.failed(&e))?;
        let others = names.iter().take(MOST).map(|name| words::terms(name)).filter(|terms| !terms.is_empty());
        let phrases: BTreeSet<String> = others
            .map(|terms| Term { words: terms.into_iter().flat_map(|t| t.words).collect() }.expression())
            .collect();
        if phrases.is_empty() {
            return Ok(expression.to_owned());
        }
        Ok(format!("({expression}) OR {}", phrases.into_iter().collect::<Vec<_>>().join(" OR ")))
    }

    /// The rarest terms of a long question: the others would find half of the ledger.
    fn rarest(&self, terms: &[Term]) -> Result<Vec<Term>, Error> {
        /// Terms looked for.
        const MOST: usize = 24;
        /// Statements that all terms but the rarest may find together.
        const ENOUGH: i64 = 20_000;
        let mut counted: Vec<(i64, Term)> = Vec::new();
        for term in words::telling(terms) {
            let count = self.store.count(&term.expression()).map_err(|e| self.store.failed(&e))?;
            if count > 0 && !counted.iter().any(|(_, other)| other == term) {
                counted.push((count, term.clone()));
            }
        }
        counted.sort_by_key(|(count, _)| *count);
        let mut sum = 0;
        let within = counted.into_iter().enumerate().take_while(|(n, (count, _))| {
            sum += count;
            *n == 0 || sum <= ENOUGH
        });
        Ok(within.take(MOST).map(|(_, (_, term))| term).collect())
    }

    /// All that somebody is on record with, in time.
    ///
    /// # Errors
    /// When nobody of that name is in the ledger, or it cannot be read.
    pub fn speaker(
        &self,
        name: &str,
        filter: &Filter,
        part: Part,
    ) -> Result<(Vec<Entity>, Statements), Error> {
        let store = &self.store;
        let entities = store.entities_called(name).map_err(|e| store.failed(&e))?;
        let hits = store.said_by(name, &entities, filter).map_err(|e| store.failed(&e))?;
        if entities.is_empty() && hits.is_empty() {
            return Err(Error::new(&store.path, ErrorKind::Unknown(name.to_owned())));
        }
        let sort = if part.sort == Sort::Best { Sort::Day } else { part.sort };
        Ok((entities, self.answer(hits, Part { sort, ..part })?))
    }

    /// The part of an answer that is asked for, copies folded.
    pub(crate) fn answer(&self, mut hits: Vec<Hit>, part: Part) -> Result<Statements, Error> {
        let full = || hits.iter().filter(|hit| !hit.partial);
        let count = |of: fn(&Hit) -> i64| full().map(of).collect::<BTreeSet<_>>().len();
        let mut answer = Statements {
            rows: Vec::new(),
            statements: full().count(),
            texts: count(|hit| hit.text),
            origins: count(|hit| hit.copies),
            undated: full().filter(|hit| hit.day.is_none()).count(),
            next: None,
            searched: self.searched()?,
        };
        let store = &self.store;
        let outlets = if part.sort == Sort::Outlet {
            store.outlets_of(hits.iter().map(|hit| hit.text)).map_err(|e| store.failed(&e))?
        } else {
            HashMap::new()
        };
        sort(&mut hits, part.sort, &outlets);
        let mut rows: Vec<StatementRow> = Vec::new();
        let mut seen: HashMap<(i64, String), usize> = HashMap::new();
        for hit in &hits {
            let mut row = store.statement_row(hit).map_err(|e| store.failed(&e))?;
            let alike = (row.copies, folded(&row));
            if let Some(first) = seen.get(&alike) {
                rows[*first].copied += 1;
                continue;
            }
            if rows.len() == part.after + part.limit {
                answer.next = Some(rows.len());
                break;
            }
            seen.insert(alike, rows.len());
            row.partial = hit.partial;
            rows.push(row);
        }
        answer.rows = rows.split_off(part.after.min(rows.len()));
        Ok(answer)
    }

    /// Gives all statements that a filter leaves, in time, one by one, until `write` breaks. Copies are not folded.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn statements(
        &self,
        filter: &Filter,
        mut write: impl FnMut(&StatementRow) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let mut hits = store.all(filter).map_err(failed)?;
        sort(&mut hits, Sort::Day, &HashMap::new());
        for hit in &hits {
            if write(&store.statement_row(hit).map_err(failed)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What there is to be searched.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn searched(&self) -> Result<Searched, Error> {
        self.store.searched().map_err(|e| self.store.failed(&e))
    }
}

/// Whom or what stories name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entity {
    /// Its number in the ledger.
    #[serde(skip)]
    pub id: i64,
    /// The name under which most texts print it.
    pub name: String,
    /// `person`, `organization`, `place` or `unknown`.
    pub kind: String,
    /// Its other names.
    pub aliases: Vec<String>,
}

fn sort(hits: &mut [Hit], sort: Sort, outlets: &HashMap<i64, String>) {
    let day = |hit: &Hit| (hit.day.is_none(), hit.day, hit.id);
    match sort {
        Sort::Best => {
            hits.sort_by(|a, b| {
                a.partial.cmp(&b.partial).then(a.rank.total_cmp(&b.rank)).then(a.id.cmp(&b.id))
            });
        }
        Sort::Day => hits.sort_by_cached_key(day),
        Sort::Outlet => hits.sort_by_cached_key(|hit| (outlets.get(&hit.text).cloned(), day(hit))),
    }
}

/// The words of a statement and its speaker, by which its copies are told.
fn folded(row: &StatementRow) -> String {
    let letters = row.content_text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.chain(row.speaker.iter().flat_map(|s| s.chars())).collect()
}
