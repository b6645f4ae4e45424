//! A story shown to people.

pub mod html;
