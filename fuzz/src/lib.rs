//! What must hold of every analysis, whatever the page.

use sayso::analysis::{Analysis, analyse};
use sayso::page::Page;
use sayso::text::Span;

/// Analyses a page and checks the invariants of ARCHITECTURE.md that can be seen on one page.
///
/// # Panics
/// When one of them is broken.
pub fn check(page: &Page) -> Analysis {
    let analysis = analyse(page);
    check_paragraphs(&analysis);
    check_spans(&analysis);
    check_statements(&analysis);
    analysis
}

/// Paragraphs stand in order without overlap and hold more than white space.
fn check_paragraphs(analysis: &Analysis) {
    let story = &analysis.story;
    let mut end = 0;
    for paragraph in &story.paragraphs {
        assert!(paragraph.span.start >= end, "paragraphs overlap at {end}");
        end = paragraph.span.end;
        let words = slice(&story.text, paragraph.span);
        assert!(!words.trim().is_empty(), "an empty paragraph at {end}");
    }
}

/// Every span is a slice of the story's text.
fn check_spans(analysis: &Analysis) {
    let text = analysis.story.text.as_str();
    analysis.tokens.iter().for_each(|token| drop(slice(text, token.span)));
    let tokens = analysis.tokens.len();
    analysis.sentences.iter().for_each(|sentence| assert!(sentence.start < sentence.end && sentence.end as usize <= tokens));
    analysis.quotations.iter().for_each(|quotation| drop(slice(text, quotation.span)));
    analysis.entities.iter().flat_map(|e| &e.mentions).for_each(|mention| drop(slice(text, *mention)));
    for figure in &analysis.figures {
        slice(text, figure.span);
        figure.of.iter().for_each(|of| drop(slice(text, *of)));
        assert!(figure.min.zip(figure.max).is_none_or(|(min, max)| min <= max), "{figure:?}");
    }
}

/// Statements have a content and point to statements, entities and figures that are there.
fn check_statements(analysis: &Analysis) {
    let text = analysis.story.text.as_str();
    for (number, statement) in analysis.statements.iter().enumerate() {
        assert!(!statement.content.is_empty(), "a statement without content");
        let spans = statement.source.iter().chain(&statement.cue).chain(&statement.content);
        spans.for_each(|span| assert!(!slice(text, *span).is_empty(), "an empty part of {statement:?}"));
        assert!(statement.inside.is_none_or(|outer| outer < analysis.statements.len() && outer != number));
        assert!(statement.entity.is_none_or(|entity| entity < analysis.entities.len()));
        statement.figures.iter().for_each(|figure| drop(slice(text, figure.span)));
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_else(|| panic!("{span:?} is no slice of the text"))
}
