//! Annotations of GitHub Actions, as workflow commands: `::error file=…,line=…,title=…::message`.
//! The form: GitHub's documentation of "Workflow commands for GitHub Actions".

use std::fmt::Write;

use crate::diff::Diff;
use crate::model::{Severity, counted};
use crate::snapshot::Snapshot;

use super::annotation::{self, Annotation};
use super::text::{Paint, safe_lines};

/// Annotations of one level that GitHub shows for a step; what follows them is dropped unseen.
const SHOWN: usize = 10;

/// The annotations of a snapshot.
pub(super) fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    commands(&annotation::of_snapshot(snapshot), "trueup check")
}

/// The annotations of a diff.
pub(super) fn diff(diff: &Diff, _: Paint) -> String {
    commands(&annotation::of_diff(diff), "trueup diff")
}

fn commands(all: &[Annotation], command: &str) -> String {
    let mut out = String::new();
    let mut left_out = 0;
    for level in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level = || all.iter().filter(|annotation| annotation.level == level);
        for annotation in of_level().take(SHOWN) {
            write(&mut out, annotation);
        }
        left_out += of_level().count().saturating_sub(SHOWN);
    }
    if left_out > 0 {
        let annotations = counted(left_out as u64, "annotation");
        let _ = writeln!(
            out,
            "{annotations} left out: GitHub shows {SHOWN} of a level for a step. `{command}` has all."
        );
    }
    out
}

fn write(out: &mut String, annotation: &Annotation) {
    let level = match annotation.level {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if !annotation.path.is_empty() {
        properties.push(format!("file={}", property(&annotation.path)));
    }
    properties.extend(annotation.line.map(|line| format!("line={line}")));
    properties.push(format!("title={}", property(&annotation.rule)));
    let _ = writeln!(out, "::{level} {}::{}", properties.join(","), data(&annotation.message));
}

/// What stands after the second `::`.
fn data(text: &str) -> String {
    safe_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands between the commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
