//! `terraform show -json` of a plan, and OpenTofu's.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::{Map, Str};
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
            vacuous: "`errored: true`: Terraform stopped; `complete: false` or `deferred_changes`: another plan follows; `applyable: true` without a change that is counted; no resource and no output.",
            blank: Blanks::NONE,
            notes: &[
                "Counted are `create`, `update`, `replace`, `delete`, `import`, `move`, `output` and `other`, and apart from them `drift`; `changes` counts each resource and output once, without the drift. What is replaced counts as `replace`, `create` and `delete`, as in Terraform's own summary; `forget` is a delete.",
                "A resource counts once: `import` and `move` are those that nothing else happens to. Reading data changes nothing.",
                "`checks` are the configuration's own: `fail` and `error` failed, `unknown` is told as failed too, for it did not hold.",
                "Values, sensitive ones above all, are not read.",
                "Terraform writes what is sensitive in clear: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["format_version", "terraform_version"])
                && (shape.has(&["resource_changes"]) || shape.has(&["planned_values"]))
        }))
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let plan: Plan<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Terraform");
        reading.secrets = true;
        reading.tool_version = text::said(&plan.version);
        reading.produced_at = plan.timestamp.as_deref().map(ProducedAt::parse);
        if plan.errored == Some(true) {
            reading.doubt(
                Rule::ToolFailed,
                "Terraform stopped with an error: the plan is incomplete.",
            );
        }
        if plan.complete == Some(false) || !plan.deferred.is_empty() {
            let why = "The plan is not complete: Terraform put changes off to another.";
            reading.doubt(Rule::Unchecked, why);
        }
        let counts = plan.count();
        let changes: u64 = counts.values().sum();
        let drift = plan.drift.as_ref().map_or(0, Vec::len);
        if plan.applyable == Some(true) && changes == 0 && drift == 0 && !plan.reads() {
            let why = "The plan says that it can be applied, and lists no change.";
            reading.doubt(Rule::Unreadable, why);
        }
        if plan.is_of_nothing() {
            let why = "The plan holds no resource and no output: there was nothing to change.";
            reading.doubt(Rule::NothingRan, why);
        }
        let mut metrics = Metrics::default();
        metrics.set("changes", "count", changes as f64);
        // Terraform's own summary counts what is replaced on both sides.
        let replaced = counts.get("replace").copied().unwrap_or(0);
        for (kind, count) in counts {
            let also = if matches!(kind, "create" | "delete") { replaced } else { 0 };
            metrics.set(kind, "count", count.saturating_add(also) as f64);
        }
        metrics.set("drift", "count", drift as f64);
        let checks = plan.checks.as_ref().map(|checks| {
            let failed = checks.iter().filter(|check| check.status.as_deref() != Some("pass"));
            Tally::of(checks.len() as u64, failed.count() as u64)
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
    applyable: Option<bool>,
    #[serde(default, rename = "deferred_changes")]
    deferred: Vec<IgnoredAny>,
    #[serde(rename = "output_changes")]
    outputs: Option<Map<'a, Change<'a>>>,
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
    #[serde(rename = "previous_address")]
    moved: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    actions: Option<Vec<Str<'a>>>,
    importing: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
}

/// What can happen to a resource, or to an output.
const KINDS: [&str; 8] =
    ["create", "update", "replace", "delete", "import", "move", "output", "other"];

impl Plan<'_> {
    /// How often each of [`KINDS`] happens.
    fn count(&self) -> BTreeMap<&'static str, u64> {
        let resources = self.changes.iter().flatten().filter_map(Resource::kind);
        let outputs = self.outputs.iter().flat_map(|outputs| outputs.values());
        let outputs = outputs.filter(|output| output.kind().is_some()).map(|_| "output");
        let mut counts: BTreeMap<&str, u64> = KINDS.map(|kind| (kind, 0)).into();
        for kind in resources.chain(outputs) {
            *counts.entry(kind).or_default() += 1;
        }
        counts
    }

    /// Whether the configuration and the state hold nothing: what stays as it is would be listed too.
    fn is_of_nothing(&self) -> bool {
        self.changes.as_ref().is_none_or(Vec::is_empty)
            && self.outputs.as_ref().is_none_or(|outputs| outputs.is_empty())
            && self.drift.as_ref().is_none_or(Vec::is_empty)
    }

    /// Whether it reads data when it is applied, which is no change.
    fn reads(&self) -> bool {
        let mut changes = self.changes.iter().flatten().filter_map(|of| of.change.as_ref());
        changes.any(|change| change.actions.iter().flatten().any(|action| &**action == "read"))
    }
}

