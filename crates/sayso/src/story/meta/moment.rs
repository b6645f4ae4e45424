//! One moment in the forms in which scripts, attributes and page texts write it.
//!
//! A moment keeps the day that is printed: a time in another zone is never converted, since
//! the day a page gives is the day under which its story is known.

use super::super::calendar;
use crate::lexicon;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A day, with time and zone where both are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The day as printed.
    pub day: NaiveDate,
    /// What follows the day in RFC 3339: `T14:05:00+01:00`. Without a zone a time is dropped.
    time: Option<String>,
}

impl Moment {
    fn day_only(day: NaiveDate) -> Moment {
        Moment { day, time: None }
    }

    /// RFC 3339, or a bare ISO date.
    pub(super) fn iso(&self) -> String {
        format!("{}{}", self.day, self.time.as_deref().unwrap_or_default())
    }
}

/// How a date all in figures is to be read where its order is not plain ("04/09/2025").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Day, month, year: most of the world.
    #[default]
    DayFirst,
    /// Month, day, year: the United States.
    MonthFirst,
}

/// Reads a value that is a moment and little else: of an attribute, a `<meta>`, a script.
pub(super) fn value(text: &str, order: Order) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST_VALUE {
        return None;
    }
    iso(text).or_else(|| epoch(text)).or_else(|| find(text, order).map(|(moment, _)| moment))
}

/// Longest machine-readable date: "Wednesday, 24 September 2025 at 10:14:00 (Central European Summer Time)".
const LONGEST_VALUE: usize = 90;

/// Finds the first day with a year in a text, with its bytes, and a time and zone that follow it.
pub(super) fn find(text: &str, order: Order) -> Option<(Moment, Range<usize>)> {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if !inside
            && c.is_alphanumeric()
            && let Some((day, length)) = day(&text[at..], order)
        {
            let time = calendar::clock(&text[at + length..]).or_else(|| calendar::clock(&text[..at]));
            let time =
                time.and_then(|(hour, minute, zone)| zone.map(|z| format!("T{hour:02}:{minute:02}:00{z}")));
            return Some((Moment { day, time }, at..at + length));
        }
        inside = c.is_alphanumeric();
    }
    None
}

/// ISO 8601 as pages write it: with a space for the T, fractions, zones without colon or minutes.
fn iso(text: &str) -> Option<Moment> {
    let (day, length) = year_first(text)?;
    let rest = text[length..].trim_start_matches([' ', 'T', 't', ',']);
    Some(time_of_day(rest).map_or(Moment::day_only(day), |time| Moment { day, time: Some(time) }))
}

/// `14:05:10.250+0100` as `T14:05:10+01:00`; `None` without a zone.
fn time_of_day(text: &str) -> Option<String> {
    let (hour, rest) = two_digits(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':').unwrap_or(rest))?;
    let seconds = rest.strip_prefix(':').unwrap_or(rest);
    let (second, rest) = two_digits(seconds).unwrap_or((0, rest));
    let rest = rest.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit()).trim_start();
    let zone = zone(rest)?;
    (hour < 24 && minute < 60 && second < 60).then(|| format!("T{hour:02}:{minute:02}:{second:02}{zone}"))
}

