//! Sentences: where a full stop, question mark, exclamation mark or ellipsis ends one.
//!
//! A rule set in the manner of Grefenstette and Tapanainen ("What is a word, what is a
//! sentence?", 1994): a mark ends a sentence unless it belongs to an abbreviation, an initial
//! or a number, or the words after it show that the sentence goes on. Marks that close what
//! stands before them (quotation marks, brackets) belong to the sentence they close.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Sentence, Token};
use crate::lexicon;

/// Groups tokens into sentences; a paragraph's end ends a sentence.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut from = 0;
    for paragraph in tokens.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let reader = Reader { text, tokens: paragraph };
        let mut start = 0;
        let mut at = 0;
        while at < paragraph.len() {
            at = match reader.mark_at(at) {
                Some(mark) => {
                    if mark.after == paragraph.len() || reader.ends_sentence(start, &mark) {
                        found
                            .push(Sentence { start: (from + start) as u32, end: (from + mark.after) as u32 });
                        start = mark.after;
                    }
                    mark.after
                }
                None => at + 1,
            };
        }
        if start < paragraph.len() {
            found.push(Sentence { start: (from + start) as u32, end: (from + paragraph.len()) as u32 });
        }
        from += paragraph.len();
    }
    found
}

/// What an abbreviation tells of the words after it; the classes of `data/abbreviations.txt`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    Title,
    Number,
    Time,
    Other,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in lexicon::ABBREVIATIONS.rows() {
        let class = row.among(&[
            ("title", Abbreviation::Title),
            ("number", Abbreviation::Number),
            ("time", Abbreviation::Time),
            ("other", Abbreviation::Other),
        ]);
        words.extend(row.entries.into_iter().map(|word| (word, class)));
    }
    words
});

static STARTERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lexicon::STARTERS.entries().collect());

/// Days and zones that go on with a time of day: "at 5 p.m. Wednesday", "9 a.m. Eastern".
const AFTER_TIME: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Eastern",
    "Central",
    "Mountain",
    "Pacific",
    "ET",
    "EST",
    "EDT",
    "CT",
    "PT",
    "PST",
    "PDT",
    "GMT",
    "BST",
    "UTC",
    "CET",
];

/// Verbs that, after a quoted question and a name, show a reporting clause: `"Is it safe?" Ruiz asked.`
const REPORTING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "adds",
    "wrote",
    "writes",
    "told",
    "tells",
    "tweeted",
    "replied",
    "exclaimed",
    "shouted",
    "declared",
    "continued",
    "wondered",
];

/// Longest name, in tokens, that is looked through for a reporting verb: `Dr. Ana María Ruiz Soto`
/// with its full stops and a hyphen.
const NAME_TOKENS: usize = 8;

/// A mark that may end a sentence, with the closing marks after it.
struct Mark {
    /// First token of the mark (of the dots, where it is an ellipsis).
    at: usize,
    /// One past its last token, before any closing marks.
    end: usize,
    /// One past the closing marks.
    after: usize,
}

/// One paragraph's tokens.
struct Reader<'s> {
    text: &'s str,
    tokens: &'s [Token],
}

