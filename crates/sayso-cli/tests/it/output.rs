//! The views, as they come out of the program.

use crate::harness::{Folder, PAGE};

#[test]
fn json_is_the_line_spread_out() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let line = folder.run(&["read", "--jsonl", "a.html"]);
    let spread = folder.run(&["read", "--json", "a.html"]);
    assert!(spread.out.lines().count() > 20, "{}", spread.told());
    let spread: serde_json::Value = serde_json::from_str(&spread.out).unwrap();
    assert_eq!(spread, line.objects()[0]);
    assert_eq!(line.out.lines().count(), 1, "{}", line.told());
    for format in ["json", "jsonl"] {
        let short = folder.run(&["read", &format!("--{format}"), "a.html"]);
        let long = folder.run(&["read", "--format", format, "a.html"]);
        assert_eq!(short.out, long.out);
    }
}

#[test]
fn the_terminal_view_fits_its_width() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    for width in ["40", "80", "200"] {
        let run = folder.run(&["read", "--width", width, "a.html"]);
        let columns: usize = width.parse().unwrap();
        let wide = run.out.lines().find(|line| line.chars().count() > columns);
        assert!(run.code == Some(0) && wide.is_none(), "{wide:?}\n{}", run.told());
        assert!(run.out.contains("Page       a.html"), "{}", run.told());
    }
}

#[test]
fn the_terminal_view_shows_every_statement() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let object = &folder.run(&["read", "--jsonl", "a.html"]).objects()[0];
    let statements = object["statements"].as_array().unwrap();
    assert!(statements.len() >= 3, "{object:#}");
    let text: Vec<char> = object["story"]["text"].as_str().unwrap().chars().collect();
    // So wide that nothing is wrapped.
    let run = folder.run(&["read", "--width", "4000", "a.html"]);
    let rows: Vec<&str> = run.out.lines().collect();
    for statement in statements {
        let at = |n: usize| usize::try_from(statement["content"][0][n].as_u64().unwrap()).unwrap();
        let content: String = text[at(0)..at(1)].iter().collect();
        let (number, speaker) =
            (statement["id"].to_string(), statement["speaker"].as_str().unwrap_or("(nobody"));
        let shown = |row: &&str| {
            row.split_whitespace().next() == Some(&number) && row.contains(speaker) && row.contains(&content)
        };
        assert!(rows.iter().any(shown), "{statement}\n{}", run.told());
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let has_colour = |arguments: &[&str], no_color: bool| {
        let mut command = folder.command(arguments);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\x1b')
    };
    assert!(!has_colour(&["read", "a.html"], false));
    assert!(!has_colour(&["read", "--color", "never", "a.html"], false));
    assert!(has_colour(&["read", "--color", "always", "a.html"], true));
    assert!(!has_colour(&["read", "--color", "always", "--jsonl", "a.html"], false));
}

#[test]
fn help_tells_the_exit_codes_and_the_version_is_told() {
    let folder = Folder::new();
    let help = folder.run(&["read", "--help"]);
    assert!(
        help.code == Some(0) && help.out.contains("Exit codes:\n  0  every input was read"),
        "{}",
        help.told()
    );
    let version = folder.run(&["--version"]);
    assert_eq!(version.out, format!("sayso {}\n", env!("CARGO_PKG_VERSION")));
}

/// The rows of a table, each by the names of its columns.
fn table(run: &crate::harness::Run) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().unwrap_or_else(|e| panic!("{e}\n{}", run.told()))
}

#[test]
fn a_table_has_a_row_for_each_statement_of_every_page() {
    let folder = Folder::new();
    folder.file("a.html", PAGE).file("b.html", PAGE);
    let objects = folder.run(&["read", "--jsonl", "a.html", "b.html"]).objects();
    let run = folder.run(&["read", "--format", "csv", "a.html", "b.html"]);
    let rows = table(&run);
    let mut row = rows.iter();
    for object in &objects {
        let text: Vec<char> = object["story"]["text"].as_str().unwrap().chars().collect();
        for statement in object["statements"].as_array().unwrap() {
            let row = row.next().unwrap_or_else(|| panic!("no row of {statement}\n{}", run.told()));
            assert_eq!(row["story_id"], object["id"].as_str().unwrap());
            assert_eq!(row["statement_id"], statement["id"].to_string());
            assert_eq!(row["speaker"], statement["speaker"].as_str().unwrap_or_default());
            assert_eq!(row["act"], statement["act"].as_str().unwrap());
            let at = |column: &str| row[column].parse::<usize>().unwrap();
            let whole: String = text[at("quote_start")..at("quote_end")].iter().collect();
            assert!(whole.contains(row["quote"].split(" … ").next().unwrap()), "{row:?}\n{whole}");
        }
    }
    assert!(row.next().is_none() && rows.len() >= 6, "{}", run.told());
    let figure = rows.iter().find(|row| row["figure_of"].contains("cars")).expect("a figure of cars");
    assert_eq!((figure["figure_min"].as_str(), figure["figure_max"].as_str()), ("150", ""));
}

