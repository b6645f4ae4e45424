//! Percentile bootstrap over stories (B. Efron, 1979): how far a figure would move had other
//! stories of the same kind been marked.

use crate::{Bootstrap, Counts};

/// The 95 % interval of the F1 of each column of `table` (a row a story); empty without rounds
/// or stories.
pub(crate) fn intervals(table: &[Vec<Counts>], bootstrap: Bootstrap) -> Vec<[f64; 2]> {
    let columns = table.first().map_or(0, Vec::len);
    let mut samples = vec![Vec::with_capacity(bootstrap.rounds); columns];
    let mut random = Random(bootstrap.seed);
    for _ in 0..bootstrap.rounds {
        let times = draw(table.len(), &mut random);
        for (column, sample) in samples.iter_mut().enumerate() {
            let mut sum = Counts::default();
            table.iter().zip(&times).for_each(|(story, &n)| sum.add_times(story[column], n));
            sample.push(sum.precision_recall_f1()[2]);
        }
    }
    if bootstrap.rounds == 0 { Vec::new() } else { samples.into_iter().map(percentiles).collect() }
}

/// How often each of `stories` comes up in as many draws with replacement.
fn draw(stories: usize, random: &mut Random) -> Vec<f64> {
    let mut times = vec![0.0; stories];
    for _ in 0..stories {
        times[random.below(stories)] += 1.0;
    }
    times
}

/// The 2.5th and 97.5th of a hundred parts of a sample that is not empty.
fn percentiles(mut sample: Vec<f64>) -> [f64; 2] {
    sample.sort_unstable_by(f64::total_cmp);
    let at = |permille: usize| sample[(sample.len() * permille / 1000).min(sample.len() - 1)];
    [at(25), at(975)]
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`. The bias of the multiplication is below `n / 2^64`.
    fn below(&mut self, n: usize) -> usize {
        let high = (u128::from(self.next()) * n as u128) >> 64;
        usize::try_from(high).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix_gives_its_published_numbers() {
        let mut random = Random(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn intervals_hold_the_figure_and_repeat() {
        let story = |right: f64| {
            vec![Counts { right_predicted: right, predicted: 10.0, right_gold: right, gold: 10.0 }]
        };
        let table: Vec<_> = [2.0, 4.0, 5.0, 6.0, 8.0].map(story).to_vec();
        let bootstrap = Bootstrap { rounds: 500, seed: 7 };
        let [low, high] = intervals(&table, bootstrap)[0];
        assert!(low < 0.45 && 0.55 < high && 0.2 < low && high < 0.8, "{low} {high}");
        assert_eq!(intervals(&table, bootstrap)[0], [low, high]);
        assert_ne!(intervals(&table, Bootstrap { seed: 8, ..bootstrap })[0], [low, high]);
        assert!(intervals(&table, Bootstrap { rounds: 0, seed: 1 }).is_empty());
    }
}
