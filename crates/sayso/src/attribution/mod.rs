//! Attributions: who (source), by which words (cue), what (content).
//!
//! The boundaries follow the PolNeAR guidelines (Newell, Margolin and Ruths, LREC 2018). A trained model
//! gives probabilities; [`find`] makes attributions of them.

mod decode;
mod signed;

use crate::model::Reading;
use crate::quotation::Quotation;
use crate::text::Span;
use crate::token::Tokens;

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
    let mut found = decode::decode(tokens, quotations, reading);
    if let Some(dateline) = tokens.story.dateline {
        found.retain_mut(|attribution| without_dateline(tokens, attribution, dateline));
    }
    found
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
