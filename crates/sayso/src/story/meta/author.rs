//! Who wrote a story: authors, the agency credited, and the byline as printed.
//!
//! Names come from JSON-LD, from `<meta>` and from what the page prints under its headline. The
//! first of these that names somebody is taken; another one that names all of them and more
//! replaces it. The outlet's own name is no author, and an agency is credited as agency.

use super::collect::{Facts, Mark, has_word};
use super::json_ld::{Graph, Node, is_a};
use super::moment::{self, Order};
use super::names::{Credit, Names, byword, is_picture, says_by};
use super::site::{Site, key};
use super::text::clean;
use crate::story::agency;
use serde_json::Value;
use std::ops::Range;

/// Who wrote a story.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// Names, one each.
    pub names: Vec<String>,
    /// Agency credited.
    pub agency: Option<String>,
    /// The byline as printed.
    pub byline: Option<String>,
}

/// `<meta>` names that name authors, best first.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author:name",
    "article:author_name",
    "article:byline",
    "articleauthor",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "byl",
    "byline",
    "authors",
    "article.author",
    "article-author",
    "article_author",
    "author_name",
    "og:author",
    "og:article:author",
    "bt:author",
    "vr:author",
    "citation_author",
    "creator",
];

/// Reads who wrote the story. `heading` is its printed headline.
pub(super) fn authors(
    facts: &Facts,
    graph: &Graph,
    article: Option<&Node>,
    heading: Option<&Mark>,
    site: &Site,
) -> Authors {
    let in_data =
        |name: &str| article.and_then(|n| n.get(name)).map(|v| in_value(graph, v, site)).unwrap_or_default();
    let mut stated = vec![in_data("author")];
    stated.extend(METAS.iter().map(|name| in_meta(facts, name, site)));
    stated.push(in_data("creator"));
    let printed = printed(facts, heading, site);
    let linked = linked(facts, heading, site);
    let mut chosen =
        stated.iter().chain([&printed.credit]).find(|c| !c.names.is_empty()).cloned().unwrap_or_default();
    if !printed.by.names.is_empty() && !is_printed(facts, heading, &chosen) {
        // What the page prints after "By" counts more than the account that filed the story.
        chosen = printed.by.clone();
    }
    let by = [&printed.by];
    let fuller = stated.iter().chain([&linked]).chain(by).filter(|c| c.covers(&chosen));
    let mut names = fuller.max_by_key(|c| c.names.len()).unwrap_or(&chosen).names.clone();
    let all = || stated.iter().chain([&printed.credit]);
    let agency = all().find_map(|c| c.agency.clone()).or_else(|| contributed(&facts.text));
    if names.is_empty() && agency.is_none() {
        // Nobody is named: the body that the page states as its author.
        names.extend(stated.iter().find_map(|c| c.outlet.clone()));
    }
    let byline = printed.line.map(|line| with_by(facts, line.clone(), &facts.spaced(line)));
    let byline = byline.or_else(|| facts.meta(&["byl", "article:byline"]).map(str::to_owned));
    Authors { names, agency, byline }
}

/// Whether the page prints one of the names near its headline.
fn is_printed(facts: &Facts, heading: Option<&Mark>, credit: &Credit) -> bool {
    let from = heading.map_or(0, |h| h.range.start);
    let start = facts.text.floor_char_boundary(from.saturating_sub(ABOVE));
    let end = facts.text.floor_char_boundary((from + BELOW).min(facts.text.len()));
    let near = key(&facts.text[start..end]);
    credit.names.iter().any(|name| near.contains(&key(name)))
}

/// The agency of a closing credit: "Reuters contributed to this report".
fn contributed(text: &str) -> Option<String> {
    let line = |at: usize| &text[text[..at].rfind('\n').map_or(0, |n| n + 1)..at];
    let before = |phrase: &str| {
        let at = text.find(phrase)?;
        // The names before the phrase: "Ana Ruiz and Reuters", in the last sentence of the line.
        let sentence = line(at).rsplit(". ").next()?;
        sentence
            .split([',', ';'])
            .flat_map(|s| s.split(" and "))
            .find_map(|name| agency::named(name.trim_start_matches("The ")))
    };
    let after = |phrase: &str| agency::leading(&text[text.find(phrase)? + phrase.len()..]);
    let found = before(" contributed to this ")
        .or_else(|| after("Reporting by "))
        .or_else(|| after("Reporting by the "));
    found.map(str::to_owned)
}

