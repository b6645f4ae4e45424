//! Pages made to cost a parser more than their length: each is read within a time that a method
//! with the square of the length would need many times over.

use sayso::story::html;
use std::time::{Duration, Instant};

/// A page of some 300,000 tags is read in well under a second; a busy machine and a debug build
/// may take many times as long, the square of 300,000 takes hours.
const LONGEST: Duration = Duration::from_secs(90);

/// Tags of each page, about as many as are read.
const TAGS: usize = 300_000;

#[track_caller]
fn assert_read(what: &str, page: &str) {
    let start = Instant::now();
    let story = html::read(page, None);
    let time = start.elapsed();
    assert!(time < LONGEST, "{what}: {time:.1?}");
    for paragraph in &story.paragraphs {
        assert!(!paragraph.span.slice(&story.text).is_empty(), "{what}");
    }
}

#[test]
fn nesting_costs_no_square() {
    assert_read("open boxes with text", &"<div>x".repeat(TAGS));
    assert_read("tables within tables", &"<table><tr><td>".repeat(TAGS / 3));
    assert_read("boxes that an end tag does not close", &"<span><div></span>".repeat(TAGS / 3));
    assert_read("stray end tags in deep nesting", &("<q>".repeat(500) + &"</em>".repeat(TAGS)));
    assert_read("paragraphs in deep nesting", &("<q>".repeat(500) + &"<p></p>".repeat(TAGS / 2)));
}

#[test]
fn formatting_and_attributes_cost_no_square() {
    let formatting: String = (0..40).map(|i| format!("<b class=x{i}>")).collect();
    assert_read("formatting opened anew in each paragraph", &(formatting + &"<p>x".repeat(TAGS)));
    assert_read("formatting that is never closed", &"<b>".repeat(TAGS));
    let attributes: String = (0..TAGS).map(|i| format!(" a{i}=1")).collect();
    assert_read("attributes of one tag", &format!("<p{attributes}>x</p>"));
    assert_read("names never seen before", &(0..TAGS).map(|i| format!("<x{i}>")).collect::<String>());
    assert_read("comments that never end", &"<!--".repeat(TAGS));
}
