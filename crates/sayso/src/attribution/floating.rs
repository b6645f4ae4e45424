//! Quotations alone in their sentences: they belong to who spoke or acted in the sentence before.
//!
//! "Mayor Ana Ruiz turned to the reporters. “We are ready.” The reporters nodded." Where the sentence
//! before reports the same speech, the quotation goes on with it; where it only tells what somebody
//! did, its subject speaks, and there is no cue. Only quotations that no attribution has.

use super::phrase::{is_somebody, noun_phrase, with_appositions};
use super::{BY_CONVENTION, Found, Input, whole};
use crate::features::{Boundary, Place};
use crate::model::tag::PartOfSpeech;
use std::ops::Range;

/// Fewest words of a quotation that can stand alone: fewer is a title or a motto.
const LEAST: usize = 3;

/// Joins the quotations that stand alone to whoever speaks or acts before them.
pub(super) fn join(input: &Input, found: &mut Vec<Found>) {
    drop_next_sentences(input, found);
    let cues = cues(found);
    let nested = whole::nested(input, found);
    let mut free = input.free(found);
    let mut last = Last::new(input);
    for (i, f) in found.iter().enumerate().filter(|(i, _)| !nested[*i]) {
        last.note(input, i, f);
    }
    for k in 0..input.quoted.len() {
        let (start, end) = input.quoted[k];
        let is_free = start < end && free[start..end].iter().all(|&f| f);
        if !is_free || !stands_alone(input, k) {
            continue;
        }
        let Some(before) = start.checked_sub(1) else { continue };
        if let Some(speech) = last.speech_before(input, start) {
            found[speech].content.push(start..end);
            last.extend(input, speech, start);
        } else if let Some(source) = acting(input, &cues, before, start) {
            last.extend(input, found.len(), start);
            let content = std::iter::once(start..end).collect();
            let source = std::iter::once(source).collect();
            found.push(Found { cue: start..start, source, content, score: BY_CONVENTION });
        } else {
            continue;
        }
        free[start..end].fill(false);
    }
}

/// Of each sentence the outer attribution that speaks in it last, as an index.
struct Last {
    of_sentence: Vec<Option<usize>>,
}

impl Last {
    fn new(input: &Input) -> Last {
        Last { of_sentence: vec![None; input.words.sentences.len()] }
    }

    /// An attribution whose content holds a quotation speaks where the quotation ends and where its cue is.
    fn note(&mut self, input: &Input, index: usize, f: &Found) {
        let quoted = f.content.iter().filter(|p| input.features[p.end - 1].quotation == Place::Closing);
        let mut ends: Vec<usize> = quoted.map(|p| p.end - 1).collect();
        if !ends.is_empty() && !f.cue.is_empty() {
            ends.push(f.cue.start);
        }
        for t in ends {
            self.of_sentence[input.features[t].sentence as usize] = Some(index);
        }
    }

    fn extend(&mut self, input: &Input, index: usize, quotation: usize) {
        self.of_sentence[input.features[quotation].sentence as usize] = Some(index);
    }

    /// Who is quoted in the sentence before a quotation that begins with token `start`.
    fn speech_before(&self, input: &Input, start: usize) -> Option<usize> {
        let before = input.features[start].sentence.checked_sub(1)?;
        self.of_sentence[before as usize]
    }
}

/// Whether a closed quotation is one or more whole sentences of its own.
fn stands_alone(input: &Input, k: usize) -> bool {
    let (start, end) = input.quoted[k];
    if !input.is_closed(k) || end - start <= LEAST {
        return false;
    }
    let last = (start..end).rev().find(|&t| input.features[t].quotation != Place::Closing);
    let ends = last.is_some_and(|t| matches!(input.word(t), "." | "!" | "?" | "…"));
    let words = (start..end).filter(|&t| input.tokens[t].is_word).count();
    let begins = input.features[start].boundary != Boundary::None;
    let is_followed = input.features.get(end).is_none_or(|f| f.boundary != Boundary::None);
    ends && words >= LEAST && begins && is_followed
}

/// The subject of the sentence before a quotation, where it is somebody who does something there and the
/// sentence, in the quotation's own paragraph, holds no attribution.
fn acting(input: &Input, cues: &[usize], before: usize, start: usize) -> Option<Range<usize>> {
    if !input.words.same_paragraph(before, start) {
        return None;
    }
    let sentence = input.sentence(before);
    let next = cues.partition_point(|&cue| cue < sentence.start);
    if cues.get(next).is_some_and(|&cue| cue < sentence.end) {
        return None;
    }
    let phrase = noun_phrase(input, sentence.start, sentence.end).filter(|p| is_somebody(input, p))?;
    let source = with_appositions(input, phrase, sentence.end);
    let at = source.end + usize::from(input.word(source.end) == ",");
    let verb = at + usize::from(input.part(at) == Some(PartOfSpeech::Adverb));
    (input.part(verb) == Some(PartOfSpeech::Verb) && verb < sentence.end).then_some(source)
}

/// Where the cues begin, in order.
fn cues(found: &[Found]) -> Vec<usize> {
    let mut cues: Vec<usize> = found.iter().map(|f| f.cue.start).collect();
    cues.sort_unstable();
    cues
}

/// Drops attributions whose cue stands in the sentence behind a quotation that stands alone, where the
/// sentence before it has somebody acting: the next sentence tells what happened then.
fn drop_next_sentences(input: &Input, found: &mut Vec<Found>) {
    let cues = cues(found);
    found.retain(|f| {
        let [content] = f.content.as_slice() else { return true };
        let quotations = input.quotations_in(content);
        let k = quotations.start;
        let is_one = quotations.len() == 1 && input.quoted[k] == (content.start, content.end);
        let is_next = is_one && content.end <= f.cue.start && ends_with_a_stop(input, content.end) && {
            let next = input.sentence(f.cue.start).start;
            f.cue.start < input.tokens.len() && next == content.end
        };
        let before = content.start.checked_sub(1);
        let acts = || before.is_some_and(|b| acting(input, &cues, b, content.start).is_some());
        !(is_next && stands_alone(input, k) && acts())
    });
}

/// Whether a quotation that ends before token `end` closes with a full stop.
fn ends_with_a_stop(input: &Input, end: usize) -> bool {
    let last = (0..end).rev().find(|&t| input.features[t].quotation != Place::Closing);
    last.is_some_and(|t| input.word(t) == ".")
}

#[cfg(test)]
mod tests {
    use super::super::tests::all;

    #[test]
    fn a_quotation_alone_belongs_to_who_acts_in_the_sentence_before() {
        let text =
            "Harbour master Ana Ruiz stared at the water. “It was never this high.” The crew went below.";
        assert_eq!(all(text), [["Harbour master Ana Ruiz", "", "“It was never this high.”"]]);
    }

    #[test]
    fn a_quotation_alone_behind_a_report_goes_on_with_it() {
        let text = "“The bridge is safe,” Ruiz said on Monday.\n\n“I crossed it this morning with my son.”";
        let found = all(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0][2].ends_with("“I crossed it this morning with my son.”"), "{found:?}");
    }

    #[test]
    fn nobody_acts_before_these() {
        let none: [[&str; 3]; 0] = [];
        assert_eq!(all("The water rose all night. “Harbour Lights.” It fell at dawn."), none);
        assert_eq!(all("The sign was new. “No boats may land here.” Rust had eaten the old one."), none);
    }
}
