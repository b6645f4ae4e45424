//! Mentions: the phrases of a story that name people, bodies and places.
//!
//! Names are runs of capitalised words, parted by the words that tell titles, roles and bodies
//! (`data/nouns.txt`). What a name is called around it ("Mayor Ana Ruiz", "Ana Ruiz, the mayor") is
//! kept with it. Mentions are found by the words alone; which of them name the same, and what kind of
//! thing that is, `coref` decides.

mod label;
pub(crate) mod lexicon;
mod name;

pub(crate) use name::is_title_case;

use crate::token::Tokens;

/// A phrase that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Index of the first token of the name, without titles.
    pub start: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// What the name and the words around it tell it to be.
    pub kind: Kind,
    /// What the words around it call it, in lower case ("mayor of tern").
    pub roles: Vec<String>,
    /// What a form of address or role tells.
    pub gender: Option<Gender>,
}

/// What is named: the kinds of the worldwide newswire corpus (Shan et al., 2023), in the order of a
/// model's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One person.
    Person,
    /// A body: a government, company, party, army, court.
    Organization,
    /// A country, city, river.
    Place,
    /// The people of a nation, religion or party, and their adjectives.
    Group,
    /// A building, airport, road.
    Facility,
    /// A thing made and sold.
    Product,
    /// A date or period.
    Date,
    /// An amount of money.
    Money,
    /// Events, laws, titles of works; what is not known.
    Other,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 9] = [
        Kind::Person,
        Kind::Organization,
        Kind::Place,
        Kind::Group,
        Kind::Facility,
        Kind::Product,
        Kind::Date,
        Kind::Money,
        Kind::Other,
    ];
}

/// The pronoun that a person is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// Finds the names of a story, in order. In sentences set like titles, where capitals tell nothing,
/// none are found; nor in the dateline, whose city and agency are not of the story.
pub fn find(tokens: &Tokens<'_>) -> Vec<Mention> {
    let lettering = name::Lettering::of(tokens);
    let sentences = tokens.sentences.iter().filter(|s| !is_title_case(tokens, **s));
    let mut found: Vec<Mention> =
        sentences.flat_map(|sentence| name::in_sentence(tokens, *sentence, &lettering)).collect();
    label::take(tokens, &mut found);
    if let Some(dateline) = tokens.story.dateline {
        found.retain(|name| !tokens.span(name.start, name.end).overlaps(dateline));
    }
    found
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
