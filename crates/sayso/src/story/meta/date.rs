//! When a story was published and last changed.

use super::collect::{Facts, Mark, has_word};
use super::json_ld::{Graph, Node, is_article};
use super::moment::{Moment, Order, find, value};
use super::names::byword;
use serde_json::Value;
use std::ops::Range;

/// The dates of a story.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// RFC 3339 or an ISO date.
    pub published: Option<String>,
    /// The same, where it differs from `published`.
    pub modified: Option<String>,
}

/// `<meta>` names that give the time of publication, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published:time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "og:pubdate",
    "publication_date",
    "publicationdate",
    "publish_date",
    "publishdate",
    "publish-date",
    "published_at",
    "published_date",
    "published-date",
    "publishedtime",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dcterms.date",
    "dc.date",
    "date.available",
    "date.created",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "pubdate",
    "pub_date",
    "article_date_original",
    "article.published",
    "article-publish-date",
    "ptime",
    "pdate",
    "pub-date",
    "originalpublicationdate",
    "vr:published_time",
    "bt:pubdate",
    "lastmod-published",
    "analyticsattributes.articledate",
    "displaydate",
    "release_date",
    "timestamp",
    "date",
];

/// `<meta>` names that give the time of the last change, best first.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified:time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "article:modified",
    "article:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "date.modified",
    "date.updated",
    "cxenseparse:recs:modified_time",
    "modified_time",
    "updated_time",
    "last-modified",
    "lastmod",
    "last_modified",
    "revised",
];

/// Words that mark a printed date as that of a change, in labels and in text.
const CHANGED: &[&str] = &[
    "updated",
    "modified",
    "update",
    "aktualisiert",
    "aktualisierung",
    "actualizado",
    "mis à jour",
    "modifié",
    "aggiornato",
    "atualizado",
    "bijgewerkt",
    "oppdatert",
    "opdateret",
    "uppdaterad",
    "güncelleme",
    "aktualizace",
    "aktualizacja",
    "päivitetty",
    "обновлено",
    "dateline-modified",
    "lastmod",
    "moddate",
    "geändert",
];

/// How far from the headline a printed date may stand, in bytes of visible text.
const NEAR: usize = 1500;

/// Days by which a printed date must differ from the stated one to be another date, not the
/// same in another zone.
const ANOTHER_DAY: i64 = 2;

/// Reads the dates. `heading` is the story's printed headline.
pub(super) fn dates(
    facts: &Facts,
    graph: &Graph,
    article: Option<&Node>,
    heading: Option<&Mark>,
    address: Option<&str>,
) -> Dates {
    let order = order(facts, address);
    let read = |text: &str| value(text, order);
    let in_data = |name: &str| article.and_then(|node| text_of(node, name)).and_then(read);
    let in_meta = |names: &[&str]| names.iter().find_map(|name| facts.all_meta(name).find_map(read));
    let printed = printed(facts, heading, order, false);
    let published = in_data("datePublished")
        .or_else(|| {
            graph
                .nodes
                .iter()
                .filter(|n| is_article(n))
                .find_map(|n| text_of(n, "datePublished"))
                .and_then(read)
        })
        .or_else(|| in_meta(PUBLISHED));
    let modified =
        in_data("dateModified").or_else(|| in_meta(MODIFIED)).or_else(|| marked(facts, heading, order));
    let published = published
        .map(|stated| reprinted(stated, printed.as_ref(), modified.as_ref()))
        .or_else(|| in_data("dateCreated"))
        .or_else(|| in_data("uploadDate"))
        .or(printed)
        .or_else(|| graph.nodes.iter().find_map(|n| text_of(n, "datePublished")).and_then(read))
        .or_else(|| address.and_then(in_address));
    // Where only a change is dated, that is the nearest to a publication that the page tells.
    let own = published.as_ref().map(Moment::iso);
    let published = published
        .or_else(|| self::printed(facts, heading, order, true))
        .or_else(|| {
            facts
                .title
                .as_deref()
                .filter(|t| t.len() <= LONGEST_DATE_LINE)
                .and_then(|t| find(t, order))
                .map(|(moment, _)| moment)
        })
        .or_else(|| modified.clone());
    let published = published.map(|moment| moment.iso());
    let modified = modified.map(|moment| moment.iso()).filter(|m| Some(m) != own.as_ref());
    Dates { published, modified }
}

/// The printed date where the page shows another than it states: a story printed anew under a
/// later date, which is not later than its last change.
fn reprinted(stated: Moment, printed: Option<&Moment>, modified: Option<&Moment>) -> Moment {
    let later = |a: &Moment, b: &Moment| (a.day - b.day).num_days();
    match (printed, modified) {
        (Some(printed), Some(modified))
            if later(printed, &stated) >= ANOTHER_DAY && later(printed, modified) < ANOTHER_DAY =>
        {
            printed.clone()
        }
        _ => stated,
    }
}

