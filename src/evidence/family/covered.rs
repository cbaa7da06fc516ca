//! Coverage reports: shares out of counts, lines merged over files, and reports of nothing.

use crate::facts::{Coverage, Share};
use crate::model::{Reading, Rule};

/// Puts the coverage into the reading and doubts it where nothing could be covered.
pub(in crate::evidence) fn settle(reading: &mut Reading, coverage: Coverage) {
    let main = coverage.lines.or(coverage.statements);
    if main.is_none_or(|share| share.total == 0) {
        let what = if coverage.lines.is_some() { "lines" } else { "statements" };
        reading.doubt(Rule::NothingLookedAt, format!("The report covers 0 {what} of code."));
    }
    reading.facts.coverage = Some(coverage);
}

/// Things of a file by their key, and whether each was touched; the same key twice is one thing.
#[derive(Debug, Clone)]
pub(in crate::evidence) struct Touched<K>(Vec<(K, bool)>);

impl<K> Default for Touched<K> {
    fn default() -> Touched<K> {
        Touched(Vec::new())
    }
}

impl<K: Ord> Touched<K> {
    pub(in crate::evidence) fn add(&mut self, key: K, hit: bool) {
        self.0.push((key, hit));
    }

    /// Counts each key once, touched where any of its entries was.
    pub(in crate::evidence) fn share(mut self) -> Share {
        self.0.sort_unstable();
        let mut share = Share::default();
        for same in self.0.chunk_by(|(a, _), (b, _)| a == b) {
            share.total += 1;
            share.covered += u64::from(same.iter().any(|(_, hit)| *hit));
        }
        share
    }
}

/// The sum of two shares.
pub(in crate::evidence) fn add(sum: &mut Share, share: Share) {
    sum.covered = sum.covered.saturating_add(share.covered);
    sum.total = sum.total.saturating_add(share.total);
}

/// A share, where the format counted any.
pub(in crate::evidence) fn some(share: Share) -> Option<Share> {
    (share.total > 0).then_some(share)
}
