//! `inspec exec --reporter json`, and cinc-auditor's: profiles and their controls.

use std::collections::BTreeMap;

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
                "A control without results, or of which a check was skipped, is counted in `findings.unchecked`; not so one that its profile leaves aside (`only_if`, an impact of 0) or that is waived.",
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
        findings.unchecked = Some(report.unchecked());
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
    /// Controls that nothing was checked of, or not all. Of one that a profile takes over from another
    /// the results stand in one of the two.
    fn unchecked(&self) -> u64 {
        let mut left: BTreeMap<String, bool> = BTreeMap::new();
        let loaded = self.profiles.iter().filter(|of| of.status.as_deref() != Some("skipped"));
        for control in loaded.flat_map(|profile| &profile.controls) {
            let Some(checked) = control.was_checked() else { continue };
            *left.entry(text::said(&control.id).unwrap_or_default()).or_default() |= checked;
        }
        left.into_values().filter(|checked| !checked).count() as u64
    }

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
    skip_message: Option<Str<'a>>,
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

    /// Whether each of its checks was made; `None` where the control is not for this system, by its
    /// profile (`only_if`, an impact of 0), or is waived.
    fn was_checked(&self) -> Option<bool> {
        let results = || self.results.iter().flatten();
        let is_idle = |result: &Checked<'_>| {
            let told = result.skip_message.as_deref().unwrap_or_default();
            told.starts_with("Skipped control due to")
        };
        let left_aside = self.waived() || self.impact.get() == Some(0.0) || results().any(is_idle);
        let made = |result: &Checked<'_>| result.outcome() != Outcome::Skipped;
        (!left_aside).then(|| results().next().is_some() && results().all(made))
    }

    fn waived(&self) -> bool {
        let waiver = self.waiver_data.as_ref();
        waiver.and_then(|waiver| waiver.skipped_due_to_waiver) == Some(true)
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
        Finding {
            rule: text::said(&self.id),
            title: self.title.as_deref().and_then(text::title),
            suppressed: self.waived(),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_control_that_could_not_be_checked_is_unchecked() {
        let control = |id: &str, impact: &str, more: &str, results: &str| {
            format!(r#"{{"id": "{id}", "impact": {impact}{more}, "results": [{results}]}}"#)
        };
        let passed = r#"{"status": "passed"}"#;
        let skipped = |why: &str| format!(r#"{{"status": "skipped", "skip_message": "{why}"}}"#);
        let missing = skipped("Can't find file: /etc/ssh/sshd_config");
        let idle = skipped("Skipped control due to only_if condition: no container");
        let waived = r#", "waiver_data": {"skipped_due_to_waiver": true}"#;
        let good = control("good", "1.0", "", passed);
        for (inside, unchecked) in [
            (control("a", "1.0", "", passed), 0),
            (control("a", "1.0", "", &missing), 1),
            (control("a", "1.0", "", &format!("{passed}, {missing}")), 1),
            (control("a", "1.0", "", ""), 1),
            (control("a", "1.0", "", &idle), 0),
            (control("a", "0.0", "", &missing), 0),
            (control("a", "1.0", waived, &missing), 0),
            (control("good", "1.0", "", ""), 0),
        ] {
            let profiles = format!(
                r#"{{"name": "base", "status": "loaded", "controls": [{good}]}},
                {{"name": "own", "status": "loaded", "controls": [{inside}]}}"#
            );
            let read = reading(
                "inspec-json",
                &format!(r#"{{"platform": {{}}, "profiles": [{profiles}]}}"#),
            );
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{inside}");
        }
    }

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
