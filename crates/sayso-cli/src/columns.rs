//! Cells side by side on a terminal.

use crate::screen::{self, Ink, Screen};

/// Columns between two cells.
pub(crate) const GAP: usize = 2;

/// Texts that stand one below the other in a column.
pub(crate) struct Cell {
    pub(crate) width: usize,
    pub(crate) texts: Vec<(Ink, String)>,
}

/// A cell of some texts, of which empty ones are left out.
pub(crate) fn cell<'t>(width: usize, texts: impl IntoIterator<Item = (Ink, &'t String)>) -> Cell {
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    Cell { width, texts: texts.map(|(ink, text)| (ink, text.clone())).collect() }
}

/// Cells side by side, as many lines as the longest has.
pub(crate) fn lay(cells: &[Cell], screen: &Screen, lines: &mut Vec<String>) {
    let columns: Vec<Vec<(Ink, String)>> = cells.iter().map(wrapped).collect();
    for n in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        let mut blanks = 0;
        for (cell, column) in cells.iter().zip(&columns) {
            let (ink, text) = column.get(n).map_or((Ink::Plain, ""), |(ink, text)| (*ink, text));
            if !text.is_empty() {
                line.push_str(&" ".repeat(blanks));
                line.push_str(&screen.paint(ink, text));
                blanks = 0;
            }
            blanks += cell.width.saturating_sub(screen::width(text)) + GAP;
        }
        lines.push(line);
    }
}

fn wrapped(cell: &Cell) -> Vec<(Ink, String)> {
    let wrap = |(ink, text): &(Ink, String)| {
        screen::wrap(text, cell.width).into_iter().map(|line| (*ink, line)).collect::<Vec<_>>()
    };
    cell.texts.iter().flat_map(wrap).collect()
}
