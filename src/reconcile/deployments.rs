//! The deployments to the environment that time windows open by, as the artifacts tell of them.

use crate::facts::Deployment;
use crate::model::{Checklist, Code, Place, Problem, Timestamp};

use super::case::Case;

/// A deployment to the environment that the configuration names.
#[derive(Debug, Clone, Copy)]
pub struct KnownDeployment<'c> {
    /// The artifact that tells of it.
    path: &'c str,
    /// `None` where nothing tells: whatever is judged, it may be of another.
    pub commit: Option<&'c str>,
    /// `None` where nothing tells how it ended.
    state: Option<&'c str>,
    /// When; `None` where that cannot be understood.
    pub at: Option<Timestamp>,
}

impl KnownDeployment<'_> {
    /// Whether it is told to have succeeded.
    pub fn succeeded(&self) -> bool {
        self.state == Some("success")
    }
}

/// Those to the configured environment. What one artifact leaves out of a deployment, another that names
/// the same one may tell.
pub fn deployments(case: &Case) -> Vec<KnownDeployment<'_>> {
    let told: Vec<Told<'_>> = told(case).collect();
    let meant = |of: &&Told<'_>| {
        let named = of.deployment.environment.as_deref();
        named.is_some_and(|named| named.eq_ignore_ascii_case(&case.config.environment))
    };
    let known = told.iter().filter(meant).map(|of| {
        let same = || told.iter().filter(|other| of.is_same(other)).map(|other| other.deployment);
        let own = of.deployment;
        let failed = same().any(|other| other.at > own.at && has_failed(other));
        KnownDeployment {
            path: of.path,
            commit: own.commit.as_deref().or(same().find_map(|other| other.commit.as_deref())),
            state: match failed {
                true => Some("failure"),
                false => own.state.as_deref().or(same().find_map(|other| other.state.as_deref())),
            },
            at: own.at.as_deref().and_then(|at| at.parse().ok()),
        }
    });
    known.collect()
}

/// What tells of deployments and leaves out by which of them the windows would open.
pub fn untold(case: &Case) -> Vec<Problem> {
    let windowed = |of: &Checklist| of.sections.iter().any(|of| of.window.is_some());
    if case.deployed.is_some() || !case.documents.checklists().any(windowed) {
        return Vec::new();
    }
    let problem = |of: &KnownDeployment<'_>| {
        let (lacks, hint) = match (of.succeeded(), of.commit, of.state) {
            (true, None, _) => {
                ("of which commit it was", "the deployment itself, whose `sha` says it")
            }
            (false, Some(_), None) => ("how it ended", "its statuses"),
            _ => return None,
        };
        let environment = &case.config.environment;
        let message = format!(
            "Of a deployment to {environment} nothing tells {lacks}: no window opens by it."
        );
        let hint = format!("Put {hint} beside it, or say when it was: `--deployed-at`.");
        Some(Problem::new(Code::DeploymentUntold, Place::file(of.path), message).hint(hint))
    };
    deployments(case).iter().filter_map(problem).collect()
}

/// Whether it is told to have failed: one that another took the place of (`inactive`) succeeded before.
fn has_failed(of: &Deployment) -> bool {
    of.state.as_deref().is_some_and(|state| ["cancelled", "error", "failure"].contains(&state))
}

/// A deployment as one artifact tells it.
struct Told<'c> {
    path: &'c str,
    format: &'c str,
    deployment: &'c Deployment,
}

impl Told<'_> {
    fn is_same(&self, other: &Told<'_>) -> bool {
        self.format == other.format
            && self.deployment.id.is_some()
            && self.deployment.id == other.deployment.id
            && self.deployment.environment == other.deployment.environment
    }
}

fn told(case: &Case) -> impl Iterator<Item = Told<'_>> {
    case.artifacts.iter().filter_map(|found| {
        let reading = found.artifact.answer.reading().filter(|of| of.doubts.is_empty())?;
        let deployment = reading.facts.deployment.as_ref()?;
        Some(Told { path: &found.artifact.path, format: reading.format, deployment })
    })
}
