//! Tests that passed and asserted nothing, as PHPUnit counts it: of a run of such nothing was tested.

use super::attributes::Attributes;
use crate::facts::Outcome;
use crate::model::{Reading, Rule, counted};

/// Cases that passed, by what they say of their assertions.
#[derive(Default)]
pub(super) struct Risky {
    /// That there were none.
    none: u64,
    /// That there were some, or nothing.
    other: u64,
}

impl Risky {
    pub(super) fn note(&mut self, of: &Attributes<'_>, outcome: Outcome) {
        match (outcome, of.assertions) {
            (Outcome::Passed, Some(0)) => self.none += 1,
            (Outcome::Passed, _) => self.other += 1,
            _ => {}
        }
    }

    pub(super) fn settle(&self, reading: &mut Reading) {
        let none = counted(self.none, "test");
        match (self.none, self.other) {
            (0, _) => {}
            (_, 0) => {
                let why =
                    format!("None of {none} that passed made an assertion: nothing was tested.");
                reading.doubt(Rule::NothingRan, why);
            }
            _ => reading.warn(format!("{none} that passed made no assertion.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn tests_without_an_assertion_prove_nothing_together() {
        let case = |assertions: &str| format!(r#"<testcase name="a" assertions="{assertions}"/>"#);
        let skipped = r#"<testcase name="s" assertions="0"><skipped/></testcase>"#;
        let suite = |cases: &[&str]| format!("<testsuite name='s'>{}</testsuite>", cases.concat());
        let (none, some) = (case("0"), case("3"));
        proves(
            "junit",
            &[
                (&suite(&[&none, &none]), "None of 2 tests that passed made an assertion"),
                (&suite(&[&none, skipped]), "None of 1 test that passed made an assertion"),
                (&suite(&[&none, &some]), ""),
                (&suite(&[&some, skipped]), ""),
                (&suite(&[&none, r#"<testcase name="b"/>"#]), ""),
            ],
        );
        let told = reading("junit", &suite(&[&none, &some])).warnings;
        assert_eq!(told, ["1 test that passed made no assertion."]);
    }
}
