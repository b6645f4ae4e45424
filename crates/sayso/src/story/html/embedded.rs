//! The story in a page's embedded data.
//!
//! Some pages show the beginning of a story and carry the whole of it as data for their scripts:
//! as `articleBody` of schema.org, or as rich text, a list of nodes of the type "paragraph" with
//! texts in them (the form of ProseMirror, Slate, Contentful and Portable Text). It is taken only
//! where it begins as what is shown does, so that no other story's data is.

use super::super::ParagraphKind;
use super::body::Piece;
use super::lines;
use super::tree::Tree;
use crate::story::dom::{Document, NodeId};
use serde_json::{Map, Value};

/// Characters from which what is shown is taken for the whole.
const WHOLE: usize = 2000;
/// How many times as long the embedded story must be.
const LONGER: f64 = 1.3;
/// Letters at the beginning of a paragraph that tell it from others.
const OPENING: usize = 40;
/// Characters from which an `articleBody` is a story where none is shown.
const ALONE: usize = 300;
/// Paragraphs of the embedded story among which it must begin as what is shown does.
const BEGINNING: usize = 10;
/// Nodes of the type "paragraph" that make a list of nodes rich text.
const RICH_NODES: usize = 3;

/// The whole story, where the page shows but the beginning of it or nothing.
pub(super) fn complete(document: &Document, shown: Vec<Piece>) -> Vec<Piece> {
    if length(&shown) >= WHOLE {
        return shown;
    }
    let openings: Vec<(usize, String)> =
        shown.iter().enumerate().filter_map(|(i, p)| opening(p).map(|o| (i, o))).collect();
    let mut best: Option<Vec<Piece>> = None;
    let holds_data = |script: &NodeId| {
        matches!(document.attribute(*script, "type"), Some("application/ld+json" | "application/json"))
    };
    for script in document.elements("script").filter(holds_data) {
        let Ok(data) = serde_json::from_str::<Value>(&document.own_text(script)) else { continue };
        for story in stories(&data) {
            let Some(whole) = joined(&shown, &openings, story) else { continue };
            if length(&whole) > best.as_ref().map_or(0, |b| length(b)) {
                best = Some(whole);
            }
        }
    }
    best.unwrap_or(shown)
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(_, text)| text.chars().count()).sum()
}

/// The first letters of a paragraph of running text.
fn opening((kind, text): &Piece) -> Option<String> {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).take(OPENING).collect();
    (*kind != ParagraphKind::Subhead && letters.chars().count() == OPENING).then_some(letters)
}

/// What is shown before the first paragraph that both have, and the embedded story from there on.
fn joined(shown: &[Piece], openings: &[(usize, String)], story: Embedded) -> Option<Vec<Piece>> {
    let pieces: Vec<Piece> = story.pieces.into_iter().filter(|(_, text)| !lines::is_clutter(text)).collect();
    if openings.is_empty() {
        return (story.named && length(&pieces) >= ALONE).then_some(pieces);
    }
    let embedded: Vec<Option<String>> = pieces.iter().take(BEGINNING).map(opening).collect();
    let (first, at) = openings
        .iter()
        .find_map(|(i, wanted)| Some((*i, embedded.iter().position(|o| o.as_ref() == Some(wanted))?)))?;
    let longer = length(&pieces[at..]) as f64 >= LONGER * length(&shown[first..]) as f64;
    longer.then(|| shown[..first].iter().chain(&pieces[at..]).cloned().collect())
}

/// A text that may be a story.
struct Embedded {
    pieces: Vec<Piece>,
    /// Whether the data names it as the body of an article.
    named: bool,
}

/// All texts in the data that may be stories.
fn stories(data: &Value) -> Vec<Embedded> {
    let mut found = Vec::new();
    let mut open = vec![data];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(body) = object.get("articleBody").and_then(Value::as_str) {
                    found.push(Embedded { pieces: paragraphs(body), named: true });
                }
                open.extend(object.values());
            }
            Value::Array(nodes) => {
                let pieces = rich_text(nodes);
                if pieces.iter().filter(|(kind, _)| *kind == ParagraphKind::Body).count() >= RICH_NODES {
                    found.push(Embedded { pieces, named: false });
                }
                open.extend(nodes);
            }
            _ => {}
        }
    }
    found
}

