//! Tables of comma- or tab-separated values: a story a row, by the columns that JSON lines have too.

use crate::bytes::Bytes;
use crate::{Error, ErrorKind, Holds, Input, Source};
use serde_json::{Map, Value};

/// Columns of which one must be there.
const NEEDED: [&str; 2] = ["text", "html"];

/// The rows of a table.
pub(crate) struct Rows {
    name: String,
    columns: Vec<String>,
    /// Whether there was one.
    any: bool,
    /// `None` after the last row.
    rows: Option<csv::StringRecordsIntoIter<Bytes>>,
}

impl Rows {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// When none of them is `text` or `html`.
    pub(crate) fn new(name: &str, separator: u8, plain: Bytes) -> Result<Rows, Error> {
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(plain);
        let head = reader.headers().map_err(|error| Error::new(name, ErrorKind::Table(error.to_string())))?;
        let columns: Vec<String> =
            head.iter().map(|c| c.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        if !columns.iter().any(|column| NEEDED.contains(&column.as_str())) {
            return Err(Error::new(name, ErrorKind::Columns(columns.join(", "))));
        }
        Ok(Rows { name: name.to_owned(), columns, any: false, rows: Some(reader.into_records()) })
    }
}

impl Iterator for Rows {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Result<Input, Error>> {
        let row = match self.rows.as_mut()?.next() {
            Some(Ok(row)) => row,
            None => {
                self.rows = None;
                return (!self.any).then(|| Err(Error::new(&self.name, ErrorKind::NoRows)));
            }
            Some(Err(error)) => {
                // What is wrong with one row may shift all that follow.
                self.rows = None;
                return Some(Err(Error::new(&self.name, ErrorKind::Table(error.to_string()))));
            }
        };
        self.any = true;
        let line = row.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        let cells = self.columns.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
        let object: Map<String, Value> = cells.map(|(column, cell)| (column.clone(), cell.into())).collect();
        let source = Source::line(&self.name, line);
        Some(Ok(Input { source, holds: Holds::Line(Value::Object(object).to_string().into_bytes()) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(table: &str) -> Result<Vec<String>, String> {
        let rows = Rows::new("a.csv", b',', Box::new(Cursor::new(table.as_bytes().to_vec())));
        let line = |input: Result<Input, Error>| match input {
            Ok(Input { holds: Holds::Line(line), source }) => {
                format!("{} {}", source.line.unwrap_or_default(), String::from_utf8_lossy(&line))
            }
            Ok(_) => unreachable!("a table holds lines"),
            Err(error) => error.to_string(),
        };
        rows.map(|rows| rows.map(line).collect()).map_err(|e| e.to_string())
    }

    #[test]
    fn a_row_is_a_line() {
        let table = "\u{feff}id,Text,desk\n7,\"It fell,\n\"\"he\"\" said.\",\n8,So.,harbour\n";
        let lines = [
            r#"2 {"id":"7","text":"It fell,\n\"he\" said."}"#,
            r#"4 {"desk":"harbour","id":"8","text":"So."}"#,
        ];
        let read = read(table).unwrap_or_default();
        let same = |a: &String, b: &str| {
            let object =
                |s: &str| serde_json::from_str::<Value>(s.split_once(' ').unwrap_or_default().1).ok();
            a[..2] == b[..2] && object(a) == object(b)
        };
        assert!(read.len() == 2 && read.iter().zip(lines).all(|(a, b)| same(a, b)), "{read:?}");
    }

    #[test]
    fn a_table_without_text_and_a_ragged_row_are_told() {
        assert_eq!(
            read("id,text\n").unwrap_or_default(),
            ["a.csv: has no row below the names of its columns"]
        );
        assert!(read("a,b\n1,2\n").is_err_and(|e| e.contains("a, b")));
        let told = read("id,text\n1,So.\n2,So.,x\n3,So.\n").unwrap_or_default();
        assert!(told.len() == 2 && told[1].starts_with("a.csv: "), "{told:?}");
    }
}
