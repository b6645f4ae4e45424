//! Gzip member by member, as web archives are written: a record each. A member is given out only when its checksum
//! has been read and fits; one that is damaged is told, and the next one is found by its first bytes.

use crate::bytes::{Bytes, MAX};
use flate2::bufread::GzDecoder;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// The first bytes of a member: gzip's own two, and the one method that there is (RFC 1952).
const MAGIC: [u8; 3] = [0x1F, 0x8B, 0x08];

/// Bytes of a member held at most: a record with the largest page, and its head. What has more is read as it comes.
const LARGEST: u64 = MAX + (1 << 20);

/// A gzip file by its members.
pub(crate) struct Members {
    /// `None` after the last one.
    raw: Option<Bytes>,
    /// Bytes before the next one.
    at: u64,
    /// Whether what stands before the next one was told of as damaged.
    is_told: bool,
}

/// A member, unpacked.
pub(crate) enum Member {
    /// All of it.
    Whole(Vec<u8>),
    /// It is larger than can be held: this is all that is left of the file.
    Rest(Bytes),
}

impl Members {
    pub(crate) fn new(raw: Bytes) -> Members {
        Members { raw: Some(raw), at: 0, is_told: false }
    }

    /// The next member, or the byte of the file at which a damaged one begins.
    pub(crate) fn next(&mut self) -> Option<Result<Member, u64>> {
        loop {
            let mut raw = self.raw.take()?;
            let is_end = raw.fill_buf().map_or(true, <[u8]>::is_empty);
            if is_end {
                return None;
            }
            let start = self.at;
            let mut taken = Taken { inner: raw, kept: Vec::new() };
            if !taken.begins(&MAGIC) {
                let (raw, skipped) = taken.skip_to_magic();
                self.raw = Some(raw);
                self.at += skipped;
                if !std::mem::replace(&mut self.is_told, true) {
                    return Some(Err(start));
                }
                continue;
            }
            let mut bytes = Vec::new();
            let read = GzDecoder::new(&mut taken).take(LARGEST + 1).read_to_end(&mut bytes);
            let Taken { inner, kept } = taken;
            return Some(match read {
                Ok(_) if bytes.len() as u64 > LARGEST => {
                    let whole = MultiGzDecoder::new(Cursor::new(kept).chain(inner));
                    Ok(Member::Rest(Box::new(BufReader::new(whole))))
                }
                Ok(_) => {
                    (self.raw, self.at, self.is_told) = (Some(inner), start + kept.len() as u64, false);
                    Ok(Member::Whole(bytes))
                }
                // Nothing could be taken at all: the file cannot be read on.
                Err(_) if kept.is_empty() => Err(start),
                Err(_) => {
                    // The next one may begin within what the broken one took.
                    let next = kept.windows(MAGIC.len()).skip(1).position(|w| w == MAGIC).map(|p| p + 1);
                    // Or end there: it may have taken the first bytes of one.
                    let next = next.unwrap_or((kept.len() + 1).saturating_sub(MAGIC.len()).max(1));
                    self.raw = Some(Box::new(Cursor::new(kept[next..].to_vec()).chain(inner)));
                    (self.at, self.is_told) = (start + next as u64, true);
                    Err(start)
                }
            });
        }
    }
}

/// A reader that keeps what was taken from it.
struct Taken {
    inner: Bytes,
    kept: Vec<u8>,
}

impl Taken {
    /// Whether the next bytes are these; they are not taken.
    fn begins(&mut self, magic: &[u8]) -> bool {
        if self.inner.fill_buf().is_ok_and(|head| head.len() >= magic.len()) {
            return self.inner.fill_buf().is_ok_and(|head| head.starts_with(magic));
        }
        // At the end of a buffer: the bytes are fetched one after the other and put back.
        let mut head = Vec::new();
        let read = self.inner.by_ref().take(magic.len() as u64).read_to_end(&mut head);
        let begins = read.is_ok() && head == magic;
        let inner = std::mem::replace(&mut self.inner, Box::new(io::empty()));
        self.inner = Box::new(Cursor::new(head).chain(inner));
        begins
    }

    /// Passes over bytes until a member may begin; gives how many.
    fn skip_to_magic(mut self) -> (Bytes, u64) {
        let mut skipped = 0;
        let mut last = [0; 2];
        let mut byte = [0];
        while self.inner.read_exact(&mut byte).is_ok() {
            skipped += 1;
            if [last[0], last[1], byte[0]] == MAGIC && skipped > MAGIC.len() as u64 {
                return (
                    Box::new(Cursor::new(MAGIC.to_vec()).chain(self.inner)),
                    skipped - MAGIC.len() as u64,
                );
            }
            last = [last[1], byte[0]];
        }
        (self.inner, skipped)
    }
}

impl Read for Taken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.kept.extend_from_slice(&buffer[..count]);
        Ok(count)
    }
}

impl BufRead for Taken {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed was in the buffer.
        if let Ok(head) = self.inner.fill_buf() {
            self.kept.extend_from_slice(&head[..count.min(head.len())]);
        }
        self.inner.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// The members' texts, or where a damaged one begins.
    fn read(bytes: &[u8], buffer: usize) -> Vec<Result<String, u64>> {
        let raw = BufReader::with_capacity(buffer, Cursor::new(bytes.to_vec()));
        let mut members = Members::new(Box::new(raw));
        let mut found = Vec::new();
        while let Some(member) = members.next() {
            found.push(member.map(|member| match member {
                Member::Whole(bytes) => String::from_utf8(bytes).unwrap(),
                Member::Rest(_) => unreachable!("nothing is that large"),
            }));
        }
        found
    }

    #[test]
    fn a_damaged_member_is_told_and_the_others_are_read() {
        let words = |n: usize| format!("member {n} ").repeat(40 + n);
        let parts: Vec<Vec<u8>> = (0..4).map(|n| gzip(&words(n))).collect();
        let whole = parts.concat();
        let starts: Vec<usize> = (0..4).map(|n| parts[..n].iter().map(Vec::len).sum()).collect();
        for buffer in [1, 2, 7, 8192] {
            let all: Vec<_> = (0..4).map(|n| Ok(words(n))).collect();
            assert_eq!(read(&whole, buffer), all);
            // A flipped bit in any byte of the second one leaves the others whole.
            for byte in starts[1]..starts[2] {
                let mut broken = whole.clone();
                broken[byte] ^= 0x10;
                let read = read(&broken, buffer);
                for n in [0, 2, 3] {
                    assert!(read.contains(&Ok(words(n))), "byte {byte}, member {n}: {read:?}");
                }
                let is_told = read.contains(&Err(starts[1] as u64));
                // Time and system in the head of a member are not covered by its checksum.
                assert!(is_told || read.contains(&Ok(words(1))), "byte {byte}: {read:?}");
            }
            let garbage = [parts[0].as_slice(), b"\x1F\x8Bno gzip \x1F", &parts[1]].concat();
            let at = parts[0].len() as u64;
            assert_eq!(read(&garbage, buffer), [Ok(words(0)), Err(at), Ok(words(1))]);
            let cut = read(&whole[..whole.len() - 5], buffer);
            assert_eq!(cut.last(), Some(&Err(starts[3] as u64)));
        }
    }
}
