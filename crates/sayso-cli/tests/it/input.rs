//! What may be read: files, folders, standard input, JSON lines, one or many.

use crate::harness::{Folder, PAGE, gzip};
use serde_json::json;

#[test]
fn a_folder_is_read_in_order() {
    let folder = Folder::new();
    for page in ["b.html", "a/2.htm", "a/10.txt", "c/d/e.xhtml", "z.html.gz"] {
        let bytes = if page.ends_with(".gz") { gzip(PAGE.as_bytes()) } else { PAGE.as_bytes().to_vec() };
        folder.file(&format!("saved/{page}"), bytes);
    }
    folder.file("saved/lines.jsonl", "{\"id\": 7, \"text\": \"Seven.\"}\n{\"text\": \"Eight.\"}\n");
    // What a browser saves beside a page, and what is no page.
    folder.file("saved/b_files/frame.html", PAGE).file("saved/logo.png", "x").file("saved/.git/x.html", PAGE);
    let run = folder.run(&["read", "--jsonl", "saved"]);
    run.ends(0, &[]);
    let ids: Vec<_> = run.objects().iter().map(|object| object["id"].clone()).collect();
    let expected = [
        json!("saved/a/10.txt"),
        json!("saved/a/2.htm"),
        json!("saved/b.html"),
        json!("saved/c/d/e.xhtml"),
        json!(7),
        json!("saved/lines.jsonl:2"),
        json!("saved/z.html.gz"),
    ];
    assert_eq!(ids, expected, "{}", run.told());
}

#[test]
#[cfg(unix)]
fn links_to_folders_lead_nowhere() {
    let folder = Folder::new();
    folder.file("saved/page.html", PAGE);
    std::os::unix::fs::symlink(".", folder.path().join("saved/again")).unwrap();
    std::os::unix::fs::symlink("page.html", folder.path().join("saved/same.html")).unwrap();
    let run = folder.run(&["read", "--jsonl", "saved"]);
    run.ends(0, &[]).ids(&["saved/page.html", "saved/same.html"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.html");
    let folder = Folder::new();
    std::fs::write(folder.path().join(name), PAGE).unwrap();
    for argument in [name, std::ffi::OsStr::new(".")] {
        let output = folder.command(&["read", "--jsonl"]).arg(argument).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(out.contains("caf\u{FFFD}.html\"") && output.status.success(), "{argument:?}: {out}");
    }
}

#[test]
fn standard_input_is_a_page_or_lines() {
    let folder = Folder::new();
    let page = folder.pipe(&["read", "--jsonl", "-"], PAGE.as_bytes());
    page.ends(0, &[]).ids(&["-"]);
    assert!(page.out.contains("said Mayor Ana Ruiz"), "{}", page.told());
    let zipped = folder.pipe(&["read", "--jsonl", "-"], &gzip(PAGE.as_bytes()));
    assert_eq!(zipped.out, page.out, "{}", zipped.told());
    let lines = b"\xEF\xBB\xBF \n{\"id\": \"a\", \"text\": \"One.\"}\r\n{\"text\": \"Two.\"}";
    folder.pipe(&["read", "--jsonl", "-"], lines).ends(0, &[]).ids(&["a", "-:3"]);
    let wrong = folder.pipe(&["read", "-"], b"{\n}");
    wrong.ends(
        1,
        &["sayso: standard input: has JSON objects over many lines, not JSON lines; write one object a line, \
           e.g. with jq -c ."],
    );
}

#[test]
fn names_and_first_bytes_tell_lines_from_pages() {
    let folder = Folder::new();
    let line = "{\"id\": \"a\", \"text\": \"One.\"}\n";
    folder
        .file("a.json", line)
        .file("b", line)
        .file("c.ndjson.gz", gzip(line.as_bytes()))
        .file("d.php", PAGE);
    let run = folder.run(&["read", "--jsonl", "a.json", "b", "c.ndjson.gz", "d.php"]);
    run.ends(0, &[]).ids(&["a", "a", "a", "d.php"]);
}

#[test]
fn a_text_on_a_line_is_taken_exactly() {
    let text = "Line one \r\n\r\n\t“Zwei” — 🌉 \u{a0}three\n\nADVERTISEMENT\n";
    let line = json!({"id": "exact", "text": text, "other": [1, 2]}).to_string();
    let run = Folder::new().pipe(&["read", "--jsonl", "-"], line.as_bytes());
    let object = &run.ends(0, &[]).objects()[0];
    assert_eq!(object["story"]["text"], text, "{}", run.told());
    let characters: Vec<char> = text.chars().collect();
    let words = |paragraph: &serde_json::Value| {
        let at = |name: &str| usize::try_from(paragraph[name].as_u64().unwrap()).unwrap();
        characters[at("start")..at("end")].iter().collect::<String>()
    };
    let paragraphs: Vec<String> =
        object["story"]["paragraphs"].as_array().unwrap().iter().map(words).collect();
    assert_eq!(paragraphs[0], "Line one", "{}", run.told());
    assert!(paragraphs.iter().any(|p| p.starts_with("“Zwei” — 🌉")), "{paragraphs:?}");
}

#[test]
fn html_on_a_line_keeps_its_address() {
    let line = json!({"html": PAGE.replace("utf-8", "windows-1251"), "url": "https://example.org/bridge"});
    let run = Folder::new().pipe(&["read", "--jsonl", "-"], format!("{line}\n").as_bytes());
    let object = &run.ends(0, &[]).objects()[0];
    assert_eq!(object["id"], "-:1");
    assert_eq!(object["story"]["url"], "https://example.org/bridge", "{}", run.told());
    assert!(run.out.contains("said Mayor Ana Ruiz"), "{}", run.told());
}

#[test]
fn one_thread_or_many_give_the_same_bytes() {
    let folder = Folder::new();
    for n in 0..24 {
        let page = PAGE.repeat(1 + n * 7 % 5).replace("150", &n.to_string());
        folder.file(&format!("pages/{n:02}.html"), page);
    }
    folder.file("pages/12-empty.html", "").file("pages/lines.jsonl", "{\"text\": \"One.\"}\nnot json\n");
    for format in ["--jsonl", "--json", "--format=terminal"] {
        let one = folder.run(&["read", format, "--threads", "1", "pages"]);
        let many = folder.run(&["read", format, "--threads", "8", "pages"]);
        let same = one.out == many.out && one.err == many.err && (one.code, many.code) == (Some(1), Some(1));
        assert!(same && one.out.len() > 3_000, "{format}\n{}\n{}", one.told(), many.told());
    }
}
