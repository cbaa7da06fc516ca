//! The totals of a run against those that the generator knows.

use std::collections::BTreeMap;

use serde_json::Value;
use trueup::facts::{Coverage, Findings, Grade, Level, Share, Tests};
use trueup::model::Answer;

/// What an artifact holds, under the names of `truth.json`, by `kind.name`.
pub(crate) fn counts(answer: &Answer) -> BTreeMap<&'static str, u64> {
    let reading = answer.reading().expect("every artifact of the workload is sound");
    let facts = &reading.facts;
    match reading.format {
        "junit" => of_tests(facts.tests.as_ref().expect("tests")),
        "lcov" => of_coverage(facts.coverage.as_ref().expect("coverage")),
        "eslint-json" => {
            let findings = facts.findings.as_ref().expect("findings");
            let levels = |level| findings.levelled(level);
            BTreeMap::from([
                ("eslint.errors", levels(Level::Error)),
                ("eslint.warnings", levels(Level::Warning)),
            ])
        }
        "sarif" => of_sarif(facts.findings.as_ref().expect("findings")),
        "npm-audit" => of_npm(facts.findings.as_ref().expect("findings")),
        "k6-summary" => {
            let thresholds = facts.thresholds.as_ref().expect("thresholds");
            BTreeMap::from([
                ("k6.thresholds", thresholds.total),
                ("k6.thresholds_failed", thresholds.failed),
            ])
        }
        "trivy" => of_trivy(facts.findings.as_ref().expect("findings")),
        "cyclonedx-json" => {
            let components = facts.components.as_ref().expect("components");
            BTreeMap::from([("sbom.components", components.total)])
        }
        other => panic!("the workload holds no {other}"),
    }
}

fn of_tests(tests: &Tests) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([
        ("junit.tests", tests.total()),
        ("junit.failures", tests.failed),
        ("junit.errors", tests.errored),
        ("junit.skipped", tests.skipped),
        ("junit.flaky", tests.flaky.unwrap_or(0)),
        ("junit.suites", tests.suites.unwrap_or(0)),
    ])
}

fn of_coverage(coverage: &Coverage) -> BTreeMap<&'static str, u64> {
    let share = |share: Option<Share>| share.unwrap_or_default();
    let (lines, branches) = (share(coverage.lines), share(coverage.branches));
    let functions = share(coverage.functions);
    BTreeMap::from([
        ("lcov.lines", lines.total),
        ("lcov.lines_hit", lines.covered),
        ("lcov.branches", branches.total),
        ("lcov.branches_hit", branches.covered),
        ("lcov.functions", functions.total),
        ("lcov.functions_hit", functions.covered),
    ])
}

/// The truth counts what its owners silenced among the findings; trueup lists it apart.
fn of_sarif(findings: &Findings) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([("sarif.findings-suppressed", findings.total())])
}

fn of_npm(findings: &Findings) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([
        ("npm.vulnerabilities", findings.total()),
        ("npm.moderate", findings.graded(Grade::Medium)),
    ])
}

fn of_trivy(findings: &Findings) -> BTreeMap<&'static str, u64> {
    BTreeMap::from([("trivy.vulnerabilities+misconfig_fail+secrets", findings.total())])
}

/// The sums of several artifacts' counts, as JSON.
pub(crate) fn sum(all: &[BTreeMap<&str, u64>]) -> Value {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, count) in all.iter().flatten() {
        *sums.entry(name).or_default() += count;
    }
    serde_json::to_value(sums).expect("numbers under names")
}

/// Stops where a run's totals are not those of the truth.
pub(crate) fn check(told: &str, truth: &Value) {
    let told: BTreeMap<String, u64> = serde_json::from_str(told).expect("totals");
    assert!(told.len() > 10, "totals of every kind");
    for (name, count) in told {
        assert_eq!(known(truth, &name), Some(count), "{name}");
    }
}

/// What the truth says of `kind.count`; several counts are joined by `+`, and one taken off by `-`.
fn known(truth: &Value, name: &str) -> Option<u64> {
    let (kind, counts) = name.split_once('.')?;
    let totals = truth.pointer("/artifacts/totals")?.get(kind)?;
    let count = |name: &str| totals.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (joined, less) = counts.split_once('-').unwrap_or((counts, ""));
    joined.split('+').map(count).sum::<u64>().checked_sub(count(less))
}
