//! Reads a file of pages (JSON lines with `id`, `url` and `html`) and prints one line a page:
//! `{"id", "body", "title", "authors", "date"}`. On standard error: pages a second on one core and
//! the slowest page; with `--compare` also the crate `trafilatura`'s precision mode on the same
//! pages, the two taking turns page by page.

use sayso::page::{Page, PageKind};
use sayso::story::{self, ParagraphKind, Story};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let compare = args.iter().any(|a| a == "--compare");
    let theirs_only = args.iter().any(|a| a == "--crate");
    args.retain(|a| !a.starts_with("--"));
    let path = args.first().ok_or("usage: pages FILE.jsonl [--compare | --crate]")?;
    let mut out = std::io::stdout().lock();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let html = page["html"].as_str().unwrap_or_default();
        let id = page["id"].as_str().unwrap_or_default();
        if compare || theirs_only {
            let start = Instant::now();
            let body = crate_precision(html);
            theirs.push((start.elapsed(), id.to_owned()));
            if theirs_only {
                writeln!(out, "{}", json!({"id": id, "body": body}))?;
                continue;
            }
        }
        let input = Page {
            id: Some(id.to_owned()),
            address: page["url"].as_str().map(str::to_owned),
            kind: PageKind::Html,
            bytes: html.as_bytes().to_vec(),
            ..Page::default()
        };
        let start = Instant::now();
        let story = story::read(&input);
        ours.push((start.elapsed(), id.to_owned()));
        writeln!(out, "{}", prediction(id, &story))?;
    }
    report("sayso", &ours);
    report("crate, precision", &theirs);
    Ok(())
}

/// What the crate alone gives.
fn crate_precision(html: &str) -> String {
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true);
    trafilatura::extract(html, &options).map(|r| r.content_text).unwrap_or_default()
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

/// Prints speed and the slowest page of one reader.
fn report(name: &str, times: &[(Duration, String)]) {
    let Some((slowest, id)) = times.iter().max() else { return };
    let total: Duration = times.iter().map(|t| t.0).sum();
    let speed = times.len() as f64 / total.as_secs_f64();
    eprintln!("{name}: {speed:.1} pages/s, slowest {:.3} s ({id})", slowest.as_secs_f64());
}
