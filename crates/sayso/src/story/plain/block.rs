//! Lines of a text, put together into blocks: a paragraph, a heading, a button.
//!
//! A block is one line, except in a text wrapped by hand at some width, where a line that
//! breaks only because the next word did not fit goes on in the next line.

use crate::text::Span;
use std::borrow::Cow;

/// A run of lines that belong together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Its characters in the text, without white space at the edges.
    pub(super) span: Span,
    /// Its words; two ideographs count as one.
    pub(super) words: usize,
}

impl Block {
    /// The block's characters on one line.
    pub(super) fn line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let raw = self.span.slice(text);
        if !raw.contains(['\n', '\r']) {
            return Cow::Borrowed(raw);
        }
        Cow::Owned(
            raw.split(['\n', '\r']).map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" "),
        )
    }
}

/// One line that is not blank.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// Length in characters, of the trimmed line.
    length: usize,
    /// White space before it, in characters.
    indent: usize,
    /// Whether a blank line stands before it.
    after_gap: bool,
}

/// Cuts a text into blocks, in order.
pub(super) fn cut(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = wrapping_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let span = Span::new(line.start, line.start + line.text.len());
        let words = words(line.text);
        match blocks.last_mut().filter(|_| i > 0 && goes_on(&lines[i - 1], line, width)) {
            Some(block) => {
                block.span.end = span.end;
                block.words += words;
            }
            None => blocks.push(Block { span, words }),
        }
    }
    blocks
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut start, mut after_gap) = (0, false);
    for raw in text.split_inclusive(['\n', '\r']) {
        let trimmed = raw.trim_start();
        let before = &raw[..raw.len() - trimmed.len()];
        let line = trimmed.trim_end();
        if line.is_empty() {
            // The line feed after a carriage return ends no line of its own.
            after_gap |= !(raw == "\n" && text[..start].ends_with('\r'));
        } else {
            let (length, indent) = (line.chars().count(), before.chars().count());
            found.push(Line { start: start + before.len(), text: line, length, indent, after_gap });
            after_gap = false;
        }
        start += raw.len();
    }
    found
}

/// Nobody wraps wider than this.
const WIDEST: usize = 132;

/// Nor narrower; lists of short lines look wrapped at their longest.
const NARROWEST: usize = 40;

/// Of the breaks within blocks, the percentage that must be forced by the width.
const FORCED_PERCENT: usize = 60;

/// The width in characters at which the text was wrapped by hand, if it was.
fn wrapping_width(lines: &[Line]) -> Option<usize> {
    let width = lines.iter().map(|l| l.length + l.indent).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let inner = lines.windows(2).filter(|pair| !pair[1].after_gap);
    let (mut breaks, mut forced) = (0, 0);
    for pair in inner {
        breaks += 1;
        forced += usize::from(is_forced(&pair[0], &pair[1], width));
    }
    (forced > 0 && forced * 100 >= FORCED_PERCENT * breaks).then_some(width)
}

/// Whether the next line's first word would not have fitted on this one.
fn is_forced(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or("");
    // Wrappers differ by a few columns (a trailing space, a ragged edge made by hand).
    const SLACK: usize = 3;
    line.indent + line.length + 1 + word.chars().count() + SLACK > width
}

/// Shortest line that a sentence leaves to go on in the next without a wrapping width.
const SHORTEST_OPEN: usize = 30;

/// Whether `next` goes on with the block of `line`.
fn goes_on(line: &Line, next: &Line, width: Option<usize>) -> bool {
    if next.after_gap || next.indent > line.indent + 1 || begins_item(next.text) {
        return false;
    }
    let forced = width.is_some_and(|width| is_forced(line, next, width));
    let small = next.text.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')'));
    let open = line.length >= SHORTEST_OPEN && !ends_sentence(line.text);
    forced || small && open
}

/// Whether a line begins an item of a list.
fn begins_item(line: &str) -> bool {
    ["- ", "* ", "• ", "– ", "— ", "· "].iter().any(|bullet| line.starts_with(bullet))
}

/// Whether a line ends as a sentence does, closing marks aside.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closers = ['"', '\'', '”', '’', '»', ')', ']', '*', ' ', '\u{a0}'];
    line.trim_end_matches(closers).ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '۔'])
}

/// Words of a line; two ideographs count as one word.
fn words(line: &str) -> usize {
    let ideographs = line.chars().filter(|&c| ('\u{2e80}'..='\u{9fff}').contains(&c)).count();
    line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() + ideographs / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        cut(text).iter().map(|block| block.line(text).into_owned()).collect()
    }

    #[test]
    fn a_line_is_a_block() {
        assert_eq!(
            blocks("Home\nSport\n\nThe mayor said so.\r\nNobody else did.\r"),
            ["Home", "Sport", "The mayor said so.", "Nobody else did."]
        );
    }

    #[test]
    fn lines_wrapped_by_hand_are_joined() {
        let text = "The mayor said on Monday that the bridge\nhad been safe for years, and that nobody\nknew better.\n\n\
                    \"It is safe,\" she said, and added that\nher own son had crossed it on his way to\nschool.\n";
        assert_eq!(
            blocks(text),
            [
                "The mayor said on Monday that the bridge had been safe for years, and that nobody knew better.",
                "\"It is safe,\" she said, and added that her own son had crossed it on his way to school."
            ]
        );
    }

    #[test]
    fn an_indent_begins_a_paragraph_of_a_wrapped_text() {
        let text = "   The mayor said on Monday that bridges\nhad been safe for years, and that nobody\nknew better than she.\n   \
                    Nobody else in the council would say\nwhat they knew of the bridge.";
        assert_eq!(blocks(text).len(), 2);
    }

    #[test]
    fn a_sentence_that_is_not_over_goes_on_in_small_letters() {
        assert_eq!(
            blocks("The bridge over the river is safe, the mayor\nsaid.\nMenu"),
            ["The bridge over the river is safe, the mayor said.", "Menu"]
        );
    }
}
