//! Scores of predicted attributions, statements and stories against what a hand has marked.
//!
//! [`attribution`] scores source, cue and content and the links between them, [`statement`] the
//! resolved statements end to end, [`page`] the story taken from a page. All three give micro
//! averages over a corpus with percentile intervals from a bootstrap over stories. [`gold`] reads the
//! files and writes the report.
//! Labels (act, form, stance) are compared as they are written, so a file with other labels than
//! ours can be scored too.
//!
//! The unit of comparison is the token of `words`, a cut of its own that knows no language:
//! figures stay comparable when the analyser's tokens change.

pub mod attribution;
mod bootstrap;
pub mod gold;
mod matching;
pub mod page;
pub mod statement;
mod words;

use sayso::text::Span;
use std::collections::BTreeMap;

/// One story with what a hand marked in it and what was predicted for it.
#[derive(Clone, Debug, Default)]
pub struct Pair {
    /// The story's identifier in the gold file.
    pub id: String,
    /// The text into which both sides' spans point.
    pub text: String,
    /// What a hand marked.
    pub gold: Vec<MarkedStatement>,
    /// What was predicted; `None` where the prediction lacks the story, which counts as empty.
    pub predicted: Option<Vec<MarkedStatement>>,
}

impl Pair {
    fn predictions(&self) -> &[MarkedStatement] {
        self.predicted.as_deref().unwrap_or_default()
    }

    /// The same story without nested statements on either side, as PolNeAR marks outer
    /// attributions only. Links to a statement left out are lost.
    pub fn outer_only(&self) -> Pair {
        Pair {
            id: self.id.clone(),
            text: self.text.clone(),
            gold: outer_only(&self.gold),
            predicted: self.predicted.as_deref().map(outer_only),
        }
    }
}

/// A statement as marked in a file. Only the spans are used for attribution figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedStatement {
    /// The phrase that names the source; empty where there is none.
    pub source: Vec<Span>,
    /// The words that signal it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The name under which the ledger keeps the source.
    pub speaker: Option<String>,
    /// How the source is worded.
    pub form: Option<String>,
    /// What the speaker does.
    pub act: Option<String>,
    /// Whether the act is said not to have happened.
    pub negated: bool,
    /// Index in the same story of the statement named as the outer one.
    pub inside: Option<usize>,
    /// The statement it answers.
    pub answers: Option<Answer>,
    /// ISO date on which it was said.
    pub said_on: Option<String>,
    /// Figures in the content.
    pub figures: Vec<MarkedFigure>,
}

/// That one statement answers another of its story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// Index of the statement answered; `None` where the file names one that is not there.
    pub to: Option<usize>,
    /// Whether it is denied, confirmed, declined.
    pub stance: Option<String>,
}

/// A figure as marked in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedFigure {
    /// The words of the figure.
    pub span: Option<Span>,
    /// Lowest value, `None` where open.
    pub min: Option<f64>,
    /// Highest value, `None` where open.
    pub max: Option<f64>,
    /// Its unit, `None` for a count.
    pub unit: Option<String>,
}

/// How the intervals of a report are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap {
    /// Samples drawn; 0 gives no intervals.
    pub rounds: usize,
    /// Start of the random numbers: the same seed gives the same intervals.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Bootstrap {
        Bootstrap { rounds: 1000, seed: 1 }
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The metric's name, as in the scorers' documentation ("rel.direct").
    pub name: String,
    /// Its figures.
    pub score: Score,
}

/// Precision, recall and their harmonic mean, each in `0..=1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Share of the predicted that is right.
    pub precision: f64,
    /// Share of the gold that is found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// 95 % percentile interval of `f1`, where one was drawn.
    pub interval: Option<[f64; 2]>,
    /// Items predicted.
    pub predicted: f64,
    /// Items in gold.
    pub gold: f64,
}

/// What one metric counted, in one story or summed over several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    right_predicted: f64,
    predicted: f64,
    right_gold: f64,
    gold: f64,
}

impl Counts {
    /// Precision, recall, F1. Nothing predicted where nothing was to be found is right.
    fn precision_recall_f1(self) -> [f64; 3] {
        let share = |right: f64, of: f64, other: f64| match of > 0.0 {
            true => right / of,
            false => f64::from(u8::from(other == 0.0)),
        };
        let precision = share(self.right_predicted, self.predicted, self.gold);
        let recall = share(self.right_gold, self.gold, self.predicted);
        [precision, recall, harmonic_mean(precision, recall)]
    }

