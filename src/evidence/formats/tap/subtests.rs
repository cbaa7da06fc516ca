//! The points that stand below a point of a TAP report: before it, indented, as TAP 14 has them, or
//! behind it in braces.

use crate::facts::Outcome;

/// How the points came out that have none below them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Below {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

impl Below {
    fn one(outcome: Outcome) -> Below {
        let mut below = Below::default();
        match outcome {
            Outcome::Passed => below.passed = 1,
            Outcome::Failed | Outcome::Errored => below.failed = 1,
            Outcome::Skipped => below.skipped = 1,
        }
        below
    }

    fn join(&mut self, other: Below) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self == Below::default()
    }

    /// Whether there are some, and each was skipped.
    pub(super) fn are_all_skipped(self) -> bool {
        self.skipped > 0 && self.passed == 0 && self.failed == 0
    }
}

/// What was seen since the last point at the top, by how far it is indented; the deepest comes last.
#[derive(Default)]
pub(super) struct Subtests {
    levels: Vec<(usize, Below)>,
}

impl Subtests {
    /// Takes a point that is indented so far. `opens` says that its own points follow in braces.
    pub(super) fn point(&mut self, indent: usize, outcome: Outcome, opens: bool) {
        let mut own = self.fold(indent);
        if own.is_empty() && !opens {
            own = Below::one(outcome);
        } else if outcome == Outcome::Failed {
            own.failed += 1;
        }
        self.add(indent, own);
    }

    /// Takes the brace that closes the points of one which is indented so far.
    pub(super) fn end(&mut self, indent: usize) {
        let own = self.fold(indent);
        self.add(indent, own);
    }

    /// All of them, which a point at the top takes.
    pub(super) fn take(&mut self) -> Below {
        self.fold(0)
    }

    fn add(&mut self, indent: usize, own: Below) {
        match self.levels.last_mut() {
            Some((level, below)) if *level == indent => below.join(own),
            _ => self.levels.push((indent, own)),
        }
    }

    /// Takes out what is indented further.
    fn fold(&mut self, indent: usize) -> Below {
        let mut sum = Below::default();
        while let Some((_, below)) = self.levels.pop_if(|(level, _)| *level > indent) {
            sum.join(below);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Failed, Passed, Skipped};

    #[test]
    fn points_belong_to_the_one_behind_them_or_to_the_braces_that_hold_them() {
        let mut before = Subtests::default();
        for (indent, outcome) in [(8, Skipped), (8, Passed), (4, Passed), (4, Skipped)] {
            before.point(indent, outcome, false);
        }
        assert_eq!(before.take(), Below { passed: 1, failed: 0, skipped: 2 });
        assert!(before.take().is_empty());

        let mut braced = Subtests::default();
        braced.point(4, Skipped, true);
        braced.point(8, Skipped, false);
        braced.end(4);
        braced.point(4, Failed, false);
        assert_eq!(braced.take(), Below { passed: 0, failed: 1, skipped: 1 });
    }
}
