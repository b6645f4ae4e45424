//! What the trained models are told of a token, beside the words about it.
//!
//! Training and use call the same functions: `train/` dumps what they give through the example
//! `features`, so a change here calls for new weights.

mod pieces;

pub use pieces::Vocabulary;

use crate::quotation::Quotation;
use crate::token::{Token, Tokens};

/// The features of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Where it stands in a quotation.
    pub quotation: Place,
    /// How it is written.
    pub shape: Shape,
    /// What begins with it.
    pub boundary: Boundary,
    /// Whether white space, or nothing, stands before it.
    pub gap: bool,
    /// Index of its sentence.
    pub sentence: u32,
    /// Ordinal of its paragraph among those that hold tokens.
    pub paragraph: u32,
}

/// Where a token stands in a quotation. The numbers are rows of the models' tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// In none.
    Outside = 0,
    /// It is the opening mark, or a part of one.
    Opening = 1,
    /// Between the marks.
    Inside = 2,
    /// It is the closing mark, or a part of one.
    Closing = 3,
    /// After the mark of a quotation that is never closed.
    Unclosed = 4,
}

/// How a token is written. The numbers are rows of the models' tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// No capital and no digit.
    Lower = 0,
    /// One capital, then small letters.
    Title = 1,
    /// Capitals only, two or more.
    Upper = 2,
    /// A single capital.
    Initial = 3,
    /// Capitals elsewhere.
    Mixed = 4,
    /// Digits only.
    Number = 5,
    /// Digits among other characters.
    Digits = 6,
    /// Not a word.
    Mark = 7,
}

/// What begins with a token. The numbers are rows of the models' tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Boundary {
    /// Nothing.
    None = 0,
    /// A sentence, but no paragraph.
    Sentence = 1,
    /// A paragraph.
    Paragraph = 2,
}

/// The features of every token of a story.
pub fn features(tokens: &Tokens<'_>, quotations: &[Quotation]) -> Vec<Features> {
    let places = places(tokens.text, &tokens.list, quotations);
    let mut found: Vec<Features> = Vec::with_capacity(tokens.len());
    for (index, sentence) in tokens.sentences.iter().enumerate() {
        for i in sentence.start..sentence.end {
            let i = i as usize;
            let token = &tokens.list[i];
            let before = i.checked_sub(1).map(|p| &tokens.list[p]);
            let same = before.is_some_and(|b| b.paragraph == token.paragraph);
            let ordinal = found.last().map_or(0, |f| f.paragraph + u32::from(!same));
            found.push(Features {
                quotation: places[i],
                shape: Shape::of(token.span.slice(tokens.text)),
                boundary: match (same, i == sentence.start as usize) {
                    (false, _) => Boundary::Paragraph,
                    (true, true) => Boundary::Sentence,
                    (true, false) => Boundary::None,
                },
                gap: before.is_none_or(|b| b.span.end < token.span.start),
                sentence: index as u32,
                paragraph: ordinal,
            });
        }
    }
    found
}

/// The tokens of each quotation, as indices `[start, end)`.
pub fn quoted_tokens(tokens: &[Token], quotations: &[Quotation]) -> Vec<(usize, usize)> {
    let mut found = Vec::with_capacity(quotations.len());
    let mut at = 0;
    for quotation in quotations {
        at += tokens[at..].partition_point(|t| t.span.end <= quotation.span.start);
        let length = tokens[at..].partition_point(|t| t.span.start < quotation.span.end);
        found.push((at, at + length));
        at += length;
    }
    found
}

/// Where every token stands in the quotations.
fn places(text: &str, tokens: &[Token], quotations: &[Quotation]) -> Vec<Place> {
    let mut places = vec![Place::Outside; tokens.len()];
    let is_mark = |i: usize| is_quotation_mark(tokens[i].span.slice(text));
    let twins = |i: usize| tokens[i].span.end == tokens[i + 1].span.start && is_mark(i) && is_mark(i + 1);
    for (start, end) in quoted_tokens(tokens, quotations) {
        if start == end {
            continue;
        }
        let closed = end - start > 1 && is_mark(end - 1);
        places[start..end].fill(if closed { Place::Inside } else { Place::Unclosed });
        places[start] = Place::Opening;
        if start + 2 < end && twins(start) && !is_double(tokens[start].span.slice(text)) {
            places[start + 1] = Place::Opening;
        }
        if closed {
            places[end - 1] = Place::Closing;
            if start + 2 < end && twins(end - 2) && !is_double(tokens[end - 1].span.slice(text)) {
                places[end - 2] = Place::Closing;
            }
        }
    }
    places
}

