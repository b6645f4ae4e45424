//! When something was said: the day printed beside its cue.

use crate::attribution::Attribution;
use crate::period::Period;
use crate::text::Span;
use crate::token::Tokens;

/// Words between a cue and the day it happened on; set on the training stories.
const NEAR: usize = 12;

/// For each attribution the ISO date on which it was said, where its sentence tells it outside of the
/// content. `periods` are the story's, in order.
pub(super) fn days(
    tokens: &Tokens<'_>,
    periods: &[Period],
    attributions: &[Attribution],
) -> Vec<Option<String>> {
    attributions.iter().map(|attribution| day(tokens, periods, attribution)).collect()
}

fn day(tokens: &Tokens<'_>, periods: &[Period], attribution: &Attribution) -> Option<String> {
    let (cue_start, cue_end) = tokens.touched(attribution.cue?);
    let sentence = tokens.sentences.get(tokens.sentences.partition_point(|s| s.end as usize <= cue_start))?;
    // Only what is near enough to be the cue's own day is looked at.
    let from = (sentence.start as usize).max(cue_start.saturating_sub(NEAR));
    let to = (sentence.end as usize).min(cue_end + NEAR);
    let first = periods.partition_point(|p| tokens.touched(p.span).0 < from);
    let near = periods[first..]
        .iter()
        .map(|p| (p, tokens.touched(p.span)))
        .take_while(|(_, (start, _))| *start < to);
    let told = near.filter(|(period, (start, end))| {
        // "Said a day earlier that ...": what leads to "that" is the cue's, whatever the content's edge.
        let leads = |c: &&Span| c.start >= period.span.start && tokens.low(*end) == "that";
        let mut holding = attribution.content.iter().filter(|c| c.overlaps(period.span));
        holding.all(|c| leads(&c)) && !is_since(tokens, *start)
    });
    let dated = told.filter_map(|(period, place)| Some((period.day()?, place)));
    let distance = |(start, end): (usize, usize)| {
        if start >= cue_end { start - cue_end } else { cue_start.saturating_sub(end) }
    };
    dated.min_by_key(|(_, place)| distance(*place)).map(|(day, _)| day.to_string())
}

/// Whether a day is only one end of the time in which something holds: "since Monday".
fn is_since(tokens: &Tokens<'_>, start: usize) -> bool {
    matches!(tokens.low_before(start), "since" | "until" | "till")
}
