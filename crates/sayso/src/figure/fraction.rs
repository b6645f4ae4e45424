//! Fractions as printed ("¾", "1/4") and what is added to a whole: "2½", "3 1/2", "four and two thirds".

use super::{number, unit};
use crate::token::Tokens;

/// The printed fraction that begins at token `i`, and one past its last token.
pub(super) fn printed(words: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let mut letters = words.raw(i).chars();
    let sign = letters.next().and_then(sign).filter(|_| letters.next().is_none());
    sign.map(|value| (value, i + 1)).or_else(|| slashed(words, i))
}

/// Value of a fraction of one character (Unicode's vulgar fractions).
pub(super) fn sign(c: char) -> Option<f64> {
    let (count, parts) = match c {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕' => (1.0, 5.0),
        '⅖' => (2.0, 5.0),
        '⅗' => (3.0, 5.0),
        '⅘' => (4.0, 5.0),
        '⅙' => (1.0, 6.0),
        '⅚' => (5.0, 6.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        _ => return None,
    };
    Some(count / parts)
}

/// "1/4": a smaller number over one that things are parted into. "9/11", "24/7" and "5/12" are none, nor is
/// what a word of time makes a day ("on 1/3").
fn slashed(words: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let is_glued = |t: usize| words.is_glued(t) && words.is_glued(t + 1);
    let is_digits = |t: usize| words.raw(t).bytes().all(|b| b.is_ascii_digit());
    let is_pair = words.low(i + 1) == "/" && is_glued(i + 1) && is_digits(i) && is_digits(i + 2);
    let goes_on = matches!(words.low(i + 3), "/" | "-") && is_glued(i + 3) && is_digits(i + 4);
    let is_later = i > 0 && words.low(i - 1) == "/" && words.is_glued(i);
    let is_day = matches!(words.low_before(i), "on" | "since" | "until" | "by" | "dated");
    if !is_pair || goes_on || is_later || is_day {
        return None;
    }
    let count: f64 = words.raw(i).parse().ok()?;
    let parts = match words.raw(i + 2) {
        "2" => 2.0,
        "3" => 3.0,
        "4" => 4.0,
        "5" => 5.0,
        "8" => 8.0,
        "16" => 16.0,
        "32" => 32.0,
        _ => return None,
    };
    (count >= 1.0 && count < parts).then_some((count / parts, i + 3))
}

/// What is added to a whole number that ends before token `end`: "½", "1/2", "-1/2", "and a half",
/// "-and-a-quarter", "and two thirds"; its value and one past its last token. `start` is the number's first.
pub(super) fn added(words: &Tokens<'_>, start: usize, end: usize) -> Option<(f64, usize)> {
    let step = |t: usize| t + usize::from(words.low(t) == "-" && words.is_glued(t) && words.is_glued(t + 1));
    let at = step(end);
    if !words.same_paragraph(start, at) {
        return None;
    }
    let is_digits = words.raw(start).bytes().all(|b| b.is_ascii_digit());
    if let Some(found) = printed(words, at).filter(|_| is_digits && end == start + 1) {
        return Some(found);
    }
    // "Between two and a half million" has two sides.
    if words.low(at) != "and" || words.low_before(start) == "between" {
        return None;
    }
    let count = step(at + 1);
    let found =
        printed(words, count).or_else(|| article_and_part(words, count, step(count + 1))).or_else(|| {
            let number = number::below_hundred(words.low(count)).filter(|n| *n >= 1.0)?;
            let noun = step(count + 1);
            let (parts, is_plural) = parts(words.low(noun))?;
            (is_plural == (number > 1.0)).then_some((number / parts, noun + 1))
        });
    found.filter(|(value, after)| {
        // "Two and a half of the third": a share of something else.
        *value < 1.0 && !matches!(words.low(*after), "of" | "the") && words.same_paragraph(start, after - 1)
    })
}

/// "A half", "a quarter"; "a third" only before what it measures: "two and a third followed" are two and
/// one more.
fn article_and_part(words: &Tokens<'_>, article: usize, noun: usize) -> Option<(f64, usize)> {
    if words.low(article) != "a" {
        return None;
    }
    let (parts, is_plural) = parts(words.low(noun))?;
    let next = words.low(noun + 1);
    let is_measured = parts == 2.0 || parts == 4.0 || next == "times" || unit::at(words, noun + 1).is_some();
    (!is_plural && is_measured).then_some((1.0 / parts, noun + 1))
}

/// Into how many parts a word parts, and whether it stands in the plural. The second is left to time.
fn parts(word: &str) -> Option<(f64, bool)> {
    let one = word.strip_suffix('s').unwrap_or(word);
    let parts = match one {
        "half" => 2.0,
        "third" => 3.0,
        "quarter" | "fourth" => 4.0,
        "fifth" => 5.0,
        "sixth" => 6.0,
        "seventh" => 7.0,
        "eighth" => 8.0,
        "ninth" => 9.0,
        "tenth" => 10.0,
        "sixteenth" => 16.0,
        "hundredth" => 100.0,
        "thousandth" => 1000.0,
        _ => return None,
    };
    Some((parts, one.len() < word.len()))
}
