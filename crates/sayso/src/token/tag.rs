//! What a model says of every token beside attributions: parts of speech and names.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its part of speech.
    pub part: Part,
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
pub enum Part {
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

/// Kinds of entity, those of the worldwide newswire corpus (Shan et al., 2023), in the order of a model's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One person.
    Person,
    /// A government, company, party, army, court.
    Organization,
    /// A country, city, river.
    Location,
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
    /// Events, laws, titles of works.
    Other,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Part; 17] = [
        Part::Adjective,
        Part::Adposition,
        Part::Adverb,
        Part::Auxiliary,
        Part::Conjunction,
        Part::Determiner,
        Part::Interjection,
        Part::Noun,
        Part::Number,
        Part::Particle,
        Part::Pronoun,
        Part::ProperNoun,
        Part::Punctuation,
        Part::Subordinator,
        Part::Symbol,
        Part::Verb,
        Part::Other,
    ];
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 9] = [
        Kind::Person,
        Kind::Organization,
        Kind::Location,
        Kind::Group,
        Kind::Facility,
        Kind::Product,
        Kind::Date,
        Kind::Money,
        Kind::Other,
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
