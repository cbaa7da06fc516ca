//! The deployments to the environment that time windows open by, as the artifacts tell of them.

use std::collections::{BTreeMap, BTreeSet};

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
    outcome: Outcome,
    /// When it ended so; `None` where that cannot be understood.
    pub at: Option<Timestamp>,
    /// When it was begun; of one that is told to be no success, else when it is told of.
    begun: Option<Timestamp>,
}

/// What became of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Succeeded,
    /// It succeeded, and something took its place.
    Replaced,
    /// It succeeded, and failed then: it took the place of what was there.
    Undone,
    /// It may have succeeded.
    Untold,
    /// It may have, and what tells of it is doubted.
    Doubted,
    /// It failed, or is not there yet.
    None,
}

impl KnownDeployment<'_> {
    /// Whether it is told to have succeeded, whatever took its place since.
    pub fn succeeded(&self) -> bool {
        matches!(self.outcome, Outcome::Succeeded | Outcome::Replaced)
    }

    /// Whether it ran there at some time.
    fn was_live(&self) -> bool {
        self.succeeded() || self.outcome == Outcome::Undone
    }
}

/// What may run in the environment: the latest that succeeded, and what began since and may have.
fn running<'k, 'c>(known: &'k [KnownDeployment<'c>]) -> Vec<&'k KnownDeployment<'c>> {
    let succeeded = || known.iter().filter(|of| of.was_live());
    let last = succeeded().map(|of| of.at).max().flatten();
    let is_last = |of: &&KnownDeployment<'_>| of.at.is_none() || of.at == last;
    let began = succeeded().filter(is_last).map(|of| of.begun).min().flatten();
    let is_since = |of: &&KnownDeployment<'_>| of.begun.is_none() || of.begun >= began;
    let may_have =
        known.iter().filter(|of| matches!(of.outcome, Outcome::Untold | Outcome::Doubted));
    let since = may_have.filter(is_since);
    succeeded().filter(is_last).chain(since).collect()
}

/// When what runs in the environment was deployed there, where all that it may be is known: of one commit that
/// `holds`, or of several.
pub fn deployed_at(
    known: &[KnownDeployment<'_>],
    holds: impl Fn(&str) -> bool,
) -> Option<Timestamp> {
    let running = running(known);
    let is_known = |of: &&KnownDeployment<'_>| {
        let gone = matches!(of.outcome, Outcome::Replaced | Outcome::Undone);
        of.at.is_some() && !gone && of.commit.is_some_and(&holds)
    };
    let at = running.iter().filter(|of| of.was_live()).filter_map(|of| of.at).max();
    running.iter().all(is_known).then_some(at).flatten()
}

/// Those to the configured environment. What one artifact leaves out of a deployment, another that names
/// the same one may tell.
pub fn deployments(case: &Case) -> Vec<KnownDeployment<'_>> {
    let meant = |of: &Told<'_>| {
        let named = of.deployment.environment.as_deref();
        named.is_some_and(|named| named.eq_ignore_ascii_case(&case.config.environment))
    };
    let groups = groups(told(case).filter(meant));
    groups.iter().filter_map(|group| known(group)).collect()
}

/// What tells of deployments and leaves out by which of them the windows would open.
pub fn untold(case: &Case) -> Vec<Problem> {
    let windowed = |of: &Checklist| of.sections.iter().any(|of| of.window.is_some());
    if case.deployed.is_some() || !case.documents.checklists().any(windowed) {
        return Vec::new();
    }
    let mut told = BTreeSet::new();
    let problem = |of: &KnownDeployment<'_>| {
        let (lacks, hint) = match (of.outcome, of.commit) {
            (Outcome::Succeeded | Outcome::Replaced, None) => {
                ("of which commit it was", "the deployment itself, whose `sha` says it,")
            }
            (Outcome::Replaced, _) => ("what took its place", "the deployment that did"),
            (Outcome::Untold, Some(_)) => ("how it ended", "its statuses"),
            _ => return None,
        };
        let environment = &case.config.environment;
        let message = format!(
            "Of a deployment to {environment} nothing tells {lacks}: no window opens by it."
        );
        let hint = format!("Put {hint} beside it, or say when it was: `--deployed-at`.");
        Some(Problem::new(Code::DeploymentUntold, Place::file(of.path), message).hint(hint))
    };
    let known = deployments(case);
    let problems = running(&known).into_iter().filter_map(problem);
    problems.filter(|of| told.insert((of.place.clone(), of.message.clone()))).collect()
}

