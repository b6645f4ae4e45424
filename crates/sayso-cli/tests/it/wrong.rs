//! Wrong input: each is told with its name and what to do, and the others are read.

use crate::harness::{Folder, PAGE, gzip};
use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Runs the program on `name` between two good pages.
#[track_caller]
fn complains(folder: &Folder, name: &str, complaint: &str) {
    folder.file("first.html", PAGE).file("last.html", PAGE);
    let run = folder.run(&["read", "--jsonl", "first.html", name, "last.html"]);
    run.ends(1, &[complaint]).ids(&["first.html", "last.html"]);
}

#[test]
fn missing_file() {
    complains(&Folder::new(), "nowhere.html", "sayso: nowhere.html: no such file or folder; check the name");
    complains(
        &Folder::new(),
        "www.example.org/story",
        "sayso: www.example.org/story: no such file or folder; for an address write https://www.example.org/story",
    );
}

#[test]
fn folder_without_pages() {
    let folder = Folder::new();
    folder
        .file("pictures/a.png", b"\x89PNG")
        .file("pictures/.hidden.html", PAGE)
        .file("pictures/README", "x");
    complains(
        &folder,
        "pictures",
        "sayso: pictures: no pages in it: no .html, .htm, .xhtml, .txt, .mhtml, .warc, .jsonl or .ndjson file, nor one \
         of them with .gz; name a file of another kind itself",
    );
}

#[test]
fn binary_file() {
    let folder = Folder::new();
    folder.file("report.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj");
    complains(
        &folder,
        "report.pdf",
        "sayso: report.pdf: is a PDF, not a page; convert it, e.g. with pdftotext FILE - | sayso read -",
    );
}

#[test]
fn empty_file() {
    let folder = Folder::new();
    folder
        .file("empty.html", "")
        .file("blank.html", " \n\n ")
        .file("empty.jsonl", "")
        .file("blank.jsonl", "\n\n");
    for page in ["empty.html", "blank.html"] {
        let complaint = format!(
            "sayso: {page}: empty page: nothing to read; give a file of HTML, plain text or JSON lines"
        );
        complains(&folder, page, &complaint);
    }
    for lines in ["empty.jsonl", "blank.jsonl"] {
        let complaint =
            format!("sayso: {lines}: has no lines; a line must be one JSON object with `text` or `html`");
        complains(&folder, lines, &complaint);
    }
}

#[test]
fn truncated_gzip() {
    let folder = Folder::new();
    let whole = gzip(PAGE.as_bytes());
    folder.file("cut.html.gz", &whole[..whole.len() / 2]);
    complains(
        &folder,
        "cut.html.gz",
        "sayso: cut.html.gz: the gzip data end too early; fetch the file again",
    );
    let mut damaged = whole;
    damaged[20] ^= 0xFF;
    folder.file("bad.html.gz", damaged).file("first.html", PAGE);
    let run = folder.run(&["read", "bad.html.gz"]);
    assert!(
        run.code == Some(1) && run.err.starts_with("sayso: bad.html.gz: the gzip data are damaged ("),
        "{}",
        run.told()
    );
}

#[test]
fn truncated_gzip_of_lines_gives_the_lines_before_the_cut() {
    let line = |n: usize| format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", noise(n));
    let lines: String = (0..2000).map(line).collect();
    let whole = gzip(lines.as_bytes());
    let folder = Folder::new();
    folder.file("cut.jsonl.gz", &whole[..whole.len() / 2]);
    let run = folder.run(&["read", "--jsonl", "cut.jsonl.gz"]);
    run.ends(1, &["sayso: cut.jsonl.gz: the gzip data end too early; fetch the file again"]);
    let read = run.objects().len();
    assert!((500..1500).contains(&read), "{read} lines");
}

/// Words that gzip cannot make much shorter, so that half of the file holds half of the lines.
fn noise(seed: usize) -> String {
    let mut state = seed as u64 + 1;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x}", state >> 40)
    };
    (0..8).map(|_| word()).collect::<Vec<_>>().join(" ")
}

