//! The filters: one list for `read`, all questions and `export`.

use crate::args::{named, share};
use crate::select::Selection;
use clap::Args as Group;
use sayso::statement::{Act, Form, Kind};
use sayso::wire;
use sayso_ledger::Filter;

/// Which statements are shown.
#[derive(Clone, Debug, Default, Group)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only statements of speakers whose name has this in it; may be given more than once
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,

    /// Only statements of this act; may be given more than once
    #[arg(long, value_name = "ACT", value_parser = named(&Act::ALL, wire::act_name))]
    act: Vec<Act>,

    /// Only statements whose source is worded so; may be given more than once
    #[arg(long, value_name = "FORM", value_parser = named(&Form::ALL, wire::form_name))]
    form: Vec<Form>,

    /// Only statements of this kind; may be given more than once
    #[arg(long, value_name = "KIND", value_parser = named(&Kind::ALL, wire::kind_name))]
    kind: Vec<Kind>,

    /// Only statements whose act is said not to have happened, or with =false only the others
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    negated: Option<bool>,

    /// Leave out statements that stand within another's content
    #[arg(long)]
    outer: bool,

    /// Only stories of this outlet; may be given more than once
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,

    /// Only what was said on this day or later: the day said where it is known, else that of publication
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<String>,

    /// Only what was said on this day or earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<String>,

    /// Only statements of at least this confidence, from 0 to 1: how likely content, speaker, act and negation
    /// are all right
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true, value_parser = share)]
    min_confidence: f32,
}

impl FilterArgs {
    /// What the pages that are read are held against.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            speakers: self.speaker.iter().map(|name| name.to_lowercase()).collect(),
            acts: self.act.clone(),
            forms: self.form.clone(),
            kinds: self.kind.clone(),
            negated: self.negated,
            outer: self.outer,
            outlets: self.outlet.iter().map(|name| name.to_lowercase()).collect(),
            from: self.from.clone(),
            to: self.to.clone(),
            min_confidence: self.min_confidence,
        }
    }

    /// What the ledger is asked for.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            outlets: self.outlet.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            speakers: self.speaker.clone(),
            acts: self.act.clone(),
            forms: self.form.clone(),
            kinds: self.kind.clone(),
            negated: self.negated,
            outer: self.outer,
            min_confidence: f64::from((self.min_confidence * 100.0).round()) / 100.0,
            ..Filter::default()
        }
    }
}

/// A day, or a month or year for its beginning: 2026, 2026-02, 2026-02-09.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let sizes: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_digits = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let is_day = matches!(sizes.as_slice(), [4] | [4, 2] | [4, 2, 2]);
    if is_digits && is_day { Ok(text.to_owned()) } else { Err("not a day like 2026-02-09".to_owned()) }
}
