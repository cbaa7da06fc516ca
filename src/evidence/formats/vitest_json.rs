//! `vitest --reporter=json`, which writes Jest's report.

use crate::evidence::family::jest;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct VitestJson;

impl Format for VitestJson {
    fn id(&self) -> &'static str {
        "vitest-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Vitest (`--reporter=json`)",
            recognised: "`numTotalTests` without the keys that only Jest writes",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`startTime`"),
            source: "https://vitest.dev/guide/reporters.html#json-reporter",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a file that failed to load; `success: false` without a failed test; snapshots that were written anew (`-u`).",
            blank: Blanks::NONE,
            notes: &[
                "A file that failed to load has status failed and no assertions: no test of it failed, and none ran.",
                "A test that is marked as one that fails (`test.fails`) and did is written as any that passed: nothing here tells the two apart, and what it is called by does not hold.",
                "`numTotalTestSuites` counts describe blocks; `suites` counts files.",
                "`success: false` without a failed test is a failure of the tool.",
                "An error outside of the tests (an unhandled rejection) ends the run with 1 and leaves `success: true`: let `collect` keep the exit code.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let vitest = |shape| jest::is_report(shape) && !jest::is_jest(shape);
        // Jest's own keys may stand behind a long list.
        Fit::sure(!sniff.partial && sniff.json().is_some_and(vitest))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some_and(jest::is_report)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        jest::read(input, self.id(), "Vitest")
    }
}
