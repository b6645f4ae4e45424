//! Sayso reads news and keeps the ledger of who says what, in which words, on whose word and
//! with which figures, each cell tied to the exact characters of the story.
//!
//! The modules stand in the order of the data, and a module uses only modules above it:
//! a [`page::Page`] becomes a [`story::Story`], the story is cut into tokens and sentences, its
//! quotation marks are paired, its attributions found and resolved into statements.
//! [`analysis::analyse`] is the main path; [`wire`] is the JSON format, [`view`] a page to look at.
//!
//! ```
//! use sayso::{analysis::analyse, model::Model, page::Page};
//!
//! let page = Page::text("\"The bridge is safe,\" said Mayor Ana Ruiz on Monday.");
//! let analysis = analyse(&page, Model::fast());
//! assert_eq!(analysis.statements[0].speaker.as_deref(), Some("Ana Ruiz"));
//! ```
//!
//! The library does no input or output, reads no clock and no environment, and does not fail:
//! whatever is wrong with a page is told in the story's notices.

pub mod text;
mod lexicon;
pub mod page;
pub mod story;
pub mod token;
pub mod quotation;
pub mod mention;
pub mod features;
pub mod model;
pub mod coref;
pub mod figure;
pub mod period;
pub mod attribution;
pub mod statement;
pub mod analysis;
pub mod wire;
pub mod view;
