//! How likely a whole row is right: its content, its speaker, its act and whether it is negated.
//!
//! A trained scorer over what the steps before tell: the score of the attribution, how the source is worded
//! and what came of it, the act and how clearly it is told, how long and how nested the content is.

use super::{Form, Statement};
use crate::coref::Cluster;
use crate::model::linear::{Features, JUDGE, logistic, step};
use crate::token::Tokens;

/// What resolving a statement told that the statement itself does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clues {
    /// The score of its attribution.
    pub(super) score: f32,
    /// By how much the act's score exceeds the next.
    pub(super) margin: f32,
}

/// The probability that a statement is right in all its cells, in hundredths. Rounded so that it is the same on
/// every machine, and never 0 or 1.
pub(super) fn of(words: &Tokens<'_>, clusters: &[Cluster], statement: &Statement, clues: Clues) -> f32 {
    let score = JUDGE.sure.scores(&features(words, clusters, statement, clues))[0];
    (logistic(score) * 100.0).round().clamp(1.0, 99.0) / 100.0
}

/// What the confidence is judged by.
pub(super) fn features(
    words: &Tokens<'_>,
    clusters: &[Cluster],
    statement: &Statement,
    clues: Clues,
) -> Features {
    let mut found = Features::default();
    let form = format!("{:?}", statement.form);
    let kind = format!("{:?}", statement.kind);
    let act = super::act::name(statement.act);
    let nested = if statement.inside.is_some() { "nested" } else { "outer" };
    found.add("any", "");
    let sure = step(clues.score, &[0.35, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98]);
    found.add("score", sure);
    found.add_pair("score kind", sure, &kind);
    found.add_pair("score nested", sure, nested);
    found.add("margin", step(clues.margin, &[0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0]));
    found.add("form", &form);
    found.add_pair("form kind", &form, &kind);
    found.add_pair("form nested", &form, nested);
    found.add("act", act);
    found.add_pair("act negated", act, if statement.negated { "yes" } else { "no" });
    let source = statement.source.first().map_or((0, 0), |s| words.touched(*s));
    if matches!(statement.form, Form::Pronoun) {
        found.add("pronoun", words.low(source.0));
        found.add_pair("pronoun kind", words.low(source.0), &kind);
    }
    let size = |tokens: usize| step(tokens as f32, &[0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]);
    found.add_pair("source", &form, size(source.1 - source.0));
    let length: usize = statement.content.iter().map(|s| words.touched(*s)).map(|(a, b)| b - a).sum();
    found.add("length", size(length));
    found.add_pair("length kind", size(length), &kind);
    found.add("pieces", size(statement.content.len()));
    let cue = statement.cue.map_or((0, 0), |c| words.touched(c));
    found.add("cue", size(cue.1 - cue.0));
    let content = statement.content.first().map_or((0, 0), |s| words.touched(*s));
    let order = match () {
        () if statement.cue.is_none() => "no cue",
        () if content.0 >= cue.1 => "cue first",
        () => "content first",
    };
    found.add_pair("order", order, &kind);
    let gap = if source.0 >= cue.1 { source.0 - cue.1 } else { cue.0.saturating_sub(source.1) };
    found.add_pair("gap", &form, size(gap));
    let named = statement.cluster.map(|c| &clusters[c]);
    found.add("cluster", &named.map_or("none".to_owned(), |c| format!("{:?}", c.kind)));
    found.add("mentions", size(named.map_or(0, |c| c.mentions.len())));
    let name = statement.speaker.as_deref().unwrap_or_default();
    found.add_pair("name", &form, size(name.split(' ').count()));
    found.add_pair("name in source", &form, if is_printed(words, statement, name) { "yes" } else { "no" });
    found
}

/// Whether the speaker's name is what the source prints.
fn is_printed(words: &Tokens<'_>, statement: &Statement, name: &str) -> bool {
    !name.is_empty() && statement.source.iter().any(|s| s.slice(words.text).contains(name))
}
