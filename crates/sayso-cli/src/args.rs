//! What can be asked on the command line.

use crate::exit;
use crate::filter::FilterArgs;
use crate::ledger_args::{
    AddArgs, BackupArgs, CopiesArgs, CorrectArgs, CorrectionsArgs, ExportArgs, FiguresArgs, ForgetArgs,
    ImportArgs, NoteArgs, OutletsArgs, SampleArgs, SpeakerArgs, StatusArgs, StoryArgs, TagArgs, UpdateArgs,
    WhoArgs,
};
use crate::select::Selection;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as Group, CommandFactory, Parser, Subcommand, ValueEnum};
use sayso::model::Model;
use sayso::model::kernel::Kernel;
use std::ffi::OsString;
use std::num::{NonZeroU16, NonZeroUsize};
use std::path::{Path, PathBuf};

/// Who says what in a news story, each cell tied to the exact characters of the story.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, arg_required_else_help = true, after_help = exit::HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
    Add(AddArgs),
    Who(WhoArgs),
    Speaker(SpeakerArgs),
    Figures(FiguresArgs),
    Story(StoryArgs),
    Copies(CopiesArgs),
    Outlets(OutletsArgs),
    Status(StatusArgs),
    Sample(SampleArgs),
    Update(UpdateArgs),
    Correct(CorrectArgs),
    Corrections(CorrectionsArgs),
    Import(ImportArgs),
    Tag(TagArgs),
    Note(NoteArgs),
    Forget(ForgetArgs),
    Export(ExportArgs),
    Backup(BackupArgs),
    Models(ModelsArgs),
    Eval(EvalArgs),
    /// Print the completions of a shell, to be put where it looks for them
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in the form that man reads; of a subcommand where one is named
    Man {
        /// The subcommand
        subcommand: Option<String>,
    },
}

/// Read pages and show who says what in each
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = read_help())]
pub(crate) struct ReadArgs {
    /// A file, a folder, an http(s) address, or - for standard input
    #[arg(value_name = "PAGE", required = true)]
    pub(crate) pages: Vec<OsString>,

    /// One JSON object a story, over many lines; several stories give several objects, one after
    /// another (for programs use --jsonl); the same as --format json
    #[arg(long, conflicts_with_all = ["jsonl", "format"])]
    json: bool,

    /// One JSON object a story, one line each; the same as --format jsonl
    #[arg(long, conflicts_with = "format")]
    jsonl: bool,

    /// How stories are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,

    /// Whether the terminal view has colours; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,

    /// Write to this file and not to standard output; it is there whole or not at all. A pipe or device is
    /// written as the stories come
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    filters: FilterArgs,

    /// In CSV put an apostrophe before cells that a spreadsheet would take for a formula
    #[arg(long)]
    pub(crate) for_spreadsheets: bool,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Columns of the terminal view [default: the terminal's, or 80]
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<NonZeroU16>,

    /// Pages read at the same time [default: one a core]; the output does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Longest wait for one address, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// List the models that are part of the program, or show the card of one
#[derive(Debug, Group)]
pub(crate) struct ModelsArgs {
    /// Show this model's card: what it was trained on, how good it is, what it is bad at
    #[arg(value_enum)]
    pub(crate) name: Option<Name>,
}

/// Score attributions and statements against a gold file
#[derive(Debug, Group)]
#[command(arg_required_else_help = true, after_help = eval_help())]
pub(crate) struct EvalArgs {
    /// Stories with what a hand marked in them, a line each; - for standard input
    pub(crate) gold: OsString,

    /// What was predicted for them; without it, the texts of GOLD are read now
    #[arg(long = "pred", value_name = "FILE")]
    pub(crate) predicted: Option<OsString>,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Leave out nested statements, as PolNeAR marks outer attributions only
    #[arg(long)]
    pub(crate) outer: bool,

    /// Write the figures as JSON to this file, or - for standard output in place of the table
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// What finds the statements.
#[derive(Debug, Group)]
pub(crate) struct ModelArgs {
    /// What finds the statements
    #[arg(long, value_enum, default_value_t = Name::Fast)]
    model: Name,

    /// Instructions to use, for tests: the output does not depend on them
    #[arg(long, value_enum, hide = true)]
    kernel: Option<KernelName>,
}

/// The models that are part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    /// Hundreds of stories a second
    Fast,
    /// Some ten stories a second, fewer errors
    Accurate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KernelName {
    Vnni,
    Avx2,
    Portable,
}

impl ModelArgs {
    /// The model, ready to run.
    pub(crate) fn open(&self) -> &'static Model {
        let (name, model): (_, fn() -> &'static Model) = match self.model {
            Name::Fast => ("fast", Model::fast),
            Name::Accurate => ("accurate", Model::accurate),
        };
        let kernel = self.kernel.map(|kernel| match kernel {
            KernelName::Vnni => Kernel::Vnni,
            KernelName::Avx2 => Kernel::Avx2,
            KernelName::Portable => Kernel::Portable,
        });
        match kernel {
            None => model(),
            // One for the whole run: it is never given back.
            Some(kernel) if kernel.is_available() => Box::leak(Box::new(Model::shipped(name, kernel))),
            Some(_) => exit::wrong_usage("this machine cannot run that kernel"),
        }
    }
}

/// How stories are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table to be read on a terminal
    Terminal,
    /// A JSON object a story, over many lines
    Json,
    /// A JSON object a story, one line each
    Jsonl,
    /// A web page that stands by itself: the stories, marked, and their voices
    Html,
    /// Comma-separated values, a row a statement
    Csv,
}

/// A parser of the names that the output has for the values of an enum, offered in help and completions.
pub(crate) fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = all.iter().map(move |&value| name(value));
    let found = move |given: String| all.iter().copied().find(|&value| name(value) == given);
    PossibleValuesParser::new(names).try_map(move |given| found(given).ok_or("no such name"))
}

