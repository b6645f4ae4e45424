//! The web view of a story: one self-contained page, the text with its statements marked and a
//! panel of voices beside it.
//!
//! The page has no script at all, and its content security policy forbids any, so nothing that a
//! news page smuggles into its text can run. Following a number from the text to the panel and
//! back are plain links; lighting up a statement's words is done by `:has()` rules.

use crate::analysis::Analysis;
use crate::figure::{Change, Figure};
use crate::statement::{Act, Form, Kind, Stance, Statement};
use crate::story::{Paragraph, ParagraphKind, Story};
use crate::text::Span;
use std::fmt::Write;

const STYLE: &str = include_str!("html.css");

/// What stands before the first story, whose headline is the page's title.
pub fn head(first: &Analysis) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape(title(&first.story))
    )
}

/// One story; `number` tells the stories of one page apart, from 1. `shown` says of each statement whether
/// it is marked and listed.
pub fn article(analysis: &Analysis, number: usize, shown: &[bool]) -> String {
    let view = View { analysis, voices: voices(&analysis.statements, shown), number };
    let mut out = String::new();
    let _ = write!(out, "<article id=\"a{number}\">\n{}<div class=\"columns\">\n<div>\n", view.style());
    let marks = Marks::new(&view);
    view.header(&marks, &mut out);
    view.text(&marks, &mut out);
    out.push_str("</div>\n");
    view.panel(&mut out);
    out.push_str("</div>\n</article>\n");
    out
}