#[test]
fn a_spreadsheet_is_given_no_formulas() {
    let folder = Folder::new();
    let page = PAGE.replace("The bridge is safe,", "=1+1 is two,");
    folder.file("a.html", &page);
    let guarded = table(&folder.run(&["read", "--format", "csv", "--for-spreadsheets", "a.html"]));
    let plain = table(&folder.run(&["read", "--format", "csv", "a.html"]));
    let dangerous = |row: &std::collections::HashMap<String, String>| {
        row.values().any(|cell| cell.starts_with(['=', '+', '-', '@']))
    };
    assert!(!guarded.iter().any(dangerous), "{guarded:?}");
    assert_eq!(guarded.len(), plain.len());
}

#[test]
fn filters_show_what_was_asked_for() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let statements = |arguments: &[&str]| {
        let mut all = vec!["read", "--jsonl", "a.html"];
        all.extend(arguments);
        folder.run(&all).objects()[0]["statements"].as_array().unwrap().clone()
    };
    let all = statements(&[]);
    for (arguments, key, value) in [
        (["--speaker", "RUIZ"], "speaker", "Ana Ruiz"),
        (["--act", "deny"], "act", "deny"),
        (["--kind", "direct"], "kind", "direct"),
    ] {
        let wanted: Vec<_> = all.iter().filter(|s| s[key] == value).cloned().collect();
        assert!(!wanted.is_empty() && wanted.len() < all.len(), "{arguments:?} {all:#?}");
        // Numbers stay those of the story.
        assert_eq!(statements(&arguments), wanted, "{arguments:?}");
        let run = folder.run(&["read", "--width", "4000", "a.html", arguments[0], arguments[1]]);
        let shown = |s: &serde_json::Value| {
            let is_its = |row: &str| row.split_whitespace().next() == Some(&s["id"].to_string());
            run.out.lines().any(|row| row.starts_with(' ') && is_its(row))
        };
        for statement in &all {
            assert_eq!(shown(statement), wanted.contains(statement), "{statement}\n{}", run.told());
        }
        let page = folder.run(&["read", "--format", "html", "a.html", arguments[0], arguments[1]]);
        assert_eq!(page.code, Some(0), "{}", page.err);
    }
    assert!(statements(&["--outer"]).iter().all(|s| s["inside"].is_null()));
    assert!(statements(&["--speaker", "nobody of this name"]).is_empty());
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let shown = folder.run(&["read", "--jsonl", "a.html"]);
    folder.run(&["read", "--jsonl", "-o", "out.jsonl", "a.html"]).ends(0, &[]);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), shown.out);
    let run = folder.run(&["read", "--jsonl", "-o", "no/such/out.jsonl", "a.html"]);
    assert!(run.code == Some(3) && run.err.contains("no/such/out.jsonl"), "{}", run.told());
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside the file: {names:?}");
}

/// How sure a row is stands in every format, and can be asked for.
#[test]
fn confidence_is_told_and_asked_for() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let line = folder.run(&["read", "--jsonl", "a.html"]).objects().remove(0);
    let told = |s: &serde_json::Value| s["confidence"].as_f64().unwrap();
    let all: Vec<f64> = line["statements"].as_array().unwrap().iter().map(told).collect();
    assert!(all.iter().all(|c| (0.01..=0.99).contains(c)), "{all:?}");
    let rows = table(&folder.run(&["read", "--format", "csv", "a.html"]));
    let of_rows: Vec<f64> = rows.iter().map(|r| r["confidence"].parse().unwrap()).collect();
    assert_eq!(of_rows, all);
    let bar = all.iter().copied().fold(0.0, f64::max);
    let sure = folder.run(&["read", "--jsonl", "--min-confidence", &bar.to_string(), "a.html"]);
    let kept = sure.objects()[0]["statements"].as_array().unwrap().len();
    assert_eq!(kept, all.iter().filter(|c| **c >= bar).count());
    let wrong = folder.run(&["read", "--min-confidence", "85", "a.html"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("from 0 to 1"), "{}", wrong.told());
}

