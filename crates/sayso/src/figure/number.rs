//! Numerals: digits and number words, with their multipliers.

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
    let first = if words.raw(i).starts_with(|c: char| c.is_ascii_digit()) {
        digits(words, i)?
    } else {
        spelled(words, i)?
    };
    Some(scaled(words, i, first))
}

/// Digits with thousands' commas, a decimal point and a glued multiplier ("269m").
fn digits(words: &Tokens<'_>, i: usize) -> Option<Number> {
    let raw = words.raw(i);
    let split = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
    let (number, suffix) = raw.split_at(split);
    if !suffix.is_empty() {
        let scale = glued_scale(suffix)?;
        let value = times(number.parse::<f64>().ok()?, scale);
        return Some(Number { end: i + 1, value, scale, writing: Writing::Digits });
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
    let mut scale = 1.0;
    if words.low(end) == "." && is_joined(words, end) {
        let raw = words.raw(end + 1);
        let split = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
        let (fraction, suffix) = raw.split_at(split);
        if split > 0 && (suffix.is_empty() || glued_scale(suffix).is_some()) {
            printed.push('.');
            printed.push_str(fraction);
            scale = glued_scale(suffix).unwrap_or(1.0);
            end += 2;
            // "2.0" may be a version's number, "2,000.5" and "2.5m" may not.
            writing = if scale > 1.0 { Writing::Digits } else { writing };
        }
    }
    let value = times(printed.parse::<f64>().ok().filter(|v| v.is_finite())?, scale);
    Some(Number { end, value, scale, writing })
}

/// Longest number read with separators: past it, a run of groups is a list, not a number.
const MAX_DIGITS: usize = 24;

/// A value times its multiplier, without the rounding that makes 16.6 billion 16600000000.000002.
fn times(value: f64, scale: f64) -> f64 {
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
        "m" | "M" | "mn" | "mln" => 1e6,
        "bn" | "b" | "B" | "Bn" => 1e9,
        "tn" | "trn" | "T" => 1e12,
        _ => return None,
    })
}

/// Applies the multipliers after a numeral ("2.5 million", "8bn", "two hundred thousand").
fn scaled(words: &Tokens<'_>, start: usize, mut number: Number) -> Number {
    if let Some((part, end)) = and_part(words, start, number) {
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
    number
}

/// "And a half", "-and-a-quarter" after a numeral without multiplier: the part and one past its end.
fn and_part(words: &Tokens<'_>, start: usize, number: Number) -> Option<(f64, usize)> {
    let step = |i: usize| i + usize::from(words.low(i) == "-" && is_joined(words, i));
    let and = step(number.end);
    let article = step(and + 1);
    let noun = step(article + 1);
    let part = match words.low(noun) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    // "Between two and a half million" has two sides.
    let is_sum = words.low(and) == "and" && words.low(article) == "a" && words.low_before(start) != "between";
    // "Two and a half of the third": a share of something else.
    let is_share = matches!(words.low(noun + 1), "of" | "the");
    (is_sum && !is_share && number.scale == 1.0 && words.same_paragraph(start, noun))
        .then_some((part, noun + 1))
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
    Some(Number { end, value: total + group, scale: 1.0, writing: Writing::Words })
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
fn below_hundred(word: &str) -> Option<f64> {
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
    if let Some(n) = UNITS.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    TENS.iter().position(|w| *w == word).map(|n| (n as f64 + 2.0) * 10.0)
}
