//! Lines that pages print between, before and after a story's paragraphs and that are not story,
//! told by their words alone: links to other stories, invitations, credits, legal lines.
//!
//! The words, and where in a line they must stand, are in `data/page_lines.txt`. A text dump
//! (`plain`) and a marked-up page (`html`) ask the same question of their lines here.

use crate::lexicon;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What such a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
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
    /// When it was published or changed, or how long it takes to read.
    Stamp,
}

/// Entries, each with what a line is that has it.
type Entries = Vec<(&'static str, Kind)>;

/// The table by the place of the words in their line.
#[derive(Default)]
struct Lines {
    alone: HashMap<&'static str, Kind>,
    lead: Entries,
    begin: Entries,
    opens: Entries,
    within: Entries,
    dated: Entries,
    tail: Entries,
}

static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let mut lines = Lines::default();
    for row in lexicon::PAGE_LINES.rows() {
        let Some((kind, place)) = row.key.split_once(' ') else { row.fail("no kind and place") };
        let kind = match kind {
            "furniture" => Kind::Furniture,
            "caption" => Kind::Caption,
            "opener" => Kind::Opener,
            "end" => Kind::End,
            "legal" => Kind::Legal,
            "credit" => Kind::Credit,
            "stamp" => Kind::Stamp,
            _ => row.fail("an unknown kind of line"),
        };
        let words = row.entries[0];
        match place {
            "alone" => drop(lines.alone.insert(words, kind).is_some_and(|_| row.fail("an entry twice"))),
            "lead" => lines.lead.push((words, kind)),
            "begin" => lines.begin.push((words, kind)),
            "opens" => lines.opens.push((words, kind)),
            "within" => lines.within.push((words, kind)),
            "dated" => lines.dated.push((words, kind)),
            "tail" => lines.tail.push((words, kind)),
            _ => row.fail("an unknown place"),
        }
    }
    lines
});

// The limits, in characters, are guesses at the longest line of the kind, not fitted: a link has the
// length of a headline or two, a button less, a caption or a legal line that of a short paragraph.
const LONGEST: usize = 400;
const LONGEST_LEAD: usize = 350;
const LONGEST_BEGIN: usize = 150;
const LONGEST_WITHIN: usize = 300;
const LONGEST_DATED: usize = 100;
/// Of what follows the colon of a picture's credit.
const LONGEST_TAIL: usize = 80;

/// What a line is, if it is one that pages print around stories.
pub(crate) fn kind(line: &str) -> Option<Kind> {
    // A letter has at most four bytes.
    if line.len() > 4 * LONGEST {
        return None;
    }
    let chars = line.chars().count();
    if chars > LONGEST {
        return None;
    }
    if !line.contains(char::is_alphanumeric) {
        return Some(Kind::Furniture);
    }
    let small = line.to_lowercase().replace('’', "'");
    // Quotation marks stay: what somebody says is the story's.
    let is_edge = |c: char| !c.is_alphanumeric() && c != '©' && !QUOTES.contains(&c) && c != '\'';
    let head = small.trim_start_matches(is_edge);
    let begins = |words: &str| starts(head, words) || starts(&small, words);
    let leads = |words: &str| {
        head.strip_prefix(words).is_some_and(|rest| rest.trim_start().starts_with([':', '–', '—', '|']))
    };
    LINES
        .alone
        .get(head.trim_end_matches(is_edge))
        .copied()
        .or_else(|| of(&LINES.lead, chars <= LONGEST_LEAD, leads))
        .or_else(|| of(&LINES.begin, chars <= LONGEST_BEGIN, begins))
        .or_else(|| of(&LINES.opens, true, begins))
        .or_else(|| within(&small, chars))
        .or_else(|| tail(line))
}

/// Marks with which words of somebody begin.
const QUOTES: [char; 6] = ['"', '“', '”', '«', '»', '„'];

/// The kind of the longest entry that fits.
fn of(entries: &Entries, is_short: bool, fits: impl Fn(&str) -> bool) -> Option<Kind> {
    let fitting = entries.iter().filter(|(words, _)| is_short && fits(words));
    fitting.max_by_key(|(words, _)| words.len()).map(|&(_, kind)| kind)
}

/// Whether a line starts with words, the last of them whole.
fn starts(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|rest| {
        !words.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
    })
}

/// Words anywhere in a line. One with somebody's words in it is the story's, but for captions, whose
/// credits no story has.
fn within(small: &str, chars: usize) -> Option<Kind> {
    let kind = of(&LINES.within, chars <= LONGEST_WITHIN, |words| small.contains(words))?;
    (kind == Kind::Caption || !small.contains(QUOTES)).then_some(kind)
}

/// A picture's caption with its credit at the end: `The bridge. Photo: Lee Park`.
fn tail(line: &str) -> Option<Kind> {
    let (before, credit) = line.rsplit_once(": ")?;
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let fits = word.starts_with(char::is_uppercase)
        && credit.chars().count() <= LONGEST_TAIL
        && !credit.contains(". ");
    let small = word.to_lowercase();
    of(&LINES.tail, fits, |words| small == words)
}

/// Whether a line says when its story came out: "Updated 3 May 2031". A sentence may begin so too,
/// so this is asked only of a page's lines.
pub(crate) fn is_dated(line: &str) -> bool {
    let is_short = line.chars().take(LONGEST_DATED + 1).count() <= LONGEST_DATED;
    if !is_short || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let small = line.to_lowercase();
    LINES.dated.iter().any(|(words, _)| starts(&small, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_words_and_their_place() {
        for (line, is) in [
            ("ADVERTISEMENT", Kind::Furniture),
            ("- Share: -", Kind::Furniture),
            ("* * *", Kind::Furniture),
            ("Siehe auch", Kind::Opener),
            ("Read more: The river rose again, and the town is afraid", Kind::Opener),
            ("Lire aussi | Le fleuve monte", Kind::Opener),
            ("Get our newsletter. \"It is short,\" said Lee Park.", Kind::Furniture),
            (
                "Sign up for our newsletter, which tells you every morning what you slept through.",
                Kind::Furniture,
            ),
            ("Comments", Kind::End),
            ("(Reporting by Lee Park; Editing by Jo Black)", Kind::Credit),
            ("Lee Park contributed to this report from Tarn.", Kind::Credit),
            ("© 2031 The Tarn Courier. All rights reserved.", Kind::Legal),
            ("A sign says “Closed” in Tarn on Monday. (AP Photo/Lee Park)", Kind::Caption),
            ("The bridge at dawn. Photo: Lee Park/Courier", Kind::Caption),
            ("4 min read", Kind::Stamp),
        ] {
            assert_eq!(kind(line), Some(is), "{line}");
        }
    }

    #[test]
    fn a_story_may_begin_with_the_same_words() {
        for line in [
            "Do you have a plan for the bridge?",
            "Don't miss the last ferry, the harbour master told them.",
            "We rely on the river for our water, she said.",
            "Report a crime and nobody comes, the baker said.",
            "Contact us he did not.",
            "Thank you.",
            "What do you think?",
            "\"Listen: nobody told me,\" she said.",
            "\"More,\" he said.",
            "By signing up to the treaty the town lost its harbour.",
            "Copyright law is older than the press, the judge wrote.",
            "Advertisement spending fell by a third.",
            "She held up a photo: the bridge as it had been.",
            "Shared grief brought them together.",
            "“Subscribe now,” the sign said.",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn a_stamp_has_a_figure() {
        assert!(is_dated("Published 3 May 2031, 10:15"));
        assert!(!is_dated("Published in May, the report names four pillars."));
    }
}
