//! A page: what came in, before anything is known of it, and its characters.
//!
//! [`Page::decode`] finds out what the bytes are (`sniff`) and in which encoding
//! (`encoding`), and tells in notices what it had to decide for itself.

mod encoding;
mod sniff;

use std::borrow::Cow;

/// Bytes of one page, with what the carrier said of them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The name under which the page came in (a line's own `id`, a path, an address).
    pub id: Option<String>,
    /// Address the page was fetched from, where known.
    pub address: Option<String>,
    /// When the page was fetched or saved, as the carrier prints it.
    pub captured: Option<String>,
    /// `Content-Type` the carrier gave, with its charset (`text/html; charset=windows-1251`).
    pub media_type: Option<String>,
    /// What the bytes hold.
    pub kind: PageKind,
    /// The page itself.
    pub bytes: Vec<u8>,
    /// What the carrier knows of the story: it wins over what the page says.
    pub given: Given,
}

/// What is known of a story beside its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The headline.
    pub headline: Option<String>,
    /// When it was published: an ISO date or RFC 3339 time, or a day as pages print it.
    pub published: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// The byline as printed.
    pub byline: Option<String>,
}

/// What a page's bytes hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// To be found out from the media type and the bytes.
    #[default]
    Unknown,
    /// HTML.
    Html,
    /// Plain text, clean or a dump of a page with its navigation and legal lines.
    Text,
    /// A text to be taken as it is: offsets point into these very characters, so nothing is
    /// cut or joined; what is not story in it is marked as such.
    Exact,
}

/// Said of a page without a character but white space.
const EMPTY: &str = "empty page: nothing to read";

/// What to tell of a page's characters.
fn notices(text: &str, of_encoding: Option<String>) -> Vec<String> {
    let empty = text.trim().is_empty().then(|| EMPTY.to_owned());
    of_encoding.into_iter().chain(empty).collect()
}

/// A page's characters, and what they hold.
#[derive(Clone, Debug)]
pub struct Decoded<'p> {
    /// The characters; empty for a page that is not text.
    pub text: Cow<'p, str>,
    /// What they hold; never [`PageKind::Unknown`].
    pub kind: PageKind,
    /// What had to be decided against, or without, the page's own word.
    pub notices: Vec<String>,
}

impl Page {
    /// A page of HTML.
    pub fn html(html: impl Into<String>) -> Page {
        Page { kind: PageKind::Html, bytes: html.into().into_bytes(), ..Page::default() }
    }

    /// A page of plain text.
    pub fn text(text: impl Into<String>) -> Page {
        Page { kind: PageKind::Text, bytes: text.into().into_bytes(), ..Page::default() }
    }

    /// A text whose characters are kept exactly.
    pub fn exact(text: impl Into<String>) -> Page {
        Page { kind: PageKind::Exact, bytes: text.into().into_bytes(), ..Page::default() }
    }

