//! Numerals: digits and number words, with their multipliers.

use super::{fraction, unit};
use crate::token::Tokens;

/// A numeral and how it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// One past its last token.
    pub(super) end: usize,
    /// Its value, multiplier included.
    pub(super) value: f64,
    /// The multiplier after it (`million`); 1 where there is none.
    pub(super) scale: f64,
    /// How it is written.
    pub(super) writing: Writing,
    /// The unit written onto it: "kg" of "40kg", "USD" of "USD27".
    pub(super) unit: Option<&'static str>,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// Digits without thousands' commas or multiplier: may be a year or a model's number.
    Plain,
    /// Digits with separators or a multiplier.
    Digits,
    /// Words.
    Words,
}

/// Reads the numeral that begins at token `i`.
pub(super) fn read(words: &Tokens<'_>, i: usize) -> Option<Number> {
    let raw = words.raw(i);
    let first = if let Some((value, end)) = fraction::printed(words, i) {
        Number { end, value, scale: 1.0, writing: Writing::Digits, unit: None }
    } else if let Some(number) = bare_decimal(words, i) {
        number
    } else if raw.starts_with(|c: char| c.is_ascii_digit()) {
        digits(words, i, 0)?
    } else if let Some((code, length)) = glued_currency(raw) {
        Number { unit: Some(code), ..digits(words, i, length)? }
    } else {
        spelled(words, i)?
    };
    Some(scaled(words, i, first))
}

/// A decimal without its zero: ".300".
fn bare_decimal(words: &Tokens<'_>, i: usize) -> Option<Number> {
    let (fraction, suffix) = split_digits(words.raw(i + 1));
    let is_free = !words.is_glued(i) || matches!(words.raw(i - 1), "(" | "$" | "€" | "£");
    let is_decimal = words.low(i) == "." && is_free && words.is_glued(i + 1) && suffix.is_empty();
    let value = format!("0.{fraction}").parse().ok().filter(|_| is_decimal && !fraction.is_empty())?;
    Some(Number { end: i + 2, value, scale: 1.0, writing: Writing::Digits, unit: None })
}

/// The currency that begins a token which goes on with digits ("USD27"), and its bytes.
fn glued_currency(raw: &str) -> Option<(&'static str, usize)> {
    let length = raw.find(|c: char| c.is_ascii_digit())?;
    Some((unit::currency(&raw[..length])?, length))
}

/// Digits with thousands' separators, a decimal point and what is written onto them ("269m", "40kg").
/// The digits begin at byte `from` of token `i`.
fn digits(words: &Tokens<'_>, i: usize, from: usize) -> Option<Number> {
    let raw = &words.raw(i)[from..];
    let (number, suffix) = split_digits(raw);
    if !suffix.is_empty() {
        return with_suffix(words, i, number, suffix, i + 1);
    }
    let mut printed = number.to_owned();
    let mut end = i + 1;
    let mut writing = Writing::Plain;
    while printed.len() <= MAX_DIGITS
        && words.low(end) == ","
        && is_group(words, end + 1)
        && is_joined(words, end)
    {
        printed.push_str(words.raw(end + 1));
        end += 2;
        writing = Writing::Digits;
    }
    if let Some(last) = indian_groups(words, i, number) {
        printed = (i..=last).step_by(2).map(|t| words.raw(t)).collect();
        end = last + 1;
        writing = Writing::Digits;
    }
    if end == i + 1 {
        for group in spaced_groups(words, i, number) {
            printed.push_str(words.raw(group));
            end = group + 1;
            writing = Writing::Digits;
        }
    }
    if words.low(end) == "." && is_joined(words, end) {
        let (fraction, suffix) = split_digits(words.raw(end + 1));
        if !fraction.is_empty() {
            let decimal = format!("{printed}.{fraction}");
            if !suffix.is_empty() {
                if let Some(number) = with_suffix(words, i, &decimal, suffix, end + 2) {
                    return Some(number);
                }
            } else {
                printed = decimal;
                end += 2;
            }
        }
    }
    let value = printed.parse::<f64>().ok().filter(|v| v.is_finite())?;
    Some(Number { end, value, scale: 1.0, writing, unit: None })
}

/// The last token of a number with India's commas at token `i`: groups of two, then one of three
/// ("12,34,567").
fn indian_groups(words: &Tokens<'_>, i: usize, first: &str) -> Option<usize> {
    let is_digits = |t: usize, length: usize| {
        let raw = words.raw(t);
        raw.len() == length && raw.bytes().all(|b| b.is_ascii_digit())
    };
    let is_next = |t: usize| words.low(t) == "," && is_joined(words, t);
    let pairs =
        (0..MAX_DIGITS / 2).take_while(|n| is_next(i + 1 + 2 * n) && is_digits(i + 2 + 2 * n, 2)).count();
    let comma = i + 1 + 2 * pairs;
    (first.len() <= 2 && pairs > 0 && is_next(comma) && is_digits(comma + 1, 3)).then_some(comma + 1)
}

