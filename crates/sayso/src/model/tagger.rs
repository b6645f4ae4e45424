//! The tagger: one linear layer from a token's vector to its part of speech and the entity it belongs to.

use super::tag::{InEntity, PartOfSpeech, Tag};
use crate::mention::Kind;

/// Outputs of the tagger: the parts of speech, then "no entity", then for each kind of entity its first
/// token and its others.
pub(super) const OUTPUTS: usize = PartOfSpeech::ALL.len() + 1 + 2 * Kind::ALL.len();

/// The likeliest tag of each token, from rows of [`OUTPUTS`] logits.
pub(super) fn tags(logits: &[f32]) -> Vec<Tag> {
    let tag = |row: &[f32]| {
        let (parts, entities) = row.split_at(PartOfSpeech::ALL.len());
        let entity = largest(entities).checked_sub(1);
        Tag {
            part: PartOfSpeech::ALL[largest(parts)],
            entity: entity.map(|e| InEntity { kind: Kind::ALL[e / 2], is_first: e % 2 == 0 }),
        }
    };
    logits.chunks_exact(OUTPUTS).map(tag).collect()
}

/// Index of the largest value; of equal ones the first.
fn largest(values: &[f32]) -> usize {
    (1..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_logit_of_each_block_wins() {
        let mut row = vec![0.0; OUTPUTS];
        row[7] = 1.0;
        assert_eq!(tags(&row), [Tag { part: PartOfSpeech::Noun, entity: None }]);
        row[17 + 1 + 2] = 0.5;
        row[17 + 1 + 3] = 0.25;
        let first = InEntity { kind: Kind::Organization, is_first: true };
        assert_eq!(tags(&row), [Tag { part: PartOfSpeech::Noun, entity: Some(first) }]);
        row[17 + 1 + 3] = 0.75;
        let next = InEntity { is_first: false, ..first };
        assert_eq!(tags(&row), [Tag { part: PartOfSpeech::Noun, entity: Some(next) }]);
    }
}
