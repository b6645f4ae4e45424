//! Tests of the library from outside.

mod cases;
mod models;
mod pages;
mod properties;