impl Reader<'_> {
    /// The mark that begins at token `at`, if there is one.
    fn mark_at(&self, at: usize) -> Option<Mark> {
        let is_mark = |i: usize| matches!(self.word(i), "." | "!" | "?" | "…");
        if !is_mark(at) {
            return None;
        }
        let mut end = at + 1;
        // Dots of an ellipsis may be spaced: ". . ."
        while is_mark(end) && (self.touches(end - 1) || self.word(end) == ".") {
            end += 1;
        }
        let mut after = end;
        while self.touches(after - 1) && self.is_closing(after) {
            after += 1;
        }
        Some(Mark { at, end, after })
    }

    /// Whether the token is a mark that closes what stands before it, given that it touches it.
    fn is_closing(&self, i: usize) -> bool {
        match self.word(i) {
            "\"" | "'" | "”" | "’" | "»" | "›" | ")" | "]" | "}" => true,
            // „so“ in the German manner: closing where a space or nothing follows.
            "“" | "‘" => !self.touches(i),
            _ => false,
        }
    }

    /// Whether a sentence that began at token `start` ends with the mark; a token follows.
    fn ends_sentence(&self, start: usize, mark: &Mark) -> bool {
        let glued = self.touches(mark.after - 1);
        let Some(next) = (mark.after..self.tokens.len()).take(4).find(|&i| self.tokens[i].is_word) else {
            return false;
        };
        if (mark.after..next).any(|i| matches!(self.word(i), "," | ";" | ":" | ")" | "]" | "/" | "@" | "%")) {
            return false;
        }
        let first = self.word(next).chars().next().unwrap_or(' ');
        if glued {
            return next == mark.after && self.is_glued_sentence(mark, next);
        }
        let closed = mark.after > mark.end;
        if closed && self.opens_quoted(start) && self.is_reporting_clause(next) {
            return false;
        }
        let dots = mark.end - mark.at > 1 || self.word(mark.at) == "…";
        if dots || self.word(mark.at) != "." {
            return !first.is_lowercase();
        }
        match self.abbreviation(mark.at) {
            None if first.is_lowercase() => !closed && next == mark.after && self.is_plain_word(mark.at),
            None => true,
            Some(_) if first.is_lowercase() => false,
            Some(Abbreviation::Title) => false,
            Some(Abbreviation::Number) => !first.is_numeric(),
            Some(Abbreviation::Time) => !first.is_numeric() && !AFTER_TIME.contains(&self.word(next)),
            Some(Abbreviation::Other) => closed || next > mark.after || STARTERS.contains(self.word(next)),
        }
    }

    /// What kind of abbreviation the full stop at token `stop` belongs to.
    fn abbreviation(&self, stop: usize) -> Option<Abbreviation> {
        let before = stop.checked_sub(1).filter(|&i| self.touches(i) && self.tokens[i].is_word)?;
        let word = self.word(before);
        let is_letter = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
        let inner =
            |i: usize| i >= 2 && self.touches(i - 1) && self.word(i - 1) == "." && self.touches(i - 2);
        if inner(before) && self.tokens[before - 2].is_word && word.chars().count() <= 2 {
            let joined = format!("{}{word}", self.word(before - 2)).to_lowercase();
            return Some(ABBREVIATIONS.get(joined.as_str()).copied().unwrap_or(Abbreviation::Other));
        }
        if let Some(&class) = ABBREVIATIONS.get(word) {
            return Some(class);
        }
        // An initial: "J. Smith", but not the pronoun ("than I.") nor a letter as a name ("vitamin C.").
        let named = before == 0
            || !self.word(before - 1).starts_with(char::is_lowercase)
            || is_letter(self.word(stop + 1)) && self.word(stop + 2) == ".";
        (is_letter(word) && word.starts_with(char::is_uppercase) && named).then_some(Abbreviation::Other)
    }

    /// Whether the word before the full stop is an ordinary one: in lower case, of some length, so
    /// that a sentence after it may begin in lower case ("iPhone", "al-Shabab").
    fn is_plain_word(&self, stop: usize) -> bool {
        stop > 0 && self.touches(stop - 1) && {
            let word = self.word(stop - 1);
            word.chars().count() > 3 && word.chars().all(char::is_lowercase)
        }
    }

    /// Whether a sentence begins without a space after the mark, as badly joined pages have it:
    /// "was closed.The".
    fn is_glued_sentence(&self, mark: &Mark, next: usize) -> bool {
        let mut letters = self.word(next).chars();
        let titled = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        let closed = mark.after > mark.end;
        titled && (self.is_plain_word(mark.at) || closed && STARTERS.contains(self.word(next)))
    }

    /// Whether the sentence opens with a quotation mark.
    fn opens_quoted(&self, start: usize) -> bool {
        matches!(self.word(start), "\"" | "“" | "'" | "‘" | "`" | "«" | "„" | "»" | "”")
    }

    /// Whether the tokens from `next` on are a name or pronoun and a reporting verb, or the verb first.
    fn is_reporting_clause(&self, next: usize) -> bool {
        let name = |i: &usize| {
            let word = self.word(*i);
            word.starts_with(char::is_uppercase)
                || matches!(word, "." | "-" | "'" | "’" | "de" | "van" | "al" | "bin")
        };
        if self.word(next).starts_with(char::is_lowercase) {
            return true;
        }
        let verb = (next..self.tokens.len()).take(NAME_TOKENS).find(|i| !name(i));
        verb.is_some_and(|i| i > next && REPORTING.contains(&self.word(i)))
            && !STARTERS.contains(self.word(next))
    }

    /// The characters of token `i`; nothing past the end.
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    /// Whether the next token follows token `i` without white space.
    fn touches(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_some_and(|next| next.span.start == self.tokens[i].span.end)
    }
}

