//! Pa11y's `--reporter json`, and pa11y-ci's `--json`.

use serde::Deserialize;

use crate::evidence::json::{Map, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Pa11y;

impl Format for Pa11y {
    fn id(&self) -> &'static str {
        "pa11y"
    }

    fn about(&self) -> About {
        About {
            tool: "Pa11y, pa11y-ci",
            recognised: "a list of `code`, `typeCode`, `context` and `selector`; of pa11y-ci `results` beside `total`, `passes` and `errors`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/pa11y/pa11y#reporters",
            clean: "`[]`; of pa11y-ci pages with empty lists.",
            vacuous: "pa11y-ci: 0 pages; a page that could not be loaded.",
            blank: Blanks::NONE.list(Means::Clean),
            notes: &[
                "`notice` is a note.",
                "An entry of pa11y-ci without a code tells that its page could not be tested.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let issue = |one: &Shape<'_>| one.has(&["code", "typeCode", "context", "selector"]);
        Fit::sure(
            shape.first().is_some_and(issue)
                || shape.has(&["total", "passes", "errors"]) && shape.has_map("results"),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Pa11y");
        let mut findings = input.findings();
        if input.sniff.json().is_some_and(Shape::is_map) {
            let report: Report<'_> = input.json()?;
            for (page, issues) in &report.results {
                for issue in issues {
                    match &issue.code {
                        Some(_) => findings.add(issue.finding(Some(page))),
                        None => {
                            let said = issue.message.as_deref().and_then(text::title);
                            let said = said.unwrap_or_default();
                            let why = format!("{page} could not be tested. It says: {said}");
                            reading.doubt(Rule::ToolFailed, why);
                        }
                    }
                }
            }
            if report.results.iter().next().is_none() {
                reading.doubt(Rule::NothingLookedAt, "pa11y-ci tested 0 pages.");
            }
        } else {
            input.elements(|issue: Issue<'_>| findings.add(issue.finding(None)))?;
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    results: Map<'a, Vec<Issue<'a>>>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    #[serde(rename = "type")]
    kind: Option<Str<'a>>,
    message: Option<Str<'a>>,
    selector: Option<Str<'a>>,
}

impl Issue<'_> {
    fn finding(&self, page: Option<&str>) -> Finding {
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: page.map(str::to_owned).or_else(|| text::said(&self.selector)),
            ..Finding::levelled(self.kind.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_page_that_was_not_tested_is_not_clean() {
        let report = |results: &str| {
            format!(r#"{{"total": 1, "passes": 1, "errors": 0, "results": {{{results}}}}}"#)
        };
        proves(
            "pa11y",
            &[
                (&report(r#""http://a.example/": []"#), ""),
                (
                    &report(r#""http://a.example/": [{"message": "net::ERR_CONNECTION_REFUSED"}]"#),
                    "could not be tested",
                ),
                (&report(""), "tested 0 pages"),
            ],
        );
    }
}
