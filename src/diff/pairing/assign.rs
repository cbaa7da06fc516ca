//! One assignment over scored candidates: a pair is made only where it stands clear of every other
//! that either end could enter. What is not clear stays unpaired.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A candidate: an index on the earlier side, one on the later, and how well they fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) score: u32,
}

/// The candidates that stand clear by `margin` (at least 1), best first.
///
/// A pair that is made frees others of their competitor, so this goes on until nothing changes. The
/// outcome depends neither on the order of the candidates nor on which side is the earlier: two
/// that share an end are never both clear, and one that is clear stays so.
pub(super) fn clear(mut open: Vec<Candidate>, margin: u32) -> Vec<Candidate> {
    let mut made = Vec::new();
    loop {
        let best = Best::of(&open);
        let (clear, rest): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|candidate| best.is_clear(candidate, margin));
        if clear.is_empty() {
            made.sort_by_key(|c: &Candidate| (Reverse(c.score), c.from, c.to));
            return made;
        }
        let from: BTreeSet<usize> = clear.iter().map(|made| made.from).collect();
        let to: BTreeSet<usize> = clear.iter().map(|made| made.to).collect();
        open =
            rest.into_iter().filter(|c| !from.contains(&c.from) && !to.contains(&c.to)).collect();
        made.extend(clear);
    }
}

/// The best and the second-best score of each end.
struct Best {
    from: BTreeMap<usize, (u32, u32)>,
    to: BTreeMap<usize, (u32, u32)>,
}

impl Best {
    fn of(candidates: &[Candidate]) -> Best {
        let mut best = Best { from: BTreeMap::new(), to: BTreeMap::new() };
        for candidate in candidates {
            enter(best.from.entry(candidate.from).or_default(), candidate.score);
            enter(best.to.entry(candidate.to).or_default(), candidate.score);
        }
        best
    }

    fn is_clear(&self, candidate: &Candidate, margin: u32) -> bool {
        let ends = [self.from.get(&candidate.from), self.to.get(&candidate.to)];
        ends.into_iter().flatten().all(|(first, second)| {
            candidate.score == *first && first.saturating_sub(*second) >= margin
        })
    }
}

fn enter(best: &mut (u32, u32), score: u32) {
    if score > best.0 {
        *best = (score, best.0);
    } else if score > best.1 {
        best.1 = score;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(candidates: &[(usize, usize, u32)]) -> Vec<(usize, usize)> {
        let open = candidates.iter().map(|&(from, to, score)| Candidate { from, to, score });
        let mut made: Vec<_> = clear(open.collect(), 80).iter().map(|c| (c.from, c.to)).collect();
        made.sort_unstable();
        made
    }

    #[test]
    fn what_is_not_clear_stays_unpaired() {
        assert_eq!(pairs(&[(0, 0, 900)]), [(0, 0)]);
        assert_eq!(pairs(&[(0, 0, 900), (0, 1, 850)]), []);
        assert_eq!(pairs(&[(0, 0, 900), (1, 0, 900)]), []);
        assert_eq!(pairs(&[(0, 0, 900), (0, 1, 820)]), [(0, 0)]);
    }

    #[test]
    fn a_pair_frees_others_of_their_competitor() {
        assert_eq!(pairs(&[(1, 1, 950), (0, 1, 850), (0, 0, 900)]), [(0, 0), (1, 1)]);
    }

    #[test]
    fn the_sides_can_be_swapped() {
        let candidates = [(0, 1, 800), (1, 0, 800), (0, 0, 780), (2, 1, 700), (2, 2, 640)];
        let swapped = candidates.map(|(from, to, score)| (to, from, score));
        let mut back: Vec<_> = pairs(&swapped).into_iter().map(|(a, b)| (b, a)).collect();
        back.sort_unstable();
        assert_eq!(pairs(&candidates), back);
    }
}
