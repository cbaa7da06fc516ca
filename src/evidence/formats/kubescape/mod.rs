//! `kubescape scan --format json`.

mod posture;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Kubescape;

impl Format for Kubescape {
    fn id(&self) -> &'static str {
        "kubescape"
    }

    fn about(&self) -> About {
        About {
            tool: "Kubescape",
            recognised: "`summaryDetails` with `controls` or `frameworks`, beside `results`; of Kubescape 1, and `--format-version v1`, `controlReports` of a framework",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`generationTime`"),
            source: "https://github.com/kubescape/opa-utils/tree/master/reporthandling/results/v1",
            clean: "Controls were tested against resources, and none failed.",
            vacuous: "0 resources or 0 controls; more failures counted than listed; of the oldest form no finding, for it does not count resources.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a control that failed on a resource; its severity is that of the control's `scoreFactor`, from 9 critical, 7 high, 4 medium, 1 low.",
                "Controls that were skipped, as for a scan that has no cluster, are counted in `findings.unchecked`, but for those that are irrelevant.",
                "In the first form the severity is that of `baseScore`; a rule that could not run is counted in `findings.unchecked`, and what an exception lets pass is suppressed.",
                "What an exception lets pass is no failure of Kubescape's.",
                "Vulnerabilities of images stand in a report of their own.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let details = shape.get("summaryDetails");
            let later = details.is_some_and(|of| of.has_map("controls") || of.has(&["frameworks"]));
            later || posture::is_mine(shape)
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        if input.sniff.json().is_some_and(posture::is_mine) {
            return posture::read(input, Reading::by(self.id(), "Kubescape"));
        }
        let report: Report<'_> = input.json()?;
        let controls = report.summary.controls.unwrap_or_default();
        let results = report.results.unwrap_or_default();
        let mut reading = Reading::by(self.id(), "Kubescape");
        reading.produced_at = report.generated.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        results.iter().for_each(|result| result.add(&controls, &mut findings));
        findings.unchecked =
            Some(controls.values().filter(|control| control.is_unchecked()).count() as u64);
        let tested = results.iter().flat_map(|of| of.controls.iter().flatten()).count();
        if tested == 0 || controls.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "Kubescape tested 0 controls against resources.");
        }
        let failed = controls.values().filter_map(|control| control.counters.as_ref()?.failed);
        let declared = failed.fold(0, u64::saturating_add);
        listed::lost(&mut reading, "`summaryDetails`", declared, findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "generationTime")]
    generated: Option<Str<'a>>,
    #[serde(rename = "summaryDetails")]
    summary: Summary<'a>,
    results: Option<Vec<ResultOf<'a>>>,
}

#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(borrow)]
    controls: Option<Map<'a, Control<'a>>>,
}

#[derive(Deserialize)]
struct Control<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(rename = "statusInfo")]
    status: Option<Status<'a>>,
    #[serde(default, rename = "scoreFactor")]
    factor: Num,
    #[serde(rename = "ResourceCounters")]
    counters: Option<Counters>,
}

#[derive(Deserialize)]
struct Counters {
    #[serde(rename = "failedResources")]
    failed: Option<u64>,
}

/// A word, or a map around it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'a> {
    Word(#[serde(borrow)] Str<'a>),
    Map {
        #[serde(borrow)]
        status: Option<Str<'a>>,
        #[serde(rename = "subStatus")]
        sub: Option<Str<'a>>,
    },
}

#[derive(Deserialize)]
struct ResultOf<'a> {
    #[serde(borrow, rename = "resourceID")]
    resource: Option<Str<'a>>,
    controls: Option<Vec<Tested<'a>>>,
}

/// A control that was tested against a resource; before Kubescape 2.0.170 without a status.
#[derive(Deserialize)]
struct Tested<'a> {
    #[serde(borrow, rename = "controlID")]
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
    status: Option<Status<'a>>,
    rules: Option<Vec<RuleOf<'a>>>,
}

#[derive(Deserialize)]
struct RuleOf<'a> {
    #[serde(borrow)]
    status: Option<Status<'a>>,
}

impl Status<'_> {
    fn is(&self, word: &str) -> bool {
        let told = match self {
            Status::Word(told) => Some(told),
            Status::Map { status, .. } => status.as_ref(),
        };
        told.is_some_and(|told| told.eq_ignore_ascii_case(word))
    }

    fn is_irrelevant(&self) -> bool {
        matches!(self, Status::Map { sub: Some(sub), .. } if sub.eq_ignore_ascii_case("irrelevant"))
    }
}

impl Control<'_> {
    fn is_unchecked(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.is("skipped") && !status.is_irrelevant())
    }

    fn grade(&self) -> Grade {
        graded(self.factor)
    }
}