/// What stands after the last story. `titles` are the headlines of all by their numbers: of more than one, a
/// list of contents, to which each story has a link.
pub fn foot(titles: &[(usize, String)]) -> String {
    let mut contents = String::new();
    if titles.len() > 1 {
        contents.push_str("<nav id=\"contents\" aria-label=\"Contents\"><h2>Contents</h2><ol>\n");
        for (number, title) in titles {
            let _ = writeln!(contents, "<li><a href=\"#a{number}\">{}</a></li>", escape(title));
        }
        contents.push_str("</ol></nav>\n");
    }
    format!(
        "</main>\n{contents}<footer>Read by sayso {}. Who says what was found by machine and has not been checked by hand.</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// A speaker with the indices of their statements.
struct Voice<'a> {
    name: Option<&'a str>,
    statements: Vec<usize>,
}

/// The voices of a story, those who say most before the others; what nobody is named for stands last.
fn voices<'a>(statements: &'a [Statement], shown: &[bool]) -> Vec<Voice<'a>> {
    let mut found: Vec<Voice> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let shown = |(n, _): &(usize, &Statement)| shown.get(*n).copied().unwrap_or(true);
    for (n, statement) in statements.iter().enumerate().filter(shown) {
        let name = statement.speaker.as_deref();
        let voice = *index.entry(name).or_insert_with(|| {
            found.push(Voice { name, statements: Vec::new() });
            found.len() - 1
        });
        found[voice].statements.push(n);
    }
    let said =
        |s: &usize| statements[*s].content.iter().map(|span| u64::from(span.end - span.start)).sum::<u64>();
    found.sort_by_key(|v| (v.name.is_none(), std::cmp::Reverse(v.statements.iter().map(said).sum::<u64>())));
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
        out.push_str(
            "<header>\n<p class=\"to-contents\"><a href=\"#contents\">All stories of this page</a></p>\n",
        );
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
            let printed = |v: &String| escape(&moment(v));
            value.as_ref().map(|v| format!("{label} <time datetime=\"{}\">{}</time>", escape(v), printed(v)))
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
        let _ = writeln!(out, "<p class=\"count\">{}</p>", self.count());
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

    /// How many statements by how many voices, with a way to them.
    fn count(&self) -> String {
        let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        let named = self.voices.iter().filter(|v| v.name.is_some()).count();
        match self.voices.iter().map(|v| v.statements.len()).sum::<usize>() {
            0 if !self.story().is_english() => "Statements are read in English alone".to_owned(),
            0 => "No statements".to_owned(),
            statements => format!(
                "{} by <a href=\"#a{}v\">{}</a>",
                count(statements, "statement"),
                self.number,
                count(named, "named voice")
            ),
        }
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
            "<q>{}</q> <span class=\"how\">{}</span>",
            escape(&self.words(&statement.content)),
            self.how(statement)
        );
        if !statement.figures.is_empty() {
            let figures: Vec<String> = statement.figures.iter().map(|f| self.figure(f)).collect();
            let _ = write!(out, " <span class=\"figures\">{}</span>", figures.join("; "));
        }
        out.push_str("</li>\n");
    }

    /// How it is said: the cue's words; act and kind in plain words; what else the row's place does not tell.
    fn how(&self, statement: &Statement) -> String {
        let mut labels: Vec<String> = Vec::new();
        labels.extend(statement.cue.map(|c| format!("<i>{}</i>", escape(c.slice(&self.story().text)))));
        labels.extend(act(statement.act, statement.negated).map(str::to_owned));
        labels.push(kind(statement.kind).to_owned());
        labels.extend(statement.is_unsure().then(|| "unsure".to_owned()));
        let is_reworded = matches!(statement.form, Form::Pronoun | Form::Role | Form::Metonym);
        if is_reworded && !statement.source.is_empty() {
            labels.push(format!("as “{}”", escape(&self.words(&statement.source))));
        }
        labels.extend(statement.said_on.as_deref().map(|day| format!("on {}", escape(&moment(day)))));
        labels.extend(statement.answers.map(|answer| {
            let verb = match answer.stance {
                Stance::Deny => "denies",
                Stance::Confirm => "confirms",
                Stance::Decline => "gives no comment on",
            };
            format!("{verb} {}", self.number_link(answer.statement))
        }));
        labels.extend(statement.inside.map(|outer| format!("within {}", self.number_link(outer))));
        labels.join(" · ")
    }

    /// A link to the row of another statement.
    fn number_link(&self, statement: usize) -> String {
        format!("<a href=\"#a{}r{1}\">{1}</a>", self.number, statement + 1)
    }

    fn figure(&self, figure: &Figure) -> String {
        let text = &self.story().text;
        let of = figure.of.map(|of| format!(" {}", escape(of.slice(text)))).unwrap_or_default();
        format!("<b>{}</b>{of}: {}", escape(figure.span.slice(text)), escape(&bounds(figure)))
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
    /// Whether it is a source that is a name.
    is_name: bool,
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
            let is_name = role == Role::Source && statement.form == Form::Named;
            for &span in spans {
                let first = paragraphs.partition_point(|p| p.span.end <= span.start);
                let last = paragraphs.partition_point(|p| p.span.start < span.end);
                for list in self.by_paragraph.iter_mut().take(last).skip(first) {
                    list.push(Mark { span, role, statement: index, hue, is_name });
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
        // The tint is that of the outermost statement, so that one sees whose words hold all of this; the
        // innermost draws a line under its own.
        let contents = || over.iter().filter(|m| m.role == Role::Content);
        let length = |m: &&Mark| m.span.end - m.span.start;
        let outer = contents().max_by_key(length);
        let inner = contents().min_by_key(length).filter(|m| Some(m.statement) != outer.map(|o| o.statement));
        let Some(first) = outer.or(over.first()) else {
            out.push_str(&words);
            return;
        };
        let has = |role| over.iter().any(|m| m.role == role);
        let names = [(Role::Content, "content"), (Role::Source, "source"), (Role::Cue, "cue")];
        let mut classes: Vec<String> =
            names.iter().filter(|(role, _)| has(*role)).map(|(_, name)| (*name).to_owned()).collect();
        classes.extend(over.iter().any(|m| m.is_name).then(|| "named".to_owned()));
        classes.extend(inner.map(|_| "deep".to_owned()));
        classes.extend(over.iter().map(|m| format!("a{}m{}", self.number, m.statement + 1)));
        let line = inner.map(|m| format!(";--deep:{}", m.hue)).unwrap_or_default();
        let _ = write!(
            out,
            "<span class=\"{}\" style=\"--hue:{}{line}\">{words}</span>",
            classes.join(" "),
            first.hue
        );
    }
}

/// Hues far apart for voices that follow one another: steps of the golden angle.
fn hue(voice: usize) -> usize {
    (45 + voice * 137) % 360
}

/// The headline, or what stands for one.
pub fn title(story: &Story) -> &str {
    story.meta.headline.as_deref().filter(|h| !h.trim().is_empty()).unwrap_or("Untitled story")
}

fn authors(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| escape(&names.join(", ")))
}

/// A link to a web address, shown as its host; any other scheme is shown as text only.
fn link(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else { return Some(escape(url)) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some(format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", escape(url), escape(host)))
}

/// A day or moment as a reader writes it: "9 April 2025, 10:00 (UTC+02:00)". What is neither stays as it is.
fn moment(printed: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = printed.get(..10).unwrap_or("").split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let name = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.checked_sub(1)?));
    let (Some(year), Some(name), Some(day)) = (year, name, day) else { return printed.to_owned() };
    let clock = printed.get(10..16).and_then(|t| t.strip_prefix('T')).map(|t| format!(", {t}"));
    let zone =
        match printed.get(19..).unwrap_or("").trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()) {
            "" => String::new(),
            "Z" => " UTC".to_owned(),
            zone => format!(" UTC{zone}"),
        };
    let day = day.trim_start_matches('0');
    format!("{day} {name} {year}{}", clock.map(|c| format!("{c}{zone}")).unwrap_or_default())
}

