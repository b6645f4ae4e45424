//! Texts that are in the ledger, read again by a newer model.

use crate::Ledger;
use crate::error::Error;
use sayso::story::Story;
use sayso::wire::Record;

/// A text that another model, or an older version of it, has read.
#[derive(Clone, Debug)]
pub struct Stale {
    /// Its row.
    pub(crate) text: i64,
    /// The story as it was read from its page.
    pub story: Story,
}

impl Ledger {
    /// The next texts, at most `limit`, after the one given: those that were not read by this model ("fast/3") and
    /// this version of the reader, or `all`. Texts that are not kept cannot be read again and are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn stale(
        &self,
        model: &str,
        reader: &str,
        all: bool,
        after: Option<&Stale>,
        limit: usize,
    ) -> Result<Vec<Stale>, Error> {
        let after = after.map_or(0, |stale| stale.text);
        self.store.stale(model, reader, all, after, limit).map_err(|e| self.store.failed(&e))
    }

    /// Puts new readings in the place of the old ones, in one transaction, with the corrections over them.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn reread(&mut self, readings: &[(Stale, Record)]) -> Result<(), Error> {
        self.store.transaction(|store| {
            readings.iter().try_for_each(|(stale, record)| store.reread(stale.text, record))
        })
    }
}
