//! `yarn audit --json` of Yarn 1, and `yarn npm audit --json` of Yarn 4.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::family::npm::{self, Severities};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct YarnAudit;

impl Format for YarnAudit {
    fn id(&self) -> &'static str {
        "yarn-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "yarn audit",
            recognised: "JSON Lines of `type: auditAdvisory` or `auditSummary` (Yarn 1), or of `value` beside `children` with a severity (Yarn 4)",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://classic.yarnpkg.com/lang/en/docs/cli/audit/",
            clean: "Yarn 1: a summary over dependencies and no advisory line.",
            vacuous: "No summary: cut off; 0 dependencies; an `error` line.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "Yarn 1: a finding is an advisory line, one a path; the summary stands last, and a file without it is cut off.",
                "Yarn 2 and 3 write npm 6's report, which reads as npm-audit.",
                "A summary over 0 dependencies means that nothing was audited.",
                "Yarn 4 prints nothing where nothing was found: an empty file needs a voucher.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let one = |shape: &Shape<'_>| {
            matches!(shape.text("type"), Some("auditAdvisory" | "auditSummary" | "auditAction"))
        };
        let four = |shape: &Shape<'_>| {
            shape.has(&["value"]) && shape.at(&["children", "Severity"]).is_some()
        };
        Fit::sure(sniff.documents().iter().any(|shape| one(shape) || four(shape)))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut audit = Audit { findings: input.findings(), ..Audit::default() };
        let skipped = input.documents(|line: Line<'_>| audit.take(line))?;
        let mut reading = Reading::by(self.id(), "yarn audit");
        skipped.settle(&mut reading);
        audit.settle(&mut reading);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    data: Option<Data<'a>>,
    value: Option<Str<'a>>,
    children: Option<Children<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Data<'a> {
    Text(#[serde(borrow)] Str<'a>),
    Map(#[serde(borrow)] Box<Detail<'a>>),
}

#[derive(Deserialize)]
struct Detail<'a> {
    #[serde(borrow)]
    advisory: Option<Advisory<'a>>,
    resolution: Option<Resolution<'a>>,
    vulnerabilities: Option<Severities>,
    #[serde(rename = "totalDependencies")]
    dependencies: Option<u64>,
}

#[derive(Deserialize)]
struct Resolution<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    title: Option<Str<'a>>,
    module_name: Option<Str<'a>>,
    patched_versions: Option<Str<'a>>,
    github_advisory_id: Option<Str<'a>>,
    cves: Option<Vec<Str<'a>>>,
    url: Option<Str<'a>>,
}

/// Yarn 4 writes what a table would show.
#[derive(Deserialize)]
struct Children<'a> {
    #[serde(borrow, rename = "ID")]
    id: Option<Str<'a>>,
    #[serde(rename = "Issue")]
    issue: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
    #[serde(rename = "Tree Versions")]
    versions: Option<Vec<Str<'a>>>,
}

#[derive(Default)]
struct Audit {
    findings: Findings,
    classic: bool,
    summary: Option<Severities>,
    dependencies: Option<u64>,
    errors: Vec<String>,
}

fn graded(severity: &Option<Str<'_>>) -> Finding {
    Finding::graded(severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
}

impl Audit {
    fn take(&mut self, line: Line<'_>) {
        if let (Some(package), Some(children)) = (&line.value, &line.children) {
            self.findings.add(Finding {
                rule: text::said(&children.id),
                title: children.issue.as_deref().and_then(text::title),
                package: Some(package.to_string()),
                version: children.versions.iter().flatten().next().map(ToString::to_string),
                ..graded(&children.severity)
            });
        }
        let kind = line.kind.as_deref().unwrap_or_default();
        self.classic |= kind.starts_with("audit");
        match (kind, line.data) {
            ("auditAdvisory", Some(Data::Map(detail))) => {
                if let Some(advisory) = &detail.advisory {
                    if advisory.patched_versions.is_some() {
                        self.findings.list.tells("fixed_in");
                    }
                    let path = detail.resolution.as_ref().and_then(|of| text::said(&of.path));
                    self.findings.add(advisory.finding(path));
                }
            }
            ("auditSummary", Some(Data::Map(detail))) => {
                self.summary = detail.vulnerabilities;
                self.dependencies = detail.dependencies;
            }
            ("error", Some(Data::Text(said))) => self.errors.extend(text::title(&said)),
            _ => {}
        }
    }

    fn settle(self, reading: &mut Reading) {
        let total = self.findings.total();
        if let Some(said) = self.errors.first() {
            reading
                .doubt(Rule::ToolFailed, format!("yarn audit reported an error. It says: {said}"));
        }
        match &self.summary {
            None if self.classic => {
                reading.doubt(Rule::Unreadable, "The summary is missing: the file is cut off.");
            }
            Some(_) if self.dependencies == Some(0) && total == 0 => {
                reading.doubt(Rule::NothingLookedAt, "yarn audit looked at 0 dependencies.");
            }
            Some(summary) if summary.total() > total => {
                listed::lost(reading, "The summary", summary.total(), total);
            }
            Some(summary) if summary.total() < total => {
                reading.warn(format!(
                    "The summary counts {}; the file lists {total}.",
                    counted(summary.total(), "vulnerability")
                ));
            }
            _ => {}
        }
        reading.facts.findings = Some(self.findings);
    }
}

impl Advisory<'_> {
    fn finding(&self, path: Option<String>) -> Finding {
        Finding {
            rule: text::said(&self.github_advisory_id).or_else(|| text::said(&self.url)),
            aliases: text::all_said(self.cves.iter().flatten()),
            title: self.title.as_deref().and_then(text::title),
            package: text::said(&self.module_name),
            fixed_in: self.patched_versions.as_deref().and_then(npm::patched),
            path,
            ..graded(&self.severity)
        }
    }
}
