//! AVX-512 VNNI: four products of bytes for sixteen outputs an instruction.

// Vector loads take raw pointers; each stands beside the slice that bounds it.
#![allow(unsafe_code)]

use super::{LANES, Rows, Weights};
use std::arch::x86_64::*;

/// Rows that share one pass over the weights, and blocks of outputs that share one pass over the
/// rows: 6 times 4 sums and 4 vectors of weights fill 28 of the 32 registers.
const ROWS: usize = 6;
const BLOCKS: usize = 4;

/// `[block of 16 outputs][four inputs][output][4]`.
pub(super) struct Packed {
    weights: Vec<i8>,
}

impl Packed {
    pub(super) fn new(outputs: usize, depth: usize, at: impl Fn(usize, usize) -> i8) -> Packed {
        let mut weights = Vec::with_capacity(outputs * depth);
        for block in (0..outputs).step_by(LANES) {
            for k in (0..depth).step_by(4) {
                for lane in block..block + LANES {
                    weights.extend((k..k + 4).map(|k| at(lane, k)));
                }
            }
        }
        Packed { weights }
    }

    pub(super) fn apply(&self, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
        let blocks = layer.outputs.div_ceil(LANES);
        let job = Job { weights: &self.weights, layer, rows, dilation };
        let mut block = 0;
        while block < blocks {
            // SAFETY: `Weights::new` packs for a kernel only where the machine can run it.
            block += match blocks - block {
                BLOCKS.. => unsafe { job.columns::<BLOCKS>(block, out) },
                2.. => unsafe { job.columns::<2>(block, out) },
                _ => unsafe { job.columns::<1>(block, out) },
            };
        }
    }
}

struct Job<'a> {
    weights: &'a [i8],
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
        let (layer, rows) = (self.layer, self.rows);
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        for tap in 0..layer.taps {
            let input: [&[u8]; R] = std::array::from_fn(|r| {
                let from = layer.source(rows, row + r, tap, self.dilation);
                &rows.bytes[from..from + layer.inputs]
            });
            self.add_products(&mut sums, input, block, tap);
        }
        for b in 0..B {
            let first = (block + b) * LANES;
            let lanes = (layer.outputs - first).min(LANES);
            let mask = (0xFFFF_u32 >> (LANES - lanes)) as __mmask16;
            // SAFETY: these three are padded to whole blocks.
            let (scales, bias, shifts) = unsafe {
                let scales = _mm512_loadu_ps(layer.scales[first..first + LANES].as_ptr());
                let bias = _mm512_loadu_ps(layer.bias[first..first + LANES].as_ptr());
                (scales, bias, _mm512_loadu_si512(layer.shifts[first..first + LANES].as_ptr().cast()))
            };
            let shifts = if rows.zero == 0 { _mm512_setzero_si512() } else { shifts };
            for r in 0..R {
                // The same three roundings as `Weights::finish`: no fused multiply-add.
                let scale = _mm512_mul_ps(_mm512_set1_ps(rows.scales[row + r]), scales);
                let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums[r][b], shifts));
                let value = _mm512_add_ps(_mm512_mul_ps(sum, scale), bias);
                let at = (row + r) * layer.outputs + first;
                // SAFETY: the mask leaves only the lanes that the slice holds.
                unsafe { _mm512_mask_storeu_ps(out[at..at + lanes].as_mut_ptr(), mask, value) };
            }
        }
    }

    /// Adds one tap's products.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn add_products<const R: usize, const B: usize>(
        &self,
        sums: &mut [[__m512i; B]; R],
        rows: [&[u8]; R],
        block: usize,
        tap: usize,
    ) {
        let (width, depth) = (self.layer.inputs, self.layer.taps * self.layer.inputs);
        let weights: [&[i8]; B] = std::array::from_fn(|b| {
            let from = ((block + b) * depth + tap * width) * LANES;
            &self.weights[from..from + width * LANES]
        });
        let mut here = *sums;
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
                    here[r][b] = _mm512_dpbusd_epi32(here[r][b], four, w[b]);
                }
            }
        }
        *sums = here;
    }
}
