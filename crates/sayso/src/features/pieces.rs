//! Word pieces: the units that the encoder of `accurate` reads.
//!
//! Greedy longest match, as in WordPiece (Wu et al., 2016) with the uncased vocabulary of BERT:
//! lower case, accents taken off, pieces within a word marked with `##`.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest token that is cut into pieces, in characters; a longer one is unknown.
const LONGEST: usize = 100;

/// A vocabulary of word pieces.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    first: HashMap<Box<str>, u32>,
    next: HashMap<Box<str>, u32>,
    unknown: u32,
}

impl Vocabulary {
    /// Reads a vocabulary: one piece a line, numbered from 0; `[UNK]` stands for what has none.
    pub fn new(lines: &str) -> Vocabulary {
        let (mut first, mut next, mut unknown) = (HashMap::new(), HashMap::new(), 0);
        for (id, line) in (0u32..).zip(lines.lines()) {
            if line == "[UNK]" {
                unknown = id;
            }
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => next.insert(rest.into(), id),
                _ => first.insert(line.into(), id),
            };
        }
        Vocabulary { first, next, unknown }
    }

    /// Appends the pieces of a token to `into`: one at least, a single unknown one where the
    /// vocabulary does not cover it.
    pub fn cut(&self, token: &str, into: &mut Vec<u32>) {
        let from = into.len();
        let word: String = token
            .chars()
            .flat_map(char::to_lowercase)
            .nfd()
            .filter(|&c| !is_combining_mark(c))
            .take(LONGEST + 1)
            .collect();
        let mut rest = word.as_str();
        if word.chars().count() > LONGEST {
            rest = "";
        }
        while !rest.is_empty() {
            let pieces = if into.len() == from { &self.first } else { &self.next };
            let Some((length, id)) = longest(pieces, rest) else {
                into.truncate(from);
                break;
            };
            into.push(id);
            rest = &rest[length..];
        }
        if into.len() == from {
            into.push(self.unknown);
        }
    }
}

/// The longest beginning of `text` among the pieces: its length in bytes and its number.
fn longest(pieces: &HashMap<Box<str>, u32>, text: &str) -> Option<(usize, u32)> {
    let ends = text.char_indices().rev().map(|(i, c)| i + c.len_utf8());
    ends.filter_map(|end| pieces.get(&text[..end]).map(|&id| (end, id))).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_greedily() {
        let vocabulary = Vocabulary::new("[PAD]\n[UNK]\nbridge\nbrid\n##ges\n##s\ncafe\n,\n##");
        let cut = |token: &str| {
            let mut into = vec![7];
            vocabulary.cut(token, &mut into);
            into[1..].to_vec()
        };
        assert_eq!(cut("Bridge"), [2]);
        assert_eq!(cut("bridges"), [2, 5]);
        assert_eq!(cut("Café"), [6]);
        assert_eq!(cut(","), [7]);
        assert_eq!(cut("bridgex"), [1]);
        assert_eq!(cut(&"s".repeat(101)), [1]);
    }
}
