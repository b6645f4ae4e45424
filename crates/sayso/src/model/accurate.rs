//! `accurate`: a transformer encoder of word pieces, six layers of MiniLM (Wang et al., 2020), with the
//! letters' case and the place in the text added to its input.
//!
//! Every product of matrices is one of bytes, those of attention too: queries and keys with a scale a
//! row, and attention weights, which lie between 0 and 1, with one fixed scale.

use super::container::{Container, Error, Table};
use super::fast::plain_rows;
use super::head::{Head, softmax};
use super::kernel::{Kernel, Rows, Weights, low_byte, magnitude};
use super::layer::{Linear, exact, exp, gelu, normalise};
use super::{Encoded, Input, Window, tagger};
use crate::features::Vocabulary;

/// Most word pieces in a core.
const CORE: usize = 208;

/// A core filled so far, in percent, ends at the next paragraph's end.
const FULL: usize = 70;

/// Most word pieces of context before a core and after it.
const BEFORE: usize = 20;
const AFTER: usize = 24;

/// Pieces that begin and end the input.
const START: u32 = 101;
const END: u32 = 102;

/// Attention weights lie between 0 and 1.
const WEIGHT_SCALE: f32 = 1.0 / 255.0;

pub(super) struct Accurate {
    kernel: Kernel,
    size: usize,
    heads: usize,
    vocabulary: Vocabulary,
    word: Table,
    position: Vec<f32>,
    /// Tables of features: quotation, shape, boundary, gap.
    plain: [Vec<f32>; 4],
    norm: Norm,
    layers: Vec<Layer>,
    cue: (Vec<f32>, Vec<f32>),
    tags: Linear,
    head: Head,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Linear,
    attended: Linear,
    norm1: Norm,
    inner: Linear,
    outer: Linear,
    norm2: Norm,
}

impl Norm {
    fn open(file: &Container, name: &str) -> Result<Norm, Error> {
        Ok(Norm {
            weight: file.floats(&format!("{name}.weight"))?,
            bias: file.floats(&format!("{name}.bias"))?,
        })
    }

    /// `x = norm(x + change)`, row by row.
    fn apply(&self, x: &mut [f32], change: &[f32]) {
        for (row, change) in x.chunks_exact_mut(self.weight.len()).zip(change.chunks_exact(self.weight.len()))
        {
            for (x, c) in row.iter_mut().zip(change) {
                *x += c;
            }
            normalise(row, &self.weight, &self.bias);
        }
    }
}

impl Layer {
    fn open(file: &Container, kernel: Kernel, n: usize) -> Result<Layer, Error> {
        let linear = |name| Linear::open(file, kernel, &format!("layers.{n}.{name}"), None);
        let norm = |name| Norm::open(file, &format!("layers.{n}.{name}"));
        Ok(Layer {
            qkv: linear("qkv")?,
            attended: linear("attended")?,
            norm1: norm("norm1")?,
            inner: linear("inner")?,
            outer: linear("outer")?,
            norm2: norm("norm2")?,
        })
    }
}

