//! Figures: amounts and counts, with their bounds, unit and what is counted.

use crate::story::Story;
use crate::text::Span;
use crate::token::Token;

/// An amount or count.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words of the figure.
    pub span: Span,
    /// Lowest value; `None` where open ("up to 50").
    pub min: Option<f64>,
    /// Highest value; `None` where open ("more than 150").
    pub max: Option<f64>,
    /// Whether it is said to be inexact ("about 150").
    pub approx: bool,
    /// ISO 4217 for money, `%`, `km`, `year`; `None` for a count.
    pub unit: Option<String>,
    /// The words counted ("Chinese nationals").
    pub of: Option<Span>,
}

/// Finds the figures of a story, in order.
pub fn find(_story: &Story, _tokens: &[Token]) -> Vec<Figure> {
    Vec::new()
}
