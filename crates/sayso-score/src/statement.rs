//! Scores of resolved statements, end to end: a statement missed or invented is an error in every
//! figure but those given the match.
//!
//! Predictions are matched one to one with gold statements whose content shares at least half
//! the tokens, those whose cues overlap first, then sources, then the closest contents.
//!
//! | metric | right is |
//! |---|---|
//! | `statement` | the match |
//! | `outer` | the match with nested statements left out on both sides |
//! | `nested`, `nested.outer` | a nested statement matched with a nested one; the outer one right too |
//! | `speaker`, `speaker.full` | the same name but for titles and given names; every word of it equal |
//! | `act`, `negated`, `form` | the field equal |
//! | `FIELD\|statement` | the same, of the matched alone |
//! | `act.NAME`, `negated.true` | that value on both sides |
//! | `all` | speaker, act and negation: what a reader would accept |
//! | `speaker.FORM` | recall of the speaker by the gold source's form |
//! | `said_on` | the date, over statements with one |
//! | `answers` | both ends matched and the stance equal |
//! | `figure`, `figure.unit` | bounds equal in overlapping words of a matched statement; the unit too |

use crate::attribution::LEAST_JACCARD;
use crate::words::{TokenSet, Words, words};
use crate::{Answer, Bootstrap, MarkedFigure, MarkedStatement, Pair, Row, Tally};
use std::collections::{BTreeMap, BTreeSet};

/// Titles, ranks and articles that do not tell one name from another.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "lord",
    "lady",
    "dame",
    "president",
    "prime",
    "minister",
    "chancellor",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "king",
    "queen",
    "pope",
    "prince",
    "princess",
    "general",
    "gen",
    "colonel",
    "col",
    "captain",
    "capt",
    "sergeant",
    "sgt",
    "judge",
    "justice",
    "professor",
    "prof",
    "the",
    "a",
    "an",
];

const FORMS: [&str; 7] = ["named", "role", "pronoun", "metonym", "unnamed", "document", "none"];

/// Cases of an act in gold from which on its F1 counts towards the mean over acts.
const LEAST_CASES: f64 = 10.0;

/// Relative difference up to which two bounds of a figure are one value.
const TOLERANCE: f64 = 1e-6;

/// Figures of resolved statements over a corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementScores {
    /// A row a metric, in the order of the module's table.
    pub rows: Vec<Row>,
    /// Mean F1 over the acts with ten cases or more in gold; 0 without any.
    pub act_macro: f64,
    /// Number of acts in that mean.
    pub acts: usize,
}

/// Scores resolved statements over a corpus.
pub fn score(pairs: &[Pair], bootstrap: Bootstrap) -> StatementScores {
    let tallies: Vec<Tally> = pairs.iter().map(tally).collect();
    let rows = crate::rows(&tallies, names(&tallies), bootstrap);
    let is_counted = |row: &&Row| row.name.starts_with("act.") && row.score.gold >= LEAST_CASES;
    let acts: Vec<f64> = rows.iter().filter(is_counted).map(|row| row.score.f1).collect();
    let act_macro = acts.iter().sum::<f64>() / acts.len().max(1) as f64;
    StatementScores { act_macro, acts: acts.len(), rows }
}

fn names(tallies: &[Tally]) -> Vec<String> {
    let counted: BTreeSet<&String> = tallies.iter().flat_map(|tally| tally.0.keys()).collect();
    let acts = counted.into_iter().filter(|name| name.starts_with("act.")).cloned();
    let mut names: Vec<String> = ["statement", "outer", "nested", "nested.outer"].map(str::to_owned).to_vec();
    for field in ["speaker", "speaker.full", "act", "negated", "form"] {
        names.extend([field.to_owned(), format!("{field}|statement")]);
    }
    names.extend(acts);
    names.extend(["negated.true", "all"].map(str::to_owned));
    names.extend(FORMS.map(|form| format!("speaker.{form}")));
    names.extend(["said_on", "answers", "figure", "figure.unit"].map(str::to_owned));
    names
}

