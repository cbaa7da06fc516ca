//! jasmine-reporters, which writes specs that were left out (`--filter`, `fit`) as if they had passed.

use std::collections::BTreeMap;

use super::attributes::Attributes;
use crate::evidence::Broken;
use crate::evidence::xml::Tag;
use crate::facts::{Outcome, Tests};
use crate::model::{Reading, Rule, counted, plural};

/// Whether it wrote a suite below a root with those attributes.
pub(super) fn wrote(suite: &Tag<'_>, root: &BTreeMap<String, String>) -> Result<bool, Broken> {
    let (mut here, mut disabled, mut packaged) = (false, false, false);
    suite.attributes(|key, value| match key {
        "hostname" => here = value == "localhost",
        "disabled" => disabled = true,
        "package" => packaged = true,
        _ => {}
    })?;
    let of_root = root.contains_key("disabled") && !root.contains_key("name");
    Ok(of_root && here && disabled && !packaged)
}

/// Specs that took no time at all, of which nothing says that they ran.
#[derive(Default)]
pub(super) struct Instant(u64);

impl Instant {
    /// How a spec ended, as far as its suite shows it: one that was left out has the time `0`.
    pub(super) fn outcome(&mut self, of: &Attributes<'_>, outcome: Outcome) -> Outcome {
        if outcome != Outcome::Passed || of.time.as_deref() != Some("0") {
            return outcome;
        }
        self.0 += 1;
        Outcome::Skipped
    }

    /// Tells of them, and doubts a report in which no spec took any time.
    pub(super) fn settle(&self, reading: &mut Reading, tests: &Tests) {
        if self.0 == 0 {
            return;
        }
        if tests.total() == tests.skipped {
            let why = "No spec took any time, and jasmine-reporters writes so those that were left out \
                       (`--filter`, `fit`).";
            reading.doubt(Rule::NothingRan, why);
        }
        let (specs, are) = (counted(self.0, "spec"), plural(self.0, "is"));
        reading.warn(format!(
            "{specs} that took no time {are} skipped: jasmine-reporters writes so those that were left out."
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(times: &[&str]) -> String {
        let case = |time: &&str| format!(r#"<testcase classname="cart" name="t" time="{time}" />"#);
        let cases: String = times.iter().map(case).collect();
        format!(
            r#"<testsuites disabled="0" errors="0" failures="0" tests="{0}" time="0.002"><testsuite name="cart"
            timestamp="2026-11-20T10:00:00" hostname="localhost" time="0.002" errors="0" tests="{0}" skipped="0"
            disabled="0" failures="0">{cases}</testsuite></testsuites>"#,
            times.len()
        )
    }

    #[test]
    fn a_spec_without_any_time_may_have_been_left_out() {
        let counts = |text: &str| {
            let read = reading("junit", text);
            let tests = read.facts.tests.unwrap();
            (tests.passed, tests.skipped, read.warnings.len(), read.doubts.len())
        };
        assert_eq!(counts(&report(&["0.001", "0", "0"])), (1, 2, 1, 0));
        assert_eq!(counts(&report(&["0.001", "0.002"])), (2, 0, 0, 0));
        proves("junit", &[(&report(&["0", "0"]), "No spec took any time")]);
        // Others write so what ran.
        let other = report(&["0.001", "0"]).replace("localhost", "ci-7");
        assert_eq!(counts(&other), (2, 0, 0, 0));
        let packaged = report(&["0.001", "0"]).replace("hostname", r#"package="a" hostname"#);
        assert_eq!(counts(&packaged), (2, 0, 0, 0));
    }
}
