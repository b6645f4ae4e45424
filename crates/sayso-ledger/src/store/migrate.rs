//! Versions of the schema. A ledger of an older version is brought to the newest, after a copy of it was kept.

use super::APPLICATION;
use crate::error::{Error, ErrorKind};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// What makes each version out of the one before; the first out of an empty file.
pub(super) const STEPS: &[&str] = &[include_str!("schema.sql")];

/// The newest version.
pub(super) const VERSION: i64 = 1;

/// Brings a ledger to the version of the last of `steps`, in one transaction. One that holds something is first
/// copied to `PATH.vN`, N being its version.
pub(super) fn migrate(db: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), Error> {
    let failed = |error: &rusqlite::Error| Error::of(path, error);
    let version = |db: &Connection| {
        db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).map_err(|e| failed(&e))
    };
    let old = version(db)?;
    let is_older = usize::try_from(old).is_ok_and(|old| (1..steps.len()).contains(&old));
    if is_older {
        keep_copy(db, path, old)?;
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| failed(&e))?;
    // Another program may have done it meanwhile.
    let from = version(&transaction)?;
    let done = usize::try_from(from).unwrap_or_default();
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step).map_err(|e| failed(&e))?;
    }
    let newest = steps.len();
    let mark = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {newest};");
    if done < newest {
        transaction.execute_batch(&mark).map_err(|e| failed(&e))?;
    }
    transaction.commit().map_err(|e| failed(&e))
}

fn keep_copy(db: &Connection, path: &Path, version: i64) -> Result<(), Error> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".v{version}"));
    let copy = Path::new(&name);
    if copy.exists() {
        return Err(Error::new(copy, ErrorKind::Sqlite("there already, move it away first".to_owned())));
    }
    db.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).map_err(|e| Error::of(copy, &e))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_ledger_is_copied_and_brought_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut db = Connection::open(&path).unwrap();
        migrate(&mut db, &path, STEPS).unwrap();
        db.execute("INSERT INTO outlet (name) VALUES ('Tern Post')", []).unwrap();
        let more = "ALTER TABLE outlet ADD COLUMN country TEXT";
        migrate(&mut db, &path, &[STEPS[0], more]).unwrap();
        let of = |db: &Connection, what: &str| db.query_row(what, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(of(&db, "SELECT count(*) FROM outlet WHERE country IS NULL"), 1);
        assert_eq!(of(&db, "PRAGMA user_version"), 2);
        let copy = Connection::open(folder.path().join("a.db.v1")).unwrap();
        assert_eq!(of(&copy, "SELECT count(*) FROM outlet"), 1);
        assert_eq!(of(&copy, "PRAGMA user_version"), 1);
    }

    #[test]
    fn the_newest_version_is_that_of_the_last_step() {
        assert_eq!(usize::try_from(VERSION), Ok(STEPS.len()));
    }

    #[test]
    fn a_step_that_fails_leaves_the_ledger_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut db = Connection::open(&path).unwrap();
        migrate(&mut db, &path, STEPS).unwrap();
        assert!(migrate(&mut db, &path, &[STEPS[0], "CREATE TABLE more (a); BOGUS"]).is_err());
        let count: i64 = db
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'more'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, 0);
    }
}
