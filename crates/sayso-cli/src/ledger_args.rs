//! What can be asked of a ledger.

use crate::args::{Color, ModelArgs, named};
use crate::exit;
use crate::filter::FilterArgs;
use clap::{Args as Group, ValueEnum};
use sayso::statement::Act;
use sayso::wire;
use sayso_ledger::Filter;
use std::ffi::OsString;
use std::num::{NonZeroU16, NonZeroUsize};
use std::path::PathBuf;

/// Add stories to the ledger
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = add_help())]
pub(crate) struct AddArgs {
    /// A file, a folder, an http(s) address, or - for standard input: all that `sayso read` takes
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<OsString>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    /// Mark the stories that are added, to be filtered by; may be given more than once
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = tag)]
    pub(crate) tag: Vec<Tag>,

    /// Keep no texts: the statements, their places, hashes and forty characters around them only
    #[arg(long)]
    pub(crate) no_keep_text: bool,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Write what was done as JSON to standard output
    #[arg(long)]
    pub(crate) json: bool,

    /// Pages read at the same time [default: one a core]; the ledger does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Longest wait for one address, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// The ledger that is meant.
#[derive(Clone, Debug, Group)]
pub(crate) struct LedgerArgs {
    /// The ledger's file
    #[arg(long, value_name = "FILE", env = "SAYSO_LEDGER", default_value = "sayso.db")]
    pub(crate) ledger: PathBuf,
}

/// A mark, and its value where it is of one.
pub(crate) type Tag = (String, Option<String>);

/// How an answer is written.
#[derive(Clone, Debug, Group)]
pub(crate) struct FormatArgs {
    /// Write the answer as JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,

    /// Write the answer as comma-separated values
    #[arg(long)]
    pub(crate) csv: bool,

    /// In CSV put an apostrophe before cells that a spreadsheet would take for a formula
    #[arg(long)]
    pub(crate) for_spreadsheets: bool,

    /// Rows at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// Rows left out before them, as the last line of an answer tells it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) after: usize,

    /// Columns of the terminal view [default: the terminal's, or 80]
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<NonZeroU16>,

    /// Whether the terminal view has colours; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// Which statements are asked for, and in which order.
#[derive(Clone, Debug, Group)]
pub(crate) struct AskArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,

    /// The order of the rows
    #[arg(long, value_enum, default_value_t = SortName::Best)]
    pub(crate) sort: SortName,

    #[command(flatten)]
    pub(crate) which: WhichArgs,
}

/// Which statements of a ledger are meant.
#[derive(Clone, Debug, Group)]
pub(crate) struct WhichArgs {
    /// Only stories and statements with this mark; may be given more than once
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = tag)]
    tag: Vec<Tag>,

    /// Only statements that a hand has corrected or found right, or with =false only the others
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    checked: Option<bool>,

    #[command(flatten)]
    filters: FilterArgs,
}

impl WhichArgs {
    /// What the ledger is asked for.
    pub(crate) fn filter(&self) -> Filter {
        Filter { checked: self.checked, tags: self.tag.clone(), ..self.filters.filter() }
    }
}

/// The order of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// What fits best first; where nothing is to be fitted, in time
    Best,
    /// In time
    Day,
    /// By outlet, then in time
    Outlet,
}

/// Who says what about something: statements, best first, copies folded
#[derive(Debug, Group)]
#[command(after_help = QUERY)]
pub(crate) struct WhoArgs {
    /// Words, "phrases" and names; any name of somebody finds the others
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<String>,

    /// Ask each line of this file, one after the other
    #[arg(long, value_name = "FILE", conflicts_with = "query", required_unless_present = "query")]
    pub(crate) names: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// All that somebody is on record with, in time
#[derive(Debug, Group)]
pub(crate) struct SpeakerArgs {
    /// A name, or a surname where no entity is called so
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// Figures that are told of something: by whom, when; the lowest, the highest, the latest
#[derive(Debug, Group)]
#[command(after_help = QUERY)]
pub(crate) struct FiguresArgs {
    /// Words, "phrases" and names
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,

