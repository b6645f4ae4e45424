//! Plain Rust, for machines without AVX.

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
}

pub(super) fn apply(packed: &Packed, layer: &Weights, rows: &Rows, dilation: usize, out: &mut [f32]) {
    let depth = layer.taps * layer.inputs;
    let wide: Vec<i16> = rows.bytes.iter().map(|&b| i16::from(b)).collect();
    let mut sums = vec![[0i32; LANES]; layer.taps];
    let mut scales = vec![0.0f32; layer.taps];
    // A block's weights stay in the cache while all rows pass over them.
    for (block, weights) in packed.weights.chunks_exact(depth * LANES).enumerate() {
        for (row, out) in out.chunks_exact_mut(layer.outputs).enumerate() {
            for tap in 0..layer.taps {
                let source = layer.source(rows, row, tap, dilation);
                scales[tap] = rows.scales[source];
                let input = &wide[source * layer.inputs..(source + 1) * layer.inputs];
                for (sum, weights) in sums[tap].iter_mut().zip(weights.chunks_exact(depth)) {
                    *sum = dot(input, &weights[tap * layer.inputs..(tap + 1) * layer.inputs]);
                }
            }
            layer.finish(&sums, &scales, block * LANES, out);
        }
    }
}

/// The shape of loop that compilers turn into the multiply-add that every x86-64 and ARM has.
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}
