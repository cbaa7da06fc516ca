//! Issues of other linters in SonarQube's generic format.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::sonar;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings};
use crate::model::{Reading, Rule};

pub(super) struct SonarGenericIssues;

impl Format for SonarGenericIssues {
    fn id(&self) -> &'static str {
        "sonar-generic-issues"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube's generic issues (hadolint, and others)",
            recognised: "`issues` with `ruleId` beside `primaryLocation`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/importing-external-issues/generic-issue-import-format",
            clean: "`issues` is empty, vouched for.",
            vacuous: "`issues: []` without something that vouches for it: no file is named that was looked at.",
            blank: Blanks::NONE,
            notes: &[
                "Blocker is critical, critical high, major medium, minor low.",
                "An issue without a severity of its own (since SonarQube 10.3 it stands at the rule) is of unknown severity.",
                "The tool is the `engineId` of the first issue.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let issue = sniff.json().and_then(|shape| shape.first_of("issues"));
        Fit::sure(issue.is_some_and(|issue| issue.has(&["ruleId", "primaryLocation"])))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let empty = sniff
            .json()
            .is_some_and(|shape| shape.has_list("issues") && shape.first_of("issues").is_none());
        empty || self.recognises(sniff) != Fit::No
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `issues`."));
        }
        let mut reading = Reading::of(self.id());
        reading.tool = report.tool;
        if report.findings.total() == 0 {
            let why = "The report lists no issue, and no file that was looked at.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report {
    findings: Findings,
    has: bool,
    tool: Option<String>,
}

impl<'de> Members<'de> for Report {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "issues" => {
                self.has = json::each(map, |issue: Issue<'de>| {
                    self.tool = self.tool.take().or_else(|| text::said(&issue.engine));
                    self.findings.add(issue.finding());
                })?;
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow, rename = "engineId")]
    engine: Option<Str<'a>>,
    #[serde(rename = "ruleId")]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    #[serde(rename = "primaryLocation")]
    place: Place<'a>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    #[serde(rename = "filePath")]
    path: Option<Str<'a>>,
    #[serde(rename = "textRange")]
    range: Option<Range>,
}

#[derive(Deserialize)]
struct Range {
    #[serde(default, rename = "startLine")]
    start: Num,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.rule),
            title: self.place.message.as_deref().and_then(text::title),
            path: text::said(&self.place.path),
            line: self.place.range.as_ref().and_then(|range| range.start.line()),
            ..Finding::graded(sonar::grade(self.severity.as_deref()))
        }
    }
}
