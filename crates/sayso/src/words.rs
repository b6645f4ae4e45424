//! The story's tokens as a reader of lexicons sees them: lower-cased, with what touches what.

use std::borrow::Cow;

use crate::story::Story;
use crate::text::Span;
use crate::token::Token;

/// The tokens of one story with their lower-cased forms.
pub(crate) struct Words<'s> {
    /// The story's text.
    pub(crate) text: &'s str,
    /// Its tokens.
    pub(crate) tokens: &'s [Token],
    low: Vec<Cow<'s, str>>,
}

impl<'s> Words<'s> {
    /// Lower-cases every token once.
    pub(crate) fn new(story: &'s Story, tokens: &'s [Token]) -> Words<'s> {
        let low = tokens.iter().map(|t| lower(t.span.slice(&story.text))).collect();
        Words { text: &story.text, tokens, low }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Token `i` as printed; empty past the end.
    pub(crate) fn raw(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| t.span.slice(self.text))
    }

    /// Token `i` in lower case, curly apostrophes made straight; empty past the end.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.low.get(i).map_or("", |w| w.as_ref())
    }

    /// The token before `i` in lower case; empty at the start of a paragraph.
    pub(crate) fn low_before(&self, i: usize) -> &str {
        if i > 0 && self.same_paragraph(i - 1, i) { self.low(i - 1) } else { "" }
    }

    /// Whether tokens `i` and `j` both exist and stand in one paragraph.
    pub(crate) fn same_paragraph(&self, i: usize, j: usize) -> bool {
        match (self.tokens.get(i), self.tokens.get(j)) {
            (Some(a), Some(b)) => a.paragraph == b.paragraph,
            _ => false,
        }
    }

    /// Whether token `i` begins where the one before ends, with no space between.
    pub(crate) fn is_glued(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.tokens[i - 1].span.end == self.tokens[i].span.start
    }

    /// Whether the first letter of token `i` is a capital.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether token `i` is a word, not a mark.
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_word)
    }

    /// The span of tokens `[start, end)`, which may not be empty.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.tokens[start].span.start, end: self.tokens[end - 1].span.end }
    }

    /// Whether the tokens from `i` on are these, in lower case, within one paragraph.
    pub(crate) fn matches(&self, i: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(k, w)| self.low(i + k) == *w)
            && (phrase.len() < 2 || self.same_paragraph(i, i + phrase.len() - 1))
    }

    /// The tokens that a span touches, `[start, end)`.
    pub(crate) fn touched(&self, span: Span) -> (usize, usize) {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        (start, end.max(start))
    }
}

/// Lower case with straight apostrophes; borrows where nothing changes.
fn lower(word: &str) -> Cow<'_, str> {
    if word == "’" || word == "‘" {
        Cow::Borrowed("'")
    } else if word.chars().any(char::is_uppercase) {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}
