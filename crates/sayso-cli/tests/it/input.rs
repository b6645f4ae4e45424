//! What may be read: files, folders, standard input, JSON lines, one or many.

use crate::harness::{Folder, PAGE, gzip};
use serde_json::json;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

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

/// A record of a web archive that holds an answer.
fn response(address: &str, body: &str) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    let length = answer.len();
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-03T10:15:00Z\r\nContent-Length: {length}\r\n\r\n{answer}\r\n\r\n"
    )
}

#[test]
fn every_page_of_a_web_archive_is_read() {
    let folder = Folder::new();
    let records = [response("http://a.org/1", PAGE), response("http://a.org/2", PAGE)];
    // As archives are packed: record by record.
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    folder.file("a.warc.gz", &packed).file("b.warc", records.concat());
    for name in ["a.warc.gz", "b.warc"] {
        let run = folder.run(&["read", "--jsonl", name]);
        run.ends(0, &[]).ids(&[&format!("{name}!http://a.org/1"), &format!("{name}!http://a.org/2")]);
        assert_eq!(run.objects()[0]["story"]["url"], "http://a.org/1", "{}", run.told());
        assert_eq!(run.objects()[0]["story"]["captured"], "2024-05-03T10:15:00Z", "{}", run.told());
    }
    folder.file("cut.warc.gz", &packed[..packed.len() - 30]);
    let run = folder.run(&["read", "--jsonl", "cut.warc.gz"]);
    assert!(run.code == Some(1) && run.err.contains("cut.warc.gz: the"), "{}", run.told());
    run.ids(&["cut.warc.gz!http://a.org/1"]);
}

#[test]
fn a_page_saved_as_mhtml_is_read() {
    let folder = Folder::new();
    let page = PAGE.replace('=', "=3D");
    folder.file(
        "a.mhtml",
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.org/1\r\nDate: Fri, 3 May 2024 10:15:00 -0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n--b--\r\n"
        ),
    );
    folder.file("a.html", PAGE);
    let run = folder.run(&["read", "--jsonl", "a.mhtml"]);
    let (saved, plain) =
        (&run.ends(0, &[]).objects()[0], &folder.run(&["read", "--jsonl", "a.html"]).objects()[0]);
    assert_eq!(saved["story"]["url"], "http://a.org/1");
    assert_eq!(saved["story"]["captured"], "2024-05-03T10:15:00+00:00");
    assert_eq!(saved["statements"], plain["statements"]);
}

#[test]
fn a_table_is_a_story_a_row() {
    let folder = Folder::new();
    folder.file("a.csv", "id,text,desk\n7,\"\"\"It fell,\"\" said Ana Ruiz.\",harbour\n8,So it was.,\n");
    let run = folder.run(&["read", "--jsonl", "a.csv"]);
    run.ends(0, &[]).ids(&["7", "8"]);
    assert_eq!(run.objects()[0]["given"]["desk"], "harbour", "{}", run.told());
    assert_eq!(run.objects()[0]["statements"][0]["speaker"], "Ana Ruiz", "{}", run.told());
    folder.file("b.csv", "name,words\na,b\n");
    folder.run(&["read", "b.csv"]).ends(
        1,
        &["sayso: b.csv: the table has no column `text` or `html` that holds the stories; its columns: name, words"],
    );
}

#[test]
fn what_is_no_page_is_refused_with_what_to_do() {
    let folder = Folder::new();
    folder
        .file("a.pdf", b"%PDF-1.7\n%x")
        .file("a.docx", zipped(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<w/>")]))
        .file("feed", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title><item><link>http://a.org/1</link></item></channel></rss>")
        .file("list.txt", "http://a.org/1\nhttp://a.org/2\n");
    for (name, complaint) in [
        ("a.pdf", "is a PDF, not a page; convert it, e.g. with pdftotext FILE - | sayso read -"),
        ("a.docx", "is an office document, not a page; save it as HTML or text and give that"),
        ("feed", "is a feed, not a page; give the addresses of its items: http://a.org/1"),
        (
            "list.txt",
            "is a list of addresses, not a page; give them as arguments, e.g. with xargs sayso read < FILE",
        ),
    ] {
        folder.run(&["read", "--jsonl", name]).ends(1, &[&format!("sayso: {name}: {complaint}")]);
    }
}

/// A zip archive of these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let is_packed = name.ends_with(".gz");
        let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("an entry");
        writer.write_all(bytes).expect("bytes are written");
    }
    writer.finish().expect("the archive is whole").into_inner()
}

fn warc(address: &str) -> Vec<u8> {
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let length = body.len();
    gzip(
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n\
             Content-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
        .as_bytes(),
    )
}

#[test]
fn zip_archives_give_their_pages_and_tell_the_rest() {
    let folder = Folder::new();
    let archive = warc("https://a.org/1");
    let bomb = vec![b' '; 40 << 20];
    let line = format!("{}\n", json!({"id": "in-a-line", "html": PAGE}));
    folder.file(
        "all.zip",
        zipped(&[
            ("b/page.html", PAGE.as_bytes()),
            ("../../evil.html", PAGE.as_bytes()),
            ("lines.jsonl", line.as_bytes()),
            ("crawl.warc.gz", &archive),
            ("bomb.txt", &bomb),
            ("picture.png", b"\x89PNG"),
            ("__MACOSX/b/._page.html", b"x"),
        ]),
    );
    let run = folder.run(&["read", "--jsonl", "all.zip"]);
    let ids: Vec<String> =
        run.objects().iter().map(|o| o["id"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(
        ids,
        [
            "all.zip!../../evil.html",
            "all.zip!b/page.html",
            "all.zip!crawl.warc.gz!https://a.org/1",
            "in-a-line"
        ]
    );
    run.ends(
        1,
        &[
            "sayso: all.zip!bomb.txt: unpacks to hundreds of times its size, which no page does; it was left out",
            "sayso: all.zip: 2 entries left out: by their names no .html, .htm, .xhtml, .txt, .mhtml, .warc, .csv, .tsv, \
             .jsonl or .ndjson",
        ],
    );
    assert!(!folder.path().join("../../evil.html").exists());
}

#[test]
fn packed_web_archives_give_the_pages_of_their_archives() {
    let folder = Folder::new();
    let archive = warc("https://a.org/1");
    folder.file(
        "crawl.wacz",
        zipped(&[
            ("datapackage.json", b"{}"),
            ("pages/pages.jsonl", b"{\"format\": \"json-pages-1.0\"}\n"),
            ("indexes/index.cdx.gz", &gzip(b"x")),
            ("archive/data.warc.gz", &archive),
        ]),
    );
    let run = folder.run(&["read", "--jsonl", "crawl.wacz"]);
    assert_eq!(run.objects()[0]["story"]["url"], "https://a.org/1");
    run.ends(0, &[]);
}

#[test]
fn a_broken_zip_archive_is_told() {
    let folder = Folder::new();
    let whole = zipped(&[("a.html", PAGE.as_bytes())]);
    folder.file("cut.zip", &whole[..whole.len() - 30]);
    let run = folder.run(&["read", "--jsonl", "cut.zip"]);
    assert!(
        run.code == Some(1) && run.err.starts_with("sayso: cut.zip: the zip archive is broken or cut off ("),
        "{}",
        run.told()
    );
}
