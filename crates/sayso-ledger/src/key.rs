//! Short keys of stories and statements: made from the text's hash and a place in it, not from row numbers,
//! so that they survive a newer model and are the same in every ledger.

use sayso::wire::Range;
use sha2::{Digest, Sha256};

/// Letters of a key: 60 bits, so that among a million of them two are alike once in two million ledgers.
const LETTERS: usize = 12;

/// Crockford's base 32 in small letters: no i, l, o, u to be misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Key of the story that prints a text (its SHA-256) at an address or, without one, under an id of its own.
pub(crate) fn story(sha256: &str, place: &str) -> String {
    key(&["story", sha256, place])
}

/// Letters of a statement's key that tell its text: those of one text stand together in an index, which makes adding
/// a story to a large ledger as quick as to a small one.
const OF_TEXT: usize = 8;

/// Keys of a text's statements, in order, from where each has its cue, or its content where it has none. Of
/// several at one place the later ones are told apart by their number.
pub(crate) fn statements<'s>(
    sha256: &str,
    places: impl Iterator<Item = (&'s [Range], &'s [Range])>,
) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let text = key(&["text", sha256]);
    let mut taken = std::collections::HashSet::new();
    let keys = places.map(|(cue, content)| {
        let place = cue.first().or(content.first()).copied().unwrap_or_default();
        let nth = seen.entry(place).and_modify(|n| *n += 1).or_insert(1);
        let place = format!("{}-{}", place[0], place[1]);
        // Of two places with the same letters the later one gets others.
        (0..)
            .map(|more: usize| {
                let own = key(&["statement", sha256, &place, &nth.to_string(), &more.to_string()]);
                format!("{}{}", &text[..OF_TEXT], &own[..LETTERS - OF_TEXT])
            })
            .find(|key| taken.insert(key.clone()))
            .unwrap_or_default()
    });
    keys.collect()
}

/// Key of an entry of the log of corrections, from what it says, who says it and when.
pub(crate) fn correction(parts: &[&str]) -> String {
    key(&[&["correction"], parts].concat())
}

/// A salt for what is forgotten, from what is not the same in two ledgers.
pub(crate) fn salt(seed: &str) -> String {
    key(&["salt", seed])
}

fn key(parts: &[&str]) -> String {
    let bits = bits(parts.join("\n").as_bytes());
    let letter = |n: usize| char::from(ALPHABET[(bits >> (64 - 5 * (n + 1))) as usize & 31]);
    (0..LETTERS).map(letter).collect()
}

/// The first 64 bits of the SHA-256 of some bytes.
pub(crate) fn bits(bytes: &[u8]) -> u64 {
    Sha256::digest(bytes).iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_differ() {
        let one = story("aa", "https://example.org/1");
        assert_eq!(one.len(), LETTERS);
        assert_eq!(one, story("aa", "https://example.org/1"));
        assert_ne!(one, story("aa", "https://example.org/2"));
        let (cue, content): ([Range; 1], [Range; 1]) = ([[4, 8]], [[10, 20]]);
        let places = [(&cue[..], &content[..]), (&cue[..], &content[..]), (&[][..], &content[..])];
        let keys = statements("aa", places.into_iter());
        assert_eq!(keys.iter().collect::<std::collections::HashSet<_>>().len(), 3);
    }
}
