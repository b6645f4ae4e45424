//! What a page says of itself: headline, byline, agency, dates, outlet, address, language.

use super::Meta;
use trafilatura::dom::Document;

/// Reads the metadata of a parsed page. `address` is where the page came from, where known.
pub fn read(_document: &Document, address: Option<&str>) -> Meta {
    Meta { url: address.map(str::to_owned), ..Meta::default() }
}
