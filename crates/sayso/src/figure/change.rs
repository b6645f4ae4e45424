//! Whether a figure is the amount of a rise or a fall: "fell 3 %", "a rise of 20", "5 % higher".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Change;
use crate::lexicon;
use crate::token::Tokens;

/// Where a word stands to the amount of which it tells the change.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Before,
    /// Before a percentage or points.
    BeforeShare,
    After,
}

static CHANGES: LazyLock<HashMap<(Place, &'static str), Change>> = LazyLock::new(|| {
    let mut changes = HashMap::new();
    for row in lexicon::CHANGES.rows() {
        let (place, change) = row.among(&[
            ("up", (Place::Before, Change::Up)),
            ("down", (Place::Before, Change::Down)),
            ("share up", (Place::BeforeShare, Change::Up)),
            ("share down", (Place::BeforeShare, Change::Down)),
            ("after up", (Place::After, Change::Up)),
            ("after down", (Place::After, Change::Down)),
        ]);
        changes.extend(row.entries.into_iter().map(|word| ((place, word), change)));
    }
    changes
});

/// The change of which tokens `[start, end)` are the amount. `is_share` says that its unit is per cent or
/// points.
pub(super) fn of(words: &Tokens<'_>, start: usize, end: usize, is_share: bool) -> Option<Change> {
    let listed = |place, i: usize| CHANGES.get(&(place, words.low(i))).copied();
    let behind = end + usize::from(words.low(end) == "-");
    if words.same_paragraph(end - 1, behind)
        && let Some(change) = listed(Place::After, behind)
    {
        return Some(change);
    }
    let at = word_before(words, start)?;
    listed(Place::Before, at).or_else(|| listed(Place::BeforeShare, at).filter(|_| is_share))
}

/// The word before an amount, without "by", "of" and adverbs between.
fn word_before(words: &Tokens<'_>, start: usize) -> Option<usize> {
    /// Words stepped over: "fell sharply by another 3 %".
    const MOST: usize = 4;
    let is_between = |i: usize| {
        matches!(words.low(i), "a" | "additional" | "an" | "another" | "by" | "further" | "nearly" | "of")
            || words.low(i).ends_with("ly")
    };
    let before = (0..start).rev().take(MOST).take_while(|&i| words.same_paragraph(i, start));
    before.into_iter().find(|&i| !is_between(i))
}
