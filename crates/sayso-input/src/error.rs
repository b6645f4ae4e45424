//! What can be wrong with an input, told with its name and what to do about it.

use crate::Source;
use crate::bytes::MAX_MIB;
use sayso::wire::line;
use std::fmt;
use std::io;

/// An input that cannot be read.
#[derive(Debug)]
pub struct Error {
    /// Which input.
    pub source: Source,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// What is wrong with it.
#[derive(Debug)]
pub enum ErrorKind {
    /// No such file.
    NotFound,
    /// No such file, and its name is like an address that lacks its scheme.
    NoScheme(String),
    /// The system does not let it be read.
    Denied,
    /// Anything else the system says.
    Io(io::Error),
    /// A folder that holds no page.
    NoPages,
    /// Bytes that hold no characters to read; why, in the library's words.
    NoText(String),
    /// Gzip that ends before its end.
    GzipCut,
    /// Gzip with wrong bytes.
    GzipBroken(io::Error),
    /// More than a page can have, 64 MiB.
    TooLarge,
    /// A line that holds no page.
    Line(line::Error),
    /// JSON that is not one object a line.
    Spread(Spread),
    /// A line of more than that.
    LongLine,
    /// A JSON lines file without a line.
    NoLines,
    /// A page read and found to hold no story.
    NoStory,
    /// What holds no text that could be read: what it is, and what to do.
    Foreign(&'static str, &'static str),
    /// A feed, with the addresses of its items.
    Feed(Vec<String>),
    /// A list of addresses.
    Addresses,
    /// A table none of whose columns, these, holds a story.
    Columns(String),
    /// A table without a row.
    NoRows,
    /// A table that cannot be read on.
    Table(String),
    /// A saved page without a part that is one.
    MhtmlBroken,
    /// An archive that is no archive from this byte on, of the archive unpacked.
    ArchiveBroken(u64),
    /// A damaged gzip member of an archive, by its first byte in the file; the others are read.
    MemberDamaged(u64),
    /// An archive without a page.
    NoPagesInArchive,
    /// A zip archive that cannot be read; why, in the words of its reader.
    ZipBroken(String),
    /// An entry of a zip archive that unpacks to far more than a page can have.
    Bomb,
    /// Not an error: entries of a zip archive that are no pages by their names.
    EntriesLeftOut(usize),
    /// Not an error: what an archive holds beside its pages.
    LeftOut {
        /// Pages that were read.
        pages: usize,
        /// Records that hold no page.
        others: usize,
        /// Those of them that are pages which the server refused.
        refused: usize,
    },
    /// An address, where the program was built without a network.
    NoNetwork,
    /// An address that is neither http nor https.
    Scheme(String),
    /// Not an address after all.
    BadAddress(String),
    /// The server answered with this status.
    Status(u16),
    /// No server by this name.
    NoHost,
    /// The server cannot be reached, or breaks off.
    Unreachable(String),
    /// Redirects without end.
    Redirects,
    /// No page within this many seconds.
    Timeout(u64),
    /// What came is of a media type that holds no page.
    MediaType(String),
}

/// How JSON is laid out that is not one object a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// One array of all objects.
    Array,
    /// Objects over many lines each.
    Pretty,
}

impl ErrorKind {
    /// Whether this only tells something about an input that was read whole.
    pub fn is_notice(&self) -> bool {
        matches!(self, ErrorKind::LeftOut { .. } | ErrorKind::EntriesLeftOut(_))
    }
}

impl Error {
    /// What is wrong with all of the input of this name.
    pub fn new(name: &str, kind: ErrorKind) -> Error {
        Error { source: Source::whole(name), kind }
    }

