//! Lines of gold and prediction files, and reports of their scores.
//!
//! A story is one line:
//!
//! ```json
//! {"id": "a1", "text": "...", "attributions": [{"id": 1, "source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 40]]}]}
//! ```
//!
//! Offsets are code points into `text`, half-open. `statements` may stand for `attributions`
//! and `story.text` for `text`, so the program's own output is a prediction as it is; a
//! prediction need not carry the text. A cue may be one pair or a list of pairs. A statement may
//! carry `speaker`, `form`, `act`, `negated`, `inside` and `answers: {"n", "stance"}` (both by
//! the `id` of the other statement, or its number from 0 where there are no ids), `said_on` and
//! `figures: [{"span", "min", "max", "unit"}]`; other fields are left alone.
//!
//! A page is one line with `id`, `url`, `html`, `body` and, where known, `title`, `authors` (a
//! list, or names with commas) and `date`.

use crate::page::PageStory;
use crate::statement::StatementScores;
use crate::{Answer, MarkedFigure, MarkedStatement, Pair, Row};
use sayso::analysis::Analysis;
use sayso::text::{CodePoints, Span};
use sayso::wire;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why gold and prediction cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoldError {
    /// The line is not JSON of the form described above; the parser's words.
    Line(String),
    /// A gold story has no text.
    NoText {
        /// The story.
        id: String,
    },
    /// The prediction was made on another text than the gold's.
    TextDiffers {
        /// The story.
        id: String,
    },
    /// The prediction has two lines for a story.
    Twice {
        /// The story.
        id: String,
    },
    /// The prediction has stories that are not in gold.
    NotInGold {
        /// How many.
        stories: usize,
        /// The first of them in alphabetical order.
        first: String,
    },
    /// A span is no range of the text.
    Span {
        /// The story.
        id: String,
        /// Number of the statement in the line, from 0.
        statement: usize,
        /// The span in code points.
        span: [usize; 2],
        /// Length of the text in code points.
        length: usize,
    },
}

impl std::error::Error for GoldError {}

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoldError::Line(why) => write!(f, "not a line of a gold file: {why}"),
            GoldError::NoText { id } => write!(f, "gold story {id} has no text"),
            GoldError::TextDiffers { id } => {
                write!(f, "text differs: story {id} was predicted on another text than the gold's")
            }
            GoldError::Twice { id } => write!(f, "story {id} is predicted twice"),
            GoldError::NotInGold { stories, first } => {
                write!(f, "{stories} predicted stories are not in gold, e.g. {first}")
            }
            GoldError::Span { id, statement, span: [start, end], length } => write!(
                f,
                "story {id}, statement {statement}: [{start}, {end}) is no range of a text of {length} code points"
            ),
        }
    }
}

/// One line of a gold or prediction file, its spans not yet tied to a text.
#[derive(Clone, Debug)]
pub struct StoryLine {
    /// The story's identifier.
    pub id: String,
    /// The story's text; a prediction may lack it.
    pub text: Option<String>,
    statements: Vec<StatementLine>,
}

impl StoryLine {
    /// Reads one line of JSON.
    ///
    /// # Errors
    /// [`GoldError::Line`].
    pub fn read(json: &str) -> Result<StoryLine, GoldError> {
        #[derive(Deserialize)]
        struct Line {
            id: Name,
            text: Option<String>,
            story: Option<InnerStory>,
            attributions: Option<Vec<StatementLine>>,
            statements: Option<Vec<StatementLine>>,
        }
        #[derive(Deserialize)]
        struct InnerStory {
            text: Option<String>,
        }
        let line: Line = serde_json::from_str(json).map_err(|error| GoldError::Line(error.to_string()))?;
        let statements = line.attributions.or(line.statements);
        Ok(StoryLine {
            id: line.id.0,
            text: line.text.or(line.story.and_then(|story| story.text)),
            statements: statements.ok_or_else(|| GoldError::Line("no list of attributions".into()))?,
        })
    }

