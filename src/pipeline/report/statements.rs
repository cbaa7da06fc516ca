//! What is said over a report's manifest, for those who sign: that it is of this report, and what was
//! judged.

use crate::render::in_toto;
use crate::seal::manifest::{MANIFEST, REPORT_STATEMENT, Report, VERDICT_STATEMENTS, statement};
use crate::snapshot::Snapshot;

/// Each statement over the manifest with that SHA-256 by the name of its file.
pub fn statements(snapshot: &Snapshot, manifest: &str) -> Vec<(&'static str, String)> {
    let report = Report {
        project: snapshot.project.clone(),
        release: snapshot.release.clone(),
        commit: snapshot.commit.as_ref().map(|commit| commit.id.clone()),
        judged_at: snapshot.judged_at.clone(),
        gate: snapshot.summary.gate.result.clone(),
    };
    let of_report = serde_json::to_string_pretty(&statement(manifest, report)).unwrap_or_default();
    let verdicts = in_toto::over(snapshot, MANIFEST, manifest);
    std::iter::once((REPORT_STATEMENT, of_report + "\n"))
        .chain(VERDICT_STATEMENTS.into_iter().zip(verdicts))
        .collect()
}
