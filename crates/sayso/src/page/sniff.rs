//! What bytes are, told from the bytes.

use super::PageKind;

/// Beginnings that no text has, and what they begin.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "sound, video or a WebP image"),
    (b"OggS", "sound or video"),
    (b"ID3\x03", "sound"),
    (b"ID3\x04", "sound"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\0", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ\x90\0", "a Windows program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\0asm", "a WebAssembly program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"PAR1", "a Parquet file"),
];

/// Readers of PDF take the header anywhere in the first kilobyte.
const PDF_WITHIN: usize = 1024;

/// Bytes looked at to tell text from data.
const SAMPLE: usize = 8192;

/// One control character in so many bytes makes data. Text has none, a damaged page a handful;
/// compressed or compiled data has about one in ten.
const CONTROLS_PER: usize = 100;

/// Names what the bytes are where they are not text.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|&&b| is_control(b)).count();
    // A signature of letters alone may begin a text ("RIFF raff").
    let begins = |magic: &[u8]| {
        bytes.starts_with(magic) && (controls > 0 || !magic.iter().all(u8::is_ascii_alphanumeric))
    };
    if let Some((_, name)) = SIGNATURES.iter().find(|(magic, _)| begins(magic)) {
        return Some(name);
    }
    if memchr::memmem::find(&bytes[..bytes.len().min(PDF_WITHIN)], b"%PDF-").is_some_and(|at| at < 8) {
        return Some("a PDF document");
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("video");
    }
    if super::encoding::is_wide(bytes) {
        return None;
    }
    (controls * CONTROLS_PER > sample.len()).then_some("binary data")
}

/// Whether a byte is a control character that text has no use for. Escape is left out: it
/// opens the shifts of ISO-2022-JP.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0b | 0x0c | 0x1b) || byte == 0x7f
}

/// Characters looked at to tell HTML from text.
const MARKUP_SAMPLE: usize = 4096;

/// Tags of block structure that text about HTML seldom holds in its beginning. Three make a page.
const BLOCK_TAGS: &[&str] = &[
    "<div", "<p>", "<p ", "</p>", "<br", "<head", "<body", "<meta", "<link", "<script", "<a href",
    "<article", "<h1",
];
const BLOCK_TAGS_NEEDED: usize = 3;

/// Tells HTML from plain text: by the media type, by the beginning, by the tags in it.
pub(super) fn kind(text: &str, media_type: Option<&str>) -> PageKind {
    let media = media_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if media == "text/html" || media == "application/xhtml+xml" {
        return PageKind::Html;
    }
    let sample = &text[..text.floor_char_boundary(MARKUP_SAMPLE)];
    let sample = sample.to_ascii_lowercase();
    let start = after_comments(sample.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']));
    let opens = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag));
    let tags: usize = BLOCK_TAGS.iter().map(|tag| sample.matches(tag).count()).sum();
    let has_markup = start.starts_with('<') && tags > 0 || tags >= BLOCK_TAGS_NEEDED;
    if opens || media != "text/plain" && has_markup { PageKind::Html } else { PageKind::Text }
}

/// Skips comments and an XML declaration before the first element.
fn after_comments(mut text: &str) -> &str {
    loop {
        let end = if text.starts_with("<!--") {
            "-->"
        } else if text.starts_with("<?") {
            "?>"
        } else {
            return text;
        };
        match text.find(end) {
            Some(at) => text = text[at + end.len()..].trim_start(),
            None => return text,
        }
    }
}
