//! The ledger as its users fill it and ask it.

use crate::harness::Folder;
use serde_json::{Value, json};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

/// A line of input: an invented story of its own.
fn line(n: usize) -> String {
    let names = ["Ana Ruiz", "Tom Okafor", "Lev Brandt", "Ida Sorel", "Mina Castro"];
    let text = format!(
        "Harbour board counts {n} boats\n\nThe harbour of Port Lowell holds {n} boats, {name} said on Monday. \"We counted \
         pier {pier} twice, and berth {berth} three times,\" she told reporters.\n\nA report by the union of pilots number {n} \
         said that more than {more} had left. {name} denied that any boat had sunk.",
        name = names[n % names.len()],
        pier = n * 7 % 31,
        berth = n * 13 % 97,
        more = n / 2 + 3,
    );
    let day = format!("2026-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28);
    json!({"id": format!("s{n}"), "text": text, "published": day, "outlet": format!("Outlet {}", n % 7)})
        .to_string()
}

fn lines(count: usize) -> String {
    (0..count).map(|n| line(n) + "\n").collect()
}

fn summary(folder: &Folder, arguments: &[&str]) -> Value {
    let run = folder.run(arguments);
    assert_eq!(run.code, Some(0), "{}", run.told());
    run.objects().pop().unwrap_or_else(|| panic!("no summary\n{}", run.told()))
}

#[test]
fn stories_are_added_once_and_asked_for() {
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(40));
    let first = summary(&folder, &["add", "--json", "stories.jsonl", "--tag", "from=test"]);
    assert_eq!((&first["added"], &first["known"]), (&json!(40), &json!(0)));
    let second = summary(&folder, &["add", "--json", "stories.jsonl"]);
    assert_eq!((&second["added"], &second["known"]), (&json!(0), &json!(40)));
    let who = folder.run(&["who", "--json", "Lev Brandt boats", "--limit", "3"]);
    let answer: Value = serde_json::from_str(&who.out).expect("JSON");
    assert_eq!(answer["rows"].as_array().map(Vec::len), Some(3), "{answer}");
    assert_eq!(answer["rows"][0]["speaker"], "Lev Brandt");
    assert_eq!(answer["searched"]["stories"], 40);
    let speaker = folder.run(&["speaker", "Lev Brandt", "--act", "deny", "--csv", "--limit", "100"]);
    assert_eq!(speaker.code, Some(0), "{}", speaker.told());
    let rows: Vec<&str> = speaker.out.lines().collect();
    assert!(rows[0].starts_with("statement_id,story_id,url,outlet,published,quote,") && rows.len() > 1);
    assert!(rows[1..].iter().all(|row| row.contains(",deny,")), "{}", speaker.out);
    let tagged = folder.run(&["export", "--format", "csv", "--tag", "from=other"]);
    assert_eq!(tagged.out.lines().count(), 1);
}

#[test]
fn every_answer_tells_what_was_searched() {
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(4));
    summary(&folder, &["add", "--json", "stories.jsonl"]);
    for question in [["who", "unicorns"], ["figures", "unicorns"], ["speaker", "Ana Ruiz"]] {
        let run = folder.run(&question);
        assert_eq!(run.code, Some(0), "{}", run.told());
        assert!(run.out.contains("Searched: 4 stories of 4 origins, 2026-01-01"), "{}", run.told());
    }
    for question in [&["copies"][..], &["outlets"], &["status"]] {
        assert!(folder.run(question).out.contains("4 stories"), "{question:?}");
    }
    for width in ["80", "200"] {
        let columns: usize = width.parse().expect("a number");
        for question in
            [&["who", "boats pier"][..], &["figures", "boats"], &["outlets"], &["status"], &["copies"]]
        {
            let run = folder.run(&[question, &["--width", width]].concat());
            assert!(run.out.lines().all(|line| line.chars().count() <= columns), "{}", run.out);
        }
    }
}

#[test]
fn many_questions_at_once() {
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(10)).file("names.txt", "Ana Ruiz\n\nunicorns\n");
    summary(&folder, &["add", "--json", "stories.jsonl"]);
    let run = folder.run(&["who", "--names", "names.txt"]);
    assert!(run.out.starts_with("Ana Ruiz\n") && run.out.contains("\nunicorns\n"), "{}", run.out);
}

