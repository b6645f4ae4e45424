//! The headline, chosen among what a page gives as its title.
//!
//! A page names its story up to five times: the `<h1>`, OpenGraph, Twitter, JSON-LD and `<title>`.
//! They are made comparable by taking off the site's name and whatever stands beside a title
//! that another candidate gives alone; then the printed `<h1>` is taken, unless the others show
//! that it is not the headline: they agree against it, or it lacks or adds a kicker.

use super::collect::{Facts, Mark};
use super::json_ld::{Graph, Node, is_article};
use super::site::{Site, key};
use super::text::{clean, printed};
use serde_json::Value;

/// The headline of a page. `heading` is what [`heading()`] found.
pub(super) fn headline(
    facts: &Facts,
    graph: &Graph,
    article: Option<&Node>,
    heading: Option<&Mark>,
    site: &Site,
) -> Option<String> {
    let titles = Titles::read(facts, graph, article, heading, site);
    let chosen = titles.choose()?;
    let same = titles.all().into_iter().filter(|t| t.key == chosen.key);
    // Of equal ones the one with the most words: mark-up may glue a kicker to its headline.
    let widest = same.max_by_key(|t| (t.text.split_whitespace().count(), t.rank))?;
    Some(widest.text.clone()).filter(|t| !t.is_empty())
}

/// The `<h1>` that is the story's headline: the one most like the other titles.
pub(super) fn heading<'f>(facts: &'f Facts, article: Option<&Node>) -> Option<&'f Mark> {
    let others: Vec<Vec<String>> = [
        facts.meta(&["og:title"]).map(str::to_owned),
        facts.title.clone(),
        article.and_then(|node| string(node, "headline")),
    ]
    .iter()
    .flatten()
    .filter(|t| t.len() <= LONGEST_TITLE)
    .map(|t| words(t))
    .collect();
    let short = |h: &&Mark| (1..=LONGEST_TITLE).contains(&facts.text_of(h).len()) && !h.home;
    let printed = |tag: &'static str| facts.headings.iter().filter(short).filter(move |h| h.tag == tag);
    let likeness = |h: &Mark| {
        let own = words(facts.text_of(h));
        others.iter().map(|o| alike(&own, o)).fold(0.0, f64::max)
    };
    let best = |tag| best_by(printed(tag), likeness);
    match best("h1") {
        Some((h, score)) if score >= LIKE_ENOUGH => Some(h),
        first => match best_by(facts.headings.iter().filter(short).filter(|h| h.tag != "h1"), likeness) {
            Some((h, score)) if score >= SURELY_LIKE => Some(h),
            _ => first.and_then(|_| printed("h1").find(|h| h.region == 0)),
        },
    }
}

/// Longest text that may be a headline with its kicker, in bytes.
const LONGEST_TITLE: usize = 600;

/// Share of common words from which an `<h1>` is taken for the headline although another
/// element might be. Below it the page's own order decides.
const LIKE_ENOUGH: f64 = 0.2;

/// Share of common words from which a heading that is not an `<h1>` is taken.
const SURELY_LIKE: f64 = 0.8;

/// The first of the best marks.
fn best_by<'m>(
    marks: impl Iterator<Item = &'m Mark>,
    score: impl Fn(&Mark) -> f64,
) -> Option<(&'m Mark, f64)> {
    marks.map(|m| (m, score(m))).fold(None, |best, next| match best {
        Some((_, score)) if score >= next.1 => best,
        _ => Some(next),
    })
}

/// Common words over all words of both.
fn alike(a: &[String], b: &[String]) -> f64 {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let many_set: std::collections::BTreeSet<&String> = many.iter().collect();
    let few_set: std::collections::BTreeSet<&String> = few.iter().collect();
    let common = few_set.intersection(&many_set).count();
    let all = few_set.len() + many_set.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// The words of a title in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn string(node: &Node, name: &str) -> Option<String> {
    node.get(name).and_then(Value::as_str).map(clean).filter(|s| !s.is_empty())
}

