//! Cues: the words that signal an attribution.
//!
//! Every word of the table `data/cues.txt` is a candidate; a log-linear model over the word itself,
//! its kind and the classes of the words about it decides. The table's header tells where its
//! weights come from.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Class, Words};

/// What a cue takes for its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A quotation or a clause: say, add.
    Speech,
    /// A hearer, then the clause: tell, urge.
    Tell,
    /// An infinitive: want, vow.
    Want,
    /// A clause, without being said: believe, know.
    Think,
    /// Its object: criticise, support.
    Stance,
    /// A clause, by a document or a study: show, find.
    Show,
    /// An infinitive, with nobody for a source: seem.
    Seem,
    /// A noun: claim, statement.
    Noun,
    /// An adjective: confident, unclear.
    Adjective,
    /// "According to", before its source.
    Phrase,
    /// A colon after the source.
    Colon,
}

/// A form of the cue table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// What it takes.
    pub kind: Kind,
    weight: f32,
}

/// A cue in the story; all numbers are of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// The word that decides.
    pub head: usize,
    /// First word of the group: auxiliary, negation, adverb or the head.
    pub start: usize,
    /// One past the last: particle, colon or the head.
    pub end: usize,
    pub kind: Kind,
    /// In the passive, with a form of "be".
    pub passive: bool,
    /// After "to".
    pub infinitive: bool,
    /// The sentence it stands in.
    pub sentence: usize,
}

/// Table name and value of every kind.
const KINDS: [(&str, Kind); 11] = [
    ("speech", Kind::Speech),
    ("tell", Kind::Tell),
    ("want", Kind::Want),
    ("think", Kind::Think),
    ("stance", Kind::Stance),
    ("show", Kind::Show),
    ("seem", Kind::Seem),
    ("noun", Kind::Noun),
    ("adjective", Kind::Adjective),
    ("phrase", Kind::Phrase),
    ("colon", Kind::Colon),
];

struct Table {
    entries: HashMap<&'static str, Entry>,
    weights: HashMap<&'static str, f32>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { entries: HashMap::new(), weights: HashMap::new() };
    for line in include_str!("../../data/cues.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let Some(first) = fields.next() else { continue };
        let kind = KINDS.iter().find(|(name, _)| *name == first).map(|(_, kind)| *kind);
        for (name, weight) in fields.filter_map(|f| f.rsplit_once('=')) {
            let weight = weight.parse().unwrap_or(0.0);
            match kind {
                Some(kind) => drop(table.entries.insert(name, Entry { kind, weight })),
                None => drop(table.weights.insert(name, weight)),
            }
        }
    }
    table
});

/// The table's entry of a form in lower case.
pub(super) fn entry(form: &str) -> Option<&'static Entry> {
    TABLE.entries.get(form)
}

/// The least score of a cue; and of one inside a quotation, where the speaker's own attitudes
/// ("I think") are rarer than words that only look like cues. Set on the training half.
const LEAST: f32 = 0.0;
const LEAST_QUOTED: f32 = 1.0;

/// The cues of a story, in order and without overlap.
pub(super) fn find(words: &Words) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for (sentence, &(start, end)) in words.sentences.iter().enumerate() {
        for head in start..end {
            let Some(cue) = candidate(words, sentence, head) else { continue };
            let last = found.last_mut().filter(|last| last.sentence == sentence && last.end >= cue.start);
            if let Some(last) = last {
                // "declined to comment", "seemed to think" are one cue; "wants to say" is a cue with its content.
                if merges(words, last, &cue) {
                    *last = Cue { start: last.start, passive: false, infinitive: last.infinitive, ..cue };
                    continue;
                }
                // The colon or particle of the cue before.
                if last.end > cue.start {
                    continue;
                }
            }
            let least = if words.quoted[head].is_some() { LEAST_QUOTED } else { LEAST };
            if score(words, &cue) > least {
                found.push(cue);
            }
        }
    }
    found
}

