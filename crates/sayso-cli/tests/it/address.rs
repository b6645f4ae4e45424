//! Pages fetched from a server of the test's own.

use crate::harness::{Folder, PAGE, gzip};
use crate::server::{self, whole};
use std::io::{Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Cyrillic needs a charset to be read.
const CYRILLIC: &str = "<html><head><title>Мост</title></head><body><article><h1>Мост открыт</h1><p>Мост \
                        через реку открыт после ремонта, который длился четыре месяца, сообщает мэр.</p></article>";

fn answer(path: &str, host: &str, stream: &mut TcpStream) -> Result<()> {
    const HTML: &str = "Content-Type: text/html";
    match path {
        "/story" => whole(stream, "200 OK", &[HTML], PAGE.as_bytes()),
        "/untyped" => whole(stream, "200 OK", &[], PAGE.as_bytes()),
        "/cyrillic" => {
            let bytes = windows_1251(CYRILLIC);
            whole(stream, "200 OK", &["Content-Type: text/html; charset=windows-1251"], &bytes)
        }
        "/encoded" => whole(stream, "200 OK", &[HTML, "Content-Encoding: gzip"], &gzip(PAGE.as_bytes())),
        "/story.html.gz" => {
            whole(stream, "200 OK", &["Content-Type: application/gzip"], &gzip(PAGE.as_bytes()))
        }
        "/cut.html.gz" => {
            whole(stream, "200 OK", &["Content-Type: application/gzip"], &gzip(PAGE.as_bytes())[..200])
        }
        "/lines/json" => whole(stream, "200 OK", &["Content-Type: application/json"], LINES.as_bytes()),
        "/lines/ndjson" => {
            whole(stream, "200 OK", &["Content-Type: application/x-ndjson"], b"\n[1]\n{\"text\": \"Two.\"}\n")
        }
        "/lines/jsonlines" => {
            whole(stream, "200 OK", &["Content-Type: application/jsonlines"], LINES.as_bytes())
        }
        "/lines.jsonl" => whole(stream, "200 OK", &["Content-Type: text/plain"], b"not json\n"),
        "/lines.json.gz?all" => whole(stream, "200 OK", &[], &gzip(LINES.as_bytes())),
        "/lines" => whole(stream, "200 OK", &[HTML], LINES.as_bytes()),
        "/moved" => whole(stream, "301 Moved Permanently", &["Location: /story"], b""),
        "/loop" => whole(stream, "302 Found", &[&format!("Location: {host}/loop")], b""),
        "/picture" => whole(stream, "200 OK", &["Content-Type: image/png"], b"\x89PNG\r\n\x1a\n"),
        "/slow" => {
            thread::sleep(Duration::from_secs(20));
            whole(stream, "200 OK", &[HTML], PAGE.as_bytes())
        }
        "/stalled" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html>")?;
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        "/broken" => write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html>"),
        "/huge" => write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<html>"),
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\n\r\n<html>")?;
            loop {
                stream.write_all(&[b' '; 1 << 16])?;
            }
        }
        _ => {
            let status = path.trim_start_matches('/');
            whole(stream, &format!("{status} No"), &[HTML], b"<p>No.")
        }
    }
}

/// Two stories, the second without a name.
const LINES: &str = "{\"id\": \"a\", \"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";

/// Runs the program on the paths of a server; `HOST` in what it is to say stands for the server.
#[track_caller]
fn read(paths: &[&str], code: i32, complaints: &[&str]) -> crate::harness::Run {
    let host = server::start(answer);
    let addresses: Vec<String> = paths.iter().map(|path| format!("{host}{path}")).collect();
    let mut arguments = vec!["read", "--jsonl", "--timeout", "2"];
    arguments.extend(addresses.iter().map(String::as_str));
    let complaints: Vec<String> = complaints.iter().map(|c| c.replace("HOST", &host)).collect();
    let complaints: Vec<&str> = complaints.iter().map(String::as_str).collect();
    let mut run = Folder::new().run(&arguments);
    run.ends(code, &complaints);
    run.out = run.out.replace(&host, "HOST");
    run
}

#[test]
fn a_page_is_fetched() {
    let run = read(&["/story"], 0, &[]);
    run.ids(&["HOST/story"]);
    assert!(run.out.contains("said Mayor Ana Ruiz"), "{}", run.told());
    let run = read(&["/untyped"], 0, &[]);
    assert!(run.out.contains("said Mayor Ana Ruiz"), "{}", run.told());
}

#[test]
fn the_charset_of_the_header_counts() {
    let run = read(&["/cyrillic"], 0, &[]);
    assert!(run.out.contains("после ремонта"), "{}", run.told());
}