    /// What an analysis says of the story `id`, read from the record that would be written of it.
    pub fn of_analysis(id: &str, analysis: &Analysis) -> StoryLine {
        let line = wire::record(analysis, id.into(), wire::Fields::new()).to_line();
        StoryLine::read(&line).expect("a record is a line of a prediction file")
    }

    /// The statements with their spans in bytes of `text`.
    fn on(&self, text: &str) -> Result<Vec<MarkedStatement>, GoldError> {
        let numbers = self.statements.iter().enumerate();
        let by_id: BTreeMap<Name, usize> =
            numbers.map(|(n, s)| (s.id.clone().unwrap_or_else(|| Name(n.to_string())), n)).collect();
        let points = CodePoints::new(text);
        let marked = |(number, statement): (usize, &StatementLine)| {
            statement.on(&points, &by_id).map_err(|span| {
                let length = text.chars().count();
                GoldError::Span { id: self.id.clone(), statement: number, span, length }
            })
        };
        self.statements.iter().enumerate().map(marked).collect()
    }
}

/// Joins gold and prediction on the story's `id`.
///
/// # Errors
/// Any of [`GoldError`] but [`GoldError::Line`].
pub fn pair(gold: &[StoryLine], predicted: &[StoryLine]) -> Result<Vec<Pair>, GoldError> {
    let mut by_id: BTreeMap<&str, &StoryLine> = BTreeMap::new();
    for line in predicted {
        if by_id.insert(&line.id, line).is_some() {
            return Err(GoldError::Twice { id: line.id.clone() });
        }
    }
    let known: BTreeSet<&str> = gold.iter().map(|line| line.id.as_str()).collect();
    let unknown: Vec<&str> = by_id.keys().copied().filter(|id| !known.contains(id)).collect();
    if let Some(first) = unknown.first() {
        return Err(GoldError::NotInGold { stories: unknown.len(), first: (*first).to_owned() });
    }
    gold.iter().map(|line| pair_of(line, by_id.get(line.id.as_str()).copied())).collect()
}

fn pair_of(gold: &StoryLine, predicted: Option<&StoryLine>) -> Result<Pair, GoldError> {
    let id = gold.id.clone();
    let Some(text) = gold.text.clone() else { return Err(GoldError::NoText { id }) };
    if predicted.and_then(|line| line.text.as_ref()).is_some_and(|other| *other != text) {
        return Err(GoldError::TextDiffers { id });
    }
    let predicted = predicted.map(|line| line.on(&text)).transpose()?;
    Ok(Pair { id, gold: gold.on(&text)?, text, predicted })
}

/// An identifier: a string or a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "an id is a string or a whole number")]
        enum Either {
            Text(String),
            Number(i64),
        }
        Ok(Name(match Either::deserialize(deserializer)? {
            Either::Text(text) => text,
            Either::Number(number) => number.to_string(),
        }))
    }
}

type Place = [usize; 2];

#[derive(Clone, Debug, Deserialize)]
struct StatementLine {
    id: Option<Name>,
    #[serde(default, deserialize_with = "places")]
    source: Vec<Place>,
    #[serde(default, deserialize_with = "places")]
    cue: Vec<Place>,
    #[serde(default, deserialize_with = "places")]
    content: Vec<Place>,
    speaker: Option<String>,
    form: Option<String>,
    act: Option<String>,
    negated: Option<bool>,
    inside: Option<Name>,
    answers: Option<AnswerLine>,
    said_on: Option<String>,
    figures: Option<Vec<FigureLine>>,
}

#[derive(Clone, Debug, Deserialize)]
struct AnswerLine {
    n: Option<Name>,
    stance: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct FigureLine {
    span: Option<Place>,
    min: Option<f64>,
    max: Option<f64>,
    unit: Option<String>,
}

/// A list of pairs, one pair, or null.
fn places<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Place>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "spans are pairs of offsets")]
    enum Either {
        Many(Vec<Place>),
        One(Place),
        None(()),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Many(places) => places,
        Either::One(place) => vec![place],
        Either::None(()) => Vec::new(),
    })
}

