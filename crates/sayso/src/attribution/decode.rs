//! From a model's probabilities to attributions.
//!
//! The same steps as `label` in `train/decode.py`, which chose the settings: runs of likely tokens are
//! candidate cues; for each the labels of the tokens near it are read as source and content; a candidate whose
//! cue and content are sure enough together is an attribution. Quotation marks, a closed convention,
//! are obeyed: a quotation is content as a whole or not at all.

use super::{Found, Input};
use crate::model::{Candidate, Label, Reading, Settings};
use crate::token::Token;
use std::ops::Range;

/// Places of a [`Label`].
const SOURCE: usize = 1;
const CONTENT: usize = 2;

/// A run beside the best one is source too from this probability on, ...
const SECOND_SOURCE: f32 = 0.75;
/// ... and from this share of the best one's mass.
const SECOND_MASS: f32 = 0.5;

/// What a model's candidates come to: attributions with the edges that the guidelines give sources and
/// cues, in the order of their cues.
pub(super) fn decode(input: &Input, reading: &Reading<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for Candidate { cue, sure, near, labels } in &reading.candidates {
        let near = Near {
            range: near.clone(),
            tokens: &input.tokens[near.clone()],
            labels,
            quoted: &input.quoted,
            settings: reading.settings,
        };
        found.extend(near.attribution(cue.clone(), *sure, || announced(input, cue.end)));
    }
    keep_accepted(&mut found, reading.settings, input.tokens.len());
    for f in &mut found {
        f.source = f.source.iter().filter_map(|r| name_edges(input, r)).collect();
        f.cue = whole_negation(input, &f.cue);
    }
    found
}

/// A source without marks before it and without the ending of a possessive, and with the whole of the
/// word in which it begins: conventions of the guidelines that need no probability.
fn name_edges(input: &Input, source: &Range<usize>) -> Option<Range<usize>> {
    let is_ending =
        |t: usize| matches!(input.word(t), "'" | "’") && input.is_glued(t) && input.tokens[t - 1].is_word;
    let mut start = source.start;
    if is_ending(start) {
        start -= 1;
    }
    // "And from Ana Ruiz:", "a call by the union": the preposition is not the source's.
    let is_preposition = |t: usize| matches!(input.words.low(t), "by" | "from");
    while start < source.end && (!input.tokens[start].is_word || is_preposition(start)) {
        start += 1;
    }
    let mut end = source.end;
    if end >= start + 2 && input.word(end - 1) == "s" && is_ending(end - 2) {
        end -= 2;
    } else if end > start && is_ending(end - 1) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// A cue with the whole of the negated verb in which it begins: "didn't want", not "'t want".
fn whole_negation(input: &Input, cue: &Range<usize>) -> Range<usize> {
    let mark = if input.word(cue.start) == "t" { cue.start.saturating_sub(1) } else { cue.start };
    let is_negation = mark > 0
        && matches!(input.word(mark), "'" | "’")
        && input.word(mark + 1) == "t"
        && input.word(mark - 1).ends_with('n')
        && input.is_glued(mark)
        && input.is_glued(mark + 1);
    if is_negation { mark - 1..cue.end } else { cue.clone() }
}

/// What stands near a cue: the tokens that may belong to it.
struct Near<'a> {
    range: Range<usize>,
    tokens: &'a [Token],
    labels: &'a [Label],
    quoted: &'a [(usize, usize)],
    settings: &'a Settings,
}

