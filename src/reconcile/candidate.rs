//! An artifact in the light of one requirement, from where it was found to its own ruling.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Artifact, Rule, Verdict};
use crate::policy::Wanted;

use super::case::{ArtifactIndex, Withheld};
use super::freshness::Fresh;
use super::retries::Retries;
use super::ruling::{JudgedEvidence, Ruling};
use super::same_run::SameRun;
use super::scope::first_copy;
use super::trust::Trust;

/// An artifact on its way to a ruling.
pub(super) struct Candidate<'a> {
    pub(super) index: ArtifactIndex,
    pub(super) artifact: &'a Artifact,
    /// That its bytes are not at hand.
    pub(super) withheld: Option<&'a Withheld>,
    pub(super) wanted: Option<&'a Wanted>,
    pub(super) trust: Trust,
    pub(super) fresh: Fresh,
}

impl Candidate<'_> {
    pub(super) fn is_sound(&self) -> bool {
        self.trust == Trust::Full && self.fresh.stale.is_none()
    }

    /// Whether it may take part in refuting.
    pub(super) fn refutes(&self) -> bool {
        matches!(self.trust, Trust::Full | Trust::RefutesOnly(_)) && self.fresh.stale.is_none()
    }

    pub(super) fn distrust(&self) -> Option<&Ruling> {
        match &self.trust {
            Trust::Full => None,
            Trust::RefutesOnly(ruling) | Trust::NeedsVouching(ruling) | Trust::None(ruling) => {
                Some(ruling)
            }
        }
    }
}

/// One file counts once. Where it is read without a format and with one, the named one counts; under
/// two formats that carry the same group it would be counted twice, so it proves nothing.
pub(super) fn read_once(candidates: &mut Vec<Candidate<'_>>) {
    let named: BTreeSet<&str> = candidates
        .iter()
        .filter(|of| of.wanted.is_some_and(|wanted| wanted.format.is_some()))
        .map(|of| of.artifact.path.as_str())
        .collect();
    candidates.retain(|of| {
        let unnamed = of.wanted.is_none_or(|wanted| wanted.format.is_none());
        !(unnamed && named.contains(of.artifact.path.as_str()))
    });
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for of in candidates.iter() {
        let Some(reading) = of.artifact.answer.reading() else { continue };
        for group in reading.facts.carried() {
            *told.entry((&of.artifact.path, group)).or_default() += 1;
        }
    }
    for of in candidates.iter_mut() {
        let path = of.artifact.path.as_str();
        let twice = told.iter().find(|((of, _), count)| *of == path && **count > 1);
        if let Some(((_, group), _)) = twice {
            let why = format!("{path} is read under two formats, and {group} would count twice.");
            of.trust = Trust::None(Ruling::invalid(Rule::Ambiguous, why));
        }
    }
}

/// Each artifact's own ruling, those that decided first. One whose facts hold, or that carries nothing
/// the condition reads, as a voucher, refutes nothing: it is none of those `refuting`.
pub(super) fn evidence(
    candidates: &[Candidate<'_>],
    ruling: &Ruling,
    refuting: &[&Artifact],
) -> Vec<JudgedEvidence> {
    let refutes =
        |of: &Candidate<'_>| refuting.iter().any(|other| std::ptr::eq(*other, of.artifact));
    let fails = ruling.verdict() == Verdict::Fail;
    let sound = candidates.iter().filter(|of| of.is_sound()).map(|of| of.artifact);
    let retries = Retries::among(sound.clone());
    let copied = |(at, artifact): &(usize, &Artifact)| {
        first_copy(artifact, sound.clone().take(*at)).is_some()
    };
    let firsts = sound.clone().enumerate().filter(|of| !copied(of)).map(|(_, artifact)| artifact);
    let same_run = SameRun::among(firsts);
    let mut evidence: Vec<JudgedEvidence> = candidates
        .iter()
        .enumerate()
        .map(|(place, of)| {
            let before = candidates.iter().take(place).map(|of| of.artifact);
            let own = match (of.distrust(), &of.fresh.stale, first_copy(of.artifact, before)) {
                (Some(distrust), _, _) => distrust.clone(),
                (None, Some(stale), _) => stale.clone(),
                (None, None, Some(other)) => {
                    let (path, first) = (&of.artifact.path, &other.path);
                    let how = match of.artifact.is_copy_of(other) {
                        true => "byte for byte",
                        false => "but for how it is packed, marked or ends its lines",
                    };
                    Ruling::pass(format!("{path} is {first}, {how}: it counts once."))
                }
                (None, None, None) => {
                    let replaced = retries.replaced_by(of.artifact);
                    match (replaced, same_run.told_by(of.artifact)) {
                        (Some(last), _) => Ruling::pass(format!(
                            "{} is an attempt that {last} followed: the last counts.",
                            of.artifact.path
                        )),
                        _ if fails && refutes(of) => ruling.clone(),
                        (None, Some(other)) => Ruling::pass(format!(
                            "{} tells of the same run as {other}: its tests count once.",
                            of.artifact.path
                        )),
                        (None, None) if fails => Ruling::pass(format!(
                            "{} is read beside what refutes, and refutes nothing itself.",
                            of.artifact.path
                        )),
                        (None, None) => {
                            Ruling::pass(format!("{} can be relied on.", of.artifact.path))
                        }
                    }
                }
            };
            JudgedEvidence { artifact: of.index, ruling: own }
        })
        .collect();
    evidence.sort_by_key(|of| of.ruling.verdict() != ruling.verdict());
    evidence
}
