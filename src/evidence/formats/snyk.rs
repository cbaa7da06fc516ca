//! `snyk test --json`, of one project or several, and of a container.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
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
            clean: "`vulnerabilities` is empty over a `dependencyCount`.",
            vacuous: "`ok: false` beside `error`, or beside an empty list; 0 dependencies.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A finding is an entry, one a path; `uniqueCount` is smaller.",
                "The applications inside a container count too.",
                "`ok: false` with `error` means that the test failed; `ok: true` beside entries is not believed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(is_project(shape) || shape.first().is_some_and(is_project))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let projects: Vec<Project<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => vec![input.json()?],
            _ => input.json()?,
        };
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Snyk".to_owned());
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
    let listed = shape.has(&["vulnerabilities"])
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
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    title: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    #[serde(rename = "packageName")]
    package_name: Option<Str<'a>>,
    #[serde(rename = "moduleName")]
    module_name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    #[serde(rename = "fixedIn")]
    fixed: Option<Vec<Str<'a>>>,
}

impl Project<'_> {
    fn take(&self, findings: &mut Findings, reading: &mut Reading, dependencies: &mut u64) {
        *dependencies = dependencies.saturating_add(self.dependencies.unwrap_or(0));
        for entry in self.vulnerabilities.iter().flatten() {
            findings.add(entry.finding());
        }
        let held = self.vulnerabilities.as_ref().map_or(0, Vec::len) as u64;
        listed::lost(reading, "`uniqueCount`", self.unique.unwrap_or(0), held);
        if let Some(error) = &self.error {
            let said = text::title(error).unwrap_or_default();
            reading.doubt(
                Rule::ToolFailed,
                format!("Snyk reported an error and no result. It says: {said}"),
            );
        } else if self.vulnerabilities.is_none() {
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

impl Entry<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.id),
            title: self.title.as_deref().and_then(text::title),
            package: text::said(&self.package_name).or_else(|| text::said(&self.module_name)),
            version: text::said(&self.version),
            fixed_in: self.fixed.iter().flatten().next().map(ToString::to_string),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}
