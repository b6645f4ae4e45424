//! Bytes of any kind as a page. The first byte says what the carrier said of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso::page::{Page, PageKind};

const MEDIA_TYPES: [Option<&str>; 5] = [
    None,
    Some("text/html"),
    Some("text/html; charset=windows-1251"),
    Some("text/html; charset=shift_jis"),
    Some("application/octet-stream"),
];

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let kind = if first & 1 == 0 { PageKind::Html } else { PageKind::Unknown };
    let media_type = MEDIA_TYPES[usize::from(first / 2) % MEDIA_TYPES.len()];
    let address = (first >= 128).then(|| "https://news.example/a/b?c=d".to_owned());
    let page = Page {
        kind,
        media_type: media_type.map(str::to_owned),
        address,
        bytes: bytes.to_vec(),
        ..Page::default()
    };
    sayso_fuzz::check(&page);
});
