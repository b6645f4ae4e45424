//! Tests of the library from outside.

mod cases;
mod pages;
mod properties;
