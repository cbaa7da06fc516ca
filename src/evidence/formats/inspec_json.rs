//! `inspec exec --reporter json`, and cinc-auditor's: profiles and their controls.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Finding, Grade, Outcome, Tests};
use crate::model::Reading;

pub(super) struct InspecJson;

impl Format for InspecJson {
    fn id(&self) -> &'static str {
        "inspec-json"
    }

    fn about(&self) -> About {
        About {
            tool: "InSpec, CINC Auditor (and MITRE SAF's HDF)",
            recognised: "`profiles` of `controls`, beside `statistics` or `platform`",
            carries: &["tests", "findings"],
            tells: Tells::NOTHING.version("`version`"),
            source: "https://docs.chef.io/inspec/reporters/#json",
            clean: "Controls have results, and none failed.",
            vacuous: "0 results: no control was run; all skipped; a profile of status `failed`: it did not load.",
            blank: Blanks::NONE,
            notes: &[
                "A case is a result of a control; a control with a failed result is a finding by its impact: 0.9 and more is critical, 0.7 high, 0.4 medium, above 0 low, 0 info.",
                "A waived control is suppressed.",
                "A profile of status `skipped` is not for this platform: it is told, and its controls are in no count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.first_of("profiles").is_some_and(|profile| profile.has_list("controls"))
                && (shape.has(&["statistics"]) || shape.has(&["platform"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "InSpec");
        reading.tool_version = text::said(&report.version);
        let mut tests = input.tests();
        let mut findings = input.findings();
        for control in report.profiles.iter().flat_map(|profile| &profile.controls) {
            control.add(&mut tests);
            if control.fails() {
                findings.add(control.finding());
            }
        }
        report.doubt_profiles(&mut reading);
        tests.duration_s = report.statistics.and_then(|statistics| statistics.duration.get());
        ran::settle(&mut reading, tests);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    profiles: Vec<Profile<'a>>,
    statistics: Option<Statistics>,
}

#[derive(Deserialize)]
struct Statistics {
    #[serde(default)]
    duration: Num,
}

impl Report<'_> {
    /// Controls of a profile that did not load were never run.
    fn doubt_profiles(&self, reading: &mut Reading) {
        let of = |status: &'static str| {
            self.profiles.iter().filter(move |profile| profile.status.as_deref() == Some(status))
        };
        let first = of("failed").next().and_then(|profile| text::said(&profile.name));
        ran::suites_not_loaded(reading, of("failed").count() as u64, first.as_deref());
        for profile in of("skipped") {
            let name = profile.name.as_deref().unwrap_or_default();
            let why = format!("The profile {name} was skipped.");
            reading.short.get_or_insert_with(|| why.clone());
            reading.warn(why);
        }
    }
}

#[derive(Deserialize)]
struct Profile<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    controls: Vec<Control<'a>>,
}

#[derive(Deserialize)]
struct Control<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    title: Option<Str<'a>>,
    #[serde(default)]
    impact: Num,
    results: Option<Vec<Checked<'a>>>,
    waiver_data: Option<Waiver>,
}

#[derive(Deserialize)]
struct Waiver {
    skipped_due_to_waiver: Option<bool>,
}

#[derive(Deserialize)]
struct Checked<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    code_desc: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default)]
    run_time: Num,
}

impl Checked<'_> {
    fn outcome(&self) -> Outcome {
        match self.status.as_deref() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("skipped") => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }
}

impl Control<'_> {
    fn add(&self, tests: &mut Tests) {
        for result in self.results.iter().flatten() {
            let outcome = result.outcome();
            tests.add(outcome, || Case {
                name: text::said(&result.code_desc).unwrap_or_default(),
                suite: text::said(&self.id),
                file: None,
                outcome,
                duration_s: result.run_time.get(),
                message: result.message.as_deref().and_then(text::excerpt),
            });
        }
    }

    fn fails(&self) -> bool {
        let bad =
            |result: &Checked<'_>| matches!(result.outcome(), Outcome::Failed | Outcome::Errored);
        self.results.iter().flatten().any(bad)
    }

    fn finding(&self) -> Finding {
        let grade = match self.impact.get() {
            Some(impact) if impact >= 0.9 => Grade::Critical,
            Some(impact) if impact >= 0.7 => Grade::High,
            Some(impact) if impact >= 0.4 => Grade::Medium,
            Some(impact) if impact > 0.0 => Grade::Low,
            Some(_) => Grade::Info,
            None => Grade::Unknown,
        };
        let waived = self.waiver_data.as_ref().and_then(|waiver| waiver.skipped_due_to_waiver);
        Finding {
            rule: text::said(&self.id),
            title: self.title.as_deref().and_then(text::title),
            suppressed: waived == Some(true),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_profile_that_did_not_load_proves_nothing() {
        let held = r#"{"controls": [{"id": "a", "results": [{"status": "passed"}]}]"#;
        for (status, why) in [("loaded", ""), ("skipped", ""), ("failed", "1 suite failed to load")]
        {
            let report =
                |profiles: &str| format!(r#"{{"platform": {{}}, "profiles": [{profiles}]}}"#);
            let itself = report(&format!(r#"{held}, "name": "s", "status": "{status}"}}"#));
            let beside =
                format!(r#"{held}}}, {{"name": "t", "controls": [], "status": "{status}"}}"#);
            proves("inspec-json", &[(&itself, why), (&report(&beside), why)]);
        }
    }
}
