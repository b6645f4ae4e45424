//! Spans as the ledger keeps them: "30-41 88-93", in code points.

use sayso::wire::Range;

/// Spans in one short text.
pub(crate) fn write(spans: &[Range]) -> String {
    let parts: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    parts.join(" ")
}

/// The spans of such a text; what is none is left out.
pub(crate) fn read(spans: &str) -> Vec<Range> {
    let one = |part: &str| {
        let (start, end) = part.split_once('-')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    };
    spans.split(' ').filter_map(one).collect()
}

/// Code points that spans take.
pub(crate) fn length(spans: &[Range]) -> usize {
    spans.iter().map(|[start, end]| end - start).sum()
}

/// Whether one of the spans holds another.
pub(crate) fn hold(spans: &[Range], inner: Range) -> bool {
    spans.iter().any(|outer| outer[0] <= inner[0] && inner[1] <= outer[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_come_back() {
        for spans in [vec![], vec![[3, 9]], vec![[3, 9], [12, 40]]] {
            assert_eq!(read(&write(&spans)), spans);
        }
        assert_eq!(length(&[[3, 9], [12, 40]]), 34);
        assert!(hold(&[[3, 9]], [4, 9]) && !hold(&[[3, 9]], [8, 10]));
    }
}