/// A candidate, with its letters for comparison.
#[derive(Clone, Debug)]
struct Title {
    text: String,
    key: String,
    /// Whose spelling is preferred among equals.
    rank: u8,
}

/// The candidates of a page, the site's name taken off.
#[derive(Debug, Default)]
struct Titles {
    printed: Option<Title>,
    social: Option<Title>,
    card: Option<Title>,
    data: Option<Title>,
    head: Option<Title>,
}

/// Place of the printed heading among the candidates.
const PRINTED: usize = 0;

impl Titles {
    fn read(
        facts: &Facts,
        graph: &Graph,
        article: Option<&Node>,
        heading: Option<&Mark>,
        site: &Site,
    ) -> Titles {
        let data = article
            .and_then(|node| string(node, "headline"))
            .or_else(|| graph.nodes.iter().filter(|n| is_article(n)).find_map(|n| string(n, "headline")));
        let raw = [
            heading.map(|h| facts.text_of(h).to_owned()),
            facts.meta(&["og:title"]).map(str::to_owned),
            facts.meta(&["twitter:title", "parsely-title", "sailthru.title"]).map(str::to_owned),
            data,
            facts.title.clone(),
        ];
        let keys: Vec<Option<String>> = raw.iter().map(|t| t.as_deref().map(key)).collect();
        let mut titles = raw.iter().enumerate().map(|(at, text)| {
            let others = keys.iter().enumerate().filter(|(n, _)| *n != at).filter_map(|(_, k)| k.as_deref());
            let others: Vec<&str> = others.filter(|k| !k.is_empty()).collect();
            let text = text.as_deref().filter(|t| t.len() <= LONGEST_TITLE);
            let text = bare(text?, site, &others);
            // What is printed is text already: "the <b> tag" has no tag in it.
            let text = if at == PRINTED { printed(text) } else { clean(text) };
            let key = key(&text);
            (!key.is_empty()).then_some(Title { text, key, rank: 5 - u8::try_from(at).unwrap_or(5) })
        });
        let mut next = || titles.next().flatten();
        Titles { printed: next(), social: next(), card: next(), data: next(), head: next() }
    }

    fn all(&self) -> Vec<&Title> {
        [&self.printed, &self.social, &self.card, &self.data, &self.head].into_iter().flatten().collect()
    }

    fn choose(&self) -> Option<&Title> {
        let Some(printed) = &self.printed else {
            return self.data.as_ref().or(self.social.as_ref()).or(self.card.as_ref()).or(self.head.as_ref());
        };
        let same = |a: &Option<Title>, b: &Title| a.as_ref().is_some_and(|a| a.key == b.key);
        if let Some(social) = self.social.as_ref().filter(|s| s.key != printed.key) {
            let backed = same(&self.head, social) || same(&self.data, social);
            let agreed = same(&self.head, social) && self.data.as_ref().is_none_or(|d| d.key == social.key);
            // A title that only repeats the <h1> was not written for itself; the other one was.
            let whole = is_whole(social, printed) || same(&self.data, social);
            let written = same(&self.head, printed) && whole;
            if agreed || written || (backed && adds_kicker(social, printed)) {
                return Some(social);
            }
            if same(&self.data, social) && adds_kicker(printed, social) {
                return Some(social);
            }
        }
        if let Some(data) = self.data.as_ref().filter(|d| is_whole(d, printed)) {
            // <h1>, OpenGraph and <title> filled from one field; the headline proper is another.
            let one_field = |t: &Option<Title>| t.as_ref().is_some_and(|t| printed.key.starts_with(&t.key));
            let akin = alike(&words(&data.text), &words(&printed.text)) > 0.0 && !adds_kicker(data, printed);
            if one_field(&self.social) && same(&self.head, printed) && akin {
                return Some(data);
            }
        }
        Some(printed)
    }
}

