//! `snyk test --json`, of one project or several, and of a container.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct Snyk;

impl Format for Snyk {
    fn id(&self) -> &'static str {
        "snyk"
    }

    fn about(&self) -> About {
        About {
            tool: "Snyk, docker scan",
            recognised: "`vulnerabilities` beside `ok` and `packageManager` or `dependencyCount`, alone or in a list; `ok: false` beside `error`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.snyk.io/developer-tools/snyk-cli/commands/test",
            clean: "`vulnerabilities` is empty over a `dependencyCount`, `infrastructureAsCodeIssues` over a file.",
            vacuous: "`ok: false` beside `error`, or beside an empty list; 0 dependencies.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A finding is an entry, one a path; `uniqueCount` is smaller.",
                "The applications inside a container count too.",
                "Of `snyk iac test` a finding is one of `infrastructureAsCodeIssues`; one that is ignored is suppressed.",
                "Under `--severity-threshold` what is less grave is left out: such a report can only refute.",
                "`ok: false` with `error` means that the test failed; `ok: true` beside entries is not believed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(is_project(shape) || shape.first().is_some_and(is_project))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let projects: Vec<Project<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => vec![input.json()?],
            _ => input.json()?,
        };
        let mut reading = Reading::by(self.id(), "Snyk");
        let mut findings = input.findings();
        let mut dependencies = 0;
        let refused = projects.iter().any(|project| project.ok == Some(false));
        for project in &projects {
            project.take(&mut findings, &mut reading, &mut dependencies);
        }
        if refused && findings.total() == 0 && reading.doubts.is_empty() {
            reading.doubt(Rule::ToolFailed, "Snyk says `ok: false`, and lists nothing.");
        }
        if findings.total() == 0 && dependencies == 0 && reading.doubts.is_empty() {
            let looked = counted(projects.len() as u64, "project");
            reading.doubt(
                Rule::NothingLookedAt,
                format!("Snyk looked at 0 dependencies in {looked}."),
            );
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn is_project(shape: &Shape<'_>) -> bool {
    let listed = shape.has_list("infrastructureAsCodeIssues") && shape.has(&["ok"])
        || shape.has(&["vulnerabilities"])
            && (shape.has(&["ok"])
                || shape.has(&["packageManager"])
                || shape.has(&["dependencyCount"]))
        || shape.has(&["ok", "dependencyCount"]);
    // A long list may hide what stands behind it.
    let entry = shape.first_of("vulnerabilities");
    let own = entry.is_some_and(|entry| {
        entry.has(&["id"]) && (entry.has(&["CVSSv3"]) || entry.has(&["exploit"]))
    });
    listed || own || shape.has(&["ok", "error"]) && !shape.has(&["results"])
}

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(borrow)]
    vulnerabilities: Option<Vec<Entry<'a>>>,
    #[serde(rename = "dependencyCount")]
    dependencies: Option<u64>,
    error: Option<Str<'a>>,
    ok: Option<bool>,
    #[serde(rename = "uniqueCount")]
    unique: Option<u64>,
    applications: Option<Vec<Project<'a>>>,
    #[serde(rename = "infrastructureAsCodeIssues")]
    issues: Option<Vec<Issue<'a>>>,
    #[serde(rename = "severityThreshold")]
    threshold: Option<Str<'a>>,
    #[serde(rename = "targetFile")]
    target: Option<Str<'a>>,
}

/// What `snyk iac test` found in a file.
#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    title: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    #[serde(default, rename = "lineNumber")]
    line: Num,
    #[serde(default, rename = "isIgnored")]
    ignored: bool,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    title: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    identifiers: Option<Map<'a, Option<Vec<Str<'a>>>>>,
    #[serde(rename = "packageName")]
    package_name: Option<Str<'a>>,
    #[serde(rename = "moduleName")]
    module_name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    #[serde(rename = "fixedIn")]
    fixed: Option<Vec<Str<'a>>>,
    /// Of a package of an image's system.
    #[serde(rename = "nearestFixedInVersion")]
    nearest: Option<Str<'a>>,
}

