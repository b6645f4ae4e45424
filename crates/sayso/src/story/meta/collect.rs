//! What the readers of metadata look at, gathered in one walk of the page.
//!
//! The page's visible text is written once, white space folded, one line a block element;
//! headings, bylines, times and links are ranges of it with the attributes that mark them. So
//! the walk is linear however deep elements that look like bylines are nested.

use super::text::{clean, fold_into};
use crate::story::dom::{self, Display, Document, NodeId};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// What the page holds that metadata may be read from.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The visible text, one line a block.
    pub text: String,
    /// `<meta>` elements: the name, property or itemprop in lower case, and the content.
    pub metas: Vec<(String, String)>,
    /// The first `<title>`.
    pub title: Option<String>,
    /// `lang` of `<html>`.
    pub lang: Option<String>,
    /// `<link rel="canonical">`.
    pub canonical: Option<String>,
    /// The text of each JSON-LD script.
    pub scripts: Vec<String>,
    /// `<h1>` to `<h3>` and whatever is marked as headline.
    pub headings: Vec<Mark>,
    /// Elements marked as byline or author.
    pub credits: Vec<Mark>,
    /// Bytes of the text at which elements begin and end, ascending.
    pub cuts: Vec<usize>,
    /// `<time>` elements and whatever is marked as a date.
    pub times: Vec<Mark>,
    /// Bytes of the text at which links to the site's front page begin, ascending.
    home_links: Vec<usize>,
}

/// A range of the visible text with what its element says of it.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Bytes of [`Facts::text`].
    pub range: Range<usize>,
    /// Tag name; empty for those never told apart.
    pub tag: &'static str,
    /// Class, id, `rel`, `itemprop` and test ids, in lower case, joined by spaces.
    pub label: String,
    /// The machine-readable value, from `content` or `datetime`.
    pub value: Option<String>,
    /// The outermost element around it that is navigation, an aside, a footer, a teaser or a
    /// comment, or is named so; 0 where there is none.
    pub region: u32,
    /// Whether it links to the site's front page, as a masthead does.
    pub home: bool,
}

impl Mark {
    /// Whether it stands in the page's main part, or in the one where the headline stands.
    pub(super) fn beside(&self, heading: Option<&Mark>) -> bool {
        self.region == 0 || heading.is_some_and(|h| h.region == self.region)
    }
}

impl Facts {
    /// The first non-empty content of the named `<meta>` elements, in the order of the names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(n, c)| n == name && !c.is_empty()))
            .map(|(_, c)| c.as_str())
    }

    /// The non-empty contents of one `<meta>` name, in the page's order.
    pub(super) fn all_meta<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> + use<'f> {
        self.metas.iter().filter(move |(n, c)| n == name && !c.is_empty()).map(|(_, c)| c.as_str())
    }

    /// The lines of the text from a byte on, empty ones left out.
    pub(super) fn lines_after(&self, from: usize) -> impl Iterator<Item = Range<usize>> {
        let mut start = from;
        let lines = self.text[from..].split_inclusive('\n').map(move |line| {
            start += line.len();
            start - line.len()..start
        });
        lines.filter(|line| !self.text[line.clone()].trim().is_empty())
    }

    /// The parts of a line of text that elements set apart.
    pub(super) fn parts(&self, line: Range<usize>) -> Vec<&str> {
        let from = self.cuts.partition_point(|&at| at <= line.start);
        let inner = self.cuts[from..].iter().copied().take_while(|&at| at < line.end);
        let mut start = line.start;
        let mut parts = Vec::new();
        for end in inner.chain([line.end]) {
            parts.push(self.text[start..end].trim());
            start = end;
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// A line of text with a space between elements that style sheets set apart, as a name and a
    /// desk ("Ana Ruiz" and "Harbour Desk"): where a small letter meets a capital.
    pub(super) fn spaced(&self, line: Range<usize>) -> String {
        let from = self.cuts.partition_point(|&at| at <= line.start);
        let mut spaced = String::with_capacity(line.len() + 1);
        let mut start = line.start;
        for &at in self.cuts[from..].iter().take_while(|&&at| at < line.end) {
            spaced.push_str(&self.text[start..at]);
            if self.text[..at].ends_with(char::is_lowercase)
                && self.text[at..].starts_with(char::is_uppercase)
            {
                spaced.push(' ');
            }
            start = at;
        }
        spaced.push_str(&self.text[start..line.end]);
        spaced
    }

    /// The visible text of a mark.
    pub(super) fn text_of(&self, mark: &Mark) -> &str {
        self.text[mark.range.clone()].trim()
    }
}

/// Walks the page once. Takes time linear in its size and no stack of its own.
pub(super) fn collect(document: &Document) -> Facts {
    let mut walk = Walk { document, facts: Facts::default(), at_break: true, regions: 0 };
    let mut stack = vec![Step::Enter(document.root(), 0)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(id, region) => walk.enter(id, region, &mut stack),
            Step::Leave { mark, kinds, block } => walk.leave(mark, kinds, block),
        }
    }
    walk.facts
}

