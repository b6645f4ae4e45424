use super::*;
use crate::page::Page;
use crate::{story, token};
use proptest::prelude::*;

/// Figures of a text, one a line: `text | min..max | unit | of`.
fn figures(text: &str) -> Vec<String> {
    let story = story::read(&Page::exact(text));
    let tokens = token::read(&story);
    let side = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
    find(&tokens)
        .iter()
        .map(|f| {
            let about = if f.approx { "~" } else { "" };
            let of = f.of.map_or("", |s| s.slice(&story.text));
            let unit = f.unit.as_deref().unwrap_or("");
            let unit = match f.change {
                Some(Change::Up) => format!("{unit} up"),
                Some(Change::Down) => format!("{unit} down"),
                None => unit.to_owned(),
            };
            format!("{} | {about}{}..{} | {unit} | {of}", f.span.slice(&story.text), side(f.min), side(f.max))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(figures(text), expected, "{text}");
}

#[test]
fn digits_words_and_multipliers() {
    check("They found 1,250 bags.", &["1,250 | 1250..1250 |  | bags"]);
    check("He saw twenty-five herons.", &["twenty-five | 25..25 |  | herons"]);
    check("About 2.5 million voters stayed.", &["About 2.5 million | ~2500000..2500000 |  | voters"]);
    check("one hundred and three boats", &["one hundred and three | 103..103 |  | boats"]);
    check("two and a half billion bricks", &["two and a half billion | 2500000000..2500000000 |  | bricks"]);
    check("$2 and a half million", &["$2 and a half million | 2500000..2500000 | USD | "]);
    check("one and a half million bricks", &["one and a half million | 1500000..1500000 |  | bricks"]);
    check("a two-and-a-half-hour tour", &["two-and-a-half-hour | 2.5..2.5 | hour | tour"]);
    check("two hundred thousand", &["two hundred thousand | 200000..200000 |  | "]);
}

#[test]
fn money() {
    check("It cost $14.5bn.", &["$14.5bn | 14500000000..14500000000 | USD | "]);
    check("worth US$ 3 million in aid", &["US$ 3 million | 3000000..3000000 | USD | "]);
    check("fined 40 million euros", &["40 million euros | 40000000..40000000 | EUR | "]);
    check("20 $5 tickets", &["20 | 20..20 |  | ", "$5 | 5..5 | USD | tickets"]);
    check("one$00", &["$00 | 0..0 | USD | "]);
    check("a bridge for Rs 5 crore", &["Rs 5 crore | 50000000..50000000 | INR | "]);
    check("a shed for Rs. 3.5 lakh", &["Rs. 3.5 lakh | 350000..350000 | INR | "]);
    check("some two lakh farmers", &["some two lakh | ~200000..200000 |  | farmers"]);
    check(
        "a canal for 2 lakh crore rupees",
        &["2 lakh crore rupees | 2000000000000..2000000000000 | INR | "],
    );
    check("at 77 cents a share", &["77 cents | 0.77..0.77 | USD | "]);
}

#[test]
fn units() {
    check("a 79-metre mast", &["79-metre | 79..79 | m | mast"]);
    check("for five months", &["five months | 5..5 | month | "]);
    check("rose 3.5 percent", &["3.5 percent | 3.5..3.5 | % up | "]);
}

#[test]
fn bounds() {
    check("more than 150 ferries", &["more than 150 | 150.. |  | ferries"]);
    check("up to 50 ferries", &["up to 50 | ..50 |  | ferries"]);
    check(
        "between 20 and 30 million ferries",
        &["between 20 and 30 million | 20000000..30000000 |  | ferries"],
    );
    check("15-20% dearer", &["15-20% | 15..20 | % | dearer"]);
    check("1.5 to 2 years", &["1.5 to 2 years | 1.5..2 | year | "]);
    check("500 ferries or more, 30 or more", &["500 | 500..500 |  | ferries", "30 or more | 30.. |  | "]);
    check("more than 20 and less than 30 geese", &["more than 20 and less than 30 | 20..30 |  | geese"]);
    check("more than 40 and less than 10", &["more than 40 | 40.. |  | ", "less than 10 | ..10 |  | "]);
    check("greater than or equal to 5 geese", &["greater than or equal to 5 | 5.. |  | geese"]);
    check("> 30 and < 90 geese", &["> 30 and < 90 | 30..90 |  | geese"]);
    check(
        "rose 6.2 % to $ 1.45 billion",
        &["6.2 % | 6.2..6.2 | % up | ", "$ 1.45 billion | 1450000000..1450000000 | USD | "],
    );
    check("rose from 120 to 155", &["120 | 120..120 |  | ", "155 | 155..155 |  | "]);
}

#[test]
fn vague_counts() {
    check("dozens of sheep", &["dozens | 24.. |  | sheep"]);
    check("tens of thousands of sheep", &["tens of thousands | 20000.. |  | sheep"]);
    check("a few hundred million sheep", &["a few hundred million | 200000000.. |  | sheep"]);
    check("a couple of sheep", &["a couple of | ~2..2 |  | sheep"]);
    check("a couple of hundred sheep", &["a couple of hundred | ~200..200 |  | sheep"]);
    check("half a million sheep", &["half a million | 500000..500000 |  | sheep"]);
    check("a quarter of a million sheep", &["a quarter of a million | 250000..250000 |  | sheep"]);
    check("one in 200 sheep", &["one in 200 | 0.5..0.5 | % | sheep"]);
    check("two thirds of the sheep", &["two thirds | 66.66666666666667..66.66666666666667 | % | sheep"]);
}

#[test]
fn counted_nouns_stop_before_the_verb() {
    check("300 people came", &["300 | 300..300 |  | people"]);
    check("Only 40 left", &["40 | 40..40 |  | "]);
    check("25 young bakers protested", &["25 | 25..25 |  | young bakers"]);
    check("60 retired bakers must wait", &["60 | 60..60 |  | retired bakers"]);
    check("80 of the 1,500 bakers", &["80 | 80..80 |  | 1,500 bakers", "1,500 | 1500..1500 |  | bakers"]);
}

#[test]
fn signs() {
    check("The pond was at -5 degrees.", &["-5 degrees | -5..-5 | degree | "]);
    check("sales changed by -2.5% (-3% before)", &["-2.5% | -2.5..-2.5 | % | ", "-3% | -3..-3 | % | "]);
    check("a balance of -$40 million", &["-$40 million | -40000000..-40000000 | USD | "]);
    check("a low of minus 3", &["minus 3 | -3..-3 |  | "]);
    check("from minus three degrees", &["minus three degrees | -3..-3 | degree | "]);
    check("between -5 and 3 degrees", &["between -5 and 3 degrees | -5..3 | degree | "]);
    check("10-15 ferries", &["10-15 | 10..15 |  | ferries"]);
    check("a mid-50 percent share", &["50 percent | 50..50 | % | share"]);
}

#[test]
fn no_figures() {
    for text in [
        "on June 18, 2008",
        "on 18 June",
        "at 10:30 on Monday",
        "at 5 p.m. on Monday",
        "two years ago",
        "the 13th time",
        "at 10 Harbour Street",
        "they won 3-1",
        "the Harbinger 737 fleet",
        "in 2010",
        "one of them",
        "no one came",
        "version 1.1.2 came",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_written_onto_digits() {
    check("a crate of 25kg", &["25kg | 25..25 | kg | "]);
    check("a mast 4.5m tall", &["4.5m | 4.5..4.5 | m | tall"]);
    check("a 6m-high fence", &["6m | 6..6 | m | high fence"]);
    check("some 3.5m voters", &["some 3.5m | ~3500000..3500000 |  | voters"]);
    check("a loan of $4.5m from friends", &["$4.5m | 4500000..4500000 | USD | "]);
    check("a loan of NOK48.2 million", &["NOK48.2 million | 48200000..48200000 | NOK | "]);
    check("JPY9,300 was found", &["JPY9,300 | 9300..9300 | JPY | "]);
    check("aid of 12 MSEK", &["12 MSEK | 12000000..12000000 | SEK | "]);
    check("a fund of $7MM", &["$7MM | 7000000..7000000 | USD | "]);
    check("the 5G mast and the A4 road", &[]);
    check("COP 900 for a cup of tea", &["COP 900 | 900..900 | COP | "]);
}

#[test]
fn thousands_parted_by_spaces() {
    check("some 36 500 geese", &["some 36 500 | ~36500..36500 |  | geese"]);
    check("2\u{a0}040\u{a0}000 bricks", &["2\u{a0}040\u{a0}000 | 2040000..2040000 |  | bricks"]);
    check("In 2015 300 geese came.", &["300 | 300..300 |  | geese"]);
    check("It sold 40 000 in 2019.", &["40 000 | 40000..40000 |  | "]);
}

#[test]
fn telephone_numbers_are_no_figures() {
    check("Call 911 or 020 7946 0000.", &[]);
    check("Ring +44 20 7946 0000 for a seat.", &[]);
    check("Write to 555 123 4567 today.", &[]);
    check("The call 911 geese heard", &[]);
}

#[test]
fn decimals_written_out() {
    check("two point seven million geese", &["two point seven million | 2700000..2700000 |  | geese"]);
    check("nought point two five percent", &["nought point two five percent | 0.25..0.25 | % | "]);
    check("one point behind", &["one point | 1..1 | point | behind"]);
}

#[test]
fn units_after_multipliers_without_a_numeral() {
    check("a hundred dollars", &["a hundred dollars | 100..100 | USD | "]);
    check("half a billion pounds", &["half a billion pounds | 500000000..500000000 | GBP | "]);
    check("several hundred yen", &["several hundred yen | 200.. | JPY | "]);
    check("millions of pounds", &["millions of pounds | 2000000.. | GBP | "]);
    check("a couple thousand geese", &["a couple thousand | ~2000..2000 |  | geese"]);
    check("a couple dozen geese", &["a couple dozen | ~24..24 |  | geese"]);
    check("up to at least 95 geese", &["up to at least 95 | 95.. |  | geese"]);
}

#[test]
fn fractions() {
    check("2½ pints of ale", &["2½ | 2.5..2.5 |  | pints"]);
    check("He walked 3 1/2 miles.", &["3 1/2 miles | 3.5..3.5 | mile | "]);
    check("a 1/4 mile track", &["1/4 mile | 0.25..0.25 | mile | track"]);
    check("¾ of the herd", &["¾ | 75..75 | % | herd"]);
    check("forty and three fifths of it", &["forty | 40..40 |  | ", "three fifths | 60..60 | % | "]);
    check("twenty and three fifths, no more", &["twenty and three fifths | 20.6..20.6 |  | "]);
    check(
        "two and a third times as many",
        &["two and a third times | 2.3333333333333335..2.3333333333333335 | times | "],
    );
    check("He took two and a third left.", &["two | 2..2 |  | "]);
    check("a million and a half geese", &["a million | 1000000..1000000 |  | "]);
    check("three million and a half geese", &["three million and a half | 3500000..3500000 |  | geese"]);
    check("half million geese", &["half million | 500000..500000 |  | geese"]);
    check("a quarter million dollars", &["a quarter million dollars | 250000..250000 | USD | "]);
    check("The attack of 9/11, open 24/7, on 1/3.", &[]);
    check("He hit .300.", &[".300 | 0.3..0.3 |  | "]);
}

#[test]
fn cents_after_dollars_and_commas_of_india() {
    check("15 dollars and 50 cents", &["15 dollars and 50 cents | 15.5..15.5 | USD | "]);
    check("12 pounds 5 pence", &["12 pounds 5 pence | 12.05..12.05 | GBP | "]);
    check("12,34,567 voters", &["12,34,567 | 1234567..1234567 |  | voters"]);
    check("It costs 115USD.", &["115USD | 115..115 | USD | "]);
}

#[test]
fn spreads_begin_with_from() {
    check("doses ranged from 5 to 10 mg", &["5 to 10 mg | 5..10 | mg | "]);
    check("sales rose from 5 to 10 boats", &["5 | 5..5 |  | ", "10 | 10..10 |  | boats"]);
    check(">= 30 geese", &[">= 30 | 30.. |  | geese"]);
}

#[test]
fn amounts_of_change() {
    check("prices fell sharply by 3 percent", &["3 percent | 3..3 | % down | "]);
    check("a rise of about 20 geese", &["about 20 | ~20..20 |  up | geese"]);
    check("a 4% drop in sales", &["4% | 4..4 | % down | drop"]);
    check("sales were 4% higher", &["4% | 4..4 | % up | higher"]);
    check("the share gained 2%", &["2% | 2..2 | % up | "]);
    check("the army lost 20 men", &["20 | 20..20 |  | men"]);
    check("prices rose to 30 dollars", &["30 dollars | 30..30 | USD | "]);
}

proptest! {
    #[test]
    fn spans_are_ordered_and_sides_agree(text in "([0-9]{1,4}|[,.$%-]| |one|two|hundred|million|to|or|between|dollars|of|more than|\n){0,40}") {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let mut last = 0;
        for figure in find(&tokens) {
            prop_assert!(figure.span.start >= last);
            prop_assert!(!figure.span.slice(&story.text).is_empty());
            prop_assert!(figure.min.is_some() || figure.max.is_some());
            if let (Some(min), Some(max)) = (figure.min, figure.max) {
                prop_assert!(min <= max);
            }
            last = figure.span.end;
        }
    }
}
