//! Scores of attributions: source, cue and content, and the links between them.
//!
//! The item of a role is the whole filler of one attribution, all its parts together, as a set
//! of tokens; a role left empty gives no item.
//!
//! | metric | right is |
//! |---|---|
//! | `ROLE.exact` | an item whose tokens are those of a gold item of the role, one to one |
//! | `ROLE.exact-loose` | the same without punctuation |
//! | `ROLE.partial` | the share of an item covered by the other side, at most 1 (Hollingsworth and Teufel, 2005; Pareti et al., EMNLP 2013) |
//! | `ROLE.token` | a token with the role on both sides, whatever the item |
//! | `rel` | an attribution matched one to one with a gold one: content Jaccard at least one half, cues overlap, sources overlap or are both missing |
//! | `rel.cue+content`, `rel.source+content`, `rel.content` | the same without the test left unnamed |
//! | `rel.strict` | all three roles equal but for punctuation |
//! | `source\|content` | of attributions matched by content, those with the right source |
//! | `METRIC.direct`, `.mixed`, `.indirect` | precision over predictions, recall over gold of that kind; a match across kinds is right on both sides |

use crate::words::{TokenSet, Words};
use crate::{Bootstrap, MarkedStatement, Pair, Row, Score, Tally, matching};
use sayso::statement::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Least share of tokens that two contents must have in common to be one.
pub(crate) const LEAST_JACCARD: f64 = 0.5;

const ROLES: [&str; 3] = ["source", "cue", "content"];

const KINDS: [(Kind, &str); 3] =
    [(Kind::Direct, "direct"), (Kind::Mixed, "mixed"), (Kind::Indirect, "indirect")];

/// Scores attributions over a corpus; rows in the order of the table above.
pub fn score(pairs: &[Pair], bootstrap: Bootstrap) -> Vec<Row> {
    let tallies: Vec<Tally> = pairs.iter().map(tally).collect();
    let mut rows = crate::rows(&tallies, names(), bootstrap);
    rows.iter_mut().filter(|row| row.name.starts_with("source|content")).for_each(undefined_is_zero);
    rows
}

fn names() -> Vec<String> {
    let of_roles = ["exact", "exact-loose", "partial", "token"];
    let links =
        ["rel", "rel.strict", "rel.cue+content", "rel.source+content", "rel.content", "source|content"];
    let of_kinds = ["content.exact-loose", "content.partial", "rel", "rel.content", "source|content"];
    let mut names = Vec::new();
    names.extend(of_roles.iter().flat_map(|metric| ROLES.map(|role| format!("{role}.{metric}"))));
    names.extend(links.map(str::to_owned));
    names.extend(of_kinds.iter().flat_map(|metric| KINDS.map(|(_, kind)| format!("{metric}.{kind}"))));
    names
}

/// A share of nothing is no success.
fn undefined_is_zero(row: &mut Row) {
    if row.score.predicted == 0.0 {
        row.score = Score { precision: 0.0, recall: 0.0, f1: 0.0, ..row.score };
    }
}

/// An attribution as sets of tokens, in the order of [`ROLES`].
struct Attribution {
    roles: [TokenSet; 3],
    kind: Kind,
}

impl Attribution {
    fn new(words: &Words, statement: &MarkedStatement) -> Attribution {
        let roles = [&statement.source, &statement.cue, &statement.content].map(|spans| words.touched(spans));
        let kind = words.kind(&roles[2]);
        Attribution { roles, kind }
    }

    fn content(&self) -> &TokenSet {
        &self.roles[2]
    }

    fn cue_agrees(&self, other: &Attribution) -> bool {
        agree(&self.roles[1], &other.roles[1])
    }

    fn source_agrees(&self, other: &Attribution) -> bool {
        agree(&self.roles[0], &other.roles[0])
    }
}

