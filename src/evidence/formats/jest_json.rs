//! `jest --json`.

use crate::evidence::family::jest;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct JestJson;

impl Format for JestJson {
    fn id(&self) -> &'static str {
        "jest-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Jest (`--json`)",
            recognised: "`numTotalTests` beside `openHandles`, `numRuntimeErrorTestSuites` or `wasInterrupted`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`startTime`"),
            source: "https://jestjs.io/docs/cli#--json",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a suite that failed to load; an interrupted run; `success: false` without a failed test; snapshots that were written anew (`-u`).",
            blank: Blanks::NONE,
            notes: &[
                "A suite that failed to load has status failed and no assertions: no test of it failed, and none ran.",
                "A test that is marked as one that fails (`test.failing`) and did is counted as passed, as Jest counts it; among the cases it is skipped, for what it is called by does not hold. Where nothing else passed, the report proves nothing. Reports of Jest before 30 do not tell it.",
                "Pending and todo count as skipped; `suites` counts files.",
                "`success: false` without a failed test is a failure of the tool.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let jest = |shape| jest::is_report(shape) && jest::is_jest(shape);
        Fit::sure(sniff.json().is_some_and(jest))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some_and(jest::is_report)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        jest::read(input, self.id(), "Jest")
    }
}
