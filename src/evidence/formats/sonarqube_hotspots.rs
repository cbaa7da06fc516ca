//! SonarQube and SonarCloud: security hotspots of the web API.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct SonarqubeHotspots;

impl Format for SonarqubeHotspots {
    fn id(&self) -> &'static str {
        "sonarqube-hotspots"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube, SonarCloud (`/api/hotspots/search`)",
            recognised: "`hotspots` beside `paging`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/latest/extension-guide/web-api/",
            clean: "No hotspot is to be reviewed, and `total` is what is listed.",
            vacuous: "A page that is cut off: `total` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "A hotspot's severity is its `vulnerabilityProbability`: high, medium or low.",
                "One that was reviewed, and found safe, fixed or acknowledged, is suppressed.",
                "When a hotspot changed says nothing of when they were listed: the file has no time.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let hotspot = shape.first_of("hotspots");
            shape.has_list("hotspots")
                && shape.has_map("paging")
                && hotspot.is_none_or(|one| one.has(&["component", "status"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let page: Page<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "SonarQube");
        let mut findings = input.findings();
        page.hotspots.iter().for_each(|hotspot| findings.add(hotspot.finding()));
        let (total, held) = (page.paging.total, page.hotspots.len() as u64);
        if total > held {
            let total = counted(total, "hotspot");
            let why = format!("The page holds {held} of {total}. Fetch the others too.");
            reading.doubt(Rule::Unreadable, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    paging: Paging,
    #[serde(borrow)]
    hotspots: Vec<Hotspot<'a>>,
}

#[derive(Deserialize)]
struct Paging {
    total: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hotspot<'a> {
    #[serde(borrow, alias = "rule")]
    rule_key: Option<Str<'a>>,
    component: Option<Str<'a>>,
    vulnerability_probability: Option<Str<'a>>,
    status: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    message: Option<Str<'a>>,
}

impl Hotspot<'_> {
    fn finding(&self) -> Finding {
        let component = self.component.as_deref().unwrap_or_default();
        let path = component.rsplit_once(':').map_or(component, |(_, path)| path);
        Finding {
            rule: text::said(&self.rule_key),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()).filter(|path| !path.is_empty()),
            line: self.line.line(),
            suppressed: self.status.as_deref() == Some("REVIEWED"),
            ..Finding::graded(
                self.vulnerability_probability.as_deref().map_or(Grade::Unknown, Grade::from_word),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn page(total: u64, status: &str) -> String {
        format!(
            r#"{{"paging": {{"pageIndex": 1, "pageSize": 100, "total": {total}}}, "hotspots": [
            {{"key": "a", "component": "com.example:shop:src/Pay.java", "status": "{status}", "line": 4,
            "vulnerabilityProbability": "HIGH", "message": "Make sure", "ruleKey": "java:S2077"}}]}}"#
        )
    }

    #[test]
    fn what_was_reviewed_is_suppressed() {
        for (status, total) in [("TO_REVIEW", 1), ("REVIEWED", 0)] {
            let findings = reading("sonarqube-hotspots", &page(1, status)).facts.findings.unwrap();
            assert_eq!(findings.total(), total, "{status}");
            let one = &findings.list.entries()[0];
            assert_eq!((one.grade, one.path.as_deref()), (Grade::High, Some("src/Pay.java")));
        }
        proves("sonarqube-hotspots", &[(&page(2, "REVIEWED"), "holds 1 of 2 hotspots")]);
        let empty = r#"{"paging": {"pageIndex": 1, "total": 0}, "hotspots": [], "components": []}"#;
        proves("sonarqube-hotspots", &[(empty, "")]);
    }
}
