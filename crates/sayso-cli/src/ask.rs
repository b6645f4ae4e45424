//! The questions to a ledger: rows from `sayso-ledger`, written for a terminal or for programs.

use crate::exit::{self, Outcome, answered};
use crate::ledger_args::{
    AskArgs, BackupArgs, ByName, CopiesArgs, ExportArgs, ExportFormat, FiguresArgs, FormatArgs, LedgerArgs,
    OutletsArgs, SampleArgs, SortName, SpeakerArgs, StatusArgs, StoryArgs, WhoArgs,
};
use crate::listing::Listing;
use crate::output::Output;
use crate::table;
use sayso_ledger::wire::{Figure, pretty};
use sayso_ledger::{
    Access, By, CopyGroup, Export, FigureRow, Figures, Ledger, OutletRow, Part, Share, Sort, StatementRow,
    Statements,
};
use serde::Serialize;
use std::fs;
use std::ops::ControlFlow;

/// Who says what about something.
pub(crate) fn who(args: &WhoArgs) -> Outcome {
    let ledger = open(&args.ask.ledger);
    let questions: Vec<String> = match (&args.query, &args.names) {
        (Some(query), _) => vec![query.clone()],
        (None, Some(path)) => {
            let names = fs::read_to_string(path)
                .unwrap_or_else(|error| exit::wrong_usage(&format!("{}: {error}", path.display())));
            names.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
        (None, None) => Vec::new(),
    };
    let mut writer = Writer::new(&args.ask.format);
    for question in &questions {
        let answer = answered(ledger.who(question, &args.ask.which.filter(), part(&args.ask)));
        let title = (questions.len() > 1).then_some(question.as_str());
        writer.statements(Some(question), title, &answer, |listing| listing.statements(&answer));
    }
    Outcome::Done
}

/// All that somebody is on record with.
pub(crate) fn speaker(args: &SpeakerArgs) -> Outcome {
    let ledger = open(&args.ask.ledger);
    let (entities, answer) = answered(ledger.speaker(&args.name, &args.ask.which.filter(), part(&args.ask)));
    let mut writer = Writer::new(&args.ask.format);
    writer.statements(Some(&args.name), None, &answer, |listing| listing.speaker(&entities, &answer));
    Outcome::Done
}

/// Figures that are told of something.
pub(crate) fn figures(args: &FiguresArgs) -> Outcome {
    let ledger = open(&args.ask.ledger);
    let answer = answered(ledger.figures(&args.query, &args.ask.which.filter(), args.all, part(&args.ask)));
    let mut writer = Writer::new(&args.ask.format);
    writer.write(&answer, figure_table(&answer), |listing| listing.figures(&answer));
    Outcome::Done
}

/// One story.
pub(crate) fn story(args: &StoryArgs) -> Outcome {
    /// A story as JSON.
    #[derive(Serialize)]
    struct Answer<'a> {
        story: &'a sayso_ledger::StoryRow,
        statements: &'a [StatementRow],
    }
    let ledger = open(&args.ledger);
    if args.versions {
        let versions = answered(ledger.versions(&args.story));
        let mut writer = Writer::new(&args.format);
        writer.write(&versions, Table::default(), |listing| listing.versions(&versions));
        return Outcome::Done;
    }
    let (story, answer) = answered(ledger.story(&args.story));
    let json = Answer { story: &story, statements: &answer.rows };
    let mut writer = Writer::new(&args.format);
    writer.write(&json, statement_table(&answer.rows), |listing| listing.story(&story, &answer));
    Outcome::Done
}

/// Stories that print the same text.
pub(crate) fn copies(args: &CopiesArgs) -> Outcome {
    let ledger = open(&args.ledger);
    let part = Part { sort: Sort::Best, limit: args.format.limit, after: args.format.after };
    let groups = answered(ledger.copies(args.story.as_deref(), part));
    let searched = answered(ledger.searched());
    let mut writer = Writer::new(&args.format);
    writer.write(&groups, copies_table(&groups), |listing| listing.copies(&groups, &searched));
    Outcome::Done
}

/// The outlets.
pub(crate) fn outlets(args: &OutletsArgs) -> Outcome {
    let ledger = open(&args.ledger);
    let part = Part { sort: Sort::Best, limit: args.format.limit, after: args.format.after };
    let outlets = answered(ledger.outlets(part));
    let searched = answered(ledger.searched());
    let mut writer = Writer::new(&args.format);
    writer.write(&outlets, outlet_table(&outlets), |listing| listing.outlets(&outlets, &searched));
    Outcome::Done
}

