//! Questions in words: what a user types, as SQLite's full-text search reads it.
//!
//! Words must all be there, in any order and form ("denied" finds "denies"); "words in quotation marks" stand
//! together. Nothing else has a meaning: a parenthesis or a star is looked for, or left out, not obeyed.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that tell nothing of what a statement is about.
static STOP: LazyLock<HashSet<&'static str>> = LazyLock::new(|| table(include_str!("../data/stop.txt")));

/// The words of a table of `data/`, without the lines of its head.
pub(crate) fn table(text: &'static str) -> HashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// Its words, in small letters.
    pub(crate) words: Vec<String>,
}

/// The parts of a question: each word, and the words of each quotation together.
pub(crate) fn terms(question: &str) -> Vec<Term> {
    let mut found = Vec::new();
    let even = question.replace(['“', '”', '„'], "\"");
    for (n, part) in even.split('"').enumerate() {
        let words = part.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        if n % 2 == 1 && !words.is_empty() {
            found.push(Term { words });
        } else {
            found.extend(words.into_iter().map(|word| Term { words: vec![word] }));
        }
    }
    found
}

impl Term {
    /// As full-text search reads it.
    pub(crate) fn expression(&self) -> String {
        format!("\"{}\"", self.words.join(" "))
    }

    /// Whether it is a word that tells nothing.
    pub(crate) fn is_stop(&self) -> bool {
        matches!(self.words.as_slice(), [word] if STOP.contains(word.as_str()))
    }
}

/// All of the terms, without words that tell nothing unless there are no others.
pub(crate) fn all(terms: &[Term]) -> String {
    telling(terms).iter().map(|term| term.expression()).collect::<Vec<_>>().join(" ")
}

/// Any of the terms.
pub(crate) fn any(terms: &[Term]) -> String {
    telling(terms).iter().map(|term| term.expression()).collect::<Vec<_>>().join(" OR ")
}

/// The terms that tell something; all where none does.
pub(crate) fn telling(terms: &[Term]) -> Vec<&Term> {
    let telling: Vec<&Term> = terms.iter().filter(|term| !term.is_stop()).collect();
    if telling.is_empty() { terms.iter().collect() } else { telling }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases() {
        let all = |question: &str| all(&terms(question));
        assert_eq!(all("Foreign fighters"), r#""foreign" "fighters""#);
        assert_eq!(all("the \"Ana Ruiz\" (deny* OR"), r#""ana ruiz" "deny""#);
        assert_eq!(all("who is it"), r#""who" "is" "it""#);
        assert_eq!(all("x AND ( NEAR"), r#""x" "near""#);
        assert_eq!(any(&terms("one two")), r#""one" OR "two""#);
        assert!(terms(" (*) ").is_empty());
    }
}
