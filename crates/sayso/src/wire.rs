//! The JSON format: one object a story.
