//! What bytes are that hold no single page: archives, tables, feeds, documents of other programs. Told
//! by their first bytes, whatever the name says.

/// What the first bytes of an input show it to be, where that is neither a page nor JSON lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A web archive, record after record.
    Warc,
    /// A page with its pictures in one MIME message, as browsers save it.
    Mhtml,
    /// RSS or Atom.
    Feed,
    /// Addresses, one a line.
    Addresses,
    /// What holds no text that could be read here: its name, and what to do about it.
    Foreign(&'static str, &'static str),
}

const UNPACK: &str = "unpack it and give the folder";
const CONVERT: &str = "save it as HTML or text and give that";
const NO_TEXT: &str = "give a page of text";

/// The first bytes of what is refused.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "convert it, e.g. with pdftotext FILE - | sayso read -"),
    (b"PK\x03\x04", "a zip archive within another input", "save it as a file, or unpack it, and give that"),
    (b"\xD0\xCF\x11\xE0", "an office document", CONVERT),
    (b"{\\rtf", "an RTF document", CONVERT),
    (b"SQLite format 3\0", "an SQLite database", "export its pages as JSON lines"),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"Rar!", "a rar archive", UNPACK),
    (b"PAR1", "a Parquet table", "export it as CSV or JSON lines"),
    (b"\x89PNG", "a picture", NO_TEXT),
    (b"\xFF\xD8\xFF", "a picture", NO_TEXT),
    (b"GIF8", "a picture", NO_TEXT),
    (b"ID3", "a sound", NO_TEXT),
    (b"\x7FELF", "a program", NO_TEXT),
];

/// Where the name of a tar archive's format stands, in bytes.
const TAR_AT: usize = 257;

/// Bytes within which the headers of a message say what it is.
const HEADERS: usize = 2048;

/// What the first bytes show; `None` for a page, JSON lines, or what cannot be told.
pub(crate) fn form(head: &[u8]) -> Option<Form> {
    if let Some((_, what, remedy)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Some(Form::Foreign(what, remedy));
    }
    if head.get(TAR_AT..).is_some_and(|rest| rest.starts_with(b"ustar")) {
        return Some(Form::Foreign("a tar archive", UNPACK));
    }
    if head.starts_with(b"WARC/") {
        return Some(Form::Warc);
    }
    let text = String::from_utf8_lossy(&head[..head.len().min(HEADERS)]).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_message =
        ["from:", "mime-version:", "content-type: multipart/related", "snapshot-content-location:"]
            .iter()
            .any(|key| text.starts_with(key));
    if is_message && text.contains("multipart/related") {
        return Some(Form::Mhtml);
    }
    if is_feed(text) {
        return Some(Form::Feed);
    }
    is_addresses(text).then_some(Form::Addresses)
}

/// Whether the first element is that of a feed.
fn is_feed(text: &str) -> bool {
    let mut rest = text;
    while rest.starts_with("<?") || rest.starts_with("<!--") {
        let Some((_, after)) = rest.split_once('>') else { return false };
        rest = after.trim_start();
    }
    ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| rest.starts_with(tag))
}

/// Whether every line, but for one that may be cut off at the end, is an address.
fn is_addresses(text: &str) -> bool {
    let is_address = |line: &str| {
        let is_web = line.starts_with("http://") || line.starts_with("https://");
        is_web && !line.contains(char::is_whitespace)
    };
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some() && lines.all(is_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let cases: [(&[u8], Option<Form>); 9] = [
            (b"WARC/1.0\r\nWARC-Type: warcinfo", Some(Form::Warc)),
            (b"From: <Saved by Blink>\r\nContent-Type: multipart/related;", Some(Form::Mhtml)),
            (b"<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">", Some(Form::Feed)),
            (b"\xEF\xBB\xBF<feed xmlns=\"http://www.w3.org/2005/Atom\">", Some(Form::Feed)),
            (b"# today\nhttps://a.org/1\n\nhttps://a.org/2\nhttps://a.o", Some(Form::Addresses)),
            (b"https://a.org/1 says that", None),
            (b"From: the mayor's office, a letter", None),
            (b"<html><p>RSS", None),
            (b"", None),
        ];
        for (head, expected) in cases {
            assert_eq!(form(head), expected, "{}", String::from_utf8_lossy(head));
        }
        assert!(matches!(form(b"%PDF-1.7\n"), Some(Form::Foreign("a PDF", _))));
        let mut tar = [0; 512];
        tar[TAR_AT..TAR_AT + 5].copy_from_slice(b"ustar");
        assert!(matches!(form(&tar), Some(Form::Foreign("a tar archive", _))));
    }
}
