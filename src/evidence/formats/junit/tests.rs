//! Reports of JUnit that say less than they seem to.

use crate::evidence::tests::{format_of, proves, reading};
use crate::facts::Outcome;

const A: &str = r#"<testcase name="a"/>"#;

fn suites(inside: &str) -> String {
    format!("<testsuites>{inside}</testsuites>")
}

#[test]
fn what_a_header_declares_and_no_case_shows_is_not_lost() {
    let whole = format!(r#"<testsuite tests="1" failures="0">{A}</testsuite>"#);
    proves(
        "junit",
        &[
            (&suites(&whole), ""),
            (&suites(&format!(r#"{whole}<testsuite name="b" tests="3"/>"#)), "the first b"),
            (&suites(&format!(r#"{whole}<testsuite tests="3" skipped="2" disabled="1"/>"#)), ""),
            (
                &suites(&format!(
                    r#"{whole}<testsuite tests="1"><testsuite tests="1" name="in"/></testsuite>"#
                )),
                "1 suite failed to load, the first in",
            ),
            (
                &suites(&format!(r#"<testsuite tests="2" failures="1">{A}</testsuite>"#)),
                "declares 1 failure",
            ),
            (&suites(&format!(r#"<testsuite tests="2" errors="2">{A}</testsuite>"#)), "holds 0"),
            (&format!(r#"<testsuites failures="1">{whole}</testsuites>"#), "declares 1 failure"),
            (
                &suites(&format!(
                    r#"<testsuite tests="2" failures="1"><testsuite>{A}</testsuite></testsuite>"#
                )),
                "declares 1 failure",
            ),
            (
                &suites(&format!(
                    r#"<testsuite failures="1"><testcase name="b"><rerunFailure/></testcase>{A}</testsuite>"#
                )),
                "",
            ),
        ],
    );
}

#[test]
fn what_check_writes_is_no_junit() {
    let of = |namespace: &str| format!("<testsuites {namespace}><suite/></testsuites>");
    assert_eq!(format_of(&of("xmlns='http://check.sourceforge.net/ns'")), None);
    assert_eq!(format_of(&of("")), Some("junit"));
}

#[test]
fn a_failure_outside_the_cases_is_heard() {
    for element in ["<error message='x'/>", "<failure>x</failure>"] {
        for text in [
            format!("<testsuite>{A}{element}</testsuite>"),
            suites(&format!("<testsuite>{A}</testsuite>{element}")),
        ] {
            proves("junit", &[(&text, "1 failure outside its cases")]);
        }
    }
}

#[test]
fn an_element_counts_by_its_name_as_a_word_of_a_status_does() {
    let catch2 = r#"<skipped message="TEST_CASE tagged with !mayfail"/><failure message="x"/>"#;
    for (inside, counts) in [
        ("<skip>not now</skip>", [0, 0, 0, 1]),
        ("<ignored/>", [0, 0, 0, 1]),
        ("<pending/>", [0, 0, 0, 1]),
        ("<incomplete/>", [0, 0, 1, 0]),
        ("<properties/>", [1, 0, 0, 0]),
        ("<system-out>x</system-out>", [1, 0, 0, 0]),
        (catch2, [0, 0, 0, 1]),
    ] {
        let text =
            suites(&format!(r#"<testsuite><testcase name="a">{inside}</testcase></testsuite>"#));
        let tests = reading("junit", &text).facts.tests.unwrap();
        let told = [tests.passed, tests.failed, tests.errored, tests.skipped];
        assert_eq!(told, counts, "{inside}");
    }
}

#[test]
fn a_case_may_tell_its_outcome_in_an_attribute() {
    for (attributes, counts) in [
        (r#"status="failed""#, [0, 1, 0, 0]),
        (r#"result="Failed""#, [0, 1, 0, 0]),
        (r#"status="ERROR""#, [0, 0, 1, 0]),
        (r#"status="Canceled""#, [0, 0, 1, 0]),
        (r#"status="untested""#, [0, 0, 0, 1]),
        (r#"result="aborted""#, [0, 0, 1, 0]),
        (r#"status="failed" result="skipped""#, [0, 1, 0, 0]),
        (r#"status="notrun" result="suppressed""#, [0, 0, 0, 1]),
        (r#"status="run" result="completed""#, [1, 0, 0, 0]),
    ] {
        let text = format!(r#"<testsuite><testcase name="a" {attributes}/></testsuite>"#);
        let tests = reading("junit", &text).facts.tests.unwrap();
        let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
        assert_eq!(seen, counts, "{attributes}");
    }
}

#[test]
fn a_case_in_a_case_is_counted_and_so_is_the_outer_one() {
    let text = r#"<testsuite><testcase name="out"><testcase name="in"><failure/></testcase>
        <error/></testcase></testsuite>"#;
    let tests = reading("junit", text).facts.tests.unwrap();
    assert_eq!((tests.failed, tests.errored, tests.total()), (1, 1, 2));
}

#[test]
fn the_oldest_time_of_any_suite_is_the_reports() {
    let old = format!(r#"<testsuite timestamp="2026-01-02T03:04:05Z">{A}</testsuite>"#);
    let new = format!(r#"<testsuite timestamp="2026-11-22T10:00:00Z">{A}</testsuite>"#);
    for root in ["2026-11-22T10:00:00Z", "yesterday", ""] {
        let text = format!(r#"<testsuites timestamp="{root}">{new}{old}{new}</testsuites>"#);
        let made = reading("junit", &text).produced_at.unwrap();
        assert_eq!(made.raw, "2026-01-02T03:04:05Z", "{root}");
    }
}

#[test]
fn a_list_of_googletest_ran_none() {
    let report = |root: &str, case: &str| {
        format!(
            r#"<testsuites tests="1" name="AllTests"{root}><testsuite name="B" tests="1"><testcase
            name="I" file="a.cc" line="4"{case}/></testsuite></testsuites>"#
        )
    };
    proves(
        "junit",
        &[
            (&report("", ""), "none ran"),
            (&report(r#" failures="0""#, ""), ""),
            (&report("", r#" time="0.1""#), ""),
            (&report("", r#" status="run""#), ""),
        ],
    );
}

#[test]
fn what_a_run_left_behind_when_it_was_cut_off_has_not_passed() {
    // As pytest closes the case in which it was interrupted.
    let text = suites(&format!(
        r#"<testsuite name="pytest" tests="1">{A}<testcase time="0.000"/></testsuite>"#
    ));
    assert_eq!(reading("junit", &text).facts.tests.unwrap().errored, 1);
    // As Playwright writes what it did not come to, and what somebody skipped.
    let playwright = |inside: &str| {
        format!(
            r#"<testsuites id="" name="web" tests="2" failures="0" skipped="1"><testsuite name="a.spec.ts">{A}
            <testcase name="b" classname="a.spec.ts">{inside}<skipped></skipped></testcase></testsuite></testsuites>"#
        )
    };
    let skipped = |word: &str| {
        playwright(&format!(r#"<properties><property name="{word}" value=""/></properties>"#))
    };
    proves(
        "junit",
        &[
            (&playwright(""), "Playwright ended before 1 test"),
            (&skipped("skip"), ""),
            (&skipped("fixme"), ""),
            (&skipped("slow"), "Playwright ended before 1 test"),
        ],
    );
}

#[test]
fn what_playwright_was_told_will_fail_is_counted_as_passed_and_holds_nothing() {
    let report = |first: &str, root: &str| {
        format!(
            r#"<testsuites {root} name="web" tests="2" failures="0"><testsuite name="a.spec.ts">{first}
            <testcase name="b" classname="a.spec.ts" time="1"><properties><property name="fail" value="">
            </property></properties></testcase></testsuite></testsuites>"#
        )
    };
    let honest = reading("junit", &report(A, r#"id="""#));
    assert!(honest.warnings.iter().any(|told| told.contains("1 test failed as it was said to")));
    assert_eq!(honest.doubts, []);
    let tests = honest.facts.tests.unwrap();
    assert_eq!((tests.passed, tests.skipped), (2, 0));
    let outcomes: Vec<Outcome> = tests.cases.entries().iter().map(|case| case.outcome).collect();
    assert_eq!(outcomes, [Outcome::Passed, Outcome::Skipped]);
    let alone = report("", r#"id="""#).replace(r#"tests="2""#, r#"tests="1""#);
    proves("junit", &[(&alone, "none held"), (&alone.replace(r#"id="" "#, ""), "")]);
}

#[test]
fn a_report_of_trueups_own_is_no_report_of_tests() {
    let gate = |class: &str| {
        suites(&format!(
            r#"<testsuite name="gate" tests="1"><testcase name="gate" classname="{class}"/></testsuite>
            <testsuite name="docs/RELEASE.md" tests="1">{A}</testsuite>"#
        ))
    };
    proves("junit", &[(&gate("trueup"), "trueup wrote it"), (&gate("shop"), "")]);
}

#[test]
fn a_header_that_counts_fewer_tests_than_passed_denies_them() {
    let report = |name: &str, tests: u64, cases: &str| {
        suites(&format!(r#"<testsuite name="{name}" tests="{tests}">{cases}</testsuite>"#))
    };
    let b = r#"<testcase name="b"/>"#;
    let skipped = r#"<testcase name="s"><skipped/></testcase>"#;
    let both = format!("{A}{b}");
    let (none, one) = ("pytest counts 0 tests, and lists 2", "pytest counts 1 test, and lists 2");
    proves(
        "junit",
        &[
            (&report("pytest", 0, &both), none),
            (&report("pytest", 1, &both), one),
            (&report("pytest", 2, &both), ""),
            (&report("pytest", 1, &format!("{A}{skipped}")), ""),
            // An attempt of pytest-rerunfailures.
            (&report("pytest", 1, &format!("{A}{A}")), ""),
            (&report("other", 1, &both), ""),
            (&report("other", 0, A), "other counts 0 tests, and lists 1"),
            (&report("other", 0, &format!(r#"<testsuite tests="1">{A}</testsuite>"#)), ""),
        ],
    );
    // A failure still refutes.
    let failed = report("pytest", 0, r#"<testcase name="f"><failure/></testcase>"#);
    assert_eq!(reading("junit", &failed).doubts, []);
}

#[test]
fn a_dry_run_of_rspec_ran_no_example() {
    let report = |suite: &str, times: [&str; 3]| {
        let cases = times.map(|time| format!(r#"<testcase name="{time}" time="{time}"/>"#));
        format!(r#"<testsuite name="{suite}" time="0.1">{}</testsuite>"#, cases.concat())
    };
    let (dry, real) = (["0.000011", "0.000002", "0.000002"], ["0.001270", "0.000029", "0.000025"]);
    let paused = ["0.004000", "0.000002", "0.000001"];
    let said = "listed by a dry run";
    for (suite, times, why) in
        [("rspec", dry, said), ("rspec2", paused, said), ("rspec", real, ""), ("other", dry, "")]
    {
        proves("junit", &[(&report(suite, times), why)]);
    }
}

#[test]
fn tests_to_do_of_jest_are_listed_and_did_not_run() {
    let report = |tests: u64, cases: &str| {
        format!(
            r#"<testsuites name="jest tests" tests="{tests}"><testsuite name="s" skipped="0"
            timestamp="2026-01-05T10:00:00" tests="{tests}">{cases}</testsuite></testsuites>"#
        )
    };
    let ran = r#"<testcase classname=" ok" name=" ok" time="0.002"/>"#;
    let fast = r#"<testcase classname=" quick" name=" quick" time="0"/>"#;
    let to_do = r#"<testcase classname=" isolated" name=" isolated" time="0"/>"#;
    for (tests, cases, expected) in [
        (1, format!("{ran}{to_do}"), (1, 1)),
        (2, format!("{ran}{fast}"), (2, 0)),
        // Which of the two nobody wrote cannot be told.
        (2, format!("{ran}{fast}{to_do}"), (3, 0)),
    ] {
        let read = reading("junit", &report(tests, &cases));
        let counted = read.facts.tests.unwrap();
        assert_eq!((counted.passed, counted.skipped), expected, "{cases}");
        assert_eq!(read.doubts, []);
        assert_eq!(read.warnings.len(), usize::from(expected.0 == 3), "{:?}", read.warnings);
        assert!(read.produced_at.unwrap().zoned, "jest-junit writes UTC");
    }
}

#[test]
fn deno_writes_what_it_did_not_come_to_as_skipped_without_a_time() {
    let report = |writer: &str, time: &str| {
        format!(
            r#"<testsuites name="{writer}"><testsuite name="./a_test.ts"><testcase name="a" time="0.001"/>
            <testcase name="b"{time}><skipped/></testcase></testsuite></testsuites>"#
        )
    };
    proves(
        "junit",
        &[
            (&report("deno test", ""), "Deno did not come to 1 test"),
            (&report("deno test", r#" time="0.000""#), ""),
            (&report("other", ""), ""),
        ],
    );
}

#[test]
fn mocha_declares_its_failures_twice() {
    let report = |failures: u64| {
        format!(
            r#"<testsuite name="Mocha Tests" tests="2" failures="{failures}" errors="{failures}" skipped="0" time="0.1">
            <testcase name="a" time="0.1"/><testcase name="b" time="0.1"><failure>no</failure></testcase></testsuite>"#
        )
    };
    let lost = "declares 2 failures; the report holds 1";
    proves("junit", &[(&report(1), ""), (&report(2), lost)]);
}

#[test]
fn where_all_cases_are_as_playwright_writes_them_it_is_the_tool() {
    let report = |root: &str, class: &str| {
        let case = format!(r#"<testcase name="pays" classname="{class}"/>"#);
        let suite = format!(r#"<testsuite name="pay.spec.ts">{case}</testsuite>"#);
        reading("junit", &format!("<testsuites {root}>{suite}</testsuites>")).tool
    };
    let own = r#"id="" name="""#;
    assert_eq!(report(own, "pay.spec.ts").as_deref(), Some("Playwright"));
    assert_eq!(report(own, "Pay"), None);
    assert_eq!(report("", "pay.spec.ts"), None);
}
