//! Attributions: who (source), by which words (cue), what (content).
//!
//! The boundaries follow the PolNeAR guidelines (Newell, Margolin and Ruths, LREC 2018). A trained model
//! gives probabilities; [`find`] makes attributions of them, and adds those that closed conventions
//! of layout and quotation tell where the model has none.

mod above;
mod beside;
mod decode;
mod floating;
mod phrase;
mod possible;
mod signed;
mod turns;
mod whole;

use crate::features::{Features, Place, quoted_tokens};
use crate::model::Reading;
use crate::model::tag::{PartOfSpeech, Tag};
use crate::quotation::Quotation;
use crate::text::Span;
use crate::token::{Token, Tokens};
use std::ops::Range;

/// A place where the story ascribes words or an attitude to somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The whole phrase that names the source; empty where there is none ("is believed to").
    pub source: Vec<Span>,
    /// The words that signal the attribution, one run; `None` where only layout does.
    pub cue: Option<Span>,
    /// Everything ascribed, with its quotation marks; never empty.
    pub content: Vec<Span>,
    /// How sure the model is of it, 0 to 1: the cue's probability times the mean of its content's.
    pub score: f32,
}

/// Finds the attributions of a story, in the order of their cues.
pub fn find(tokens: &Tokens<'_>, quotations: &[Quotation], reading: &Reading<'_>) -> Vec<Attribution> {
    let input = &Input::new(tokens, quotations, &reading.features, &reading.tags);
    let mut found = decode::decode(input, reading);
    whole::complete(input, &mut found);
    possible::keep(input, &mut found);
    above::without_prepositions(input, &mut found);
    turns::take(input, &mut found);
    found.extend(signed::find(input, &found));
    found.extend(above::find(input, &found));
    found.extend(beside::find(input, &found));
    floating::join(input, &mut found);
    // What was dropped may have held others, whose contents are outer ones now.
    whole::complete(input, &mut found);
    found.sort_by_key(|f| f.cue.start);
    let mut found: Vec<Attribution> = found.iter().map(|f| input.attribution(f)).collect();
    if let Some(dateline) = tokens.story.dateline {
        found.retain_mut(|attribution| without_dateline(tokens, attribution, dateline));
    }
    found
}

/// An attribution as ranges of tokens.
#[derive(Clone, Debug)]
struct Found {
    /// Its cue, one run; empty, at the start of its content, where it has none.
    cue: Range<usize>,
    /// Its source; empty where there is none.
    source: Vec<Range<usize>>,
    /// Its content; never empty.
    content: Vec<Range<usize>>,
    /// How sure it is, 0 to 1.
    score: f32,
}

/// Score of an attribution that layout or adjacency alone tells: beside that of trained models.
const BY_CONVENTION: f32 = 0.9;

/// The story as the steps see it.
struct Input<'a> {
    words: &'a Tokens<'a>,
    tokens: &'a [Token],
    /// One for each token.
    features: &'a [Features],
    /// One for each token.
    tags: &'a [Tag],
    quotations: &'a [Quotation],
    /// The tokens of each quotation, `(start, end)`.
    quoted: Vec<(usize, usize)>,
}

impl<'a> Input<'a> {
    fn new(
        words: &'a Tokens<'a>,
        quotations: &'a [Quotation],
        features: &'a [Features],
        tags: &'a [Tag],
    ) -> Input<'a> {
        let quoted = quoted_tokens(&words.list, quotations);
        Input { words, tokens: &words.list, features, tags, quotations, quoted }
    }

    /// Token `t` as printed; empty past the end.
    fn word(&self, t: usize) -> &'a str {
        self.words.raw(t)
    }

    /// Whether no space stands between token `t` and the one before it.
    fn is_glued(&self, t: usize) -> bool {
        self.words.is_glued(t)
    }

    fn part(&self, t: usize) -> Option<PartOfSpeech> {
        self.tags.get(t).map(|tag| tag.part)
    }

    /// The quotations that a range touches, by index; those of an empty range are none.
    fn quotations_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.quoted.partition_point(|q| q.1 <= range.start);
        let last = self.quoted.partition_point(|q| q.0 < range.end);
        first..last.max(first)
    }

    /// Whether quotation `k` has a mark at either end.
    fn is_closed(&self, k: usize) -> bool {
        let (start, end) = self.quoted[k];
        start < end && self.features[end - 1].quotation == Place::Closing
    }

    /// The tokens of the sentence in which token `t` stands.
    fn sentence(&self, t: usize) -> Range<usize> {
        let sentence = self.words.sentences[self.features[t].sentence as usize];
        sentence.start as usize..sentence.end as usize
    }

    /// The tokens that belong to no cue and no content.
    fn free(&self, found: &[Found]) -> Vec<bool> {
        let mut free = vec![true; self.tokens.len()];
        for range in found.iter().flat_map(|f| f.content.iter().chain([&f.cue])) {
            free[range.clone()].fill(false);
        }
        free
    }

    fn attribution(&self, found: &Found) -> Attribution {
        let span = |r: &Range<usize>| self.words.span(r.start, r.end);
        Attribution {
            source: found.source.iter().map(span).collect(),
            cue: (!found.cue.is_empty()).then(|| span(&found.cue)),
            content: found.content.iter().map(span).collect(),
            score: found.score,
        }
    }
}

/// Takes the dateline off source and content, which the first sentence's may begin with; tells whether
/// content is left.
fn without_dateline(tokens: &Tokens<'_>, attribution: &mut Attribution, dateline: Span) -> bool {
    let after = tokens.list.partition_point(|t| t.span.start < dateline.end);
    let Some(start) = tokens.list.get(after).map(|t| t.span.start) else { return true };
    for spans in [&mut attribution.source, &mut attribution.content] {
        spans.retain_mut(|span| {
            if span.overlaps(dateline) {
                span.start = span.start.max(start);
            }
            span.start < span.end
        });
    }
    !attribution.content.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::page::Page;
    use crate::{quotation, story, token};

    /// Calls `test` with a text and what `fast` reads in it.
    pub(super) fn with_input<T>(text: &str, test: impl FnOnce(&Input, &Reading) -> T) -> T {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let quotations = quotation::find(&tokens);
        let reading = Model::fast().read(&tokens, &quotations);
        test(&Input::new(&tokens, &quotations, &reading.features, &reading.tags), &reading)
    }

    /// Source, cue and content of each, slices of the text; pieces parted by ` | `.
    pub(super) fn rows(input: &Input, found: &[Found]) -> Vec<[String; 3]> {
        let list = |ranges: &[Range<usize>]| {
            let words = |r: &Range<usize>| input.words.span(r.start, r.end).slice(input.words.text);
            ranges.iter().filter(|r| !r.is_empty()).map(words).collect::<Vec<_>>().join(" | ")
        };
        found
            .iter()
            .map(|f| [list(&f.source), list(std::slice::from_ref(&f.cue)), list(&f.content)])
            .collect()
    }

    /// Source, cue and content of every attribution that is found in a text.
    pub(super) fn all(text: &str) -> Vec<[String; 3]> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let quotations = quotation::find(&tokens);
        let found = find(&tokens, &quotations, &Model::fast().read(&tokens, &quotations));
        let words =
            |spans: &[Span]| spans.iter().map(|s| s.slice(&story.text)).collect::<Vec<_>>().join(" | ");
        found.iter().map(|a| [words(&a.source), words(a.cue.as_slice()), words(&a.content)]).collect()
    }
}
