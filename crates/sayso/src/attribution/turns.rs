//! Turns of transcripts and interviews: statements that layout alone attributes.
//!
//! "NORA FENN, CORRESPONDENT: words", later "FENN: words"; or "Q: words" and "A: words". A paragraph
//! that begins with a speaker's label and a colon is a turn of that speaker, and so are the paragraphs
//! after it up to the next turn. One such paragraph is no transcript ("Price: $5"): labels must come
//! back, or name people. Questions under the label "Q" are the paper's own.

use super::{BY_CONVENTION, Found, Input};
use crate::features::Shape;
use crate::mention::{Kind, lexicon};
use crate::model::tag::{PartOfSpeech, entities};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Most tokens before the colon: "SEN. JOAN ODELL (D-NM), CHAIR OF THE PORTS COMMITTEE".
const LONGEST_LABEL: usize = 16;

/// Most words of a name.
const LONGEST_NAME: usize = 5;

/// Fewest turns of a transcript.
const LEAST: usize = 3;

/// A turn's label: the words with which its paragraph begins, up to a colon.
struct Label {
    /// The name alone, without what stands behind a comma or bracket.
    name: Range<usize>,
    colon: usize,
    who: Who,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Somebody by name or role.
    Named,
    /// "Q"
    Question,
    /// "A"
    Answer,
}

/// Makes statements of the turns of a transcript or interview, in place of what was found about their labels.
pub(super) fn take(input: &Input, found: &mut Vec<Found>) {
    let paragraphs: Vec<Range<usize>> = paragraphs(input);
    let labels: Vec<Option<Label>> = paragraphs.iter().map(|p| label(input, p)).collect();
    let labels = accepted(input, labels);
    let Some(last) = labels.iter().rposition(Option::is_some) else { return };
    let answerer = interviewed(input, &paragraphs, &labels);
    let (mut turns, mut labelled) = (Vec::new(), Vec::new());
    let mut i = labels.iter().position(Option::is_some).unwrap_or(last);
    while i <= last {
        let next = (i + 1..=last).find(|&n| labels[n].is_some()).unwrap_or(i + 1);
        if let Some(label) = &labels[i] {
            labelled.push(paragraphs[i].start..label.colon + 1);
            turns.extend(turn(label, answerer.as_ref(), paragraphs[next - 1].end));
        }
        i = next;
    }
    found.retain(|f| {
        let touches = |r: &Range<usize>| {
            let at = labelled.partition_point(|l| l.end <= r.start);
            labelled.get(at).is_some_and(|l| l.start < r.end)
        };
        !f.source.iter().chain([&f.cue]).chain(&f.content).any(touches)
    });
    found.extend(turns);
}

/// The statement of a turn that goes on to token `end`. A question of the paper's is none.
fn turn(label: &Label, answerer: Option<&Range<usize>>, end: usize) -> Option<Found> {
    let source = match label.who {
        Who::Named => label.name.clone(),
        Who::Answer => answerer?.clone(),
        Who::Question => return None,
    };
    let content = label.colon + 1..end;
    (!content.is_empty()).then(|| Found {
        cue: label.colon..label.colon + 1,
        source: std::iter::once(source).collect(),
        content: std::iter::once(content).collect(),
        score: BY_CONVENTION,
    })
}

/// The paragraphs as ranges of tokens.
fn paragraphs(input: &Input) -> Vec<Range<usize>> {
    let mut start = 0;
    let chunks = input.tokens.chunk_by(|a, b| a.paragraph == b.paragraph);
    let range = |chunk: &[_]| {
        start += chunk.len();
        start - chunk.len()..start
    };
    chunks.map(range).collect()
}

/// The label with which a paragraph begins.
fn label(input: &Input, paragraph: &Range<usize>) -> Option<Label> {
    let start = paragraph.start;
    let colon = paragraph.clone().take(LONGEST_LABEL + 1).find(|&t| input.word(t) == ":")?;
    let is_spaced = colon + 1 < paragraph.end && !input.is_glued(colon + 1);
    if colon == start || !is_spaced {
        return None;
    }
    let who = match (colon - start, input.words.low(start)) {
        (1, "q" | "question") => Who::Question,
        (1, "a" | "answer") => Who::Answer,
        _ => Who::Named,
    };
    let end = (start..colon).find(|&t| matches!(input.word(t), "," | "(")).unwrap_or(colon);
    let label = Label { name: start..end, colon, who };
    (who != Who::Named || is_name(input, &label.name)).then_some(label)
}

/// Whether tokens can be the name of somebody as labels have it: a few words with capitals.
fn is_name(input: &Input, name: &Range<usize>) -> bool {
    let words = name.clone().filter(|&t| input.tokens[t].is_word).count();
    let is_part = |t: usize| {
        let capital =
            matches!(input.features[t].shape, Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed);
        capital || matches!(input.word(t), "." | "-" | "'" | "’" | "al" | "de" | "van" | "von")
    };
    (1..=LONGEST_NAME).contains(&words) && name.clone().all(is_part)
}

