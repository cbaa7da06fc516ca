//! Where a report is judged again: how much of what an answer may rest on is at hand.

use crate::condition::{Condition, Reads};
use crate::model::Glob;
use crate::policy::Requirement;

use super::candidate::Candidate;
use super::case::{FoundArtifact, Withheld};
use super::judge::Judge;
use super::ruling::Held;
use super::scope::carries;

impl Judge<'_> {
    /// Whether a requirement asks for an artifact whose bytes are not at hand.
    pub(super) fn asks_withheld(
        &self,
        found: &FoundArtifact,
        told: &Withheld,
        requirement: &Requirement,
    ) -> bool {
        let path = &found.artifact.path;
        if !requirement.artifacts.is_empty() {
            let mut wanted = requirement.artifacts.iter();
            return wanted.any(|of| of.glob.matches(path) && of.format == found.named);
        }
        let asked = requirement.condition.as_ref().map(Condition::reads);
        let asked = asked.filter(|_| found.in_default_place && found.named.is_none());
        asked.is_some_and(|reads| {
            let mut globs = reads.artifacts.iter().filter_map(|(glob, _)| Glob::new(glob).ok());
            let could = |group| told.format.as_ref().is_none_or(|of| (self.could_carry)(of, group));
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
        if !lacked && candidates.iter().all(|of| of.withheld.is_none()) {
            return Held::All;
        }
        let sound = candidates.iter().filter(|of| of.withheld.is_none()).all(Candidate::is_sound);
        let reads = requirement.condition.as_ref().map(Condition::reads);
        let carried = lacked || reads.is_none_or(|reads| self.is_carried(reads, candidates));
        if may_pass && sound && carried { Held::Part } else { Held::TooLittle }
    }

    /// Whether of each group that is read a candidate carries it, or could without its bytes.
    fn is_carried(&self, reads: &Reads, candidates: &[Candidate<'_>]) -> bool {
        let by_name = reads.artifacts.iter().map(|(_, group)| group);
        let mut groups = reads.groups.iter().chain(by_name).filter(|group| *group != "git");
        groups.all(|group| {
            candidates.iter().any(|of| match of.withheld {
                None => carries(of.artifact, group),
                Some(told) => told
                    .format
                    .as_ref()
                    .is_some_and(|format| group == "data" || (self.could_carry)(format, group)),
            })
        })
    }
}