/// Whether there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Args {
    /// What the command line asks for. A page as the first word is one to be read: `sayso page.html`; so is a
    /// word that looks like one and is not there, so that what is said of it is about the page.
    pub(crate) fn read() -> Args {
        let mut words: Vec<OsString> = std::env::args_os().collect();
        let is_command = |word: &str| Args::command().get_subcommands().any(|c| c.get_name() == word);
        let is_page = words.get(1).is_some_and(|word| {
            let text = word.to_str().unwrap_or_default();
            let is_option = text.starts_with('-') && text != "-";
            !is_option
                && text != "help"
                && !is_command(text)
                && (text.contains(['.', '/', '\\']) || text == "-" || Path::new(word).exists())
        });
        if is_page {
            words.insert(1, "read".into());
        }
        Args::parse_from(words)
    }
}

impl ReadArgs {
    /// Which statements are shown.
    pub(crate) fn selection(&self) -> Selection {
        self.filters.selection()
    }

    /// The format, whichever option asked for it.
    pub(crate) fn format(&self) -> Format {
        match (self.json, self.jsonl) {
            (true, _) => Format::Json,
            (_, true) => Format::Jsonl,
            _ => self.format,
        }
    }
}

/// A number from 0 to 1.
pub(crate) fn share(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|s| (0.0..=1.0).contains(s));
    share.ok_or_else(|| "not a number from 0 to 1".to_owned())
}

fn read_help() -> String {
    format!("{PAGES}\n\n{}\n\n{EXAMPLES}", exit::HELP)
}

fn eval_help() -> String {
    format!("{GOLD}\n\n{}\n\n{EVAL_EXAMPLES}", exit::HELP)
}

const GOLD: &str = "\
Files:
  JSON lines, also gzipped, a story each: `id`, `text` and `attributions` with `source`, `cue`
  and `content`, each a list of [start, end) in code points of the text. What `sayso read
  --jsonl` writes is a prediction as it is. Attributions are always scored, resolved statements
  where GOLD tells their acts.

Intervals hold 95 % of 1,000 samples of stories, the same ones every time.";

const EVAL_EXAMPLES: &str = "\
Examples:
  sayso eval gold.jsonl
  sayso eval gold.jsonl --pred predicted.jsonl --outer --json figures.json
  sayso read --jsonl gold.jsonl | sayso eval gold.jsonl --pred -";

const PAGES: &str = "\
Pages:
  a file       HTML or plain text in any encoding; .jsonl, .ndjson and .json are JSON lines:
               an object a line with `text` (taken exactly) or `html`, and `id` and `url`
               where known; each also gzipped
  a folder     its .html, .htm, .xhtml, .txt, .jsonl and .ndjson files, also gzipped (.gz), in
               sorted order, with those of its sub-folders
  an address   fetched one after the other, 64 MiB at most; JSON lines where its path or media
               type says so, or where it begins with {
  -            standard input: a page, or JSON lines where it begins with {

At most 8 MiB of a page's text or HTML are read; the rest is cut, with a notice in the story.
Stories come out in the order in which their pages went in. A page that cannot be read is
reported on standard error and the others are read.";

const EXAMPLES: &str = "\
Examples:
  sayso read page.html
  sayso read --jsonl saved-pages/ -o stories.jsonl
  sayso read --format csv --act deny saved-pages/ > denials.csv
  sayso read --format html page.html > story.html
  curl -s https://example.org/story | sayso read -";
