//! When something was said: the day printed beside its cue, or beside that of another statement of evidently
//! the same occasion.

use super::Statement;
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

/// Statements since its speaker's last one, over which an occasion goes on.
const GOES_ON: usize = 4;

/// Carries days to statements that have none: nested ones of the same speaker, and those that go on after a
pub(super) fn carry(statements: &mut [Statement]) {
    let mut last: Vec<(String, usize, Option<String>)> = Vec::new();
    for i in 0..statements.len() {
        let Some(speaker) = statements[i].speaker.clone() else { continue };
        if let Some(outer) = statements[i].inside {
            let is_same = statements[outer].speaker.as_ref() == Some(&speaker);
            if is_same && statements[i].said_on.is_none() {
                statements[i].said_on = statements[outer].said_on.clone();
            }
            continue;
        }
        let at = last.iter().rposition(|(name, place, _)| *name == speaker && i - place <= GOES_ON);
        let carried = at.and_then(|at| last[at].2.clone());
        let day = statements[i].said_on.clone().or(carried);
        statements[i].said_on.clone_from(&day);
        if last.len() > GOES_ON {
            last.remove(0);
        }
        last.push((speaker, i, day));
    }
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
