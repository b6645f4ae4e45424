//! The JSON format: one object a story.
//!
//! [`record`] turns an [`Analysis`] into a [`Record`], the object that is written; [`mod@line`] reads
//! the lines that come in. This page and the types on it specify the format;
//! `schema/sayso-1.schema.json` says the same to machines, and a test keeps the two in step.
//!
//! # An example
//!
//! ```json
//! {"sayso": 1, "id": "page.html", "reader": "0.1.0", "model": "fast/1",
//!  "story": {"text": "\"The bridge is safe,\" said Mayor Ana Ruiz on Monday.",
//!    "sha256": "9019093bac3cdd556e158414df0fe70b82bcb09bb497c75f721cbc6649385569",
//!    "headline": null, "byline": null, "authors": [], "agency": null,
//!    "dateline": null, "published": null, "published_day": null, "modified": null, "outlet": null, "url": null, "captured": null,
//!    "language": "en", "paragraphs": [{"start": 0, "end": 52, "kind": "body"}]},
//!  "statements": [{"id": 1, "source": [[27, 41]], "cue": [[22, 26]], "content": [[0, 21]],
//!    "source_text": "Mayor Ana Ruiz", "cue_text": "said", "content_text": "\"The bridge is safe,\"",
//!    "speaker": "Ana Ruiz", "form": "named", "kind": "direct", "act": "say", "negated": false,
//!    "inside": null, "answers": null, "said_on": null, "figures": [], "entity": 1, "confidence": 0.9}],
//!  "figures": [], "dates": [], "entities": [{"id": 1, "name": "Ana Ruiz", "type": "person", "mentions": [[33, 41]]}],
//!  "notices": [], "given": {}}
//! ```
//!
//! # Rules for all fields
//!
//! - Encoding is UTF-8. In JSON lines each object stands on a line of its own.
//! - **Offsets** are Unicode code points into `story.text`, half-open: `[start, end)`, from 0.
//!   They count what Python's `len` counts; JavaScript's `length` counts otherwise.
//! - Every field is always there. What is not known is `null`, an empty list where it is a list.
//! - Lists of spans are in the order of the text and do not overlap.
//! - The order of fields and of list items is fixed: the same page gives the same bytes.
//! - A reader must skip fields that it does not know. New fields may appear under the same
//!   version; the version rises when a field goes, or changes its meaning or its values.
//!
//! The fields stand on [`Record`], [`Story`], [`Statement`], [`Figure`], [`Dates`] and [`Entity`].

pub mod line;
mod names;

pub use names::{
    act_name, bare_number, change_name, entity_kind_name, form_name, kind_name, paragraph_name, stance_name,
};

use crate::analysis::{self, Analysis};
use crate::coref::Cluster;
use crate::period::Period;
use crate::statement::{Act, Form, Kind, Stance};
use crate::story::ParagraphKind;
use crate::text::{CodePoints, Span};
use crate::{figure, mention, statement, story};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Version of the format that [`record`] writes.
pub const FORMAT: u32 = 1;

/// A half-open range `[start, end)` of code points of `story.text`.
pub type Range = [usize; 2];

/// The object written for one story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Version of the format: [`FORMAT`].
    pub sayso: u32,
    /// Name of the page.
    pub id: Id,
    /// Version of the reader ("0.1.0").
    pub reader: String,
    /// Name and version of what found the statements ("fast/1").
    pub model: String,
    /// What was printed.
    pub story: Story,
    /// Who says what in it, in the order of the text.
    pub statements: Vec<Statement>,
    /// Its amounts and counts, in the order of the text: those of statements, and all others.
    pub figures: Vec<Figure>,
    /// The days and spans of days that it tells of, in the order of the text.
    pub dates: Vec<Dates>,
    /// Whom and what it names.
    pub entities: Vec<Entity>,
    /// Sentences for a human reader on how the page was read ("not English ...").
    pub notices: Vec<String>,
    /// Fields of the input line that Sayso does not know, as they came; `{}` where there are none.
    pub given: Fields,
}

/// Fields of an object, in their order.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// Name of a page: the input line's own `id`, a string or an integer as it came; else the path,
/// the address, or `FILE:LINE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "`id` must be a string or an integer")]
pub enum Id {
    /// An integer, kept one so that it equals the id it came from.
    Number(i64),
    /// Anything else.
    Text(String),
}

/// What was printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// The story's characters, which all offsets count.
    pub text: String,
    /// SHA-256 of `text` in UTF-8: 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The headline as printed, without the site's name, or `null`.
    pub headline: Option<String>,
    /// The byline as printed ("By Ana Ruiz and Lee Park, AFP"), or `null`.
    pub byline: Option<String>,
    /// Names of the authors, one each.
    pub authors: Vec<String>,
    /// The news agency credited ("AFP"), or `null`.
    pub agency: Option<String>,
    /// Place and date at the head of the body, or `null`.
    pub dateline: Option<Dateline>,
    /// When it was published: RFC 3339 with the zone as printed, a bare ISO date, or `null`.
    pub published: Option<String>,
    /// The ISO date of `published`, or `null`.
    pub published_day: Option<String>,
    /// When it was last changed, in the same form.
    pub modified: Option<String>,
    /// Name of the outlet, or `null`.
    pub outlet: Option<String>,
    /// Canonical address, or `null`.
    pub url: Option<String>,
    /// When the page was fetched or saved, in the form of `published`, or `null`.
    pub captured: Option<String>,
    /// ISO 639-1 code of the text's language, or `null`.
    pub language: Option<String>,
    /// The text's paragraphs in order, without overlap.
    pub paragraphs: Vec<Paragraph>,
}

