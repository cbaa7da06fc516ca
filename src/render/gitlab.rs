//! GitLab's Code Quality report: a JSON array, an issue an annotation.
//! The form: GitLab's documentation of "Code Quality", "Code Quality report format".

use serde::Serialize;

use crate::diff::Diff;
use crate::model::{Severity, Status};
use crate::snapshot::Snapshot;

use super::annotation::{self, Annotation};
use super::text::Paint;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// Code Climate's member: by it a report is known for trueup's own, and is no evidence.
    engine_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The issues of a snapshot.
pub(super) fn snapshot(snapshot: &Snapshot, paint: Paint) -> String {
    issues(&annotation::of_snapshot(snapshot), paint)
}

/// The issues of a diff.
pub(super) fn diff(diff: &Diff, paint: Paint) -> String {
    issues(&annotation::of_diff(diff), paint)
}

fn issues(all: &[Annotation], paint: Paint) -> String {
    super::json::pretty(&all.iter().map(issue).collect::<Vec<_>>(), paint)
}

fn issue(annotation: &Annotation) -> Issue<'_> {
    Issue {
        description: &annotation.message,
        check_name: &annotation.rule,
        engine_name: "trueup",
        fingerprint: annotation.fingerprint(),
        severity: severity(annotation),
        location: Location {
            path: &annotation.path,
            lines: Lines { begin: annotation.line.unwrap_or(1) },
        },
    }
}

fn severity(annotation: &Annotation) -> &'static str {
    match annotation.level {
        Severity::Error if annotation.rule == Status::Contradicted.word() => "blocker",
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}