impl StatementLine {
    /// The statement in bytes; gives a span back that is no range of the text.
    fn on(&self, points: &CodePoints, by_id: &BTreeMap<Name, usize>) -> Result<MarkedStatement, Place> {
        let all = |places: &[Place]| -> Result<Vec<Span>, Place> {
            places.iter().map(|&place| bytes(points, place)).collect()
        };
        let number = |name: &Name| by_id.get(name).copied();
        let answers = self.answers.as_ref();
        let figures = self.figures.iter().flatten();
        Ok(MarkedStatement {
            source: all(&self.source)?,
            cue: all(&self.cue)?,
            content: all(&self.content)?,
            speaker: self.speaker.clone(),
            form: self.form.clone(),
            act: self.act.clone(),
            negated: self.negated.unwrap_or(false),
            inside: self.inside.as_ref().and_then(number),
            answers: answers.map(|a| Answer { to: a.n.as_ref().and_then(number), stance: a.stance.clone() }),
            said_on: self.said_on.clone().filter(|date| !date.is_empty()),
            figures: figures.map(|figure| figure.on(points)).collect::<Result<_, _>>()?,
        })
    }
}

impl FigureLine {
    fn on(&self, points: &CodePoints) -> Result<MarkedFigure, Place> {
        let span = self.span.map(|place| bytes(points, place)).transpose()?;
        let unit = self.unit.clone().filter(|unit| !unit.is_empty());
        Ok(MarkedFigure { span, min: self.min, max: self.max, unit })
    }
}

fn bytes(points: &CodePoints, place: Place) -> Result<Span, Place> {
    let [start, end] = place.map(|index| points.byte(index));
    match (start, end) {
        (Some(start), Some(end)) if start <= end => Ok(Span::new(start, end)),
        _ => Err(place),
    }
}

/// One line of a file of marked pages.
#[derive(Clone, Debug)]
pub struct PageLine {
    /// The page's identifier.
    pub id: String,
    /// The address it came from.
    pub url: Option<String>,
    /// The page.
    pub html: String,
    /// The story marked in it.
    pub story: PageStory,
}

impl PageLine {
    /// Reads one line of JSON.
    ///
    /// # Errors
    /// [`GoldError::Line`].
    pub fn read(json: &str) -> Result<PageLine, GoldError> {
        #[derive(Deserialize)]
        struct Line {
            id: Name,
            url: Option<String>,
            #[serde(default)]
            html: String,
            body: String,
            title: Option<String>,
            authors: Option<Authors>,
            date: Option<String>,
        }
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "authors are names or a list of names")]
        enum Authors {
            List(Vec<String>),
            Line(String),
        }
        let line: Line = serde_json::from_str(json).map_err(|error| GoldError::Line(error.to_string()))?;
        let authors = line.authors.map(|authors| match authors {
            Authors::List(names) => names,
            Authors::Line(names) => split_names(&names),
        });
        let story = PageStory { body: line.body, title: line.title, authors, date: line.date };
        Ok(PageLine { id: line.id.0, url: line.url, html: line.html, story })
    }
}

fn split_names(names: &str) -> Vec<String> {
    names.split([',', ';']).flat_map(|part| part.split(" and ")).map(str::to_owned).collect()
}

/// A report as JSON: `stories`, `without_prediction`, and under `attribution` and `statements` a
/// `{"P", "R", "F", "lo", "hi", "pred", "gold"}` a metric.
pub fn report_json(pairs: &[Pair], attribution: &[Row], statements: Option<&StatementScores>) -> String {
    let unpredicted = pairs.iter().filter(|pair| pair.predicted.is_none()).count();
    let mut report = json!({
        "stories": pairs.len(),
        "without_prediction": unpredicted,
        "attribution": rows_json(attribution),
    });
    if let Some(scores) = statements {
        let mut rows = rows_json(&scores.rows);
        rows.insert("act.macro".into(), json!({"F": scores.act_macro, "acts": scores.acts}));
        report["statements"] = Value::Object(rows);
    }
    format!("{report:#}\n")
}

