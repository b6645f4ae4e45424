//! Quotations: words between quotation marks, nothing more.
//!
//! Marks are paired paragraph by paragraph, in one pass. A mark that may open or close (`"`,
//! `''`, `'`) is told by the white space about it and by what stands open. A quotation inside
//! another is part of that one. Single marks count only in pairs: what could be an apostrophe
//! ("the workers' vote", "'90s", "rock 'n' roll") opens and closes nothing.

use crate::text::Span;
use crate::token::{Token, Tokens};

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The characters with both marks; one that is never closed ends with its paragraph, or before
    /// the mark that opens the next one.
    pub span: Span,
    /// Whether it goes on with the next quotation, in the next paragraph: opened there again
    /// without having been closed here.
    pub continues: bool,
}

/// Pairs the quotation marks of a story. Quotations come in order and do not overlap.
pub fn find(tokens: &Tokens<'_>) -> Vec<Quotation> {
    let text = tokens.text;
    let paragraphs: Vec<&[Token]> = tokens.list.chunk_by(|a, b| a.paragraph == b.paragraph).collect();
    let marks: Vec<Vec<Mark>> = paragraphs.iter().map(|p| marks(text, p)).collect();
    let mut found = Vec::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        // Whether the next paragraph begins with an opening mark, and of which kind.
        let next = paragraphs.get(i + 1).and_then(|p| opening_mark(p, &marks[i + 1]));
        let end = paragraph[paragraph.len() - 1].span.end;
        pair(text, &marks[i], end, next, &mut found);
    }
    found
}

/// The families of marks; a quotation ends with a mark of the family that opened it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `"` and `''`, two backticks.
    Straight,
    /// “ ” „
    Curly,
    /// « »
    Angle,
    /// `'` ‘ ’ ‚ ‹ ›
    Single,
}

/// What a mark does, as far as its shape and the white space about it tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// One quotation mark.
#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    family: Family,
    side: Side,
    /// For a single mark that closes: whether it cannot be the apostrophe of a plural possessive.
    sure: bool,
}

/// The mark with which the paragraph begins, if it opens a quotation.
fn opening_mark(paragraph: &[Token], marks: &[Mark]) -> Option<Family> {
    let first = marks.first()?;
    let at_start = first.span.start == paragraph[0].span.start;
    (at_start && first.side != Side::Closes).then_some(first.family)
}

/// Pairs the marks of one paragraph, which ends at byte `end`; `next` opens the paragraph after it.
fn pair(text: &str, marks: &[Mark], end: u32, next: Option<Family>, found: &mut Vec<Quotation>) {
    let closers = single_closers(marks);
    let mut open: Vec<Mark> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        let Some(&outer) = open.first() else {
            let opens = match mark.family {
                Family::Single => {
                    mark.side == Side::Opens && (closers[i].is_some() || next == Some(Family::Single))
                }
                _ => mark.side != Side::Closes,
            };
            if opens {
                open.push(*mark);
            }
            continue;
        };
        if outer.family == Family::Single {
            if mark.family == Family::Single && closes_single(marks, i) {
                found.push(quotation(outer, mark.span.end, false));
                open.clear();
            }
            continue;
        }
        if mark.family == Family::Single {
            continue;
        }
        match (open.iter().position(|m| m.family == mark.family), mark.side) {
            // Opened again without having been closed: two quotations, or one printed over two
            // paragraphs that the page ran together.
            (Some(0), Side::Opens) => {
                let before = Span { start: outer.span.start, end: mark.span.start }.slice(text).trim_end();
                found.push(quotation(outer, outer.span.start + before.len() as u32, false));
                open.clear();
                open.push(*mark);
            }
            (Some(_), Side::Opens) => {}
            (None, Side::Opens) => open.push(*mark),
            (Some(depth), _) => open.truncate(depth),
            // Closed by a mark of another family: “so", "so”.
            (None, _) => open.clear(),
        }
        if open.is_empty() {
            found.push(quotation(outer, mark.span.end, false));
        }
    }
    if let Some(&outer) = open.first() {
        let same = next.is_some_and(|f| (f == Family::Single) == (outer.family == Family::Single));
        found.push(quotation(outer, end, same));
    }
}

/// The quotation opened by `open` and ending at byte `end`.
fn quotation(open: Mark, end: u32, continues: bool) -> Quotation {
    Quotation { span: Span { start: open.span.start, end }, continues }
}

/// For every mark, the single mark after it that would close a quotation opened there.
fn single_closers(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut closers = vec![None; marks.len()];
    let mut nearest = None;
    for i in (0..marks.len()).rev() {
        closers[i] = nearest;
        if marks[i].family == Family::Single && marks[i].side != Side::Opens {
            nearest = Some(i);
        }
    }
    closers
}

/// Whether single mark `i` closes the quotation that is open: one that may be a possessive's
/// apostrophe ("the workers' vote") leaves it to a surer mark before the next opening.
fn closes_single(marks: &[Mark], i: usize) -> bool {
    let later = || marks[i + 1..].iter().find(|m| m.family == Family::Single);
    marks[i].side != Side::Opens && (marks[i].sure || later().is_none_or(|m| m.side == Side::Opens))
}

