//! Pages from outside: of files, folders, archives, tables, addresses and standard input, one after the other.
//!
//! [`read`] brings them as an iterator, each with where it comes from; what cannot be read is an
//! [`Error`] in its place, told with its name and what to do about it, and the others are read.

#[cfg(feature = "http")]
mod address;
mod bytes;
mod error;
mod feed;
mod file;
mod folder;
mod http;
mod members;
mod mhtml;
mod sniff;
mod table;
mod warc;
mod zip;

pub use error::{Error, ErrorKind, Spread};

use sayso::page::Page;
use sayso::wire::{self, Fields, Id};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// Redirects followed before an address is given up; browsers stop at 20, honest sites need two.
const MAX_REDIRECTS: u32 = 10;

/// Inputs, or what was wrong with them, one after the other. Nothing is opened before it is asked
/// for, and no more of it is held than one page.
pub type Inputs = Box<dyn Iterator<Item = Result<Input, Error>> + Send>;

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest wait for one address.
    pub timeout: Duration,
}

/// A page to be read.
pub struct Input {
    /// Where it comes from.
    pub source: Source,
    /// The page, or the JSON line that holds it and is not yet looked at.
    pub holds: Holds,
}

/// What an input holds.
pub enum Holds {
    /// A page.
    Page(Page),
    /// A line of JSON.
    Line(Vec<u8>),
}

/// Where a page comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path, address or `-`.
    pub name: String,
    /// Number of its line there, from 1, where it is one of many.
    pub line: Option<usize>,
}

/// Every page of `names`, in order: of files and folders, of addresses, and of standard input for `-`.
pub fn read(names: impl IntoIterator<Item = OsString>, options: Options) -> Inputs {
    let names: Vec<OsString> = names.into_iter().collect();
    Box::new(names.into_iter().flat_map(move |name| one(&name, &options)))
}

/// The pages in bytes that are at hand, as if they were those of a file of this name.
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Inputs {
    file::open(name, file::named(Path::new(name)), Box::new(std::io::Cursor::new(bytes)))
}

fn one(name: &OsStr, options: &Options) -> Inputs {
    // A name that is no Unicode can only be that of a file.
    let text = name.to_str().unwrap_or_default();
    let path = Path::new(name);
    if text == "-" {
        file::standard_input()
    } else if let Some((scheme, _)) = text.split_once("://") {
        address(text, scheme, options)
    } else if path.is_dir() {
        folder::read(path)
    } else {
        file::read(path)
    }
}

#[cfg(feature = "http")]
fn address(address: &str, scheme: &str, options: &Options) -> Inputs {
    address::read(address, scheme, options.timeout)
}

#[cfg(not(feature = "http"))]
fn address(address: &str, _: &str, _: &Options) -> Inputs {
    failure(Error::new(address, ErrorKind::NoNetwork))
}

/// One thing that was wrong, and nothing else.
fn failure(error: Error) -> Inputs {
    Box::new(std::iter::once(Err(error)))
}

impl Input {
    /// The page with its name, the line's own, else where it comes from, and its line's further fields.
    ///
    /// # Errors
    /// When the line holds no page.
    pub fn open(self) -> Result<(Id, Page, Fields), Error> {
        match self.holds {
            Holds::Page(page) => Ok((self.source.id(), page, Fields::new())),
            Holds::Line(line) => match wire::line::read(&line) {
                Ok(line) => Ok((line.id.unwrap_or_else(|| self.source.id()), line.page, line.given)),
                Err(error) => Err(Error { source: self.source, kind: ErrorKind::Line(error) }),
            },
        }
    }
}

impl Source {
    /// All of a file, an address or standard input.
    pub fn whole(name: &str) -> Source {
        Source { name: name.to_owned(), line: None }
    }

    /// A line of a file.
    pub fn line(name: &str, number: usize) -> Source {
        Source { name: name.to_owned(), line: Some(number) }
    }

    fn id(&self) -> Id {
        match self.line {
            Some(number) => format!("{}:{number}", self.name).into(),
            None => self.name.as_str().into(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name == "-" { "standard input" } else { &self.name };
        match self.line {
            Some(number) => write!(f, "{name}: line {number}"),
            None => f.write_str(name),
        }
    }
}
