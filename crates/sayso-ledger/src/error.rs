//! What can go wrong with a ledger, each with what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// A problem with a ledger.
#[derive(Debug)]
pub struct Error {
    /// The ledger's file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// What is wrong.
#[derive(Debug)]
pub enum ErrorKind {
    /// There is no such file.
    Missing,
    /// The file is none of SQLite, or a database of another program.
    NoLedger,
    /// A newer program made it: its version and the newest that this program knows.
    Newer(i64, i64),
    /// It may not be written.
    ReadOnly,
    /// Another program holds it.
    Busy,
    /// There is no room on the disk.
    Full,
    /// Its pages do not fit together.
    Damaged(String),
    /// What was asked cannot be understood.
    Question(String),
    /// No story, statement or entity of this name.
    Unknown(String),
    /// Anything else that SQLite tells.
    Sqlite(String),
}

impl Error {
    pub(crate) fn new(path: &Path, kind: ErrorKind) -> Error {
        Error { path: path.to_owned(), kind }
    }

    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        let kind = match error.sqlite_error_code() {
            Some(Code::NotADatabase) => ErrorKind::NoLedger,
            Some(Code::ReadOnly | Code::PermissionDenied) => ErrorKind::ReadOnly,
            Some(Code::CannotOpen) if !path.exists() => ErrorKind::Missing,
            Some(Code::CannotOpen) => ErrorKind::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => ErrorKind::Busy,
            Some(Code::DiskFull) => ErrorKind::Full,
            Some(Code::DatabaseCorrupt) => ErrorKind::Damaged(error.to_string()),
            _ => ErrorKind::Sqlite(error.to_string()),
        };
        Error::new(path, kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            ErrorKind::Missing => {
                write!(f, "{path}: there is no such ledger; `sayso add` makes one, --ledger names another")
            }
            ErrorKind::NoLedger => {
                write!(
                    f,
                    "{path}: not a ledger of sayso; give --ledger another file, this one is left as it is"
                )
            }
            ErrorKind::Newer(found, known) => write!(
                f,
                "{path}: a ledger of version {found}, and this program knows up to version {known}; use a newer sayso"
            ),
            ErrorKind::ReadOnly => {
                write!(f, "{path}: cannot be written; check that its folder is there, and the rights of both")
            }
            ErrorKind::Busy => {
                write!(f, "{path}: another program has been writing to it for long; try again")
            }
            ErrorKind::Full => {
                write!(
                    f,
                    "{path}: no room left on its disk; what was stored is kept, make room and run it again"
                )
            }
            ErrorKind::Damaged(what) => write!(
                f,
                "{path}: damaged ({what}); `sqlite3 {path} .recover` saves what can be read, or take a backup"
            ),
            ErrorKind::Question(what) => write!(f, "{what}"),
            ErrorKind::Unknown(name) => write!(f, "{path}: nothing there is called {name}"),
            ErrorKind::Sqlite(what) => write!(f, "{path}: {what}"),
        }
    }
}

impl std::error::Error for Error {}
