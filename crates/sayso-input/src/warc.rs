//! Web archives (WARC 1.0 and 1.1, ISO 28500): every page among their records.
//!
//! The records are read one after the other, so an archive may have any size. A page is a `response`
//! record that holds an answer with status 200 of HTML or plain text, or a `resource` of these types.
//! What else there is is counted and told at the end. Of an archive that is gzip a damaged member is told and left
//! out, and the archive read on.

use crate::bytes::{Bytes, MAX};
use crate::http::{Headers, Response};
use crate::members::{Member, Members};
use crate::{Error, ErrorKind, Holds, Input, Source, bytes};
use sayso::page::Page;
use std::io::{self, BufRead, Cursor, Read};

/// Longest line of a record's head, in bytes; more is no head.
const LONGEST_LINE: u64 = 1 << 16;

/// The pages of an archive.
pub(crate) struct Records {
    name: String,
    /// `None` after the last record.
    plain: Option<Bytes>,
    /// Where the archive is gzip: its members after the one being read.
    members: Option<Members>,
    /// Bytes read so far, of the archive unpacked.
    at: u64,
    pages: usize,
    /// Records that hold no page, and among them answers other than 200.
    others: usize,
    refused: usize,
}

/// One record.
struct Record {
    headers: Headers,
    /// Its block; `None` where it is too large to be a page or of a kind that holds none.
    block: Option<Vec<u8>>,
}

impl Records {
    pub(crate) fn new(name: &str, plain: Bytes) -> Records {
        let name = name.to_owned();
        Records { name, plain: Some(plain), members: None, at: 0, pages: 0, others: 0, refused: 0 }
    }

    /// The pages of an archive that is gzip, read member by member.
    pub(crate) fn of_members(name: &str, raw: Bytes) -> Records {
        let first: Bytes = Box::new(io::empty());
        Records { members: Some(Members::new(raw)), ..Records::new(name, first) }
    }

    /// Goes on with the next member, where there are any: whether there is one, or that it is damaged.
    fn next_member(&mut self) -> Result<bool, Error> {
        match self.members.as_mut().and_then(Members::next) {
            None => Ok(false),
            Some(Ok(Member::Whole(bytes))) => {
                self.plain = Some(Box::new(Cursor::new(bytes)));
                Ok(true)
            }
            Some(Ok(Member::Rest(bytes))) => {
                (self.plain, self.members) = (Some(bytes), None);
                Ok(true)
            }
            Some(Err(at)) => Err(Error::new(&self.name, ErrorKind::MemberDamaged(at))),
        }
    }

    /// What stands in the next record; `None` after the last.
    fn record(&mut self) -> Result<Option<Record>, Error> {
        let start = self.at;
        let Some(plain) = self.plain.as_mut() else { return Ok(None) };
        let at = &mut self.at;
        let broken = |error: Option<io::Error>| match error {
            Some(error) if error.kind() != io::ErrorKind::UnexpectedEof => bytes::failed(&self.name, error),
            _ => Error::new(&self.name, ErrorKind::ArchiveBroken(start)),
        };
        let mut first = line(plain, at).map_err(|e| broken(Some(e)))?;
        while !first.is_empty() && first.trim_ascii().is_empty() {
            first = line(plain, at).map_err(|e| broken(Some(e)))?;
        }
        if first.is_empty() {
            return Ok(None);
        }
        if !first.starts_with(b"WARC/") {
            return Err(broken(None));
        }
        let mut head = Vec::new();
        loop {
            let next = line(plain, at).map_err(|e| broken(Some(e)))?;
            if next.is_empty() {
                return Err(broken(None));
            }
            if next.trim_ascii().is_empty() {
                break;
            }
            head.extend_from_slice(&next);
        }
        let headers = Headers::read(&head);
        let length = headers.get("content-length").and_then(|n| n.parse::<u64>().ok());
        let length = length.ok_or_else(|| broken(None))?;
        let wanted = matches!(headers.get("warc-type"), Some("response" | "resource")) && length <= MAX;
        let mut block = wanted.then(Vec::new);
        let mut limited = plain.take(length);
        let read = match &mut block {
            Some(block) => limited.read_to_end(block).map(|n| n as u64),
            None => io::copy(&mut limited, &mut io::sink()),
        };
        *at += *read.as_ref().unwrap_or(&0);
        match read {
            Ok(n) if n == length => Ok(Some(Record { headers, block })),
            Ok(_) => Err(broken(None)),
            Err(error) => Err(broken(Some(error))),
        }
    }

