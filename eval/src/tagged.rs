//! Texts with marked sentences, parts of speech and entities: treebanks and the newswire set.

use crate::corpora;
use sayso::mention::Kind;
use sayso::model::tag::PartOfSpeech;
use std::error::Error;
use std::ops::Range;
use std::path::Path;

/// A marked text; ranges are bytes of it.
#[derive(Default)]
pub(crate) struct Tagged {
    pub(crate) text: String,
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) parts: Vec<(Range<usize>, PartOfSpeech)>,
    pub(crate) entities: Vec<(Range<usize>, Kind)>,
}

/// Names of the parts of speech, in the order of [`PartOfSpeech::ALL`].
const PARTS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
];

/// Names of the kinds of entity, in the order of [`Kind::ALL`].
const KINDS: [&str; 9] =
    ["Person", "Organization", "Location", "NORP", "Facility", "Product", "Date", "Money", "Misc"];

/// Documents of a treebank in CoNLL-U, put together from their sentences' texts.
pub(crate) fn treebank(path: &Path) -> Result<Vec<Tagged>, Box<dyn Error>> {
    Ok(documents(&corpora::text(path)?))
}

/// Articles of the newswire set, set as English is; a blank line there ends a paragraph.
pub(crate) fn newswire(path: &Path) -> Result<Vec<Tagged>, Box<dyn Error>> {
    Ok(articles(&corpora::text(path)?))
}

fn documents(rows: &str) -> Vec<Tagged> {
    let (mut found, mut is_paragraph, mut at) = (Vec::<Tagged>::new(), false, 0);
    for line in rows.lines() {
        if line.starts_with("# newdoc") {
            found.push(Tagged::default());
            continue;
        }
        let Some(document) = found.last_mut() else { continue };
        if line.starts_with("# newpar") {
            is_paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text =") {
            if !document.text.is_empty() {
                document.text.push_str(if is_paragraph { "\n\n" } else { " " });
            }
            (is_paragraph, at) = (false, document.text.len());
            document.text.push_str(text.trim());
            document.sentences.push(at..document.text.len());
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            at = word(document, line, at);
        }
    }
    found
}

/// Finds the word of a row in the text from `at` on; returns where it ends.
fn word(document: &mut Tagged, row: &str, at: usize) -> usize {
    /// Bytes that may stand between two words.
    const GAP: usize = 4;
    let columns: Vec<&str> = row.split('\t').collect();
    let [number, form, _, part, ..] = columns[..] else { return at };
    let part = PARTS.iter().position(|p| *p == part).map(|i| PartOfSpeech::ALL[i]);
    let start = document.text[at..].find(form).filter(|gap| *gap < GAP).map(|gap| at + gap);
    match (part, start) {
        (Some(part), Some(start)) if !number.contains(['.', '-']) => {
            document.parts.push((start..start + form.len(), part));
            start + form.len()
        }
        _ => at,
    }
}

fn articles(rows: &str) -> Vec<Tagged> {
    let mut found: Vec<Tagged> = Vec::new();
    let mut paragraph = Typesetter::default();
    for line in rows.lines() {
        if line.starts_with("# file") {
            found.push(Tagged::default());
            paragraph = Typesetter::default();
            continue;
        }
        let Some(article) = found.last_mut() else { continue };
        if line.trim().is_empty() {
            paragraph = Typesetter::default();
        } else {
            // The labels after the first are of entities within it.
            let mut columns = line.split('\t');
            let (word, label) = (columns.next().unwrap_or(line), columns.next().unwrap_or("O"));
            let range = paragraph.set(&mut article.text, word);
            entity(article, range, label.trim());
        }
    }
    found
}

/// Takes over a label: `B-` begins an entity, `I-` goes on with it, `O` is none.
fn entity(article: &mut Tagged, range: Range<usize>, label: &str) {
    let Some((place, name)) = label.split_once('-') else { return };
    let Some(kind) = KINDS.iter().position(|k| *k == name).map(|i| Kind::ALL[i]) else { return };
    match article.entities.last_mut() {
        Some((last, of)) if place == "I" && *of == kind && last.end + 1 >= range.start => {
            last.end = range.end
        }
        _ => article.entities.push((range, kind)),
    }
}

/// Puts words together to a paragraph by the usual rules.
#[derive(Default)]
struct Typesetter {
    has_words: bool,
    is_quoting: bool,
}

impl Typesetter {
    /// Adds a word and tells where it stands.
    fn set(&mut self, text: &mut String, word: &str) -> Range<usize> {
        const CLOSING: [&str; 25] = [
            ",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "n't", "’s", "n’t", "”", "’", "'re", "'ve",
            "'ll", "'d", "'m", "...", "’re", "’ve", "’ll", "’m",
        ];
        let opens = text.ends_with(['(', '[', '“', '‘', '$', '£', '€']);
        let mut space = self.has_words && !CLOSING.contains(&word) && !opens;
        if word == "\"" {
            space &= !self.is_quoting;
            self.is_quoting = !self.is_quoting;
        } else if text.ends_with('"') && self.is_quoting {
            space = false;
        }
        match (space, self.has_words, text.is_empty()) {
            (true, ..) => text.push(' '),
            (_, false, false) => text.push_str("\n\n"),
            _ => {}
        }
        self.has_words = true;
        let start = text.len();
        text.push_str(word);
        start..text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treebank_gives_texts_sentences_and_parts() {
        let rows = "# newdoc id = a\n# text = It isn't late.\n1\tIt\tit\tPRON\t_\n2-3\tisn't\t_\t_\t_\n2\tis\tbe\tAUX\t_\n\
                    3\tn't\tnot\tPART\t_\n4\tlate\tlate\tADJ\t_\n5\t.\t.\tPUNCT\t_\n\n# newpar\n# text = Go!\n1\tGo\tgo\tVERB\t_\n";
        let found = documents(rows);
        assert_eq!(found[0].text, "It isn't late.\n\nGo!");
        assert_eq!(found[0].sentences, [0..14, 16..19]);
        let parts: Vec<_> =
            found[0].parts.iter().map(|(range, part)| (&found[0].text[range.clone()], *part)).collect();
        let wanted = [
            ("It", PartOfSpeech::Pronoun),
            ("is", PartOfSpeech::Auxiliary),
            ("n't", PartOfSpeech::Particle),
            ("late", PartOfSpeech::Adjective),
            (".", PartOfSpeech::Punctuation),
            ("Go", PartOfSpeech::Verb),
        ];
        assert_eq!(parts, wanted);
    }

    #[test]
    fn newswire_gives_texts_and_entities() {
        let rows = "# file = a\nAna\tB-Person\nRuiz\tI-Person\nleft\tO\nTern\tB-Location\n.\tO\n\nShe\tO\nsaid\tO\n\"\tO\nno\tO\n\"\tO\n.\tO\n";
        let found = articles(rows);
        assert_eq!(found[0].text, "Ana Ruiz left Tern.\n\nShe said \"no\".");
        let named: Vec<_> =
            found[0].entities.iter().map(|(range, kind)| (&found[0].text[range.clone()], *kind)).collect();
        assert_eq!(named, [("Ana Ruiz", Kind::Person), ("Tern", Kind::Place)]);
    }
}
