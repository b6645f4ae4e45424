//! The words of the language: the tables in `data/`, and nothing else that is read.
//!
//! A table is a text. Its head, lines that begin with `#`, says what it holds, where it comes from
//! and under which licence; blank lines part its rows and mean nothing. What a row means is known to
//! the module whose noun it is about, which builds its own typed form from [`Table::rows`].
//!
//! Tables are part of the program, so a row that is not understood is a bug of the table. It is never
//! passed over: the reader stops with the file and the line, at the first use of the table, which
//! every test makes. What holds of all tables is checked by `tests.rs` beside this file.

#[cfg(test)]
mod tests;

/// A table of `data/`.
pub(crate) struct Table {
    /// Its file's name.
    file: &'static str,
    form: Form,
    text: &'static str,
}

/// How the rows of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `word word`: words, blanks between them, without a key.
    Words,
    /// `key: word word`: a key and its words.
    Keyed,
    /// `key | entry | entry`: a key and its entries, which may have blanks in them.
    Listed,
    /// `key|cell|cell`: a key and its cells, which may be empty.
    Columns,
    /// `[key]` on a line of its own, under it one entry a line.
    Sections,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What its entries have in common; empty in a table of words alone.
    pub(crate) key: &'static str,
    pub(crate) entries: Vec<&'static str>,
    file: &'static str,
    line: usize,
}

macro_rules! tables {
    ($($name:ident = $form:ident $file:literal)*) => {
        $(pub(crate) static $name: Table = Table {
            file: $file,
            form: Form::$form,
            text: include_str!(concat!("../../data/", $file)),
        };)*

        #[cfg(test)]
        static ALL: &[&Table] = &[$(&$name),*];
    };
}

tables! {
    ABBREVIATIONS = Keyed "abbreviations.txt"
    ACTS = Keyed "acts.txt"
    AGENCIES = Listed "agencies.txt"
    BYLINES = Listed "bylines.txt"
    CHANGES = Keyed "changes.txt"
    COMPOUNDS = Words "compounds.txt"
    FIRST_NAMES = Keyed "first_names.txt"
    METONYMS = Columns "metonyms.txt"
    MONTHS = Listed "months.txt"
    NOUNS = Keyed "nouns.txt"
    OPENERS = Words "openers.txt"
    PAGE_LINES = Sections "page_lines.txt"
    PAGE_NAMES = Keyed "page_names.txt"
    PLACES = Words "places.txt"
    STARTERS = Words "starters.txt"
    UNITS = Keyed "units.txt"
}

impl Table {
    /// The rows in the order of the file; of a table of sections, one for each line.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        let mut section = None;
        let lines =
            (1..).zip(self.text.lines()).filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
        lines.filter_map(move |(line, text)| {
            let name = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            if self.form == Form::Sections && name.is_some() {
                section = name;
                return None;
            }
            let row = Row { key: section.unwrap_or(""), entries: vec![text], file: self.file, line };
            Some(self.form.cut(row, text))
        })
    }

    /// All entries, whatever their keys.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rows().flat_map(|row| row.entries)
    }
}

impl Form {
    /// Cuts the text of a row into key and entries.
    fn cut(self, row: Row, text: &'static str) -> Row {
        let (key, entries) = match self {
            Form::Words => (Some(""), text.split(' ').collect()),
            Form::Keyed => {
                let cut = text.split_once(": ");
                (cut.map(|(key, _)| key), cut.map_or("", |(_, words)| words).split(' ').collect())
            }
            Form::Listed | Form::Columns => {
                let mark = if self == Form::Listed { " | " } else { "|" };
                let mut fields = text.split(mark);
                (fields.next(), fields.collect::<Vec<_>>())
            }
            Form::Sections => (Some(row.key).filter(|key| !key.is_empty()), vec![text]),
        };
        let Some(key) = key else { row.fail("no key") };
        if self != Form::Columns && entries.iter().any(|entry| entry.is_empty() || entry.trim() != *entry) {
            row.fail("an entry without letters or with blanks at its edge");
        }
        Row { key, entries, ..row }
    }
}

impl Row {
    /// What the key stands for among the keys that its table may have.
    pub(crate) fn among<T: Copy>(&self, known: &[(&str, T)]) -> T {
        let found = known.iter().find(|(name, _)| *name == self.key);
        found.map_or_else(|| self.fail("an unknown key"), |&(_, what)| what)
    }

    /// The cells of a row that has so many.
    pub(crate) fn cells<const N: usize>(&self) -> [&'static str; N] {
        let cells = self.entries.as_slice().try_into();
        cells.unwrap_or_else(|_| self.fail("too few or too many cells"))
    }

    /// Stops where a table is wrong.
    pub(crate) fn fail(&self, why: &str) -> ! {
        panic!("data/{}, line {}: {why}: {:?}", self.file, self.line, self.key)
    }
}
