//! Scores of the story taken from a page.
//!
//! The body's figure is that of the article extraction benchmark of Scrapinghub: words in
//! shingles of four as a multiset, true and false positives and false negatives of a page divided
//! by their sum, precision and recall averaged over pages, F1 of the two means. Quotations tell
//! what hurts this reader most: words of another story shown as this one's.

use crate::harmonic_mean;
use crate::words::words;
use sayso::story::{ParagraphKind, Story};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a shingle.
const SHINGLE: usize = 4;

/// Fewest words of a quotation that is looked for.
const LEAST_QUOTATION_WORDS: usize = 5;

/// Fewest and most characters between the marks of a quotation that is looked for.
const QUOTATION_CHARACTERS: std::ops::RangeInclusive<usize> = 15..=600;

/// What a page's story is, marked by a hand or read from the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageStory {
    /// The body's paragraphs, without the headline.
    pub body: String,
    /// The headline.
    pub title: Option<String>,
    /// The authors' names, with the agency where it is printed as author; `None` where the gold
    /// does not say.
    pub authors: Option<Vec<String>>,
    /// When it was published; anything that begins with an ISO date.
    pub date: Option<String>,
}

impl From<&Story> for PageStory {
    fn from(story: &Story) -> PageStory {
        use ParagraphKind::{Body, List, Quote, Subhead};
        let is_body = |kind| matches!(kind, Body | Subhead | List | Quote);
        let paragraphs = story.paragraphs.iter().filter(|paragraph| is_body(paragraph.kind));
        let lines: Vec<&str> = paragraphs.map(|paragraph| paragraph.span.slice(&story.text)).collect();
        let authors = story.meta.authors.iter().chain(&story.meta.agency).cloned().collect();
        PageStory {
            body: lines.join("\n"),
            title: story.meta.headline.clone(),
            authors: Some(authors),
            date: story.meta.published.clone(),
        }
    }
}

/// Figures over a set of pages. A share of nothing is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageScores {
    /// Pages scored.
    pub pages: usize,
    /// F1 of the mean precision and recall of the bodies, `0..=1`.
    pub f1: f64,
    /// Mean precision over pages with a predicted body.
    pub precision: f64,
    /// Mean recall over pages with a gold body.
    pub recall: f64,
    /// Pages whose body's F1 is under one half.
    pub under_half: usize,
    /// Share of the gold bodies' quotations that the predicted bodies have.
    pub quotations_kept: Option<f64>,
    /// Share of the predicted bodies' quotations that the gold bodies lack.
    pub quotations_foreign: Option<f64>,
    /// Share of titles right, over pages whose gold has one.
    pub title: Option<f64>,
    /// Share of dates right, over pages whose gold has one.
    pub date: Option<f64>,
    /// F1 of authors' names, over pages whose gold has some.
    pub authors_f1: Option<f64>,
}

/// Scores pairs of gold and prediction.
pub fn score<'a>(pages: impl IntoIterator<Item = (&'a PageStory, &'a PageStory)>) -> PageScores {
    let mut sums = Sums::default();
    for (gold, predicted) in pages {
        sums.add_body(gold, predicted);
        sums.add_quotations(gold, predicted);
        sums.add_metadata(gold, predicted);
    }
    sums.scores()
}

/// Right ones out of all.
#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.all += 1;
    }

    fn value(&self) -> Option<f64> {
        (self.all > 0).then(|| self.right as f64 / self.all as f64)
    }
}

#[derive(Default)]
struct Sums {
    pages: usize,
    precisions: Vec<f64>,
    recalls: Vec<f64>,
    under_half: usize,
    kept: Share,
    foreign: Share,
    title: Share,
    date: Share,
    /// Names in both, in the prediction, in gold.
    authors: [usize; 3],
}

impl Sums {
    fn add_body(&mut self, gold: &PageStory, predicted: &PageStory) {
        self.pages += 1;
        let (gold, predicted) = (shingles(&gold.body), shingles(&predicted.body));
        let size = |shingles: &Shingles| shingles.values().sum::<usize>();
        let common = |(shingle, n): (&Vec<String>, &usize)| (*n).min(*predicted.get(shingle).unwrap_or(&0));
        let right: usize = gold.iter().map(common).sum();
        let (of_gold, of_predicted) = (size(&gold), size(&predicted));
        if of_predicted > 0 {
            self.precisions.push(right as f64 / of_predicted as f64);
        }
        if of_gold > 0 {
            self.recalls.push(right as f64 / of_gold as f64);
        }
        // F1 < 1/2 is 4 * right < gold + predicted.
        self.under_half += usize::from(4 * right < of_gold + of_predicted);
    }

    fn add_quotations(&mut self, gold: &PageStory, predicted: &PageStory) {
        let (of_gold, of_predicted) = (plain(&gold.body), plain(&predicted.body));
        quotations(&gold.body).iter().for_each(|quotation| self.kept.add(of_predicted.contains(quotation)));
        quotations(&predicted.body)
            .iter()
            .for_each(|quotation| self.foreign.add(!of_gold.contains(quotation)));
    }

