//! TRX, the results of `dotnet test` and Visual Studio.

use crate::evidence::family::cases::{self, Cases, Open};
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
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
            vacuous: "0 results; all not executed; a run that failed without a failed test.",
            blank: Blanks::NONE,
            notes: &[
                "Timeout and Aborted are failed, Error is errored, NotExecuted, NotRunnable and Inconclusive are skipped.",
                "The inner results of a data-driven test belong to it.",
                "A run that failed though no test did is a failure of the tool.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "TestRun"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut cases = Cases::new(input);
        let mut open: Option<Open> = None;
        let (mut summary, mut declared) = (None, [None; 5]);
        let (mut in_results, mut crashed) = (false, false);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let depth = xml.depth();
            match node {
                Node::Open(tag) => match (tag.name(), depth) {
                    ("Results", 2) => in_results = true,
                    (_, 3) if in_results => open = Some(result(&tag)?),
                    ("Times", _) => {
                        reading.produced_at =
                            tag.attribute("finish")?.map(|raw| ProducedAt::parse(&raw))
                    }
                    ("ResultSummary", _) => summary = tag.attribute("outcome")?,
                    ("RunInfo", _) => {
                        crashed |= tag.attribute("outcome")?.as_deref() == Some("Error");
                    }
                    ("Counters", _) => declared = counters(&tag)?,
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
        let mut tests = cases.tests;
        tests.duration_s = Some(cases.seconds);
        let [total, failures @ ..] = declared;
        ran::compare(&mut reading, total, "test", tests.total());
        let held = tests.failed + tests.errored;
        ran::failures_lost(&mut reading, ran::declared(failures), held);
        let failed = matches!(summary.as_deref(), Some("Failed" | "Error" | "Aborted" | "Timeout"));
        if failed && tests.failed + tests.errored == 0 && tests.total() > 0 {
            let why =
                format!("The run ended as {}, though no test failed.", summary.unwrap_or_default());
            reading.doubt(Rule::ToolFailed, why);
        }
        if crashed {
            reading.doubt(Rule::ToolFailed, "The run reports an error outside its tests.");
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// The total, and what it declares as failed.
fn counters(tag: &Tag<'_>) -> Result<[Option<u64>; 5], Broken> {
    let mut counts = [None; 5];
    tag.attributes(|key, value| {
        let at = ["total", "failed", "error", "timeout", "aborted"];
        let place = at.iter().position(|name| *name == key);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = value.trim().parse().ok();
        }
    })?;
    Ok(counts)
}

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
