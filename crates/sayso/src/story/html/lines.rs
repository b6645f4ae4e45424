//! Lines that stand in the story's place but are not story.

use super::super::ParagraphKind;
use super::tree::Block;

/// Whether a block within the story's container is not story.
pub(super) fn is_clutter(block: &Block, kind: ParagraphKind, headline: Option<&str>) -> bool {
    is_link(block, kind) || headline.is_some_and(|h| same_words(h, &block.text))
}

/// A paragraph, item or heading that is nothing but a link leads to another story.
fn is_link(block: &Block, kind: ParagraphKind) -> bool {
    let share = if kind == ParagraphKind::Body && block.chars > 200 { 0.95 } else { 0.8 };
    block.link_share() > share
}

/// Whether a block between headline and body reads like the story's lead.
pub(super) fn is_lead(block: &Block) -> bool {
    block.chars >= 40 && block.link_share() < 0.3
}

/// Whether two texts are the same but for white space, case and punctuation.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |t: &str| -> String {
        t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    words(a) == words(b)
}
