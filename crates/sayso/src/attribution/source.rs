//! Sources: the phrase that names who speaks.
//!
//! The nearest noun phrase that can be the subject of the cue's verb: before it ("Ana Ruiz, the mayor,
//! said"), after it where the sentence is turned round ("said Ana Ruiz, the mayor"), after "according
//! to" and "by". A verb joined to one before it ("came and said") shares its subject.

use super::cue::{Cue, Kind};
use super::words::{Class, Words};

/// Tokens `[start, end)`.
pub(super) type Range = (usize, usize);

/// A source, and how its words stand to the cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Source {
    /// The phrase; none where there is none.
    pub range: Option<Range>,
    /// Tokens from the source to the cue, or from the cue to the source, without a gap but for an
    /// adverbial: the reporting clause. The cue alone where the source is shared or missing.
    pub clause: Range,
}

/// Longest phrase, in tokens, taken for a source; longer ones are misread clauses.
const LONGEST: usize = 40;

/// Finds the source of a cue. `previous` is the source of the cue before it in the same sentence.
pub(super) fn find(words: &Words, cue: &Cue, previous: Option<Range>) -> Source {
    let bounds = words.sentences[cue.sentence];
    let alone = Source { range: None, clause: (cue.start, cue.end) };
    match cue.kind {
        Kind::Phrase => return after_cue(words, bounds, cue, cue.end),
        Kind::Seem => return alone,
        Kind::Noun => return of_noun(words, bounds, cue),
        _ => {}
    }
    if cue.passive {
        return agent(words, bounds, cue);
    }
    if let Some(inverted) = inverted(words, bounds, cue) {
        return inverted;
    }
    before_cue(words, bounds, cue, previous)
}

/// The phrase from token `from` on.
fn after_cue(words: &Words, bounds: Range, cue: &Cue, from: usize) -> Source {
    match phrase_from(words, bounds, from) {
        Some((start, end)) => {
            // "It is safe, according to Ruiz, the mayor."
            let opens = cue.start == bounds.0;
            let range = (start, if opens { end } else { apposition_after(words, bounds, end) });
            Source { range: Some(range), clause: (cue.start, range.1) }
        }
        None => Source { range: None, clause: (cue.start, cue.end) },
    }
}

/// The source of a noun: "Ruiz's claim", "their hope"; none otherwise.
fn of_noun(words: &Words, bounds: Range, cue: &Cue) -> Source {
    let none = Source { range: None, clause: (cue.start, cue.end) };
    // Past adjectives: "her repeated claim".
    let mut at = cue.start;
    while at > bounds.0 && cue.start - at < 3 && matches!(words.classes[at - 1], Class::Word | Class::Adverb)
    {
        at -= 1;
    }
    let Some(before) = at.checked_sub(1).filter(|&i| i >= bounds.0) else { return none };
    if words.is_any(before, &["his", "her", "their", "its", "my", "our", "your"]) {
        return Source { range: Some((before, before + 1)), clause: (before, cue.end) };
    }
    let possessive = match words.classes[before] {
        Class::Clitic if words.is(before, "s") => before.checked_sub(1),
        Class::Quote if before > 0 && words.touches(before - 1) && words.word(before - 1).ends_with('s') => {
            Some(before)
        }
        _ => None,
    };
    match possessive.filter(|&mark| mark > bounds.0) {
        Some(mark) => match phrase_to(words, bounds, mark) {
            Some(range) => Source { range: Some(range), clause: (range.0, cue.end) },
            None => none,
        },
        None => none,
    }
}

/// The agent of a passive: "was criticised by officials".
fn agent(words: &Words, bounds: Range, cue: &Cue) -> Source {
    let by = (cue.end..bounds.1.min(cue.end + 3)).find(|&i| words.classes[i] == Class::By);
    let found = by.map_or(Source { range: None, clause: (cue.start, cue.end) }, |by| {
        after_cue(words, bounds, cue, by + 1)
    });
    Source { clause: (cue.start, cue.end), ..found }
}

