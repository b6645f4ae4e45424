//! Lines above a quotation that name its speaker: "And from the mayor, Ana Ruiz:".
//!
//! A line that ends with a colon, over a paragraph that is a quotation, announces who speaks. Where it
//! has no verb, what names the speaker is the phrase after "from", or all of the line.

use super::phrase::{is_somebody, noun_phrase, with_appositions};
use super::{BY_CONVENTION, Found, Input};
use crate::features::Boundary;
use std::ops::Range;

/// Takes "This from", "And from" off the sources of cues that are a mere colon.
pub(super) fn without_prepositions(input: &Input, found: &mut [Found]) {
    for f in found.iter_mut().filter(|f| f.cue.len() == 1 && input.word(f.cue.start) == ":") {
        let Some(first) = f.source.first_mut() else { continue };
        if let Some(start) = after_from(input, first.clone()) {
            first.start = start;
        }
    }
}

/// The quotations under a line that names their speaker, which no attribution has.
pub(super) fn find(input: &Input, found: &[Found]) -> Vec<Found> {
    let free = input.free(found);
    let mut added = Vec::new();
    for (k, &(start, end)) in input.quoted.iter().enumerate() {
        let begins = start > 0 && start < end && input.features[start].boundary == Boundary::Paragraph;
        if !begins || input.word(start - 1) != ":" || !free[start - 1..end].iter().all(|&f| f) {
            continue;
        }
        let colon = start - 1;
        let line = input.sentence(colon).start..colon;
        let Some(source) = speaker(input, line) else { continue };
        let goes_on = input.quotations[k..].iter().take_while(|q| q.continues).count();
        let last = (k + goes_on).min(input.quoted.len() - 1);
        let content: Vec<_> =
            input.quoted[k..=last].iter().map(|q| q.0..q.1).filter(|r| !r.is_empty()).collect();
        if content.iter().all(|r| free[r.clone()].iter().all(|&f| f)) {
            let source = std::iter::once(source).collect();
            added.push(Found { cue: colon..start, source, content, score: BY_CONVENTION });
        }
    }
    added
}

/// The phrase of a line without a verb that names somebody.
fn speaker(input: &Input, line: Range<usize>) -> Option<Range<usize>> {
    let start = after_from(input, line.clone()).unwrap_or(line.start);
    let phrase = noun_phrase(input, start, line.end).filter(|p| is_somebody(input, p))?;
    let source = with_appositions(input, phrase, line.end);
    (source.end == line.end).then_some(source)
}

/// The token after "from" in a phrase that begins with it, or with a word or two before it.
fn after_from(input: &Input, phrase: Range<usize>) -> Option<usize> {
    /// "And then this from": words before the preposition.
    const MOST: usize = 4;
    let from = phrase.clone().take(MOST).find(|&t| input.words.low(t) == "from")?;
    let is_name = |t: usize| t > phrase.start && input.words.is_capital(t);
    (from + 1 < phrase.end && !(phrase.start..from).any(is_name)).then_some(from + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    fn found(text: &str) -> Vec<[String; 3]> {
        with_input(text, |input, _| rows(input, &find(input, &[])))
    }

    #[test]
    fn a_line_above_a_quotation_names_its_speaker() {
        let text = "And from the mayor, Ana Ruiz:\n\n“The bridge stays open.”\n\nThe town voted.";
        assert_eq!(found(text), [["the mayor, Ana Ruiz", ":", "“The bridge stays open.”"]]);
        let text = "Mayor Ana Ruiz:\n\n“The bridge stays open.\n\n“So does the port.”";
        let whole = "“The bridge stays open. | “So does the port.”";
        assert_eq!(found(text), [["Mayor Ana Ruiz", ":", whole]]);
    }

    #[test]
    fn other_lines_name_nobody() {
        let none: [[&str; 3]; 0] = [];
        assert_eq!(found("The bridge opened on Friday:\n\n“Harbour Lights” played."), none);
        assert_eq!(found("Ana Ruiz left the port:\n\n“Harbour Lights” played."), none);
    }
}
