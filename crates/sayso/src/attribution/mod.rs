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
use cue::{Cue, Kind};
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

/// Where a later reporting clause of the sentence begins that ends this cue's content.
fn next_clause<'c>(
    words: &Words,
    cue: &Cue,
    later: impl Iterator<Item = (&'c Cue, &'c Source)>,
) -> Option<usize> {
    later
        .take_while(|(next, _)| next.sentence == cue.sentence)
        .find(|(next, source)| source.clause.0 > cue.end && ends_content(words, next, source))
        .map(|(_, source)| source.clause.0)
}

/// Whether a reporting clause stands beside the content before it ("..., adding that", "..., but he
/// said") rather than inside it ("said he believes").
fn ends_content(words: &Words, next: &Cue, source: &Source) -> bool {
    let start = source.clause.0;
    let Some(before) = start.checked_sub(1) else { return false };
    let after_comma = before > 0 && words.classes[before - 1] == Class::Comma;
    if next.kind == Kind::Phrase {
        return true;
    }
    if start == next.start {
        let participle = words.word(next.head).ends_with("ing") && next.kind == Kind::Speech;
        return match words.classes[before] {
            Class::Comma | Class::Conjunction => !next.infinitive,
            Class::By | Class::Preposition => participle,
            _ => false,
        };
    }
    let spoken = matches!(next.kind, Kind::Speech | Kind::Tell);
    match words.classes[before] {
        Class::Conjunction => after_comma || spoken && words.is(before, "but"),
        Class::Subordinate => spoken && words.is_any(before, &["though", "although", "while", "whereas"]),
        Class::Relative => spoken && after_comma && words.is(before, "which"),
        // `..., Ruiz said.`: the clause that reports the whole of what stands before it.
        Class::Comma | Class::Quote => {
            let after = words.class_in(words.sentences[next.sentence], Some(source.clause.1));
            spoken
                && matches!(after, Class::Stop | Class::Edge | Class::Day | Class::Preposition | Class::Comma)
        }
        _ => false,
    }
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
