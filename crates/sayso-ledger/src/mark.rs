//! Marks and notes of one's own on stories and statements.

use crate::Ledger;
use crate::error::{Error, ErrorKind};
use crate::filter::Filter;
use crate::query::Hit;
use serde::{Deserialize, Serialize};

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its value; empty where it has none.
    pub value: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Key of the story or statement that it is on.
    pub key: String,
    /// Its words.
    pub words: String,
    /// Who wrote it.
    pub by: String,
    /// When: RFC 3339.
    pub at: String,
}

impl Ledger {
    /// Puts a mark on stories and statements, told by their keys, the beginning of those, ids or addresses.
    /// Gives how many did not have it.
    ///
    /// # Errors
    /// When there is none of some name, and then none is marked; or when the ledger cannot be written.
    pub fn tag(&mut self, names: &[String], tag: &Tag) -> Result<usize, Error> {
        let keys = self.keys(names)?;
        self.store.transaction(|store| {
            keys.iter()
                .map(|key| store.insert_tag(key, &tag.name, &tag.value))
                .sum::<rusqlite::Result<usize>>()
        })
    }

    /// The keys of all statements that have all words of a question, those that an answer folds as copies too.
    ///
    /// # Errors
    /// When the question has no words or the ledger cannot be read.
    pub fn found(&self, question: &str) -> Result<Vec<String>, Error> {
        let store = &self.store;
        let key = |hit: &Hit| store.group_of(hit.id, None).map(|(key, _)| key).map_err(|e| store.failed(&e));
        self.about(question, &Filter::default(), 0, None)?.iter().map(key).collect()
    }

    /// Takes a mark off stories and statements: without a value all of its name. Gives how many had it.
    ///
    /// # Errors
    /// As [`Ledger::tag`].
    pub fn untag(&mut self, names: &[String], tag: &Tag) -> Result<usize, Error> {
        let keys = self.keys(names)?;
        self.store.transaction(|store| {
            keys.iter()
                .map(|key| store.delete_tag(key, &tag.name, &tag.value))
                .sum::<rusqlite::Result<usize>>()
        })
    }

    /// Writes a note on a story or statement.
    ///
    /// # Errors
    /// When there is none of this name, or the ledger cannot be written.
    pub fn note(&mut self, name: &str, words: &str, by: &str, at: &str) -> Result<Note, Error> {
        let mut keys = self.keys(&[name.to_owned()])?;
        let key = keys.pop().unwrap_or_default();
        let note = Note { key, words: words.to_owned(), by: by.to_owned(), at: at.to_owned() };
        self.store.transaction(|store| store.insert_note(&note))?;
        Ok(note)
    }

    /// The notes on a story and its statements, or on all, the oldest first.
    ///
    /// # Errors
    /// When there is no such story, or the ledger cannot be read.
    pub fn notes(&self, name: Option<&str>) -> Result<Vec<Note>, Error> {
        let key = name.map(|name| self.keys(&[name.to_owned()])).transpose()?.and_then(|mut keys| keys.pop());
        self.store.notes(key.as_deref()).map_err(|e| self.store.failed(&e))
    }

    /// The keys of stories and statements that are named.
    fn keys(&self, names: &[String]) -> Result<Vec<String>, Error> {
        let store = &self.store;
        let one = |name: &String| {
            let key = store.key_of(name).map_err(|e| store.failed(&e))?;
            key.ok_or_else(|| Error::new(&store.path, ErrorKind::Unknown(name.clone())))
        };
        names.iter().map(one).collect()
    }
}
