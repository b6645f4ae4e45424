//! Dates and times as pages print them, for datelines and datelines' neighbours.

use chrono::{NaiveDate, NaiveDateTime};

/// A calendar day as printed; the year may be left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Year, where printed.
    pub year: Option<i32>,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, 1 to 31.
    pub day: u32,
}

impl Day {
    /// The ISO date. A day without a year is the last such day not after `published`, an ISO
    /// date or RFC 3339 time; one day's grace, since a story filed in one zone is published in
    /// another. `None` where no year can be had or there is no such day.
    pub fn iso(self, published: Option<&str>) -> Option<String> {
        if let Some(year) = self.year {
            return Some(NaiveDate::from_ymd_opt(year, self.month, self.day)?.to_string());
        }
        let published = NaiveDate::parse_from_str(published?.get(..10)?, "%Y-%m-%d").ok()?;
        let latest = published.succ_opt()?;
        let year = chrono::Datelike::year(&published);
        // 29 February may lie up to eight years back.
        let days = (0..=8).filter_map(|back| NaiveDate::from_ymd_opt(year + 1 - back, self.month, self.day));
        days.into_iter().find(|day| *day <= latest).map(|day| day.to_string())
    }
}

/// Reads a day at the head of `text`: `April 9`, `Apr. 09, 2025`, `9 April 2025`, `2025-04-09`,
/// `09.04.2025`. Returns it with the bytes it took. Days all in figures whose order differs from
/// country to country (`04/09/2025`) are not read.
pub fn day(text: &str) -> Option<(Day, usize)> {
    iso_day(text).or_else(|| dotted_day(text)).or_else(|| month_first(text)).or_else(|| day_first(text))
}

/// Finds the first day in `text`, at the beginning of a word; its bytes `[start, end)`.
pub fn find_day(text: &str) -> Option<(Day, usize, usize)> {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if !inside && let Some((found, length)) = day(&text[at..]) {
            return Some((found, at, at + length));
        }
        inside = c.is_alphanumeric();
    }
    None
}

/// The moment a line tells: its first day with a year, and time and zone where they follow.
/// RFC 3339 where both are known, else an ISO date.
pub fn moment(text: &str) -> Option<String> {
    let (day, start, end) = find_day(text)?;
    let date = day.year.and(day.iso(None))?;
    // The time stands after the day ("April 9, 2025 10:14 am GMT") or before it ("14:05, 9 April 2025").
    let time = clock(&text[end..]).or_else(|| clock(&text[..start]));
    Some(match time {
        Some((hour, minute, Some(zone))) => format!("{date}T{hour:02}:{minute:02}:00{zone}"),
        _ => date,
    })
}

/// A moment that a user gives: RFC 3339 and ISO dates as they are, else a day as pages print it.
pub(super) fn given(text: &str) -> Option<String> {
    let is_time = chrono::DateTime::parse_from_rfc3339(text).is_ok();
    let is_local = NaiveDateTime::parse_from_str(text.get(..19).unwrap_or(text), "%Y-%m-%dT%H:%M:%S").is_ok();
    if is_time || is_local && text.len() == 19 {
        return Some(text.to_owned());
    }
    // "Fri, 17 May 2024 08:00:00 +0200", as the headers of messages have it.
    if let Ok(time) = chrono::DateTime::parse_from_rfc2822(text) {
        return Some(time.to_rfc3339());
    }
    // "2024-05-17 08:00": the day is sure, the zone is not.
    let day = text.get(..10).filter(|d| NaiveDate::parse_from_str(d, "%Y-%m-%d").is_ok());
    day.map(str::to_owned).or_else(|| moment(text))
}