    /// The page of a record, if it holds one.
    fn page(&mut self, record: Record) -> Option<Result<Input, Error>> {
        let address = record.headers.get("warc-target-uri")?.trim_matches(['<', '>']).to_owned();
        let source = Source::whole(&format!("{}!{address}", self.name));
        let captured = record.headers.get("warc-date").map(str::to_owned);
        let is_response = record.headers.get("warc-type") == Some("response");
        if !address.starts_with("http") {
            return None;
        }
        let Some(block) = record.block else {
            let is_page = is_response && record.headers.get("content-type").is_some();
            return is_page.then_some(Err(Error { source, kind: ErrorKind::TooLarge }));
        };
        let (media_type, body) = if is_response {
            let response = Response::read(&block)?;
            let media_type = response.media_type().map(str::to_owned);
            if !is_text(media_type.as_deref()) {
                return None;
            }
            if response.status != 200 {
                self.refused += 1;
                return None;
            }
            (media_type, response.body())
        } else {
            let media_type = record.headers.get("content-type").map(str::to_owned);
            (media_type.clone().filter(|_| is_text(media_type.as_deref())).map(Some)?, Ok(block))
        };
        Some(match body {
            Ok(body) if body.len() as u64 > MAX => Err(Error { source, kind: ErrorKind::TooLarge }),
            Ok(bytes) => {
                let id = Some(source.name.clone());
                let page =
                    Page { id, address: Some(address), captured, media_type, bytes, ..Page::default() };
                Ok(Input { source, holds: Holds::Page(page) })
            }
            Err(error) => Err(Error { source, kind: ErrorKind::Io(error) }),
        })
    }

    /// What is told after the last record.
    fn end(&mut self) -> Option<Result<Input, Error>> {
        self.plain = None;
        let kind = match (self.pages, self.others) {
            (0, _) => ErrorKind::NoPagesInArchive,
            (_, 0) => return None,
            (pages, others) => ErrorKind::LeftOut { pages, others, refused: self.refused },
        };
        Some(Err(Error::new(&self.name, kind)))
    }
}

impl Iterator for Records {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Result<Input, Error>> {
        while self.plain.is_some() {
            match self.record() {
                Ok(Some(record)) => match self.page(record) {
                    Some(page) => {
                        self.pages += 1;
                        return Some(page);
                    }
                    None => self.others += 1,
                },
                Ok(None) => match self.next_member() {
                    Ok(true) => {}
                    Ok(false) => return self.end(),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => {
                    // The next member is whole all the same; without members nothing tells where to go on.
                    let empty: Bytes = Box::new(io::empty());
                    self.plain = self.members.as_ref().map(|_| empty);
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// Whether a page can be of this media type.
fn is_text(media_type: Option<&str>) -> bool {
    let essence = media_type.and_then(|t| t.split(';').next()).map(|t| t.trim().to_ascii_lowercase());
    matches!(essence.as_deref(), Some("text/html" | "application/xhtml+xml" | "text/plain"))
}

/// The next line with its end; empty after the last.
fn line(plain: &mut Bytes, at: &mut u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    plain.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    *at += line.len() as u64;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, address: &str, block: &str) -> String {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn answer(status: &str, media_type: &str, body: &str) -> String {
        format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n{body}")
    }

    /// Addresses and bodies, or what was said.
    fn read(archive: &[u8]) -> Vec<String> {
        let records = Records::new("a.warc", Box::new(Cursor::new(archive.to_vec())));
        let told = |read: Result<Input, Error>| match read {
            Ok(Input { holds: Holds::Page(page), .. }) => {
                format!("{} {}", page.address.unwrap_or_default(), String::from_utf8_lossy(&page.bytes))
            }
            Ok(_) => unreachable!("an archive holds pages"),
            Err(error) => error.to_string(),
        };
        records.map(told).collect()
    }

    fn archive() -> String {
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n2;x=y\r\nTo\r\n0\r\n\r\n";
        [
            record("warcinfo", "", "software: own"),
            record("request", "http://a.org/1", "GET /1 HTTP/1.1\r\n\r\n"),
            record("response", "http://a.org/1", &answer("200 OK", "text/html; charset=utf-8", "<p>One")),
            record("response", "http://a.org/1.png", &answer("200 OK", "image/png", "x")),
            record("response", "http://a.org/gone", &answer("404 Not Found", "text/html", "<p>No")),
            record("response", "<http://a.org/2>", chunked),
        ]
        .concat()
    }

    #[test]
    fn every_page_of_an_archive_is_read_and_the_rest_counted() {
        assert_eq!(
            read(archive().as_bytes()),
            [
                "http://a.org/1 <p>One",
                "http://a.org/2 <p>To",
                "a.warc: 2 pages read; 4 other records left out, 1 of them pages that the server refused",
            ]
        );
    }

    #[test]
    fn what_comes_before_a_cut_is_read() {
        let whole = archive();
        for cut in 0..whole.len() {
            let told = read(&whole.as_bytes()[..cut]);
            let ends_between = whole[..cut].trim_end().len() < cut || cut == 0;
            let is_told = told.last().is_some_and(|last| last.starts_with("a.warc:"));
            assert!(is_told || ends_between, "cut at {cut}: {told:?}");
        }
        let told = read(&whole.as_bytes()[..whole.len() - 20]);
        assert_eq!(told[0], "http://a.org/1 <p>One");
        assert!(told[1].contains("broken or cut off in the record at byte"), "{told:?}");
    }
}
