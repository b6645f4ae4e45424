//! What holds of every table.

use super::*;
use std::collections::HashSet;

#[test]
fn every_file_of_the_folder_is_a_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let names =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").file_name());
    let mut files: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    files.sort_unstable();
    let mut tables: Vec<&str> = ALL.iter().map(|table| table.file).collect();
    tables.sort_unstable();
    assert_eq!(files, tables);
}

#[test]
fn a_table_says_what_it_is_and_where_it_is_from() {
    for table in ALL {
        let head: String = table.text.lines().take_while(|line| line.starts_with('#')).collect();
        assert!(head.contains("Source: ") && head.contains("Licence: "), "{}", table.file);
        assert!(table.text.ends_with('\n') && !table.text.contains(['\t', '\r']), "{}", table.file);
        for (number, line) in (1..).zip(table.text.lines()) {
            assert_eq!(line, line.trim(), "{}, line {number}", table.file);
        }
    }
}

#[test]
fn no_entry_stands_twice_under_one_key() {
    for table in ALL {
        let mut seen = HashSet::new();
        let rows: Vec<Row> = table.rows().collect();
        assert!(!rows.is_empty(), "{}", table.file);
        for row in rows.iter().filter(|_| table.form != Form::Columns) {
            for entry in &row.entries {
                assert!(seen.insert((row.key, *entry)), "{}, line {}: {entry:?} twice", row.file, row.line);
            }
        }
    }
}

#[test]
fn no_key_stands_twice_where_a_row_is_one_thing() {
    for table in ALL.iter().filter(|table| matches!(table.form, Form::Listed | Form::Columns)) {
        let mut seen = HashSet::new();
        assert!(table.rows().all(|row| seen.insert(row.key)), "{}", table.file);
    }
}

#[test]
fn what_is_in_order_stays_in_order() {
    for table in ALL.iter().filter(|table| table.form == Form::Sections) {
        let rows: Vec<Row> = table.rows().collect();
        for pair in rows.windows(2).filter(|pair| pair[0].key == pair[1].key) {
            assert!(pair[0].entries < pair[1].entries, "{}, line {}", table.file, pair[1].line);
        }
    }
}

/// A word has one meaning in these; elsewhere it may have several.
#[test]
fn no_entry_stands_under_two_keys() {
    for table in [&ABBREVIATIONS, &ACTS, &FIRST_NAMES, &UNITS, &MONTHS, &AGENCIES] {
        let mut seen = HashSet::new();
        for row in table.rows() {
            for entry in &row.entries {
                assert!(seen.insert(*entry), "{}, line {}: {entry:?} twice", row.file, row.line);
            }
        }
    }
}

fn rows(form: Form, text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let table = Table { file: "test.txt", form, text };
    table.rows().map(|row| (row.key, row.entries)).collect()
}

#[test]
fn each_form_gives_keys_and_entries() {
    assert_eq!(rows(Form::Words, "# head\n\na b\n"), [("", vec!["a", "b"])]);
    assert_eq!(rows(Form::Keyed, "x y: a b\n"), [("x y", vec!["a", "b"])]);
    assert_eq!(rows(Form::Listed, "x | a b | c\nz\n"), [("x", vec!["a b", "c"]), ("z", vec![])]);
    assert_eq!(rows(Form::Columns, "x||c\n"), [("x", vec!["", "c"])]);
    assert_eq!(rows(Form::Sections, "[x]\na: b\n[y]\nc\n"), [("x", vec!["a: b"]), ("y", vec!["c"])]);
}

#[test]
#[should_panic(expected = "data/test.txt, line 2: no key")]
fn a_row_without_a_key_is_not_passed_over() {
    rows(Form::Keyed, "# head\nsaid told\n");
}

#[test]
#[should_panic(expected = "an unknown key: \"sya\"")]
fn a_key_that_nobody_knows_is_not_passed_over() {
    let table = Table { file: "test.txt", form: Form::Keyed, text: "sya: said\n" };
    table.rows().for_each(|row| row.among(&[("say", ())]));
}

#[test]
#[should_panic(expected = "an entry without letters")]
fn a_doubled_blank_is_not_passed_over() {
    rows(Form::Keyed, "say: said  told\n");
}