/// The paragraphs of a text with or without markup.
fn paragraphs(text: &str) -> Vec<Piece> {
    if text.contains(['<', '&']) {
        let lines = text.replace('\n', "<p>");
        let tree = Tree::new(&Document::parse(&super::guard::guard(&lines).html));
        return tree.blocks.into_iter().map(|b| (ParagraphKind::Body, b.text)).collect();
    }
    let lines = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|l| !l.is_empty()).map(|l| (ParagraphKind::Body, l)).collect()
}

fn rich_text(nodes: &[Value]) -> Vec<Piece> {
    let pieces = nodes.iter().filter_map(Value::as_object).filter_map(|node| {
        let kind = node_kind(node)?;
        let mut text = String::new();
        gather(node, &mut text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some((kind, text))
    });
    pieces.collect()
}

fn node_kind(node: &Map<String, Value>) -> Option<ParagraphKind> {
    let kind = ["type", "nodeType", "_type"].iter().find_map(|k| node.get(*k)).and_then(Value::as_str)?;
    match kind {
        "paragraph" | "p" | "block" => Some(ParagraphKind::Body),
        "blockquote" | "quote" => Some(ParagraphKind::Quote),
        _ if kind.starts_with("heading") || matches!(kind, "h2" | "h3" | "h4") => {
            Some(ParagraphKind::Subhead)
        }
        _ => None,
    }
}

/// Adds the texts within a node.
fn gather(node: &Map<String, Value>, text: &mut String) {
    for key in ["text", "value"] {
        if let Some(words) = node.get(key).and_then(Value::as_str) {
            text.push_str(words);
        }
    }
    for key in ["content", "children"] {
        let inner = node.get(key).and_then(Value::as_array);
        inner.into_iter().flatten().filter_map(Value::as_object).for_each(|n| gather(n, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: &str = "The council voted on Monday to close the old bridge over the river Tarn.";
    const REST: &str = "Engineers had found cracks in four of its pillars, the mayor said after the vote.";

    fn completed(script: &str, shown: &[&str]) -> Vec<String> {
        let document = Document::parse(script);
        let shown = shown.iter().map(|t| (ParagraphKind::Body, (*t).to_owned())).collect();
        complete(&document, shown).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn rich_text_that_begins_as_what_is_shown_completes_it() {
        let node =
            |text: &str| format!(r#"{{"type":"paragraph","content":[{{"type":"text","value":"{text}"}}]}}"#);
        let script = |first: &str| {
            format!(
                r#"<script type="application/json">{{"body":[{},{{"type":"ad"}},{},{}]}}</script>"#,
                node(first),
                node(REST),
                node(REST)
            )
        };
        assert_eq!(completed(&script(SHOWN), &["A lead.", SHOWN]), ["A lead.", SHOWN, REST, REST]);
        assert_eq!(
            completed(&script("Another story altogether, of another town and of other people."), &[SHOWN]),
            [SHOWN]
        );
    }

    #[test]
    fn an_article_body_stands_in_for_a_page_that_shows_nothing() {
        let body = format!("{SHOWN}\\n{REST}\\n{REST}\\n{REST}\\n{SHOWN}");
        let script = format!(
            r#"<script type="application/ld+json">{{"@graph":[{{"articleBody":"{body}"}}]}}</script>"#
        );
        assert_eq!(completed(&script, &[]), [SHOWN, REST, REST, REST, SHOWN]);
        assert_eq!(completed(r#"<script type="application/ld+json">{"articleBody":</script>"#, &[]), [""; 0]);
    }

    #[test]
    fn markup_in_an_article_body_is_read() {
        assert_eq!(paragraphs("<p>One &amp; two</p><p>Three</p>").len(), 2);
        assert_eq!(paragraphs("Tarn &amp; Co\nagain")[0].1, "Tarn & Co");
    }
}