impl Accurate {
    pub(super) fn open(file: &Container, kernel: Kernel) -> Result<Accurate, Error> {
        let (layers, heads): (usize, usize) = (file.setting("layers")?, file.setting("heads")?);
        let norm = Norm::open(file, "norm0")?;
        Ok(Accurate {
            kernel,
            size: norm.weight.len(),
            heads,
            vocabulary: Vocabulary::new(file.text("vocabulary")?),
            word: file.table("word")?,
            position: file.floats("position")?,
            plain: [
                file.floats("quotation")?,
                file.floats("shape")?,
                file.floats("boundary")?,
                file.floats("gap")?,
            ],
            norm,
            layers: (0..layers).map(|n| Layer::open(file, kernel, n)).collect::<Result<_, _>>()?,
            cue: (file.floats("cue.weight")?, file.floats("cue.bias")?),
            tags: Linear::open(file, kernel, "tags", None)?,
            head: Head::open(file, kernel, None)?,
        })
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Windows of the story: cores of whole sentences, with a little context.
    pub(super) fn windows(&self, input: &Input) -> Vec<Window> {
        let at = self.first_pieces(input);
        let count = input.tokens.len();
        let ends: Vec<usize> = input.tokens.sentences.iter().map(|s| s.end as usize).collect();
        let (mut found, mut start, mut next) = (Vec::new(), 0, 0);
        while start < count {
            let (room, mut end) = (at[start] + CORE, start);
            while next < ends.len() && at[ends[next]] <= room {
                end = ends[next];
                next += 1;
                let is_full = 100 * (at[end] - at[start]) >= FULL * CORE;
                if is_full
                    && end < count
                    && input.tokens.list[end].paragraph != input.tokens.list[end - 1].paragraph
                {
                    break;
                }
            }
            if end == start {
                // One sentence is longer than a core: it is cut between tokens.
                end = (at.partition_point(|&p| p <= room) - 1).max(start + 1).min(ends[next]);
                next += usize::from(end == ends[next]);
            }
            let first = at.partition_point(|&p| p + BEFORE < at[start]);
            let last = (at.partition_point(|&p| p <= at[end] + AFTER) - 1).min(count);
            found.push(Window { first, start, end, last });
            start = end;
        }
        found
    }

    /// Word pieces before each token, and before the end.
    fn first_pieces(&self, input: &Input) -> Vec<usize> {
        let (mut at, mut pieces, mut total) = (vec![0], Vec::new(), 0);
        for token in &input.tokens.list {
            pieces.clear();
            self.vocabulary.cut(token.span.slice(input.tokens.text), &mut pieces);
            total += pieces.len();
            at.push(total);
        }
        at
    }

    /// Reads one window.
    pub(super) fn encode(&self, input: &Input, window: &Window) -> Encoded {
        let (mut x, first) = self.embed(input, window);
        for layer in &self.layers {
            let attended = self.attend(&layer.qkv.apply(&x, self.size));
            layer.norm1.apply(&mut x, &layer.attended.apply(&attended, self.size));
            let mut inner = layer.inner.apply(&x, self.size);
            gelu(&mut inner);
            let width = inner.len() / (x.len() / self.size);
            layer.norm2.apply(&mut x, &layer.outer.apply(&inner, width));
        }
        let mut tokens = Vec::with_capacity(first.len() * self.size);
        for piece in first {
            tokens.extend_from_slice(&x[piece * self.size..(piece + 1) * self.size]);
        }
        let core =
            &tokens[(window.start - window.first) * self.size..(window.end - window.first) * self.size];
        let logits = exact(core, self.size, &self.cue.0, &self.cue.1);
        let cue = logits.as_chunks().0.iter().map(|&l| softmax(l)).collect();
        let tags = tagger::tags(&self.tags.apply(core, self.size));
        Encoded { cue, tags, projected: self.head.project(&tokens, self.size) }
    }

    /// The input's vectors, and where among them each token begins.
    fn embed(&self, input: &Input, window: &Window) -> (Vec<f32>, Vec<usize>) {
        let (mut x, mut first, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
        self.embed_piece(START, [0; 4], &mut x);
        for t in window.first..window.last {
            first.push(x.len() / self.size);
            pieces.clear();
            self.vocabulary.cut(input.tokens.list[t].span.slice(input.tokens.text), &mut pieces);
            for &piece in &pieces {
                self.embed_piece(piece, plain_rows(&input.features[t]), &mut x);
            }
        }
        self.embed_piece(END, [0; 4], &mut x);
        for row in x.chunks_exact_mut(self.size) {
            normalise(row, &self.norm.weight, &self.norm.bias);
        }
        (x, first)
    }

    fn embed_piece(&self, piece: u32, plain: [usize; 4], x: &mut Vec<f32>) {
        let at = x.len();
        // A single token of very many pieces may pass the last position; it shares it.
        let position = (at / self.size).min(self.position.len() / self.size - 1);
        x.extend_from_slice(&self.position[position * self.size..(position + 1) * self.size]);
        let x = &mut x[at..];
        self.word.add_row(piece as usize, x);
        for (table, row) in self.plain.iter().zip(plain) {
            for (x, v) in x.iter_mut().zip(&table[row * self.size..]) {
                *x += v;
            }
        }
    }

    /// Attention, all heads: rows of queries, keys and values in, rows of mixed values out.
    fn attend(&self, qkv: &[f32]) -> Vec<f32> {
        let (size, width) = (self.size, self.size / self.heads);
        let count = qkv.len() / (3 * size);
        let mut out = vec![0.0; count * size];
        let mut mixed = Vec::new();
        for head in 0..self.heads {
            let part = |which: usize| {
                let from = which * size + head * width;
                qkv.chunks_exact(3 * size).flat_map(move |row| row[from..from + width].iter().copied())
            };
            let sums = self.mix(part(0).collect(), part(1).collect(), part(2).collect(), width, &mut mixed);
            for (t, sum) in sums.into_iter().enumerate() {
                let to = &mut out[t * size + head * width..][..width];
                for (o, m) in to.iter_mut().zip(&mixed[t * width..]) {
                    *o = m / sum;
                }
            }
        }
        out
    }

    /// One head: `mixed[t] = Σ weight[t][u] * value[u]`; returns the sum of each row's weights.
    fn mix(
        &self,
        queries: Vec<f32>,
        keys: Vec<f32>,
        values: Vec<f32>,
        width: usize,
        mixed: &mut Vec<f32>,
    ) -> Vec<f32> {
        let count = queries.len() / width;
        let mut rows = Rows::new(width, 0);
        rows.fill_signed(&queries);
        let mut scores = Vec::new();
        let share = 1.0 / (width as f32).sqrt();
        matrix(self.kernel, &keys, width, share).apply(&rows, 0, &mut scores);
        // The kernels read four inputs at a time: weights are padded with zeros.
        let padded = count.next_multiple_of(4);
        let (mut weights, mut sums) = (vec![0.0f32; count * padded], Vec::with_capacity(count));
        for (scores, weights) in scores.chunks_exact(count).zip(weights.chunks_exact_mut(padded)) {
            sums.push(exp(scores, &mut weights[..count]));
        }
        let mut turned = vec![0.0f32; width * padded];
        for (u, value) in values.chunks_exact(width).enumerate() {
            for (d, v) in value.iter().enumerate() {
                turned[d * padded + u] = *v;
            }
        }
        let mut rows = Rows::new(padded, 0);
        rows.fill_unsigned(&weights, WEIGHT_SCALE);
        matrix(self.kernel, &turned, padded, 1.0).apply(&rows, 0, mixed);
        sums
    }
}

/// Rows of floats as a byte matrix, a scale for each row, `factor` times as large.
fn matrix(kernel: Kernel, rows: &[f32], width: usize, factor: f32) -> Weights {
    let mut bytes = Vec::with_capacity(rows.len());
    let mut scales = Vec::with_capacity(rows.len() / width);
    for row in rows.chunks_exact(width) {
        let largest = magnitude(row);
        let inverse = if largest > 0.0 && largest.is_finite() { 127.0 / largest } else { 0.0 };
        bytes.extend(row.iter().map(|v| low_byte(v * inverse).cast_signed()));
        scales.push(largest / 127.0 * factor);
    }
    Weights::new(kernel, 1, &bytes, &scales, &vec![0.0; scales.len()])
}
