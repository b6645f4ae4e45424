//! Measures Sayso on the corpora and holds each figure against its floor.
//!
//! ```text
//! cargo run --release -p sayso-eval -- CORPORA [--only PART]... [--report FILE]
//! ```
//!
//! CORPORA is a folder with `pages/*.jsonl.gz`, `corpora/`, and
//! `gold/dev.jsonl`; eval/README.md says what each is. Exit code 0: every figure holds its floor and
//! every floor has its figure; 1: one does not; 2: the corpora or the floors could not be read.

mod corpora;
mod floors;
mod pages;
mod quotations;
mod report;
mod speed;
mod statements;
mod tagged;
mod tags;

use clap::{Parser, ValueEnum};
use serde::Deserialize;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measure Sayso on the corpora and hold each figure against its floor
#[derive(Debug, Parser)]
struct Args {
    /// The folder of the corpora
    corpora: PathBuf,

    /// Measure this part alone; may be given more than once
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,

    /// Write the report to this file too, as Markdown
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Part {
    /// Page to story: body, title, date, authors
    Pages,
    /// Attributions and statements
    Statements,
    /// Sentences, parts of speech, entities
    Tags,
    /// Time
    Speed,
}

impl Part {
    /// Measures the part.
    fn measure(self, corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
        match self {
            Part::Pages => pages::measure(corpora),
            Part::Statements => statements::measure(corpora),
            Part::Tags => tags::measure(corpora),
            Part::Speed => speed::measure(corpora),
        }
    }
}

/// One figure.
#[derive(Clone, Debug)]
struct Figure {
    /// Corpus and metric ("fundus.f1").
    name: String,
    value: f64,
}

impl Figure {
    fn new(name: impl Into<String>, value: f64) -> Figure {
        Figure { name: name.into(), value }
    }
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("sayso-eval: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measures, prints, and tells whether every figure holds its floor.
fn run(args: &Args) -> Result<bool, Box<dyn Error>> {
    let floors = floors::read()?;
    let parts = if args.only.is_empty() { Part::value_variants() } else { &args.only };
    let mut lines = Vec::new();
    for &part in parts {
        lines.extend(floors.hold(part, part.measure(&args.corpora)?));
    }
    print!("{}", report::table(&lines));
    if let Some(path) = &args.report {
        let text = report::markdown(&lines);
        std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(lines.iter().all(|line| line.holds()))
}
