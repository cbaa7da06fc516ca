//! Waivers of one finding or one requirement: what an item would be without it.
//!
//! The findings stay listed, and what was read stays as it was read; the item is judged a second
//! time as if they were not there. An item that passes only so is waived, never verified.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Finding;
use crate::model::{Answer, Artifact, ItemIndex, ItemRef, PerItem, Timestamp, Verdict};
use crate::policy::Waiver;

use super::bind::selects;
use super::case::{ArtifactIndex, FoundArtifact, Inputs, RequirementIndex, WaiverIndex};
use super::ruling::JudgedItem;
use super::window::Opening;
use super::{Judging, judge, new_artifacts, not_code, window};

/// What becomes of an item without what its scoped waivers in force name.
pub(super) struct Without {
    /// The waivers that name something that is there.
    pub(super) waivers: BTreeSet<WaiverIndex>,
    /// Whether the item passes so.
    pub(super) passes: bool,
}

/// For each item that scoped waivers in force concern.
pub(super) fn without(
    inputs: &Inputs<'_>,
    judging: &Judging<'_>,
    judged: &PerItem<JudgedItem>,
) -> BTreeMap<ItemIndex, Without> {
    let case = inputs.case;
    let scoped = |waiver: &Waiver| is_scoped(waiver) && in_force(waiver, case.clock);
    let waivers: Vec<(WaiverIndex, &Waiver)> =
        case.numbered_waivers().filter(|(_, waiver)| scoped(waiver)).collect();
    let mut found = BTreeMap::new();
    if waivers.is_empty() {
        return found;
    }
    for of in case.documents.items() {
        let own: Vec<(WaiverIndex, &Waiver)> = waivers
            .iter()
            .filter(|(_, waiver)| selects(&waiver.items, &of.checklist.path, of.item))
            .copied()
            .collect();
        let judged = &judged[of.at];
        if !own.is_empty() && judged.status.can_be_waived() {
            found.insert(of.at, second(inputs, judging, of, judged, &own));
        }
    }
    found
}

/// Whether it waives a part of an item alone.
pub(super) fn is_scoped(waiver: &Waiver) -> bool {
    waiver.requirement.is_some() || !waiver.findings.is_empty()
}

fn in_force(waiver: &Waiver, clock: Timestamp) -> bool {
    waiver.until >= clock
}

/// Judges an item a second time.
fn second(
    inputs: &Inputs<'_>,
    judging: &Judging<'_>,
    of: ItemRef<'_>,
    judged: &JudgedItem,
    waivers: &[(WaiverIndex, &Waiver)],
) -> Without {
    let case = inputs.case;
    let bound: Vec<RequirementIndex> =
        judged.requirements.iter().map(|&at| judging.judged[at].requirement).collect();
    let name_of = |at: RequirementIndex| case.requirement(at).name.as_deref();
    let names: BTreeSet<&str> =
        waivers.iter().filter_map(|(_, waiver)| waiver.requirement.as_deref()).collect();
    let is_named = |at: RequirementIndex| name_of(at).is_some_and(|name| names.contains(name));
    let read: BTreeSet<ArtifactIndex> = judged
        .requirements
        .iter()
        .flat_map(|&at| judging.judged[at].evidence.iter().map(|of| of.artifact))
        .collect();
    let there: BTreeSet<WaiverIndex> = waivers
        .iter()
        .filter(|(_, waiver)| match &waiver.requirement {
            Some(name) => bound.iter().any(|&at| name_of(at) == Some(name.as_str())),
            None => read.iter().any(|&at| holds(&case.artifact(at).artifact, waiver)),
        })
        .map(|(at, _)| *at)
        .collect();
    let artifacts: Vec<FoundArtifact> =
        case.artifacts.iter().map(|found| less(found, waivers)).collect();
    let (not_code, new_artifacts) = (not_code(case), new_artifacts(case));
    let mut again = Judging::new(judge(inputs, &artifacts, &not_code, &new_artifacts), inputs);
    let opens = window::of_item(of.checklist, of.item)
        .and_then(|(_, window)| Opening::of(window, case.deployed));
    let passes = bound.iter().filter(|&&at| !is_named(at)).all(|&at| {
        let at = again.requirement(at, opens, of);
        again.judged[at].ruling.verdict() == Verdict::Pass
    });
    let stale = super::tick::stale(of.item, Verdict::Pass, of.history, case.rules).is_some();
    Without { waivers: there, passes: passes && !stale }
}

/// Whether an artifact lists one of the findings that a waiver names.
fn holds(artifact: &Artifact, waiver: &Waiver) -> bool {
    let findings = artifact.answer.reading().and_then(|of| of.facts.findings.as_ref());
    let mut listed = findings.into_iter().flat_map(|of| of.list.entries());
    listed.any(|finding| waiver.names(finding))
}

fn less(found: &FoundArtifact, waivers: &[(WaiverIndex, &Waiver)]) -> FoundArtifact {
    let mut found = found.clone();
    if let Answer::Read(reading) = &mut found.artifact.answer
        && let Some(findings) = &mut reading.facts.findings
    {
        let _ = findings.take_out(|finding| is_let_pass(finding, waivers));
    }
    found
}

/// Whether each of the advisories that a finding stands for is waived.
fn is_let_pass(finding: &Finding, waivers: &[(WaiverIndex, &Waiver)]) -> bool {
    let passes = |id: &String| waivers.iter().any(|(_, waiver)| waiver.lets_pass(id, finding));
    finding.rule.is_some() && finding.rule.iter().chain(&finding.others).all(passes)
}
