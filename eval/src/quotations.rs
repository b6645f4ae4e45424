//! Contents cut inside a quotation.

use crate::{Figure, corpora};
use sayso::analysis::{Analysis, analyse};
use sayso::model::Model;
use sayso::page::Page;
use sayso::statement::Statement;
use sayso::text::Span;
use std::error::Error;
use std::path::Path;

/// Counts, for each model, the outer contents of all texts that are cut inside a quotation. Pages are
/// read with `fast` alone: what makes quotations whole is the same for both models.
pub(crate) fn measure(corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let stories = || -> Result<Vec<Page>, Box<dyn Error>> {
        let mut stories = corpora::stories(&corpora.join("corpora/polnear/dev.jsonl.gz"))?;
        stories.extend(corpora::stories(&corpora.join("gold/dev.jsonl"))?);
        Ok(stories.into_iter().map(|story| Page::exact(story.text.unwrap_or_default())).collect())
    };
    let mut pages = stories()?;
    let accurate = count(&pages, Model::accurate());
    for set in corpora::PAGE_SETS {
        pages.extend(corpora::pages(corpora, set)?.iter().map(corpora::page));
    }
    let fast = count(&pages, Model::fast());
    Ok(vec![
        Figure::new("fast: contents cut inside a quotation", fast as f64),
        Figure::new("accurate: contents cut inside a quotation", accurate as f64),
    ])
}

fn count(pages: &[Page], model: &Model) -> usize {
    pages.iter().map(|page| cut(&analyse(page, model))).sum()
}

/// The outer statements whose content enters a quotation from outside, and leaves out a part of it.
fn cut(analysis: &Analysis) -> usize {
    let outer = analysis.statements.iter().filter(|statement| statement.inside.is_none());
    outer.filter(|statement| analysis.quotations.iter().any(|q| cuts(analysis, statement, q.span))).count()
}

fn cuts(analysis: &Analysis, statement: &Statement, quotation: Span) -> bool {
    let is_own = statement.cue.is_some_and(|cue| cue.overlaps(quotation));
    if is_own || !statement.content.iter().any(|piece| piece.overlaps(quotation)) {
        return false;
    }
    let taken = || statement.content.iter().chain(&statement.source);
    let inside = analysis.tokens.iter().filter(|token| quotation.covers(token.span));
    inside.into_iter().any(|token| !taken().any(|span| span.covers(token.span)))
}