/// Whether two fillers overlap or are both missing.
fn agree(a: &TokenSet, b: &TokenSet) -> bool {
    a.overlaps(b) || (a.is_empty() && b.is_empty())
}

fn tally(pair: &Pair) -> Tally {
    let words = Words::new(&pair.text);
    let read = |statements: &[MarkedStatement]| -> Vec<Attribution> {
        statements.iter().map(|statement| Attribution::new(&words, statement)).collect()
    };
    let (gold, predicted) = (read(&pair.gold), read(pair.predictions()));
    let mut tally = Tally::default();
    for role in 0..ROLES.len() {
        add_items(&mut tally, &words, role, &gold, &predicted);
    }
    add_links(&mut tally, &words, &gold, &predicted);
    tally
}

/// One filled role of one attribution.
struct Item<'a> {
    tokens: &'a TokenSet,
    /// Its tokens without punctuation.
    loose: TokenSet,
    kind: Kind,
}

fn items<'a>(words: &Words, role: usize, attributions: &'a [Attribution]) -> Vec<Item<'a>> {
    let filled = attributions.iter().filter(|attribution| !attribution.roles[role].is_empty());
    filled
        .map(|attribution| {
            let tokens = &attribution.roles[role];
            Item { tokens, loose: words.loose(tokens), kind: attribution.kind }
        })
        .collect()
}

fn add_items(tally: &mut Tally, words: &Words, role: usize, gold: &[Attribution], predicted: &[Attribution]) {
    let name = ROLES[role];
    let (gold, predicted) = (items(words, role, gold), items(words, role, predicted));
    let exact = in_common(gold.iter().map(|item| item.tokens), predicted.iter().map(|item| item.tokens));
    tally.add(format!("{name}.exact"), exact, predicted.len(), gold.len());
    let loose = in_common(gold.iter().map(|item| &item.loose), predicted.iter().map(|item| &item.loose));
    tally.add(format!("{name}.exact-loose"), loose, predicted.len(), gold.len());

    let (by_gold, by_predicted) = (cover(words, &gold), cover(words, &predicted));
    let of_predicted: Vec<f64> = predicted.iter().map(|item| covered(item, &by_gold)).collect();
    let of_gold: Vec<f64> = gold.iter().map(|item| covered(item, &by_predicted)).collect();
    let (right_predicted, right_gold) = (of_predicted.iter().sum(), of_gold.iter().sum());
    tally.add_sums(format!("{name}.partial"), right_predicted, predicted.len(), right_gold, gold.len());

    let count = |cover: &[usize]| cover.iter().filter(|&&n| n > 0).count();
    let both = by_gold.iter().zip(&by_predicted).filter(|&(&a, &b)| a > 0 && b > 0).count();
    tally.add(format!("{name}.token"), both, count(&by_predicted), count(&by_gold));
    if name == "content" {
        add_contents_by_kind(tally, (&gold, &of_gold), (&predicted, &of_predicted));
    }
}

fn add_contents_by_kind(tally: &mut Tally, gold: (&[Item], &[f64]), predicted: (&[Item], &[f64])) {
    let sets = |items: &[Item]| items.iter().map(|item| item.loose.clone()).collect::<BTreeSet<_>>();
    let (gold_sets, predicted_sets) = (sets(gold.0), sets(predicted.0));
    for (kind, name) in KINDS {
        let of_kind = |items: &[Item]| items.iter().filter(|item| item.kind == kind).count();
        let found = |items: &[Item], others: &BTreeSet<TokenSet>| {
            items.iter().filter(|item| item.kind == kind && others.contains(&item.loose)).count() as f64
        };
        let shares = |(items, shares): (&[Item], &[f64])| -> f64 {
            items.iter().zip(shares).filter(|(item, _)| item.kind == kind).map(|(_, share)| share).sum()
        };
        let (of_predicted, of_gold) = (of_kind(predicted.0), of_kind(gold.0));
        let (right_p, right_g) = (found(predicted.0, &gold_sets), found(gold.0, &predicted_sets));
        tally.add_sums(format!("content.exact-loose.{name}"), right_p, of_predicted, right_g, of_gold);
        tally.add_sums(
            format!("content.partial.{name}"),
            shares(predicted),
            of_predicted,
            shares(gold),
            of_gold,
        );
    }
}