/// A source after the verb: `," said Ana Ruiz`, `, said Ruiz`.
fn inverted(words: &Words, bounds: Range, cue: &Cue) -> Option<Source> {
    if !matches!(cue.kind, Kind::Speech | Kind::Tell | Kind::Think)
        || cue.infinitive
        || cue.end > cue.head + 1
    {
        return None;
    }
    let before = cue.start.checked_sub(1).filter(|&i| i + 1 > bounds.0);
    let turned = match words.class_in(bounds, before) {
        Class::Quote => true,
        Class::Comma | Class::Dash => {
            cue.start >= 2 && words.quoted[cue.start - 2].is_some() || words.is_any(cue.head, &TURNED)
        }
        // A sentence of its own after a quotation: `"Run!" said Ruiz.`
        Class::Edge => cue.start > 0 && words.quoted[cue.start - 1].is_some(),
        _ => false,
    };
    if !turned || words.quoted[cue.head].is_some() {
        return None;
    }
    let range = phrase_from(words, bounds, cue.end)?;
    // "said the bridge is safe": what follows a source ends the clause.
    let next = words.class_in(bounds, Some(range.1));
    let ends =
        matches!(
            next,
            Class::Comma
                | Class::Stop
                | Class::Edge
                | Class::Colon
                | Class::Preposition
                | Class::Day
                | Class::Relative
        ) || matches!(next, Class::Conjunction | Class::Adverb | Class::Dash | Class::Mark | Class::To);
    let ends = ends || words.word(range.1).ends_with("ing");
    ends.then(|| {
        let range = (range.0, apposition_after(words, bounds, range.1));
        Source { range: Some(range), clause: (cue.start, range.1) }
    })
}

/// Verbs that turn a sentence round without a quotation: "It is safe, said Ruiz."
const TURNED: [&str; 8] = ["said", "says", "say", "wrote", "writes", "added", "adds", "reported"];

/// The end of the apposition or relative clause after a phrase that ends at `end`: up to the sentence's
/// end, or to the comma that goes before a quotation.
fn apposition_after(words: &Words, bounds: Range, end: usize) -> usize {
    if words.class_in(bounds, Some(end)) != Class::Comma {
        return end;
    }
    let first = words.class_in(bounds, Some(end + 1));
    let is_apposition = matches!(first, Class::Determiner | Class::Relative | Class::Name | Class::Number)
        || first == Class::Word && !words.word(end + 1).ends_with("ing") && words.entries[end + 1].is_none();
    if !is_apposition {
        return end;
    }
    let stop = (end + 1..bounds.1.min(end + LONGEST)).find(|&i| {
        matches!(words.classes[i], Class::Stop | Class::Quote | Class::Colon) && !words.touches(i)
            || words.classes[i] == Class::Comma && words.class_in(bounds, Some(i + 1)) == Class::Quote
            || words.classes[i] == Class::Comma && words.word(i + 1).ends_with("ing")
    });
    stop.unwrap_or(end)
}

/// A source before the verb.
fn before_cue(words: &Words, bounds: Range, cue: &Cue, previous: Option<Range>) -> Source {
    let shared = |range: Option<Range>| Source { range, clause: (cue.start, cue.end) };
    let main = || previous.or_else(|| first_phrase(words, bounds, cue.start));
    let mut end = skip_adverbial(words, bounds, cue.start);
    if end == bounds.0 {
        return shared(previous);
    }
    if cue.infinitive {
        return shared(main());
    }
    let last = end - 1;
    let participle = words.word(cue.head).ends_with("ing") && cue.start == cue.head;
    match words.classes[last] {
        Class::Pronoun | Class::Relative => {
            return Source { range: Some((last, end)), clause: (last, cue.end) };
        }
        Class::Comma | Class::Dash | Class::Mark => {
            if participle {
                return shared(main());
            }
            if let Some(range) = with_apposition(words, bounds, last) {
                return Source { range: Some(range), clause: (range.0, cue.end) };
            }
            return shared(main());
        }
        Class::Conjunction | Class::Preposition | Class::By | Class::Subordinate | Class::Quote => {
            return shared(main());
        }
        _ => {}
    }
    if words.classes[last] == Class::Clitic && words.is_any(last, &["s", "re", "m", "d", "ll", "ve"]) {
        end -= 2;
        if end <= bounds.0 {
            return shared(previous);
        }
    }
    match whole_subject(words, bounds, end).or_else(|| phrase_to(words, bounds, end)) {
        Some(range) => Source { range: Some(range), clause: (range.0, cue.end) },
        None => shared(main()),
    }
}

/// All words from the clause's start up to token `end`, where no verb is among them: "Experts on
/// the harbour and its piers".
fn whole_subject(words: &Words, bounds: Range, end: usize) -> Option<Range> {
    let least = bounds.0.max(end.saturating_sub(LONGEST / 2));
    let starts = |i: usize| {
        matches!(
            words.classes[i],
            Class::Comma
                | Class::Subordinate
                | Class::That
                | Class::Relative
                | Class::Question
                | Class::Colon
                | Class::Quote
        )
    };
    let mut start = (least..end).rev().find(|&i| starts(i)).map_or(least, |i| i + 1);
    while start < end && matches!(words.classes[start], Class::Conjunction | Class::Adverb) {
        start += 1;
    }
    if start >= end || start == least && least > bounds.0 {
        return None;
    }
    let first = matches!(words.classes[start], Class::Determiner | Class::Name | Class::Word | Class::Number);
    let phrase = |i: usize| match words.classes[i] {
        Class::Determiner | Class::Of | Class::Preposition | Class::Clitic => true,
        Class::Conjunction => words.is(i, "and"),
        Class::Adverb => true,
        _ => is_nominal(words, i) || joins(words, bounds, i),
    };
    (first && is_nominal(words, end - 1) && (start..end).all(phrase)).then_some((start, end))
}

