//! Mentions of people and bodies, and the entities they name within one story.
//!
//! Names are runs of capitalised words, parted by the words that tell titles, roles and bodies
//! (`data/nouns.txt`); short forms join the fullest name that the story gives. What a name is
//! called around it ("Mayor Ana Ruiz", "Ana Ruiz, the mayor") is kept: by it "the mayor" is
//! found again.

mod cluster;
pub(crate) mod lexicon;
mod name;

use crate::story::Story;
use crate::text::Span;
use crate::token::tag::Tag;
use crate::token::{Sentence, Token};
use crate::words::Words;

/// Somebody or something that the story names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest name the story gives.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The phrases that name it, in order.
    pub mentions: Vec<Span>,
    /// What the story calls it beside its name, in lower case ("mayor of tern").
    pub roles: Vec<String>,
    /// The gender that forms of address and roles tell; `None` where they tell none.
    pub gender: Option<Gender>,
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

/// The pronoun that a person is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// Finds the entities that a story names, in the order of their first mention.
pub fn find(story: &Story, tokens: &[Token], sentences: &[Sentence], tags: &[Tag]) -> Vec<Entity> {
    let words = Words::new(story, tokens);
    let lettering = name::Lettering::of(&words, sentences);
    let mut names = Vec::new();
    for sentence in sentences.iter().filter(|s| !name::is_title_case(&words, **s)) {
        names.extend(name::in_sentence(&words, tags, *sentence, &lettering));
    }
    let titles = sentences.iter().copied().filter(|s| name::is_title_case(&words, *s));
    cluster::entities(&words, tags, names, titles)
}

/// Words that begin or end a noun phrase without being part of it.
pub(crate) fn is_boundary(word: &str) -> bool {
    const BOUNDARIES: [&str; 58] = [
        "a", "after", "also", "an", "and", "are", "as", "at", "be", "because", "been", "before", "but", "by",
        "during", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it",
        "its", "on", "or", "our", "over", "said", "says", "she", "since", "so", "than", "that", "the",
        "their", "they", "this", "to", "under", "until", "was", "we", "were", "when", "where", "which",
        "while", "who", "will", "with", "would",
    ];
    BOUNDARIES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests;
