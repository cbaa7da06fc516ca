//! Dry runs of Mocha, in reports that say nothing of them.

use crate::facts::Tests;
use crate::model::{Reading, Rule};

/// Doubts a reading of Mocha whose tests all hold and took no time, unless something else shows that
/// they ran: `--dry-run` lists them so, and in most reports a run of tests that take less than a
/// millisecond looks the same.
pub(in crate::evidence) fn dry(reading: &mut Reading, tests: &Tests, ran: bool) {
    if !ran && tests.passed > 0 && tests.failed + tests.errored == 0 {
        let why = "No test took any time, as after a dry run of Mocha, which runs none. Its reporter \
                   `json` tells the two apart.";
        reading.doubt(Rule::NothingRan, why);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    /// The reports of a test that took so many milliseconds, and how it ended.
    fn reports(millis: u64, failed: bool) -> [(&'static str, String); 3] {
        let [passes, failures] = [u64::from(!failed), u64::from(failed)];
        let word = if failed { "failed" } else { "passed" };
        let failure = if failed { "<failure/>" } else { "" };
        let awesome = format!(
            r#"{{"stats": {{"testsRegistered": 1, "failures": {failures}}}, "results": [{{"tests":
            [{{"title": "a", "duration": {millis}, "state": "{word}"}}]}}]}}"#
        );
        let ctrf = format!(
            r#"{{"results": {{"tool": {{"name": "mocha"}}, "summary": {{"tests": 1, "passed": {passes},
            "failed": {failures}}}, "tests": [{{"name": "a", "status": "{word}", "duration": {millis}}}]}}}}"#
        );
        let junit = format!(
            r#"<testsuite name="Mocha Tests" tests="1" failures="{failures}" time="0.002"><testcase
            classname="s" name="a" time="0.00{millis}">{failure}</testcase></testsuite>"#
        );
        [("mochawesome", awesome), ("ctrf", ctrf), ("junit", junit)]
    }

    #[test]
    fn tests_that_took_no_time_may_have_been_listed_by_a_dry_run() {
        for (millis, failed, why) in
            [(0, false, "a dry run of Mocha"), (1, false, ""), (0, true, "")]
        {
            for (format, text) in reports(millis, failed) {
                proves(format, &[(&text, why)]);
            }
        }
        let [_, (_, ctrf), (_, junit)] = reports(0, false);
        proves("ctrf", &[(&ctrf.replace("mocha", "jest"), "")]);
        proves("junit", &[(&junit.replace("Mocha Tests", "tests"), "")]);
    }
}
