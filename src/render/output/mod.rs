//! The table of outputs: the names that `--format` and `--output` take, and what draws each.

use crate::diff::Diff;
use crate::snapshot::Snapshot;

use super::text::{self, Paint};
use super::{
    badge, cyclonedx, github, gitlab, in_toto, json, junit, markdown, ndjson, oscal, sarif,
    spreadsheet,
};

/// Draws a snapshot.
type OfSnapshot = fn(&Snapshot, Paint) -> String;

/// Draws a diff.
type OfDiff = fn(&Diff, Paint) -> String;

/// One way to write down a snapshot, a diff, or both.
#[derive(Debug)]
pub struct Output {
    /// The name on the command line.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub about: &'static str,
    /// Draws a snapshot; `None` where it has no form for one.
    pub snapshot: Option<OfSnapshot>,
    /// Draws a diff; `None` where it has no form for one.
    pub diff: Option<OfDiff>,
    /// Whether it shows the documents as written, which most readers can do without.
    pub documents: bool,
}

/// Every output, in the order of the book. A line here is an output.
pub const OUTPUTS: &[Output] = &[
    TEXT,
    JSON,
    both("markdown", "for a pull request or a job summary", markdown::snapshot, markdown::diff),
    both("sarif", "SARIF 2.1.0, for code scanning", sarif::snapshot, sarif::diff),
    of_snapshot("junit", "JUnit XML, an item a case, for test reports", junit::snapshot),
    both("github", "annotations of GitHub Actions", github::snapshot, github::diff),
    both("gitlab", "Code Quality JSON of GitLab", gitlab::snapshot, gitlab::diff),
    of_snapshot("badge", "the endpoint of a badge service, as JSON", badge::endpoint),
    of_snapshot("badge-svg", "a badge as a picture", badge::svg),
    both("csv", "a row an item, for a spreadsheet", spreadsheet::snapshot, spreadsheet::diff),
    both("ndjson", "an item a line, for queries", ndjson::snapshot, ndjson::diff),
    of_snapshot("oscal", "OSCAL assessment results, for auditors", oscal::results),
    of_snapshot("oscal-poam", "OSCAL plan of action and milestones", oscal::poam),
    of_snapshot("cyclonedx", "CycloneDX 1.6 attestations", cyclonedx::attestations),
    of_whole("in-toto", "an in-toto test result over the snapshot", in_toto::test_result),
    of_whole("in-toto-svr", "an in-toto verification result", in_toto::verification_result),
];

/// What a person reads: the output where none is named.
pub const TEXT: Output = both("text", "for a person", text::check, text::diff);

/// What a program reads: the snapshot itself.
pub const JSON: Output =
    Output { documents: true, ..both("json", "for a program", json::pretty, json::pretty) };

/// The output called `name`.
pub fn named(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}

const fn both(
    name: &'static str,
    about: &'static str,
    snapshot: OfSnapshot,
    diff: OfDiff,
) -> Output {
    Output { name, about, snapshot: Some(snapshot), diff: Some(diff), documents: false }
}

const fn of_snapshot(name: &'static str, about: &'static str, draw: OfSnapshot) -> Output {
    Output { name, about, snapshot: Some(draw), diff: None, documents: false }
}

/// An output that speaks of the snapshot as `report` writes it, documents and all.
const fn of_whole(name: &'static str, about: &'static str, draw: OfSnapshot) -> Output {
    Output { documents: true, ..of_snapshot(name, about, draw) }
}

#[cfg(test)]
mod tests;
