//! `dotnet list package --vulnerable --format json`.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{Reading, Rule};

pub(super) struct DotnetListPackage;

impl Format for DotnetListPackage {
    fn id(&self) -> &'static str {
        "dotnet-list-package"
    }

    fn about(&self) -> About {
        About {
            tool: "dotnet list package (`--vulnerable`)",
            recognised: "`projects` with `frameworks` or `path`, beside `parameters` and `sources` or `problems`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-package-list",
            clean: "Projects are listed and none has a vulnerable package, and `parameters` say `--vulnerable`.",
            vacuous: "0 projects; a list that was not asked for vulnerabilities; a problem of level error.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an advisory of a package in a project; Moderate is medium.",
                "A problem of another level (a source that knows of no vulnerabilities) is told, and counted in `findings.unchecked`.",
                "Without `--include-transitive` only the packages that a project names itself were looked at: that is told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("projects")
                && shape.text("parameters").is_some()
                && shape.has(&["version"])
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "dotnet");
        let mut findings = input.findings();
        for project in &report.projects {
            for framework in project.frameworks.iter().flatten() {
                let packages =
                    framework.top.iter().flatten().chain(framework.transitive.iter().flatten());
                packages.for_each(|package| package.add(&mut findings, &project.path));
            }
        }
        let asked = report.parameters.as_deref().unwrap_or_default();
        if report.projects.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "dotnet looked at 0 projects.");
        } else if !asked.contains("--vulnerable") {
            reading.doubt(Rule::NothingLookedAt, "The list was not asked for vulnerabilities.");
        } else if !asked.contains("--include-transitive") {
            reading.warn("Packages that others bring in were not looked at.");
        }
        let mut unchecked = 0;
        for problem in report.problems.iter().flatten() {
            let said = problem.text.as_deref().and_then(text::title).unwrap_or_default();
            if problem.level.as_deref() == Some("error") {
                reading.doubt(Rule::ToolFailed, format!("dotnet failed. It says: {said}"));
            } else {
                unchecked += 1;
                reading.warn(format!("dotnet warns. It says: {said}"));
            }
        }
        findings.unchecked = Some(unchecked);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    parameters: Option<Str<'a>>,
    projects: Vec<Project<'a>>,
    problems: Option<Vec<Problem<'a>>>,
}

#[derive(Deserialize)]
struct Problem<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    text: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    frameworks: Option<Vec<Framework<'a>>>,
}

#[derive(Deserialize)]
struct Framework<'a> {
    #[serde(borrow, rename = "topLevelPackages")]
    top: Option<Vec<Package<'a>>>,
    #[serde(rename = "transitivePackages")]
    transitive: Option<Vec<Package<'a>>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    #[serde(rename = "resolvedVersion")]
    version: Option<Str<'a>>,
    vulnerabilities: Option<Vec<Advisory<'a>>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    #[serde(rename = "advisoryurl", alias = "advisoryUrl")]
    url: Option<Str<'a>>,
}

impl Package<'_> {
    fn add(&self, findings: &mut Findings, path: &Option<Str<'_>>) {
        for advisory in self.vulnerabilities.iter().flatten() {
            let rule = advisory.url.as_deref().and_then(|url| url.rsplit('/').next());
            findings.add(Finding {
                rule: rule.map(str::to_owned),
                package: text::said(&self.id),
                version: text::said(&self.version),
                path: text::said(path),
                ..Finding::graded(
                    advisory.severity.as_deref().map_or(Grade::Unknown, Grade::from_word),
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_a_source_does_not_know_is_unchecked() {
        let report = |problems: &str| {
            format!(
                r#"{{"version": 1, "parameters": "--vulnerable --include-transitive", "problems": [{problems}],
                "sources": ["https://nuget.example/v3/index.json"], "projects": [{{"path": "/src/Shop.csproj"}}]}}"#
            )
        };
        let problem = |level: &str| {
            format!(
                r#"{{"project": "/src/Shop.csproj", "level": "{level}", "text": "Audit source 'internal' did not provide any vulnerability data."}}"#
            )
        };
        let (warned, failed) = (report(&problem("warning")), report(&problem("error")));
        for (text, unchecked) in [(report(""), 0), (warned.clone(), 1), (failed.clone(), 0)] {
            let read = reading("dotnet-list-package", &text);
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{text}");
        }
        let said = "did not provide any vulnerability data";
        assert!(reading("dotnet-list-package", &warned).warnings[0].contains(said));
        proves("dotnet-list-package", &[(&report(""), ""), (&warned, ""), (&failed, said)]);
    }
}
