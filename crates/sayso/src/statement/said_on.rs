//! When something was said: the day printed beside its cue, by the story's own date.

use crate::attribution::Attribution;
use crate::story::{ParagraphKind, Story, calendar};
use crate::token::Sentence;
use crate::token::Tokens;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The dates of one story.
pub(super) struct Calendar {
    /// The day on which the story was filed or published.
    today: Option<NaiveDate>,
}

impl Calendar {
    /// Takes the day from the dateline, else the time of publication, else a line that holds
    /// nothing but a date.
    pub(super) fn of(story: &Story, words: &Tokens<'_>) -> Calendar {
        let meta = &story.meta;
        let filed = meta.dateline.as_ref().and_then(|d| d.date.as_deref());
        let told = filed.into_iter().chain(meta.published.as_deref());
        let today = told.filter_map(iso).next().or_else(|| lone_date(story));
        // A story without tokens has no statements to date.
        Calendar { today: today.filter(|_| words.len() > 0) }
    }

    /// For each attribution the ISO date on which it was said, where its sentence tells it
    /// outside of the content.
    pub(super) fn days(
        &self,
        words: &Tokens<'_>,
        sentences: &[Sentence],
        attributions: &[Attribution],
    ) -> Vec<Option<String>> {
        let day = |a: &Attribution| self.day(words, sentences, a).map(|date| date.to_string());
        attributions.iter().map(day).collect()
    }

    fn day(
        &self,
        words: &Tokens<'_>,
        sentences: &[Sentence],
        attribution: &Attribution,
    ) -> Option<NaiveDate> {
        let today = self.today?;
        let cue = attribution.cue?;
        let (cue_start, cue_end) = words.touched(cue);
        let sentence = sentences.get(sentences.partition_point(|s| s.end as usize <= cue_start))?;
        let is_outside = |i: usize| !attribution.content.iter().any(|c| c.overlaps(words.list[i].span));
        // Only what is near enough to be the cue's own day is looked at.
        let from = (sentence.start as usize).max(cue_start.saturating_sub(NEAR));
        let to = (sentence.end as usize).min(cue_end + NEAR);
        let mut best: Option<(usize, NaiveDate)> = None;
        for i in (from..to).filter(|i| is_outside(*i)) {
            let Some((date, taken)) = date_at(words, i, today) else { continue };
            let distance = if i >= cue_end { i - cue_end } else { cue_start.saturating_sub(i + taken) };
            if best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, date));
            }
        }
        best.map(|(_, date)| date)
    }
}

/// Words between a cue and the day it happened on; set on the training stories.
const NEAR: usize = 12;

/// The day of an ISO date or RFC 3339 time.
fn iso(printed: &str) -> Option<NaiveDate> {
    printed.get(..10)?.parse().ok()
}

/// A paragraph near the head that holds a date and nothing else ("June 13, 2005").
fn lone_date(story: &Story) -> Option<NaiveDate> {
    /// Paragraphs looked through.
    const HEAD: usize = 4;
    let lines = story.paragraphs.iter().take(HEAD).filter(|p| p.kind != ParagraphKind::Headline);
    lines.filter_map(|p| full_date(p.span.slice(&story.text))).next()
}

/// A line that is one date: "June 13, 2005", "13 June 2005", "Monday, June 13, 2005".
fn full_date(line: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = line.split([' ', ',', '.']).filter(|p| !p.is_empty()).collect();
    let parts = match parts.as_slice() {
        [first, rest @ ..] if weekday(&first.to_lowercase()).is_some() => rest,
        all => all,
    };
    let [a, b, year] = parts else { return None };
    let (month, day) =
        month(&a.to_lowercase()).map(|m| (m, *b)).or_else(|| month(&b.to_lowercase()).map(|m| (m, *a)))?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}

/// The date that begins at token `i`, and how many tokens it takes.
fn date_at(words: &Tokens<'_>, i: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let word = words.low(i);
    match word {
        "today" | "tonight" => return Some((today, 1)),
        "yesterday" => return Some((today.pred_opt()?, 1)),
        "this" if matches!(words.low(i + 1), "morning" | "afternoon" | "evening") => return Some((today, 2)),
        _ => {}
    }
    if !words.is_capital(i) && !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(day) = weekday(word) {
        return Some((last(day, today)?, 1));
    }
    month_day(words, i, today)
}

/// "June 13", "June 13th, 2005", "13 June 2005": in the year printed, else the last such day.
fn month_day(words: &Tokens<'_>, i: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let number = |at: usize| -> Option<u32> {
        let raw = words.raw(at);
        let digits = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok().filter(|n| (1..=31).contains(n))
    };
    let point = usize::from(words.low(i + 1) == "." && words.is_glued(i + 1));
    let (month, day, mut end) = match (month(words.low(i)), number(i)) {
        (Some(month), _) => (month, number(i + 1 + point)?, i + 2 + point),
        (None, Some(day)) => {
            let at = i + 1 + usize::from(words.low(i + 1) == "of");
            (month(words.low(at)).filter(|_| words.is_capital(at))?, day, at + 1)
        }
        _ => return None,
    };
    let year_at = end + usize::from(words.low(end) == ",");
    let year = words.raw(year_at).parse::<i32>().ok().filter(|y| (1500..2200).contains(y));
    if let Some(year) = year {
        end = year_at + 1;
        return Some((NaiveDate::from_ymd_opt(year, month, day)?, end - i));
    }
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
    // News tells of the past: a day later than the story is last year's.
    let date =
        if this_year > today { NaiveDate::from_ymd_opt(today.year() - 1, month, day)? } else { this_year };
    Some((date, end - i))
}

/// The last such day of the week, today included.
fn last(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let back = (today.weekday().num_days_from_monday() + 7 - day.num_days_from_monday()) % 7;
    today.checked_sub_days(Days::new(u64::from(back)))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Mon,
        "tuesday" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" => Weekday::Thu,
        "friday" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// Number of a month by its name or short form.
fn month(word: &str) -> Option<u32> {
    calendar::month(word).filter(|(_, length)| *length == word.len()).map(|(month, _)| month)
}