impl Project<'_> {
    fn take(&self, findings: &mut Findings, reading: &mut Reading, dependencies: &mut u64) {
        *dependencies = dependencies.saturating_add(self.dependencies.unwrap_or(0));
        for entry in self.vulnerabilities.iter().flatten() {
            if entry.fixed.is_some() {
                findings.list.tells("fixed_in");
            }
            findings.add(entry.finding());
        }
        for issue in self.issues.iter().flatten() {
            findings.add(issue.finding(&self.target));
        }
        // A file of infrastructure has no dependencies, and was looked at.
        *dependencies = dependencies.saturating_add(u64::from(self.issues.is_some()));
        let held = self.vulnerabilities.as_ref().map_or(0, Vec::len) as u64;
        listed::lost(reading, "`uniqueCount`", self.unique.unwrap_or(0), held);
        if let Some(least) = self.threshold.as_deref().filter(|least| *least != "low") {
            listed::from_severity(reading, "Snyk", least);
        }
        if let Some(error) = &self.error {
            let said = text::title(error).unwrap_or_default();
            reading.doubt(
                Rule::ToolFailed,
                format!("Snyk reported an error and no result. It says: {said}"),
            );
        } else if self.vulnerabilities.is_none() && self.issues.is_none() {
            reading.doubt(
                Rule::NothingLookedAt,
                "A project of the report holds no `vulnerabilities`.",
            );
        }
        for application in self.applications.iter().flatten() {
            application.take(findings, reading, dependencies);
        }
    }
}

impl Issue<'_> {
    fn finding(&self, target: &Option<Str<'_>>) -> Finding {
        Finding {
            rule: text::said(&self.id),
            title: self.title.as_deref().and_then(text::title),
            path: text::said(target),
            line: self.line.line(),
            suppressed: self.ignored,
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

impl Entry<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.id),
            // A weakness is no name of an advisory: many have the same.
            aliases: text::all_said(
                self.identifiers
                    .iter()
                    .flat_map(|of| of.iter())
                    .filter(|(kind, _)| !kind.eq_ignore_ascii_case("CWE"))
                    .filter_map(|(_, ids)| ids.as_ref())
                    .flatten(),
            ),
            title: self.title.as_deref().and_then(text::title),
            package: text::said(&self.package_name).or_else(|| text::said(&self.module_name)),
            version: text::said(&self.version),
            fixed_in: self
                .fixed
                .iter()
                .flatten()
                .chain(&self.nearest)
                .next()
                .map(ToString::to_string),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn issues_of_infrastructure_count() {
        let file = |ok: bool, issues: &str| {
            format!(
                r#"{{"vulnerabilities": [], "dependencyCount": 0, "targetFile": "main.tf", "ok": {ok},
                "packageManager": "terraformconfig", "infrastructureAsCodeIssues": [{issues}]}}"#
            )
        };
        let issue = |more: &str| format!(r#"{{"id": "SNYK-CC-1", "severity": "high"{more}}}"#);
        let high = |text: &str| reading("snyk", text).facts.findings.unwrap().total();
        assert_eq!(high(&file(false, &issue(""))), 1);
        assert_eq!(high(&file(true, &issue(""))), 1, "ok is not believed");
        assert_eq!(high(&file(true, &issue(r#", "isIgnored": true"#))), 0);
        proves("snyk", &[(&file(true, ""), ""), (&file(false, ""), "lists nothing")]);
    }

    #[test]
    fn what_was_left_out_by_its_severity_may_be_there() {
        let report = |threshold: &str| {
            format!(
                r#"{{"vulnerabilities": [], "ok": true, "dependencyCount": 9, "packageManager": "npm",
                "severityThreshold": "{threshold}"}}"#
            )
        };
        let why = "told to leave out what is less than critical";
        proves("snyk", &[(&report("low"), ""), (&report("critical"), why)]);
    }
}
