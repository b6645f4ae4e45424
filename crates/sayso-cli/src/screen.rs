//! The terminal: its width, its colours, and text made safe to show on it.

use std::borrow::Cow;
use std::fmt::Display;
use unicode_width::UnicodeWidthStr;

/// A terminal to be written for.
pub(crate) struct Screen {
    /// Columns.
    pub(crate) width: usize,
    coloured: bool,
}

/// What a text is, which its colour repeats; nothing is told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As it is.
    Plain,
    /// Who speaks; the headline.
    Strong,
    /// The words that signal the statement.
    Cue,
    /// Figures.
    Figure,
    /// Numbers and labels.
    Faint,
}

impl Screen {
    /// A terminal of `width` columns.
    pub(crate) fn new(width: usize, coloured: bool) -> Screen {
        Screen { width, coloured }
    }

    /// The text in its colour, where there are colours.
    pub(crate) fn paint<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        // The terminal's own colours, so that its owner's choice of background is kept.
        let code = match ink {
            Ink::Plain => return Cow::Borrowed(text),
            Ink::Strong => "1",
            Ink::Cue => "33",
            Ink::Figure => "36",
            Ink::Faint => "2",
        };
        if self.coloured && !text.is_empty() {
            Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// A count with its noun: "1 story", "3 stories".
pub(crate) fn count<N: Display + From<bool> + PartialEq>(n: N, one: &str, many: &str) -> String {
    let noun = if n == N::from(true) { one } else { many };
    format!("{n} {noun}")
}

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `width` columns (at least one), broken at blanks, and within words
/// only where a word is longer than a line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, textwrap::Options::new(width.max(1))).into_iter().map(Cow::into_owned).collect()
}

/// The text with blanks behind it up to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(self::width(text))))
}

/// The text on one line, without what a terminal would obey instead of showing it: a page must not
/// move the cursor, set the window's title or turn the reading direction of what stands after it.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            c if c.is_control() || is_direction(c) => clean.push(char::REPLACEMENT_CHARACTER),
            c => clean.push(c),
        }
    }
    clean
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode, annex 9).
fn is_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_for_the_terminal_to_obey() {
        assert_eq!(clean("a\x1b[2Jb\x07\u{9b}c\u{202e}d"), "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d");
        assert_eq!(clean("two\r\n\tlines\u{a0}here"), "two lines here");
    }

    #[test]
    fn width_is_that_of_the_screen() {
        assert_eq!(wrap("東京の市長は述べた", 6), ["東京の", "市長は", "述べた"]);
        assert_eq!(pad("é東", 4), "é東 ");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 0).len(), 11);
    }

    #[test]
    fn colour_is_only_where_asked() {
        assert_eq!(Screen::new(80, false).paint(Ink::Strong, "Ruiz"), "Ruiz");
        assert_eq!(Screen::new(80, true).paint(Ink::Strong, "Ruiz"), "\x1b[1mRuiz\x1b[0m");
    }
}
