//! Dumps what the acts and answers of marked statements are judged by, as the scorers are trained on it.
//!
//! `judged ACT_ROWS ANSWER_ROWS < GOLD > DUMP`: both are JSON lines, a story a line, spans in code points. What
//! comes out has for each statement the rows of its act's features, and the candidates that it may answer (an
//! index or null) with the rows of theirs.

mod gold;

use std::io::{BufRead, BufWriter, Error, Write};

use sayso::model::Model;
use sayso::page::Page;
use sayso::text::CodePoints;
use sayso::{coref, figure, mention, period, quotation, statement, story, token};
use serde_json::{Value, json};

fn main() -> Result<(), Error> {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let [acts, answers] = counts[..] else { return Err(Error::other("usage: judged ACT_ROWS ANSWER_ROWS")) };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut out, &judged(&gold, acts, answers))?;
        writeln!(out)?;
    }
    out.flush()
}

/// The features of one story.
fn judged(gold: &Value, acts: usize, answers: usize) -> Value {
    let story = story::read(&Page::exact(gold["text"].as_str().unwrap_or_default()));
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    let tags = Model::fast().read(&tokens, &quotations).tags;
    let clusters = coref::resolve(&tokens, mention::find(&tokens), &tags);
    let figures = figure::find(&tokens);
    let points = CodePoints::new(&story.text);
    let marked = gold["attributions"].as_array().into_iter().flatten();
    let attributions = marked.map(|a| gold::attribution(a, &points)).collect();
    let statements =
        statement::resolve(&tokens, &quotations, &clusters, &figures, &period::find(&tokens), attributions);
    let judged = statement::judged(&tokens, &statements);
    let acts: Vec<Vec<usize>> = judged.acts.iter().map(|f| f.rows(acts).collect()).collect();
    let answers: Vec<Vec<Value>> = judged
        .answers
        .iter()
        .map(|own| own.iter().map(|(j, f)| json!([j, f.rows(answers).collect::<Vec<_>>()])).collect())
        .collect();
    json!({"id": gold["id"], "acts": acts, "answers": answers})
}
