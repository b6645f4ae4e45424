//! Lines that stand in the story's place but are not story.
//!
//! Links to other stories, requests to subscribe, credits of pictures, legal lines and stamps of
//! date and author. What such lines say is in `data/page_lines.txt`.

use super::tree::Block;
use crate::lexicon;
use std::sync::LazyLock;

/// Whether a block between headline and body reads like the story's lead.
pub(super) fn is_lead(block: &Block) -> bool {
    let least = if is_finished(&block.text) { 20 } else { 40 };
    block.chars >= least && block.link_share() < 0.3 && !is_byline(&block.text)
}

/// Whether a line before the story's first prose or after its last is a stamp, a credit or a label,
/// not a sentence.
pub(super) fn is_edge(text: &str) -> bool {
    const SHORT: usize = 50;
    is_byline(text) || has_address(text) || text.chars().count() < SHORT && !is_finished(text)
}

/// Whether a line ends as a sentence does.
fn is_finished(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '"', '”', '’', '»', '“', '。', '」', '！', '？', '؟', '۔', '।', ':'])
}

/// Whether a line is a whole sentence, as headlines are not: some words, a full stop at its end.
pub(super) fn is_sentence(text: &str) -> bool {
    /// Fewer words may be a label with a full stop.
    const WORDS: usize = 5;
    let end = text.trim_end_matches(['"', '”', '’', '\'', '»', ')']);
    end.ends_with('.') && !end.ends_with("..") && text.split_whitespace().count() >= WORDS
}

/// Whether a line of up to 250 bytes has an electronic address in it.
fn has_address(text: &str) -> bool {
    text.len() <= 250
        && !text.contains(['"', '“'])
        && text.split_whitespace().any(|w| {
            w.split_once('@')
                .is_some_and(|(user, host)| user.chars().any(char::is_alphanumeric) && host.contains('.'))
        })
}

/// Whether two texts are the same but for white space, case and punctuation.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| -> String {
        t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    words(a) == words(b)
}

/// Whether a line says nothing but who wrote the story, or when.
pub(super) fn is_byline(text: &str) -> bool {
    const LONGEST: usize = 100;
    if text.len() > LONGEST {
        return false;
    }
    let mut words = text.split_whitespace();
    let by = words.next().is_some_and(|w| {
        matches!(w, "By" | "BY" | "by" | "Von" | "von" | "Par" | "Por" | "di" | "Di" | "Door" | "Af" | "Av")
    });
    let name = |w: &str| {
        w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
            || matches!(
                w,
                "and"
                    | "und"
                    | "et"
                    | "y"
                    | "e"
                    | "en"
                    | "og"
                    | "och"
                    | "de"
                    | "van"
                    | "von"
                    | "der"
                    | "for"
                    | "in"
            )
    };
    by && words.all(name) && !text.ends_with('.') || is_date(text)
}

/// A line of up to 60 bytes with a date or time and little else.
fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.len() <= 60
        && (4..=16).contains(&digits)
        && letters <= 20
        && letters <= 2 * digits
        && text.contains(['.', ':', '/', ','])
}

/// The table of lines.
#[derive(Default)]
struct Lines {
    label: Vec<&'static str>,
    lead_in: Vec<&'static str>,
    start: Vec<&'static str>,
    within: Vec<&'static str>,
    stamp: Vec<&'static str>,
}

static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let mut lines = Lines::default();
    for row in lexicon::PAGE_LINES.rows() {
        let list = match row.key {
            "label" => &mut lines.label,
            "lead-in" => &mut lines.lead_in,
            "start" => &mut lines.start,
            "within" => &mut lines.within,
            "stamp" => &mut lines.stamp,
            _ => row.fail("an unknown section"),
        };
        list.extend(&row.entries);
    }
    lines
});

/// Whether a line is one of those that pages print around stories.
pub(super) fn is_clutter(text: &str) -> bool {
    if is_invitation(text) {
        return true;
    }
    // The longest of the limits in the table, in bytes of scripts with two bytes a letter.
    if text.len() > 600 {
        return false;
    }
    let chars = text.chars().count();
    let line = text.to_lowercase().replace('’', "'");
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let starts = |list: &[&str]| list.iter().any(|s| line.starts_with(s));
    bare.is_empty()
        || LINES.label.contains(&bare)
        || chars <= 350
            && LINES.lead_in.iter().any(|s| {
                bare.strip_prefix(s).is_some_and(|rest| rest.trim_start().starts_with([':', '–', '—', '|']))
            })
        || chars <= 150 && starts(&LINES.start)
        || chars <= 100 && line.contains(|c: char| c.is_ascii_digit()) && starts(&LINES.stamp)
        || chars <= 300
            && !line.contains(['"', '“', '«', '„', '»'])
            && LINES.within.iter().any(|s| line.contains(s))
        || is_credited(text)
}

/// Whether a paragraph begins with an invitation to a newsletter, whatever it quotes after that.
fn is_invitation(text: &str) -> bool {
    const INVITATIONS: [&str; 3] =
        ["sign up for our newsletter", "subscribe to our newsletter", "get our newsletter"];
    let begins = |words: &str| text.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words));
    INVITATIONS.into_iter().any(begins)
}

/// A picture's caption with its credit at the end: `The bridge. Photo: Lee Park`.
fn is_credited(text: &str) -> bool {
    const CREDITS: [&str; 9] = [
        "Photo: ",
        "Photos: ",
        "Foto: ",
        "Fotos: ",
        "Bild: ",
        "Image: ",
        "Picture: ",
        "Bildrechte: ",
        "Credit: ",
    ];
    let Some(at) = CREDITS.iter().filter_map(|c| text.rfind(c)).max() else { return false };
    let credit = &text[at..];
    text.len() <= 400 && credit.len() <= 80 && !credit.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_pages_print_around_stories_are_told_from_sentences() {
        for line in [
            "ADVERTISEMENT",
            "Related stories:",
            "Read more: The river rose again, and the town is afraid",
            "Lesen Sie auch: Der Fluss steigt",
            "© 2031 The Tarn Courier. All rights reserved.",
            "Photo: Lee Park",
            "The bridge at dawn. Photo: Lee Park/Courier",
            "Sign up for our newsletter and never miss a story.",
            "Sign up for our newsletter. \"The best I read,\" said Ana Ruiz, who lives near the bridge.",
            "Subscribe to our newsletter: \"It is short,\" said Lee Park.",
            "Get our newsletter. \"It is short,\" said Lee Park.",
            "Published 3 May 2031, 10:15",
            "Reporting by Lee Park; editing by Ana Ruiz",
            "___",
        ] {
            assert!(is_clutter(line), "{line}");
        }
        for line in [
            "Related stories were told by all who lived near the bridge.",
            "\"Sign up for our newsletter, they told me, and never miss a story,\" Ruiz said.",
            "Read more books, the mayor told the children.",
            "Published in May, the report names four pillars.",
            "He took a photo of the bridge.",
        ] {
            assert!(!is_clutter(line), "{line}");
        }
    }

    #[test]
    fn stamps_credits_and_labels_stand_at_the_edges() {
        for line in [
            "By Lee Park and Ana Ruiz",
            "By LEE PARK, Tarn Courier",
            "Von Ana Ruiz",
            "12.12.2031, 05:07",
            "Follow Lee at lee@courier.example for more.",
            "(lp)",
        ] {
            assert!(is_edge(line), "{line}");
        }
        for line in [
            "By night the bridge is lit.",
            "\"No.\"",
            "The vote was 12 to 3, and the bridge was closed on the same day, said Ruiz",
        ] {
            assert!(!is_edge(line), "{line}");
        }
    }
}
