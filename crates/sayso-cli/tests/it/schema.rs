//! The JSON Schema and what is written agree, in both directions.

use crate::harness::{Folder, PAGE};
use sayso::analysis::{Analysis, analyse};
use sayso::coref::Cluster;
use sayso::figure::{Change, Figure};
use sayso::mention;
use sayso::model::Model;
use sayso::page::Page;
use sayso::period::Period;
use sayso::statement::{Act, Answer, Form, Kind, Stance, Statement};
use sayso::story::{Dateline, Meta, Paragraph, ParagraphKind};
use sayso::text::Span;
use sayso::wire::{self, Id};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../sayso/schema/sayso-1.schema.json");
    let text = std::fs::read_to_string(path).expect("the schema stands in the library's folder");
    serde_json::from_str(&text).expect("the schema is JSON")
}

#[track_caller]
fn check(object: &Value) {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let errors: Vec<String> =
        validator.iter_errors(object).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{object:#}");
}

const TEXT: &str = "“No,” said Ruiz.\n\nAbout 150 cars — “Yes” — crossed 橋 at noon.";

const FORMS: [Form; 7] =
    [Form::Named, Form::Role, Form::Pronoun, Form::Metonym, Form::Document, Form::Unnamed, Form::None];
const STANCES: [Stance; 3] = [Stance::Deny, Stance::Confirm, Stance::Decline];
const PARAGRAPHS: [ParagraphKind; 6] = [
    ParagraphKind::Headline,
    ParagraphKind::Subhead,
    ParagraphKind::Body,
    ParagraphKind::Quote,
    ParagraphKind::List,
    ParagraphKind::Other,
];

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

/// A statement that fills every field, the `n`th of a story.
fn statement(n: usize) -> Statement {
    Statement {
        source: vec![span("Ruiz")],
        cue: Some(span("said")),
        content: vec![span("“No,”"), span("“Yes”")],
        speaker: Some("Ruiz".to_owned()),
        cluster: Some(n % mention::Kind::ALL.len()),
        form: FORMS[n % FORMS.len()],
        kind: Kind::ALL[n % Kind::ALL.len()],
        act: Act::ALL[n % Act::ALL.len()],
        negated: n % 2 == 1,
        inside: n.checked_sub(1),
        answers: Some(Answer { statement: 0, stance: STANCES[n % STANCES.len()] }),
        said_on: Some("2025-04-08".to_owned()),
        figures: vec![Figure {
            span: span("About 150"),
            min: Some(150.0),
            max: Some(150.5),
            approx: true,
            unit: Some("%".to_owned()),
            of: Some(span("cars")),
            change: Some(Change::Down),
        }],
        confidence: 0.87,
    }
}

/// An analysis with every field filled and every value that an enum has.
fn full() -> Analysis {
    let mut analysis = analyse(&Page::exact(TEXT), Model::fast());
    let text = |words: &str| Some(words.to_owned());
    analysis.story.meta = Meta {
        headline: text("Bridge"),
        byline: text("By Lee Park"),
        authors: vec!["Lee Park".to_owned()],
        agency: text("AFP"),
        dateline: Some(Dateline { place: text("Port Lowell"), date: text("2025-04-09") }),
        published: text("2025-04-09T10:00:00+02:00"),
        modified: text("2025-04-09"),
        outlet: text("Lowell Courier"),
        url: text("https://example.org/bridge"),
        captured: text("2025-05-01"),
        language: text("en"),
    };
    analysis.story.notices = vec!["page cut".to_owned()];
    let letters = "said Ruiz".char_indices().map(|(n, _)| n);
    let start = TEXT.find("said Ruiz").expect("the words stand in the text");
    analysis.story.paragraphs = PARAGRAPHS
        .iter()
        .zip(letters)
        .map(|(&kind, n)| Paragraph { span: Span::new(start + n, start + n + 1), kind })
        .collect();
    analysis.clusters = mention::Kind::ALL
        .iter()
        .map(|&kind| Cluster {
            name: "Ruiz".to_owned(),
            kind,
            mentions: vec![span("Ruiz")],
            roles: Vec::new(),
            gender: None,
        })
        .collect();
    let day = "2025-04-08".parse().expect("a day");
    analysis.periods = vec![Period { span: span("at noon"), from: day, to: day }];
    analysis.statements = (0..Act::ALL.len()).map(statement).collect();
    analysis
}

/// The analysis with nothing known.
fn bare() -> Analysis {
    let mut analysis = full();
    analysis.story.meta = Meta { dateline: Some(Dateline::default()), ..Meta::default() };
    for statement in &mut analysis.statements {
        *statement = Statement {
            source: Vec::new(),
            cue: None,
            speaker: None,
            cluster: None,
            inside: None,
            answers: None,
            said_on: None,
            ..statement.clone()
        };
        let figure = &mut statement.figures[0];
        (figure.min, figure.max, figure.unit, figure.of) = (None, None, None, None);
    }
    analysis
}

fn written(analysis: &Analysis) -> Value {
    serde_json::from_str(&wire::record(analysis, Id::from("a"), wire::Fields::new()).to_line())
        .expect("a line is JSON")
}

#[test]
fn what_is_written_is_as_the_schema_says() {
    check(&written(&full()));
    check(&written(&bare()));
    let folder = Folder::new();
    folder
        .file("page.html", PAGE)
        .file("lines.jsonl", "{\"id\": 7, \"text\": \"“No,” said Mayor Ana Ruiz.\"}");
    let run = folder.run(&["read", "--jsonl", "page.html", "lines.jsonl"]);
    run.ends(0, &[]).objects().iter().for_each(check);
}

#[test]
fn the_example_of_the_specification_is_as_the_schema_says() {
    let page = include_str!("../../../sayso/src/wire/mod.rs");
    let (_, rest) = page.split_once("```json\n").expect("the page has an example");
    let (example, _) = rest.split_once("//! ```").expect("the example ends");
    let example: Value = serde_json::from_str(&example.replace("//!", "")).expect("the example is JSON");
    check(&example);
}

#[test]
fn the_schema_has_no_field_that_is_not_written() {
    let schema = schema();
    let record = written(&full());
    let story = &record["story"];
    let statement = &record["statements"][1];
    for (name, object) in [
        ("record", &record),
        ("story", story),
        ("dateline", &story["dateline"]),
        ("paragraph", &story["paragraphs"][0]),
        ("statement", statement),
        ("answer", &statement["answers"]),
        ("figure", &statement["figures"][0]),
        ("entity", &record["entities"][0]),
        ("dates", &record["dates"][0]),
    ] {
        let definition = &schema["$defs"][name];
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        let required: BTreeSet<String> = serde_json::from_value(definition["required"].clone()).unwrap();
        assert_eq!(names(object), names(&definition["properties"]), "{name}");
        assert_eq!(names(object), required, "{name}: every field is always there");
        assert_eq!(definition["additionalProperties"], false, "{name}");
    }
    let objects = schema["$defs"].as_object().unwrap().values().filter(|d| d["type"] == "object").count();
    assert_eq!(objects, 9, "a kind of object that this test does not know");
}

#[test]
fn the_schema_has_no_value_that_is_not_written() {
    let schema = schema();
    let record = written(&full());
    for (list, definition, field) in [
        (&record["story"]["paragraphs"], "paragraph", "kind"),
        (&record["statements"], "statement", "form"),
        (&record["statements"], "statement", "kind"),
        (&record["statements"], "statement", "act"),
        (&record["entities"], "entity", "type"),
    ] {
        let allowed: BTreeSet<String> =
            serde_json::from_value(schema["$defs"][definition]["properties"][field]["enum"].clone()).unwrap();
        let found: BTreeSet<String> =
            list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect();
        assert_eq!(found, allowed, "{definition}.{field}");
    }
    let stances: BTreeSet<String> =
        record["statements"].as_array().unwrap().iter().map(|s| s["answers"]["stance"].to_string()).collect();
    assert_eq!(stances, BTreeSet::from(["\"confirm\"", "\"decline\"", "\"deny\""].map(String::from)));
}

#[test]
fn the_schema_refuses_what_is_not_in_the_format() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = written(&full());
    for (pointer, wrong) in [
        ("/sayso", json!(2)),
        ("/id", json!(1.5)),
        ("/story/sha256", json!("0")),
        ("/story/published", json!("yesterday")),
        ("/story/paragraphs/0/kind", json!("caption")),
        ("/statements/0/act", json!("shout")),
        ("/statements/0/content", json!([])),
        ("/statements/0/content/0", json!([1])),
        ("/statements/0/cue", json!([[0, 1], [2, 3]])),
        ("/statements/0/id", json!(0)),
        ("/statements/0/said_on", json!("Tuesday")),
        ("/statements/0/figures/0/min", json!("150")),
    ] {
        let mut object = good.clone();
        *object.pointer_mut(pointer).expect("the field is there") = wrong;
        assert!(!validator.is_valid(&object), "{pointer}");
    }
}

