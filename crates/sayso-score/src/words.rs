//! The scorers' own cut of a text: runs of letters, digits and underscores, and every other
//! character that is not white space by itself. It knows no language and depends on no model.

use sayso::statement::Kind;
use sayso::text::Span;
use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// A text cut for scoring.
pub(crate) struct Words {
    tokens: Vec<Span>,
    /// Whether a token has a letter or digit.
    is_word: Vec<bool>,
    /// Whether a token begins inside quotation marks.
    is_quoted: Vec<bool>,
}

impl Words {
    pub(crate) fn new(text: &str) -> Words {
        let tokens = tokens(text);
        let is_word = tokens.iter().map(|token| token.slice(text).chars().any(is_alphanumeric)).collect();
        let quoted = quoted(text);
        let is_quoted = tokens.iter().map(|token| is_in(token.start, &quoted)).collect();
        Words { tokens, is_word, is_quoted }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens which the spans touch. An empty span touches the token it stands in.
    pub(crate) fn touched(&self, spans: &[Span]) -> TokenSet {
        let mut set = Vec::new();
        for span in spans {
            let first = self.tokens.partition_point(|token| token.end <= span.start);
            let touches = self.tokens[first..].iter().take_while(|token| token.start < span.end);
            set.extend((first..).zip(touches).map(|(index, _)| index));
        }
        set.sort_unstable();
        set.dedup();
        TokenSet(set)
    }

    /// The set without punctuation; the set itself where it holds nothing else.
    pub(crate) fn loose(&self, set: &TokenSet) -> TokenSet {
        let words: Vec<usize> = set.0.iter().copied().filter(|&token| self.is_word[token]).collect();
        if words.is_empty() { set.clone() } else { TokenSet(words) }
    }

    /// How much of a content stands in quotation marks.
    pub(crate) fn kind(&self, content: &TokenSet) -> Kind {
        let words = content.0.iter().filter(|&&token| self.is_word[token]);
        let (all, quoted) = words
            .fold((0, 0), |(all, quoted), &token| (all + 1, quoted + usize::from(self.is_quoted[token])));
        match quoted {
            0 => Kind::Indirect,
            _ if quoted == all => Kind::Direct,
            _ => Kind::Mixed,
        }
    }
}

/// A set of token indices, in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TokenSet(Vec<usize>);

impl TokenSet {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().copied()
    }

    /// Number of tokens in both.
    pub(crate) fn shared(&self, other: &TokenSet) -> usize {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.0.get(a), other.0.get(b)) {
            shared += usize::from(x == y);
            a += usize::from(x <= y);
            b += usize::from(y <= x);
        }
        shared
    }

    pub(crate) fn overlaps(&self, other: &TokenSet) -> bool {
        self.shared(other) > 0
    }

    /// Share of the tokens of either that both have; 0 for two empty sets.
    pub(crate) fn jaccard(&self, other: &TokenSet) -> f64 {
        let shared = self.shared(other);
        let either = self.len() + other.len() - shared;
        if either == 0 { 0.0 } else { shared as f64 / either as f64 }
    }
}

/// The text's words, without punctuation.
pub(crate) fn words(text: &str) -> Vec<&str> {
    tokens(text)
        .iter()
        .map(|token| token.slice(text))
        .filter(|token| token.starts_with(is_word_character))
        .collect()
}

fn tokens(text: &str) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let mut run_goes_on = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let in_run = is_word_character(c);
        match tokens.last_mut() {
            Some(run) if in_run && run_goes_on => *run = Span::new(run.start as usize, end),
            _ if !is_white_space(c) => tokens.push(Span::new(start, end)),
            _ => {}
        }
        run_goes_on = in_run;
    }
    tokens
}

fn is_word_character(c: char) -> bool {
    c == '_' || is_alphanumeric(c)
}

/// Whether the character is of Unicode's letters (L) or numbers (N). `char::is_alphanumeric`
/// also takes combining vowel signs, which would join what `\w+` of most scorers parts.
fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_letter(c)
        || matches!(
            get_general_category(c),
            Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber
        )
}

fn is_letter(c: char) -> bool {
    use Category::*;
    matches!(
        get_general_category(c),
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
    )
}

/// White space, with the four separators of ASCII which Unicode counts as controls.
fn is_white_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn is_in(offset: u32, ranges: &[Span]) -> bool {
    let next = ranges.partition_point(|range| range.end <= offset);
    ranges.get(next).is_some_and(|range| range.start <= offset)
}

