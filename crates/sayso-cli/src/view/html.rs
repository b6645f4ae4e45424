//! The web view of a story: one self-contained page, the text with its statements marked and a
//! panel of voices beside it.
//!
//! The page has no script at all, and its content security policy forbids any, so nothing that a
//! news page smuggles into its text can run. Following a number from the text to the panel and
//! back are plain links; lighting up a statement's words is done by `:has()` rules.

use sayso::analysis::Analysis;
use sayso::figure::Figure;
use sayso::statement::{Act, Form, Kind, Statement};
use sayso::story::{Paragraph, ParagraphKind, Story};
use sayso::text::Span;
use std::fmt::Write;

const STYLE: &str = include_str!("html.css");

/// What stands before the first story, whose headline is the page's title.
pub(crate) fn head(first: &Analysis) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape(title(&first.story))
    )
}

/// One story; `number` tells the stories of one page apart, from 1.
pub(crate) fn article(analysis: &Analysis, number: usize) -> String {
    let view = View { analysis, voices: voices(&analysis.statements), number };
    let mut out = String::new();
    let _ = write!(out, "<article>\n{}", view.style());
    let marks = Marks::new(&view);
    view.header(&marks, &mut out);
    out.push_str("<div class=\"columns\">\n");
    view.text(&marks, &mut out);
    view.panel(&mut out);
    out.push_str("</div>\n</article>\n");
    out
}

/// What stands after the last story.
pub(crate) fn foot() -> String {
    format!(
        "</main>\n<footer>Read by sayso {}. Who says what was found by machine and has not been checked by hand.</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// A speaker with the indices of their statements.
struct Voice<'a> {
    name: Option<&'a str>,
    statements: Vec<usize>,
}

/// The voices of a story, in the order in which they are first heard.
fn voices(statements: &[Statement]) -> Vec<Voice<'_>> {
    let mut found: Vec<Voice> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for (n, statement) in statements.iter().enumerate() {
        let name = statement.speaker.as_deref();
        let voice = *index.entry(name).or_insert_with(|| {
            found.push(Voice { name, statements: Vec::new() });
            found.len() - 1
        });
        found[voice].statements.push(n);
    }
    found
}

struct View<'a> {
    analysis: &'a Analysis,
    voices: Vec<Voice<'a>>,
    number: usize,
}

