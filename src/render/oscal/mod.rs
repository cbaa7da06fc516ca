//! OSCAL 1.1 for auditors: assessment results, and the plan of action and milestones.
//! The form: NIST "Open Security Controls Assessment Language", models of the assessment layer.
//!
//! An item is a control objective, an artifact's reading an observation, an item's verdict a
//! finding; what is not satisfied is a risk, and one that is waived a deviation that was approved.

mod assessment;
mod types;

use crate::model::counted;
use crate::snapshot::Snapshot;

use super::identity::uuid;
use super::text::Paint;
use assessment::{Assessed, line};
use types::{
    ArDocument, AssessmentResults, BackMatter, ControlSelection, Empty, FindingRef, ImportAp, Link,
    Metadata, ObjectiveSelection, PlanOfAction, PoamDocument, PoamItem, Resource, ResultOf,
    ReviewedControls, SystemId,
};

/// The version of OSCAL that is written.
const OSCAL: &str = "1.1.3";

/// Assessment results: every applicable item with its observations, finding and risk.
pub(super) fn results(snapshot: &Snapshot, paint: Paint) -> String {
    let assessed = Assessed::of(snapshot);
    let plan = uuid(&["plan", &snapshot.project]);
    let document = ArDocument {
        assessment_results: AssessmentResults {
            uuid: uuid(&["assessment-results", &run(snapshot)]),
            metadata: metadata(snapshot, "Readiness: assessment results"),
            import_ap: ImportAp { href: format!("#{plan}") },
            results: vec![ResultOf {
                uuid: uuid(&["result", &run(snapshot)]),
                title: line(&title(snapshot)),
                description: line(&snapshot.summary.gate.sentence),
                start: snapshot.judged_at.clone(),
                end: snapshot.judged_at.clone(),
                reviewed_controls: ReviewedControls {
                    control_selections: [ControlSelection { include_all: Empty {} }],
                    control_objective_selections: [ObjectiveSelection { include_all: Empty {} }],
                },
                observations: assessed.observations,
                risks: assessed.risks,
                findings: assessed.findings,
            }],
            back_matter: BackMatter {
                resources: vec![Resource {
                    uuid: plan,
                    title: "The requirements that items are judged by".to_owned(),
                    rlinks: [Link { href: "trueup.toml".to_owned() }],
                }],
            },
        },
    };
    super::json::pretty(&document, paint)
}

/// The plan of action and milestones: what is not satisfied, and until when it may be so.
pub(super) fn poam(snapshot: &Snapshot, paint: Paint) -> String {
    let assessed = Assessed::of(snapshot).unsatisfied();
    let items = assessed.findings.iter().map(|finding| PoamItem {
        uuid: uuid(&["poam-item", &finding.uuid]),
        title: finding.title.clone(),
        description: finding.description.clone(),
        related_findings: vec![FindingRef { finding_uuid: finding.uuid.clone() }],
        related_observations: finding.related_observations.clone(),
        related_risks: finding.related_risks.clone(),
    });
    let mut poam_items: Vec<PoamItem> = items.collect();
    if poam_items.is_empty() {
        // The model asks for one item at least.
        poam_items.push(nothing_open(snapshot));
    }
    let document = PoamDocument {
        plan: PlanOfAction {
            uuid: uuid(&["poam", &run(snapshot)]),
            metadata: metadata(snapshot, "Readiness: plan of action and milestones"),
            system_id: SystemId { id: line(&snapshot.project) },
            observations: assessed.observations,
            risks: assessed.risks,
            findings: assessed.findings,
            poam_items,
        },
    };
    super::json::pretty(&document, paint)
}

fn nothing_open(snapshot: &Snapshot) -> PoamItem {
    let applicable = snapshot.summary.overall.applicable;
    PoamItem {
        uuid: uuid(&["poam-item", "nothing", &run(snapshot)]),
        title: "No open item".to_owned(),
        description: format!("{} judged; none is unsatisfied.", counted(applicable, "item")),
        related_findings: Vec::new(),
        related_observations: Vec::new(),
        related_risks: Vec::new(),
    }
}

fn metadata(snapshot: &Snapshot, title: &str) -> Metadata {
    Metadata {
        title: title.to_owned(),
        last_modified: snapshot.generated_at.clone(),
        version: line(&title_version(snapshot)),
        oscal_version: OSCAL,
    }
}

fn title_version(snapshot: &Snapshot) -> String {
    let commit = snapshot.commit.as_ref().map(|commit| commit.id.clone());
    snapshot.release.clone().or(commit).unwrap_or_else(|| snapshot.judged_at.clone())
}

fn title(snapshot: &Snapshot) -> String {
    format!("{} {}", snapshot.project, title_version(snapshot))
}

/// What tells one run from another.
fn run(snapshot: &Snapshot) -> String {
    let commit = snapshot.commit.as_ref().map(|commit| commit.id.as_str()).unwrap_or_default();
    format!("{} {commit} {}", snapshot.project, snapshot.judged_at)
}
