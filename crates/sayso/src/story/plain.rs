//! Plain text to story: clean text, or a dump of a page with its navigation and legal lines.

use super::{Paragraph, ParagraphKind, Story};
use crate::text::Span;

/// Reads the story of a plain text; what is not story is left out.
pub fn read(text: &str) -> Story {
    Story::from_pieces(text.split("\n\n").map(|p| (ParagraphKind::Body, p)))
}

/// Reads a text whose characters are kept exactly; what is not story is marked
/// [`ParagraphKind::Other`].
pub fn read_exact(text: &str) -> Story {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = start + line.len() - line.trim_start().len();
        let to = start + line.trim_end().len();
        if from < to {
            paragraphs.push(Paragraph { span: Span::new(from, to), kind: ParagraphKind::Body });
        }
        start += line.len();
    }
    Story { text: text.to_owned(), paragraphs, ..Story::default() }
}
