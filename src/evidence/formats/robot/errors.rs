//! What Robot Framework says of errors beside its tests.

use crate::evidence::text;
use crate::model::{Reading, Rule, counted};

/// The messages of level ERROR that stand beside the tests.
#[derive(Default)]
pub(super) struct Errors {
    count: u64,
    /// The first that tells of a section that was left out.
    section: Option<String>,
}

impl Errors {
    pub(super) fn add(&mut self, said: &str) {
        self.count += 1;
        let of_section =
            said.starts_with("Error in file ") && said.contains("Unrecognized section header");
        if of_section && self.section.is_none() {
            self.section = text::title(said);
        }
    }

    /// Warns of them; doubts a reading of which a section, and what tests stood in it, is missing.
    pub(super) fn tell(self, reading: &mut Reading) {
        if self.count > 0 {
            reading.warn(format!("Robot Framework reported {}.", counted(self.count, "error")));
        }
        if let Some(said) = self.section {
            let why = format!("Robot Framework left out a section, and the tests in it. {said}");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn tests_under_a_header_that_is_misspelt_are_lost() {
        let xml = |said: &str| {
            format!(
                r#"<robot generator="Robot 7.5 (Python 3.12 on linux)"><suite name="S"><test name="T">
                <status status="PASS"/></test></suite><errors><msg level="ERROR">{said}</msg></errors></robot>"#
            )
        };
        let json = |said: &str| {
            format!(
                r#"{{"generator": "Robot 7.5 (Python 3.12 on linux)", "suite": {{"name": "S", "tests":
                [{{"name": "T", "status": "PASS"}}]}}, "statistics": {{"total": {{"pass": 1, "fail": 0}}}},
                "errors": [{{"message": "{said}", "level": "ERROR"}}]}}"#
            )
        };
        let lost =
            "Error in file 'u.robot' on line 4: Unrecognized section header '*** Testcases ***'.";
        let import = "Error in file 'u.robot' on line 2: Importing library 'X' failed.";
        for (said, why) in [(lost, lost), (import, "")] {
            for text in [xml(said), json(said)] {
                proves("robot", &[(&text, why)]);
                assert_eq!(reading("robot", &text).warnings.len(), 1);
            }
        }
    }
}
