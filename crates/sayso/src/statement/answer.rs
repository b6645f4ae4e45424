//! Which statement answers which.
//!
//! For each statement a trained scorer weighs those near it, and that it answers none. It sees the acts, who
//! speaks, how far apart the two stand, which lies inside which, and the words and names they share.

use std::collections::HashSet;

use super::act::{name, stem};
use super::{Act, Answer, Stance, Statement};
use crate::model::linear::{Features, JUDGE, step};
use crate::text::Span;
use crate::token::Tokens;

/// Statements before and after an answer among which the one answered is looked for.
const BACK: usize = 20;
const AHEAD: usize = 5;

/// What is taken from the score of answering none. Few statements answer any, and the scorer is shy of them:
/// on the training stories, each fourth read by a scorer that had not seen it, .5 finds most at a precision of a half.
const HESITATION: f32 = 0.5;

/// Links answers to the statements that they answer.
pub(super) fn link(words: &Tokens<'_>, mut statements: Vec<Statement>) -> Vec<Statement> {
    let gists: Vec<Gist> = statements.iter().map(|s| Gist::of(words, s)).collect();
    for i in 0..statements.len() {
        let own = candidates(words, &statements, &gists, i);
        let scores = own.iter().map(|(other, features)| {
            let score = JUDGE.answer.scores(features)[0];
            (*other, if other.is_none() { score - HESITATION } else { score })
        });
        let best = scores.rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).and_then(|(other, _)| other);
        statements[i].answers = best.map(|statement| Answer { statement, stance: stance(&statements[i]) });
    }
    statements
}

/// What a statement says of the one it answers.
fn stance(statement: &Statement) -> Stance {
    match statement.act {
        Act::Confirm if !statement.negated => Stance::Confirm,
        Act::Confirm | Act::Decline | Act::Want => Stance::Decline,
        _ => Stance::Deny,
    }
}

/// What of a statement is compared with others.
struct Gist {
    /// The stems of its content's words that carry meaning.
    stems: HashSet<String>,
    /// All words of its content, in lower case.
    words: HashSet<String>,
    paragraph: usize,
    length: usize,
}

impl Gist {
    fn of(tokens: &Tokens<'_>, statement: &Statement) -> Gist {
        /// Words of a content that are looked at.
        const MOST: usize = 120;
        let ranges = statement.content.iter().map(|s| tokens.touched(*s));
        let all: Vec<usize> =
            ranges.flat_map(|(a, b)| a..b).filter(|t| tokens.is_word(*t)).take(MOST).collect();
        let told = all.iter().map(|t| tokens.low(*t)).filter(|w| w.len() > 2 && !is_common(w));
        let at = place(statement);
        let first = tokens.touched(at).0;
        Gist {
            stems: told.map(|w| stem(w).to_owned()).collect(),
            words: all.iter().map(|t| tokens.low(*t).to_owned()).collect(),
            paragraph: tokens.list.get(first).map_or(0, |t| t.paragraph as usize),
            length: all.len(),
        }
    }
}

/// Where a statement stands: its cue, else its content.
fn place(statement: &Statement) -> Span {
    statement.cue.unwrap_or(statement.content[0])
}

/// Words that two statements share without saying the same.
fn is_common(word: &str) -> bool {
    crate::mention::is_boundary(word)
        || matches!(
            word,
            "not"
                | "been"
                | "any"
                | "all"
                | "its"
                | "you"
                | "can"
                | "could"
                | "may"
                | "will"
                | "there"
                | "about"
                | "them"
                | "him"
                | "had"
                | "what"
                | "did"
                | "does"
                | "one"
        )
}

/// The statements that the `i`th may answer, and `None` for none, each with what speaks for and against it.
fn candidates(
    words: &Tokens<'_>,
    statements: &[Statement],
    gists: &[Gist],
    i: usize,
) -> Vec<(Option<usize>, Features)> {
    let from = i.saturating_sub(BACK);
    let to = (i + 1 + AHEAD).min(statements.len());
    let mut found = vec![(None, alone(words, statements, gists, i))];
    let others = (from..to).filter(|j| *j != i);
    found.extend(others.map(|j| (Some(j), pair(words, statements, gists, i, j))));
    found
}

/// What a statement does, in a word.
fn doing(statement: &Statement) -> String {
    format!("{}{}", name(statement.act), if statement.negated { " not" } else { "" })
}

