//! AVX-512 VNNI: four products of bytes for sixteen outputs an instruction.
//!
//! The instruction multiplies unsigned by signed bytes. Weights are stored with 128 added, and
//! 128 times the sum of the row is taken away again: exact, since all of it is integers.

// Vector loads take raw pointers; each stands beside the slice that bounds it.
#![allow(unsafe_code)]

use super::{LANES, Rows, Weights};
use std::arch::x86_64::*;

/// Added to each weight to make it unsigned.
const SHIFT: i32 = 128;

/// Rows that share one pass over the weights, and blocks of outputs that share one pass over the
/// rows: 6 times 4 sums and 4 vectors of weights fill 28 of the 32 registers.
const ROWS: usize = 6;
const BLOCKS: usize = 4;

/// `[block of 16 outputs][four inputs][output][4]`, each weight plus [`SHIFT`].
pub(super) struct Packed {
    weights: Vec<u8>,
}

impl Packed {
    pub(super) fn new(outputs: usize, depth: usize, at: impl Fn(usize, usize) -> i8) -> Packed {
        let mut weights = Vec::with_capacity(outputs * depth);
        for block in (0..outputs).step_by(LANES) {
            for k in (0..depth).step_by(4) {
                for lane in block..block + LANES {
                    weights.extend((k..k + 4).map(|k| (i32::from(at(lane, k)) + SHIFT) as u8));
                }
            }
        }
        Packed { weights }
    }

    pub(super) fn apply(&self, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
        let blocks = layer.outputs.div_ceil(LANES);
        let job = Job { packed: self, layer, rows, dilation };
        let mut block = 0;
        while block < blocks {
            // SAFETY: a layer is packed for this kernel only where `Kernel::is_available` says so.
            block += match blocks - block {
                BLOCKS.. => unsafe { job.columns::<BLOCKS>(block, out) },
                2.. => unsafe { job.columns::<2>(block, out) },
                _ => unsafe { job.columns::<1>(block, out) },
            };
        }
    }
}

struct Job<'a> {
    packed: &'a Packed,
    layer: &'a Weights,
    rows: &'a Rows,
    dilation: usize,
}

impl Job<'_> {
    /// All rows of `B` blocks of outputs from `block` on; returns `B`.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn columns<const B: usize>(&self, block: usize, out: &mut [f32]) -> usize {
        let (count, mut row) = (self.rows.len(), 0);
        while row + ROWS <= count {
            self.tile::<ROWS, B>(row, block, out);
            row += ROWS;
        }
        for row in row..count {
            self.tile::<1, B>(row, block, out);
        }
        B
    }

    /// `R` rows by `B` blocks of outputs.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn tile<const R: usize, const B: usize>(&self, row: usize, block: usize, out: &mut [f32]) {
        let layer = self.layer;
        let mut totals = [[_mm512_setzero_ps(); B]; R];
        for tap in 0..layer.taps {
            let sources: [usize; R] =
                std::array::from_fn(|r| layer.source(self.rows, row + r, tap, self.dilation));
            let sums = self.dot::<R, B>(sources, block, tap);
            for r in 0..R {
                let shift = _mm512_set1_epi32(SHIFT * self.rows.sums[sources[r]]);
                let scale = _mm512_set1_ps(self.rows.scales[sources[r]]);
                for b in 0..B {
                    let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums[r][b], shift));
                    // The same two roundings as `Weights::finish`: no fused multiply-add.
                    totals[r][b] = _mm512_add_ps(totals[r][b], _mm512_mul_ps(sum, scale));
                }
            }
        }
        for r in 0..R {
            for b in 0..B {
                let first = (block + b) * LANES;
                let lanes = (layer.outputs - first).min(LANES);
                let mask = (0xFFFFu32 >> (LANES - lanes)) as __mmask16;
                let at = (row + r) * layer.outputs + first;
                let (scales, bias) = (&layer.scales[first..first + lanes], &layer.bias[first..first + lanes]);
                let out = &mut out[at..at + lanes];
                // SAFETY: the mask leaves only the lanes that the slices hold.
                unsafe {
                    let scales = _mm512_maskz_loadu_ps(mask, scales.as_ptr());
                    let bias = _mm512_maskz_loadu_ps(mask, bias.as_ptr());
                    let value = _mm512_add_ps(_mm512_mul_ps(totals[r][b], scales), bias);
                    _mm512_mask_storeu_ps(out.as_mut_ptr(), mask, value);
                }
            }
        }
    }

    /// The integer sums of one tap.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn dot<const R: usize, const B: usize>(
        &self,
        sources: [usize; R],
        block: usize,
        tap: usize,
    ) -> [[__m512i; B]; R] {
        let (width, depth) = (self.layer.inputs, self.layer.taps * self.layer.inputs);
        let rows: [&[i8]; R] =
            std::array::from_fn(|r| &self.rows.bytes[sources[r] * width..(sources[r] + 1) * width]);
        let weights: [&[u8]; B] = std::array::from_fn(|b| {
            let from = ((block + b) * depth + tap * width) * LANES;
            &self.packed.weights[from..from + width * LANES]
        });
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        for k in (0..width).step_by(4) {
            // SAFETY: `k + 4 <= width`, and each slice holds `width * 16` bytes.
            let w: [__m512i; B] = std::array::from_fn(|b| unsafe {
                _mm512_loadu_si512(weights[b].as_ptr().add(k * LANES).cast())
            });
            for r in 0..R {
                // SAFETY: `k + 4 <= width`, the length of the row.
                let four = unsafe { rows[r].as_ptr().add(k).cast::<i32>().read_unaligned() };
                let four = _mm512_set1_epi32(four);
                for b in 0..B {
                    sums[r][b] = _mm512_dpbusd_epi32(sums[r][b], w[b], four);
                }
            }
        }
        sums
    }
}
