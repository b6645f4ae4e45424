//! AVX2: pairs of 16-bit products, eight outputs an instruction.

// Vector loads take raw pointers; each stands beside the slice that bounds it.
#![allow(unsafe_code)]

use super::{LANES, Rows, Weights};
use std::arch::x86_64::*;

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
}

/// Rows that share one pass over the weights: 4 rows by 2 vectors fill half the registers.
const ROWS: usize = 4;

pub(super) fn apply(packed: &Packed, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
    let wide: Vec<i16> = rows.bytes.iter().map(|&b| i16::from(b)).collect();
    // SAFETY: a layer is packed for this kernel only where `Kernel::is_available` says so.
    unsafe { run(packed, layer, rows, &wide, dilation, out) }
}

#[target_feature(enable = "avx2")]
fn run(packed: &Packed, layer: &Weights, rows: &Rows, wide: &[i16], dilation: usize, out: &mut [f32]) {
    let (width, taps, count) = (layer.inputs, layer.taps, rows.len());
    let mut sums = vec![[[0i32; LANES]; ROWS]; taps];
    let (mut row_sums, mut scales) = (vec![[0i32; LANES]; taps], vec![0.0f32; taps]);
    for (block, weights) in packed.weights.chunks_exact(taps * width * LANES).enumerate() {
        for first in (0..count).step_by(ROWS) {
            let here = ROWS.min(count - first);
            for tap in 0..taps {
                let weights = &weights[tap * width * LANES..(tap + 1) * width * LANES];
                // Past the last row the last is computed again and thrown away.
                let row = |r: usize| {
                    let source = layer.source(rows, first + r.min(here - 1), tap, dilation);
                    &wide[source * width..(source + 1) * width]
                };
                sums[tap] = dot([row(0), row(1), row(2), row(3)], weights);
            }
            for r in 0..here {
                for tap in 0..taps {
                    row_sums[tap] = sums[tap][r];
                    scales[tap] = rows.scales[layer.source(rows, first + r, tap, dilation)];
                }
                let at = (first + r) * layer.outputs;
                layer.finish(&row_sums, &scales, block * LANES, &mut out[at..at + layer.outputs]);
            }
        }
    }
}

/// Four rows times the weights of sixteen outputs.
#[target_feature(enable = "avx2")]
fn dot(rows: [&[i16]; ROWS], weights: &[i16]) -> [[i32; LANES]; ROWS] {
    let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
    for (k, weights) in weights.chunks_exact(2 * LANES).enumerate() {
        // SAFETY: the chunk holds 32 values, two vectors of 16.
        let low = unsafe { _mm256_loadu_si256(weights.as_ptr().cast()) };
        // SAFETY: as above.
        let high = unsafe { _mm256_loadu_si256(weights.as_ptr().add(LANES).cast()) };
        for r in 0..ROWS {
            debug_assert!(2 * k + 1 < rows[r].len());
            // SAFETY: rows are as long as the weights have pairs, twice.
            let pair = unsafe { rows[r].as_ptr().add(2 * k).cast::<i32>().read_unaligned() };
            let pair = _mm256_set1_epi32(pair);
            sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(pair, low));
            sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(pair, high));
        }
    }
    let mut out = [[0i32; LANES]; ROWS];
    for r in 0..ROWS {
        // SAFETY: sixteen values, two vectors of eight.
        unsafe { _mm256_storeu_si256(out[r].as_mut_ptr().cast(), sums[r][0]) };
        // SAFETY: as above.
        unsafe { _mm256_storeu_si256(out[r].as_mut_ptr().add(8).cast(), sums[r][1]) };
    }
    out
}
