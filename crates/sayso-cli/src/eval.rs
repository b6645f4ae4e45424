//! `sayso eval`: predictions against gold.

use crate::args::EvalArgs;
use crate::exit::{self, Outcome};
use crate::input::{self, Error, ErrorKind, Holds, Input};
use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::page::Page;
use sayso::score::statement::StatementScores;
use sayso::score::{self, Bootstrap, Pair, Row};
use sayso::wire::gold::{self, GoldError, StoryLine};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
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
fn pairs(args: &EvalArgs) -> Result<Vec<Pair>, Error> {
    let stories = read(&args.gold)?;
    let (source, predicted) = match &args.predicted {
        Some(name) => (name, read(name).map_err(of_prediction)?),
        None => (&args.gold, predict(&stories, args.model.open())),
    };
    let pairs = gold::pair(&stories, &predicted)
        .map_err(|error| Error::new(&source.display().to_string(), ErrorKind::Gold(error)))?;
    Ok(if args.outer { pairs.iter().map(Pair::outer_only).collect() } else { pairs })
}

/// The error in the words for a prediction file.
fn of_prediction(error: Error) -> Error {
    let kind = match error.kind {
        ErrorKind::Spread(spread) => ErrorKind::SpreadPrediction(spread),
        ErrorKind::Gold(why) => ErrorKind::Prediction(why),
        other => other,
    };
    Error { kind, ..error }
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
fn read(name: &OsStr) -> Result<Vec<StoryLine>, Error> {
    let mut stories = Vec::new();
    let mut failure = None;
    input::each(&[name.to_owned()], Duration::MAX, &mut |input| match input.and_then(story) {
        Ok(story) => {
            stories.push(story);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    });
    failure.map_or(Ok(stories), Err)
}

fn story(input: Input) -> Result<StoryLine, Error> {
    let source = input.source;
    let Holds::Line(line) = input.holds else { return Err(Error { source, kind: ErrorKind::NotGold }) };
    let not_utf8 = |_| GoldError::Line("not UTF-8".to_owned());
    let story = std::str::from_utf8(&line).map_err(not_utf8).and_then(StoryLine::read);
    story.map_err(|error| Error { source, kind: ErrorKind::Gold(error) })
}

/// Writes the figures where they are wanted.
fn report(args: &EvalArgs, pairs: &[Pair]) -> Outcome {
    let bootstrap = Bootstrap::default();
    let attribution = score::attribution::score(pairs, bootstrap);
    let has_acts = pairs.iter().flat_map(|pair| &pair.gold).any(|statement| statement.act.is_some());
    let statements = has_acts.then(|| score::statement::score(pairs, bootstrap));
    let json = || gold::report_json(pairs, &attribution, statements.as_ref());
    let written = match args.json.as_deref() {
        Some(file) if file == "-" => print(&json()),
        Some(file) => std::fs::write(file, json())
            .map_err(|error| format!("{}: cannot be written: {error}", file.display()))
            .and_then(|()| print(&table(pairs, &attribution, statements.as_ref()))),
        None => print(&table(pairs, &attribution, statements.as_ref())),
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
