//! Prints the cue candidates of stories given as JSON lines, with their features and their place in code
//! points, for training the weights of `data/cues.txt`.

use std::io::BufRead;

use sayso::text::CodePoints;
use sayso::{attribution, page::Page, quotation, story, token};

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let story = story::read(&Page::exact(row["text"].as_str().unwrap_or_default()));
        let tokens = token::tokens(&story);
        let points = CodePoints::new(&story.text);
        let sentences = token::sentences(&story, &tokens);
        let quotations = quotation::find(&story, &tokens);
        for found in attribution::cue_candidates(&story, &tokens, &sentences, &quotations) {
            let head = tokens[found.token].span;
            let [start, end] = points.span(head);
            let form = head.slice(&story.text).to_lowercase();
            println!("{}\t{start}\t{end}\t{form}\t{}", row["id"], found.features.join(" "));
        }
    }
    Ok(())
}