fn text_of<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match node.get(name)? {
        Value::String(text) => Some(text),
        Value::Array(items) => items.iter().find_map(Value::as_str),
        Value::Object(inner) => inner.get("@value").and_then(Value::as_str),
        _ => None,
    }
}

/// Whether the page writes day or month first: by the country of its language tags, else of its address,
/// else by its language; English of no country is taken for that of the United States.
fn order(facts: &Facts, address: Option<&str>) -> Order {
    let tags = [facts.lang.as_deref(), facts.meta(&["og:locale", "content-language", "dc.language"])];
    let tags = tags.into_iter().flatten().map(|tag| tag.trim().to_lowercase().replace('_', "-"));
    let mut language = None;
    for tag in tags {
        match tag.split_once('-') {
            Some((_, country)) if country.len() >= 2 => return of_country(country),
            _ => language = language.or(Some(tag)),
        }
    }
    let domain = address.and_then(domain).filter(|d| d.len() == 2);
    match (domain, language.as_deref()) {
        (Some(country), _) => of_country(country),
        (None, Some("en")) => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

/// Month first in the United States, and where their way of writing is the common one.
fn of_country(country: &str) -> Order {
    if matches!(country, "us" | "ph") { Order::MonthFirst } else { Order::DayFirst }
}

/// The last label of an address' host ("uk").
fn domain(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    host.rsplit_once('.').map(|(_, last)| last)
}

/// The date that the page prints nearest after its headline, else before it. With `any`, an
/// updated one too.
fn printed(facts: &Facts, heading: Option<&Mark>, order: Order, any: bool) -> Option<Moment> {
    let from = heading.map_or(0, |h| h.range.start);
    let near = |m: &&Mark| m.beside(heading) && m.range.start + NEAR > from && m.range.start < from + NEAR;
    let read = |mark: &Mark| {
        let text = facts.text_of(mark);
        if text.len() > LONGEST_DATE_LINE || (!any && (has_word(&mark.label, CHANGED) || tells_change(text)))
        {
            return None;
        }
        let stated = mark.value.as_deref().and_then(|v| value(v, order));
        stated.or_else(|| find(text, order).map(|(moment, _)| moment))
    };
    let mut marks: Vec<&Mark> = facts.times.iter().filter(near).collect();
    marks.sort_by_key(|m| (m.range.start < from, m.range.start.abs_diff(from)));
    marks.into_iter().find_map(read).or_else(|| near_line(facts, heading?, order, any))
}

/// The value of an element that is marked as the date of the last change by a property of schema.org.
fn marked(facts: &Facts, heading: Option<&Mark>, order: Order) -> Option<Moment> {
    let is_marked = |m: &&Mark| m.label.split(' ').any(|word| word == "datemodified") && m.beside(heading);
    facts.times.iter().filter(is_marked).find_map(|m| m.value.as_deref().and_then(|v| value(v, order)))
}

/// Longest line that is a date with its clock, place and label.
const LONGEST_DATE_LINE: usize = 160;

/// Lines below a headline in which an unmarked date is looked for.
const LINES_BELOW: usize = 12;

/// Longest text beside an unmarked date, in bytes: a longer one is a sentence about a day.
const LONGEST_BESIDE: usize = 40;

/// Longest names, roles and words for "published" beside the date of a byline, in bytes.
const LONGEST_BYLINE: usize = 100;

/// A date printed by itself just below the headline.
fn near_line(facts: &Facts, heading: &Mark, order: Order, any: bool) -> Option<Moment> {
    let lines = facts.lines_after(heading.range.end).take(LINES_BELOW);
    let short =
        lines.filter(|l| l.len() <= LONGEST_DATE_LINE && (any || !tells_change(&facts.text[l.clone()])));
    let in_line = |line: Range<usize>| {
        let parts = facts.parts(line.clone());
        let texts = parts.into_iter().chain([&facts.text[line]]);
        let found =
            texts.map(|text| (text, find(text, order))).find_map(|(text, found)| found.map(|f| (text, f)));
        let most = |text: &str| if byword(text).is_some() { LONGEST_BYLINE } else { LONGEST_BESIDE };
        found.filter(|(text, (_, range))| text.len() - range.len() <= most(text))
    };
    short.filter_map(in_line).map(|(_, (moment, _))| moment).next()
}

fn tells_change(text: &str) -> bool {
    has_word(&text.to_lowercase(), CHANGED)
}

/// A day in the path of an address: `/2025/04/09/`, `/2025/apr/09/`, `/2025-04-09-`, `/20250409/`.
fn in_address(address: &str) -> Option<Moment> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    path.match_indices('/').find_map(|(at, _)| {
        let rest = &path[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 4 || digits == 8)
            .then(|| super::moment::value(rest.get(..11).unwrap_or(rest), Order::DayFirst))
            .flatten()
    })
}
