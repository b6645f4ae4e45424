//! The comma-separated view: one row a statement, for spreadsheets and data frames.
//!
//! The first columns are those that users of the Australian Text Analytics Platform's quotation tool and of
//! GDELT's quotation graph know. Offsets are code points of the story's text. Several pieces of one
//! quotation are joined by ` … `, several figures by `; `. An empty cell is what the story does not tell.

use sayso::wire::{self, Record, Statement};

/// The columns that rows of pages and of ledgers have alike.
pub(crate) const SHARED: [&str; 23] = [
    "statement_id",
    "story_id",
    "url",
    "outlet",
    "published",
    "quote",
    "quote_start",
    "quote_end",
    "quote_type",
    "verb",
    "speaker",
    "speaker_id",
    "speaker_mention",
    "form",
    "act",
    "negated",
    "said_date",
    "said_grain",
    "on_whose_word",
    "answers",
    "figure_min",
    "figure_max",
    "figure_of",
];

/// The row of the columns' names.
pub(crate) fn head() -> String {
    line(SHARED.into_iter().chain(["text_sha256", "confidence"]).map(str::to_owned), false)
}

/// The rows of those of a story's statements that are shown. With `guarded`, what a spreadsheet would take
/// for a formula stands behind an apostrophe.
pub(crate) fn rows(record: &Record, shown: &[bool], guarded: bool) -> String {
    let rows = record.statements.iter().zip(shown).filter(|(_, shown)| **shown);
    rows.map(|(statement, _)| line(cells(record, statement), guarded)).collect()
}

fn cells(record: &Record, statement: &Statement) -> [String; 25] {
    let story = &record.story;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let outer = statement.inside.and_then(|id| record.statements.iter().find(|s| s.id == id));
    let figures = |value: &dyn Fn(&wire::Figure) -> String| joined(statement.figures.iter().map(value));
    [
        statement.id.to_string(),
        record.id.to_string(),
        text(&story.url),
        text(&story.outlet),
        text(&story.published),
        statement.content_text.clone(),
        statement.content.first().map(|r| r[0].to_string()).unwrap_or_default(),
        statement.content.last().map(|r| r[1].to_string()).unwrap_or_default(),
        wire::kind_name(statement.kind).to_owned(),
        text(&statement.cue_text),
        text(&statement.speaker),
        statement.entity.map(|id| id.to_string()).unwrap_or_default(),
        text(&statement.source_text),
        wire::form_name(statement.form).to_owned(),
        wire::act_name(statement.act).to_owned(),
        statement.negated.to_string(),
        text(&statement.said_on),
        statement.said_on.as_ref().map(|_| "day".to_owned()).unwrap_or_default(),
        outer.and_then(|s| s.speaker.clone()).unwrap_or_default(),
        statement.answers.as_ref().map(|a| a.n.to_string()).unwrap_or_default(),
        figures(&|f| number(f.min)),
        figures(&|f| number(f.max)),
        figures(&|f| f.of.clone().unwrap_or_default()),
        story.sha256.clone(),
        format!("{:.2}", statement.confidence),
    ]
}

/// The cells of several figures in one; empty where all are.
pub(crate) fn joined(cells: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = cells.collect();
    if all.iter().all(String::is_empty) { String::new() } else { all.join("; ") }
}

/// A bound, empty where it is open.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// A line, its end as RFC 4180 has it left to a plain newline, which every reader takes.
pub(crate) fn line(cells: impl IntoIterator<Item = String>, guarded: bool) -> String {
    let guard = |cell: String| {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if guarded && is_formula { format!("'{cell}") } else { cell }
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and what was text stays text.
    let _ = writer.write_record(cells.into_iter().map(guard));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
