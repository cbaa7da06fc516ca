//! Findings that a tool counted and its report leaves out, by a filter or a baseline: whether the team
//! means them is not known, so that they alone refute nothing.

use crate::model::{Answer, Artifact, Rule, counted, plural};

use super::ruling::Ruling;

/// The artifacts without such findings, and how many those are; `None` where there are none.
pub(super) fn listed_only(artifacts: &[&Artifact]) -> Option<(Vec<Artifact>, u64)> {
    let left_out: u64 = artifacts.iter().map(|artifact| left_out(artifact)).sum();
    let listed = || artifacts.iter().map(|artifact| without(artifact)).collect();
    (left_out > 0).then(|| (listed(), left_out))
}

fn left_out(artifact: &Artifact) -> u64 {
    let findings = artifact.answer.reading().and_then(|reading| reading.facts.findings.as_ref());
    findings.map_or(0, |findings| findings.left_out())
}

fn without(artifact: &Artifact) -> Artifact {
    let mut artifact = artifact.clone();
    if let Answer::Read(reading) = &mut artifact.answer {
        let findings = &mut reading.facts.findings;
        *findings = findings.as_ref().map(|findings| findings.without_left_out());
    }
    artifact
}

/// The ruling on a condition that fails by nothing but so many findings that are left out.
pub(super) fn undecided(count: u64) -> Ruling {
    let why = format!(
        "{} {} counted, and left out of the report by a filter or a baseline. The condition fails \
         only by them: have them listed, or allow for so many.",
        counted(count, "finding"),
        plural(count, "is"),
    );
    Ruling::invalid(Rule::Unchecked, why)
}
