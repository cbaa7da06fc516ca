//! What Locust writes beside its statistics: none of it turns a run green.

use super::{judged, team};
use crate::support::{Repo, at};

const STATS: &str =
    "Type,Name,Request Count,Failure Count,Median Response Time\n,Aggregated,35,24,6\n";
const HISTORY: &str = "Timestamp,User Count,Type,Name,Requests/s\n1768042800,2,,Aggregated,6.0\n";
const NO_FAILURES: &str = "Method,Name,Error,Occurrences,First Seen,Last Seen\n";
const NO_EXCEPTIONS: &str = "Count,Message,Traceback,Nodes\n";

fn left(condition: &str, files: &[(&str, &str)]) -> Repo {
    let repo =
        team(&format!("artifacts = [\"reports/load/*.csv\"]\ncondition = '''{condition}'''"));
    files.iter().fold(repo, |repo, (name, text)| {
        let path = format!("reports/load/shop_{name}.csv");
        repo.file(&path, *text).modified(&path, at("2026-01-10T11:00:00Z"))
    })
}

#[track_caller]
fn expect(condition: &str, files: &[(&str, &str)], status: &str) {
    let (is, reason, _) = judged(&left(condition, files));
    assert_eq!(is, status, "{reason}");
}

#[test]
fn the_four_files_of_a_run_are_read_together() {
    let stats = STATS.replace(",24,", ",0,");
    let beside =
        [("stats_history", HISTORY), ("failures", NO_FAILURES), ("exceptions", NO_EXCEPTIONS)];
    let none = r#"metrics["failures"].count == 0.0"#;
    let run = |stats| [&[("stats", stats)][..], &beside].concat();
    expect(none, &run(&stats), "verified");
    expect(none, &run(STATS), "contradicted");
    expect(none, &beside, "unproven");
}

#[test]
fn failures_refute_without_the_statistics_and_conflict_with_those_of_another_run() {
    let failed = format!("{NO_FAILURES}GET,/bad,HTTPError('500'),24,a,b\n");
    let few = r#"metrics["failures"].count < 10.0"#;
    expect(few, &[("failures", &failed)], "contradicted");
    expect(few, &[("stats", STATS), ("failures", &failed)], "contradicted");
    let clean = STATS.replace(",24,", ",0,");
    expect(few, &[("stats", &clean), ("failures", &failed)], "unproven");
}

#[test]
fn an_exception_takes_the_proof() {
    let raised = format!("{NO_EXCEPTIONS}23,no account,at,local\n");
    let few = r#"metrics["failures"].count < 10.0"#;
    let clean = STATS.replace(",24,", ",0,");
    expect(few, &[("stats", &clean), ("exceptions", &raised)], "unproven");
    expect(few, &[("stats", &clean), ("exceptions", NO_EXCEPTIONS)], "verified");
}
