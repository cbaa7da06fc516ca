//! Last step: the snapshot of a run.

use crate::model::Problem;
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

impl Run<'_> {
    /// What is published of it, with what the gate says of regressions.
    ///
    /// # Errors
    /// Where the release that the gate compares with is none, or cannot be judged.
    pub(super) fn publish(&self) -> Result<Snapshot, Error> {
        let Run { context, project, case, judgement, .. } = self;
        let options = context.options;
        // Of a state that is only compared with, nobody asks what could be bound.
        let proposals = (!options.past).then(|| proposals::of_unbound(project, case, judgement));
        let parts =
            Parts { case, judgement, documents: options.documents, proposals: proposals.as_ref() };
        let mut snapshot = self.snapshot(&parts);
        Shown::by(&case.config).address_in(&mut snapshot.checklists);
        regression::held(self, snapshot)
    }

    fn snapshot(&self, parts: &Parts<'_>) -> Snapshot {
        let (options, project) = (self.context.options, &self.project);
        let checklists = parts.checklists();
        Snapshot {
            schema: v1::SCHEMA.to_owned(),
            tool: v1::Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            project: project.name(),
            release: release(options, project),
            commit: commit(project),
            judged_at: self.case.clock.to_string(),
            generated_at: options.generated_at.to_string(),
            summary: snapshot::summary(&checklists, parts.gate()),
            checklists,
            artifacts: parts.artifacts(),
            waivers: parts.waivers(),
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
pub(super) fn release(options: &Options, project: &Project<'_>) -> Option<String> {
    let tags = project.commit.as_ref().map(|commit| commit.tags.as_slice()).unwrap_or_default();
    let asked = tags.iter().find(|tag| options.at.as_ref() == Some(*tag));
    options.release.as_ref().or(asked).or(tags.last()).cloned()
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