/// The stretches between double quotation marks, marks included, in order. A line is a
/// paragraph; a mark left open runs to the paragraph's end. Single curly marks count only in a
/// text that has no double ones.
fn quoted(text: &str) -> Vec<Span> {
    let single =
        !text.contains(['"', '“', '”', '„', '«', '»']) && !text.contains("''") && !text.contains("``");
    let mut stretches = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        quoted_in_paragraph(paragraph, start, single, &mut stretches);
        start += paragraph.len() + 1;
    }
    stretches
}

fn quoted_in_paragraph(paragraph: &str, offset: usize, single: bool, stretches: &mut Vec<Span>) {
    let mut open: Option<(usize, char)> = None;
    let mut at = 0;
    while let Some(c) = paragraph[at..].chars().next() {
        let Some(mark) = mark_at(&paragraph[at..], single, open.is_some()) else {
            at += c.len_utf8();
            continue;
        };
        let end = at + mark.len();
        open = match open {
            None if matches!(mark, "”" | "»" | "’") => None,
            None => Some((at, c)),
            // A mark opened again before it was closed: the first one stays.
            Some((_, opening)) if opens_only(mark, opening) => open,
            Some((from, _)) => {
                stretches.push(Span::new(offset + from, offset + end));
                None
            }
        };
        at = end;
    }
    if let Some((from, _)) = open {
        stretches.push(Span::new(offset + from, offset + paragraph.len()));
    }
}

/// The quotation mark with which `rest` begins.
fn mark_at(rest: &str, single: bool, is_open: bool) -> Option<&str> {
    let double = ["''", "``", "\"", "“", "”", "„", "«", "»"];
    if let Some(mark) = double.iter().find(|mark| rest.starts_with(**mark)) {
        return Some(&rest[..mark.len()]);
    }
    let mut characters = rest.chars();
    let c = characters.next().filter(|_| single)?;
    let before_letter = characters.next().is_some_and(is_letter);
    let is_mark = c == '‘' || (c == '’' && is_open && !before_letter);
    is_mark.then(|| &rest[..c.len_utf8()])
}

/// Whether a mark can only open, given the mark that stands open: `“` closes a German `„`.
fn opens_only(mark: &str, opening: char) -> bool {
    matches!(mark, "„" | "«" | "‘") || (mark == "“" && opening != '„')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.slice(text)).collect()
    }

    fn quoted_slices(text: &str) -> Vec<&str> {
        quoted(text).iter().map(|stretch| stretch.slice(text)).collect()
    }

    #[test]
    fn cuts_runs_and_single_characters() {
        assert_eq!(slices("It's 3.5_x — “né”!"), ["It", "'", "s", "3", ".", "5_x", "—", "“", "né", "”", "!"]);
        assert_eq!(slices("a\u{1c}b²"), ["a", "b²"]);
        assert_eq!(slices("हिन्दी").len(), 6, "vowel signs stand by themselves");
    }

    #[test]
    fn spans_touch_tokens() {
        let words = Words::new("ab cd, ef");
        assert_eq!(words.touched(&[Span::new(1, 4)]).0, [0, 1]);
        assert_eq!(words.touched(&[Span::new(2, 3)]).0, [0usize; 0]);
        assert_eq!(words.touched(&[Span::new(4, 4)]).0, [1], "an empty span inside a token");
        assert_eq!(words.touched(&[Span::new(7, 9), Span::new(0, 8)]).0, [0, 1, 2, 3]);
    }

    #[test]
    fn quotation_marks_pair_within_a_paragraph() {
        assert_eq!(quoted_slices("a \"b c\" d \"e\nf\" g"), ["\"b c\"", "\"e", "\" g"]);
        assert_eq!(quoted_slices("„so“ und «da» “x “y” z”"), ["„so“", "«da»", "“x “y”"]);
        assert_eq!(quoted_slices("He said ``it's'' and ''more''"), ["``it's''", "''more''"]);
    }

    #[test]
    fn single_marks_count_without_double_ones() {
        assert_eq!(quoted_slices("‘It’s on,’ she said. Lee’s bus"), ["‘It’s on,’"]);
        assert_eq!(quoted_slices("‘Off,’ he said \"now\""), ["\"now\""]);
    }
}