enum Step {
    Enter(NodeId, u32),
    Leave { mark: Option<Mark>, kinds: Kinds, block: bool },
}

/// What an element may be; it may be several things at once.
#[derive(Clone, Copy, Default)]
struct Kinds {
    heading: bool,
    credit: bool,
    time: bool,
}

impl Kinds {
    fn any(self) -> bool {
        self.heading || self.credit || self.time
    }
}

struct Walk<'d> {
    document: &'d Document,
    facts: Facts,
    at_break: bool,
    regions: u32,
}

/// Words in a label that set an element and what it holds apart from the story.
const OUTSIDE: &[&str] = &[
    "related",
    "sidebar",
    "footer",
    "comment",
    "recommend",
    "teaser",
    "promo",
    "newsletter",
    "most-read",
    "mostread",
    "most-popular",
    "trending",
    "breadcrumb",
    "read-more",
    "readmore",
    "read-next",
    "also-read",
];

/// Words in a label that mark an author or a byline.
const CREDIT: &[&str] = &[
    "byline",
    "author",
    "autor",
    "auteur",
    "writer",
    "contributor",
    "creator",
    "signature",
    "firma",
    "redakt",
    "journalist",
    "reporter",
    "skribent",
    "forfatter",
    "person-name",
    "credit",
];

/// Attributes that say what an element is.
const LABELS: &[&str] =
    &["class", "id", "rel", "itemprop", "data-testid", "data-qa", "data-component", "data-hook"];

/// Words in a label that mark a headline.
const HEADING: &[&str] = &["headline"];

/// Words in a label that mark a date.
const TIME: &[&str] = &["date", "time", "publish", "posted", "fecha", "datum", "updated", "modified"];

/// Longest value of an attribute looked at, in bytes: labels and dates are short.
const LONGEST_LABEL: usize = 400;

impl<'d> Walk<'d> {
    fn enter(&mut self, id: NodeId, region: u32, stack: &mut Vec<Step>) {
        if let Some(text) = self.document.text(id) {
            fold_into(&mut self.facts.text, text, &mut self.at_break);
            return;
        }
        let tag = self.document.tag(id);
        let display = dom::display(tag);
        match tag {
            "meta" => self.meta(id),
            "link" => self.link(id),
            "script" => return self.script(id),
            "title" => return self.title(id),
            "html" => self.facts.lang = self.attribute(id, "lang").map(str::to_owned),
            // Machinery, but for the head, which holds what is read here, and buttons, on which some papers
            // print their authors' names.
            _ if display == Display::Silent && !matches!(tag, "head" | "button") => return,
            _ => {}
        }
        self.element(id, tag, display == Display::Inline, region, stack);
    }

    /// Opens an element that may hold visible text.
    fn element(&mut self, id: NodeId, tag: &str, inline: bool, region: u32, stack: &mut Vec<Step>) {
        let label = self.label(id);
        let said = said(&label);
        let opens = matches!(tag, "nav" | "aside" | "footer")
            || (!matches!(tag, "body" | "html" | "main") && said.outside);
        let region = if region == 0 && opens { self.next_region() } else { region };
        let kinds = Kinds {
            heading: matches!(tag, "h1" | "h2" | "h3") || said.heading,
            credit: said.credit,
            time: tag == "time" || said.time,
        };
        if !inline {
            self.break_line();
        }
        self.cut();
        if tag == "a" && self.attribute(id, "href").is_some_and(is_front_page) {
            self.facts.home_links.push(self.facts.text.len());
        }
        let mark = kinds.any().then(|| Mark {
            range: self.facts.text.len()..self.facts.text.len(),
            tag: known_tag(tag),
            value: self
                .attribute(id, "datetime")
                .or_else(|| self.attribute(id, "content"))
                .map(str::to_owned),
            label,
            region,
            home: false,
        });
        stack.push(Step::Leave { mark, kinds, block: !inline });
        stack.extend(self.document.children_reversed(id).map(|child| Step::Enter(child, region)));
    }

