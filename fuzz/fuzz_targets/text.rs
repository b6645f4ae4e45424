//! Text, clean or exact.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso::page::Page;

fuzz_target!(|text: &str| {
    let exact = sayso_fuzz::check(&Page::exact(text));
    assert_eq!(exact.story.text, text, "an exact text is kept");
    sayso_fuzz::check(&Page::text(text));
});
