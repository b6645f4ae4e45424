//! The story's tokens with what the finder's rules ask of them: word class, cue entry,
//! quotation. Made once a story.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::cue::{self, Entry};
use crate::quotation::Quotation;
use crate::story::Story;
use crate::text::Span;
use crate::token::{Sentence, Token};

/// Word classes, as far as a closed list and the spelling tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    Determiner,
    Pronoun,
    Object,
    Relative,
    Question,
    That,
    Be,
    Have,
    Do,
    Modal,
    Not,
    To,
    Of,
    By,
    Preposition,
    Conjunction,
    Subordinate,
    Adverb,
    Day,
    /// Capitalised, and no word of the lists above.
    Name,
    Number,
    /// Any other word in lower case.
    Word,
    /// An apostrophe, or the letters after one: `'s`, `n't`.
    Clitic,
    Comma,
    /// Full stop, question mark, exclamation mark, ellipsis that ends a sentence.
    Stop,
    /// Full stop inside a sentence: of an abbreviation or initial.
    Dot,
    Colon,
    Quote,
    /// Dash, hyphen, slash.
    Dash,
    Mark,
    /// Beyond the sentence.
    Edge,
}

static CLASSES: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("../../data/function-words.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let class = match fields.next() {
            Some("determiner") => Class::Determiner,
            Some("pronoun") => Class::Pronoun,
            Some("object") => Class::Object,
            Some("relative") => Class::Relative,
            Some("question") => Class::Question,
            Some("that") => Class::That,
            Some("be") => Class::Be,
            Some("have") => Class::Have,
            Some("do") => Class::Do,
            Some("modal") => Class::Modal,
            Some("not") => Class::Not,
            Some("to") => Class::To,
            Some("of") => Class::Of,
            Some("by") => Class::By,
            Some("preposition") => Class::Preposition,
            Some("conjunction") => Class::Conjunction,
            Some("subordinate") => Class::Subordinate,
            Some("adverb") => Class::Adverb,
            Some("day") => Class::Day,
            _ => continue,
        };
        for word in fields {
            words.entry(word).or_insert(class);
        }
    }
    words
});

/// Longest word looked up in the lists, in bytes; none of theirs is longer.
const LONGEST_WORD: usize = 24;

/// The story's tokens, ready to be read by rules. All indices are of tokens.
pub(super) struct Words<'s> {
    text: &'s str,
    tokens: &'s [Token],
    pub(super) classes: Vec<Class>,
    /// The cue entry of each token, where it has one.
    pub(super) entries: Vec<Option<&'static Entry>>,
    /// The quotation that holds each token, by index.
    pub(super) quoted: Vec<Option<usize>>,
    /// Tokens `[start, end)` of each quotation.
    pub(super) quotations: Vec<(usize, usize)>,
    /// Whether each quotation goes on in the next.
    pub(super) continues: Vec<bool>,
    /// Tokens `[start, end)` of each sentence.
    pub(super) sentences: Vec<(usize, usize)>,
}

