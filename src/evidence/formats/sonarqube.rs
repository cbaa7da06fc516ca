//! SonarQube and SonarCloud: issues of the web API.

use serde::Deserialize;

use crate::evidence::family::sonar;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct Sonarqube;

impl Format for Sonarqube {
    fn id(&self) -> &'static str {
        "sonarqube"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube, SonarCloud (`/api/issues/search`)",
            recognised: "`issues` beside `paging`, `components` or `effortTotal`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/latest/extension-guide/web-api/",
            clean: "`issues` is empty and `total` is 0.",
            vacuous: "A page that is cut off: `total` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "BLOCKER is critical, CRITICAL high, MAJOR medium, MINOR low, INFO info.",
                "An issue without a `severity` has that of its gravest impact: BLOCKER, HIGH, MEDIUM, LOW or INFO.",
                "An issue with a `resolution`, or of status RESOLVED, CLOSED, ACCEPTED, FALSE_POSITIVE or FIXED, is suppressed.",
                "When an issue changed says nothing of when they were listed: the file has no time.",
                "A page holds at most 500; what stands on the others is not known.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let issue = shape.first_of("issues");
            shape.has_list("issues")
                && shape.has(&["paging"])
                && issue.is_none_or(|issue| issue.has(&["rule", "component"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let page: Page<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "SonarQube");
        let mut findings = input.findings();
        page.issues.iter().for_each(|issue| findings.add(issue.finding()));
        let total = page.paging.total.or(page.total).unwrap_or(0);
        let held = page.issues.len() as u64;
        if total > held {
            let total = counted(total, "issue");
            let why = format!("The page holds {held} of {total}. Fetch the others too.");
            reading.doubt(Rule::Unreadable, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    total: Option<u64>,
    paging: Paging,
    #[serde(borrow)]
    issues: Vec<Issue<'a>>,
}

#[derive(Deserialize)]
struct Paging {
    total: Option<u64>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    component: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    status: Option<Str<'a>>,
    #[serde(rename = "issueStatus")]
    issue_status: Option<Str<'a>>,
    resolution: Option<Str<'a>>,
    message: Option<Str<'a>>,
    impacts: Option<Vec<Impact<'a>>>,
}

/// How grave it is for one quality of the software.
#[derive(Deserialize)]
struct Impact<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
}

/// The rule's number without its repository: `S1523` of `javascript:S1523`.
fn number(rule: &str) -> Option<String> {
    rule.split_once(':').map(|(_, number)| number.to_owned())
}

impl Issue<'_> {
    /// That of its severity, or of its gravest impact where it has none.
    fn grade(&self) -> Grade {
        let own = sonar::grade(self.severity.as_deref());
        let impacts = self.impacts.iter().flatten().filter_map(|impact| impact.severity.as_deref());
        match own {
            Grade::Unknown => impacts.map(Grade::from_word).min().unwrap_or(own),
            own => own,
        }
    }

    fn finding(&self) -> Finding {
        let component = self.component.as_deref().unwrap_or_default();
        let path = component.split_once(':').map_or(component, |(_, path)| path);
        let settled = [&self.status, &self.issue_status].into_iter().flatten().any(|status| {
            matches!(&**status, "RESOLVED" | "CLOSED" | "ACCEPTED" | "FALSE_POSITIVE" | "FIXED")
        });
        Finding {
            rule: text::said(&self.rule),
            aliases: self.rule.as_deref().and_then(number).into_iter().collect(),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()).filter(|path| !path.is_empty()),
            line: self.line.line(),
            suppressed: settled || self.resolution.as_deref().is_some_and(|word| !word.is_empty()),
            ..Finding::graded(self.grade())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::facts::Grade;

    #[test]
    fn an_issue_without_a_severity_has_that_of_its_gravest_impact() {
        let impacts = r#""impacts": [{"softwareQuality": "SECURITY", "severity": "HIGH"},
            {"softwareQuality": "RELIABILITY", "severity": "BLOCKER"}]"#;
        for (severity, grade) in [
            (r#", "severity": "MINOR", "impacts": []"#.to_owned(), Grade::Low),
            (format!(r#", "severity": "MINOR", {impacts}"#), Grade::Low),
            (format!(", {impacts}"), Grade::Critical),
            (r#", "impacts": [{"severity": "LOW"}]"#.to_owned(), Grade::Low),
            (String::new(), Grade::Unknown),
        ] {
            let text = format!(
                r#"{{"paging": {{"total": 1}}, "issues": [{{"rule": "java:S1", "component": "shop:a.java"{severity}}}]}}"#
            );
            let findings = reading("sonarqube", &text).facts.findings.unwrap();
            assert_eq!(findings.graded(grade), 1, "{severity}");
        }
    }
}
