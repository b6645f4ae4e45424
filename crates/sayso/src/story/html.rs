//! HTML to story.

use super::{ParagraphKind, Story, meta};
use trafilatura::dom::Document;

/// Reads the story of an HTML page. `address` is where the page came from, where known.
pub fn read(html: &str, address: Option<&str>) -> Story {
    let document = Document::parse(html);
    let meta = meta::read(&document, address);
    let options = trafilatura::Options::default();
    let body = trafilatura::extract_document(document, &options).map(|r| r.content_text).unwrap_or_default();
    let mut story = Story::from_pieces(body.lines().map(|line| (ParagraphKind::Body, line)));
    story.meta = meta;
    story
}
