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
