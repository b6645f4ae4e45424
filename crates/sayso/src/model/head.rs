//! The labelling head: given a cue, which tokens are its source and which its content.
//!
//! What depends on the token alone is computed once ([`Head::project`]); what depends on the cue is a
//! product, a sum and narrow convolutions over the tokens near it. The form is a bilinear score of
//! token and cue (as in the biaffine parser of Dozat and Manning, 2017) with relative places.

use super::container::{Container, Error};
use super::kernel::{Kernel, Rows, Weights};
use super::layer::{Linear, power, relu};
use crate::features::Features;
use std::ops::Range;

/// Probabilities that a token is neither, source, or content, in this order.
pub type Label = [f32; 3];

/// Tokens before a cue that can belong to it.
pub(super) const REACH_BEFORE: usize = 64;

/// Tokens after a cue that can belong to it.
pub(super) const REACH_AFTER: usize = 96;

/// Upper ends of the buckets of distance from the cue; the last takes all that is farther.
const DISTANCES: [usize; 14] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

/// Sentences farther than this from the cue's are told apart no more.
const FARTHEST_SENTENCE: i64 = 3;

pub(super) struct Head {
    width: usize,
    project: Linear,
    place: Vec<f32>,
    sentence: Vec<f32>,
    convs: Vec<(Convolution, usize)>,
    out: Out,
}

/// How a convolution takes its three rows.
enum Convolution {
    /// One fixed scale: three taps over one set of rows.
    Taps(Weights, f32),
    /// A scale for each row of three side by side.
    Joined(Weights),
}

/// The last layer, exact in `accurate`.
enum Out {
    Quantised(Weights, f32),
    Exact(Vec<f32>, Vec<f32>),
}

impl Head {
    /// Reads the head of a model. With `activations` (of the input of `project`, of each convolution
    /// and of the last layer) rows have fixed scales; without, each its own.
    pub(super) fn open(file: &Container, kernel: Kernel, activations: Option<&[f32]>) -> Result<Head, Error> {
        let width = file.floats("head.project.bias")?.len() / 4;
        let dilations: Vec<usize> = file.setting("head_dilations")?;
        let fixed = |n: usize| match activations {
            Some(all) => {
                all.get(n).copied().map(Some).ok_or_else(|| Error::Damaged("activations".to_owned()))
            }
            None => Ok(None),
        };
        let mut convs = Vec::new();
        for (n, &dilation) in dilations.iter().enumerate() {
            let name = format!("head.convs.{n}");
            let conv = match fixed(n + 1)? {
                Some(scale) => Convolution::Taps(super::layer::weights(file, kernel, &name, 3)?, scale),
                None => Convolution::Joined(super::layer::weights(file, kernel, &name, 1)?),
            };
            convs.push((conv, dilation));
        }
        let out = match fixed(dilations.len() + 1)? {
            Some(scale) => Out::Quantised(super::layer::weights(file, kernel, "head.out", 1)?, scale),
            None => Out::Exact(file.floats("head.out.weight")?, file.floats("head.out.bias")?),
        };
        let project = Linear::open(file, kernel, "head.project", fixed(0)?)?;
        Ok(Head {
            width,
            project,
            place: file.floats("head.place")?,
            sentence: file.floats("head.sentence")?,
            convs,
            out,
        })
    }

    /// What the head needs of each token, `4 * width` values: computed once a token.
    pub(super) fn project(&self, tokens: &[f32], size: usize) -> Vec<f32> {
        self.project.apply(tokens, size)
    }