impl Near<'_> {
    /// The attribution of a cue, if it is sure enough. Where no content is near, it is what the cue
    /// announces.
    fn attribution(
        &self,
        cue: Range<usize>,
        sure: f32,
        announced: impl FnOnce() -> Option<Range<usize>>,
    ) -> Option<Found> {
        let mut is_cue = vec![false; self.labels.len()];
        let end = (cue.end - self.range.start).min(is_cue.len());
        is_cue[cue.start - self.range.start..end].fill(true);
        let source = self.source(&is_cue);
        let content = self.content(&is_cue, &source);
        let count = content.iter().filter(|&&c| c).count();
        let mass: f32 = self.labels.iter().zip(&content).filter(|(_, c)| **c).map(|(l, _)| l[CONTENT]).sum();
        let (content, score) = match count {
            0 => (std::iter::once(announced()?).collect(), sure),
            _ => (self.ranges(&content), sure * mass / count as f32),
        };
        let least = self.settings.accept.min(self.settings.nested);
        (score >= least).then(|| Found { cue, source: self.ranges(&source), content, score })
    }

    /// One source: the surest run, with others nearly as sure joined to it.
    fn source(&self, is_cue: &[bool]) -> Vec<bool> {
        let likely =
            |(l, c): (&Label, &bool)| l[SOURCE] >= self.settings.source && l[SOURCE] > l[CONTENT] && !c;
        let mut likely: Vec<bool> = self.labels.iter().zip(is_cue).map(likely).collect();
        fill(&mut likely, is_cue, self.settings.gap);
        let runs = runs(&likely);
        let peak = |r: &Range<usize>| self.labels[r.clone()].iter().map(|l| l[SOURCE]).fold(0.0, f32::max);
        let mass = |r: &Range<usize>| self.labels[r.clone()].iter().map(|l| l[SOURCE]).sum::<f32>();
        let mut source = vec![false; self.labels.len()];
        // Of runs that are equally sure, the first.
        let Some(best) = runs.iter().rev().max_by(|a, b| peak(a).total_cmp(&peak(b))) else { return source };
        for run in &runs {
            if run == best || (peak(run) >= SECOND_SOURCE && mass(run) >= SECOND_MASS * mass(best)) {
                source[run.clone()].fill(true);
            }
        }
        source
    }

    fn content(&self, is_cue: &[bool], source: &[bool]) -> Vec<bool> {
        let taken: Vec<bool> = is_cue.iter().zip(source).map(|(c, s)| *c || *s).collect();
        let likely = |(l, t): (&Label, &bool)| l[CONTENT] >= self.settings.content && !t;
        let mut content: Vec<bool> = self.labels.iter().zip(&taken).map(likely).collect();
        fill(&mut content, &taken, self.settings.gap);
        let pieces = runs(&content);
        let least = pieces.iter().map(Range::len).max().unwrap_or(0).min(self.settings.piece);
        for piece in pieces {
            let unsure = self.labels[piece.clone()].iter().all(|l| l[CONTENT] < self.settings.weak);
            if unsure || piece.len() < least {
                content[piece].fill(false);
            }
        }
        self.extend(&taken, &mut content);
        self.close_quotations(is_cue, source, &mut content);
        content
    }

    /// Content does not stop between words where its probability only fades.
    fn extend(&self, taken: &[bool], content: &mut [bool]) {
        let is_word = |i: usize| self.tokens[i].is_word;
        let is_free = |i: usize| is_word(i) && !taken[i] && self.labels[i][CONTENT] >= self.settings.extend;
        for piece in runs(content) {
            let mut last = piece.end - 1;
            while last + 1 < content.len() && is_free(last + 1) && is_word(last) {
                last += 1;
                content[last] = true;
            }
            let mut first = piece.start;
            while first > 0 && is_free(first - 1) && is_word(first) {
                first -= 1;
                content[first] = true;
            }
        }
    }

    /// A quotation is content as a whole or not at all.
    fn close_quotations(&self, is_cue: &[bool], source: &[bool], content: &mut [bool]) {
        let from = self.quoted.partition_point(|q| q.1 <= self.range.start);
        for &(start, end) in self.quoted[from..].iter().take_while(|q| q.0 < self.range.end) {
            let start = start.max(self.range.start) - self.range.start;
            let end = end.min(self.range.end) - self.range.start;
            let inside = content[start..end].iter().filter(|&&c| c).count();
            let is_content = inside as f32 >= self.settings.quotation * (end - start) as f32;
            if start < end && is_content && !is_cue[start..end].contains(&true) {
                for t in start..end {
                    content[t] = !source[t];
                }
            }
        }
    }

    fn ranges(&self, flags: &[bool]) -> Vec<Range<usize>> {
        runs(flags).into_iter().map(|r| self.range.start + r.start..self.range.start + r.end).collect()
    }
}

/// What a cue announces whose paragraph ends with a colon after nothing but marks: the quotation with
/// which the next paragraph begins, or all of that paragraph.
fn announced(input: &Input, cue_end: usize) -> Option<Range<usize>> {
    let tokens = input.tokens;
    let paragraph = tokens[cue_end - 1].paragraph;
    let marks = tokens[cue_end..].iter().take_while(|t| t.paragraph == paragraph && !t.is_word).count();
    let start = cue_end + marks;
    let next = tokens.get(start).filter(|t| t.paragraph != paragraph)?;
    if input.word(start - 1) != ":" {
        return None;
    }
    let at = input.quoted.partition_point(|q| q.0 < start);
    let quotation = input.quoted.get(at).filter(|q| q.0 == start && q.1 > start).map(|q| q.1);
    let all = || start + tokens[start..].iter().take_while(|t| t.paragraph == next.paragraph).count();
    Some(start..quotation.unwrap_or_else(all))
}

