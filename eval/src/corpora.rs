//! The corpora on disk.

use flate2::read::MultiGzDecoder;
use sayso::page::{Page, PageKind};
use sayso_score::gold::{PageLine, StoryLine};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The sets of marked pages, by file name.
pub(crate) const PAGE_SETS: [&str; 3] = ["scrapinghub", "fundus", "newspaper"];

/// The marked pages of one set.
pub(crate) fn pages(corpora: &Path, set: &str) -> Result<Vec<PageLine>, Box<dyn Error>> {
    lines(&corpora.join("pages").join(format!("{set}.jsonl.gz")), PageLine::read)
}

/// The marked stories of a file.
pub(crate) fn stories(path: &Path) -> Result<Vec<StoryLine>, Box<dyn Error>> {
    lines(path, StoryLine::read)
}

/// A marked page as it would come in from the network.
pub(crate) fn page(line: &PageLine) -> Page {
    Page {
        id: Some(line.id.clone()),
        address: line.url.clone(),
        media_type: Some("text/html; charset=utf-8".to_owned()),
        kind: PageKind::Html,
        bytes: line.html.clone().into_bytes(),
        ..Page::default()
    }
}

/// Reads a file of JSON lines, gzipped where its name ends in `.gz`. Errors name file and line.
fn lines<T, E: Error>(path: &Path, read: impl Fn(&str) -> Result<T, E>) -> Result<Vec<T>, Box<dyn Error>> {
    let name = path.display();
    let mut items = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(open(path)?).lines()) {
        let line = line.map_err(|error| format!("{name}, line {number}: {error}"))?;
        if !line.trim().is_empty() {
            items.push(read(&line).map_err(|error| format!("{name}, line {number}: {error}"))?);
        }
    }
    Ok(items)
}

/// The text of a file, unpacked.
pub(crate) fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text)
}

/// Opens a file, gzipped where its name ends in `.gz`.
fn open(path: &Path) -> Result<Box<dyn Read>, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let is_gzip = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}
