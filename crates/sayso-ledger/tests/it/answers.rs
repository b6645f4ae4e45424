//! Questions and their answers.

use crate::pool::{KEEP, export, ledger, pool};
use sayso::statement::Act;
use sayso_ledger::{ErrorKind, Filter, Keep, Ledger, Part, Sort};
use tempfile::TempDir;

fn filled() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).expect("stories are added");
    (folder, ledger)
}

#[test]
fn who_says_it_counts_copies_once() {
    let (_folder, ledger) = filled();
    let answer = ledger.who("claim baseless", &Filter::default(), Part::default()).unwrap();
    let row = &answer.rows[0];
    assert!(row.content_text.starts_with("\"The claim is baseless,\""), "{:#?}", answer.rows);
    assert_eq!(row.entity.as_deref(), Some("Ana Ruiz"));
    assert_eq!((answer.origins, row.copied, row.outlet.as_deref()), (1, 1, Some("Tern Post")));
    assert_eq!((answer.searched.stories, answer.searched.origins, answer.searched.undated), (8, 3, 1));
}

#[test]
fn some_of_the_words_follow_all_of_them() {
    let (_folder, ledger) = filled();
    let answer = ledger.who("cracks inspected herring", &Filter::default(), Part::default()).unwrap();
    assert_eq!(answer.statements, 0);
    assert!(!answer.rows.is_empty() && answer.rows.iter().all(|row| row.partial), "{:#?}", answer.rows);
    let part = Part { limit: 1, ..Part::default() };
    let first = ledger.who("cracks inspected herring", &Filter::default(), part).unwrap();
    assert_eq!(first.rows.len(), 1);
    let after = first.next.expect("there is more");
    let second = ledger.who("cracks inspected herring", &Filter::default(), Part { after, ..part }).unwrap();
    assert_ne!(first.rows[0].key, second.rows[0].key);
}

#[test]
fn a_question_without_words_is_told() {
    let (_folder, ledger) = filled();
    for question in ["", "(*)", "\"\""] {
        let error = ledger.who(question, &Filter::default(), Part::default()).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Question(_)), "{error}");
    }
    for question in ["x\"AND (", "NEAR(a b)", "content_text: x", "a* ^b", "'; DROP TABLE story"] {
        ledger.who(question, &Filter::default(), Part::default()).unwrap();
    }
}

#[test]
fn a_speaker_is_found_by_surname_and_told_from_another() {
    let (_folder, ledger) = filled();
    let (entities, answer) = ledger.speaker("Ana Ruiz", &Filter::default(), Part::default()).unwrap();
    assert_eq!(entities.len(), 1);
    assert!(answer.rows.iter().all(|row| row.entity.as_deref() == Some("Ana Ruiz")), "{:#?}", answer.rows);
    let days: Vec<_> = answer.rows.iter().map(|row| row.day.clone()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let (entities, _) = ledger.speaker("ruiz", &Filter::default(), Part::default()).unwrap();
    let names: Vec<&str> = entities.iter().map(|e| e.name.as_str()).collect();
    assert!(names.contains(&"Ana Ruiz") && names.contains(&"Lev Ruiz"), "{names:?}");
    let error = ledger.speaker("Nobody Atall", &Filter::default(), Part::default()).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Unknown(_)), "{error}");
}

