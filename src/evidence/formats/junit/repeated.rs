//! Tests that are listed as failed and, further on, as passed: attempts, where their writer says no
//! word of them, or tests that are called the same. Nothing tells the two apart, so both count.

use super::attributes::Attributes;
use crate::facts::Outcome;
use crate::model::map::{HashMap, HashSet};
use crate::model::{Reading, counted};

/// The most failed tests whose names are kept.
const MOST: usize = 10_000;

/// The tests that failed so far, by class and name, and how many of those passed later.
#[derive(Default)]
pub(super) struct Repeated {
    failed: HashMap<String, HashSet<String>>,
    kept: usize,
    passed: u64,
}

impl Repeated {
    /// Notes a test that ended.
    pub(super) fn note(&mut self, of: &Attributes<'_>, outcome: Outcome) {
        let [class, name] = [&of.class, &of.name].map(|text| text.as_deref().unwrap_or_default());
        match outcome {
            Outcome::Failed | Outcome::Errored if self.kept < MOST => {
                let names = self.failed.entry(class.to_owned()).or_default();
                self.kept += usize::from(names.insert(name.to_owned()));
            }
            Outcome::Passed => {
                let names = self.failed.get_mut(class);
                self.passed += u64::from(names.is_some_and(|names| names.remove(name)));
            }
            _ => {}
        }
    }

    /// Tells of them.
    pub(super) fn settle(&self, reading: &mut Reading) {
        if self.passed > 0 {
            let tests = counted(self.passed, "test");
            reading.warn(format!(
                "{tests} that failed passed under the same name: both count. Where a tool tries again, it can say so: of Gradle's test-retry `reports {{ junitXml {{ mergeReruns = true }} }}`."
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_failed_and_passed_under_one_name_counts_twice_and_is_told() {
        let failed =
            |name| format!(r#"<testcase classname="A" name="{name}"><failure/></testcase>"#);
        let passed = |name| format!(r#"<testcase classname="A" name="{name}"/>"#);
        let read = |cases: [String; 3]| {
            reading("junit", &format!("<testsuite name='A'>{}</testsuite>", cases.concat()))
        };
        for (cases, told) in [
            ([passed("pays"), failed("refunds"), passed("refunds")], true),
            ([passed("refunds"), failed("refunds"), passed("pays")], false),
            ([failed("refunds"), failed("refunds"), passed("pays")], false),
        ] {
            let text = cases.concat();
            let reading = read(cases);
            let said = reading.warnings.iter().any(|said| said.contains("mergeReruns"));
            assert_eq!(said, told, "{text}");
            assert!(reading.facts.tests.unwrap().failed > 0, "{text}");
        }
    }
}
