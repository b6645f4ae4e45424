//! Where the story stands in a dump of a page.
//!
//! Every block gets a weight, the more the likelier it is story, and the story is the run of
//! blocks with the greatest sum (maximum subsequence segmentation: Pasternack and Roth,
//! "Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009).

use super::class::Class;
use std::ops::Range;

/// A block's class and length in words.
pub(super) type Weighed = (Class, usize);

/// The run of blocks that holds the story's body; empty where there is no running text.
pub(super) fn body(blocks: &[Weighed]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (i, &block) in blocks.iter().enumerate() {
        sum += weight(block);
        if sum <= 0 {
            (start, sum) = (i + 1, 0);
        } else if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

/// Words of one paragraph that count; a privacy notice or a comment is often one long block.
const MOST_WORDS: i64 = 60;

/// Set on development pages. A sub-heading or two must not part a story, a dozen links must.
/// Times and names stand in a row of comments or teasers more often than within a story. After
/// a heading such as "Comments" only a text longer than all before it is the story.
fn weight((class, words): Weighed) -> i64 {
    let words = i64::try_from(words).unwrap_or(MOST_WORDS).min(MOST_WORDS);
    match class {
        Class::Prose => words,
        Class::Sentence | Class::Item => words / 2,
        Class::Subhead => 0,
        Class::Short => -10,
        Class::Furniture | Class::Caption => -2,
        Class::Stamp | Class::Byline | Class::Credit | Class::Dateline | Class::Opener => -20,
        Class::End => -100,
        Class::Legal => -200,
    }
}