/// Zones that news pages print, with their offset from UTC. Letters that name several zones
/// (IST) are left out.
pub(super) const ZONES: &[(&str, &str)] = &[
    ("GMT", "Z"),
    ("UTC", "Z"),
    ("BST", "+01:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("MSK", "+03:00"),
    ("JST", "+09:00"),
    ("KST", "+09:00"),
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
    ("PDT", "-07:00"),
    ("AEST", "+10:00"),
    ("AEDT", "+11:00"),
];

/// The first time of day in a text, with its zone where one is printed beside it.
pub(super) fn clock(text: &str) -> Option<(u32, u32, Option<&'static str>)> {
    let colon = text.char_indices().find(|&(at, c)| {
        matches!(c, ':' | '.')
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
            && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    })?;
    let before = &text[..colon.0];
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count().min(2);
    let mut hour: u32 = before[before.len() - digits..].parse().ok()?;
    let (minute, length) = number(&text[colon.0 + 1..], 2)?;
    let mut rest = text[colon.0 + 1 + length..].trim_start();
    // Seconds are passed over.
    if let Some((_, length)) = rest.strip_prefix(':').and_then(|seconds| number(seconds, 2)) {
        rest = rest[1 + length..].trim_start();
    }
    let half = rest.get(..4).unwrap_or(rest).to_ascii_lowercase().replace('.', "");
    if half.starts_with("pm") && hour < 12 {
        hour += 12;
    } else if half.starts_with("am") && hour == 12 {
        hour = 0;
    }
    let words = rest.split(|c: char| !c.is_ascii_alphanumeric()).take(4);
    let zone = words.into_iter().find_map(|word| ZONES.iter().find(|(name, _)| *name == word));
    (hour < 24 && minute < 60).then_some((hour, minute, zone.map(|(_, offset)| *offset)))
}

fn iso_day(text: &str) -> Option<(Day, usize)> {
    let date = text.get(..10)?;
    let parsed = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    use chrono::Datelike;
    Some((Day { year: Some(parsed.year()), month: parsed.month(), day: parsed.day() }, 10))
}

fn dotted_day(text: &str) -> Option<(Day, usize)> {
    let (day, a) = number(text, 2)?;
    let rest = text[a..].strip_prefix('.')?;
    let (month, b) = number(rest, 2)?;
    let rest = rest[b..].strip_prefix('.')?;
    let (year, c) = year(rest)?;
    valid(Day { year: Some(year), month, day }).map(|day| (day, a + b + c + 2))
}

fn month_first(text: &str) -> Option<(Day, usize)> {
    let (month, mut at) = month(text)?;
    at += spaces(&text[at..]);
    let (day, length) = number(&text[at..], 2)?;
    at += length;
    at += ordinal(&text[at..]);
    let (year, length) = optional_year(&text[at..]);
    valid(Day { year, month, day }).map(|day| (day, at + length))
}

fn day_first(text: &str) -> Option<(Day, usize)> {
    let (day, mut at) = number(text, 2)?;
    at += ordinal(&text[at..]);
    at += spaces(&text[at..]);
    at += text[at..].strip_prefix("of ").map_or(0, |_| 3);
    let (month, length) = month(&text[at..])?;
    at += length;
    let (year, length) = optional_year(&text[at..]);
    valid(Day { year, month, day }).map(|day| (day, at + length))
}

fn valid(day: Day) -> Option<Day> {
    NaiveDate::from_ymd_opt(day.year.unwrap_or(2024), day.month, day.day).map(|_| day)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month's name at the start of `text`, whole or cut to three or four letters: its number, 1 to 12,
/// and the bytes it takes with the stop that may follow.
pub fn month(text: &str) -> Option<(u32, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters < 3 {
        return None;
    }
    let word = text[..letters].to_ascii_lowercase();
    let cut = letters == 3 || word == "sept";
    let index = MONTHS.iter().position(|name| *name == word || cut && name.starts_with(&word))?;
    let stop = usize::from(word != MONTHS[index] && text[letters..].starts_with('.'));
    Some((index as u32 + 1, letters + stop))
}

/// A whole number of at most `most` digits.
fn number(text: &str, most: usize) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&digits).then(|| text[..digits].parse().ok()).flatten().map(|n| (n, digits))
}

/// A year of news.
fn year(text: &str) -> Option<(i32, usize)> {
    let (year, length) = number(text, 4)?;
    (1800..2200).contains(&year).then_some((year.cast_signed(), length))
}

/// A year after a comma or space.
fn optional_year(text: &str) -> (Option<i32>, usize) {
    let comma = usize::from(text.starts_with(','));
    let gap = comma + spaces(&text[comma..]);
    match year(&text[gap..]).filter(|_| gap > 0) {
        Some((year, length)) => (Some(year), gap + length),
        None => (None, 0),
    }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}']).len()
}

fn ordinal(text: &str) -> usize {
    let found = ["st", "nd", "rd", "th"].iter().any(|suffix| text.starts_with(suffix));
    if found { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_of_news() {
        for text in [
            "April 9, 2025",
            "Apr. 09, 2025",
            "9 April 2025",
            "9th of April 2025",
            "2025-04-09",
            "09.04.2025",
        ] {
            let (day, length) = day(text).expect(text);
            assert_eq!((day.iso(None).as_deref(), length), (Some("2025-04-09"), text.len()), "{text}");
        }
        assert_eq!(day("Maybe 9"), None);
        assert_eq!(day("04/09/2025"), None);
        assert_eq!(day("February 30"), None);
    }

    #[test]
    fn a_missing_year_is_taken_from_the_publication() {
        let iso = |text: &str, published| day(text).and_then(|(day, _)| day.iso(published));
        assert_eq!(iso("April 9", Some("2025-04-10T08:00:00Z")).as_deref(), Some("2025-04-09"));
        assert_eq!(iso("Dec. 31", Some("2025-01-01")).as_deref(), Some("2024-12-31"));
        assert_eq!(iso("Jan. 1", Some("2024-12-31")).as_deref(), Some("2025-01-01"));
        assert_eq!(iso("April 9", None), None);
    }

    #[test]
    fn moments_carry_the_zone_where_one_is_printed() {
        assert_eq!(
            moment("Published: 9 April 2025, 2:05 pm BST").as_deref(),
            Some("2025-04-09T14:05:00+01:00")
        );
        assert_eq!(moment("14:05 GMT, 9 April 2025").as_deref(), Some("2025-04-09T14:05:00Z"));
        assert_eq!(moment("Apr 09, 2025 at 12.30am").as_deref(), Some("2025-04-09"));
        assert_eq!(moment("April 9"), None);
    }
}
