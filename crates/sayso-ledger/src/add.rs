//! Stories into the ledger: the main path.

use crate::error::Error;
use crate::store::Store;
use crate::{Ledger, key};
use sayso::wire::Record;
use sha2::{Digest, Sha256};

/// Hash of a page as it came in; one that is known is not read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageHash(pub(crate) [u8; 16]);

impl PageHash {
    /// The hash of a page's parts: its bytes, its address, and whatever else came with it. Each part counts
    /// by itself: `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of(parts: &[&[u8]]) -> PageHash {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part);
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        PageHash(short)
    }
}

/// A page that came in, and what was read from it.
#[derive(Clone, Debug)]
pub struct Printing {
    /// Its hash.
    pub page: PageHash,
    /// Its story; `None` where it holds none.
    pub record: Option<Record>,
    /// The input line's own id, where it has one.
    pub line: Option<String>,
    /// Marks for the story: names and values.
    pub tags: Vec<(String, String)>,
}

/// How stories are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Whether texts are kept, compressed, so that a newer model can read them again. Without them there are
    /// the statements, their places and some words around them.
    pub texts: bool,
}

/// What became of a printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// A story that was not there, of this key.
    New(String),
    /// Likewise, of a text of which another printing, or most of it, was there.
    Copy(String),
    /// The page, or this very printing, was there.
    Known,
    /// The page has no story; that is kept, so that it is not read again.
    NoStory,
    /// It was removed for good.
    Forgotten,
}

impl Ledger {
    /// Whether a page came in before.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn knows(&self, page: PageHash) -> Result<bool, Error> {
        self.store.knows(page)
    }

    /// Adds printings in one transaction: all of them are stored when this returns, or none.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn add(&mut self, printings: &[Printing], keep: Keep) -> Result<Vec<Added>, Error> {
        self.store.transaction(|store| printings.iter().map(|p| store.add(p, keep)).collect())
    }
}

impl Printing {
    /// Key of its story.
    pub(crate) fn key(&self, record: &Record) -> String {
        let place = record.story.url.as_deref().or(self.line.as_deref()).unwrap_or_default();
        key::story(&record.story.sha256, place)
    }
}

impl Store {
    fn add(&self, printing: &Printing, keep: Keep) -> rusqlite::Result<Added> {
        if self.has_page(printing.page)? {
            return Ok(Added::Known);
        }
        let Some(record) = &printing.record else {
            self.insert_page(printing.page, None)?;
            return Ok(Added::NoStory);
        };
        let key = printing.key(record);
        if self.is_forgotten(&[&key, &record.story.sha256])? || self.names_forgotten(record)? {
            return Ok(Added::Forgotten);
        }
        let (text, is_new_text) = self.put_text(record, &key, keep)?;
        let stored = self.put_story(record, &key, text)?;
        self.insert_page(printing.page, Some(stored.id))?;
        for (name, value) in &printing.tags {
            self.insert_tag(&key, name, value)?;
        }
        let is_first = is_new_text && self.is_alone(text)?;
        Ok(match (stored.is_new, is_first) {
            (false, _) => Added::Known,
            (true, true) => Added::New(key),
            (true, false) => Added::Copy(key),
        })
    }
}
