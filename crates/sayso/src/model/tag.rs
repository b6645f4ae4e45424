//! What a model says of every token beside attributions: parts of speech and names.

use crate::mention::Kind;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its part of speech.
    pub part: PartOfSpeech,
    /// The name or other entity that it belongs to.
    pub entity: Option<InEntity>,
}

/// A token of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InEntity {
    /// What is named.
    pub kind: Kind,
    /// Whether the entity begins here.
    pub is_first: bool,
}

/// Parts of speech of Universal Dependencies (Nivre et al., LREC 2020), in the order of a model's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartOfSpeech {
    /// ADJ
    Adjective,
    /// ADP: prepositions, and postpositions such as "ago"
    Adposition,
    /// ADV
    Adverb,
    /// AUX: auxiliaries, and "be" as a copula
    Auxiliary,
    /// CCONJ: "and", "or", "but"
    Conjunction,
    /// DET: articles, and pronouns before a noun
    Determiner,
    /// INTJ
    Interjection,
    /// NOUN
    Noun,
    /// NUM
    Number,
    /// PART: "to", "not", the "s" of a possessive
    Particle,
    /// PRON
    Pronoun,
    /// PROPN
    ProperNoun,
    /// PUNCT
    Punctuation,
    /// SCONJ: "that", "because", "if"
    Subordinator,
    /// SYM
    Symbol,
    /// VERB
    Verb,
    /// X: none of the others
    Other,
}

impl PartOfSpeech {
    /// All of them, in order.
    pub const ALL: [PartOfSpeech; 17] = [
        PartOfSpeech::Adjective,
        PartOfSpeech::Adposition,
        PartOfSpeech::Adverb,
        PartOfSpeech::Auxiliary,
        PartOfSpeech::Conjunction,
        PartOfSpeech::Determiner,
        PartOfSpeech::Interjection,
        PartOfSpeech::Noun,
        PartOfSpeech::Number,
        PartOfSpeech::Particle,
        PartOfSpeech::Pronoun,
        PartOfSpeech::ProperNoun,
        PartOfSpeech::Punctuation,
        PartOfSpeech::Subordinator,
        PartOfSpeech::Symbol,
        PartOfSpeech::Verb,
        PartOfSpeech::Other,
    ];
}

/// Entities as ranges of tokens `(start, end, kind)`, in order. A token that goes on with an entity of
/// which none stands before it begins one.
pub fn entities(tags: &[Tag]) -> Vec<(usize, usize, Kind)> {
    let mut found: Vec<(usize, usize, Kind)> = Vec::new();
    for (t, tag) in tags.iter().enumerate() {
        let Some(InEntity { kind, is_first }) = tag.entity else { continue };
        match found.last_mut() {
            Some((_, end, last)) if !is_first && *end == t && *last == kind => *end = t + 1,
            _ => found.push((t, t + 1, kind)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_ends_where_another_kind_or_a_first_token_begins() {
        let tag = |entity: Option<(Kind, bool)>| Tag {
            part: PartOfSpeech::ProperNoun,
            entity: entity.map(|(kind, is_first)| InEntity { kind, is_first }),
        };
        let (person, place) = (Kind::Person, Kind::Place);
        let labels = [
            Some((person, true)),
            Some((person, false)),
            Some((person, true)),
            None,
            Some((place, false)),
            Some((person, false)),
        ];
        let found = entities(&labels.map(tag));
        assert_eq!(found, [(0, 2, person), (2, 3, person), (4, 5, place), (5, 6, person)]);
    }
}