/// The quotation marks of one paragraph, double ones written as two single ones as one mark.
fn marks(text: &str, paragraph: &[Token]) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut skip = false;
    for (i, token) in paragraph.iter().enumerate() {
        if std::mem::take(&mut skip) || token.is_word {
            continue;
        }
        let character = token.span.slice(text);
        let twin = paragraph
            .get(i + 1)
            .filter(|next| next.span.start == token.span.end && next.span.slice(text) == character);
        let (family, shape) = match (character, twin.is_some()) {
            ("'" | "’", true) => (Family::Straight, Side::Either),
            ("`" | "‘" | "‚", true) => (Family::Straight, Side::Opens),
            ("\"" | "＂" | "″", _) => (Family::Straight, Side::Either),
            ("“" | "„" | "‟", _) => (Family::Curly, Side::Opens),
            ("”", _) => (Family::Curly, Side::Closes),
            ("«", _) => (Family::Angle, Side::Opens),
            ("»", _) => (Family::Angle, Side::Closes),
            ("'", _) => (Family::Single, Side::Either),
            ("‘" | "‚" | "‹", _) => (Family::Single, Side::Opens),
            ("’" | "›", _) => (Family::Single, Side::Closes),
            _ => continue,
        };
        let span = match twin {
            Some(next) if family == Family::Straight && !matches!(character, "\"" | "＂" | "″") => {
                skip = true;
                Span { start: token.span.start, end: next.span.end }
            }
            _ => token.span,
        };
        let around = Around::new(text, span);
        let mark = match family {
            Family::Single => single(character, span, shape, &around),
            _ => double(family, span, shape, &around),
        };
        found.extend(mark);
    }
    found
}

/// A double mark, unless it stands for inches.
fn double(family: Family, span: Span, shape: Side, around: &Around) -> Option<Mark> {
    let side = match (shape, around.side()) {
        (Side::Either, side) => side,
        // A mark turned the wrong way round, by its place: ”so“, or »so« and „so“ as in German.
        (Side::Opens, Side::Closes) => Side::Closes,
        (Side::Closes, Side::Opens) => Side::Opens,
        (shape, _) => shape,
    };
    let inches = shape == Side::Either && around.before.is_ascii_digit() && around.is_measure();
    (!inches).then_some(Mark { span, family, side, sure: true })
}

/// A single mark, unless it is an apostrophe inside or before a word.
fn single(character: &str, span: Span, shape: Side, around: &Around) -> Option<Mark> {
    let inside = around.before.is_alphanumeric() && around.after.is_alphanumeric();
    if inside || around.is_elision() {
        return None;
    }
    let side = match (shape, around.side()) {
        (Side::Opens, _) => Side::Opens,
        // ’ before a word is an apostrophe, or a mark turned the wrong way; neither opens safely.
        (Side::Closes, Side::Opens) => return None,
        (Side::Either, Side::Either) if around.before.is_alphanumeric() => Side::Closes,
        (Side::Either, side) => side,
        (Side::Closes, _) => Side::Closes,
    };
    // "the workers' vote": after an s, before a space and a word in lower case.
    let possessive = matches!(around.before, 's' | 'x' | 'z' | 'S')
        && around.after.is_whitespace()
        && around.word_after.starts_with(char::is_alphabetic);
    let sure = side != Side::Closes || character == "›" || !possessive;
    (side != Side::Either).then_some(Mark { span, family: Family::Single, side, sure })
}

/// What stands next to a mark.
struct Around<'t> {
    /// The character before it; a space at the text's start.
    before: char,
    /// The character after it; a space at the text's end.
    after: char,
    /// The first word after it.
    word_after: &'t str,
}

/// Words that begin with an apostrophe, without it.
const ELISIONS: &[&str] =
    &["em", "tis", "twas", "cause", "cos", "til", "till", "bout", "n", "neath", "round"];

/// Longest word looked at after a mark, in bytes: longer than any of [`ELISIONS`].
const WORD_BYTES: usize = 16;

