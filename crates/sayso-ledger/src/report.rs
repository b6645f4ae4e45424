//! What the ledger holds: its stories, copies, outlets, and how much of each.

use crate::Ledger;
use crate::error::{Error, ErrorKind};
use crate::filter::{Part, Sort};
use crate::query::{Searched, StatementRow, Statements};
use serde::Serialize;

/// A story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryRow {
    /// Its key.
    pub key: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its byline.
    pub byline: Option<String>,
    /// The news agency that it credits.
    pub agency: Option<String>,
    /// The input line's own id, or the page's path or address.
    pub reference: String,
    /// Statements read from it.
    pub statements: i64,
    /// What found them.
    pub model: String,
    /// Stories that print the same text or most of it, this one among them.
    pub copies: i64,
    /// What had to be said of its page.
    pub notices: Vec<String>,
}

/// A story as it stood at its address at one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Version {
    /// The story.
    pub story: StoryRow,
    /// When its page was fetched or saved, where known.
    pub captured: Option<String>,
    /// Statements that the version before did not have; all of the first one.
    pub came: Vec<StatementRow>,
    /// Statements of the version before that are gone.
    pub went: Vec<StatementRow>,
}

/// Stories that print one text, or most of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CopyGroup {
    /// The agency that its stories credit: its origin; else that is the first story.
    pub agency: Option<String>,
    /// The stories, the earliest first.
    pub stories: Vec<StoryRow>,
}

/// What an outlet prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutletRow {
    /// Its name; `None` for stories of which it is not known.
    pub outlet: Option<String>,
    /// Its stories.
    pub stories: i64,
    /// Those that credit an agency, or print what another outlet printed before.
    pub copied: i64,
    /// Statements in its stories.
    pub statements: i64,
    /// Those of sources with a name.
    pub named: i64,
    /// Those of sources told by their office or by what they stand for.
    pub official: i64,
    /// Those of sources never named.
    pub unnamed: i64,
    /// Those of documents.
    pub document: i64,
}

/// What is in a ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// Its file.
    pub path: String,
    /// Version of its schema.
    pub version: i64,
    /// Bytes of its file.
    pub bytes: i64,
    /// Bytes of the texts that are kept, compressed.
    pub text_bytes: i64,
    /// Texts: equal ones are stored once.
    pub texts: i64,
    /// Those of them that are kept.
    pub kept: i64,
    /// Statements.
    pub statements: i64,
    /// Figures.
    pub figures: i64,
    /// Entities.
    pub entities: i64,
    /// Pages without a story.
    pub without_story: i64,
    /// Models, and the texts that each read.
    pub models: Vec<(String, i64)>,
    /// Stories, origins, days.
    pub searched: Searched,
}

impl Ledger {
    /// A story by its key, the beginning of that, its id or its address; and its statements, in order.
    ///
    /// # Errors
    /// When there is none, or the ledger cannot be read.
    pub fn story(&self, name: &str) -> Result<(StoryRow, Statements), Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let id = self.find_story(name)?;
        let row = store.story_row(id).map_err(failed)?;
        let hits = store.statements_of(id).map_err(failed)?;
        let part = Part { sort: Sort::Day, limit: hits.len(), after: 0 };
        let mut statements = self.answer(hits, part)?;
        statements.rows.sort_by_key(|row| row.place);
        Ok((row, statements))
    }

    /// What stood at a story's address, in the order of capture: in each version the statements that came and
    /// went, told by their words.
    ///
    /// # Errors
    /// When there is no such story, or the ledger cannot be read.
    pub fn versions(&self, name: &str) -> Result<Vec<Version>, Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let mut found: Vec<Version> = Vec::new();
        let mut before: Vec<StatementRow> = Vec::new();
        for (id, captured) in store.versions_of(self.find_story(name)?).map_err(failed)? {
            let story = store.story_row(id).map_err(failed)?;
            let hits = store.statements_of(id).map_err(failed)?;
            let rows = hits.iter().map(|hit| store.statement_row(hit));
            let rows: Vec<StatementRow> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
            let new = |rows: &[StatementRow], others: &[StatementRow]| {
                let is_new = |row: &&StatementRow| others.iter().all(|o| o.content_text != row.content_text);
                rows.iter().filter(is_new).cloned().collect()
            };
            let (came, went) = (new(&rows, &before), new(&before, &rows));
            found.push(Version { story, captured, came, went });
            before = rows;
        }
        Ok(found)
    }

    fn find_story(&self, name: &str) -> Result<i64, Error> {
        let store = &self.store;
        let found = store.story_of(name).map_err(|e| store.failed(&e))?;
        found.ok_or_else(|| Error::new(&store.path, ErrorKind::Unknown(name.to_owned())))
    }

    /// Groups of copies, the largest first; of one story its own.
    ///
    /// # Errors
    /// When there is no such story, or the ledger cannot be read.
    pub fn copies(&self, story: Option<&str>, part: Part) -> Result<Vec<CopyGroup>, Error> {
        let store = &self.store;
        let story = story.map(|name| self.find_story(name)).transpose()?;
        store.copy_groups(story, part.limit, part.after).map_err(|e| store.failed(&e))
    }

    /// The outlets, those of most stories first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn outlets(&self, part: Part) -> Result<Vec<OutletRow>, Error> {
        self.store.outlet_rows(part.limit, part.after).map_err(|e| self.store.failed(&e))
    }

    /// What is in the ledger.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn status(&self) -> Result<Status, Error> {
        let store = &self.store;
        store.status().map_err(|e| store.failed(&e))
    }
}
