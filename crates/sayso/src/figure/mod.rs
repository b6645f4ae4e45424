//! Figures: amounts and counts, with their bounds, unit and what is counted.
//!
//! Number words are a closed part of the language, so figures are read by rule: a numeral, its
//! multiplier and unit, a second numeral where a range is given, then the words around it which
//! bound it or make it inexact. Dates, clock times, ordinals, house numbers, scores and the
//! numbers in names are no figures.

mod amount;
mod bound;
mod change;
mod exclude;
mod fraction;
mod number;
mod unit;
mod vague;

use crate::text::Span;
use crate::token::Tokens;
use amount::Amount;
use bound::Bound;
use exclude::Exclusions;

/// An amount or count.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words of the figure.
    pub span: Span,
    /// Lowest value; `None` where open ("up to 50").
    pub min: Option<f64>,
    /// Highest value; `None` where open ("more than 150").
    pub max: Option<f64>,
    /// Whether it is said to be inexact ("about 150").
    pub approx: bool,
    /// ISO 4217 for money, `%`, `km`, `year`; `None` for a count.
    pub unit: Option<String>,
    /// The words counted ("Chinese nationals").
    pub of: Option<Span>,
    /// Of which change it is the amount ("fell 3 %"); `None` for a level.
    pub change: Option<Change>,
}

/// A rise or a fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

/// Finds the figures of a story, in order.
pub fn find(words: &Tokens<'_>) -> Vec<Figure> {
    let exclusions = Exclusions::of(words.story, words);
    let mut found = Vec::new();
    // Tokens before this are in a figure already or were read as none.
    let mut free = 0;
    let mut i = 0;
    while i < words.len() {
        match amount::at(words, i, free) {
            Some(amount) if exclusions.covers(words, i, &amount) => i = exclusions.end(words, amount.end),
            Some(amount) => {
                let (figure, end) = bounded(words, amount, free);
                match found.pop_if(|last| are_sides(words, last, &figure)) {
                    Some(last) => found.push(joined(last, figure)),
                    None => found.push(figure),
                }
                i = end;
            }
            None => {
                i += 1;
                continue;
            }
        }
        free = i;
    }
    found
}

/// Whether two figures are the sides of one: "more than 20 and less than 30", the second without a noun
/// of its own that the first lacks.
fn are_sides(words: &Tokens<'_>, first: &Figure, second: &Figure) -> bool {
    let (_, end) = words.touched(first.span);
    let (next, _) = words.touched(second.span);
    let is_joint = next == end + 1 && matches!(words.low(end), "and" | "but" | ",");
    let sides = match (first.min, first.max, second.min, second.max) {
        (Some(low), None, None, Some(high)) | (None, Some(high), Some(low), None) => low < high,
        _ => false,
    };
    is_joint && sides && (first.unit == second.unit || first.unit.is_none())
}

fn joined(first: Figure, second: Figure) -> Figure {
    Figure {
        span: Span { start: first.span.start, end: second.span.end },
        min: first.min.or(second.min),
        max: first.max.or(second.max),
        approx: first.approx || second.approx,
        ..second
    }
}

/// Takes in the words around an amount that bound it; gives the figure and one past its end.
fn bounded(words: &Tokens<'_>, amount: Amount, free: usize) -> (Figure, usize) {
    let (mut start, mut end) = (amount.start, amount.end);
    let (mut min, mut max) = (amount.min, amount.max);
    let mut approx = amount.approx;
    // Of two bounds the nearer one counts: "up to at least 95" is at least 95.
    let mut apply = |bound| match bound {
        Bound::Lowest if min.is_some() => max = None,
        Bound::Highest if max.is_some() => min = None,
        Bound::Lowest | Bound::Highest => {}
        Bound::About => approx = true,
    };
    while let Some((bound, taken)) = bound::before(words, start).filter(|(_, n)| start - n >= free) {
        apply(bound);
        start -= taken;
    }
    // "Within the next six months".
    let next = usize::from(start > free + 1 && matches!(words.low_before(start), "next" | "coming"));
    let ahead = start - next - usize::from(next > 0 && words.low(start - 2) == "the");
    let is_time = amount.unit.is_some_and(unit::is_time);
    if ahead > free && is_time && words.low_before(ahead) == "within" {
        apply(Bound::Highest);
        start = ahead - 1;
    }
    if let Some((bound, taken)) = bound::after(words, end).filter(|_| words.same_paragraph(start, end)) {
        apply(bound);
        end += taken;
    }
    let is_share = amount.unit.is_some_and(|unit| unit.starts_with('%') || unit.ends_with("point"));
    let figure = Figure {
        span: words.span(start, end),
        min,
        max,
        approx,
        unit: amount.unit.map(str::to_owned),
        of: counted(words, end),
        change: change::of(words, start, end, is_share),
    };
    (figure, end)
}

