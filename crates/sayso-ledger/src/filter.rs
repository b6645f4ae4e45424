//! Which statements a question is about: one list of filters for all questions and exports.

use sayso::statement::{Act, Form, Kind};

/// What a statement must be; what is empty asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Names of outlets, of which one must be the story's; case does not count.
    pub outlets: Vec<String>,
    /// First day, an ISO date: of what was said where known, else of publication.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Parts of the speaker's name, of which one must be there; case does not count.
    pub speakers: Vec<String>,
    /// Acts, of which one must be the statement's.
    pub acts: Vec<Act>,
    /// Forms of the source, likewise.
    pub forms: Vec<Form>,
    /// Kinds, likewise.
    pub kinds: Vec<Kind>,
    /// Whether the act is said not to have happened.
    pub negated: Option<bool>,
    /// Whether a hand has corrected it or found it right.
    pub checked: Option<bool>,
    /// Whether statements within others are left out.
    pub outer: bool,
    /// Marks, all of which the statement or its story must have; of one without a value any value will do.
    pub tags: Vec<(String, Option<String>)>,
    /// Least confidence, from 0 to 1.
    pub min_confidence: f64,
}

/// In which order statements come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Those that fit the question best first; where there is nothing to fit, the latest.
    #[default]
    Best,
    /// The earliest first, undated ones last.
    Day,
    /// By outlet, then day.
    Outlet,
}

/// Which part of an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The order.
    pub sort: Sort,
    /// Rows at most.
    pub limit: usize,
    /// Rows left out before them.
    pub after: usize,
}

impl Default for Part {
    fn default() -> Part {
        Part { sort: Sort::Best, limit: 20, after: 0 }
    }
}
