//! Amounts: a numeral or a range of two, with money mark and unit.

use super::number::{self, Number, Writing};
use super::{unit, vague};
use crate::token::Tokens;

/// An amount, before the words around it bound it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// First token, a money mark included.
    pub(super) start: usize,
    /// One past the last token, the unit included.
    pub(super) end: usize,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) approx: bool,
    pub(super) unit: Option<&'static str>,
    /// How the first numeral is written; `None` for "dozens", "half" and the like.
    pub(super) writing: Option<Writing>,
    /// First token of the numeral.
    pub(super) numeral: usize,
    /// Whether two numerals were joined by a bare hyphen ("15-20").
    pub(super) is_hyphened: bool,
}

/// Reads the amount whose numeral begins at token `i`; tokens before `free` are in another.
pub(super) fn at(words: &Tokens<'_>, i: usize, free: usize) -> Option<Amount> {
    if let Some(amount) = vague::at(words, i) {
        return Some(amount);
    }
    let first = number::read(words, i)?;
    let money = unit::money_before(words, i).filter(|m| i - m.tokens >= free);
    let mut amount = Amount {
        start: i - money.map_or(0, |m| m.tokens),
        end: first.end,
        min: Some(first.value),
        max: Some(first.value),
        approx: false,
        unit: first.unit.or(money.map(|m| m.code)),
        writing: Some(first.writing),
        numeral: i,
        is_hyphened: false,
    };
    take_unit(words, &mut amount, first.scale);
    if is_negative(words, amount.start, free) {
        amount.start -= 1;
        amount.min = amount.min.map(|v| -v);
        amount.max = amount.max.map(|v| -v);
    }
    if let Some(range) = range(words, &amount, first) {
        return Some(range);
    }
    take_cents(words, &mut amount);
    Some(amount)
}

/// Takes in the cents after dollars, the pence after pounds: "15 dollars and 50 cents".
fn take_cents(words: &Tokens<'_>, amount: &mut Amount) {
    let at = amount.end + usize::from(words.low(amount.end) == "and");
    let Some(part) = number::read(words, at).filter(|n| n.scale == 1.0 && n.value < 100.0) else { return };
    let Some(mark) = unit::at(words, part.end).filter(|u| u.factor == 0.01) else { return };
    let is_same = amount.unit == Some(mark.code) || (amount.unit == Some("pound") && mark.code == "GBP");
    let is_whole = |side: Option<f64>| side.is_some_and(|v| v.fract() == 0.0);
    if !is_same || !is_whole(amount.min) || !words.same_paragraph(amount.start, part.end) {
        return;
    }
    (amount.unit, amount.end) = (Some(mark.code), part.end + mark.tokens);
    for side in [&mut amount.min, &mut amount.max].into_iter().flatten() {
        // In hundredths first, as 15 + 0.5 is exact and 15 + 0.45 is not always.
        *side = (*side * 100.0 + part.value) / 100.0;
    }
}

/// Whether a minus sign stands before token `start`: "minus 3", and "-5" where the hyphen joins no
/// word or number before it.
fn is_negative(words: &Tokens<'_>, start: usize, free: usize) -> bool {
    if start <= free {
        return false;
    }
    let sign = start - 1;
    let is_number =
        words.same_paragraph(sign.saturating_sub(1), sign) && sign > 0 && ends_number(words, sign - 1);
    match words.low_before(start) {
        "minus" => !is_number,
        "-" | "−" => {
            let is_joint = words.is_glued(sign)
                && !matches!(words.raw(sign - 1), "(" | "[" | "<" | ">" | "=" | "\"" | "“" | "'" | "‘");
            words.is_glued(start) && !is_joint && !is_number
        }
        _ => false,
    }
}

/// Whether token `i` ends a number, so that a sign after it joins or subtracts.
fn ends_number(words: &Tokens<'_>, i: usize) -> bool {
    words.raw(i).starts_with(|c: char| c.is_ascii_digit()) || number::read(words, i).is_some()
}

