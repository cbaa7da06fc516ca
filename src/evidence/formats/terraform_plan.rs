//! `terraform show -json` of a plan, and OpenTofu's.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Metrics, Tally};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct TerraformPlan;

impl Format for TerraformPlan {
    fn id(&self) -> &'static str {
        "terraform-plan"
    }

    fn about(&self) -> About {
        About {
            tool: "Terraform, OpenTofu (`show -json PLAN`)",
            recognised: "`format_version` beside `resource_changes` or `planned_values`, and `terraform_version`",
            carries: &["metrics", "checks"],
            tells: Tells::NOTHING.time("`timestamp`").version("`terraform_version`"),
            source: "https://developer.hashicorp.com/terraform/internals/json-format",
            clean: "The plan changes nothing: `metrics.changes.count` is 0.",
            vacuous: "`errored: true`: the plan is incomplete.",
            blank: Blanks::NONE,
            notes: &[
                "Counted are `create`, `update`, `replace`, `delete` and `drift`; `changes` is their sum without the drift. `replace` is a delete and a create.",
                "`checks` are the configuration's own: `fail` and `error` failed, `unknown` is told as failed too, for it did not hold.",
                "Values, sensitive ones above all, are not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["format_version", "terraform_version"])
                && (shape.has(&["resource_changes"]) || shape.has(&["planned_values"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let plan: Plan<'_> = input.json()?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Terraform".to_owned());
        reading.tool_version = text::said(&plan.version);
        reading.produced_at = plan.timestamp.as_deref().map(ProducedAt::parse);
        if plan.errored == Some(true) {
            reading.doubt(
                Rule::ToolFailed,
                "Terraform stopped with an error: the plan is incomplete.",
            );
        }
        if plan.complete == Some(false) {
            reading.warn("The plan is not complete: another follows its application.");
        }
        let mut metrics = Metrics::default();
        let mut counts: BTreeMap<&str, u64> =
            ["create", "update", "replace", "delete"].map(|kind| (kind, 0)).into();
        for change in plan.changes.iter().flatten() {
            if let Some(count) = change.kind().and_then(|kind| counts.get_mut(kind)) {
                *count += 1;
            }
        }
        metrics.set("changes", "count", counts.values().sum::<u64>() as f64);
        counts.iter().for_each(|(kind, count)| metrics.set(kind, "count", *count as f64));
        metrics.set("drift", "count", plan.drift.map_or(0, |drift| drift.len()) as f64);
        let checks = plan.checks.as_ref().map(|checks| Tally {
            total: checks.len() as u64,
            failed: checks.iter().filter(|check| check.status.as_deref() != Some("pass")).count()
                as u64,
        });
        reading.facts.metrics = Some(metrics);
        reading.facts.checks = checks;
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Plan<'a> {
    #[serde(borrow, rename = "terraform_version")]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    errored: Option<bool>,
    complete: Option<bool>,
    #[serde(rename = "resource_changes")]
    changes: Option<Vec<Resource<'a>>>,
    #[serde(rename = "resource_drift")]
    drift: Option<Vec<IgnoredAny>>,
    checks: Option<Vec<Check<'a>>>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    change: Option<Change<'a>>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    actions: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
}

impl Resource<'_> {
    fn kind(&self) -> Option<&'static str> {
        let actions = self.change.as_ref()?.actions.as_deref()?;
        match actions {
            [_, _] => Some("replace"),
            [one] => match &**one {
                "create" => Some("create"),
                "update" => Some("update"),
                "delete" | "forget" => Some("delete"),
                _ => None,
            },
            _ => None,
        }
    }
}
