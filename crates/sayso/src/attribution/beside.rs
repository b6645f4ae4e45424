//! Reporting clauses beside a quotation, whatever their verb.
//!
//! Any verb can report speech where it stands between a quotation and its subject: "“The well is dry,”
//! shrugged farmer Abel Cruz." The place tells it, not a list of verbs: the quotation is a sentence of
//! its own that ends with a comma (or a mark that asks or cries) inside or right behind its marks, and
//! what adjoins it is a finite verb with a subject, by their parts of speech.

use super::phrase::{is_somebody, noun_phrase, with_appositions};
use super::{BY_CONVENTION, Found, Input};
use crate::features::Place;
use crate::model::tag::PartOfSpeech;
use std::ops::Range;

/// The reporting clauses beside quotations that no attribution has.
pub(super) fn find(input: &Input, found: &[Found]) -> Vec<Found> {
    let free = input.free(found);
    let mut added = Vec::new();
    for k in (0..input.quoted.len()).filter(|&k| input.is_closed(k)) {
        let (start, end) = input.quoted[k];
        if !free[start..end].iter().all(|&f| f) || !is_sentence(input, k) {
            continue;
        }
        let clause = behind(input, k).or_else(|| before(input, k));
        if let Some((cue, source)) = clause.filter(|(cue, source)| free[cue.start] && free[source.start]) {
            added.push(Found {
                cue,
                source: std::iter::once(source).collect(),
                content: std::iter::once(start..end).collect(),
                score: BY_CONVENTION,
            });
        }
    }
    added
}

/// Whether a quotation is speech rather than a title or a word quoted: it begins with a capital or opens
/// its sentence, and a mark of punctuation ends it.
fn is_sentence(input: &Input, k: usize) -> bool {
    let (start, _) = input.quoted[k];
    let first = (start..input.quoted[k].1).find(|&t| input.tokens[t].is_word);
    first.is_some_and(|t| input.words.is_capital(t)) && last_mark(input, k).is_some()
}

/// The mark of punctuation with which a quotation ends, inside its marks or right behind them.
fn last_mark<'a>(input: &Input<'a>, k: usize) -> Option<&'a str> {
    let (start, end) = input.quoted[k];
    let inside = (start..end).rev().find(|&t| input.features[t].quotation != Place::Closing)?;
    let is_mark = |t: usize| matches!(input.word(t), "," | "." | "!" | "?" | "…" | "—" | "–");
    if is_mark(inside) {
        return Some(input.word(inside));
    }
    (input.word(end) == "," && input.words.same_paragraph(end - 1, end)).then_some(",")
}

/// A verb and its subject, or the reverse, behind quotation `k`: cue and source.
fn behind(input: &Input, k: usize) -> Option<(Range<usize>, Range<usize>)> {
    let (start, end) = input.quoted[k];
    let mark = last_mark(input, k).filter(|m| *m != ".")?;
    let at = end + usize::from(input.word(end) == ",");
    if !input.words.same_paragraph(start, at) {
        return None;
    }
    let limit = input.sentence(at).end;
    if is_finite(input, at) && !input.words.is_capital(at) {
        let source = noun_phrase(input, at + 1, limit)?;
        return Some((at..at + 1, with_appositions(input, source, limit)));
    }
    // Behind "?" and "!" a capital may begin a sentence that only tells what happened next.
    if mark != "," && input.words.is_capital(at) {
        return None;
    }
    let phrase = noun_phrase(input, at, limit).filter(|p| is_somebody(input, p))?;
    let source = with_appositions(input, phrase, limit);
    let verb = source.end + usize::from(input.word(source.end) == ",");
    is_finite(input, verb).then(|| (verb..particle_end(input, verb + 1, limit), source))
}

/// A subject and its verb right before quotation `k`, behind a comma or colon: cue and source.
fn before(input: &Input, k: usize) -> Option<(Range<usize>, Range<usize>)> {
    let (start, _) = input.quoted[k];
    let comma = start.checked_sub(1).filter(|&t| matches!(input.word(t), "," | ":"))?;
    let sentence = input.sentence(comma);
    let source = noun_phrase(input, sentence.start, comma).filter(|p| is_somebody(input, p))?;
    let verb = source.end;
    let end = particle_end(input, verb + 1, comma);
    (is_finite(input, verb) && end == comma).then_some((verb..comma, source))
}

/// A verb that can stand with a subject; "adding", "starring" go on from another.
fn is_finite(input: &Input, t: usize) -> bool {
    input.part(t) == Some(PartOfSpeech::Verb) && !input.words.low(t).ends_with("ing")
}

/// The end of the particle that stands behind a verb ("shot back"), if one does.
fn particle_end(input: &Input, t: usize, limit: usize) -> usize {
    let is_particle = t < limit
        && matches!(input.part(t), Some(PartOfSpeech::Adverb | PartOfSpeech::Adposition))
        && (t + 1 >= limit || !input.tokens[t + 1].is_word);
    t + usize::from(is_particle)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    fn found(text: &str) -> Vec<[String; 3]> {
        with_input(text, |input, _| rows(input, &find(input, &[])))
    }

    #[test]
    fn a_verb_between_a_quotation_and_its_subject_is_a_cue() {
        assert_eq!(
            found("“The boat is late,” shrugged ferryman Piet Haas, 44, and lit his pipe."),
            [["ferryman Piet Haas, 44", "shrugged", "“The boat is late,”"]]
        );
        assert_eq!(found("\"It is late!\" howled Ruiz."), [["Ruiz", "howled", "\"It is late!\""]]);
        assert_eq!(found("“It is late,” she sighed."), [["she", "sighed", "“It is late,”"]]);
        assert_eq!(found("‘It is late’, Ruiz fired back."), [["Ruiz", "fired back", "‘It is late’"]]);
        assert_eq!(found("Ruiz beamed: “We are early.”"), [["Ruiz", "beamed", "“We are early.”"]]);
    }

    #[test]
    fn other_neighbours_of_quotations_report_nothing() {
        let none: [[&str; 3]; 0] = [];
        assert_eq!(found("“Harbour Lights,” starring Ana Ruiz, opens on Friday."), none);
        assert_eq!(found("“Are we late?” The ferrymen nodded."), none);
        assert_eq!(found("The “late” boat pleased Ana Ruiz."), none);
        assert_eq!(found("“It is late,” and so it was."), none);
    }
}
