//! Copies: stories that print the same text, or most of it, and so are one origin.
//!
//! Candidates are found by an even sample of each text's runs of five words (Broder's shingles, of which those
//! are kept whose hash is a multiple of sixteen), which an index holds. Two texts are copies where runs of seven
//! words that stand in both cover more than half of the shorter one: of the shorter, so that a copy cut down to
//! its first paragraphs is found; runs, so that two stories that quote the same speech are not joined for it. What
//! is a copy of a copy is one too. Stories more than a week apart are not joined, undated ones always.

use crate::key;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeSet, HashSet};

/// Words of a shingle.
const RUN: usize = 5;

/// One shingle in so many is kept.
const SAMPLE: u64 = 16;

/// Words of a run that must stand in both texts.
const COVER: usize = 7;

/// Share of the shorter text's words from which two texts are copies. Set on the affairs of the training and
/// dev sets (59 pairs): at .55 P 1.00 R .95, at .525 P .97 R .95, at .575 P 1.00 R .92; runs of six and of eight
/// words do as well. With the candidates that the sample finds R is .93.
pub(crate) const LEAST_SHARE: f64 = 0.55;

/// Share of the smaller sample from which two texts are compared; where they are not kept, from which they are
/// copies.
pub(crate) const CANDIDATE: f64 = 0.25;

/// See [`CANDIDATE`].
pub(crate) const LEAST_SAMPLE: f64 = 0.5;

/// Shingles that two texts must have in common at least: fewer are a shared phrase or quotation.
pub(crate) const LEAST_COMMON: usize = 2;

/// Days between two printings of one text, at most.
pub(crate) const WINDOW: i64 = 7;

/// Texts in which a shingle may stand: what is in more is a legal line or a formula.
pub(crate) const MOST_TEXTS: usize = 500;

/// The words of a text: case and punctuation do not count.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// The share of the shorter text's words that stand in runs which the other has too.
pub(crate) fn shared(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let runs: HashSet<&[String]> = long.windows(COVER).collect();
    let mut covered = vec![false; short.len()];
    for (at, run) in short.windows(COVER).enumerate() {
        if runs.contains(run) {
            covered[at..at + COVER].fill(true);
        }
    }
    // Texts have millions of words at most: exact.
    covered.iter().filter(|c| **c).count() as f64 / covered.len().max(1) as f64
}

/// The sample of a text, sorted.
pub(crate) fn sample(text: &str) -> Vec<i64> {
    let words = words(text);
    let runs = words.windows(RUN).map(|run| key::bits(run.join(" ").as_bytes()));
    // The same bits, read as SQLite's integers are.
    let kept: BTreeSet<i64> = runs.filter(|h| h % SAMPLE == 0).map(u64::cast_signed).collect();
    kept.into_iter().collect()
}

/// Whether two days are near enough for copies; a day that is not known is.
pub(crate) fn are_near(a: Option<i64>, b: Option<i64>) -> bool {
    a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= WINDOW)
}

/// Number of a day, by its ISO date or time.
pub(crate) fn day_number(day: &str) -> Option<i64> {
    let day: NaiveDate = day.get(..10)?.parse().ok()?;
    Some(i64::from(day.num_days_from_ce()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_copy_is_within_the_whole() {
        let sentence = |n: usize| {
            format!("Sentence number {n} of the story tells of boat {} and crew {}. ", n * 7, n * 13)
        };
        let whole: String = (0..90).map(sentence).collect();
        let part: String = (0..30).map(sentence).collect();
        let (whole, part) = (sample(&whole), sample(&part));
        let common = part.iter().filter(|h| whole.binary_search(h).is_ok()).count();
        let text: String = (0..20).map(sentence).collect();
        let other: String = (10..60).map(sentence).collect();
        let share = shared(&text, &other);
        assert!((0.4..0.6).contains(&share), "{share}");
        assert!(part.len() > 10 && common >= part.len() - 1, "{common} of {}", part.len());
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day_number("2024-03-01T10:00:00Z"), day_number("2024-02-29").map(|d| d + 1));
        assert_eq!(day_number("soon"), None);
        assert!(are_near(Some(3), None) && are_near(Some(3), Some(10)) && !are_near(Some(3), Some(11)));
    }
}