/// The labels of a transcript; none where the paragraphs only look like turns.
fn accepted(input: &Input, mut labels: Vec<Option<Label>>) -> Vec<Option<Label>> {
    let count = |who: Who, labels: &[Option<Label>]| labels.iter().flatten().filter(|l| l.who == who).count();
    let is_interview = count(Who::Question, &labels) > 0 && count(Who::Answer, &labels) > 0;
    let mut times: HashMap<String, usize> = HashMap::new();
    for label in labels.iter().flatten().filter(|l| l.who == Who::Named) {
        *times.entry(key(input, label)).or_default() += 1;
    }
    let whole: HashSet<String> =
        labels.iter().flatten().filter(|l| l.name.len() > 1).map(|l| key(input, l)).collect();
    let is_whole = |l: &Label| whole.contains(&key(input, l));
    let comes_back = |l: &Label| times.get(&key(input, l)).is_some_and(|&n| n > 1);
    for label in &mut labels {
        let is_turn = label.as_ref().is_some_and(|l| match l.who {
            Who::Named => is_person(input, l) || comes_back(l) && (is_proper(input, l) || is_whole(l)),
            _ => is_interview,
        });
        *label = label.take().filter(|_| is_turn);
    }
    let named = || labels.iter().flatten().filter(|l| l.who == Who::Named);
    // Somebody must be named in full or come back by the last name, or else these are lists.
    let turns = named().count();
    let (back, whole) = (named().any(comes_back), named().any(|l| l.name.len() > 1));
    let is_transcript = is_interview || turns >= LEAST && back && whole;
    if is_transcript { labels } else { labels.iter().map(|_| None).collect() }
}

/// By what a label is known again: the last word of its name.
fn key(input: &Input, label: &Label) -> String {
    let last = label.name.clone().rev().find(|&t| input.tokens[t].is_word);
    last.map_or(String::new(), |t| input.words.low(t).to_owned())
}

fn is_person(input: &Input, label: &Label) -> bool {
    let is_tagged = |t: usize| input.tags[t].entity.is_some_and(|e| e.kind == Kind::Person);
    label.name.clone().any(is_tagged) || label.name.clone().any(|t| lexicon::is_role(input.words.low(t)))
}

/// Whether a label's last word can be a name: "Price" and "Where" are not.
fn is_proper(input: &Input, label: &Label) -> bool {
    let last = label.name.clone().rev().find(|&t| input.tokens[t].is_word);
    last.is_some_and(|t| input.part(t) == Some(PartOfSpeech::ProperNoun))
}

/// Who answers in an interview by "Q" and "A": the person whom the text before it names most.
fn interviewed(input: &Input, paragraphs: &[Range<usize>], labels: &[Option<Label>]) -> Option<Range<usize>> {
    let first = labels.iter().position(|l| l.as_ref().is_some_and(|l| l.who != Who::Named))?;
    let before = &input.tags[..paragraphs[first].start];
    let people: Vec<(usize, usize, Kind)> =
        entities(before).into_iter().filter(|e| e.2 == Kind::Person).collect();
    let last_name = |e: &(usize, usize, Kind)| input.words.low(e.1 - 1).to_owned();
    let mut times: HashMap<String, usize> = HashMap::new();
    people.iter().for_each(|e| *times.entry(last_name(e)).or_default() += 1);
    let most = times.values().copied().max()?;
    let name = people.iter().map(last_name).find(|name| times[name] == most)?;
    // Of the mentions of the same name the first of the longest.
    let mentions = people.iter().rev().filter(|e| last_name(e) == name);
    mentions.max_by_key(|e| e.1 - e.0).map(|e| e.0..e.1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    fn found(text: &str) -> Vec<[String; 3]> {
        with_input(text, |input, _| {
            let mut found = Vec::new();
            take(input, &mut found);
            rows(input, &found)
        })
    }

    #[test]
    fn turns_of_a_transcript() {
        let text = "ANA RUIZ, HARBOUR CORRESPONDENT: The pier fell at dawn.\n\nIt was old.\n\n\
            PIET HAAS, HOST: Who saw it?\n\nRUIZ: Nobody. It was dark.\n\nHAAS: 5:38, and now the news.";
        assert_eq!(
            found(text),
            [
                ["ANA RUIZ", ":", "The pier fell at dawn.\n\nIt was old."],
                ["PIET HAAS", ":", "Who saw it?"],
                ["RUIZ", ":", "Nobody. It was dark."],
                ["HAAS", ":", "5:38, and now the news."],
            ]
        );
    }

    #[test]
    fn answers_belong_to_whom_the_opening_names() {
        let text = "The painter Ana Ruiz lives in Tern.\n\nQ: Do you paint?\n\nA: Every day.\n\nQ: Why?\n\nA: I must.";
        assert_eq!(found(text), [["Ana Ruiz", ":", "Every day."], ["Ana Ruiz", ":", "I must."]]);
    }

    #[test]
    fn lists_are_no_transcripts() {
        let none: [[&str; 3]; 0] = [];
        assert_eq!(found("Where: Tern Hall\n\nWhen: 9 p.m.\n\nPrice: $5\n\nWhere: Olm\n\nWhen: noon"), none);
        assert_eq!(found("Note: the bridge is shut.\n\nUpdate: it is open."), none);
        assert_eq!(found("Ana Ruiz: the life of a mayor\n\nShe was born in Tern."), none);
    }
}
