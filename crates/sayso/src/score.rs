//! Scores of predicted attributions and statements against a gold file.
