//! Dumps the features of texts, as the models are trained on them.
//!
//! `features VOCABULARY < TEXTS > FEATURES`: both are JSON lines, an `id` and a `text` a line in,
//! one list entry a token for every feature out. Offsets are code points.

use std::io::{BufRead, BufWriter, Error, Write};

use sayso::features::{self, Vocabulary};
use sayso::page::Page;
use sayso::text::CodePoints;
use sayso::{quotation, story, token};
use serde_json::{Value, json};

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).ok_or_else(|| Error::other("usage: features VOCABULARY"))?;
    let vocabulary = Vocabulary::new(&std::fs::read_to_string(path)?);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let mut dumped = dump(text, &vocabulary);
        dumped["id"] = row["id"].clone();
        serde_json::to_writer(&mut out, &dumped)?;
        writeln!(out)?;
    }
    out.flush()
}

/// The features of one text.
fn dump(text: &str, vocabulary: &Vocabulary) -> Value {
    let story = story::read(&Page::exact(text));
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    let found = features::features(&tokens, &quotations);
    let tokens = &tokens.list;
    let points = CodePoints::new(&story.text);
    let words = || tokens.iter().map(|t| t.span.slice(&story.text));
    let mut lower = String::new();
    let quoted = features::quoted_tokens(tokens, &quotations);
    json!({
        "start": tokens.iter().map(|t| points.at(t.span.start as usize)).collect::<Vec<_>>(),
        "end": tokens.iter().map(|t| points.at(t.span.end as usize)).collect::<Vec<_>>(),
        "sentence": found.iter().map(|f| f.sentence).collect::<Vec<_>>(),
        "paragraph": found.iter().map(|f| f.paragraph).collect::<Vec<_>>(),
        "quotation": found.iter().map(|f| f.quotation as u8).collect::<Vec<_>>(),
        "shape": found.iter().map(|f| f.shape as u8).collect::<Vec<_>>(),
        "boundary": found.iter().map(|f| f.boundary as u8).collect::<Vec<_>>(),
        "gap": found.iter().map(|f| u8::from(f.gap)).collect::<Vec<_>>(),
        "pieces": words().map(|w| { let mut p = Vec::new(); vocabulary.cut(w, &mut p); p }).collect::<Vec<_>>(),
        "buckets": words().map(|w| features::buckets(w, &mut lower)).collect::<Vec<_>>(),
        "quotations": quoted.iter().zip(&quotations)
            .filter(|((start, end), _)| start < end)
            .map(|(&(start, end), q)| json!([start, end - 1, q.continues])).collect::<Vec<_>>(),
    })
}
