//! Files and standard input: one page, or JSON lines.

use crate::bytes::Bytes;
use crate::sniff::{self, Form};
use crate::table::Rows;
use crate::warc::Records;
use crate::{Error, ErrorKind, Holds, Input, Inputs, Source, Spread, bytes, failure, feed, mhtml, zip};
use sayso::page::{Page, PageKind};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// What a file's name says of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A page, HTML or text.
    Page(PageKind),
    /// JSON lines.
    Lines,
    /// JSON, which should be JSON lines.
    Json,
    /// A table, its cells parted by this byte.
    Table(u8),
    /// An archive or saved page, which its first bytes tell more of.
    Archive,
    /// Nothing: JSON lines where it begins with `{`, else a page.
    Nothing,
}

/// The pages of a file.
pub(crate) fn read(path: &Path) -> Inputs {
    let name = path.display().to_string();
    match File::open(path).and_then(begins_zip) {
        Ok((_, true)) => zip::read(path),
        Ok((file, false)) => open(&name, named(path), file),
        Err(error) => failure(Error::io(&name, error)),
    }
}

/// A file's bytes, and whether they are a zip archive's by the first ones.
fn begins_zip(file: File) -> io::Result<(Bytes, bool)> {
    let mut bytes = BufReader::new(file);
    let is_zip = bytes.fill_buf()?.starts_with(ZIP);
    Ok((Box::new(bytes), is_zip))
}

/// The first bytes of a zip archive's first entry.
const ZIP: &[u8] = b"PK\x03\x04";

/// The pages of standard input.
pub(crate) fn standard_input() -> Inputs {
    open("-", Named::Nothing, Box::new(BufReader::new(io::stdin())))
}

/// What the name of a file says, `.gz` put aside.
pub(crate) fn named(path: &Path) -> Named {
    let extension = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let mut last = extension(path);
    if last.as_deref() == Some("gz") {
        last = path.file_stem().and_then(|stem| extension(Path::new(stem)));
    }
    match last.as_deref() {
        Some("html" | "htm" | "xhtml") => Named::Page(PageKind::Html),
        Some("txt") => Named::Page(PageKind::Text),
        Some("jsonl" | "ndjson") => Named::Lines,
        Some("json") => Named::Json,
        Some("csv") => Named::Table(b','),
        Some("tsv") => Named::Table(b'\t'),
        Some("warc" | "mhtml" | "mht" | "wacz") => Named::Archive,
        _ => Named::Nothing,
    }
}

pub(crate) fn open(name: &str, named: Named, raw: Bytes) -> Inputs {
    opened(name, named, raw).unwrap_or_else(failure)
}

/// What the bytes are, by their first ones and then by the name.
fn opened(name: &str, named: Named, raw: Bytes) -> Result<Inputs, Error> {
    let failed = |error| bytes::failed(name, error);
    let mut raw = raw;
    if bytes::begins(raw.fill_buf().map_err(failed)?, b"WARC/") {
        return Ok(Box::new(Records::of_members(name, raw)));
    }
    let mut plain = bytes::plain(raw).map_err(failed)?;
    if let Some(form) = sniff::form(plain.fill_buf().map_err(failed)?) {
        return of_form(name, form, plain);
    }
    let kind = match named {
        Named::Table(separator) => return Ok(Box::new(Rows::new(name, separator, plain)?)),
        Named::Page(kind) => kind,
        Named::Lines | Named::Json => return Ok(Box::new(Lines::new(name, plain))),
        Named::Archive | Named::Nothing => {
            let (is_object, back) = begins_object(plain).map_err(failed)?;
            plain = back;
            if is_object {
                return Ok(Box::new(Lines::new(name, plain)));
            }
            PageKind::Unknown
        }
    };
    let name = name.to_owned();
    Ok(Box::new(std::iter::once_with(move || page(&name, kind, plain))))
}

/// What holds many pages, or none.
pub(crate) fn of_form(name: &str, form: Form, plain: Bytes) -> Result<Inputs, Error> {
    match form {
        Form::Warc => Ok(Box::new(Records::new(name, plain))),
        Form::Mhtml => {
            let message = bytes::page(name, plain)?;
            Ok(Box::new(std::iter::once(mhtml::page(name, &message))))
        }
        Form::Feed => {
            let feed = bytes::page(name, plain)?;
            Err(Error::new(name, ErrorKind::Feed(feed::addresses(&feed))))
        }
        Form::Addresses => Err(Error::new(name, ErrorKind::Addresses)),
        Form::Foreign(what, remedy) => Err(Error::new(name, ErrorKind::Foreign(what, remedy))),
    }
}

