//! What each figure must reach. `eval/floors.toml` says how a floor is set and moved.

use crate::{Figure, Part};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The floors of each part, by the figure's name.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Floors(BTreeMap<Part, BTreeMap<String, Floor>>);

/// What one figure must reach.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floor {
    /// Lowest value that holds.
    pub(crate) least: Option<f64>,
    /// Highest value that holds.
    pub(crate) most: Option<f64>,
    /// What others reach on the same data.
    pub(crate) anchor: Option<String>,
    /// Why the floor stands where it stands, where it is not the last measured value.
    pub(crate) reason: Option<String>,
}

/// A figure beside its floor.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// `None` where a floor stands and its figure was not measured.
    pub(crate) value: Option<f64>,
    pub(crate) floor: Floor,
}

/// Reads the floors that stand in the repository.
pub(crate) fn read() -> Result<Floors, String> {
    toml::from_str(include_str!("../floors.toml")).map_err(|error| format!("eval/floors.toml: {error}"))
}

impl Floors {
    /// Sets the figures of a part beside their floors, then the floors whose figures are missing.
    pub(crate) fn hold(&self, part: Part, figures: Vec<Figure>) -> Vec<Line> {
        let mut floors = self.0.get(&part).cloned().unwrap_or_default();
        let mut lines: Vec<Line> = figures
            .into_iter()
            .map(|Figure { name, value }| {
                let floor = floors.remove(&name).unwrap_or_default();
                Line { name, value: Some(value), floor }
            })
            .collect();
        lines.extend(floors.into_iter().map(|(name, floor)| Line { name, value: None, floor }));
        lines
    }
}

impl Line {
    /// Whether the figure is there and within its floor; one without a floor always is.
    pub(crate) fn holds(&self) -> bool {
        let within = |value| {
            self.floor.least.is_none_or(|least| value >= least)
                && self.floor.most.is_none_or(|most| value <= most)
        };
        self.value.is_some_and(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_s_floors_are_read_and_can_be_held() {
        let floors = read().expect("floors");
        assert!(!floors.0.is_empty());
        for (name, floor) in floors.0.values().flatten() {
            assert!(floor.least.is_some() || floor.most.is_some() || floor.anchor.is_some(), "{name}");
            assert!(floor.least.zip(floor.most).is_none_or(|(least, most)| least <= most), "{name}");
        }
    }

    fn floors(text: &str) -> Floors {
        toml::from_str(text).expect("floors")
    }

    #[test]
    fn a_figure_outside_its_floor_does_not_hold() {
        let floors = floors("[tags.a]\nleast = 0.5\n[tags.b]\nmost = 0.5");
        let holds = |name, value| floors.hold(Part::Tags, vec![Figure::new(name, value)])[0].holds();
        assert!(holds("a", 0.5) && !holds("a", 0.49));
        assert!(holds("b", 0.5) && !holds("b", 0.51) && !holds("b", f64::NAN));
        assert!(holds("c", 0.0));
    }

    #[test]
    fn a_floor_without_its_figure_does_not_hold() {
        let floors = floors("[tags.a]\nleast = 0.5\n[tags.b]\nanchor = \"others .4\"\n[speed.c]\nmost = 2");
        let lines = floors.hold(Part::Tags, vec![Figure::new("a", 0.5)]);
        let seen: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.holds())).collect();
        assert_eq!(seen, [("a", true), ("b", false)], "only the part's own floors are asked");
    }

    #[test]
    fn a_floor_of_no_part_is_no_floor() {
        assert!(toml::from_str::<Floors>("[page.a]\nleast = 0.5").is_err());
    }
}