/// Whether a title is one of its own: of some length, not cut off, not the other's beginning.
fn is_whole(title: &Title, other: &Title) -> bool {
    let cut = title.text.ends_with("...") || title.text.ends_with('…');
    let words = title.text.split_whitespace().count();
    // What lacks only the other's last words was cut off by a limit on length.
    let lacks = other.key.strip_prefix(&title.key).is_some_and(|rest| rest.len() < LONGEST_REST);
    words >= SHORTEST_TITLE && !cut && !lacks
}

/// Most that a limit on length takes off a title in the middle of its last words, in bytes.
const LONGEST_REST: usize = 20;

/// Fewest words of a title that is believed against the printed one.
const SHORTEST_TITLE: usize = 3;

/// Whether `long` is `short` with a kicker and a colon or stop before it.
fn adds_kicker(long: &Title, short: &Title) -> bool {
    let Some(kicker) = long.key.strip_suffix(&short.key) else { return false };
    let letters = kicker.chars().count();
    let mut seen = 0;
    let after = long.text.chars().skip_while(|c| {
        seen += usize::from(c.is_alphanumeric());
        seen < letters || (seen == letters && c.is_alphanumeric())
    });
    letters > 0
        && after
            .take_while(|c| !c.is_alphanumeric())
            .any(|c| matches!(c, ':' | '.' | '|' | '-' | '–' | '—' | '/'))
}

/// A title without the site's name, a section, or whatever stands beside a title that another
/// candidate gives alone.
fn bare<'t>(title: &'t str, site: &Site, others: &[&str]) -> &'t str {
    let cuts = separators(title);
    let alone = cuts.iter().flat_map(|cut| [&title[..cut.start], &title[cut.end..]]);
    if let Some(part) = alone.into_iter().find(|part| others.contains(&key(part).as_str())) {
        return bare(part, site, &[]);
    }
    let (mut from, mut to) = (0, title.len());
    for cut in cuts.iter().rev() {
        let last = &title[cut.end..to];
        let bar = title[cut.clone()].contains(BARS);
        if key(&title[..cut.start]).is_empty() || !(site.is_like(last) || (bar && is_rubric(last))) {
            break;
        }
        to = cut.start;
    }
    for cut in cuts.iter().filter(|c| c.end < to) {
        let first = &title[from..cut.start];
        let bar = title[cut.clone()].contains(BARS);
        if !(site.is_name(first) || (bar && is_rubric(first))) {
            break;
        }
        from = cut.end;
    }
    title[from..to].trim()
}

/// What kind of piece a story is, as sites print it beside the headline.
const RUBRICS: &[&str] = &[
    "opinion",
    "editorial",
    "analysis",
    "commentary",
    "column",
    "letter",
    "letters",
    "video",
    "watch",
    "exclusive",
    "review",
    "live",
    "podcast",
    "explainer",
    "interview",
    "meinung",
    "kommentar",
    "opinión",
    "opinion column",
];

fn is_rubric(text: &str) -> bool {
    RUBRICS.contains(&text.trim().to_lowercase().as_str())
}

/// Marks that always part a title; the line break is that of a kicker's own line in an `<h1>`.
const BARS: &[char] = &['|', 'ㅣ', '｜', '\n'];

/// Where a title may be parted: a dash, colon or bullet with white space around it, a bar
/// without.
fn separators(title: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (at, c) in title.char_indices() {
        let end = at + c.len_utf8();
        let (before, after) =
            (title[..at].trim_end().len(), end + title[end..].len() - title[end..].trim_start().len());
        let spaced = before < at && after > end;
        let parts = match c {
            _ if BARS.contains(&c) => true,
            '-' | '–' | '—' | '·' | '•' | '»' | '«' | '/' | ':' | '›' | '>' | '~' => spaced,
            _ => false,
        };
        if parts && before > 0 && after < title.len() {
            found.push(before..after);
        }
    }
    found
}