/// A statement as sets of tokens.
struct Sets {
    source: TokenSet,
    cue: TokenSet,
    content: TokenSet,
}

impl Sets {
    fn read(words: &Words, statements: &[MarkedStatement]) -> Vec<Sets> {
        let sets = |statement: &MarkedStatement| Sets {
            source: words.touched(&statement.source),
            cue: words.touched(&statement.cue),
            content: words.touched(&statement.content),
        };
        statements.iter().map(sets).collect()
    }
}

/// One side of a story.
struct Side<'a> {
    statements: &'a [MarkedStatement],
    sets: Vec<Sets>,
    /// The statement in which each one stands, where it does.
    outer: Vec<Option<usize>>,
}

impl<'a> Side<'a> {
    fn read(words: &Words, statements: &'a [MarkedStatement]) -> Side<'a> {
        let sets = Sets::read(words, statements);
        let outer = (0..statements.len()).map(|index| outer(statements, &sets, index)).collect();
        Side { statements, sets, outer }
    }

    fn count(&self, is_counted: impl Fn(&MarkedStatement) -> bool) -> usize {
        self.statements.iter().filter(|statement| is_counted(statement)).count()
    }

    fn all_sets(&self) -> Vec<&Sets> {
        self.sets.iter().collect()
    }

    fn outer_sets(&self) -> Vec<&Sets> {
        self.sets.iter().zip(&self.outer).filter(|(_, outer)| outer.is_none()).map(|(sets, _)| sets).collect()
    }
}

/// The statement in whose content another one stands: `inside` counts where that content holds
/// a token of the inner cue (or content, where there is no cue).
fn outer(statements: &[MarkedStatement], sets: &[Sets], index: usize) -> Option<usize> {
    let outer = statements[index].inside.filter(|&outer| outer != index)?;
    let inner = &sets[index];
    let place = if inner.cue.is_empty() { &inner.content } else { &inner.cue };
    place.overlaps(&sets[outer].content).then_some(outer)
}

/// The prediction of each matched gold statement.
type Matches = BTreeMap<usize, usize>;

/// Matches greedily, the best pair first; of equal pairs the one that comes first in the story.
fn matches(gold: &[&Sets], predicted: &[&Sets]) -> Matches {
    let mut pairs = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (p, b) in predicted.iter().enumerate() {
            let jaccard = a.content.jaccard(&b.content);
            if jaccard >= LEAST_JACCARD {
                pairs.push((a.cue.overlaps(&b.cue), a.source.overlaps(&b.source), jaccard, g, p));
            }
        }
    }
    pairs.sort_by(|x, y| {
        (y.0, y.1).cmp(&(x.0, x.1)).then(y.2.total_cmp(&x.2)).then((x.3, x.4).cmp(&(y.3, y.4)))
    });
    let mut matches = Matches::new();
    let mut used = vec![false; predicted.len()];
    for (_, _, _, g, p) in pairs {
        if !used[p] && !matches.contains_key(&g) {
            matches.insert(g, p);
            used[p] = true;
        }
    }
    matches
}

/// A story's two sides and what is matched between them.
struct Story<'a> {
    gold: Side<'a>,
    predicted: Side<'a>,
    matches: Matches,
}

impl Story<'_> {
    /// Number of matched statements that agree by `test` (gold, predicted).
    fn agreeing(&self, test: impl Fn(&MarkedStatement, &MarkedStatement) -> bool) -> usize {
        let agree =
            |&(&g, &p): &(&usize, &usize)| test(&self.gold.statements[g], &self.predicted.statements[p]);
        self.matches.iter().filter(agree).count()
    }
}

fn tally(pair: &Pair) -> Tally {
    let words = Words::new(&pair.text);
    let (gold, predicted) = (Side::read(&words, &pair.gold), Side::read(&words, pair.predictions()));
    let matches = matches(&gold.all_sets(), &predicted.all_sets());
    let story = Story { gold, predicted, matches };
    let mut tally = Tally::default();
    add_statements(&mut tally, &story);
    add_fields(&mut tally, &story);
    add_acts(&mut tally, &story);
    add_speakers_by_form(&mut tally, &story);
    add_dates(&mut tally, &story);
    add_answers(&mut tally, &story);
    add_figures(&mut tally, &story);
    tally
}

