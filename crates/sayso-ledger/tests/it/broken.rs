//! Files that are no ledgers, or cannot be used as they are.

use crate::pool::{KEEP, export, ledger, pool};
use sayso_ledger::{Access, Error, ErrorKind, Ledger};
use std::fs;
use std::path::Path;

fn refused(path: &Path, access: Access) -> Error {
    match Ledger::open(path, access) {
        Ok(_) => panic!("{} is opened", path.display()),
        Err(error) => error,
    }
}

#[test]
fn what_is_no_ledger_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    fs::write(&path, "<html>".repeat(200)).unwrap();
    for access in [Access::Read, Access::Write, Access::Create] {
        let error = refused(&path, access);
        assert!(matches!(error.kind, ErrorKind::NoLedger), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "<html>".repeat(200));
    let other = folder.path().join("other.db");
    let db = rusqlite::Connection::open(&other).unwrap();
    db.execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)").unwrap();
    drop(db);
    let error = refused(&other, Access::Create);
    assert!(matches!(error.kind, ErrorKind::NoLedger), "{error}");
    let missing = folder.path().join("missing.db");
    assert!(matches!(refused(&missing, Access::Read).kind, ErrorKind::Missing));
    assert!(!missing.exists());
}

#[test]
fn a_newer_ledger_names_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    drop(ledger(folder.path()));
    let path = folder.path().join("a.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    for access in [Access::Read, Access::Create] {
        let error = refused(&path, access).to_string();
        assert!(error.contains("99") && error.contains("version 1"), "{error}");
    }
}

#[test]
fn a_closed_ledger_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    drop(ledger);
    let reader = Ledger::open(&folder.path().join("a.db"), Access::Read).unwrap();
    assert!(!export(&reader).is_empty());
    drop(reader);
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(files, ["a.db"]);
}

#[test]
fn a_backup_of_a_ledger_in_use_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(&pool()[..4], KEEP).unwrap();
    let copy = folder.path().join("copy.db");
    ledger.back_up(&copy).unwrap();
    let before = export(&ledger);
    ledger.add(pool(), KEEP).unwrap();
    assert_eq!(export(&Ledger::open(&copy, Access::Read).unwrap()), before);
    assert!(ledger.back_up(&copy).is_err());
}

#[test]
fn a_torn_ledger_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    drop(ledger);
    let path = folder.path().join("a.db");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 6000]).unwrap();
    let told = match Ledger::open(&path, Access::Read) {
        Err(error) => error,
        Ok(ledger) => ledger
            .export(&Default::default(), Default::default(), |_| std::ops::ControlFlow::Continue(()))
            .expect_err("the last pages are gone"),
    };
    assert!(matches!(told.kind, ErrorKind::Damaged(_)), "{told}");
}

#[test]
fn two_writers_and_readers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(ledger(folder.path()));
    let path = folder.path().join("a.db");
    std::thread::scope(|scope| {
        for half in [&pool()[..5], &pool()[3..]] {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path, Access::Write).unwrap();
                for printing in half {
                    ledger.add(std::slice::from_ref(printing), KEEP).unwrap();
                }
            });
        }
        for _ in 0..4 {
            scope.spawn(|| {
                let ledger = Ledger::open(&path, Access::Read).unwrap();
                for _ in 0..20 {
                    ledger.status().unwrap();
                    export(&ledger);
                }
            });
        }
    });
    let one = tempfile::tempdir().unwrap();
    let mut whole = ledger(one.path());
    whole.add(pool(), KEEP).unwrap();
    assert_eq!(export(&Ledger::open(&path, Access::Read).unwrap()), export(&whole));
}
