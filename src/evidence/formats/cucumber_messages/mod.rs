//! Cucumber Messages: what Cucumber tells while it runs, an envelope a line.

mod case;
mod envelope;
mod run;

use self::run::Run;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::model::Reading;

pub(super) struct CucumberMessages;

impl Format for CucumberMessages {
    fn id(&self) -> &'static str {
        "cucumber-messages"
    }

    fn about(&self) -> About {
        About {
            tool: "Cucumber (`--format message`: cucumber-js, Cucumber-JVM, Ruby, Reqnroll)",
            recognised: "lines with an envelope: `meta` with `protocolVersion`, `pickle`, `testCaseStarted`, `testRunFinished`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`testRunStarted.timestamp`")
                .version("`meta.implementation.version`")
                .commit("`meta.ci.git.revision`"),
            source: "https://github.com/cucumber/messages/blob/main/messages.md",
            clean: "At least 1 scenario passed, none failed, and the run finished with success.",
            vacuous: "0 scenarios; all skipped, as `--dry-run` leaves them; a run that did not finish; a feature that did not parse; a run without success that no scenario explains.",
            blank: Blanks::NONE,
            notes: &[
                "A case is a scenario, or a row of an outline, by its last attempt; one that passed on a retry is flaky.",
                "A step that is undefined, ambiguous or pending makes its scenario errored, as in Cucumber's JSON; so does a step that tells of no end.",
                "A scenario without a step of its own is skipped, however well its hooks went, and so is one that never began.",
                "Cucumber-JVM says PASSED of each step of a dry run: its messages do not tell one from a run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        const MARKS: [&[&str]; 6] = [
            &["meta", "protocolVersion"],
            &["gherkinDocument", "comments"],
            &["pickle", "astNodeIds"],
            &["testCase", "pickleId"],
            &["testCaseStarted", "testCaseId"],
            &["testRunFinished", "timestamp"],
        ];
        let told = |shape: &Shape<'_>| MARKS.iter().any(|mark| shape.at(mark).is_some());
        Fit::sure(sniff.documents().iter().any(told))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut run = Run::new(input.tests());
        let between = input.documents(|envelope| run.take(envelope))?;
        between.settle(&mut reading);
        run.settle(&mut reading);
        Ok(reading)
    }
}

#[cfg(test)]
mod tests;
