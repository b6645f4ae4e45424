//! Everything out, as lines of JSON: the same lines whatever the order in which stories came in.

use crate::Ledger;
use crate::error::Error;
use crate::filter::Filter;
use crate::wire::{self, Line};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// What an export holds beside the statements.
#[derive(Clone, Copy, Debug, Default)]
pub struct Export {
    /// Whole texts too, where they are kept. Rights may forbid to pass them on.
    pub texts: bool,
}

/// Numbers of rows in an export, from 1, in the order of their keys.
#[derive(Default)]
pub(crate) struct Numbers {
    pub(crate) stories: HashMap<i64, usize>,
    pub(crate) entities: HashMap<i64, usize>,
    /// The first printing of each text.
    pub(crate) first: HashMap<i64, i64>,
}

impl Ledger {
    /// Gives the lines of an export one by one, parents before children, each without its end, until `write`
    /// breaks. A filter leaves out statements; stories, entities and copies are always told.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn export(
        &self,
        filter: &Filter,
        export: Export,
        mut write: impl FnMut(&str) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let store = &self.store;
        let mut emit = |line: &Line| write(&wire::line(line));
        let done = store.snapshot(|| {
            let numbers = store.numbers()?;
            if store.export_entities(&numbers, &mut emit)?.is_break()
                || store.export_stories(&numbers, export, &mut emit)?.is_break()
                || store.export_copies(&numbers, &mut emit)?.is_break()
            {
                return Ok(());
            }
            if store.export_statements(&numbers, filter, &mut emit)?.is_continue()
                && store.export_corrections(&mut emit)?.is_continue()
            {
                let _ = store.export_notes(&mut emit)?;
            }
            Ok(())
        });
        done.map_err(|e| store.failed(&e))
    }
}