    /// All figures of the statements found, not only those that count what the query names
    #[arg(long)]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// One story and its statements, from the ledger
#[derive(Debug, Group)]
pub(crate) struct StoryArgs {
    /// Its key, the beginning of that, its id, or its address
    pub(crate) story: String,

    /// What stood at its address before and after: the statements that came and went
    #[arg(long, conflicts_with = "csv")]
    pub(crate) versions: bool,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Stories that print the same text or most of it, the most copied first
#[derive(Debug, Group)]
pub(crate) struct CopiesArgs {
    /// Only the copies of this one: its key, id or address
    pub(crate) story: Option<String>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// The outlets: their stories, the share of copies, whom they quote
#[derive(Debug, Group)]
pub(crate) struct OutletsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// What is in the ledger
#[derive(Debug, Group)]
pub(crate) struct StatusArgs {
    /// What the checks of this sample say: rows and fields that are right, with 95 % intervals
    #[arg(long, value_name = "NAME")]
    pub(crate) sample: Option<String>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Write out the ledger: the same lines whatever the order in which stories were added
#[derive(Debug, Group)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    /// As JSON lines, all of it; or as CSV, a row a statement
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub(crate) format: ExportFormat,

    /// Whole texts too, in JSON lines, where they are kept: mind their owners' rights
    #[arg(long)]
    pub(crate) with_texts: bool,

    /// In CSV put an apostrophe before cells that a spreadsheet would take for a formula
    #[arg(long)]
    pub(crate) for_spreadsheets: bool,

    /// Write to this file and not to standard output; it is there whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) which: WhichArgs,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// JSON lines: stories, entities, copies, statements
    Jsonl,
    /// Comma-separated values, a row a statement
    Csv,
    /// What Datasette is to know of the ledger: datasette sayso.db -m FILE, or -c FILE from its version 1 on
    Datasette,
}

/// Copy the ledger to a file, also while another program writes to it
#[derive(Debug, Group)]
pub(crate) struct BackupArgs {
    /// The copy, which may not be there yet
    #[arg(value_name = "FILE")]
    pub(crate) target: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Mark stories or statements, to be filtered by
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = TAG)]
pub(crate) struct TagArgs {
    /// Keys of stories and statements, the beginning of those, ids or addresses; and the mark: NAME or NAME=VALUE
    #[arg(value_name = "KEY... MARK", required = true)]
    pub(crate) words: Vec<String>,

    /// Mark all statements that this query finds with all of its words
    #[arg(long, value_name = "QUERY")]
    pub(crate) query: Option<String>,

    /// Take the mark off; without a value all of its name
    #[arg(long)]
    pub(crate) remove: bool,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Draw statements at random, to be checked blind: `correct` them, then see `status --sample`
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = SAMPLE)]
pub(crate) struct SampleArgs {
    /// How many
    pub(crate) count: usize,

    /// Only statements with all of these words
    pub(crate) query: Option<String>,

    /// Its name: the drawn ones get the mark sample=NAME [default: the seed]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Draw as many of each outlet, day or speaker
    #[arg(long, value_enum)]
    pub(crate) by: Option<ByName>,

    /// The same seed draws the same statements
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// Groups of which as many are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ByName {
    /// Of each outlet
    Outlet,
    /// Of each day
    Day,
    /// Of each speaker
    Speaker,
}

/// Read the texts in the ledger again that another model or an older version of it has read; corrections stay
#[derive(Debug, Group)]
pub(crate) struct UpdateArgs {
    /// All texts, those too that this very model has read
    #[arg(long)]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Texts read at the same time [default: one a core]; the ledger does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Correct a statement, or say that it is right: the log keeps who did and when
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = CORRECT)]
pub(crate) struct CorrectArgs {
    /// The statement's key, or the beginning of it
    #[arg(required_unless_present = "undo")]
    pub(crate) statement: Option<String>,

    /// Who speaks; an empty name where nobody can be named
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// What is done by saying it
    #[arg(long, value_name = "ACT", value_parser = named(&Act::ALL, wire::act_name))]
    pub(crate) act: Option<Act>,

    /// Whether that is said not to have happened
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) negated: Option<bool>,

    /// Where its content stands, in code points of the text
    #[arg(long, value_name = "START-END", value_parser = span)]
    pub(crate) content: Option<(usize, usize)>,

