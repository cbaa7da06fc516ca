//! What the catalog proposes for items to which nothing is bound, as reports show it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{self, Around, Catalog, Documents, Manifests, NarrowedTo, Planned, Proposal};
use crate::evidence;
use crate::model::{Artifact, Claim, PerItem};
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::reconcile::{Case, Judgement};
use crate::snapshot::v1;

/// For each item the proposal; `None` where something is bound, or nothing known. Many items have the
/// same.
pub(super) fn of_unbound(
    project: &Project<'_>,
    case: &Case,
    judgement: &Judgement,
) -> PerItem<Option<Arc<v1::Proposal>>> {
    let planned = planned(project);
    let own: Vec<String> = case.documents.checklists().map(|of| of.path.clone()).collect();
    let artifacts: Vec<&Artifact> = case.artifacts.iter().map(|of| &of.artifact).collect();
    let signers = project.commit.is_some();
    let mut known: HashSet<Arc<v1::Proposal>> = HashSet::new();
    let mut shared = |proposal: v1::Proposal| match known.get(&proposal) {
        Some(known) => Arc::clone(known),
        None => {
            let proposal = Arc::new(proposal);
            known.insert(Arc::clone(&proposal));
            proposal
        }
    };
    with_catalog(project, &artifacts, &[], &planned, &own, signers, |catalog| {
        case.documents.per_item(|of| {
            let unbound = judgement.items[of.at].requirements.is_empty();
            let wanted = unbound && of.item.claim != Claim::Cancelled;
            let proposal = if wanted { catalog.propose(of.checklist, of.item) } else { None };
            proposal.map(published).map(&mut shared)
        })
    })
}

/// Lends the catalog over a project to `use_it`.
pub(in crate::pipeline) fn with_catalog<T>(
    project: &Project<'_>,
    artifacts: &[&Artifact],
    others: &[String],
    planned: &[Planned],
    checklists: &[String],
    signers: bool,
    use_it: impl FnOnce(&Catalog<'_>) -> T,
) -> T {
    let text = |path: &str| String::from_utf8(project.read(path, LARGEST_TEXT)?.ok()?).ok();
    let load = |path: &str| {
        let bytes = project.read(path, LARGEST_TEXT)?.ok()?;
        evidence::parse_document(path, &bytes).ok()
    };
    let around = Around {
        artifacts: artifacts.to_vec(),
        others,
        files: project.paths().collect(),
        folder: None,
        documents: Documents::default(),
        manifests: Manifests::default(),
        text: &text,
        load: &load,
        checklists,
        planned,
        repository: project.name().rsplit_once('/').map(|(_, name)| name.to_owned()),
        signers,
        narrowed: NarrowedTo::default(),
    };
    use_it(&Catalog::new(around))
}

/// What the CI's own files say that a run leaves behind.
pub(in crate::pipeline) fn planned(project: &Project<'_>) -> Vec<Planned> {
    let is_workflow = |path: &&str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.starts_with(".github/workflows/")
            || name == ".gitlab-ci.yml"
            || name.starts_with("Jenkinsfile")
    };
    let mut planned = Vec::new();
    for path in project.paths().filter(is_workflow) {
        let Some(Ok(bytes)) = project.read(path, LARGEST_TEXT) else { continue };
        let data = evidence::parse_document(path, &bytes).ok();
        let text = String::from_utf8_lossy(&bytes);
        planned.extend(catalog::planned(path, data.as_ref(), &text));
    }
    planned
}

fn published(of: Proposal) -> v1::Proposal {
    let draft = of.draft.unwrap_or_default();
    v1::Proposal {
        idea: of.idea,
        why: of.why,
        condition: draft.condition,
        artifacts: draft.artifacts.into_iter().map(|artifact| artifact.glob).collect(),
        sign_off: draft.sign_off.is_some(),
        lacks: of.lacks,
    }
}