/// Where and when a story was filed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dateline {
    /// The place ("Kyiv, Ukraine"), or `null`.
    pub place: Option<String>,
    /// ISO date ("2025-04-09"), or `null`.
    pub date: Option<String>,
}

/// A paragraph of a story's text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paragraph {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// `headline`, `body`, `subhead`, `quote`, `list` or `other`; the last for what is in `text`
    /// and not story, where no statements are read.
    #[serde(serialize_with = "names::paragraph")]
    pub kind: ParagraphKind,
}

/// Who says what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// Number of the statement in the story, from 1; `inside` and `answers.n` refer to it.
    pub id: usize,
    /// The phrase that names the source; `[]` where none does.
    pub source: Vec<Range>,
    /// The words that signal the statement, one range; `[]` where only layout does.
    pub cue: Vec<Range>,
    /// What is said, with its quotation marks; never empty.
    pub content: Vec<Range>,
    /// The words of `source`, or `null`: of one range its very characters, of several each one's,
    /// joined by ` … `.
    pub source_text: Option<String>,
    /// The words of `cue`, in the same way.
    pub cue_text: Option<String>,
    /// The words of `content`, in the same way.
    pub content_text: String,
    /// The fullest name the story gives the source; `null` where nobody can be named.
    pub speaker: Option<String>,
    /// How the source is worded: `named`, `role`, `pronoun`, `metonym`, `document`, `unnamed`,
    /// `none`.
    #[serde(serialize_with = "names::form")]
    pub form: Form,
    /// `direct`, `mixed` or `indirect`: all, some or none of the content's words stand in
    /// quotation marks.
    #[serde(serialize_with = "names::kind")]
    pub kind: Kind,
    /// `say`, `deny`, `confirm`, `accuse`, `warn`, `demand`, `promise`, `ask`, `decline`,
    /// `believe` or `want`.
    #[serde(serialize_with = "names::act")]
    pub act: Act,
    /// `true` where the act is said not to have happened ("did not accuse").
    pub negated: bool,
    /// `id` of the statement whose content holds this one, or `null`.
    pub inside: Option<usize>,
    /// Which statement of this story it answers, or `null`.
    pub answers: Option<Answer>,
    /// ISO date on which it was said, where the story tells it, else `null`.
    pub said_on: Option<String>,
    /// Amounts and counts in the content, in the order of the text.
    pub figures: Vec<Figure>,
    /// `id` of the entity that speaks, or `null`.
    pub entity: Option<usize>,
    /// How likely the row is right in content, speaker, act and negation, all four: 0.01 to 0.99, in
    /// hundredths. Of the statements given 0.8, about eight in ten are right.
    #[serde(serialize_with = "names::hundredths")]
    pub confidence: f32,
}

/// How one statement answers another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// `id` of the statement answered.
    pub n: usize,
    /// `deny`, `confirm` or `decline`.
    #[serde(serialize_with = "names::stance")]
    pub stance: Stance,
}

/// An amount or count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its words.
    pub text: String,
    /// Lowest value; `null` where open ("up to 50"). A whole number is written without a point.
    #[serde(serialize_with = "bare_number")]
    pub min: Option<f64>,
    /// Highest value; `null` where open ("more than 150"). Equal to `min` for an exact figure.
    #[serde(serialize_with = "bare_number")]
    pub max: Option<f64>,
    /// `true` for a figure said to be inexact ("about 150").
    pub approx: bool,
    /// ISO 4217 for money, `%`, `km`, `year` ...; `null` for a count.
    pub unit: Option<String>,
    /// The words counted ("soldiers"), or `null`.
    pub of: Option<String>,
    /// `up` or `down` where it is the amount of a change ("fell 3 %"), else `null`.
    #[serde(serialize_with = "names::change")]
    pub change: Option<figure::Change>,
    /// Where its words stand.
    pub span: Range,
}

/// A phrase that tells a day or a span of days, reckoned from the day of the dateline, else of publication.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dates {
    /// Where its words stand.
    pub span: Range,
    /// ISO date of the first day.
    pub from: String,
    /// ISO date of the last day, inclusive; `from` again for a single day.
    pub to: String,
}

/// Somebody or something that the story names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entity {
    /// Number of the entity in the story, from 1.
    pub id: usize,
    /// The fullest name that the story gives.
    pub name: String,
    /// `person`, `organization`, `place` or `unknown`.
    #[serde(rename = "type", serialize_with = "names::entity_kind")]
    pub kind: mention::Kind,
    /// The phrases that name it, in order.
    pub mentions: Vec<Range>,
}