    /// It was checked and is right
    #[arg(long)]
    pub(crate) right: bool,

    /// It is no statement
    #[arg(long, conflicts_with_all = ["speaker", "act", "negated", "content", "right"])]
    pub(crate) not_a_statement: bool,

    /// Undo this correction, told by its key or the beginning of it
    #[arg(long, value_name = "CORRECTION", conflicts_with_all = ["statement", "speaker", "act", "negated", "content", "right", "not_a_statement"])]
    pub(crate) undo: Option<String>,

    /// Who corrects it
    #[arg(long, value_name = "NAME", env = "SAYSO_USER")]
    pub(crate) by: Option<String>,

    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Show the log of corrections, those that have no statement any more too
#[derive(Debug, Group)]
pub(crate) struct CorrectionsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Take an export into this ledger: stories (of an export with texts), marks, notes, corrections; what is there stays
#[derive(Debug, Group)]
pub(crate) struct ImportArgs {
    /// JSON lines that `sayso export` wrote
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

/// Write a note on a story or statement; without words, show the notes
#[derive(Debug, Group)]
pub(crate) struct NoteArgs {
    /// Its key, the beginning of that, a story's id or address
    pub(crate) key: Option<String>,

    /// The words of the note
    pub(crate) words: Option<String>,

    /// Who writes it
    #[arg(long, value_name = "NAME", env = "SAYSO_USER")]
    pub(crate) by: Option<String>,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,

    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

/// Remove stories for good: what is removed stays away when it is added again
#[derive(Debug, Group)]
#[command(arg_required_else_help = true)]
pub(crate) struct ForgetArgs {
    /// The story: its key, the beginning of that, its id or address
    #[arg(required_unless_present_any = ["person", "outlet"])]
    pub(crate) story: Option<String>,

    /// A person or body, with all stories that name them
    #[arg(long, value_name = "NAME", conflicts_with = "story")]
    pub(crate) person: Option<String>,

    /// An outlet, with all of its stories
    #[arg(long, value_name = "NAME", conflicts_with_all = ["story", "person"])]
    pub(crate) outlet: Option<String>,

    /// Do not ask first
    #[arg(long)]
    pub(crate) yes: bool,

    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
}

const SAMPLE: &str = "\
Examples:
  sayso sample 100 --seed 7 --name spring
  sayso correct KEY --right; sayso correct KEY --speaker NAME
  sayso status --sample spring";

const CORRECT: &str = "\
Examples:
  sayso correct 03kb4pf4mdcc --speaker \"Anton Dravec\" --by ana --why \"named in the next line\"
  sayso correct 03kb4pf4mdcc --right
  sayso corrections && sayso correct --undo 5r2k";

/// A place: START-END.
fn span(text: &str) -> Result<(usize, usize), String> {
    let ends = text.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    ends.filter(|(start, end)| start < end).ok_or_else(|| "not a place like 120-180".to_owned())
}

const TAG: &str = "\
Examples:
  sayso tag 03kb4pf4mdcc incident=B-7
  sayso tag --query \"foreign fighters\" to-check
  sayso who fighters --tag to-check";

/// A mark: NAME or NAME=VALUE.
pub(crate) fn tag(text: &str) -> Result<Tag, String> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (text, None),
    };
    if name.trim().is_empty() {
        Err("a mark has a name".to_owned())
    } else {
        Ok((name.trim().to_owned(), value))
    }
}

fn add_help() -> String {
    format!("{ADD}\n\n{}\n\n{EXAMPLES}", exit::HELP)
}

const ADD: &str = "\
A story that is there is not read again, so that adding goes on where it was stopped. Stories that
print the same text, or most of it, are kept and counted as one origin. What is reported as stored
is on the disk. The ledger is one SQLite file; docs/ledger.md tells its tables.";

const EXAMPLES: &str = "\
Examples:
  sayso add saved-pages/
  sayso add archive.warc.gz --ledger affair.db --tag source=crawl
  sayso add stories.jsonl && sayso who \"foreign fighters\"";

const QUERY: &str = "\
All words must be there, in any form and order; with fewer rows than asked for, statements that
hold some of them follow, marked so. Words in quotation marks stand together.";
