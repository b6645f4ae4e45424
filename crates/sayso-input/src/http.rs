//! Answers of servers as archives keep them: a status line, headers, a body perhaps in chunks or packed.

use crate::bytes::MAX;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// An answer.
#[derive(Debug)]
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    headers: Headers,
    body: &'a [u8],
}

/// Headers: names in small letters, and values.
#[derive(Debug, Default)]
pub(crate) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads the lines of headers; a line that begins with a blank goes on with the one before.
    pub(crate) fn read(bytes: &[u8]) -> Headers {
        let text = String::from_utf8_lossy(bytes);
        let mut found: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            match (line.starts_with([' ', '\t']), found.last_mut()) {
                (true, Some((_, value))) => value.extend([" ", line.trim()]),
                _ => {
                    if let Some((name, value)) = line.split_once(':') {
                        found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                    }
                }
            }
        }
        Headers(found)
    }

    /// The value of the first header of this name, given in small letters.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl<'a> Response<'a> {
    /// Reads an answer; `None` where the bytes are none.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Response<'a>> {
        let (head, body) = split_head(bytes);
        let status = head.strip_prefix(b"HTTP/").and_then(|rest| {
            let line = rest.split(|&b| b == b'\n').next()?;
            std::str::from_utf8(line).ok()?.split_whitespace().nth(1)?.parse().ok()
        })?;
        Some(Response { status, headers: Headers::read(head), body })
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.headers.get("content-type")
    }

    /// The body as the server had it, of at most [`MAX`] bytes and one more.
    ///
    /// # Errors
    /// When it is packed in a way that is not known here, or is damaged.
    pub(crate) fn body(&self) -> io::Result<Vec<u8>> {
        let is_chunked =
            self.headers.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
        // Archives often keep the header of a body that they have put together themselves.
        let joined = if is_chunked { joined(self.body) } else { None };
        let body = joined.as_deref().unwrap_or(self.body);
        let packing = self.headers.get("content-encoding").unwrap_or("identity").to_ascii_lowercase();
        let mut plain = Vec::new();
        let limited = |reader: &mut dyn Read, plain: &mut Vec<u8>| reader.take(MAX + 1).read_to_end(plain);
        match packing.as_str() {
            "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                limited(&mut MultiGzDecoder::new(body), &mut plain)?;
            }
            "deflate" => {
                if limited(&mut ZlibDecoder::new(body), &mut plain).is_err() {
                    plain.clear();
                    limited(&mut DeflateDecoder::new(body), &mut plain)?;
                }
            }
            "identity" | "" | "gzip" | "x-gzip" | "none" | "utf-8" => plain.extend_from_slice(body),
            other => return Err(io::Error::other(format!("its encoding {other} is not known here"))),
        }
        Ok(plain)
    }
}

/// Headers and body, parted by the first empty line.
pub(crate) fn split_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        if at > 0 && line.trim_ascii().is_empty() {
            return (&bytes[..at], &bytes[at + line.len()..]);
        }
        at += line.len();
    }
    (bytes, &[])
}

/// The chunks of a body joined; `None` where it is not in chunks.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = body.iter().position(|&b| b == b'\n')?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(body.get(end + 1..)?.get(..size)?);
        body = body[end + 1 + size..].trim_ascii_start();
    }
}
