//! How the values of the format are spelled, here and nowhere else: renaming a variant cannot change the
//! format, and whoever shows a value to people or asks for one has the same words.

use crate::figure::Change;
use crate::mention;
use crate::statement::{Act, Form, Kind, Stance};
use crate::story::ParagraphKind;
use serde::{Serialize, Serializer};

/// The name of an act, as the format has it.
pub fn act_name(act: Act) -> &'static str {
    match act {
        Act::Say => "say",
        Act::Deny => "deny",
        Act::Confirm => "confirm",
        Act::Accuse => "accuse",
        Act::Warn => "warn",
        Act::Demand => "demand",
        Act::Promise => "promise",
        Act::Ask => "ask",
        Act::Decline => "decline",
        Act::Believe => "believe",
        Act::Want => "want",
    }
}

/// The name of a statement's kind, as the format has it.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
    }
}

/// The name of a source's form, as the format has it.
pub fn form_name(form: Form) -> &'static str {
    match form {
        Form::Named => "named",
        Form::Role => "role",
        Form::Pronoun => "pronoun",
        Form::Metonym => "metonym",
        Form::Document => "document",
        Form::Unnamed => "unnamed",
        Form::None => "none",
    }
}

/// The name of how a statement answers another, as the format has it.
pub fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Deny => "deny",
        Stance::Confirm => "confirm",
        Stance::Decline => "decline",
    }
}

/// The name of a paragraph's kind, as the format has it.
pub fn paragraph_name(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Headline => "headline",
        ParagraphKind::Subhead => "subhead",
        ParagraphKind::Body => "body",
        ParagraphKind::Quote => "quote",
        ParagraphKind::List => "list",
        ParagraphKind::Other => "other",
    }
}

pub(super) fn act<S: Serializer>(act: &Act, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(act_name(*act))
}

pub(super) fn kind<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind_name(*kind))
}

pub(super) fn form<S: Serializer>(form: &Form, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(form_name(*form))
}

pub(super) fn stance<S: Serializer>(stance: &Stance, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stance_name(*stance))
}

pub(super) fn paragraph<S: Serializer>(kind: &ParagraphKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(paragraph_name(*kind))
}

/// What an entity is, as the format has it; all that is no person, body or place is `unknown`.
pub fn entity_kind_name(kind: mention::Kind) -> &'static str {
    match kind {
        mention::Kind::Person => "person",
        mention::Kind::Organization => "organization",
        mention::Kind::Place => "place",
        _ => "unknown",
    }
}

/// The name of a rise or fall, as the format has it.
pub fn change_name(change: Change) -> &'static str {
    match change {
        Change::Up => "up",
        Change::Down => "down",
    }
}

pub(super) fn entity_kind<S: Serializer>(kind: &mention::Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(entity_kind_name(*kind))
}

/// Writes of which change a figure is the amount.
pub(super) fn change<S: Serializer>(change: &Option<Change>, serializer: S) -> Result<S::Ok, S::Error> {
    change.map(change_name).serialize(serializer)
}

/// Writes hundredths as the decimal number that they are (0.9, not 0.899999976).
pub(super) fn hundredths<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(f64::from((value * 100.0).round()) / 100.0)
}

/// Largest whole number that a double holds without a gap below it, 2^53.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a whole number without a point, as a reader would ("155", not "155.0").
pub fn bare_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match *value {
        // Exact: the value is whole and within what both types hold.
        Some(n) if n.fract() == 0.0 && n.abs() <= LARGEST_WHOLE => serializer.serialize_i64(n as i64),
        other => other.serialize(serializer),
    }
}
