//! Tokens and sentences.
//!
//! A token is a run of letters, digits and underscores, or one other character that is not white
//! space: the units in which the scorers compare spans, so a boundary here is a boundary there.

mod sentence;

use crate::story::Story;
use crate::text::Span;
use std::borrow::Cow;

/// The tokens of one story: made once, handed to every stage.
pub struct Tokens<'s> {
    /// The story.
    pub story: &'s Story,
    /// Its text.
    pub text: &'s str,
    /// Its tokens, in order.
    pub list: Vec<Token>,
    /// Its sentences, which tile the tokens.
    pub sentences: Vec<Sentence>,
    /// Every token in lower case.
    low: Vec<Cow<'s, str>>,
}

/// One token of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Whether it is a word or number rather than a mark.
    pub is_word: bool,
    /// Index of the paragraph it stands in.
    pub paragraph: u32,
}

/// A sentence: tokens `[start, end)` of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of the first token.
    pub start: u32,
    /// One past the index of the last token.
    pub end: u32,
}

/// Cuts a story into tokens and sentences. One in another language than English has none.
pub fn read(story: &Story) -> Tokens<'_> {
    let list = if story.is_english() { tokens(story) } else { Vec::new() };
    let sentences = sentence::sentences(&story.text, &list);
    let low = list.iter().map(|t| lower(t.span.slice(&story.text))).collect();
    Tokens { story, text: &story.text, list, sentences, low }
}

/// Cuts the story's paragraphs (those that are story) into tokens.
fn tokens(story: &Story) -> Vec<Token> {
    let mut found = Vec::with_capacity(story.text.len() / 5);
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, p)| p.kind.is_story()) {
        let base = paragraph.span.start as usize;
        cut(paragraph.span.slice(&story.text), |start, end, is_word| {
            found.push(Token { span: Span::new(base + start, base + end), is_word, paragraph: index as u32 });
        });
    }
    found
}

/// Cuts `text` into tokens, giving the start and end byte of each and whether it is a word.
pub fn cut(text: &str, mut emit: impl FnMut(usize, usize, bool)) {
    let mut word: Option<usize> = None;
    for (i, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            word.get_or_insert(i);
            continue;
        }
        if let Some(start) = word.take() {
            emit(start, i, true);
        }
        if !c.is_whitespace() {
            emit(i, i + c.len_utf8(), false);
        }
    }
    if let Some(start) = word {
        emit(start, text.len(), true);
    }
}

impl<'s> Tokens<'s> {
    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Token `i` as printed; empty past the end.
    pub(crate) fn raw(&self, i: usize) -> &'s str {
        self.list.get(i).map_or("", |t| t.span.slice(self.text))
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
        match (self.list.get(i), self.list.get(j)) {
            (Some(a), Some(b)) => a.paragraph == b.paragraph,
            _ => false,
        }
    }

    /// Whether token `i` begins where the one before ends, with no space between.
    pub(crate) fn is_glued(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.list[i - 1].span.end == self.list[i].span.start
    }

    /// Whether the first letter of token `i` is a capital.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether token `i` is a word, not a mark.
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.is_word)
    }

    /// The span of tokens `[start, end)`, which may not be empty.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.list[start].span.start, end: self.list[end - 1].span.end }
    }

    /// Whether the tokens from `i` on are these, in lower case, within one paragraph.
    pub(crate) fn matches(&self, i: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(k, w)| self.low(i + k) == *w)
            && (phrase.len() < 2 || self.same_paragraph(i, i + phrase.len() - 1))
    }

    /// The tokens that a span touches, `[start, end)`.
    pub(crate) fn touched(&self, span: Span) -> (usize, usize) {
        let start = self.list.partition_point(|t| t.span.end <= span.start);
        let end = self.list.partition_point(|t| t.span.start < span.end);
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
