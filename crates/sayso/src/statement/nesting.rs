//! Which statement stands inside which.

use crate::attribution::Attribution;
use crate::text::Span;

/// For each attribution the index of the smallest one whose content covers its cue.
///
/// Contents are swept from the left, and only those still open at a cue are compared.
pub(super) fn outer(attributions: &[Attribution]) -> Vec<Option<usize>> {
    let mut pieces: Vec<(Span, usize)> =
        attributions.iter().enumerate().flat_map(|(i, a)| a.content.iter().map(move |s| (*s, i))).collect();
    pieces.sort();
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| (place(&attributions[i]), i));
    let mut outer = vec![None; attributions.len()];
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = 0;
    for i in order {
        let Some(at) = place(&attributions[i]) else { continue };
        while next < pieces.len() && pieces[next].0.start <= at.start {
            if open.len() >= DEEPEST {
                open.remove(0);
            }
            open.push(pieces[next]);
            next += 1;
        }
        open.retain(|(span, _)| span.end > at.start);
        outer[i] = open
            .iter()
            .rev()
            .filter(|(span, j)| span.covers(at) && is_within(attributions, i, *j))
            .min_by_key(|(_, j)| size(&attributions[*j]))
            .map(|(_, j)| *j);
    }
    outer
}

/// Contents open at one place: more than a story can mean, and the bound keeps the time linear.
const DEEPEST: usize = 64;

/// Where an attribution stands: its cue, or where there is none its content.
fn place(attribution: &Attribution) -> Option<Span> {
    attribution.cue.or_else(|| attribution.content.first().copied())
}

fn size(attribution: &Attribution) -> usize {
    attribution.content.iter().map(|s| s.len()).sum()
}

/// Whether `i` may stand inside `j`: the larger content holds the smaller, so that no two hold
/// each other.
fn is_within(attributions: &[Attribution], i: usize, j: usize) -> bool {
    i != j && (size(&attributions[j]), j) > (size(&attributions[i]), i)
}
