//! Attributions and statements.

use crate::{Figure, corpora, quotations};
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::page::Page;
use sayso_score::gold::{self, StoryLine};
use sayso_score::{Bootstrap, Pair, Row, attribution, statement};
use std::error::Error;
use std::path::Path;

/// The report gives no intervals; `sayso eval` does.
const NO_INTERVALS: Bootstrap = Bootstrap { rounds: 0, seed: 1 };

const OF_ATTRIBUTION: [&str; 9] = [
    "rel",
    "rel.direct",
    "rel.mixed",
    "rel.indirect",
    "rel.content",
    "source|content",
    "source.exact",
    "cue.exact",
    "content.partial",
];

const OF_STATEMENTS: [&str; 13] = [
    "statement",
    "outer",
    "nested",
    "speaker",
    "speaker|statement",
    "act",
    "negated.true",
    "form",
    "all",
    "said_on",
    "answers",
    "figure",
    "figure.unit",
];

/// Scores the attributions of PolNeAR's dev half and the statements of the gold stories.
pub(crate) fn measure(corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut figures = of_model(corpora, "fast", Model::fast())?;
    figures.extend(of_model(corpora, "accurate", Model::accurate())?);
    figures.extend(quotations::measure(corpora)?);
    Ok(figures)
}

fn of_model(corpora: &Path, model: &str, with: &Model) -> Result<Vec<Figure>, Box<dyn Error>> {
    let polnear = read(&corpora.join("corpora/polnear/dev.jsonl.gz"), with)?;
    let gold = read(&corpora.join("gold/dev.jsonl"), with)?;
    let outer = |pairs: &[Pair]| -> Vec<Row> {
        let pairs: Vec<Pair> = pairs.iter().map(Pair::outer_only).collect();
        attribution::score(&pairs, NO_INTERVALS)
    };
    let statements = statement::score(&gold, NO_INTERVALS);
    let mut figures = of_rows(&format!("{model}: polnear"), &OF_ATTRIBUTION, &outer(&polnear))?;
    figures.extend(of_rows(&format!("{model}: gold"), &OF_ATTRIBUTION, &outer(&gold))?);
    figures.extend(of_rows(&format!("{model}: gold"), &OF_STATEMENTS, &statements.rows)?);
    figures.push(Figure::new(format!("{model}: gold act.macro"), statements.act_macro));
    Ok(figures)
}

/// The stories of a file beside what the program reads in their texts.
fn read(path: &Path, model: &Model) -> Result<Vec<Pair>, Box<dyn Error>> {
    let stories = corpora::stories(path)?;
    let predicted: Vec<StoryLine> = stories.iter().map(|story| predict(story, model)).collect();
    gold::pair(&stories, &predicted).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn predict(story: &StoryLine, model: &Model) -> StoryLine {
    let text = story.text.clone().unwrap_or_default();
    StoryLine::of_analysis(&story.id, &analyse(&Page::exact(text), model))
}

/// The F1 of each named row; a metric without a row is an error, so that none goes unmeasured.
fn of_rows(corpus: &str, names: &[&str], rows: &[Row]) -> Result<Vec<Figure>, Box<dyn Error>> {
    let f1 = |name: &&str| {
        let row = rows.iter().find(|row| row.name == **name);
        let row = row.ok_or_else(|| format!("{corpus}: no metric {name:?}"))?;
        Ok(Figure::new(format!("{corpus} {name}"), row.score.f1))
    };
    names.iter().map(f1).collect()
}
