//! `sayso eval`: predictions against gold.

use crate::args::EvalArgs;
use crate::exit::{self, Outcome};
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::page::Page;
use sayso_input::{Error, ErrorKind, Holds, Input, Options, Source, Spread};
use sayso_score::gold::{self, GoldError, StoryLine};
use sayso_score::statement::{self, StatementScores};
use sayso_score::{Bootstrap, Pair, Row, attribution};
use std::ffi::OsStr;
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::time::Duration;

/// Scores the prediction, or what the program itself reads in the gold's texts.
pub(crate) fn run(args: &EvalArgs) -> Outcome {
    match pairs(args) {
        Ok(pairs) => report(args, &pairs),
        Err(error) => {
            exit::complain(&error.to_string());
            Outcome::SomeInputsFailed
        }
    }
}

/// The stories of both files, joined.
fn pairs(args: &EvalArgs) -> Result<Vec<Pair>, Problem> {
    let stories = read(&args.gold, File::Gold)?;
    let (name, predicted) = match &args.predicted {
        Some(name) => (name, read(name, File::Prediction)?),
        None => (&args.gold, predict(&stories, args.model.open())),
    };
    let pairs = gold::pair(&stories, &predicted).map_err(|error| Problem {
        source: Source::whole(&name.display().to_string()),
        file: File::Gold,
        why: Why::Gold(error),
    })?;
    Ok(if args.outer { pairs.iter().map(Pair::outer_only).collect() } else { pairs })
}

/// What the program reads in the gold stories' texts.
fn predict(stories: &[StoryLine], model: &Model) -> Vec<StoryLine> {
    let predicted = |story: &StoryLine| {
        let text = story.text.clone().unwrap_or_default();
        StoryLine::of_analysis(&story.id, &analyse(&Page::exact(text), model))
    };
    stories.iter().map(predicted).collect()
}

/// The lines of a gold or prediction file; the first that is wrong ends it, because a figure
/// over part of the stories would be taken for the figure.
fn read(name: &OsStr, file: File) -> Result<Vec<StoryLine>, Problem> {
    let options = Options { timeout: Duration::MAX };
    sayso_input::read([name.to_owned()], options).map(|input| story(input, file)).collect()
}

fn story(input: Result<Input, Error>, file: File) -> Result<StoryLine, Problem> {
    let Input { source, holds } =
        input.map_err(|Error { source, kind }| Problem { source, file, why: Why::Input(kind) })?;
    let Holds::Line(line) = holds else { return Err(Problem { source, file, why: Why::NoLines }) };
    let not_utf8 = |_| GoldError::Line("not UTF-8".to_owned());
    let story = std::str::from_utf8(&line).map_err(not_utf8).and_then(StoryLine::read);
    story.map_err(|error| Problem { source, file, why: Why::Gold(error) })
}

/// Writes the figures where they are wanted.
fn report(args: &EvalArgs, pairs: &[Pair]) -> Outcome {
    let bootstrap = Bootstrap::default();
    let attributions = attribution::score(pairs, bootstrap);
    let has_acts = pairs.iter().flat_map(|pair| &pair.gold).any(|statement| statement.act.is_some());
    let statements = has_acts.then(|| statement::score(pairs, bootstrap));
    let json = || gold::report_json(pairs, &attributions, statements.as_ref());
    let written = match args.json.as_deref() {
        Some(file) if file == "-" => print(&json()),
        Some(file) => std::fs::write(file, json())
            .map_err(|error| format!("{}: cannot be written: {error}", file.display()))
            .and_then(|()| print(&table(pairs, &attributions, statements.as_ref()))),
        None => print(&table(pairs, &attributions, statements.as_ref())),
    };
    match written {
        Ok(()) => Outcome::Done,
        Err(problem) => {
            exit::complain(&problem);
            Outcome::OutputFailed
        }
    }
}

/// Writes to standard output. That nobody reads on is no failure.
fn print(text: &str) -> Result<(), String> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write the output: {error}"))
        }
        _ => Ok(()),
    }
}

fn table(pairs: &[Pair], attribution: &[Row], statements: Option<&StatementScores>) -> String {
    let unpredicted = pairs.iter().filter(|pair| pair.predicted.is_none()).count();
    let mut text = format!("{} stories, {unpredicted} without prediction\n", pairs.len());
    add_rows(&mut text, "attribution", attribution);
    if let Some(scores) = statements {
        add_rows(&mut text, "statements", &scores.rows);
        let StatementScores { act_macro, acts, .. } = scores;
        let _ = writeln!(text, "{:26}{act_macro:24.4}   over {acts} acts", "act.macro");
    }
    text
}

fn add_rows(text: &mut String, title: &str, rows: &[Row]) {
    let _ = writeln!(
        text,
        "\n{title:26}{:>8}{:>8}{:>8}   {:18}{:>7}{:>7}",
        "P", "R", "F1", "95 % of F1", "pred", "gold"
    );
    for Row { name, score } in rows {
        let interval = score.interval.map_or(String::new(), |[low, high]| format!("[{low:.4}, {high:.4}]"));
        let _ = writeln!(
            text,
            "{name:26}{:8.4}{:8.4}{:8.4}   {interval:18}{:7.0}{:7.0}",
            score.precision, score.recall, score.f1, score.predicted, score.gold
        );
    }
}

/// What keeps the files from being scored.
struct Problem {
    /// Where it was met.
    source: Source,
    /// In which file.
    file: File,
    why: Why,
}

/// A file's part in the run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Gold,
    Prediction,
}

enum Why {
    /// It cannot be read as an input.
    Input(ErrorKind),
    /// A page where marked stories are wanted.
    NoLines,
    /// Its lines do not fit.
    Gold(GoldError),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_prediction = self.file == File::Prediction;
        write!(f, "{}: ", self.source)?;
        match &self.why {
            Why::Input(ErrorKind::Spread(spread)) if is_prediction => {
                let filter = if *spread == Spread::Array { "'.[]'" } else { "." };
                write!(
                    f,
                    "this prediction file is not one JSON object a line; write it with sayso read --jsonl, or make \
                     it so with jq -c {filter}"
                )
            }
            Why::Input(kind) => kind.fmt(f),
            Why::NoLines => write!(f, "is not JSON lines; give a file with a marked story a line"),
            Why::Gold(GoldError::Line(why)) if is_prediction => {
                write!(f, "not a line of a prediction file: {why}; sayso read --jsonl writes such lines")
            }
            Why::Gold(error) => {
                error.fmt(f)?;
                f.write_str(advice(error))
            }
        }
    }
}

/// What to do about it.
fn advice(error: &GoldError) -> &'static str {
    match error {
        GoldError::NotInGold { .. } => "; predict the stories of the gold file and keep their `id`s",
        GoldError::TextDiffers { .. } => "; predict again, with sayso read --jsonl on the gold file",
        GoldError::Twice { .. } => "; keep one line a story",
        _ => "",
    }
}
