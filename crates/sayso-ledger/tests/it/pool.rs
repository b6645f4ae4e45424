//! Stories to be added: invented ones, some of which print the same.

use sayso::analysis::analyse;
use sayso::model::Model;
use sayso::page::{Given, Page};
use sayso::wire;
use sayso_ledger::{Access, Export, Filter, Keep, Ledger, PageHash, Printing};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

const BRIDGE: &str = "Council rejects claim of cracks in bridge\n\nPORT LOWELL - Mayor Ana Ruiz said on Tuesday that the \
Lowell Bridge was safe and denied a report by the harbour union that more than 40 cracks had been found in it.\n\n\"The \
claim is baseless,\" Ruiz told reporters at the town hall. \"We inspected every joint of it in March, and we found \
nothing that the engineers would call a crack.\"\n\nThe leader of the harbour union, Tom Okafor, said the inspection had \
been made from a boat. \"Nobody climbed up there,\" he said. \"We did, and we counted 43.\"\n\nA spokesman for the transport \
ministry declined to comment on the report. The bridge carries about 12,000 vehicles a day, according to the city.";

const CUT: &str = "Mayor denies cracks in bridge\n\nMayor Ana Ruiz said on Tuesday that the Lowell Bridge was safe and denied a \
report by the harbour union that more than 40 cracks had been found in it.\n\n\"The claim is baseless,\" Ruiz told reporters \
at the town hall. \"We inspected every joint of it in March, and we found nothing that the engineers would call a crack.\"";

const LATER: &str = "Bridge to close for inspection\n\nThe Lowell Bridge will close for a week, the transport ministry said on \
Friday. Engineers had found 51 cracks, the ministry said. \"Safety comes first,\" said Tom Okafor of the harbour union.\n\n\
Ana Ruiz, the mayor, did not respond to a request for comment.";

const OTHER: &str = "Prices of herring fall\n\nThe price of herring fell 3 percent on Monday, the harbour board said. Its chairman, \
Lev Ruiz, said he expected it to fall further. \"There is too much fish,\" he said.";

/// Text, published, outlet, address, id of the line.
type Facts = (&'static str, &'static str, &'static str, Option<&'static str>, Option<&'static str>);

/// The pool's printings.
const PRINTINGS: [Facts; 9] = [
    (BRIDGE, "2026-03-11", "Lowell Courier", Some("https://courier.example/bridge"), None),
    (BRIDGE, "2026-03-10", "Tern Post", Some("https://tern.example/1"), None),
    (BRIDGE, "2026-03-12", "Gull Gazette", None, Some("g-7")),
    (BRIDGE, "", "", None, Some("undated")),
    (CUT, "2026-03-11", "Evening Star", None, Some("e-1")),
    (LATER, "2026-03-20", "Lowell Courier", Some("https://courier.example/close"), None),
    (OTHER, "2026-03-16", "Tern Post", None, Some("t-4")),
    (OTHER, "2026-05-16", "Tern Post", Some("https://tern.example/again"), None),
    ("", "2026-03-01", "Nobody", None, Some("empty")),
];

static POOL: LazyLock<Vec<Printing>> = LazyLock::new(|| PRINTINGS.iter().map(printing).collect());

/// All printings.
pub(crate) fn pool() -> &'static [Printing] {
    &POOL
}

fn printing(&(text, published, outlet, url, line): &Facts) -> Printing {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let given = Given { published: some(published), outlet: some(outlet), ..Given::default() };
    let page = Page { given, address: url.map(str::to_owned), ..Page::exact(text) };
    let analysis = analyse(&page, Model::fast());
    let id = line.or(url).unwrap_or_default().into();
    Printing {
        page: PageHash::of(&[text.as_bytes(), published.as_bytes(), outlet.as_bytes()]),
        record: (!text.is_empty()).then(|| wire::record(&analysis, id, wire::Fields::new())),
        line: line.map(str::to_owned),
        tags: vec![("source".to_owned(), "pool".to_owned())],
    }
}

pub(crate) const KEEP: Keep = Keep { texts: true };

/// A new ledger in a folder.
pub(crate) fn ledger(folder: &Path) -> Ledger {
    Ledger::open(&folder.join("a.db"), Access::Create).expect("a new ledger")
}

/// The lines of a ledger's export.
pub(crate) fn export(ledger: &Ledger) -> Vec<String> {
    let mut lines = Vec::new();
    let export = Export { texts: true };
    ledger
        .export(&Filter::default(), export, |line| {
            lines.push(line.to_owned());
            ControlFlow::Continue(())
        })
        .expect("an export");
    lines
}