/// What tells by itself whether a statement answers any.
fn alone(words: &Tokens<'_>, statements: &[Statement], gists: &[Gist], i: usize) -> Features {
    let statement = &statements[i];
    let mut found = Features::default();
    let doing = doing(statement);
    found.add("alone", &doing);
    found.add_pair("alone form", &doing, &format!("{:?}", statement.form));
    found.add_pair("alone length", &doing, step(gists[i].length, &[2, 5, 12]));
    for word in cue_words(words, statement) {
        found.add("alone cue", stem(word));
    }
    for word in gists[i].words.iter().filter(|w| is_telling(w)) {
        found.add("alone word", word);
    }
    let has_inner = (i + 1..(i + 4).min(statements.len())).any(|j| statements[j].inside == Some(i));
    found.add_pair("alone inner", &doing, if has_inner { "yes" } else { "no" });
    found
}

/// Words by which a content takes up what others said.
fn is_telling(word: &str) -> bool {
    matches!(
        word,
        "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "claim"
            | "claims"
            | "false"
            | "hoax"
            | "never"
            | "no"
            | "nobody"
            | "not"
            | "report"
            | "reports"
            | "rumor"
            | "rumors"
            | "rumour"
            | "rumours"
            | "true"
            | "untrue"
            | "wrong"
            | "comment"
            | "nothing"
            | "fabricated"
            | "baseless"
            | "groundless"
            | "lie"
            | "lies"
    )
}

fn cue_words<'t>(words: &'t Tokens<'_>, statement: &Statement) -> impl Iterator<Item = &'t str> {
    let (first, end) = statement.cue.map_or((0, 0), |cue| words.touched(cue));
    (first..end).map(|i| words.low(i))
}

/// What speaks for and against that one statement answers another.
fn pair(words: &Tokens<'_>, statements: &[Statement], gists: &[Gist], i: usize, j: usize) -> Features {
    let (own, other) = (&statements[i], &statements[j]);
    let mut found = Features::default();
    let doing_own = doing(own);
    found.add("pair", "");
    found.add_pair("acts", &doing_own, &doing(other));
    found.add("other", name(other.act));
    found.add("forms", &format!("{:?} {:?}", own.form, other.form));
    let nesting = match () {
        () if other.inside == Some(i) => "inside it",
        () if own.inside == Some(j) => "around it",
        () if own.inside.is_some() && own.inside == other.inside => "beside it",
        () if other.inside.is_some() => "deep",
        () => "apart",
    };
    found.add_pair("nesting", &doing_own, nesting);
    let order = if j < i { "before" } else { "after" };
    let far = step(i.abs_diff(j), &[1, 2, 3, 5, 8, 12]);
    found.add_pair("far", order, far);
    found.add_pair("far nesting", nesting, far);
    let paragraphs = step(gists[i].paragraph.abs_diff(gists[j].paragraph), &[0, 1, 2, 4, 8]);
    found.add_pair("paragraphs", order, paragraphs);
    found.add_pair("paragraphs act", &doing_own, paragraphs);
    let same = match (&own.speaker, &other.speaker) {
        (Some(a), Some(b)) if a == b => "same",
        (_, None) => "nobody",
        (None, _) => "unknown",
        _ => "other",
    };
    found.add_pair("speaker", &doing_own, same);
    let shared = gists[i].stems.intersection(&gists[j].stems).count();
    let least = gists[i].stems.len().min(gists[j].stems.len()).max(1);
    found.add("shared", step(shared, &[0, 1, 2, 3, 5]));
    found.add_pair("shared act", &doing_own, step(shared, &[0, 1, 2, 3, 5]));
    found.add("share", step(10 * shared / least, &[0, 1, 2, 3, 5, 7]));
    found.add_pair("share act", &doing_own, step(10 * shared / least, &[0, 1, 2, 3, 5, 7]));
    let names = |speaker: &Option<String>, gist: &Gist| {
        let last = speaker.as_deref().and_then(|s| s.rsplit(' ').next()).map(str::to_lowercase);
        last.is_some_and(|last| gist.words.contains(&last))
    };
    found.add_pair("names", &doing_own, if names(&other.speaker, &gists[i]) { "yes" } else { "no" });
    found.add_pair("is named", &doing_own, if names(&own.speaker, &gists[j]) { "yes" } else { "no" });
    found.add_pair("length", &doing_own, step(gists[i].length, &[2, 5, 12]));
    for word in cue_words(words, own) {
        found.add_pair("cue nesting", stem(word), nesting);
    }
    for word in cue_words(words, other) {
        found.add("other cue", stem(word));
    }
    found
}

/// The candidates of every statement, to learn from.
pub(super) fn examples(words: &Tokens<'_>, statements: &[Statement]) -> Vec<Vec<(Option<usize>, Features)>> {
    let gists: Vec<Gist> = statements.iter().map(|s| Gist::of(words, s)).collect();
    (0..statements.len()).map(|i| candidates(words, statements, &gists, i)).collect()
}