#[test]
fn wrong_charset_is_noticed() {
    let page = PAGE.replace("Ana Ruiz", "Ána Ruíz");
    let latin: Vec<u8> = page.chars().map(|c| u8::try_from(c).expect("the page is in Latin-1")).collect();
    let folder = Folder::new();
    let run = folder.file("latin.html", latin).run(&["read", "--jsonl", "latin.html"]);
    let story = &run.ends(0, &[]).objects()[0];
    assert!(story["story"]["text"].as_str().unwrap().contains("Mayor Ána Ruíz"), "{}", run.told());
    let notice =
        "charset: declared UTF-8 (meta element) but the bytes are not; read as windows-1252, a guess";
    assert_eq!(story["notices"][0], notice, "{}", run.told());
}

#[test]
fn page_without_a_story() {
    let folder = Folder::new();
    folder.file(
        "shell.html",
        "<!DOCTYPE html><html><body><div id=app></div><script>start()</script></body></html>",
    );
    let complaint = "sayso: shell.html: no story found in this page; if a browser shows one, save the page from \
                     there once it is complete";
    let run = folder.file("page.html", PAGE).run(&["read", "--jsonl", "shell.html", "page.html"]);
    run.ends(1, &[complaint]).ids(&["shell.html", "page.html"]);
    assert_eq!(run.objects()[0]["story"]["text"], "", "{}", run.told());
}

