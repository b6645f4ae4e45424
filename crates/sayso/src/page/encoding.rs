//! The encoding of a page's bytes.
//!
//! The order of belief: a byte order mark; the look of UTF-16 and UTF-32; bytes that are valid
//! UTF-8, whatever is declared (other encodings hardly ever are, by accident); the charset that
//! the carrier, then the page, declares, if the bytes allow it; a guess by chardetng (Sivonen,
//! "chardetng: A More Compact Character Encoding Detector for the Legacy Web", 2020).

use super::PageKind;
use encoding_rs::{
    Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED,
};
use std::borrow::Cow;

/// A text and what to tell of how it was decoded.
type Read<'b> = (Cow<'b, str>, Option<String>);

/// Bytes in which a page's own declaration is looked for. The standard says 1,024; pages with a
/// long head put it later, and the price of looking on is nothing.
const PRESCAN: usize = 8192;

/// Bytes from which the encoding is guessed. The detector reads some 30 MB a second.
const GUESS_FROM: usize = 1 << 20;

/// A text is broken UTF-8, rather than something else, when it has so many times more
/// characters encoded well than sequences encoded badly.
const WELL_PER_BROKEN: usize = 20;

/// Decodes an exact page, which is UTF-8.
pub(super) fn exact(bytes: &[u8]) -> Read<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => lossy(bytes),
    }
}

/// Decodes a page. `media_type` is the carrier's `Content-Type`.
pub(super) fn decode<'b>(bytes: &'b [u8], media_type: Option<&str>, kind: PageKind) -> Read<'b> {
    if let Some(read) = marked(bytes) {
        return read;
    }
    if let Some(wide) = Wide::sniff(bytes) {
        return (wide.decode(bytes).into(), Some(format!("charset: none declared; read as {}", wide.name())));
    }
    let declared = declaration(bytes, media_type, kind);
    match std::str::from_utf8(bytes) {
        Ok(text) => valid(text, declared),
        Err(_) => invalid(bytes, declared),
    }
}

/// The text with the control characters U+0080 to U+009F as the marks they once were: bytes of windows-1252
/// that something took for Latin-1 on their way into the text. No text holds such controls on purpose.
pub(super) fn without_controls(text: Cow<'_, str>) -> Read<'_> {
    let is_control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    let count = text.chars().filter(|c| is_control(*c)).count();
    if count == 0 {
        return (text, None);
    }
    let mend = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) if is_control(c) => {
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c)
        }
        _ => c,
    };
    let notice = format!("charset: {count} control characters read as the marks they are in windows-1252");
    (text.chars().map(mend).collect::<String>().into(), Some(notice))
}

/// Whether the bytes look like UTF-16 or UTF-32, marked or not; their NULs are then letters.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || bytes.starts_with(b"\0\0\xfe\xff")
        || Wide::sniff(bytes).is_some()
}

/// Decodes bytes that begin with a byte order mark.
fn marked(bytes: &[u8]) -> Option<Read<'_>> {
    for (mark, wide) in
        [(&b"\xff\xfe\0\0"[..], Wide::Utf32 { big: false }), (b"\0\0\xfe\xff", Wide::Utf32 { big: true })]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return Some((wide.decode(rest).into(), None));
        }
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = &bytes[length..];
    if encoding == UTF_8 {
        return Some(exact(rest));
    }
    Some((encoding.decode_without_bom_handling(rest).0, None))
}

/// Text that is valid UTF-8.
fn valid<'b>(text: &'b str, declared: Option<Declared>) -> Read<'b> {
    let Some(declared) = declared else { return (Cow::Borrowed(text), None) };
    // The shifts of ISO-2022-JP are ASCII, and so always valid UTF-8.
    if declared.encoding == ISO_2022_JP && text.contains('\x1b') {
        return (ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0.into_owned().into(), None);
    }
    let agrees = declared.encoding == UTF_8 || text.is_ascii();
    let notice =
        (!agrees).then(|| format!("charset: {declared} but the bytes are valid UTF-8; read as UTF-8"));
    (Cow::Borrowed(text), notice)
}

/// Bytes that are not valid UTF-8.
fn invalid(bytes: &[u8], declared: Option<Declared>) -> Read<'_> {
    if is_broken_utf8(bytes) {
        return lossy(bytes);
    }
    if let Some(declared) = declared.as_ref().filter(|d| d.encoding != UTF_8)
        && let Some(text) = declared.encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return (text, None);
    }
    let guessed = guess(bytes);
    let text = guessed.decode_without_bom_handling(bytes).0;
    let notice = match declared {
        Some(declared) => {
            format!("charset: {declared} but the bytes are not; read as {}, a guess", guessed.name())
        }
        None => format!("charset: none declared; read as {}, a guess", guessed.name()),
    };
    (text, Some(notice))
}

fn lossy(bytes: &[u8]) -> Read<'_> {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let plural = if broken == 1 { "" } else { "s" };
    let notice = format!("charset: UTF-8 with {broken} broken byte sequence{plural}, shown as U+FFFD");
    (String::from_utf8_lossy(bytes), Some(notice))
}

