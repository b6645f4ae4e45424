//! Layers: a matrix of bytes with the scale of its input, and what stands between them.

use super::container::{Container, Error};
use super::kernel::{Kernel, ROUND, Rows, Weights};

/// The byte matrix `name.weight` with its scales and bias.
pub(super) fn weights(file: &Container, kernel: Kernel, name: &str, taps: usize) -> Result<Weights, Error> {
    let matrix = file.signed(&format!("{name}.weight"))?;
    let scales = file.floats(&format!("{name}.weight.scale"))?;
    let bias = file.floats(&format!("{name}.bias"))?;
    let rows = bias.len();
    let fits = rows > 0 && scales.len() == rows && matrix.len().is_multiple_of(rows * taps * 4);
    if !fits {
        return Err(Error::Damaged(format!("shape of {name}")));
    }
    Ok(Weights::new(kernel, taps, &matrix, &scales, &bias))
}

/// A linear layer whose input has a fixed scale, or one for each row.
pub(super) struct Linear {
    weights: Weights,
    scale: Option<f32>,
}

impl Linear {
    pub(super) fn open(
        file: &Container,
        kernel: Kernel,
        name: &str,
        scale: Option<f32>,
    ) -> Result<Linear, Error> {
        Ok(Linear { weights: weights(file, kernel, name, 1)?, scale })
    }

    /// Applies the layer to rows of `size` values.
    pub(super) fn apply(&self, values: &[f32], size: usize) -> Vec<f32> {
        let mut rows = Rows::new(size, 0);
        match self.scale {
            Some(scale) => rows.fill_unsigned(values, scale),
            None => rows.fill_signed(values),
        }
        let mut out = Vec::new();
        self.weights.apply(&rows, 0, &mut out);
        out
    }
}

/// A linear layer in full precision, for the few outputs that decide: `weights[output][input]`.
pub(super) fn exact(values: &[f32], size: usize, weights: &[f32], bias: &[f32]) -> Vec<f32> {
    let rows = values.chunks_exact(size);
    rows.flat_map(|row| weights.chunks_exact(size).zip(bias).map(|(w, b)| dot(row, w) + b)).collect()
}

/// Lanes in which sums are kept apart: a fixed order of additions, the same however wide the
/// machine's vectors are.
const LANES: usize = 16;

/// The sum of products, in a fixed order.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, rest_a) = a.as_chunks::<LANES>();
    let (b, rest_b) = b.as_chunks::<LANES>();
    let mut sums = [0.0f32; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    fold(sums) + rest
}

/// Adds up the lanes pairwise.
pub(super) fn fold(sums: [f32; LANES]) -> f32 {
    let mut sums = sums;
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}

/// Sets what is negative to zero.
pub(super) fn relu(values: &mut [f32]) {
    for v in values {
        *v = v.max(0.0);
    }
}

/// Layer normalisation of one row (Ba, Kiros and Hinton, 2016).
pub(super) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-12;
    let count = row.len() as f32;
    let mean = sum(row, |v| v) / count;
    let variance = sum(row, |v| (v - mean) * (v - mean)) / count;
    let scale = 1.0 / (variance + EPSILON).sqrt();
    for ((v, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *v = (*v - mean) * scale * w + b;
    }
}

/// The sum of `of` each value, in a fixed order.
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0f32; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            sums[lane] += of(chunk[lane]);
        }
    }
    fold(sums) + rest.iter().map(|&v| of(v)).sum::<f32>()
}

fn largest(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let larger = |m: f32, v: f32| if v > m { v } else { m };
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = larger(lanes[lane], chunk[lane]);
        }
    }
    lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |m, &v| larger(m, v))
}

/// Powers of e of `scores`, less the largest of them, into `out`; returns their sum.
pub(super) fn exp(scores: &[f32], out: &mut [f32]) -> f32 {
    let largest = largest(scores);
    for (o, s) in out.iter_mut().zip(scores) {
        *o = power(s - largest);
    }
    sum(out, |v| v)
}

/// e to the power of `x`, for `x` not above 0: the polynomial of the Cephes library, accurate to a unit
/// or two in the last place. The system's own would differ from machine to machine.
pub(super) fn power(x: f32) -> f32 {
    let x = x.max(-87.0);
    let n = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    for c in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = p * r + c;
    }
    let y = p * r * r + r + 1.0;
    y * f32::from_bits(((n as i32 + 127) << 23).cast_unsigned())
}

/// The Gaussian error linear unit (Hendrycks and Gimpel, 2016), in place.
pub(super) fn gelu(values: &mut [f32]) {
    for v in values {
        *v = 0.5 * *v * (1.0 + erf(*v * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// The error function: the rational approximation that Eigen uses, good to single precision.
fn erf(x: f32) -> f32 {
    const TOP: [f32; 7] = [
        -2.726_142_3e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_5e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    const BOTTOM: [f32; 5] =
        [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329_3e-3, -1.426_473_9e-2];
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let polynomial = |of: &[f32]| of[1..].iter().fold(of[0], |p, c| p * square + c);
    x * polynomial(&TOP) / polynomial(&BOTTOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_error_function_are_accurate() {
        for i in 0..1000 {
            let x = -(i as f32) * 0.05;
            let want = f64::from(x).exp();
            assert!((f64::from(power(x)) - want).abs() <= 1e-6 * want, "e^{x}");
        }
        // From a table of the error function.
        for (x, want) in
            [(0.0, 0.0), (0.1, 0.112_462_92), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3)]
        {
            assert!((erf(x) - want).abs() < 1e-6 && (erf(-x) + want).abs() < 1e-6, "erf({x})");
        }
        assert!((erf(9.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn rows_are_normalised() {
        let mut row: Vec<f32> = (0..40u8).map(f32::from).collect();
        normalise(&mut row, &[2.0; 40], &[1.0; 40]);
        let mean = row.iter().sum::<f32>() / 40.0;
        let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / 40.0;
        assert!((mean - 1.0).abs() < 1e-5 && (variance - 4.0).abs() < 1e-4);
    }

    #[test]
    fn sums_take_every_value() {
        let a: Vec<f32> = (0..21u8).map(f32::from).collect();
        let squares: i32 = (0..21).map(|i| i * i).sum();
        assert_eq!(dot(&a, &a), squares as f32);
    }
}
