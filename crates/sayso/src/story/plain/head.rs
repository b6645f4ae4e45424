//! What stands about a story in a text dump: headline, byline, dates, dateline.

use super::class::{Class, after_by};
use super::{Dump, Meta};
use crate::story::{Dateline, agency, calendar, dateline};

/// Blocks above the body among which the headline is looked for.
const ABOVE: usize = 25;

/// Longest headline, in words.
const HEADLINE_WORDS: usize = 30;

/// Finds the headline: above the lead, near it, in words that the body uses again.
pub(super) fn headline(dump: &Dump) -> Option<usize> {
    let body = body_words(dump);
    let mut best: Option<(i64, usize)> = None;
    let mut distance = 0;
    for i in (dump.lead.saturating_sub(ABOVE)..=dump.lead).rev() {
        if dump.classes.get(i).is_none_or(|class| class.is_foreign()) {
            continue;
        }
        if could_be_headline(dump, i) {
            let score = headline_score(&dump.lines[i], &body, distance);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, i));
            }
        }
        distance += 1;
    }
    best.map(|(_, i)| i).or_else(|| short_headline(dump))
}

/// A first line too short to be known by itself ("Markets brief"), right above a body that begins
/// with a dateline.
fn short_headline(dump: &Dump) -> Option<usize> {
    let [first, ..] = dump.blocks.as_slice() else { return None };
    let body = dump.lines.get(1)?;
    let fits = first.words > 1 && dump.classes[0] == Class::Short && dump.classes[1] == Class::Prose;
    (fits && dateline::find(body, None).is_some()).then_some(0)
}

/// Fewest words of a headline; "Menu" and "World news" are none.
const HEADLINE_LEAST: usize = 3;

fn could_be_headline(dump: &Dump, i: usize) -> bool {
    let (words, line) = (dump.blocks[i].words, dump.lines[i].as_ref());
    if !(HEADLINE_LEAST..=HEADLINE_WORDS).contains(&words) || i + 1 >= dump.blocks.len() {
        return false;
    }
    // A text without a page around it begins with its headline, or has none: what stands below a sentence
    // is a sub-heading, and the sentence is story.
    let is_told = |class: &Class| matches!(class, Class::Prose | Class::Sentence);
    if !dump.is_page && dump.classes[..i].iter().any(is_told) {
        return false;
    }
    match dump.classes[i] {
        Class::Short => dateline::find(line, None).is_none(),
        Class::Sentence | Class::Prose if line.ends_with(['?', '!']) => {
            i < dump.lead && words <= ASKING_WORDS
        }
        Class::Sentence | Class::Prose => i == 0 && is_title_case(line),
        _ => false,
    }
}

/// Longest headline that asks or calls out, in words.
const ASKING_WORDS: usize = 20;

/// Whether most of the longer words have capitals.
fn is_title_case(line: &str) -> bool {
    let long = || line.split_whitespace().filter(|word| word.chars().count() >= 4);
    let capital =
        long().filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    let (capital, all) = (capital.count(), long().count());
    all >= 2 && capital * 3 >= all * 2
}

/// Words of the body's beginning, which say what it is about.
fn body_words(dump: &Dump) -> Vec<String> {
    const WORDS: usize = 200;
    let body = dump.lines[dump.lead..dump.body.end.max(dump.lead)].iter();
    body.flat_map(|line| content_words(line)).take(WORDS).collect()
}

fn content_words(line: &str) -> impl Iterator<Item = String> + '_ {
    const LETTERS: usize = 4;
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= LETTERS);
    words.map(str::to_lowercase)
}

fn headline_score(line: &str, body: &[String], distance: i64) -> i64 {
    let words = count(content_words(line)).min(12);
    let shared = count(content_words(line).filter(|word| body.contains(word)));
    words + 3 * shared - 2 * distance
}

fn count(words: impl Iterator<Item = String>) -> i64 {
    i64::try_from(words.count()).unwrap_or(i64::MAX / 4)
}