impl View<'_> {
    fn story(&self) -> &Story {
        &self.analysis.story
    }

    /// Rules that light up the words of the statement under the pointer, the focus or the link.
    fn style(&self) -> String {
        let n = self.number;
        let mut out = String::from("<style>\n");
        for s in 1..=self.analysis.statements.len() {
            let _ = writeln!(
                out,
                "article:has(:is(#a{n}s{s},#a{n}r{s}):is(:hover,:focus-within,:target)) :is(.a{n}m{s},#a{n}r{s}){{background:var(--lit)}}"
            );
        }
        out.push_str("</style>\n");
        out
    }

    fn header(&self, marks: &Marks, out: &mut String) {
        let meta = &self.story().meta;
        out.push_str("<header>\n");
        if let Some(outlet) = &meta.outlet {
            let _ = writeln!(out, "<p class=\"outlet\">{}</p>", escape(outlet));
        }
        let _ = write!(out, "<h1{}>", self.lang());
        match self.headline() {
            Some(index) => marks.write(out, index, self.story().paragraphs[index].span),
            None => out.push_str(&escape(title(self.story()))),
        }
        out.push_str("</h1>\n");
        let date = |label: &str, value: &Option<String>| {
            value.as_ref().map(|v| format!("{label} <time datetime=\"{0}\">{0}</time>", escape(v)))
        };
        let facts = [
            meta.byline.as_deref().map(escape).or_else(|| authors(&meta.authors)),
            meta.agency.as_deref().map(escape),
            meta.dateline.as_ref().and_then(|d| d.place.as_deref()).map(escape),
            date("published", &meta.published),
            date("changed", &meta.modified),
            meta.url.as_deref().and_then(link),
        ];
        list(out, "facts", "About the story", facts.into_iter().flatten());
        let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        let _ = writeln!(
            out,
            "<p class=\"count\">{} by {}</p>",
            count(self.analysis.statements.len(), "statement"),
            count(self.voices.iter().filter(|v| v.name.is_some()).count(), "named voice")
        );
        list(out, "notices", "Notices", self.story().notices.iter().map(|n| escape(n)));
        if !self.analysis.statements.is_empty() {
            out.push_str(
                "<ul class=\"legend\" aria-label=\"How statements are marked\"><li><span class=\"source\">source</span>: who</li>\
                 <li><span class=\"cue\">cue</span>: by which words</li>\
                 <li><span class=\"content\" style=\"--hue:45\">content</span>: what, with the statement’s number</li></ul>\n",
            );
        }
        out.push_str("</header>\n");
    }

    fn text(&self, marks: &Marks, out: &mut String) {
        let _ = writeln!(out, "<div class=\"text\"{}>", self.lang());
        let headline = self.headline();
        for (index, paragraph) in self.story().paragraphs.iter().enumerate() {
            if Some(index) == headline {
                continue;
            }
            let (open, close) = match paragraph.kind {
                ParagraphKind::Headline | ParagraphKind::Subhead => ("<h2>", "</h2>"),
                ParagraphKind::Body => ("<p>", "</p>"),
                ParagraphKind::Quote => ("<blockquote>", "</blockquote>"),
                ParagraphKind::List => ("<ul><li>", "</li></ul>"),
                ParagraphKind::Other => ("<p class=\"other\">", "</p>"),
            };
            out.push_str(open);
            marks.write(out, index, paragraph.span);
            out.push_str(close);
            out.push('\n');
        }
        out.push_str("</div>\n");
    }

    /// Index of the paragraph that is the headline, which the header shows.
    fn headline(&self) -> Option<usize> {
        self.story().paragraphs.iter().position(|p| p.kind == ParagraphKind::Headline)
    }

    /// The story's language, where it is not the page's own.
    fn lang(&self) -> String {
        let language = self.story().meta.language.as_deref().filter(|&l| l != "en");
        language.map_or(String::new(), |l| format!(" lang=\"{}\"", escape(l)))
    }

    fn panel(&self, out: &mut String) {
        if self.voices.is_empty() {
            return;
        }
        // A scrolling region has to be reachable by keyboard.
        let _ = writeln!(
            out,
            "<section class=\"voices\" tabindex=\"0\" aria-labelledby=\"a{0}v\">\n<h2 id=\"a{0}v\">Voices</h2>",
            self.number
        );
        for (v, voice) in self.voices.iter().enumerate() {
            let name = voice.name.map_or_else(|| "No source given".to_owned(), escape);
            let _ = writeln!(
                out,
                "<h3 style=\"--hue:{}\">{name} <span>({})</span></h3>\n<ol>",
                hue(v),
                voice.statements.len()
            );
            for &s in &voice.statements {
                self.row(out, s, hue(v));
            }
            out.push_str("</ol>\n");
        }
        out.push_str("</section>\n");
    }

    fn row(&self, out: &mut String, index: usize, hue: usize) {
        let statement = &self.analysis.statements[index];
        let (n, s) = (self.number, index + 1);
        let nested = if statement.inside.is_some() { " class=\"nested\"" } else { "" };
        let _ = write!(
            out,
            "<li id=\"a{n}r{s}\"{nested} style=\"--hue:{hue}\"><a class=\"number\" href=\"#a{n}s{s}\" aria-label=\"Statement {s}, to its place in the text\">{s}</a> "
        );
        let _ = write!(
            out,
            "<span class=\"how\">{}</span> <q>{}</q>",
            escape(&self.how(statement)),
            escape(&self.words(&statement.content))
        );
        if !statement.figures.is_empty() {
            let figures: Vec<String> = statement.figures.iter().map(|f| self.figure(f)).collect();
            let _ = write!(out, " <span class=\"figures\">{}</span>", figures.join("; "));
        }
        out.push_str("</li>\n");
    }

    /// What the speaker does: the cue's words, then act, kind and nesting where they add to them.
    fn how(&self, statement: &Statement) -> String {
        let cue = statement.cue.map_or("", |c| c.slice(&self.story().text));
        let mut labels = vec![if statement.negated {
            format!("not: {}", act(statement.act))
        } else {
            act(statement.act).to_owned()
        }];
        labels.push(kind(statement.kind).to_owned());
        if statement.form != Form::Named && !statement.source.is_empty() {
            labels.push(format!("as “{}”", self.words(&statement.source)));
        }
        if let Some(outer) = statement.inside {
            labels.push(format!("inside {}", outer + 1));
        }
        format!("{cue} ({})", labels.join(", ")).trim_start().to_owned()
    }

    fn figure(&self, figure: &Figure) -> String {
        let text = &self.story().text;
        let of = figure.of.map(|of| of.slice(text)).unwrap_or_default();
        let bounds = match (figure.min, figure.max) {
            (Some(a), Some(b)) if a == b => format!("= {a}"),
            (Some(a), Some(b)) => format!("{a} to {b}"),
            (Some(a), None) => format!("≥ {a}"),
            (None, Some(b)) => format!("≤ {b}"),
            (None, None) => String::new(),
        };
        let approx = if figure.approx { ", approximately" } else { "" };
        format!("<b>{}</b> {} ({}{approx})", escape(figure.span.slice(text)), escape(of), escape(&bounds))
    }

    /// The words under several spans, an ellipsis where they are apart.
    fn words(&self, spans: &[Span]) -> String {
        let pieces: Vec<&str> = spans.iter().map(|s| s.slice(&self.story().text)).collect();
        pieces.join(" … ")
    }
}

