//! The terminal view: the story's head, then a statement a row.
//!
//! Rows are made first ([`rows`]) and then laid out, as a table where the screen is wide, and on
//! lines of their own where it is not.

use super::screen::{self, Ink, Screen, clean};
use sayso::analysis::Analysis;
use sayso::figure::Figure;
use sayso::statement::{Stance, Statement};
use sayso::story::Story;
use sayso::text::{CodePoints, Span};
use sayso::wire::Id;
use std::collections::BTreeSet;

/// Columns from which cue, figures and place have columns of their own: with fewer, the content
/// would have less than half of the screen.
const WIDE: usize = 120;

/// Columns by which a nested statement is moved to the right.
const INDENT: usize = 2;

/// Levels of nesting shown; deeper ones stand where this one stands.
const MAX_DEPTH: usize = 6;

/// One story, without the end of its last line.
pub(crate) fn write(analysis: &Analysis, id: &Id, screen: &Screen) -> String {
    let mut lines = head(&analysis.story, id, screen);
    lines.push(String::new());
    lines.push(summary(&analysis.statements));
    for row in rows(analysis) {
        let cells = if screen.width >= WIDE { wide(&row, screen) } else { narrow(&row, screen) };
        lines.push(String::new());
        lay(&cells, screen, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Headline, then what is known of the story, a line each.
fn head(story: &Story, id: &Id, screen: &Screen) -> Vec<String> {
    let meta = &story.meta;
    let headline = clean(meta.headline.as_deref().unwrap_or("(no headline)"));
    let mut lines: Vec<String> = screen::wrap(headline.trim(), screen.width)
        .iter()
        .map(|l| screen.paint(Ink::Strong, l).into())
        .collect();
    let dateline = meta.dateline.as_ref().map(|d| {
        let parts: Vec<&str> = [&d.place, &d.date].into_iter().flatten().map(String::as_str).collect();
        parts.join(", ")
    });
    let by = meta.byline.clone().or_else(|| (!meta.authors.is_empty()).then(|| meta.authors.join(", ")));
    let fields = [
        ("Outlet", meta.outlet.clone()),
        ("By", by),
        ("Agency", meta.agency.clone()),
        ("Dateline", dateline),
        ("Published", meta.published.clone()),
        ("Modified", meta.modified.clone()),
        ("Address", meta.url.clone()),
        ("Page", Some(id.to_string())),
    ];
    for (label, value) in fields {
        value.iter().for_each(|value| field(label, value, screen, &mut lines));
    }
    story.notices.iter().for_each(|notice| field("Notice", notice, screen, &mut lines));
    lines
}

/// A label and its value, which goes on under itself.
fn field(label: &str, value: &str, screen: &Screen, lines: &mut Vec<String>) {
    const LABEL: usize = 11;
    let value = clean(value);
    for (n, part) in screen::wrap(value.trim(), screen.width.saturating_sub(LABEL)).iter().enumerate() {
        let label = screen::pad(if n == 0 { label } else { "" }, LABEL);
        lines.push(format!("{}{part}", screen.paint(Ink::Faint, &label)));
    }
}

fn summary(statements: &[Statement]) -> String {
    let voices = statements.iter().filter_map(|s| s.speaker.as_deref()).collect::<BTreeSet<_>>().len();
    let count =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    if statements.is_empty() {
        return "No statements".to_owned();
    }
    format!(
        "{} by {} (¶ paragraph, @ first character)",
        count(statements.len(), "statement", "statements"),
        count(voices, "named voice", "named voices")
    )
}

/// A statement in the words to be shown.
struct Row {
    number: String,
    depth: usize,
    speaker: String,
    /// How the story words the source, where that is not the speaker's name.
    wording: String,
    cue: String,
    content: String,
    figures: String,
    /// What it answers, and when it was said.
    notes: String,
    place: String,
}

/// The statements in the order of the text, nested ones behind the one they stand in.
fn rows(analysis: &Analysis) -> Vec<Row> {
    let statements = &analysis.statements;
    let points = CodePoints::new(&analysis.story.text);
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); statements.len()];
    let mut open = Vec::new();
    for (n, statement) in statements.iter().enumerate() {
        match statement.inside {
            Some(outer) => inner[outer].push(n),
            None => open.push((n, 0)),
        }
    }
    open.reverse();
    let mut rows = Vec::new();
    while let Some((n, depth)) = open.pop() {
        rows.push(row(analysis, &points, n, depth));
        open.extend(inner[n].iter().rev().map(|&i| (i, depth + 1)));
    }
    rows
}

fn row(analysis: &Analysis, points: &CodePoints<'_>, n: usize, depth: usize) -> Row {
    let depth = depth.min(MAX_DEPTH);
    let text = &analysis.story.text;
    let statement = &analysis.statements[n];
    let wording = words(text, &statement.source);
    let speaker = statement.speaker.as_deref().map_or_else(|| "(nobody named)".to_owned(), clean);
    Row {
        number: format!("{}{:>2}", " ".repeat(depth * INDENT), n + 1),
        depth,
        wording: if wording == speaker { String::new() } else { wording },
        speaker,
        cue: words(text, statement.cue.as_slice()),
        content: words(text, &statement.content),
        figures: statement.figures.iter().map(|f| figure(text, f)).collect::<Vec<_>>().join("; "),
        notes: notes(statement),
        place: place(&analysis.story, points, statement),
    }
}

/// The words of some spans, with the gaps between them shown.
fn words(text: &str, spans: &[Span]) -> String {
    let words: Vec<String> = spans.iter().map(|s| clean(s.slice(text)).trim().to_owned()).collect();
    words.join(" … ")
}

fn figure(text: &str, figure: &Figure) -> String {
    let of = figure.of.map(|of| format!(" {}", words(text, &[of]))).unwrap_or_default();
    format!("{}{of}", words(text, &[figure.span]))
}

fn notes(statement: &Statement) -> String {
    let answer = statement.answers.map(|answer| {
        let verb = match answer.stance {
            Stance::Deny => "denies",
            Stance::Confirm => "confirms",
            Stance::Decline => "declines to comment on",
        };
        format!("{verb} {}", answer.statement + 1)
    });
    let date = statement.said_on.as_ref().map(|date| format!("said on {}", clean(date)));
    [answer, date].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Where the statement begins: paragraph, from 1, and code point, from 0.
fn place(story: &Story, points: &CodePoints<'_>, statement: &Statement) -> String {
    let spans = statement.source.iter().chain(statement.cue.as_slice()).chain(&statement.content);
    let start = spans.map(|s| s.start).min().unwrap_or(0);
    let paragraph = story.paragraphs.partition_point(|p| p.span.start <= start);
    format!("¶{paragraph} @{}", points.at(start as usize))
}

/// Texts that stand one below the other in a column.
struct Cell<'r> {
    width: usize,
    texts: Vec<(Ink, &'r str)>,
}

/// Columns between two cells.
const GAP: usize = 2;

/// Columns of a statement's number.
const NUMBER: usize = 3;

/// A row over the whole of a wide screen: number, source, cue, content, figures, place.
fn wide<'r>(row: &'r Row, screen: &Screen) -> Vec<Cell<'r>> {
    let total = screen.width;
    let (source, cue, figures) = (total / 7, total / 10, total / 8);
    let place = 11;
    let indent = row.depth * INDENT;
    let content = total.saturating_sub(NUMBER + indent + source + cue + figures + place + 5 * GAP);
    vec![
        Cell { width: NUMBER + indent, texts: vec![(Ink::Faint, &row.number)] },
        Cell { width: source, texts: vec![(Ink::Strong, &row.speaker), (Ink::Faint, &row.wording)] },
        Cell { width: cue, texts: vec![(Ink::Cue, &row.cue)] },
        Cell { width: content, texts: vec![(Ink::Plain, &row.content)] },
        Cell { width: figures, texts: vec![(Ink::Figure, &row.figures), (Ink::Faint, &row.notes)] },
        Cell { width: place, texts: vec![(Ink::Faint, &row.place)] },
    ]
}

