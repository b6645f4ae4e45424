//! Trained models: their files, and the arithmetic that runs them.

pub mod kernel;
