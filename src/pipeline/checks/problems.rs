//! What is not as its author meant, and stops nothing: of the inputs, the requirements, the history.

use crate::model::{Checklist, Code, Documents, Place, Problem, Timestamp, listed};
use crate::pipeline::inputs::artifacts;
use crate::pipeline::inputs::project::Project;
use crate::policy::{Config, Requirement, Selector, Waiver};
use crate::reconcile::{self, Judgement};
use crate::sources::environment::Environment;
use crate::sources::git::Commit;

use super::file_time;

/// What reading the documents and artifacts came upon; `unread` of those that could not be.
pub(in crate::pipeline) fn of_inputs(
    project: &Project<'_>,
    (documents, unread): (&Documents, &[Problem]),
    artifacts: &artifacts::Read,
    (config, requirements): (&Config, &[Requirement]),
    environment: &Environment,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> = unread.to_vec();
    problems.extend(documents.checklists().flat_map(|of| of.problems.iter().cloned()));
    problems.extend(artifacts.problems.iter().cloned());
    problems.extend(project.unread().into_iter().map(|(path, why)| {
        let message = format!("This folder cannot be looked into: {why}.");
        Problem::new(Code::DocumentUnread, Place::file(path), message)
    }));
    if !project.from_git {
        let found = &artifacts.found;
        match environment.ci {
            true => problems.extend(file_time::in_ci(found)),
            false => problems.extend(file_time::elsewhere(found, config, requirements)),
        }
    }
    problems
}

/// A moment of judgement that the judged commit was not made at: a waiver that ended since is in force,
/// and old evidence is young.
pub(in crate::pipeline) fn of_clock(commit: Option<&Commit>, clock: Timestamp) -> Option<Problem> {
    let made = commit?.time;
    (made > clock.plus(reconcile::SKEW)).then(|| {
        let message = format!(
            "The judged commit was made {}, {} after the moment it is judged at.",
            made.human(),
            made.since(clock)
        );
        Problem::new(Code::JudgedBeforeCommit, Place::file(".git"), message)
            .hint("Judge it at a later moment (`--as-of`), or set the clock that is wrong.")
    })
}

/// What the requirements and waivers say that is probably not meant.
pub(in crate::pipeline) fn of_requirements(
    requirements: &[Requirement],
    waivers: &[Waiver],
    documents: &Documents,
) -> Vec<Problem> {
    let asked = requirements.iter().map(|of| (&of.items, &of.place));
    let waived = waivers.iter().map(|of| (&of.items, &of.place));
    let spread = asked.chain(waived).filter_map(|(items, place)| spread(items, place, documents));
    requirements.iter().flat_map(rates).chain(spread).collect()
}

/// An id that stands in several checklists: what settles it in one need not in another.
fn spread(selector: &Selector, place: &Place, documents: &Documents) -> Option<Problem> {
    let Selector::Glob { item: id, checklist: None } = selector else { return None };
    let named = |checklist: &&Checklist| {
        let mut items = checklist.items.iter();
        items.any(|item| {
            let itself = item.id == id.as_str() || item.address() == id.as_str();
            itself && reconcile::selects(selector, &checklist.path, item)
        })
    };
    let paths: Vec<&str> =
        documents.checklists().filter(named).map(|of| of.path.as_str()).collect();
    let [first, _, ..] = paths.as_slice() else { return None };
    let message = format!("`{}` is an item of each of {}.", id.as_str(), listed(&paths, 4));
    let problem = Problem::new(Code::RequirementSpread, place.clone(), message);
    Some(problem.hint(format!("Say which is meant: checklist = \"{first}\", or \"**\" for all.")))
}

/// What a condition says that is probably not meant.
fn rates(requirement: &Requirement) -> Vec<Problem> {
    let conditions = || requirement.condition.iter();
    let scales = conditions().flat_map(|of| of.warnings()).map(|fault| (Code::RateScale, fault));
    let idle = conditions().flat_map(|of| of.idle()).map(|fault| (Code::ConditionIdle, fault));
    scales
        .chain(idle)
        .map(|(code, fault)| {
            let message = format!("{}.", fault.message);
            let problem = Problem::new(code, requirement.place.clone(), message);
            match &fault.hint {
                Some(hint) => problem.hint(hint.clone()),
                None => problem,
            }
        })
        .collect()
}

/// What lies in the part of the history that a shallow clone lacks.
pub(in crate::pipeline) fn of_history(shallow: bool, judgement: &Judgement) -> Option<Problem> {
    let needed = judgement.requirements.iter().any(|judged| judged.truncated);
    (shallow && needed).then(|| {
        Problem::new(
            Code::HistoryTruncated,
            Place::file(".git"),
            "The clone is shallow, and what changed since an artifact was made lies in the \
             missing part.",
        )
        .hint("Fetch the whole history: actions/checkout with fetch-depth: 0.")
    })
}