/// Whether a token is one of the marks that open or close quotations.
fn is_quotation_mark(token: &str) -> bool {
    is_double(token) || matches!(token, "'" | "‘" | "’" | "‚" | "‹" | "›" | "`")
}

/// Whether a mark is a double one by itself.
fn is_double(token: &str) -> bool {
    matches!(token, "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "＂" | "″")
}

impl Shape {
    /// The shape of a token's characters.
    pub fn of(token: &str) -> Shape {
        let mut capitals = 0;
        let (mut digits, mut others) = (0, 0);
        let mut first_capital = false;
        for (i, c) in token.chars().enumerate() {
            if c.is_uppercase() {
                capitals += 1;
                first_capital |= i == 0;
            } else if c.is_numeric() {
                digits += 1;
            } else if c.is_alphabetic() || c == '_' {
                others += 1;
            } else {
                return Shape::Mark;
            }
        }
        match (capitals, digits, others) {
            (0, 1.., 0) => Shape::Number,
            (_, 1.., _) => Shape::Digits,
            (0, 0, _) => Shape::Lower,
            (1, 0, 0) => Shape::Initial,
            (_, 0, 0) => Shape::Upper,
            (1, 0, _) if first_capital => Shape::Title,
            _ => Shape::Mixed,
        }
    }
}

/// Rows of the table of whole words that `fast` reads.
pub const WORD_BUCKETS: u64 = 32_768;

/// Rows of each of its tables of word beginnings and endings.
pub const AFFIX_BUCKETS: u64 = 8_192;

/// Rows of a token in the tables of `fast`: the whole word, its first three characters, its last
/// three, its last two, in lower case. `lower` is scratch space.
pub fn buckets(token: &str, lower: &mut String) -> [u32; 4] {
    lower.clear();
    lower.extend(token.chars().flat_map(char::to_lowercase));
    let start_of = |n: usize| lower.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i);
    let beginning = lower.char_indices().nth(3).map_or(lower.len(), |(i, _)| i);
    let row = |mark: u8, part: &str, rows: u64| (fnv1a(mark, part.as_bytes()) % rows) as u32;
    [
        row(b'=', lower, WORD_BUCKETS),
        row(b'<', &lower[..beginning], AFFIX_BUCKETS),
        row(b'>', &lower[start_of(3)..], AFFIX_BUCKETS),
        row(b'+', &lower[start_of(2)..], AFFIX_BUCKETS),
    ]
}

/// FNV-1a, 64 bits, of `mark` and then `bytes`.
fn fnv1a(mark: u8, bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    std::iter::once(&mark).chain(bytes).fold(BASIS, |h, &b| (h ^ u64::from(b)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::{quotation, story, token};

    fn read(text: &str) -> Vec<Features> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        features(&tokens, &quotation::find(&tokens))
    }

    fn places(text: &str) -> Vec<u8> {
        read(text).iter().map(|f| f.quotation as u8).collect()
    }

    #[test]
    fn shapes() {
        let shape = |t| Shape::of(t) as u8;
        assert_eq!(["go", "Go", "GO", "G", "iGo", "12", "B52", ","].map(shape), [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn places_in_quotations() {
        assert_eq!(places("He: \"Go on,\" so."), [0, 0, 1, 2, 2, 2, 3, 0, 0]);
        assert_eq!(places("''Go'' so"), [1, 1, 2, 3, 3, 0]);
        assert_eq!(places("“Go on.\n\n“Now,” he."), [1, 4, 4, 4, 1, 2, 2, 3, 0, 0]);
    }

    #[test]
    fn boundaries_gaps_and_counts() {
        let found = read("It works. It can't.\n\nSo be it.");
        let boundaries: Vec<u8> = found.iter().map(|f| f.boundary as u8).collect();
        assert_eq!(boundaries, [2, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0]);
        let gaps: Vec<bool> = found.iter().map(|f| f.gap).collect();
        let expected = [1, 1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0].map(|g| g == 1);
        assert_eq!(gaps, expected);
        assert_eq!((found[3].sentence, found[8].sentence, found[8].paragraph), (1, 2, 1));
    }

    #[test]
    fn buckets_ignore_case_and_keep_parts_apart() {
        let mut lower = String::new();
        assert_eq!(buckets("Said", &mut lower), buckets("said", &mut lower));
        let (a, b) = (buckets("said", &mut lower), buckets("saidest", &mut lower));
        assert_eq!((a[0] == b[0], a[1] == b[1], a[2] == b[2], a[3] == b[3]), (false, true, false, false));
        let short = buckets("É", &mut lower);
        assert!(short[0] < WORD_BUCKETS as u32 && short[1..].iter().all(|&r| r < AFFIX_BUCKETS as u32));
    }
}
