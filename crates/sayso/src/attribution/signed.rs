//! Signed quotations: attributions that layout alone makes.
//!
//! `“Words.” – Ana Ruiz, mayor`: a quotation that makes up its paragraph and is signed after a dash,
//! there or at the start of the next paragraph. The same steps as `signed` in `train/decode.py`.

use super::{BY_CONVENTION, Found, Input};
use crate::features::{Boundary, Shape};
use std::ops::Range;

/// Most tokens of the name and description under a quotation: more is running text.
const SIGNATURE: usize = 12;

/// The signed quotations of a story none of whose tokens is in another's cue or content.
pub(super) fn find(input: &Input, found: &[Found]) -> Vec<Found> {
    let free = input.free(found);
    let is_free = |range: &Range<usize>| free[range.clone()].iter().all(|&f| f);
    let mut signed = Vec::new();
    for (k, &(start, end)) in input.quoted.iter().enumerate() {
        if !input.is_closed(k) || input.features[start].boundary != Boundary::Paragraph {
            continue;
        }
        let Some((cue, name)) = signature(input, end) else { continue };
        let before = input.quotations[..k].iter().rev().take_while(|q| q.continues).count();
        let content: Vec<_> =
            input.quoted[k - before..=k].iter().map(|q| q.0..q.1).filter(|r| !r.is_empty()).collect();
        if content.iter().all(is_free) && is_free(&(cue.start..name.end)) {
            let source = whole_name(input, &name);
            signed.push(Found { cue, source: vec![source], content, score: BY_CONVENTION });
        }
    }
    signed
}

/// The dashes at token `at` and what stands after them to the paragraph's end, if that can be a name.
fn signature(input: &Input, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let is_dash = |i: usize| matches!(input.word(i), "-" | "–" | "—" | "―");
    if !is_dash(at) {
        return None;
    }
    let name = at + 1 + usize::from(is_dash(at + 1));
    let paragraph = input.tokens[at].paragraph;
    let rest = input.tokens[name..].iter().take(SIGNATURE + 1).take_while(|t| t.paragraph == paragraph);
    let length = rest.count();
    let is_name = (1..=SIGNATURE).contains(&length)
        && matches!(input.features[name].shape, Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed);
    is_name.then_some((at..name, name..name + length))
}

/// The name up to a comma, or without the full stop after it.
fn whole_name(input: &Input, name: &Range<usize>) -> Range<usize> {
    let comma = name.clone().find(|&i| input.word(i) == ",");
    let stop = usize::from(input.word(name.end - 1) == ".");
    name.start..comma.unwrap_or(name.end - stop)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    const NONE: [[&str; 3]; 0] = [];

    /// Source, cue and content of each signed quotation, slices of the text.
    fn found(text: &str) -> Vec<[String; 3]> {
        with_input(text, |input, _| rows(input, &find(input, &[])))
    }

    fn row(source: &str, cue: &str, content: &str) -> [String; 3] {
        [source, cue, content].map(str::to_owned)
    }

    #[test]
    fn a_quotation_is_signed_after_a_dash() {
        let text = "“The bridge stays open.” – Ana Ruiz, mayor\n\nThe town voted.";
        assert_eq!(found(text), [row("Ana Ruiz", "–", "“The bridge stays open.”")]);
        let text = "\"The bridge stays open.\"\n\n-- Ana Ruiz.\n\nThe town voted.";
        assert_eq!(found(text), [row("Ana Ruiz", "--", "\"The bridge stays open.\"")]);
    }

    #[test]
    fn quotations_that_go_on_are_signed_together() {
        let text = "“The bridge is old.\n\n“But it stays open.”\n\n— Ana Ruiz";
        assert_eq!(found(text), [row("Ana Ruiz", "—", "“The bridge is old. | “But it stays open.”")]);
    }

    #[test]
    fn a_dash_in_running_text_signs_nothing() {
        assert_eq!(found("She called it “a gift.” – Ana Ruiz"), NONE);
        assert_eq!(found("“It stays open.” – and so it did."), NONE);
        assert_eq!(
            found("“It stays open.” – The mayor had asked for a ferry and for two new roads to the port."),
            NONE
        );
        assert_eq!(found("“It stays open.” –"), NONE);
    }
}
