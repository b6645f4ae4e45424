//! Signed quotations: attributions that layout alone makes.
//!
//! `“Words.” – Ana Ruiz, mayor`: a quotation that makes up its paragraph and is signed after a dash,
//! there or at the start of the next paragraph. The same steps as `signed` in `train/decode.py`.

use super::decode::{Found, Input};
use crate::features::{Boundary, Place, Shape};
use crate::quotation::Quotation;
use std::ops::Range;

/// Most tokens of the name and description under a quotation: more is running text.
const SIGNATURE: usize = 12;

/// Score of an attribution that layout alone tells: beside that of trained models.
const SCORE: f32 = 0.9;

/// The signed quotations of a story none of whose tokens is in another's cue or content. `quoted`
/// gives the tokens of each quotation.
pub(super) fn signed(
    input: &Input,
    quoted: &[(usize, usize)],
    quotations: &[Quotation],
    found: &[Found],
) -> Vec<Found> {
    let mut taken = vec![false; input.tokens.len()];
    for range in found.iter().flat_map(|f| f.content.iter().chain([&f.cue])) {
        taken[range.clone()].fill(true);
    }
    let is_free = |range: &Range<usize>| !taken[range.clone()].contains(&true);
    let mut signed = Vec::new();
    for (k, &(start, end)) in quoted.iter().enumerate() {
        let closed = end > start && input.features[end - 1].quotation == Place::Closing;
        if !closed || input.features[start].boundary != Boundary::Paragraph {
            continue;
        }
        let Some((cue, name)) = signature(input, end) else { continue };
        let before = quotations[..k].iter().rev().take_while(|q| q.continues).count();
        let content: Vec<_> =
            quoted[k - before..=k].iter().map(|q| q.0..q.1).filter(|r| !r.is_empty()).collect();
        if content.iter().all(is_free) && is_free(&(cue.start..name.end)) {
            let source = whole_name(input, &name);
            signed.push(Found { cue, source: vec![source], content, score: SCORE });
        }
    }
    signed
}

/// The dashes at token `at` and what stands after them to the paragraph's end, if that can be a name.
fn signature(input: &Input, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let is_dash = |i: usize| {
        let token = input.tokens.get(i).map(|t| t.span.slice(input.text));
        matches!(token, Some("-" | "–" | "—" | "―"))
    };
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
    let token = |i: usize| input.tokens[i].span.slice(input.text);
    let comma = name.clone().find(|&i| token(i) == ",");
    let stop = usize::from(token(name.end - 1) == ".");
    name.start..comma.unwrap_or(name.end - stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{features, quoted_tokens};
    use crate::page::Page;
    use crate::{quotation, story, token};

    /// Source, cue and content of each signed quotation, slices of the text.
    fn found(text: &str) -> Vec<(String, String, String)> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let quotations = quotation::find(&tokens);
        let features = features(&tokens, &quotations);
        let tokens = &tokens.list;
        let input = Input { text: &story.text, tokens, features: &features };
        let slice = |r: &Range<usize>| {
            let span = tokens[r.start].span.start as usize..tokens[r.end - 1].span.end as usize;
            story.text[span].to_owned()
        };
        let list = |ranges: &[Range<usize>]| ranges.iter().map(slice).collect::<Vec<_>>().join(" | ");
        signed(&input, &quoted_tokens(tokens, &quotations), &quotations, &[])
            .iter()
            .map(|f| (list(&f.source), slice(&f.cue), list(&f.content)))
            .collect()
    }

    fn row(source: &str, cue: &str, content: &str) -> (String, String, String) {
        (source.to_owned(), cue.to_owned(), content.to_owned())
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
        assert_eq!(found("She called it “a gift.” – Ana Ruiz"), []);
        assert_eq!(found("“It stays open.” – and so it did."), []);
        assert_eq!(
            found("“It stays open.” – The mayor had asked for a ferry and for two new roads to the port."),
            []
        );
        assert_eq!(found("“It stays open.” –"), []);
    }
}
