//! Statements: attributions resolved. Speaker, form of the source, kind, act, negation, nesting,
//! figures.

use crate::attribution::Attribution;
use crate::figure::Figure;
use crate::mention::Entity;
use crate::quotation::Quotation;
use crate::story::Story;
use crate::text::Span;
use crate::token::{Sentence, Token};

/// Who says what, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The phrase that names the source; empty where there is none.
    pub source: Vec<Span>,
    /// The words that signal it.
    pub cue: Option<Span>,
    /// What is said; never empty.
    pub content: Vec<Span>,
    /// The name under which the ledger keeps the source.
    pub speaker: Option<String>,
    /// Index of the entity that speaks, where the story names it.
    pub entity: Option<usize>,
    /// How the source is worded here.
    pub form: Form,
    /// How much of the content stands in quotation marks.
    pub kind: Kind,
    /// What the speaker does.
    pub act: Act,
    /// Whether the act is said not to have happened.
    pub negated: bool,
    /// Index of the statement whose content holds this one.
    pub inside: Option<usize>,
    /// Figures in the content.
    pub figures: Vec<Figure>,
}

/// How a source is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By name.
    Named,
    /// By a description of somebody whom the story names elsewhere.
    Role,
    /// By a pronoun.
    Pronoun,
    /// By a capital or building that stands for a body.
    Metonym,
    /// A report, letter, poll or law.
    Document,
    /// A person or people never named.
    Unnamed,
    /// Not at all.
    None,
}

/// How much of the content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All of it.
    Direct,
    /// Some.
    Mixed,
    /// None.
    Indirect,
}

/// What a speaker does with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Say, tell, write, show.
    Say,
    /// Deny, dismiss.
    Deny,
    /// Confirm, admit.
    Confirm,
    /// Accuse, blame, denounce.
    Accuse,
    /// Warn.
    Warn,
    /// Call for, urge, order, rule.
    Demand,
    /// Pledge, offer, undertake.
    Promise,
    /// Ask.
    Ask,
    /// Give no comment.
    Decline,
    /// Think, know, expect, fear.
    Believe,
    /// Intend, hope, support, oppose.
    Want,
}

/// Resolves the attributions of a story into statements, one each, in the same order.
pub fn resolve(
    _story: &Story,
    _tokens: &[Token],
    _sentences: &[Sentence],
    _quotations: &[Quotation],
    _entities: &[Entity],
    _figures: &[Figure],
    _attributions: Vec<Attribution>,
) -> Vec<Statement> {
    Vec::new()
}