/// Whether the first byte that is not blank is `{`; the bytes looked at are put back.
pub(crate) fn begins_object(mut plain: Bytes) -> io::Result<(bool, Bytes)> {
    let mut head = Vec::new();
    // One byte at a time, because a slow pipe may give no more for now.
    while head.len() < MAX_BLANK && plain.by_ref().take(1).read_to_end(&mut head)? > 0 {
        if !is_blank(&head) {
            break;
        }
    }
    Ok((head.ends_with(b"{"), Box::new(Cursor::new(head).chain(plain))))
}

/// Blank bytes passed over before a page is a page; no JSON writer puts more than a few.
const MAX_BLANK: usize = 64;

fn is_blank(head: &[u8]) -> bool {
    BOM.starts_with(head) || head.strip_prefix(BOM).unwrap_or(head).trim_ascii().is_empty()
}

fn page(name: &str, kind: PageKind, plain: impl Read) -> Result<Input, Error> {
    let bytes = bytes::page(name, plain)?;
    let page = Page { id: Some(name.to_owned()), kind, bytes, ..Page::default() };
    Ok(Input { source: Source::whole(name), holds: Holds::Page(page) })
}

/// The UTF-8 byte order mark that some editors put before the first line.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Line after line, blank ones left out; none where the first shows that the objects are not one a
/// line. A line that is too long is skipped.
pub(crate) struct Lines {
    name: String,
    /// `None` after the last line.
    plain: Option<Bytes>,
    /// Number of the line before.
    number: usize,
    /// Whether there was one that is not blank.
    any: bool,
}

impl Lines {
    /// The lines of what has this name.
    pub(crate) fn new(name: &str, plain: Bytes) -> Lines {
        Lines { name: name.to_owned(), plain: Some(plain), number: 0, any: false }
    }

    /// Nothing comes after this.
    fn last(&mut self, error: Error) -> Option<Result<Input, Error>> {
        self.plain = None;
        Some(Err(error))
    }
}

impl Iterator for Lines {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Result<Input, Error>> {
        loop {
            let (line, whole) = match line(self.plain.as_mut()?) {
                Ok(Some(line)) => line,
                Ok(None) if self.any => return None,
                Ok(None) => return self.last(Error::new(&self.name, ErrorKind::NoLines)),
                Err(error) => return self.last(bytes::failed(&self.name, error)),
            };
            self.number += 1;
            let bytes = line.strip_prefix(BOM).unwrap_or(&line).trim_ascii();
            if bytes.is_empty() {
                continue;
            }
            if !std::mem::replace(&mut self.any, true)
                && let Some(spread) = spread(bytes)
            {
                return self.last(Error::new(&self.name, ErrorKind::Spread(spread)));
            }
            let source = Source::line(&self.name, self.number);
            return Some(if whole {
                Ok(Input { source, holds: Holds::Line(bytes.to_vec()) })
            } else {
                Err(Error { source, kind: ErrorKind::LongLine })
            });
        }
    }
}

/// What the first line shows of objects that are not one a line. A line that was cut off within a
/// string or number is but a wrong line.
fn spread(first: &[u8]) -> Option<Spread> {
    let inside = first.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    if inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(b"{")) {
        return Some(Spread::Array);
    }
    let goes_on = matches!(first.last(), Some(b'{' | b'[' | b','));
    (first.starts_with(b"{") && goes_on).then_some(Spread::Pretty)
}

/// The next line, and whether that is all of it: the rest of one that is too long is passed over,
/// in the memory of one block.
fn line(plain: &mut Bytes) -> io::Result<Option<(Vec<u8>, bool)>> {
    let mut line = Vec::new();
    if plain.by_ref().take(bytes::MAX + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let whole = line.len() as u64 <= bytes::MAX || line.ends_with(b"\n");
    if !whole {
        plain.skip_until(b'\n')?;
    }
    Ok(Some((line, whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_files_hold() {
        let cases = [
            ("a.html", Named::Page(PageKind::Html)),
            ("a.HTM.gz", Named::Page(PageKind::Html)),
            ("notes.txt", Named::Page(PageKind::Text)),
            ("a/b.jsonl.gz", Named::Lines),
            ("a.ndjson", Named::Lines),
            ("a.json", Named::Json),
            ("story", Named::Nothing),
            ("story.gz", Named::Nothing),
            ("story.php", Named::Nothing),
        ];
        for (path, expected) in cases {
            assert_eq!(named(Path::new(path)), expected, "{path}");
        }
    }
}
