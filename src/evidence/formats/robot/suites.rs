//! Suites and their tear-downs, which take from the tests in them what those came to. Robot
//! Framework does so when it reads its output; the output itself keeps each test as it ended.

use crate::facts::{Case, Outcome};

/// How a tear-down ended, where that changes the tests of its suite.
pub(super) fn torn_down(status: &str) -> Option<Outcome> {
    match status {
        "FAIL" => Some(Outcome::Failed),
        "SKIP" => Some(Outcome::Skipped),
        _ => None,
    }
}

/// What a suite says of its tests where its tear-down ended so, and its own message is not there.
pub(super) fn why(teardown: Outcome) -> &'static str {
    match teardown {
        Outcome::Skipped => "Skipped in suite teardown",
        _ => "Suite teardown failed",
    }
}

/// A suite that is open, and the tests that ended in it and in those inside it.
#[derive(Default)]
pub(super) struct Suite {
    pub name: String,
    pub depth: usize,
    pub teardown: Option<Outcome>,
    pub message: Option<String>,
    pub cases: Vec<Case>,
}

impl Suite {
    /// Its tests, after its tear-down: one that passed ends as that did.
    pub(super) fn into_cases(mut self) -> Vec<Case> {
        let Some(teardown) = self.teardown else { return self.cases };
        let message = self.message.unwrap_or_else(|| why(teardown).to_owned());
        let passed = self.cases.iter_mut().filter(|case| case.outcome == Outcome::Passed);
        passed.for_each(|case| {
            case.outcome = teardown;
            case.message = Some(message.clone());
        });
        self.cases
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    /// A suite of one test that passed, one that failed and one that was skipped, in XML and JSON.
    fn outputs(inner: &str, outer: &str) -> [String; 2] {
        let xml_teardown = |status: &str| {
            let said = if status == "FAIL" { "gone" } else { "" };
            format!(
                r#"<kw name="T" type="TEARDOWN"><kw name="k"><status status="FAIL"/></kw>
                <status status="{status}"/></kw><status status="{status}">{said}</status>"#
            )
        };
        let xml_test =
            |status: &str| format!(r#"<test name="t"><status status="{status}"/></test>"#);
        let json_teardown = |status: &str| {
            let said = if status == "FAIL" { r#","message": "gone""# } else { "" };
            format!(r#""teardown": {{"name": "T", "status": "{status}"}} {said}"#)
        };
        let json_test = |status: &str| format!(r#"{{"name": "t", "status": "{status}"}}"#);
        let three = ["PASS", "FAIL", "SKIP"];
        let by = "Robot 7.5 (Python 3.12 on linux)";
        let xml = format!(
            r#"<robot generator="{by}"><suite name="O"><suite name="I">{}{}</suite>{}</suite></robot>"#,
            three.map(xml_test).concat(),
            xml_teardown(inner),
            xml_teardown(outer)
        );
        let json = format!(
            r#"{{"generator": "{by}", "suite": {{"name": "O", "suites": [{{"name": "I", "tests": [{}], {}}}], {}}},
            "statistics": {{"total": {{"fail": 0}}}}}}"#,
            three.map(json_test).join(","),
            json_teardown(inner),
            json_teardown(outer)
        );
        [xml, json]
    }

    #[test]
    fn tests_that_passed_end_as_the_tear_downs_around_them() {
        for (inner, outer, expected) in [
            ("PASS", "PASS", [1, 1, 1]),
            ("NOT RUN", "NOT RUN", [1, 1, 1]),
            ("FAIL", "PASS", [0, 2, 1]),
            ("PASS", "FAIL", [0, 2, 1]),
            ("FAIL", "FAIL", [0, 2, 1]),
            ("FAIL", "SKIP", [0, 2, 1]),
            ("SKIP", "PASS", [0, 1, 2]),
            ("SKIP", "FAIL", [0, 1, 2]),
        ] {
            for text in outputs(inner, outer) {
                let tests = reading("robot", &text).facts.tests.unwrap();
                assert_eq!([tests.passed, tests.failed, tests.skipped], expected, "{text}");
                let first = &tests.cases.entries()[0];
                assert_eq!(first.suite.as_deref(), Some("O.I"));
                let said = first.message.as_deref();
                let lost = first.outcome == crate::facts::Outcome::Failed;
                assert_eq!(said == Some("gone"), lost, "{said:?} of {text}");
            }
        }
    }
}
