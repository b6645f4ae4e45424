//! AVX2: pairs of 16-bit products, eight outputs an instruction.

// Vector loads take raw pointers; each stands beside the slice that bounds it.
#![allow(unsafe_code)]

use super::{LANES, Rows, Weights};
use std::arch::x86_64::*;

/// Rows that share one pass over the weights: 4 rows by 2 vectors fill half the registers.
const ROWS: usize = 4;

/// Weights widened to 16 bits, so that two neighbouring inputs are one 32-bit step:
/// `[block of 16 outputs][pair of inputs][output][2]`.
pub(super) struct Packed {
    weights: Vec<i16>,
}

impl Packed {
    pub(super) fn new(outputs: usize, depth: usize, at: impl Fn(usize, usize) -> i8) -> Packed {
        let mut weights = Vec::with_capacity(outputs * depth);
        for block in (0..outputs).step_by(LANES) {
            for k in (0..depth).step_by(2) {
                for lane in block..block + LANES {
                    weights.extend([i16::from(at(lane, k)), i16::from(at(lane, k + 1))]);
                }
            }
        }
        Packed { weights }
    }

    pub(super) fn apply(&self, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
        let wide: Vec<i16> = rows.bytes.iter().map(|&b| i16::from(b)).collect();
        // SAFETY: `Weights::new` packs for a kernel only where the machine can run it.
        unsafe { self.run(layer, rows, &wide, dilation, out) }
    }

    #[target_feature(enable = "avx2")]
    fn run(&self, layer: &Weights, rows: &Rows, wide: &[i16], dilation: usize, out: &mut [f32]) {
        let (width, taps, count) = (layer.inputs, layer.taps, rows.len());
        for (block, weights) in self.weights.chunks_exact(taps * width * LANES).enumerate() {
            for first in (0..count).step_by(ROWS) {
                let here = ROWS.min(count - first);
                let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
                for tap in 0..taps {
                    let weights = &weights[tap * width * LANES..(tap + 1) * width * LANES];
                    // Past the last row the last is computed again and thrown away.
                    let input: [&[i16]; ROWS] = std::array::from_fn(|r| {
                        let from = layer.source(rows, first + r.min(here - 1), tap, dilation);
                        &wide[from..from + width]
                    });
                    add_products(&mut sums, input, weights);
                }
                for (r, sums) in sums.iter().take(here).enumerate() {
                    layer.finish(rows, first + r, block, &store(sums), out);
                }
            }
        }
    }
}

/// Adds four rows times the weights of sixteen outputs.
#[target_feature(enable = "avx2")]
fn add_products(sums: &mut [[__m256i; 2]; ROWS], rows: [&[i16]; ROWS], weights: &[i16]) {
    for (k, weights) in weights.chunks_exact(2 * LANES).enumerate() {
        // SAFETY: the chunk holds 32 values, two vectors of 16.
        let low = unsafe { _mm256_loadu_si256(weights.as_ptr().cast()) };
        // SAFETY: as above.
        let high = unsafe { _mm256_loadu_si256(weights.as_ptr().add(LANES).cast()) };
        for r in 0..ROWS {
            debug_assert!(2 * k + 1 < rows[r].len());
            // SAFETY: a row has two values for each of these steps.
            let pair = unsafe { rows[r].as_ptr().add(2 * k).cast::<i32>().read_unaligned() };
            let pair = _mm256_set1_epi32(pair);
            sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(pair, low));
            sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(pair, high));
        }
    }
}

#[target_feature(enable = "avx2")]
fn store(sums: &[__m256i; 2]) -> [i32; LANES] {
    let mut out = [0i32; LANES];
    let (low, high) = out.split_at_mut(LANES / 2);
    // SAFETY: each half is eight values, one vector.
    unsafe { _mm256_storeu_si256(low.as_mut_ptr().cast(), sums[0]) };
    // SAFETY: as above.
    unsafe { _mm256_storeu_si256(high.as_mut_ptr().cast(), sums[1]) };
    out
}
