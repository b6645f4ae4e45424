//! Linear scorers over hashed features: what is judged of a statement once its spans are known.
//!
//! A feature is a text ("cue=denied") hashed to one of a scorer's rows; a score is the sum of the rows of the
//! features that are there. Weights are whole numbers times one scale, so sums are exact and the same on
//! every machine. Trained by `train/judge.py`.

use super::container::Container;
use super::layer::power;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Features of one thing that is judged: rows of a scorer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    hashes: Vec<u32>,
}

impl Features {
    /// Adds the feature that `name` has this value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.hashes.push(hash(name.bytes().chain([b'=']).chain(value.bytes())));
    }

    /// Adds the feature that `name` has these two values together.
    pub fn add_pair(&mut self, name: &str, one: &str, other: &str) {
        let bytes = name.bytes().chain([b'=']).chain(one.bytes()).chain([b' ']).chain(other.bytes());
        self.hashes.push(hash(bytes));
    }

    /// The rows of a scorer that has so many.
    pub fn rows(&self, count: usize) -> impl Iterator<Item = usize> {
        self.hashes.iter().map(move |&hash| hash as usize % count)
    }
}

/// The 32-bit hash of Fowler, Noll and Vo (FNV-1a).
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A scorer: a row of weights for each feature, an output for each class.
pub(crate) struct Linear {
    weights: Vec<i8>,
    classes: usize,
    scale: f32,
}

impl Linear {
    /// The scores of the classes.
    pub(crate) fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = vec![0i32; self.classes];
        for row in features.rows(self.weights.len() / self.classes) {
            for (sum, &weight) in sums.iter_mut().zip(&self.weights[row * self.classes..]) {
                *sum += i32::from(weight);
            }
        }
        // Sums of a few hundred bytes: exact in f32.
        sums.into_iter().map(|sum| sum as f32 * self.scale).collect()
    }

    fn open(file: &Container, name: &str, classes: usize) -> Linear {
        let read = || {
            let weights = file.signed(name)?;
            let scale = file.floats(&format!("{name}.scale"))?;
            Ok::<_, super::Error>(Linear { weights, classes, scale: scale[0] })
        };
        read().expect("the scorers that are part of the library can be read")
    }
}

/// The scorers that are part of the library.
pub(crate) struct Judge {
    /// The act of a statement, an output for each of `Act::ALL`.
    pub(crate) act: Linear,
    /// Whether a statement answers another, or none: one output.
    pub(crate) answer: Linear,
    /// Whether a statement is right in all its cells: one output, for [`logistic`].
    pub(crate) sure: Linear,
}

/// Which of the steps that these bounds part a number stands on, as the value of a feature; ten at most.
pub(crate) fn step<T: PartialOrd>(value: T, bounds: &[T]) -> &'static str {
    const NAMES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    NAMES[bounds.partition_point(|bound| *bound < value).min(9)]
}

/// The probability that a score stands for.
pub(crate) fn logistic(score: f32) -> f32 {
    if score < 0.0 { power(score) / (1.0 + power(score)) } else { 1.0 / (1.0 + power(-score)) }
}

/// The one judge.
pub(crate) static JUDGE: LazyLock<Judge> = LazyLock::new(|| {
    static BYTES: &[u8] = include_bytes!("../../models/judge.sayso");
    let file = Container::open(Cow::Borrowed(BYTES)).expect("the file of the scorers is whole");
    Judge {
        act: Linear::open(&file, "act", 11),
        answer: Linear::open(&file, "answer", 1),
        sure: Linear::open(&file, "sure", 1),
    }
});
