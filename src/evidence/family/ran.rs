//! Test reports that prove nothing: no case, none but skipped ones, suites that never loaded.

use crate::facts::Tests;
use crate::model::{Reading, Rule, counted, plural};

/// Puts the tests into the reading and doubts it where none ran.
pub(in crate::evidence) fn settle(reading: &mut Reading, mut tests: Tests) {
    tests.duration_s = tests.duration_s.filter(|seconds| seconds.is_finite());
    let (total, skipped) = (tests.total(), tests.skipped);
    if total == 0 {
        reading.doubt(Rule::NothingRan, "The report holds 0 tests.");
    } else if total == skipped {
        let why = match total {
            1 => "The only test was skipped.".to_owned(),
            _ => format!("All {} were skipped.", counted(total, "test")),
        };
        reading.doubt(Rule::NothingRan, why);
    }
    reading.facts.tests = Some(tests);
}

/// Doubts a reading of which some suites never loaded, so that their tests are in no count.
pub(in crate::evidence) fn suites_not_loaded(
    reading: &mut Reading,
    suites: u64,
    first: Option<&str>,
) {
    if suites == 0 {
        return;
    }
    let which = first.map_or_else(String::new, |name| format!(", the first {name}"));
    let why = format!("{} failed to load{which}: its tests never ran.", counted(suites, "suite"));
    let why = if suites == 1 { why } else { why.replace("its tests", "their tests") };
    reading.doubt(Rule::SuiteNotLoaded, why);
}

/// Whether GoogleTest skipped a test before it began: it gives one no time, which it writes in the
/// zone of the machine. What a test skips itself has the time at which that test began.
pub(in crate::evidence) fn never_began(
    status: Option<&str>,
    result: Option<&str>,
    timestamp: Option<&str>,
) -> bool {
    let is = |said: Option<&str>, word| said.is_some_and(|said| said.eq_ignore_ascii_case(word));
    let of_none = |time: &str| time.starts_with("1970-01-01") || time.starts_with("1969-12-31");
    is(status, "run") && is(result, "skipped") && timestamp.is_some_and(of_none)
}

