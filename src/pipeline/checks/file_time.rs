//! Artifacts of which the file system alone says when they were made: a checkout, a copy, a stash or a
//! download makes them younger than the code.

use crate::model::{Artifact, Code, Place, Problem, TimeFrom, listed, plural};
use crate::policy::{Config, Requirement};
use crate::reconcile::FoundArtifact;

const HINT: &str = "Seal it in the job that makes it: trueup collect.";

/// Those of a job of CI, where a checkout or a download wrote all files: each is told.
pub(super) fn in_ci(found: &[FoundArtifact]) -> Vec<Problem> {
    let by_file = found.iter().map(|of| &of.artifact).filter(|of| is_by_file(of));
    let problem = |artifact: &Artifact| {
        Problem::new(
            Code::FileTime,
            Place::file(artifact.path.clone()),
            "Only the file system says when this was made, and a download sets that anew.",
        )
        .hint(HINT)
    };
    by_file.map(problem).collect()
}

/// Elsewhere one problem tells of all that a requirement's freshness is decided by.
pub(super) fn elsewhere(
    found: &[FoundArtifact],
    config: &Config,
    requirements: &[Requirement],
) -> Option<Problem> {
    let ages = |asked: &&Requirement| {
        let aged = asked.max_age.is_some() || config.defaults.max_age.is_some();
        aged || asked.paths.as_ref().is_none_or(|paths| !paths.is_empty())
    };
    let decides = |of: &&FoundArtifact| {
        let artifact = &of.artifact;
        let told = artifact.answer.reading().is_some_and(|reading| reading.commit.is_some());
        let mut asking = requirements.iter().filter(ages);
        is_by_file(artifact) && !told && asking.any(|asked| asks(asked, of))
    };
    let mut paths: Vec<&str> =
        found.iter().filter(decides).map(|of| of.artifact.path.as_str()).collect();
    paths.dedup();
    let first = *paths.first()?;
    let message = format!(
        "Only the file system says when {} {} made, and freshness is judged by that: a copy, a stash or a \
         download sets it anew.",
        listed(&paths, 3),
        plural(paths.len() as u64, "was"),
    );
    Some(Problem::new(Code::FileTime, Place::file(first), message).hint(HINT))
}

fn is_by_file(artifact: &Artifact) -> bool {
    artifact.answer.reading().is_some() && matches!(artifact.time, Some((_, TimeFrom::File)))
}

/// Whether a requirement reads an artifact: by name, or in the default places by what it carries.
fn asks(asked: &Requirement, of: &FoundArtifact) -> bool {
    if !asked.artifacts.is_empty() {
        return asked.artifacts.iter().any(|wanted| wanted.glob.matches(&of.artifact.path));
    }
    let groups = asked.condition.as_ref().map(|condition| &condition.reads().groups);
    let carried = of.artifact.answer.reading().map(|reading| reading.facts.carried());
    let reads = groups
        .zip(carried)
        .is_some_and(|(groups, carried)| carried.into_iter().any(|group| groups.contains(group)));
    of.in_default_place && reads
}
