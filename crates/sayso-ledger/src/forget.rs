//! What is removed for good, and stays away.
//!
//! A forgotten story leaves its rows, the index of its words and the free pages of the file; what is left is a
//! salted hash, by which it is known when it comes again. A person is forgotten with all stories that name them.

use crate::Ledger;
use crate::error::{Error, ErrorKind};
use crate::{entity, key};
use sayso::wire::{self, Record};

/// What is to be forgotten.
#[derive(Clone, Copy, Debug)]
pub enum Forget<'a> {
    /// A story, by its key, the beginning of that, its id or its address.
    Story(&'a str),
    /// A person or body, by a name that one entity has, with all stories that name it.
    Person(&'a str),
    /// An outlet, with all of its stories.
    Outlet(&'a str),
}

impl Ledger {
    /// Removes stories for good; gives how many. `seed` makes the salt of the ledger's first such removal.
    ///
    /// # Errors
    /// When there is nothing of this name, several entities are called so, or the ledger cannot be written.
    pub fn forget(&mut self, what: Forget<'_>, seed: &str) -> Result<usize, Error> {
        let store = &self.store;
        let failed = |e: rusqlite::Error| store.failed(&e);
        let (stories, mut keys) = match what {
            Forget::Story(name) => (store.story_of(name).map_err(failed)?.into_iter().collect(), Vec::new()),
            Forget::Outlet(name) => (store.stories_of_outlet(name).map_err(failed)?, Vec::new()),
            Forget::Person(name) => self.named(name)?,
        };
        if stories.is_empty() {
            let (Forget::Story(name) | Forget::Person(name) | Forget::Outlet(name)) = what;
            return Err(Error::new(&store.path, ErrorKind::Unknown(name.to_owned())));
        }
        self.store.transaction(|store| {
            let salt = store.salt_or(&key::salt(seed))?;
            for story in &stories {
                keys.extend(store.remove_story(*story)?);
            }
            keys.iter().try_for_each(|key| store.insert_forgotten(&salt, key))
        })?;
        self.store.sweep().map_err(|e| self.store.failed(&e))?;
        Ok(stories.len())
    }

    /// The stories that name one entity, and its key.
    fn named(&self, name: &str) -> Result<(Vec<i64>, Vec<String>), Error> {
        let store = &self.store;
        let found = store.named_so(name).map_err(|e| store.failed(&e))?;
        if found.len() > 1 {
            let names: Vec<&str> = found.iter().map(|(_, key)| key.as_str()).collect();
            let what =
                format!("{name:?} is the name of {}: {}; give a fuller one", found.len(), names.join(", "));
            return Err(Error::new(&store.path, ErrorKind::Question(what)));
        }
        let Some((id, key)) = found.into_iter().next() else { return Ok((Vec::new(), Vec::new())) };
        let stories = store.stories_naming(id).map_err(|e| store.failed(&e))?;
        Ok((stories, vec![of_person(&key)]))
    }
}

impl crate::store::Store {
    /// Whether a story names somebody who was forgotten.
    pub(crate) fn names_forgotten(&self, record: &Record) -> rusqlite::Result<bool> {
        let keys = record
            .entities
            .iter()
            .map(|e| of_person(&entity::key(&e.name, wire::entity_kind_name(e.kind), &record.story.sha256)));
        let keys: Vec<String> = keys.collect();
        self.is_forgotten(&keys.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Keeps the keys of entities apart from those of stories.
fn of_person(key: &str) -> String {
    format!("entity {key}")
}