    fn next_region(&mut self) -> u32 {
        self.regions += 1;
        self.regions
    }

    /// Notes that an element begins or ends here.
    fn cut(&mut self) {
        let at = self.facts.text.len();
        if self.facts.cuts.last() != Some(&at) {
            self.facts.cuts.push(at);
        }
    }

    fn leave(&mut self, mark: Option<Mark>, kinds: Kinds, block: bool) {
        self.cut();
        if let Some(mut mark) = mark {
            mark.range.end = self.facts.text.len();
            let facts = &mut self.facts;
            let first = facts.home_links.partition_point(|at| *at < mark.range.start);
            mark.home = facts.home_links.get(first) == Some(&mark.range.start);
            let lists = [
                (kinds.heading, &mut facts.headings),
                (kinds.credit, &mut facts.credits),
                (kinds.time, &mut facts.times),
            ];
            for (_, list) in lists.into_iter().filter(|(wanted, _)| *wanted) {
                list.push(mark.clone());
            }
        }
        if block {
            self.break_line();
        }
    }

    fn break_line(&mut self) {
        if !self.facts.text.is_empty() && !self.facts.text.ends_with('\n') {
            self.facts.text.push('\n');
        }
        self.at_break = true;
    }

    fn meta(&mut self, id: NodeId) {
        let Some(content) = self.attribute(id, "content") else { return };
        for key in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = self.attribute(id, key) {
                self.facts.metas.push((name.trim().to_lowercase(), clean(content)));
            }
        }
    }

    fn link(&mut self, id: NodeId) {
        let rel = self.attribute(id, "rel").unwrap_or_default();
        if self.facts.canonical.is_none() && rel.eq_ignore_ascii_case("canonical") {
            let href = self.attribute(id, "href").filter(|href| !href.trim().is_empty());
            self.facts.canonical = href.map(str::to_owned);
        }
    }

    fn script(&mut self, id: NodeId) {
        let kind = self.attribute(id, "type").unwrap_or_default().to_lowercase();
        if kind.trim().starts_with("application/ld+json") {
            self.facts.scripts.push(self.document.own_text(id));
        }
    }

    fn title(&mut self, id: NodeId) {
        if self.facts.title.is_none() {
            self.facts.title = Some(clean(&self.document.own_text(id))).filter(|t| !t.is_empty());
        }
    }

    fn attribute(&self, id: NodeId, name: &str) -> Option<&'d str> {
        self.document.attribute(id, name)
    }

    /// What an element is called by those who wrote the page.
    fn label(&self, id: NodeId) -> String {
        let mut label = String::new();
        for name in LABELS {
            if let Some(value) = self.attribute(id, name)
                && label.len() + value.len() < LONGEST_LABEL
            {
                label.push_str(value);
                label.push(' ');
            }
        }
        label.make_ascii_lowercase();
        label
    }
}

/// Whether an address is that of a site's front page: no path at all.
fn is_front_page(href: &str) -> bool {
    let href = href.trim();
    let path =
        href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    matches!(path.trim_end_matches('/'), "" | "." | "index.html" | "index.php") && !href.is_empty()
}

/// What a label says of its element.
#[derive(Clone, Copy, Default)]
struct Said {
    outside: bool,
    heading: bool,
    credit: bool,
    time: bool,
}

/// All words of labels, found in one pass: every element of a page is asked.
static LABEL_WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [OUTSIDE, HEADING, CREDIT, TIME].concat();
    AhoCorasick::new(words).expect("the words are few and short")
});

fn said(label: &str) -> Said {
    let mut said = Said::default();
    if label.is_empty() {
        return said;
    }
    for found in LABEL_WORDS.find_overlapping_iter(label) {
        let mut word = found.pattern().as_usize();
        let kinds = [
            (OUTSIDE, &mut said.outside),
            (HEADING, &mut said.heading),
            (CREDIT, &mut said.credit),
            (TIME, &mut said.time),
        ];
        for (words, flag) in kinds {
            if word < words.len() {
                *flag = true;
                break;
            }
            word -= words.len();
        }
    }
    said
}

/// Whether a label holds one of the words, as part of a longer word too ("article__byline").
pub(super) fn has_word(label: &str, words: &[&str]) -> bool {
    !label.is_empty() && words.iter().any(|word| label.contains(word))
}

/// A tag's name as a constant: only those told apart later.
fn known_tag(tag: &str) -> &'static str {
    ["h1", "a", "span"].into_iter().find(|known| *known == tag).unwrap_or("")
}
