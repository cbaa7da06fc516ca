//! Logs of SARIF whose parts do not vouch for one another.

use crate::evidence::tests::{proves, reading};

fn log(runs: &[&str]) -> String {
    let run =
        |more: &&str| format!(r#"{{"tool": {{"driver": {{"name": "x"}}}}, "results": []{more}}}"#);
    let runs: Vec<String> = runs.iter().map(run).collect();
    format!(r#"{{"version": "2.1.0", "runs": [{}]}}"#, runs.join(","))
}

#[test]
fn an_invocation_that_failed_is_heard() {
    for (invocation, why) in [
        (r#""executionSuccessful": true"#, ""),
        (r#""executionSuccessful": true, "exitCode": 1"#, ""),
        (r#""exitCode": 0"#, ""),
        (r#""exitCode": 2"#, "not successful (exit code 2)"),
        (r#""executionSuccessful": null, "exitCode": 2"#, "exit code 2"),
        (r#""exitSignalName": "SIGKILL""#, "not successful"),
        (
            r#""executionSuccessful": true, "processStartFailureMessage": "no such file""#,
            "did not start: no such file",
        ),
        (
            r#""executionSuccessful": true, "toolConfigurationNotifications":
            [{"level": "error", "message": {"text": "no rules"}}]"#,
            "It says: no rules",
        ),
        (
            r#""executionSuccessful": true, "toolExecutionNotifications":
            [{"level": "warning", "message": {"text": "slow"}}]"#,
            "",
        ),
    ] {
        let text = log(&[&format!(r#", "invocations": [{{{invocation}}}]"#)]);
        proves("sarif", &[(&text, why)]);
    }
}

#[test]
fn a_conversion_that_failed_is_heard() {
    let text = log(&[r#", "conversion": {"invocation": {"executionSuccessful": false}}"#]);
    proves("sarif", &[(&text, "not successful")]);
}

#[test]
fn results_that_stand_elsewhere_are_missed() {
    for (refers, why) in [
        (r#"{"results": [{"location": {"uri": "a"}}]}"#, "stand in another file"),
        (r#"{"results": []}"#, ""),
        (r#"{"artifacts": [{"location": {"uri": "a"}}]}"#, ""),
    ] {
        let text = log(&[&format!(r#", "externalPropertyFileReferences": {refers}"#)]);
        proves("sarif", &[(&text, why)]);
    }
}

#[test]
fn one_run_does_not_vouch_for_another() {
    let of =
        |commit: &str| format!(r#", "versionControlProvenance": [{{"revisionId": "{commit}"}}]"#);
    for (runs, commit) in [
        ([of("a"), of("a")], Some("a")),
        ([of("a"), String::new()], None),
        ([String::new(), of("a")], None),
        ([of(""), of("a")], None),
        ([of(""), of("")], None),
    ] {
        let text = log(&[&runs[0], &runs[1]]);
        let reading = reading("sarif", &text);
        assert_eq!(reading.commit.as_deref(), commit, "{text}");
        assert_eq!(reading.doubts, [], "{text}");
    }
    proves("sarif", &[(&log(&[&of("a"), &of("b")]), "different commits")]);
    let two = |first: &str, second: &str| {
        let source =
            |of: &str, id: &str| format!(r#"{{"repositoryUri": "{of}", "revisionId": "{id}"}}"#);
        let both = [source(first, "a"), source(second, "b")].join(", ");
        log(&[&format!(r#", "versionControlProvenance": [{both}]"#)])
    };
    proves("sarif", &[(&two("x", "x"), "different commits"), (&two("x", "y"), "")]);
    assert_eq!(reading("sarif", &two("x", "y")).commit, None);
}

#[test]
fn the_oldest_run_tells_the_time() {
    let at = |time: &str| {
        format!(r#", "invocations": [{{"executionSuccessful": true, "endTimeUtc": "{time}"}}]"#)
    };
    let (old, new) = (at("2026-01-01T00:00:00Z"), at("2026-11-22T00:00:00Z"));
    for runs in [[&new, &old], [&old, &new], [&old, &at("soon")], [&at("soon"), &old]] {
        let made = reading("sarif", &log(&[runs[0], runs[1]])).produced_at.unwrap();
        assert_eq!(made.raw, "2026-01-01T00:00:00Z");
    }
}

#[test]
fn semgrep_without_a_rule_looked_at_nothing_and_its_warnings_are_of_files_it_did_not_parse() {
    let log = |tool: &str, rules: &str, told: &str| {
        format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "{tool}", "rules": [{rules}]}}}},
            "results": [], "invocations": [{{"executionSuccessful": true,
            "toolExecutionNotifications": [{told}]}}]}}]}}"#
        )
    };
    let (rule, warning) =
        (r#"{"id": "a"}"#, r#"{"level": "warning", "message": {"text": "Syntax error"}}"#);
    proves(
        "sarif",
        &[
            (&log("Semgrep OSS", rule, ""), "no file that it scanned"),
            (&log("Semgrep OSS", "", ""), "Semgrep OSS ran 0 rules"),
            (&log("semgrep", "", ""), "semgrep ran 0 rules"),
            (&log("x", "", warning), ""),
        ],
    );
    for (tool, unchecked) in [("Semgrep OSS", 1), ("x", 0)] {
        let read = reading("sarif", &log(tool, rule, warning));
        assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{tool}");
        assert_eq!(
            read.warnings,
            [format!("{tool} gives 1 warning. The first says: Syntax error")]
        );
    }
}

#[test]
fn a_driver_that_lists_neither_rules_nor_files_is_silent_where_it_found_nothing() {
    let log = |tool: &str, rules: &str, results: &str| {
        format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "{tool}", "rules": [{rules}]}}}},
            "results": [{results}]}}]}}"#
        )
    };
    let (rule, result) = (r#"{"id": "a"}"#, r#"{"ruleId": "a", "level": "note"}"#);
    let of_files = |tool: &str| {
        let files = r#""results": [], "artifacts": [{"location": {"uri": "a.js"}}]"#;
        log(tool, "", "").replace(r#""results": []"#, files)
    };
    let why = "writes the same where it found no file";
    proves(
        "sarif",
        &[
            (&log("ruff", "", ""), why),
            (&log("Flawfinder", "", ""), why),
            (&log("Biome", "", ""), why),
            (&log("HTMLHint", "", ""), why),
            (&log("typos", "", ""), why),
            (&log("SQLFluff", "", ""), why),
            (&log("stylelint", "", ""), why),
            (&log("mobsfscan", "", ""), why),
            (&log("Checkov", "", ""), why),
            (&log("spectral", rule, ""), why),
            (&log("spectral", rule, result), ""),
            (&log("markdownlint-cli2-formatter-sarif", "", ""), why),
            (&log("ESLint", "", ""), "lists the files that it looked at, and here none"),
            (&of_files("ESLint"), ""),
            (&log("ruff", rule, ""), ""),
            (&log("ruff", "", result), ""),
            (&log("CodeQL", "", ""), ""),
        ],
    );
}

#[test]
fn a_log_of_semgrep_names_no_file_that_it_scanned() {
    let log = |driver: &str, results: &str| {
        format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "{driver}", "rules": [{{"id": "r"}}]}}}},
            "invocations": [{{"executionSuccessful": true}}], "results": [{results}]}}]}}"#
        )
    };
    proves(
        "sarif",
        &[
            (&log("Semgrep OSS", ""), "no file that it scanned"),
            (&log("Semgrep OSS", r#"{"ruleId": "r"}"#), ""),
            (&log("CodeQL", ""), ""),
        ],
    );
}

#[test]
fn an_invocation_may_give_a_rule_another_level() {
    let errors = |level: &str, descriptor: &str, first: bool| {
        let invocations = format!(
            r#""invocations": [{{"executionSuccessful": true, "ruleConfigurationOverrides": [
            {{"descriptor": {descriptor}, "configuration": {{"level": "error"}}}}]}}]"#
        );
        let results = format!(r#""results": [{{"ruleId": "a", "ruleIndex": 0{level}}}]"#);
        let (one, two) = if first { (invocations, results) } else { (results, invocations) };
        let log = format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "x", "rules": [
            {{"id": "a", "defaultConfiguration": {{"level": "note"}}}}]}}}}, {one}, {two}}}]}}"#
        );
        reading("sarif", &log).facts.findings.unwrap().levelled(crate::facts::Level::Error)
    };
    for first in [true, false] {
        assert_eq!(errors("", r#"{"id": "a"}"#, first), 1);
        assert_eq!(errors("", r#"{"index": 0}"#, first), 1);
        assert_eq!(errors("", r#"{"id": "b"}"#, first), 0);
        assert_eq!(errors(r#", "level": "warning""#, r#"{"id": "a"}"#, first), 0);
    }
}

#[test]
fn a_run_of_trueup_is_no_scan_wherever_its_tool_stands() {
    let result = r#"[{"ruleId": "a", "level": "error", "message": {"text": "x"}}]"#;
    let run = |name: &str, results: &str, tool_first: bool| {
        let tool = format!(r#""tool": {{"driver": {{"name": "{name}"}}}}"#);
        match tool_first {
            true => format!(r#"{{{tool}, "results": {results}}}"#),
            false => format!(r#"{{"results": {results}, {tool}}}"#),
        }
    };
    let log = |runs: &[String]| format!(r#"{{"version": "2.1.0", "runs": [{}]}}"#, runs.join(","));
    for tool_first in [true, false] {
        for results in ["[]", result] {
            let own = run("trueup", results, tool_first);
            proves("sarif", &[(&log(std::slice::from_ref(&own)), "trueup wrote it")]);
            let mixed = log(&[run("x", result, tool_first), own]);
            proves("sarif", &[(&mixed, "")]);
            assert_eq!(reading("sarif", &mixed).facts.findings.unwrap().total(), 1);
        }
    }
}
