//! The ledger's JSON: answers to questions, and the lines of an export.

use sayso::wire::{Fields, Range};
use serde::{Deserialize, Serialize};

/// An answer as JSON on one line, without the line's end.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("an answer holds only what JSON can say")
}

/// An answer as JSON over many lines, without the last line's end.
pub fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("an answer holds only what JSON can say")
}

/// What Datasette is to know of a ledger that it shows under the name `database`: which views are searched and how,
/// which columns name a row, by which values rows are counted, and the questions as stored queries.
pub fn datasette(database: &str) -> String {
    let hidden =
        ["_copy", "_forgotten", "_page", "_place", "_setting", "_shingle", "alias", "body", "mention"];
    let mut tables = serde_json::json!({
        "statement_v": {
            "title": "Statements", "fts_table": "statement_fts", "fts_pk": "id", "size": 50,
            "sortable_columns": ["id", "day", "speaker", "confidence"],
        },
        "figure_v": {"title": "Figures", "size": 50, "sortable_columns": ["min", "max", "day"]},
        "story_v": {"title": "Stories", "size": 50, "sortable_columns": ["day", "statements"]},
        "statement": {"label_column": "content_text", "facets": ["act", "form"], "size": 50},
        "story": {"label_column": "title"},
        "text": {"label_column": "sha256"},
        "entity": {"label_column": "name", "facets": ["kind"]},
        "outlet": {"label_column": "name"},
        "copies": {"label_column": "title"},
    });
    for table in hidden {
        tables[table] = serde_json::json!({"hidden": true});
    }
    let statements =
        "select day, speaker, act, content_text, on_whose_word, outlet, url, key from statement_v";
    let queries = serde_json::json!({
        "who": {
            "title": "Who says what about it",
            "sql": format!("{statements} where id in (select rowid from statement_fts where statement_fts match escape_fts(:query) \
                order by rank limit 100) order by day"),
        },
        "speaker": {
            "title": "All that somebody is on record with",
            "sql": format!("{statements} where id in (select statement.id from statement join alias on alias.entity_id = speaker_id \
                where alias.name = :name collate nocase) order by day"),
        },
        "denials": {
            "title": "Who denies what about it",
            "sql": format!("{statements} where act = 'deny' and id in (select rowid from statement_fts where statement_fts \
                match escape_fts(:query)) order by day"),
        },
        "figures": {
            "title": "Figures told of something, with their bounds",
            "sql": "select day, speaker, words, min, max, unit, counted, content_text, outlet, url, statement from figure_v \
                where counted like '%' || :counted || '%' order by day limit 200",
        },
        "copies": {
            "title": "Texts that several stories print",
            "sql": "select copies.id, copies.title, copies.agency, count(*) as stories from story join text on text.id = story.text_id \
                join copies on copies.id = text.copies_id group by copies.id having count(*) > 1 order by stories desc limit 200",
        },
    });
    pretty(&serde_json::json!({
        "title": "A ledger of who says what",
        "description": "Made by sayso; wrong at times: `confidence` says how likely a row is right, `checked` which a hand has looked at.",
        "databases": {database: {"tables": tables, "queries": queries}},
    }))
}

/// Fields of an input line that the ledger keeps as they came.
pub(crate) fn given(fields: &Fields) -> String {
    serde_json::Value::Object(fields.clone()).to_string()
}

/// The fields that [`given`] wrote.
pub(crate) fn fields(given: &str) -> Fields {
    serde_json::from_str(given).unwrap_or_default()
}

/// What the model had where a hand corrected it.
pub(crate) fn machine(machine: &Machine) -> String {
    line(machine)
}

/// What [`machine`] wrote.
pub(crate) fn read_machine(machine: &str) -> Option<Machine> {
    serde_json::from_str(machine).ok()
}

