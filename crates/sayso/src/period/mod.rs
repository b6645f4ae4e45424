//! Periods: phrases that tell a day or a span of days ("on Wednesday", "May 3", "last year").
//!
//! The names of days and months and the words about them are a closed part of the language, so they are
//! read by rule, against the day on which the story was filed or published. News tells of the past: a
//! day without a year is the last one that is not later than the story, unless the words say otherwise
//! ("next Monday"). A day told from another ("a day earlier", "the day before") is reckoned from the
//! story's own, as the reader of a news page does.

mod relative;
mod units;

use crate::story::{ParagraphKind, Story};
use crate::text::Span;
use crate::token::Tokens;
use chrono::{Datelike, Days, Months, NaiveDate};
use units::{Of, Unit, first_of, last, month, shift, single, span, unit, weekday};

/// A phrase that tells days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its words.
    pub span: Span,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; the first one again for a single day.
    pub to: NaiveDate,
}

impl Period {
    /// The day, where it is a single one.
    pub fn day(&self) -> Option<NaiveDate> {
        (self.from == self.to).then_some(self.from)
    }
}

/// Finds the periods of a story, in order, without overlap. A story whose own day is not known has only
/// those that are printed with their year.
pub fn find(tokens: &Tokens<'_>) -> Vec<Period> {
    let reader = Reader { tokens, today: today(tokens.story) };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match reader.at(i) {
            Some((days, end)) => {
                found.push(Period { span: tokens.span(i, end), from: days.from, to: days.to });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

/// The day on which a story was filed or published: that of the dateline, else of publication, else of a
/// line that holds nothing but a date.
fn today(story: &Story) -> Option<NaiveDate> {
    let meta = &story.meta;
    let filed = meta.dateline.as_ref().and_then(|d| d.date.as_deref());
    let told = filed.into_iter().chain(meta.published.as_deref());
    told.filter_map(|printed| printed.get(..10)?.parse().ok()).next().or_else(|| lone_date(story))
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

/// What a phrase prints of a date; what it leaves out is told by the story's day or by the other end of a
/// range.
#[derive(Clone, Copy, Default)]
struct Printed {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

/// What a phrase at one place comes to.
enum Told {
    Days(Of),
    Printed(Printed),
}

struct Reader<'t> {
    tokens: &'t Tokens<'t>,
    today: Option<NaiveDate>,
}

impl Reader<'_> {
    fn low(&self, i: usize) -> &str {
        self.tokens.low(i)
    }

    /// The period that begins at token `i`, and one past its last token.
    fn at(&self, i: usize) -> Option<(Of, usize)> {
        let (first, end) = self.told(i)?;
        let is_between = self.tokens.low_before(i) == "between";
        if let Some((last, end)) = self.range_end(end, is_between)
            && let Some(days) = self.joined(&first, &last)
        {
            return Some((days, end));
        }
        Some((self.days(&first)?, end))
    }

    /// What follows as the other end of a range: "to May 7", "-19", "through 2018"; after "between", "and May 7".
    fn range_end(&self, end: usize, is_between: bool) -> Option<(Told, usize)> {
        let glued = self.tokens.is_glued(end) && self.tokens.is_glued(end + 1);
        let is_joint = match self.low(end) {
            "to" | "through" | "till" | "until" => true,
            "-" => glued || self.in_figures(end + 1).is_some(),
            "–" | "~" => glued || self.low(end) == "–",
            "and" => is_between,
            _ => false,
        };
        if !is_joint || !self.tokens.same_paragraph(end - 1, end + 1) {
            return None;
        }
        let day = || {
            Some((
                Told::Printed(Printed { day: Some(self.day_number(end + 1)?), ..Printed::default() }),
                end + 2,
            ))
        };
        let the = end + 1 + usize::from(self.low(end + 1) == "the");
        let ordinal = || {
            let (day, after) = self.ordinal(the).map(|d| (d, the + 1)).or_else(|| self.spelled_day(the))?;
            Some((Told::Printed(Printed { day: Some(day), ..Printed::default() }), after))
        };
        // A bare number after "to" may be anything; after a hyphen on a day it is a day.
        self.told(end + 1).or_else(|| if glued { day() } else { ordinal() })
    }

    /// A range of two, each taking from the other what it leaves out.
    fn joined(&self, first: &Told, last: &Told) -> Option<Of> {
        let (first, last) = match (first, last) {
            (Told::Printed(a), Told::Printed(b)) => {
                if a.day.is_none() && b.day.is_some() && b.month.is_none() {
                    return None;
                }
                let month = b.month.or(a.month);
                let last = Printed { month, year: b.year.or(a.year), ..*b };
                let back = i32::from(a.month > last.month && a.year.is_none());
                let first = Printed { year: a.year.or(last.year.map(|y| y - back)), ..*a };
                (Told::Printed(first), Told::Printed(last))
            }
            // "January 22 to today", "now and November 15": what is printed lies on its own side of the other.
            (Told::Printed(_), Told::Days(b)) => (Told::Days(self.days(first)?), Told::Days(*b)),
            (Told::Days(a), Told::Printed(b)) => {
                let year = b.year.or_else(|| {
                    let ends = |year| self.days(&Told::Printed(Printed { year: Some(year), ..*b }));
                    (a.from.year()..=a.from.year() + 1).find(|y| ends(*y).is_some_and(|d| d.to >= a.from))
                });
                (Told::Days(*a), Told::Printed(Printed { year, ..*b }))
            }
            (Told::Days(a), Told::Days(b)) => (Told::Days(*a), Told::Days(*b)),
        };
        let days = Of { from: self.days(&first)?.from, to: self.days(&last)?.to };
        (days.from <= days.to).then_some(days)
    }

    /// The days of what is printed: in the year printed, else the last ones not later than the story.
    fn days(&self, told: &Told) -> Option<Of> {
        let printed = match told {
            Told::Days(days) => return Some(*days),
            Told::Printed(printed) => printed,
        };
        let year = match (printed.year, self.today) {
            (Some(year), _) => year,
            (None, Some(today)) => {
                let first = |year| NaiveDate::from_ymd_opt(year, printed.month?, printed.day.unwrap_or(1));
                // 29 February may lie up to eight years back.
                let mut years = (0..=8).map(|back| today.year() - back);
                years.find(|year| first(*year).is_some_and(|day| day <= today))?
            }
            (None, None) => return None,
        };
        match (printed.month, printed.day) {
            (Some(month), Some(day)) => single(NaiveDate::from_ymd_opt(year, month, day)?),
            (Some(month), None) => span(NaiveDate::from_ymd_opt(year, month, 1)?, Unit::Month),
            _ => span(NaiveDate::from_ymd_opt(year, 1, 1)?, Unit::Year),
        }
    }

    /// What the phrase at token `i` tells.
    fn told(&self, i: usize) -> Option<(Told, usize)> {
        let days = |found: Option<(Of, usize)>| found.map(|(days, end)| (Told::Days(days), end));
        days(self.relative(i))
            .or_else(|| self.days_of_month(i))
            .or_else(|| days(self.near(i)))
            .or_else(|| days(self.counted(i)))
            .or_else(|| days(self.turned(i)))
            .or_else(|| self.weekday(i))
            .or_else(|| self.in_figures(i))
            .or_else(|| self.joined_parts(i))
            .or_else(|| self.with_month(i))
            .or_else(|| days(self.quarter(i)))
            .or_else(|| days(self.decade(i)))
            .or_else(|| self.year_alone(i))
    }

    /// "Yesterday", "this morning", "the day before", "a day earlier".
    fn near(&self, i: usize) -> Option<(Of, usize)> {
        let today = self.today?;
        let back = |days: i64, taken: usize| Some((single(shift(today, -days, Unit::Day)?)?, i + taken));
        match self.low(i) {
            "today" | "tonight" => back(0, 1),
            // Alone "now" tells no day.
            "now" if matches!(self.tokens.low_before(i), "between" | "to" | "until" | "till") => back(0, 1),
            "now" if self.tokens.low_before(i) == "from" && self.low(i + 1) == "to" => back(0, 1),
            "now" if self.tokens.low_before(i) == "and" && !self.tokens.is_word(i + 1) => back(0, 1),
            "yesterday" => back(1, 1),
            "tomorrow" => back(-1, 1),
            "this" if matches!(self.low(i + 1), "morning" | "afternoon" | "evening") => back(0, 2),
            "last" if self.low(i + 1) == "night" => back(1, 2),
            "the" => match (self.low(i + 1), self.low(i + 2), self.low(i + 3)) {
                ("day", "before", "yesterday") => back(2, 4),
                ("day", "after", "tomorrow") => back(-2, 4),
                ("day", "before", next) if self.is_end(i + 3, next) => back(1, 3),
                ("previous", "day", _) => back(1, 3),
                ("night" | "evening", "before", next) if self.is_end(i + 3, next) => back(1, 3),
                ("next" | "following", "day", _) => back(-1, 3),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a phrase that would go on with a noun ("the day before the vote") ends here.
    fn is_end(&self, i: usize, word: &str) -> bool {
        !self.tokens.is_word(i)
            || matches!(
                word,
                "that" | "when" | "but" | "and" | "he" | "she" | "it" | "they" | "in" | "on" | "at"
            )
    }

    /// "Two days ago", "a week earlier", "in three weeks", "the last two months", "three days from now".
    fn counted(&self, i: usize) -> Option<(Of, usize)> {
        let today = self.today?;
        let to_come = |taken: usize| matches!(self.low(taken), "next" | "coming" | "upcoming" | "following");
        let gone = |taken: usize| matches!(self.low(taken), "last" | "past" | "previous");
        let start = i + usize::from(self.low(i) == "the");
        if to_come(start) || gone(start) {
            let (count, unit, end) = self.count(start + 1).or_else(|| {
                let is_fortnight = self.low(start + 1) == "fortnight";
                is_fortnight.then_some((2, Unit::Week, start + 2))
            })?;
            let other = shift(today, if gone(start) { -count } else { count }, unit)?;
            let (from, to) =
                if gone(start) { (other, today.pred_opt()?) } else { (today.succ_opt()?, other) };
            return (from <= to).then_some((Of { from, to }, end));
        }
        if self.low(i) == "within" {
            let next = usize::from(to_come(i + 1)) + usize::from(self.low(i + 1) == "the");
            let (count, unit, end) = self.count(i + 1 + next)?;
            let to = shift(today, count, unit)?.pred_opt()?;
            return (today <= to).then_some((Of { from: today, to }, end));
        }
        if self.low(i) == "in" {
            let (count, unit, end) = self.count(i + 1)?;
            return Some((single(shift(today, count, unit)?)?, end));
        }
        let (count, unit, end) = self.count(i)?;
        match self.low(end) {
            "ago" | "earlier" | "before"
                if self.low(end) != "before" || self.is_end(end + 1, self.low(end + 1)) =>
            {
                Some((single(shift(today, -count, unit)?)?, end + 1))
            }
            "from" if matches!(self.low(end + 1), "now" | "today") => {
                Some((single(shift(today, count, unit)?)?, end + 2))
            }
            _ => None,
        }
    }

    /// A count of units: "three weeks", "a day"; the count, the unit, one past the last token.
    fn count(&self, i: usize) -> Option<(i64, Unit, usize)> {
        /// More than this is no way to tell a day.
        const MOST: i64 = 400;
        let count = match self.low(i) {
            "a" | "an" | "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            "six" => 6,
            "seven" => 7,
            "eight" => 8,
            "nine" => 9,
            "ten" => 10,
            word => word.parse().ok().filter(|n| (1..=MOST).contains(n))?,
        };
        let word = self.low(i + 1);
        if word == "fortnight" || word == "fortnights" {
            return Some((2 * count, Unit::Week, i + 2));
        }
        Some((count, unit(word)?, i + 2))
    }

    /// "Last year", "this week", "next month", "the weekend".
    fn turned(&self, i: usize) -> Option<(Of, usize)> {
        let today = self.today?;
        let at = i + usize::from(self.low(i) == "the");
        let turn = match self.low(at) {
            "this" | "current" => 0,
            "last" | "previous" => -1,
            "next" | "coming" | "following" => 1,
            _ => return None,
        };
        let unit = unit(self.low(at + 1)).filter(|u| *u != Unit::Day)?;
        Some((span(shift(first_of(today, unit)?, turn, unit)?, unit)?, at + 2))
    }

    /// "Wednesday", "Thursday, Oct. 14", "last Monday", "Monday the 18th", "Tuesday last week".
    fn weekday(&self, i: usize) -> Option<(Told, usize)> {
        let turn = match self.low(i) {
            "last" | "previous" => Some(-1),
            "next" | "coming" => Some(1),
            "this" => Some(0),
            _ => None,
        };
        let is_ahead = turn == Some(0) && matches!(self.low(i + 1), "coming" | "upcoming");
        let at = i + usize::from(turn.is_some()) + usize::from(is_ahead);
        let day = weekday(self.low(at)).filter(|_| self.low(at).len() > 4 || self.tokens.is_capital(at))?;
        let point = usize::from(self.low(at + 1) == "." && self.low(at).len() < 5);
        let next = at + 1 + point + usize::from(self.low(at + 1 + point) == ",");
        // The date counts, not the nearest such day.
        if let Some((Told::Printed(date), end)) = self.with_month(next).or_else(|| self.in_figures(next))
            && date.day.is_some()
        {
            return Some((Told::Printed(date), end));
        }
        let today = self.today?;
        let the = next + usize::from(self.low(next) == "the");
        if let Some(number) = self.ordinal(the).filter(|_| self.tokens.same_paragraph(i, the)) {
            let months = (0..12).filter_map(|back| today.checked_sub_months(Months::new(back)));
            let days = months.filter_map(|m| NaiveDate::from_ymd_opt(m.year(), m.month(), number));
            let date = days.into_iter().find(|d| *d <= today && d.weekday() == day)?;
            return Some((Told::Days(single(date)?), the + 1));
        }
        let end = at + 1;
        if let Some((week, after)) = self.turned(end).filter(|_| self.low(end + 1) == "week") {
            let date = week.from.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))?;
            return Some((Told::Days(single(date)?), after));
        }
        let date = match turn {
            Some(1) => {
                let monday = shift(first_of(today, Unit::Week)?, 1, Unit::Week)?;
                monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))?
            }
            Some(-1) => last(day, today.pred_opt()?)?,
            _ if is_ahead => last(day, shift(today, 1, Unit::Week)?)?,
            _ => last(day, today)?,
        };
        Some((Told::Days(single(date)?), end))
    }

    /// "June 13", "June 13th, 2005", "13 June 2005", "the 3rd of April", "March 2017", "in March".
    fn with_month(&self, i: usize) -> Option<(Told, usize)> {
        let start = i + usize::from(self.low(i) == "the");
        // The dollars of "$12 December 27" are no day.
        let is_money = |t: usize| matches!(self.tokens.low_before(t), "$" | "€" | "£" | "¥");
        if is_money(start) {
            return None;
        }
        let day_at = |t: usize| self.day_number(t).map(|day| (day, t + 1)).or_else(|| self.spelled_day(t));
        let (month, day, mut end) = if let Some((month, at)) = self.month(start) {
            let the = at + usize::from(self.low(at) == "the");
            match day_at(the).filter(|_| self.tokens.same_paragraph(start, the)) {
                Some((day, end)) => (month, Some(day), end),
                None => (month, None, at),
            }
        } else {
            let (day, after) = day_at(start)?;
            let at = after + usize::from(self.low(after) == "of");
            let (month, end) = self.month(at).filter(|_| self.tokens.same_paragraph(start, at))?;
            (month, Some(day), end)
        };
        let year_at = end + usize::from(matches!(self.low(end), "," | "of" | "in"));
        let year = self.year(year_at).filter(|_| self.tokens.same_paragraph(start, year_at));
        end = if year.is_some() { year_at + 1 } else { end };
        // "May" and "March" alone are verbs too: a preposition or a year makes them months.
        let is_told = day.is_some()
            || year.is_some()
            || !matches!(self.low(start), "may" | "march")
            || self.tokens.is_capital(start)
                && matches!(
                    self.tokens.low_before(start),
                    "in" | "since" | "until" | "by" | "last" | "of" | "from" | "early" | "late"
                );
        is_told.then_some((Told::Printed(Printed { year, month: Some(month), day }), end))
    }

    /// A month at token `i`, and one past it and its point. Short names need a capital: "dec", "mar" are others'.
    fn month(&self, i: usize) -> Option<(u32, usize)> {
        let number = month(self.low(i))?;
        let is_short = self.low(i).len() < 4 && self.low(i) != "may";
        if is_short
            && !self.tokens.is_capital(i)
            && self.day_number(i + 1).is_none()
            && self.year(i + 1).is_none()
        {
            return None;
        }
        let point =
            usize::from(self.low(i + 1) == "." && self.tokens.is_glued(i + 1) && self.low(i).len() < 5);
        Some((number, i + 1 + point))
    }

    /// A day of the month: "13", "13th", "third".
    fn day_number(&self, i: usize) -> Option<u32> {
        let raw = self.tokens.raw(i);
        let digits = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number = digits.parse().ok().filter(|n| (1..=31).contains(n) && digits.len() <= 2);
        let is_plain = matches!(&raw[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        number.filter(|_| is_plain)
    }

    /// A day of the month printed as one: "18th".
    fn ordinal(&self, i: usize) -> Option<u32> {
        self.day_number(i).filter(|_| self.tokens.raw(i).ends_with(|c: char| c.is_ascii_alphabetic()))
    }

    fn year(&self, i: usize) -> Option<i32> {
        let raw = self.tokens.raw(i);
        (raw.len() == 4).then(|| raw.parse().ok().filter(|y| (1500..2200).contains(y)))?
    }

    /// "2024-05-17", "17.05.2024", "5/17/2024", "17/5": the order of an ambiguous one is that of the United States,
    /// which alone writes dates so in running text.
    fn in_figures(&self, i: usize) -> Option<(Told, usize)> {
        let mark = self.low(i + 1);
        if !matches!(mark, "-" | "/" | ".") || !self.tokens.is_glued(i + 1) || !self.tokens.is_glued(i + 2) {
            return None;
        }
        let number = |t: usize| self.tokens.raw(t).parse::<u32>().ok();
        let (a, b) = (number(i)?, number(i + 2)?);
        let has_third = self.low(i + 3) == mark && self.tokens.is_glued(i + 3) && self.tokens.is_glued(i + 4);
        let printed = |year: Option<i32>, month: u32, day: u32, end: usize| {
            let probe = NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
            let told = Printed { year, month: Some(probe.month()), day: Some(probe.day()) };
            Some((Told::Printed(told), end))
        };
        if has_third {
            let third = number(i + 4)?;
            if let Some(year) = self.year(i) {
                return printed(Some(year), b, third, i + 5);
            }
            let year = Some(self.year(i + 4)?);
            let day_first = mark == "." || a > 12;
            return if day_first { printed(year, b, a, i + 5) } else { printed(year, a, b, i + 5) };
        }
        // "22/04" alone; "9/11" and "24/7" are others.
        let is_date = mark == "/" && (a > 12 || b > 12) && self.today.is_some() && (a, b) != (24, 7);
        match (is_date, a > 12) {
            (true, true) => printed(None, b, a, i + 3),
            (true, false) => printed(None, a, b, i + 3),
            _ => None,
        }
    }

    /// "The third quarter of 2015", "Q3 2015", "the first quarter".
    fn quarter(&self, i: usize) -> Option<(Of, usize)> {
        let at = i + usize::from(self.low(i) == "the");
        let (number, end) = match self.low(at) {
            "q1" => (0, at + 1),
            "q2" => (1, at + 1),
            "q3" => (2, at + 1),
            "q4" => (3, at + 1),
            word if self.low(at + 1) == "quarter" => (
                match word {
                    "first" | "1st" => 0,
                    "second" | "2nd" => 1,
                    "third" | "3rd" => 2,
                    "fourth" | "4th" => 3,
                    _ => return None,
                },
                at + 2,
            ),
            _ => return None,
        };
        let year_at = end + usize::from(matches!(self.low(end), "of" | "in"));
        let (year, end) = match self.year(year_at) {
            Some(year) => (year, year_at + 1),
            // "The third quarter" alone may be of a match; "Q3" is a year's.
            None if at + 1 == end => (self.today?.year(), end),
            None => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, 3 * number + 1, 1)?;
        let past = self.today.is_some_and(|t| first > t) && self.year(year_at).is_none();
        let first = if past { first.checked_sub_months(Months::new(12))? } else { first };
        Some((span(first, Unit::Quarter)?, end))
    }

    /// "The 1990s", "the '90s", "the 21st century".
    fn decade(&self, i: usize) -> Option<(Of, usize)> {
        let raw = self.tokens.raw(i);
        if let Some(years) = raw.strip_suffix('s').filter(|y| y.ends_with('0')) {
            let is_short = years.len() == 2 && matches!(self.tokens.low_before(i), "'" | "the");
            let year: i32 = match years.len() {
                4 => years.parse().ok().filter(|y| (1500..2200).contains(y))?,
                2 if is_short => 1900 + years.parse::<i32>().ok()?,
                _ => return None,
            };
            return Some((span(NaiveDate::from_ymd_opt(year, 1, 1)?, Unit::Decade)?, i + 1));
        }
        if self.low(i + 1) == "century" {
            let number: i32 = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
            let from =
                NaiveDate::from_ymd_opt(100 * (number - 1), 1, 1).filter(|_| (15..=22).contains(&number))?;
            let to = NaiveDate::from_ymd_opt(100 * number - 1, 12, 31)?;
            return Some((Of { from, to }, i + 2));
        }
        None
    }

    /// A year by itself, where the words before it or their lack show that nothing is counted.
    fn year_alone(&self, i: usize) -> Option<(Told, usize)> {
        let year = self.year(i).filter(|y| (1800..2100).contains(y))?;
        let before = self.tokens.low_before(i);
        let is_told = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "during"
                | "early"
                | "late"
                | "mid"
                | "of"
                | "from"
                | "to"
                | "till"
                | "between"
                | "and"
                | "through"
                | "year"
                | "after"
                | "before"
                | "summer"
                | "spring"
                | "winter"
                | "autumn"
                | "fall"
        );
        let next = self.low(i + 1);
        let counts =
            self.tokens.is_word(i + 1) && next.ends_with('s') && !matches!(next, "was" | "is" | "has" | "as");
        let is_amount = matches!(before, "$" | "€" | "£" | "¥" | "#" | "no")
            || matches!(next, "%" | "percent" | "million" | "billion")
            || next == "," && self.tokens.is_glued(i + 1) && self.tokens.is_glued(i + 2);
        let is_alone = before.is_empty() || !self.tokens.is_word(i + 1);
        ((is_told && !counts || is_alone) && !is_amount)
            .then_some((Told::Printed(Printed { year: Some(year), ..Printed::default() }), i + 1))
    }
}

#[cfg(test)]
mod tests;
