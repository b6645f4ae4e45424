//! Corrections by hand: a log of who found what wrong in which statement, and what is right.
//!
//! A statement shows the model's reading with the log's corrections applied, the later ones over the earlier. They
//! are kept under the text's hash, the place and the exact words, so that they are applied again when a newer model
//! reads the text; where it has no statement of these words any more, they are told as orphaned, and never applied to
//! others that look alike. Undoing one is an entry of the log too.

use crate::error::{Error, ErrorKind};
use crate::store::Corrected;
use crate::{Ledger, key, spans};
use serde::{Deserialize, Serialize};

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its key.
    pub key: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// Key of the statement, when it was corrected.
    pub statement: String,
    /// What is corrected: `speaker`, `act`, `negated`, `content`; or `right`, `none`, `undo`.
    pub field: String,
    /// What is right; of `content` its place, `start-end` in code points; of `undo` the key of a correction.
    pub value: String,
    /// The statement's content, when it was corrected.
    pub words: String,
    /// Its place.
    pub place: String,
    /// Who corrected it.
    pub by: String,
    /// When: RFC 3339.
    pub at: String,
    /// Why, where told.
    pub why: Option<String>,
    /// Whether there is no statement of these words any more.
    #[serde(default)]
    pub orphaned: bool,
    /// Whether it was undone.
    #[serde(default)]
    pub undone: bool,
}

/// What can be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who speaks; `None` where nobody can be named.
    Speaker(Option<String>),
    /// What is done by saying it.
    Act(sayso::statement::Act),
    /// Whether that is said not to have happened.
    Negated(bool),
    /// Where the content stands: half-open, in code points of the text.
    Content(usize, usize),
    /// Nothing: it was checked and is right.
    Right,
    /// It is no statement.
    None,
}

impl Field {
    fn name(&self) -> &'static str {
        match self {
            Field::Speaker(_) => "speaker",
            Field::Act(_) => "act",
            Field::Negated(_) => "negated",
            Field::Content(..) => "content",
            Field::Right => "right",
            Field::None => "none",
        }
    }

    fn value(&self) -> String {
        match self {
            Field::Speaker(name) => name.clone().unwrap_or_default(),
            Field::Act(act) => sayso::wire::act_name(*act).to_owned(),
            Field::Negated(negated) => negated.to_string(),
            Field::Content(start, end) => spans::write(&[[*start, *end]]),
            Field::Right | Field::None => String::new(),
        }
    }
}

impl Ledger {
    /// Corrects a statement, told by its key or the beginning of that. Gives the entry of the log.
    ///
    /// # Errors
    /// When there is no such statement, the content lies outside of its text or that is not kept, or the ledger
    /// cannot be written.
    pub fn correct(
        &mut self,
        statement: &str,
        field: &Field,
        by: &str,
        at: &str,
        why: Option<&str>,
    ) -> Result<Correction, Error> {
        let store = &self.store;
        let unknown = || Error::new(&store.path, ErrorKind::Unknown(statement.to_owned()));
        let found = store.corrected(statement).map_err(|e| store.failed(&e))?.ok_or_else(unknown)?;
        if let Field::Content(start, end) = *field
            && store.slice(found.text, start, end).map_err(|e| store.failed(&e))?.is_none()
        {
            let what = format!("{start}-{end} is no place in its text, or the text is not kept");
            return Err(Error::new(&store.path, ErrorKind::Question(what)));
        }
        self.log(entry(found, field.name(), field.value(), by, at, why))
    }

    /// Undoes a correction, told by its key. Gives the entry of the log.
    ///
    /// # Errors
    /// When there is no such correction, or the ledger cannot be written.
    pub fn undo(&mut self, correction: &str, by: &str, at: &str) -> Result<Correction, Error> {
        let store = &self.store;
        let all = store.corrections(None).map_err(|e| store.failed(&e))?;
        let of_key: Vec<Correction> = all.into_iter().filter(|c| c.key.starts_with(correction)).collect();
        let [found] = of_key.as_slice() else {
            return Err(Error::new(&store.path, ErrorKind::Unknown(correction.to_owned())));
        };
        let undo = Correction { field: "undo".to_owned(), value: found.key.clone(), ..found.clone() };
        self.log(signed(undo, by, at, None))
    }

    fn log(&mut self, entry: Correction) -> Result<Correction, Error> {
        self.store.transaction(|store| {
            store.insert_correction(&entry)?;
            store.apply_corrections_of(&entry.text_sha256)
        })?;
        let all = self.corrections(Some(&entry.text_sha256))?;
        Ok(all.into_iter().find(|c| c.key == entry.key).unwrap_or(entry))
    }

    /// The log, the oldest entry first; of one text, told by its SHA-256, or all.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn corrections(&self, text_sha256: Option<&str>) -> Result<Vec<Correction>, Error> {
        self.store.corrections(text_sha256).map_err(|e| self.store.failed(&e))
    }
}

fn entry(of: Corrected, field: &str, value: String, by: &str, at: &str, why: Option<&str>) -> Correction {
    let entry = Correction {
        key: String::new(),
        text_sha256: of.text_sha256,
        statement: of.statement,
        field: field.to_owned(),
        value,
        words: of.words,
        place: of.place,
        by: String::new(),
        at: String::new(),
        why: None,
        orphaned: false,
        undone: false,
    };
    signed(entry, by, at, why)
}

/// An entry with who made it, when and why, and the key that follows from it.
fn signed(entry: Correction, by: &str, at: &str, why: Option<&str>) -> Correction {
    let key = key::correction(&[&entry.statement, &entry.field, &entry.value, by, at]);
    let (by, at, why) = (by.to_owned(), at.to_owned(), why.map(str::to_owned));
    Correction { key, by, at, why, ..entry }
}
