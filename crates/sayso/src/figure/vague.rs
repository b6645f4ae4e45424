//! Figures without a numeral: "dozens", "a few hundred million", "half of", "one in five".

use super::amount::{Amount, pounds};
use super::{fraction, number, unit};
use crate::token::Tokens;

/// Reads such a figure at token `i`.
pub(super) fn at(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    plural(words, i)
        .or_else(|| after_article(words, i))
        .or_else(|| share(words, i))
        .or_else(|| one_in(words, i))
        .or_else(|| multiple(words, i))
}

/// An amount without unit over tokens `[start, end)`.
fn amount(start: usize, end: usize, min: f64, max: Option<f64>, unit: Option<&'static str>) -> Amount {
    Amount {
        start,
        end,
        min: Some(min),
        max,
        approx: false,
        unit,
        writing: None,
        numeral: start,
        is_hyphened: false,
    }
}

/// "Dozens", "hundreds of thousands": at least two of them.
fn plural(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    let lowest = match words.low(i) {
        "tens" if words.low(i + 1) == "of" && many(words.low(i + 2)).is_some() => 20.0,
        "scores" if words.low(i + 1) == "of" => 40.0,
        word => 2.0 * many(word)?,
    };
    let (mut lowest, mut end) = (lowest, i + 1);
    if let Some(scale) = many(words.low(end + 1)).filter(|_| words.low(end) == "of") {
        lowest *= scale;
        end += 2;
    }
    // "of dollars" gives money; other nouns are what is counted.
    let money = unit_at(words, end + 1, lowest).filter(|u| words.low(end) == "of" && unit::is_money(u.code));
    Some(amount(i, end + money.map_or(0, |m| 1 + m.tokens), lowest, None, money.map(|m| m.code)))
}

/// Value of one of a plural multiplier.
fn many(word: &str) -> Option<f64> {
    Some(match word {
        "dozens" => 12.0,
        "hundreds" => 1e2,
        "thousands" => 1e3,
        "lakhs" => 1e5,
        "millions" => 1e6,
        "crores" => 1e7,
        "billions" => 1e9,
        "trillions" => 1e12,
        _ => return None,
    })
}

/// Value of a multiplier that can stand after an article.
fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "score" => 20.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" => 1e5,
        "million" => 1e6,
        "crore" => 1e7,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// "A dozen", "a few hundred million", "several thousand", "a couple of".
fn after_article(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    let (at, one, is_open) = match words.low(i) {
        "a" | "an" => match words.low(i + 1) {
            "couple" if words.low(i + 2) == "of" => return Some(couple(words, i, i + 3)),
            "couple" if scale(words.low(i + 2)).is_some() => return Some(couple(words, i, i + 2)),
            "few" => (i + 2, 2.0, true),
            "quarter" if words.matches(i + 2, &["of", "a"]) => (i + 4, 0.25, false),
            "quarter" => (i + 2, 0.25, false),
            "half" => (i + 2, 0.5, false),
            _ => (i + 1, 1.0, false),
        },
        "several" => (i + 1, 2.0, true),
        "half" if words.low(i + 1) == "a" => (i + 2, 0.5, false),
        "half" if !is_later_half(words, i) => (i + 1, 0.5, false),
        "quarter" if !is_later_half(words, i) => (i + 1, 0.25, false),
        "three" if words.matches(i + 1, &["quarters", "of", "a"]) => (i + 4, 0.75, false),
        _ => return None,
    };
    let (scale, end) = scales(words, at)?;
    let value = one * scale;
    let unit = unit_at(words, end, scale);
    let end = end + unit.map_or(0, |u| u.tokens);
    Some(amount(i, end, value, (!is_open).then_some(value), unit.map(|u| u.code)))
}

/// Whether an ordinal or a numeral stands before a half or quarter: "the first half million", "two quarter
/// million".
fn is_later_half(words: &Tokens<'_>, i: usize) -> bool {
    let before = words.low_before(i);
    matches!(before, "first" | "second" | "third" | "fourth" | "other" | "-" | "and" | "latter")
        || number::below_hundred(before).is_some()
}

