//! `kubeconform -output json`, with `-summary` and with or without `-verbose`.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level, Tally};
use crate::model::{Reading, Rule};

pub(super) struct Kubeconform;

impl Format for Kubeconform {
    fn id(&self) -> &'static str {
        "kubeconform"
    }

    fn about(&self) -> About {
        About {
            tool: "kubeconform",
            recognised: "`resources` beside a `summary` with `valid`, or with a `filename`, a `kind` and kubeconform's words for a `status`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING,
            source: "https://github.com/yannh/kubeconform#usage",
            clean: "`summary` counts valid resources and no other.",
            vacuous: "0 resources validated; no resource and no `summary`.",
            blank: Blanks::NONE,
            notes: &[
                "Without `-verbose` only the resources that are not valid are listed; without `-summary` nothing says how many were checked.",
                "`checks` counts the resources that were validated: valid, invalid and in error; skipped ones are counted in `findings.unchecked`.",
                "Each resource that is invalid or in error is a finding.",
                "Up to 0.4 the words are `VALID`, `INVALID`, `ERROR` and `SKIPPED`; since 0.5 `statusValid` and so on.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let summary = shape.at(&["summary", "valid"]).is_some()
            && shape.at(&["summary", "invalid"]).is_some();
        let resource = shape.first_of("resources").filter(|of| of.has(&["filename", "kind"]));
        let status = resource.and_then(|resource| resource.text("status"));
        Fit::sure((shape.has(&["resources"]) && summary) || status.is_some_and(is_status))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "kubeconform");
        let mut findings = input.findings();
        let mut listed = Summary::default();
        for resource in &report.resources {
            match resource.status.as_deref() {
                Some("statusValid" | "VALID") => listed.valid += 1,
                Some("statusSkipped" | "SKIPPED") => listed.skipped += 1,
                // An empty document has no word.
                Some("statusEmpty" | "") => {}
                status => {
                    let errs = matches!(status, Some("statusError" | "ERROR"));
                    *if errs { &mut listed.errors } else { &mut listed.invalid } += 1;
                    findings.add(resource.finding());
                }
            }
        }
        let summary = report.summary.unwrap_or(listed);
        let declared = summary.invalid.saturating_add(summary.errors);
        listed::lost(&mut reading, "`summary`", declared, findings.total());
        if declared < findings.total() {
            reading.warn(format!(
                "`summary` counts {declared} resources that are not valid; the report lists {}.",
                findings.total()
            ));
        }
        let validated =
            summary.valid.saturating_add(summary.invalid).saturating_add(summary.errors);
        if validated == 0 {
            let why = match report.summary {
                Some(_) => "kubeconform validated 0 resources.",
                None => {
                    "The report names no resource; `-summary` would say how many were validated."
                }
            };
            reading.doubt(Rule::NothingLookedAt, why);
        }
        let failed = summary.invalid.saturating_add(summary.errors).max(findings.total());
        reading.facts.checks = Some(Tally::of(validated.max(failed), failed));
        findings.unchecked = Some(summary.skipped);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// The words for a resource, of this version and of those before 0.5.
fn is_status(word: &str) -> bool {
    word.starts_with("status") || matches!(word, "VALID" | "INVALID" | "ERROR" | "SKIPPED")
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    resources: Vec<Resource<'a>>,
    summary: Option<Summary>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Summary {
    valid: u64,
    invalid: u64,
    errors: u64,
    skipped: u64,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    kind: Option<Str<'a>>,
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    msg: Option<Str<'a>>,
}

impl Resource<'_> {
    fn finding(&self) -> Finding {
        let kind = self.kind.as_deref().unwrap_or_default();
        let name = self.name.as_deref().unwrap_or_default();
        let said = self.msg.as_deref().and_then(text::title).unwrap_or_default();
        Finding {
            rule: text::said(&self.status),
            title: Some(format!("{kind} {name}: {said}").trim().to_owned()),
            path: text::said(&self.filename),
            ..Finding::levelled(Level::Error)
        }
    }
}