/// Number of sets that both sides have, each counted as often as the side with fewer has it.
fn in_common<'a>(
    gold: impl Iterator<Item = &'a TokenSet>,
    predicted: impl Iterator<Item = &'a TokenSet>,
) -> usize {
    let mut left: BTreeMap<&TokenSet, usize> = BTreeMap::new();
    gold.for_each(|set| *left.entry(set).or_default() += 1);
    let mut common = 0;
    for set in predicted {
        if let Some(n) = left.get_mut(set).filter(|n| **n > 0) {
            *n -= 1;
            common += 1;
        }
    }
    common
}

/// How many items hold each token of the text.
fn cover(words: &Words, items: &[Item]) -> Vec<usize> {
    let mut cover = vec![0; words.len()];
    items.iter().flat_map(|item| item.tokens.iter()).for_each(|token| cover[token] += 1);
    cover
}

/// The share of an item that the other side covers: at most 1, though items of the other side
/// may overlap one another.
fn covered(item: &Item, cover: &[usize]) -> f64 {
    let sum: usize = item.tokens.iter().map(|token| cover[token]).sum();
    (sum as f64 / item.tokens.len() as f64).min(1.0)
}

/// A gold attribution whose content a prediction matches.
struct Candidate {
    gold: usize,
    jaccard: f64,
    source_agrees: bool,
}

fn add_links(tally: &mut Tally, words: &Words, gold: &[Attribution], predicted: &[Attribution]) {
    let candidates: Vec<Vec<Candidate>> = predicted.iter().map(|p| candidates(p, gold)).collect();
    let mut add = |name: &str, test: &dyn Fn(&Attribution, &Attribution) -> bool| {
        let choices: Vec<Vec<usize>> = candidates
            .iter()
            .zip(predicted)
            .map(|(list, p)| list.iter().map(|c| c.gold).filter(|&g| test(p, &gold[g])).collect())
            .collect();
        let matched = matching::maximum(&choices, gold.len());
        let links: Vec<Link> = matched
            .iter()
            .enumerate()
            .filter_map(|(g, p)| p.map(|p| Link { gold: &gold[g], predicted: &predicted[p] }))
            .collect();
        tally.add(name, links.len(), predicted.len(), gold.len());
        if matches!(name, "rel" | "rel.content") {
            add_links_by_kind(tally, name, &links, gold, predicted);
        }
        if name == "rel.content" {
            add_sources(tally, &links);
        }
    };
    add("rel", &|p, g| p.cue_agrees(g) && p.source_agrees(g));
    add("rel.cue+content", &Attribution::cue_agrees);
    add("rel.source+content", &Attribution::source_agrees);
    add("rel.content", &|_, _| true);
    add("rel.strict", &|p, g| p.roles.iter().zip(&g.roles).all(|(a, b)| words.loose(a) == words.loose(b)));
}

/// The gold attributions with a content like the prediction's, best first: right source, then
/// content, then order in gold.
fn candidates(predicted: &Attribution, gold: &[Attribution]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = gold
        .iter()
        .enumerate()
        .map(|(index, g)| Candidate {
            gold: index,
            jaccard: predicted.content().jaccard(g.content()),
            source_agrees: predicted.source_agrees(g),
        })
        .filter(|candidate| candidate.jaccard >= LEAST_JACCARD)
        .collect();
    let better = |a: &Candidate, b: &Candidate| {
        b.source_agrees.cmp(&a.source_agrees).then(b.jaccard.total_cmp(&a.jaccard))
    };
    candidates.sort_by(better);
    candidates
}

