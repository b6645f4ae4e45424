//! What hands have corrected, and how it survives.

use crate::pool::{KEEP, export, ledger, pool};
use sayso::statement::Act;
use sayso_ledger::{ErrorKind, Field, Filter, Ledger, Part, Printing, StatementRow};
use tempfile::TempDir;

const AT: &str = "2026-03-12T10:00:00Z";
const LATER: &str = "2026-03-13T10:00:00Z";

fn filled() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).expect("stories are added");
    (folder, ledger)
}

fn row(ledger: &Ledger, words: &str) -> StatementRow {
    ledger.who(words, &Filter::default(), Part::default()).unwrap().rows[0].clone()
}

/// The export without its log.
fn statements(ledger: &Ledger) -> Vec<String> {
    export(ledger).into_iter().filter(|line| !line.contains("\"type\":\"correction\"")).collect()
}

#[test]
fn a_correction_is_shown_and_can_be_undone() {
    let (_folder, mut ledger) = filled();
    let before = statements(&ledger);
    let old = row(&ledger, "baseless");
    let why = Some("named in the next line");
    let speaker = Field::Speaker(Some("Tom Okafor".to_owned()));
    let first = ledger.correct(&old.key[..10], &speaker, "ana", AT, why).unwrap();
    let second = ledger.correct(&old.key, &Field::Act(Act::Accuse), "lev", LATER, None).unwrap();
    let new = row(&ledger, "baseless");
    assert_eq!((new.speaker.as_deref(), new.entity.as_deref()), (Some("Tom Okafor"), Some("Tom Okafor")));
    assert_eq!((new.act.as_str(), new.checked, new.key == old.key), ("accuse", true, true));
    let (_, said) = ledger.speaker("Tom Okafor", &Filter::default(), Part::default()).unwrap();
    assert!(said.rows.iter().any(|row| row.key == old.key));
    assert!(ledger.who("Okafor baseless", &Filter::default(), Part::default()).unwrap().statements > 0);
    let checked = Filter { checked: Some(true), ..Filter::default() };
    assert_eq!(ledger.who("baseless", &checked, Part::default()).unwrap().rows.len(), 1);
    ledger.undo(&second.key, "ana", LATER).unwrap();
    assert_eq!(row(&ledger, "baseless").act, old.act);
    ledger.undo(&first.key, "ana", LATER).unwrap();
    assert_eq!(statements(&ledger), before);
    let log = ledger.corrections(None).unwrap();
    assert_eq!((log.len(), log.iter().filter(|c| c.undone).count()), (4, 2));
    assert!(matches!(ledger.undo("nothing", "ana", AT).unwrap_err().kind, ErrorKind::Unknown(_)));
}

#[test]
fn what_is_no_statement_leaves_every_answer() {
    let (_folder, mut ledger) = filled();
    let before = statements(&ledger);
    let old = row(&ledger, "baseless");
    let count = ledger.status().unwrap().statements;
    let entry = ledger.correct(&old.key, &Field::None, "ana", AT, None).unwrap();
    assert_eq!(ledger.status().unwrap().statements, count - 1);
    assert!(ledger.who("\"claim is baseless\"", &Filter::default(), Part::default()).unwrap().statements < 2);
    let is_told = |line: &&String| line.contains("\"type\":\"statement\"") && line.contains(&old.key);
    assert_eq!(statements(&ledger).iter().filter(is_told).count(), 0);
    ledger.undo(&entry.key, "ana", LATER).unwrap();
    assert_eq!(statements(&ledger), before);
}

#[test]
fn a_span_is_corrected_within_its_text() {
    let (_folder, mut ledger) = filled();
    let old = row(&ledger, "baseless");
    let place = (old.place.0, old.place.0 + 24);
    ledger.correct(&old.key, &Field::Content(place.0, place.1), "ana", AT, None).unwrap();
    let new = row(&ledger, "baseless");
    assert_eq!((new.content_text.as_str(), new.place), ("\"The claim is baseless,\"", place));
    let error = ledger.correct(&old.key, &Field::Content(0, 1 << 30), "ana", AT, None).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Question(_)), "{error}");
    let error = ledger.correct("nothing", &Field::Right, "ana", AT, None).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Unknown(_)), "{error}");
}

