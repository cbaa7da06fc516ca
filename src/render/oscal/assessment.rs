//! From items to observations, findings and risks.

use std::collections::BTreeSet;

use crate::model::{Status, Verdict};
use crate::render::identity::{token, uri, uuid};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Evidence, Item};

use super::types::{
    Finding, Observation, ObservationRef, Property, RelevantEvidence, Risk, RiskRef, State, Target,
};

/// The namespace of our properties.
const NS: &str = "urn:trueup:oscal:1";

/// Everything that was found.
pub(super) struct Assessed {
    pub(super) observations: Vec<Observation>,
    pub(super) findings: Vec<Finding>,
    pub(super) risks: Vec<Risk>,
}

impl Assessed {
    /// What a snapshot found; what is struck or not applicable is no objective.
    pub(super) fn of(snapshot: &Snapshot) -> Assessed {
        let mut all = Assessed { observations: vec![], findings: vec![], risks: vec![] };
        for checklist in &snapshot.checklists {
            for item in &checklist.items {
                if item.status != Status::NotApplicable {
                    all.assess(snapshot, &checklist.path, item);
                }
            }
        }
        all
    }

    /// The part that is not satisfied.
    pub(super) fn unsatisfied(mut self) -> Assessed {
        self.findings.retain(|finding| finding.target.status.state != "satisfied");
        let kept: BTreeSet<String> = self
            .findings
            .iter()
            .flat_map(|finding| &finding.related_observations)
            .map(|observation| observation.observation_uuid.clone())
            .collect();
        self.observations.retain(|observation| kept.contains(&observation.uuid));
        self
    }

    fn assess(&mut self, snapshot: &Snapshot, path: &str, item: &Item) {
        let whose = [snapshot.project.as_str(), path, item.id.as_str()];
        let observations: Vec<Observation> = item
            .evidence
            .iter()
            .map(|evidence| observation(snapshot, &whose, item, evidence))
            .collect();
        let risk = risk(&whose, item);
        self.findings.push(Finding {
            uuid: uuid(&[&["finding"], &whose[..]].concat()),
            title: line(&item.text),
            description: line(&item.reason),
            props: vec![
                property("status", item.status.word()),
                property("claim", item.claim.word()),
                property("place", &format!("{path}:{}", item.line)),
            ],
            target: target(path, item),
            related_observations: observations
                .iter()
                .map(|one| ObservationRef { observation_uuid: one.uuid.clone() })
                .collect(),
            related_risks: risk.iter().map(|one| RiskRef { risk_uuid: one.uuid.clone() }).collect(),
        });
        self.observations.extend(observations);
        self.risks.extend(risk);
    }
}

fn observation(
    snapshot: &Snapshot,
    whose: &[&str],
    item: &Item,
    evidence: &Evidence,
) -> Observation {
    let by = [evidence.artifact.as_str(), &evidence.sha256, &snapshot.judged_at];
    let made = evidence.produced_at.clone();
    Observation {
        uuid: uuid(&[&["observation"], whose, &by[..]].concat()),
        title: line(&evidence.artifact),
        description: line(&evidence.reason),
        methods: ["TEST"],
        types: ["control-objective"],
        relevant_evidence: [RelevantEvidence {
            href: uri(&evidence.artifact),
            description: line(evidence.tool.as_deref().unwrap_or(&evidence.artifact)),
            props: vec![
                property("sha256", &evidence.sha256),
                property("verdict", evidence.verdict.word()),
            ],
        }],
        collected: made.unwrap_or_else(|| snapshot.judged_at.clone()),
        expires: item.valid_until.clone(),
    }
}

fn target(path: &str, item: &Item) -> Target {
    let (state, reason) = match item.status {
        Status::Verified | Status::Ready => ("satisfied", "pass"),
        Status::Contradicted | Status::Failing => ("not-satisfied", "fail"),
        Status::Waived if item.verdict == Verdict::Fail => ("not-satisfied", "fail"),
        Status::Waived
        | Status::Stale
        | Status::Unproven
        | Status::Open
        | Status::NotApplicable => ("not-satisfied", "other"),
    };
    Target {
        kind: "objective-id",
        target_id: token(path, &item.id),
        status: State { state, reason },
    }
}

/// What is not satisfied is a risk; an exception in force is a deviation that somebody approved.
fn risk(whose: &[&str], item: &Item) -> Option<Risk> {
    let waiver = item.waiver.as_ref();
    let status = match item.status {
        Status::Verified | Status::Ready | Status::NotApplicable => return None,
        Status::Waived => "deviation-approved",
        Status::Contradicted
        | Status::Stale
        | Status::Unproven
        | Status::Failing
        | Status::Open => "open",
    };
    let statement = waiver.map_or_else(
        || item.next.clone().unwrap_or_else(|| item.reason.clone()),
        |waiver| {
            format!("Waived by {} until {}: {}", waiver.by, waiver.until, waiver.reason).into()
        },
    );
    Some(Risk {
        uuid: uuid(&[&["risk"], whose].concat()),
        title: line(&item.text),
        description: line(&item.reason),
        statement: line(&statement),
        status,
        deadline: waiver.map(|waiver| format!("{}T23:59:59Z", waiver.until)),
    })
}

fn property(name: &'static str, value: &str) -> Property {
    Property { name, ns: NS, value: line(value) }
}

/// Text on one line, neither empty nor with a blank at its ends, as OSCAL's strings are.
pub(super) fn line(text: &str) -> String {
    // The byte order mark is a blank to the patterns of OSCAL's schema, and to nothing else.
    let is_blank = |letter: char| letter.is_control() || letter == '\u{feff}';
    let shown = text.chars().map(|letter| if is_blank(letter) { ' ' } else { letter });
    let line = shown.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "(not said)".to_owned() } else { line }
}