/// Whether bytes are UTF-8 with a few errors (a page cut within a character, a stray byte).
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut well, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        well += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    well >= WELL_PER_BROKEN * broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESS_FROM)], bytes.len() <= GUESS_FROM);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// A charset that somebody declared.
struct Declared {
    encoding: &'static Encoding,
    by: &'static str,
}

impl std::fmt::Display for Declared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "declared {} ({})", self.encoding.name(), self.by)
    }
}

/// The charset declared by the carrier, else by the page itself.
fn declaration(bytes: &[u8], media_type: Option<&str>, kind: PageKind) -> Option<Declared> {
    let carrier = media_type.and_then(|m| encoding_named(charset(m.to_ascii_lowercase().as_bytes())?));
    if let Some(encoding) = carrier {
        return Some(Declared { encoding, by: "Content-Type" });
    }
    if kind == PageKind::Text {
        return None;
    }
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let xml = || Some(Declared { encoding: ascii_superset(xml_declaration(head)?), by: "XML declaration" });
    let meta = || Some(Declared { encoding: ascii_superset(meta_element(head)?), by: "meta element" });
    meta().or_else(xml)
}

/// A declaration that could be read byte by byte is not in UTF-16, whatever it says.
fn ascii_superset(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding }
}

fn encoding_named(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    if encoding == X_USER_DEFINED {
        return Some(WINDOWS_1252);
    }
    (encoding != REPLACEMENT).then_some(encoding)
}

/// The first `<meta>` with a charset, outside comments.
fn meta_element(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &head[at..]) {
        at += next;
        if head[at..].starts_with(b"<!--") {
            at += memchr::memmem::find(&head[at..], b"-->")?;
        } else if head[at..].starts_with(b"<meta") {
            let end = memchr::memchr(b'>', &head[at..])?;
            if let Some(encoding) = charset(&head[at..at + end]).and_then(encoding_named) {
                return Some(encoding);
            }
            at += end;
        } else {
            at += 1;
        }
    }
    None
}

fn xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.trim_ascii_start();
    let end = memchr::memmem::find(head.strip_prefix(b"<?xml")?, b"?>")?;
    encoding_named(value_after(&head[..end + 5], b"encoding")?)
}

/// The value of `charset=` in a media type or a `<meta>`, in small letters.
fn charset(text: &[u8]) -> Option<&[u8]> {
    value_after(text, b"charset")
}

/// The value, quoted or not, given to `name` in `text`.
fn value_after<'t>(text: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    memchr::memmem::find_iter(text, name).find_map(|at| {
        let rest = text[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| b.is_ascii_whitespace() || b"\"';/>?".contains(b));
        Some(&rest[..end.unwrap_or(rest.len())]).filter(|value| !value.is_empty())
    })
}

/// Encodings whose letters are two or four bytes wide.
#[derive(Clone, Copy)]
enum Wide {
    Utf16 { big: bool },
    Utf32 { big: bool },
}

impl Wide {
    /// Tells unmarked UTF-16 and UTF-32 by where the NULs stand: spaces, digits and stops have
    /// them in any script, always in the same half of the letter.
    fn sniff(bytes: &[u8]) -> Option<Wide> {
        const SAMPLE: usize = 4096;
        let sample = &bytes[..bytes.len().min(SAMPLE) / 4 * 4];
        let mut nuls = [0usize; 4];
        for (i, _) in sample.iter().enumerate().filter(|(_, b)| **b == 0) {
            nuls[i % 4] += 1;
        }
        let quads = sample.len() / 4;
        if quads == 0 {
            return None;
        }
        // Every plane of Unicode leaves the top byte of four empty.
        for (top, big) in [(3, false), (0, true)] {
            if nuls[top] == quads && nuls[if big { 1 } else { 2 }] * 10 >= quads * 9 {
                return Some(Wide::Utf32 { big });
            }
        }
        let (even, odd) = (nuls[0] + nuls[2], nuls[1] + nuls[3]);
        // A tenth of the letters: less than the share of spaces and stops in any running text.
        let enough = sample.len() / 2 / 10;
        let found = [(odd, even, false), (even, odd, true)].into_iter();
        let mut found = found.filter(|&(high, low, _)| high > enough && low * 50 <= high);
        found.next().map(|(_, _, big)| Wide::Utf16 { big })
    }

    fn name(self) -> &'static str {
        match self {
            Wide::Utf16 { big: false } => "UTF-16LE",
            Wide::Utf16 { big: true } => "UTF-16BE",
            Wide::Utf32 { big: false } => "UTF-32LE",
            Wide::Utf32 { big: true } => "UTF-32BE",
        }
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Wide::Utf16 { big: false } => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
            Wide::Utf16 { big: true } => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
            Wide::Utf32 { big } => bytes
                .chunks(4)
                .map(|quad| {
                    let Ok(quad) = <[u8; 4]>::try_from(quad) else { return char::REPLACEMENT_CHARACTER };
                    let code = if big { u32::from_be_bytes(quad) } else { u32::from_le_bytes(quad) };
                    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                })
                .collect(),
        }
    }
}