/// A device is written and stays one, a link is followed, rights stay what they are.
#[cfg(unix)]
#[test]
fn an_output_keeps_what_it_is() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let folder = Folder::new();
    folder.file("a.html", PAGE).file("old.jsonl", "old");
    let at = |name: &str| folder.path().join(name);
    let rights = |name: &str| std::fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
    let shown = folder.run(&["read", "--jsonl", "a.html"]).out;
    let read = |name: &str| folder.run(&["read", "--jsonl", "-o", name, "a.html"]).ends(0, &[]).out.len();

    let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = at("pipe");
        move || std::fs::read_to_string(pipe).unwrap()
    });
    read("pipe");
    assert!(std::fs::metadata(at("pipe")).unwrap().file_type().is_fifo());
    assert_eq!(reader.join().unwrap(), shown);

    std::os::unix::fs::symlink("old.jsonl", at("link")).unwrap();
    std::fs::set_permissions(at("old.jsonl"), std::fs::Permissions::from_mode(0o640)).unwrap();
    read("link");
    assert!(std::fs::symlink_metadata(at("link")).unwrap().is_symlink());
    assert_eq!((std::fs::read_to_string(at("old.jsonl")).unwrap(), rights("old.jsonl")), (shown, 0o640));

    read("new.jsonl");
    std::fs::write(at("other"), "").unwrap();
    assert_eq!(rights("new.jsonl"), rights("other"));
}

/// Whose words a nested statement is on is told, though that one's row is not shown.
#[test]
fn a_filtered_table_tells_on_whose_word() {
    let folder = Folder::new();
    let text = "Mayor Ana Ruiz said that the harbour union had denied that the bridge was unsafe.";
    folder.file("a.txt", text);
    let cell = |arguments: &[&str]| {
        let mut all = vec!["read", "--format", "csv", "a.txt"];
        all.extend(arguments);
        let run = folder.run(&all);
        let rows = table(&run);
        let row = rows.iter().find(|row| row["act"] == "deny").unwrap_or_else(|| panic!("{}", run.told()));
        row["on_whose_word"].clone()
    };
    assert_eq!(cell(&[]), "Ana Ruiz");
    assert_eq!(cell(&["--act", "deny"]), "Ana Ruiz");
}

#[test]
fn a_page_that_is_not_there_is_told_as_a_page() {
    let run = Folder::new().run(&["nothere.html"]);
    assert!(run.code == Some(1) && run.err.contains("nothere.html: "), "{}", run.told());
    let run = Folder::new().run(&["raed"]);
    assert!(run.code == Some(2) && run.err.contains("unrecognized subcommand"), "{}", run.told());
}

#[test]
fn a_page_alone_is_read() {
    let folder = Folder::new();
    folder.file("a.html", PAGE);
    let short = folder.run(&["a.html", "--jsonl"]);
    assert_eq!(short.out, folder.run(&["read", "a.html", "--jsonl"]).out);
    assert_eq!(short.ends(0, &[]).objects().len(), 1);
}

#[test]
fn many_pages_end_with_a_line_that_counts_them() {
    let folder = Folder::new();
    folder.file("a.html", PAGE).file("b.html", "<html><title>x</title><body></body></html>");
    let run = folder.run(&["read", "--jsonl", "a.html", "b.html", "c.html"]);
    let last = run.err.lines().last().unwrap_or_default();
    assert!(run.code == Some(1), "{}", run.told());
    assert_eq!(last, "sayso: 1 read, 1 without a story, 1 skipped, for the reasons above", "{}", run.told());
}

#[test]
fn several_pages_have_contents() {
    let folder = Folder::new();
    let other = PAGE.replace("Lowell bridge reopens", "Lowell tunnel floods");
    folder.file("a.html", PAGE).file("b.html", &other);
    let both = folder.run(&["read", "--format", "html", "a.html", "b.html"]).out;
    let one = folder.run(&["read", "--format", "html", "a.html"]).out;
    assert!(both.contains("<nav") && !one.contains("<nav"), "{both}");
    let nav = &both[both.find("<nav").unwrap()..];
    for target in nav.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(both.contains(&format!("id=\"{target}\"")), "no place {target}");
    }
}

#[test]
fn completions_and_manual_know_every_option() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = folder.run(&["completions", shell]);
        assert!(run.code == Some(0) && run.out.contains("speaker"), "{shell}\n{}", run.told());
    }
    let manual = folder.run(&["man", "read"]);
    assert!(manual.code == Some(0) && manual.out.contains(".TH"), "{}", manual.told());
    for option in ["speaker", "format", "output"] {
        assert!(manual.out.contains(option), "{option}\n{}", manual.told());
    }
    let wrong = folder.run(&["man", "nothing"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("nothing"), "{}", wrong.told());
}
