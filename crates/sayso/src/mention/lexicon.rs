//! Words that tell people, bodies, places and documents apart, from the tables in `data/`.

use crate::lexicon;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Nouns that describe sources, from `data/nouns.txt`.
#[derive(Default)]
struct Nouns {
    person: HashSet<&'static str>,
    body: HashSet<&'static str>,
    document: HashSet<&'static str>,
    suffix: HashSet<&'static str>,
    heads: HashSet<&'static str>,
}

static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
    let mut nouns = Nouns::default();
    for row in lexicon::NOUNS.rows() {
        let words = match row.key {
            "person" => &mut nouns.person,
            "body" => &mut nouns.body,
            "document" => &mut nouns.document,
            "suffix" => &mut nouns.suffix,
            "heads" => &mut nouns.heads,
            _ => row.fail("an unknown kind of noun"),
        };
        words.extend(&row.entries);
    }
    nouns
});

/// Whether a lower-cased word is a role of one person ("spokesman").
pub(crate) fn is_role(word: &str) -> bool {
    NOUNS.person.contains(word)
}

/// Whether it is the plural of a role ("officials").
pub(crate) fn is_roles(word: &str) -> bool {
    let singular = word.strip_suffix('s');
    matches!(word, "people" | "men" | "women" | "families" | "secretaries" | "police" | "authorities")
        || singular.is_some_and(is_role)
        || word.strip_suffix("men").is_some_and(|stem| is_role(&format!("{stem}man")))
}

/// Whether it is a kind of body ("company").
pub(crate) fn is_body(word: &str) -> bool {
    NOUNS.body.contains(word)
}

/// Whether it is something written ("report").
pub(crate) fn is_document(word: &str) -> bool {
    NOUNS.document.contains(word)
}

/// Whether it ends or marks the name of a body ("Inc", "Ministry").
pub(super) fn is_body_part(word: &str) -> bool {
    NOUNS.suffix.contains(word) || NOUNS.heads.contains(word)
}

/// Whether "of" or "for" after it belongs to a name ("Bank of", "Ministry for").
pub(super) fn takes_of(word: &str) -> bool {
    NOUNS.heads.contains(word) || is_role(word)
}

/// Whether it only says which kind of company a name belongs to, so that the name without it is
/// the same company ("Inc", "Group").
pub(crate) fn is_company_word(word: &str) -> bool {
    matches!(
        word,
        "ag" | "airlines"
            | "airways"
            | "co"
            | "companies"
            | "company"
            | "computer"
            | "computers"
            | "corp"
            | "corporation"
            | "financial"
            | "gmbh"
            | "group"
            | "holding"
            | "holdings"
            | "inc"
            | "incorporated"
            | "international"
            | "limited"
            | "lines"
            | "llc"
            | "llp"
            | "ltd"
            | "motor"
            | "motors"
            | "nv"
            | "plc"
            | "sa"
            | "spa"
            | "system"
            | "systems"
            | "management"
            | "capital"
            | "media"
            | "news"
            | "agency"
            | "newspaper"
            | "bank"
            | "union"
            | "workers"
            | "party"
            | "university"
            | "automotive"
            | "entertainment"
            | "technologies"
            | "energy"
            | "oil"
            | "petroleum"
            | "insurance"
            | "pharmaceuticals"
            | "electronics"
            | "industries"
            | "brothers"
            | "stores"
            | "partners"
            | "associates"
            | "department"
            | "ministry"
            | "administration"
    )
}

