//! The terminal view: the story's head, then a statement a row.
//!
//! Rows are made first ([`rows`]) and then laid out, as a table where the screen is wide, and on
//! lines of their own where it is not.

use crate::columns::{Cell, GAP, cell, lay};
use crate::screen::{self, Ink, Screen, clean, count};
use sayso::analysis::Analysis;
use sayso::figure::Figure;
use sayso::statement::{Act, Form, Stance, Statement};
use sayso::story::Story;
use sayso::text::{CodePoints, Span};
use sayso::wire::{self, Id};
use std::collections::BTreeSet;

/// Columns from which cue, figures and place have columns of their own: with fewer, the content
/// would have less than half of the screen.
const WIDE: usize = 120;

/// Columns by which a nested statement is moved to the right.
const INDENT: usize = 2;

/// Levels of nesting shown; deeper ones stand where this one stands.
const MAX_DEPTH: usize = 6;

/// Columns of content at most: lines much longer are hard to read back from their end (Bringhurst's
/// 45 to 75 characters, and some room for words that do not break).
const LONGEST_LINE: usize = 84;

/// Columns of a source's wording at most.
const WORDING: usize = 30;

/// One story, without the end of its last line. A rule stands above each but the first of a run.
/// `shown` says of each statement whether it has a row.
pub(crate) fn write(analysis: &Analysis, id: &Id, number: usize, screen: &Screen, shown: &[bool]) -> String {
    let is_shown = |n: usize| shown.get(n).copied().unwrap_or(true);
    let rows: Vec<Row> =
        rows(analysis).into_iter().enumerate().filter(|(n, _)| is_shown(*n)).map(|(_, row)| row).collect();

    let mut lines = head(&analysis.story, id, screen);
    if number > 1 {
        lines.insert(0, screen.paint(Ink::Faint, &"─".repeat(screen.width.min(200))).into_owned());
        lines.insert(1, String::new());
    }
    lines.push(String::new());
    lines.extend(screen::wrap(&summary(&analysis.statements), screen.width));
    if rows.len() < analysis.statements.len() {
        lines.extend(screen::wrap(&format!("{} of them are shown", rows.len()), screen.width));
    }
    if screen.width >= WIDE && !rows.is_empty() {
        lines.push(String::new());
        lay(&wide(&Row::titles(), screen), screen, &mut lines);
    }
    for row in rows {
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
        ("Byline", by),
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
    if statements.is_empty() {
        return "No statements".to_owned();
    }
    format!(
        "{} by {} (¶ paragraph, @ first character)",
        count(statements.len(), "statement", "statements"),
        count(voices, "voice", "voices")
    )
}

/// A statement in the words to be shown.
#[derive(Default)]
struct Row {
    number: String,
    depth: usize,
    speaker: String,
    /// How the story words the source, where that is not the speaker's name.
    wording: String,
    cue: String,
    /// Act, negation and kind.
    act: String,
    content: String,
    figures: String,
    /// What it stands inside, what it answers, and when it was said.
    notes: String,
    place: String,
}

impl Row {
    /// What stands over the columns.
    fn titles() -> Row {
        Row {
            speaker: "Speaker".to_owned(),
            cue: "Cue".to_owned(),
            content: "Content".to_owned(),
            figures: "Figures".to_owned(),
            place: "Where".to_owned(),
            ..Row::default()
        }
    }
}

/// The statements in the order of their numbers, nested ones moved to the right.
fn rows(analysis: &Analysis) -> Vec<Row> {
    let points = CodePoints::new(&analysis.story.text);
    (0..analysis.statements.len()).map(|n| row(analysis, &points, n)).collect()
}

fn row(analysis: &Analysis, points: &CodePoints<'_>, n: usize) -> Row {
    let depth = depth(&analysis.statements, n);
    let text = &analysis.story.text;
    let statement = &analysis.statements[n];
    Row {
        number: format!("{}{:>2}", " ".repeat(depth * INDENT), n + 1),
        depth,
        wording: wording(text, statement),
        speaker: statement.speaker.as_deref().map_or_else(|| "(nobody named)".to_owned(), clean),
        cue: words(text, statement.cue.as_slice()),
        act: act(statement),
        content: words(text, &statement.content),
        figures: statement.figures.iter().map(|f| figure(text, f)).collect::<Vec<_>>().join("; "),
        notes: notes(&analysis.statements, n),
        place: place(&analysis.story, points, statement),
    }
}

/// How many statements a statement stands inside, up to [`MAX_DEPTH`].
fn depth(statements: &[Statement], n: usize) -> usize {
    std::iter::successors(statements[n].inside, |&outer| statements[outer].inside).take(MAX_DEPTH).count()
}

/// The source's own words, where they are a pronoun or a description and not the speaker's name.
fn wording(text: &str, statement: &Statement) -> String {
    let wording = words(text, &statement.source);
    let is_told = matches!(statement.form, Form::Pronoun | Form::Role | Form::Metonym);
    if !is_told || wording.is_empty() || statement.speaker.as_deref() == Some(&wording) {
        return String::new();
    }
    let short: String = wording.chars().take(WORDING).collect();
    let more = if short.len() < wording.len() { "…" } else { "" };
    format!("as \"{}{more}\"", short.trim_end())
}

/// The act, where it is another than to say or is negated, and the kind.
fn act(statement: &Statement) -> String {
    let (kind, act) = (wire::kind_name(statement.kind), wire::act_name(statement.act));
    match (statement.act, statement.negated) {
        (_, true) => format!("not {act}, {kind}"),
        (Act::Say, _) => kind.to_owned(),
        _ => format!("{act}, {kind}"),
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

/// What cannot be seen from the row's place: the statement it stands inside, where another row stands
/// between the two; what it answers; when it was said; whether it is unsure.
fn notes(statements: &[Statement], n: usize) -> String {
    let statement = &statements[n];
    let follows = |outer: usize| n == outer + 1 || n > 0 && statements[n - 1].inside == Some(outer);
    let inside = statement.inside.filter(|&outer| !follows(outer)).map(|o| format!("inside {}", o + 1));
    let answer = statement.answers.map(|answer| {
        let verb = match answer.stance {
            Stance::Deny => "denies",
            Stance::Confirm => "confirms",
            Stance::Decline => "declines to comment on",
        };
        format!("{verb} {}", answer.statement + 1)
    });
    let date = statement.said_on.as_ref().map(|date| format!("said on {}", clean(date)));
    let unsure = statement.is_unsure().then(|| "unsure".to_owned());
    [inside, answer, date, unsure].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Where the statement begins: paragraph, from 1, and code point, from 0.
fn place(story: &Story, points: &CodePoints<'_>, statement: &Statement) -> String {
    let spans = statement.source.iter().chain(statement.cue.as_slice()).chain(&statement.content);
    let start = spans.map(|s| s.start).min().unwrap_or(0);
    let paragraph = story.paragraphs.partition_point(|p| p.span.start <= start);
    format!("¶{paragraph} @{}", points.at(start as usize))
}

/// Columns of a statement's number.
const NUMBER: usize = 3;

/// A row over the whole of a wide screen: number, source, cue, content, figures, place.
fn wide(row: &Row, screen: &Screen) -> Vec<Cell> {
    const PLACE: usize = 11;
    let total = screen.width;
    let (number, source, cue, figures) = (NUMBER + row.depth * INDENT, total / 7, total / 10, total / 8);
    let content = total.saturating_sub(number + source + cue + figures + PLACE + 5 * GAP).min(LONGEST_LINE);
    vec![
        cell(number, [(Ink::Faint, &row.number)]),
        cell(source, [(Ink::Strong, &row.speaker), (Ink::Faint, &row.wording)]),
        cell(cue, [(Ink::Cue, &row.cue), (Ink::Faint, &row.act)]),
        cell(content, [(Ink::Plain, &row.content), (Ink::Faint, &row.notes)]),
        cell(figures, [(Ink::Figure, &row.figures)]),
        cell(PLACE, [(Ink::Faint, &row.place)]),
    ]
}

/// A row for a narrow screen: number, then source, cue and place below each other, then content,
/// figures and notes.
fn narrow(row: &Row, screen: &Screen) -> Vec<Cell> {
    let (number, source) = (NUMBER + row.depth * INDENT, screen.width / 4);
    let content = screen.width.saturating_sub(number + source + 2 * GAP).min(LONGEST_LINE);
    let figures = if row.figures.is_empty() { String::new() } else { format!("figures: {}", row.figures) };
    let said = [(Ink::Strong, &row.speaker), (Ink::Faint, &row.wording), (Ink::Cue, &row.cue)];
    vec![
        cell(number, [(Ink::Faint, &row.number)]),
        cell(source, said.into_iter().chain([(Ink::Faint, &row.act), (Ink::Faint, &row.place)])),
        cell(content, [(Ink::Plain, &row.content), (Ink::Figure, &figures), (Ink::Faint, &row.notes)]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::page::Page;
    use sayso::statement::Answer;
    use sayso::story::{Dateline, Meta};

    const STORY: &str = "Council rejects claim of cracks in bridge

\"The claim is baseless,\" said Ana Ruiz, the mayor of Port Lowell, on Tuesday, rejecting the harbour \
union's report that more than 40 cracks had been found in the Lowell Bridge.

The union's leader declined to comment. 橋は安全です。";

    fn span(words: &str) -> Span {
        let start = STORY.find(words).expect("the words stand in the story");
        Span::new(start, start + words.len())
    }

    fn statement(source: &[&str], cue: &str, content: &[&str]) -> Statement {
        Statement {
            source: source.iter().map(|s| span(s)).collect(),
            cue: Some(span(cue)),
            content: content.iter().map(|s| span(s)).collect(),
            speaker: None,
            cluster: None,
            form: Form::Named,
            kind: sayso::statement::Kind::Indirect,
            act: Act::Say,
            negated: false,
            inside: None,
            answers: None,
            said_on: None,
            figures: Vec::new(),
            confidence: 0.9,
        }
    }

    fn analysis() -> Analysis {
        let mut analysis = sayso::analysis::analyse(&Page::exact(STORY), sayso::model::Model::fast());
        analysis.story.meta = Meta {
            headline: Some("Council rejects claim of cracks in bridge".to_owned()),
            byline: Some("By Lee Park".to_owned()),
            outlet: Some("Lowell Courier\x1b]0;owned\x07".to_owned()),
            dateline: Some(Dateline { place: Some("Port Lowell".to_owned()), date: None }),
            published: Some("2025-04-09T10:00:00+02:00".to_owned()),
            ..Meta::default()
        };
        analysis.story.notices = vec!["charset: declared UTF-8 but the bytes are not".to_owned()];
        let ruiz = Statement {
            speaker: Some("Ana Ruiz".to_owned()),
            said_on: Some("2025-04-08".to_owned()),
            ..statement(
                &["Ana Ruiz, the mayor of Port Lowell,"],
                "said",
                &[
                    "\"The claim is baseless,\"",
                    "rejecting the harbour union's report that more than 40 cracks",
                ],
            )
        };
        let cracks = Figure {
            span: span("more than 40"),
            min: Some(40.0),
            max: None,
            approx: false,
            unit: None,
            of: Some(span("cracks")),
            change: None,
        };
        let union = Statement {
            speaker: Some("the harbour union".to_owned()),
            inside: Some(0),
            figures: vec![cracks],
            ..statement(
                &["the harbour union"],
                "report",
                &["that more than 40 cracks had been found in the Lowell Bridge"],
            )
        };
        let leader = Statement {
            act: Act::Decline,
            answers: Some(Answer { statement: 0, stance: Stance::Decline }),
            ..statement(
                &["The union's leader"],
                "declined to comment",
                &["declined to comment. 橋は安全です。"],
            )
        };
        analysis.statements = vec![ruiz, union, leader];
        analysis
    }

    fn view(width: usize, coloured: bool) -> String {
        write(&analysis(), &Id::from("bridge.html"), 1, &Screen::new(width, coloured), &[])
    }

    /// Compares with a file beside this one; with `SAYSO_BLESS` set, writes it instead.
    fn compare(file: &str, got: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
        if std::env::var_os("SAYSO_BLESS").is_some() {
            std::fs::write(&path, got).expect("the folder can be written");
        }
        let expected = std::fs::read_to_string(&path).expect("the file stands beside this one");
        assert!(got == expected, "--- expected ---\n{expected}\n--- got ---\n{got}");
    }

    #[test]
    fn eighty_columns() {
        compare("terminal-80.txt", &view(80, false));
    }

    #[test]
    fn two_hundred_columns() {
        compare("terminal-200.txt", &view(200, false));
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        for width in [30, 41, 79, 80, 119, 120, 121, 200, 300] {
            for line in view(width, false).lines() {
                assert!(screen::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colours_add_nothing_but_colours() {
        let coloured = view(80, true);
        assert!(coloured.contains("\x1b[1mAna Ruiz\x1b[0m") && coloured.contains("\x1b[33msaid\x1b[0m"));
        let mut plain = coloured;
        for code in ["1", "2", "33", "36", "0"] {
            plain = plain.replace(&format!("\x1b[{code}m"), "");
        }
        assert_eq!(plain, view(80, false));
    }
}