/// The names in an `author` of JSON-LD: a string, a person, or a list of either.
fn in_value(graph: &Graph, value: &Value, site: &Site) -> Credit {
    let mut names = Names::new(site);
    let mut people = Vec::new();
    let mut bodies = Vec::new();
    flatten(graph, value, 0, &mut { MOST_STATED }, &mut |node, name| {
        let body = node.is_some_and(|n| is_a(n, &["Organization"]));
        if body { bodies.push(clean(name)) } else { people.push(clean(name)) }
    });
    people.iter().for_each(|name| names.add(name));
    let some = !names.credit.names.is_empty();
    for body in &bodies {
        // A body beside people is their employer.
        if !some || agency::named(body).is_some() {
            names.add(body);
        }
    }
    names.credit
}

/// Lists and references nested deeper than this are not followed.
const DEEPEST: usize = 8;

/// Values looked at for the authors of one story: references may lead in circles.
const MOST_STATED: usize = 200;

/// Calls `found` with each name in a value and the object that holds it. `left` is how many
/// values may still be looked at.
fn flatten<'g>(
    graph: &'g Graph,
    value: &'g Value,
    depth: usize,
    left: &mut usize,
    found: &mut impl FnMut(Option<&'g Node>, &'g str),
) {
    if depth > DEEPEST || *left == 0 {
        return;
    }
    *left -= 1;
    match value {
        Value::String(name) => found(None, name),
        Value::Array(items) => items.iter().for_each(|item| flatten(graph, item, depth + 1, left, found)),
        Value::Object(node) => {
            let node = graph.resolve(node);
            match node.get("name") {
                Some(Value::String(name)) => found(Some(node), name),
                Some(other) => flatten(graph, other, depth + 1, left, found),
                None => node
                    .get("@list")
                    .into_iter()
                    .for_each(|list| flatten(graph, list, depth + 1, left, found)),
            }
        }
        _ => {}
    }
}

fn in_meta(facts: &Facts, name: &str, site: &Site) -> Credit {
    let mut names = Names::new(site);
    facts.all_meta(name).take(MOST_STATED).for_each(|content| names.add(content));
    names.credit
}

/// Words in a label that set pictures' credits and profiles apart from a story's byline.
const NOT_BYLINE: &[&str] = &[
    "image",
    "photo",
    "caption",
    "figure",
    "picture",
    "avatar",
    "foto",
    "bild",
    "media",
    "copyright",
    "desc",
    "bio",
    "title",
    "social",
    "follow",
    "button",
    "thumb",
    "comment",
    "related",
    "card",
    "source",
    "date",
    "time",
    "-more",
    "count",
    "role",
    "job",
    "sponsor",
];

/// Longest text of a byline with several names, roles and a date, in bytes.
const LONGEST_BYLINE: usize = 300;

/// How far below the headline a byline may begin, in bytes of visible text: past a standfirst
/// and a picture's caption.
const BELOW: usize = 2500;

/// How far above it may begin.
const ABOVE: usize = 300;

/// How far one author may stand from the next.
const NEXT: usize = 60;

/// What a page prints of its authors.
#[derive(Default)]
struct Printed {
    credit: Credit,
    /// The line of the first name.
    line: Option<Range<usize>>,
    /// The names of that line, where it says "By".
    by: Credit,
}

/// The names that the page prints near its headline, else in an element that is an author's by
/// its mark-up, wherever it stands.
fn printed(facts: &Facts, heading: Option<&Mark>, site: &Site) -> Printed {
    let fits = |m: &&Mark| m.beside(heading) && (1..=LONGEST_BYLINE).contains(&facts.text_of(m).len());
    let near = in_marks(facts, facts.credits.iter().filter(fits).filter(|m| is_near(m, heading)), site);
    let anywhere = || in_marks(facts, facts.credits.iter().filter(fits).filter(|m| is_author(m)), site);
    [near, unmarked(facts, heading, site)].into_iter().find(|p| p.credit.len() > 0).unwrap_or_else(anywhere)
}

/// The names that are links or elements of an author each, near the headline.
fn linked(facts: &Facts, heading: Option<&Mark>, site: &Site) -> Credit {
    let own =
        |m: &&Mark| m.beside(heading) && is_near(m, heading) && is_author(m) && matches!(m.tag, "a" | "span");
    in_marks(facts, facts.credits.iter().filter(own), site).credit
}

