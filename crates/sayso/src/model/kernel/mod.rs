//! The one expensive operation of both models: rows of bytes times a matrix of bytes.
//!
//! Weights are signed bytes with one scale an output channel, set when the model is trained.
//! Activations are quantised here, one scale a row (symmetric, -127..=127), as in Q8BERT (Zafrir
//! et al., 2019). Products are summed in 32-bit integers, which is exact in any order, and the
//! floating-point work around them is the same code for all; so every kernel gives the same bits
//! and a machine's kind never shows in the output.
//!
//! Three kernels, chosen once: AVX-512 VNNI, AVX2, and one in plain Rust for the rest.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
#[cfg(target_arch = "x86_64")]
mod vnni;

/// Which instructions do the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// AVX-512 with VNNI: 64 products an instruction.
    Vnni,
    /// AVX2: 16 products an instruction.
    Avx2,
    /// Plain Rust.
    Portable,
}

impl Kernel {
    /// The fastest kernel that this machine can run.
    pub fn detect() -> Kernel {
        [Kernel::Vnni, Kernel::Avx2].into_iter().find(|k| k.is_available()).unwrap_or(Kernel::Portable)
    }

    /// Whether this machine can run the kernel.
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vnni")
            }
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(not(target_arch = "x86_64"))]
            Kernel::Vnni | Kernel::Avx2 => false,
            Kernel::Portable => true,
        }
    }
}

/// Rows of quantised activations, each with its scale. Rows before the first and after the last,
/// as a convolution asks for them, are zero.
pub struct Rows {
    width: usize,
    margin: usize,
    /// `margin + rows + margin` rows of `width` bytes.
    bytes: Vec<i8>,
    /// One a row, margins included; a margin's is zero.
    scales: Vec<f32>,
    /// Sum of each row's bytes, margins included.
    sums: Vec<i32>,
}

impl Rows {
    /// No rows yet; `width` must be a multiple of four. Convolutions may reach `margin` rows out.
    pub fn new(width: usize, margin: usize) -> Rows {
        assert!(width.is_multiple_of(4), "rows are read four bytes at a time");
        Rows { width, margin, bytes: Vec::new(), scales: Vec::new(), sums: Vec::new() }
    }