/// Headline, byline, authors, agency, dateline and dates of a dump.
pub(super) fn meta(dump: &Dump) -> Meta {
    let mut meta = Meta { headline: dump.headline.map(|i| dump.lines[i].to_string()), ..Meta::default() };
    for i in head_area(dump) {
        read_head_line(dump, i, &mut meta);
    }
    for i in dump.body.start..dump.blocks.len() {
        read_tail_line(dump, i, &mut meta);
    }
    meta
}

/// Blocks about the headline and the body's beginning, where a page says who wrote it and when.
fn head_area(dump: &Dump) -> std::ops::Range<usize> {
    const BEFORE_HEADLINE: usize = 4;
    const INTO_BODY: usize = 8;
    let from = dump.headline.unwrap_or(dump.body.start).min(dump.body.start).saturating_sub(BEFORE_HEADLINE);
    from..(dump.body.start + INTO_BODY).min(dump.blocks.len())
}

fn read_head_line(dump: &Dump, i: usize, meta: &mut Meta) {
    let line = dump.lines[i].as_ref();
    match dump.classes[i] {
        Class::Byline if meta.byline.is_none() => {
            // "By" may stand alone above the name.
            let next = dump.lines.get(i + 1).filter(|_| after_by(line).is_some_and(str::is_empty));
            let byline = next.map_or(line.to_owned(), |name| format!("{line} {name}"));
            read_byline(&byline, meta);
        }
        Class::Stamp => read_stamp(line, meta),
        Class::Dateline if meta.dateline.is_none() => {
            let Some(found) = dateline::find(line, meta.published.as_deref()) else { return };
            let Dateline { place, date } = &found.dateline;
            if place.is_some() || date.is_some() {
                meta.dateline = Some(found.dateline);
            }
            meta.agency = meta.agency.take().or(found.agency);
            meta.published = meta.published.take().or(found.published);
        }
        Class::Short if Some(i) != dump.headline => {
            if let Some(agency) = agency::named(line) {
                meta.agency.get_or_insert_with(|| agency.to_owned());
            } else if meta.byline.is_none() && is_name(line) && beside_stamp(dump, i) {
                read_byline(line, meta);
            }
        }
        _ => {}
    }
}

/// Whether a line beside this one tells the time of publication.
fn beside_stamp(dump: &Dump, i: usize) -> bool {
    let near = i.saturating_sub(1)..(i + 2).min(dump.classes.len());
    dump.classes[near].contains(&Class::Stamp)
}

fn read_stamp(line: &str, meta: &mut Meta) {
    let small = line.to_ascii_lowercase();
    let changed = ["updated", "modified"].iter().filter_map(|word| small.find(word)).min();
    let (first, last) = line.split_at(changed.unwrap_or(line.len()));
    if meta.published.is_none() {
        meta.published = calendar::moment(first);
    }
    if meta.modified.is_none() {
        meta.modified = calendar::moment(last);
    }
}

fn read_byline(byline: &str, meta: &mut Meta) {
    let (authors, agency) = authors(byline);
    if authors.is_empty() && agency.is_none() {
        return;
    }
    meta.byline = Some(byline.to_owned());
    meta.authors = authors;
    meta.agency = meta.agency.take().or(agency);
}

/// The people whom a byline names, and the agency.
fn authors(byline: &str) -> (Vec<String>, Option<String>) {
    let names = after_by(byline).unwrap_or(byline);
    let (mut authors, mut credit) = (Vec::new(), None);
    let joined =
        names.replace(" and ", ",").replace(" AND ", ",").replace(['&', ';', '|', '·', '•', '('], ",");
    for part in joined.split(',') {
        let part = part.trim_matches([' ', ')', '.', '\u{a0}']);
        // "Ana Ruiz in Kyiv", "Ana Ruiz for The Daily Bridge"
        let cut = [" in ", " for ", " at ", " - ", " – "].iter().filter_map(|word| part.find(word)).min();
        let part = part[..cut.unwrap_or(part.len())].trim();
        if let Some(agency) = staff_of(part) {
            credit.get_or_insert(agency.to_owned());
        } else if is_name(part) {
            authors.push(part.to_owned());
        }
    }
    (authors, credit)
}

