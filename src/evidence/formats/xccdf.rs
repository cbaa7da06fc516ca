//! XCCDF results, which OpenSCAP writes, in an ARF file too.

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
        let mut unchecked = 0;
        let mut rule: Option<Finding> = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("TestResult") => {
                    let system = tag.attribute("test-system")?;
                    // `cpe:/a:redhat:openscap:1.3.9`.
                    let version = system.as_deref().and_then(|name| name.split(':').nth(4));
                    reading.tool_version = version.map(str::to_owned);
                    reading.produced_at =
                        tag.attribute("end-time")?.map(|raw| ProducedAt::parse(&raw));
                }
                Node::Open(tag) if tag.is("rule-result") => rule = Some(rule_of(&tag)?),
                Node::Open(tag) if tag.is("result") => {
                    let outcome = xml.content()?;
                    unchecked += u64::from(rule.is_some() && outcome.trim() == "notchecked");
                    rule.take()
                        .into_iter()
                        .for_each(|rule| settle(rule, outcome.trim(), &mut checks, &mut findings));
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "No rule passed or failed: none was selected.");
        }
        findings.unchecked = Some(unchecked);
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
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
