//! Lines of a gold file, scored against themselves and each other.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso::score::page::PageStory;
use sayso::score::{self, Bootstrap, Pair, Row};
use sayso::wire::gold::{self, PageLine, StoryLine};

fuzz_target!(|text: &str| {
    let lines: Vec<StoryLine> = text.lines().filter_map(|line| StoryLine::read(line).ok()).collect();
    if let Ok(pairs) = gold::pair(&lines, &lines) {
        check(&pairs);
        let outer: Vec<Pair> = pairs.iter().map(Pair::outer_only).collect();
        check(&outer);
    }
    let pages: Vec<PageLine> = text.lines().filter_map(|line| PageLine::read(line).ok()).collect();
    let stories: Vec<&PageStory> = pages.iter().map(|line| &line.story).collect();
    score::page::score(stories.iter().map(|story| (*story, *story)));
    score::page::score(stories.iter().zip(stories.iter().rev()).map(|(gold, predicted)| (*gold, *predicted)));
});

fn check(pairs: &[Pair]) {
    let bootstrap = Bootstrap { rounds: 3, seed: 1 };
    let attribution = score::attribution::score(pairs, bootstrap);
    let statement = score::statement::score(pairs, bootstrap).rows;
    attribution.iter().chain(&statement).for_each(check_row);
}

fn check_row(row: &Row) {
    let score = &row.score;
    for value in [score.precision, score.recall, score.f1] {
        assert!((0.0..=1.0 + 1e-9).contains(&value), "{row:?}");
    }
}
