//! How long each stage takes on a page of our own: `cargo bench -p sayso-benches`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sayso::analysis::{analyse, analyse_story};
use sayso::model::Model;
use sayso::page::Page;
use sayso::{attribution, coref, figure, mention, quotation, story, token};
use std::hint::black_box;
use std::time::Duration;

const STORY: &str = include_str!("story.txt");

/// The story as a page, with the kind of mark-up that surrounds one.
fn html() -> String {
    let paragraphs: String = STORY.split("\n\n").map(|p| format!("<p>{p}</p>\n")).collect();
    let links: String = (0..200).map(|n| format!("<li><a href=\"/{n}\">Section {n}</a></li>\n")).collect();
    format!(
        "<!doctype html><html lang=en><head><title>Ferry</title></head><body><nav><ul>{links}</ul></nav>\
         <main><article>{paragraphs}</article></main><aside><ul>{links}</ul></aside></body></html>"
    )
}

fn pages(c: &mut Criterion) {
    let html = Page::html(html());
    let mut group = c.benchmark_group("page");
    group.throughput(Throughput::Bytes(html.bytes.len() as u64));
    group.bench_function("html to story", |b| b.iter(|| story::read(black_box(&html))));
    group.bench_function("html to statements", |b| b.iter(|| analyse(black_box(&html), Model::fast())));
    group.finish();
}

fn stages(c: &mut Criterion) {
    let text = Page::text(STORY);
    let story = story::read(&text);
    let tokens = token::read(&story);
    let quotations = quotation::find(&tokens);
    let reading = Model::fast().read(&tokens, &quotations);
    let mentions = mention::find(&tokens);
    let mut group = c.benchmark_group("story");
    group.throughput(Throughput::Bytes(STORY.len() as u64));
    group.bench_function("text to story", |b| b.iter(|| story::read(black_box(&text))));
    group.bench_function("tokens", |b| b.iter(|| token::read(black_box(&story)).list.len()));
    group.bench_function("quotations", |b| b.iter(|| quotation::find(black_box(&tokens))));
    group.bench_function("mentions", |b| b.iter(|| mention::find(black_box(&tokens))));
    group.bench_function("model", |b| b.iter(|| Model::fast().read(black_box(&tokens), &quotations)));
    group.bench_function("clusters", |b| {
        b.iter(|| coref::resolve(&tokens, black_box(mentions.clone()), &reading.tags));
    });
    group.bench_function("figures", |b| b.iter(|| figure::find(black_box(&tokens))));
    group.bench_function("attributions", |b| {
        b.iter(|| attribution::find(&tokens, &quotations, black_box(&reading)));
    });
    group.bench_function("all", |b| b.iter(|| analyse_story(black_box(story.clone()), Model::fast())));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(2));
    targets = pages, stages
}
criterion_main!(benches);
