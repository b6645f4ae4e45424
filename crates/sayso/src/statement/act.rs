//! What a speaker does, read from the cue.
//!
//! The act follows the cue, not the sense: "told" is to say, whatever is told. A table gives the
//! act of verbs, nouns and phrases by lemma; the longest phrase decides, among words the last. What it says
//! is one feature of a trained scorer, which sees the cue's words and what stands around them besides.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Act, Form, Kind};
use crate::lexicon;
use crate::model::linear::{Features, JUDGE};
use crate::text::Span;
use crate::token::Tokens;

/// An act as the table has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Act(Act),
    /// To deny where a claim is contested, else to want.
    Contest,
}

struct Entry {
    /// Lemmas after the first.
    rest: Vec<&'static str>,
    act: Listed,
}

static ACTS: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut acts: HashMap<_, Vec<Entry>> = HashMap::new();
    for row in lexicon::ACTS.rows() {
        let act = row.among(&NAMES);
        for entry in row.entries {
            let mut parts = entry.split('_');
            let first = parts.next().unwrap_or(entry);
            acts.entry(first).or_default().push(Entry { rest: parts.collect(), act });
        }
    }
    acts
});

/// The acts by their names in the table.
const NAMES: [(&str, Listed); 12] = [
    ("say", Listed::Act(Act::Say)),
    ("deny", Listed::Act(Act::Deny)),
    ("confirm", Listed::Act(Act::Confirm)),
    ("accuse", Listed::Act(Act::Accuse)),
    ("warn", Listed::Act(Act::Warn)),
    ("demand", Listed::Act(Act::Demand)),
    ("promise", Listed::Act(Act::Promise)),
    ("ask", Listed::Act(Act::Ask)),
    ("decline", Listed::Act(Act::Decline)),
    ("believe", Listed::Act(Act::Believe)),
    ("want", Listed::Act(Act::Want)),
    ("contest", Listed::Contest),
];

/// What the act of a statement is told by, beside its words.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) form: Form,
    pub(super) kind: Kind,
    pub(super) is_nested: bool,
}

/// The act of a statement, and by how much its score exceeds the next one's.
pub(super) fn of(words: &Tokens<'_>, cue: Option<Span>, content: &[Span], setting: Setting) -> (Act, f32) {
    let scores = JUDGE.act.scores(&features(words, cue, content, setting));
    let mut ranked: Vec<(f32, Act)> = scores.into_iter().zip(Act::ALL).collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    (ranked[0].1, ranked[0].0 - ranked[1].0)
}

/// What the act is judged by: the table's word on it, the cue's words with their neighbours, the words after the
/// cue and those with which the content begins.
pub(super) fn features(
    words: &Tokens<'_>,
    cue: Option<Span>,
    content: &[Span],
    setting: Setting,
) -> Features {
    /// Words after the cue, before it, and of the content, that are looked at.
    const AFTER: usize = 3;
    const BEFORE: usize = 2;
    const HEAD: usize = 6;
    let mut found = Features::default();
    let listed = name(listed(words, cue, content));
    let form = format!("{:?}", setting.form);
    found.add("any", "");
    found.add("listed", listed);
    found.add("form", &form);
    found.add_pair("form listed", &form, listed);
    found.add("kind", &format!("{:?}", setting.kind));
    found.add("nested", if setting.is_nested { "yes" } else { "no" });
    let start = content.first().map_or(0, |s| words.touched(*s).0);
    let head: Vec<&str> = (start..start + HEAD).map(|i| words.low(i)).collect();
    for word in &head {
        found.add("content", word);
    }
    found.add("content 0", head[0]);
    found.add("content 1", head[1]);
    let Some(cue) = cue else { return found };
    let (first, end) = words.touched(cue);
    let stems: Vec<&str> = (first..end).map(|i| stem(words.low(i))).collect();
    for (i, stem) in (first..end).zip(&stems) {
        found.add("word", words.low(i));
        found.add("stem", stem);
        found.add_pair("stem listed", stem, listed);
    }
    found.add("cue", &stems.join(" "));
    found.add("first", words.low(first));
    found.add("last", stems.last().unwrap_or(&""));
    stems.windows(2).for_each(|pair| found.add("pair", &pair.join(" ")));
    stems.windows(3).for_each(|three| found.add("three", &three.join(" ")));
    let last = stems.last().unwrap_or(&"");
    found.add_pair("last content", last, head[0]);
    found.add_pair("last after", last, words.low(end));
    for k in 0..AFTER {
        found.add(["after 0", "after 1", "after 2"][k], words.low(end + k));
    }
    for k in 0..BEFORE.min(first) {
        found.add(["before 0", "before 1"][k], words.low(first - 1 - k));
    }
    found
}

/// A word without its regular ending.
pub(super) fn stem(word: &str) -> &str {
    /// Letters of the shortest stem.
    const SHORTEST: usize = 3;
    let endings = ["ing", "ed", "es", "s", "d"].into_iter();
    endings.filter_map(|e| word.strip_suffix(e)).find(|s| s.len() >= SHORTEST).unwrap_or(word)
}

/// The name of an act in the table.
pub(super) fn name(act: Act) -> &'static str {
    NAMES.iter().find(|(_, listed)| *listed == Listed::Act(act)).map_or("", |(name, _)| name)
}