    /// Labels the tokens of `range`, given the cue `cue` within it. `projected` are the rows that
    /// [`Head::project`] gave for the tokens from `first` on; indices are tokens of the story.
    pub(super) fn label(
        &self,
        features: &[Features],
        projected: &[f32],
        first: usize,
        cue: Range<usize>,
        range: Range<usize>,
    ) -> Vec<Label> {
        let w = self.width;
        let row = |t: usize| &projected[(t - first) * 4 * w..(t - first + 1) * 4 * w];
        let mut of_cue = vec![0.0f32; 2 * w];
        for t in cue.clone() {
            add(&mut of_cue, &row(t)[2 * w..]);
        }
        let share = 1.0 / cue.len() as f32;
        of_cue.iter_mut().for_each(|v| *v *= share);
        let (added, factor) = of_cue.split_at(w);
        let mut h = Vec::with_capacity(range.len() * w);
        for t in range {
            let (token, product) = row(t)[..2 * w].split_at(w);
            let at = h.len();
            h.extend((0..w).map(|k| token[k] + product[k] * factor[k] + added[k]));
            add(&mut h[at..], table_row(&self.place, w, place(&cue, t)));
            let sentences = i64::from(features[t].sentence) - i64::from(features[cue.start].sentence);
            let sentences = sentences.clamp(-FARTHEST_SENTENCE, FARTHEST_SENTENCE) + FARTHEST_SENTENCE;
            add(&mut h[at..], table_row(&self.sentence, w, sentences as usize));
        }
        relu(&mut h);
        for (conv, dilation) in &self.convs {
            conv.apply(&mut h, w, *dilation);
        }
        self.out.apply(&h, w)
    }
}

impl Convolution {
    /// `h = relu(h + convolution(h))`.
    fn apply(&self, h: &mut [f32], width: usize, dilation: usize) {
        let mut change = Vec::new();
        match self {
            Convolution::Taps(weights, scale) => {
                let mut rows = Rows::new(width, dilation);
                rows.fill_unsigned(h, *scale);
                weights.apply(&rows, dilation, &mut change);
            }
            Convolution::Joined(weights) => {
                let mut rows = Rows::new(3 * width, 0);
                rows.fill_signed(&joined(h, width, dilation));
                weights.apply(&rows, 0, &mut change);
            }
        }
        add(h, &change);
        relu(h);
    }
}

/// Each row between the rows `dilation` before and after it, zero past the ends.
fn joined(h: &[f32], width: usize, dilation: usize) -> Vec<f32> {
    let count = h.len() / width;
    let mut out = vec![0.0; 3 * h.len()];
    for t in 0..count {
        for tap in 0..3 {
            let Some(source) = (t + tap * dilation).checked_sub(dilation).filter(|&s| s < count) else {
                continue;
            };
            let at = (3 * t + tap) * width;
            out[at..at + width].copy_from_slice(&h[source * width..(source + 1) * width]);
        }
    }
    out
}

impl Out {
    fn apply(&self, h: &[f32], width: usize) -> Vec<Label> {
        let mut logits = Vec::new();
        match self {
            Out::Quantised(weights, scale) => {
                let mut rows = Rows::new(width, 0);
                rows.fill_unsigned(h, *scale);
                weights.apply(&rows, 0, &mut logits);
            }
            Out::Exact(weights, bias) => logits = super::layer::exact(h, width, weights, bias),
        }
        logits.as_chunks().0.iter().map(|&l| softmax(l)).collect()
    }
}

/// Probabilities from logits.
pub(super) fn softmax(logits: [f32; 3]) -> [f32; 3] {
    let largest = logits[0].max(logits[1]).max(logits[2]);
    let powers = logits.map(|l| power(l - largest));
    let sum = powers[0] + powers[1] + powers[2];
    powers.map(|p| p / sum)
}

/// Bucket of a token's distance to the cue: 0 within it, then those before, then those after.
fn place(cue: &Range<usize>, token: usize) -> usize {
    let bucket = |distance: usize| DISTANCES.partition_point(|&d| d < distance);
    if token < cue.start {
        1 + bucket(cue.start - token)
    } else if token >= cue.end {
        1 + DISTANCES.len() + 1 + bucket(token + 1 - cue.end)
    } else {
        0
    }
}

fn table_row(table: &[f32], width: usize, row: usize) -> &[f32] {
    &table[row * width..(row + 1) * width]
}

fn add(to: &mut [f32], values: &[f32]) {
    for (t, v) in to.iter_mut().zip(values) {
        *t += v;
    }
}
