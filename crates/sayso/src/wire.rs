//! The JSON format: one object a story.

pub mod gold;
