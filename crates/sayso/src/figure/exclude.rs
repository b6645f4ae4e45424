//! Numbers that are no figures: dates, clock times, house numbers, scores, numbers in names.

use std::collections::HashSet;

use super::amount::{self, Amount};
use super::number::Writing;
use super::unit;
use crate::mention::lexicon;
use crate::story::{ParagraphKind, Story};
use crate::token::Tokens;

/// What is known of a story's numbers before they are read as figures.
pub(super) struct Exclusions<'s> {
    /// Numbers that stand in a name somewhere ("737" of "Boeing 737").
    in_names: HashSet<&'s str>,
    /// Whether each paragraph prints most words with capitals, so that a capital tells nothing.
    is_title: Vec<bool>,
}

impl<'s> Exclusions<'s> {
    /// Looks through a story for numbers in names.
    pub(super) fn of(story: &Story, words: &Tokens<'s>) -> Exclusions<'s> {
        let is_title = story.paragraphs.iter().map(|p| p.kind == ParagraphKind::Headline).collect();
        let mut found = Exclusions { in_names: HashSet::new(), is_title };
        for i in 0..words.len() {
            let is_digit = words.raw(i).starts_with(|c: char| c.is_ascii_digit());
            if is_digit && (found.is_in_name(words, i) || found.begins_name(words, i)) {
                found.in_names.insert(words.raw(i));
            }
        }
        found
    }

    /// Whether the amount at token `i` is no figure.
    pub(super) fn covers(&self, words: &Tokens<'_>, i: usize, amount: &Amount) -> bool {
        let Some(writing) = amount.writing else { return false };
        if is_clock(words, i, amount.end)
            || is_label(words, i)
            || is_chain(words, i, amount.end)
            || is_telephone(words, i)
        {
            return true;
        }
        if words.low(i) == "one" && amount.end == i + 1 {
            return is_pronoun(words, i);
        }
        if is_place_in_time(words, amount)
            || is_listed(words, i, amount.end)
            || is_definite_pair(words, i, amount)
        {
            return true;
        }
        if writing == Writing::Words
            && words.is_capital(i)
            && !begins_sentence(words, i)
            && !self.is_title(words, i)
        {
            return true;
        }
        if amount.unit.is_some() {
            return false;
        }
        is_score(words, amount)
            || is_house(words, amount.end)
            || is_date(words, i, amount.end)
            || writing == Writing::Plain
                && (is_year(words, i, amount.end) || self.is_of_name(words, i, amount))
    }

    /// One past the tokens to skip after what is no figure: the rest of a chain "2008-09", "10:30".
    pub(super) fn end(&self, words: &Tokens<'_>, mut end: usize) -> usize {
        while words.is_glued(end)
            && words.is_glued(end + 1)
            && matches!(words.low(end), "-" | ":" | "/" | "." | "–")
            && words.raw(end + 1).starts_with(|c: char| c.is_ascii_digit())
        {
            end += 2;
        }
        end
    }

    /// Whether a number with an article before it begins a name ("the 310 Harrier").
    fn begins_name(&self, words: &Tokens<'_>, i: usize) -> bool {
        let has_article = matches!(words.low_before(i), "the" | "a" | "first" | "new" | "its" | "their");
        let is_nation = matches!(lexicon::place(words.raw(i + 1)), Some(lexicon::PlaceWord::Adjective(_)));
        let is_name = words.is_capital(i + 1)
            && words.same_paragraph(i, i + 1)
            && !is_nation
            && !is_month(words.low(i + 1));
        has_article && is_name && !self.is_title(words, i) && !words.raw(i).contains(char::is_alphabetic)
    }

    /// Whether token `i` stands where all words have capitals.
    fn is_title(&self, words: &Tokens<'_>, i: usize) -> bool {
        self.is_title.get(words.list[i].paragraph as usize).copied().unwrap_or(false)
    }

    fn is_of_name(&self, words: &Tokens<'_>, i: usize, amount: &Amount) -> bool {
        let is_known = words.raw(i).len() > 1 && self.in_names.contains(words.raw(i));
        let is_spoken_range = amount.min < amount.max && !amount.is_hyphened;
        !is_spoken_range && (is_known || self.is_in_name(words, i))
    }

    /// Whether the number follows a name: a capitalised word in the middle of a sentence, or
    /// letters joined to it by a hyphen.
    fn is_in_name(&self, words: &Tokens<'_>, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|b| words.same_paragraph(*b, i)) else { return false };
        if words.raw(before) == "-" && words.is_glued(i) && words.is_glued(before) {
            return words.raw(before.saturating_sub(1)).starts_with(char::is_alphabetic)
                && amount::at(words, before.saturating_sub(1), 0).is_none();
        }
        let has_capital = words.is_word(before) && words.raw(before).chars().any(char::is_uppercase);
        has_capital
            && !self.is_title(words, i)
            && !begins_sentence(words, before)
            && !is_month(words.low(before))
    }
}

/// Whether token `i` begins a sentence or a quotation, so that its capital tells nothing.
fn begins_sentence(words: &Tokens<'_>, i: usize) -> bool {
    !words
        .low_before(i)
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '\'' | '&' | '(' | ')'))
}