fn zone(text: &str) -> Option<String> {
    if text.starts_with(['Z', 'z']) {
        return Some("Z".to_owned());
    }
    if let Some((_, offset)) = calendar::ZONES.iter().find(|(name, _)| *name == text) {
        return Some((*offset).to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let (hours, rest) = two_digits(&text[1..])?;
    let minutes = two_digits(rest.strip_prefix(':').unwrap_or(rest)).map_or(0, |(minutes, _)| minutes);
    (hours < 24 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

fn two_digits(text: &str) -> Option<(u32, &str)> {
    let digits = text.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    Some((digits.parse().ok()?, &text[2..]))
}

/// Seconds or milliseconds since 1970, in UTC.
fn epoch(text: &str) -> Option<Moment> {
    let number: i64 = text.parse().ok().filter(|_| matches!(text.len(), 10 | 13))?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    let moment = chrono::DateTime::from_timestamp(seconds, 0)?;
    Some(Moment { day: moment.date_naive(), time: Some(moment.format("T%H:%M:%SZ").to_string()) })
}

/// Reads a day with its year at the head of a text. Returns the bytes it took.
fn day(text: &str, order: Order) -> Option<(NaiveDate, usize)> {
    year_first(text)
        .or_else(|| figures(text, order))
        .or_else(|| day_then_month(text))
        .or_else(|| month_then_day(text))
}

/// `2025-04-09`, `2025/4/9`, `2025.04.09`, `2025. 4. 9.`, `2025年4月9日`, `20250409`.
fn year_first(text: &str) -> Option<(NaiveDate, usize)> {
    if text.len() >= 8 && text.bytes().take_while(u8::is_ascii_digit).count() == 8 {
        return made(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..8].parse().ok()?, 8);
    }
    let mut line = Line { text, at: 0 };
    let year = line.number(4)?.cast_signed();
    if !(YEARS).contains(&year) {
        return None;
    }
    line.parting(&['-', '/', '.', '年', '년', ' ', ':'])?;
    let month = line.number(2).or_else(|| line.word().and_then(month_named))?;
    line.parting(&['-', '/', '.', '月', '월', ' ', ':'])?;
    let day = line.number(2)?;
    made(year, month, day, line.at)
}

/// `9.4.2025`, `09/04/2025`, `9-4-2025`, `09.04.25`.
fn figures(text: &str, order: Order) -> Option<(NaiveDate, usize)> {
    let mut line = Line { text, at: 0 };
    let first = line.number(2)?;
    let mark = line.text[line.at..].chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    line.parting(&[mark, ' '])?;
    let second = line.number(2)?;
    line.parting(&[mark, ' '])?;
    let start = line.at;
    let year = line.number(4)?.cast_signed();
    let year = match line.at - start {
        4 => year,
        2 => 2000 + year,
        _ => return None,
    };
    let month_first = mark == '/' && order == Order::MonthFirst;
    let (day, month) =
        if (month_first && first <= 12) || second > 12 { (second, first) } else { (first, second) };
    YEARS.contains(&year).then(|| made(year, month, day, line.at)).flatten()
}

/// `9 April 2025`, `9. April 2025`, `9 de abril de 2025`, `9th of April, 2025`, `23 Dec 2023`.
fn day_then_month(text: &str) -> Option<(NaiveDate, usize)> {
    let mut line = Line { text, at: 0 };
    let day = line.number(2)?;
    line.skip(&["st", "nd", "rd", "th", "er", "º", "°"]);
    line.spaces();
    line.skip(&["of ", "de ", "d'", "d’"]);
    let month = line.word().and_then(month_named)?;
    line.spaces();
    line.skip(&["de ", "del "]);
    let year = line.year()?;
    made(year, month, day, line.at)
}

/// `April 9, 2025`, `Apr. 9th 2025`, `Apr 28 19:20:36 CEST 2023`.
fn month_then_day(text: &str) -> Option<(NaiveDate, usize)> {
    let mut line = Line { text, at: 0 };
    let month = line.word().and_then(month_named)?;
    line.spaces();
    let day = line.number(2)?;
    line.skip(&["st", "nd", "rd", "th"]);
    line.spaces();
    if let Some(year) = line.year() {
        return made(year, month, day, line.at);
    }
    // The form of the Unix command `date`: time and zone before the year.
    let (clock, rest) = text[line.at..].split_once(' ')?;
    let (zone, year) = rest.split_once(' ')?;
    let is_clock = clock.len() == 8 && clock.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let year: i32 = year.get(..4)?.parse().ok()?;
    (is_clock && zone.len() <= 5 && YEARS.contains(&year)).then(|| made(year, month, day, line.at)).flatten()
}

/// Years that a news page may be of.
const YEARS: Range<i32> = 1850..2100;

fn made(year: i32, month: u32, day: u32, length: usize) -> Option<(NaiveDate, usize)> {
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, length))
}

static MONTHS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for row in lexicon::MONTHS.rows() {
        let number = row.key.parse().unwrap_or_else(|_| row.fail("no number"));
        months.extend(row.entries.into_iter().map(|name| (name, number)));
    }
    months
});

/// Number of the month so named, 1 to 12.
pub(super) fn month_named(word: &str) -> Option<u32> {
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// A reader that moves along a text.
struct Line<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Line<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// A whole number of at most so many digits.
    fn number(&mut self, most: usize) -> Option<u32> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=most).contains(&digits).then(|| self.rest()[..digits].parse().ok()).flatten()?;
        self.at += digits;
        Some(number)
    }

    /// Letters, and the stop after an abbreviation.
    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        self.at += length + usize::from(rest[length..].starts_with('.'));
        (length > 0).then(|| &rest[..length])
    }

    /// One or more of the marks.
    fn parting(&mut self, marks: &[char]) -> Option<()> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(marks).len();
        self.at += length;
        (length > 0).then_some(())
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\u{a0}', ',', '.', '-', '/']).len();
    }

    fn skip(&mut self, words: &[&str]) {
        if let Some(word) = words.iter().find(|word| self.rest().starts_with(**word)) {
            self.at += word.len();
        }
    }

    /// A year of four digits that no further letter or digit follows.
    fn year(&mut self) -> Option<i32> {
        let before = self.at;
        let year = self.number(4).map(u32::cast_signed).filter(|year| YEARS.contains(year));
        if year.is_none() {
            self.at = before;
        }
        year
    }
}
