//! What is forgotten is gone.

use crate::pool::{KEEP, export, ledger, pool};
use flate2::read::ZlibDecoder;
use sayso_ledger::{Access, Added, ErrorKind, Filter, Forget, Ledger, Part, Tag};
use std::fs;
use std::io::Read;
use std::path::Path;

/// Whether some words stand anywhere in a file: in its bytes, or in one of its texts.
fn holds(path: &Path, words: &str) -> bool {
    let bytes = fs::read(path).unwrap();
    let is_in =
        |bytes: &[u8]| bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()));
    let db = rusqlite::Connection::open(path).unwrap();
    let mut select = db.prepare("SELECT zlib FROM body").unwrap();
    let bodies = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let mut unpacked = bodies.map(|packed| {
        let mut text = Vec::new();
        ZlibDecoder::new(packed.unwrap().as_slice()).read_to_end(&mut text).unwrap();
        text
    });
    is_in(&bytes) || unpacked.any(|text| is_in(&text))
}

#[test]
fn a_person_is_gone_with_the_stories_that_name_them_and_stays_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    ledger.note("e-1", "Okafor was asked", "me", "2026-03-12T10:00:00Z").unwrap();
    assert!(holds(&path, "Okafor") || folder.path().join("a.db-wal").exists());
    let error = ledger.forget(Forget::Person("Nobody"), "seed").unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Unknown(_)), "{error}");
    assert_eq!(ledger.forget(Forget::Person("tom okafor"), "seed").unwrap(), 5);
    assert!(!fs::read(folder.path().join("a.db-wal")).is_ok_and(|wal| !wal.is_empty()));
    let note = ledger.notes(None).unwrap();
    assert_eq!(note.len(), 1);
    drop(ledger);
    let mut ledger = Ledger::open(&path, Access::Write).unwrap();
    assert!(!holds(&path, "Tom Okafor") && !holds(&path, "tom okafor"));
    let again = ledger.add(pool(), KEEP).unwrap();
    let forgotten = again.iter().filter(|added| **added == Added::Forgotten).count();
    assert_eq!(forgotten, 5, "{again:?}");
    assert!(!holds(&path, "Tom Okafor"));
}

#[test]
fn an_outlet_or_story_is_gone_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    assert_eq!(ledger.forget(Forget::Outlet("Lowell Courier"), "seed").unwrap(), 2);
    assert_eq!(ledger.forget(Forget::Story("t-4"), "seed").unwrap(), 1);
    let lines = export(&ledger).join("\n");
    assert!(!lines.contains("Lowell Courier") && lines.contains("Evening Star"));
    // Another printing of both texts is left.
    assert_eq!(ledger.status().unwrap().searched.stories, 5);
    assert!(!ledger.who("herring", &Filter::default(), Part::default()).unwrap().rows.is_empty());
    assert_eq!(ledger.forget(Forget::Story("https://tern.example/again"), "seed").unwrap(), 1);
    assert!(!holds(&folder.path().join("a.db"), "herring"));
    assert!(ledger.who("herring", &Filter::default(), Part::default()).unwrap().rows.is_empty());
}

#[test]
fn what_is_left_is_what_would_be_there_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    ledger.forget(Forget::Outlet("Evening Star"), "seed").unwrap();
    ledger.forget(Forget::Outlet("Tern Post"), "seed").unwrap();
    let other = tempfile::tempdir().unwrap();
    let mut fresh = Ledger::open(&other.path().join("b.db"), Access::Create).unwrap();
    let is_left = |outlet: Option<&str>| !matches!(outlet, Some("Evening Star" | "Tern Post"));
    let left: Vec<_> = pool()
        .iter()
        .filter(|p| p.record.as_ref().is_none_or(|r| is_left(r.story.outlet.as_deref())))
        .cloned()
        .collect();
    fresh.add(&left, KEEP).unwrap();
    let stories = |ledger: &Ledger| {
        export(ledger).into_iter().filter(|line| line.contains("\"type\":\"copies\"")).collect::<Vec<_>>()
    };
    assert_eq!(stories(&ledger), stories(&fresh));
}

#[test]
fn marks_and_notes() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    let key = ledger.who("baseless", &Filter::default(), Part::default()).unwrap().rows[0].key.clone();
    let tag = Tag { name: "incident".to_owned(), value: "B-7".to_owned() };
    assert_eq!(ledger.tag(&[key.clone(), "e-1".to_owned()], &tag).unwrap(), 2);
    assert_eq!(ledger.tag(std::slice::from_ref(&key), &tag).unwrap(), 0);
    assert!(ledger.tag(&["nothing".to_owned()], &tag).is_err());
    let marked = |ledger: &Ledger| {
        let filter = Filter { tags: vec![("incident".to_owned(), None)], ..Filter::default() };
        let mut count = 0;
        let each = |_: &_| {
            count += 1;
            std::ops::ControlFlow::Continue(())
        };
        ledger.statements(&filter, each).unwrap();
        count
    };
    let all = marked(&ledger);
    assert!(all > 1);
    assert_eq!(ledger.untag(&["e-1".to_owned()], &Tag { value: String::new(), ..tag }).unwrap(), 1);
    assert_eq!(marked(&ledger), 1);
    // What an answer folds as copies is found too.
    let found = ledger.found("claim baseless").unwrap();
    let shown = ledger.who("claim baseless", &Filter::default(), Part::default()).unwrap();
    assert_eq!(found.len(), shown.statements);
    assert!(found.len() > shown.rows.iter().filter(|row| !row.partial).count(), "{found:?}");
    let note = ledger.note(&key[..11], "asked again", "ana", "2026-03-12T10:00:00Z").unwrap();
    assert_eq!(note.key, key);
    assert_eq!(ledger.notes(Some(&key)).unwrap(), [note]);
}
