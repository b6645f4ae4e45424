//! Tests of the library from outside.

mod cases;
mod hostile;
mod house;
mod models;
mod pages;
mod properties;