#[cfg(test)]
mod tests {
    use crate::page::Page;
    use crate::{story, token};

    /// The sentences of a text.
    fn split(text: &str) -> Vec<String> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        tokens
            .sentences
            .iter()
            .map(|s| {
                let (first, last) =
                    (tokens.list[s.start as usize].span, tokens.list[s.end as usize - 1].span);
                story.text[first.start as usize..last.end as usize].to_owned()
            })
            .collect()
    }

    /// Texts with a bar where a sentence ends.
    #[track_caller]
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split(" | ").collect();
        assert_eq!(split(&marked.replace(" | ", " ")), expected);
    }

    #[test]
    fn a_mark_ends_a_sentence() {
        check("The bridge is closed. | Nobody knows why! | Will it open again? | Perhaps.");
        check("It cost 3.5 million in 2015. | 40 people worked on it.");
        check("Wait... | The ferry is late. | He said … nothing … at all.");
    }

    #[test]
    fn abbreviations_do_not() {
        check("Mr. Ortiz met Gen. Sato and Dr. Weiss at No. 10 on Jan. 4. | They left at 5 p.m. Wednesday.");
        check("The U.S. Senate sat until 11 a.m. | Snow fell in Washington, D.C. | The roads were shut.");
        check("J. R. Lindqvist of Harbour Ltd. said no. | Is that so? | No. | It is not.");
        check("Acme Corp. and Bolt Inc. merged. | George W. Haas resigned.");
        check("It left Lisbon, N.H. | But it never came, i.e. it sank.");
        check("Some fruit, e.g. The Red Apple, stood at S. F. Harbour.");
        check("Take vitamin C. | Nobody is older than I. | See www.example.org for more.");
    }

    #[test]
    fn closing_marks_belong_to_what_they_close() {
        check("\"It is safe.\" | \"It is not.\" | (So they say.) | Ana left.");
        check("“It is safe.” | ‘Is it?’ | He shrugged. | [It was.] | Enough.");
        check("''It is safe.'' | He left.");
    }

    #[test]
    fn a_reporting_clause_goes_on_with_the_sentence() {
        check("\"Is it safe?\" he asked. | \"Run!\" shouted the guard. | Then he ran.");
        check("“Is it safe?” Ms. Ruiz asked. | “It is!” | Ruiz laughed.");
        check("He asked: \"Is it safe?\" | Ruiz said it was.");
        check("Yahoo! said it would sell.");
    }

    #[test]
    fn joined_sentences_are_parted() {
        assert_eq!(split("The road was closed.The ferry ran."), ["The road was closed.", "The ferry ran."]);
        assert_eq!(split("Version 2.Beta of a.B.C is out."), ["Version 2.Beta of a.B.C is out."]);
    }

    #[test]
    fn a_paragraph_ends_a_sentence() {
        assert_eq!(
            split("Bridge closed\n\nIt was shut on Monday"),
            ["Bridge closed", "It was shut on Monday"]
        );
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split("... !"), ["... !"]);
    }
}
