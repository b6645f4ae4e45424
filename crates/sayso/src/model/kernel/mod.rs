//! The one expensive operation of both models: rows of bytes times a matrix of bytes.
//!
//! Weights are signed bytes with one scale an output channel, set when the model is trained.
//! Activations are unsigned bytes: either with one scale for all, known from training, where they
//! cannot be negative; or with one scale a row, taken from its largest value, and 128 added to each
//! byte (as in Q8BERT, Zafrir et al., 2019). Products are summed in 32-bit integers, which is exact in
//! any order, and the floating-point work around them is the same for all; so every kernel gives the
//! same bits, and a machine's kind never shows in the output.
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

/// Rows of quantised activations: `value = (byte - zero) * scale`.
///
/// Rows before the first and after the last, as a convolution asks for them, are zero.
pub struct Rows {
    width: usize,
    margin: usize,
    /// The byte that stands for nothing: 0, or [`SIGNED_ZERO`].
    zero: u8,
    /// `margin + rows + margin` rows of `width` bytes.
    bytes: Vec<u8>,
    /// One a row, without the margins.
    scales: Vec<f32>,
}

/// The byte for zero where values may be negative.
const SIGNED_ZERO: u8 = 128;

/// Adding 1.5 * 2^23 rounds a small number to the nearest integer, halves to even, on every machine
/// alike, and leaves that integer in the low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// The low byte of a number, rounded: of -1 it is 255.
pub(super) fn low_byte(value: f32) -> u8 {
    (value + ROUND).to_bits() as u8
}

impl Rows {
    /// No rows yet, `width` bytes each, a multiple of four. A convolution may reach `margin` rows out.
    pub fn new(width: usize, margin: usize) -> Rows {
        assert!(width.is_multiple_of(4), "rows are read four bytes at a time");
        Rows { width, margin, zero: 0, bytes: Vec::new(), scales: Vec::new() }
    }

    /// Number of rows, without the margins.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// Replaces the rows by `values`, none of them negative, with one scale for all; what is larger
    /// than 255 times the scale is cut to that.
    pub fn fill_unsigned(&mut self, values: &[f32], scale: f32) {
        self.reset(values.len() / self.width, 0);
        self.scales.fill(scale);
        let inverse = 1.0 / scale;
        let from = self.margin * self.width;
        for (v, b) in values.iter().zip(&mut self.bytes[from..]) {
            *b = low_byte((v * inverse).clamp(0.0, 255.0));
        }
    }

    /// Replaces the rows by `values`, with the scale that each row's largest magnitude calls for.
    pub fn fill_signed(&mut self, values: &[f32]) {
        self.reset(values.len() / self.width, SIGNED_ZERO);
        let inner = self.bytes[self.margin * self.width..].chunks_exact_mut(self.width);
        for ((from, to), scale) in values.chunks_exact(self.width).zip(inner).zip(&mut self.scales) {
            *scale = fill_row(from, to);
        }
    }

    fn reset(&mut self, rows: usize, zero: u8) {
        self.zero = zero;
        self.bytes.clear();
        self.bytes.resize((rows + 2 * self.margin) * self.width, zero);
        self.scales.clear();
        self.scales.resize(rows, 0.0);
    }
}

/// Largest magnitude of a signed activation.
const TOP: f32 = 127.0;

/// Quantises one row around [`SIGNED_ZERO`] and returns its scale.
fn fill_row(from: &[f32], to: &mut [u8]) -> f32 {
    let largest = magnitude(from);
    if largest == 0.0 || !largest.is_finite() {
        to.fill(SIGNED_ZERO);
        return 0.0;
    }
    let inverse = TOP / largest;
    for (v, b) in from.iter().zip(to) {
        *b = low_byte(v * inverse) ^ SIGNED_ZERO;
    }
    largest / TOP
}

/// The largest magnitude among `values`, in lanes that fit vectors.
pub(super) fn magnitude(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    let larger = |m: f32, v: f32| if v.abs() > m { v.abs() } else { m };
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = larger(lanes[lane], chunk[lane]);
        }
    }
    lanes.iter().chain(rest).fold(0.0, |m, &v| larger(m, v))
}

