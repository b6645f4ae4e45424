//! Under which names the site that printed a page is known: to name the outlet, and to tell the
//! site's name from headline and authors.

use super::collect::Facts;
use super::json_ld::{Graph, Node, is_a};
use serde_json::Value;

/// The names of a site.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// The name as the page prints it.
    pub name: Option<String>,
    /// All names, as letters and digits in lower case.
    keys: Vec<String>,
}

/// `<meta>` names that give the outlet's name, best first.
const NAMES: &[&str] = &[
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "cre",
    "al:ios:app_name",
    "al:android:app_name",
    "twitter:site",
    "twitter:app:name:iphone",
];

/// More names than this no site has; a list of bodies has.
const MOST_NAMES: usize = 64;

/// Letters and digits that may stand beside a site's name ("Online", "Sports News").
const MOST_BESIDE: usize = 12;

/// Shortest key that may be part of another: shorter ones are found by chance.
const SHORTEST_PART: usize = 4;

impl Site {
    /// Gathers the names. `address` is the page's own, as text.
    pub(super) fn read(facts: &Facts, graph: &Graph, article: Option<&Node>, address: Option<&str>) -> Site {
        let stated: Vec<&str> = NAMES.iter().filter_map(|name| facts.meta(&[name])).collect();
        let publisher = article.and_then(|node| publisher(graph, node));
        let organizations =
            graph.nodes.iter().filter(|n| is_a(n, &["Organization", "WebSite"])).filter_map(name_of);
        let named: Vec<&str> = publisher.into_iter().chain(organizations).collect();
        // A heading that leads to the front page is the site's name.
        let mastheads: Vec<&str> =
            facts.headings.iter().filter(|h| h.home).map(|h| facts.text_of(h)).collect();
        let is_name = |s: &&str| !s.starts_with(['@', '#']) && !s.contains("://");
        let name =
            stated.iter().take(1).chain(&named).chain(&stated).chain(&mastheads).copied().find(is_name);
        let host = address.and_then(host);
        let labels = host.iter().flat_map(|h| h.split('.').filter(|l| l.len() >= SHORTEST_PART));
        let mut keys: Vec<String> = stated
            .iter()
            .chain(&named)
            .chain(&mastheads)
            .copied()
            .chain(host.as_deref())
            .chain(labels)
            .map(key)
            .collect();
        keys.retain(|k| !k.is_empty());
        keys.truncate(MOST_NAMES);
        Site { name: name.map(first_part), keys }
    }

    /// Whether a text is the site's name, or one of its names and a word more ("CBC News").
    pub(super) fn is_like(&self, text: &str) -> bool {
        let text = key(text);
        let part =
            |a: &str, b: &str| b.len() >= SHORTEST_PART && a.len() <= b.len() + MOST_BESIDE && a.contains(b);
        self.keys.iter().any(|k| *k == text || part(k, &text) || part(&text, k))
    }

    /// Whether a name of the site is a word of the text ("MDR THÜRINGEN" on mdr.de).
    pub(super) fn is_word(&self, text: &str) -> bool {
        text.split_whitespace()
            .map(key)
            .any(|word| word.len() >= 3 && self.keys.iter().any(|k| *k == word || trimmed(k) == word))
    }

    /// Whether a text is one of the site's names, and nothing else but its ending (".com").
    pub(super) fn is_name(&self, text: &str) -> bool {
        let text = key(text);
        self.keys.iter().any(|k| *k == text || (text.len() >= SHORTEST_PART && trimmed(k) == trimmed(&text)))
    }
}

/// An outlet's name without its motto ("Harbour Post | News from the harbour").
fn first_part(name: &str) -> String {
    let ends = [" | ", " - ", " – ", " — ", ": "].into_iter().filter_map(|mark| name.find(mark));
    let part = ends.min().map_or(name, |end| &name[..end]);
    part.trim_start_matches('/').trim().to_owned()
}

/// A key without what outlets add to their names.
fn trimmed(key: &str) -> &str {
    let key = key.strip_prefix("www").unwrap_or(key);
    let key = key.strip_prefix("the").filter(|k| k.len() >= SHORTEST_PART).unwrap_or(key);
    ["com", "couk", "org", "net", "online", "news", "de", "nachrichten"]
        .iter()
        .find_map(|end| key.strip_suffix(end).filter(|k| k.len() >= SHORTEST_PART - 1))
        .unwrap_or(key)
}

/// The letters and digits of a text in lower case: what is left when names are compared.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn publisher<'g>(graph: &'g Graph, article: &'g Node) -> Option<&'g str> {
    match article.get("publisher")? {
        Value::String(name) => Some(name),
        Value::Object(node) => name_of(graph.resolve(node)),
        Value::Array(items) => {
            items.iter().find_map(|v| v.as_object().and_then(|n| name_of(graph.resolve(n))))
        }
        _ => None,
    }
}

fn name_of(node: &Node) -> Option<&str> {
    node.get("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty())
}

/// The host of an address without "www.".
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}