impl<'t> Around<'t> {
    fn new(text: &'t str, span: Span) -> Around<'t> {
        let (start, end) = (span.start as usize, span.end as usize);
        let rest = text[end..].trim_start_matches(' ');
        let word = rest.char_indices().take_while(|(i, c)| *i < WORD_BYTES && c.is_alphanumeric()).last();
        Around {
            before: text[..start].chars().next_back().unwrap_or(' '),
            after: text[end..].chars().next().unwrap_or(' '),
            word_after: &rest[..word.map_or(0, |(i, c)| i + c.len_utf8())],
        }
    }

    /// What a mark does that stands here.
    fn side(&self) -> Side {
        let opening = |c: char| matches!(c, '(' | '[' | '{' | '—' | '–' | '/' | '“' | '‘' | '"' | '\'');
        let closing = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’');
        match (self.before.is_whitespace(), self.after.is_whitespace()) {
            // Old agency texts have spaces on both sides of every mark: “ so ”.
            (true, false) if matches!(self.after, '.' | ',' | ';' | ':' | '!' | '?') => Side::Either,
            (true, false) => Side::Opens,
            (false, true) => Side::Closes,
            (true, true) => Side::Either,
            (false, false) if closing(self.after) => Side::Closes,
            (false, false) if opening(self.before) => Side::Opens,
            (false, false) => Side::Either,
        }
    }

    /// Whether an apostrophe here stands for letters left out: '90s, 'em, rock 'n' roll.
    fn is_elision(&self) -> bool {
        if self.after.is_whitespace() || self.before.is_alphanumeric() {
            // The second mark of 'n': after an n that a mark comes before is seen as closing
            // nothing, as the first opened nothing.
            return false;
        }
        let word = self.word_after;
        let decade = word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit());
        decade || ELISIONS.iter().any(|e| word.eq_ignore_ascii_case(e))
    }

    /// Whether a double mark after a digit stands for inches: 6'2" tall, a 5" pipe.
    fn is_measure(&self) -> bool {
        self.after.is_whitespace() && self.word_after.starts_with(char::is_lowercase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::{story, token};

    /// The quotations of a text, one that continues with a plus sign after it.
    fn quotations(text: &str) -> Vec<String> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let plus = |q: &Quotation| if q.continues { "+" } else { "" };
        find(&tokens).iter().map(|q| format!("{}{}", q.span.slice(&story.text), plus(q))).collect()
    }

    #[test]
    fn double_marks_pair() {
        assert_eq!(quotations("\"Go,\" he said. \"Now.\""), ["\"Go,\"", "\"Now.\""]);
        assert_eq!(quotations("“Go,” he said—“now”—and left."), ["“Go,”", "“now”"]);
        assert_eq!(quotations("''Go,'' he said, ``at once.''"), ["''Go,''", "``at once.''"]);
        assert_eq!(quotations("«Go» or »go« or „go“."), ["«Go»", "»go«", "„go“"]);
        assert_eq!(quotations("He said \" go \" twice."), ["\" go \""]);
        assert_eq!(quotations("(\"Go\"), \"come\"."), ["\"Go\"", "\"come\""]);
        assert_eq!(
            quotations("It is “ so ”, and “ then ”. A \" bit \"."),
            ["“ so ”", "“ then ”", "\" bit \""]
        );
    }

    #[test]
    fn a_quotation_inside_another_is_part_of_it() {
        assert_eq!(quotations("“He cried ‘Stop’ and ‘Now’,” she said."), ["“He cried ‘Stop’ and ‘Now’,”"]);
        assert_eq!(quotations("'He cried \"Stop\" again,' she said."), ["'He cried \"Stop\" again,'"]);
        assert_eq!(quotations("\"He cried “Stop” again,\" she said."), ["\"He cried “Stop” again,\""]);
    }

    #[test]
    fn single_marks_are_not_apostrophes() {
        assert_eq!(quotations("‘It’s the workers’ vote,’ he said."), ["‘It’s the workers’ vote,’"]);
        assert_eq!(quotations("'It's the workers' vote,' he said."), ["'It's the workers' vote,'"]);
        assert_eq!(quotations("The workers' vote in the '90s, the boys' club, rock 'n' roll."), [""; 0]);
        assert_eq!(quotations("Give ’em the workers’ vote of the ‘80s."), [""; 0]);
        assert_eq!(quotations("A 'safe' bridge and 'sound' piers' feet."), ["'safe'", "'sound'"]);
        assert_eq!(quotations("They call it 'the workers' home."), ["'the workers'"]);
    }

    #[test]
    fn inches_are_no_quotation() {
        assert_eq!(quotations("He is 6'2\" tall and said \"no\"."), ["\"no\""]);
    }

    #[test]
    fn what_is_not_closed_ends_with_its_paragraph() {
        assert_eq!(quotations("He said: \"Go now.\n\nThen he left."), ["\"Go now."]);
        assert_eq!(quotations("\"Go now, he said. \"I stay.\""), ["\"Go now, he said.", "\"I stay.\""]);
        assert_eq!(quotations("It is 'safe.\n\nThen he left."), [""; 0]);
        assert_eq!(quotations("“Go now\" he said."), ["“Go now\""]);
        assert_eq!(quotations("He left.\" Then \"go\"."), ["\"go\""]);
    }

    #[test]
    fn quotations_run_over_paragraphs() {
        assert_eq!(
            quotations("“We go.\n\n“We stay.\n\n“We wait,” he said."),
            ["“We go.+", "“We stay.+", "“We wait,”"]
        );
        assert_eq!(quotations("He said: 'We go.\n\n'We stay.'"), ["'We go.+", "'We stay.'"]);
        assert_eq!(quotations("\"We go.\"\n\n\"We stay.\""), ["\"We go.\"", "\"We stay.\""]);
    }
}
