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
    decode::decode(tokens, quotations, reading)
}
