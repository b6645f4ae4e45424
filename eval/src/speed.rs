//! Time. Speeds depend on the machine, so what has a floor is a ratio of two things timed in one run.

use crate::{Figure, corpora};
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::page::Page;
use sayso::story;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use trafilatura::{ExtractionFocus, Options};

/// Times each thing is timed; the median counts.
const ROUNDS: usize = 5;

/// Times one page is read to say how long it takes; the least counts, as all else is the
/// machine's other work.
const PAGE_ROUNDS: usize = 7;

/// Times a short story is analysed in one round.
const STORIES: usize = 20;

/// A story of some 600 words of our own.
const STORY: &str = include_str!("../../benches/story.txt");

/// Times pages and stories.
pub(crate) fn measure(corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut figures = against_trafilatura(&pages(corpora, "scrapinghub")?);
    figures.extend(slowest(corpora)?);
    figures.extend(stories());
    Ok(figures)
}

fn pages(corpora: &Path, set: &str) -> Result<Vec<Page>, Box<dyn Error>> {
    Ok(corpora::pages(corpora, set)?.iter().map(corpora::page).collect())
}

/// Page to story and page to statements, each beside the crate `trafilatura` in precision mode.
fn against_trafilatura(pages: &[Page]) -> Vec<Figure> {
    let options = Options::default().with_focus(ExtractionFocus::FavorPrecision);
    let html: Vec<String> =
        pages.iter().map(|page| String::from_utf8_lossy(&page.bytes).into_owned()).collect();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let story = seconds(|| pages.iter().for_each(|page| drop(black_box(story::read(page)))));
        let crate_s =
            seconds(|| html.iter().for_each(|html| drop(black_box(trafilatura::extract(html, &options)))));
        let statements =
            seconds(|| pages.iter().for_each(|page| drop(black_box(analyse(page, Model::fast())))));
        rounds.push([story, crate_s, statements]);
    }
    let count = pages.len() as f64;
    let of = |number: usize| median(rounds.iter().map(|round| round[number]));
    vec![
        Figure::new("speed of trafilatura", median(rounds.iter().map(|round| round[1] / round[0]))),
        Figure::new("pages/s to story", count / of(0)),
        Figure::new("pages/s to statements", count / of(2)),
        Figure::new("pages/s of trafilatura", count / of(1)),
        Figure::new(
            "statements' share of reading a page",
            median(rounds.iter().map(|round| 1.0 - round[0] / round[2])),
        ),
    ]
}

/// The longest that one page of all sets takes, and how many times the median page that is.
fn slowest(corpora: &Path) -> Result<[Figure; 2], Box<dyn Error>> {
    let (mut slowest, mut all): (f64, Vec<f64>) = (0.0, Vec::new());
    for set in corpora::PAGE_SETS {
        for page in pages(corpora, set)? {
            let once = || seconds(|| drop(black_box(story::read(&page))));
            // Only a page that looks slower than all before is worth a second look.
            let mut took = once();
            for _ in 1..PAGE_ROUNDS {
                took = if took > slowest { took.min(once()) } else { took };
            }
            slowest = slowest.max(took);
            all.push(took);
        }
    }
    Ok([
        Figure::new("slowest page (ms)", slowest * 1000.0),
        Figure::new("slowest page against the median", slowest / median(all.into_iter())),
    ])
}

/// Stories a second of both models, timed in turn.
fn stories() -> [Figure; 3] {
    let page = Page::text(STORY);
    let round = |model: &Model| seconds(|| (0..STORIES).for_each(|_| drop(black_box(analyse(&page, model)))));
    let rounds: Vec<[f64; 2]> =
        (0..ROUNDS).map(|_| [round(Model::fast()), round(Model::accurate())]).collect();
    let of = |number: usize| STORIES as f64 / median(rounds.iter().map(|round| round[number]));
    [
        Figure::new("600-word stories/s, fast", of(0)),
        Figure::new("600-word stories/s, accurate", of(1)),
        Figure::new(
            "accurate's time as a multiple of fast's",
            median(rounds.iter().map(|round| round[1] / round[0])),
        ),
    ]
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The middle one of values that are not empty.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_taken() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
    }

    #[test]
    fn the_story_has_some_600_words() {
        let words = STORY.split_whitespace().count();
        assert!((570..=630).contains(&words), "{words}");
    }
}
