//! The case: everything that verdicts stand on, as plain data. A run gathers it from a folder, and
//! `verify` from what a report recorded.

use crate::model::{Artifact, Documents, Problem, Rules, Timestamp};
use crate::policy::{Config, Requirement, Waiver};

use super::lost::Lost;
use super::witness::Witness;

/// Everything that is judged, and by what.
#[derive(Debug, Clone)]
pub struct Case {
    /// The checklists with their histories.
    pub documents: Documents,
    /// The settings; its own requirements and waivers are among those below.
    pub config: Config,
    /// Those of the configuration, then those beside items.
    pub requirements: Vec<Requirement>,
    /// Those of the configuration, then those beside items.
    pub waivers: Vec<Waiver>,
    /// Each file as read, once for each format that was named for it.
    pub artifacts: Vec<FoundArtifact>,
    /// What could have been artifacts and was not read.
    pub lost: Vec<Lost>,
    /// What reading found wrong: the gate asks for these too.
    pub problems: Vec<Problem>,
    /// The judge's clock.
    pub clock: Timestamp,
    /// When the release was deployed, if that is known.
    pub deployed: Option<Timestamp>,
    /// The rules in force.
    pub rules: Rules,
}

/// An artifact, and how it was found.
#[derive(Debug, Clone)]
pub struct FoundArtifact {
    /// The file as read.
    pub artifact: Artifact,
    /// The format that was named for it.
    pub named: Option<String>,
    /// Whether it lies in the default places.
    pub in_default_place: bool,
    /// That its bytes are not at hand where a report is judged again. What asks for it is judged
    /// without it, and is marked so.
    pub withheld: Option<Withheld>,
}

/// What is told of an artifact whose bytes are not at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Its format; `None` where none was known.
    pub format: Option<String>,
}

/// The place of an artifact in its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArtifactIndex(usize);

/// The place of a requirement in its case; the first by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct RequirementIndex(usize);

/// The place of a waiver in its case; the first by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct WaiverIndex(usize);

impl Case {
    /// The artifact at a place of this case.
    pub fn artifact(&self, at: ArtifactIndex) -> &FoundArtifact {
        &self.artifacts[at.0]
    }

    /// The requirement at a place of this case.
    pub fn requirement(&self, at: RequirementIndex) -> &Requirement {
        &self.requirements[at.0]
    }

    /// The waiver at a place of this case.
    pub fn waiver(&self, at: WaiverIndex) -> &Waiver {
        &self.waivers[at.0]
    }

    /// Every waiver with its place.
    pub(super) fn numbered_waivers(&self) -> impl Iterator<Item = (WaiverIndex, &Waiver)> {
        self.waivers.iter().enumerate().map(|(at, waiver)| (WaiverIndex(at), waiver))
    }
}

/// Every artifact with its place in the case.
pub fn numbered(
    artifacts: &[FoundArtifact],
) -> impl Iterator<Item = (ArtifactIndex, &FoundArtifact)> {
    artifacts.iter().enumerate().map(|(at, found)| (ArtifactIndex(at), found))
}

/// Every requirement with its place in the case.
pub(super) fn numbered_requirements(
    requirements: &[Requirement],
) -> impl Iterator<Item = (RequirementIndex, &Requirement)> {
    requirements.iter().enumerate().map(|(at, of)| (RequirementIndex(at), of))
}

/// A case, and whom judging asks what the case does not hold.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// What is judged.
    pub case: &'a Case,
    /// Answers about the repository.
    pub witness: &'a dyn Witness,
    /// Whether a file of that format could have carried that group of facts.
    pub could_carry: &'a dyn Fn(&str, &str) -> bool,
}
