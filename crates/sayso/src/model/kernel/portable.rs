//! For machines without AVX: plain Rust, and on x86-64 the instructions that all of them have.

use super::{LANES, Rows, Weights};

/// Weights widened to 16 bits, `[output][input]`.
pub(super) struct Packed {
    weights: Vec<i16>,
}

impl Packed {
    pub(super) fn new(outputs: usize, depth: usize, at: impl Fn(usize, usize) -> i8) -> Packed {
        let all = (0..outputs).flat_map(|o| (0..depth).map(move |k| (o, k)));
        Packed { weights: all.map(|(o, k)| i16::from(at(o, k))).collect() }
    }

    pub(super) fn apply(&self, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
        let (width, taps) = (layer.inputs, layer.taps);
        let depth = width * taps;
        // The rows of all taps side by side: one long sum is cheaper than several short ones.
        let mut joined: Vec<i16> = Vec::with_capacity(rows.len() * depth);
        for row in 0..rows.len() {
            for tap in 0..taps {
                let from = layer.source(rows, row, tap, dilation);
                joined.extend(rows.bytes[from..from + width].iter().map(|&b| i16::from(b)));
            }
        }
        // A block's weights stay in the cache while all rows pass over them.
        for (block, weights) in self.weights.chunks_exact(depth * LANES).enumerate() {
            for (row, input) in joined.chunks_exact(depth).enumerate() {
                let mut sums = [0i32; LANES];
                for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(depth)) {
                    *sum = dot(input, weights);
                }
                layer.finish(rows, row, block, &sums, out);
            }
        }
    }
}

/// The sum of products, sixteen inputs a step.
#[cfg(target_arch = "x86_64")]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    // SSE2 is part of every x86-64, but compilers do not find its multiply-add in plain loops.
    use std::arch::x86_64::*;
    let (steps_a, rest_a) = a.as_chunks::<8>();
    let (steps_b, rest_b) = b.as_chunks::<8>();
    // SAFETY: each chunk is eight values, one vector; every x86-64 has the instructions.
    #[allow(unsafe_code)]
    let sums: [i32; 4] = unsafe {
        let load = |chunk: &[i16; 8]| _mm_loadu_si128(chunk.as_ptr().cast());
        let mut sums = [_mm_setzero_si128(); 2];
        for (n, (a, b)) in steps_a.iter().zip(steps_b).enumerate() {
            sums[n % 2] = _mm_add_epi32(sums[n % 2], _mm_madd_epi16(load(a), load(b)));
        }
        std::mem::transmute(_mm_add_epi32(sums[0], sums[1]))
    };
    sums.iter().sum::<i32>() + plain_dot(rest_a, rest_b)
}

#[cfg(not(target_arch = "x86_64"))]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    plain_dot(a, b)
}

fn plain_dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}
