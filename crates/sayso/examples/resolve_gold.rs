//! Resolves attributions marked by hand: what [`sayso::statement::resolve`] makes of right spans.
//!
//! `resolve_gold GOLD.jsonl > PREDICTED.jsonl`; both hold one story a line, as the scorers read
//! them, with spans in code points.

mod gold;

use std::io::BufRead;

use sayso::model::Model;
use sayso::page::Page;
use sayso::statement::{self, Statement};
use sayso::text::{CodePoints, Span};
use sayso::{coref, figure, mention, period, quotation, story, token};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: resolve_gold GOLD.jsonl")?;
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        println!("{}", resolved(&gold));
    }
    Ok(())
}

/// The story with the fields that resolving gives, spans as marked.
fn resolved(gold: &Value) -> Value {
    let mut page = Page::exact(gold["text"].as_str().unwrap_or(""));
    page.given.published = gold["published"].as_str().map(str::to_owned);
    let story = story::read(&page);
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    // Names take their kind from tags; the better model's leave more to the rules that are looked at here.
    let tags = Model::accurate().read(&tokens, &quotations).tags;
    let clusters = coref::resolve(&tokens, mention::find(&tokens), &tags);
    let figures = figure::find(&tokens);
    let points = CodePoints::new(&story.text);
    let marked: Vec<&Value> = gold["attributions"].as_array().into_iter().flatten().collect();
    let attributions = marked.iter().map(|a| gold::attribution(a, &points)).collect();
    let statements =
        statement::resolve(&tokens, &quotations, &clusters, &figures, &period::find(&tokens), attributions);
    let rows: Vec<Value> = statements.iter().enumerate().map(|(i, s)| row(i, s, &points)).collect();
    json!({"id": gold["id"], "text": story.text, "attributions": rows})
}

fn row(index: usize, s: &Statement, points: &CodePoints<'_>) -> Value {
    let spans = |list: &[Span]| -> Vec<[usize; 2]> { list.iter().map(|s| points.span(*s)).collect() };
    let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    let figures: Vec<Value> = s
        .figures
        .iter()
        .map(|f| json!({"min": f.min, "max": f.max, "approx": f.approx, "unit": f.unit, "span": points.span(f.span)}))
        .collect();
    json!({
        "id": index + 1, "source": spans(&s.source), "cue": spans(s.cue.as_slice()), "content": spans(&s.content),
        "speaker": s.speaker, "form": name(&s.form), "kind": name(&s.kind), "act": name(&s.act),
        "negated": s.negated, "inside": s.inside.map(|i| i + 1), "figures": figures, "said_on": s.said_on,
        "answers": s.answers.map(|a| json!({"n": a.statement + 1, "stance": name(&a.stance)})),
    })
}
