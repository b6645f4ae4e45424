//! Pages of our own, each with the story that must be read from it.
//!
//! `tests/pages/NAME/` holds `page.html` or `page.txt`; `carrier.json`, where the carrier said
//! something (`address`, `media_type`); `story.json`, what must be read; `gold.jsonl`, the story's
//! text with its statements marked by hand, which the tests of `sayso-score` hold what is read against.
//!
//! `SAYSO_BLESS=1 cargo test` rewrites `story.json` with what is read, for a person to look at;
//! `gold.jsonl` is never rewritten. Where the reader is known to be wrong, `story.json` says what
//! it does read, with a line `fixme` that says what is wrong with it.

use sayso::analysis::{Analysis, analyse};
use sayso::model::Model;
use sayso::page::Page;
use sayso::story::ParagraphKind;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

struct Fixture {
    name: String,
    folder: PathBuf,
    page: Page,
}

impl Fixture {
    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file))
            .unwrap_or_else(|error| panic!("{}/{file}: {error}", self.name))
    }

    fn expected(&self) -> Value {
        serde_json::from_str(&self.read("story.json"))
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let entries = fs::read_dir(root).expect("the folder of pages");
    let folders = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let mut fixtures: Vec<Fixture> = folders.map(fixture).collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(fixtures.len() > 10, "pages are missing");
    fixtures
}

fn fixture(folder: PathBuf) -> Fixture {
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    let bytes = ["page.html", "page.txt"].iter().find_map(|file| fs::read(folder.join(file)).ok());
    let bytes = bytes.unwrap_or_else(|| panic!("{name}: no page"));
    let carrier = fs::read_to_string(folder.join("carrier.json")).unwrap_or_else(|_| "{}".into());
    let carrier: Value = serde_json::from_str(&carrier).expect("a carrier in JSON");
    let said = |key: &str| carrier[key].as_str().map(str::to_owned);
    let page = Page { bytes, address: said("address"), media_type: said("media_type"), ..Page::default() };
    Fixture { name, folder, page }
}

/// The analysis' story in the form of `story.json`.
fn story_json(analysis: &Analysis) -> Value {
    let story = &analysis.story;
    let paragraphs = story.paragraphs.iter().map(|p| json!([kind_name(p.kind), p.span.slice(&story.text)]));
    let meta = &story.meta;
    json!({
        "headline": meta.headline,
        "byline": meta.byline,
        "authors": meta.authors,
        "agency": meta.agency,
        "dateline": meta.dateline.as_ref().map(|d| json!({"place": d.place, "date": d.date})),
        "published": meta.published,
        "modified": meta.modified,
        "outlet": meta.outlet,
        "url": meta.url,
        "language": meta.language,
        "paragraphs": paragraphs.collect::<Vec<_>>(),
        "notices": story.notices,
    })
}

fn kind_name(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Headline => "headline",
        ParagraphKind::Subhead => "subhead",
        ParagraphKind::Body => "body",
        ParagraphKind::Quote => "quote",
        ParagraphKind::List => "list",
        ParagraphKind::Other => "other",
    }
}

/// Where two stories differ, field by field and paragraph by paragraph.
fn differences(expected: &Value, read: &Value) -> String {
    let mut found = String::new();
    let mut note = |place: &str, expected: &Value, read: &Value| {
        if expected != read {
            found.push_str(&format!("  {place}\n    expected {expected}\n    read     {read}\n"));
        }
    };
    for (field, value) in read.as_object().expect("an object") {
        match (field.as_str(), &expected[field], value) {
            ("paragraphs", Value::Array(expected), Value::Array(read)) => {
                for i in 0..expected.len().max(read.len()) {
                    let at = |list: &[Value]| list.get(i).cloned().unwrap_or(Value::Null);
                    note(&format!("paragraph {i}"), &at(expected), &at(read));
                }
            }
            (_, expected, read) => note(field, expected, read),
        }
    }
    found
}

#[test]
fn every_page_gives_its_story() {
    let bless = std::env::var_os("SAYSO_BLESS").is_some_and(|value| value == "1");
    let mut failures = String::new();
    for fixture in fixtures() {
        let mut read = story_json(&analyse(&fixture.page, Model::fast()));
        let expected = fixture.expected();
        let differences = differences(&expected, &read);
        if differences.is_empty() {
            continue;
        }
        if !bless {
            failures.push_str(&format!("{}\n{differences}", fixture.name));
            continue;
        }
        if !expected["fixme"].is_null() {
            read["fixme"] = expected["fixme"].clone();
        }
        let text = serde_json::to_string_pretty(&read).expect("a story in JSON");
        fs::write(fixture.folder.join("story.json"), text + "\n").expect("story.json to be written");
    }
    assert!(failures.is_empty(), "stories differ from story.json:\n{failures}");
}