/// The leading digits of a token, and the rest.
fn split_digits(raw: &str) -> (&str, &str) {
    raw.split_at(raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len()))
}

/// A number with a multiplier or a unit written onto it; `end` is one past its last token, `i` its first.
fn with_suffix(words: &Tokens<'_>, i: usize, printed: &str, suffix: &str, end: usize) -> Option<Number> {
    let value = printed.parse::<f64>().ok().filter(|v| v.is_finite())?;
    let is_length = suffix == "m" && !is_money_before(words, i) && is_dimension(words, end);
    match glued_scale(suffix).filter(|_| !is_length) {
        Some(scale) => {
            let value = times(value, scale);
            Some(Number { end, value, scale, writing: Writing::Digits, unit: None })
        }
        None => {
            if let Some(part) = sole_sign(suffix) {
                return Some(Number {
                    end,
                    value: value + part,
                    scale: 1.0,
                    writing: Writing::Digits,
                    unit: None,
                });
            }
            let unit = unit::glued(suffix).map(|u| u.code).or_else(|| unit::currency(suffix))?;
            Some(Number { end, value, scale: 1.0, writing: Writing::Digits, unit: Some(unit) })
        }
    }
}

/// The fraction that a suffix is: "½" of "2½".
fn sole_sign(suffix: &str) -> Option<f64> {
    let mut letters = suffix.chars();
    letters.next().and_then(fraction::sign).filter(|_| letters.next().is_none())
}

/// Whether a dimension follows: "2.3m long", "a 5m-high wall". There "m" is metres, elsewhere million.
fn is_dimension(words: &Tokens<'_>, end: usize) -> bool {
    let at = end + usize::from(words.low(end) == "-" && words.is_glued(end));
    matches!(
        words.low(at),
        "above"
            | "across"
            | "apart"
            | "away"
            | "below"
            | "deep"
            | "from"
            | "high"
            | "long"
            | "tall"
            | "thick"
            | "wide"
    )
}

/// The groups of three digits that one space each parts from the digits at token `i` ("1 250 000"): a
/// separator of thousands in much of the world. A run that ends in another count of digits is no number
/// but a telephone's.
fn spaced_groups(words: &Tokens<'_>, i: usize, first: &str) -> Vec<usize> {
    let is_spaced = |t: usize| {
        words.same_paragraph(t - 1, t) && {
            let gap = &words.text[words.list[t - 1].span.end as usize..words.list[t].span.start as usize];
            gap.chars().count() == 1 && gap != "\n"
        }
    };
    let is_digits = |t: usize| words.raw(t).bytes().all(|b| b.is_ascii_digit()) && !words.raw(t).is_empty();
    let run = (i + 1..).take(MAX_DIGITS / 3).take_while(|&t| is_spaced(t) && is_digits(t));
    let groups: Vec<usize> = run.collect();
    let is_number = first.len() <= 3 && !first.starts_with('0') && groups.iter().all(|&t| is_group(words, t));
    if is_number { groups } else { Vec::new() }
}

/// Longest number read with separators: past it, a run of groups is a list, not a number.
const MAX_DIGITS: usize = 24;

/// A value times its multiplier, without the rounding that makes 16.6 billion 16600000000.000002.
pub(super) fn times(value: f64, scale: f64) -> f64 {
    /// Digits that a printed number may have after its multiplier is applied.
    const DIGITS: f64 = 1e3;
    let product = value * scale;
    if scale > 1.0 && product < 1e15 { (product * DIGITS).round() / DIGITS } else { product }
}

/// Whether the mark at `i` touches the tokens on both sides.
fn is_joined(words: &Tokens<'_>, i: usize) -> bool {
    words.is_glued(i) && words.is_glued(i + 1)
}

/// Whether token `i` is a group of three digits.
fn is_group(words: &Tokens<'_>, i: usize) -> bool {
    let raw = words.raw(i);
    raw.len() == 3 && raw.bytes().all(|b| b.is_ascii_digit())
}

/// Multipliers written onto the digits.
fn glued_scale(suffix: &str) -> Option<f64> {
    Some(match suffix {
        "k" | "K" => 1e3,
        "m" | "M" | "MM" | "mn" | "mln" => 1e6,
        "bn" | "b" | "B" | "Bn" => 1e9,
        "tn" | "trn" | "T" => 1e12,
        _ => return None,
    })
}