/// Words that a body's name or an author's post has and a person's name has not.
const NOT_NAMES: &[&str] = &[
    "news",
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "editor",
    "editors",
    "desk",
    "agency",
    "agencies",
    "press",
    "bureau",
    "team",
    "the",
    "bbc",
    "daily",
    "times",
    "post",
    "media",
    "contributor",
    "columnist",
    "producer",
    "political",
    "chief",
    "service",
    "services",
    "wire",
    "online",
    "report",
    "reporting",
    "magazine",
    "journal",
    "guardian",
    "mail",
    "mirror",
    "telegraph",
    "international",
    "national",
    "sports",
];

/// The agency of whose people a byline speaks: "AFP", "AFP Staff Writers", "Reuters Staff".
fn staff_of(part: &str) -> Option<&'static str> {
    let posts =
        |words: &str| words.split_whitespace().all(|word| NOT_NAMES.contains(&word.to_lowercase().as_str()));
    let ends = part.match_indices(' ').map(|(at, _)| at).chain([part.len()]);
    ends.filter(|&end| posts(&part[end..])).find_map(|end| agency::named(&part[..end]))
}

/// Longest name of a person, in words.
const NAME_WORDS: usize = 5;

/// Whether words look like one person's name: two to five of them, with capitals.
fn is_name(words: &str) -> bool {
    const PARTICLES: &[&str] =
        &["de", "da", "di", "van", "von", "der", "den", "al", "el", "bin", "la", "le", "du", "dos"];
    let mut count = 0;
    let fits = |word: &str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        let capital = word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
        letters && capital && !NOT_NAMES.contains(&word.to_lowercase().as_str())
    };
    let all = words.split_whitespace().inspect(|_| count += 1).all(fits);
    all && (2..=NAME_WORDS).contains(&count)
}

/// Reads what stands below a story: who reported it, whose it is.
fn read_tail_line(dump: &Dump, i: usize, meta: &mut Meta) {
    let line = dump.lines[i].as_ref();
    match dump.classes[i] {
        Class::Credit => {
            if meta.agency.is_none() && line.contains("contribut") {
                meta.agency = agency::leading(line).map(str::to_owned);
            }
            if meta.authors.is_empty() && line.trim_start_matches('(').starts_with("Reporting by ") {
                let names = line.split(';').next().unwrap_or(line).trim_start_matches('(');
                let names = names.strip_prefix("Reporting by ").unwrap_or(names);
                meta.authors = authors(names).0;
            }
        }
        Class::Legal if meta.outlet.is_none() => {
            let owner = owner(line);
            if meta.agency.is_none() {
                meta.agency = owner.and_then(agency::named).map(str::to_owned);
            }
            meta.outlet = owner.filter(|name| agency::named(name).is_none()).map(str::to_owned);
        }
        _ => {}
    }
}

/// The body that a line of rights names: "© 2025 The Daily Bridge. All rights reserved."
fn owner(line: &str) -> Option<&str> {
    const OWNER_WORDS: usize = 6;
    let rest = line.split_once('©').map_or_else(|| line.strip_prefix("Copyright"), |(_, rest)| Some(rest))?;
    let years = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | ',' | '©' | '\u{a0}');
    let rest = rest.trim_start_matches(years).trim_start_matches("by ");
    let end = rest.find(['.', ',', '|', '-', '–']).unwrap_or(rest.len());
    let end = rest.to_ascii_lowercase().find(" all rights").map_or(end, |at| at.min(end));
    let name = rest[..end].trim();
    let fits = (1..=OWNER_WORDS).contains(&name.split_whitespace().count());
    (fits && name.starts_with(char::is_uppercase)).then_some(name)
}
