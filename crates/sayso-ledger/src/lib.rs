//! Many stories in one file: who says what, with copies counted once and entities joined.

mod add;
mod compress;
mod copies;
mod correct;
mod entity;
mod error;
mod export;
mod figures;
mod filter;
mod forget;
mod import;
mod key;
mod mark;
mod query;
mod report;
mod sample;
mod spans;
mod store;
mod update;
pub mod wire;
mod words;

pub use add::{Added, Keep, PageHash, Printing};
pub use correct::{Correction, Field};
pub use error::{Error, ErrorKind};
pub use export::Export;
pub use figures::{FigureRow, Figures};
pub use filter::{Filter, Part, Sort};
pub use forget::Forget;
pub use import::Imported;
pub use mark::{Note, Tag};
pub use query::{Entity, Searched, StatementRow, Statements};
pub use report::{CopyGroup, OutletRow, Status, StoryRow, Version};
pub use sample::{By, Checked, Share};
pub use store::Access;
pub use update::Stale;

use std::path::Path;
use store::Store;

/// A ledger: one file.
pub struct Ledger {
    store: Store,
}

impl Ledger {
    /// Opens the ledger of this path.
    ///
    /// # Errors
    /// When there is none, it is none, a newer program made it, or it cannot be read or written as asked.
    pub fn open(path: &Path, access: Access) -> Result<Ledger, Error> {
        Ok(Ledger { store: Store::open(path, access)? })
    }

    /// Copies the ledger as it is now to a file that is not there yet, also while another program writes to it.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn back_up(&self, target: &Path) -> Result<(), Error> {
        self.store.copy_to(target)
    }
}
