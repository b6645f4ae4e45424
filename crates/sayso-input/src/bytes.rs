//! Bytes of one input: gunzipped, and no more of them than a page can have.

use crate::{Error, ErrorKind};
use flate2::read::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Size in MiB beyond which nothing is taken for a page. The longest news pages have a few MiB;
/// this bounds the memory that a mistaken name or a gzip bomb can take.
pub(crate) const MAX_MIB: u64 = 64;

/// The same in bytes.
pub(crate) const MAX: u64 = MAX_MIB << 20;

/// Bytes of one input on their way.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

/// The bytes of `raw`, gunzipped where they are gzip.
pub(crate) fn plain(mut raw: Bytes) -> io::Result<Bytes> {
    // Looked at where it lies, so that what it is can be told by more of it later.
    let head = raw.fill_buf()?;
    if head.len() >= GZIP_MAGIC.len() {
        let is_gzip = head.starts_with(&GZIP_MAGIC);
        return Ok(if is_gzip { Box::new(BufReader::new(MultiGzDecoder::new(raw))) } else { raw });
    }
    let head = peek(&mut raw, GZIP_MAGIC.len())?;
    let is_gzip = head == GZIP_MAGIC;
    let whole = Cursor::new(head).chain(raw);
    Ok(if is_gzip { Box::new(BufReader::new(MultiGzDecoder::new(whole))) } else { Box::new(whole) })
}

/// Whether what these first bytes of gzip unpack to begins so.
pub(crate) fn begins(head: &[u8], magic: &[u8]) -> bool {
    let mut first = Vec::new();
    let is_gzip = head.starts_with(&GZIP_MAGIC);
    // What is cut off ends in an error after the bytes that there are.
    is_gzip && {
        let _ = MultiGzDecoder::new(head).take(magic.len() as u64).read_to_end(&mut first);
        first == magic
    }
}

/// All of a page's bytes.
pub(crate) fn page(name: &str, plain: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    plain.take(MAX + 1).read_to_end(&mut bytes).map_err(|error| failed(name, error))?;
    if bytes.len() as u64 > MAX {
        return Err(Error::new(name, ErrorKind::TooLarge));
    }
    Ok(bytes)
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
