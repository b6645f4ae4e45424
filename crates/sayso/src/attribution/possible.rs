//! Rows that can be right: what closed conventions exclude is mended, or no attribution.
//!
//! A content begins with a word, or with a mark that opens. One of a single word that is no quotation
//! is an object at most ("endorsed | Ruiz", "declined to | say"), right behind its cue; a pronoun or a
//! word elsewhere says nothing that a reader could look up.

use super::{Found, Input};
use crate::features::Place;
use crate::model::tag::PartOfSpeech;
use std::ops::Range;

/// Keeps the attributions that can be right.
pub(super) fn keep(input: &Input, found: &mut Vec<Found>) {
    found.retain_mut(|f| {
        begin_with_a_word(input, &mut f.content);
        !f.content.is_empty() && !is_stub(input, f)
    });
}

/// Takes off a content the marks before its first word that open nothing.
fn begin_with_a_word(input: &Input, content: &mut Vec<Range<usize>>) {
    while let Some(first) = content.first_mut() {
        while first.start < first.end && !may_begin(input, first.start) && !is_paired(input, first) {
            first.start += 1;
        }
        if first.start < first.end {
            return;
        }
        content.remove(0);
    }
}

/// Whether a range begins with a straight mark that it ends with too: a pair, whatever stands about them.
fn is_paired(input: &Input, range: &Range<usize>) -> bool {
    range.len() > 2 && input.word(range.start) == "\"" && input.word(range.end - 1) == "\""
}

/// Whether a content may begin with a token: a word, an opening mark, or the sign before a word or number.
fn may_begin(input: &Input, t: usize) -> bool {
    let opens = input.features[t].quotation == Place::Opening
        || matches!(input.word(t), "(" | "[" | "{" | "$" | "£" | "€" | "¥" | "#" | "@" | "&" | "¿" | "¡");
    // "’90s", "-5 degrees", ".5 percent", "<b>" in a text about markup
    let is_sign = matches!(input.word(t), "'" | "’" | "-" | "−" | "." | "<" | "‘" | "\"" | "“")
        && !input.is_glued(t)
        && input.is_glued(t + 1);
    input.tokens[t].is_word || opens || is_sign
}

/// Whether the content is one word, without quotation marks, that cannot be all that is ascribed.
fn is_stub(input: &Input, f: &Found) -> bool {
    let tokens = || f.content.iter().cloned().flatten();
    let mut words = tokens().filter(|&t| input.tokens[t].is_word);
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    let is_pronoun = matches!(
        input.part(word),
        Some(PartOfSpeech::Pronoun | PartOfSpeech::Determiner | PartOfSpeech::Subordinator)
    );
    let is_quoted = tokens().any(|t| input.features[t].quotation == Place::Opening);
    let is_cue = f.cue.contains(&word);
    !is_quoted && !is_cue && (is_pronoun || f.cue.end != word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    /// The contents that are kept of attributions with these cues and contents.
    fn kept(text: &str, given: &[(Range<usize>, Range<usize>)]) -> Vec<String> {
        with_input(text, |input, _| {
            let found = |(cue, content): &(Range<usize>, Range<usize>)| Found {
                cue: cue.clone(),
                source: Vec::new(),
                content: std::iter::once(content.clone()).collect(),
                score: 1.0,
            };
            let mut found: Vec<Found> = given.iter().map(found).collect();
            keep(input, &mut found);
            rows(input, &found).into_iter().map(|[_, _, content]| content).collect()
        })
    }

    #[test]
    fn contents_begin_with_words_or_opening_marks() {
        // According to the port ( PA ) , the crane fell .
        assert_eq!(kept("According to the port (PA), the crane fell.", &[(0..2, 6..11)]), ["the crane fell"]);
        assert_eq!(kept("She said: $5 was enough.", &[(1..3, 2..7)]), ["$5 was enough"]);
        assert_eq!(kept("He said \"no\".", &[(1..2, 2..5)]), ["\"no\""]);
        assert_eq!(kept("He said, then left.", &[(1..2, 2..3)]), [""; 0]);
    }

    #[test]
    fn a_single_word_is_an_object_right_behind_its_cue() {
        assert_eq!(kept("The union endorsed Ruiz.", &[(2..3, 3..4)]), ["Ruiz"]);
        assert_eq!(kept("The union talked about it.", &[(2..4, 4..5)]), [""; 0]);
        assert_eq!(kept("Tariffs were imposed.", &[(1..3, 0..1)]), [""; 0]);
        assert_eq!(kept("The port disagreed.", &[(2..3, 2..3)]), ["disagreed"]);
    }
}
