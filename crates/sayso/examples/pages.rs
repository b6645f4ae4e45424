//! Reads a file of pages (JSON lines with `id`, `url` and `html`) and prints one line a page:
//! `{"id", "body", "title", "authors", "date"}`. On standard error: pages a second on one core and
//! the slowest page.

use sayso::page::{Page, PageKind};
use sayso::story::{self, ParagraphKind, Story};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: pages FILE.jsonl")?;
    let mut out = std::io::stdout().lock();
    let mut times = Vec::new();
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let html = page["html"].as_str().unwrap_or_default();
        let id = page["id"].as_str().unwrap_or_default();
        let input = Page {
            id: Some(id.to_owned()),
            address: page["url"].as_str().map(str::to_owned),
            kind: PageKind::Html,
            bytes: html.as_bytes().to_vec(),
            ..Page::default()
        };
        let start = Instant::now();
        let story = story::read(&input);
        times.push((start.elapsed(), id.to_owned()));
        writeln!(out, "{}", prediction(id, &story))?;
    }
    report(&times);
    Ok(())
}

/// The story in the form that the scorer of pages reads.
fn prediction(id: &str, story: &Story) -> Value {
    let body: Vec<&str> = story
        .paragraphs
        .iter()
        .filter(|p| !matches!(p.kind, ParagraphKind::Headline | ParagraphKind::Other))
        .map(|p| p.span.slice(&story.text))
        .collect();
    let authors: Vec<&String> = story.meta.authors.iter().chain(&story.meta.agency).collect();
    json!({"id": id, "body": body.join("\n"), "title": story.meta.headline, "authors": authors,
        "date": story.meta.published, "language": story.meta.language, "notices": story.notices})
}

/// Prints speed and the slowest page.
fn report(times: &[(Duration, String)]) {
    let Some((slowest, id)) = times.iter().max() else { return };
    let total: Duration = times.iter().map(|t| t.0).sum();
    let speed = times.len() as f64 / total.as_secs_f64();
    eprintln!("{speed:.1} pages/s, slowest {:.3} s ({id})", slowest.as_secs_f64());
}
