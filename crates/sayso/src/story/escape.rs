//! Entities that were escaped twice: `&amp;ldquo;` in a page shows as `&ldquo;`, and was meant as a mark.

use std::borrow::Cow;

/// Longest entity, without its `&` and `;`.
const LONGEST: usize = 10;

/// The text with what reads like an entity decoded, angle brackets left out: a page about HTML may show
/// those on purpose.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') || !text.contains(';') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST + 2).position(|b| b == b';').map_or(1, |end| end + 1);
        let entity = &rest[..end];
        match html_escape::decode_html_entities(entity) {
            mark if mark.len() < entity.len() && !matches!(&*mark, "<" | ">") => out.push_str(&mark),
            _ => out.push_str(entity),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_reads_like_an_entity_is_one() {
        assert_eq!(
            decoded("&ldquo;It&#8217;s late,&rdquo; said Ruiz &amp; Park"),
            "“It’s late,” said Ruiz & Park"
        );
        assert_eq!(decoded("the &lt;b&gt; tag"), "the &lt;b&gt; tag");
        assert_eq!(decoded("R&D; &;; & so &é;"), "R&D; &;; & so &é;");
    }
}
