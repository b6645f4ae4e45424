//! What holds of any input whatever.

use proptest::prelude::*;
use sayso::analysis::{Analysis, analyse};
use sayso::model::Model;
use sayso::page::{Page, PageKind};
use sayso::text::Span;
use std::time::{Duration, Instant};

fn assert_sound(analysis: &Analysis) -> Result<(), TestCaseError> {
    let text = analysis.story.text.as_str();
    let mut before = 0;
    for paragraph in &analysis.story.paragraphs {
        let Span { start, end } = paragraph.span;
        prop_assert!(start >= before && end >= start, "paragraphs out of order");
        prop_assert_eq!(slice(text, paragraph.span)?.trim().len(), paragraph.span.len());
        before = end;
    }
    for token in &analysis.tokens {
        prop_assert!(!slice(text, token.span)?.is_empty());
        let paragraph = &analysis.story.paragraphs[token.paragraph as usize];
        prop_assert!(paragraph.kind.is_story() && paragraph.span.covers(token.span));
    }
    for sentence in &analysis.sentences {
        prop_assert!(sentence.start < sentence.end && sentence.end as usize <= analysis.tokens.len());
    }
    let quotations = analysis.quotations.iter().map(|quotation| quotation.span);
    let mentions = analysis.clusters.iter().flat_map(|cluster| cluster.mentions.iter().copied());
    let figures = analysis.figures.iter().flat_map(|figure| [Some(figure.span), figure.of]).flatten();
    for span in quotations.chain(mentions).chain(figures) {
        slice(text, span)?;
    }
    for statement in &analysis.statements {
        prop_assert!(!statement.content.is_empty(), "a statement without content");
        for &span in statement.source.iter().chain(&statement.cue).chain(&statement.content) {
            prop_assert!(!slice(text, span)?.is_empty());
        }
        prop_assert!(statement.cluster.is_none_or(|cluster| cluster < analysis.clusters.len()));
        prop_assert!(statement.inside.is_none_or(|outer| outer < analysis.statements.len()));
    }
    Ok(())
}

fn slice(text: &str, span: Span) -> Result<&str, TestCaseError> {
    let range = span.start as usize..span.end as usize;
    text.get(range).ok_or_else(|| TestCaseError::fail(format!("{span:?} is no slice of {text:?}")))
}

fn kind() -> impl Strategy<Value = PageKind> {
    prop_oneof![Just(PageKind::Unknown), Just(PageKind::Html), Just(PageKind::Text), Just(PageKind::Exact)]
}

/// Scraps of pages, which random characters seldom make.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "\"The bridge is safe,\" said Mayor Ana Ruiz on Monday.",
        "“It is not,” he",
        "'Never,' they told AFP. 'It's",
        "According to the ministry, more than 150 people",
        "KYIV, April 9 (AFP) - ",
        "ADVERTISEMENT",
        "By Ana Ruiz",
        "Related",
        "© 2025",
        "<p>",
        "</div>",
        "<h1>",
        "<article>",
        "<!--",
        "&quot;",
        "\n\n",
        "\n",
        "\r\n",
        " ",
        "\u{feff}",
        "\u{a0}",
        "é",
        "漢字。",
        "🌉",
        "''",
        "\0",
        "- 'x' -",
        "İ",
        "ẞ",
        "$5.2 million",
        "Jan. 31",
    ]);
    prop::collection::vec(prop_oneof![4 => scrap.prop_map(str::to_owned), 1 => "\\PC{0,8}"], 0..40)
        .prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text_gives_a_sound_analysis(text in scraps(), kind in kind()) {
        let page = Page { bytes: text.into_bytes(), kind, ..Page::default() };
        let analysis = analyse(&page, Model::fast());
        assert_sound(&analysis)?;
        prop_assert_eq!(format!("{analysis:?}"), format!("{:?}", analyse(&page, Model::fast())), "not the same twice");
    }

    #[test]
    fn any_bytes_give_a_sound_analysis(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        kind in kind(),
        media_type in prop::option::of("[ -~]{0,40}"),
    ) {
        let page = Page { bytes, kind, media_type, ..Page::default() };
        assert_sound(&analyse(&page, Model::fast()))?;
    }

    #[test]
    fn an_exact_text_is_kept_to_the_character(text in scraps()) {
        prop_assert_eq!(analyse(&Page::exact(text.clone()), Model::fast()).story.text, text);
    }
}

/// A page ten times as long takes at most this many times as long.
const MOST_TIMES: f64 = 12.0;

/// A busy machine may slow one measurement; a method that is not linear fails every one.
const ATTEMPTS: usize = 8;

/// The shorter page takes at least so long; below it the cost of fetching memory, which comes in
/// steps, is what one measures.
const LEAST: Duration = Duration::from_millis(2);

/// `page` makes a page of a size in proportion to the number it is given.
fn assert_linear(what: &str, page: impl Fn(usize) -> Page) {
    let mut size = 100;
    let mut short = page(size);
    while median_time(&short) < LEAST {
        size *= 2;
        short = page(size);
    }
    let long = page(10 * size);
    let mut ratios = Vec::new();
    for _ in 0..ATTEMPTS {
        let ratio = median_time(&long).as_secs_f64() / median_time(&short).as_secs_f64();
        if ratio <= MOST_TIMES {
            return;
        }
        ratios.push(ratio);
    }
    panic!("{what}: ten times as long takes {ratios:.1?} times as long");
}

fn median_time(page: &Page) -> Duration {
    let mut times: Vec<Duration> = (0..3)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(analyse(page, Model::fast()));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[1]
}