/// Doubts a reading of so many tests that GoogleTest skipped before they began.
pub(in crate::evidence) fn never_begun(reading: &mut Reading, tests: u64, suite: Option<&str>) {
    if tests > 0 {
        let of = suite.map_or_else(String::new, |name| format!(", the first of {name}"));
        let (it, whose) = if tests == 1 { ("it", "its") } else { ("them", "their") };
        let tests = counted(tests, "test");
        let why = format!(
            "GoogleTest never began {tests}{of}: so it skips {it} where the set-up of {whose} suite failed."
        );
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

/// Tells of so many tests that failed, were said to, and are counted as passed; and doubts a reading
/// in which nothing else passed or failed.
pub(in crate::evidence) fn failed_as_said(reading: &mut Reading, tests: &Tests, as_said: u64) {
    if as_said == 0 {
        return;
    }
    let count = counted(as_said, "test");
    let (they, were) = if as_said == 1 { ("it", "was") } else { ("they", "were") };
    if as_said >= tests.passed && none_failed(tests) {
        let why = format!("{count} failed as {they} {were} said to, and none held.");
        reading.doubt(Rule::NothingRan, why);
    }
    reading.warn(format!("{count} failed as {they} {were} said to, and counted as passed."));
}

/// Whether none of the tests failed.
pub(in crate::evidence) fn none_failed(tests: &Tests) -> bool {
    tests.failed == 0 && tests.errored == 0
}

/// Warns where the header declares other figures than the cases give.
pub(in crate::evidence) fn compare(
    reading: &mut Reading,
    declared: Option<u64>,
    what: &str,
    counted: u64,
) {
    if let Some(declared) = declared.filter(|&declared| declared != counted) {
        let nouns = plural(2, what);
        let differ = format!("The header declares {declared} {nouns}; the report holds {counted}.");
        reading.short = (declared > counted).then(|| differ.clone());
        reading.warn(differ);
    }
}

/// Doubts a reading whose header declares more failures than its cases give: some are lost. The
/// failures that it does hold still refute.
pub(in crate::evidence) fn failures_lost(reading: &mut Reading, declared: Option<u64>, held: u64) {
    if let Some(declared) = declared.filter(|&declared| declared > held) {
        let failures = counted(declared, "failure");
        let why = format!("The header declares {failures}; the report holds {held}.");
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

/// The sum of the declared counts, where any is declared.
pub(in crate::evidence) fn declared<const N: usize>(counts: [Option<u64>; N]) -> Option<u64> {
    counts.into_iter().flatten().reduce(u64::saturating_add)
}

/// A number of seconds as tools write it: `1,234.5`, `1.234,5`, `0,5`, blank, `N/A`; negative ones
/// are none.
pub(in crate::evidence) fn seconds(text: &str) -> Option<f64> {
    let plain = text.trim();
    let parsed = match plain.rsplit_once(',') {
        None => plain.parse::<f64>(),
        Some((whole, part)) if is_decimal(whole, part) => {
            format!("{}.{part}", whole.replace('.', "")).parse()
        }
        Some(_) => plain.replace(',', "").parse(),
    };
    parsed.ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
}

/// Whether the last comma of a number stands before its decimals. Where it can as well stand before
/// thousands, as in `1,234`, it does: no limit holds by that.
fn is_decimal(whole: &str, part: &str) -> bool {
    let (group, rest) = part.split_once('.').unwrap_or((part, ""));
    let groups_of_three = group.len() == 3 && whole.len() <= 3 || whole.contains(',');
    let is_small = whole.trim_start_matches('0').is_empty();
    rest.is_empty() && !whole.contains(',') && (whole.contains('.') || is_small || !groups_of_three)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn failures_that_only_the_header_knows_are_no_pass() {
        let lost = "declares 1 failure; the report holds 0";
        for (format, text, why) in [
            (
                "mocha-json",
                r#"{"stats": {"passes": 1, "failures": 1}, "passes": [{"title": "a"}]}"#,
                lost,
            ),
            (
                "mochawesome",
                r#"{"stats": {"testsRegistered": 1, "failures": 1}, "results": [
                {"tests": [{"pass": true}]}]}"#,
                lost,
            ),
            (
                "ctrf",
                r#"{"results": {"tool": {"name": "x"}, "summary": {"tests": 1, "failed": 1},
                "tests": [{"name": "a", "status": "passed"}]}}"#,
                lost,
            ),
            (
                "playwright-json",
                r#"{"config": {"version": "1.40", "projects": []}, "stats": {"unexpected": 1}, "suites": [{"specs":
                [{"tests": [{"status": "expected"}]}]}]}"#,
                lost,
            ),
            (
                "trx",
                r#"<TestRun><Results><UnitTestResult outcome="Passed"/></Results><ResultSummary
                outcome="Completed"><Counters total="1" aborted="1"/></ResultSummary></TestRun>"#,
                lost,
            ),
            ("nunit", r#"<test-run failed="1"><test-case result="Passed"/></test-run>"#, lost),
            (
                "nunit",
                r#"<test-run result="Failed"><test-case result="Passed"/></test-run>"#,
                "ended as Failed",
            ),
            (
                "xunit",
                r#"<assemblies><assembly failed="1"><test result="Pass"/></assembly></assemblies>"#,
                lost,
            ),
            (
                "xunit",
                r#"<assemblies><assembly errors="2"><test result="Pass"/></assembly></assemblies>"#,
                "2 errors outside",
            ),
            (
                "pytest-json-report",
                r#"{"exitcode": 0, "root": "/", "summary": {"failed": 1, "total": 1, "collected": 1},
                "created": 1, "tests": [{"nodeid": "a", "outcome": "passed"}]}"#,
                lost,
            ),
            (
                "pytest-json-report",
                r#"{"exitcode": 1, "root": "/", "summary": {"total": 1, "collected": 1},
                "created": 1, "tests": [{"nodeid": "a", "outcome": "passed"}]}"#,
                "exit code 1",
            ),
            ("tap", "TAP version 13\nok 1 - a\nok 2 - b\n", "no plan"),
        ] {
            proves(format, &[(text, why)]);
        }
    }

    #[test]
    fn a_run_of_which_no_time_is_told_took_no_known_time() {
        let took = |format, text: &str| reading(format, text).facts.tests.unwrap().duration_s;
        let junit = |time: &str| {
            format!(
                "<testsuite name='a'><testcase name='b' {time}/><testcase name='c'/></testsuite>"
            )
        };
        let trx = |time: &str| {
            format!(
                "<TestRun><Results><UnitTestResult outcome='Passed' {time}/></Results></TestRun>"
            )
        };
        let nunit = |time: &str| {
            format!("<test-run><test-case name='a' result='Passed' {time}/></test-run>")
        };
        for (format, text, seconds) in [
            ("junit", junit(""), None),
            ("junit", junit("time=''"), None),
            ("junit", junit("time='1.5'"), Some(1.5)),
            ("junit", junit("time='0'"), Some(0.0)),
            ("trx", trx(""), None),
            ("trx", trx("duration='00:00:02'"), Some(2.0)),
            ("nunit", nunit(""), None),
            ("nunit", nunit("duration='2'"), Some(2.0)),
        ] {
            assert_eq!(took(format, &text), seconds, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        for (text, expected) in [
            ("1.5", Some(1.5)),
            ("1,234.5", Some(1234.5)),
            ("1,234,567", Some(1_234_567.0)),
            ("1,234", Some(1234.0)),
            ("1.234,5", Some(1234.5)),
            ("0,0387338", Some(0.038_733_8)),
            ("0,004", Some(0.004)),
            ("0,5", Some(0.5)),
            ("1234,5", Some(1234.5)),
            ("1234,567", Some(1234.567)),
            ("", None),
            ("-3", None),
            ("NaN", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }

    #[test]
    fn what_googletest_skipped_before_it_began_was_kept_from_running() {
        let case = |status: &str, result: &str, time: &str| {
            let xml = format!(
                r#"<testsuites name="AllTests" failures="0"><testsuite name="Db"><testcase name="a"/>
                <testcase name="b" status="{status}" result="{result}" timestamp="{time}" classname="Db"><skipped/>
                </testcase></testsuite></testsuites>"#
            );
            let [of_status, of_result] = [status, result].map(str::to_ascii_uppercase);
            let json = format!(
                r#"{{"tests": 2, "failures": 0, "disabled": 0, "testsuites": [{{"name": "Db", "testsuite": [
                {{"name": "a", "status": "RUN", "result": "COMPLETED"}},
                {{"name": "b", "status": "{of_status}", "result": "{of_result}", "timestamp": "{time}"}}]}}]}}"#
            );
            [("junit", xml), ("gtest-json", json)]
        };
        let lost = "never began 1 test, the first of Db";
        for (status, result, time, why) in [
            ("run", "skipped", "1970-01-01T00:00:00.000", lost),
            ("run", "skipped", "1969-12-31T19:00:00.000", lost),
            ("run", "skipped", "2026-11-26T12:52:37.992", ""),
            ("notrun", "suppressed", "1970-01-01T00:00:00.000", ""),
        ] {
            for (format, text) in case(status, result, time) {
                proves(format, &[(&text, why)]);
            }
        }
    }
}
