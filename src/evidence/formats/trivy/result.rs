//! What Trivy found in one target.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::text;
use crate::facts::{Finding, Findings, Grade};

/// One target with what was found in it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Scan<'a> {
    #[serde(borrow)]
    target: Option<Str<'a>>,
    class: Option<Str<'a>>,
    vulnerabilities: Option<Vec<Vulnerability<'a>>>,
    misconfigurations: Option<Vec<Misconfiguration<'a>>>,
    misconf_summary: Option<Summary>,
    secrets: Option<Vec<Secret<'a>>>,
    licenses: Option<Vec<License<'a>>>,
    #[serde(rename = "ExperimentalModifiedFindings", alias = "ModifiedFindings")]
    modified: Option<Vec<Modified<'a>>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow, rename = "VulnerabilityID")]
    id: Option<Str<'a>>,
    /// What distributions call it.
    #[serde(rename = "VendorIDs")]
    vendors: Option<Vec<Str<'a>>>,
    #[serde(rename = "PkgName")]
    package: Option<Str<'a>>,
    #[serde(rename = "InstalledVersion")]
    version: Option<Str<'a>>,
    #[serde(rename = "FixedVersion")]
    fixed: Option<Str<'a>>,
    #[serde(rename = "PkgPath")]
    path: Option<Str<'a>>,
    #[serde(rename = "Title")]
    title: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Misconfiguration<'a> {
    #[serde(borrow, rename = "ID")]
    id: Option<Str<'a>>,
    /// What Aqua's database calls it.
    #[serde(rename = "AVDID")]
    database: Option<Str<'a>>,
    #[serde(rename = "Title")]
    title: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
    #[serde(rename = "Status")]
    status: Option<Str<'a>>,
    #[serde(rename = "CauseMetadata")]
    cause: Option<Cause>,
}

#[derive(Deserialize)]
struct Cause {
    #[serde(default, rename = "StartLine")]
    line: Num,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(default, rename = "Successes")]
    successes: u64,
    #[serde(default, rename = "Failures")]
    failures: u64,
    #[serde(default, rename = "Exceptions")]
    exceptions: u64,
}

/// A secret, without what matched.
#[derive(Deserialize)]
struct Secret<'a> {
    #[serde(borrow, rename = "RuleID")]
    rule: Option<Str<'a>>,
    #[serde(rename = "Title")]
    title: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
    #[serde(default, rename = "StartLine")]
    line: Num,
}

#[derive(Deserialize)]
struct License<'a> {
    #[serde(borrow, rename = "Name")]
    name: Option<Str<'a>>,
    #[serde(rename = "PkgName")]
    package: Option<Str<'a>>,
    #[serde(rename = "FilePath")]
    path: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
}

/// A finding that a VEX document or an ignore file took out.
#[derive(Deserialize)]
struct Modified<'a> {
    #[serde(borrow, rename = "Finding")]
    finding: Option<Vulnerability<'a>>,
}

/// Everything found so far.
#[derive(Default)]
pub(super) struct Found {
    pub findings: Findings,
    pub targets: u64,
    /// Whether the packages of an operating system are one of them.
    pub system: bool,
    /// Those of configuration on which no check ran.
    pub untested: u64,
    /// Failed misconfigurations: declared, listed.
    pub misconfigured: (u64, u64),
}

impl Found {
    pub(super) fn new(findings: Findings) -> Found {
        Found { findings, ..Found::default() }
    }

    pub(super) fn add(&mut self, scan: &Scan<'_>) {
        self.targets += 1;
        self.system |= scan.class.as_deref() == Some("os-pkgs");
        let mut failed = 0;
        let mut add = |entry: &dyn Entry, suppressed: bool| {
            let grade = entry.severity().map_or(Grade::Unknown, Grade::from_word);
            self.findings.add_with(grade, grade.level(), suppressed, || {
                let finding = entry.finding();
                Finding { path: finding.path.or_else(|| text::said(&scan.target)), ..finding }
            });
        };
        scan.vulnerabilities.iter().flatten().for_each(|found| add(found, false));
        for modified in scan.modified.iter().flatten() {
            if let Some(found) = &modified.finding {
                add(found, true);
            }
        }
        for check in scan.misconfigurations.iter().flatten() {
            if check.status.as_deref() != Some("PASS") {
                add(check, check.status.as_deref() == Some("EXCEPTION"));
                failed += 1;
            }
        }
        let untested = |of: &Summary| of.successes == 0 && of.failures == 0 && of.exceptions == 0;
        let untested = failed == 0 && scan.misconf_summary.as_ref().is_some_and(untested);
        self.untested += u64::from(untested);
        let declared = scan.misconf_summary.as_ref().map_or(0, |summary| summary.failures);
        self.misconfigured.0 += declared.max(failed);
        self.misconfigured.1 += failed;
        scan.secrets.iter().flatten().for_each(|secret| add(secret, false));
        scan.licenses.iter().flatten().for_each(|license| add(license, false));
    }
}

/// One entry of a target's lists.
trait Entry {
    /// Trivy's word for how grave it is.
    fn severity(&self) -> Option<&str>;

    /// What is shown of it, its place on the scales aside.
    fn finding(&self) -> Finding;
}

impl Entry for Vulnerability<'_> {
    fn severity(&self) -> Option<&str> {
        self.severity.as_deref()
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.id),
            aliases: text::all_said(self.vendors.iter().flatten()),
            title: self.title.as_deref().and_then(text::title),
            package: text::said(&self.package),
            version: text::said(&self.version),
            fixed_in: text::said(&self.fixed),
            path: text::said(&self.path),
            ..Finding::graded(Grade::Unknown)
        }
    }
}

impl Entry for Misconfiguration<'_> {
    fn severity(&self) -> Option<&str> {
        self.severity.as_deref()
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.id),
            aliases: text::all_said(&self.database),
            title: self.title.as_deref().and_then(text::title),
            line: self.cause.as_ref().and_then(|cause| cause.line.line()),
            ..Finding::graded(Grade::Unknown)
        }
    }
}

impl Entry for Secret<'_> {
    fn severity(&self) -> Option<&str> {
        self.severity.as_deref()
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.rule),
            title: self.title.as_deref().and_then(text::title),
            line: self.line.line(),
            ..Finding::graded(Grade::Unknown)
        }
    }
}

impl Entry for License<'_> {
    fn severity(&self) -> Option<&str> {
        self.severity.as_deref()
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.name),
            title: Some(format!("Licence {}", self.name.as_deref().unwrap_or("unknown"))),
            package: text::said(&self.package),
            path: text::said(&self.path),
            ..Finding::graded(Grade::Unknown)
        }
    }
}
