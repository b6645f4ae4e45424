//! Page to story.

use crate::{Figure, corpora};
use sayso::story;
use sayso_score::page::{self, PageScores, PageStory};
use std::error::Error;
use std::path::Path;

/// Scores the stories of each set of pages.
pub(crate) fn measure(corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut figures = Vec::new();
    for set in corpora::PAGE_SETS {
        let pages = corpora::pages(corpora, set)?;
        let read: Vec<PageStory> =
            pages.iter().map(|line| PageStory::from(&story::read(&corpora::page(line)))).collect();
        let scores = page::score(pages.iter().map(|line| &line.story).zip(&read));
        figures.extend(of_set(set, &scores));
    }
    Ok(figures)
}

fn of_set(set: &str, scores: &PageScores) -> impl Iterator<Item = Figure> {
    let figures = [
        ("f1", Some(scores.f1)),
        ("precision", Some(scores.precision)),
        ("recall", Some(scores.recall)),
        ("pages under .5", Some(scores.under_half as f64)),
        ("quotations kept", scores.quotations_kept),
        ("quotations foreign", scores.quotations_foreign),
        ("title", scores.title),
        ("date", scores.date),
        ("authors", scores.authors_f1),
    ];
    figures.into_iter().filter_map(move |(name, value)| Some(Figure::new(format!("{set} {name}"), value?)))
}