#[test]
fn offsets_are_code_points_and_numbers_count_from_one() {
    let record = written(&full());
    let characters: Vec<char> = TEXT.chars().collect();
    let words = |range: &Value| {
        let at = |n: usize| usize::try_from(range[n].as_u64().unwrap()).unwrap();
        characters[at(0)..at(1)].iter().collect::<String>()
    };
    let statement = &record["statements"][1];
    assert_eq!(words(&statement["content"][1]), "“Yes”");
    let content: Vec<String> = statement["content"].as_array().unwrap().iter().map(words).collect();
    assert_eq!(statement["content_text"], content.join(" … "));
    assert_eq!(statement["source_text"], words(&statement["source"][0]));
    assert_eq!(statement["cue_text"], words(&statement["cue"][0]));
    assert_eq!(words(&statement["figures"][0]["span"]), "About 150");
    assert_eq!(words(&record["entities"][0]["mentions"][0]), "Ruiz");
    assert_eq!(
        (&statement["id"], &statement["inside"], &statement["answers"]["n"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!((&statement["entity"], &record["entities"][1]["id"]), (&json!(2), &json!(2)));
    let figure = &statement["figures"][0];
    assert_eq!(
        (figure["min"].to_string(), figure["max"].to_string()),
        ("150".to_owned(), "150.5".to_owned())
    );
    // sha256sum of the text's bytes.
    assert_eq!(record["story"]["sha256"], "de7a3ed034d279f30cf757c1f78906cf338a1216c37cb6f82de59ec95c29e6b6");
}