/// A paragraph like those of news, different for each number.
fn paragraph(n: usize) -> String {
    format!(
        "“We counted {n} ships, and more than {} of them were empty,” harbour master Ana Ruiz told reporters on Monday. \
        The owners of pier {n} denied that they had been warned, according to a letter seen by the court.",
        n + 7
    )
}

#[test]
fn analysis_of_text_is_linear() {
    let page = |n: usize| Page::text((0..n).map(|i| paragraph(i) + "\n\n").collect::<String>());
    assert_linear("paragraphs", page);
    assert_linear("one paragraph", |n| Page::text((0..n).map(|i| paragraph(i) + " ").collect::<String>()));
    assert_linear("exact text", |n| Page::exact((0..n).map(|i| paragraph(i) + "\n").collect::<String>()));
    assert_linear("short lines", |n| Page::text("By Ana Ruiz\nShare\nRiver rises\n".repeat(n * 5)));
    assert_linear("no spaces", |n| Page::text("x".repeat(n * 200)));
    assert_linear("quotation marks", |n| Page::text("\" ' “ ‘ said ".repeat(n * 10)));
}

#[test]
fn analysis_of_a_transcript_is_linear() {
    assert_linear("a transcript", |turns| {
        let turn = |n: usize| match n % 2 {
            0 => format!("RUIZ: The {n} crossings of the bridge were counted at noon.\n\n"),
            _ => format!("HAAS: Who counted the {n} of them?\n\n"),
        };
        let head = "SEN. ANA RUIZ (D-NM): It fell.\n\nPIET HAAS, HOST: When?\n\n".to_owned();
        Page::exact((0..turns).fold(head, |text, n| text + &turn(n)))
    });
}

#[test]
fn analysis_of_html_is_linear() {
    let wrap = |body: String| {
        Page::html(format!("<html><body><article><h1>Ships</h1>{body}</article></body></html>"))
    };
    assert_linear("paragraphs", |n| wrap((0..n).map(|i| format!("<p>{}</p>", paragraph(i))).collect()));
    assert_linear("links", |n| {
        wrap((0..n * 5).map(|i| format!("<li><a href=/{i}>Ship {i}</a></li>")).collect())
    });
    assert_linear("open tags", |n| Page::html("<div>".repeat(n * 20)));
}

/// Found by fuzzing.
#[test]
fn an_exact_text_of_a_blank_stays_a_blank() {
    assert_eq!(analyse(&Page::exact(" "), Model::fast()).story.text, " ");
}

/// Paragraphs with quotations short and long, open and closed, with reporting clauses before, between and
/// behind them, of our own drawing.
fn reports() -> impl Strategy<Value = String> {
    let clause = || {
        prop::sample::select(vec![
            "Mayor Ana Ruiz said",
            "said Lee Park, who leads the inspectors",
            "according to the ministry",
            "he added",
            "the union denied that",
            "She told reporters:",
            "",
        ])
    };
    let speech = || {
        let words = prop::sample::select(vec![
            "the bridge is safe",
            "we counted 150 cars, and more came",
            "I think that they knew it",
            "nobody asked us, he says",
            "the report says it is old",
            "it fell",
        ]);
        prop::collection::vec(words, 1..30).prop_map(|sentences| sentences.join(". "))
    };
    let opening = || prop::sample::select(vec!["“", "\"", "‘", ""]);
    let closing = || prop::sample::select(vec![",” ", "”. ", "\" ", ".\" ", "’ ", " "]);
    let paragraph = (clause(), opening(), speech(), closing(), clause(), opening(), speech(), closing())
        .prop_map(|(a, b, c, d, e, f, g, h)| format!("{a} {b}{c}{d}{e} {f}{g}{h}"));
    prop::collection::vec(paragraph, 1..5).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

/// A quotation of which an outer statement has a part, having entered it from outside.
fn cut(analysis: &Analysis) -> Option<(Span, &sayso::statement::Statement)> {
    let is_cut = |quotation: Span, s: &sayso::statement::Statement| {
        let enters = s.content.iter().any(|piece| piece.overlaps(quotation));
        let is_around = s.cue.is_some_and(|cue| cue.overlaps(quotation));
        let has = |token: Span| s.content.iter().chain(&s.source).any(|span| span.covers(token));
        let inside = || analysis.tokens.iter().filter(|token| quotation.covers(token.span));
        enters && !is_around && inside().any(|token| !has(token.span))
    };
    let outer = analysis.statements.iter().filter(|s| s.inside.is_none());
    let mut pairs = outer.flat_map(|s| analysis.quotations.iter().map(move |q| (q.span, s)));
    pairs.find(|(quotation, s)| is_cut(*quotation, s))
}

/// Found by the property below: a clause in the second quotation had the end of the first.
#[test]
fn a_clause_in_one_quotation_does_not_cut_another() {
    let first = "the bridge is safe. ".repeat(8);
    let text = format!(
        "Mayor Ana Ruiz said ‘I think that they knew it. we counted 150 cars, and more came. {first}I think that they \
         knew it’  “nobody asked us, he says. nobody asked us, he says. the bridge is safe\" "
    );
    for model in [Model::fast(), Model::accurate()] {
        assert_eq!(cut(&analyse(&Page::exact(text.as_str()), model)), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_quotation_is_cut(text in reports()) {
        for model in [Model::fast(), Model::accurate()] {
            let analysis = analyse(&Page::exact(text.as_str()), model);
            let cut = cut(&analysis);
            prop_assert!(cut.is_none(), "{cut:?}\n{text}");
        }
    }
}
