//! Statements drawn at random.

use crate::pool::{KEEP, ledger, pool};
use sayso_ledger::{By, ErrorKind, Field, Filter, Ledger};
use std::collections::BTreeSet;

const AT: &str = "2026-03-12T10:00:00Z";

fn keys(ledger: &mut Ledger, name: &str, count: usize, seed: u64, by: Option<By>) -> Vec<String> {
    let drawn = ledger.draw(name, count, seed, None, &Filter::default(), by).unwrap();
    drawn.into_iter().map(|row| row.key).collect()
}

#[test]
fn a_seed_draws_the_same_whatever_the_order_of_adding() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut one, mut two) = (ledger(one.path()), ledger(two.path()));
    one.add(pool(), KEEP).unwrap();
    for printing in pool().iter().rev() {
        two.add(std::slice::from_ref(printing), KEEP).unwrap();
    }
    let drawn = keys(&mut one, "a", 5, 7, None);
    assert_eq!((drawn.len(), &drawn), (5, &keys(&mut two, "a", 5, 7, None)));
    assert_ne!(drawn, keys(&mut one, "b", 5, 8, None));
    assert!(matches!(
        one.draw("a", 5, 7, None, &Filter::default(), None).unwrap_err().kind,
        ErrorKind::Question(_)
    ));
    let all = keys(&mut one, "c", 1_000, 7, None);
    assert_eq!(all.len(), usize::try_from(one.status().unwrap().statements).unwrap());
}

#[test]
fn groups_are_drawn_alike() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    let drawn = ledger.draw("a", 3, 7, None, &Filter::default(), Some(By::Day)).unwrap();
    let days: BTreeSet<_> = drawn.iter().map(|row| row.day.clone()).collect();
    assert_eq!(days.len(), 3, "{days:?}");
}

#[test]
fn checks_of_the_sample_alone_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger(folder.path());
    ledger.add(pool(), KEEP).unwrap();
    let drawn = keys(&mut ledger, "a", 4, 7, None);
    let others = keys(&mut ledger, "rest", 1_000, 7, None);
    let other = others.iter().find(|key| !drawn.contains(key)).unwrap();
    ledger.correct(other, &Field::None, "ana", AT, None).unwrap();
    ledger.correct(&drawn[0], &Field::Right, "ana", AT, None).unwrap();
    ledger.correct(&drawn[0], &Field::Right, "lev", AT, None).unwrap();
    ledger.correct(&drawn[1], &Field::Speaker(None), "ana", AT, None).unwrap();
    ledger.correct(&drawn[2], &Field::Right, "ana", AT, None).unwrap();
    ledger.correct(&drawn[2], &Field::None, "lev", AT, None).unwrap();
    let checked = ledger.checked("a").unwrap();
    let share = |field: &str| checked.shares.iter().find(|s| s.field == field).unwrap();
    assert_eq!((checked.drawn, share("row").checked, share("row").right), (4, 3, 1), "{checked:#?}");
    assert_eq!((share("speaker").right, share("act").right), (1, 2));
    assert_eq!((checked.twice, checked.agreed), (2, 1));
    assert!(matches!(ledger.checked("none").unwrap_err().kind, ErrorKind::Unknown(_)));
}
