//! When the judged code was deployed, as the events of deployments tell it.

use std::slice::from_ref;

use crate::evidence::could_carry;
use crate::model::{Checklist, Timestamp, edition, title_name};
use crate::pipeline::inputs::project::Project;
use crate::pipeline::inputs::{checklists, editions};
use crate::reconcile::{self, Case, Inputs};
use crate::sources::git::Repository;

use super::evidence::Signing;

/// By the latest deployment of the judged commit; where none is known, by the latest one to the environment,
/// where it was of a commit before it and nothing which evidence is of has changed since: a tick or a sign-off
/// is no other code. What was deployed in between took its place, and what a checklist for another release
/// asks for is not of that deployment.
pub(super) fn deployed(
    case: &Case,
    project: &Project<'_>,
    signing: &Signing<'_>,
) -> Option<Timestamp> {
    let judged = project.commit.as_ref()?;
    let known = reconcile::deployments(case);
    let own = known.iter().filter(|of| of.succeeded() && of.commit == Some(judged.id.as_str()));
    if let Some(at) = own.filter_map(|of| of.at).max() {
        return Some(at);
    }
    let repository = project.repository?;
    let witness = signing.witness(project, case);
    let inputs = Inputs { case, witness: &witness, could_carry: &could_carry };
    reconcile::deployed_at(&known, |commit| {
        repository.is_ancestor(commit, judged).unwrap_or(false)
            && reconcile::is_same_code(&inputs, commit)
            && is_same_release(case, repository, commit)
    })
}

/// Whether each checklist with time windows was for the same release, stage or customer at `commit`.
fn is_same_release(case: &Case, repository: &Repository, commit: &str) -> bool {
    let settings = checklists::settings(&case.config);
    let mut windowed = case
        .documents
        .checklists()
        .filter(|of| of.sections.iter().any(|section| section.window.is_some()));
    windowed.all(|of| {
        let then = editions::then(repository, commit, from_ref(&of.path), &settings);
        then.is_some_and(|then| named(&then) == named(of))
    })
}

/// What a checklist says it is for, beside its items.
fn named(checklist: &Checklist) -> (String, String) {
    let title = checklist.title.as_deref().unwrap_or_default();
    (edition(&checklist.path, &checklist.metadata), title_name(title))
}