fn is_near(mark: &Mark, heading: Option<&Mark>) -> bool {
    let from = heading.map_or(0, |h| h.range.start);
    mark.range.start + ABOVE > from && mark.range.start < from + BELOW
}

/// Whether a mark is an author's by a whole word of its label.
fn is_author(mark: &Mark) -> bool {
    mark.label.split(' ').any(|word| matches!(word, "author" | "authorname" | "byline"))
}

/// Names in marked elements that follow each other closely.
fn in_marks<'m>(facts: &Facts, marks: impl Iterator<Item = &'m Mark>, site: &Site) -> Printed {
    let mut marks: Vec<&Mark> = marks.filter(|m| is_byline(m, facts.text_of(m))).collect();
    // Shorter ranges first where two begin together: the name before its box.
    marks.sort_by_key(|m| (m.range.start, m.range.end));
    let mut names = Names::new(site);
    let mut printed = Printed::default();
    let mut last = None;
    for mark in marks {
        if last.is_some_and(|end| mark.range.start > end + NEXT) {
            break;
        }
        let before = names.credit.len();
        let mut start = mark.range.start;
        for line in facts.text[mark.range.clone()].split_inclusive('\n') {
            let range = start..start + line.len();
            start = range.end;
            names.add_parts(line, &facts.parts(range.clone()));
            if names.credit.len() > before {
                last = Some(range.end);
                printed.note(facts, range, site);
                break;
            }
        }
    }
    printed.credit = names.credit;
    printed
}

impl Printed {
    /// Keeps the whole line in which the first name stands.
    fn note(&mut self, facts: &Facts, range: Range<usize>, site: &Site) {
        if self.line.is_none() {
            let start = facts.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let end = facts.text[start..].find('\n').map_or(facts.text.len(), |at| start + at);
            let line = start..end;
            let printed = with_by(facts, line.clone(), &facts.text[line.clone()]);
            if says_by(&printed) {
                let mut names = Names::new(site);
                names.add_printed(&printed);
                self.by = names.credit;
            }
            self.line = Some(line);
        }
    }
}

/// A line, printed as `own`, with the "By" that ends the line before it.
fn with_by(facts: &Facts, line: Range<usize>, own: &str) -> String {
    let own = own.trim();
    let before = facts.text[..line.start].trim_end().rsplit('\n').next().unwrap_or_default();
    let last = before.rsplit(' ').next().unwrap_or_default();
    let is_by = byword(&format!("{last} X")) == Some("X");
    if is_by { format!("{last} {own}") } else { own.to_owned() }
}

fn is_byline(mark: &Mark, text: &str) -> bool {
    let label = &mark.label;
    let picture = has_word(label, NOT_BYLINE) || (label.contains("credit") && byword(text).is_none());
    byword(text).is_some() || !picture
}

/// Lines below the headline in which an unmarked byline is looked for.
const LINES_BELOW: usize = 8;

/// Parts of a line that holds a name and a date which are looked at.
const MOST_PARTS: usize = 8;

/// A byline just below the headline that no label marks: "By Ana Ruiz", or a name and a date in
/// one line.
fn unmarked(facts: &Facts, heading: Option<&Mark>, site: &Site) -> Printed {
    let mut printed = Printed::default();
    let Some(heading) = heading else { return printed };
    let mut names = Names::new(site);
    let text = |line: &Range<usize>| facts.text[line.clone()].trim();
    let lines = facts.lines_after(heading.range.end).filter(|l| l.len() <= LONGEST_BYLINE / 2);
    let lines: Vec<Range<usize>> = lines.take(LINES_BELOW).filter(|l| !is_picture(text(l))).collect();
    let parted =
        |line: &Range<usize>| facts.parts(line.clone()).into_iter().take(MOST_PARTS).collect::<Vec<_>>();
    let dated = |line: &&Range<usize>| {
        let parts = parted(line);
        parts.len() > 1 && parts.iter().any(|part| moment::find(part, Order::DayFirst).is_some())
    };
    // A section beside a date is also a line of the navigation above.
    let above = |part: &str| facts.text[..heading.range.start].lines().any(|l| l.trim() == part);
    if let Some(line) = lines.iter().find(|l| says_by(text(l))) {
        names.add_printed(text(line));
        printed.note(facts, line.clone(), site);
    } else if let Some(line) = lines.iter().find(dated) {
        parted(line).into_iter().filter(|part| !above(part)).for_each(|part| names.add_printed(part));
        printed.note(facts, line.clone(), site);
    }
    printed.credit = names.credit;
    printed
}
