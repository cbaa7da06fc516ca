//! What is wrong and stops nothing, in the order in which a report's witness tells it.

use crate::model::{Problem, Timestamp};
use crate::pipeline::Error;
use crate::pipeline::checks::{links, paths, problems, remarks, requirement_changes};
use crate::pipeline::inputs::project::Project;
use crate::sources::environment::Environment;

use super::bind::Bound;
use super::evidence::Evidence;
use super::gather::Gathered;
use super::leniency::Leniency;

/// What reading found wrong, and the faults that were put up with. The gate asks for these too, so
/// they come before it decides.
///
/// # Errors
/// Where `paths` of a requirement match nothing that there ever was.
pub(super) fn of_reading(
    (project, environment, clock): (&Project<'_>, &Environment, Timestamp),
    (gathered, bound, evidence): (&Gathered, &Bound, &Evidence<'_>),
    mut leniency: Leniency,
) -> Result<Vec<Problem>, Error> {
    let Gathered { config, documents, of_config, of_files } = gathered;
    let requirements = &bound.requirements;
    let mut found = problems::of_inputs(
        project,
        (documents, of_files),
        &evidence.artifacts,
        (config, requirements),
        environment,
    );
    found.extend(problems::of_clock(project.commit.as_ref(), clock));
    found.extend(of_config.iter().cloned());
    found.extend(problems::of_requirements(requirements, &bound.waivers, documents));
    found.extend(remarks::problems(documents, requirements));
    found.extend(links::problems(project, config, documents));
    let lonely = paths::unmatched(project, requirements, &config.defaults.ignore);
    found.extend(leniency.accept(lonely)?);
    found.extend(leniency.faults());
    found.extend(evidence.signing.signatures.problem(requirements));
    found.extend(evidence.of_histories.iter().cloned());
    found.extend(requirement_changes::problems(project.repository, documents, requirements));
    Ok(found)
}

/// Those of a report: the gravest first, then by place.
pub(super) fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| {
        let key = |of: &Problem| (of.code.severity(), of.place.clone(), of.code.word());
        key(a).cmp(&key(b))
    });
    problems
}
