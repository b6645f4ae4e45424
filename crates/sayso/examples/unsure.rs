//! Dumps what the confidence of found statements is judged by, as its scorer is trained on it.
//!
//! `unsure MODEL ROWS < GOLD > DUMP`: both are JSON lines, a story a line. What comes out are the statements that
//! the model finds in its text, as the scorers of statements read them, each with the `rows` of its features.

use std::io::{BufRead, BufWriter, Error, Write};

use sayso::model::Model;
use sayso::page::Page;
use sayso::text::{CodePoints, Span};
use sayso::wire::act_name;
use sayso::{attribution, coref, mention, quotation, statement, story, token};
use serde_json::{Value, json};

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = || Error::other("usage: unsure fast|accurate ROWS");
    let [model, count] = &arguments[..] else { return Err(usage()) };
    let model = match model.as_str() {
        "fast" => Model::fast(),
        "accurate" => Model::accurate(),
        _ => return Err(usage()),
    };
    let count = count.parse().map_err(|_| usage())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut out, &found(&gold, model, count))?;
        writeln!(out)?;
    }
    out.flush()
}

/// The statements of one story.
fn found(gold: &Value, model: &Model, count: usize) -> Value {
    let story = story::read(&Page::exact(gold["text"].as_str().unwrap_or_default()));
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    let reading = model.read(&tokens, &quotations);
    let clusters = coref::resolve(&tokens, mention::find(&tokens), &reading.tags);
    let attributions = attribution::find(&tokens, &quotations, &reading);
    let points = CodePoints::new(&story.text);
    let spans = |list: &[Span]| -> Vec<[usize; 2]> { list.iter().map(|s| points.span(*s)).collect() };
    let rows = statement::unsure(&tokens, &quotations, &clusters, attributions).into_iter().enumerate();
    let rows: Vec<Value> = rows
        .map(|(i, (s, features))| {
            json!({"id": i + 1, "source": spans(&s.source), "cue": spans(s.cue.as_slice()), "content": spans(&s.content),
                   "speaker": s.speaker, "act": act_name(s.act), "negated": s.negated,
                   "rows": features.rows(count).collect::<Vec<_>>()})
        })
        .collect();
    json!({"id": gold["id"], "text": story.text, "attributions": rows})
}