/// Whether an infinitive is one cue with the verb before it. Where nothing follows that it could have for
/// its content, it is the content: "declined", "to comment".
fn merges(words: &Words, last: &Cue, cue: &Cue) -> bool {
    let spoken = matches!(cue.kind, Kind::Speech | Kind::Tell | Kind::Think);
    let helps = last.kind == Kind::Seem || words.is_any(last.head, &HELPING);
    let next = words.class_in(words.sentences[cue.sentence], Some(cue.end));
    let has_content = !matches!(next, Class::Stop | Class::Comma | Class::Edge);
    cue.infinitive && spoken && helps && has_content && last.end == cue.start
}

/// Verbs that are one cue with a verb of speech in the infinitive.
const HELPING: [&str; 9] =
    ["declined", "declines", "decline", "refused", "refuses", "refuse", "failed", "declining", "refusing"];

/// The cue of which token `head` would be the head, if it is a form of the table.
pub(super) fn candidate(words: &Words, sentence: usize, head: usize) -> Option<Cue> {
    let entry = words.entries[head]?;
    let bounds = words.sentences[sentence];
    let mut cue = Cue {
        head,
        start: head,
        end: head + 1,
        kind: entry.kind,
        passive: false,
        infinitive: false,
        sentence,
    };
    if matches!(entry.kind, Kind::Colon | Kind::Phrase) {
        if words.class_in(bounds, Some(head + 1)) == Class::To {
            cue.end += 1;
        }
        return Some(cue);
    }
    extend_left(words, bounds, &mut cue);
    extend_right(words, bounds, &mut cue);
    Some(cue)
}

/// Takes in auxiliaries, negation and adverbs before the head.
fn extend_left(words: &Words, bounds: (usize, usize), cue: &mut Cue) {
    let progressive = words.word(cue.head).ends_with("ing");
    let participle = words.word(cue.head).ends_with("ed") || words.is_any(cue.head, &PARTICIPLES);
    while cue.start > bounds.0 {
        let before = cue.start - 1;
        match words.classes[before] {
            Class::Be => {
                cue.passive |= participle && !progressive;
                cue.start = before;
            }
            Class::Adverb | Class::Not | Class::Have | Class::Do | Class::Modal => cue.start = before,
            Class::To if !cue.infinitive => {
                cue.infinitive = true;
                cue.start = before;
                break;
            }
            Class::Clitic if words.is_any(before, &["t", "ve", "re", "ll", "d", "m", "s"]) => {
                let owner = before.checked_sub(2).map_or(Class::Edge, |i| words.classes[i]);
                let is_verb = match words.word(before) {
                    "s" | "S" => owner == Class::Pronoun || participle || progressive,
                    _ => true,
                };
                if !is_verb || before < bounds.0 + 2 {
                    break;
                }
                // "didn't" goes on with "didn"; "he's" leaves the pronoun out.
                let whole = matches!(owner, Class::Do | Class::Be | Class::Have | Class::Modal);
                cue.passive |= participle && (owner == Class::Be || words.is_any(before, &["s", "re", "m"]));
                cue.start = if whole { before - 2 } else { before - 1 };
                if !whole {
                    break;
                }
            }
            _ => break,
        }
    }
    // "did not say to whom": no infinitive. Adverbs at the edge of a clause belong to the clause.
    if cue.infinitive && cue.start + 1 == cue.head && cue.kind == Kind::Noun {
        cue.start = cue.head;
        cue.infinitive = false;
    }
}

/// Participles of the table without -ed that make passives.
const PARTICIPLES: [&str; 11] =
    ["known", "said", "told", "thought", "seen", "shown", "found", "held", "heard", "understood", "written"];

/// Takes in a particle or a colon after the head.
fn extend_right(words: &Words, bounds: (usize, usize), cue: &mut Cue) {
    let next = words.class_in(bounds, Some(cue.end));
    let particle = match cue.kind {
        Kind::Stance => next == Class::Preposition,
        Kind::Noun => matches!(next, Class::Of),
        Kind::Speech | Kind::Tell | Kind::Think | Kind::Want => {
            words.is_any(cue.end, &["out", "back", "about", "for"])
        }
        _ => false,
    };
    if particle && cue.end < bounds.1 {
        cue.end += 1;
    }
    if words.class_in(bounds, Some(cue.end)) == Class::Colon {
        cue.end += 1;
    }
}

