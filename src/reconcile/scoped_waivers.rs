//! Waivers of one finding or one requirement: what an item would be without it.
//!
//! The findings stay listed, and what was read stays as it was read; the item is judged a second
//! time as if they were not there. An item that passes only so is waived, never verified.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Waiver;
use crate::model::{Answer, Artifact, Timestamp, Verdict};

use super::bind::selects;
use super::ruling::JudgedItem;
use super::window::Opening;
use super::{Inputs, Judging, judge, new_artifacts, not_code, window};

/// What becomes of an item without what its scoped waivers in force name.
pub(super) struct Without {
    /// The waivers that name something that is there, by their index.
    pub(super) waivers: BTreeSet<usize>,
    /// Whether the item passes so.
    pub(super) passes: bool,
}

/// For each item, as (checklist, item) indexes, that scoped waivers in force concern.
pub(super) fn without(
    inputs: &Inputs<'_>,
    judging: &mut Judging<'_>,
    judged: &[Vec<JudgedItem>],
) -> BTreeMap<(usize, usize), Without> {
    let scoped =
        |waiver: &&(usize, &Waiver)| is_scoped(waiver.1) && in_force(waiver.1, inputs.clock);
    let waivers: Vec<(usize, &Waiver)> = inputs.waivers.iter().enumerate().collect();
    let waivers: Vec<(usize, &Waiver)> = waivers.iter().filter(scoped).copied().collect();
    let mut found = BTreeMap::new();
    if waivers.is_empty() {
        return found;
    }
    for (list, checklist) in inputs.checklists.iter().enumerate() {
        for (index, item) in checklist.items.iter().enumerate() {
            let own: Vec<(usize, &Waiver)> = waivers
                .iter()
                .filter(|(_, waiver)| selects(&waiver.items, &checklist.path, item))
                .copied()
                .collect();
            let judged = &judged[list][index];
            if !own.is_empty() && judged.status.can_be_waived() {
                found.insert((list, index), second(inputs, judging, (list, index), judged, &own));
            }
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
    (list, index): (usize, usize),
    judged: &JudgedItem,
    waivers: &[(usize, &Waiver)],
) -> Without {
    let (checklist, item) = (&inputs.checklists[list], &inputs.checklists[list].items[index]);
    let bound: Vec<usize> =
        judged.requirements.iter().map(|&at| judging.judged[at].requirement).collect();
    let names: BTreeSet<&str> =
        waivers.iter().filter_map(|(_, waiver)| waiver.requirement.as_deref()).collect();
    let is_named = |at: usize| {
        inputs.requirements[at].name.as_deref().is_some_and(|name| names.contains(name))
    };
    let read: BTreeSet<usize> = judged
        .requirements
        .iter()
        .flat_map(|&at| judging.judged[at].evidence.iter().map(|of| of.artifact))
        .collect();
    let there: BTreeSet<usize> = waivers
        .iter()
        .filter(|(_, waiver)| match &waiver.requirement {
            Some(name) => bound
                .iter()
                .any(|&at| inputs.requirements[at].name.as_deref() == Some(name.as_str())),
            None => read.iter().any(|&at| holds(&inputs.artifacts[at], &waiver.findings)),
        })
        .map(|(at, _)| *at)
        .collect();
    let ids: Vec<&str> =
        waivers.iter().flat_map(|(_, of)| of.findings.iter().map(String::as_str)).collect();
    let artifacts: Vec<Artifact> =
        inputs.artifacts.iter().map(|artifact| less(artifact, &ids)).collect();
    let (not_code, new_artifacts) = (not_code(inputs), new_artifacts(inputs));
    let mut again = Judging {
        judge: judge(inputs, &artifacts, &not_code, &new_artifacts),
        inputs,
        judged: Vec::new(),
        known: BTreeMap::new(),
    };
    let history = inputs.histories.get(list).and_then(|of| of.get(index));
    let opens = window::of_item(checklist, item)
        .and_then(|(_, window)| Opening::of(window, inputs.deployed));
    let passes = bound.iter().filter(|&&at| !is_named(at)).all(|&at| {
        let at = again.requirement(at, opens, item, history);
        again.judged[at].ruling.verdict() == Verdict::Pass
    });
    let stale = super::tick::stale(item, Verdict::Pass, history, inputs.rules).is_some();
    Without { waivers: there, passes: passes && !stale }
}

/// Whether an artifact lists one of the findings.
fn holds(artifact: &Artifact, ids: &[String]) -> bool {
    let findings = artifact.answer.reading().and_then(|of| of.facts.findings.as_ref());
    let mut listed = findings.into_iter().flat_map(|of| of.list.entries());
    listed.any(|finding| ids.iter().any(|id| is(finding.rule.as_deref(), id)))
}

fn less(artifact: &Artifact, ids: &[&str]) -> Artifact {
    let mut artifact = artifact.clone();
    if let Answer::Read(reading) = &mut artifact.answer
        && let Some(findings) = &mut reading.facts.findings
    {
        let _ = findings.take_out(|finding| ids.iter().any(|id| is(finding.rule.as_deref(), id)));
    }
    artifact
}

fn is(rule: Option<&str>, id: &str) -> bool {
    rule.is_some_and(|rule| rule.eq_ignore_ascii_case(id))
}
