//! Tokens and sentences.
//!
//! A token is a run of letters, digits and underscores, or one other character that is not white
//! space: the units in which the scorers compare spans, so a boundary here is a boundary there.

mod sentence;
pub mod tag;

pub use sentence::sentences;

use crate::story::Story;
use crate::text::Span;

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

/// Cuts the story's paragraphs (those that are story) into tokens.
pub fn tokens(story: &Story) -> Vec<Token> {
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