fn add_statements(tally: &mut Tally, story: &Story) {
    let Story { gold, predicted, matches: matched } = story;
    tally.add("statement", matched.len(), predicted.sets.len(), gold.sets.len());
    let (outer_gold, outer_predicted) = (gold.outer_sets(), predicted.outer_sets());
    let outer = matches(&outer_gold, &outer_predicted).len();
    tally.add("outer", outer, outer_predicted.len(), outer_gold.len());

    let nested = |side: &Side| side.outer.iter().flatten().count();
    let both_nested = matched
        .iter()
        .filter_map(|(&g, &p)| Some((gold.outer[g]?, predicted.outer[p]?)))
        .collect::<Vec<(usize, usize)>>();
    let outer_too = both_nested.iter().filter(|(g, p)| matched.get(g) == Some(p)).count();
    tally.add("nested", both_nested.len(), nested(predicted), nested(gold));
    tally.add("nested.outer", outer_too, nested(predicted), nested(gold));
}

fn add_fields(tally: &mut Tally, story: &Story) {
    type Test = fn(&MarkedStatement, &MarkedStatement) -> bool;
    let fields: [(&str, Test); 5] = [
        ("speaker", speaker_agrees),
        ("speaker.full", |g, p| name_words(&g.speaker) == name_words(&p.speaker)),
        ("act", act_agrees),
        ("negated", negation_agrees),
        ("form", |g, p| g.form == p.form),
    ];
    let (predicted, gold) = (story.predicted.sets.len(), story.gold.sets.len());
    let matched = story.matches.len();
    for (name, test) in fields {
        let right = story.agreeing(test);
        tally.add(name, right, predicted, gold);
        tally.add(format!("{name}|statement"), right, matched, matched);
    }
    let all = story.agreeing(|g, p| speaker_agrees(g, p) && act_agrees(g, p) && negation_agrees(g, p));
    tally.add("all", all, predicted, gold);
}

fn speaker_agrees(gold: &MarkedStatement, predicted: &MarkedStatement) -> bool {
    is_same_name(gold.speaker.as_deref(), predicted.speaker.as_deref())
}

fn act_agrees(gold: &MarkedStatement, predicted: &MarkedStatement) -> bool {
    gold.act == predicted.act
}

fn negation_agrees(gold: &MarkedStatement, predicted: &MarkedStatement) -> bool {
    gold.negated == predicted.negated
}

fn add_acts(tally: &mut Tally, story: &Story) {
    let both = story.gold.statements.iter().chain(story.predicted.statements);
    let acts: BTreeSet<&String> = both.filter_map(|statement| statement.act.as_ref()).collect();
    for act in acts {
        let is_act = |statement: &MarkedStatement| statement.act.as_ref() == Some(act);
        let right = story.agreeing(|g, p| is_act(g) && is_act(p));
        tally.add(format!("act.{act}"), right, story.predicted.count(is_act), story.gold.count(is_act));
    }
    let is_negated = |statement: &MarkedStatement| statement.negated;
    let right = story.agreeing(|g, p| g.negated && p.negated);
    tally.add("negated.true", right, story.predicted.count(is_negated), story.gold.count(is_negated));
}

fn add_speakers_by_form(tally: &mut Tally, story: &Story) {
    for form in FORMS {
        let is_form = |statement: &MarkedStatement| statement.form.as_deref() == Some(form);
        let all = story.gold.count(is_form);
        let right = story.agreeing(|g, p| is_form(g) && speaker_agrees(g, p));
        if all > 0 {
            tally.add(format!("speaker.{form}"), right, all, all);
        }
    }
}