/// Another reading of a text: its earlier printing comes in later, and with it the text is read anew.
fn read_anew(ledger: &mut Ledger, change: impl FnOnce(&mut Printing)) {
    let mut printing = pool()[1].clone();
    let record = printing.record.as_mut().unwrap();
    record.story.published = Some("2025-01-01".to_owned());
    record.story.url = Some("https://early.example/".to_owned());
    printing.page = sayso_ledger::PageHash::of(&[b"early"]);
    change(&mut printing);
    ledger.add(&[printing], KEEP).unwrap();
}

#[test]
fn corrections_survive_another_reading_or_are_told_as_orphaned() {
    for is_left in [true, false] {
        let (_folder, mut ledger) = filled();
        let old = row(&ledger, "counted 43");
        ledger.correct(&old.key, &Field::Speaker(None), "ana", AT, None).unwrap();
        read_anew(&mut ledger, |printing| {
            let statements = &mut printing.record.as_mut().unwrap().statements;
            for statement in statements.iter_mut().filter(|s| s.content_text == old.content_text) {
                // The same words under another cue; or other words.
                statement.cue.clear();
                if !is_left {
                    statement.content_text.push_str(" and more");
                }
            }
        });
        let new = row(&ledger, "counted 43");
        let log = ledger.corrections(None).unwrap();
        assert_ne!(new.key, old.key);
        assert_eq!((log.len(), log[0].orphaned), (1, !is_left));
        assert_eq!((new.checked, new.speaker.is_none()), (is_left, is_left), "{new:#?}");
    }
}

#[test]
fn importing_is_a_union_in_any_order() {
    let logs = [("ana", Act::Accuse), ("lev", Act::Confirm)].map(|(by, act)| {
        let (_folder, mut ledger) = filled();
        let key = row(&ledger, "baseless").key;
        ledger.correct(&key, &Field::Act(act), by, AT, None).unwrap();
        export(&ledger).join("\n")
    });
    let exports = [[0, 1], [1, 0]].map(|order| {
        let (_folder, mut ledger) = filled();
        for n in order {
            assert_eq!(ledger.import(&logs[n]).unwrap().added, 1);
            assert_eq!(ledger.import(&logs[n]).unwrap().known, 1);
        }
        export(&ledger)
    });
    assert_eq!(exports[0], exports[1]);
    let folder = tempfile::tempdir().unwrap();
    let mut empty = ledger(folder.path());
    let log = logs[0].lines().find(|line| line.contains("\"type\":\"correction\"")).unwrap();
    let done = empty.import(log).unwrap();
    assert_eq!((done.added, done.orphaned), (1, 1));
    empty.add(pool(), KEEP).unwrap();
    assert!(!empty.corrections(None).unwrap()[0].orphaned);
    assert_eq!(row(&empty, "baseless").act, "accuse");
    let error = empty.import("{\"type\": 5}").unwrap_err();
    assert!(error.to_string().contains("line 1"), "{error}");
}

#[test]
fn an_export_makes_the_same_ledger_again() {
    let (_folder, mut ledger) = filled();
    let key = row(&ledger, "baseless").key;
    let other = row(&ledger, "counted 43").key;
    ledger.correct(&key, &Field::Speaker(Some("Tom Okafor".to_owned())), "ana", AT, None).unwrap();
    ledger.correct(&other, &Field::None, "lev", LATER, None).unwrap();
    ledger.note(&key, "ask again", "ana", AT).unwrap();
    let lines = export(&ledger);
    let folder = tempfile::tempdir().unwrap();
    let mut copy = crate::pool::ledger(folder.path());
    assert_eq!(copy.import(&lines.join("\n")).unwrap().stories, 8);
    assert_eq!(export(&copy), lines);
    let again = copy.import(&lines.join("\n")).unwrap();
    assert_eq!((again.stories, again.added, again.known), (0, 0, 2));
    // What hands have corrected can be undone in the copy too.
    for ledger in [&mut ledger, &mut copy] {
        for entry in ledger.corrections(None).unwrap() {
            ledger.undo(&entry.key, "ana", LATER).unwrap();
        }
    }
    assert_eq!(statements(&copy), statements(&ledger));
}
