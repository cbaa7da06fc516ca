//! pytest-rerunfailures, which writes a case for each attempt and calls those that failed passed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::attributes::Attributes;
use crate::facts::{Outcome, Tests};

/// The suite that pytest writes for a session, in which no two tests have one name.
pub(super) const PYTEST: &str = "pytest";

/// The cases that passed so far, by class and name, and whether each is counted as flaky.
#[derive(Default)]
pub(super) struct Reruns(BTreeMap<(String, String), bool>);

impl Reruns {
    /// Whether the case passed before: then that was an attempt, and what it counted for is taken
    /// back.
    pub(super) fn again(
        &mut self,
        of: &Attributes<'_>,
        outcome: Outcome,
        tests: &mut Tests,
    ) -> bool {
        let owned = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
        let key = (owned(&of.class), owned(&of.name));
        let before = self.0.remove(&key);
        if let Some(flaky) = before {
            tests.passed = tests.passed.saturating_sub(1);
            tests.flaky = tests.flaky.map(|count| count.saturating_sub(u64::from(flaky)));
        }
        if outcome == Outcome::Passed {
            self.0.insert(key, before.is_some());
        }
        before.is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn an_attempt_of_pytest_is_no_case() {
        let passed = r#"<testcase classname="t" name="pays"/>"#;
        let failed = r#"<testcase classname="t" name="pays"><failure>no</failure></testcase>"#;
        let other = r#"<testcase classname="t" name="refunds"/>"#;
        let next = r#"</testsuite><testsuite name="pytest">"#;
        for (suite, cases, expected) in [
            ("pytest", format!("{passed}{next}{passed}"), (2, 0, None)),
            ("pytest", format!("{passed}{other}"), (2, 0, None)),
            ("pytest", format!("{passed}{other}{passed}"), (2, 0, Some(1))),
            ("pytest", format!("{passed}{passed}{passed}"), (1, 0, Some(1))),
            ("pytest", format!("{passed}{other}{passed}{failed}"), (1, 1, Some(0))),
            ("pytest", format!("{passed}{failed}"), (0, 1, None)),
            ("other", format!("{passed}{passed}"), (2, 0, None)),
        ] {
            let text = format!(
                r#"<testsuites><testsuite name="{suite}">{cases}</testsuite></testsuites>"#
            );
            let tests = reading("junit", &text).facts.tests.unwrap();
            assert_eq!((tests.passed, tests.failed, tests.flaky), expected, "{text}");
        }
    }
}
