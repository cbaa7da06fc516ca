//! GitLab's code quality report, which is Code Climate's.

use serde::Deserialize;

use crate::evidence::family::own;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade};
use crate::model::Reading;

pub(super) struct GitlabCodequality;

impl Format for GitlabCodequality {
    fn id(&self) -> &'static str {
        "gitlab-codequality"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab code quality (Code Climate, and linters that write it)",
            recognised: "a list of `fingerprint` beside `location` and `description`; of Code Climate's engines, documents of `type: issue`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: the report lists findings, or none.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "Blocker is critical, critical high, major medium, minor low.",
                "Code Climate's engines (hadolint's `codeclimate`) end each issue by a byte of zero, and write nothing where they found nothing.",
                "Issues of trueup (`engine_name`) are left out; of them alone nothing is proven, and nothing refuted.",
                "`[]` is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let issue = |shape: &Shape<'_>| shape.has(&["fingerprint", "location", "description"]);
        let streamed = |shape: &Shape<'_>| {
            shape.text("type") == Some("issue")
                && shape.has(&["check_name", "description", "location"])
        };
        let listed = sniff.json().and_then(Shape::first).is_some_and(issue);
        Fit::sure(listed || sniff.documents().iter().any(streamed))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut reading = Reading::of(self.id());
        let (mut of_trueup, mut others) = (0, 0);
        let mut take = |issue: &Issue<'_>| {
            if issue.engine_name.as_deref() == Some(own::NAME) {
                of_trueup += 1;
            } else {
                others += 1;
                findings.add(issue.finding());
            }
        };
        if input.sniff.documents().first().is_some_and(Shape::is_map) {
            let between = input.documents(|issue: Issue<'_>| take(&issue))?;
            between.settle(&mut reading);
        } else {
            input.elements(|issue: Issue<'_>| take(&issue))?;
        }
        own::settle(&mut reading, of_trueup, others, "issue", "");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    check_name: Option<Str<'a>>,
    description: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    /// The engine that Code Climate ran, or trueup.
    engine_name: Option<Str<'a>>,
    location: Option<Location<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    lines: Option<Lines>,
    positions: Option<Positions>,
}

#[derive(Deserialize)]
struct Lines {
    #[serde(default)]
    begin: Num,
}

#[derive(Deserialize)]
struct Positions {
    begin: Option<Position>,
}

#[derive(Deserialize)]
struct Position {
    #[serde(default)]
    line: Num,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        let grade = match self.severity.as_deref() {
            Some("blocker") => Grade::Critical,
            Some("critical") => Grade::High,
            Some("major") => Grade::Medium,
            Some("minor") => Grade::Low,
            Some("info") => Grade::Info,
            _ => Grade::Unknown,
        };
        let place = self.location.as_ref();
        let line = place.and_then(|place| {
            let position = place.positions.as_ref().and_then(|of| of.begin.as_ref());
            place
                .lines
                .as_ref()
                .and_then(|lines| lines.begin.line())
                .or(position.and_then(|at| at.line.line()))
        });
        Finding {
            rule: text::said(&self.check_name),
            title: self.description.as_deref().and_then(text::title),
            path: place.and_then(|place| text::said(&place.path)),
            line,
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn issues_that_end_in_a_byte_of_zero_are_read() {
        let issue = |rule: &str| {
            String::from(
                r#"{"type": "issue", "check_name": "RULE", "description": "x", "severity": "major",
                "location": {"path": "Dockerfile", "lines": {"begin": 2, "end": 2}}}"#,
            )
            .replace("RULE", rule)
        };
        let text = format!("{}\0{}\0\n", issue("DL3007"), issue("DL3009"));
        let findings = reading("gitlab-codequality", &text).facts.findings.unwrap();
        assert_eq!(findings.total(), 2);
        assert_eq!(findings.list.entries()[1].rule.as_deref(), Some("DL3009"));
    }
}