/// Ranges of the set flags.
fn runs(flags: &[bool]) -> Vec<Range<usize>> {
    let (mut found, mut start) = (Vec::new(), None);
    for (i, &flag) in flags.iter().chain([&false]).enumerate() {
        match (flag, start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                found.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Fills holes of at most `most` tokens between set flags, unless a barred token stands in the hole.
fn fill(flags: &mut [bool], barred: &[bool], most: usize) {
    for pair in runs(flags).windows(2) {
        let hole = pair[0].end..pair[1].start;
        if hole.len() <= most && !barred[hole.clone()].contains(&true) {
            flags[hole].fill(true);
        }
    }
}

/// Keeps what is sure enough by itself, and what is less sure but stands inside one that is.
fn keep_accepted(found: &mut Vec<Found>, settings: &Settings, count: usize) {
    // For each token the first token after the accepted piece of content that reaches farthest over
    // it. Contents are pieces, so a cue stands in one piece or in none.
    let mut reach = vec![0usize; count];
    for piece in found.iter().filter(|f| f.score >= settings.accept).flat_map(|f| &f.content) {
        reach[piece.start] = reach[piece.start].max(piece.end);
    }
    let mut farthest = 0;
    for end in &mut reach {
        farthest = farthest.max(*end);
        *end = farthest;
    }
    found.retain(|f| {
        f.score >= settings.accept || (f.score >= settings.nested && reach[f.cue.start] >= f.cue.end)
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_input;
    use super::*;
    use crate::text::Span;

    fn near(labels: &[Label], from: usize, quoted: &[(usize, usize)], cue: Range<usize>) -> Option<Found> {
        let range = from..from + labels.len();
        let token = Token { span: Span::new(0, 1), is_word: true, paragraph: 0 };
        let tokens = &vec![token; labels.len()];
        let settings = &Settings { piece: 1, ..Settings::default() };
        Near { range, tokens, labels, quoted, settings }.attribution(cue, 1.0, || None)
    }

    fn only(range: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(range).collect()
    }

    const N: Label = [0.9, 0.05, 0.05];
    const S: Label = [0.05, 0.9, 0.05];
    const C: Label = [0.05, 0.05, 0.9];

    #[test]
    fn labels_become_ranges() {
        let found = near(&[S, S, N, C, C], 10, &[], 12..13).unwrap();
        assert_eq!((found.source, found.content), (only(10..12), only(13..15)));
        assert!(near(&[S, S, N, N, N], 10, &[], 12..13).is_none());
    }

    #[test]
    fn small_gaps_in_content_are_filled_but_not_over_the_cue() {
        let found = near(&[C, N, N, C, C, N, C], 0, &[], 5..6).unwrap();
        assert_eq!(found.content, [0..5, 6..7]);
    }

    #[test]
    fn a_quotation_is_content_as_a_whole() {
        let found = near(&[N, C, C, N, S, N], 0, &[(0, 4)], 5..6).unwrap();
        assert_eq!((found.content, found.source), (only(0..4), only(4..5)));
        let found = near(&[N, N, N, C, S, N, C, C], 0, &[(0, 4)], 5..6).unwrap();
        assert_eq!(found.content, [3..4, 6..8]);
    }

    #[test]
    fn sources_have_the_edges_of_names() {
        with_input(") - Mayor Brandt's claim", |input, _| {
            // ) - Mayor Brandt ' s claim
            assert_eq!(name_edges(input, &(0..4)), Some(2..4));
            assert_eq!(name_edges(input, &(2..6)), Some(2..4));
            assert_eq!(name_edges(input, &(2..5)), Some(2..4));
            assert_eq!(name_edges(input, &(4..6)), Some(3..4));
            assert_eq!(name_edges(input, &(0..2)), None);
        });
    }

    #[test]
    fn cues_begin_with_the_whole_of_a_negation() {
        with_input("He didn’t say. It's told.", |input, _| {
            // He didn ’ t say . It ' s told .
            assert_eq!(whole_negation(input, &(2..5)), 1..5);
            assert_eq!(whole_negation(input, &(3..5)), 1..5);
            assert_eq!(whole_negation(input, &(1..5)), 1..5);
            assert_eq!(whole_negation(input, &(7..10)), 7..10);
        });
    }

    #[test]
    fn a_colon_announces_the_next_paragraph() {
        with_input("Brandt wrote:\n\n\"Enough.\" So it ended.\n\nShe added:\n\nNo more.", |input, _| {
            let word = |t: usize| input.word(t);
            let added = (0..input.tokens.len()).find(|&t| word(t) == "added").unwrap();
            assert_eq!(announced(input, 2).map(|r| (word(r.start), word(r.end - 1))), Some(("\"", "\"")));
            assert_eq!(announced(input, added + 1).map(|r| (word(r.start), r.len())), Some(("No", 3)));
            assert_eq!(announced(input, 1), None);
        });
    }

    #[test]
    fn what_is_unsure_stays_only_inside_what_is_sure() {
        let found = |cue: Range<usize>, content: Range<usize>, score| Found {
            cue,
            source: Vec::new(),
            content: only(content),
            score,
        };
        let settings = Settings { accept: 0.5, nested: 0.3, ..Settings::default() };
        let mut all = vec![
            found(0..1, 1..9, 0.9),
            found(3..4, 4..6, 0.4),
            found(4..5, 5..6, 0.2),
            found(10..11, 11..12, 0.4),
            found(8..10, 10..12, 0.4),
        ];
        keep_accepted(&mut all, &settings, 20);
        let cues: Vec<usize> = all.iter().map(|f| f.cue.start).collect();
        assert_eq!(cues, [0, 3]);
    }
}
