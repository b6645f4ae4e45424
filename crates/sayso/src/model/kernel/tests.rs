use super::*;
use proptest::prelude::*;

const KERNELS: [Kernel; 3] = [Kernel::Vnni, Kernel::Avx2, Kernel::Portable];

/// Bytes that look random, from a multiplicative hash: the same in each run.
fn noise(n: usize, seed: u32) -> Vec<i8> {
    let hash = |i: u32| i.wrapping_add(seed).wrapping_mul(2_654_435_761) >> 13;
    (0..n as u32).map(|i| ((hash(i) & 0xFF) as u8).cast_signed()).collect()
}

fn floats(n: usize, seed: u32) -> Vec<f32> {
    noise(n, seed).into_iter().map(|b| f32::from(b) / 50.0).collect()
}

fn positive(n: usize, seed: u32) -> Vec<f32> {
    floats(n, seed).into_iter().map(f32::abs).collect()
}

/// Largest difference from the definition in double precision on values that were not quantised,
/// as a share of the largest value.
fn error(values: &[f32], rows: &Rows, dilation: usize, taps: usize, outputs: usize) -> f64 {
    let (width, count) = (rows.width, rows.len());
    let weights = noise(outputs * taps * width, 2);
    let (scales, bias) = (vec![0.01; outputs], floats(outputs, 3));
    let mut out = Vec::new();
    Weights::new(Kernel::Portable, taps, &weights, &scales, &bias).apply(rows, dilation, &mut out);
    let (mut largest, mut off) = (0.0f64, 0.0f64);
    for row in 0..count {
        for o in 0..outputs {
            let mut sum = 0.0;
            for tap in 0..taps {
                let Some(source) = (row + tap * dilation).checked_sub(taps / 2 * dilation) else { continue };
                for k in 0..if source < count { width } else { 0 } {
                    let weight = f64::from(weights[(o * taps + tap) * width + k]);
                    sum += f64::from(values[source * width + k]) * weight;
                }
            }
            let want = sum * f64::from(scales[o]) + f64::from(bias[o]);
            largest = largest.max(want.abs());
            off = off.max((want - f64::from(out[row * outputs + o])).abs());
        }
    }
    off / largest
}

#[test]
fn linear_layers_agree_with_the_definition() {
    let values = floats(9 * 32, 1);
    let mut rows = Rows::new(32, 0);
    rows.fill_signed(&values);
    let error = error(&values, &rows, 0, 1, 20);
    assert!(error < 0.01, "{error}");
}

#[test]
fn convolutions_agree_with_the_definition() {
    let values = positive(9 * 32, 1);
    let mut rows = Rows::new(32, 2);
    rows.fill_unsigned(&values, 2.6 / 255.0);
    let error = error(&values, &rows, 2, 3, 20);
    assert!(error < 0.01, "{error}");
}

#[test]
fn unsigned_rows_are_cut_at_the_top() {
    let mut rows = Rows::new(4, 0);
    rows.fill_unsigned(&[0.0, 0.5, 1.5, 1e9], 1.0);
    assert_eq!(rows.bytes, [0, 0, 2, 255]);
    rows.fill_unsigned(&[f32::NAN, -1.0, 254.5, 255.5], 1.0);
    assert_eq!(rows.bytes, [0, 0, 254, 255]);
}

#[test]
fn signed_rows_without_a_finite_scale_are_zero() {
    let mut rows = Rows::new(4, 0);
    rows.fill_signed(&[0.0, 0.0, 0.0, 0.0, 1.0, f32::INFINITY, 0.0, 0.0, -2.0, 1.0, 0.0, 2.0]);
    assert_eq!(rows.bytes, [128, 128, 128, 128, 128, 128, 128, 128, 1, 192, 128, 255]);
    assert_eq!(rows.scales[..2], [0.0, 0.0]);
}

proptest! {
    #[test]
    fn every_kernel_gives_the_same_bits(
        count in 0usize..20, width in 1usize..20, outputs in 1usize..100,
        taps in prop::sample::select(vec![1usize, 3]), dilation in 1usize..5, seed in any::<u32>(),
    ) {
        let width = width * 4;
        let mut rows = Rows::new(width, dilation);
        if taps == 1 {
            rows.fill_signed(&floats(count * width, seed));
        } else {
            rows.fill_unsigned(&positive(count * width, seed), 0.01);
        }
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
