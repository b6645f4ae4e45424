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
mod tagger;

pub use container::Error;
pub use head::Label;

use crate::features::Features;
use crate::token::tag::Tag;
use crate::token::{Sentence, Token};
use container::Container;
use kernel::Kernel;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

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
pub struct Input<'a> {
    /// The story's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its sentences, which tile the tokens.
    pub sentences: &'a [Sentence],
    /// One for each token.
    pub features: &'a [Features],
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
pub struct Reading<'a> {
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

    /// Reads a story, one window after the other.
    pub fn read<'a>(&'a self, input: &'a Input<'a>) -> impl Iterator<Item = Reading<'a>> {
        let windows = match &self.encoder {
            Encoder::Fast(fast) => fast.windows(input),
            Encoder::Accurate(accurate) => accurate.windows(input),
        };
        windows.into_iter().map(move |window| {
            let encoded = match &self.encoder {
                Encoder::Fast(fast) => fast.encode(input, &window),
                Encoder::Accurate(accurate) => accurate.encode(input, &window),
            };
            Reading { model: self, features: input.features, window, encoded }
        })
    }
}

impl Reading<'_> {
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
