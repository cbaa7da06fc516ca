//! Kubescape's first form (`--format-version v1`): frameworks, their controls and the rules of each.

use serde::Deserialize;

use super::graded;
use crate::evidence::json::{Num, Str};
use crate::evidence::{Broken, Input, Shape, text};
use crate::facts::{Finding, Findings};
use crate::model::{ProducedAt, Reading, Rule};

/// Whether the file is of that form: a report, a framework by itself, or a list of frameworks.
pub(super) fn is_mine(shape: &Shape<'_>) -> bool {
    let framework = |of: &Shape<'_>| of.has_list("controlReports");
    framework(shape)
        || shape.first().is_some_and(framework)
        || shape.first_of("frameworks").is_some_and(framework)
}

/// Reads the form.
pub(super) fn read(input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
    let shape = input.sniff.json();
    let frameworks: Vec<Framework<'_>> = if shape.is_some_and(|of| of.has_list("frameworks")) {
        let report: Report<'_> = input.json()?;
        reading.produced_at = report.generated.as_deref().map(ProducedAt::parse);
        report.frameworks
    } else if shape.is_some_and(Shape::is_map) {
        vec![input.json()?]
    } else {
        input.json()?
    };
    let mut sum = Sum { findings: input.findings(), ran: 0, unchecked: 0 };
    let controls = frameworks.iter().flat_map(|framework| &framework.controls);
    controls.for_each(|control| control.add_to(&mut sum));
    let resources = frameworks.iter().filter_map(|framework| framework.resources).max();
    if sum.ran == 0 || resources == Some(0) {
        let why = "Kubescape tested 0 controls against resources.";
        reading.doubt(Rule::NothingLookedAt, why);
    } else if resources.is_none() && sum.findings.total() == 0 {
        let why = "Kubescape found nothing, and does not tell that it looked at a resource.";
        reading.doubt(Rule::SilentTool, why);
    }
    sum.findings.unchecked = Some(sum.unchecked);
    reading.facts.findings = Some(sum.findings);
    Ok(reading)
}

struct Sum {
    findings: Findings,
    /// Rules that ran, and those that could not.
    ran: u64,
    unchecked: u64,
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "generationTime")]
    generated: Option<Str<'a>>,
    frameworks: Vec<Framework<'a>>,
}

#[derive(Deserialize)]
struct Framework<'a> {
    #[serde(borrow, rename = "controlReports")]
    controls: Vec<Control<'a>>,
    #[serde(rename = "totalResources")]
    resources: Option<u64>,
}

#[derive(Deserialize)]
struct Control<'a> {
    #[serde(borrow, rename = "controlID")]
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
    #[serde(default, rename = "baseScore")]
    score: Num,
    #[serde(rename = "ruleReports")]
    rules: Option<Vec<RuleOf<'a>>>,
}

#[derive(Deserialize)]
struct RuleOf<'a> {
    #[serde(borrow, rename = "ruleStatus")]
    status: Option<Status<'a>>,
    #[serde(rename = "ruleResponses")]
    responses: Option<Vec<Response<'a>>>,
}

#[derive(Deserialize)]
struct Status<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(borrow, rename = "alertMessage")]
    message: Option<Str<'a>>,
    exception: Option<serde::de::IgnoredAny>,
    #[serde(rename = "alertObject")]
    object: Option<Objects<'a>>,
}

#[derive(Deserialize)]
struct Objects<'a> {
    #[serde(borrow, rename = "k8sApiObjects")]
    objects: Option<Vec<Object<'a>>>,
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow)]
    kind: Option<Str<'a>>,
    metadata: Option<Metadata<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    namespace: Option<Str<'a>>,
}

impl Control<'_> {
    fn add_to(&self, sum: &mut Sum) {
        for rule in self.rules.iter().flatten() {
            let status = rule.status.as_ref().and_then(|of| of.status.as_deref());
            match status {
                None | Some("success" | "warning") => sum.ran += 1,
                Some(_) => sum.unchecked += 1,
            }
            for response in rule.responses.iter().flatten() {
                let message = response.message.as_deref().and_then(text::title);
                sum.findings.add(Finding {
                    rule: text::said(&self.id),
                    title: message.or_else(|| text::said(&self.name)),
                    path: response.place(),
                    suppressed: response.exception.is_some(),
                    ..Finding::graded(graded(self.score))
                });
            }
        }
    }
}

impl Response<'_> {
    fn place(&self) -> Option<String> {
        let object = self.object.as_ref()?.objects.as_ref()?.first()?;
        let metadata = object.metadata.as_ref();
        let namespace = metadata.and_then(|of| of.namespace.as_ref());
        let parts = [namespace, object.kind.as_ref(), metadata.and_then(|of| of.name.as_ref())];
        let place = text::all_said(parts.into_iter().flatten()).join("/");
        Some(place).filter(|place| !place.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn framework(status: &str, responses: &str, resources: &str) -> String {
        format!(
            r#"{{"name": "NSA", "controlReports": [{{"controlID": "C-0017", "name": "Immutable filesystem", "baseScore": 3,
            "ruleReports": [{{"name": "r", "ruleStatus": {{"status": "{status}"}}, "ruleResponses": {responses}}}]}}]{resources}}}"#
        )
    }

    const RESOURCES: &str = r#", "totalResources": 4"#;
    const FAILED: &str = r#"[{"alertMessage": "mutable", "ruleStatus": "failed", "alertObject": {"k8sApiObjects": [
        {"kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}}]}}]"#;

    #[test]
    fn a_response_of_a_rule_is_a_finding_in_every_shape() {
        let one = framework("success", FAILED, RESOURCES);
        let report =
            format!(r#"{{"generationTime": "2026-11-20T08:00:00Z", "frameworks": [{one}]}}"#);
        for text in [one.clone(), format!("[{one}]"), report] {
            let findings = reading("kubescape", &text).facts.findings.unwrap();
            let told = &findings.list.entries()[0];
            assert_eq!((findings.total(), told.grade), (1, Grade::Low));
            assert_eq!(told.path.as_deref(), Some("shop/Pod/web"));
        }
        let excepted = one.replace(r#""ruleStatus": "failed""#, r#""exception": {"name": "x"}"#);
        assert_eq!(reading("kubescape", &excepted).facts.findings.unwrap().total(), 0);
    }

    #[test]
    fn rules_of_no_resource_prove_nothing() {
        proves(
            "kubescape",
            &[
                (&framework("success", "[]", RESOURCES), ""),
                (&framework("success", "null", r#", "totalResources": 0"#), "tested 0 controls"),
                (&framework("failed", "[]", RESOURCES), "tested 0 controls"),
                (&framework("success", "[]", ""), "does not tell that it looked"),
                (&framework("success", FAILED, ""), ""),
            ],
        );
    }
}