/// The severity of a score of Kubescape's.
fn graded(score: Num) -> Grade {
    match score.get().unwrap_or_default() {
        9.0.. => Grade::Critical,
        7.0.. => Grade::High,
        4.0.. => Grade::Medium,
        1.0.. => Grade::Low,
        _ => Grade::Unknown,
    }
}

impl Tested<'_> {
    fn has_failed(&self) -> bool {
        let failed =
            |status: &Option<Status<'_>>| status.as_ref().is_some_and(|of| of.is("failed"));
        match &self.status {
            Some(_) => failed(&self.status),
            None => self.rules.iter().flatten().any(|rule| failed(&rule.status)),
        }
    }
}

impl<'a> ResultOf<'a> {
    fn add(&self, controls: &BTreeMap<Str<'a>, Control<'a>>, findings: &mut Findings) {
        for tested in self.controls.iter().flatten().filter(|tested| tested.has_failed()) {
            let control = tested.id.as_ref().and_then(|id| controls.get(id));
            let named = || control.and_then(|control| text::said(&control.name));
            findings.add(Finding {
                rule: text::said(&tested.id),
                title: text::said(&tested.name).or_else(named),
                path: text::said(&self.resource),
                ..Finding::graded(control.map_or(Grade::Unknown, Control::grade))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(factor: &str, status: &str, failed: u64, tested: &str) -> String {
        format!(
            r#"{{"generationTime": "2026-03-04T10:00:00Z", "summaryDetails": {{"frameworks": [], "controls": {{"C-0016":
            {{"controlID": "C-0016", "name": "Allow privilege escalation", "statusInfo": {{{status}}},
            "scoreFactor": {factor}, "ResourceCounters": {{"passedResources": 1, "failedResources": {failed}}}}}}}}},
            "results": [{tested}]}}"#
        )
    }

    fn tested(inside: &str) -> String {
        format!(
            r#"{{"resourceID": "apps/v1/shop/Deployment/web", "controls": [{{"controlID": "C-0016", {inside}}}]}}"#
        )
    }

    #[test]
    fn a_resource_without_a_tested_control_is_not_looked_at() {
        let idle = r#"{"resourceID": "apps/v1/shop/Deployment/web", "controls": []}"#;
        let passed = tested(r#""status": {"status": "passed"}"#);
        proves(
            "kubescape",
            &[
                (&report("6", r#""status": "passed""#, 0, idle), "tested 0 controls"),
                (&report("6", r#""status": "passed""#, 0, &passed), ""),
            ],
        );
    }

    const FAILED: &str = r#""status": {"status": "failed"}"#;
    const RAN: &str = r#""status": "failed""#;

    #[test]
    fn a_control_that_failed_on_a_resource_is_a_finding() {
        for (inside, expected) in [
            (FAILED, 1),
            (r#""status": {"status": "passed", "subStatus": "w/exceptions"}"#, 0),
            (r#""rules": [{"status": "passed"}, {"status": "failed"}]"#, 1),
            (r#""rules": [{"status": "passed"}]"#, 0),
            (r#""status": {"status": "passed"}, "rules": [{"status": "failed"}]"#, 0),
        ] {
            let findings = reading("kubescape", &report("6", RAN, 0, &tested(inside)));
            let findings = findings.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{inside}");
            for one in findings.list.entries() {
                assert_eq!(one.title.as_deref(), Some("Allow privilege escalation"));
                assert_eq!(one.path.as_deref(), Some("apps/v1/shop/Deployment/web"));
            }
        }
    }

    #[test]
    fn its_score_factor_is_its_severity() {
        for (factor, grade) in [
            ("9", Grade::Critical),
            ("8", Grade::High),
            ("6.5", Grade::Medium),
            ("1", Grade::Low),
            ("0", Grade::Unknown),
        ] {
            let read = reading("kubescape", &report(factor, RAN, 1, &tested(FAILED)));
            assert_eq!(read.facts.findings.unwrap().list.entries()[0].grade, grade, "{factor}");
        }
    }

    #[test]
    fn a_control_that_was_skipped_is_unchecked() {
        for (status, unchecked) in [
            (r#""status": "skipped", "subStatus": "requires review""#, 1),
            (r#""status": "skipped", "subStatus": "irrelevant""#, 0),
            (r#""status": "passed""#, 0),
        ] {
            let read = reading("kubescape", &report("6", status, 0, &tested("\"rules\": []")));
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{status}");
        }
    }

    #[test]
    fn a_scan_of_nothing_proves_nothing() {
        proves(
            "kubescape",
            &[
                (&report("6", RAN, 1, &tested(FAILED)), ""),
                (&report("6", RAN, 0, ""), "tested 0 controls"),
                (&report("6", RAN, 2, &tested(FAILED)), "`summaryDetails` counts 2"),
            ],
        );
    }
}