fn rows_json(rows: &[Row]) -> Map<String, Value> {
    let row = |row: &Row| {
        let score = &row.score;
        let mut value = json!({"P": score.precision, "R": score.recall, "F": score.f1});
        if let Some([low, high]) = score.interval {
            value["lo"] = low.into();
            value["hi"] = high.into();
        }
        value["pred"] = score.predicted.into();
        value["gold"] = score.gold.into();
        (row.name.clone(), value)
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> StoryLine {
        StoryLine::read(json).expect("a line")
    }

    #[test]
    fn reads_the_programs_own_format() {
        let gold = line(
            r#"{"id": 7, "text": "É, he said.", "attributions": [
            {"id": "E1", "source": [[3, 5]], "cue": [[6, 10]], "content": [[0, 2]]}]}"#,
        );
        let predicted = line(
            r#"{"id": "7", "story": {"text": "É, he said."}, "statements": [
            {"id": 1, "source": null, "cue": [6, 10], "content": [[0, 2]], "act": "say"}]}"#,
        );
        let pairs = pair(&[gold], &[predicted]).expect("a pair");
        assert_eq!(pairs[0].gold[0].content, [Span::new(0, 3)]);
        assert_eq!(pairs[0].predicted.as_ref().map(|p| p[0].cue.clone()), Some(pairs[0].gold[0].cue.clone()));
    }

    #[test]
    fn links_go_by_id_or_number() {
        let by_id = line(r#"{"id": 1, "text": "", "attributions": [{"id": 5}, {"id": 6, "inside": 5}]}"#);
        let by_number =
            line(r#"{"id": 1, "text": "", "attributions": [{}, {"answers": {"n": 0}}, {"inside": 9}]}"#);
        assert_eq!(by_id.on("").expect("marked")[1].inside, Some(0));
        let marked = by_number.on("").expect("marked");
        assert_eq!(marked[1].answers.as_ref().and_then(|answer| answer.to), Some(0));
        assert_eq!(marked[2].inside, None);
    }

    #[test]
    fn names_what_is_wrong() {
        let gold = line(r#"{"id": "a", "text": "abc", "attributions": []}"#);
        let wrong = |json: &str| pair(std::slice::from_ref(&gold), &[line(json)]).unwrap_err();
        assert_eq!(
            wrong(r#"{"id": "a", "text": "abd", "attributions": []}"#),
            GoldError::TextDiffers { id: "a".into() }
        );
        assert_eq!(
            wrong(r#"{"id": "b", "attributions": []}"#),
            GoldError::NotInGold { stories: 1, first: "b".into() }
        );
        assert_eq!(
            wrong(r#"{"id": "a", "attributions": [{"content": [[2, 5]]}]}"#).to_string(),
            "story a, statement 0: [2, 5) is no range of a text of 3 code points"
        );
        assert!(matches!(StoryLine::read(r#"{"id": "a", "text": "abc"}"#), Err(GoldError::Line(_))));
        let twice = [line(r#"{"id": "a", "attributions": []}"#), line(r#"{"id": "a", "attributions": []}"#)];
        assert_eq!(pair(&[gold], &twice).unwrap_err(), GoldError::Twice { id: "a".into() });
    }

    #[test]
    fn authors_are_a_list_or_a_line() {
        let authors = |json: &str| PageLine::read(json).expect("a page").story.authors;
        let page = |authors: &str| format!(r#"{{"id": 1, "html": "", "body": "", "authors": {authors}}}"#);
        let line = authors(&page("\"Ana Ruiz, Lee Park and Jo Li\""));
        assert_eq!(line.map(|names| names.len()), Some(3));
        assert_eq!(authors(&page("[\"Ana, Ruiz\"]")), Some(vec!["Ana, Ruiz".to_owned()]));
        assert_eq!(authors(&page("null")), None);
    }
}
