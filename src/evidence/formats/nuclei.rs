//! Nuclei's JSON Lines and JSON: what its templates matched.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade};
use crate::model::{ProducedAt, Reading};

pub(super) struct Nuclei;

impl Format for Nuclei {
    fn id(&self) -> &'static str {
        "nuclei"
    }

    fn about(&self) -> About {
        About {
            tool: "Nuclei",
            recognised: "lines, or a list, of `template-id` and `info`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("the latest `timestamp`"),
            source: "https://docs.projectdiscovery.io/opensource/nuclei/running",
            clean: "An empty output, vouched for.",
            vacuous: "Nothing here: Nuclei writes what matched, or nothing.",
            blank: Blanks::NONE.list(Means::Silent).silent(),
            notes: &[
                "A finding is a match; `info.severity` is its grade.",
                "A line of `-matcher-status` that matched nothing is no finding; one with an `error` could not be looked at, and is counted in `findings.unchecked`.",
                "`request`, `response` and `extracted-results` may hold secrets: they are not read.",
                "It holds requests and answers, with what they were signed in by: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let found = |shape: &Shape<'_>| {
            (shape.has(&["template-id"]) || shape.has(&["templateID"])) && shape.has_map("info")
        };
        let first = sniff.json().is_some_and(|shape| shape.first().is_some_and(found));
        Fit::sure(first || sniff.documents().iter().any(found))
    }

    fn grades(&self) -> bool {
        true
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Nuclei");
        reading.secrets = true;
        let mut findings = input.findings();
        let mut latest: Option<String> = None;
        let mut unchecked = None;
        let mut take = |found: Found<'_>| {
            latest = latest.take().max(text::said(&found.timestamp));
            // Only where it was asked for does it tell what did not match.
            if found.matched == Some(false) {
                *unchecked.get_or_insert(0) += u64::from(found.error.is_some());
            } else {
                findings.add(found.finding());
            }
        };
        if input.sniff.json().is_some_and(Shape::is_map) {
            input.documents(take)?.settle(&mut reading);
        } else {
            input.elements(&mut take)?;
        }
        reading.produced_at = latest.as_deref().map(ProducedAt::parse);
        findings.unchecked = unchecked;
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, rename = "template-id", alias = "templateID")]
    template: Option<Str<'a>>,
    info: Info<'a>,
    host: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    #[serde(rename = "matcher-status")]
    matched: Option<bool>,
    error: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Info<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.template),
            title: self.info.name.as_deref().and_then(text::title),
            path: text::said(&self.host),
            ..Finding::graded(
                self.info.severity.as_deref().map_or(Grade::Unknown, Grade::from_word),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_did_not_match_is_no_finding() {
        let line = |more: &str| {
            format!(
                r#"{{"template-id":"a","info":{{"name":"a","severity":"high"}},"host":"h"{more}}}"#
            )
        };
        let [found, matched, idle] =
            ["", r#","matcher-status":true"#, r#","matcher-status":false"#].map(line);
        let failed = line(r#","matcher-status":false,"error":"port closed""#);
        for (lines, expected) in [
            (vec![&found], (1, None)),
            (vec![&matched, &idle], (1, Some(0))),
            (vec![&idle, &failed], (0, Some(1))),
        ] {
            let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let findings = reading("nuclei", &text).facts.findings.unwrap();
            assert_eq!((findings.total(), findings.unchecked), expected, "{text}");
        }
    }
}