    /// What the system said while the input was being read.
    pub fn io(name: &str, error: io::Error) -> Error {
        let kind = match error.kind() {
            io::ErrorKind::NotFound if looks_like_address(name) => ErrorKind::NoScheme(name.to_owned()),
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            io::ErrorKind::PermissionDenied => ErrorKind::Denied,
            _ => ErrorKind::Io(error),
        };
        Error::new(name, kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.kind)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::NotFound => write!(f, "no such file or folder; check the name"),
            ErrorKind::NoScheme(name) => {
                write!(f, "no such file or folder; for an address write https://{name}")
            }
            ErrorKind::Denied => write!(f, "may not be read; check its permissions"),
            ErrorKind::Io(error) => write!(f, "cannot be read: {error}"),
            ErrorKind::NoPages => write!(
                f,
                "no pages in it: no .html, .htm, .xhtml, .txt, .mhtml, .warc, .jsonl or .ndjson file, nor one of \
                 them with .gz; name a file of another kind itself"
            ),
            ErrorKind::NoText(why) => write!(f, "{why}; give a file of HTML, plain text or JSON lines"),
            ErrorKind::GzipCut => write!(f, "the gzip data end too early; fetch the file again"),
            ErrorKind::GzipBroken(error) => {
                write!(f, "the gzip data are damaged ({error}); fetch the file again")
            }
            ErrorKind::TooLarge => write!(f, "is larger than {MAX_MIB} MiB, too large for a page"),
            ErrorKind::Line(error) => {
                write!(f, "{error}; a line must be one JSON object with `text` or `html`")
            }
            ErrorKind::Spread(Spread::Array) => {
                write!(f, "is one JSON array, not JSON lines; write one object a line, e.g. with jq -c '.[]'")
            }
            ErrorKind::Spread(Spread::Pretty) => write!(
                f,
                "has JSON objects over many lines, not JSON lines; write one object a line, e.g. with jq -c ."
            ),
            ErrorKind::LongLine => {
                write!(f, "is longer than {MAX_MIB} MiB, too long for a page; the line was skipped")
            }
            ErrorKind::NoLines => {
                write!(f, "has no lines; a line must be one JSON object with `text` or `html`")
            }
            ErrorKind::NoStory => write!(
                f,
                "no story found in this page; if a browser shows one, save the page from there once it is complete"
            ),
            ErrorKind::Foreign(what, remedy) => write!(f, "is {what}, not a page; {remedy}"),
            ErrorKind::Feed(addresses) if addresses.is_empty() => {
                write!(f, "is a feed, not a page, and no item has an address")
            }
            ErrorKind::Feed(addresses) => {
                write!(f, "is a feed, not a page; give the addresses of its items: {}", addresses.join(" "))
            }
            ErrorKind::Addresses => write!(
                f,
                "is a list of addresses, not a page; give them as arguments, e.g. with xargs sayso read < FILE"
            ),
            ErrorKind::Columns(columns) => write!(
                f,
                "the table has no column `text` or `html` that holds the stories; its columns: {columns}"
            ),
            ErrorKind::NoRows => write!(f, "has no row below the names of its columns"),
            ErrorKind::Table(why) => write!(f, "the table cannot be read on ({why}); mend that row"),
            ErrorKind::MhtmlBroken => {
                write!(f, "no page in this saved page; open it in a browser and save it anew, as HTML only")
            }
            ErrorKind::ArchiveBroken(at) => write!(
                f,
                "the archive is broken or cut off in the record at byte {at} (unpacked); what stands before it was \
                 read; fetch it again"
            ),
            ErrorKind::ZipBroken(why) => {
                write!(f, "the zip archive is broken or cut off ({why}); fetch it again")
            }
            ErrorKind::Bomb => {
                write!(f, "unpacks to hundreds of times its size, which no page does; it was left out")
            }
            ErrorKind::EntriesLeftOut(count) => write!(
                f,
                "{count} entries left out: by their names no .html, .htm, .xhtml, .txt, .mhtml, .warc, .csv, .tsv, .jsonl \
                 or .ndjson"
            ),
            ErrorKind::MemberDamaged(at) => write!(
                f,
                "the record whose gzip data begin at byte {at} of the file is damaged and left out; the others are read; \
                 fetch the file again for it"
            ),
            ErrorKind::NoPagesInArchive => {
                write!(
                    f,
                    "no record of this archive is a page: an answer with status 200 of HTML or plain text"
                )
            }
            ErrorKind::LeftOut { pages, others, refused } => {
                write!(f, "{pages} pages read; {others} other records left out")?;
                if *refused > 0 {
                    write!(f, ", {refused} of them pages that the server refused")?;
                }
                Ok(())
            }
            ErrorKind::NoNetwork => {
                write!(f, "this build fetches no addresses; save the page and give the file")
            }
            ErrorKind::Scheme(scheme) => {
                write!(f, "cannot fetch {scheme}:// addresses; give an http or https one")
            }
            ErrorKind::BadAddress(why) => write!(f, "is not an address ({why}); check it"),
            ErrorKind::Status(status) => write!(f, "the server answered {}", status_advice(*status)),
            ErrorKind::NoHost => write!(f, "no server of that name; check the address and the connection"),
            ErrorKind::Unreachable(why) => {
                write!(f, "cannot be reached ({why}); check the address and the connection")
            }
            ErrorKind::Redirects => write!(
                f,
                "redirected more than {} times; open it in a browser and save the page",
                crate::MAX_REDIRECTS
            ),
            ErrorKind::Timeout(seconds) => {
                write!(f, "did not arrive within {seconds} s; try again, or wait longer with --timeout")
            }
            ErrorKind::MediaType(media_type) => {
                write!(f, "is {media_type}, not a page; give the address of an HTML page")
            }
        }
    }
}

/// A status with its meaning and what to do.
fn status_advice(status: u16) -> String {
    let browser = "open it in a browser and save the page";
    match status {
        401 | 402 | 403 | 451 => format!("{status}, it does not give the page to this program; {browser}"),
        404 | 410 => format!("{status}, there is no such page; check the address"),
        429 => format!("{status}, too many requests; wait and try again"),
        500.. => format!("{status}, it has trouble of its own; try again later"),
        _ => format!("{status}; {browser}"),
    }
}

/// Whether a name that is no file was perhaps meant as an address: `www.example.org/story`.
fn looks_like_address(name: &str) -> bool {
    let host = name.split('/').next().unwrap_or(name);
    let parts: Vec<&str> = host.split('.').collect();
    let letters = |part: &&str| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_host =
        parts.len() >= 2 && parts.iter().all(|p| !p.is_empty()) && parts.last().is_some_and(letters);
    is_host && (name.contains('/') || name.starts_with("www."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_its_scheme_is_told_from_a_path() {
        for address in ["www.example.org", "example.org/story", "news.example.co.uk/a/b"] {
            assert!(looks_like_address(address), "{address}");
        }
        for path in ["page.html", "pages/today.html", "./example.org/x", "../a", "/tmp/a.b/c", "a/b"] {
            assert!(!looks_like_address(path), "{path}");
        }
    }
}
