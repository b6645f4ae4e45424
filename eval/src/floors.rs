//! What each figure must reach. `eval/floors.toml` says how a floor is set and moved.

use crate::Figure;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The floors, by the figure's name.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Floors(BTreeMap<String, Floor>);

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
    pub(crate) figure: Figure,
    pub(crate) floor: Floor,
}

/// Reads the floors that stand in the repository.
pub(crate) fn read() -> Result<Floors, String> {
    toml::from_str(include_str!("../floors.toml")).map_err(|error| format!("eval/floors.toml: {error}"))
}

impl Floors {
    /// Sets a figure beside its floor.
    pub(crate) fn hold(&self, figure: Figure) -> Line {
        let floor = self.0.get(&figure.name).cloned().unwrap_or_default();
        Line { figure, floor }
    }
}

impl Line {
    /// Whether the figure is within its floor; one without a floor always is.
    pub(crate) fn holds(&self) -> bool {
        let value = self.figure.value;
        self.floor.least.is_none_or(|least| value >= least)
            && self.floor.most.is_none_or(|most| value <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_s_floors_are_read_and_can_be_held() {
        let floors = read().expect("floors");
        assert!(!floors.0.is_empty());
        for (name, floor) in &floors.0 {
            assert!(floor.least.is_some() || floor.most.is_some() || floor.anchor.is_some(), "{name}");
            assert!(floor.least.zip(floor.most).is_none_or(|(least, most)| least <= most), "{name}");
        }
    }

    #[test]
    fn a_figure_outside_its_floor_does_not_hold() {
        let floors: Floors = toml::from_str("[a]\nleast = 0.5\n[b]\nmost = 0.5").expect("floors");
        let holds = |name, value| floors.hold(Figure::new(name, value)).holds();
        assert!(holds("a", 0.5) && !holds("a", 0.49));
        assert!(holds("b", 0.5) && !holds("b", 0.51) && !holds("b", f64::NAN));
        assert!(holds("c", 0.0));
    }
}
