//! When the judged code was deployed, as the events of deployments tell it.

use crate::evidence::could_carry;
use crate::model::Timestamp;
use crate::pipeline::inputs::project::Project;
use crate::reconcile::{self, Case, Inputs};
use crate::sources::git::{Commit, Repository};

use super::evidence::Signing;

/// A successful deployment to the environment that the configuration names.
struct Deployment<'c> {
    commit: &'c str,
    at: Timestamp,
}

/// By the latest deployment of the judged commit; where none is known, of the nearest commit before it
/// that nothing which evidence is of has changed since: a tick or a sign-off is no other code.
pub(super) fn deployed(
    case: &Case,
    project: &Project<'_>,
    signing: &Signing<'_>,
) -> Option<Timestamp> {
    let judged = project.commit.as_ref()?;
    let known = deployments(case);
    let latest = |commit: &str| known.iter().filter(|of| of.commit == commit).map(|of| of.at).max();
    if let Some(at) = latest(&judged.id) {
        return Some(at);
    }
    let repository = project.repository.filter(|_| !known.is_empty())?;
    let witness = signing.witness(project, case);
    let inputs = Inputs { case, witness: &witness, could_carry: &could_carry };
    let mut before: Vec<Commit> = Vec::new();
    for of in &known {
        let is_before = repository.is_ancestor(of.commit, judged).unwrap_or(false);
        if is_before && reconcile::is_same_code(&inputs, of.commit) {
            before.extend(repository.resolve(of.commit));
        }
    }
    let nearest = before.iter().filter(|of| !is_passed(repository, of, &before));
    nearest.filter_map(|of| latest(&of.id)).max()
}

/// Whether one of `others` stands on `commit`.
fn is_passed(repository: &Repository, commit: &Commit, others: &[Commit]) -> bool {
    others
        .iter()
        .filter(|other| other.id != commit.id)
        .any(|other| repository.is_ancestor(&commit.id, other).unwrap_or(false))
}

fn deployments(case: &Case) -> Vec<Deployment<'_>> {
    let readings = case.artifacts.iter().filter_map(|found| found.artifact.answer.reading());
    let found = readings.filter_map(|reading| reading.facts.deployment.as_ref());
    let found = found.filter(|of| of.state.as_deref() == Some("success"));
    let meant = |named: &str| named.eq_ignore_ascii_case(&case.config.environment);
    let found = found.filter(|of| of.environment.as_deref().is_some_and(meant));
    let told = found.filter_map(|of| {
        let at = of.at.as_deref()?.parse().ok()?;
        Some(Deployment { commit: of.commit.as_deref()?, at })
    });
    told.collect()
}