/// A statement's span of one role.
#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    role: Role,
    statement: usize,
    hue: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Content,
    Source,
    Cue,
}

/// The statements' spans by paragraph, so that a page of many statements is written in one sweep.
struct Marks<'a> {
    text: &'a str,
    number: usize,
    /// For each paragraph the marks that touch it, by start.
    by_paragraph: Vec<Vec<Mark>>,
    /// Where each statement's first content span begins, in order.
    numbers: Vec<(u32, usize, usize)>,
}

impl<'a> Marks<'a> {
    fn new(view: &View<'a>) -> Marks<'a> {
        let story = &view.analysis.story;
        let mut marks = Marks {
            text: &story.text,
            number: view.number,
            by_paragraph: vec![Vec::new(); story.paragraphs.len()],
            numbers: Vec::new(),
        };
        for (v, voice) in view.voices.iter().enumerate() {
            for &s in &voice.statements {
                marks.add(&story.paragraphs, &view.analysis.statements[s], s, hue(v));
            }
        }
        for list in &mut marks.by_paragraph {
            list.sort_by_key(|m| (m.span.start, m.statement, m.role));
        }
        marks.numbers.sort_unstable();
        marks
    }

    fn add(&mut self, paragraphs: &[Paragraph], statement: &Statement, index: usize, hue: usize) {
        let roles = [
            (Role::Content, statement.content.as_slice()),
            (Role::Source, statement.source.as_slice()),
            (Role::Cue, statement.cue.as_slice()),
        ];
        for (role, spans) in roles {
            for &span in spans {
                let first = paragraphs.partition_point(|p| p.span.end <= span.start);
                let last = paragraphs.partition_point(|p| p.span.start < span.end);
                for list in self.by_paragraph.iter_mut().take(last).skip(first) {
                    list.push(Mark { span, role, statement: index, hue });
                }
            }
        }
        if let Some(first) = statement.content.iter().min() {
            self.numbers.push((first.start, index, hue));
        }
    }

    /// Writes a paragraph as runs of characters with one set of marks each.
    fn write(&self, out: &mut String, paragraph: usize, span: Span) {
        let marks = &self.by_paragraph[paragraph];
        let mut cuts: Vec<u32> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
        cuts.extend([span.start, span.end]);
        cuts.retain(|&c| span.start <= c && c <= span.end);
        cuts.sort_unstable();
        cuts.dedup();
        let (mut next, mut over) = (0, Vec::new());
        for pair in cuts.windows(2) {
            let run = Span { start: pair[0], end: pair[1] };
            over.retain(|m: &Mark| m.span.end > run.start);
            while next < marks.len() && marks[next].span.start <= run.start {
                over.extend(Some(marks[next]).filter(|m| m.span.end > run.start));
                next += 1;
            }
            self.write_numbers(out, run.start);
            self.write_run(out, run, &over);
        }
    }

    /// The numbers of the statements whose content begins at `start`.
    fn write_numbers(&self, out: &mut String, start: u32) {
        let from = self.numbers.partition_point(|n| n.0 < start);
        for &(_, statement, hue) in self.numbers[from..].iter().take_while(|n| n.0 == start) {
            let (n, s) = (self.number, statement + 1);
            let _ = write!(
                out,
                "<a class=\"number\" id=\"a{n}s{s}\" href=\"#a{n}r{s}\" style=\"--hue:{hue}\" \
                 aria-label=\"Statement {s}, to its row among the voices\">{s}</a>"
            );
        }
    }

    fn write_run(&self, out: &mut String, run: Span, over: &[Mark]) {
        let words = escape(run.slice(self.text));
        // The innermost statement gives the colour: it begins last.
        let Some(inner) = over.iter().rev().find(|m| m.role == Role::Content).or(over.last()) else {
            out.push_str(&words);
            return;
        };
        let has = |role| over.iter().any(|m| m.role == role);
        let names = [(Role::Content, "content"), (Role::Source, "source"), (Role::Cue, "cue")];
        let mut classes: Vec<String> =
            names.iter().filter(|(role, _)| has(*role)).map(|(_, name)| (*name).to_owned()).collect();
        match over.iter().filter(|m| m.role == Role::Content).count() {
            0 | 1 => {}
            2 => classes.push("deep".to_owned()),
            _ => classes.push("deeper".to_owned()),
        }
        classes.extend(over.iter().map(|m| format!("a{}m{}", self.number, m.statement + 1)));
        let _ =
            write!(out, "<span class=\"{}\" style=\"--hue:{}\">{words}</span>", classes.join(" "), inner.hue);
    }
}

/// Hues far apart for voices that follow one another: steps of the golden angle.
fn hue(voice: usize) -> usize {
    (45 + voice * 137) % 360
}

fn title(story: &Story) -> &str {
    story.meta.headline.as_deref().filter(|h| !h.trim().is_empty()).unwrap_or("Untitled story")
}

fn authors(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| escape(&names.join(", ")))
}

