//! What a statement tells of its subjects that speaks against them: what a scan found, what a VEX calls
//! affected, a command that failed.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::Str;

/// A value of that shape, where a predicate of one's own may hold anything.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Loose<T> {
    Known(T),
    Other(IgnoredAny),
}

/// The value, where there is one and it is of the shape.
pub(super) fn known<T>(value: &Option<Loose<T>>) -> Option<&T> {
    match value {
        Some(Loose::Known(value)) => Some(value),
        Some(Loose::Other(_)) | None => None,
    }
}

/// Who scanned, and what came of it.
#[derive(Deserialize)]
pub(super) struct Scanner {
    result: Option<Loose<Scan>>,
}

/// What a scan found: in-toto's list, or the scanner's own report.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scan {
    List(Vec<IgnoredAny>),
    Report(Report),
}

/// As Trivy, Grype and others write it, or as SARIF.
#[derive(Deserialize)]
struct Report {
    #[serde(rename = "Results")]
    targets: Option<Vec<Target>>,
    matches: Option<Vec<IgnoredAny>>,
    vulnerabilities: Option<Vec<IgnoredAny>>,
    runs: Option<Vec<Run>>,
}

#[derive(Deserialize)]
struct Target {
    #[serde(rename = "Vulnerabilities")]
    vulnerabilities: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Run {
    results: Option<Vec<IgnoredAny>>,
}

/// A statement of an OpenVEX document.
#[derive(Deserialize)]
pub(super) struct Vex<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
}

/// What one attestor of witness saw.
#[derive(Deserialize)]
pub(super) struct Step {
    attestation: Option<Loose<Command>>,
}

#[derive(Deserialize)]
struct Command {
    exitcode: Option<i64>,
}

impl Vex<'_> {
    /// Whether the product is affected, or may be.
    pub(super) fn accuses(&self) -> bool {
        matches!(self.status.as_deref(), Some("affected" | "under_investigation"))
    }
}

impl Step {
    /// Whether it is a command that failed.
    pub(super) fn failed(&self) -> bool {
        let command = known(&self.attestation);
        command.and_then(|command| command.exitcode).is_some_and(|code| code != 0)
    }
}

impl Scanner {
    /// Whether the scan found anything.
    pub(super) fn found(&self) -> bool {
        known(&self.result).is_some_and(Scan::found)
    }
}

impl Scan {
    fn found(&self) -> bool {
        let Report { targets, matches, vulnerabilities, runs } = match self {
            Scan::List(found) => return !found.is_empty(),
            Scan::Report(report) => report,
        };
        let any = |list: &Option<Vec<IgnoredAny>>| list.as_ref().is_some_and(|of| !of.is_empty());
        any(matches)
            || any(vulnerabilities)
            || targets.iter().flatten().any(|target| any(&target.vulnerabilities))
            || runs.iter().flatten().any(|run| any(&run.results))
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn statement(kind: &str, predicate: &str) -> String {
        format!(
            r#"{{"_type": "https://in-toto.io/Statement/v1", "subject": [{{"name": "a", "digest":
            {{"sha256": "00"}}}}], "predicateType": "{kind}", "predicate": {predicate}}}"#
        )
    }

    #[test]
    fn what_speaks_against_the_subjects_is_a_result() {
        let scan = |result: &str| {
            let scanner =
                format!(r#"{{"uri": "pkg:github/aquasecurity/trivy", "result": {result}}}"#);
            format!(r#"{{"invocation": {{}}, "scanner": {scanner}}}"#)
        };
        let vex = |status: &str| {
            format!(
                r#"{{"@context": "https://openvex.dev/ns", "statements": [{{"status": "{status}"}}]}}"#
            )
        };
        let command = |code: u8| {
            format!(
                r#"{{"name": "build", "attestations": [{{"type": "x", "attestation": {{"hash": "a"}}}},
                {{"type": "https://witness.dev/attestations/command-run/v0.1", "attestation": {{"exitcode": {code}}}}}]}}"#
            )
        };
        let affected = Some("AFFECTED");
        for (predicate, result) in [
            (
                scan(
                    r#"{"Results": [{"Target": "a", "Vulnerabilities": [{"Severity": "CRITICAL"}]}]}"#,
                ),
                affected,
            ),
            (scan(r#"{"Results": [{"Target": "a"}]}"#), None),
            (scan(r#"{"matches": [{}]}"#), affected),
            (scan(r#"{"matches": []}"#), None),
            (scan(r#"[{"id": "CVE-1"}]"#), affected),
            (scan("[]"), None),
            (scan("\"none\""), None),
            (vex("affected"), affected),
            (vex("under_investigation"), affected),
            (vex("not_affected"), None),
            (command(1), Some("FAILED")),
            (command(0), None),
            (
                r#"{"scanner": "x", "statements": 3, "attestations": {"a": 1}, "properties": "y"}"#
                    .to_owned(),
                None,
            ),
        ] {
            let read =
                reading("in-toto-attestation", &statement("https://example.com/x", &predicate));
            assert_eq!(read.facts.provenance.unwrap().result.as_deref(), result, "{predicate}");
        }
    }

    #[test]
    fn a_verification_of_no_property_proves_nothing() {
        let svr = |properties: &str| {
            let predicate =
                format!(r#"{{"verifier": {{"id": "x"}}, "properties": [{properties}]}}"#);
            statement("https://in-toto.io/attestation/svr/v0.1", &predicate)
        };
        let own = svr("").replace("attestation/svr/v0.1", "x");
        proves(
            "in-toto-attestation",
            &[(&svr("\"SLSA_3\""), ""), (&svr(""), "verifies 0 properties"), (&own, "")],
        );
    }
}
