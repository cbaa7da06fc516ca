//! TRX, the results of `dotnet test` and Visual Studio.

use crate::evidence::count::OddCounts;
use crate::evidence::family::cases::{self, Cases, Open};
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Outcome;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Trx;

impl Format for Trx {
    fn id(&self) -> &'static str {
        "trx"
    }

    fn about(&self) -> About {
        About {
            tool: "Visual Studio, dotnet test (TRX)",
            recognised: "the root element `TestRun`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`finish` of `Times`"),
            source: "https://learn.microsoft.com/en-us/visualstudio/test/vstest-console-options",
            clean: "At least 1 result passed and none failed.",
            vacuous: "0 results; all not executed; a run that failed without a failed test; one that is in progress, or was aborted.",
            blank: Blanks::NONE,
            notes: &[
                "Timeout and Aborted are failed, Error is errored, NotExecuted, NotRunnable and Inconclusive are skipped.",
                "The inner results of a data-driven test belong to it.",
                "A run that failed though no test did is a failure of the tool. `PassedButRunAborted`, of a result or of the run, is of one that was aborted.",
                "The warnings of the run (`No test is available in …`) are told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        // CppUnit calls its root so too, without a namespace.
        let parts = ["Results", "ResultSummary", "TestDefinitions", "Times"];
        Fit::sure(sniff.xml().is_some_and(|root| {
            root.name == "TestRun"
                && (root.namespace.is_some() || parts.iter().any(|part| root.has_child(part)))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut cases = Cases::new(input);
        let mut open: Option<Open> = None;
        let (mut summary, mut declared) = (None, [None; 5]);
        let (mut in_results, mut crashed, mut aborted) = (false, false, false);
        let (mut warns, mut odd) = (false, OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let depth = xml.depth();
            match node {
                Node::Open(tag) => match (tag.name(), depth) {
                    ("Results", 2) => in_results = true,
                    (_, 3) if in_results => {
                        aborted |=
                            tag.attribute("outcome")?.as_deref() == Some("PassedButRunAborted");
                        open = Some(result(&tag)?);
                    }
                    ("Times", _) => {
                        reading.produced_at =
                            tag.attribute("finish")?.map(|raw| ProducedAt::parse(&raw))
                    }
                    ("ResultSummary", _) => summary = tag.attribute("outcome")?,
                    ("RunInfo", _) => {
                        let outcome = tag.attribute("outcome")?;
                        crashed |= outcome.as_deref() == Some("Error");
                        warns = outcome.as_deref() == Some("Warning");
                    }
                    ("Text", _) if warns => {
                        let said = text::title(&xml.content()?).unwrap_or_default();
                        reading.warn(format!("The run warns: {said}"));
                    }
                    ("Counters", _) => {
                        declared = tag.declared_counts(COUNTERS, &mut odd)?;
                    }
                    ("Message" | "StackTrace", _) => {
                        if let Some(open) = &mut open {
                            let said = xml.content()?;
                            let known = open.message.take().unwrap_or_default();
                            open.message = Some(format!("{known}\n{said}"));
                        }
                    }
                    _ => {}
                },
                Node::Close(end) if end.is("Results") && depth == 1 => in_results = false,
                Node::Close(_) if in_results && depth == 2 => {
                    open.take().into_iter().for_each(|case| cases.add(case));
                }
                Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        let mut tests = cases.tests;
        tests.duration_s = cases.seconds;
        let [total, failures @ ..] = declared;
        ran::compare(&mut reading, total, "test", tests.total());
        let held = tests.failed + tests.errored;
        ran::failures_lost(&mut reading, ran::declared(failures), held);
        let failed_none = held == 0 && tests.total() > 0;
        doubt_end(&mut reading, summary.as_deref().unwrap_or_default(), aborted, failed_none);
        if crashed {
            reading.doubt(Rule::ToolFailed, "The run reports an error outside its tests.");
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// Doubts a run by the word for how it ended: `failed_none` of its tests, or it did not end.
fn doubt_end(reading: &mut Reading, word: &str, aborted: bool, failed_none: bool) {
    if failed_none && matches!(word, "Failed" | "Error" | "Aborted" | "Timeout") {
        let why = format!("The run ended as {word}, though no test failed.");
        reading.doubt(Rule::ToolFailed, why);
    }
    let aborted = aborted || word == "PassedButRunAborted";
    if aborted || matches!(word, "InProgress" | "Pending" | "Disconnected" | "NotExecuted") {
        let how = if aborted { "aborted" } else { word };
        let why = format!("The run did not come to its end: it is {how}.");
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

/// The total, and what it declares as failed.
const COUNTERS: [&str; 5] = ["total", "failed", "error", "timeout", "aborted"];

fn result(tag: &Tag<'_>) -> Result<Open, Broken> {
    let mut open = Open::default();
    tag.attributes(|key, value| match key {
        "testName" => open.name = value.into_owned(),
        "duration" => open.seconds = cases::clock(&value),
        "outcome" => {
            open.outcome = Some(match &*value {
                "Passed" | "PassedButRunAborted" | "Completed" | "Warning" => Outcome::Passed,
                "Failed" | "Timeout" | "Aborted" => Outcome::Failed,
                "NotExecuted" | "NotRunnable" | "Inconclusive" | "Disconnected" | "Pending"
                | "InProgress" => Outcome::Skipped,
                _ => Outcome::Errored,
            });
        }
        _ => {}
    })?;
    Ok(open)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn run(summary: &str, outcome: &str, info: &str) -> String {
        format!(
            r#"<TestRun><Results><UnitTestResult testName="a" outcome="{outcome}"/></Results>
            <ResultSummary outcome="{summary}"><RunInfos>{info}</RunInfos></ResultSummary></TestRun>"#
        )
    }

    #[test]
    fn a_run_that_did_not_come_to_its_end_proves_nothing() {
        proves(
            "trx",
            &[
                (&run("Completed", "Passed", ""), ""),
                (&run("InProgress", "Passed", ""), "it is InProgress"),
                (&run("Completed", "PassedButRunAborted", ""), "it is aborted"),
                (&run("PassedButRunAborted", "Passed", ""), "it is aborted"),
                (&run("NotExecuted", "Passed", ""), "it is NotExecuted"),
                (&run("Passed", "Passed", ""), ""),
            ],
        );
    }

    #[test]
    fn what_the_run_warns_of_is_told() {
        let info =
            r#"<RunInfo outcome="Warning"><Text>No test is available in b.dll</Text></RunInfo>"#;
        let text = run("Completed", "Passed", info);
        let warnings = reading("trx", &text).warnings;
        assert_eq!(warnings, ["The run warns: No test is available in b.dll"]);
        proves("trx", &[(&text, "")]);
    }
}