#[test]
fn what_is_wrong_is_told_and_left_as_it_is() {
    let folder = Folder::new();
    folder.file("page.txt", "The bridge is safe, Ana Ruiz said on Monday.");
    folder.run(&["who", "x"]).ends(
        3,
        &["sayso: sayso.db: there is no such ledger; `sayso add` makes one, --ledger names another"],
    );
    folder.run(&["add", "page.txt", "--ledger", "page.txt"]).ends(
        3,
        &["sayso: page.txt: not a ledger of sayso; give --ledger another file, this one is left as it is"],
    );
    assert_eq!(folder.run(&["add", "page.txt", "missing.html"]).code, Some(1));
    folder
        .run(&["who", "(*)"])
        .ends(2, &["sayso: nothing to look for in \"(*)\": give words, \"phrases\" or names"]);
    folder.run(&["speaker", "Nobody"]).ends(1, &["sayso: sayso.db: nothing there is called Nobody"]);
    assert_eq!(folder.run(&["who", "x", "--colour", "blue"]).code, Some(2));
    folder.run(&["forget", "page.txt"]).ends(2, &["sayso: this removes for good: say --yes"]);
    let backup = folder.run(&["backup", "copy.db"]);
    assert_eq!(backup.code, Some(0), "{}", backup.told());
    assert_eq!(folder.run(&["backup", "copy.db"]).code, Some(2));
    assert_eq!(folder.run(&["status", "--ledger", "copy.db"]).code, Some(0));
}

#[test]
fn the_number_of_threads_leaves_no_trace() {
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(60));
    let exports = ["1", "2", "5"].map(|threads| {
        let ledger = format!("{threads}.db");
        summary(&folder, &["add", "--json", "stories.jsonl", "--threads", threads, "--ledger", &ledger]);
        folder.run(&["export", "--with-texts", "--ledger", &ledger]).out
    });
    assert!(exports[0].lines().count() > 60);
    assert!(exports[0] == exports[1] && exports[1] == exports[2]);
}

/// Kills `sayso add` again and again while it works, until it has once come to its end.
#[test]
fn a_run_that_is_killed_goes_on_where_it_stopped() {
    /// Runs that are killed at most.
    const RUNS: u64 = 25;
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(400));
    let add = ["add", "stories.jsonl", "--threads", "1"];
    for run in 0..RUNS {
        let mut command = folder.command(&add);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        // Spread over the first half second, in no order.
        thread::sleep(Duration::from_millis(4 + run * 37 % 400));
        // It may have come to its end.
        let _ = child.kill();
        child.wait().expect("the program ends");
        let status = folder.run(&["status", "--json"]);
        if status.code == Some(0) {
            let status: Value = serde_json::from_str(&status.out).expect("JSON");
            let (stories, texts) = (&status["searched"]["stories"], &status["texts"]);
            assert_eq!(stories, texts, "a story without its text, or twice: {status}");
        }
    }
    summary(&folder, &["add", "--json", "stories.jsonl", "--threads", "2"]);
    summary(&folder, &["add", "--json", "stories.jsonl", "--ledger", "whole.db"]);
    let export = |ledger: &str| folder.run(&["export", "--with-texts", "--ledger", ledger]).out;
    assert!(export("sayso.db") == export("whole.db"));
}

#[test]
fn reading_again_changes_nothing_but_what_the_model_does() {
    let folder = Folder::new();
    folder.file("stories.jsonl", lines(20)).file("page.html", crate::harness::PAGE);
    summary(&folder, &["add", "--json", "stories.jsonl", "page.html"]);
    let key = |folder: &Folder| {
        let run = folder.run(&["who", "--csv", "Ana Ruiz berth", "--limit", "1"]);
        run.out.lines().nth(1).expect("a row").split(',').next().expect("a key").to_owned()
    };
    let statement = key(&folder);
    let run = folder.run(&["correct", &statement, "--speaker", "Ida Sorel", "--by", "ana"]);
    assert_eq!(run.code, Some(0), "{}", run.told());
    let before = folder.run(&["export", "--with-texts"]).out;
    let run = folder.run(&["update", "--all"]);
    assert!(run.err.starts_with("sayso: 21 texts read by fast/"), "{}", run.told());
    assert!(folder.run(&["export", "--with-texts"]).out == before);
    assert!(folder.run(&["update"]).err.starts_with("sayso: 0 texts"));
    let log = folder.run(&["corrections", "--csv"]);
    assert!(log.out.contains(&statement) && log.out.contains("Ida Sorel"), "{}", log.out);
    folder.file("log.jsonl", &before);
    let run = folder.run(&["import", "log.jsonl", "--ledger", "other.db"]);
    assert_eq!(run.code, Some(0), "{}", run.told());
    assert!(folder.run(&["export", "--with-texts", "--ledger", "other.db"]).out == before);
    folder.file("bare.jsonl", folder.run(&["export"]).out);
    assert_eq!(folder.run(&["import", "bare.jsonl", "--ledger", "bare.db"]).code, Some(1));
    assert_eq!(
        folder.run(&["import", "log.jsonl"]).err,
        "sayso: 0 stories added; 0 corrections added, 1 there already\n"
    );
}
