//! Bytes of one file: gunzipped, counted, and looked at for what is no text.

use super::{Error, ErrorKind};
use flate2::read::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Size in MiB beyond which nothing is taken for a page. The longest news pages have a few MiB;
/// this bounds the memory that a mistaken name or a gzip bomb can take.
pub(crate) const MAX_MIB: u64 = 64;

/// The same in bytes.
pub(crate) const MAX: u64 = MAX_MIB << 20;

/// The bytes of `raw`, gunzipped where they are gzip.
pub(crate) fn plain<'r>(mut raw: impl BufRead + 'r) -> io::Result<Box<dyn BufRead + 'r>> {
    let head = peek(&mut raw, GZIP_MAGIC.len())?;
    let is_gzip = head == GZIP_MAGIC;
    let whole = Cursor::new(head).chain(raw);
    if is_gzip { Ok(Box::new(BufReader::new(MultiGzDecoder::new(whole)))) } else { Ok(Box::new(whole)) }
}

/// All of a page's bytes, which must be text.
pub(crate) fn page(name: &str, plain: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    plain.take(MAX + 1).read_to_end(&mut bytes).map_err(|error| failed(name, error))?;
    if bytes.is_empty() {
        return Err(Error::new(name, ErrorKind::Empty));
    }
    if bytes.len() as u64 > MAX {
        return Err(Error::new(name, ErrorKind::TooLarge));
    }
    match binary(&bytes) {
        Some(what) => Err(Error::new(name, ErrorKind::Binary(what))),
        None => Ok(bytes),
    }
}

/// What went wrong while plain bytes were read, which may be the fault of the gzip around them.
pub(crate) fn failed(name: &str, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Error::new(name, ErrorKind::GzipCut),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Error::new(name, ErrorKind::GzipBroken(error))
        }
        _ => Error::io(name, error),
    }
}

/// The first `n` bytes, fewer where there are no more.
fn peek(raw: &mut impl Read, n: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    raw.take(n as u64).read_to_end(&mut head)?;
    Ok(head)
}

const GZIP_MAGIC: [u8; 2] = [0x1F, 0x8B];

/// First bytes of files that a folder of saved pages is apt to hold.
const MAGIC: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
];

/// What the bytes are, where they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    known.or_else(|| has_stray_nul(bytes).then_some("a binary file"))
}

/// Bytes looked at for NUL, the habit of grep and git.
const LOOKED_AT: usize = 8 << 10;

/// Whether there are NUL bytes that UTF-16 or UTF-32 do not account for: they put theirs in
/// every second place (of English), or begin with a byte order mark.
fn has_stray_nul(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let marked = [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\0\0\xFE\xFF"].iter().any(|bom| head.starts_with(bom));
    let nuls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let half = head.len() / 2;
    let utf16 = even.min(odd) == 0 && even.max(odd) * 2 > half;
    even + odd > 0 && !marked && !utf16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_is_told_from_text() {
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF file"));
        assert_eq!(binary(b"ab\0\0\0\x01cd"), Some("a binary file"));
        assert_eq!(binary("Ένα κείμενο".as_bytes()), None);
        let utf16: Vec<u8> = "<p>Plain words</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary(&utf16), None);
        let marked: Vec<u8> = "\u{FEFF}Ένα".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(binary(&marked), None);
    }
}
