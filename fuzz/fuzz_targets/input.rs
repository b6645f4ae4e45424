//! Whatever bytes a file may have: archives, tables, saved pages.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// One name of each kind that a name may tell.
const NAMES: [&str; 6] = ["a", "a.csv", "a.tsv", "a.jsonl", "a.warc.gz", "a.mhtml"];

fuzz_target!(|input: (u8, &[u8])| {
    let name = NAMES[usize::from(input.0) % NAMES.len()];
    let read: Vec<_> = sayso_input::read_bytes(name, input.1.to_vec()).collect();
    assert!(!read.is_empty(), "nothing is lost without a word");
    for error in read.iter().filter_map(|read| read.as_ref().err()) {
        assert!(error.to_string().starts_with(name), "{error}");
    }
});
