//! XCCDF results, which OpenSCAP writes, in an ARF file too.

use std::collections::BTreeMap;

use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Finding, Findings, Grade, Level, Tally};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Xccdf;

impl Format for Xccdf {
    fn id(&self) -> &'static str {
        "xccdf"
    }

    fn about(&self) -> About {
        About {
            tool: "OpenSCAP, SCC (XCCDF, ARF)",
            recognised: "the root element `Benchmark` or `TestResult` of XCCDF, or `asset-report-collection`",
            carries: &["checks", "findings"],
            tells: Tells::NOTHING
                .time("`end-time` of the latest `TestResult`")
                .version("`test-system` of the `TestResult`"),
            source: "https://csrc.nist.gov/projects/security-content-automation-protocol/specifications/xccdf",
            clean: "Rules passed and none failed.",
            vacuous: "No rule that passed or failed: none was selected.",
            blank: Blanks::NONE,
            notes: &[
                "pass and fixed hold; fail is a finding of its rule's severity, error and unknown are errors of an unknown one.",
                "notchecked is a rule that no engine could check: it is counted in `findings.unchecked`.",
                "A rule that failed and is fixed in a later result of the same target (`oscap xccdf remediate`) holds.",
                "notapplicable, notselected and informational are in no count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| match root.name.as_str() {
            "Benchmark" | "TestResult" => {
                root.namespace.as_deref().is_some_and(|name| name.contains("xccdf"))
            }
            "asset-report-collection" => true,
            _ => false,
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "OpenSCAP");
        let mut findings = input.findings();
        let mut checks = Tally::default();
        let mut rule: Option<Finding> = None;
        let (mut runs, mut results) = (Runs::default(), Vec::new());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("TestResult") => {
                    runs.begin(tag.attribute("end-time")?);
                    let system = tag.attribute("test-system")?;
                    // `cpe:/a:redhat:openscap:1.3.9`.
                    let version = system.as_deref().and_then(|name| name.split(':').nth(4));
                    reading.tool_version = version.map(str::to_owned);
                    reading.produced_at =
                        tag.attribute("end-time")?.map(|raw| ProducedAt::parse(&raw));
                }
                Node::Open(tag) if tag.is("target") => runs.target = xml.content()?.into_owned(),
                Node::Open(tag) if tag.is("rule-result") => rule = Some(rule_of(&tag)?),
                Node::Open(tag) if tag.is("result") => {
                    let outcome = xml.content()?;
                    if let Some(rule) = rule.take() {
                        runs.note(&rule, outcome.trim());
                        results.push((runs.place(&rule), rule, outcome.trim().to_owned()));
                    }
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        let unchecked = results.iter().filter(|(.., outcome)| outcome == "notchecked").count();
        for (place, rule, outcome) in results {
            if !(is_failure(&outcome) && runs.has_fixed(&place)) {
                settle(rule, &outcome, &mut checks, &mut findings);
            }
        }
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "No rule passed or failed: none was selected.");
        }
        findings.unchecked = Some(unchecked as u64);
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// The runs of a file: a rule that failed in one may be fixed in a later one (`--remediate`).
#[derive(Default)]
struct Runs {
    count: usize,
    ended: Option<String>,
    target: String,
    /// What was fixed last, and where.
    fixed: BTreeMap<(String, String), (usize, Option<String>)>,
}

/// A rule of a target, in which run and when.
type Place = ((String, String), (usize, Option<String>));

impl Runs {
    fn begin(&mut self, ended: Option<String>) {
        (self.count, self.ended) = (self.count + 1, ended);
        self.target.clear();
    }

    fn place(&self, rule: &Finding) -> Place {
        let name = rule.rule.clone().unwrap_or_default();
        ((self.target.trim().to_owned(), name), (self.count, self.ended.clone()))
    }

    fn note(&mut self, rule: &Finding, outcome: &str) {
        let (of, run) = self.place(rule);
        if outcome == "fixed" {
            self.fixed.insert(of, run);
        } else if is_failure(outcome) {
            self.fixed.remove(&of);
        }
    }

    /// Whether what failed there is fixed in a run that stands behind it and ended no sooner.
    fn has_fixed(&self, (of, (run, ended)): &Place) -> bool {
        self.fixed.get(of).is_some_and(|(later, then)| later > run && then >= ended)
    }
}

fn is_failure(outcome: &str) -> bool {
    matches!(outcome, "fail" | "error" | "unknown")
}

fn rule_of(tag: &Tag<'_>) -> Result<Finding, Broken> {
    let severity = tag.attribute("severity")?;
    let mut finding = Finding::graded(severity.as_deref().map_or(Grade::Unknown, Grade::from_word));
    finding.rule = tag.attribute("idref")?;
    Ok(finding)
}

fn settle(rule: Finding, outcome: &str, checks: &mut Tally, findings: &mut Findings) {
    match outcome {
        "pass" | "fixed" => checks.total += 1,
        "fail" => {
            checks.total += 1;
            checks.failed += 1;
            findings.add(rule);
        }
        "error" | "unknown" => {
            checks.total += 1;
            checks.failed += 1;
            findings.add(Finding { rule: rule.rule, ..Finding::levelled(Level::Error) });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_failed_and_is_fixed_in_a_later_run_holds() {
        let run = |target: &str, day: u64, result: &str| {
            format!(
                "<TestResult end-time='2026-11-0{day}T10:00:00'><target>{target}</target>
                <rule-result idref='r'><result>{result}</result></rule-result></TestResult>"
            )
        };
        for (runs, expected) in [
            ([run("a", 1, "fail"), run("a", 2, "fixed")], (1, 0)),
            ([run("a", 1, "fail"), run("b", 2, "fixed")], (2, 1)),
            ([run("a", 3, "fail"), run("a", 2, "fixed")], (2, 1)),
            ([run("a", 1, "fail"), run("a", 2, "pass")], (2, 1)),
            ([run("a", 1, "fixed"), run("a", 2, "fail")], (2, 1)),
        ] {
            let runs = runs.concat();
            let text = format!(
                "<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.2'>{runs}</Benchmark>"
            );
            let checks = reading("xccdf", &text).facts.checks.unwrap();
            assert_eq!((checks.total, checks.failed), expected, "{runs}");
        }
    }

    #[test]
    fn a_rule_that_was_not_checked_is_told() {
        let results: String = ["pass", "notchecked", "notchecked", "notapplicable", "notselected"]
            .map(|result| format!("<rule-result idref='r'><result>{result}</result></rule-result>"))
            .concat();
        let text = format!(
            "<TestResult xmlns='http://checklists.nist.gov/xccdf/1.2'>{results}</TestResult>"
        );
        let facts = reading("xccdf", &text).facts;
        assert_eq!(facts.findings.unwrap().unchecked, Some(2));
        assert_eq!(facts.checks.unwrap().total, 1);
    }
}
