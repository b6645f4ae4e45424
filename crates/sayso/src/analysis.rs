//! The main path, one line a stage.

use crate::coref::Cluster;
use crate::figure::Figure;
use crate::model::Model;
use crate::model::tag::Tag;
use crate::page::Page;
use crate::period::Period;
use crate::quotation::Quotation;
use crate::statement::Statement;
use crate::story::{self, Story};
use crate::token::{Sentence, Token, Tokens};
use crate::{attribution, coref, figure, mention, period, quotation, statement, token};

/// Version of the reader.
pub const READER: &str = env!("CARGO_PKG_VERSION");

/// Everything read from one page.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What was printed.
    pub story: Story,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What each token is: its part of speech, the name it belongs to.
    pub tags: Vec<Tag>,
    /// Words between quotation marks.
    pub quotations: Vec<Quotation>,
    /// Whom and what it names.
    pub clusters: Vec<Cluster>,
    /// Its amounts and counts.
    pub figures: Vec<Figure>,
    /// The days and spans of days that it tells of.
    pub periods: Vec<Period>,
    /// Who says what in it.
    pub statements: Vec<Statement>,
    /// Name and version of the model that found them ("fast/1").
    pub model: String,
}

/// Reads one page into its statements. Never fails; takes time linear in the page.
pub fn analyse(page: &Page, model: &Model) -> Analysis {
    analyse_story(story::read(page), model)
}

/// Reads the statements of a story.
pub fn analyse_story(mut story: Story, model: &Model) -> Analysis {
    note_language(&mut story);
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    let mentions = mention::find(&tokens);
    let reading = model.read(&tokens, &quotations);
    let clusters = coref::resolve(&tokens, mentions, &reading.tags);
    let figures = figure::find(&tokens);
    let periods = period::find(&tokens);
    let attributions = attribution::find(&tokens, &quotations, &reading);
    let statements = statement::resolve(&tokens, &quotations, &clusters, &figures, &periods, attributions);
    let Tokens { list: tokens, sentences, .. } = tokens;
    let (tags, model) = (reading.tags, model.title());
    Analysis { story, tokens, sentences, tags, quotations, clusters, figures, periods, statements, model }
}

/// A story in another language is kept, without tokens and so without statements.
fn note_language(story: &mut Story) {
    if !story.is_english() {
        let language = story.meta.language.as_deref().unwrap_or("unknown");
        story.notices.push(format!("not English (language: {language}): story kept, no statements read"));
    }
}