    fn add_metadata(&mut self, gold: &PageStory, predicted: &PageStory) {
        if let Some(title) = gold.title.as_deref().filter(|title| !title.is_empty()) {
            let other = predicted.title.as_deref().unwrap_or_default();
            self.title.add(plain(title) == plain(other));
        }
        if let Some(date) = gold.date.as_deref().filter(|date| !date.is_empty()) {
            self.date.add(predicted.date.as_deref().is_some_and(|other| day(date) == day(other)));
        }
        if let Some(authors) = gold.authors.as_deref().filter(|authors| !authors.is_empty()) {
            let (gold, other) = (names(authors), names(predicted.authors.as_deref().unwrap_or_default()));
            let counts = [gold.intersection(&other).count(), other.len(), gold.len()];
            self.authors.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        }
    }

    fn scores(&self) -> PageScores {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (precision, recall) = (mean(&self.precisions), mean(&self.recalls));
        let [both, predicted, gold] = self.authors;
        PageScores {
            pages: self.pages,
            f1: harmonic_mean(precision, recall),
            precision,
            recall,
            under_half: self.under_half,
            quotations_kept: self.kept.value(),
            quotations_foreign: self.foreign.value(),
            title: self.title.value(),
            date: self.date.value(),
            authors_f1: (gold > 0).then(|| 2.0 * both as f64 / (predicted + gold) as f64),
        }
    }
}

type Shingles = BTreeMap<Vec<String>, usize>;

/// The text's shingles with their number; a text shorter than a shingle is one.
fn shingles(text: &str) -> Shingles {
    let text = without_soft_hyphens(text);
    let words: Vec<String> = words(&text).into_iter().map(str::to_owned).collect();
    let mut shingles = Shingles::new();
    let width = SHINGLE.min(words.len());
    if width > 0 {
        words.windows(width).for_each(|shingle| *shingles.entry(shingle.to_vec()).or_default() += 1);
    }
    shingles
}

/// The text's words in lower case, single blanks between.
fn plain(text: &str) -> String {
    words(&without_soft_hyphens(text)).join(" ").to_lowercase()
}

fn without_soft_hyphens(text: &str) -> String {
    text.replace('\u{ad}', "")
}

/// The first ten characters: the day of an ISO date and time.
fn day(date: &str) -> String {
    date.chars().take(10).collect()
}

fn names(names: &[String]) -> BTreeSet<String> {
    names.iter().map(|name| plain(name)).filter(|name| !name.is_empty()).collect()
}

/// The quotations of five words or more between curly or straight double marks, in plain words.
/// A text with low or angle marks (German, French) gives none: its curly marks run otherwise.
fn quotations(text: &str) -> Vec<String> {
    if text.contains(['„', '«', '»']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['“', '"']) {
        let (stops, close): (&[char], char) =
            if rest[open..].starts_with('"') { (&['"', '\n'], '"') } else { (&['“', '”'], '”') };
        let inner = open + rest[open..].chars().next().map_or(1, char::len_utf8);
        let end = rest[inner..].find(stops).map_or(rest.len(), |at| inner + at);
        let quotation = &rest[inner..end];
        let fits = QUOTATION_CHARACTERS.contains(&quotation.chars().count());
        rest = match rest[end..].strip_prefix(close) {
            Some(after) if fits => {
                found.push(quotation);
                after
            }
            _ => &rest[inner..],
        };
    }
    let is_long = |quotation: &&str| words(&without_soft_hyphens(quotation)).len() >= LEAST_QUOTATION_WORDS;
    found.into_iter().filter(is_long).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> PageStory {
        PageStory { body: text.to_owned(), ..PageStory::default() }
    }

    #[test]
    fn bodies_are_compared_by_shingles() {
        let (gold, predicted) = (body("one two three four five six"), body("one two three four five x"));
        let scores = score([(&gold, &predicted)]);
        assert_eq!((scores.precision, scores.recall, scores.under_half), (2.0 / 3.0, 2.0 / 3.0, 0));
        let nothing = score([(&gold, &body(""))]);
        assert_eq!((nothing.recall, nothing.under_half), (0.0, 1));
        assert_eq!(score([(&body("two words"), &body("two words"))]).f1, 1.0, "a short text is one shingle");
    }

    #[test]
    fn quotations_are_long_and_on_one_line() {
        assert_eq!(quotations("“We will keep it open,” and “no”"), ["we will keep it open"]);
        assert_eq!(quotations("5\" by \"a b c d e f g h\""), ["a b c d e f g h"]);
        assert_eq!(quotations("\"one two three four\nfive six seven eight\""), [""; 0]);
        assert_eq!(quotations("«We will keep it open»"), [""; 0]);
    }

    #[test]
    fn a_quotation_of_another_story_is_foreign() {
        let (gold, predicted) = (
            body("He said “we will keep it open” twice"),
            body("He said “we will keep it open” twice “nobody told us of it”"),
        );
        let scores = score([(&gold, &predicted)]);
        assert_eq!((scores.quotations_kept, scores.quotations_foreign), (Some(1.0), Some(0.5)));
    }

    #[test]
    fn metadata_is_scored_where_gold_has_it() {
        let gold = PageStory {
            title: Some("Bridge stays open".into()),
            authors: Some(vec!["Ana Ruiz".into(), "AFP".into()]),
            date: Some("2025-04-09".into()),
            ..PageStory::default()
        };
        let predicted = PageStory {
            title: Some("BRIDGE stays open!".into()),
            authors: Some(vec!["ana ruiz".into()]),
            date: Some("2025-04-09T10:00:00Z".into()),
            ..PageStory::default()
        };
        let scores = score([(&gold, &predicted), (&body("x"), &predicted)]);
        assert_eq!((scores.title, scores.date, scores.authors_f1), (Some(1.0), Some(1.0), Some(2.0 / 3.0)));
    }
}
