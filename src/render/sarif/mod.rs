//! SARIF 2.1.0 for code scanning: a result an annotation.
//! The form: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; the limits:
//! GitHub's documentation of "SARIF support for code scanning".

mod types;

use std::collections::BTreeMap;

use crate::diff::Diff;
use crate::model::{Code, Severity, Status, counted};
use crate::snapshot::Snapshot;

use super::annotation::{self, Annotation};
use super::identity::uri;
use super::text::Paint;
use types::{
    Artifact, Automation, Configuration, Driver, Invocation, Location, Log, Notification, Physical,
    Region, Rule, Run, SarifResult, Text, Tool,
};

/// Results that GitHub takes from one run.
const MOST: usize = 5_000;

/// Where a result stands that is of the whole run: GitHub refuses a result without a place.
const WHOLE_RUN: &str = "trueup.toml";

/// The results of a snapshot.
pub(super) fn snapshot(snapshot: &Snapshot, paint: Paint) -> String {
    let category = category(snapshot);
    log(&annotation::of_snapshot(snapshot), &category, &snapshot.tool.version, paint)
}

/// Results of one category take the place of those before them, so each project of a repository needs
/// its own: by the folder of its configuration.
fn category(snapshot: &Snapshot) -> String {
    let path = snapshot.config.as_ref().map_or("", |file| file.path.as_str());
    let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    format!("trueup/check/{folder}")
}

/// The results of a diff.
pub(super) fn diff(diff: &Diff, paint: Paint) -> String {
    log(&annotation::of_diff(diff), "trueup/diff/", env!("CARGO_PKG_VERSION"), paint)
}

fn log(all: &[Annotation], category: &str, version: &str, paint: Paint) -> String {
    let shown = all.get(..MOST).unwrap_or(all);
    let rules: BTreeMap<&str, Severity> =
        shown.iter().rev().map(|one| (one.rule.as_str(), one.level)).collect();
    let ids: Vec<&str> = rules.keys().copied().collect();
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "trueup",
                semantic_version: version,
                rules: rules.iter().map(|(id, level)| rule(id, *level)).collect(),
            },
        },
        automation_details: Automation { id: category },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: left_out(all.len() - shown.len()),
        }],
        column_kind: "utf16CodeUnits",
        results: shown.iter().map(|one| result(one, &ids)).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    };
    super::json::pretty(&log, paint)
}

fn left_out(results: usize) -> Vec<Notification> {
    if results == 0 {
        return Vec::new();
    }
    let (results, taken) = (counted(results as u64, "result"), counted(MOST as u64, "result"));
    let text = format!("{results} left out: code scanning takes {taken} of a run.");
    vec![Notification { level: "note", message: Text { text } }]
}

/// Code scanning asks for all three texts of a rule.
fn rule(id: &str, severity: Severity) -> Rule<'_> {
    let (about, more) = told(id);
    let help = format!("{about} {more}");
    Rule {
        id,
        short_description: Text { text: about.clone() },
        full_description: Text { text: about },
        help: Text { text: help },
        default_configuration: Configuration { level: severity.word() },
    }
}

/// What a rule means, and where there is more.
fn told(id: &str) -> (String, String) {
    if let Some(code) = Code::ALL.iter().find(|code| code.word() == id) {
        let more = format!("The book has more under Problems, `{id}`.");
        return (code.about().to_owned(), more);
    }
    if let Some(status) = Status::from_word(id) {
        let more = "`trueup explain ITEM` tells what was asked, and what its evidence says.";
        return (status.about().to_owned(), more.to_owned());
    }
    let more = "`trueup diff` tells what was said before, and what is said now.";
    (format!("{}.", id.replace('-', ": ")), more.to_owned())
}

fn result<'a>(annotation: &'a Annotation, rules: &[&str]) -> SarifResult<'a> {
    let path = if annotation.path.is_empty() { WHOLE_RUN } else { annotation.path.as_str() };
    SarifResult {
        rule_id: &annotation.rule,
        rule_index: rules.binary_search(&annotation.rule.as_str()).unwrap_or_default(),
        level: annotation.level.word(),
        message: Text { text: annotation.message.clone() },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact { uri: uri(path) },
                region: Region { start_line: annotation.line.unwrap_or(1) },
            },
        }],
        partial_fingerprints: BTreeMap::from([("trueup/v1", annotation.fingerprint())]),
    }
}
