//! Last step: the snapshot of a run.

use std::borrow::Borrow;
use std::sync::Arc;

use crate::model::{Document, PerItem, Problem, ReleaseTags, tagged};
use crate::pipeline::Error;
use crate::pipeline::assemble::{self, Parts};
use crate::pipeline::checks::problems::of_history;
use crate::pipeline::compare::regression;
use crate::pipeline::inputs::configuration;
use crate::pipeline::inputs::project::Project;
use crate::snapshot::{self, Snapshot, v1};

use super::Options;
use super::people::Shown;
use super::problems::sorted;
use super::proposals;
use super::run::Run;

/// What is published that looks at all documents at once.
struct OfAll {
    proposals: Option<PerItem<Option<Arc<v1::Proposal>>>>,
    artifacts: Vec<v1::Artifact>,
    waivers: Vec<v1::Waiver>,
    gate: v1::Gate,
}

impl Run<'_> {
    /// What is published of it, with what the gate says of regressions.
    ///
    /// # Errors
    /// Where the release that the gate compares with is none, or cannot be judged.
    pub(super) fn publish(&self) -> Result<Snapshot, Error> {
        let snapshot = self.snapshot(self.of_all(), self.case.documents.iter());
        regression::held(self, snapshot)
    }

    /// The same of a run that nothing else is asked of: its items are let go as they are published,
    /// for both together would be the most that a run ever holds.
    ///
    /// # Errors
    /// As [`Run::publish`].
    pub(super) fn into_snapshot(mut self) -> Result<Snapshot, Error> {
        if regression::is_asked(&self) {
            return self.publish();
        }
        let of_all = self.of_all();
        let documents = std::mem::take(&mut self.case.documents);
        Ok(self.snapshot(of_all, documents.into_iter()))
    }

    fn of_all(&self) -> OfAll {
        let Run { context, project, case, judgement, .. } = self;
        let parts = self.parts(None);
        OfAll {
            artifacts: parts.artifacts(),
            waivers: parts.waivers(),
            gate: parts.gate(),
            // Of a state that is only compared with, nobody asks what could be bound.
            proposals: (!context.options.past)
                .then(|| proposals::of_unbound(project, case, judgement)),
        }
    }

    fn parts<'a>(&'a self, proposals: Option<&'a PerItem<Option<Arc<v1::Proposal>>>>) -> Parts<'a> {
        let Run { context, case, judgement, .. } = self;
        Parts { case, judgement, documents: context.options.documents, proposals }
    }

    fn snapshot(
        &self,
        of_all: OfAll,
        documents: impl Iterator<Item = impl Borrow<Document>>,
    ) -> Snapshot {
        let (options, project) = (self.context.options, &self.project);
        let mut checklists = self.parts(of_all.proposals.as_ref()).checklists(documents);
        let summary = snapshot::summary(&checklists, of_all.gate);
        Shown::by(&self.case.config).address_in(&mut checklists);
        Snapshot {
            schema: v1::SCHEMA.to_owned(),
            tool: v1::Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            project: project.name(),
            release: release(options, project, &self.case.config.releases),
            commit: commit(project),
            judged_at: self.case.clock.to_string(),
            generated_at: options.generated_at.to_string(),
            summary,
            checklists,
            artifacts: of_all.artifacts,
            waivers: of_all.waivers,
            problems: self.problems().iter().map(assemble::problem).collect(),
            policy: Some(assemble::policy(&self.case.config)),
            config: configuration::named(project, &options.dir),
            releases: Vec::new(),
        }
    }

    /// What reading and judging found wrong.
    fn problems(&self) -> Vec<Problem> {
        let shallow = self.project.repository.is_some_and(|of| of.is_shallow());
        let of_reading = self.case.problems.iter().cloned();
        let of_judging = self.judgement.problems.iter().cloned();
        let of_history = of_history(shallow, &self.judgement);
        sorted(of_reading.chain(of_history).chain(of_judging).collect())
    }
}

/// The name of the release that is judged: as given, else the tag of its commit.
pub(super) fn release(
    options: &Options,
    project: &Project<'_>,
    releases: &ReleaseTags,
) -> Option<String> {
    let tags = project.commit.as_ref().map(|commit| commit.tags.as_slice()).unwrap_or_default();
    let asked = tags.iter().find(|tag| options.at.as_ref() == Some(*tag));
    let given = options.release.as_ref().or(asked).cloned();
    given.or_else(|| tagged(tags, releases).map(|of| of.best.to_owned()))
}

fn commit(project: &Project<'_>) -> Option<v1::Commit> {
    let commit = project.commit.as_ref()?;
    Some(v1::Commit {
        id: commit.id.clone(),
        time: commit.time.to_string(),
        dirty: !project.modified.is_empty(),
        branch: commit.branch.clone(),
        subject: Some(commit.subject.clone()),
        truncated: project.repository.is_some_and(|repository| repository.is_shallow()),
    })
}
