//! How a story is written: [`terminal`] and the library's `view` for people, its `wire` and [`table`] for programs.

use crate::args::{Color, Format, ReadArgs};
use crate::screen::Screen;
use crate::select::Selection;
use crate::{table, terminal};
use sayso::analysis::Analysis;
use sayso::view::html;
use sayso::wire::{self, Fields, Id};
use std::env;
use std::io::{self, IsTerminal};
use std::num::NonZeroU16;

/// Columns where nothing tells how many there are.
const DEFAULT_WIDTH: usize = 80;

/// How stories are to be written.
pub(crate) struct View {
    format: Format,
    screen: Screen,
    selection: Selection,
    /// Whether cells of tables are guarded against spreadsheets.
    guarded: bool,
}

impl View {
    /// The view that the command line and the terminal ask for.
    pub(crate) fn new(args: &ReadArgs) -> View {
        View {
            format: args.format(),
            screen: screen(args.width, args.color),
            selection: args.selection(),
            guarded: args.for_spreadsheets,
        }
    }

    /// What stands before the first story, whose analysis this is.
    pub(crate) fn head(&self, first: &Analysis) -> String {
        match self.format {
            Format::Html => html::head(first),
            Format::Csv => table::head(),
            Format::Terminal | Format::Json | Format::Jsonl => String::new(),
        }
    }

    /// What stands after the last story; `titles` are the stories' headlines by their numbers.
    pub(crate) fn foot(&self, titles: &[(usize, String)]) -> String {
        if self.format == Format::Html { html::foot(titles) } else { String::new() }
    }

    /// One story, with the end of its last line; `number` tells the stories of one run apart.
    pub(crate) fn write(&self, analysis: &Analysis, id: Id, given: Fields, number: usize) -> Vec<u8> {
        let shown = self.selection.shown(&analysis.story, &analysis.statements);
        let whole = |id, given| wire::record(analysis, id, given);
        let record = |id, given| {
            let mut record = whole(id, given);
            record.statements.retain(|s| shown[s.id - 1]);
            record
        };
        let written = match self.format {
            Format::Html => html::article(analysis, number, &shown) + "\n",
            Format::Terminal => terminal::write(analysis, &id, number, &self.screen, &shown) + "\n",
            Format::Json => record(id, given).to_pretty() + "\n",
            Format::Jsonl => record(id, given).to_line() + "\n",
            Format::Csv => table::rows(&whole(id, given), &shown, self.guarded),
        };
        written.into_bytes()
    }
}

/// The terminal, of the columns and colours that were asked for.
pub(crate) fn screen(width: Option<NonZeroU16>, color: Color) -> Screen {
    let width = width.map_or_else(terminal_width, |w| usize::from(u16::from(w)));
    Screen::new(width, is_coloured(color))
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// The manners of no-color.org: NO_COLOR counts when it is not empty.
fn is_coloured(color: Color) -> bool {
    let unset = |name: &str| env::var_os(name).is_none_or(|value| value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && unset("NO_COLOR") && !dumb,
    }
}