    /// Number of rows, without the margins.
    pub fn len(&self) -> usize {
        self.scales.len().saturating_sub(2 * self.margin)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Replaces the rows by `values`, quantised.
    pub fn quantise(&mut self, values: &[f32]) {
        let rows = values.len() / self.width + 2 * self.margin;
        self.bytes.clear();
        self.bytes.resize(rows * self.width, 0);
        self.scales.clear();
        self.scales.resize(rows, 0.0);
        self.sums.clear();
        self.sums.resize(rows, 0);
        let inner = self.bytes[self.margin * self.width..].chunks_exact_mut(self.width);
        for (i, (from, to)) in values.chunks_exact(self.width).zip(inner).enumerate() {
            self.scales[i + self.margin] = quantise_row(from, to);
            self.sums[i + self.margin] = to.iter().map(|&b| i32::from(b)).sum();
        }
    }
}

/// Largest magnitude of a quantised activation.
const TOP: f32 = 127.0;

/// Quantises one row and returns its scale: `value ≈ byte * scale`.
fn quantise_row(from: &[f32], to: &mut [i8]) -> f32 {
    let largest = from.iter().fold(0.0f32, |m, v| m.max(v.abs()));
    // Not finite only if a weight file is damaged in a way its check sums miss; zeros do no harm.
    if largest == 0.0 || !largest.is_finite() {
        to.fill(0);
        return 0.0;
    }
    let inverse = TOP / largest;
    for (v, b) in from.iter().zip(to) {
        // Adding and taking away 1.5 * 2^23 rounds to the nearest integer, halves to even, which
        // is the same on every machine and, unlike `round`, one vector instruction each.
        const ROUND: f32 = 12_582_912.0;
        *b = ((v * inverse + ROUND) - ROUND) as i8;
    }
    largest / TOP
}

/// A matrix of weights, `outputs` by `taps * inputs`, packed for the kernel that will run it.
///
/// With one tap it is a linear layer; with three, a convolution over the rows before, at and after,
/// `dilation` rows apart.
pub struct Weights {
    inputs: usize,
    outputs: usize,
    taps: usize,
    scales: Vec<f32>,
    bias: Vec<f32>,
    packed: Packed,
}

enum Packed {
    #[cfg(target_arch = "x86_64")]
    Vnni(vnni::Packed),
    #[cfg(target_arch = "x86_64")]
    Avx2(avx2::Packed),
    Portable(portable::Packed),
}

/// Outputs are computed in blocks of this many channels, whatever the kernel.
const LANES: usize = 16;

impl Weights {
    /// Packs `weights[output][tap][input]` for `kernel`. `scales` and `bias` have one value an output.
    ///
    /// # Panics
    /// When the lengths do not agree, or `inputs` is not a multiple of four.
    pub fn new(kernel: Kernel, taps: usize, weights: &[i8], scales: &[f32], bias: &[f32]) -> Weights {
        let outputs = scales.len();
        assert_eq!(bias.len(), outputs, "one bias an output");
        assert!(outputs > 0 && weights.len().is_multiple_of(outputs * taps), "whole rows of weights");
        let inputs = weights.len() / (outputs * taps);
        assert!(inputs.is_multiple_of(4), "inputs are read four bytes at a time");
        let padded = outputs.next_multiple_of(LANES);
        let at = |output: usize, k: usize| {
            if output < outputs { weights[output * taps * inputs + k] } else { 0 }
        };
        let packed = match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => Packed::Vnni(vnni::Packed::new(padded, taps * inputs, at)),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => Packed::Avx2(avx2::Packed::new(padded, taps * inputs, at)),
            _ => Packed::Portable(portable::Packed::new(padded, taps * inputs, at)),
        };
        Weights { inputs, outputs, taps, scales: scales.to_vec(), bias: bias.to_vec(), packed }
    }

    /// Number of output channels.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Computes `out[row][output] = bias + scale * Σ weights * rows`, for all rows.
    ///
    /// With several taps the rows taken are `dilation` apart, centred; `rows` needs a margin of
    /// `dilation * (taps / 2)`. The taps of one output row have scales of their own, so each tap is
    /// summed apart and scaled before the next is added, in the order of the taps.
    pub fn apply(&self, rows: &Rows, dilation: usize, out: &mut Vec<f32>) {
        assert_eq!(rows.width, self.inputs, "rows as wide as the weights");
        assert!(rows.margin >= dilation * (self.taps / 2), "a margin as wide as the taps reach");
        out.clear();
        out.resize(rows.len() * self.outputs, 0.0);
        match &self.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Vnni(p) => p.apply(self, rows, dilation, out),
            #[cfg(target_arch = "x86_64")]
            Packed::Avx2(p) => avx2::apply(p, self, rows, dilation, out),
            Packed::Portable(p) => portable::apply(p, self, rows, dilation, out),
        }
    }

    /// Index among `rows`, margins included, of the row that a tap reads for output row `row`.
    fn source(&self, rows: &Rows, row: usize, tap: usize, dilation: usize) -> usize {
        row + rows.margin + tap * dilation - (self.taps / 2) * dilation
    }

    /// Scales the integer sums of one output row's block of channels into `out`.
    ///
    /// `sums[tap][lane]` are exact; the order of the floating-point work is fixed here for all kernels.
    #[inline(always)]
    fn finish(&self, sums: &[[i32; LANES]], scales: &[f32], first: usize, out: &mut [f32]) {
        let mut total = [0.0f32; LANES];
        for (sums, scale) in sums.iter().zip(scales) {
            for (t, &s) in total.iter_mut().zip(sums) {
                *t += s as f32 * scale;
            }
        }
        let last = (first + LANES).min(self.outputs);
        for (lane, o) in out[first..last].iter_mut().enumerate() {
            *o = total[lane] * self.scales[first + lane] + self.bias[first + lane];
        }
    }
}

#[cfg(test)]
mod tests;
