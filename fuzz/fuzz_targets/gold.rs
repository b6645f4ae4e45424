//! Lines of a gold file, scored against themselves and each other.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_score::gold::{self, PageLine, StoryLine};
use sayso_score::page::{self, PageStory};
use sayso_score::{Bootstrap, Pair, Row, attribution, statement};

fuzz_target!(|text: &str| {
    let lines: Vec<StoryLine> = text.lines().filter_map(|line| StoryLine::read(line).ok()).collect();
    if let Ok(pairs) = gold::pair(&lines, &lines) {
        check(&pairs);
        let outer: Vec<Pair> = pairs.iter().map(Pair::outer_only).collect();
        check(&outer);
    }
    let pages: Vec<PageLine> = text.lines().filter_map(|line| PageLine::read(line).ok()).collect();
    let stories: Vec<&PageStory> = pages.iter().map(|line| &line.story).collect();
    page::score(stories.iter().map(|story| (*story, *story)));
    page::score(stories.iter().zip(stories.iter().rev()).map(|(gold, predicted)| (*gold, *predicted)));
});

fn check(pairs: &[Pair]) {
    let bootstrap = Bootstrap { rounds: 3, seed: 1 };
    let rows = attribution::score(pairs, bootstrap);
    let resolved = statement::score(pairs, bootstrap).rows;
    rows.iter().chain(&resolved).for_each(check_row);
}

fn check_row(row: &Row) {
    let score = &row.score;
    for value in [score.precision, score.recall, score.f1] {
        assert!((0.0..=1.0 + 1e-9).contains(&value), "{row:?}");
    }
}
