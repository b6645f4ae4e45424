//! The units of the calendar: which days they hold, and what is some of them earlier or later.

use crate::story::calendar;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Days from the first to the last.
#[derive(Clone, Copy)]
pub(super) struct Of {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// Spans of the calendar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
}

pub(super) fn single(day: NaiveDate) -> Option<Of> {
    Some(Of { from: day, to: day })
}

/// The unit of the calendar that begins on a day.
pub(super) fn span(from: NaiveDate, unit: Unit) -> Option<Of> {
    let days = if unit == Unit::Weekend { 2 } else { 0 };
    let after = if days > 0 { from.checked_add_days(Days::new(days))? } else { shift(from, 1, unit)? };
    Some(Of { from, to: after.pred_opt()? })
}

/// The first day of the unit in which a day lies.
pub(super) fn first_of(day: NaiveDate, unit: Unit) -> Option<NaiveDate> {
    let monday = || day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())));
    match unit {
        Unit::Day => Some(day),
        Unit::Week => monday(),
        Unit::Weekend => monday()?.checked_add_days(Days::new(5)),
        Unit::Month => day.with_day(1),
        Unit::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
        Unit::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        Unit::Decade => NaiveDate::from_ymd_opt(day.year() / 10 * 10, 1, 1),
    }
}

/// A day some units later, or earlier.
pub(super) fn shift(day: NaiveDate, count: i64, unit: Unit) -> Option<NaiveDate> {
    let many = count.unsigned_abs();
    let days = |n: u64| {
        if count < 0 { day.checked_sub_days(Days::new(n)) } else { day.checked_add_days(Days::new(n)) }
    };
    let months = |n: u64| {
        let n = Months::new(u32::try_from(n).ok()?);
        if count < 0 { day.checked_sub_months(n) } else { day.checked_add_months(n) }
    };
    match unit {
        Unit::Day => days(many),
        Unit::Week | Unit::Weekend => days(7 * many),
        Unit::Month => months(many),
        Unit::Quarter => months(3 * many),
        Unit::Year => months(12 * many),
        Unit::Decade => months(120 * many),
    }
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    })
}

/// The last such day of the week, today included.
pub(super) fn last(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let back = (today.weekday().num_days_from_monday() + 7 - day.num_days_from_monday()) % 7;
    today.checked_sub_days(Days::new(u64::from(back)))
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" | "tues" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" | "thurs" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

/// Number of a month by its name or short form.
pub(super) fn month(word: &str) -> Option<u32> {
    calendar::month(word).filter(|(_, length)| *length == word.len()).map(|(month, _)| month)
}
