//! Attempts at one test as fastlane's trainer writes them for Xcode: a case each, one behind the other,
//! of which the property `repetition` says which it is.

use super::case::OpenCase;
use crate::facts::Outcome;

/// Which attempt a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    First,
    Later,
}

impl Attempt {
    /// `First Run`, `Retry 1`, `Repetition 2 of 3`; a run on another device is no attempt.
    pub(super) fn of(value: &str) -> Option<Attempt> {
        let value = value.trim();
        if value == "First Run" {
            return Some(Attempt::First);
        }
        let counted = value.strip_prefix("Retry ").filter(|number| *number != "0");
        if counted.is_some_and(|number| number.parse::<u32>().is_ok()) {
            return Some(Attempt::Later);
        }
        let (number, _) = value.strip_prefix("Repetition ")?.split_once(" of ")?;
        let number = number.parse::<u32>().ok()?;
        Some(if number > 1 { Attempt::Later } else { Attempt::First })
    }
}

/// A case that ended, and how.
pub(super) type Ended<'a> = (OpenCase<'a>, Outcome);

/// The test of which attempts are read.
#[derive(Default)]
pub(super) struct Attempts<'a> {
    /// The last attempt that failed.
    failing: Option<Ended<'a>>,
    /// The last attempt, where it did not fail.
    last: Option<Ended<'a>>,
    passed: u32,
}

impl<'a> Attempts<'a> {
    /// Takes an attempt. The test before it comes back, where it is of another.
    pub(super) fn take(
        &mut self,
        attempt: Attempt,
        case: OpenCase<'a>,
        outcome: Outcome,
    ) -> Option<Ended<'a>> {
        let again = attempt == Attempt::Later && self.is_of(&case);
        let before = if again { None } else { self.settle() };
        match outcome {
            Outcome::Failed | Outcome::Errored => {
                (self.failing, self.last) = (Some((case, outcome)), None);
            }
            Outcome::Passed | Outcome::Skipped => {
                self.passed += u32::from(outcome == Outcome::Passed);
                self.last = Some((case, outcome));
            }
        }
        before
    }

    fn is_of(&self, case: &OpenCase<'_>) -> bool {
        let of = &case.attributes;
        self.last.as_ref().or(self.failing.as_ref()).is_some_and(|(known, _)| {
            (&known.attributes.class, &known.attributes.name) == (&of.class, &of.name)
        })
    }

    /// What the test comes to. A failure is taken back only by an attempt that passed and was the last:
    /// Xcode retries no further, so that where it went on it was to run each test so often, and one that
    /// failed once has failed.
    pub(super) fn settle(&mut self) -> Option<Ended<'a>> {
        let Attempts { failing, last, passed } = std::mem::take(self);
        match (failing, last) {
            (Some(_), Some((mut case, Outcome::Passed))) if passed == 1 => {
                case.passed_on_a_retry();
                Some((case, Outcome::Passed))
            }
            (failing, last) => failing.or(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    fn case(name: &str, value: &str, holds: &str) -> String {
        format!(
            r#"<testcase classname="T" name="{name}" time="1">{holds}<properties>
            <property name="repetition" value="{value}"/></properties></testcase>"#
        )
    }

    #[test]
    fn of_the_attempts_at_a_test_the_last_counts() {
        const FAILED: &str = r#"<failure message="no"/>"#;
        const SKIPPED: &str = r#"<skipped message="no"/>"#;
        let plain = r#"<testcase classname="T" name="pays" time="1"/>"#.to_owned();
        let run = |holds: &[&str]| -> String {
            let all = holds.len();
            let one = |(at, holds)| case("pays", &format!("Repetition {} of {all}", at + 1), holds);
            holds.iter().copied().enumerate().map(one).collect()
        };
        let retried = case("pays", "First Run", FAILED) + &case("pays", "Retry 1", "");
        let nested =
            format!("{}<testsuite name=\"u\">{}", case("pays", "First Run", FAILED), plain);
        for (cases, expected) in [
            (retried.clone(), (1, 0, 0, Some(1))),
            (retried + &plain, (2, 0, 0, Some(1))),
            (run(&[FAILED, FAILED, ""]), (1, 0, 0, Some(1))),
            (run(&[FAILED, FAILED]), (0, 1, 0, None)),
            (run(&["", FAILED]), (0, 1, 0, None)),
            (run(&[FAILED, "", ""]), (0, 1, 0, None)),
            (run(&["", FAILED, ""]), (0, 1, 0, None)),
            (run(&["", ""]), (1, 0, 0, None)),
            (run(&[FAILED, SKIPPED]), (0, 1, 0, None)),
            (run(&[SKIPPED, SKIPPED]), (0, 0, 1, None)),
            (case("a", "First Run", FAILED) + &case("b", "Retry 1", ""), (1, 1, 0, None)),
            (case("a", "First Run", FAILED) + &case("a", "First Run", ""), (1, 1, 0, None)),
            (case("a", "iPhone", FAILED) + &case("a", "iPad", ""), (1, 1, 0, None)),
            (nested + "</testsuite>", (1, 1, 0, None)),
        ] {
            let text =
                format!(r#"<testsuites><testsuite name="s">{cases}</testsuite></testsuites>"#);
            let tests = reading("junit", &text).facts.tests.unwrap();
            let found = (tests.passed, tests.failed, tests.skipped, tests.flaky);
            assert_eq!(found, expected, "{text}");
        }
    }
}
