//! What load tools write as JUnit XML: goals that a run was to reach, and no tests.
//!
//! They hold of a run in which every request failed, too: a failure is fast.

use super::attributes::Attributes;
use crate::evidence::family::ran;
use crate::facts::Tests;
use crate::model::{Reading, Rule, counted};

/// How k6's jslib calls the suite of its thresholds, unless it is told otherwise.
const K6: &str = "k6 thresholds";

/// The tool one of whose goals a case is, which stands in a suite that is called `suite`.
pub(super) fn of(case: &Attributes<'_>, suite: &str) -> Option<&'static str> {
    let by_k6 = suite.trim().eq_ignore_ascii_case(K6)
        || case.time.is_none() && case.name.as_deref().is_some_and(is_threshold);
    // Gatling says of each assertion whether it held, and gives none a class.
    let by_gatling =
        case.class.is_none() && matches!(case.status.as_deref(), Some("true" | "false"));
    by_k6.then_some("k6").or(by_gatling.then_some("Gatling"))
}

/// `http_req_duration{name:pay} - p(95)<500`, as k6 spells a threshold.
fn is_threshold(name: &str) -> bool {
    const HOW: [&str; 8] = ["avg", "min", "med", "max", "p(", "rate", "count", "value"];
    let Some((metric, goal)) = name.split_once(" - ") else { return false };
    let metric = metric.split('{').next().unwrap_or_default();
    let is_metric = metric.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    let compares = ['<', '>', '='].iter().any(|sign| goal.contains(*sign));
    is_metric && !metric.is_empty() && compares && HOW.iter().any(|how| goal.starts_with(how))
}

/// The goals that held.
#[derive(Default)]
pub(super) struct Goals {
    tool: Option<&'static str>,
    count: u64,
}

impl Goals {
    /// Notes one that held.
    pub(super) fn note(&mut self, tool: &'static str) {
        self.tool = Some(tool);
        self.count += 1;
    }

    /// Tells of them, and doubts a report in which nothing else held and none failed.
    pub(super) fn settle(&self, reading: &mut Reading, tests: &Tests) {
        let Some(tool) = self.tool else { return };
        let count = counted(self.count, "case");
        let (is, it, holds) = if self.count == 1 {
            ("is a goal", "it", "holds")
        } else {
            ("are goals", "they", "hold")
        };
        let why = format!(
            "{count} {is} of {tool}, and no test: {it} {holds} of a run in which every request failed, too."
        );
        if self.count >= tests.passed && ran::none_failed(tests) {
            reading.doubt(Rule::NothingRan, format!("{why} Bind {tool}'s own report."));
        }
        reading.warn(why);
    }
}

#[cfg(test)]
mod tests {
    use super::is_threshold;
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Outcome;

    #[test]
    fn thresholds_of_k6_are_told_by_how_they_are_spelled() {
        for name in ["http_req_duration - p(95)<500", "checks{a:b} - rate > 0.9", "vus - value==3"]
        {
            assert!(is_threshold(name), "{name}");
        }
        for name in ["pays", "cart - counts items", "the cart - count > 3", "cart - sums a<b"] {
            assert!(!is_threshold(name), "{name}");
        }
    }

    #[test]
    fn goals_of_a_load_run_are_no_tests() {
        let k6 = |suite: &str, more: &str, inside: &str| {
            format!(
                r#"<testsuites tests="1"><testsuite name="{suite}" tests="1"><testcase
                name="http_req_duration - p(95)&lt;500"{more}>{inside}</testcase></testsuite></testsuites>"#
            )
        };
        let gatling = |held: bool, inside: &str| {
            format!(
                r#"<testsuite name="shop.Pay" tests="1" errors="0" time="0"><testcase name="Global: max of
                response time is less than 500.0" status="{held}" time="0">{inside}</testcase></testsuite>"#
            )
        };
        let none = "1 case is a goal of k6, and no test";
        proves(
            "junit",
            &[
                (&k6("k6 thresholds", "", ""), none),
                (&k6("k6 Thresholds", r#" time="0""#, ""), none),
                (&k6("load", "", ""), none),
                (&k6("load", r#" time="0.1""#, ""), ""),
                (&k6("k6 thresholds", "", "<failure/>"), ""),
                (&gatling(true, "<system-out>x</system-out>"), "1 case is a goal of Gatling"),
                (&gatling(false, "<failure/>"), ""),
                (&gatling(false, ""), ""),
            ],
        );
        assert_eq!(reading("junit", &gatling(false, "")).facts.tests.unwrap().failed, 1);
        // Beside tests it is told, and what it is called by does not hold.
        let beside = k6("k6 thresholds", "", "").replace(
            "</testsuites>",
            r#"<testsuite><testcase name="a"/></testsuite></testsuites>"#,
        );
        let read = reading("junit", &beside);
        assert_eq!(read.doubts, []);
        let tests = read.facts.tests.unwrap();
        let outcomes: Vec<Outcome> = tests.cases.entries().iter().map(|of| of.outcome).collect();
        assert_eq!(outcomes, [Outcome::Skipped, Outcome::Passed]);
    }
}
