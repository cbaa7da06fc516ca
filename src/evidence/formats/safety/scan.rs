//! `safety scan --output json`.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{Broken, Input, text};
use crate::facts::{Finding, Findings, Level};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) fn read(input: &Input<'_>, reading: &mut Reading) -> Result<(), Broken> {
    let report: Report<'_> = input.json()?;
    let telemetry = report.meta.telemetry.as_ref();
    reading.tool_version = telemetry.and_then(|telemetry| text::said(&telemetry.version));
    reading.produced_at = report.meta.timestamp.as_deref().map(ProducedAt::parse);
    let mut findings = input.findings();
    let mut packages = 0_u64;
    let Results { projects, files } = &report.results;
    let of_projects = projects.iter().flatten().flat_map(|project| project.files.iter().flatten());
    for file in of_projects.chain(files.iter().flatten()) {
        for dependency in file.results.dependencies.iter().flatten() {
            packages += 1;
            dependency.add(&mut findings, &file.location);
        }
    }
    if packages == 0 {
        reading.doubt(Rule::NothingLookedAt, "Safety looked at 0 packages.");
    }
    reading.facts.findings = Some(findings);
    Ok(())
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    meta: Meta<'a>,
    #[serde(rename = "scan_results")]
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    timestamp: Option<Str<'a>>,
    telemetry: Option<Telemetry<'a>>,
}

#[derive(Deserialize)]
struct Telemetry<'a> {
    #[serde(borrow, rename = "safety_version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    projects: Option<Vec<Project<'a>>>,
    /// Of a scan of the whole system.
    files: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(borrow)]
    files: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    location: Option<Str<'a>>,
    results: Of<'a>,
}

#[derive(Deserialize)]
struct Of<'a> {
    #[serde(borrow)]
    dependencies: Option<Vec<Dependency<'a>>>,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    specifications: Option<Vec<Specification<'a>>>,
}

#[derive(Deserialize)]
struct Specification<'a> {
    #[serde(borrow)]
    raw: Option<Str<'a>>,
    vulnerabilities: Option<Vulnerabilities<'a>>,
}

#[derive(Deserialize)]
struct Vulnerabilities<'a> {
    #[serde(borrow, rename = "known_vulnerabilities")]
    known: Option<Vec<Known<'a>>>,
}

#[derive(Deserialize)]
struct Known<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    ignored: Option<serde::de::IgnoredAny>,
}

impl Dependency<'_> {
    fn add(&self, findings: &mut Findings, file: &Option<Str<'_>>) {
        for specification in self.specifications.iter().flatten() {
            let raw = specification.raw.as_deref().unwrap_or_default();
            let known =
                specification.vulnerabilities.iter().flat_map(|of| of.known.iter().flatten());
            for known in known {
                findings.add(Finding {
                    rule: text::said(&known.id),
                    package: text::said(&self.name),
                    version: raw.split_once("==").map(|(_, version)| version.trim().to_owned()),
                    path: text::said(file),
                    suppressed: known.ignored.is_some(),
                    ..Finding::levelled(Level::Error)
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_is_ignored_is_suppressed_and_no_package_proves_nothing() {
        let report = |dependencies: &str| {
            format!(
                r#"{{"meta": {{"scan_type": "scan", "timestamp": "2026-11-22T10:00:00", "telemetry":
                {{"safety_version": "3.8.1"}}}}, "scan_results": {{"base_domain": "", "projects": [{{"files":
                [{{"location": "requirements.txt", "results": {{"dependencies": [{dependencies}]}}}}]}}]}}}}"#
            )
        };
        let flask = |ignored: &str| {
            format!(
                r#"{{"name": "flask", "specifications": [{{"raw": "flask==1.0", "vulnerabilities":
                {{"known_vulnerabilities": [{{"id": "25820", "ignored": {ignored}}}]}}}}]}}"#
            )
        };
        let total = |of: &str| reading("safety", &report(of)).facts.findings.unwrap().total();
        assert_eq!(total(&flask("null")), 1);
        assert_eq!(total(&flask(r#"{"code": "manual", "reason": "unused"}"#)), 0);
        proves("safety", &[(&report(""), "looked at 0 packages")]);
    }
}
