//! The pages of a command line: files, folders, addresses and standard input, one after the
//! other.

mod address;
mod bytes;
mod error;
mod file;
mod folder;

pub(crate) use error::{Error, ErrorKind, Spread};

use sayso::page::Page;
use sayso::wire::{self, Fields, Id};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// Takes one input, or what was wrong with it; breaks when no more are wanted.
pub(crate) type Give<'g> = dyn FnMut(Result<Input, Error>) -> ControlFlow<()> + 'g;

/// A page to be read.
pub(crate) struct Input {
    /// Where it comes from.
    pub(crate) source: Source,
    /// The page, or the JSON line that holds it and is not yet looked at.
    pub(crate) holds: Holds,
}

/// What an input holds.
pub(crate) enum Holds {
    /// A page.
    Page(Page),
    /// A line of JSON.
    Line(Vec<u8>),
}

/// Where a page comes from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Path, address or `-`.
    pub(crate) name: String,
    /// Number of its line there, from 1, where it is one of many.
    pub(crate) line: Option<usize>,
}

/// Gives every page of `names`, in order. An address is waited for no longer than `timeout`.
pub(crate) fn each(names: &[OsString], timeout: Duration, give: &mut Give<'_>) {
    for name in names {
        if one(name, timeout, give).is_break() {
            break;
        }
    }
}

fn one(name: &OsStr, timeout: Duration, give: &mut Give<'_>) -> ControlFlow<()> {
    // A name that is no Unicode can only be that of a file.
    let text = name.to_str().unwrap_or_default();
    let path = Path::new(name);
    if text == "-" {
        file::standard_input(give)
    } else if let Some((scheme, _)) = text.split_once("://") {
        address::each(text, scheme, timeout, give)
    } else if path.is_dir() {
        folder::each(path, give)
    } else {
        file::each(path, give)
    }
}

impl Input {
    /// The page with its name, the line's own, else where it comes from, and its line's further fields.
    pub(crate) fn open(self) -> Result<(Id, Page, Fields), Error> {
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
    pub(crate) fn whole(name: &str) -> Source {
        Source { name: name.to_owned(), line: None }
    }

    /// A line of a file.
    pub(crate) fn line(name: &str, number: usize) -> Source {
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
