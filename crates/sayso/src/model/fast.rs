//! `fast`: hashed words and a few layers of convolution.
//!
//! A token is the sum of rows that its word, its beginning and its endings pick from hashed tables
//! (as in the hash embeddings of spaCy, Honnibal and Montani, 2017), and of its other features.
//! Layers of convolution, with a residual connection and growing dilation, let it see its surroundings.

use super::container::{Container, Error, Table};
use super::head::{Head, REACH_AFTER, REACH_BEFORE, softmax};
use super::kernel::{Kernel, Rows, Weights};
use super::layer::{Linear, relu, weights};
use super::{Encoded, Input, Window, tagger};
use crate::features::{self, Features};

/// Tokens in the core of a window. Large, since the work around a window is wasted.
const CORE: usize = 1024;

pub(super) struct Fast {
    size: usize,
    /// Whole words, beginnings, endings of three, endings of two: as [`features::buckets`] gives them.
    hashed: [Table; 4],
    /// Tables of [`Features`]: quotation, shape, boundary, gap.
    plain: [Vec<f32>; 4],
    bias: Vec<f32>,
    layers: Vec<Layer>,
    cue: Linear,
    tags: Linear,
    head: Head,
}

struct Layer {
    weights: Weights,
    dilation: usize,
    scale: f32,
}

impl Fast {
    pub(super) fn open(file: &Container, kernel: Kernel) -> Result<Fast, Error> {
        let size: usize = file.setting("size")?;
        let dilations: Vec<usize> = file.setting("dilations")?;
        let activations = file.floats("activations")?;
        let Some((scales, rest)) =
            activations.split_at_checked(dilations.len()).filter(|(_, r)| !r.is_empty())
        else {
            return Err(Error::Damaged("activations".to_owned()));
        };
        let layer = |(n, (&dilation, &scale)): (usize, (&usize, &f32))| {
            Ok(Layer { weights: weights(file, kernel, &format!("layers.{n}"), 3)?, dilation, scale })
        };
        Ok(Fast {
            size,
            hashed: [
                file.table("word")?,
                file.table("beginning")?,
                file.table("ending3")?,
                file.table("ending2")?,
            ],
            plain: [
                file.floats("quotation")?,
                file.floats("shape")?,
                file.floats("boundary")?,
                file.floats("gap")?,
            ],
            bias: file.floats("bias")?,
            layers: dilations.iter().zip(scales).enumerate().map(layer).collect::<Result<_, Error>>()?,
            cue: Linear::open(file, kernel, "cue", Some(rest[0]))?,
            tags: Linear::open(file, kernel, "tags", Some(rest[0]))?,
            head: Head::open(file, kernel, Some(rest))?,
        })
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Windows of the story: cores of whole sentences, with as many tokens around them as the head
    /// can reach and the convolutions then see, so that a core's results are those of the whole story.
    pub(super) fn windows(&self, input: &Input) -> Vec<Window> {
        let sight: usize = self.layers.iter().map(|l| l.dilation).sum();
        let (before, after) = (REACH_BEFORE + sight, REACH_AFTER + sight);
        let count = input.tokens.len();
        let mut found = Vec::new();
        let (mut start, mut end) = (0, 0);
        let ends = input.tokens.sentences.iter().map(|s| s.end as usize);
        for sentence_end in ends {
            if sentence_end - start > CORE && end > start {
                found.push(Window::new(start, end, before, after, count));
                start = end;
            }
            while sentence_end - start > CORE {
                found.push(Window::new(start, start + CORE, before, after, count));
                start += CORE;
            }
            end = sentence_end;
        }
        if start < count {
            found.push(Window::new(start, count, before, after, count));
        }
        found
    }

    /// Reads one window.
    pub(super) fn encode(&self, input: &Input, window: &Window) -> Encoded {
        let mut x = self.embed(input, window);
        let reach = self.layers.iter().map(|l| l.dilation).max().unwrap_or(0);
        let mut rows = Rows::new(self.size, reach);
        let mut change = Vec::new();
        for layer in &self.layers {
            rows.fill_unsigned(&x, layer.scale);
            layer.weights.apply(&rows, layer.dilation, &mut change);
            for (x, c) in x.iter_mut().zip(&change) {
                *x = (*x + c).max(0.0);
            }
        }
        let core = &x[(window.start - window.first) * self.size..(window.end - window.first) * self.size];
        let cue = self.cue.apply(core, self.size).as_chunks().0.iter().map(|&l| softmax(l)).collect();
        let tags = tagger::tags(&self.tags.apply(core, self.size));
        Encoded { cue, tags, projected: self.head.project(&x, self.size) }
    }

    fn embed(&self, input: &Input, window: &Window) -> Vec<f32> {
        let mut x = Vec::with_capacity((window.last - window.first) * self.size);
        let mut lower = String::new();
        for t in window.first..window.last {
            let at = x.len();
            x.extend_from_slice(&self.bias);
            let x = &mut x[at..];
            let word = input.tokens.list[t].span.slice(input.tokens.text);
            for (table, row) in self.hashed.iter().zip(features::buckets(word, &mut lower)) {
                table.add_row(row as usize, x);
            }
            for (table, row) in self.plain.iter().zip(plain_rows(&input.features[t])) {
                for (x, v) in x.iter_mut().zip(&table[row * self.size..]) {
                    *x += v;
                }
            }
        }
        relu(&mut x);
        x
    }
}

/// Rows of a token in the tables of quotation, shape, boundary and gap.
pub(super) fn plain_rows(of: &Features) -> [usize; 4] {
    [of.quotation as usize, of.shape as usize, of.boundary as usize, usize::from(of.gap)]
}
