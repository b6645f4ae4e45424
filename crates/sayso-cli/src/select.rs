//! Which statements of a page are shown: the filters of `sayso read`.

use sayso::statement::{Act, Form, Kind, Statement};
use sayso::story::Story;

/// What a statement must be to be shown; what is empty asks nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Parts of the speaker's name, in lower case, of which one must be there.
    pub(crate) speakers: Vec<String>,
    pub(crate) acts: Vec<Act>,
    pub(crate) forms: Vec<Form>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) negated: Option<bool>,
    /// Whether statements within others are left out.
    pub(crate) outer: bool,
    /// Names of outlets, in lower case, of which one must be the story's.
    pub(crate) outlets: Vec<String>,
    /// First and last day: of what was said where known, else of publication.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// Least confidence.
    pub(crate) min_confidence: f32,
}

impl Selection {
    /// For each statement of a story whether it is shown.
    pub(crate) fn shown(&self, story: &Story, statements: &[Statement]) -> Vec<bool> {
        let outlet = story.meta.outlet.as_deref().unwrap_or_default().to_lowercase();
        let is_outlet = self.outlets.is_empty() || self.outlets.contains(&outlet);
        let published = story.meta.published.as_deref().and_then(|day| day.get(..10));
        statements.iter().map(|statement| is_outlet && self.shows(statement, published)).collect()
    }

    fn shows(&self, statement: &Statement, published: Option<&str>) -> bool {
        let speaker = statement.speaker.as_deref().unwrap_or_default().to_lowercase();
        let day = statement.said_on.as_deref().or(published);
        let is_from = self.from.as_deref().is_none_or(|from| day.is_some_and(|day| day >= from));
        // A month or year as the last day means all of it.
        let is_to =
            self.to.as_deref().is_none_or(|to| day.is_some_and(|day| day <= to || day.starts_with(to)));
        is_from
            && is_to
            && (self.speakers.is_empty() || self.speakers.iter().any(|part| speaker.contains(part)))
            && (self.acts.is_empty() || self.acts.contains(&statement.act))
            && (self.forms.is_empty() || self.forms.contains(&statement.form))
            && (self.kinds.is_empty() || self.kinds.contains(&statement.kind))
            && self.negated.is_none_or(|negated| statement.negated == negated)
            && !(self.outer && statement.inside.is_some())
            && statement.confidence >= self.min_confidence
    }
}