impl Resource<'_> {
    fn kind(&self) -> Option<&'static str> {
        let change = self.change.as_ref()?;
        let imported = change.importing.is_some().then_some("import");
        change.kind().or(imported).or(self.moved.is_some().then_some("move"))
    }
}

impl Change<'_> {
    fn kind(&self) -> Option<&'static str> {
        match self.actions.as_deref()? {
            [_, _] => Some("replace"),
            [one] => match &**one {
                "create" => Some("create"),
                "update" => Some("update"),
                "delete" | "forget" => Some("delete"),
                "no-op" | "read" => None,
                _ => Some("other"),
            },
            [] => None,
            _ => Some("other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn plan(more: &str) -> String {
        format!(
            r#"{{"format_version": "1.2", "terraform_version": "1.11.4",
            "planned_values": {{}}{more}}}"#
        )
    }

    #[test]
    fn a_plan_that_another_follows_proves_nothing() {
        let off = "put changes off";
        let output = r#", "applyable": true, "output_changes": {"u": {"actions": ["update"]}}"#;
        let unchanged = r#", "complete": true, "applyable": false,
            "resource_changes": [{"address": "a.b", "change": {"actions": ["no-op"]}}]"#;
        proves(
            "terraform-plan",
            &[
                (&plan(unchanged), ""),
                (&plan(r#", "complete": false"#), off),
                (&plan(r#", "deferred_changes": [{"reason": "x"}]"#), off),
                (&plan(r#", "applyable": true"#), "lists no change"),
                (&plan(output), ""),
            ],
        );
    }

    #[test]
    fn a_plan_of_nothing_proves_nothing() {
        let why = "no resource and no output";
        let kept = r#", "output_changes": {"u": {"actions": ["no-op"]}}"#;
        let empty = r#", "applyable": false, "resource_changes": [], "output_changes": {}"#;
        proves(
            "terraform-plan",
            &[
                (&plan(r#", "complete": true, "applyable": false"#), why),
                (&plan(empty), why),
                (&plan(kept), ""),
            ],
        );
    }

    #[test]
    fn whatever_happens_to_a_resource_or_an_output_is_a_change() {
        let resource = |change: &str| {
            format!(r#", "applyable": true, "resource_changes": [{{"address": "a.b"{change}}}]"#)
        };
        for (more, kind) in [
            (resource(r#", "change": {"actions": ["delete", "create"]}"#), "replace"),
            (resource(r#", "change": {"actions": ["forget"]}"#), "delete"),
            (resource(r#", "change": {"actions": ["frobnicate"]}"#), "other"),
            (resource(r#", "change": {"actions": ["no-op"], "importing": {"id": "i"}}"#), "import"),
            (resource(r#", "previous_address": "a.c", "change": {"actions": ["no-op"]}"#), "move"),
            (r#", "output_changes": {"u": {"actions": ["create"]}}"#.to_owned(), "output"),
        ] {
            let metrics = reading("terraform-plan", &plan(&more)).facts.metrics.unwrap();
            for name in ["changes", kind] {
                assert_eq!(metrics.by_name[name]["count"], 1.0, "{more}: {name}");
            }
            let destroyed = f64::from(u8::from(matches!(kind, "replace" | "delete")));
            assert_eq!(metrics.by_name["delete"]["count"], destroyed, "{more}");
        }
        let read = plan(&resource(r#", "change": {"actions": ["read"]}"#));
        let metrics = reading("terraform-plan", &read).facts.metrics.unwrap();
        assert_eq!(metrics.by_name["changes"]["count"], 0.0);
        proves("terraform-plan", &[(&read, "")]);
    }
}
