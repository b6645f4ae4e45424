//! What a page says of itself: headline, byline, agency, dates, outlet, address, language.
//!
//! One walk of the page gathers its `<meta>` elements, JSON-LD, headings, bylines and dates
//! (`collect`); each reader then weighs the candidates for one field. Nothing is looked up by host.

mod author;
mod collect;
mod date;
mod json_ld;
mod moment;
mod names;
mod repair;
pub(crate) mod saved;
mod site;
mod text;
mod title;
mod words;

use super::Meta;
use super::dom::Document;
use collect::Facts;
use json_ld::{Graph, Node};
use serde_json::Value;
use url::Url;

/// What is read of a page beside its body.
pub struct Head {
    /// What the page says of itself.
    pub meta: Meta,
    /// Whether its JSON-LD says that it is a live blog.
    pub is_live: bool,
}

/// Reads the metadata of a parsed page. `address` is where the page came from, where known.
/// Dateline and the body's language are read elsewhere; `language` is the one declared.
///
/// Never fails; takes time linear in the page.
pub fn read(document: &Document, address: Option<&str>) -> Head {
    let facts = collect::collect(document);
    let graph = Graph::read(&facts.scripts);
    let url = canonical(&facts, address);
    let here = url.as_deref().or(address);
    let article = graph.article(here);
    let site = site::Site::read(&facts, &graph, article, here);
    let heading = title::heading(&facts, article);
    let authors = author::authors(&facts, &graph, article, heading, &site);
    let dates = date::dates(&facts, &graph, article, heading, here);
    let meta = Meta {
        headline: title::headline(&facts, &graph, article, heading, &site),
        byline: authors.byline,
        authors: authors.names,
        agency: authors.agency,
        dateline: None,
        published: dates.published,
        modified: dates.modified,
        outlet: site.name,
        language: language(&facts, article),
        url,
        captured: None,
    };
    Head { meta, is_live: graph.is_live() }
}

/// The canonical address, resolved against the page's own; that one where none is stated.
fn canonical(facts: &Facts, address: Option<&str>) -> Option<String> {
    let base = address.and_then(|a| Url::parse(a).ok());
    let stated = [facts.canonical.as_deref(), facts.meta(&["og:url"])];
    let resolve = |href: &str| match &base {
        Some(base) => base.join(href.trim()).ok(),
        None => Url::parse(href.trim()).ok(),
    };
    let web = |url: &Url| matches!(url.scheme(), "http" | "https");
    let found = stated.into_iter().flatten().filter_map(resolve).find(web);
    found.map(|url| url.to_string()).or_else(|| address.map(str::to_owned))
}

/// The declared language as a code of two letters.
fn language(facts: &Facts, article: Option<&Node>) -> Option<String> {
    let in_data = article.and_then(|node| node.get("inLanguage")).and_then(Value::as_str);
    let metas = facts.meta(&["og:locale", "content-language", "language", "dc.language"]);
    [facts.lang.as_deref(), in_data, metas].into_iter().flatten().find_map(code)
}

/// The two letters with which a language tag begins ("en-GB", "de_AT").
fn code(tag: &str) -> Option<String> {
    let tag = tag.trim().to_lowercase();
    let letters = tag.split(['-', '_']).next()?;
    (letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_lowercase())).then(|| letters.to_owned())
}

#[cfg(test)]
mod tests;
