//! The words of bylines: a table, read where it is needed.

/// Lines of `kind | word | …`.
static BYLINES: &str = include_str!("../../../data/bylines.txt");

/// The words of one kind.
pub(super) fn words(kind: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = BYLINES.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once(" | "));
    rows.filter(move |(name, _)| *name == kind).flat_map(|(_, words)| words.split(" | "))
}

/// Whether a word is of the kind.
pub(super) fn is(kind: &'static str, word: &str) -> bool {
    words(kind).any(|known| known == word)
}
