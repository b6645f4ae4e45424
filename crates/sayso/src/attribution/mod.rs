//! Attributions: who (source), by which words (cue), what (content).
//!
//! The boundaries follow the PolNeAR guidelines (Newell, Margolin and Ruths, LREC 2018). A first
//! finder, by rules over word classes: cues come from a table with trained weights, the source is the
//! nearest phrase that can be a subject, the content what the cue's kind takes.

mod content;
pub mod cue;
mod source;
mod words;

use crate::quotation::Quotation;
use crate::story::Story;
use crate::text::Span;
use crate::token::{Sentence, Token};
use cue::Cue;
use source::Source;
use words::{Class, Words};

/// A place where the story ascribes words or an attitude to somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The whole phrase that names the source; empty where there is none ("is believed to").
    pub source: Vec<Span>,
    /// The words that signal the attribution, one run; `None` where only layout does.
    pub cue: Option<Span>,
    /// Everything ascribed, with its quotation marks; never empty.
    pub content: Vec<Span>,
}

/// Finds the attributions of a story, in the order of their cues.
pub fn find(
    story: &Story,
    tokens: &[Token],
    sentences: &[Sentence],
    quotations: &[Quotation],
) -> Vec<Attribution> {
    let words = Words::new(story, tokens, sentences, quotations);
    let cues = cue::find(&words);
    let sources = sources(&words, &cues);
    let mut in_cue = vec![false; tokens.len()];
    for cue in &cues {
        in_cue[cue.start..cue.end].fill(true);
    }
    let mut found = Vec::with_capacity(cues.len());
    for (i, (cue, source)) in cues.iter().zip(&sources).enumerate() {
        let next = next_clause(&words, cue, cues[i + 1..].iter().zip(&sources[i + 1..]));
        let content = content::find(&words, cue, source, next, &in_cue);
        if content.is_empty() {
            continue;
        }
        found.push(Attribution {
            source: source.range.iter().map(|&range| words.span(range)).collect(),
            cue: Some(words.span((cue.start, cue.end))),
            content: content.iter().map(|&range| words.span(range)).collect(),
        });
    }
    found
}

/// The source of every cue; a cue whose subject is shared takes that of the cue before it.
fn sources(words: &Words, cues: &[Cue]) -> Vec<Source> {
    let mut found: Vec<Source> = Vec::with_capacity(cues.len());
    for (i, cue) in cues.iter().enumerate() {
        let before = i.checked_sub(1).filter(|&b| cues[b].sentence == cue.sentence);
        let previous = before.and_then(|b| found[b].range);
        found.push(source::find(words, cue, previous));
    }
    found
}

/// Where the next reporting clause begins that ends this cue's content: one with the same subject
/// ("said that ..., adding that ...").
fn next_clause<'c>(
    words: &Words,
    cue: &Cue,
    mut later: impl Iterator<Item = (&'c Cue, &'c Source)>,
) -> Option<usize> {
    let first = later.next().filter(|(next, _)| next.sentence == cue.sentence)?;
    let start = first.1.clause.0;
    let before = words.classes[start.checked_sub(1)?];
    let shares = first.1.clause.0 == first.0.start;
    let joined = matches!(before, Class::Comma | Class::Conjunction) || first.0.kind == cue::Kind::Phrase;
    (shares && joined && start > cue.end).then_some(start)
}

/// The words that may be cues, with their features, for training the weights of the cue table.
pub fn cue_candidates(
    story: &Story,
    tokens: &[Token],
    sentences: &[Sentence],
    quotations: &[Quotation],
) -> Vec<cue::Candidate> {
    cue::candidates(&Words::new(story, tokens, sentences, quotations))
}