/// A matrix of weights, `outputs` by `taps * inputs`, packed for the kernel that will run it.
///
/// With one tap it is a linear layer; with three, a convolution over the rows before, at and after.
pub struct Weights {
    inputs: usize,
    outputs: usize,
    taps: usize,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// [`SIGNED_ZERO`] times the sum of each output's weights: what the shift of signed rows adds.
    shifts: Vec<i32>,
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
    /// When the lengths do not agree, `inputs` is not a multiple of four, or the machine cannot run
    /// the kernel.
    pub fn new(kernel: Kernel, taps: usize, weights: &[i8], scales: &[f32], bias: &[f32]) -> Weights {
        let outputs = scales.len();
        assert!(kernel.is_available(), "this machine cannot run {kernel:?}");
        assert_eq!(bias.len(), outputs, "one bias an output");
        assert!(outputs > 0 && weights.len().is_multiple_of(outputs * taps), "whole rows of weights");
        let depth = weights.len() / outputs;
        let inputs = depth / taps;
        assert!(inputs.is_multiple_of(4), "inputs are read four bytes at a time");
        let padded = outputs.next_multiple_of(LANES);
        let at = |output: usize, k: usize| if output < outputs { weights[output * depth + k] } else { 0 };
        let packed = match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => Packed::Vnni(vnni::Packed::new(padded, depth, at)),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => Packed::Avx2(avx2::Packed::new(padded, depth, at)),
            _ => Packed::Portable(portable::Packed::new(padded, depth, at)),
        };
        let shift = |row: &[i8]| row.iter().map(|&w| i32::from(w)).sum::<i32>() * i32::from(SIGNED_ZERO);
        let mut shifts: Vec<i32> = weights.chunks_exact(depth).map(shift).collect();
        shifts.resize(padded, 0);
        let padded_with_zeros = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(padded, 0.0);
            values
        };
        let (scales, bias) = (padded_with_zeros(scales), padded_with_zeros(bias));
        Weights { inputs, outputs, taps, scales, bias, shifts, packed }
    }

    /// Number of output channels.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Computes `out[row][output] = bias + Σ weights * rows`, for all rows.
    ///
    /// With several taps the rows taken are `dilation` apart, centred; `rows` needs a margin of
    /// `dilation * (taps / 2)`, and one scale for all of them.
    pub fn apply(&self, rows: &Rows, dilation: usize, out: &mut Vec<f32>) {
        assert_eq!(rows.width, self.inputs, "rows as wide as the weights");
        assert!(rows.margin >= dilation * (self.taps / 2), "a margin as wide as the taps reach");
        assert!(self.taps == 1 || rows.zero == 0, "rows that are added up need one scale");
        out.clear();
        out.resize(rows.len() * self.outputs, 0.0);
        match &self.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Vnni(p) => p.apply(self, rows, dilation, out),
            #[cfg(target_arch = "x86_64")]
            Packed::Avx2(p) => p.apply(self, rows, dilation, out),
            Packed::Portable(p) => p.apply(self, rows, dilation, out),
        }
    }

    /// First byte among `rows.bytes` of the row that a tap reads for output row `row`.
    fn source(&self, rows: &Rows, row: usize, tap: usize, dilation: usize) -> usize {
        (row + rows.margin + tap * dilation - (self.taps / 2) * dilation) * self.inputs
    }

    /// Turns the exact sums of one output row's block of channels into values.
    fn finish(&self, rows: &Rows, row: usize, block: usize, sums: &[i32; LANES], out: &mut [f32]) {
        let first = block * LANES;
        let out = &mut out[row * self.outputs + first..(row + 1) * self.outputs];
        let signed = i32::from(rows.zero != 0);
        for (lane, o) in out.iter_mut().take(LANES).enumerate() {
            let at = first + lane;
            let sum = sums[lane] - signed * self.shifts[at];
            *o = sum as f32 * (rows.scales[row] * self.scales[at]) + self.bias[at];
        }
    }
}

#[cfg(test)]
mod tests;