/// Where an adverbial between subject and verb begins: "Ruiz on Monday said".
fn skip_adverbial(words: &Words, bounds: Range, from: usize) -> usize {
    let mut at = from;
    let before = |at: usize| words.class_in(bounds, at.checked_sub(1));
    let pair = at >= bounds.0 + 2;
    let this_week = pair
        && words.is_any(at - 1, &TIMES)
        && words.is_any(at - 2, &["this", "last", "that", "earlier", "next"]);
    if before(at) == Class::Day {
        at -= 1;
    } else if this_week || pair && before(at) == Class::Number && words.is(at - 2, "in") {
        at -= 2;
    } else {
        return from;
    }
    while at > bounds.0
        && (words.is_any(at - 1, &["on", "late", "early", "in", "last", "this", "just", "earlier"])
            || before(at) == Class::Day)
    {
        at -= 1;
    }
    if at == bounds.0 { from } else { at }
}

/// Nouns of time: "Ruiz last week said".
const TIMES: [&str; 8] = ["week", "month", "year", "day", "morning", "evening", "night", "weekend"];

/// A phrase with the apposition that the comma or dash at token `close` ends: "Ruiz, the mayor,".
fn with_apposition(words: &Words, bounds: Range, close: usize) -> Option<Range> {
    let mark = words.classes[close];
    let least = bounds.0.max(close.saturating_sub(LONGEST));
    let open = (least..close).rev().find(|&i| {
        words.quoted[i].is_none()
            && (words.classes[i] == mark || mark == Class::Mark && words.is_any(i, &["(", "["]))
    });
    let Some(open) = open.filter(|&i| i > bounds.0) else {
        // "On Monday, said", "Ruiz of Leeds, said": the phrase up to the comma.
        return phrase_to(words, bounds, close).filter(|r| r.0 == bounds.0);
    };
    let head = phrase_to(words, bounds, open).filter(|&(start, _)| subject_place(words, bounds, start));
    let first = words.classes[open + 1];
    let adverbial = matches!(first, Class::Preposition | Class::Adverb | Class::Subordinate | Class::Day)
        || words.word(open + 1).ends_with("ing");
    match head {
        Some((start, end)) if adverbial => Some((start, end)),
        Some((start, _)) if first != Class::Conjunction => Some((start, close + 1)),
        _ => phrase_to(words, bounds, close),
    }
}

/// Whether a phrase that starts at `start` can be a subject: no preposition takes it.
fn subject_place(words: &Words, bounds: Range, start: usize) -> bool {
    let before = words.class_in(bounds, start.checked_sub(1));
    let clause = start > bounds.0
        && words.is_any(start - 1, &["since", "after", "before", "until", "as", "than", "like"]);
    clause || !matches!(before, Class::Preposition | Class::Of | Class::By | Class::To)
}

/// The first phrase of the sentence before token `until` that can be its subject.
fn first_phrase(words: &Words, bounds: Range, until: usize) -> Option<Range> {
    let mut at = bounds.0;
    while at < until {
        let class = words.classes[at];
        if words.quoted[at].is_some() {
            at += 1;
            continue;
        }
        if class == Class::Pronoun {
            return Some((at, at + 1));
        }
        let starts = matches!(class, Class::Determiner | Class::Name | Class::Word | Class::Number);
        if starts && subject_place(words, bounds, at) {
            return phrase_from(words, (bounds.0, until), at);
        }
        at = match starts {
            true => phrase_from(words, (bounds.0, until), at).map_or(at + 1, |r| r.1),
            false => at + 1,
        };
    }
    None
}

