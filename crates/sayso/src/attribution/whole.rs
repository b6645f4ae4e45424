//! Whole quotations: a content that enters a quotation holds all of it.
//!
//! A model sees only some tokens about a cue, so of a long quotation it loses the beginning or the
//! end. Quotation marks are a closed convention: where the reporting clause stands outside of them,
//! what is between them was said by one speaker. So a content goes to both marks of every quotation
//! it enters, and over paragraphs where each goes on with an opening mark; where a mark is never
//! closed, no farther than its paragraph. A statement inside another's quotation ("“I think ...”")
//! may end anywhere in it, but not behind its mark.

use super::{Found, Input};
use crate::features::Place;
use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;

/// Makes the quotations in the contents whole.
pub(super) fn complete(input: &Input, found: &mut [Found]) {
    let nested = nested(input, found);
    one_speaker(input, found, &nested);
    for (f, &is_nested) in found.iter_mut().zip(&nested) {
        let own = input.quotations_in(&f.cue);
        if is_nested && !own.is_empty() {
            keep_within(input, f, &own);
            hold_back(input, f, own);
        } else {
            cover(input, f, &own);
        }
    }
    go_on(input, found, &nested);
}

/// Leaves a quotation that several outer contents enter to the one whose cue stands in its sentences, and
/// that has most of it: what stands between two marks was said by one speaker. A content that has nothing
/// else keeps it, and so does one whose cue is there too.
fn one_speaker(input: &Input, found: &mut [Found], nested: &[bool]) {
    let mut most: HashMap<usize, (bool, usize, usize)> = HashMap::new();
    let mut far = Vec::new();
    for (i, f) in found.iter().enumerate().filter(|(i, _)| !nested[*i]) {
        let own = input.quotations_in(&f.cue);
        for piece in &f.content {
            for k in input.quotations_in(piece).filter(|k| !own.contains(k)) {
                let (start, end) = input.quoted[k];
                let sentences = input.sentence(start).start..input.sentence(end - 1).end;
                let is_near = sentences.contains(&f.cue.start);
                let claim = (is_near, piece.end.min(end) - piece.start.max(start), i);
                let best = most.entry(k).or_insert(claim);
                *best = claim.max(*best);
                far.extend((!is_near).then_some((k, i)));
            }
        }
    }
    for (k, i) in far.into_iter().filter(|(k, i)| most[k].0 && most[k].2 != *i) {
        let barred = input.quoted[k].0..input.quoted[k].1;
        let pieces = found[i].content.iter();
        let left: Vec<Range<usize>> =
            pieces.flat_map(|p| without(p.clone(), std::slice::from_ref(&barred))).collect();
        if left.iter().any(|r| r.clone().any(|t| input.tokens[t].is_word)) {
            found[i].content = left;
        }
    }
}

/// For each whether its cue stands in the content of another that is larger.
pub(super) fn nested(input: &Input, found: &[Found]) -> Vec<bool> {
    let size =
        |f: &Found| -> usize { f.content.iter().map(|r| input.words.span(r.start, r.end).len()).sum() };
    let sizes: Vec<usize> = found.iter().map(size).collect();
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    for (f, &size) in found.iter().zip(&sizes) {
        pieces.extend(f.content.iter().map(|r| (r.start, r.end, size)));
    }
    pieces.sort_unstable();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].cue.start);
    let mut nested = vec![false; found.len()];
    // The pieces that begin before the cue, the largest content first.
    let mut open: BinaryHeap<(usize, usize)> = BinaryHeap::new();
    let mut next = 0;
    for i in order {
        let cue = &found[i].cue;
        while next < pieces.len() && pieces[next].0 <= cue.start {
            open.push((pieces[next].2, pieces[next].1));
            next += 1;
        }
        while open.peek().is_some_and(|&(_, end)| end < cue.end || end == cue.start) {
            open.pop();
        }
        nested[i] = open.peek().is_some_and(|&(size, _)| size > sizes[i]);
    }
    nested
}

/// Adds the rest of every quotation that the content enters, but of those about the cue. A content that
/// has no word of a quotation, only its mark, is taken out of it.
fn cover(input: &Input, f: &mut Found, own: &Range<usize>) {
    f.content.iter_mut().for_each(|piece| leave(input, piece, own));
    f.content.retain(|piece| !piece.is_empty());
    let mut pieces = f.content.clone();
    for k in f.content.iter().flat_map(|piece| input.quotations_in(piece)) {
        if !own.contains(&k) {
            let (start, end) = input.quoted[k];
            pieces.extend(without(start..end, &f.source));
        }
    }
    f.content = merged(pieces);
}

