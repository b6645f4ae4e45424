//! The words of bylines: a table, read where it is needed.

use crate::lexicon;
use std::collections::HashMap;
use std::sync::LazyLock;

static BYLINES: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| lexicon::BYLINES.rows().map(|row| (row.key, row.entries)).collect());

/// The words of one kind.
pub(super) fn words(kind: &'static str) -> impl Iterator<Item = &'static str> {
    BYLINES[kind].iter().copied()
}

/// Whether a word is of the kind.
pub(super) fn is(kind: &'static str, word: &str) -> bool {
    words(kind).any(|known| known == word)
}