/// A line of an export; `None` where it is of a type that this program does not know.
///
/// # Errors
/// When the line is none; why, in the parser's words.
pub(crate) fn read(line: &str) -> Result<Option<Line>, String> {
    #[derive(Deserialize)]
    struct Typed {
        r#type: String,
    }
    const TYPES: [&str; 7] = ["story", "entity", "copies", "statement", "removed", "correction", "note"];
    let typed: Typed = serde_json::from_str(line).map_err(|e| e.to_string())?;
    if !TYPES.contains(&typed.r#type.as_str()) {
        return Ok(None);
    }
    serde_json::from_str(line).map(Some).map_err(|e| e.to_string())
}

/// The fields of a statement that a hand can correct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) speaker: Option<String>,
    pub(crate) act: String,
    pub(crate) negated: bool,
    pub(crate) content_text: String,
    pub(crate) content_spans: String,
}

/// A line of an export, told from the others by its `type`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Line {
    Story(Box<Story>),
    Entity(Entity),
    Copies(Copies),
    Statement(Box<Statement>),
    /// What a hand has found to be no statement: kept so that an import can undo it too.
    Removed(Box<Statement>),
    Correction(Box<crate::Correction>),
    Note(crate::Note),
}

/// A printing of a text. What is read from the text stands with the first of its printings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Story {
    pub(crate) id: usize,
    pub(crate) key: String,
    #[serde(rename = "ref")]
    pub(crate) reference: String,
    pub(crate) hash: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) captured: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) agency: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) filed: Option<String>,
    pub(crate) given: Fields,
    pub(crate) tags: Vec<crate::Tag>,
    #[serde(flatten)]
    pub(crate) reading: Option<Reading>,
}

/// What is known of a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) language: Option<String>,
    pub(crate) model: String,
    pub(crate) reader: String,
    pub(crate) length: i64,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) notices: Vec<String>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) dates: Vec<Dates>,
    pub(crate) mentions: Vec<Mention>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Paragraph {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: String,
}

/// An amount or count; the fields are those of `sayso::wire::Figure`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its words.
    pub text: String,
    /// Lowest value; `None` where open.
    #[serde(serialize_with = "sayso::wire::bare_number")]
    pub min: Option<f64>,
    /// Highest value; `None` where open.
    #[serde(serialize_with = "sayso::wire::bare_number")]
    pub max: Option<f64>,
    /// Whether it is said to be inexact.
    pub approx: bool,
    /// ISO 4217 for money, `%`, `km`, `year`; `None` for a count.
    pub unit: Option<String>,
    /// The words counted.
    pub of: Option<String>,
    /// `up` or `down` where it is the amount of a change.
    pub change: Option<String>,
    /// Where its words stand, in code points of the text.
    pub span: Range,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dates {
    pub(crate) span: Range,
    pub(crate) from: String,
    pub(crate) to: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Mention {
    pub(crate) number: i64,
    pub(crate) entity: usize,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) spans: Vec<Range>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entity {
    pub(crate) id: usize,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) aliases: Vec<String>,
}

/// Stories that print one text, or most of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Copies {
    pub(crate) id: usize,
    pub(crate) agency: Option<String>,
    /// The earliest story.
    pub(crate) origin: usize,
    pub(crate) stories: Vec<usize>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) id: usize,
    pub(crate) key: String,
    pub(crate) story: usize,
    pub(crate) number: i64,
    pub(crate) source: Vec<Range>,
    pub(crate) cue: Vec<Range>,
    pub(crate) content: Vec<Range>,
    pub(crate) source_text: Option<String>,
    pub(crate) cue_text: Option<String>,
    pub(crate) content_text: String,
    pub(crate) speaker: Option<String>,
    pub(crate) entity: Option<usize>,
    pub(crate) form: String,
    pub(crate) kind: String,
    pub(crate) act: String,
    pub(crate) negated: bool,
    /// Number, in the story, of the statement that holds it.
    pub(crate) inside: Option<i64>,
    pub(crate) answers: Option<Answer>,
    pub(crate) said_on: Option<String>,
    pub(crate) day: Option<String>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) confidence: f64,
    pub(crate) checked: bool,
    pub(crate) tags: Vec<crate::Tag>,
    /// What the model had in the place of what a hand corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<Machine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) n: i64,
    pub(crate) stance: Option<String>,
}