/// What is in the ledger.
pub(crate) fn status(args: &StatusArgs) -> Outcome {
    let mut writer = Writer::new(&args.format);
    if let Some(name) = &args.sample {
        let checked = answered(open(&args.ledger).checked(name));
        let cells = |s: &Share| {
            let ends = [s.low, s.high].map(|end| format!("{end:.3}"));
            [s.field.to_owned(), s.right.to_string(), s.checked.to_string()].into_iter().chain(ends).collect()
        };
        let rows = checked.shares.iter().map(cells).collect();
        let table = Table { columns: vec!["field", "right", "checked", "low", "high"], rows };
        writer.write(&checked, table, |listing| listing.checked(&checked));
        return Outcome::Done;
    }
    let status = answered(open(&args.ledger).status());
    writer.write(&status, Table::default(), |listing| listing.status(&status));
    Outcome::Done
}

/// Draws statements to be checked.
pub(crate) fn sample(args: &SampleArgs) -> Outcome {
    let ask = &args.ask;
    let mut ledger = answered(Ledger::open(&ask.ledger.ledger, Access::Write));
    let name = args.name.clone().unwrap_or_else(|| args.seed.to_string());
    let by = args.by.map(|by| match by {
        ByName::Outlet => By::Outlet,
        ByName::Day => By::Day,
        ByName::Speaker => By::Speaker,
    });
    let rows =
        answered(ledger.draw(&name, args.count, args.seed, args.query.as_deref(), &ask.which.filter(), by));
    let mut writer = Writer::new(&ask.format);
    writer.write(&rows, statement_table(&rows), |listing| listing.sample(&name, &rows));
    Outcome::Done
}

/// Everything, for programs.
pub(crate) fn export(args: &ExportArgs) -> Outcome {
    let ledger = open(&args.ledger);
    let filter = args.which.filter();
    let mut output = Output::open(args.output.as_deref());
    match args.format {
        ExportFormat::Jsonl => {
            let export = Export { texts: args.with_texts };
            answered(ledger.export(&filter, export, |line| {
                output.write(format!("{line}\n").as_bytes(), Outcome::Done);
                ControlFlow::Continue(())
            }));
        }
        ExportFormat::Datasette => {
            let name = args.ledger.ledger.file_stem().unwrap_or_default().to_string_lossy();
            output.write(format!("{}\n", sayso_ledger::wire::datasette(&name)).as_bytes(), Outcome::Done);
        }
        ExportFormat::Csv => {
            output.write(
                table::line(statement_columns().into_iter().map(str::to_owned), false).as_bytes(),
                Outcome::Done,
            );
            answered(ledger.statements(&filter, |row| {
                output.write(
                    table::line(statement_cells(row), args.for_spreadsheets).as_bytes(),
                    Outcome::Done,
                );
                ControlFlow::Continue(())
            }));
        }
    }
    output.close();
    Outcome::Done
}

/// A copy of the ledger.
pub(crate) fn back_up(args: &BackupArgs) -> Outcome {
    if args.target.exists() {
        exit::wrong_usage(&format!(
            "{}: is there already; a backup overwrites nothing",
            args.target.display()
        ));
    }
    answered(open(&args.ledger).back_up(&args.target));
    Outcome::Done
}

fn open(ledger: &LedgerArgs) -> Ledger {
    answered(Ledger::open(&ledger.ledger, Access::Read))
}

fn part(args: &AskArgs) -> Part {
    let sort = match args.sort {
        SortName::Best => Sort::Best,
        SortName::Day => Sort::Day,
        SortName::Outlet => Sort::Outlet,
    };
    Part { sort, limit: args.format.limit, after: args.format.after }
}

/// A table for spreadsheets and data frames.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Where and how answers are written.
pub(crate) struct Writer<'a> {
    format: &'a FormatArgs,
    output: Output,
    is_first: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(format: &'a FormatArgs) -> Writer<'a> {
        Writer { format, output: Output::open(None), is_first: true }
    }

    /// An answer in statements to a question; `title` stands above it where there are several.
    fn statements(
        &mut self,
        question: Option<&str>,
        title: Option<&str>,
        answer: &Statements,
        list: impl FnOnce(&mut Listing),
    ) {
        /// An answer as JSON, with its question.
        #[derive(Serialize)]
        struct Answer<'a> {
            question: Option<&'a str>,
            #[serde(flatten)]
            answer: &'a Statements,
        }
        self.write(&Answer { question, answer }, statement_table(&answer.rows), |listing| {
            title.into_iter().for_each(|title| listing.title(title));
            list(listing);
        });
    }

    /// An answer, in the form that is asked for.
    pub(crate) fn write(&mut self, json: &impl Serialize, table: Table, list: impl FnOnce(&mut Listing)) {
        let written = if self.format.json {
            pretty(json) + "\n"
        } else if self.format.csv {
            let head = table::line(table.columns.iter().map(|c| (*c).to_owned()), false);
            let rows = table.rows.into_iter().map(|row| table::line(row, self.format.for_spreadsheets));
            let head = if self.is_first { head } else { String::new() };
            head + &rows.collect::<String>()
        } else {
            let mut listing = Listing::new(crate::view::screen(self.format.width, self.format.color));
            list(&mut listing);
            listing.finish(self.is_first)
        };
        self.is_first = false;
        self.output.write(written.as_bytes(), Outcome::Done);
    }
}

