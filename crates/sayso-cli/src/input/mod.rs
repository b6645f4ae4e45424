//! The pages of a command line: files, folders, addresses and standard input, one after the
//! other.

mod address;
mod bytes;
mod error;
mod file;
mod folder;

pub(crate) use error::{Error, ErrorKind};

use sayso::page::Page;
use sayso::wire::{self, Id};
use std::ops::ControlFlow;
use std::time::Duration;

/// Takes one input, or what was wrong with it; breaks when no more are wanted.
pub(crate) type Give<'g> = dyn FnMut(Result<Input, Error>) -> ControlFlow<()> + 'g;

/// One page to be read.
pub(crate) enum Input {
    /// A page with its name.
    Page(Id, Page),
    /// A line that holds a page, not yet looked at.
    Line {
        /// Name of the file it stands in.
        file: String,
        /// Its number, from 1.
        number: usize,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Gives every page of `names`, in order. An address is waited for no longer than `timeout`.
pub(crate) fn each(names: &[String], timeout: Duration, give: &mut Give<'_>) {
    for name in names {
        if one(name, timeout, give).is_break() {
            break;
        }
    }
}

fn one(name: &str, timeout: Duration, give: &mut Give<'_>) -> ControlFlow<()> {
    if name == "-" {
        file::standard_input(give)
    } else if let Some((scheme, _)) = name.split_once("://") {
        give(address::fetch(name, scheme, timeout))
    } else if std::path::Path::new(name).is_dir() {
        folder::each(name, give)
    } else {
        file::each(name.as_ref(), give)
    }
}

impl Input {
    /// The page with its name.
    pub(crate) fn open(self) -> Result<(Id, Page), Error> {
        match self {
            Input::Page(id, page) => Ok((id, page)),
            Input::Line { file, number, bytes } => match wire::line::read(&bytes) {
                Ok((id, page)) => Ok((id.unwrap_or_else(|| format!("{file}:{number}").into()), page)),
                Err(error) => Err(Error::new(file, ErrorKind::Line { number, error })),
            },
        }
    }
}
