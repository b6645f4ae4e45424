//! What a block of a text dump is, judged from its own words.

use super::block::ends_sentence;
use crate::story::{calendar, dateline, page_line};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Running text.
    Prose,
    /// A sentence of a few words.
    Sentence,
    /// A few words that are no sentence: a headline, a sub-heading, a link.
    Short,
    /// A sub-heading between dashes, as agencies print it.
    Subhead,
    /// An item of a list.
    Item,
    /// A button, an advertisement, an invitation.
    Furniture,
    /// What is seen in a picture, with its credit.
    Caption,
    /// A heading over links to other stories, or such a link.
    Opener,
    /// A heading after which the story does not go on.
    End,
    /// Rights and terms.
    Legal,
    /// Who else worked on the story.
    Credit,
    /// Who wrote it.
    Byline,
    /// When it was published or changed.
    Stamp,
    /// Place, day and agency on a line of their own.
    Dateline,
}

impl Class {
    /// Whether the block is certainly no part of a story.
    pub(super) fn is_foreign(self) -> bool {
        !matches!(self, Class::Prose | Class::Sentence | Class::Short | Class::Subhead | Class::Item)
    }
}

/// Fewer words make no paragraph, unless they are a sentence.
const PROSE_WORDS: usize = 10;

/// As many words are running text even where no stop ends them.
const UNENDED_WORDS: usize = 25;

/// Longest sub-heading, in words.
pub(super) const SUBHEAD_WORDS: usize = 12;

/// Judges a block of `words` words by its characters on one line.
pub(super) fn classify(line: &str, words: usize) -> Class {
    if line.len() <= LONGEST_BESIDE
        && let Some(class) = beside_story(line, words)
    {
        return class;
    }
    let ends = ends_sentence(line);
    if words >= UNENDED_WORDS || words >= PROSE_WORDS && ends {
        return if is_item(line) { Class::Item } else { Class::Prose };
    }
    match (is_item(line), ends) {
        (true, _) if words > 1 => Class::Item,
        (_, true) if words > 1 => Class::Sentence,
        _ => Class::Short,
    }
}

/// Lines of more bytes are running text, whatever their words; so the checks below stay cheap on a
/// text without spaces.
const LONGEST_BESIDE: usize = 1000;

/// What a line is that stands beside the story's own text; `None` for that text.
fn beside_story(line: &str, words: usize) -> Option<Class> {
    page_line::kind(line).map(Class::from).or_else(|| match line {
        _ if words <= SUBHEAD_WORDS && is_dashed(line) => Some(Class::Subhead),
        _ if is_dateline(line, words) => Some(Class::Dateline),
        _ if is_stamp(line, words) => Some(Class::Stamp),
        _ if is_byline(line, words) => Some(Class::Byline),
        _ => None,
    })
}

impl From<page_line::Kind> for Class {
    fn from(kind: page_line::Kind) -> Class {
        match kind {
            page_line::Kind::Furniture => Class::Furniture,
            page_line::Kind::Caption => Class::Caption,
            page_line::Kind::Opener => Class::Opener,
            page_line::Kind::End => Class::End,
            page_line::Kind::Legal => Class::Legal,
            page_line::Kind::Credit => Class::Credit,
            page_line::Kind::Stamp => Class::Stamp,
        }
    }
}

/// A sub-heading as agencies print it: `- 'Absolutely groundless' -`.
fn is_dashed(line: &str) -> bool {
    let inner = line.strip_prefix(['-', '–', '—']).and_then(|rest| rest.strip_suffix(['-', '–', '—']));
    inner.is_some_and(|inner| inner.starts_with(' ') && inner.ends_with(' ') && inner.trim().len() > 1)
}

fn is_item(line: &str) -> bool {
    ["- ", "* ", "• ", "– ", "· ", "‣ ", "▪ "].iter().any(|bullet| line.starts_with(bullet))
}

/// Longest line, in words, that is a dateline and nothing else.
const DATELINE_WORDS: usize = 14;

fn is_dateline(line: &str, words: usize) -> bool {
    words <= DATELINE_WORDS && dateline::find(line, None).is_some_and(|found| found.end == line.len())
}

/// Longest line, in words, that is a time of publication and nothing else.
const STAMP_WORDS: usize = 20;

