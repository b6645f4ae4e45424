//! Marked stories, as the examples read them.

use sayso::attribution::Attribution;
use sayso::text::{CodePoints, Span};
use serde_json::Value;

/// A marked attribution; `points` are those of its story's text.
pub(crate) fn attribution(marked: &Value, points: &CodePoints<'_>) -> Attribution {
    let spans = |key: &str| -> Vec<Span> {
        let pairs = marked[key].as_array().into_iter().flatten();
        let byte = |v: &Value| points.byte(v.as_u64().unwrap_or(0) as usize).unwrap_or(0);
        pairs.map(|p| Span::new(byte(&p[0]), byte(&p[1]))).collect()
    };
    Attribution {
        source: spans("source"),
        cue: spans("cue").first().copied(),
        content: spans("content"),
        score: 1.0,
    }
}
