//! Trained models: their files, and the arithmetic that runs them.
//!
//! Two models, one interface. Each reads a story window by window and gives, for every token, the
//! probability that it belongs to a cue, and, for any cue, the probabilities that the tokens near it
//! are its source or its content. What is made of those is `attribution`'s business. The shapes of
//! the models and their files are described in `train/README.md`.

mod accurate;
mod container;
mod fast;
mod head;
pub mod kernel;
mod layer;
pub mod linear;
pub mod tag;
mod tagger;

pub use container::Error;
pub use head::Label;

use crate::features::{self, Features};
use crate::quotation::Quotation;
use crate::token::Tokens;
use container::Container;
use kernel::Kernel;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;
use tag::Tag;

/// A model ready to run.
pub struct Model {
    name: String,
    version: String,
    settings: Settings,
    encoder: Encoder,
}

/// How probabilities become attributions; chosen for each model on a part of its training text, and
/// kept in its file. Probabilities and shares lie between 0 and 1.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Least probability of a token to belong to a candidate cue.
    pub candidate: f32,
    /// Tokens at a cue's edges below this share of its best one are cut off.
    pub edge: f32,
    /// Least probability of an attribution: the cue's times the mean of its content's tokens.
    pub accept: f32,
    /// The same for one whose cue stands in the content of an accepted one.
    pub nested: f32,
    /// Least probability of a content token.
    pub content: f32,
    /// Least probability of a source token.
    pub source: f32,
    /// Share of a quotation's tokens from which it is content as a whole.
    pub quotation: f32,
    /// A piece of content needs a token as sure as this.
    pub weak: f32,
    /// Most tokens left out between two pieces of content, or of the source, that are filled in.
    pub gap: usize,
    /// Words next to a piece of content join it down to this probability.
    pub extend: f32,
    /// A piece of content has at least so many tokens, or is the longest.
    pub piece: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            candidate: 0.15,
            edge: 0.5,
            accept: 0.4,
            nested: 0.35,
            content: 0.5,
            source: 0.4,
            quotation: 0.5,
            weak: 0.6,
            gap: 2,
            extend: 0.4,
            piece: 3,
        }
    }
}

enum Encoder {
    Fast(Box<fast::Fast>),
    Accurate(Box<accurate::Accurate>),
}

/// What a model is told of a story.
struct Input<'a> {
    tokens: &'a Tokens<'a>,
    /// One for each token.
    features: &'a [Features],
}

/// What a model makes of a story.
pub struct Reading<'m> {
    /// What each token is.
    pub tags: Vec<Tag>,
    /// The candidate cues, in order.
    pub candidates: Vec<Candidate>,
    /// What the model was told of each token.
    pub features: Vec<Features>,
    /// How the probabilities become attributions.
    pub settings: &'m Settings,
}

/// Tokens that may be a cue, with what the tokens near them may be to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its tokens.
    pub cue: Range<usize>,
    /// Probability of its surest token, 0 to 1.
    pub sure: f32,
    /// The tokens that can belong to it: those of its paragraph, within reach.
    pub near: Range<usize>,
    /// The labels of those tokens, one each.
    pub labels: Vec<Label>,
}

/// A part of a story that a model reads at once: token indices. Cues are read from the core
/// `start..end`; the tokens `first..start` and `end..last` are only looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    first: usize,
    start: usize,
    end: usize,
    last: usize,
}

impl Window {
    fn new(start: usize, end: usize, before: usize, after: usize, count: usize) -> Window {
        Window { first: start.saturating_sub(before), start, end, last: (end + after).min(count) }
    }
}

/// What a model made of a window.
struct Encoded {
    /// Cue probabilities (out, first, next) of the core's tokens.
    cue: Vec<[f32; 3]>,
    /// Tags of the core's tokens.
    tags: Vec<Tag>,
    /// The head's view of every token of the window.
    projected: Vec<f32>,
}

/// A window that has been read.
pub struct Read<'a> {
    model: &'a Model,
    features: &'a [Features],
    window: Window,
    encoded: Encoded,
}

