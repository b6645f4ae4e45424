//! Which statements are shown: the filters of `sayso read`.

use sayso::statement::{Act, Kind, Statement};

/// What a statement must be to be shown; what is empty asks nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Parts of the speaker's name, in lower case, of which one must be there.
    pub(crate) speakers: Vec<String>,
    pub(crate) acts: Vec<Act>,
    pub(crate) kinds: Vec<Kind>,
    /// Whether statements within others are left out.
    pub(crate) outer: bool,
    /// Least confidence.
    pub(crate) min_confidence: f32,
}

impl Selection {
    /// For each statement whether it is shown.
    pub(crate) fn shown(&self, statements: &[Statement]) -> Vec<bool> {
        statements.iter().map(|statement| self.shows(statement)).collect()
    }

    fn shows(&self, statement: &Statement) -> bool {
        let speaker = statement.speaker.as_deref().unwrap_or_default().to_lowercase();
        (self.speakers.is_empty() || self.speakers.iter().any(|part| speaker.contains(part)))
            && (self.acts.is_empty() || self.acts.contains(&statement.act))
            && (self.kinds.is_empty() || self.kinds.contains(&statement.kind))
            && !(self.outer && statement.inside.is_some())
            && statement.confidence >= self.min_confidence
    }
}