/// The unit after a multiplier without a numeral: "a hundred dollars", "half a billion pounds".
fn unit_at(words: &Tokens<'_>, i: usize, scale: f64) -> Option<unit::Unit> {
    let found = unit::at(words, i).or_else(|| pounds(words, i, scale));
    found.filter(|u| u.factor == 1.0 && words.same_paragraph(i - 1, i))
}

/// The multipliers that begin at token `i` ("hundred million") and one past them.
fn scales(words: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let mut value = scale(words.low(i))?;
    let mut end = i + 1;
    while let Some(more) = scale(words.low(end)).filter(|s| *s >= 1e3) {
        value *= more;
        end += 1;
    }
    Some((value, end))
}

/// "A couple of" is two, more or less; "a couple of hundred" two hundred.
fn couple(words: &Tokens<'_>, start: usize, end: usize) -> Amount {
    let (scale, end) = scales(words, end).unwrap_or((1.0, end));
    let value = 2.0 * scale;
    let unit = unit_at(words, end, scale);
    let end = end + unit.map_or(0, |u| u.tokens);
    Amount { approx: true, ..amount(start, end, value, Some(value), unit.map(|u| u.code)) }
}

/// "Half of", "a third of", "two thirds", "three-quarters": a share in per cent.
fn share(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    if let Some((value, end)) = fraction::printed(words, i)
        && words.low(end) == "of"
        && !matches!(words.low(end + 1), "a" | "an")
    {
        return Some(amount(i, end, 100.0 * value, Some(100.0 * value), Some("%")));
    }
    if words.low(i) == "half" {
        let is_share =
            matches!(words.low(i + 1), "of" | "the" | "that" | "its" | "their" | "his" | "her" | "all");
        let is_ordinal =
            matches!(words.low_before(i), "first" | "second" | "other" | "better" | "latter" | "-");
        return (is_share && !is_ordinal).then(|| amount(i, i + 1, 50.0, Some(50.0), Some("%")));
    }
    let (count, after) = match words.low(i) {
        "a" | "one" => (1.0, i + 1),
        "two" => (2.0, i + 1),
        "three" => (3.0, i + 1),
        "four" => (4.0, i + 1),
        _ => return None,
    };
    let at = after + usize::from(words.low(after) == "-");
    let parts = match words.low(at) {
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    // "About a quarter, or 40, of them".
    let is_bounded =
        matches!(words.low_before(i), "about" | "almost" | "around" | "nearly" | "over" | "roughly" | "than");
    // "A third man", "one quarter later": an ordinal or a season unless something is shared.
    let is_share =
        is_bounded || words.low(at).ends_with('s') || words.low(at + 1) == "of" || words.low(at + 1) == "the";
    let value = 100.0 * count / parts;
    is_share.then(|| amount(i, at + 1, value, Some(value), Some("%")))
}

/// "One in 200", "one out of five": a share in per cent.
fn one_in(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    let first = number::read(words, i).filter(|n| n.scale == 1.0 && n.value >= 1.0)?;
    let at = match words.low(first.end) {
        "in" => first.end + 1,
        "out" if words.low(first.end + 1) == "of" => first.end + 2,
        _ => return None,
    };
    let at = at + usize::from(words.low(at) == "every");
    let of = number::read(words, at).filter(|n| n.value > first.value && words.same_paragraph(i, at))?;
    // "30 in 2010" is a count in a year.
    let is_year = (1500.0..2200.0).contains(&of.value) && first.value > 1.0;
    let value = 100.0 * first.value / of.value;
    (!is_year && first.value <= 10.0).then(|| amount(i, of.end, value, Some(value), Some("%")))
}

/// "Twice the", "double the": a multiple.
fn multiple(words: &Tokens<'_>, i: usize) -> Option<Amount> {
    let value = match words.low(i) {
        "twice" | "double" => 2.0,
        "triple" => 3.0,
        _ => return None,
    };
    let compares = matches!(words.low(i + 1), "as" | "the" | "that" | "its" | "their");
    compares.then(|| amount(i, i + 1, value, Some(value), Some("times")))
}
