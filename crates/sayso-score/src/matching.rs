//! Maximum matching between predictions and gold.

/// The maximum one-to-one matching of left nodes with right ones (H. W. Kuhn, 1955, by
/// augmenting paths). `choices[left]` lists the right nodes that fit, best first; gives the left
/// node of each right one.
pub(crate) fn maximum(choices: &[Vec<usize>], rights: usize) -> Vec<Option<usize>> {
    let mut matched = vec![None; rights];
    let mut seen = vec![usize::MAX; rights];
    for left in 0..choices.len() {
        augment(choices, left, &mut matched, &mut seen);
    }
    matched
}

/// Finds a place for `root`, moving nodes placed before where they have another choice. Depth
/// first with a stack of its own: a chain of moves may be as long as the story has statements.
fn augment(choices: &[Vec<usize>], root: usize, matched: &mut [Option<usize>], seen: &mut [usize]) {
    let mut path = vec![(root, 0)];
    while let Some(top) = path.last_mut() {
        let (left, next) = *top;
        top.1 += 1;
        let Some(&right) = choices[left].get(next) else {
            path.pop();
            continue;
        };
        if std::mem::replace(&mut seen[right], root) == root {
            continue;
        }
        match matched[right] {
            Some(other) => path.push((other, 0)),
            None => {
                for &(left, next) in &path {
                    matched[choices[left][next - 1]] = Some(left);
                }
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moves_what_was_placed_before() {
        assert_eq!(maximum(&[vec![0, 1], vec![0]], 2), [Some(1), Some(0)]);
        assert_eq!(maximum(&[vec![0, 1], vec![0, 2], vec![0, 1]], 3), [Some(2), Some(0), Some(1)]);
    }

    /// Most pairs that can be made, tried one by one.
    fn most(choices: &[Vec<usize>], used: u32) -> usize {
        let Some((first, rest)) = choices.split_first() else { return 0 };
        let free = first.iter().filter(|&&right| used & (1 << right) == 0);
        free.map(|&right| 1 + most(rest, used | (1 << right))).max().unwrap_or(0).max(most(rest, used))
    }

    proptest! {
        #[test]
        fn is_as_large_as_can_be(choices in prop::collection::vec(prop::collection::vec(0usize..5, 0..4), 0..6)) {
            let matched = maximum(&choices, 5);
            prop_assert_eq!(matched.iter().flatten().count(), most(&choices, 0));
            for (right, left) in matched.iter().enumerate() {
                prop_assert!(left.is_none_or(|left| choices[left].contains(&right)));
            }
        }
    }
}
