//! A ledger of a million statements: how long it takes to fill, how large it is, how quickly it answers.
//!
//! `cargo bench -p sayso-benches --bench million` (a few minutes). The stories are drawn, not read: names, words,
//! figures and days vary as in news, by Zipf's law, so that some words stand in very many statements. Without
//! `--bench`, as `cargo test` runs it, a thousand statements are enough.

use sayso::statement::{Act, Form, Kind};
use sayso::story::ParagraphKind;
use sayso::{mention, wire};
use sayso_ledger::{Access, Filter, Keep, Ledger, PageHash, Part, Printing, Sort};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

/// Statements of a story.
const STATEMENTS: usize = 12;

/// Stories stored in one transaction.
const BATCH: usize = 64;

/// Numbers that look drawn, the same ones every time (Marsaglia's xorshift).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A rank by Zipf's law: low ones are often drawn.
    fn rank(&mut self, limit: usize) -> usize {
        let share = (self.next() % 1_000_000) as f64 / 1e6;
        ((limit as f64).powf(share) as usize).min(limit - 1)
    }
}

/// A word of its own for a rank: common ones are short.
fn word(rank: usize) -> String {
    const FIRST: &[u8] = b"bcdfghjklmnprstv";
    const THEN: &[u8] = b"aeiou";
    let mut left = rank;
    let mut word = String::new();
    loop {
        word.push(char::from(FIRST[left % FIRST.len()]));
        left /= FIRST.len();
        word.push(char::from(THEN[left % THEN.len()]));
        left /= THEN.len();
        if left == 0 {
            return word;
        }
        left -= 1;
    }
}

fn name(rank: usize) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(word(rank % 400)), capital(word(rank / 3 + 900)))
}

fn story(number: usize, draw: &mut Draw) -> Printing {
    let (year, month, day) = (2018 + draw.below(8), 1 + draw.below(12), 1 + draw.below(28));
    let published = format!("{year}-{month:02}-{day:02}");
    let mut text = format!("Story {number}\n");
    let (mut statements, mut entities, mut figures) = (Vec::new(), Vec::new(), Vec::new());
    for id in 1..=STATEMENTS {
        let speaker = name(draw.rank(60_000));
        let start = text.chars().count() + 1;
        let source = [start, start + speaker.len()];
        let cue = [source[1] + 1, source[1] + 5];
        let count = draw.below(4000);
        let words: Vec<String> = (0..10 + draw.below(14)).map(|_| word(draw.rank(60_000))).collect();
        let content = format!("that {count} {}", words.join(" "));
        let from = cue[1] + 1;
        let figure = wire::Figure {
            text: count.to_string(),
            min: Some(count as f64),
            max: Some(count as f64),
            approx: false,
            unit: None,
            of: words.first().cloned(),
            change: None,
            span: [from + 5, from + 5 + count.to_string().len()],
        };
        text.push_str(&format!("\n{speaker} said {content}."));
        let act = if draw.below(20) == 0 { Act::Deny } else { Act::Say };
        statements.push(wire::Statement {
            id,
            source: vec![source],
            cue: vec![cue],
            content: vec![[from, from + content.len()]],
            source_text: Some(speaker.clone()),
            cue_text: Some("said".to_owned()),
            content_text: content,
            speaker: Some(speaker.clone()),
            form: Form::Named,
            kind: Kind::Indirect,
            act,
            negated: false,
            inside: None,
            answers: None,
            said_on: None,
            figures: Vec::new(),
            entity: Some(id),
            confidence: 0.8,
        });
        figures.push(figure);
        entities.push(wire::Entity {
            id,
            name: speaker,
            kind: mention::Kind::Person,
            mentions: vec![source],
        });
    }
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    let length = text.chars().count();
    let record = wire::Record {
        sayso: wire::FORMAT,
        id: format!("s{number}").into(),
        reader: "bench".to_owned(),
        model: "bench/1".to_owned(),
        story: wire::Story {
            sha256: format!("{:016x}{number:048x}", hash.finish()),
            headline: Some(format!("Story {number}")),
            byline: None,
            authors: Vec::new(),
            agency: None,
            dateline: None,
            published_day: Some(published.clone()),
            published: Some(published),
            modified: None,
            outlet: Some(format!("Outlet {}", draw.rank(400))),
            url: Some(format!("https://example.org/{number}")),
            captured: None,
            language: Some("en".to_owned()),
            paragraphs: vec![wire::Paragraph { start: 0, end: length, kind: ParagraphKind::Body }],
            text,
        },
        statements,
        figures,
        dates: Vec::new(),
        entities,
        notices: Vec::new(),
        given: wire::Fields::new(),
    };
    Printing {
        page: PageHash::of(&[&number.to_le_bytes()]),
        record: Some(record),
        line: None,
        tags: Vec::new(),
    }
}

