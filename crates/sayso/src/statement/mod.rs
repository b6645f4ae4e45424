//! Statements: attributions resolved. Speaker, form of the source, kind, act, negation, nesting,
//! date, figures.
//!
//! Kind and nesting follow from the spans, the speaker from the source by the story's names, titles and
//! pronouns. Act, answer and confidence are judged by trained scorers (`model::linear`).

mod act;
mod answer;
mod confidence;
mod kind;
mod nesting;
mod said_on;
mod source;
mod speaker;

use crate::attribution::Attribution;
use crate::coref::Cluster;
use crate::figure::Figure;
use crate::model::linear::Features;
use crate::period::Period;
use crate::quotation::Quotation;
use crate::text::Span;
use crate::token::Tokens;
use confidence::Clues;

/// Who says what, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The phrase that names the source; empty where there is none.
    pub source: Vec<Span>,
    /// The words that signal it.
    pub cue: Option<Span>,
    /// What is said; never empty.
    pub content: Vec<Span>,
    /// The name under which the ledger keeps the source.
    pub speaker: Option<String>,
    /// Index of the cluster that speaks, where the story names it.
    pub cluster: Option<usize>,
    /// How the source is worded here.
    pub form: Form,
    /// How much of the content stands in quotation marks.
    pub kind: Kind,
    /// What the speaker does.
    pub act: Act,
    /// Whether the act is said not to have happened.
    pub negated: bool,
    /// Index of the statement whose content holds this one.
    pub inside: Option<usize>,
    /// The statement of this story that it answers.
    pub answers: Option<Answer>,
    /// ISO date on which it was said, where the story tells it.
    pub said_on: Option<String>,
    /// Figures in the content.
    pub figures: Vec<Figure>,
    /// The probability that content, speaker, act and negation are all right, in hundredths.
    pub confidence: f32,
}

impl Statement {
    /// Whether it is as likely as not that one of its cells is wrong.
    pub fn is_unsure(&self) -> bool {
        self.confidence < 0.5
    }
}

/// How a source is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By name.
    Named,
    /// By a description of somebody whom the story names elsewhere.
    Role,
    /// By a pronoun.
    Pronoun,
    /// By a capital or building that stands for a body.
    Metonym,
    /// A report, letter, poll or law.
    Document,
    /// A person or people never named.
    Unnamed,
    /// Not at all.
    None,
}

impl Form {
    /// All forms.
    pub const ALL: [Form; 7] =
        [Form::Named, Form::Role, Form::Pronoun, Form::Metonym, Form::Document, Form::Unnamed, Form::None];
}

/// How much of the content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All of it.
    Direct,
    /// Some.
    Mixed,
    /// None.
    Indirect,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Direct, Kind::Mixed, Kind::Indirect];
}

/// What a speaker does with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Say, tell, write, show.
    Say,
    /// Deny, dismiss.
    Deny,
    /// Confirm, admit.
    Confirm,
    /// Accuse, blame, denounce.
    Accuse,
    /// Warn.
    Warn,
    /// Call for, urge, order, rule.
    Demand,
    /// Pledge, offer, undertake.
    Promise,
    /// Ask.
    Ask,
    /// Give no comment.
    Decline,
    /// Think, know, expect, fear.
    Believe,
    /// Intend, hope, support, oppose.
    Want,
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 11] = [
        Act::Say,
        Act::Deny,
        Act::Confirm,
        Act::Accuse,
        Act::Warn,
        Act::Demand,
        Act::Promise,
        Act::Ask,
        Act::Decline,
        Act::Believe,
        Act::Want,
    ];
}

/// How a statement answers another of its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Answer {
    /// Index of the statement answered.
    pub statement: usize,
    /// What the answer is.
    pub stance: Stance,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It is denied.
    Deny,
    /// It is confirmed.
    Confirm,
    /// The speaker gives no comment on it.
    Decline,
}

