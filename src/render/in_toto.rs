//! in-toto statements about what was judged: a test result, and a simple verification result.
//! The forms: in-toto Attestation Framework v1, predicates "Test Result" 0.1 and "Simple
//! Verification Result" 0.1. They are not signed here; teams sign them with what they have.

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::model::Status;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Item;

use super::text::Paint;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statement {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: Vec<Value>,
    predicate_type: &'static str,
    predicate: Value,
}

/// Which items passed, which are in doubt, which failed: over `snapshot.json`.
pub(super) fn test_result(snapshot: &Snapshot, paint: Paint) -> String {
    let of = this_snapshot(snapshot, paint);
    super::json::pretty(&results(snapshot, of), paint)
}

/// What holds of the whole: over `snapshot.json`.
pub(super) fn verification_result(snapshot: &Snapshot, paint: Paint) -> String {
    let of = this_snapshot(snapshot, paint);
    super::json::pretty(&properties(snapshot, of), paint)
}

/// The same two over a file called `name` with that digest: the test result, then the verification
/// result.
pub fn over(snapshot: &Snapshot, name: &str, sha256: &str) -> [String; 2] {
    let of = || subject(name, sha256);
    let drawn = [results(snapshot, of()), properties(snapshot, of())];
    drawn.map(|statement| super::json::pretty(&statement, Paint::PLAIN))
}

fn results(snapshot: &Snapshot, over: Value) -> Statement {
    let of = |wanted: fn(&Item) -> bool| -> Vec<String> {
        let all = snapshot.checklists.iter().flat_map(|checklist| {
            checklist.items.iter().map(move |item| (checklist.path.as_str(), item))
        });
        all.filter(|(_, item)| wanted(item))
            .map(|(path, item)| format!("{path}#{}", item.id))
            .collect()
    };
    let (passed, warned, failed) = (of(passes), of(is_doubtful), of(fails));
    let result = if !failed.is_empty() || snapshot.summary.gate.result == "no-go" {
        "FAILED"
    } else if !warned.is_empty() || passed.is_empty() {
        // A run that proved nothing has not passed.
        "WARNED"
    } else {
        "PASSED"
    };
    statement(
        snapshot,
        over,
        "https://in-toto.io/attestation/test-result/v0.1",
        json!({
            "result": result,
            "configuration": configuration(snapshot),
            "passedTests": passed,
            "warnedTests": warned,
            "failedTests": failed,
        }),
    )
}

/// The file that says what is asked of the items; none where all of it stands beside them.
fn configuration(snapshot: &Snapshot) -> Vec<Value> {
    snapshot.config.iter().map(|file| subject(&file.path, &file.sha256)).collect()
}

/// Only what was verified is said, and what is not said does not hold.
fn properties(snapshot: &Snapshot, over: Value) -> Statement {
    let summary = &snapshot.summary;
    let sets = &summary.overall;
    let contradicted = summary.by_status.get(Status::Contradicted.word()).copied().unwrap_or(0);
    let properties: Vec<&str> = [
        ("TRUEUP_GATE_GO", summary.gate.result == "go"),
        ("TRUEUP_NO_CLAIM_CONTRADICTED", contradicted == 0 && sets.both > 0),
        ("TRUEUP_ALL_CLAIMS_PROVEN", sets.claimed > 0 && sets.claimed_not_proven == 0),
        ("TRUEUP_ALL_ITEMS_PROVEN", sets.applicable > 0 && sets.proven == sets.applicable),
    ]
    .into_iter()
    .filter_map(|(property, holds)| holds.then_some(property))
    .collect();
    let verifier = format!("urn:trueup:verifier:{}", snapshot.tool.version);
    statement(
        snapshot,
        over,
        "https://in-toto.io/attestation/svr/v0.1",
        json!({
            "verifier": {"id": verifier},
            "timeCreated": snapshot.judged_at,
            "properties": properties,
        }),
    )
}

/// A statement over `over`, and over the commit where it is exactly what was judged.
fn statement(
    snapshot: &Snapshot,
    over: Value,
    predicate_type: &'static str,
    predicate: Value,
) -> Statement {
    let commit = snapshot.commit.as_ref().filter(|commit| !commit.dirty);
    let commit =
        commit.map(|commit| json!({"name": snapshot.project, "digest": {"gitCommit": commit.id}}));
    Statement {
        kind: "https://in-toto.io/Statement/v1",
        subject: std::iter::once(over).chain(commit).collect(),
        predicate_type,
        predicate,
    }
}

/// The snapshot as `report` writes it.
fn this_snapshot(snapshot: &Snapshot, paint: Paint) -> Value {
    let digest = Sha256::digest(super::json::pretty(snapshot, paint));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    subject("snapshot.json", &hex)
}

fn subject(name: &str, sha256: &str) -> Value {
    json!({"name": name, "digest": {"sha256": sha256}})
}

fn passes(item: &Item) -> bool {
    item.status.is_proven()
}

fn is_doubtful(item: &Item) -> bool {
    matches!(item.status, Status::Stale | Status::Unproven | Status::Waived)
}

fn fails(item: &Item) -> bool {
    matches!(item.status, Status::Contradicted | Status::Failing)
}
