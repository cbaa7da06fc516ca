//! `kube-bench --json`: the CIS benchmark of a cluster.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Level, Tally};
use crate::model::{Reading, Rule};

pub(super) struct KubeBench;

impl Format for KubeBench {
    fn id(&self) -> &'static str {
        "kube-bench"
    }

    fn about(&self) -> About {
        About {
            tool: "kube-bench",
            recognised: "`Controls`, or a list or one of `node_type` beside `tests`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING,
            source: "https://github.com/aquasecurity/kube-bench",
            clean: "Checks passed and none failed.",
            vacuous: "0 checks that passed or failed.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A check that is FAIL is a finding and an error; WARN asks a person to look: it is counted in `findings.unchecked`, and so is a check whose status is unknown or missing.",
                "`checks` counts PASS and FAIL; the results are counted, not the totals.",
                "The oldest form writes several objects one after another.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let control = |shape: &Shape<'_>| shape.has(&["node_type", "tests"]);
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(
            shape.has_list("Controls") || control(shape) || shape.first().is_some_and(control),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut checks = Tally::default();
        let mut declared = 0;
        match input.sniff.json() {
            Some(Shape::List(_)) => {
                input.elements(|control: Control<'_>| {
                    declared += control.take(&mut findings, &mut checks)
                })?;
            }
            _ => {
                let skipped = input.documents(|control: Control<'_>| {
                    declared += control.take(&mut findings, &mut checks)
                })?;
                if skipped.lines > 0 {
                    return Err(Broken::new("Other text stands between the objects."));
                }
            }
        }
        let mut reading = Reading::by(self.id(), "kube-bench");
        listed::lost(&mut reading, "`Totals`", declared, checks.failed);
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "kube-bench made 0 checks.");
        }
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Controls, alone or under `Controls`.
#[derive(Deserialize)]
struct Control<'a> {
    #[serde(borrow, rename = "Controls")]
    controls: Option<Vec<Control<'a>>>,
    tests: Option<Vec<Section<'a>>>,
    #[serde(rename = "Totals")]
    totals: Option<Totals>,
    total_fail: Option<u64>,
}

/// Over all controls; each has its own beside.
#[derive(Deserialize)]
struct Totals {
    total_fail: Option<u64>,
}

#[derive(Deserialize)]
struct Section<'a> {
    #[serde(borrow)]
    results: Option<Vec<Check<'a>>>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    test_number: Option<Str<'a>>,
    test_desc: Option<Str<'a>>,
    status: Option<Str<'a>>,
}

impl Control<'_> {
    /// Counts the checks; says how many failed as it declares it.
    fn take(&self, findings: &mut Findings, checks: &mut Tally) -> u64 {
        let mut inner = 0u64;
        for control in self.controls.iter().flatten() {
            inner = inner.saturating_add(control.take(findings, checks));
        }
        for check in
            self.tests.iter().flatten().flat_map(|section| section.results.iter().flatten())
        {
            match check.status.as_deref() {
                Some("PASS") => checks.total += 1,
                Some("FAIL") => {
                    checks.total += 1;
                    checks.failed += 1;
                    findings.add(Finding {
                        rule: text::said(&check.test_number),
                        title: check.test_desc.as_deref().and_then(text::title),
                        ..Finding::levelled(Level::Error)
                    });
                }
                // Information: a check that is no one's to pass, as of a managed cluster.
                Some("INFO") => {}
                // WARN, a word that is unknown, or none at all.
                _ => {
                    findings.unchecked = Some(findings.unchecked.unwrap_or(0).saturating_add(1));
                }
            }
        }
        let total = self.totals.as_ref().and_then(|totals| totals.total_fail);
        inner.max(total.or(self.total_fail).unwrap_or(0))
    }
}
