//! `failsafe-summary.xml`, which Maven Failsafe writes beside its reports: how the run ended.

use crate::evidence::count::OddCounts;
use crate::evidence::xml::Node;
use crate::evidence::{Broken, Input, text};
use crate::model::{Reading, Rule, counted};

/// The root element.
pub(super) const ROOT: &str = "failsafe-summary";

/// Reads the summary. Its cases stand in the reports beside it, so it carries none; what it knows of
/// a failure it tells.
pub(super) fn read(input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
    reading.tool = Some("Maven Failsafe".to_owned());
    let mut summary = Summary::default();
    let mut odd = OddCounts::default();
    let mut xml = input.xml();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            ROOT => {
                summary.result = tag.attribute("result")?;
                summary.timed_out = tag.attribute("timeout")?.as_deref() == Some("true");
            }
            "failures" | "errors" => {
                let count = xml.content()?;
                let count = odd.take(&count, || tag.place()).unwrap_or(0);
                summary.failed = summary.failed.saturating_add(count);
            }
            "failureMessage" => summary.said = text::title(&xml.content()?),
            _ => {}
        }
    }
    odd.refuse()?;
    if let Some(why) = summary.trouble() {
        let said = summary.said.map_or_else(String::new, |said| format!(" It says: {said}"));
        reading.doubt(Rule::SuiteNotLoaded, format!("{why}{said}"));
    }
    Ok(reading)
}

#[derive(Default)]
struct Summary {
    /// `null` or 0 where all is well, 255 where not, 254 where there was no test.
    result: Option<String>,
    timed_out: bool,
    failed: u64,
    said: Option<String>,
}

impl Summary {
    /// What it says against the run.
    fn trouble(&self) -> Option<String> {
        let result = self.result.as_deref().map(str::trim).unwrap_or_default();
        if self.timed_out {
            Some("Failsafe ran out of time.".to_owned())
        } else if self.failed > 0 {
            Some(format!("Failsafe counts {}.", counted(self.failed, "failure")))
        } else if !matches!(result, "" | "0" | "null") {
            Some(format!("Failsafe ended with result {result}."))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_summary_carries_no_case_and_tells_of_failures() {
        let summary = |attributes: &str, failures: u64, said: &str| {
            format!(
                "<failsafe-summary {attributes}><completed>3</completed><errors>0</errors>\
                <failures>{failures}</failures><skipped>0</skipped>{said}</failsafe-summary>"
            )
        };
        let said = "<failureMessage>The forked VM terminated.</failureMessage>";
        let good = summary(r#"result="null" timeout="false""#, 0, "<failureMessage/>");
        assert_eq!(reading("junit", &good).facts.carried(), [""; 0]);
        for (text, why) in [
            (good, ""),
            (summary(r#"result="0""#, 0, ""), ""),
            (summary(r#"result="255" timeout="true""#, 0, ""), "ran out of time"),
            (summary(r#"result="255""#, 0, said), "result 255. It says: The forked VM terminated."),
            (summary(r#"result="255""#, 2, ""), "counts 2 failures"),
            (summary(r#"result="254""#, 0, ""), "result 254"),
        ] {
            proves("junit", &[(&text, why)]);
        }
    }
}
