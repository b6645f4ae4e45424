//! The main path, one line a stage.

use crate::figure::Figure;
use crate::mention::Entity;
use crate::model::Model;
use crate::page::Page;
use crate::quotation::Quotation;
use crate::statement::Statement;
use crate::story::{self, Story};
use crate::token::tag::Tag;
use crate::token::{Sentence, Token};
use crate::{attribution, figure, mention, quotation, statement, token};

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
    pub entities: Vec<Entity>,
    /// Its amounts and counts.
    pub figures: Vec<Figure>,
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
    let tokens = if story.is_english() { token::tokens(&story) } else { not_english(&mut story) };
    let sentences = token::sentences(&story, &tokens);
    let quotations = quotation::find(&story, &tokens);
    let (attributions, tags) = attribution::find(&story, &tokens, &sentences, &quotations, model);
    let entities = mention::find(&story, &tokens, &sentences, &tags);
    let figures = figure::find(&story, &tokens);
    let statements =
        statement::resolve(&story, &tokens, &sentences, &quotations, &entities, &figures, attributions);
    let model = model.title();
    Analysis { story, tokens, sentences, tags, quotations, entities, figures, statements, model }
}

/// A story in another language is kept, without tokens and so without statements.
fn not_english(story: &mut Story) -> Vec<Token> {
    let language = story.meta.language.as_deref().unwrap_or("unknown");
    story.notices.push(format!("not English (language: {language}): story kept, no statements read"));
    Vec::new()
}
