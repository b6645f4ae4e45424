//! Texts with their attributions drawn under them: `tests/cases/*.md`.
//!
//! A case is a heading, remarks, and a text indented by four spaces, a paragraph a line. Carets under
//! a paragraph mark a `source`, `cue` or `content`, numbered where the text has several
//! attributions; a text without carets has none. The marks must be exactly what is found.
//!
//! A known wrong result stands as it is, under a remark that begins with FIXME. To rewrite the marks
//! of all files from what is found, run with `SAYSO_BLESS=1` and read the difference.

use std::fs;
use std::path::PathBuf;

use sayso::attribution::{self, Attribution};
use sayso::model::Model;
use sayso::page::Page;
use sayso::text::{CodePoints, Span};
use sayso::{quotation, story, token};

#[test]
fn attributions_stand_as_drawn() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"));
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = String::new();
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let drawn = redraw(&written);
        if drawn == written {
            continue;
        }
        if std::env::var_os("SAYSO_BLESS").is_some() {
            fs::write(&file, drawn).unwrap();
            continue;
        }
        let name = file.file_name().unwrap().display();
        for (expected, found) in cases(&written).zip(cases(&drawn)).filter(|(a, b)| a != b) {
            wrong += &format!("{name}\n--- expected\n{expected}\n--- found\n{found}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The cases of a file, each from its heading on.
fn cases(file: &str) -> impl Iterator<Item = &str> {
    file.split("\n## ").map(str::trim_end)
}

const INDENT: &str = "    ";

/// The file with the marks of every text drawn anew.
fn redraw(file: &str) -> String {
    let mut drawn = String::new();
    let mut paragraphs: Vec<&str> = Vec::new();
    for line in file.lines() {
        match line.strip_prefix(INDENT) {
            Some(text) if is_marks(text) => {}
            Some(text) => paragraphs.push(text),
            None if line.is_empty() && !paragraphs.is_empty() => paragraphs.push(""),
            None => {
                draw(&mut paragraphs, &mut drawn);
                drawn += line;
                drawn.push('\n');
            }
        }
    }
    draw(&mut paragraphs, &mut drawn);
    drawn.truncate(drawn.trim_end().len());
    drawn.push('\n');
    drawn
}

/// Whether a line holds carets and a label.
fn is_marks(line: &str) -> bool {
    line.trim_start().starts_with('^')
}

/// Draws the paragraphs with the attributions found in them.
fn draw(paragraphs: &mut Vec<&str>, drawn: &mut String) {
    let text = paragraphs.join("\n");
    let found = attributions(&text);
    let mut start = 0;
    for paragraph in paragraphs.drain(..) {
        if !paragraph.is_empty() {
            *drawn += INDENT;
            *drawn += paragraph;
        }
        drawn.push('\n');
        let line = Span::new(start, start + paragraph.len());
        for (number, attribution) in found.iter().enumerate() {
            let number = if found.len() > 1 { format!(" {}", number + 1) } else { String::new() };
            let roles = [
                ("source", &attribution.source[..]),
                ("cue", attribution.cue.as_slice()),
                ("content", &attribution.content),
            ];
            for (role, spans) in roles {
                if let Some(carets) = carets(&text, line, spans) {
                    *drawn += &format!("{INDENT}{carets} {role}{number}\n");
                }
            }
        }
        start += paragraph.len() + 1;
    }
}

/// Carets under those parts of the spans that lie in the line; none where no part does.
fn carets(text: &str, line: Span, spans: &[Span]) -> Option<String> {
    let points = CodePoints::new(text);
    let column = |byte: u32| points.at(byte as usize) - points.at(line.start as usize);
    let mut marks: Vec<char> = Vec::new();
    for span in spans.iter().filter(|span| span.overlaps(line)) {
        let (from, to) = (column(span.start.max(line.start)), column(span.end.min(line.end)));
        marks.resize(marks.len().max(to), ' ');
        marks[from..to].fill('^');
    }
    (!marks.is_empty()).then(|| marks.into_iter().collect())
}

fn attributions(text: &str) -> Vec<Attribution> {
    let story = story::read(&Page::exact(text));
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    attribution::find(&tokens, &quotations, &Model::fast().read(&tokens, &quotations))
}
