//! `bun audit --json`: what npm's registry answers, advisories by package.

use serde::Deserialize;

use crate::evidence::json::{Map, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade};
use crate::model::Reading;

pub(super) struct BunAudit;

impl Format for BunAudit {
    fn id(&self) -> &'static str {
        "bun-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "bun audit",
            recognised: "packages with lists of `url`, `severity` and `vulnerable_versions`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://bun.com/docs/install/audit",
            clean: "`{}`, named as bun-audit and vouched for by the exit code or the CI step.",
            vacuous: "`{}` alone: it says nothing of how many packages were asked for.",
            blank: Blanks::NONE.map(Means::Silent),
            notes: &[
                "It lists each advisory once a package, however many versions of it are installed; `moderate` is medium.",
                "`--audit-level` and `--ignore` leave nothing out of it. What `bun audit` prints without `--json` they cut, and it does not tell: it is not read.",
                "Where the registry does not answer, bun writes nothing and ends with 1.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let advisory = |shape: &Shape<'_>| {
            let first = shape.first_value().and_then(Shape::first);
            first.is_some_and(|of| of.has(&["vulnerable_versions", "severity", "url"]))
        };
        Fit::sure(sniff.json().is_some_and(advisory))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some_and(Shape::is_map)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let packages: Map<'_, Vec<Advisory<'_>>> = input.json()?;
        let mut findings = input.findings();
        for (package, advisories) in &packages {
            advisories.iter().for_each(|advisory| findings.add(advisory.finding(package)));
        }
        let mut reading = Reading::by(self.id(), "bun audit");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    url: Option<Str<'a>>,
    title: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Advisory<'_> {
    fn finding(&self, package: &str) -> Finding {
        let url = self.url.as_deref();
        let of_github =
            url.and_then(|url| url.rsplit('/').next()).filter(|id| id.starts_with("GHSA-"));
        let rule = of_github.or(url).or(self.id.as_deref());
        Finding {
            rule: rule.map(str::to_owned),
            title: self.title.as_deref().and_then(text::title),
            package: Some(package.to_owned()),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    #[test]
    fn each_advisory_of_a_package_is_one_finding() {
        let text = r#"{"lodash": [{"id": 1, "url": "https://github.com/advisories/GHSA-a", "title": "b",
            "severity": "high", "vulnerable_versions": "<4"}, {"id": 2, "severity": "moderate"}],
            "qs": [{"severity": "odd"}]}"#;
        let findings = reading("bun-audit", text).facts.findings.unwrap();
        let counts = [Grade::High, Grade::Medium, Grade::Unknown].map(|of| findings.graded(of));
        assert_eq!(counts, [1, 1, 1]);
        let rules: Vec<_> = findings.list.entries().iter().map(|of| of.rule.as_deref()).collect();
        assert_eq!(rules, [Some("GHSA-a"), Some("2"), None]);
        proves("bun-audit", &[(text, ""), (&text[..text.len() - 1], "ends in the middle")]);
    }
}
