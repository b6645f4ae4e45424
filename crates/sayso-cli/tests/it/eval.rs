//! `sayso eval`: the table, the figures as JSON, and what it says of files that do not fit.

use crate::harness::{Folder, gzip};
use serde_json::Value;

/// Two stories of our own, one of them with the fields of a statement.
const GOLD: &str = r#"{"id": "bridge", "text": "\"The bridge is safe,\" said Mayor Ana Ruiz.", "attributions": [{"id": 1, "source": [[27, 41]], "cue": [[22, 26]], "content": [[0, 21]], "speaker": "Ana Ruiz", "form": "named", "act": "say", "negated": false, "inside": null, "answers": null, "said_on": null, "figures": []}]}
{"id": 7, "text": "Énid Park warned of floods.", "attributions": [{"id": "E1", "source": [[0, 9]], "cue": [[10, 16]], "content": [[17, 26]]}]}
"#;

/// The first story right, the second one missing.
const PREDICTED: &str = r#"{"id": "bridge", "statements": [{"id": 1, "source": [[27, 41]], "cue": [[22, 26]], "content": [[1, 20]], "speaker": "Mrs Ruiz", "act": "say"}]}
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("gold.jsonl", GOLD).file("predicted.jsonl", PREDICTED);
    folder
}

fn figures(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_table_has_the_figures_of_both_scorers() {
    let run = folder().run(&["eval", "gold.jsonl", "--pred", "predicted.jsonl"]);
    run.ends(0, &[]);
    let row = |name: &str| {
        let line = run.out.lines().find(|line| line.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("no row {name}\n{}", run.told()));
        line.split_whitespace().skip(1).take(3).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(run.out.starts_with("2 stories, 1 without prediction\n"), "{}", run.told());
    assert_eq!(row("rel"), ["1.0000", "0.5000", "0.6667"]);
    assert_eq!(row("content.exact"), ["0.0000", "0.0000", "0.0000"]);
    assert_eq!(row("speaker"), ["1.0000", "0.5000", "0.6667"]);
    assert_eq!(row("speaker.full"), ["0.0000"; 3]);
}

#[test]
fn figures_are_json_on_request() {
    let folder = folder();
    let run = folder.run(&["eval", "gold.jsonl", "--pred", "predicted.jsonl", "--json", "-"]);
    let printed = figures(&run.ends(0, &[]).out);
    assert_eq!(printed["without_prediction"], 1);
    assert_eq!(printed["attribution"]["rel"]["R"], 0.5);
    assert_eq!(printed["statements"]["act.say"]["P"], 1.0);

    let run = folder.run(&["eval", "gold.jsonl", "--pred", "predicted.jsonl", "--json", "figures.json"]);
    assert!(run.ends(0, &[]).out.contains("rel.strict"));
    let written = std::fs::read_to_string(folder.path().join("figures.json")).expect("the file");
    assert_eq!(figures(&written), printed);
}

#[test]
fn what_read_writes_is_a_prediction_as_it_is() {
    let folder = folder();
    let read = folder.run(&["read", "--jsonl", "gold.jsonl"]);
    read.ends(0, &[]);
    let piped = folder.pipe(&["eval", "gold.jsonl", "--pred", "-", "--json", "-"], read.out.as_bytes());
    let own = folder.run(&["eval", "gold.jsonl", "--json", "-"]);
    assert_eq!(figures(&piped.ends(0, &[]).out), figures(&own.ends(0, &[]).out));
    assert_eq!(figures(&own.out)["without_prediction"], 0);
}

#[test]
fn gold_alone_has_no_statement_figures_without_acts() {
    let folder = Folder::new();
    folder.file("gold.jsonl.gz", gzip(GOLD.lines().last().expect("a line").as_bytes()));
    let run = folder.run(&["eval", "gold.jsonl.gz", "--outer", "--json", "-"]);
    let figures = figures(&run.ends(0, &[]).out);
    assert_eq!(figures["stories"], 1);
    assert_eq!(figures.get("statements"), None);
}

#[test]
fn what_does_not_fit_is_named() {
    let folder = folder();
    folder
        .file("broken.jsonl", format!("{PREDICTED}{{\"id\": 7, \"attributions\": [{{\"cue\": 1}}]}}\n"))
        .file("other.jsonl", r#"{"id": "bridge", "text": "Another text.", "attributions": []}"#)
        .file("unknown.jsonl", r#"{"id": "tunnel", "attributions": []}"#)
        .file("twice.jsonl", PREDICTED.repeat(2))
        .file("beyond.jsonl", r#"{"id": 7, "attributions": [{"content": [[20, 99]]}]}"#)
        .file("pretty.json", "{\n  \"id\": 7,\n  \"attributions\": []\n}\n")
        .file("page.txt", "A page.");
    let wrong = |file: &str, complaint: &str| {
        folder.run(&["eval", "gold.jsonl", "--pred", file]).ends(1, &[complaint]);
    };
    wrong(
        "broken.jsonl",
        "sayso: broken.jsonl: line 2: not a line of a prediction file: spans are pairs of offsets at line 1 column 37; \
         sayso read --jsonl writes such lines",
    );
    wrong(
        "other.jsonl",
        "sayso: other.jsonl: text differs: story bridge was predicted on another text than the gold's; \
         predict again, with sayso read --jsonl on the gold file",
    );
    wrong(
        "unknown.jsonl",
        "sayso: unknown.jsonl: 1 predicted stories are not in gold, e.g. tunnel; \
         predict the stories of the gold file and keep their `id`s",
    );
    wrong("twice.jsonl", "sayso: twice.jsonl: story bridge is predicted twice; keep one line a story");
    wrong(
        "beyond.jsonl",
        "sayso: beyond.jsonl: story 7, statement 0: [20, 99) is no range of a text of 27 code points",
    );
    wrong(
        "pretty.json",
        "sayso: pretty.json: this prediction file is not one JSON object a line; write it with sayso read --jsonl, \
         or make it so with jq -c .",
    );
    wrong("page.txt", "sayso: page.txt: is not JSON lines; give a file with a marked story a line");
    wrong("none.jsonl", "sayso: none.jsonl: no such file or folder; check the name");
}
