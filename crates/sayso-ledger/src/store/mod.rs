//! The ledger's file: the only place that knows SQL.
//!
//! One SQLite database in WAL mode. What is written is written in transactions that wait for their turn, so that
//! a second writer loses nothing; a reader sees the ledger as it was when its question began.

mod ask;
mod copy;
mod correct;
mod export;
mod mark;
mod migrate;
mod remove;
mod report;
mod update;
mod write;

use crate::error::{Error, ErrorKind};
pub(crate) use correct::Corrected;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// "Says", in the header of every ledger.
const APPLICATION: i64 = 0x5361_7973;

/// Longest wait for another writer: its transactions take milliseconds, a backup's copy perhaps seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// KiB of pages that a writer holds: the inner pages of the indexes of a large ledger, so that a story is added
/// to it as fast as to a small one.
const CACHE: usize = 96 << 10;

/// Pages of the log after which they are written to their places: pages that many stories touch are written once.
const CHECKPOINT: usize = 16_000;

/// Statements kept prepared.
const PREPARED: usize = 96;

/// What is to be done with a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Ask it.
    Read,
    /// Write into one that is there.
    Write,
    /// Write, and make it where there is none.
    Create,
}

pub(crate) struct Store {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
}

impl Store {
    pub(crate) fn open(path: &Path, access: Access) -> Result<Store, Error> {
        let failed = |error: rusqlite::Error| Error::of(path, &error);
        if access != Access::Create && !path.exists() {
            return Err(Error::new(path, ErrorKind::Missing));
        }
        let db = connect(path, access).map_err(|error| match failed(error) {
            // What is not there cannot be made either: its folder is missing or may not be written.
            Error { kind: ErrorKind::Missing, path } if access == Access::Create => {
                Error { kind: ErrorKind::ReadOnly, path }
            }
            error => error,
        })?;
        db.set_prepared_statement_cache_capacity(PREPARED);
        let mut store = Store { path: path.to_owned(), db };
        store.prepare(access)?;
        Ok(store)
    }

    /// Makes sure that the file is a ledger of a version that this program knows.
    fn prepare(&mut self, access: Access) -> Result<(), Error> {
        let number = |pragma: &str| self.db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0));
        let (application, version): (i64, i64) = (
            number("application_id").map_err(|e| self.failed(&e))?,
            number("user_version").map_err(|e| self.failed(&e))?,
        );
        let tables: i64 = self
            .db
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|e| self.failed(&e))?;
        let is_new = application == 0 && version == 0 && tables == 0;
        if !is_new && application != APPLICATION {
            return Err(Error::new(&self.path, ErrorKind::NoLedger));
        }
        if version > migrate::VERSION {
            return Err(Error::new(&self.path, ErrorKind::Newer(version, migrate::VERSION)));
        }
        if access == Access::Read {
            return if is_new { Err(Error::new(&self.path, ErrorKind::Missing)) } else { Ok(()) };
        }
        let settings = format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -{CACHE}; PRAGMA wal_autocheckpoint = {CHECKPOINT};"
        );
        self.db.execute_batch(&settings).map_err(|e| self.failed(&e))?;
        if version < migrate::VERSION {
            migrate::migrate(&mut self.db, &self.path, migrate::STEPS)?;
        }
        Ok(())
    }

    /// What went wrong, as an error of this ledger.
    pub(crate) fn failed(&self, error: &rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }

    /// A copy of the ledger as it is now, also while another program writes to it.
    pub(crate) fn copy_to(&self, target: &Path) -> Result<(), Error> {
        let name = target.to_string_lossy();
        // The ledger itself is not written; SQLite takes the copy for a write all the same.
        let copied = self
            .db
            .execute_batch("PRAGMA query_only = OFF")
            .and_then(|()| self.db.execute("VACUUM INTO ?1", [name]));
        copied.map(drop).map_err(|e| Error::of(target, &e))
    }
}

fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flags = if access == Access::Create { write | OpenFlags::SQLITE_OPEN_CREATE } else { write };
    let db = Connection::open_with_flags(path, flags).and_then(|db| {
        db.busy_timeout(PATIENCE)?;
        // Of a file that may not be written SQLite opens a connection that only reads.
        let is_readable = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        is_readable.map(|_| db)
    });
    match db {
        Ok(db) if access == Access::Read => {
            db.execute_batch("PRAGMA query_only = ON")?;
            Ok(db)
        }
        Err(error) if access == Access::Read && is_closed(&error) => immutable(path),
        db => db,
    }
}

/// Whether a ledger cannot be opened because nothing may be written beside it.
fn is_closed(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    matches!(error.sqlite_error_code(), Some(Code::CannotOpen | Code::ReadOnly | Code::PermissionDenied))
}

/// A ledger in a folder that may not be written, where nobody else can write to it either.
fn immutable(path: &Path) -> rusqlite::Result<Connection> {
    let escaped: String = path
        .to_string_lossy()
        .chars()
        .map(|c| match c {
            '%' | '?' | '#' => format!("%{:02x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}
