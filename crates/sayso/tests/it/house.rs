//! The rules of the house, held against the sources: which module may use which, who may touch the world
//! outside, where JSON and HTML are known, where lists of words stand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file, in lines with its tests: what can be read in one sitting.
const LONGEST_FILE: usize = 720;

/// Most strings of one list in code. Longer ones are tables of `data/`.
const LONGEST_LIST: usize = 59;

/// Lists that are longer, with their lengths: they may shrink, and none may come.
const LONGER_LISTS: &[(&str, usize)] = &[("figure/mod.rs", 76), ("story/plain/class.rs", 111)];

/// Files that may know JSON: the wire, JSON-LD in pages, the header of a model file.
const JSON: &[&str] = &["wire/", "story/", "model/container.rs"];

/// A source file of the library without its comments and its tests.
struct Source {
    /// Its path below `src`, with `/` between folders.
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut left = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("the folder can be read");
            left.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push(source(&root, &path));
        }
    }
    assert!(found.len() > 80, "the sources are found");
    found
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a source is text");
    let below: PathBuf = path.strip_prefix(root).expect("it stands below").into();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let bare = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    Source {
        path: below.to_string_lossy().replace('\\', "/"),
        code: bare.collect::<Vec<_>>().join("\n"),
        lines: text.lines().count(),
    }
}

/// The modules that a file names by `crate::`.
fn used(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        match rest.strip_prefix('{') {
            None => drop(found.insert(&rest[..word(rest)])),
            Some(list) => {
                let mut depth = 0;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    let begins = list[..i].trim_end().ends_with([',', '{']) || list[..i].trim().is_empty();
                    if depth == 0 && c.is_alphabetic() && begins {
                        found.insert(&list[i..i + word(&list[i..])]);
                    }
                }
            }
        }
    }
    found
}

#[test]
fn a_module_uses_only_those_above_it() {
    let lib = source(Path::new(env!("CARGO_MANIFEST_DIR")), &lib());
    let declared = lib.code.lines().filter_map(|line| {
        let line = line.trim().trim_start_matches("pub ");
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    let order: Vec<&str> = declared.collect();
    assert!(order.len() > 10, "{order:?}");
    let place = |module: &str| order.iter().position(|known| *known == module);
    for source in sources() {
        let Some(own) = place(source.module()) else { continue };
        for module in used(&source.code) {
            assert!(
                place(module).is_none_or(|other| other <= own),
                "{} uses {module}, below it",
                source.path
            );
        }
    }
}

fn lib() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")
}

#[test]
fn the_library_touches_nothing_outside() {
    for source in sources() {
        for outside in [
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "Instant::",
            "SystemTime",
            "println!",
            "dbg!(",
        ] {
            assert!(!source.code.contains(outside), "{} has {outside}", source.path);
        }
    }
}

#[test]
fn json_and_html_are_known_where_they_are_written_and_read() {
    for source in sources() {
        let may = JSON.iter().any(|place| source.path.starts_with(place));
        assert!(may || !source.code.contains("serde_json"), "{} knows JSON", source.path);
        let may = ["view/", "story/", "page/sniff.rs"].iter().any(|place| source.path.starts_with(place));
        assert!(may || !source.code.contains("</"), "{} knows HTML", source.path);
        let may = source.path == "story/dom.rs";
        assert!(may || !source.code.contains("html5ever::"), "{} knows the parser of HTML", source.path);
        let may = source.path == "lexicon/mod.rs";
        let is_table = source.code.contains("include_str!") && source.code.contains("data/");
        assert!(may || !is_table, "{} reads a table of data/", source.path);
    }
}

#[test]
fn a_file_is_read_in_one_sitting() {
    for source in sources() {
        assert!(source.lines <= LONGEST_FILE, "{}: {} lines", source.path, source.lines);
    }
}

#[test]
fn lists_of_words_stand_in_data() {
    let mut longer = LONGER_LISTS.to_vec();
    for source in sources() {
        for list in source.code.split(['[', ']', '(', ')', '{', '}']) {
            let strings = list.matches('"').count() / 2;
            let letters = list.split('"').step_by(2).any(|between| between.contains(char::is_alphanumeric));
            if strings <= LONGEST_LIST || letters {
                continue;
            }
            let known = longer.iter().position(|(path, most)| *path == source.path && strings <= *most);
            let known = known.unwrap_or_else(|| panic!("{}: a list of {strings} strings", source.path));
            longer.remove(known);
        }
    }
    assert!(longer.is_empty(), "these lists are gone, and so may their names be: {longer:?}");
}

#[test]
fn what_is_used_is_seen() {
    let code = "use crate::a::B;\nuse crate::{b::{c, d}, e, f::g};\nlet x = crate::h::i();";
    assert_eq!(used(code), BTreeSet::from(["a", "b", "e", "f", "h"]));
}
