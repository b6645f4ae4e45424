//! What must hold of every analysis, whatever the page.

use sayso::analysis::{Analysis, analyse};
use sayso::figure::Figure;
use sayso::model::Model;
use sayso::page::Page;
use sayso::text::Span;
use sayso::wire;
use sayso_score::gold::{self, StoryLine};

/// Analyses a page and checks the invariants of ARCHITECTURE.md that can be seen on one page.
///
/// # Panics
/// When one of them is broken.
pub fn check(page: &Page) -> Analysis {
    let analysis = analyse(page, Model::fast());
    check_paragraphs(&analysis);
    check_spans(&analysis);
    check_statements(&analysis);
    check_wire(&analysis);
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
    let tokens = analysis.tokens.iter().map(|token| token.span);
    let quotations = analysis.quotations.iter().map(|quotation| quotation.span);
    let mentions = analysis.clusters.iter().flat_map(|cluster| cluster.mentions.iter().copied());
    tokens.chain(quotations).chain(mentions).for_each(|span| check_slice(text, span));
    for sentence in &analysis.sentences {
        assert!(sentence.start < sentence.end && sentence.end as usize <= analysis.tokens.len());
    }
    analysis.figures.iter().for_each(|figure| check_figure(text, figure));
}

fn check_figure(text: &str, figure: &Figure) {
    check_slice(text, figure.span);
    figure.of.iter().for_each(|of| check_slice(text, *of));
    assert!(figure.min.zip(figure.max).is_none_or(|(min, max)| min <= max), "{figure:?}");
}

/// Statements have a content and point to statements, entities and figures that are there.
fn check_statements(analysis: &Analysis) {
    let text = analysis.story.text.as_str();
    for (number, statement) in analysis.statements.iter().enumerate() {
        assert!(!statement.content.is_empty(), "a statement without content");
        let spans = statement.source.iter().chain(&statement.cue).chain(&statement.content);
        spans.for_each(|span| check_slice(text, *span));
        assert!(statement.inside.is_none_or(|outer| outer < analysis.statements.len() && outer != number));
        assert!(statement.cluster.is_none_or(|cluster| cluster < analysis.clusters.len()));
        statement.figures.iter().for_each(|figure| check_figure(text, figure));
    }
}

fn check_slice(text: &str, span: Span) {
    assert!(!slice(text, span).is_empty(), "{span:?} is empty");
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_else(|| panic!("{span:?} is no slice of the text"))
}

/// What is written of a story can be read back: its offsets are of its text, and the words that
/// stand beside them are the slices.
fn check_wire(analysis: &Analysis) {
    let line = StoryLine::of_analysis("", analysis);
    let pairs =
        gold::pair(std::slice::from_ref(&line), std::slice::from_ref(&line)).expect("spans of the text");
    let read = pairs[0].gold.iter().map(|statement| &statement.content);
    assert!(read.eq(analysis.statements.iter().map(|statement| &statement.content)), "contents are kept");
    let record = wire::record(analysis, "".into(), wire::Fields::new());
    let figures = record.statements.iter().flat_map(|statement| &statement.figures);
    let slices = analysis.statements.iter().flat_map(|statement| &statement.figures);
    let slices = slices.map(|figure| slice(&analysis.story.text, figure.span));
    assert!(figures.map(|figure| figure.text.as_str()).eq(slices), "figures' words are their slices");
}
