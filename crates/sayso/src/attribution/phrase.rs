//! Noun phrases by their parts of speech: what can be a source beside a quotation.

use super::Input;
use crate::mention::{Kind, lexicon};
use crate::model::tag::PartOfSpeech;
use std::ops::Range;

/// Most tokens of a phrase, its appositions included: more is running text.
const LONGEST: usize = 24;

/// The noun phrase that begins with token `start` and ends before `limit`: "his wife", "farmer Abel Cruz",
/// "the mayor of Olm", a pronoun. Without appositions.
pub(super) fn noun_phrase(input: &Input, start: usize, limit: usize) -> Option<Range<usize>> {
    let limit = limit.min(start + LONGEST);
    if start < limit && is_personal(input, start) {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < limit && is_inside(input, end, limit) {
        end += 1;
    }
    // What joins must join to something.
    while end > start && !is_noun(input, end - 1) {
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// The phrase with what follows it between commas: an age, another name or description of the same.
pub(super) fn with_appositions(input: &Input, phrase: Range<usize>, limit: usize) -> Range<usize> {
    let mut end = phrase.end;
    if is_personal(input, phrase.start) {
        return phrase;
    }
    while input.word(end) == "," && end + 1 < limit && end - phrase.start < LONGEST {
        let age = input.part(end + 1) == Some(PartOfSpeech::Number);
        let next = if age { Some(end + 1..end + 2) } else { noun_phrase(input, end + 1, limit) };
        let Some(next) = next.filter(|n| n.end >= limit || matches!(input.word(n.end), "," | ".")) else {
            break;
        };
        end = next.end;
    }
    phrase.start..end
}

/// Whether a phrase names or describes somebody who can speak: a name, a personal pronoun, a role.
pub(super) fn is_somebody(input: &Input, phrase: &Range<usize>) -> bool {
    let is_person = |t: usize| {
        let entity = input.tags[t].entity;
        entity.is_some_and(|e| e.kind == Kind::Person)
            || lexicon::is_role(input.words.low(t))
            || lexicon::is_roles(input.words.low(t))
    };
    is_personal(input, phrase.start) || phrase.clone().any(is_person)
}

/// A pronoun that speaks.
fn is_personal(input: &Input, t: usize) -> bool {
    matches!(input.words.low(t), "he" | "she" | "they" | "i" | "we")
}

fn is_noun(input: &Input, t: usize) -> bool {
    matches!(input.part(t), Some(PartOfSpeech::Noun | PartOfSpeech::ProperNoun))
}

/// Whether a token can stand in a noun phrase.
fn is_inside(input: &Input, t: usize, limit: usize) -> bool {
    use PartOfSpeech::{Adjective, Determiner, Number, Particle, Pronoun};
    let possessive = || matches!(input.words.low(t), "his" | "her" | "their" | "its" | "my" | "our");
    match input.part(t) {
        _ if is_noun(input, t) => true,
        Some(Adjective | Determiner | Number) => true,
        Some(Pronoun) => possessive(),
        Some(Particle) => input.words.low(t) == "s",
        // "the mayor of Olm"
        _ if input.words.low(t) == "of" => true,
        // "J. Ruiz", "al-Masri", "O'Neill", "Ruiz's"
        _ => {
            matches!(input.word(t), "." | "-" | "'" | "’")
                && input.is_glued(t)
                && t + 1 < limit
                && (input.word(t) != "." || is_abbreviation(input.word(t - 1)))
        }
    }
}

/// Whether a word before a full stop can be an initial or a title: "J.", "Dr.", "Sen.".
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1 || lexicon::address(&word.to_lowercase()).is_some()
}
