//! Artifacts as published: by themselves, and as evidence of an item.

use std::collections::BTreeMap;

use super::Parts;
use crate::model::{Answer, Artifact, Reading, Seal, Sealed};
use crate::reconcile::{ArtifactIndex, FoundArtifact, JudgedEvidence, JudgedItem, numbered};
use crate::snapshot::v1;

impl Parts<'_> {
    /// The evidence of all requirements of an item, each artifact once, the deciding first.
    pub(super) fn evidence(&self, judged: &JudgedItem) -> Vec<v1::Evidence> {
        let mut seen = Vec::new();
        let mut evidence = Vec::new();
        for &index in &judged.requirements {
            for of in &self.judgement.requirements[index].evidence {
                if !seen.contains(&of.artifact) {
                    seen.push(of.artifact);
                    evidence.push(self.one_evidence(of));
                }
            }
        }
        evidence
    }

    fn one_evidence(&self, judged: &JudgedEvidence) -> v1::Evidence {
        let artifact = &self.case.artifact(judged.artifact).artifact;
        let reading = artifact.answer.reading();
        v1::Evidence {
            artifact: artifact.path.clone(),
            sha256: artifact.sha256.to_string(),
            format: format_of(artifact),
            tool: reading.and_then(|reading| reading.tool.clone()),
            produced_at: artifact.time.map(|(time, _)| time.to_string()),
            time_from: artifact.time.map(|(_, from)| from.word().to_owned()),
            commit: artifact.commit().map(str::to_owned),
            verdict: judged.ruling.verdict(),
            reason: judged.ruling.reason(),
            rule: judged.ruling.rule().map(|rule| rule.word().to_owned()),
        }
    }

    /// Every artifact once, by path, with the items that rely on it.
    pub(in crate::pipeline) fn artifacts(&self) -> Vec<v1::Artifact> {
        let used = self.used();
        let mut published: Vec<v1::Artifact> = Vec::new();
        for (index, FoundArtifact { artifact, .. }) in numbered(&self.case.artifacts) {
            let mut users = used.get(&index).cloned().unwrap_or_default();
            match published.last_mut().filter(|last| last.path == artifact.path) {
                // The same file under another named format: the reading that is used is shown.
                Some(last) if last.used_by.is_empty() && !users.is_empty() => {
                    let secrets = last.secrets;
                    *last = one_artifact(artifact, users);
                    last.secrets |= secrets;
                }
                Some(last) => {
                    last.secrets |= artifact.answer.holds_secrets();
                    last.used_by.append(&mut users);
                    last.used_by.sort();
                    last.used_by.dedup();
                }
                None => published.push(one_artifact(artifact, users)),
            }
        }
        published
    }

    fn used(&self) -> BTreeMap<ArtifactIndex, Vec<String>> {
        let mut used: BTreeMap<ArtifactIndex, Vec<String>> = BTreeMap::new();
        for of in self.case.documents.items() {
            let address = of.full_address();
            let requirements = self.judgement.items[of.at].requirements.iter();
            let requirements = requirements.map(|&at| &self.judgement.requirements[at]);
            for evidence in requirements.flat_map(|judged| &judged.evidence) {
                let users = used.entry(evidence.artifact).or_default();
                if users.last() != Some(&address) {
                    users.push(address.clone());
                }
            }
        }
        used
    }
}

fn one_artifact(artifact: &Artifact, used_by: Vec<String>) -> v1::Artifact {
    let reading = artifact.answer.reading();
    v1::Artifact {
        path: artifact.path.clone(),
        sha256: artifact.sha256.to_string(),
        bytes: artifact.bytes,
        format: format_of(artifact),
        tool: reading.and_then(|reading| reading.tool.clone()),
        tool_version: reading.and_then(|reading| reading.tool_version.clone()),
        produced_at: artifact.time.map(|(time, _)| time.to_string()),
        time_from: artifact.time.map(|(_, from)| from.word().to_owned()),
        commit: artifact.commit().map(str::to_owned),
        facts: reading.map(Reading::published).unwrap_or_default(),
        warnings: reading.map(|reading| reading.warnings.clone()).unwrap_or_default(),
        invalid: why_invalid(artifact),
        seal: artifact.sealed.seal().map(seal),
        secrets: artifact.answer.holds_secrets(),
        used_by,
    }
}

fn seal(of: &Seal) -> v1::Seal {
    v1::Seal {
        path: of.path.clone(),
        by: of.by(),
        at: of.at.to_string(),
        written_at: of.written.map(|time| time.to_string()),
        checked_out_at: of.checked_out.map(|time| time.to_string()),
        commit: of.commit.clone(),
        dirty: of.dirty,
        ref_name: of.ref_name.clone(),
        run_url: of.run_url.clone(),
        exit_code: of.exit_code,
        command: of.command.clone(),
    }
}

fn format_of(artifact: &Artifact) -> Option<String> {
    match &artifact.answer {
        Answer::Read(reading) => Some(reading.format.to_owned()),
        Answer::Broken { format, .. } => Some((*format).to_owned()),
        Answer::Ambiguous { .. } | Answer::Unknown { .. } => None,
    }
}

fn why_invalid(artifact: &Artifact) -> Option<String> {
    if let Sealed::Broken(why) = &artifact.sealed {
        return Some(why.clone());
    }
    match &artifact.answer {
        Answer::Read(reading) => reading.doubts.first().map(|doubt| doubt.why.clone()),
        Answer::Broken { why, .. } | Answer::Unknown { why } => Some(why.clone()),
        Answer::Ambiguous { candidates, shape } => Some(format!(
            "{} formats fit this file (`{shape}`): {}.",
            candidates.len(),
            crate::model::listed(candidates, 4)
        )),
    }
}
