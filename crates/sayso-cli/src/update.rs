//! `sayso update`: the texts of a ledger read again by a newer model.

use crate::exit::{self, Outcome, answered};
use crate::ledger_args::UpdateArgs;
use crate::order;
use sayso::analysis::{READER, analyse_story};
use sayso::wire::{self, Fields, Id};
use sayso_ledger::{Access, Ledger, Stale};
use std::ops::ControlFlow;

/// Texts read and stored together.
const BATCH: usize = 64;

/// Reads all texts again that another model has read.
pub(crate) fn run(args: &UpdateArgs) -> Outcome {
    let model = args.model.open();
    let title = model.title();
    let mut ledger = answered(Ledger::open(&args.ledger.ledger, Access::Write));
    let workers = args.threads.map_or_else(crate::read::cores, usize::from);
    let mut last: Option<Stale> = None;
    let mut count = 0;
    loop {
        let stale = answered(ledger.stale(&title, READER, args.all, last.as_ref(), BATCH));
        let Some(end) = stale.last() else { break };
        last = Some(end.clone());
        let mut readings = Vec::with_capacity(stale.len());
        order::in_order(
            workers,
            stale.into_iter(),
            |stale| {
                let analysis = analyse_story(stale.story.clone(), model);
                let record = wire::record(&analysis, Id::from(""), Fields::new());
                (stale, record)
            },
            |reading| {
                readings.push(reading);
                ControlFlow::Continue(())
            },
        );
        answered(ledger.reread(&readings));
        count += readings.len();
    }
    let corrections = answered(ledger.corrections(None));
    let orphaned = corrections.iter().filter(|c| c.orphaned && !c.undone && c.field != "undo").count();
    let status = answered(ledger.status());
    let unkept = status.texts - status.kept;
    let left =
        if unkept > 0 { format!(", {unkept} are not kept and stay as they were") } else { String::new() };
    let log = match (corrections.len(), orphaned) {
        (0, _) => String::new(),
        (all, 0) => format!("; all of {all} corrections have their statements"),
        (all, orphaned) => {
            format!("; {orphaned} of {all} corrections are orphaned: `sayso corrections` shows them")
        }
    };
    exit::complain(&format!("{count} texts read by {title}{left}{log}"));
    Outcome::Done
}