/// A deployment as one artifact tells it.
struct Told<'c> {
    path: &'c str,
    format: &'c str,
    deployment: &'c Deployment,
    /// What the artifact tells may be of another.
    doubted: bool,
}

fn told(case: &Case) -> impl Iterator<Item = Told<'_>> {
    let readings = case.artifacts.iter().filter_map(|found| {
        let reading = found.artifact.answer.reading()?;
        Some((&found.artifact.path, reading, reading.facts.deployment.as_ref()?))
    });
    readings.flat_map(|(path, reading, latest)| {
        let told = |deployment| Told {
            path,
            format: reading.format,
            deployment,
            doubted: !reading.doubts.is_empty(),
        };
        std::iter::once(latest).chain(&latest.earlier).map(told)
    })
}

/// All that is told of one deployment, each.
fn groups<'c>(all: impl Iterator<Item = Told<'c>>) -> Vec<Vec<Told<'c>>> {
    let mut groups: Vec<Vec<Told<'c>>> = Vec::new();
    let mut by_id: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for of in all {
        let Some(id) = of.deployment.id.as_deref() else {
            groups.push(vec![of]);
            continue;
        };
        let known = by_id.entry((of.format, id, of.deployment.environment.as_deref())).or_default();
        // Ids are of one project, which not every artifact names.
        let fits = |at: &&usize| {
            groups.get(**at).into_iter().flatten().all(|other| {
                let (own, other) = (of.deployment, other.deployment);
                agree(&own.project, &other.project) && agree(&own.commit, &other.commit)
            })
        };
        match known.iter().find(fits).and_then(|at| groups.get_mut(*at)) {
            Some(group) => group.push(of),
            None => {
                known.push(groups.len());
                groups.push(vec![of]);
            }
        }
    }
    groups
}

/// Whether two do not say different things.
fn agree(one: &Option<String>, other: &Option<String>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// What `group` tells of its deployment together; nothing where that says too little.
fn known<'c>(group: &[Told<'c>]) -> Option<KnownDeployment<'c>> {
    let with = |is: &dyn Fn(&str) -> bool| {
        let told = group.iter().filter(|of| of.deployment.state.as_deref().is_some_and(is));
        told.max_by_key(|of| of.at())
    };
    let success = with(&|state| state == "success");
    let succeeded_at = success.and_then(Told::at);
    let since =
        |of: Option<&Told<'_>>| of.is_some_and(|of| of.at().is_none() || of.at() >= succeeded_at);
    let (failed, inactive) = (with(&has_failed), with(&|state| state == "inactive"));
    let other = with(&|_| true);
    let outcome = match (success, other) {
        _ if group.iter().any(|of| of.doubted) => Outcome::Doubted,
        (Some(_), _) if since(failed) => Outcome::Undone,
        _ if since(failed) => Outcome::None,
        (Some(_), _) if since(inactive) => Outcome::Replaced,
        (Some(_), _) => Outcome::Succeeded,
        (None, Some(other)) if other.is_pending() => Outcome::None,
        (None, _) => Outcome::Untold,
    };
    let commit = group.iter().find_map(|of| of.deployment.commit.as_deref());
    let of = success.or(other).or(group.first())?;
    if commit.is_none() && other.is_none() {
        return None;
    }
    let begun = group.iter().filter_map(|of| parsed(of.deployment.begun.as_deref())).min();
    let begun = begun.or(of.at().filter(|_| success.is_none()));
    Some(KnownDeployment { path: of.path, commit, outcome, at: of.at(), begun })
}

impl Told<'_> {
    fn at(&self) -> Option<Timestamp> {
        parsed(self.deployment.at.as_deref())
    }

    fn is_pending(&self) -> bool {
        const WORDS: [&str; 7] =
            ["blocked", "in_progress", "pending", "queued", "scheduled", "skipped", "waiting"];
        self.deployment.state.as_deref().is_some_and(|state| WORDS.contains(&state))
    }
}

fn parsed(time: Option<&str>) -> Option<Timestamp> {
    time?.parse().ok()
}

/// Whether it is told to have failed: one that another took the place of (`inactive`) succeeded before.
fn has_failed(state: &str) -> bool {
    ["cancelled", "error", "failure"].contains(&state)
}
