//! Places in a text.
//!
//! Inside the library a place is a byte offset, because that is what slices a `str` at no cost.
//! On the wire it is a code point, because that is what Python, JavaScript's iterators and the
//! annotated corpora count. [`CodePoints`] translates, once, at the border.

/// A half-open range `[start, end)` of bytes of one story's text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`.
    ///
    /// # Panics
    /// When an offset passes 4 GiB or the span ends before it starts; pages are cut long before.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "span ends before it starts: {start}..{end}");
        let fit = |n: usize| u32::try_from(n).expect("texts are shorter than 4 GiB");
        Span { start: fit(start), end: fit(end) }
    }

    /// The characters the span covers.
    ///
    /// # Panics
    /// When the span is not of this text.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `inner` is in this span.
    pub fn covers(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Translates byte offsets of one text into code points and back.
///
/// Both directions take logarithmic time: one mark is kept every 64 bytes.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before the character boundary at or after each multiple of [`STRIDE`] bytes.
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0u32;
        for (i, b) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                marks.push(count);
            }
            count += u32::from(is_boundary_byte(b));
        }
        if text.len().is_multiple_of(STRIDE) {
            marks.push(count);
        }
        CodePoints { text, marks }
    }

    /// Code points before byte `offset`.
    ///
    /// # Panics
    /// When the offset is past the end of the text.
    pub fn at(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        let tail = &self.text.as_bytes()[block * STRIDE..offset];
        self.marks[block] as usize + tail.iter().filter(|&&b| is_boundary_byte(b)).count()
    }

    /// The span in code points, `[start, end)`.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.at(span.start as usize), self.at(span.end as usize)]
    }

    /// The byte at which code point `index` begins; the text's length for one past the last,
    /// `None` beyond.
    pub fn byte(&self, index: usize) -> Option<usize> {
        let block = self.marks.partition_point(|&m| (m as usize) <= index).checked_sub(1)?;
        let from = block * STRIDE;
        let mut left = index - self.marks[block] as usize;
        for (i, b) in self.text.bytes().enumerate().skip(from) {
            if is_boundary_byte(b) {
                if left == 0 {
                    return Some(i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }
}

/// Whether a byte begins a character in UTF-8.
fn is_boundary_byte(b: u8) -> bool {
    b & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_translate_both_ways(text in "\\PC{0,300}") {
            let points = CodePoints::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), n);
                prop_assert_eq!(points.byte(n), Some(byte));
            }
            let all = text.chars().count();
            prop_assert_eq!(points.at(text.len()), all);
            prop_assert_eq!(points.byte(all), Some(text.len()));
            prop_assert_eq!(points.byte(all + 1), None);
        }
    }
}
