//! Pa11y's `--reporter json`, and pa11y-ci's `--json`.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Level};
use crate::model::{Reading, Rule, counted};

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
                "pa11y-ci lists what it found under the page that was reached: addresses that lead to one page stand there once, and the others are counted in `findings.unchecked`; where its counts tell of more than it lists, the report proves nothing.",
                "Where a page has no more issues than its `threshold` allows, pa11y-ci lists none of them, and nothing tells.",
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
            report.hold_to_counts(&mut reading, &mut findings);
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
    total: Option<u64>,
    passes: Option<u64>,
    errors: Option<u64>,
}

impl Report<'_> {
    /// Results stand under the page that was reached: of several addresses that lead to one page the
    /// last alone is there, and the counts are of all.
    fn hold_to_counts(&self, reading: &mut Reading, findings: &mut Findings) {
        let pages = self.results.iter();
        let bad = pages.clone().filter(|(_, issues)| !issues.is_empty()).count() as u64;
        let held = self.results.values().map(|issues| issues.len() as u64).sum();
        listed::lost(reading, "`errors`", self.errors.unwrap_or(0), held);
        let total = self.total.unwrap_or(0);
        if let Some(passes) = self.passes.filter(|passes| passes.saturating_add(bad) < total) {
            let failed = total.saturating_sub(passes);
            let why =
                format!("{} did not pass; the report lists {bad}.", counted(failed, "address"));
            reading.doubt(Rule::Unreadable, why);
        }
        findings.unchecked = Some(total.saturating_sub(pages.count() as u64));
    }
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
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn results_that_others_took_the_place_of_are_missed() {
        let report = |total: u64, passes: u64, errors: u64, pages: &str| {
            format!(
                r#"{{"total": {total}, "passes": {passes}, "errors": {errors}, "results": {{{pages}}}}}"#
            )
        };
        let (clean, issue) = (r#""a": []"#, r#""b": [{"code": "x", "type": "error"}]"#);
        let both = format!("{clean}, {issue}");
        proves(
            "pa11y",
            &[
                (&report(2, 1, 1, &both), ""),
                (&report(2, 1, 5, clean), "`errors` counts 5"),
                (&report(2, 1, 0, clean), "1 address did not pass"),
                (&report(3, 1, 1, &both), "2 addresses did not pass; the report lists 1"),
            ],
        );
        for (text, unchecked) in [(report(1, 1, 0, clean), 0), (report(5, 5, 0, clean), 4)] {
            assert_eq!(reading("pa11y", &text).facts.findings.unwrap().unchecked, Some(unchecked));
        }
    }

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