/// The object to be written for an analysed page. `given` are the further fields of its input line.
pub fn record(analysis: &Analysis, id: Id, given: Fields) -> Record {
    let text = &analysis.story.text;
    let border = Border { text, points: CodePoints::new(text) };
    Record {
        sayso: FORMAT,
        id,
        reader: analysis::READER.to_owned(),
        model: analysis.model.clone(),
        story: border.story(&analysis.story),
        statements: (1..).zip(&analysis.statements).map(|(n, s)| border.statement(n, s)).collect(),
        figures: analysis.figures.iter().map(|f| border.figure(f)).collect(),
        dates: analysis.periods.iter().map(|p| border.dates(p)).collect(),
        entities: (1..).zip(&analysis.clusters).map(|(n, c)| border.entity(n, c)).collect(),
        notices: analysis.story.notices.clone(),
        given,
    }
}

impl Record {
    /// The object on one line, without the line's end.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).expect("a record holds only what JSON can say")
    }

    /// The object over many lines, for a human reader, without the last line's end.
    pub fn to_pretty(&self) -> String {
        serde_json::to_string_pretty(self).expect("a record holds only what JSON can say")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Number(number) => number.fmt(f),
            Id::Text(text) => text.fmt(f),
        }
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Id {
        Id::Text(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Id {
        Id::Text(text)
    }
}

/// The border of one story, where bytes become code points and indices become numbers.
struct Border<'t> {
    text: &'t str,
    points: CodePoints<'t>,
}

impl Border<'_> {
    fn story(&self, story: &story::Story) -> Story {
        let meta = story.meta.clone();
        Story {
            text: self.text.to_owned(),
            sha256: sha256(self.text),
            headline: meta.headline,
            byline: meta.byline,
            authors: meta.authors,
            agency: meta.agency,
            dateline: meta.dateline.map(|d| Dateline { place: d.place, date: d.date }),
            published_day: meta.published.as_deref().and_then(|p| p.get(..10)).map(str::to_owned),
            published: meta.published,
            modified: meta.modified,
            outlet: meta.outlet,
            url: meta.url,
            captured: meta.captured,
            language: meta.language,
            paragraphs: story.paragraphs.iter().map(|p| self.paragraph(p)).collect(),
        }
    }

    fn paragraph(&self, paragraph: &story::Paragraph) -> Paragraph {
        let [start, end] = self.points.span(paragraph.span);
        Paragraph { start, end, kind: paragraph.kind }
    }

    fn statement(&self, id: usize, statement: &statement::Statement) -> Statement {
        Statement {
            id,
            source: self.ranges(&statement.source),
            cue: self.ranges(statement.cue.as_slice()),
            content: self.ranges(&statement.content),
            source_text: self.words(&statement.source),
            cue_text: self.words(statement.cue.as_slice()),
            content_text: self.words(&statement.content).unwrap_or_default(),
            speaker: statement.speaker.clone(),
            form: statement.form,
            kind: statement.kind,
            act: statement.act,
            negated: statement.negated,
            inside: statement.inside.map(number),
            answers: statement.answers.map(|a| Answer { n: number(a.statement), stance: a.stance }),
            said_on: statement.said_on.clone(),
            figures: statement.figures.iter().map(|f| self.figure(f)).collect(),
            entity: statement.cluster.map(number),
            confidence: statement.confidence,
        }
    }

    fn figure(&self, figure: &figure::Figure) -> Figure {
        Figure {
            text: figure.span.slice(self.text).to_owned(),
            min: figure.min,
            max: figure.max,
            approx: figure.approx,
            unit: figure.unit.clone(),
            of: figure.of.map(|span| span.slice(self.text).to_owned()),
            change: figure.change,
            span: self.points.span(figure.span),
        }
    }

    fn dates(&self, period: &Period) -> Dates {
        Dates {
            span: self.points.span(period.span),
            from: period.from.to_string(),
            to: period.to.to_string(),
        }
    }

    fn entity(&self, id: usize, cluster: &Cluster) -> Entity {
        Entity {
            id,
            name: cluster.name.clone(),
            kind: cluster.kind,
            mentions: self.ranges(&cluster.mentions),
        }
    }

    /// The characters of some spans, ` … ` between them.
    fn words(&self, spans: &[Span]) -> Option<String> {
        let words: Vec<&str> = spans.iter().map(|span| span.slice(self.text)).collect();
        (!words.is_empty()).then(|| words.join(" … "))
    }

    fn ranges(&self, spans: &[Span]) -> Vec<Range> {
        spans.iter().map(|&span| self.points.span(span)).collect()
    }
}

/// The number on the wire of what has `index` in the analysis.
fn number(index: usize) -> usize {
    index + 1
}

/// SHA-256 of a text in UTF-8: 64 lower-case hexadecimal digits.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