/// How sure the model is of a cue: log odds.
pub(super) fn score(words: &Words, cue: &Cue) -> f32 {
    let own = words.entries[cue.head].map_or(0.0, |e| e.weight);
    let mut sum = own;
    features(words, cue, |name| sum += TABLE.weights.get(name).copied().unwrap_or(0.0));
    sum
}

/// Names the features of a cue, apart from its form: those the table has weights for.
pub(super) fn features(words: &Words, cue: &Cue, mut emit: impl FnMut(&str)) {
    use std::fmt::Write;
    let bounds = words.sentences[cue.sentence];
    let at = |i: Option<usize>| words.class_in(bounds, i);
    let (before, second) = (at(cue.start.checked_sub(1)), at(cue.start.checked_sub(2)));
    let (next, after) = (at(Some(cue.head + 1)), at(Some(cue.head + 2)));
    let head = words.word(cue.head);
    let ending = ["ing", "ed", "s"].into_iter().find(|e| head.ends_with(e)).unwrap_or("0");
    let group = match (cue.passive, cue.infinitive, cue.head - cue.start) {
        (true, ..) => "passive",
        (_, true, _) => "infinitive",
        (.., 0) => "bare",
        _ => words_group(words, cue),
    };
    let quote_before = (bounds.0..cue.start).rev().take(NEAR).any(|i| words.quoted[i].is_some());
    let quote_after = (cue.end..bounds.1).take(NEAR).any(|i| words.quoted[i].is_some());
    let kind = cue.kind;
    let mut name = String::with_capacity(48);
    let mut feature = |args: std::fmt::Arguments| {
        name.clear();
        // Writing to a string cannot fail.
        let _ = name.write_fmt(args);
        emit(&name);
    };
    feature(format_args!("bias"));
    feature(format_args!("before:{before:?}"));
    feature(format_args!("second:{second:?}"));
    feature(format_args!("next:{next:?}"));
    feature(format_args!("after:{after:?}"));
    feature(format_args!("kind:{kind:?}"));
    feature(format_args!("kind-before:{kind:?}-{before:?}"));
    feature(format_args!("kind-next:{kind:?}-{next:?}"));
    feature(format_args!("kind-ending:{kind:?}-{ending}"));
    feature(format_args!("kind-group:{kind:?}-{group}"));
    feature(format_args!("before-next:{before:?}-{next:?}"));
    feature(format_args!("ending-before:{ending}-{before:?}"));
    feature(format_args!("next-after:{next:?}-{after:?}"));
    feature(format_args!("quotes:{quote_before}-{quote_after}"));
    feature(format_args!("kind-quotes:{kind:?}-{quote_before}-{quote_after}"));
}

/// How far, in tokens, a quotation may stand from a cue to speak for it.
const NEAR: usize = 12;

fn words_group(words: &Words, cue: &Cue) -> &'static str {
    match words.classes[cue.start] {
        Class::Be => "be",
        Class::Have => "have",
        Class::Do => "do",
        Class::Modal => "modal",
        Class::Adverb => "adverb",
        _ => "other",
    }
}

/// A form of the cue table in a text, with the names of its features: what the table's weights are
/// trained on.
pub struct Candidate {
    /// The token that may be a cue's head.
    pub token: usize,
    /// The tokens `[start, end)` that would be the cue.
    pub cue: (usize, usize),
    /// Names of its features.
    pub features: Vec<String>,
}

/// Every candidate of a story, for training.
pub(super) fn candidates(words: &Words) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (sentence, &(start, end)) in words.sentences.iter().enumerate() {
        for cue in (start..end).filter_map(|head| candidate(words, sentence, head)) {
            let mut names = Vec::new();
            features(words, &cue, |name| names.push(name.to_owned()));
            found.push(Candidate { token: cue.head, cue: (cue.start, cue.end), features: names });
        }
    }
    found
}