impl Stance {
    /// All stances.
    pub const ALL: [Stance; 3] = [Stance::Deny, Stance::Confirm, Stance::Decline];
}

/// Resolves the attributions of a story into statements, one each, in the same order.
pub fn resolve(
    words: &Tokens<'_>,
    quotations: &[Quotation],
    clusters: &[Cluster],
    figures: &[Figure],
    periods: &[Period],
    attributions: Vec<Attribution>,
) -> Vec<Statement> {
    let resolved = weighed(words, quotations, clusters, figures, periods, attributions);
    let statements = resolved.into_iter().map(|(statement, clues)| {
        let confidence = confidence::of(words, clusters, &statement, clues);
        Statement { confidence, ..statement }
    });
    let mut statements: Vec<Statement> = statements.collect();
    said_on::carry(&mut statements);
    answer::link(words, statements)
}

/// The statements without their answers and confidence, each with what the latter is judged by besides.
fn weighed(
    words: &Tokens<'_>,
    quotations: &[Quotation],
    clusters: &[Cluster],
    figures: &[Figure],
    periods: &[Period],
    attributions: Vec<Attribution>,
) -> Vec<(Statement, Clues)> {
    let outer = nesting::outer(&attributions);
    let speakers = speaker::resolve(words, clusters, quotations, &attributions, &outer);
    let days = said_on::days(words, periods, &attributions);
    let rows = attributions.into_iter().zip(speakers).zip(outer).zip(days);
    let statements = rows.map(|(((attribution, speaker), inside), said_on)| {
        let Attribution { source, cue, content, score } = attribution;
        let kind = kind::of(words, quotations, &content);
        let setting = act::Setting { form: speaker.form, kind, is_nested: inside.is_some() };
        let (act, margin) = act::of(words, cue, &content, setting);
        let statement = Statement {
            speaker: speaker.name,
            cluster: speaker.cluster,
            form: speaker.form,
            kind,
            act,
            negated: act::is_negated(words, &source, cue, act),
            inside,
            answers: None,
            said_on,
            figures: within(figures, &content),
            source,
            cue,
            content,
            confidence: 0.0,
        };
        (statement, Clues { score, margin })
    });
    statements.collect()
}

/// Statements with what their confidence is judged by, to learn from. Takes what [`resolve`] takes.
pub fn unsure(
    words: &Tokens<'_>,
    quotations: &[Quotation],
    clusters: &[Cluster],
    attributions: Vec<Attribution>,
) -> Vec<(Statement, Features)> {
    let resolved = weighed(words, quotations, clusters, &[], &[], attributions);
    let judged = resolved.into_iter().map(|(statement, clues)| {
        let features = confidence::features(words, clusters, &statement, clues);
        (statement, features)
    });
    judged.collect()
}

/// What the acts and answers of a story's statements are judged by, to learn from.
#[derive(Clone, Debug)]
pub struct Judged {
    /// For each statement the features of its act.
    pub acts: Vec<Features>,
    /// For each statement those that it may answer, and `None` for none, with their features.
    pub answers: Vec<Vec<(Option<usize>, Features)>>,
}

/// What the acts and answers of resolved statements are judged by.
pub fn judged(words: &Tokens<'_>, statements: &[Statement]) -> Judged {
    let act = |s: &Statement| {
        let setting = act::Setting { form: s.form, kind: s.kind, is_nested: s.inside.is_some() };
        act::features(words, s.cue, &s.content, setting)
    };
    Judged { acts: statements.iter().map(act).collect(), answers: answer::examples(words, statements) }
}

/// The figures inside a content. Figures stand in order, without overlap.
fn within(figures: &[Figure], content: &[Span]) -> Vec<Figure> {
    let inside = |span: &Span| {
        let from = figures.partition_point(|f| f.span.start < span.start);
        let end = span.end;
        figures[from..].iter().take_while(move |f| f.span.end <= end).cloned()
    };
    content.iter().flat_map(inside).collect()
}

#[cfg(test)]
mod tests;
