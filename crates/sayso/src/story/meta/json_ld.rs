//! JSON-LD blocks: read leniently, flattened to their nodes, and the node of the story chosen.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// An object of JSON-LD.
pub(super) type Node = Map<String, Value>;

/// All nodes of a page's JSON-LD.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Top-level objects, `@graph` members and list items, in the page's order.
    pub nodes: Vec<Node>,
    /// Position in `nodes` by `@id`, of the node that says most.
    by_id: HashMap<String, usize>,
}

/// Objects and arrays deeper than this are not followed. serde_json itself refuses 128.
const DEEPEST: usize = 32;

impl Graph {
    /// Reads the scripts; what cannot be repaired is left out.
    pub(super) fn read(scripts: &[String]) -> Graph {
        let mut graph = Graph::default();
        for script in scripts {
            for value in super::repair::values(script) {
                graph.add(value, 0);
            }
        }
        graph.index();
        graph
    }

    /// Takes a value apart into nodes: arrays, `@graph` and `mainEntity` give their members.
    fn add(&mut self, value: Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.add(item, depth + 1)),
            Value::Object(mut node) => {
                let inner: Vec<Value> = ["@graph", "mainEntity", "mainEntityOfPage"]
                    .iter()
                    .filter_map(|key| match node.get(*key) {
                        Some(Value::Object(_) | Value::Array(_)) => node.remove(*key),
                        _ => None,
                    })
                    .collect();
                self.nodes.push(node);
                inner.into_iter().for_each(|value| self.add(value, depth + 1));
            }
            _ => {}
        }
    }

    fn index(&mut self) {
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(id) = node.get("@id").and_then(Value::as_str) else { continue };
            match self.by_id.get(id) {
                Some(&known) if self.nodes[known].len() >= node.len() => {}
                _ => {
                    self.by_id.insert(id.to_owned(), at);
                }
            }
        }
    }

    /// The object itself, or the one it refers to by `@id`.
    pub(super) fn resolve<'g>(&'g self, node: &'g Node) -> &'g Node {
        let refers = node.len() <= 2 && !node.contains_key("name");
        let id = node.get("@id").and_then(Value::as_str).filter(|_| refers);
        id.and_then(|id| self.by_id.get(id)).map_or(node, |&at| &self.nodes[at])
    }
}

/// Whether a node is a story.
pub(super) fn is_article(node: &Node) -> bool {
    is_a(node, &["Article", "Posting", "Report", "Review", "NewsStory"])
}

/// Whether a node is of a type whose name ends so ("Article" for "NewsArticle").
pub(super) fn is_a(node: &Node, ends: &[&str]) -> bool {
    let fits = |value: &Value| value.as_str().is_some_and(|t| ends.iter().any(|end| t.ends_with(end)));
    match node.get("@type") {
        Some(Value::Array(types)) => types.iter().any(fits),
        Some(value) => fits(value),
        None => false,
    }
}

impl Graph {
    /// Whether a node of the page's own says that it is a live blog.
    pub(super) fn is_live(&self) -> bool {
        self.nodes.iter().any(|node| is_a(node, &["LiveBlogPosting"]))
    }

    /// The node of the page's story: the first of a story's type, one with this address before
    /// others, else the first node with a headline.
    pub(super) fn article(&self, address: Option<&str>) -> Option<&Node> {
        let stories = || self.nodes.iter().filter(|n| is_article(n));
        let here = |n: &&Node| {
            let own = ["url", "@id", "mainEntityOfPage"]
                .iter()
                .filter_map(|key| n.get(*key).and_then(Value::as_str));
            address.is_some_and(|address| own.map(bare_address).any(|a| a == bare_address(address)))
        };
        stories()
            .find(here)
            .or_else(|| stories().find(|n| n.contains_key("headline") || n.contains_key("datePublished")))
            .or_else(|| stories().next())
            .or_else(|| self.nodes.iter().find(|n| n.contains_key("headline")))
    }
}

/// An address without scheme, query, fragment and final slash.
fn bare_address(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}
