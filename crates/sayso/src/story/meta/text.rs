//! White space and entities in the strings that pages give for headlines and names.

use super::super::escape;
use std::borrow::Cow;

/// Appends `text` with each run of white space as one space. `at_break` is whether the last
/// character written was white space (or nothing was written), and is kept for the next piece.
pub(super) fn fold_into(out: &mut String, text: &str, at_break: &mut bool) {
    for c in text.chars() {
        if c.is_whitespace() || is_filler(c) {
            if !*at_break && c.is_whitespace() {
                out.push(' ');
                *at_break = true;
            }
        } else {
            out.push(c);
            *at_break = false;
        }
    }
}

/// Characters that take no room and separate nothing: soft hyphens, zero-width spaces and marks.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
        || (c.is_control() && !c.is_whitespace())
}

/// A value from an attribute or script as a reader would see it: entities that were encoded
/// twice decoded, tags taken out, white space folded.
pub(super) fn clean(value: &str) -> String {
    let mut decoded = Cow::Borrowed(value);
    // Twice: some pages encode "&amp;amp;#039;".
    for _ in 0..2 {
        if !decoded.contains('&') {
            break;
        }
        decoded = Cow::Owned(html_escape::decode_html_entities(&decoded).into_owned());
    }
    let mut out = String::with_capacity(decoded.len());
    fold_into(&mut out, &without_tags(&decoded), &mut true);
    out.truncate(out.trim_end().len());
    out
}

/// A text of the page's own as a reader would see it: entities that were encoded twice decoded, white
/// space folded.
pub(super) fn printed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(&mut out, &escape::decoded(text), &mut true);
    out.truncate(out.trim_end().len());
    out
}

/// The value without what looks like HTML tags. A bare `<` stays.
fn without_tags(value: &str) -> Cow<'_, str> {
    if !value.contains('<') || !value.contains('>') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(open) = rest.find('<') {
        let after = &rest[open + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.find('>').filter(|_| is_tag) {
            Some(close) => {
                out.push_str(&rest[..open]);
                rest = &after[close + 1..];
            }
            None => {
                out.push_str(&rest[..=open]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
