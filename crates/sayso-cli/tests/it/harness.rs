//! A fresh folder for each test, the program run in it, and what it said printed when a test
//! fails.

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder of its own, gone after the test.
pub(crate) struct Folder(TempDir);

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A page of our own with three statements that any finder should see.
pub(crate) const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lowell bridge reopens after repairs</title></head>
<body><article><h1>Lowell bridge reopens after repairs</h1>
<p>The Lowell Bridge was opened to traffic again this week after four months of repairs to its northern span.</p>
<p>"The bridge is safe," said Mayor Ana Ruiz on Monday. "We have waited long enough for this day," she added.</p>
<p>Lee Park, who leads the harbour's inspectors, said that more than 150 cars had crossed it by noon.</p>
<p>The harbour union denied that any of its members had been told to keep silent about the repairs.</p>
</article></body></html>
"#;

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with the folders it stands in.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a name has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
        self
    }

    /// The program, to be run in this folder, with no settings from outside.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for variable in
            ["NO_COLOR", "TERM", "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs the program on this standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut pipe = child.stdin.take().expect("standard input is a pipe");
        let input = input.to_vec();
        // In a thread of its own: the program writes while it reads.
        let writer = std::thread::spawn(move || pipe.write_all(&input));
        let output = child.wait_with_output().expect("the program ends");
        // Fails where the program does not read all of it, which is for the test to judge.
        let _ = writer.join().expect("the writer does not panic");
        Run::of(output)
    }
}

impl Run {
    fn of(output: std::process::Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Both texts, for a failing test.
    pub(crate) fn told(&self) -> String {
        format!("code: {:?}\n--- stdout ---\n{}\n--- stderr ---\n{}", self.code, self.out, self.err)
    }

    /// The run ended with this code, having said exactly these lines on standard error, but for the last
    /// that counts the inputs where there are several.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, complaints: &[&str]) -> &Run {
        let is_count = |line: &&str| {
            let words: Vec<&str> = line.split([' ', ',']).collect();
            matches!(words[..], ["sayso:", n, "read", ..] if n.parse::<usize>().is_ok())
        };
        let said: Vec<&str> = self.err.lines().filter(|line| !is_count(line)).collect();
        assert!(
            self.code == Some(code) && said == complaints,
            "wanted {code} {complaints:#?}\n{}",
            self.told()
        );
        self
    }

    /// The objects on the lines of standard output.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<Value> {
        let read =
            |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}\n{}", self.told()));
        self.out.lines().map(read).collect()
    }

    /// The stories came out under these names, in this order.
    #[track_caller]
    pub(crate) fn ids(&self, ids: &[&str]) -> &Run {
        let got: Vec<Value> = self.objects().iter().map(|object| object["id"].clone()).collect();
        assert!(got == ids, "wanted {ids:?}, got {got:?}\n{}", self.told());
        self
    }
}

/// The bytes as gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}