/// A link to a web address; any other scheme is shown as text only.
fn link(url: &str) -> Option<String> {
    let shown = escape(url);
    let web = url.starts_with("https://") || url.starts_with("http://");
    Some(if web { format!("<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>") } else { shown })
}

/// A list with a class and a label; nothing when it has no items. Items are HTML already.
fn list(out: &mut String, class: &str, label: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.map(|i| format!("<li>{i}</li>")).collect();
    if !items.is_empty() {
        let _ = writeln!(out, "<ul class=\"{class}\" aria-label=\"{label}\">{}</ul>", items.join("\n"));
    }
}

fn act(act: Act) -> &'static str {
    match act {
        Act::Say => "say",
        Act::Deny => "deny",
        Act::Confirm => "confirm",
        Act::Accuse => "accuse",
        Act::Warn => "warn",
        Act::Demand => "demand",
        Act::Promise => "promise",
        Act::Ask => "ask",
        Act::Decline => "decline",
        Act::Believe => "believe",
        Act::Want => "want",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
    }
}

/// Whether a character changes the order in which others are shown: a quotation that holds one could
/// be made to read backwards.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Escapes text for HTML, in elements and in quoted attributes. Characters that HTML forbids, and
/// those that change the order of others, become the replacement character.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | ' ' => out.push(c),
            c if c.is_control() || is_direction_mark(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::model::Model;
    use sayso::page::Page;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert_eq!(escape("a\u{1b}b\u{202e}c\n"), "a\u{fffd}b\u{fffd}c\n");
    }

    #[test]
    fn the_story_s_words_stand_in_the_page_in_order() {
        let text = "Ana Ruiz said the \"old <bridge>\" was safe. \"It is,\" she said.\n\nThe end.";
        let analysis = sayso::analysis::analyse(&Page::exact(text), Model::fast());
        assert!(!analysis.statements.is_empty());
        let page = article(&analysis, 1);
        let body = &page[page.find("<div class=\"text\">").unwrap()..page.find("<section").unwrap()];
        let mut shown = String::new();
        let mut rest = body;
        while let Some(open) = rest.find('<') {
            shown += &rest[..open];
            let close = rest[open..].find('>').unwrap() + open + 1;
            let is_number = rest[open..close].starts_with("<a class=\"number\"");
            rest = &rest[close..];
            if is_number {
                rest = &rest[rest.find("</a>").unwrap() + 4..];
            }
        }
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&shown), words(&escape(text)));
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(link("https://example.org/a").unwrap().starts_with("<a href=\"https://example.org/a\""));
        assert_eq!(link("javascript:alert(1)").unwrap(), "javascript:alert(1)");
    }
}