#[test]
fn wrong_lines_are_named_by_number() {
    let folder = Folder::new();
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\n\
                 {\"id\": \"b\"}\n\
                 \n\
                 not json\n\
                 {\"text\": \"Four\n\
                 {\"id\": 2.5, \"text\": \"Five\"}\n\
                 [1]\n\
                 {\"text\": \"Six.\"}\n\
                 {\"id\": \"z\", \"text\": \"\"}";
    let how = "a line must be one JSON object with `text` or `html`";
    let run = folder.file("lines.jsonl", lines).run(&["read", "--jsonl", "lines.jsonl"]);
    run.ends(
        1,
        &[
            &format!("sayso: lines.jsonl: line 2: the object has neither `text` nor `html`; {how}"),
            &format!("sayso: lines.jsonl: line 4: not an object; {how}"),
            &format!("sayso: lines.jsonl: line 5: EOF while parsing a string, at byte 14 of the line; {how}"),
            &format!(
                "sayso: lines.jsonl: line 6: `id` must be a string or an integer, at byte 10 of the line; {how}"
            ),
            &format!("sayso: lines.jsonl: line 7: not an object; {how}"),
            "sayso: lines.jsonl: line 9: empty page: nothing to read; give a file of HTML, plain text or JSON lines",
        ],
    );
    run.ids(&["a", "lines.jsonl:8"]);
}

#[test]
fn json_that_is_not_lines_is_told_once() {
    let folder = Folder::new();
    let story = serde_json::json!({"id": "a", "text": "One."});
    let many = serde_json::json!([story, story]);
    folder
        .file("pretty.json", serde_json::to_string_pretty(&story).unwrap())
        .file("array.json", many.to_string())
        .file("pretty-array.json", serde_json::to_string_pretty(&many).unwrap());
    let how = "not JSON lines; write one object a line, e.g. with jq -c";
    complains(
        &folder,
        "pretty.json",
        &format!("sayso: pretty.json: has JSON objects over many lines, {how} ."),
    );
    for name in ["array.json", "pretty-array.json"] {
        complains(&folder, name, &format!("sayso: {name}: is one JSON array, {how} '.[]'"));
    }
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere_is_told() {
    let folder = Folder::new();
    folder.file("saved/page.html", PAGE);
    std::os::unix::fs::symlink("gone.html", folder.path().join("saved/link.html")).unwrap();
    let run = folder.run(&["read", "--jsonl", "saved"]);
    run.ends(1, &["sayso: saved/link.html: no such file or folder; check the name"])
        .ids(&["saved/page.html"]);
}

#[test]
fn help_tells_what_becomes_of_many_and_of_long() {
    let run = Folder::new().run(&["read", "--help"]);
    let words = run.ends(0, &[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in ["several objects, one after another (for programs use --jsonl)", "At most 8 MiB of a page's"]
    {
        assert!(words.contains(told), "{told}\n{}", run.told());
    }
}

#[test]
fn nested_without_end() {
    // What is promised of the program that users have; a debug build is many times slower.
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
    let folder = Folder::new();
    folder.file("nested.html", "<div>".repeat(10 << 20));
    let start = Instant::now();
    let run = folder.run(&["read", "--jsonl", "nested.html"]);
    let took = start.elapsed();
    assert!(
        run.code == Some(1) && run.err.starts_with("sayso: nested.html: no story found"),
        "{}",
        run.told()
    );
    assert!(took < limit, "50 MiB took {took:?}");
}

#[test]
fn too_large_a_file() {
    let folder = Folder::new();
    // A sparse file: the size is what counts.
    fs::File::create(folder.path().join("huge.html")).unwrap().set_len((64 << 20) + 1).unwrap();
    complains(&folder, "huge.html", "sayso: huge.html: is larger than 64 MiB, too large for a page");
}

#[test]
fn gzip_bomb() {
    let folder = Folder::new();
    folder.file("bomb.html.gz", gzip(&vec![b' '; (64 << 20) + 1]));
    complains(&folder, "bomb.html.gz", "sayso: bomb.html.gz: is larger than 64 MiB, too large for a page");
}

#[test]
fn too_long_a_line() {
    let folder = Folder::new();
    let mut lines = vec![b'x'; (64 << 20) + 2];
    lines.extend(b"\n{\"id\": \"b\", \"text\": \"Two.\"}\n");
    let run = folder.file("long.jsonl", lines).run(&["read", "--jsonl", "long.jsonl"]);
    let told = "sayso: long.jsonl: line 1: is longer than 64 MiB, too long for a page; the line was skipped";
    run.ends(1, &[told]).ids(&["b"]);
}

#[test]
fn names_and_pages_cannot_write_on_the_terminal() {
    let folder = Folder::new();
    let run = folder.run(&["read", "\x1b]0;owned\x07.html"]);
    run.ends(1, &["sayso: \u{FFFD}]0;owned\u{FFFD}.html: no such file or folder; check the name"]);
    let page = PAGE.replace("four months", "four\x1b[2Jmonths\u{9b}2J").replace("is safe", "is \u{202e}safe");
    for text in [page.clone(), page.replace("<p>", "<p>&#x1b;[31m")] {
        let run = folder.file("page.html", text).run(&["read", "page.html"]);
        assert!(run.code == Some(0) && !run.out.contains(['\x1b', '\u{9b}', '\u{202e}']), "{}", run.told());
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new();
    let lines: String =
        (0..3000).map(|n| format!("{{\"id\": {n}, \"text\": \"Story number {n}.\"}}\n")).collect();
    folder.file("many.jsonl", lines);
    let mut command = folder.command(&["read", "--jsonl", "many.jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let code = child.wait().unwrap().code();
    assert!(code == Some(0) && said.is_empty(), "{code:?}: {said}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let folder = Folder::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        folder.file("page.html", PAGE).command(&["read", "page.html"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("sayso: cannot write the output: No space left on device"), "{said}");
}

#[test]
fn no_page_is_asked_for() {
    let folder = Folder::new();
    let run = folder.run(&["read"]);
    assert!(
        run.code == Some(2) && run.err.contains("Usage: sayso read [OPTIONS] <PAGE>..."),
        "{}",
        run.told()
    );
    assert!(run.err.contains("Examples:\n  sayso read page.html"), "{}", run.told());
    let run = folder.run(&[]);
    assert!(run.code == Some(2) && run.err.contains("Usage: sayso <COMMAND>"), "{}", run.told());
    let run = folder.run(&["read", "--jsonl", "--json", "page.html"]);
    assert!(run.code == Some(2) && run.err.contains("cannot be used with"), "{}", run.told());
}
