//! Whom and what many stories name: one person, body or place under one name.
//!
//! Entities are built from each story's own full names. A name of two words and more joins stories, with
//! accents, titles and middle initials left out; so does the one-word name of a body or place. A bare surname
//! joins none, and neither does a name that many bodies have ("Health Ministry"): they are entities of their
//! own story. Two people of one full name cannot be told apart here; a hand can split them.

use crate::words;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of names that many bodies have.
static GENERIC: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words::table(include_str!("../data/generic.txt")));

/// Titles before a name, which are no part of it.
const TITLES: [&str; 16] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "mx",
    "sheikh",
    "the",
    "st.",
];

/// What joins the mentions of an entity: its name, folded; with the text's hash behind it where the name is
/// too bare to join stories. `kind` is the wire's.
pub(crate) fn key(name: &str, kind: &str, sha256: &str) -> String {
    let mut words: Vec<String> = fold(name).split_whitespace().map(str::to_owned).collect();
    while words.len() > 1 && TITLES.contains(&words[0].trim_end_matches('.')) {
        words.remove(0);
    }
    if words.len() > 2 && kind == "person" {
        let last = words.len() - 1;
        let mut n = 0;
        // "Donald J. Trump" is Donald Trump.
        words.retain(|word| {
            n += 1;
            n == 1 || n == last + 1 || word.trim_end_matches('.').chars().count() > 1
        });
    }
    let is_generic = words.iter().all(|word| GENERIC.contains(word.as_str()));
    let joins = match words.len() {
        0 => false,
        1 => matches!(kind, "organization" | "place") && words[0].chars().count() > 1 && !is_generic,
        _ => !is_generic,
    };
    let name = words.join(" ");
    if joins { name } else { format!("{name} @{}", &sha256[..sha256.len().min(16)]) }
}

/// A name in small letters without accents and possessive endings.
pub(crate) fn fold(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let low = plain.to_lowercase().replace(['’', '‘'], "'");
    low.strip_suffix("'s").unwrap_or(&low).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_join_stories_and_bare_ones_do_not() {
        let joined = |a: &str, b: &str, kind: &str| key(a, kind, "aa") == key(b, kind, "bb");
        assert!(joined("Ana Ruiz", "Ana Ruiz", "person"));
        assert!(joined("Recep Erdoğan", "Mr. Recep Erdogan", "person"));
        assert!(joined("Donald J. Trump", "Donald Trump", "person"));
        assert!(joined("Ana Ruiz", "ana ruiz’s", "unknown"));
        assert!(joined("NATO", "NATO", "organization"));
        assert!(!joined("Ruiz", "Ruiz", "person"));
        assert!(!joined("Health Ministry", "Health Ministry", "organization"));
        assert!(!joined("Senate", "Senate", "organization"));
        assert!(!joined("", "", "person"));
        assert_eq!(key("Ruiz", "person", "aa"), key("Ruiz", "person", "aa"));
    }
}
