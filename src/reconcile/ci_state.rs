//! Whether the CI runs, jobs and steps that a condition read came to their end, and whether the
//! limits and checks that it read were any.

use crate::condition::{Found, Outcome, Scope};
use crate::facts::Value;
use crate::model::{Rule, Rules};

use super::ruling::Ruling;
use super::scope::ArtifactScope;

/// Why what a condition read proves nothing: of CI, it is still going, cancelled or skipped; of
/// thresholds and checks, there were none.
pub(super) fn doubt(outcome: &Outcome, scope: &ArtifactScope<'_>, rules: Rules) -> Option<Ruling> {
    outcome.read.iter().find_map(|read| {
        if let Some(ruling) = over_nothing(&read.fact, scope, rules) {
            return Some(ruling);
        }
        let (value, path) = group_of("ci", &read.fact, scope)?;
        let parts = parts_read(&value, path);
        parts.into_iter().find_map(|(what, state)| verdict_on(&what, state, rules))
    })
}

/// Of no limit none failed: that would pass for limits that held.
fn over_nothing(fact: &str, scope: &ArtifactScope<'_>, rules: Rules) -> Option<Ruling> {
    if !rules.holds(Rule::OverNothing) {
        return None;
    }
    ["thresholds", "checks"].into_iter().find_map(|group| {
        let (tally, path) = group_of(group, fact, scope)?;
        let none = path == ".failed" && tally.member("total") == Some(&Value::Int(0));
        none.then(|| {
            Ruling::invalid(
                Rule::OverNothing,
                format!("the report holds 0 {group}, so that none failed proves nothing."),
            )
        })
    })
}

/// The group that a fact lies in, if it is that one, and the rest of its path.
fn group_of<'f>(group: &str, fact: &'f str, scope: &ArtifactScope<'_>) -> Option<(Value, &'f str)> {
    let (found, path) = if let Some(rest) = fact.strip_prefix("artifact(") {
        let (glob, rest) = rest.split_once("\").").or_else(|| rest.split_once("')."))?;
        let path = rest.strip_prefix(group)?;
        (scope.artifact_group(glob.trim().trim_matches(['"', '\'']), group), path)
    } else {
        let path = fact.strip_prefix(group)?;
        (scope.group(group), path)
    };
    match found {
        Found::Value(value) if path.is_empty() || path.starts_with(['.', '[']) => {
            Some((value, path))
        }
        _ => None,
    }
}

/// The run, job or step that `path` leads to, each with what it is called. A path that names its
/// job only while it is evaluated (`ci.jobs[name]`) leads to every job.
fn parts_read<'v>(run: &'v Value, path: &str) -> Vec<(String, &'v Value)> {
    if !path.starts_with(".jobs") {
        return vec![("the CI run".to_owned(), run)];
    }
    let Some(Value::Map(jobs)) = run.member("jobs") else { return Vec::new() };
    let Some((name, rest)) = index_after(path, "jobs") else {
        return jobs.iter().map(|(name, job)| (format!("job \"{name}\""), job)).collect();
    };
    let Some(job) = jobs.get(&name) else { return Vec::new() };
    if !rest.starts_with(".steps") {
        return vec![(format!("job \"{name}\""), job)];
    }
    let Some(Value::Map(steps)) = job.member("steps") else { return Vec::new() };
    let called = |step: &str| format!("step \"{step}\" of job \"{name}\"");
    match index_after(&rest, "steps") {
        Some((step, _)) => {
            steps.get(&step).map(|state| (called(&step), state)).into_iter().collect()
        }
        None => steps.iter().map(|(step, state)| (called(step), state)).collect(),
    }
}

/// `.jobs["build"].conclusion` and `.jobs.build.conclusion` → `build` and what follows.
fn index_after(path: &str, map: &str) -> Option<(String, String)> {
    let rest = path.strip_prefix('.')?.strip_prefix(map)?;
    if let Some(rest) = rest.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        return Some((rest[..end].to_owned(), rest[end..].to_owned()));
    }
    let rest = rest.strip_prefix('[')?.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (name, rest) = rest[1..].split_once(quote)?;
    Some((name.to_owned(), rest.trim_start().strip_prefix(']')?.to_owned()))
}

fn verdict_on(what: &str, state: &Value, rules: Rules) -> Option<Ruling> {
    let word = |name| match state.member(name) {
        Some(Value::Text(text)) => Some(text.to_ascii_lowercase()),
        _ => None,
    };
    let conclusion = word("conclusion");
    match (conclusion.as_deref(), word("status").as_deref()) {
        (_, Some(status @ ("queued" | "in_progress" | "waiting" | "pending" | "requested")))
        | (None, Some(status))
            if status != "completed" || conclusion.is_none() =>
        {
            rules.holds(Rule::Unfinished).then(|| {
                Ruling::invalid(Rule::Unfinished, format!("{what} is still going ({status})."))
            })
        }
        (Some(state @ ("cancelled" | "skipped" | "stale")), _) => {
            rules.holds(Rule::NotRun).then(|| {
                Ruling::invalid(Rule::NotRun, format!("{what} did not run to its end: {state}."))
            })
        }
        _ => None,
    }
}
