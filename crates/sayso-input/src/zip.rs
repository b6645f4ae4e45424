//! Zip archives, and web archives packed in them (WACZ): every page among their entries.
//!
//! The list of entries is read by the crate `zip`; an entry is then read from its place in the file, so that one that
//! is a web archive may have any size. Nothing is unpacked to the disk, so names that lead out of a folder do no harm.

use crate::bytes::Bytes;
use crate::file::{self, Named};
use crate::{Error, ErrorKind, Inputs, failure};
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// Bytes that an entry may have for each packed one: pages have at most some fifty, what has more was made to
/// choke its reader.
const MOST_FOLD: u64 = 400;

/// Bytes up to which an entry is not asked how tightly it is packed.
const SMALL: u64 = 1 << 20;

/// Where an entry stands.
struct Entry {
    name: String,
    start: u64,
    packed: u64,
    unpacked: u64,
    method: CompressionMethod,
    is_encrypted: bool,
}

/// The pages of a zip archive.
pub(crate) fn read(path: &Path) -> Inputs {
    let name = path.display().to_string();
    match entries(path) {
        Ok(entries) => pages(&name, path, entries),
        Err(error) => failure(Error::new(&name, error)),
    }
}

fn entries(path: &Path) -> Result<Vec<Entry>, ErrorKind> {
    let file = File::open(path).map_err(ErrorKind::Io)?;
    let mut archive =
        ZipArchive::new(BufReader::new(file)).map_err(|e| ErrorKind::ZipBroken(e.to_string()))?;
    let mut found = Vec::with_capacity(archive.len());
    for n in 0..archive.len() {
        let entry = archive.by_index_raw(n).map_err(|e| ErrorKind::ZipBroken(e.to_string()))?;
        if entry.is_dir() {
            continue;
        }
        found.push(Entry {
            name: entry.name().map_err(|e| ErrorKind::ZipBroken(e.to_string()))?.into_owned(),
            start: entry.data_start().unwrap_or_default(),
            packed: entry.compressed_size(),
            unpacked: entry.size(),
            method: entry.compression(),
            is_encrypted: entry.encrypted(),
        });
    }
    Ok(found)
}

/// The pages of the entries that hold some by their names. Of a packed web archive these are its archives: its lists
/// of pages and its index hold none.
fn pages(name: &str, path: &Path, entries: Vec<Entry>) -> Inputs {
    if entries.iter().any(|entry| entry.name == "[Content_Types].xml") {
        let remedy = "save it as HTML or text and give that";
        return failure(Error::new(name, ErrorKind::Foreign("an office document", remedy)));
    }
    let is_wacz = entries.iter().any(|entry| entry.name == "datapackage.json")
        && entries.iter().any(|entry| entry.name.starts_with("archive/"));
    let (mut chosen, others): (Vec<Entry>, Vec<Entry>) = entries
        .into_iter()
        .partition(|entry| is_page(&entry.name) && (!is_wacz || entry.name.starts_with("archive/")));
    if chosen.is_empty() {
        return failure(Error::new(name, ErrorKind::NoPages));
    }
    chosen.sort_by(|a, b| a.name.cmp(&b.name));
    let (owner, file): (String, PathBuf) = (name.to_owned(), path.to_owned());
    let all = chosen.into_iter().flat_map(move |entry| {
        let name = format!("{owner}!{}", entry.name);
        match open(&file, &entry) {
            Ok(bytes) => file::open(&name, file::named(Path::new(&entry.name)), bytes),
            Err(kind) => failure(Error::new(&name, kind)),
        }
    });
    if others.is_empty() || is_wacz {
        return Box::new(all);
    }
    let told = Error::new(name, ErrorKind::EntriesLeftOut(others.len()));
    Box::new(all.chain(std::iter::once(Err(told))))
}

/// Whether an entry's name is that of pages; hidden ones and those that systems put beside others are none.
fn is_page(name: &str) -> bool {
    let is_hidden = name.split('/').any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX");
    let named = file::named(Path::new(name));
    !is_hidden && matches!(named, Named::Page(_) | Named::Lines | Named::Table(_) | Named::Archive)
}

/// The bytes of an entry, unpacked.
fn open(path: &Path, entry: &Entry) -> Result<Bytes, ErrorKind> {
    if entry.is_encrypted {
        return Err(ErrorKind::Foreign(
            "an encrypted entry",
            "unpack the archive with its password and give the folder",
        ));
    }
    if entry.unpacked > SMALL && entry.unpacked / MOST_FOLD > entry.packed {
        return Err(ErrorKind::Bomb);
    }
    let mut file = File::open(path).map_err(ErrorKind::Io)?;
    file.seek(SeekFrom::Start(entry.start)).map_err(ErrorKind::Io)?;
    let packed = file.take(entry.packed);
    // What an entry says of its size need not be true.
    let most = entry.packed.saturating_mul(MOST_FOLD).max(SMALL);
    match entry.method {
        CompressionMethod::Stored => Ok(Box::new(BufReader::new(packed))),
        CompressionMethod::Deflated => {
            let unpacked = DeflateDecoder::new(BufReader::new(packed));
            Ok(Box::new(BufReader::new(Capped { inner: unpacked, left: most })))
        }
        _ => Err(ErrorKind::Foreign(
            "an entry packed in another way than zip's own",
            "unpack the archive and give the folder",
        )),
    }
}

/// A reader that fails where more comes than can be true.
struct Capped<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "unpacks to far more than a page can have")
        })?;
        Ok(count)
    }
}
