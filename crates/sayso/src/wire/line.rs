//! The lines that come in: one JSON object a page.
//!
//! | field | value |
//! |---|---|
//! | `id` | name of the page, a string or an integer; goes out as it came |
//! | `text` | a text, taken as it is: offsets in the output count its very characters |
//! | `html` | a page of HTML; not looked at where there is a `text` |
//! | `url` | address of the page |
//! | `headline`, `outlet`, `byline` | of the story; what is given wins over what the page says |
//! | `published` | when it was published, the day against which weekdays are reckoned; likewise |
//!
//! One of `text` and `html` must be there. Other fields go out again under `given`.

use super::{Fields, Id};
use crate::page::{Given, Page, PageKind};
use serde::Deserialize;
use std::fmt;

/// A line that holds no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The line does not begin an object.
    NoObject,
    /// The line is not JSON, or a field has a value of the wrong type.
    Json {
        /// Byte of the line at which reading stopped, from 1.
        column: usize,
        /// What was wrong there.
        what: String,
    },
    /// The object has neither `text` nor `html`.
    NoPage,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoObject => write!(f, "not an object"),
            Error::Json { column, what } => write!(f, "{what}, at byte {column} of the line"),
            Error::NoPage => write!(f, "the object has neither `text` nor `html`"),
        }
    }
}

impl std::error::Error for Error {}

#[derive(Deserialize)]
struct Line {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    headline: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    #[serde(flatten)]
    others: Fields,
}

/// What a line holds.
#[derive(Clone, Debug)]
pub struct Read {
    /// The line's own `id`.
    pub id: Option<Id>,
    /// Its page.
    pub page: Page,
    /// Its further fields, in their order.
    pub given: Fields,
}

/// Reads a line into its page.
///
/// # Errors
/// When the line is not a JSON object or holds no page.
pub fn read(line: &[u8]) -> Result<Read, Error> {
    // The parser would take a list of four for the four fields.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err(Error::NoObject);
    }
    let line: Line = serde_json::from_slice(line).map_err(explain)?;
    let mut page = match (line.text, line.html) {
        (Some(text), _) => Page::exact(text),
        (None, Some(html)) => Page {
            // The characters are known, whatever charset the page declares for its bytes.
            media_type: Some("text/html; charset=utf-8".to_owned()),
            kind: PageKind::Html,
            bytes: html.into_bytes(),
            ..Page::default()
        },
        (None, None) => return Err(Error::NoPage),
    };
    page.id = line.id.as_ref().map(Id::to_string);
    page.address = line.url;
    page.given = Given {
        headline: line.headline,
        published: line.published,
        outlet: line.outlet,
        byline: line.byline,
    };
    Ok(Read { id: line.id, page, given: line.others })
}

/// The parser's message without its own line number, which is always 1.
fn explain(error: serde_json::Error) -> Error {
    let column = error.column();
    let full = error.to_string();
    let tail = format!(" at line {} column {column}", error.line());
    Error::Json { column, what: full.strip_suffix(&tail).unwrap_or(&full).to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_exactly() {
        let read = read(br#"{"id": "a", "text": " x\n", "html": "<p>", "z": [1], "b": null}"#).unwrap();
        let page = read.page;
        assert_eq!(read.id, Some(Id::from("a")));
        assert_eq!(serde_json::to_string(&read.given).unwrap(), r#"{"z":[1],"b":null}"#);
        assert_eq!((page.kind, page.bytes.as_slice()), (PageKind::Exact, b" x\n".as_slice()));
    }

    #[test]
    fn a_page_keeps_its_address_and_number() {
        let line = br#"{"id": 7, "html": "<p>", "url": "https://example.org/a", "outlet": "Tern Post"}"#;
        let Read { id, page, .. } = read(line).unwrap();
        assert_eq!(id, Some(Id::Number(7)));
        assert_eq!(page.given.outlet.as_deref(), Some("Tern Post"));
        assert_eq!(page.kind, PageKind::Html);
        assert_eq!(page.id.as_deref(), Some("7"));
        assert_eq!(page.address.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |line: &str| read(line.as_bytes()).unwrap_err().to_string();
        assert_eq!(message("{}"), "the object has neither `text` nor `html`");
        assert_eq!(message("{\"text\""), "EOF while parsing an object, at byte 7 of the line");
        assert_eq!(message(r#"["a", "text", null, null]"#), "not an object");
        assert!(
            message("{\"id\": 1.5}").contains("`id` must be a string or an integer"),
            "{}",
            message("{\"id\": 1.5}")
        );
        assert!(message("{\"text\": 5}").contains("expected a string"), "{}", message("{\"text\": 5}"));
    }
}