#[test]
fn gzip_is_undone_whoever_did_it() {
    for path in ["/encoded", "/story.html.gz"] {
        let run = read(&[path], 0, &[]);
        assert!(run.out.contains("said Mayor Ana Ruiz"), "{path}\n{}", run.told());
    }
    read(
        &["/cut.html.gz"],
        1,
        &["sayso: HOST/cut.html.gz: the gzip data end too early; fetch the file again"],
    );
}

#[test]
fn a_redirect_is_followed() {
    let run = read(&["/moved"], 0, &[]);
    run.ids(&["HOST/moved"]);
    assert!(run.out.contains("said Mayor Ana Ruiz"), "{}", run.told());
}

#[test]
fn the_others_are_read_when_one_cannot_be() {
    let run = read(
        &["/story", "/403", "/loop", "/404", "/moved"],
        1,
        &[
            "sayso: HOST/403: the server answered 403, it does not give the page to this program; \
             open it in a browser and save the page",
            "sayso: HOST/loop: redirected more than 10 times; open it in a browser and save the page",
            "sayso: HOST/404: the server answered 404, there is no such page; check the address",
        ],
    );
    run.ids(&["HOST/story", "HOST/moved"]);
}

#[test]
fn each_status_has_its_advice() {
    read(
        &["/429", "/503", "/418"],
        1,
        &[
            "sayso: HOST/429: the server answered 429, too many requests; wait and try again",
            "sayso: HOST/503: the server answered 503, it has trouble of its own; try again later",
            "sayso: HOST/418: the server answered 418; open it in a browser and save the page",
        ],
    );
}

#[test]
fn slow_servers_are_given_up() {
    for path in ["/slow", "/stalled"] {
        let complaint =
            format!("sayso: HOST{path}: did not arrive within 2 s; try again, or wait longer with --timeout");
        read(&[path], 1, &[&complaint]);
    }
}

#[test]
fn long_answers_are_refused() {
    for path in ["/huge", "/endless"] {
        let complaint = format!("sayso: HOST{path}: is larger than 64 MiB, too large for a page");
        read(&[path], 1, &[&complaint]);
    }
}

#[test]
fn json_lines_are_read_as_at_home() {
    for path in ["/lines/json", "/lines/jsonlines", "/lines.json.gz?all", "/lines"] {
        read(&[path], 0, &[]).ids(&["a", &format!("HOST{path}:2")]);
    }
    let how = "a line must be one JSON object with `text` or `html`";
    let run = read(
        &["/lines/ndjson", "/lines.jsonl"],
        1,
        &[
            &format!("sayso: HOST/lines/ndjson: line 2: not an object; {how}"),
            &format!("sayso: HOST/lines.jsonl: line 1: not an object; {how}"),
        ],
    );
    run.ids(&["HOST/lines/ndjson:3"]);
}

#[test]
fn what_is_no_page_is_refused() {
    read(
        &["/picture"],
        1,
        &["sayso: HOST/picture: is image/png, not a page; give the address of an HTML page"],
    );
}

#[test]
fn a_server_that_hangs_up_is_told() {
    let host = server::start(answer);
    let run = Folder::new().run(&["read", &format!("{host}/broken")]);
    assert!(run.code == Some(1) && run.err.contains("/broken: cannot be reached ("), "{}", run.told());
}

#[test]
fn a_closed_port_is_told() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let run = Folder::new().run(&["read", &format!("http://127.0.0.1:{port}/story")]);
    let told = format!("sayso: http://127.0.0.1:{port}/story: cannot be reached (");
    assert!(run.code == Some(1) && run.err.starts_with(&told), "{}", run.told());
    assert!(run.err.ends_with("); check the address and the connection\n"), "{}", run.told());
}

#[test]
fn a_host_that_is_not_there_is_told() {
    // RFC 2606 keeps the name free for ever; without a network the look-up fails in another way.
    let run = Folder::new().run(&["read", "http://nowhere.invalid/story"]);
    let told = run.err.starts_with("sayso: http://nowhere.invalid/story: ");
    let advised = run.err.ends_with("; check the address and the connection\n");
    assert!(run.code == Some(1) && told && advised, "{}", run.told());
}

#[test]
fn other_schemes_are_refused() {
    let run = Folder::new().run(&["read", "ftp://example.org/story", "http://"]);
    let (ftp, bare) = run.err.split_once('\n').expect("two complaints");
    assert_eq!(
        ftp,
        "sayso: ftp://example.org/story: cannot fetch ftp:// addresses; give an http or https one"
    );
    assert!(bare.starts_with("sayso: http://: is not an address ("), "{}", run.told());
    assert_eq!(run.code, Some(1), "{}", run.told());
}

/// The letters and ASCII of windows-1251, which is all that the page has.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xC0).expect("64 letters from 0xC0"),
        c => u8::try_from(c).expect("the page has only letters and ASCII"),
    };
    text.chars().map(byte).collect()
}