/// Words that stand beside a date in a line that tells the time of publication.
const STAMP_WORDS_BESIDE: &[&str] = &[
    "published",
    "updated",
    "posted",
    "modified",
    "last",
    "first",
    "on",
    "at",
    "and",
    "by",
    "date",
    "time",
    "created",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "gmt",
    "utc",
    "bst",
    "est",
    "edt",
    "et",
    "cet",
    "cest",
    "ist",
    "pst",
    "pdt",
    "pt",
    "ct",
    "cdt",
    "cst",
    "aest",
    "aedt",
    "issued",
    "from",
    "of",
    "the",
    "edited",
    "release",
    "article",
    "story",
    "min",
    "mins",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "ago",
    "read",
    "reading",
    "h",
    "hrs",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "th",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "local",
    "t",
    "z",
    "sec",
    "second",
    "seconds",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "just",
    "now",
    "today",
    "yesterday",
];

/// Whether a line tells when the story came out, and nothing else: a date, or "4 hours ago".
fn is_stamp(line: &str, words: usize) -> bool {
    if words > STAMP_WORDS || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let small = line.to_lowercase();
    let dated = calendar::find_day(line).is_some();
    let aged =
        ["ago", "min read", "minute read", "mins read"].iter().any(|end| small.trim_end().ends_with(end));
    let timed =
        ["updated", "published", "posted", "last modified"].iter().any(|begin| small.starts_with(begin));
    let beside = |word: &str| STAMP_WORDS_BESIDE.contains(&word);
    let mut left = small.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    // A full stop makes it a sentence of the story ("It was published on April 9, 2025.").
    (dated || aged || timed) && left.all(beside) && !(line.ends_with('.') && words > 4 && !timed)
}

/// Longest byline, in words.
const BYLINE_WORDS: usize = 18;

fn is_byline(line: &str, words: usize) -> bool {
    let Some(rest) = after_by(line) else { return false };
    let mut names = rest.split_whitespace();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    (1..=BYLINE_WORDS).contains(&words) && names.next().is_some_and(capital) && !ends_sentence(line)
        || line.trim_end_matches(':') == line && words == 1 && rest.is_empty()
}

/// What follows "By" at the head of a byline.
pub(super) fn after_by(line: &str) -> Option<&str> {
    const WORDS: [&str; 9] =
        ["By:", "By", "BY:", "BY", "by", "Written by", "Story by", "Words by", "Posted by"];
    let rest = WORDS.iter().find_map(|by| line.strip_prefix(by))?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(line: &str) -> Class {
        classify(line, line.split_whitespace().count())
    }

    #[test]
    fn furniture_is_known_by_its_words() {
        assert_eq!(class("ADVERTISEMENT"), Class::Furniture);
        assert_eq!(class("Share:"), Class::Furniture);
        assert_eq!(class("* * *"), Class::Furniture);
        assert_eq!(class("Sign up for our morning newsletter."), Class::Furniture);
        assert_eq!(class("Ana Ruiz speaks in Paris on Monday. (AP Photo/Lee Park)"), Class::Caption);
        assert_eq!(class("Related Stories"), Class::Opener);
        assert_eq!(class("READ MORE: Who pays for the bridge?"), Class::Opener);
        assert_eq!(class("© 2025 The Daily Bridge. All rights reserved."), Class::Legal);
        assert_eq!(class("Comments"), Class::End);
        assert_eq!(class("(Reporting by Lee Park; Editing by Jo Black)"), Class::Credit);
    }

    #[test]
    fn a_story_may_speak_of_the_same_things() {
        assert_eq!(class("Share prices fell by a third on Monday, the exchange said."), Class::Prose);
        assert_eq!(class("Comments like these are not new, the mayor said on Tuesday."), Class::Prose);
        assert_eq!(class("By Monday the river had risen by three metres."), Class::Sentence);
        assert_eq!(class("It was published on April 9, 2025."), Class::Sentence);
        assert_eq!(class("\"No,\" she said."), Class::Sentence);
    }

    #[test]
    fn the_lines_about_a_story_are_told_apart() {
        assert_eq!(class("By Ana Ruiz and Lee Park, AFP"), Class::Byline);
        assert_eq!(class("Published: 9 April 2025, 14:05 GMT"), Class::Stamp);
        assert_eq!(class("4 hours ago"), Class::Stamp);
        assert_eq!(class("Kyiv, Ukraine, April 9 (AFP) Apr 09, 2025"), Class::Dateline);
        assert_eq!(class("- 'Absolutely groundless' -"), Class::Subhead);
        assert_eq!(class("Mayor calls bridge safe"), Class::Short);
    }
}