fn main() {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let stories = if is_bench { 1_000_000 / STATEMENTS + 1 } else { 100 };
    let folder = tempfile::tempdir().expect("a folder");
    // Kept where SAYSO_MILLION says, to be looked at.
    let kept = std::env::var_os("SAYSO_MILLION").map(std::path::PathBuf::from);
    let path = kept.unwrap_or_else(|| folder.path().join("million.db"));
    let mut ledger = Ledger::open(&path, Access::Create).expect("a new ledger");
    let mut draw = Draw(0x5eed_1234);
    let mut rates = Vec::new();
    let mut number = 0;
    while number < stories {
        let batch: Vec<Printing> =
            (number..(number + BATCH).min(stories)).map(|n| story(n, &mut draw)).collect();
        let start = Instant::now();
        ledger.add(&batch, Keep { texts: true }).expect("stories are added");
        rates.push(start.elapsed().as_secs_f64() / batch.len() as f64);
        number += batch.len();
    }
    let part = rates.len().clamp(1, 100);
    let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len() as f64;
    let (first, last) = (mean(&rates[..part]), mean(&rates[rates.len() - part..]));
    println!(
        "adding a story: first {:.2} ms, last {:.2} ms, ratio {:.2}",
        first * 1e3,
        last * 1e3,
        last / first
    );
    drop(ledger);
    report(&path);
}

/// Prints size and times of a ledger.
fn report(path: &std::path::Path) {
    let ledger = Ledger::open(path, Access::Read).expect("the ledger");
    let status = ledger.status().expect("its status");
    let statements = status.statements as f64;
    let texts = status.text_bytes as f64;
    println!(
        "{} statements of {} stories, {} entities: {:.0} bytes a statement, texts left out ({:.0} with them)",
        status.statements,
        status.searched.stories,
        status.entities,
        (status.bytes as f64 - texts) / statements,
        status.bytes as f64 / statements
    );
    let part = Part::default();
    let by_day = Part { sort: Sort::Day, ..part };
    let none = Filter::default();
    let denials = Filter { acts: vec![Act::Deny], ..none.clone() };
    let month = Filter { from: Some("2023-04".into()), to: Some("2023-04".into()), ..none.clone() };
    let outlet = Filter { outlets: vec!["Outlet 5".into()], ..none.clone() };
    let rare = |n: usize| word(2_000 + n * 37);
    // In some five of a hundred statements, as the commonest words of news are that say what it is about.
    let common = |n: usize| word(n % 10 + 30);
    let ask = |what: &str, one: &dyn Fn(usize)| {
        let times: Vec<Duration> = (0..40)
            .map(|n| {
                let start = Instant::now();
                one(n);
                start.elapsed()
            })
            .collect();
        // The first ones find nothing in memory yet.
        let mut warm = times[10..].to_vec();
        warm.sort_unstable();
        let at = |share: f64| warm[((warm.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        println!("{what:42} median {:7.2} ms, 95th percentile {:7.2} ms", at(0.5), at(0.95));
    };
    let who =
        |query: &str, filter: &Filter, part: Part| drop(ledger.who(query, filter, part).expect("an answer"));
    ask("who, a rare word", &|n| who(&rare(n), &none, part));
    ask("who, a common word", &|n| who(&common(n), &none, part));
    ask("who, a common word, in time", &|n| who(&common(n), &none, by_day));
    ask("who, two words", &|n| who(&format!("{} {}", common(n), rare(n)), &none, part));
    ask("who, a sentence", &|n| {
        let words: Vec<String> = (0..12).map(|k| word(40 + n * 3 + k * k * 9)).collect();
        who(&words.join(" "), &none, part);
    });
    ask("who, a common word, denied", &|n| who(&common(n), &denials, part));
    ask("who, a common word, of one month", &|n| who(&common(n), &month, part));
    ask("who, a common word, of one outlet", &|n| who(&common(n), &outlet, part));
    ask("speaker", &|n| drop(ledger.speaker(&name(n * 11 + 1), &none, part)));
    ask("figures, a rare word", &|n| drop(ledger.figures(&rare(n), &none, false, part).expect("an answer")));
    ask("figures, a common word", &|n| {
        drop(ledger.figures(&common(n), &none, false, part).expect("an answer"))
    });
    ask("story", &|n| drop(ledger.story(&format!("https://example.org/{n}")).expect("a story")));
    ask("copies", &|_| drop(ledger.copies(None, part).expect("an answer")));
    ask("outlets", &|_| drop(ledger.outlets(part).expect("an answer")));
    ask("status", &|_| drop(ledger.status().expect("an answer")));
}