/// The columns of statements that a ledger has beside those of pages.
const OF_LEDGER: [&str; 7] = ["origin_id", "confidence", "checked", "text_sha256", "day", "day_of", "copies"];

fn statement_columns() -> Vec<&'static str> {
    [&table::SHARED[..], &OF_LEDGER].concat()
}

fn statement_table(rows: &[StatementRow]) -> Table {
    Table {
        columns: statement_columns(),
        rows: rows.iter().map(|row| statement_cells(row).to_vec()).collect(),
    }
}

fn statement_cells(row: &StatementRow) -> [String; 30] {
    let said = row.day.clone().filter(|_| row.day_of == Some("said"));
    let figures = |value: &dyn Fn(&Figure) -> String| table::joined(row.figures.iter().map(value));
    let number = table::number;
    [
        row.key.clone(),
        row.story.clone(),
        text(&row.url),
        text(&row.outlet),
        text(&row.published),
        row.content_text.clone(),
        row.place.0.to_string(),
        row.place.1.to_string(),
        row.kind.clone(),
        text(&row.cue_text),
        text(&row.speaker),
        text(&row.entity),
        text(&row.source_text),
        row.form.clone(),
        row.act.clone(),
        row.negated.to_string(),
        text(&said),
        said.as_ref().map(|_| "day".to_owned()).unwrap_or_default(),
        text(&row.on_whose_word),
        text(&row.answers),
        figures(&|f| number(f.min)),
        figures(&|f| number(f.max)),
        figures(&|f| f.of.clone().unwrap_or_default()),
        row.copies.to_string(),
        format!("{:.2}", row.confidence),
        row.checked.to_string(),
        row.text_sha256.clone(),
        text(&row.day),
        text(&row.day_of.map(str::to_owned)),
        row.copied.to_string(),
    ]
}

/// The columns of figures, with the names that UCDP's georeferenced events have for theirs where they have any.
fn figure_table(answer: &Figures) -> Table {
    let columns = vec![
        "low",
        "high",
        "approx",
        "unit",
        "of",
        "change",
        "words",
        "speaker",
        "on_whose_word",
        "act",
        "negated",
        "source_date",
        "source_office",
        "source_headline",
        "source_original",
        "source_article",
        "statement_id",
    ];
    let number = table::number;
    let cells = |row: &FigureRow| {
        let statement = &row.statement;
        vec![
            number(row.min),
            number(row.max),
            row.approx.to_string(),
            text(&row.unit),
            text(&row.counted),
            text(&row.change),
            row.words.clone(),
            text(&statement.speaker),
            text(&statement.on_whose_word),
            statement.act.clone(),
            statement.negated.to_string(),
            text(&statement.day),
            text(&statement.outlet),
            text(&statement.title),
            statement.content_text.clone(),
            text(&statement.url),
            statement.key.clone(),
        ]
    };
    Table { columns, rows: answer.rows.iter().map(cells).collect() }
}

fn copies_table(groups: &[CopyGroup]) -> Table {
    let columns = vec!["group", "agency", "story_id", "title", "outlet", "published", "url", "id"];
    let rows = (1..).zip(groups).flat_map(|(n, group): (usize, &CopyGroup)| {
        group.stories.iter().map(move |story| {
            vec![
                n.to_string(),
                text(&group.agency),
                story.key.clone(),
                text(&story.title),
                text(&story.outlet),
                text(&story.published),
                text(&story.url),
                story.reference.clone(),
            ]
        })
    });
    Table { columns, rows: rows.collect() }
}

fn outlet_table(outlets: &[OutletRow]) -> Table {
    let columns =
        vec!["outlet", "stories", "copied", "statements", "named", "official", "unnamed", "document"];
    let rows = outlets.iter().map(|row| {
        let counts =
            [row.stories, row.copied, row.statements, row.named, row.official, row.unnamed, row.document];
        std::iter::once(text(&row.outlet)).chain(counts.iter().map(i64::to_string)).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}