    /// The page's characters. Takes time linear in its bytes, and never fails: bytes that are no
    /// text (a PDF, an image) give an empty text and a notice.
    ///
    /// An [exact](PageKind::Exact) page is UTF-8 and stays as it is, byte order mark included.
    pub fn decode(&self) -> Decoded<'_> {
        if self.bytes.is_empty() {
            return self.unread(EMPTY.to_owned());
        }
        if self.kind == PageKind::Exact {
            let (text, notice) = encoding::exact(&self.bytes);
            return Decoded { notices: notices(&text, notice), text, kind: PageKind::Exact };
        }
        if let Some(what) = sniff::binary(&self.bytes) {
            return self.unread(format!("not text but {what}: nothing read"));
        }
        let (text, notice) = encoding::decode(&self.bytes, self.media_type.as_deref(), self.kind);
        let (text, mended) = encoding::without_controls(text);
        let notices = notices(&text, notice).into_iter().chain(mended).collect();
        Decoded { kind: self.kind_of(&text), notices, text }
    }

    fn unread(&self, notice: String) -> Decoded<'_> {
        Decoded { text: Cow::Borrowed(""), kind: self.kind_of(""), notices: vec![notice] }
    }

    fn kind_of(&self, text: &str) -> PageKind {
        match self.kind {
            PageKind::Unknown => sniff::kind(text, self.media_type.as_deref()),
            known => known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], media_type: Option<&str>, kind: PageKind) -> (String, PageKind, Vec<String>) {
        let page = Page {
            bytes: bytes.to_vec(),
            media_type: media_type.map(str::to_owned),
            kind,
            ..Page::default()
        };
        let decoded = page.decode();
        (decoded.text.into_owned(), decoded.kind, decoded.notices)
    }

    #[test]
    fn controls_are_the_marks_they_once_were() {
        let (text, _, notices) =
            read("It\u{92}s \u{93}late\u{94} \u{96} so".as_bytes(), None, PageKind::Text);
        assert_eq!(text, "It’s “late” – so");
        assert_eq!(notices, ["charset: 4 control characters read as the marks they are in windows-1252"]);
        let exact = Page::exact("It\u{92}s");
        assert_eq!(exact.decode().text, "It\u{92}s", "an exact text stays");
    }

    #[test]
    fn utf8_needs_no_word_of_its_own() {
        let (text, kind, notices) = read("Ana Müller said so.".as_bytes(), None, PageKind::Unknown);
        assert_eq!((text.as_str(), kind), ("Ana Müller said so.", PageKind::Text));
        assert!(notices.is_empty());
    }

    #[test]
    fn declared_charsets_are_believed_where_the_bytes_allow_it() {
        let html = b"<html><head><meta charset='windows-1252'></head><body>Caf\xe9</body>";
        let (text, kind, notices) = read(html, None, PageKind::Unknown);
        assert!(text.contains("Café"));
        assert_eq!((kind, notices), (PageKind::Html, vec![]));

        let cyrillic = encoding_rs::WINDOWS_1251.encode("Мэр сказал").0.into_owned();
        let (text, _, notices) =
            read(&cyrillic, Some("text/plain; charset=\"windows-1251\""), PageKind::Text);
        assert_eq!((text.as_str(), notices), ("Мэр сказал", vec![]));

        let xml = b"<?xml version='1.0' encoding='iso-8859-1'?><html><body>Caf\xe9</body></html>";
        assert!(read(xml, None, PageKind::Unknown).0.contains("Café"));
    }

    #[test]
    fn a_wrong_charset_is_overruled_and_said() {
        let latin = b"<meta charset=utf-8><p>The caf\xe9's owner said the fa\xe7ade was safe.</p>";
        let (text, _, notices) = read(latin, None, PageKind::Html);
        assert!(text.contains("café's owner") && text.contains("façade"), "{text}");
        assert_eq!(
            notices,
            ["charset: declared UTF-8 (meta element) but the bytes are not; read as windows-1252, a guess"]
        );

        let utf8 = "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'>Café";
        let (text, _, notices) = read(utf8.as_bytes(), None, PageKind::Html);
        assert!(text.ends_with("Café"));
        assert_eq!(
            notices,
            ["charset: declared windows-1252 (meta element) but the bytes are valid UTF-8; read as UTF-8"]
        );
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_utf8_something_else() {
        let mut bytes = "“Да”, — сказал он. ".repeat(20).into_bytes();
        bytes.push(0xff);
        bytes.extend("Конец".as_bytes());
        let (text, _, notices) = read(&bytes, None, PageKind::Text);
        assert!(text.ends_with("\u{fffd}Конец"));
        assert_eq!(notices, ["charset: UTF-8 with 1 broken byte sequence, shown as U+FFFD"]);
    }

    #[test]
    fn wide_encodings_are_read_with_and_without_a_mark() {
        let text = "Мэр Ана Руис said: \"The bridge is safe\" 🌉.";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let le32: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
        let be32: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        for (mark, bytes) in [
            (&b"\xff\xfe"[..], &le),
            (b"\xfe\xff", &be),
            (b"\xff\xfe\0\0", &le32),
            (b"\0\0\xfe\xff", &be32),
            (b"", &le),
            (b"", &be),
            (b"", &le32),
            (b"", &be32),
        ] {
            let (got, _, _) = read(&[mark, bytes].concat(), None, PageKind::Text);
            assert_eq!(got, text, "mark {mark:?}");
        }
    }

    #[test]
    fn binary_is_named_and_not_read() {
        for (bytes, name) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], "a PDF document"),
            (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
            (b"PK\x03\x04\x14\0", "a ZIP archive or office document"),
            (b"\x7fELF\x02\x01", "an ELF program"),
            (b"\x01\x02\x03\x04\x05\0\0\0\0", "binary data"),
        ] {
            let (text, _, notices) = read(bytes, None, PageKind::Unknown);
            assert_eq!((text.as_str(), notices), ("", vec![format!("not text but {name}: nothing read")]));
        }
    }

    #[test]
    fn nothing_gives_a_notice() {
        for bytes in [&b""[..], b" \n\t", b"\xef\xbb\xbf"] {
            let (_, _, notices) = read(bytes, None, PageKind::Unknown);
            assert_eq!(notices, ["empty page: nothing to read"]);
        }
    }

    #[test]
    fn exact_pages_keep_every_character() {
        let text = "\u{feff}PDF: \0 is NUL\r\n";
        assert_eq!(read(text.as_bytes(), None, PageKind::Exact).0, text);
    }

    #[test]
    fn markup_is_told_from_text() {
        let kind = |text: &str, media: Option<&str>| read(text.as_bytes(), media, PageKind::Unknown).1;
        assert_eq!(kind("\n<!-- saved --><!DOCTYPE html><p>x", None), PageKind::Html);
        assert_eq!(kind("<div class=a><p>One</p><p>Two</p></div>", None), PageKind::Html);
        assert_eq!(kind("He wrote <b>so</b> in a < b.", None), PageKind::Text);
        assert_eq!(kind("plain", Some("text/html")), PageKind::Html);
        assert_eq!(kind("plain", Some("text/plain; charset=utf-8")), PageKind::Text);
    }
}