impl<'s> Words<'s> {
    pub(super) fn new(
        story: &'s Story,
        tokens: &'s [Token],
        sentences: &[Sentence],
        quotations: &[Quotation],
    ) -> Words<'s> {
        let text = story.text.as_str();
        let mut words = Words {
            text,
            tokens,
            classes: Vec::with_capacity(tokens.len()),
            entries: Vec::with_capacity(tokens.len()),
            quoted: vec![None; tokens.len()],
            quotations: Vec::with_capacity(quotations.len()),
            continues: quotations.iter().map(|q| q.continues).collect(),
            sentences: sentences.iter().flat_map(|s| pieces(s.start as usize, s.end as usize)).collect(),
        };
        for (i, token) in tokens.iter().enumerate() {
            let mut buffer = [0; LONGEST_WORD];
            let lower = lower(token.span.slice(text), &mut buffer);
            let class = words.class(i, lower);
            words.classes.push(class);
            words.entries.push(cue::entry(lower));
        }
        words.place_quotations(quotations);
        words.find_dots();
        words
    }

    /// A full stop with words of its sentence after it ends nothing.
    fn find_dots(&mut self) {
        for &(start, end) in &self.sentences {
            let Some(last) = (start..end).rev().find(|&i| self.tokens[i].is_word) else { continue };
            for class in self.classes[start..last].iter_mut().filter(|class| **class == Class::Stop) {
                *class = Class::Dot;
            }
        }
    }

    fn place_quotations(&mut self, quotations: &[Quotation]) {
        let mut at = 0;
        for (index, quotation) in quotations.iter().enumerate() {
            while at < self.tokens.len() && self.tokens[at].span.start < quotation.span.start {
                at += 1;
            }
            let start = at;
            while at < self.tokens.len() && self.tokens[at].span.start < quotation.span.end {
                self.quoted[at] = Some(index);
                at += 1;
            }
            self.quotations.push((start, at));
        }
    }

    fn class(&self, i: usize, lower: &str) -> Class {
        let word = self.word(i);
        if !self.tokens[i].is_word {
            let digit = |i: usize| self.word(i).starts_with(|c: char| c.is_ascii_digit());
            return match word {
                // "10,000", "3.5"
                "," | "." if i > 0 && digit(i - 1) && digit(i + 1) && self.touches_word(i) => Class::Number,
                "," => Class::Comma,
                "." | "!" | "?" | "…" => Class::Stop,
                ":" => Class::Colon,
                "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "`" => Class::Quote,
                "'" | "’" if self.touches_word(i) => Class::Clitic,
                "'" | "’" => Class::Quote,
                "-" | "–" | "—" | "―" | "/" => Class::Dash,
                _ => Class::Mark,
            };
        }
        if i > 0 && self.classes[i - 1] == Class::Clitic && self.touches(i - 1) && !self.tokens[i - 1].is_word
        {
            return Class::Clitic;
        }
        if let Some(&class) = CLASSES.get(lower) {
            // "US", "IT" are names, "May" is one more often than a modal.
            let named = word.len() > 1 && word.chars().all(char::is_uppercase) || word == "May" && i > 0;
            return if named { Class::Name } else { class };
        }
        let first = word.chars().next().unwrap_or(' ');
        if first.is_numeric() {
            Class::Number
        } else if first.is_uppercase() {
            Class::Name
        } else if lower.len() > 4 && lower.ends_with("ly") {
            Class::Adverb
        } else {
            Class::Word
        }
    }

    /// Whether the apostrophe at `i` joins two parts of a word.
    fn touches_word(&self, i: usize) -> bool {
        let before = i > 0 && self.tokens[i - 1].is_word && self.touches(i - 1);
        let after = self.tokens.get(i + 1).is_some_and(|t| t.is_word) && self.touches(i);
        before && after
    }

    /// The characters of token `i`.
    pub(super) fn word(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| t.span.slice(self.text))
    }

    /// Whether token `i` is this word, in any case.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether token `i` is one of these words, in any case.
    pub(super) fn is_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.is(i, w))
    }

    /// Whether the next token follows token `i` without white space.
    pub(super) fn touches(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_some_and(|next| next.span.start == self.tokens[i].span.end)
    }

    /// The class of token `i`; an edge beyond the tokens `[start, end)`.
    pub(super) fn class_in(&self, (start, end): (usize, usize), i: Option<usize>) -> Class {
        i.filter(|&i| start <= i && i < end).map_or(Class::Edge, |i| self.classes[i])
    }

    /// The paragraph of token `i`.
    pub(super) fn paragraph(&self, i: usize) -> u32 {
        self.tokens[i].paragraph
    }

    /// The characters of tokens `[start, end)`.
    pub(super) fn span(&self, (start, end): (usize, usize)) -> Span {
        Span { start: self.tokens[start].span.start, end: self.tokens[end - 1].span.end }
    }
}

/// Longest sentence, in tokens, that the rules look at as one: they look at a sentence once a cue, and
/// what is longer is no sentence but a list or a table.
const LONGEST_SENTENCE: usize = 400;

/// Tokens `[start, end)` in pieces of at most [`LONGEST_SENTENCE`].
fn pieces(start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
    (start..end).step_by(LONGEST_SENTENCE).map(move |at| (at, end.min(at + LONGEST_SENTENCE)))
}

/// The word in lower case; a word too long for any list as nothing.
fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> &'b str {
    let Some(room) = buffer.get_mut(..word.len()) else { return "" };
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    std::str::from_utf8(room).unwrap_or("")
}