/// Takes in the unit after an amount ("million dollars", "-year", "%").
fn take_unit(words: &Tokens<'_>, amount: &mut Amount, scale: f64) {
    let hyphen = usize::from(words.low(amount.end) == "-" && words.is_glued(amount.end));
    let at = amount.end + hyphen;
    if !words.same_paragraph(amount.numeral, at) {
        return;
    }
    if let Some((scale, code)) = unit::scaled_currency(words.raw(at)) {
        (amount.unit, amount.end) = (Some(code), at + 1);
        for side in [&mut amount.min, &mut amount.max].into_iter().flatten() {
            *side = number::times(*side, scale);
        }
        return;
    }
    let Some(found) = unit::at(words, at).or_else(|| pounds(words, at, scale)) else { return };
    if is_mark_of_next(words, at, found) {
        return;
    }
    // "$5 billion dollars": the word repeats the mark. "$5 a day": a unit of something else.
    if amount.unit.is_some_and(|u| u != found.code) {
        return;
    }
    amount.unit = Some(found.code);
    amount.end = at + found.tokens;
    for side in [&mut amount.min, &mut amount.max].into_iter().flatten() {
        // Divided, not multiplied: 77 cents are 0.77, which 77 * 0.01 is not.
        *side /= (1.0 / found.factor).round();
    }
}

/// Whether a money mark stands before digits of its own: the dollars of "20 $5 tickets" are five.
fn is_mark_of_next(words: &Tokens<'_>, at: usize, mark: unit::Unit) -> bool {
    let next = at + mark.tokens;
    !words.is_word(next - 1)
        && words.is_glued(next)
        && words.raw(next).starts_with(|c: char| c.is_ascii_digit())
}

/// "Pounds" are money after a million, else weight or money: money is the news reader's guess
/// only with a multiplier.
pub(super) fn pounds(words: &Tokens<'_>, at: usize, scale: f64) -> Option<unit::Unit> {
    let code = if scale >= 1e3 { "GBP" } else { "pound" };
    matches!(words.low(at), "pound" | "pounds").then_some(unit::Unit { code, factor: 1.0, tokens: 1 })
}

/// Joins a second numeral: "between A and B", "A to B", "A-B", "A or B".
fn range(words: &Tokens<'_>, first: &Amount, low: Number) -> Option<Amount> {
    let is_between = words.low_before(first.start) == "between";
    let (next, is_hyphened) = range_joint(words, first, is_between)?;
    let money = unit::at(words, next).filter(|u| unit::is_money(u.code));
    let at = next + money.map_or(0, |m| m.tokens);
    let high = number::read(words, at).filter(|_| words.same_paragraph(first.start, at))?;
    let shared = if low.scale == 1.0 && low.value < high.value / high.scale { high.scale } else { 1.0 };
    let (min, max) = (first.min? * shared, high.value);
    // "2 % to $1.45 billion": a change and what came of it.
    let is_other = first.unit.zip(money).is_some_and(|(unit, money)| unit != money.code);
    if min >= max || is_other {
        return None;
    }
    let mut amount = Amount {
        start: first.start - usize::from(is_between),
        end: high.end,
        min: Some(min),
        max: Some(max),
        unit: first.unit.or(money.map(|m| m.code)),
        is_hyphened,
        ..*first
    };
    let end = amount.end;
    take_unit(words, &mut amount, high.scale);
    // A unit printed on both sides ("2 km to 3 km") was taken by the first numeral's reading;
    // cents on both sides are brought to their unit once each.
    if amount.end > end && first.unit == amount.unit && first.min != Some(low.value) {
        amount.min = first.min;
    }
    Some(amount)
}

/// Whether "from" at token `i` begins a spread ("ranging from 5 to 10"), not a change.
fn is_spread(words: &Tokens<'_>, i: usize) -> bool {
    matches!(
        words.low_before(i),
        "range"
            | "ranged"
            | "ranges"
            | "ranging"
            | "vary"
            | "varied"
            | "varies"
            | "varying"
            | "anywhere"
            | "ages"
            | "aged"
            | "is"
            | "are"
            | "was"
            | "were"
    )
}

/// The token after what joins two numerals, and whether that is a bare hyphen.
fn range_joint(words: &Tokens<'_>, first: &Amount, is_between: bool) -> Option<(usize, bool)> {
    let end = first.end;
    let is_change = words.low_before(first.start) == "from" && !is_spread(words, first.start - 1);
    match words.low(end) {
        "and" if is_between => Some((end + 1, false)),
        // "rose from 120 to 155" gives two figures, not a range.
        "to" if !is_change => Some((end + 1, false)),
        "or" => Some((end + 1, false)),
        "-" if words.low(end + 1) == "to" && words.low(end + 2) == "-" => Some((end + 3, false)),
        "~" if words.is_glued(end) && words.is_glued(end + 1) => Some((end + 1, true)),
        "-" | "–" | "—" if words.is_glued(end) || words.low(end) == "–" => Some((end + 1, true)),
        _ => None,
    }
}