/// Takes off the ends of a content the marks of quotations of which it has no word, unless nothing is left.
fn leave(input: &Input, piece: &mut Range<usize>, own: &Range<usize>) {
    for k in input.quotations_in(piece).filter(|k| !own.contains(k)) {
        let (start, end) = input.quoted[k];
        let shared = piece.start.max(start)..piece.end.min(end);
        if !shared.clone().any(|t| input.tokens[t].is_word) && shared.len() < end - start {
            if piece.start < start {
                piece.end = start;
            } else if piece.end > end {
                piece.start = end;
            }
        }
    }
}

/// Takes off a content inside a quotation the part of another quotation that it runs over into: who speaks
/// there may be somebody else. A content that has nothing else keeps it.
fn keep_within(input: &Input, f: &mut Found, own: &Range<usize>) {
    let entered = f.content.iter().flat_map(|piece| input.quotations_in(piece)).filter(|k| !own.contains(k));
    let is_held = |k: &usize| {
        let (start, end) = input.quoted[*k];
        f.content.iter().any(|piece| piece.start <= start && end <= piece.end)
    };
    let cut: Vec<Range<usize>> =
        entered.filter(|k| !is_held(k)).map(|k| input.quoted[k].0..input.quoted[k].1).collect();
    let left: Vec<Range<usize>> = f.content.iter().flat_map(|piece| without(piece.clone(), &cut)).collect();
    if left.iter().any(|r| r.clone().any(|t| input.tokens[t].is_word)) {
        f.content = left;
    }
}

/// Takes off a content inside a quotation what stands behind the quotation's closing mark, and the mark.
fn hold_back(input: &Input, f: &mut Found, own: Range<usize>) {
    for k in own.filter(|&k| input.is_closed(k)) {
        let (start, end) = input.quoted[k];
        let marks = (start..end).rev().take_while(|&t| input.features[t].quotation == Place::Closing).count();
        let ends_in_marks = |p: &&mut Range<usize>| p.start > start && p.start < end && p.end > end - marks;
        for piece in f.content.iter_mut().filter(ends_in_marks).filter(|p| !has_partner(input, p)) {
            piece.end = (end - marks).max(piece.start);
        }
    }
    // A content that is nothing but a mark stays as it is.
    if f.content.iter().any(|p| !p.is_empty()) {
        f.content.retain(|p| !p.is_empty());
    } else {
        f.content.iter_mut().for_each(|p| p.end = p.start + 1);
    }
}

/// Whether the first mark in a range opens what its last one closes, by their shapes.
fn has_partner(input: &Input, range: &Range<usize>) -> bool {
    let mut marks = range.clone().map(|t| input.word(t)).filter(|w| matches!(*w, "“" | "”" | "«" | "»"));
    matches!((marks.next(), marks.next_back()), (Some("“"), Some("”")) | (Some("«"), Some("»")))
}

/// A range without those tokens of it that are in `source`.
fn without(range: Range<usize>, source: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), range.start);
    let mut barred: Vec<&Range<usize>> =
        source.iter().filter(|s| s.start < range.end && s.end > range.start).collect();
    barred.sort_by_key(|s| s.start);
    for s in barred {
        parts.push(start..s.start.max(start));
        start = start.max(s.end);
    }
    parts.push(start..range.end.max(start));
    parts.retain(|p| !p.is_empty());
    parts
}

/// The ranges in order, those that touch made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|r| (r.start, r.end));
    let mut found: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match found.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => found.push(range),
        }
    }
    found
}

