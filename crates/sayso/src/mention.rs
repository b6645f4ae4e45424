//! Mentions of people and bodies, and the entities they name within one story.

use crate::story::Story;
use crate::text::Span;
use crate::token::{Sentence, Token};

/// Somebody or something that the story names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest name the story gives.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The phrases that name it, in order.
    pub mentions: Vec<Span>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// One person.
    Person,
    /// A body: a government, company, party, army, court.
    Organization,
    /// A place.
    Place,
    /// Not known.
    Unknown,
}

/// Finds the entities that a story names.
pub fn find(_story: &Story, _tokens: &[Token], _sentences: &[Sentence]) -> Vec<Entity> {
    Vec::new()
}
