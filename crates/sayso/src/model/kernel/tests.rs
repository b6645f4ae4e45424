use super::*;
use proptest::prelude::*;

const KERNELS: [Kernel; 3] = [Kernel::Vnni, Kernel::Avx2, Kernel::Portable];

/// Bytes that look random, from a multiplicative hash: the same in each run.
fn noise(n: usize, seed: u32) -> Vec<i8> {
    (0..n as u32)
        .map(|i| (((i.wrapping_add(seed).wrapping_mul(2_654_435_761) >> 13) & 0xFF) as u8).cast_signed())
        .collect()
}

fn floats(n: usize, seed: u32) -> Vec<f32> {
    noise(n, seed).into_iter().map(|b| f32::from(b) / 50.0).collect()
}

/// The definition, in double precision and without quantised activations.
fn reference(
    values: &[f32],
    width: usize,
    weights: &[i8],
    scales: &[f32],
    bias: &[f32],
    taps: usize,
    dilation: usize,
) -> Vec<f64> {
    let (count, outputs) = (values.len() / width, scales.len());
    let mut out = Vec::new();
    for row in 0..count {
        for o in 0..outputs {
            let mut sum = 0.0f64;
            for tap in 0..taps {
                let Some(source) = (row + tap * dilation).checked_sub(taps / 2 * dilation) else { continue };
                if source < count {
                    for k in 0..width {
                        let w = weights[(o * taps + tap) * width + k];
                        sum += f64::from(values[source * width + k]) * f64::from(w);
                    }
                }
            }
            out.push(sum * f64::from(scales[o]) + f64::from(bias[o]));
        }
    }
    out
}

#[test]
fn agrees_with_the_definition() {
    let (width, outputs, taps, dilation) = (32, 20, 3, 2);
    let values = floats(9 * width, 1);
    let weights = noise(outputs * taps * width, 2);
    let (scales, bias) = (vec![0.01; outputs], floats(outputs, 3));
    let mut rows = Rows::new(width, dilation);
    rows.quantise(&values);
    let mut out = Vec::new();
    Weights::new(Kernel::Portable, taps, &weights, &scales, &bias).apply(&rows, dilation, &mut out);
    let wanted = reference(&values, width, &weights, &scales, &bias, taps, dilation);
    let largest = wanted.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    for (got, want) in out.iter().zip(&wanted) {
        assert!((f64::from(*got) - want).abs() < 0.01 * largest, "{got} for {want}");
    }
}

proptest! {
    #[test]
    fn every_kernel_gives_the_same_bits(
        count in 0usize..20, width in 1usize..20, outputs in 1usize..100,
        taps in prop::sample::select(vec![1usize, 3]), dilation in 1usize..5, seed in any::<u32>(),
    ) {
        let width = width * 4;
        let mut rows = Rows::new(width, dilation);
        rows.quantise(&floats(count * width, seed));
        let weights = noise(outputs * taps * width, seed ^ 7);
        let (scales, bias) = (floats(outputs, seed ^ 8), floats(outputs, seed ^ 9));
        let results: Vec<Vec<u32>> = KERNELS.into_iter().filter(|k| k.is_available()).map(|kernel| {
            let mut out = Vec::new();
            Weights::new(kernel, taps, &weights, &scales, &bias).apply(&rows, dilation, &mut out);
            out.into_iter().map(f32::to_bits).collect()
        }).collect();
        prop_assert_eq!(results.last().map(Vec::len), Some(count * outputs));
        for other in &results[1..] {
            prop_assert_eq!(&results[0], other);
        }
    }
}
