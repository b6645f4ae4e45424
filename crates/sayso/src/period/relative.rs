//! Periods told from another: weeks of a month, days after a date, what is earlier or later in a unit; and
//! dates whose parts a slash or hyphen joins.

use super::units::{Of, Unit, first_of, month, shift, single, span, unit, weekday};
use super::{Printed, Reader, Told};
use chrono::{Datelike, Days};

impl Reader<'_> {
    /// "The week of April 10", "the third week of January", "earlier this month", "Tuesday of next week", "three
    /// days after May 2", "the nineties".
    pub(super) fn relative(&self, i: usize) -> Option<(Of, usize)> {
        let start = i + usize::from(self.low(i) == "the");
        self.week_of(start)
            .or_else(|| self.numbered_week(start))
            .or_else(|| self.part(start))
            .or_else(|| self.day_of_week(start))
            .or_else(|| self.counted_from(start))
            .or_else(|| self.nineties(start))
    }

    /// "Week of April 10", "week beginning 4 February".
    fn week_of(&self, i: usize) -> Option<(Of, usize)> {
        if self.low(i) != "week" {
            return None;
        }
        let at = match self.low(i + 1) {
            "of" => i + 2,
            "beginning" | "commencing" | "starting" => i + 2 + usize::from(self.low(i + 2) == "on"),
            _ => return None,
        };
        let (date, end) = self.day_at(at)?;
        Some((span(first_of(date, Unit::Week)?, Unit::Week)?, end))
    }

    /// "Third week of January", "last week of 2019". The first is the one with the first Thursday (ISO 8601).
    fn numbered_week(&self, i: usize) -> Option<(Of, usize)> {
        let number: i64 = match self.low(i) {
            "first" | "1st" => 0,
            "second" | "2nd" => 1,
            "third" | "3rd" => 2,
            "fourth" | "4th" => 3,
            "last" => -1,
            _ => return None,
        };
        if self.low(i + 1) != "week" || self.low(i + 2) != "of" {
            return None;
        }
        let (told, end) = self.with_month(i + 3).or_else(|| self.year_alone(i + 3))?;
        let whole = self.days(&told).filter(|days| days.from < days.to)?;
        let thursday = |week: chrono::NaiveDate| week.checked_add_days(Days::new(3));
        let monday = if number < 0 {
            let week = first_of(whole.to, Unit::Week)?;
            if thursday(week)? > whole.to { shift(week, -1, Unit::Week)? } else { week }
        } else {
            let week = first_of(whole.from, Unit::Week)?;
            let first = if thursday(week)? < whole.from { shift(week, 1, Unit::Week)? } else { week };
            shift(first, number, Unit::Week)?
        };
        Some((span(monday, Unit::Week)?, end))
    }

    /// "Earlier this month", "later this year": the part of it before the story's day, or from it on.
    fn part(&self, i: usize) -> Option<(Of, usize)> {
        let today = self.today?;
        let is_earlier = match self.low(i) {
            "earlier" => true,
            "later" => false,
            _ => return None,
        };
        let unit = unit(self.low(i + 2)).filter(|u| self.low(i + 1) == "this" && *u != Unit::Day)?;
        let whole = span(first_of(today, unit)?, unit)?;
        let days = if is_earlier {
            Of { from: whole.from, to: today.pred_opt()?.max(whole.from) }
        } else {
            Of { from: today.max(whole.from), to: whole.to }
        };
        (days.from <= days.to).then_some((days, i + 3))
    }

    /// "Tuesday of next week", "next week on Tuesday".
    fn day_of_week(&self, i: usize) -> Option<(Of, usize)> {
        let (day, week, end) = if let Some(day) = weekday(self.low(i)) {
            let (week, end) = self.turned(i + 2).filter(|_| self.low(i + 1) == "of")?;
            (day, week, end)
        } else {
            let (week, end) = self.turned(i)?;
            let at = end + usize::from(self.low(end) == "on");
            (weekday(self.low(at)).filter(|_| self.tokens.is_capital(at))?, week, at + 1)
        };
        let is_week =
            week.from.weekday().num_days_from_monday() == 0 && (week.to - week.from).num_days() == 6;
        let date = week.from.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))?;
        is_week.then_some((single(date)?, end))
    }

    /// "Three days after January 12", "two weeks before May 13, 1999", "two months from next Friday".
    fn counted_from(&self, i: usize) -> Option<(Of, usize)> {
        let (count, unit, at) = self.count(i)?;
        let count = match self.low(at) {
            "after" | "from" => count,
            "before" => -count,
            _ => return None,
        };
        let (date, end) = self.day_at(at + 1).or_else(|| {
            let (days, end) = self.near(at + 1).or_else(|| {
                let (told, end) = self.weekday(at + 1).or_else(|| self.in_figures(at + 1))?;
                Some((self.days(&told)?, end))
            })?;
            (days.from == days.to).then_some((days.from, end))
        })?;
        Some((single(shift(date, count, unit)?)?, end))
    }

    /// "3 and 12 of September" after "between": the first day takes the month of the second.
    pub(super) fn days_of_month(&self, i: usize) -> Option<(Told, usize)> {
        if self.tokens.low_before(i) != "between" {
            return None;
        }
        let day_at = |t: usize| self.day_number(t).map(|day| (day, t + 1)).or_else(|| self.spelled_day(t));
        let (day, and) = day_at(i)?;
        let (told, _) = self.with_month(and + 1).filter(|_| self.low(and) == "and")?;
        match told {
            Told::Printed(last) if last.day.is_some_and(|to| day < to) => {
                Some((Told::Printed(Printed { day: Some(day), ..last }), and))
            }
            _ => None,
        }
    }

    /// The single day that a phrase with a month tells.
    fn day_at(&self, i: usize) -> Option<(chrono::NaiveDate, usize)> {
        let (told, end) = self.with_month(i)?;
        let days = self.days(&told).filter(|days| days.from == days.to)?;
        Some((days.from, end))
    }

    /// "The nineties".
    fn nineties(&self, i: usize) -> Option<(Of, usize)> {
        let year = match self.low(i) {
            "fifties" => 1950,
            "sixties" => 1960,
            "seventies" => 1970,
            "eighties" => 1980,
            "nineties" => 1990,
            _ => return None,
        };
        // "In his nineties" is an age.
        let is_decade = self.tokens.low_before(i) == "the";
        is_decade.then_some((span(chrono::NaiveDate::from_ymd_opt(year, 1, 1)?, Unit::Decade)?, i + 1))
    }

    /// "05-Aug-2016", "2019/aug/01", "Oct/2", "dec/2018", "2015-12": parts that a slash or hyphen joins.
    pub(super) fn joined_parts(&self, i: usize) -> Option<(Told, usize)> {
        let mark = self.low(i + 1);
        let is_glued = |t: usize| self.tokens.is_glued(t) && self.tokens.is_glued(t + 1);
        if !matches!(mark, "-" | "/") || !is_glued(i + 1) {
            return None;
        }
        let more = self.low(i + 3) == mark && is_glued(i + 3);
        let at: &[usize] = if more { &[i, i + 2, i + 4] } else { &[i, i + 2] };
        let mut printed = Printed::default();
        for &t in at {
            if let Some(number) = month(self.low(t)).filter(|_| printed.month.is_none()) {
                printed.month = Some(number);
            } else if let Some(year) = self.year(t).filter(|_| printed.year.is_none()) {
                printed.year = Some(year);
            } else if let Some(day) = self.day_number(t).filter(|_| printed.day.is_none()) {
                printed.day = Some(day);
            } else {
                return None;
            }
        }
        // "2015-12" and "12/2015" have the month in figures; "2015-16" is a season.
        if let (None, Some(_), Some(day), false) = (printed.month, printed.year, printed.day, more) {
            let is_padded = self.tokens.raw(i).len() + self.tokens.raw(i + 2).len() == 6;
            return (is_padded && day <= 12)
                .then_some((Told::Printed(Printed { month: Some(day), day: None, ..printed }), i + 3));
        }
        printed.month?;
        Some((Told::Printed(printed), at[at.len() - 1] + 1))
    }

    /// A day of the month in words: "ninth", "twenty-second".
    pub(super) fn spelled_day(&self, i: usize) -> Option<(u32, usize)> {
        const ORDINALS: [&str; 19] = [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ];
        let ordinal = |t: usize| ORDINALS.iter().position(|o| *o == self.low(t)).map(|p| p as u32 + 1);
        if let Some(day) = ordinal(i) {
            return Some((day, i + 1));
        }
        let tens = match self.low(i) {
            "twentieth" => return Some((20, i + 1)),
            "thirtieth" => return Some((30, i + 1)),
            "twenty" => 20,
            "thirty" => 30,
            _ => return None,
        };
        let at = i + 1 + usize::from(self.low(i + 1) == "-");
        let ones = ordinal(at).filter(|o| *o < 10)?;
        (tens + ones <= 31).then_some((tens + ones, at + 1))
    }
}
