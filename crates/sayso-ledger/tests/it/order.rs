//! The order in which stories come in leaves no trace.

use crate::pool::{KEEP, export, ledger, pool};
use proptest::prelude::*;
use sayso_ledger::{Added, Printing};
use std::sync::LazyLock;

/// The export of the whole pool, added in its own order at once.
static WHOLE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).expect("stories are added");
    export(&ledger)
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_order_in_any_batches_gives_the_same_export(
        order in Just((0..pool().len()).collect::<Vec<_>>()).prop_shuffle(),
        batches in prop::collection::vec(1..4usize, 1..9),
        again in prop::collection::vec(0..pool().len(), 0..4),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = ledger(folder.path());
        let mut left: Vec<Printing> = order.iter().chain(&again).map(|&n| pool()[n].clone()).collect();
        let mut sizes = batches.iter().cycle();
        while !left.is_empty() {
            let size = (*sizes.next().expect("sizes go on")).min(left.len());
            let batch: Vec<Printing> = left.drain(..size).collect();
            ledger.add(&batch, KEEP).expect("stories are added");
        }
        prop_assert_eq!(export(&ledger), WHOLE.clone());
    }
}

#[test]
fn adding_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    let first = ledger.add(pool(), KEEP).expect("stories are added");
    let new = first.iter().filter(|added| matches!(added, Added::New(_))).count();
    let copies = first.iter().filter(|added| matches!(added, Added::Copy(_))).count();
    assert_eq!((new, copies, first.last()), (3, 5, Some(&Added::NoStory)), "{first:?}");
    let before = export(&ledger);
    let second = ledger.add(pool(), KEEP).expect("stories are added");
    assert!(second.iter().all(|added| *added == Added::Known), "{second:?}");
    assert_eq!(export(&ledger), before);
}

/// The same characters as a page and as a text are other paragraphs: those of the earliest printing stay.
#[test]
fn a_text_is_told_as_its_earliest_printing_has_it() {
    let exports = [false, true].map(|is_first| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = ledger(folder.path());
        let mut early = pool()[1].clone();
        let record = early.record.as_mut().expect("a story");
        record.story.published = Some("2025-01-01".to_owned());
        record.story.published_day = record.story.published.clone();
        record.story.url = Some("https://early.example/".to_owned());
        record.story.paragraphs.truncate(1);
        record.notices.push("read otherwise".to_owned());
        early.page = sayso_ledger::PageHash::of(&[b"early"]);
        let mut all = [pool()[0].clone(), early];
        if is_first {
            all.reverse();
        }
        all.iter().for_each(|p| drop(ledger.add(std::slice::from_ref(p), KEEP).expect("it is added")));
        export(&ledger)
    });
    assert_eq!(exports[0], exports[1]);
}