/// The act that the table gives a cue. `content` is what it is about, which tells a claim from a plan.
fn listed(words: &Tokens<'_>, cue: Option<Span>, content: &[Span]) -> Act {
    let Some(cue) = cue else { return Act::Say };
    let (start, end) = words.touched(cue);
    let mut best: Option<(usize, Listed)> = None;
    for i in start..end {
        let Some((length, act)) = longest(words, i, end) else { continue };
        if best.is_none_or(|(most, _)| length >= most.min(2)) {
            best = Some((length, act));
        }
    }
    match best {
        Some((_, Listed::Act(act))) => act,
        Some((_, Listed::Contest)) if is_claim(words, content) => Act::Deny,
        Some((_, Listed::Contest)) => Act::Want,
        None => Act::Say,
    }
}

/// The longest entry that begins at token `i`: its number of words and its act. A phrase may
/// run past the cue ("refused" + "to comment").
fn longest(words: &Tokens<'_>, i: usize, end: usize) -> Option<(usize, Listed)> {
    let mut best: Option<(usize, Listed)> = None;
    for lemma in lemmas(words.low(i)) {
        for entry in ACTS.get(lemma.as_ref()).into_iter().flatten() {
            let length = 1 + entry.rest.len();
            if best.is_none_or(|(most, _)| length > most) && follows(words, i + 1, end, &entry.rest) {
                best = Some((length, entry.act));
            }
        }
    }
    best
}

/// Whether these lemmas follow from token `i` on.
fn follows(words: &Tokens<'_>, i: usize, end: usize, rest: &[&str]) -> bool {
    /// Words of a phrase that may stand behind the cue.
    const PAST_CUE: usize = 3;
    rest.iter()
        .enumerate()
        .all(|(k, want)| i + k < end + PAST_CUE && lemmas(words.low(i + k)).any(|l| l == *want))
}

/// Possible lemmas of a word: itself and what its regular endings may hide.
fn lemmas(word: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    use std::borrow::Cow;
    let cut = |ending: &str| word.strip_suffix(ending).filter(|s| s.len() >= 2);
    let plain =
        [cut("s"), cut("es"), cut("ed"), cut("d"), cut("ing")].into_iter().flatten().map(Cow::Borrowed);
    let with_e = cut("ing").map(|s| Cow::Owned(format!("{s}e")));
    let with_y = cut("ied").or_else(|| cut("ies")).map(|s| Cow::Owned(format!("{s}y")));
    let halved =
        cut("ed").or_else(|| cut("ing")).filter(|s| is_doubled(s)).map(|s| Cow::Borrowed(&s[..s.len() - 1]));
    std::iter::once(Cow::Borrowed(word))
        .chain(plain)
        .chain(with_e)
        .chain(with_y)
        .chain(halved)
        .chain(is_be(word).then_some(Cow::Borrowed("be")))
        .chain(negation(word))
}

fn is_doubled(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    bytes.len() >= 3
        && bytes[bytes.len() - 1].is_ascii_alphabetic()
        && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
}

fn is_be(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "been" | "being" | "am")
}

/// The "t" of "didn't" is a token of its own, and stands for "not".
fn negation(word: &str) -> Option<std::borrow::Cow<'_, str>> {
    (word == "t").then_some(std::borrow::Cow::Borrowed("not"))
}

/// Whether a content names or begins a claim, rather than a plan or demand.
fn is_claim(words: &Tokens<'_>, content: &[Span]) -> bool {
    const CLAIMS: [&str; 28] = [
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "assertion",
        "assertions",
        "charge",
        "charges",
        "claim",
        "claims",
        "comment",
        "comments",
        "criticism",
        "criticisms",
        "idea",
        "notion",
        "report",
        "reports",
        "reported",
        "rumor",
        "rumors",
        "rumour",
        "rumours",
        "speculation",
        "statement",
        "suggestion",
        "suggestions",
        "that",
    ];
    /// Words of the content in which its head is looked for.
    const HEAD: usize = 6;
    let Some(first) = content.first() else { return false };
    let (start, end) = words.touched(*first);
    (start..end.min(start + HEAD)).any(|i| CLAIMS.binary_search(&words.low(i)).is_ok())
}

/// Whether the cue says that the act did not happen, or the source that nobody did it.
pub(super) fn is_negated(words: &Tokens<'_>, source: &[Span], cue: Option<Span>, act: Act) -> bool {
    if act == Act::Decline {
        return false;
    }
    let in_cue = cue.is_some_and(|cue| {
        let (start, end) = words.touched(cue);
        (start..end).any(|i| is_negation(words, i))
    });
    let by_nobody = source.first().is_some_and(|s| {
        let i = words.touched(*s).0;
        matches!(words.low(i), "nobody" | "none" | "neither" | "no")
    });
    in_cue || by_nobody
}

fn is_negation(words: &Tokens<'_>, i: usize) -> bool {
    match words.low(i) {
        "not" | "never" | "cannot" | "neither" | "nor" | "without" | "no" => true,
        "t" => words.low_before(i) == "'" && words.is_glued(i),
        _ => false,
    }
}