/// What a country table's word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceWord {
    /// A country's name.
    Country(&'static str),
    /// A seat of its government, which stands for it.
    Seat(&'static str),
    /// Its adjective or people.
    Adjective(&'static str),
    /// A place that stands for no government.
    Elsewhere,
}

static PLACES: LazyLock<HashMap<String, PlaceWord>> = LazyLock::new(|| {
    let mut places = HashMap::new();
    for name in lexicon::PLACES.entries() {
        places.insert(key(name), PlaceWord::Elsewhere);
    }
    for row in lexicon::METONYMS.rows() {
        let (country, [others, adjectives, seats]) = (row.key, row.cells());
        let mut add = |names: &str, word: PlaceWord| {
            for name in names.split(';').filter(|n| !n.is_empty()) {
                places.insert(key(name), word);
            }
        };
        add(country, PlaceWord::Country(country));
        add(others, PlaceWord::Country(country));
        add(adjectives, PlaceWord::Adjective(country));
        add(seats, PlaceWord::Seat(country));
    }
    places
});

/// What a name stands for in the table of countries.
pub(crate) fn place(name: &str) -> Option<PlaceWord> {
    PLACES.get(&key(name)).copied()
}

/// A name without case, points and spaces: "U.S." and "US" are one. Lower-case "us" is not asked.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Forms of address before a name, with the gender they tell.
pub(crate) fn address(word: &str) -> Option<Option<super::Gender>> {
    use super::Gender::{Female, Male};
    Some(match word {
        "mr" | "sir" | "lord" | "king" | "prince" | "pope" => Some(Male),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "madam" | "madame" => Some(Female),
        "dr" | "prof" | "gen" | "col" | "capt" | "lt" | "sgt" | "sen" | "rep" | "gov" | "rev" | "maj"
        | "adm" | "cmdr" | "cpl" | "det" | "hon" | "insp" | "messrs" | "pte" | "pvt" | "supt" => None,
        _ => return None,
    })
}

static FIRST_NAMES: LazyLock<HashMap<&'static str, super::Gender>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for row in lexicon::FIRST_NAMES.rows() {
        let gender = row.among(&[("male", super::Gender::Male), ("female", super::Gender::Female)]);
        names.extend(row.entries.into_iter().map(|name| (name, gender)));
    }
    names
});

/// The gender that a lower-cased first name mostly tells; `None` for what is no common first name.
pub(crate) fn gender_of_first_name(word: &str) -> Option<super::Gender> {
    FIRST_NAMES.get(word).copied()
}

/// The gender that a role tells.
pub(super) fn gender_of_role(word: &str) -> Option<super::Gender> {
    use super::Gender::{Female, Male};
    if word.ends_with("woman")
        || matches!(word, "actress" | "daughter" | "mother" | "queen" | "princess" | "sister" | "wife")
    {
        return Some(Female);
    }
    let is_male = matches!(
        word,
        "father" | "husband" | "king" | "man" | "monk" | "pope" | "priest" | "prince" | "son" | "brother"
    ) || matches!(word, "spokesman" | "congressman" | "policeman" | "businessman");
    is_male.then_some(Male)
}

/// Lower-case words inside a person's name.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "bin"
            | "bint"
            | "da"
            | "dal"
            | "de"
            | "del"
            | "della"
            | "den"
            | "der"
            | "di"
            | "dos"
            | "du"
            | "el"
            | "ibn"
            | "la"
            | "le"
            | "ter"
            | "ul"
            | "van"
            | "von"
            | "y"
            | "zu"
    )
}

/// The Arabic article as it is written before a hyphen, also as it is spoken before some letters.
pub(super) fn is_article_of_name(word: &str) -> bool {
    matches!(word, "ad" | "al" | "an" | "ar" | "as" | "ash" | "at" | "az" | "el" | "ez")
}

/// Whether a word ends compounds after a name: "London-based", "Ruiz-led", from `data/compounds.txt`.
pub(super) fn ends_compound(word: &str) -> bool {
    COMPOUNDS.contains(word)
}

static COMPOUNDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lexicon::COMPOUNDS.entries().collect());

/// Short forms that end in a point inside a name.
pub(super) fn is_abbreviation(word: &str) -> bool {
    address(word).is_some() && (word.len() <= 4)
        || matches!(
            word,
            "st" | "jr" | "sr" | "inc" | "corp" | "co" | "ltd" | "bros" | "asst" | "dept" | "univ"
        )
        || word.chars().count() == 1
}

/// Days and months: capitalised, but nobody's name.
pub(super) fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "christmas"
            | "easter"
    )
}

/// Words that begin sentences and are no names, whatever their capital.
pub(crate) fn is_opener(word: &str) -> bool {
    OPENERS.contains(word)
}

static OPENERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lexicon::OPENERS.entries().collect());
