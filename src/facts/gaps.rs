//! The source files of a coverage report: those that the tests left out, the worst first.

use super::covered_files::CoveredFiles;
use super::listing::shorten;
use super::{SHOWN, Share};

/// A source file of which something was not touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// As the report names it.
    pub path: String,
    /// Its lines, or its statements where the report counts no lines.
    pub share: Share,
}

impl Gap {
    fn missed(&self) -> u64 {
        self.share.total.saturating_sub(self.share.covered)
    }
}

/// The files with the most that no test touched; the others are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gaps {
    /// All of them, touched everywhere or not.
    pub(super) files: CoveredFiles,
    kept: Vec<Gap>,
    omitted: u64,
}

impl Gaps {
    /// Adds a file. One that was touched everywhere is no gap.
    pub fn add(&mut self, path: &str, share: Share) {
        if !path.is_empty() {
            self.files.add(path, share);
        }
        if path.is_empty() || share.covered >= share.total {
            return;
        }
        let mut path = path.to_owned();
        shorten(&mut path);
        self.kept.push(Gap { path, share });
        if self.kept.len() >= 2 * SHOWN {
            self.cut();
        }
    }

    /// The worst, at most [`SHOWN`], and how many more there are.
    pub fn worst(&self) -> (Vec<&Gap>, u64) {
        let mut worst: Vec<&Gap> = self.kept.iter().collect();
        worst.sort_by(|a, b| b.missed().cmp(&a.missed()).then_with(|| a.path.cmp(&b.path)));
        let more = worst.len().saturating_sub(SHOWN) as u64;
        worst.truncate(SHOWN);
        (worst, self.omitted + more)
    }

    /// Lets go of those that are shown; which files there are stays known.
    pub(super) fn forget_shown(&mut self) {
        self.kept = Vec::new();
    }

    fn cut(&mut self) {
        self.kept.sort_by(|a, b| b.missed().cmp(&a.missed()).then_with(|| a.path.cmp(&b.path)));
        self.omitted += self.kept.len().saturating_sub(SHOWN) as u64;
        self.kept.truncate(SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_with_the_most_left_out_are_kept_and_the_others_counted() {
        let mut gaps = Gaps::default();
        gaps.add("whole", Share { covered: 3, total: 3 });
        for missed in 1..=1000 {
            gaps.add(&format!("f{missed}"), Share { covered: 0, total: missed });
        }
        let (worst, more) = gaps.worst();
        assert_eq!((worst.len(), more), (SHOWN, 1000 - SHOWN as u64));
        assert_eq!((worst[0].path.as_str(), worst[0].share.total), ("f1000", 1000));
        assert_eq!(worst[SHOWN - 1].path, "f801");
    }
}