/// Takes quoted speech that is left open at a paragraph's end on with the next paragraph's quotation, and
/// back to the paragraphs before that it goes on from, unless they are somebody's already.
fn go_on(input: &Input, found: &mut [Found], nested: &[bool]) {
    let count = input.quoted.len();
    let (mut taken, mut has_cue) = (vec![false; count], vec![false; count]);
    for f in &*found {
        let own = input.quotations_in(&f.cue);
        let entered = f.content.iter().flat_map(|piece| input.quotations_in(piece));
        entered.filter(|k| !own.contains(k)).for_each(|k| taken[k] = true);
        own.for_each(|k| has_cue[k] = true);
    }
    for (f, _) in found.iter_mut().zip(nested).filter(|(_, nested)| !**nested) {
        let (Some(first), Some(last)) = (f.content.first(), f.content.last()) else { continue };
        let (first, last) = (first.start, last.end);
        let mut added = Vec::new();
        let mut k = input.quoted.partition_point(|q| q.1 < last);
        let mut ends = input.quoted.get(k).is_some_and(|q| q.1 == last);
        while ends && input.quotations[k].continues && k + 1 < count {
            k += 1;
            // In one that is never closed a cue may be a reporting clause behind a lost mark.
            let is_sure = input.is_closed(k) || input.quotations[k].continues || !has_cue[k];
            ends = !taken[k] && is_sure;
            if ends {
                taken[k] = true;
                added.push(input.quoted[k].0..input.quoted[k].1);
            }
        }
        let mut k = input.quoted.partition_point(|q| q.0 < first);
        let mut begins = input.quoted.get(k).is_some_and(|q| q.0 == first);
        while begins && k > 0 && input.quotations[k - 1].continues {
            k -= 1;
            begins = !taken[k] && !has_cue[k];
            if begins {
                taken[k] = true;
                added.push(input.quoted[k].0..input.quoted[k].1);
            }
        }
        if !added.is_empty() {
            f.content.extend(added.into_iter().filter(|r| !r.is_empty()));
            f.content = merged(std::mem::take(&mut f.content));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rows, with_input};
    use super::*;

    fn one(range: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(range).collect()
    }

    /// The contents after completion of attributions with these cues and contents.
    fn completed(text: &str, given: &[(Range<usize>, Range<usize>)]) -> Vec<String> {
        with_input(text, |input, _| {
            let found = |(cue, content): &(Range<usize>, Range<usize>)| Found {
                cue: cue.clone(),
                source: Vec::new(),
                content: one(content.clone()),
                score: 1.0,
            };
            let mut found: Vec<Found> = given.iter().map(found).collect();
            complete(input, &mut found);
            rows(input, &found).into_iter().map(|[_, _, content]| content).collect()
        })
    }

    #[test]
    fn a_content_that_enters_a_quotation_holds_it_whole() {
        // " We went home , " he said .
        assert_eq!(completed("\"We went home,\" he said.", &[(7..8, 3..5)]), ["\"We went home,\""]);
        assert_eq!(completed("He said: \"We went home.\" So.", &[(1..3, 3..5)]), ["\"We went home.\""]);
        // He said that the " old bridge " was safe .
        assert_eq!(
            completed("He said that the \"old bridge\" was safe.", &[(1..2, 2..6)]),
            ["that the \"old bridge\""]
        );
    }

    #[test]
    fn a_statement_inside_a_quotation_ends_in_it() {
        // " I think it works , " he said .
        assert_eq!(
            completed("\"I think it works,\" he said.", &[(8..9, 0..7), (2..3, 3..8)]),
            ["\"I think it works,\"", "it works,"]
        );
    }

    #[test]
    fn a_statement_inside_a_quotation_leaves_others_alone() {
        // ‘ It fell . It works ’ “ nobody asked , he says . ” so Ruiz said .
        let text = "‘It fell. It works’ “nobody asked, he says.” so Ruiz said.";
        let given = [(17..18, 0..15), (12..13, 4..10)];
        assert_eq!(completed(text, &given)[1], "“nobody asked");
    }

    #[test]
    fn quotations_that_go_on_are_one_content() {
        // He said : “ We went . “ I think we won . “ So it was . ” The end .
        let text = "He said: “We went.\n\n“I think we won.\n\n“So it was.”\n\nThe end.";
        let whole = "“We went. | “I think we won. | “So it was.”".replace(" | ", "\n\n");
        assert_eq!(completed(text, &[(1..3, 3..5), (9..10, 10..12)]), [whole.as_str(), "we won"]);
        let text = "“We went.\n\n“We won,” he said.";
        assert_eq!(completed(text, &[(10..11, 4..9)]), ["“We went.\n\n“We won,”"]);
    }

    #[test]
    fn quotations_of_another_are_left_to_them() {
        // " We went , " he said . " We saw . " We won . "
        let text = "\"We went,\" he said. \"We saw.\n\n\"We won.\"";
        let contents = completed(text, &[(6..7, 8..12), (6..7, 12..17)]);
        assert_eq!(contents, ["\"We saw.", "\"We won.\""]);
    }

    #[test]
    fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
        let text = "He said: “We went.\n\nThe town was empty.";
        assert_eq!(completed(text, &[(1..3, 3..5)]), ["“We went."]);
    }
}
