//! How much of a content stands in quotation marks.

use super::Kind;
use crate::quotation::Quotation;
use crate::text::Span;
use crate::token::Tokens;

/// The kind of a content: all, some or none of its words between quotation marks.
pub(super) fn of(words: &Tokens<'_>, quotations: &[Quotation], content: &[Span]) -> Kind {
    let (mut all, mut quoted) = (0, 0);
    for span in content {
        let (start, end) = words.touched(*span);
        for token in words.list[start..end].iter().filter(|t| t.is_word) {
            all += 1;
            quoted += usize::from(is_quoted(quotations, token.span));
        }
    }
    match quoted {
        0 => Kind::Indirect,
        n if n == all => Kind::Direct,
        _ => Kind::Mixed,
    }
}

/// Whether a span begins inside a quotation. Quotations stand in order, without overlap.
fn is_quoted(quotations: &[Quotation], span: Span) -> bool {
    let after = quotations.partition_point(|q| q.span.start <= span.start);
    after.checked_sub(1).is_some_and(|i| span.start < quotations[i].span.end)
}
