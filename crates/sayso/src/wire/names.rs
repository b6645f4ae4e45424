//! How the values of the format are spelled. The words are those of the library's own enums in
//! lower case; they are told here once more so that renaming a variant cannot change the format.

use crate::figure::Change;
use crate::mention;
use crate::statement::{Act, Form, Kind, Stance};
use crate::story::ParagraphKind;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
#[serde(remote = "ParagraphKind", rename_all = "lowercase")]
pub(super) enum ParagraphKindName {
    Headline,
    Subhead,
    Body,
    Quote,
    List,
    Other,
}

#[derive(Serialize)]
#[serde(remote = "Form", rename_all = "lowercase")]
pub(super) enum FormName {
    Named,
    Role,
    Pronoun,
    Metonym,
    Document,
    Unnamed,
    None,
}

#[derive(Serialize)]
#[serde(remote = "Kind", rename_all = "lowercase")]
pub(super) enum KindName {
    Direct,
    Mixed,
    Indirect,
}

#[derive(Serialize)]
#[serde(remote = "Act", rename_all = "lowercase")]
pub(super) enum ActName {
    Say,
    Deny,
    Confirm,
    Accuse,
    Warn,
    Demand,
    Promise,
    Ask,
    Decline,
    Believe,
    Want,
}

#[derive(Serialize)]
#[serde(remote = "Stance", rename_all = "lowercase")]
pub(super) enum StanceName {
    Deny,
    Confirm,
    Decline,
}

/// Writes what an entity is; all that is no person, body or place is `unknown`.
pub(super) fn entity_kind<S: Serializer>(kind: &mention::Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match kind {
        mention::Kind::Person => "person",
        mention::Kind::Organization => "organization",
        mention::Kind::Place => "place",
        _ => "unknown",
    })
}

/// Writes of which change a figure is the amount.
pub(super) fn change<S: Serializer>(change: &Option<Change>, serializer: S) -> Result<S::Ok, S::Error> {
    let name = change.map(|change| match change {
        Change::Up => "up",
        Change::Down => "down",
    });
    name.serialize(serializer)
}

/// Largest whole number that a double holds without a gap below it, 2^53.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a whole number without a point, as a reader would ("155", not "155.0").
pub(super) fn number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match *value {
        // Exact: the value is whole and within what both types hold.
        Some(n) if n.fract() == 0.0 && n.abs() <= LARGEST_WHOLE => serializer.serialize_i64(n as i64),
        other => other.serialize(serializer),
    }
}
