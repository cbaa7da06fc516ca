//! What CI says that its runs leave behind: GitHub's `upload-artifact`, GitLab's `artifacts`,
//! Jenkins' `junit` and `archiveArtifacts`.

use crate::facts::Value;

/// A path that a CI run leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The workflow file.
    pub workflow: String,
    /// The path or glob, as written there.
    pub path: String,
}

/// The paths that the workflow file at `path` leaves behind: `data` is the file as data, where it
/// is YAML, `text` its text.
pub fn of_workflow(path: &str, data: Option<&Value>, text: &str) -> Vec<Planned> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut found = match (data, name.starts_with("Jenkinsfile")) {
        (Some(data), false) if path.starts_with(".github/") => uploads(data),
        (Some(data), false) => reports(data),
        (None, true) => quoted_arguments(text),
        _ => Vec::new(),
    };
    found.sort();
    found.dedup();
    let workflow = || path.to_owned();
    found.into_iter().map(|path| Planned { workflow: workflow(), path }).collect()
}

/// `jobs.*.steps[].with.path` of steps that use `actions/upload-artifact`.
fn uploads(data: &Value) -> Vec<String> {
    let jobs = members(data.member("jobs"));
    let steps = jobs.iter().flat_map(|job| entries(job.member("steps")));
    let uploads = steps.filter(|step| {
        text(step.member("uses")).is_some_and(|uses| uses.contains("upload-artifact"))
    });
    uploads
        .filter_map(|step| text(step.member("with")?.member("path")))
        .flat_map(|paths| paths.lines().map(str::trim).filter(|path| is_path(path)))
        .map(|path| path.trim_start_matches("./").to_owned())
        .collect()
}

/// `*.artifacts.paths[]` and `*.artifacts.reports.*` of GitLab's jobs.
fn reports(data: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for artifacts in members(Some(data)).iter().filter_map(|job| job.member("artifacts")) {
        let mut paths: Vec<&Value> = entries(artifacts.member("paths")).collect();
        for report in members(artifacts.member("reports")) {
            match report {
                Value::List(_) => paths.extend(entries(Some(report))),
                Value::Map(_) => paths.extend(report.member("path")),
                _ => paths.push(report),
            }
        }
        let texts = paths.into_iter().filter_map(|path| text(Some(path)));
        found.extend(texts.filter(|path| is_path(path)).map(str::to_owned));
    }
    found
}

/// The first quoted argument of Jenkins' steps that keep reports.
fn quoted_arguments(source: &str) -> Vec<String> {
    const STEPS: [&str; 4] = ["junit", "archiveArtifacts", "recordIssues", "publishHTML"];
    let lines = source.lines().map(str::trim_start);
    let keeping = lines.filter(|line| STEPS.iter().any(|step| line.starts_with(step)));
    keeping
        .filter_map(|line| {
            let (at, quote) = line.char_indices().find(|(_, c)| matches!(c, '\'' | '"'))?;
            let rest = &line[at + 1..];
            Some(rest[..rest.find(quote)?].to_owned())
        })
        .flat_map(|paths| paths.split(',').map(|path| path.trim().to_owned()).collect::<Vec<_>>())
        .filter(|path| is_path(path))
        .collect()
}

/// Whether it is a path within the repository, without a variable of the CI in it.
fn is_path(path: &str) -> bool {
    !path.is_empty() && !path.starts_with(['!', '/', '~', '$']) && !path.contains("${")
}

fn members(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Map(members)) => members.values().collect(),
        _ => Vec::new(),
    }
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let list = match value {
        Some(Value::List(entries)) => entries.as_slice(),
        _ => &[],
    };
    list.iter()
}

fn text(value: Option<&Value>) -> Option<&str> {
    match value {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}
