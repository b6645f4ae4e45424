//! The scorers give the figures of the Python scorers of the same metrics; see README.md.

use sayso_score::gold::{self, PageLine, StoryLine};
use sayso_score::page::{self, PageStory};
use sayso_score::{Bootstrap, Pair, Row, attribution, statement};
use serde_json::Value;
use std::collections::BTreeMap;

const NO_INTERVALS: Bootstrap = Bootstrap { rounds: 0, seed: 1 };

/// Half of the fourth decimal.
const TOLERANCE: f64 = 5e-5;

fn pairs() -> Vec<Pair> {
    let read = |lines: &str| -> Vec<StoryLine> {
        lines.lines().map(|line| StoryLine::read(line).expect("a story")).collect()
    };
    let (gold, predicted) = (include_str!("gold.jsonl"), include_str!("predicted.jsonl"));
    gold::pair(&read(gold), &read(predicted)).expect("gold and prediction fit")
}

/// Both have the same metrics, with the same figures.
fn assert_same(rows: &[Row], expected: &Value) {
    let expected = expected.as_object().expect("an object");
    let ours: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.name.as_str(), row)).collect();
    let names: Vec<&str> = ours.keys().copied().collect();
    let mut expected_names: Vec<&str> =
        expected.keys().map(String::as_str).filter(|name| *name != "act.macro").collect();
    expected_names.sort_unstable();
    assert_eq!(names, expected_names);
    for (name, row) in ours {
        let score = &row.score;
        let figures = [
            ("P", score.precision),
            ("R", score.recall),
            ("F", score.f1),
            ("pred", score.predicted),
            ("gold", score.gold),
        ];
        for (figure, value) in figures {
            assert_close(value, &expected[name][figure], &format!("{name}, {figure}"));
        }
    }
}

fn assert_close(value: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().expect("a number");
    assert!((value - expected).abs() < TOLERANCE, "{what}: {value}, expected {expected}");
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn attribution_figures_are_the_same() {
    let rows = attribution::score(&pairs(), NO_INTERVALS);
    assert_same(&rows, &json(include_str!("attribution.json"))["scores"]);
}

#[test]
fn outer_attribution_figures_are_the_same() {
    let pairs: Vec<Pair> = pairs().iter().map(Pair::outer_only).collect();
    let rows = attribution::score(&pairs, NO_INTERVALS);
    assert_same(&rows, &json(include_str!("outer.json"))["scores"]);
}

#[test]
fn statement_figures_are_the_same() {
    let scores = statement::score(&pairs(), NO_INTERVALS);
    let expected = json(include_str!("statements.json"));
    assert_same(&scores.rows, &expected);
    assert_close(scores.act_macro, &expected["act.macro"]["F"], "act.macro");
    assert_eq!(scores.acts, 2);
}

#[test]
fn page_figures_are_the_same() {
    let read = |lines: &str| -> Vec<PageLine> {
        lines.lines().map(|line| PageLine::read(line).expect("a page")).collect()
    };
    let gold = read(include_str!("gold-pages.jsonl"));
    let predicted: BTreeMap<String, PageStory> =
        read(include_str!("predicted-pages.jsonl")).into_iter().map(|line| (line.id, line.story)).collect();
    let nothing = PageStory::default();
    let pairs = gold.iter().map(|line| (&line.story, predicted.get(&line.id).unwrap_or(&nothing)));
    let scores = page::score(pairs);

    let expected = json(include_str!("pages.json"));
    let figures = [
        ("pages", Some(scores.pages as f64)),
        ("f1", Some(scores.f1)),
        ("precision", Some(scores.precision)),
        ("recall", Some(scores.recall)),
        ("under_half", Some(scores.under_half as f64)),
        ("quotations_kept", scores.quotations_kept),
        ("quotations_foreign", scores.quotations_foreign),
        ("title", scores.title),
        ("date", scores.date),
        ("authors_f1", scores.authors_f1),
    ];
    assert_eq!(expected.as_object().map(serde_json::Map::len), Some(figures.len()));
    for (name, value) in figures {
        assert_close(value.expect("a figure"), &expected[name], name);
    }
}

#[test]
fn intervals_hold_their_figures() {
    let rows = attribution::score(&pairs(), Bootstrap::default());
    for row in &rows {
        let [low, high] = row.score.interval.expect("an interval");
        assert!(low <= row.score.f1 && row.score.f1 <= high, "{}: {low} {} {high}", row.name, row.score.f1);
    }
    assert_eq!(rows, attribution::score(&pairs(), Bootstrap::default()));
}