/// The words counted: the noun phrase that follows, without "of" and articles.
fn counted(words: &Tokens<'_>, end: usize) -> Option<Span> {
    /// Longest noun phrase taken: a count's noun rarely has more than three words before it.
    const LONGEST: usize = 4;
    let mut start = end + usize::from(words.low(end) == "-");
    while matches!(words.low(start), "of" | "the" | "its" | "their" | "his" | "her" | "our")
        && start < end + 3
    {
        start += 1;
    }
    let is_part =
        |i: usize| words.is_word(i) && words.same_paragraph(end - 1, i) && !is_after_noun(words.low(i));
    // The comma of "200 of the 1,500 workers" is part of a number.
    let is_comma = |i: usize| {
        let is_digit = |n: usize| words.raw(n).starts_with(|c: char| c.is_ascii_digit());
        words.low(i) == ","
            && words.is_glued(i)
            && words.is_glued(i + 1)
            && is_digit(i - 1)
            && is_digit(i + 1)
    };
    let (mut stop, mut longest) = (start, LONGEST);
    while stop < start + longest {
        if stop > start && is_comma(stop) {
            // The comma and the group after it belong to the word before.
            longest += 2;
            stop += 2;
        } else if is_part(stop) && !is_verb(words, start, stop) {
            stop += 1;
        } else {
            break;
        }
    }
    (stop > start).then(|| words.span(start, stop))
}

/// Whether token `i` is a verb: a common one, or any past form after the plural noun of a phrase.
fn is_verb(words: &Tokens<'_>, start: usize, i: usize) -> bool {
    const VERBS: [&str; 54] = [
        "agreed", "arrived", "began", "became", "broke", "came", "chose", "come", "died", "drove", "fell",
        "felt", "fled", "flew", "found", "gave", "go", "got", "grew", "held", "joined", "kept", "knew",
        "left", "lived", "lost", "made", "met", "must", "need", "needed", "paid", "remain", "remained",
        "rose", "said", "sat", "saw", "say", "sent", "shall", "sold", "spent", "spoke", "stood", "stayed",
        "survived", "told", "took", "turned", "voted", "went", "won", "wrote",
    ];
    let before = if i > start { words.low(i - 1) } else { "" };
    let is_plural = before.len() > 3 && before.ends_with('s') && !before.ends_with("ss")
        || matches!(before, "people" | "men" | "women" | "children" | "police" | "staff");
    VERBS.contains(&words.low(i)) || is_plural && words.low(i).ends_with("ed")
}

/// Words that end a noun phrase.
fn is_after_noun(word: &str) -> bool {
    const ENDS: [&str; 76] = [
        "a", "about", "across", "after", "against", "ago", "also", "among", "an", "and", "are", "as", "at",
        "be", "because", "been", "before", "but", "by", "can", "could", "did", "do", "does", "during",
        "each", "earlier", "every", "for", "from", "had", "has", "have", "he", "if", "in", "into", "is",
        "it", "later", "may", "might", "not", "of", "off", "on", "or", "out", "over", "per", "she", "should",
        "since", "so", "than", "that", "the", "their", "there", "they", "this", "through", "to", "under",
        "until", "up", "was", "we", "were", "when", "where", "which", "who", "will", "with", "would",
    ];
    ENDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests;
