//! Quotations: words between quotation marks, nothing more.

use crate::story::Story;
use crate::text::Span;
use crate::token::Token;

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The characters with both marks; one that is never closed ends with its paragraph.
    pub span: Span,
    /// Whether it goes on with the next quotation, in the next paragraph: opened there again
    /// without having been closed here.
    pub continues: bool,
}

/// Pairs the quotation marks of a story.
pub fn find(_story: &Story, _tokens: &[Token]) -> Vec<Quotation> {
    Vec::new()
}
