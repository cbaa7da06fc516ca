//! Whether the CI runs, jobs and steps that a condition asks came to their end.

use crate::condition::{CiPart, CiRead, Found, Reads, Scope};
use crate::facts::Value;
use crate::model::{Rule, Rules};

use super::ruling::Ruling;
use super::scope::ArtifactScope;

/// A run, job or step, with what it is called.
type Part<'v> = (String, &'v Value);

/// Why what a condition reads of CI proves nothing: still going, cancelled or skipped. Where the
/// condition `holds`, also what ended otherwise than by itself: `!= "failure"` holds of a run that
/// never started.
pub(super) fn doubt(
    reads: &Reads,
    scope: &ArtifactScope<'_>,
    holds: bool,
    rules: Rules,
) -> Option<Ruling> {
    let of_ci = reads.ci.iter().find_map(|read| {
        let run = run_of(read, scope)?;
        let parts = asked(&run, &read.part);
        let ends = |(_, state): &Part<'_>| !is_skipped(state);
        // A condition that names what was skipped speaks of jobs, of which one must have run.
        let named = matches!(&read.part, CiPart::Job(Some(_)) | CiPart::Step(Some(_), Some(_)));
        let taken =
            reads.takes_skipped && read.part != CiPart::Run && (named || parts.iter().any(ends));
        let mut parts = parts.into_iter().filter(|(_, state)| !(taken && is_skipped(state)));
        let of_parts = parts.find_map(|(what, state)| verdict_on(&what, state, holds, rules));
        of_parts.or_else(|| {
            forgiven(read, &run, reads).filter(|_| holds && rules.holds(Rule::Conflicting))
        })
    });
    of_ci.or_else(|| of_deployment(reads, scope, rules).filter(|_| holds))
}

/// A run that succeeded although a job of it failed (`continue-on-error`, `allow_failure`), where the
/// condition asks how the run ended and not that job.
fn forgiven(read: &CiRead, run: &Value, reads: &Reads) -> Option<Ruling> {
    let asks = match read.part {
        CiPart::Run => reads.facts.contains("ci.conclusion"),
        CiPart::Document => reads.concludes,
        CiPart::Job(_) | CiPart::Step(..) => false,
    };
    let ended = |state: &Value, word: &str| match state.member("conclusion") {
        Some(Value::Text(of)) => of.eq_ignore_ascii_case(word),
        _ => false,
    };
    if !asks || !ended(run, "success") {
        return None;
    }
    let is_asked = |job: &str| {
        reads.ci.iter().any(|other| match &other.part {
            CiPart::Job(named) | CiPart::Step(named, _) => {
                named.as_deref().is_none_or(|named| is_of(job, named) || is_of(named, job))
            }
            CiPart::Run | CiPart::Document => false,
        })
    };
    let mut failed = members(run, "jobs", None).filter(|(_, state)| ended(state, "failure"));
    let (job, _) = failed.find(|(job, _)| !is_asked(job))?;
    let why = format!(
        "the CI run succeeded, and {} of it failed: it was allowed to. Ask for ci.jobs[{job:?}] too.",
        called(job)
    );
    Some(Ruling::invalid(Rule::Conflicting, why))
}

/// Whether a job is the one of that name, or a leg of that matrix.
fn is_of(job: &str, named: &str) -> bool {
    job.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// The same of a deployment: `!= "failure"` holds of one that is on its way, and of one that broke
/// off.
fn of_deployment(reads: &Reads, scope: &ArtifactScope<'_>, rules: Rules) -> Option<Ruling> {
    let Found::Value(deployment) = scope.group("deployment") else { return None };
    let state = match deployment.member("state") {
        Some(Value::Text(state)) if reads.facts.contains("deployment.state") => state,
        _ => return None,
    };
    let (rule, how) = match state.to_ascii_lowercase().as_str() {
        "queued" | "pending" | "waiting" | "in_progress" => (Rule::Unfinished, "is still going"),
        "error" | "inactive" | "cancelled" => (Rule::NotRun, "did not come to its end"),
        _ => return None,
    };
    let why = format!("the deployment {how}: {state}.");
    rules.holds(rule).then(|| Ruling::invalid(rule, why))
}

/// The group `ci` that is asked.
fn run_of(read: &CiRead, scope: &ArtifactScope<'_>) -> Option<Value> {
    let found = match &read.artifact {
        Some(glob) => scope.artifact_group(glob, "ci"),
        None => scope.group("ci"),
    };
    match found {
        Found::Value(run) => Some(run),
        Found::Absent(_) | Found::Untrusted { .. } => None,
    }
}

fn asked<'v>(run: &'v Value, part: &CiPart) -> Vec<Part<'v>> {
    match part {
        CiPart::Run => vec![("the CI run".to_owned(), run)],
        CiPart::Job(job) => {
            let jobs = members(run, "jobs", job.as_deref());
            jobs.map(|(name, job)| (called(name), job)).collect()
        }
        CiPart::Step(job, step) => {
            let jobs = members(run, "jobs", job.as_deref());
            let steps = jobs.flat_map(|(job, state)| {
                let steps = members(state, "steps", step.as_deref());
                steps.map(move |(step, state)| {
                    (format!("step \"{step}\" of {}", called(job)), state)
                })
            });
            steps.collect()
        }
        // A file of jobs alone says nothing of the run.
        CiPart::Document => match run.member("status").or_else(|| run.member("conclusion")) {
            Some(_) => asked(run, &CiPart::Run),
            None => asked(run, &CiPart::Job(None)),
        },
    }
}

fn called(job: &str) -> String {
    format!("job \"{job}\"")
}

/// The member `name` of a map, or all of them.
fn members<'v, 'n>(
    of: &'v Value,
    map: &str,
    name: Option<&'n str>,
) -> impl Iterator<Item = (&'v str, &'v Value)> + use<'v, 'n> {
    let members = match of.member(map) {
        Some(Value::Map(members)) => Some(members),
        _ => None,
    };
    members
        .into_iter()
        .flat_map(|members| members.iter())
        .filter(move |(known, _)| name.is_none_or(|name| name == known.as_str()))
        .map(|(known, value)| (known.as_str(), value))
}

fn is_skipped(state: &Value) -> bool {
    let ended = |name, word: &str| matches!(state.member(name), Some(Value::Text(of)) if of.eq_ignore_ascii_case(word));
    ended("conclusion", "skipped")
        && (state.member("status").is_none_or(|of| *of == Value::Null)
            || ended("status", "completed"))
}

/// How what never came to an end of its own ended.
const BROKEN_OFF: [&str; 4] = ["action_required", "startup_failure", "timed_out", "unstable"];

fn verdict_on(what: &str, state: &Value, holds: bool, rules: Rules) -> Option<Ruling> {
    let word = |name| match state.member(name) {
        Some(Value::Text(text)) => Some(text.to_ascii_lowercase()),
        _ => None,
    };
    let conclusion = word("conclusion");
    match (conclusion.as_deref(), word("status").as_deref()) {
        (_, Some(status)) if status != "completed" || conclusion.is_none() => {
            rules.holds(Rule::Unfinished).then(|| {
                Ruling::invalid(Rule::Unfinished, format!("{what} is still going ({status})."))
            })
        }
        (Some(state), _) => {
            let is_none = matches!(state, "cancelled" | "skipped" | "stale")
                || holds && BROKEN_OFF.contains(&state);
            (is_none && rules.holds(Rule::NotRun)).then(|| {
                Ruling::invalid(Rule::NotRun, format!("{what} did not run to its end: {state}."))
            })
        }
        (None, _) => None,
    }
}