#[test]
fn filters_leave_what_fits() {
    let (_folder, ledger) = filled();
    let all = |filter: Filter| {
        let mut keys = Vec::new();
        ledger
            .statements(&filter, |row| {
                keys.push((row.act.clone(), row.outlet.clone(), row.day.clone()));
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        keys
    };
    let every = all(Filter::default());
    let denials = all(Filter { acts: vec![Act::Deny], ..Filter::default() });
    assert!(!denials.is_empty() && denials.len() < every.len());
    assert!(denials.iter().all(|(act, ..)| act == "deny"));
    let of_outlet = all(Filter { outlets: vec!["evening star".to_owned()], ..Filter::default() });
    assert!(!of_outlet.is_empty() && of_outlet.len() < every.len());
    let month =
        Filter { from: Some("2026-03".to_owned()), to: Some("2026-03".to_owned()), ..Filter::default() };
    assert_eq!(all(month).len(), every.len());
    assert!(all(Filter { to: Some("2026-02".to_owned()), ..Filter::default() }).is_empty());
    let tag = |name: &str, value: Option<&str>| Filter {
        tags: vec![(name.to_owned(), value.map(str::to_owned))],
        ..Filter::default()
    };
    assert_eq!(all(tag("source", Some("pool"))).len(), every.len());
    assert_eq!(all(tag("source", None)).len(), every.len());
    assert!(all(tag("source", Some("other"))).is_empty());
}

#[test]
fn figures_are_those_that_count_what_is_asked_for() {
    let (_folder, ledger) = filled();
    let answer = ledger.figures("cracks", &Filter::default(), false, Part::default()).unwrap();
    let words: Vec<&str> = answer.rows.iter().map(|row| row.words.as_str()).collect();
    assert!(words.contains(&"more than 40") && words.contains(&"51"), "{words:?}");
    assert_eq!(answer.highest.as_ref().unwrap().words, "51");
    assert_eq!(answer.latest.as_ref().unwrap().words, "51");
    let sorted =
        ledger.figures("cracks", &Filter::default(), true, Part { sort: Sort::Outlet, ..Part::default() });
    assert!(sorted.unwrap().rows.len() >= answer.rows.len());
}

#[test]
fn stories_copies_and_outlets() {
    let (_folder, ledger) = filled();
    let (story, statements) = ledger.story("https://tern.example/1").unwrap();
    assert_eq!((story.outlet.as_deref(), story.copies), (Some("Tern Post"), 5));
    assert_eq!(story.statements, i64::try_from(statements.rows.len()).unwrap());
    assert!(statements.rows.is_sorted_by_key(|row| row.place.0));
    let (same, _) = ledger.story(&story.key[..7]).unwrap();
    assert_eq!(same, story);
    let groups = ledger.copies(None, Part::default()).unwrap();
    assert_eq!(groups.iter().map(|g| g.stories.len()).collect::<Vec<_>>(), [5, 2]);
    assert_eq!(groups[0].stories[0].outlet.as_deref(), Some("Tern Post"));
    let of_one = ledger.copies(Some("e-1"), Part::default()).unwrap();
    assert_eq!(of_one, groups[..1]);
    let outlets = ledger.outlets(Part::default()).unwrap();
    let courier = outlets.iter().find(|row| row.outlet.as_deref() == Some("Lowell Courier")).unwrap();
    assert_eq!((courier.stories, courier.copied), (2, 1));
}

#[test]
fn texts_may_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), Keep { texts: false }).unwrap();
    assert_eq!(ledger.status().unwrap().kept, 0);
    let statement = export(&ledger).into_iter().find(|line| line.contains("\"statement\"")).unwrap();
    assert!(statement.contains("\"before\":"), "{statement}");
    let bytes = std::fs::read(folder.path().join("a.db")).unwrap();
    let kept = "PORT LOWELL - Mayor Ana Ruiz said on Tuesday that the Lowell Bridge";
    assert!(!bytes.windows(kept.len()).any(|window| window == kept.as_bytes()));
}

#[test]
fn what_stood_at_one_address_is_told_in_the_order_of_capture() {
    let (_folder, mut ledger) = filled();
    let mut later = pool()[4].clone();
    let record = later.record.as_mut().unwrap();
    record.story.url = Some("https://tern.example/1".to_owned());
    record.story.captured = Some("2026-03-12T08:00:00Z".to_owned());
    later.page = sayso_ledger::PageHash::of(&[b"later"]);
    ledger.add(&[later], KEEP).unwrap();
    let versions = ledger.versions("https://tern.example/1").unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1].captured.as_deref(), Some("2026-03-12T08:00:00Z"));
    assert!(versions[0].went.is_empty() && !versions[0].came.is_empty());
    let went: Vec<&str> = versions[1].went.iter().map(|row| row.content_text.as_str()).collect();
    assert!(went.iter().any(|words| words.contains("counted 43")), "{went:?}");
    assert_eq!(ledger.versions("e-1").unwrap().len(), 1);
}