fn add_dates(tally: &mut Tally, story: &Story) {
    let is_dated = |statement: &MarkedStatement| statement.said_on.is_some();
    let right = story.agreeing(|g, p| is_dated(g) && g.said_on == p.said_on);
    tally.add("said_on", right, story.predicted.count(is_dated), story.gold.count(is_dated));
}

fn add_answers(tally: &mut Tally, story: &Story) {
    let links = |side: &Side| -> BTreeSet<(usize, Answer)> {
        let answers = side.statements.iter().enumerate();
        answers.filter_map(|(index, statement)| Some((index, statement.answers.clone()?))).collect()
    };
    let (gold, predicted) = (links(&story.gold), links(&story.predicted));
    let is_found = |(from, answer): &&(usize, Answer)| {
        let (Some(&from), Some(to)) = (story.matches.get(from), answer.to) else { return false };
        let Some(&to) = story.matches.get(&to) else { return false };
        predicted.contains(&(from, Answer { to: Some(to), stance: answer.stance.clone() }))
    };
    tally.add("answers", gold.iter().filter(is_found).count(), predicted.len(), gold.len());
}

fn add_figures(tally: &mut Tally, story: &Story) {
    let all = |side: &Side| side.statements.iter().map(|statement| statement.figures.len()).sum();
    let (predicted, gold): (usize, usize) = (all(&story.predicted), all(&story.gold));
    let (mut values, mut units) = (0, 0);
    for (&g, &p) in &story.matches {
        let mut free: Vec<&MarkedFigure> = story.predicted.statements[p].figures.iter().collect();
        for figure in &story.gold.statements[g].figures {
            if let Some(found) = free.iter().position(|other| is_same_value(figure, other)) {
                values += 1;
                units += usize::from(free.remove(found).unit == figure.unit);
            }
        }
    }
    tally.add("figure", values, predicted, gold);
    tally.add("figure.unit", units, predicted, gold);
}

fn is_same_value(a: &MarkedFigure, b: &MarkedFigure) -> bool {
    let overlap = a.span.zip(b.span).is_some_and(|(a, b)| a.overlaps(b));
    overlap && is_close(a.min, b.min) && is_close(a.max, b.max)
}

fn is_close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether two speakers are one: the same words but for titles, or the last words agree and one
/// name's words contain the other's.
fn is_same_name(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a.filter(|a| !a.is_empty()), b.filter(|b| !b.is_empty())) else {
        return a.unwrap_or_default() == b.unwrap_or_default();
    };
    let (x, y) = (words_of_name(a), words_of_name(b));
    if x.is_empty() || y.is_empty() {
        return a.to_lowercase() == b.to_lowercase();
    }
    let contains = |x: &[String], y: &[String]| y.iter().all(|word| x.contains(word));
    x == y || (x.last() == y.last() && (contains(&x, &y) || contains(&y, &x)))
}

fn name_words(name: &Option<String>) -> Vec<String> {
    words_of_name(name.as_deref().unwrap_or_default())
}

fn words_of_name(name: &str) -> Vec<String> {
    let is_title = |word: &&str| TITLES.contains(word);
    let name = name.to_lowercase();
    words(&name).into_iter().filter(|word| !is_title(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_without_titles_and_given_names() {
        let same = |a, b| is_same_name(Some(a), Some(b));
        assert!(same("Mayor Ana Ruiz", "Mayor Ruiz") && same("Dr. Ana RUIZ", "Ruiz"));
        assert!(same("the Governor", "The governor"), "titles alone are compared as they stand");
        assert!(!same("Ana Ruiz", "Ana Park") && !same("Ana Ruiz", "Lee Ruiz"));
        assert!(is_same_name(None, Some("")) && !is_same_name(None, Some("Ruiz")));
    }

    #[test]
    fn bounds_agree_within_a_millionth() {
        assert!(is_close(Some(1e9), Some(1e9 + 500.0)) && !is_close(Some(155.0), Some(156.0)));
        assert!(is_close(None, None) && !is_close(None, Some(0.0)));
    }
}
