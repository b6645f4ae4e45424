//! Words that open a figure on one side or make it inexact: "more than", "up to", "about".

use crate::token::Tokens;

/// What the words around a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// The number is the lowest value.
    Lowest,
    /// The number is the highest value.
    Highest,
    /// The number is inexact.
    About,
}

/// Phrases before a number, the longer before those they end with.
const BEFORE: [(&[&str], Bound); 66] = [
    (&["more", "than", "or", "equal", "to"], Bound::Lowest),
    (&["greater", "than", "or", "equal", "to"], Bound::Lowest),
    (&["less", "than", "or", "equal", "to"], Bound::Highest),
    (&["equal", "to", "or", "more", "than"], Bound::Lowest),
    (&["equal", "to", "or", "greater", "than"], Bound::Lowest),
    (&["equal", "to", "or", "less", "than"], Bound::Highest),
    (&["higher", "or", "equal", "than"], Bound::Lowest),
    (&["greater", "or", "equal", "than"], Bound::Lowest),
    (&["smaller", "or", "equal", "than"], Bound::Highest),
    (&["lower", "or", "equal", "than"], Bound::Highest),
    (&["no", "fewer", "than"], Bound::Lowest),
    (&["no", "less", "than"], Bound::Lowest),
    (&["not", "less", "than"], Bound::Lowest),
    (&["no", "more", "than"], Bound::Highest),
    (&["not", "more", "than"], Bound::Highest),
    (&["as", "many", "as"], Bound::Highest),
    (&["as", "much", "as"], Bound::Highest),
    (&["as", "few", "as"], Bound::Lowest),
    (&["as", "little", "as"], Bound::Lowest),
    (&["in", "excess", "of"], Bound::Lowest),
    (&["a", "minimum", "of"], Bound::Lowest),
    (&["a", "maximum", "of"], Bound::Highest),
    (&["fewer", "than"], Bound::Highest),
    (&["less", "than"], Bound::Highest),
    (&["lower", "than"], Bound::Highest),
    (&["smaller", "than"], Bound::Highest),
    (&["shorter", "than"], Bound::Highest),
    (&["cheaper", "than"], Bound::Highest),
    (&["more", "than"], Bound::Lowest),
    (&["upwards", "of"], Bound::Lowest),
    (&["at", "least"], Bound::Lowest),
    (&["at", "most"], Bound::Highest),
    (&["up", "to"], Bound::Highest),
    (&["just", "over"], Bound::Lowest),
    (&["well", "over"], Bound::Lowest),
    (&["just", "under"], Bound::Highest),
    (&["close", "to"], Bound::About),
    (&["an", "estimated"], Bound::About),
    (&["exceed", "the"], Bound::Lowest),
    (&["exceeded", "the"], Bound::Lowest),
    (&["exceed"], Bound::Lowest),
    (&["surpass"], Bound::Lowest),
    (&["surpassed"], Bound::Lowest),
    (&["exceeded"], Bound::Lowest),
    (&["topped"], Bound::Lowest),
    (&["over"], Bound::Lowest),
    (&["above"], Bound::Lowest),
    (&["exceeding"], Bound::Lowest),
    (&["exceeds"], Bound::Lowest),
    (&["under"], Bound::Highest),
    (&["below"], Bound::Highest),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["roughly"], Bound::About),
    (&["approximately"], Bound::About),
    (&["nearly"], Bound::About),
    (&["almost"], Bound::About),
    (&["some"], Bound::About),
    (&["circa"], Bound::About),
    (&["estimated"], Bound::About),
    (&["~"], Bound::About),
    (&[">", "="], Bound::Lowest),
    (&["<", "="], Bound::Highest),
    (&[">"], Bound::Lowest),
    (&["<"], Bound::Highest),
    (&["≥"], Bound::Lowest),
];

/// Phrases after a number and its unit.
const AFTER: [(&[&str], Bound); 15] = [
    (&["or", "greater"], Bound::Lowest),
    (&["or", "higher"], Bound::Lowest),
    (&["or", "more"], Bound::Lowest),
    (&["or", "above"], Bound::Lowest),
    (&["or", "over"], Bound::Lowest),
    (&["and", "above"], Bound::Lowest),
    (&["and", "over"], Bound::Lowest),
    (&["or", "less"], Bound::Highest),
    (&["or", "fewer"], Bound::Highest),
    (&["or", "so"], Bound::About),
    (&["at", "least"], Bound::Lowest),
    (&["at", "most"], Bound::Highest),
    (&["at", "the", "most"], Bound::Highest),
    (&["plus"], Bound::Lowest),
    (&["+"], Bound::Lowest),
];

/// The bound that ends right before token `i`, and how many tokens it takes.
pub(super) fn before(words: &Tokens<'_>, i: usize) -> Option<(Bound, usize)> {
    let listed = BEFORE.iter().find_map(|(phrase, bound)| {
        let start = i.checked_sub(phrase.len())?;
        (words.matches(start, phrase) && words.same_paragraph(start, i)).then_some((*bound, phrase.len()))
    });
    listed.or_else(|| comparative(words, i))
}

/// Any other comparative before a number ("higher than", "older than") makes it the lowest.
fn comparative(words: &Tokens<'_>, i: usize) -> Option<(Bound, usize)> {
    let is_one = i >= 2
        && words.low(i - 1) == "than"
        && words.low(i - 2).ends_with("er")
        && !matches!(words.low(i - 2), "other" | "rather" | "whether")
        && words.same_paragraph(i - 2, i);
    is_one.then_some((Bound::Lowest, 2))
}

/// The bound that begins at token `i`, and how many tokens it takes.
pub(super) fn after(words: &Tokens<'_>, i: usize) -> Option<(Bound, usize)> {
    let found = AFTER.iter().find(|(phrase, _)| words.matches(i, phrase));
    found.map(|(phrase, bound)| (*bound, phrase.len()))
}
