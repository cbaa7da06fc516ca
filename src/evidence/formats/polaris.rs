//! `polaris audit --format json`.

use serde::Deserialize;

use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Tally};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Polaris;

impl Format for Polaris {
    fn id(&self) -> &'static str {
        "polaris"
    }

    fn about(&self) -> About {
        About {
            tool: "Polaris",
            recognised: "`PolarisOutputVersion` beside `Results`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING.time("`AuditTime`"),
            source: "https://polaris.docs.fairwinds.com/cli/",
            clean: "Checks were made and all succeeded.",
            vacuous: "0 checks: no workload, or with `--only-show-failed-tests` none that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A check of severity `danger` is of severity high, one of `warning` medium; what is set to `ignore` is not run.",
                "`checks` counts the checks that were made, and those that did not succeed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|of| of.has(&["PolarisOutputVersion", "Results"])))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let audit: Audit<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Polaris");
        reading.produced_at = audit.audit_time.as_deref().map(ProducedAt::parse);
        let mut sum = Sum { findings: input.findings(), checks: Tally::default() };
        for workload in audit.results.iter().flatten() {
            workload.add_to(&mut sum);
        }
        if sum.checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "Polaris made 0 checks.");
        }
        reading.facts.checks = Some(sum.checks);
        reading.facts.findings = Some(sum.findings);
        Ok(reading)
    }
}

struct Sum {
    findings: Findings,
    checks: Tally,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Audit<'a> {
    #[serde(borrow)]
    audit_time: Option<Str<'a>>,
    results: Option<Vec<Workload<'a>>>,
}

type Checks<'a> = Option<Map<'a, Check<'a>>>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Workload<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    namespace: Option<Str<'a>>,
    kind: Option<Str<'a>>,
    results: Checks<'a>,
    pod_result: Option<Pod<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pod<'a> {
    #[serde(borrow)]
    results: Checks<'a>,
    container_results: Option<Vec<Container<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Container<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    results: Checks<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Check<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    success: bool,
    severity: Option<Str<'a>>,
}

impl Workload<'_> {
    fn add_to(&self, sum: &mut Sum) {
        let parts = [&self.namespace, &self.kind, &self.name];
        let place = text::all_said(parts.into_iter().flatten()).join("/");
        add(&self.results, &place, sum);
        let Some(pod) = &self.pod_result else { return };
        add(&pod.results, &place, sum);
        for container in pod.container_results.iter().flatten() {
            let name = container.name.as_deref().unwrap_or_default();
            add(&container.results, &format!("{place}/{name}"), sum);
        }
    }
}

fn add(checks: &Checks<'_>, place: &str, sum: &mut Sum) {
    for (id, check) in checks.iter().flatten() {
        sum.checks.add(check.success, || format!("{place}: {id}"));
        if check.success {
            continue;
        }
        let grade = match check.severity.as_deref() {
            Some("danger") => Grade::High,
            Some("warning") => Grade::Medium,
            _ => Grade::Unknown,
        };
        sum.findings.add(Finding {
            rule: Some(id.to_string()),
            title: check.message.as_deref().and_then(text::title),
            path: Some(place.to_owned()),
            ..Finding::graded(grade)
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn audit(check: &str) -> String {
        format!(
            r#"{{"PolarisOutputVersion": "1.0", "AuditTime": "2026-11-20T08:00:00Z", "Results": [{{"Name": "cart",
            "Namespace": "shop", "Kind": "Deployment", "Results": {{}}, "PodResult": {{"Results": {{}},
            "ContainerResults": [{{"Name": "web", "Results": {{{check}}}}}]}}}}]}}"#
        )
    }

    fn check(success: bool, severity: &str) -> String {
        format!(
            r#""runAsRootAllowed": {{"ID": "runAsRootAllowed", "Message": "May run as root",
            "Success": {success}, "Severity": "{severity}"}}"#
        )
    }

    #[test]
    fn a_check_that_did_not_succeed_is_a_finding() {
        for (severity, grade) in
            [("danger", Grade::High), ("warning", Grade::Medium), ("x", Grade::Unknown)]
        {
            let facts = reading("polaris", &audit(&check(false, severity))).facts;
            let findings = facts.findings.unwrap();
            let one = &findings.list.entries()[0];
            assert_eq!((one.grade, one.path.as_deref()), (grade, Some("shop/Deployment/cart/web")));
            assert_eq!(facts.checks.unwrap().failed, 1);
        }
        let succeeded = audit(&check(true, "danger"));
        proves("polaris", &[(&succeeded, ""), (&audit(""), "0 checks")]);
    }
}
