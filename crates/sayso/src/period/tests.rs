use super::*;
use crate::page::{Given, Page};
use crate::{story, token};
use proptest::prelude::*;

/// Periods of a text of 21 October 2021, a Thursday, one each: `words from..to`, or one day.
fn periods(text: &str) -> Vec<String> {
    let given = Given { published: Some("2021-10-21".to_owned()), ..Given::default() };
    let story = story::read(&Page { given, ..Page::exact(text) });
    let row = |p: &Period| {
        let to = if p.from == p.to { String::new() } else { format!("..{}", p.to) };
        format!("{} {}{to}", p.span.slice(&story.text), p.from)
    };
    find(&token::read(&story)).iter().map(row).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(periods(text), expected, "{text}");
}

#[test]
fn days_of_the_week_are_the_last_ones() {
    check("She came on Wednesday.", &["Wednesday 2021-10-20"]);
    check("She came on Thursday.", &["Thursday 2021-10-21"]);
    check("She came last Thursday.", &["last Thursday 2021-10-14"]);
    check("She comes next Monday.", &["next Monday 2021-10-25"]);
    check("She came on Thursday, Oct. 7, and left.", &["Thursday, Oct. 7 2021-10-07"]);
    check("She came on Monday the 11th.", &["Monday the 11th 2021-10-11"]);
}

#[test]
fn days_of_a_month_are_the_last_ones_unless_their_year_is_told() {
    check("born on May 3, 1990, in June", &["May 3, 1990 1990-05-03", "June 2021-06-01..2021-06-30"]);
    check("on 30 December they sat", &["30 December 2020-12-30"]);
    check("the 3rd of April, 2019", &["the 3rd of April, 2019 2019-04-03"]);
    check("It may march on.", &[]);
    check("on 2019-02-28 or 28.02.2019", &["2019-02-28 2019-02-28", "28.02.2019 2019-02-28"]);
}

#[test]
fn what_is_near_is_reckoned_from_the_story_s_day() {
    check("He said yesterday no.", &["yesterday 2021-10-20"]);
    check("He said a day earlier that", &["a day earlier 2021-10-20"]);
    check("He said the day before that it", &["the day before 2021-10-20"]);
    check("The day before the vote he slept.", &[]);
    check("two weeks ago, and in three days", &["two weeks ago 2021-10-07", "in three days 2021-10-24"]);
    check("last year", &["last year 2020-01-01..2020-12-31"]);
    check("this week", &["this week 2021-10-18..2021-10-24"]);
}

#[test]
fn spans_of_days() {
    check("from May 3 to May 7, 2020", &["May 3 to May 7, 2020 2020-05-03..2020-05-07"]);
    check("They met on November 18-19 at the port.", &["November 18-19 2020-11-18..2020-11-19"]);
    check("in 2014", &["2014 2014-01-01..2014-12-31"]);
    check("the 1990s", &["1990s 1990-01-01..1999-12-31"]);
    check("the third quarter of 2015", &["the third quarter of 2015 2015-07-01..2015-09-30"]);
    check("some 2014 geese came", &[]);
}

#[test]
fn a_story_without_a_day_has_only_dates_with_their_year() {
    let story = story::read(&Page::exact("It rained on Monday, and on May 3, 2019."));
    let found = find(&token::read(&story));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].day().unwrap().to_string(), "2019-05-03");
}

proptest! {
    #[test]
    fn any_words_give_ordered_spans(
        text in "(the |last |next |in |a |two |May |monday |Oct\\. |[0-9]{1,4}|-|/|\\.|,| |days |week |ago |1990s |q3 |of ){0,40}"
    ) {
        let given = Given { published: Some("2021-10-21".to_owned()), ..Given::default() };
        let story = story::read(&Page { given, ..Page::exact(text) });
        let found = find(&token::read(&story));
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        for period in &found {
            prop_assert!(period.from <= period.to && period.span.start < period.span.end);
        }
    }
}

#[test]
fn what_is_told_from_another_day() {
    check("in the week of October 4 they met", &["the week of October 4 2021-10-04..2021-10-10"]);
    check("the first week of January 2020", &["the first week of January 2020 2019-12-30..2020-01-05"]);
    check("the last week of 2019", &["the last week of 2019 2019-12-23..2019-12-29"]);
    check("Earlier this month it fell.", &["Earlier this month 2021-10-01..2021-10-20"]);
    check("It ends later this year.", &["later this year 2021-10-21..2021-12-31"]);
    check("on Tuesday of next week", &["Tuesday of next week 2021-10-26"]);
    check("Three days after May 30, 2020, it fell.", &["Three days after May 30, 2020 2020-06-02"]);
    check("in the nineties", &["the nineties 1990-01-01..1999-12-31"]);
    check("He was in his nineties.", &[]);
    check("between May 3 and May 7, 2020", &["May 3 and May 7, 2020 2020-05-03..2020-05-07"]);
}

#[test]
fn parts_may_be_joined_or_in_words() {
    check("on 05-Aug-2016 it fell", &["05-Aug-2016 2016-08-05"]);
    check("until dec/2018 it stood", &["dec/2018 2018-12-01..2018-12-31"]);
    check("2015-12 was wet", &["2015-12 2015-12-01..2015-12-31"]);
    check("the 2015-16 season", &["2015 2015-01-01..2015-12-31"]);
    check(
        "May twenty-second and the fourth of July 1995",
        &["May twenty-second 2021-05-22", "the fourth of July 1995 1995-07-04"],
    );
    check("It came second in May, he said.", &["May 2021-05-01..2021-05-31"]);
}

#[test]
fn ranges_of_what_is_printed_and_what_is_near() {
    check("between Jan 22 and now", &["Jan 22 and now 2021-01-22..2021-10-21"]);
    check("from now to November 15", &["now to November 15 2021-10-21..2021-11-15"]);
    check("between now and November 15", &["now and November 15 2021-10-21..2021-11-15"]);
    check("April ninth through 17th", &["April ninth through 17th 2021-04-09..2021-04-17"]);
    check("10/1/2018 - 10/7/2018", &["10/1/2018 - 10/7/2018 2018-10-01..2018-10-07"]);
    check("two days before yesterday", &["two days before yesterday 2021-10-18"]);
    check("within nine months", &["within nine months 2021-10-21..2022-07-20"]);
    check("over the past fortnight", &["the past fortnight 2021-10-07..2021-10-20"]);
    check("this upcoming Friday", &["this upcoming Friday 2021-10-22"]);
    check("Now is the time, and now they act.", &[]);
}
