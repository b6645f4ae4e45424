//! Units of measure and money, from `data/units.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;
use crate::token;
use crate::token::Tokens;

/// A unit as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// Its code (`USD`, `%`, `km`).
    pub(super) code: &'static str,
    /// What one of the word is in the code's unit: 0.01 for cents.
    pub(super) factor: f64,
    /// How many tokens it takes.
    pub(super) tokens: usize,
}

struct Entry {
    /// The phrase's tokens after the first.
    rest: Vec<String>,
    code: &'static str,
    factor: f64,
    /// The first token as it must be printed; `None` where capitals do not matter.
    exact: Option<&'static str>,
}

/// Entries by first token, the longest first.
static UNITS: LazyLock<HashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut units: HashMap<String, Vec<Entry>> = HashMap::new();
    for row in lexicon::UNITS.rows() {
        let (factor, code) = row.key.strip_prefix("x100:").map_or((1.0, row.key), |code| (0.01, code));
        for printed in row.entries {
            let exact = printed.strip_prefix('=');
            let phrase = exact.unwrap_or(printed).to_lowercase().replace('_', " ");
            let mut parts = Vec::new();
            token::cut(&phrase, |start, end, _| parts.push(phrase[start..end].to_owned()));
            let first = parts.remove(0);
            units.entry(first).or_default().push(Entry { rest: parts, code, factor, exact });
        }
    }
    for entries in units.values_mut() {
        entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
    }
    units
});

/// The unit that begins at token `i`.
pub(super) fn at(words: &Tokens<'_>, i: usize) -> Option<Unit> {
    let entries = UNITS.get(words.low(i))?;
    let fits = |e: &&Entry| {
        e.exact.is_none_or(|exact| exact == words.raw(i))
            && e.rest.iter().enumerate().all(|(k, w)| words.low(i + 1 + k) == w)
            && words.same_paragraph(i, i + e.rest.len())
    };
    entries.iter().find(fits).map(|e| Unit { code: e.code, factor: e.factor, tokens: 1 + e.rest.len() })
}

/// The money mark or code that ends right before token `i` ("$", "US$", "EUR").
pub(super) fn money_before(words: &Tokens<'_>, i: usize) -> Option<Unit> {
    /// Tokens of the longest mark, "U.S.$".
    const LONGEST: usize = 5;
    (1..=LONGEST.min(i)).rev().find_map(|n| {
        let start = i - n;
        // Letters of a mark are capitals: "a $5 ticket" is not in Australian dollars.
        let is_mark = (start..i).all(|t| words.low(t) == "rs" || !words.raw(t).contains(char::is_lowercase));
        let unit = at(words, start).filter(|u| u.tokens == n && is_money(u.code))?;
        (is_mark && words.same_paragraph(start, i)).then_some(unit)
    })
}

/// The unit written onto digits: "kg" of "40kg". One letter must be printed as the unit is: "5G" is no weight.
pub(super) fn glued(suffix: &str) -> Option<Unit> {
    let entries = UNITS.get(suffix.to_lowercase().as_str())?;
    let fits = |e: &&Entry| match e.exact {
        Some(exact) => exact == suffix,
        None => suffix.len() > 1 && !is_money(e.code),
    };
    let entry = entries.iter().filter(|e| e.rest.is_empty()).find(fits)?;
    Some(Unit { code: entry.code, factor: entry.factor, tokens: 0 })
}

/// The currency whose code is written onto digits ("USD" of "USD27") or, after a letter for its
/// multiplier, behind them ("MUSD").
pub(super) fn currency(code: &str) -> Option<&'static str> {
    let entries = UNITS.get(code.to_lowercase().as_str())?;
    let is_code = code == "Rs" || code.bytes().all(|b| b.is_ascii_uppercase());
    entries.iter().find(|e| is_code && e.rest.is_empty() && is_money(e.code)).map(|e| e.code)
}

/// A currency's code with its multiplier before it, as finance writes it: "35 MUSD", "12 kEUR".
pub(super) fn scaled_currency(word: &str) -> Option<(f64, &'static str)> {
    let scale = match word.chars().next()? {
        'k' => 1e3,
        'M' => 1e6,
        'B' => 1e9,
        _ => return None,
    };
    Some(scale).zip(currency(&word[1..]).filter(|_| word.len() == 4))
}

/// Whether a unit's code is a currency's.
pub(super) fn is_money(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a unit measures time.
pub(super) fn is_time(code: &str) -> bool {
    matches!(
        code,
        "second" | "minute" | "hour" | "day" | "night" | "week" | "month" | "year" | "decade" | "century"
    )
}
