//! `safety check --json`.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Str};
use crate::evidence::{Broken, Input, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{ProducedAt, Reading, Rule};

/// Reads the one document among the banners.
pub(super) fn read(input: &Input<'_>, reading: &mut Reading) -> Result<(), Broken> {
    let mut reports: Vec<Report<'_>> = Vec::new();
    input.documents(|report| reports.push(report))?;
    let (Some(report), true) = (reports.pop(), reports.is_empty()) else {
        return Err(Broken::new("The file holds more than one report of Safety."));
    };
    let meta = &report.meta;
    reading.tool_version = text::said(&meta.version);
    reading.produced_at = meta.timestamp.as_deref().map(ProducedAt::parse);
    let clean = meta.git.as_ref().filter(|git| {
        !git.dirty.as_deref().is_some_and(|dirty| dirty.eq_ignore_ascii_case("true"))
    });
    reading.commit = clean.and_then(|git| text::commit(&git.commit));
    let mut findings = input.findings();
    let ignored = report.ignored.iter().flatten().map(|found| (found, true));
    let found = report.vulnerabilities.iter().map(|found| (found, found.ignored == Some(true)));
    for (found, suppressed) in found.chain(ignored) {
        if found.fixed_versions.is_some() {
            findings.list.tells("fixed_in");
        }
        findings.add(Finding { suppressed, ..found.finding() });
    }
    let packages = report.packages.as_ref().map_or(0, |packages| packages.iter().count() as u64);
    if meta.found.unwrap_or(packages) == 0 && packages == 0 {
        reading.doubt(Rule::NothingLookedAt, "Safety looked at 0 packages.");
    }
    let held = report.vulnerabilities.len() + report.ignored.as_ref().map_or(0, Vec::len);
    listed::lost(
        reading,
        "`vulnerabilities_found`",
        meta.vulnerabilities.unwrap_or(0),
        held as u64,
    );
    reading.facts.findings = Some(findings);
    Ok(())
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "report_meta")]
    meta: Meta<'a>,
    #[serde(rename = "scanned_packages")]
    packages: Option<Map<'a, serde::de::IgnoredAny>>,
    vulnerabilities: Vec<Vulnerability<'a>>,
    #[serde(rename = "ignored_vulnerabilities")]
    ignored: Option<Vec<Vulnerability<'a>>>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "safety_version")]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    #[serde(rename = "packages_found")]
    found: Option<u64>,
    #[serde(rename = "vulnerabilities_found")]
    vulnerabilities: Option<u64>,
    git: Option<Git<'a>>,
}

#[derive(Deserialize)]
struct Git<'a> {
    #[serde(borrow)]
    commit: Option<Str<'a>>,
    dirty: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    vulnerability_id: Option<Str<'a>>,
    package_name: Option<Str<'a>>,
    analyzed_version: Option<Str<'a>>,
    advisory: Option<Str<'a>>,
    fixed_versions: Option<Vec<Str<'a>>>,
    ignored: Option<bool>,
    severity: Option<Severity<'a>>,
}

#[derive(Deserialize)]
struct Severity<'a> {
    #[serde(borrow)]
    cvssv3: Option<Score<'a>>,
}

#[derive(Deserialize)]
struct Score<'a> {
    #[serde(borrow)]
    base_severity: Option<Str<'a>>,
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let score = self.severity.as_ref().and_then(|severity| severity.cvssv3.as_ref());
        let word = score.and_then(|score| score.base_severity.as_deref());
        let graded = word.map(|word| Finding::graded(Grade::from_word(word)));
        Finding {
            rule: text::said(&self.vulnerability_id),
            title: self.advisory.as_deref().and_then(text::title),
            package: text::said(&self.package_name),
            version: text::said(&self.analyzed_version),
            fixed_in: self.fixed_versions.iter().flatten().next().map(ToString::to_string),
            ..graded.unwrap_or_else(|| Finding::levelled(Level::Error))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(packages: &str, git: &str, found: &str) -> String {
        format!(
            r#"

+====+

DEPRECATED: this command (`check`) has been DEPRECATED.

+====+

{{"report_meta": {{"safety_version": "3.7.0", "timestamp": "2026-11-22 10:00:00", "packages_found": 1, {git}
            "vulnerabilities_found": 0}}, "scanned_packages": {{{packages}}}, "affected_packages": {{}},
            "vulnerabilities": [{found}], "ignored_vulnerabilities": []}}


+====+

DEPRECATED: this command (`check`) has been DEPRECATED.

+====+
"#
        )
    }

    #[test]
    fn banners_are_passed_over() {
        let one = r#""flask": {"name": "flask"}"#;
        proves("safety", &[(&report(one, "", ""), "")]);
        let found = r#"{"vulnerability_id": "1", "package_name": "flask", "ignored": false, "severity": null}"#;
        let ignored = found.replace("false", "true");
        let total = |found: &str| {
            reading("safety", &report(one, "", found)).facts.findings.unwrap().total()
        };
        assert_eq!((total(found), total(&ignored)), (1, 0));
    }

    #[test]
    fn a_dirty_tree_is_not_of_its_commit() {
        let commit = |dirty: &str| {
            let git = format!(r#""git": {{"commit": "4f2a9c1", "dirty": "{dirty}"}},"#);
            reading("safety", &report("", &git, "")).commit
        };
        assert_eq!(commit("True"), None);
        assert_eq!(commit("False").as_deref(), Some("4f2a9c1"));
    }
}
