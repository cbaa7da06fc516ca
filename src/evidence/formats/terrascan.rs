//! `terrascan scan -o json`.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct Terrascan;

impl Format for Terrascan {
    fn id(&self) -> &'static str {
        "terrascan"
    }

    fn about(&self) -> About {
        About {
            tool: "Terrascan",
            recognised: "`results` with a `scan_summary` that holds `policies_validated`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`results.scan_summary.scanned_at`"),
            source: "https://github.com/tenable/terrascan/blob/master/pkg/results/types.go",
            clean: "`violations` and `vulnerabilities` are null or empty, and policies were validated.",
            vacuous: "0 policies validated; fewer violations listed than counted.",
            blank: Blanks::NONE,
            notes: &[
                "`skipped_violations` are listed as suppressed.",
                "`vulnerabilities` (`--find-vuln`) are findings beside the violations; `scan_summary` does not count them.",
                "What it could not read (`scan_errors`) is counted in `findings.unchecked`; it tries every kind of code in a folder, and says so of those that are not there.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let summary = |shape: &Shape<'_>| {
            shape.at(&["results", "scan_summary", "policies_validated"]).is_some()
        };
        Fit::sure(sniff.json().is_some_and(summary))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Report { results } = input.json()?;
        let summary = &results.scan_summary;
        let mut reading = Reading::by(self.id(), "Terrascan");
        reading.produced_at = summary.scanned_at.as_deref().map(made_at);
        let mut findings = input.findings();
        results.violations.iter().flatten().for_each(|one| findings.add(one.finding(false)));
        let violations = findings.total();
        results.vulnerabilities.iter().flatten().for_each(|one| findings.add(one.finding()));
        results.skipped_violations.iter().flatten().for_each(|one| findings.add(one.finding(true)));
        let errors = results.scan_errors.unwrap_or_default();
        findings.unchecked = Some(errors.len() as u64);
        let said = errors.first().and_then(|error| text::title(error.message.as_deref()?));
        if summary.policies_validated == 0 {
            reading.doubt(Rule::NothingLookedAt, "Terrascan validated 0 policies.");
        } else if let Some(said) = said {
            let errors = counted(errors.len() as u64, "error");
            reading.warn(format!("Terrascan reports {errors}. It says: {said}"));
        }
        let declared = [summary.low, summary.medium, summary.high].into_iter().flatten();
        let declared = declared.fold(0, u64::saturating_add);
        listed::lost(&mut reading, "`scan_summary`", declared, violations);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Go's own way to write a time: `2026-03-04 10:00:00.123456 +0000 UTC`.
fn made_at(raw: &str) -> crate::model::ProducedAt {
    let mut parts = raw.split(' ');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(time), Some("+0000")) => {
            let made = when::any(&format!("{day}T{time}Z"));
            crate::model::ProducedAt { raw: raw.to_owned(), ..made }
        }
        _ => when::any(raw),
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    violations: Option<Vec<Violation<'a>>>,
    skipped_violations: Option<Vec<Violation<'a>>>,
    vulnerabilities: Option<Vec<Vulnerability<'a>>>,
    scan_errors: Option<Vec<Fault<'a>>>,
    scan_summary: Summary<'a>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow, rename = "errMsg")]
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(borrow)]
    scanned_at: Option<Str<'a>>,
    policies_validated: u64,
    low: Option<u64>,
    medium: Option<u64>,
    high: Option<u64>,
}

#[derive(Deserialize)]
struct Violation<'a> {
    #[serde(borrow)]
    rule_id: Option<Str<'a>>,
    rule_name: Option<Str<'a>>,
    description: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    resource_name: Option<Str<'a>>,
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Violation<'_> {
    fn finding(&self, suppressed: bool) -> Finding {
        let grade = self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        Finding {
            rule: text::said(&self.rule_id).or_else(|| text::said(&self.rule_name)),
            title: self.description.as_deref().and_then(text::title),
            package: text::said(&self.resource_name),
            path: text::said(&self.file),
            line: self.line.line(),
            suppressed,
            ..Finding::graded(grade)
        }
    }
}

/// What a registry's own scanner says of an image that the code names.
#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    vulnerability_id: Option<Str<'a>>,
    description: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    image: Option<Str<'a>>,
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let grade = self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        Finding {
            rule: text::said(&self.vulnerability_id),
            title: self.description.as_deref().and_then(text::title),
            package: text::said(&self.image),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(violated: u64, policies: u64, lists: &str) -> String {
        format!(
            r#"{{"results": {{{lists} "scan_summary": {{"file/folder": "/src", "iac_type": "terraform",
            "scanned_at": "2026-03-04 10:00:00.123456 +0000 UTC", "policies_validated": {policies},
            "violated_policies": {violated}, "low": 0, "medium": 0, "high": {violated}}}}}}}"#
        )
    }

    const ONE: &str =
        r#"[{"rule_name": "r", "rule_id": "AC_1", "severity": "HIGH", "file": "a.tf", "line": 3}]"#;

    #[test]
    fn what_is_skipped_is_not_counted() {
        let lists = format!(r#""violations": {ONE}, "skipped_violations": {ONE},"#);
        let read = reading("terrascan", &report(1, 9, &lists));
        assert_eq!(read.produced_at.unwrap().at.unwrap().epoch(), 1_772_618_400);
        let findings = read.facts.findings.unwrap();
        assert_eq!((findings.total(), findings.unchecked), (1, Some(0)));
        let suppressed: Vec<bool> =
            findings.list.entries().iter().map(|one| one.suppressed).collect();
        assert_eq!(suppressed, [false, true]);
    }

    #[test]
    fn vulnerabilities_of_images_are_findings_that_the_summary_does_not_count() {
        let lists = r#""vulnerabilities": [{"image": "shop:1", "severity": "HIGH",
            "cvss_score": {}, "vulnerability_id": "CVE-2019-18276"}],"#;
        let read = reading("terrascan", &report(0, 9, lists));
        assert!(read.doubts.is_empty());
        let findings = read.facts.findings.unwrap();
        assert_eq!((findings.total(), findings.graded(Grade::High)), (1, 1));
    }

    #[test]
    fn what_could_not_be_read_is_unchecked() {
        let errors = r#""scan_errors": [{"iac_type": "helm", "errMsg": "no helm charts found"}],"#;
        let read = reading("terrascan", &report(0, 9, errors));
        assert_eq!(read.facts.findings.unwrap().unchecked, Some(1));
        assert!(read.warnings[0].contains("no helm charts found"), "{:?}", read.warnings);
    }

    #[test]
    fn a_scan_of_nothing_proves_nothing() {
        let one = format!(r#""violations": {ONE},"#);
        proves(
            "terrascan",
            &[
                (&report(0, 9, r#""violations": null,"#), ""),
                (&report(1, 9, &one), ""),
                (&report(0, 0, ""), "validated 0 policies"),
                (&report(3, 9, &one), "`scan_summary`"),
            ],
        );
    }
}