impl Model {
    /// The model `fast`, which is part of the library, on the best kernel of this machine.
    pub fn fast() -> &'static Model {
        static FAST: OnceLock<Model> = OnceLock::new();
        FAST.get_or_init(|| Model::shipped("fast", Kernel::detect()))
    }

    /// The model `accurate`, on the best kernel of this machine. It is opened when first asked for.
    pub fn accurate() -> &'static Model {
        static ACCURATE: OnceLock<Model> = OnceLock::new();
        ACCURATE.get_or_init(|| Model::shipped("accurate", Kernel::detect()))
    }

    /// The model of that name which is part of the library, for a kernel.
    ///
    /// # Panics
    /// When there is none, or the machine cannot run the kernel.
    pub fn shipped(name: &str, kernel: Kernel) -> Model {
        static FAST: &[u8] = include_bytes!("../../models/fast.sayso");
        static ACCURATE: &[u8] = include_bytes!("../../models/accurate.sayso");
        let bytes = match name {
            "fast" => FAST,
            "accurate" => ACCURATE,
            other => panic!("no model {other}: there are fast and accurate"),
        };
        let opened = Model::open(Cow::Borrowed(bytes), kernel);
        opened.expect("the models in the library are whole: a test opens them")
    }

    /// The card of the model of that name: its data, their terms, its figures, what it is bad at.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn card(name: &str) -> &'static str {
        match name {
            "fast" => include_str!("../../models/fast.md"),
            "accurate" => include_str!("../../models/accurate.md"),
            other => panic!("no model {other}: there are fast and accurate"),
        }
    }

    /// Opens a model file for a kernel.
    ///
    /// # Panics
    /// When the machine cannot run the kernel.
    pub fn open(bytes: Cow<'static, [u8]>, kernel: Kernel) -> Result<Model, Error> {
        let file = Container::open(bytes)?;
        let encoder = match file.model() {
            "fast" => Encoder::Fast(Box::new(fast::Fast::open(&file, kernel)?)),
            "accurate" => Encoder::Accurate(Box::new(accurate::Accurate::open(&file, kernel)?)),
            other => return Err(Error::Damaged(format!("no such model: {other}"))),
        };
        let settings = file.setting::<Option<Settings>>("decoder")?.unwrap_or_default();
        Ok(Model { name: file.model().to_owned(), version: file.version().to_owned(), settings, encoder })
    }

    /// Name of the model.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Version of its weights.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Name and version, as outputs carry them: "fast/1".
    pub fn title(&self) -> String {
        format!("{}/{}", self.name, self.version)
    }

    /// How its probabilities become attributions.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads a story: tags for every token, and each candidate cue with its labels. Memory beside
    /// those stays that of one window.
    pub fn read(&self, tokens: &Tokens<'_>, quotations: &[Quotation]) -> Reading<'_> {
        let features = features::features(tokens, quotations);
        let (mut tags, mut candidates) = (Vec::with_capacity(tokens.len()), Vec::new());
        for read in self.windows(tokens, &features) {
            tags.extend_from_slice(read.tags());
            candidates.extend(read.candidates());
        }
        Reading { tags, candidates, features, settings: &self.settings }
    }

    /// Reads a story window by window. `features` has one for every token.
    pub fn windows<'a>(
        &'a self,
        tokens: &'a Tokens<'a>,
        features: &'a [Features],
    ) -> impl Iterator<Item = Read<'a>> {
        let input = Input { tokens, features };
        let windows = match &self.encoder {
            Encoder::Fast(fast) => fast.windows(&input),
            Encoder::Accurate(accurate) => accurate.windows(&input),
        };
        windows.into_iter().map(move |window| {
            let encoded = match &self.encoder {
                Encoder::Fast(fast) => fast.encode(&input, &window),
                Encoder::Accurate(accurate) => accurate.encode(&input, &window),
            };
            Read { model: self, features, window, encoded }
        })
    }
}

impl Read<'_> {
    /// The tokens from which this window's cues are read.
    pub fn core(&self) -> Range<usize> {
        self.window.start..self.window.end
    }

    /// Probabilities (out, first, next) that a token of the core is no cue, begins one, goes on with one.
    pub fn cues(&self) -> &[[f32; 3]] {
        &self.encoded.cue
    }

    /// What each token of the core is.
    pub fn tags(&self) -> &[Tag] {
        &self.encoded.tags
    }

    /// The candidate cues of the core, labelled.
    fn candidates(&self) -> impl Iterator<Item = Candidate> {
        let core = self.window.start;
        candidates(self.cues(), &self.model.settings).into_iter().map(move |(cue, sure)| {
            let cue = core + cue.start..core + cue.end;
            let (near, labels) = self.label(cue.clone());
            Candidate { cue, sure, near, labels }
        })
    }

    /// Labels the tokens near a cue: the range of tokens, and a label for each.
    pub fn label(&self, cue: Range<usize>) -> (Range<usize>, Vec<Label>) {
        let range = self.range(&cue);
        let head = match &self.model.encoder {
            Encoder::Fast(fast) => fast.head(),
            Encoder::Accurate(accurate) => accurate.head(),
        };
        let labels =
            head.label(self.features, &self.encoded.projected, self.window.first, cue, range.clone());
        (range, labels)
    }

    /// The tokens that can belong to a cue: those of the paragraph in which it begins, within reach.
    fn range(&self, cue: &Range<usize>) -> Range<usize> {
        let paragraph = self.features[cue.start].paragraph;
        let low = cue.start.saturating_sub(head::REACH_BEFORE).max(self.window.first);
        let high = (cue.end + head::REACH_AFTER).min(self.window.last);
        let from = self.features[..cue.start].partition_point(|f| f.paragraph < paragraph);
        let to = cue.start + self.features[cue.start..].partition_point(|f| f.paragraph == paragraph);
        low.max(from)..high.min(to)
    }
}

/// Runs of tokens that may be cues, each with the probability of its surest token.
fn candidates(cues: &[[f32; 3]], settings: &Settings) -> Vec<(Range<usize>, f32)> {
    let inside = |i: usize| cues[i][1] + cues[i][2];
    let begins = |i: usize| cues[i][1] > cues[i][2] && cues[i][1] > 0.5;
    let (mut found, mut i) = (Vec::new(), 0);
    while i < cues.len() {
        if inside(i) < settings.candidate {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < cues.len() && inside(end) >= settings.candidate && !begins(end) {
            end += 1;
        }
        let best = (i..end).map(inside).fold(0.0, f32::max);
        let least = settings.edge * best;
        let first = (i..end).find(|&k| inside(k) >= least).unwrap_or(i);
        let last = (i..end).rfind(|&k| inside(k) >= least).unwrap_or(i);
        found.push((first..last + 1, best));
        i = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_runs_cut_at_their_edges_and_at_fresh_beginnings() {
        let (out, faint) = ([1.0, 0.0, 0.0], [0.8, 0.0, 0.2]);
        let (first, next) = ([0.1, 0.9, 0.0], [0.1, 0.0, 0.9]);
        let found = candidates(&[faint, first, next, first, out, faint], &Settings::default());
        let ranges: Vec<Range<usize>> = found.into_iter().map(|(r, _)| r).collect();
        assert_eq!(ranges, [0..1, 1..3, 3..4, 5..6]);
    }
}
