//! Where a report is judged again: how much of what an answer may rest on is at hand.

use crate::condition::{Condition, Reads};
use crate::config::Requirement;
use crate::model::Glob;

use super::candidate::Candidate;
use super::judge::Judge;
use super::ruling::Held;
use super::scope::carries;

impl Judge<'_> {
    /// Whether a requirement asks for the artifact at `index`, and its bytes are not at hand.
    pub(super) fn asks_withheld(&self, index: usize, requirement: &Requirement) -> bool {
        let Some(format) = self.withheld.get(&index) else { return false };
        let path = &self.artifacts[index].path;
        if !requirement.artifacts.is_empty() {
            let mut wanted = requirement.artifacts.iter();
            return wanted.any(|of| of.glob.matches(path) && of.format == self.named[index]);
        }
        let asked = requirement.condition.as_ref().map(Condition::reads);
        let asked = asked.filter(|_| self.default[index] && self.named[index].is_none());
        asked.is_some_and(|reads| {
            let mut globs = reads.artifacts.iter().filter_map(|(glob, _)| Glob::new(glob).ok());
            let could = |group| format.as_ref().is_none_or(|of| (self.could_carry)(of, group));
            let mut groups = reads.groups.iter().filter(|group| *group != "git");
            globs.any(|glob| glob.matches(path)) || groups.any(|group| could(group))
        })
    }

    /// How much is at hand of what `requirement` asks for. `may_pass` is whether all else lets it, and
    /// `lacked` whether a document was not at hand. Evidence that is at hand and cannot be relied on
    /// lets nothing pass, nor does a file that carries nothing of what is asked.
    pub(super) fn held(
        &self,
        requirement: &Requirement,
        candidates: &[Candidate<'_>],
        may_pass: bool,
        lacked: bool,
    ) -> Held {
        let is_withheld = |of: &&Candidate<'_>| self.withheld.contains_key(&of.index);
        if !lacked && !candidates.iter().any(|of| is_withheld(&of)) {
            return Held::All;
        }
        let sound = candidates.iter().filter(|of| !is_withheld(of)).all(Candidate::is_sound);
        let reads = requirement.condition.as_ref().map(Condition::reads);
        let carried = lacked || reads.is_none_or(|reads| self.is_carried(reads, candidates));
        if may_pass && sound && carried { Held::Part } else { Held::TooLittle }
    }

    /// Whether of each group that is read a candidate carries it, or could without its bytes.
    fn is_carried(&self, reads: &Reads, candidates: &[Candidate<'_>]) -> bool {
        let by_name = reads.artifacts.iter().map(|(_, group)| group);
        let mut groups = reads.groups.iter().chain(by_name).filter(|group| *group != "git");
        groups.all(|group| {
            candidates.iter().any(|of| match self.withheld.get(&of.index) {
                None => carries(of.artifact, group),
                Some(Some(format)) => group == "data" || (self.could_carry)(format, group),
                Some(None) => false,
            })
        })
    }
}