    fn add_times(&mut self, other: Counts, times: f64) {
        self.right_predicted += times * other.right_predicted;
        self.predicted += times * other.predicted;
        self.right_gold += times * other.right_gold;
        self.gold += times * other.gold;
    }
}

fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// What one story adds to each metric.
#[derive(Clone, Debug, Default)]
struct Tally(BTreeMap<String, Counts>);

impl Tally {
    /// Adds counts whose right items are the same number on both sides.
    fn add(&mut self, name: impl Into<String>, right: usize, predicted: usize, gold: usize) {
        self.add_sums(name, right as f64, predicted, right as f64, gold);
    }

    /// Adds counts with a sum of right items a side.
    fn add_sums(
        &mut self,
        name: impl Into<String>,
        right_predicted: f64,
        predicted: usize,
        right_gold: f64,
        gold: usize,
    ) {
        let counts = Counts { right_predicted, predicted: predicted as f64, right_gold, gold: gold as f64 };
        self.0.entry(name.into()).or_default().add_times(counts, 1.0);
    }
}

/// The rows of a report, in the order of `names`; a metric that no story counted is left out.
fn rows(stories: &[Tally], names: impl IntoIterator<Item = String>, bootstrap: Bootstrap) -> Vec<Row> {
    let counted = |name: &String| stories.iter().any(|story| story.0.contains_key(name));
    let names: Vec<String> = names.into_iter().filter(counted).collect();
    let table: Vec<Vec<Counts>> = stories
        .iter()
        .map(|story| names.iter().map(|name| story.0.get(name).copied().unwrap_or_default()).collect())
        .collect();
    let intervals = bootstrap::intervals(&table, bootstrap);
    let score = |column: usize| {
        let mut sum = Counts::default();
        table.iter().for_each(|story| sum.add_times(story[column], 1.0));
        let [precision, recall, f1] = sum.precision_recall_f1();
        let interval = intervals.get(column).copied();
        Score { precision, recall, f1, interval, predicted: sum.predicted, gold: sum.gold }
    };
    names.into_iter().enumerate().map(|(column, name)| Row { name, score: score(column) }).collect()
}

/// The statements that stand in no other one's content.
fn outer_only(statements: &[MarkedStatement]) -> Vec<MarkedStatement> {
    let kept: Vec<usize> = (0..statements.len()).filter(|&k| !is_nested(statements, k)).collect();
    let moved = |index: Option<usize>| index.and_then(|index| kept.binary_search(&index).ok());
    let keep = |&k: &usize| {
        let mut statement = statements[k].clone();
        statement.inside = moved(statement.inside);
        if let Some(answer) = &mut statement.answers {
            answer.to = moved(answer.to);
        }
        statement
    };
    kept.iter().map(keep).collect()
}

/// Whether a statement is nested: `inside` counts where the outer one's content shares
/// characters with the inner cue (or content, where there is no cue).
fn is_nested(statements: &[MarkedStatement], index: usize) -> bool {
    let inner = &statements[index];
    let Some(outer) = inner.inside.filter(|&outer| outer != index) else { return false };
    let place = if inner.cue.is_empty() { &inner.content } else { &inner.cue };
    place.iter().any(|part| statements[outer].content.iter().any(|content| part.overlaps(*content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_where_nothing_was_is_right() {
        assert_eq!(Counts::default().precision_recall_f1(), [1.0, 1.0, 1.0]);
        let missed = Counts { gold: 2.0, ..Counts::default() };
        assert_eq!(missed.precision_recall_f1(), [0.0, 0.0, 0.0]);
    }

    #[test]
    fn outer_only_drops_the_nested_and_moves_the_links() {
        let at = |start, end| vec![Span::new(start, end)];
        let inner = MarkedStatement { cue: at(5, 8), inside: Some(1), ..Default::default() };
        let outer = MarkedStatement { cue: at(0, 2), content: at(3, 20), ..Default::default() };
        let apart = MarkedStatement {
            cue: at(30, 33),
            inside: Some(1),
            answers: Some(Answer { to: Some(1), stance: None }),
            ..Default::default()
        };
        let kept = outer_only(&[inner, outer.clone(), apart]);
        assert_eq!(kept.len(), 2, "the third names an outer statement whose content does not hold it");
        assert_eq!(kept[0], outer);
        assert_eq!(kept[1].inside, Some(0));
        assert_eq!(kept[1].answers.as_ref().and_then(|answer| answer.to), Some(0));
    }
}