/// A prediction matched with a gold attribution.
struct Link<'a> {
    gold: &'a Attribution,
    predicted: &'a Attribution,
}

fn add_links_by_kind(
    tally: &mut Tally,
    metric: &str,
    links: &[Link],
    gold: &[Attribution],
    predicted: &[Attribution],
) {
    for (kind, name) in KINDS {
        let of_kind = |attributions: &[Attribution]| attributions.iter().filter(|a| a.kind == kind).count();
        let right_predicted = links.iter().filter(|link| link.predicted.kind == kind).count() as f64;
        let right_gold = links.iter().filter(|link| link.gold.kind == kind).count() as f64;
        let (predicted, gold) = (of_kind(predicted), of_kind(gold));
        tally.add_sums(format!("{metric}.{name}"), right_predicted, predicted, right_gold, gold);
    }
}

fn add_sources(tally: &mut Tally, links: &[Link]) {
    let is_right = |link: &&Link| link.predicted.source_agrees(link.gold);
    tally.add("source|content", links.iter().filter(is_right).count(), links.len(), links.len());
    for (kind, name) in KINDS {
        let of_kind = || links.iter().filter(move |link| link.gold.kind == kind);
        let (right, all) = (of_kind().filter(is_right).count(), of_kind().count());
        tally.add(format!("source|content.{name}"), right, all, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::text::Span;

    const TEXT: &str = "\"The bridge is safe,\" said Mayor Ana Ruiz. It will stay open, she added.";

    fn place(part: &str) -> Vec<Span> {
        let start = TEXT.find(part).expect("part of the text");
        vec![Span::new(start, start + part.len())]
    }

    fn marked(source: &str, cue: &str, content: &str) -> MarkedStatement {
        let [source, cue, content] = [source, cue, content].map(place);
        MarkedStatement { source, cue, content, ..Default::default() }
    }

    fn figures(gold: Vec<MarkedStatement>, predicted: Vec<MarkedStatement>, name: &str) -> (f64, f64) {
        let pair = Pair { text: TEXT.to_owned(), gold, predicted: Some(predicted), ..Default::default() };
        let rows = score(&[pair], Bootstrap { rounds: 0, seed: 1 });
        let row = rows.iter().find(|row| row.name == name).expect("a row of that name");
        (row.score.precision, row.score.recall)
    }

    fn gold() -> Vec<MarkedStatement> {
        vec![
            marked("Mayor Ana Ruiz", "said", "\"The bridge is safe,\""),
            marked("she", "added", "It will stay open"),
        ]
    }

    #[test]
    fn gold_against_itself_is_right() {
        for name in ["rel", "rel.strict", "content.exact", "source|content", "rel.direct", "rel.indirect"] {
            assert_eq!(figures(gold(), gold(), name), (1.0, 1.0), "{name}");
        }
    }

    #[test]
    fn punctuation_counts_only_where_exact() {
        let predicted = vec![marked("Mayor Ana Ruiz", "said", "The bridge is safe")];
        assert_eq!(figures(gold(), predicted.clone(), "content.exact"), (0.0, 0.0));
        assert_eq!(figures(gold(), predicted.clone(), "content.exact-loose"), (1.0, 0.5));
        assert_eq!(figures(gold(), predicted.clone(), "rel.strict"), (1.0, 0.5));
        assert_eq!(figures(gold(), predicted, "rel.mixed"), (1.0, 1.0), "none on either side");
    }

    #[test]
    fn a_wrong_source_breaks_the_link() {
        let predicted = vec![marked("she", "said", "The bridge is safe")];
        assert_eq!(figures(gold(), predicted.clone(), "rel"), (0.0, 0.0));
        assert_eq!(figures(gold(), predicted.clone(), "rel.cue+content"), (1.0, 0.5));
        assert_eq!(figures(gold(), predicted, "source|content"), (0.0, 0.0));
    }
}