/// Whether a word can stand inside a noun phrase.
fn is_nominal(words: &Words, i: usize) -> bool {
    let Some(entry) = words.entries[i] else {
        return matches!(words.classes[i], Class::Name | Class::Number | Class::Word);
    };
    match words.classes[i] {
        Class::Name | Class::Number => true,
        Class::Word if matches!(entry.kind, Kind::Noun | Kind::Adjective) => true,
        // A verb's form as a noun: "the campaign", "its plans", "the Ruiz campaign", "a show".
        Class::Word => {
            let before = i.checked_sub(1).map_or(Class::Edge, |i| words.classes[i]);
            let word = words.word(i);
            match before {
                Class::Determiner | Class::Clitic => true,
                Class::Name | Class::Number => {
                    word.ends_with("ss") || !["s", "ed", "ing"].iter().any(|e| word.ends_with(e))
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether the mark at `i` joins two parts of one name or word: "Jean-Luc", "J. Ruiz", "AT&T".
fn joins(words: &Words, bounds: Range, i: usize) -> bool {
    let inside = i > bounds.0 && i + 1 < bounds.1;
    let joined = |i: usize| words.touches(i - 1) && words.touches(i);
    inside
        && match words.classes[i] {
            Class::Dash | Class::Mark => joined(i) && !words.is_any(i, &["(", ")", "[", "]"]),
            // The full stop of an initial or abbreviation, inside the sentence.
            Class::Dot => words.touches(i - 1) && words.classes[i - 1] == Class::Name,
            Class::Clitic => true,
            _ => false,
        }
}

/// The noun phrase that ends before token `end`.
pub(super) fn phrase_to(words: &Words, bounds: Range, end: usize) -> Option<Range> {
    let mut start = end;
    let least = bounds.0.max(end.saturating_sub(LONGEST));
    let same = |i: usize| words.quoted[i] == words.quoted[end - 1];
    while start > least && same(start - 1) {
        let i = start - 1;
        let more = i > least;
        let keep = match words.classes[i] {
            _ if is_nominal(words, i) || joins(words, bounds, i) => true,
            Class::Object | Class::Pronoun => start == end,
            Class::Determiner => {
                start = i;
                // Goes on before a determiner only where something joins the phrases.
                more && (matches!(words.classes[i - 1], Class::Of) || linked(words, bounds, i - 1))
            }
            Class::Of => {
                more && start < end && (is_nominal(words, i - 1) || words.classes[i - 1] == Class::Determiner)
            }
            Class::Preposition | Class::Conjunction if start < end => linked(words, bounds, i),
            Class::Adverb => start < end && more && words.classes[i - 1] == Class::Determiner,
            // A verb form before a noun: "the reported crash".
            Class::Word => start < end && more && words.classes[i - 1] == Class::Determiner,
            _ => false,
        };
        if !keep {
            break;
        }
        start = start.min(i);
    }
    while start < end
        && matches!(
            words.classes[start],
            Class::Clitic
                | Class::Of
                | Class::Preposition
                | Class::Conjunction
                | Class::Dash
                | Class::Mark
                | Class::Dot
        )
    {
        start += 1;
    }
    (start < end && end - start < LONGEST).then_some((start, end))
}

/// Whether the preposition or conjunction at `i` joins two noun phrases into one: "a spokesman for
/// the firm", "Ruiz and Park".
fn linked(words: &Words, bounds: Range, i: usize) -> bool {
    if i <= bounds.0 || !is_nominal(words, i - 1) {
        return false;
    }
    match words.classes[i] {
        Class::Conjunction => {
            words.is(i, "and")
                && words.classes[i - 1] == Class::Name
                && words.class_in(bounds, Some(i + 1)) == Class::Name
        }
        Class::Preposition => {
            words.is_any(i, &["for", "from", "at", "in", "with", "on"]) && words.classes[i - 1] == Class::Word
        }
        _ => false,
    }
}

/// The noun phrase that begins at token `start`.
pub(super) fn phrase_from(words: &Words, bounds: Range, start: usize) -> Option<Range> {
    let most = bounds.1.min(start + LONGEST);
    let mut end = start;
    while end < most && words.quoted[end] == words.quoted[start] {
        let next = words.class_in(bounds, Some(end + 1));
        let keep = match words.classes[end] {
            _ if is_nominal(words, end) => true,
            Class::Pronoun | Class::Object if end == start => {
                end += 1;
                break;
            }
            Class::Determiner => {
                end == start
                    || matches!(words.classes[end - 1], Class::Of | Class::Preposition | Class::Determiner)
            }
            Class::Of => end > start,
            Class::Preposition => {
                end > start
                    && words.is_any(end, &["for", "from", "at", "with", "in"])
                    && (next == Class::Name
                        || next == Class::Determiner && words.is_any(end, &["for", "from"]))
            }
            Class::Conjunction => {
                words.is(end, "and")
                    && end > start
                    && words.classes[end - 1] == Class::Name
                    && next == Class::Name
            }
            Class::Adverb => end == start + 1 && words.classes[start] == Class::Determiner,
            _ => end > start && joins(words, bounds, end),
        };
        if !keep {
            break;
        }
        end += 1;
    }
    while end > start
        && matches!(
            words.classes[end - 1],
            Class::Of
                | Class::Preposition
                | Class::Conjunction
                | Class::Determiner
                | Class::Clitic
                | Class::Dash
        )
    {
        end -= 1;
    }
    (end > start).then_some((start, end))
}