/// Clock times: "10:30", "5 pm", "9 o'clock".
fn is_clock(words: &Tokens<'_>, i: usize, end: usize) -> bool {
    let is_digit = |n: usize| words.raw(n).starts_with(|c: char| c.is_ascii_digit());
    let colon = words.low(end) == ":" && words.is_glued(end) && words.is_glued(end + 1) && is_digit(end + 1)
        || words.low_before(i) == ":"
            && words.is_glued(i)
            && words.is_glued(i - 1)
            && is_digit(i.saturating_sub(2));
    let half = matches!(words.low(end), "a" | "p") && words.low(end + 1) == "." && words.low(end + 2) == "m";
    let named =
        matches!(words.low(end), "am" | "pm" | "o" | "gmt" | "utc" | "bst" | "cet" | "est" | "edt" | "et")
            && (words.low(end) != "o" || words.low(end + 1) == "'");
    colon || half || named
}

/// Numbers that only label: "No. 5", "page 3", "Article 5".
fn is_label(words: &Tokens<'_>, i: usize) -> bool {
    const LABELS: [&str; 31] = [
        "act",
        "amendment",
        "article",
        "bus",
        "chapter",
        "class",
        "day",
        "flight",
        "grade",
        "group",
        "highway",
        "interstate",
        "level",
        "line",
        "model",
        "no",
        "number",
        "page",
        "paragraph",
        "part",
        "phase",
        "resolution",
        "room",
        "route",
        "runway",
        "section",
        "stage",
        "task",
        "title",
        "version",
        "week",
    ];
    let before = words.low_before(i);
    let abbreviated = before == "." && i >= 2 && matches!(words.low(i - 2), "no" | "nos");
    before == "#" && words.is_glued(i)
        || abbreviated
        || LABELS.binary_search(&before).is_ok() && !is_none(words, i)
}

/// "No 5" is a label only with a capital: "no 30 people can ..." hardly occurs, "No 10" does.
fn is_none(words: &Tokens<'_>, i: usize) -> bool {
    words.low_before(i) == "no" && !words.is_capital(i - 1)
}

/// Chains of numbers that are no amount: "1.1.1", "9/11", "24/7".
fn is_chain(words: &Tokens<'_>, i: usize, end: usize) -> bool {
    let glued = |n: usize| words.is_glued(n) && words.is_glued(n + 1);
    let is_digit = |n: usize| words.raw(n).starts_with(|c: char| c.is_ascii_digit());
    matches!(words.low(end), "." | "/") && glued(end) && is_digit(end + 1)
        || i >= 2 && words.low(i - 1) == "/" && glued(i - 1) && is_digit(i - 2)
}