/// A row for a narrow screen: number, then source, cue and place below each other, then content,
/// figures and notes.
fn narrow<'r>(row: &'r Row, screen: &Screen) -> Vec<Cell<'r>> {
    let source = (screen.width / 4).max(10);
    let indent = row.depth * INDENT;
    let content = screen.width.saturating_sub(NUMBER + indent + source + 2 * GAP);
    let named = [
        (Ink::Strong, &*row.speaker),
        (Ink::Faint, &row.wording),
        (Ink::Cue, &row.cue),
        (Ink::Faint, &row.place),
    ];
    let said = [(Ink::Plain, &*row.content), (Ink::Figure, &row.figures), (Ink::Faint, &row.notes)];
    vec![
        Cell { width: NUMBER + indent, texts: vec![(Ink::Faint, &row.number)] },
        Cell { width: source, texts: named.to_vec() },
        Cell { width: content, texts: said.to_vec() },
    ]
}

/// Cells side by side, as many lines as the longest has.
fn lay(cells: &[Cell<'_>], screen: &Screen, lines: &mut Vec<String>) {
    let columns: Vec<Vec<(Ink, String)>> = cells.iter().map(wrapped).collect();
    for n in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        let mut blanks = 0;
        for (cell, column) in cells.iter().zip(&columns) {
            let (ink, text) = column.get(n).map_or((Ink::Plain, ""), |(ink, text)| (*ink, text));
            if !text.is_empty() {
                line.push_str(&" ".repeat(blanks));
                line.push_str(&screen.paint(ink, text));
                blanks = 0;
            }
            blanks += cell.width.saturating_sub(screen::width(text)) + GAP;
        }
        lines.push(line);
    }
}

fn wrapped(cell: &Cell<'_>) -> Vec<(Ink, String)> {
    let texts = cell.texts.iter().filter(|(_, text)| !text.is_empty());
    texts
        .flat_map(|&(ink, text)| screen::wrap(text, cell.width).into_iter().map(move |line| (ink, line)))
        .collect()
}