/// Applies the multipliers after a numeral ("2.5 million", "8bn", "two hundred thousand").
fn scaled(words: &Tokens<'_>, start: usize, mut number: Number) -> Number {
    if let Some((part, end)) = fraction::added(words, start, number.end).filter(|_| number.scale == 1.0) {
        number.value += part;
        number.end = end;
    }
    loop {
        let at = number.end + usize::from(words.low(number.end) == "-" && is_joined(words, number.end));
        let scale = match words.low(at) {
            _ if !words.same_paragraph(start, at) => break,
            "hundred" => 1e2,
            "thousand" => 1e3,
            "lakh" | "lakhs" => 1e5,
            "million" | "mn" | "mln" => 1e6,
            "mm" if words.raw(at) == "MM" => 1e6,
            "crore" | "crores" => 1e7,
            "m" if words.raw(at) == "m" && is_money_before(words, start) => 1e6,
            "billion" | "bn" => 1e9,
            "trillion" | "tn" => 1e12,
            "dozen" => 12.0,
            _ => break,
        };
        if number.scale >= 1e6 {
            break;
        }
        number.value = times(number.value, scale);
        number.scale *= scale;
        number.end = at + 1;
        if number.writing == Writing::Plain {
            number.writing = Writing::Digits;
        }
    }
    // "One million and a half": of the million.
    if number.scale >= 1e6
        && words.low(number.end) == "and"
        && let Some((part, end)) = fraction::added(words, start, number.end)
    {
        number.value += part * number.scale;
        number.end = end;
    }
    number
}

/// Whether a currency mark stands before token `i`: "$ 5 m" is millions, "5 m" is metres.
fn is_money_before(words: &Tokens<'_>, i: usize) -> bool {
    matches!(words.low_before(i), "$" | "€" | "£" | "¥")
}

/// Number words: "twenty-five", "one hundred and three", "two thirds" left to the fractions.
fn spelled(words: &Tokens<'_>, i: usize) -> Option<Number> {
    let mut total = 0.0;
    let mut group = below_hundred(words.low(i))?;
    let mut end = i + 1;
    let mut last = group;
    while words.same_paragraph(i, end) {
        let at = skip_joiner(words, end);
        let word = words.low(at);
        if let Some(unit) = below_hundred(word) {
            let fits = if last >= 100.0 {
                unit > 0.0
            } else {
                (20.0..100.0).contains(&last) && unit < 10.0 && unit > 0.0
            };
            if !fits {
                break;
            }
            group += unit;
            last = unit;
        } else {
            match word {
                "hundred" if group < 100.0 && group > 0.0 => {
                    group *= 100.0;
                    last = 100.0;
                }
                "thousand" if is_counted_on(words, at) => {
                    total += group * 1000.0;
                    group = 0.0;
                    last = 1000.0;
                }
                _ => break,
            }
        }
        end = at + 1;
    }
    let (fraction, end) = spelled_fraction(words, i, end);
    Some(Number { end, value: total + group + fraction, scale: 1.0, writing: Writing::Words, unit: None })
}

/// "Point three five" after a spelled number: the fraction, and one past its last token.
fn spelled_fraction(words: &Tokens<'_>, start: usize, end: usize) -> (f64, usize) {
    /// Digits that are spelled out one by one.
    const LONGEST: usize = 6;
    let digit =
        |t: usize| below_hundred(words.low(t)).filter(|d| *d < 10.0 && words.same_paragraph(start, t));
    if words.low(end) != "point" {
        return (0.0, end);
    }
    let digits: Vec<f64> = (end + 1..).take(LONGEST).map_while(digit).collect();
    // As a decimal number is read, so that three and five make .35 and not .35000000000000003.
    let printed: String = digits.iter().map(|d| d.to_string()).collect();
    match format!("0.{printed}").parse::<f64>() {
        Ok(fraction) if !digits.is_empty() => (fraction, end + 1 + digits.len()),
        _ => (0.0, end),
    }
}

/// Whether number words go on after "thousand": only then is it part of a sum, else a multiplier.
fn is_counted_on(words: &Tokens<'_>, at: usize) -> bool {
    below_hundred(words.low(skip_joiner(words, at + 1))).is_some()
}

/// Steps over a hyphen or "and" inside a number.
fn skip_joiner(words: &Tokens<'_>, i: usize) -> usize {
    let hyphen = words.low(i) == "-" && is_joined(words, i);
    let and = words.low(i) == "and" && matches!(words.low_before(i), "hundred" | "thousand");
    i + usize::from(
        (hyphen || and) && below_hundred(words.low(i + 1)).is_some() || hyphen && is_scale(words.low(i + 1)),
    )
}

fn is_scale(word: &str) -> bool {
    matches!(word, "hundred" | "thousand")
}

/// Value of a number word below a hundred.
pub(super) fn below_hundred(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if matches!(word, "nought" | "naught") {
        return Some(0.0);
    }
    if let Some(n) = UNITS.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    TENS.iter().position(|w| *w == word).map(|n| (n as f64 + 2.0) * 10.0)
}
