//! Attributions: who (source), by which words (cue), what (content).
//!
//! The boundaries follow the PolNeAR guidelines (Newell, Margolin and Ruths, LREC 2018). A trained
//! [`Model`] gives probabilities; [`decode`] makes attributions of them.

mod decode;
mod signed;

use crate::features::features;
use crate::model::{Input, Model};
use crate::quotation::Quotation;
use crate::story::Story;
use crate::text::Span;
use crate::token::tag::Tag;
use crate::token::{Sentence, Token};

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

/// Finds the attributions of a story, in the order of their cues, and what the model says of each token.
pub fn find(
    story: &Story,
    tokens: &[Token],
    sentences: &[Sentence],
    quotations: &[Quotation],
    model: &Model,
) -> (Vec<Attribution>, Vec<Tag>) {
    let features = features(story, tokens, sentences, quotations);
    let input = Input { text: &story.text, tokens, sentences, features: &features };
    decode::read(&input, quotations, model)
}