/// Telephone numbers: digits with a zero or a plus before them, groups of digits of which one has four or
/// more, and whatever is to be called or dialled.
fn is_telephone(words: &Tokens<'_>, i: usize) -> bool {
    /// Groups looked at on either side.
    const GROUPS: usize = 4;
    let is_digits = |t: usize| {
        let raw = words.raw(t);
        !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_digits(i) {
        return false;
    }
    let called =
        matches!(words.low_before(i), "call" | "dial" | "phone" | "ring" | "tel" | "telephone" | "text");
    let plus = words.low_before(i) == "+" && words.is_glued(i);
    let zero = words.raw(i).len() > 2 && words.raw(i).starts_with('0') && words.low(i + 1) != ".";
    let next = |t: usize| t + 1 + usize::from(matches!(words.low(t + 1), "-" | ".") && words.is_glued(t + 1));
    let previous = |t: usize| t.checked_sub(1 + usize::from(matches!(words.low_before(t), "-" | ".")));
    let is_group = |t: &usize| is_digits(*t) && words.same_paragraph(i, *t);
    let after = std::iter::successors(Some(next(i)).filter(is_group), |t| Some(next(*t)).filter(is_group));
    let before = std::iter::successors(previous(i).filter(is_group), |t| previous(*t).filter(is_group));
    let groups: Vec<usize> =
        before.take(GROUPS).chain([i]).chain(after.take(GROUPS)).map(|t| words.raw(t).len()).collect();
    let digits: usize = groups.iter().sum();
    called && digits > 2 || plus || zero || groups.len() > 2 && digits >= 9 && groups.iter().any(|g| *g > 3)
}

/// "One" as pronoun or article of a tale: a count only before a noun it can count.
fn is_pronoun(words: &Tokens<'_>, i: usize) -> bool {
    const NOT_COUNTED: [&str; 34] = [
        "another", "and", "are", "as", "at", "based", "by", "can", "day", "for", "from", "has", "he", "in",
        "is", "it", "more", "of", "on", "or", "she", "should", "such", "that", "the", "thing", "to", "was",
        "way", "which", "who", "will", "with", "would",
    ];
    let next = words.low(i + 1);
    let before = words.low_before(i);
    !words.is_word(i + 1)
        || !words.same_paragraph(i, i + 1)
        || words.is_capital(i)
        || NOT_COUNTED.contains(&next)
        || matches!(before, "no" | "any" | "each" | "every" | "this" | "that" | "which" | "the" | "another")
}

/// "3-1", "won 2-0", "52-48": two numerals and a hyphen, the second not higher, or after a verb of play.
fn is_score(words: &Tokens<'_>, amount: &Amount) -> bool {
    let end = amount.end;
    let falls = matches!(words.low(end), "-" | "–")
        && words.is_glued(end)
        && words.is_glued(end + 1)
        && words.raw(end + 1).starts_with(|c: char| c.is_ascii_digit());
    let played = amount.is_hyphened
        && matches!(words.low_before(amount.start), "won" | "win" | "beat" | "lost" | "drew" | "by");
    falls || played
}

/// "Two years ago", "two years later", "in two years' time": when, not how long.
fn is_place_in_time(words: &Tokens<'_>, amount: &Amount) -> bool {
    let is_time = amount.unit.is_some_and(unit::is_time);
    match words.low(amount.end) {
        "ago" => true,
        "later" | "earlier" | "on" => is_time && words.low(amount.end + 1) != "than",
        "'" => is_time && words.low(amount.end + 1) == "time",
        _ => false,
    }
}

/// The number of an item in a list, "(2)", and a short year, "'11".
fn is_listed(words: &Tokens<'_>, i: usize, end: usize) -> bool {
    words.low_before(i) == "(" && words.low(end) == ")" && words.is_glued(i) && words.is_glued(end)
        || words.low_before(i) == "'"
            && words.is_glued(i)
            && !words.is_glued(i - 1)
            && words.raw(i).len() == 2
}

/// "The two sides": small numbers behind an article point back and count nothing new.
fn is_definite_pair(words: &Tokens<'_>, i: usize, amount: &Amount) -> bool {
    amount.end == i + 1
        && matches!(words.low(i), "two" | "three")
        && matches!(words.low_before(i), "the" | "these" | "those" | "between")
}

/// "10 Harbour Street".
fn is_house(words: &Tokens<'_>, end: usize) -> bool {
    let is_street = |i: usize| {
        matches!(words.raw(i), "Street" | "Avenue" | "Road" | "Lane" | "Square" | "Boulevard" | "Drive")
    };
    words.is_capital(end) && (is_street(end + 1) || is_street(end + 2))
}

/// A day beside a month's name: "June 18", "18 June", "13 and 14 June".
fn is_date(words: &Tokens<'_>, i: usize, end: usize) -> bool {
    let dot = words.low_before(i) == "." && i >= 2;
    let before = if dot { words.low(i - 2) } else { words.low_before(i) };
    let after = if words.low(end) == "of" { end + 1 } else { end };
    is_month(before) && (!dot || before.len() < 5) || is_month(words.low(after)) && words.is_capital(after)
}

/// Names of the months and their short forms. "May" is told from the verb by its neighbours.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 22] = [
        "apr",
        "april",
        "aug",
        "august",
        "dec",
        "december",
        "feb",
        "february",
        "jan",
        "january",
        "july",
        "june",
        "mar",
        "march",
        "may",
        "nov",
        "november",
        "oct",
        "october",
        "sep",
        "sept",
        "september",
    ];
    MONTHS.binary_search(&word).is_ok()
}

/// Four plain digits that read as a year, unless a plain noun follows that they could count.
fn is_year(words: &Tokens<'_>, i: usize, end: usize) -> bool {
    let raw = words.raw(i);
    let reads = raw.len() == 4 && ("1500".."2100").contains(&raw);
    let counts = words.is_word(end)
        && words.low(end).ends_with('s')
        && !matches!(words.low(end), "was" | "is" | "has" | "as" | "this")
        && words.same_paragraph(i, end);
    let dated = matches!(
        words.low_before(i),
        "in" | "since"
            | "by"
            | "until"
            | "during"
            | "early"
            | "late"
            | "mid"
            | ","
            | "("
            | "-"
            | "summer"
            | "spring"
    );
    reads && (!counts || dated)
}
