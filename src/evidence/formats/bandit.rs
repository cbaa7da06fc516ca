//! Bandit: findings in Python code, by test and place.

use serde::Deserialize;

use crate::evidence::json::{Count, Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Bandit;

impl Format for Bandit {
    fn id(&self) -> &'static str {
        "bandit"
    }

    fn about(&self) -> About {
        About {
            tool: "Bandit",
            recognised: "`results` and `errors` beside `metrics` with `_totals`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`generated_at`"),
            source: "https://bandit.readthedocs.io/en/latest/formatters/json.html",
            clean: "`results` is empty, and `metrics` names files.",
            vacuous: "`metrics` names 0 files; `errors` and no result.",
            blank: Blanks::NONE,
            notes: &[
                "`issue_severity` HIGH, MEDIUM, LOW; UNDEFINED is unknown.",
                "`code` is never read, and what B105 to B107 quote of a password is cut off.",
                "Issues that `metrics._totals` count and `results` leave out (`-l`, `-i`, a baseline: the report does not say which) are findings without a place. A condition that holds with them counted is met: `findings.high == 0` over low ones, or `findings.total <= 3` over three that a baseline knows. One that fails by them alone is not refuted, and nothing is proven (`unchecked`).",
                "`errors` are files that could not be parsed: they are counted in `findings.unchecked`, and beside results a warning.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("results") && shape.at(&["metrics", "_totals"]).is_some()
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Bandit");
        reading.produced_at = report.generated_at.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        report.results.iter().for_each(|result| findings.add(result.finding()));
        report.count_left_out(&mut findings, &mut reading);
        let errors = report.errors.as_ref().map_or(0, Vec::len) as u64;
        let told =
            report.errors.iter().flatten().find_map(|error| text::title(error.reason.as_deref()?));
        let told = told.map_or_else(String::new, |said| format!(" The first says: {said}"));
        if report.metrics.len() <= 1 {
            reading.doubt(Rule::NothingLookedAt, "Bandit looked at 0 files.");
        }
        if errors > 0 {
            let why = format!("Bandit could not read {}.{told}", counted(errors, "file"));
            match findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        }
        findings.unchecked = Some(errors);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    generated_at: Option<Str<'a>>,
    results: Vec<Issue<'a>>,
    errors: Option<Vec<Error<'a>>>,
    metrics: Map<'a, Metric>,
}

/// How many issues Bandit counted, over all files or in one.
#[derive(Deserialize)]
struct Metric {
    #[serde(rename = "SEVERITY.HIGH")]
    high: Option<Count>,
    #[serde(rename = "SEVERITY.MEDIUM")]
    medium: Option<Count>,
    #[serde(rename = "SEVERITY.LOW")]
    low: Option<Count>,
    #[serde(rename = "SEVERITY.UNDEFINED")]
    undefined: Option<Count>,
}

impl Report<'_> {
    /// Counts what `_totals` count and `results` leave out: `-l`, `-i` and a baseline take issues
    /// off the list, not out of the code.
    fn count_left_out(&self, findings: &mut Findings, reading: &mut Reading) {
        let Some(totals) = self.metrics.get("_totals") else { return };
        let mut left_out = 0u64;
        for (grade, counted) in [
            (Grade::High, totals.high),
            (Grade::Medium, totals.medium),
            (Grade::Low, totals.low),
            (Grade::Unknown, totals.undefined),
        ] {
            let Count(counted) = counted.unwrap_or_default();
            let missing = counted.saturating_sub(findings.graded(grade));
            findings.tally_left_out(grade, grade.level(), missing);
            left_out = left_out.saturating_add(missing);
        }
        if left_out > 0 {
            let issues = counted(left_out, "issue");
            reading.warn(format!(
                "Bandit counts {issues} that its results leave out, by a filter or a baseline."
            ));
        }
    }
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    reason: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    test_id: Option<Str<'a>>,
    issue_severity: Option<Str<'a>>,
    issue_text: Option<Str<'a>>,
    filename: Option<Str<'a>>,
    #[serde(default)]
    line_number: Num,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        let said = self.issue_text.as_deref().unwrap_or_default();
        let quotes = matches!(self.test_id.as_deref(), Some("B105" | "B106" | "B107"));
        let said = if quotes { said.split(':').next().unwrap_or_default() } else { said };
        Finding {
            rule: text::said(&self.test_id),
            title: text::title(said),
            path: text::said(&self.filename),
            line: self.line_number.line(),
            ..Finding::graded(
                self.issue_severity.as_deref().map_or(Grade::Unknown, Grade::from_word),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::facts::Grade;

    #[test]
    fn what_a_filter_leaves_out_is_counted_by_its_severity() {
        let report = |totals: &str, results: &str| {
            format!(
                r#"{{"errors": [], "metrics": {{"_totals": {{"loc": 9{totals}}}, "a.py": {{"loc": 9}}}},
                "results": [{results}]}}"#
            )
        };
        let high = r#"{"test_id": "B602", "issue_severity": "HIGH", "filename": "a.py"}"#;
        for (totals, results, counted) in [
            ("", "", (0, 0)),
            (r#", "SEVERITY.HIGH": 1"#, high, (1, 0)),
            ("", high, (1, 0)),
            (r#", "SEVERITY.HIGH": 2.0, "SEVERITY.LOW": 3"#, high, (2, 3)),
        ] {
            let reading = reading("bandit", &report(totals, results));
            let findings = reading.facts.findings.unwrap();
            let seen = (findings.graded(Grade::High), findings.graded(Grade::Low));
            assert_eq!(seen, counted, "{totals}");
            let listed = u64::from(!results.is_empty());
            assert_eq!(findings.without_left_out().total(), listed, "{totals}");
            assert_eq!(findings.left_out(), counted.0 + counted.1 - listed, "{totals}");
            assert_eq!(reading.doubts, [], "{totals}");
            assert_eq!(reading.warnings.len(), usize::from(totals.contains("LOW")), "{totals}");
        }
    }
}
