//! Lines that stand in the story's place but are not story.
//!
//! Links to other stories, requests to subscribe, credits of pictures, legal lines and stamps of
//! date and author. What such lines say is known to `page_line`.

use super::tree::Block;
use crate::story::page_line;

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

/// Whether a line is one of those that pages print around stories.
pub(super) fn is_clutter(text: &str) -> bool {
    page_line::kind(text).is_some() || page_line::is_dated(text)
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