/// The bounds of a figure in plain words: "at least 40", "about 5 million USD, a fall".
fn bounds(figure: &Figure) -> String {
    let unit = figure.unit.as_deref().map(|u| if u == "%" { "%".to_owned() } else { format!(" {u}") });
    let unit = unit.unwrap_or_default();
    let about = if figure.approx { "about " } else { "" };
    let value = match (figure.min, figure.max) {
        (Some(a), Some(b)) if a == b => format!("{about}{}{unit}", amount(a)),
        (Some(a), Some(b)) => format!("{about}{} to {}{unit}", amount(a), amount(b)),
        (Some(a), None) => format!("at least {about}{}{unit}", amount(a)),
        (None, Some(b)) => format!("at most {about}{}{unit}", amount(b)),
        (None, None) => "an unknown amount".to_owned(),
    };
    let change = match figure.change {
        Some(Change::Up) => ", a rise",
        Some(Change::Down) => ", a fall",
        None => "",
    };
    value + change
}

/// A number as a reader writes it: "1,500", "2.5 million".
fn amount(value: f64) -> String {
    let scales = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    let (scale, word) = scales.into_iter().find(|(s, _)| value.abs() >= *s).unwrap_or((1.0, ""));
    // Six digits: as many as a story prints, and none of what division adds.
    let rounded = (value / scale * 1e6).round() / 1e6;
    let printed = rounded.to_string();
    let (whole, fraction) = printed.split_once('.').map_or((printed.as_str(), None), |(w, f)| (w, Some(f)));
    let digits: Vec<char> = whole.chars().collect();
    let mut grouped = String::new();
    for (i, digit) in digits.iter().enumerate() {
        let left = digits.len() - i;
        if i > 0 && left.is_multiple_of(3) && digits[i - 1].is_ascii_digit() {
            grouped.push(',');
        }
        grouped.push(*digit);
    }
    format!("{grouped}{}{word}", fraction.map(|f| format!(".{f}")).unwrap_or_default())
}

/// A list with a class and a label; nothing when it has no items. Items are HTML already.
fn list(out: &mut String, class: &str, label: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.map(|i| format!("<li>{i}</li>")).collect();
    if !items.is_empty() {
        let _ = writeln!(out, "<ul class=\"{class}\" aria-label=\"{label}\">{}</ul>", items.join("\n"));
    }
}

/// What a speaker does beyond saying something, in a word or two; also that it is said not to have happened.
fn act(act: Act, negated: bool) -> Option<&'static str> {
    let (done, not_done) = match act {
        Act::Say => ("", "not said"),
        Act::Deny => ("denial", "not denied"),
        Act::Confirm => ("confirmation", "not confirmed"),
        Act::Accuse => ("accusation", "no accusation"),
        Act::Warn => ("warning", "no warning"),
        Act::Demand => ("demand", "no demand"),
        Act::Promise => ("promise", "no promise"),
        Act::Ask => ("question or request", "not asked"),
        Act::Decline => ("no comment", "not refused"),
        Act::Believe => ("belief", "not believed"),
        Act::Want => ("wish or plan", "not wanted"),
    };
    Some(if negated { not_done } else { done }).filter(|word| !word.is_empty())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "quoted",
        Kind::Mixed => "partly quoted",
        Kind::Indirect => "in the paper’s words",
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
    use crate::model::Model;
    use crate::page::Page;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert_eq!(escape("a\u{1b}b\u{202e}c\n"), "a\u{fffd}b\u{fffd}c\n");
    }

    #[test]
    fn the_story_s_words_stand_in_the_page_in_order() {
        let text = "Ana Ruiz said the \"old <bridge>\" was safe. \"It is,\" she said.\n\nThe end.";
        let analysis = crate::analysis::analyse(&Page::exact(text), Model::fast());
        assert!(!analysis.statements.is_empty());
        let page = article(&analysis, 1, &[]);
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
    fn days_and_amounts_are_written_as_a_reader_writes_them() {
        assert_eq!(moment("2025-04-09T10:00:00+02:00"), "9 April 2025, 10:00 UTC+02:00");
        assert_eq!(moment("2025-04-09T10:00:00Z"), "9 April 2025, 10:00 UTC");
        assert_eq!(moment("2025-04-09"), "9 April 2025");
        assert_eq!(moment("soon"), "soon");
        assert_eq!(
            [amount(1500.0), amount(-27_300_000.0), amount(0.25), amount(999.0)],
            ["1,500", "-27.3 million", "0.25", "999"]
        );
    }

    #[test]
    fn only_web_addresses_are_links() {
        let shown = "<a href=\"https://www.example.org/a?b\" rel=\"noreferrer\">example.org</a>";
        assert_eq!(link("https://www.example.org/a?b").unwrap(), shown);
        assert_eq!(link("javascript:alert(1)").unwrap(), "javascript:alert(1)");
    }
}
