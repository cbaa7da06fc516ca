//! One run that is told twice: by a copy that was packed or re-saved, and in two formats of which one names
//! neither tool nor time.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{judged, snapshot, team};
use crate::support::{Repo, at};

/// A repository with those files below `reports`, and the item that asks for so many tests in them.
fn of(total: u64, files: &[(&str, &[u8])]) -> Repo {
    let require = format!("artifacts = [\"reports/**\"]\ncondition = 'tests.total == {total}'");
    let repo = team(&require);
    std::fs::remove_file(repo.dir().join("reports/junit.xml")).unwrap();
    files.iter().fold(repo, |repo, (name, bytes)| {
        let path = format!("reports/{name}");
        repo.file(&path, bytes).modified(&path, at("2026-01-10T11:00:00Z"))
    })
}

#[track_caller]
fn counts(total: u64, files: &[(&str, &[u8])]) {
    let repo = of(total, files);
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
}

/// What is said of each piece of evidence.
fn said(repo: &Repo) -> String {
    snapshot(repo)["checklists"][0]["items"][0]["evidence"].to_string()
}

fn gzip(text: &str, level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_copy_that_was_packed_or_saved_anew_counts_once() {
    let text =
        "<testsuite name=\"s\">\n<testcase name=\"a\"/>\n<testcase name=\"b\"/>\n</testsuite>";
    let own = ("a.xml", text.as_bytes());
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("a.xml.gz", gzip(text, 6)),
        ("b.xml", text.replace('\n', "\r\n").into_bytes()),
        ("b.xml", format!("\u{feff}{text}").into_bytes()),
        ("b.xml", format!("{text}\n").into_bytes()),
        ("b.xml", [b"\xff\xfe".to_vec(), wide].concat()),
    ] {
        counts(2, &[own, (name, &bytes)]);
        let told = said(&of(2, &[own, (name, &bytes)]));
        assert!(told.contains("is reports/a.xml, but for how it is packed, marked"), "{told}");
    }
    // How the bytes were to be read is said of them, and not of the tests.
    let declared =
        |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n{text}");
    let wide = declared("UTF-16");
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".to_vec(), wide].concat();
    let utf8 = declared("UTF-8");
    counts(2, &[("a.xml", utf8.as_bytes()), ("b.xml", &wide)]);
    counts(2, &[("a.xml", utf8.as_bytes()), ("b.xml", declared("ISO-8859-1").as_bytes())]);
    counts(2, &[own, ("b.xml", utf8.as_bytes())]);
    counts(2, &[("a.xml.gz", &gzip(text, 1)), ("b.xml.gz", &gzip(text, 9))]);
    // What says anything else is another.
    counts(4, &[own, ("b.xml", text.replace("\"b\"", "\"c\"").as_bytes())]);
    counts(4, &[own, ("b.xml", text.replace("><", "> <").replace("\n<", "<").as_bytes())]);
}

const NODE_JUNIT: &str = "<testsuites><testcase name=\"a\" time=\"0.1\" classname=\"test\"/>\
    <testcase name=\"b\" time=\"0.2\" classname=\"test\"><skipped/></testcase></testsuites>";
const NODE_TAP: &str = "TAP version 13\nok 1 - a\nok 2 - b # SKIP\n1..2\n";

#[test]
fn one_run_in_two_formats_counts_once_though_none_names_its_tool() {
    let (junit, tap) = (("n.xml", NODE_JUNIT.as_bytes()), ("n.tap", NODE_TAP.as_bytes()));
    counts(2, &[junit, tap]);
    let told = said(&of(2, &[junit, tap]));
    assert!(told.contains("tells of the same run as reports/n.tap: its tests count"), "{told}");
    // Another name, another end, another folder, and a second of one format are another run.
    counts(4, &[junit, ("n.tap", NODE_TAP.replace("- a", "- c").as_bytes())]);
    counts(4, &[junit, ("n.tap", NODE_TAP.replace("ok 1", "not ok 1").as_bytes())]);
    counts(4, &[junit, ("web/n.tap", NODE_TAP.as_bytes())]);
    let slower = NODE_JUNIT.replace("0.1", "0.3");
    counts(4, &[junit, ("o.xml", slower.as_bytes()), tap]);
    // What has no name may be anything.
    let bare = NODE_TAP.replace(" - a", "").replace(" - b", "");
    let unnamed = NODE_JUNIT.replace("\"a\"", "\"\"").replace("\"b\"", "\"\"");
    counts(4, &[("n.xml", unnamed.as_bytes()), ("n.tap", bare.as_bytes())]);
}

#[test]
fn a_file_for_each_feature_and_one_for_all_count_once() {
    let feature = |name: &str, scenarios: &[&str]| {
        let scenario = |name: &&str| {
            serde_json::json!({"type": "scenario", "keyword": "Scenario", "name": name, "location": "a:1",
                "status": "passed", "tags": [], "steps": [{"name": "x", "keyword": "Given", "step_type": "given",
                "location": "a:2", "result": {"status": "passed", "duration": 0.1}}]})
        };
        serde_json::json!({"keyword": "Feature", "name": name, "location": "a:1", "status": "passed", "tags": [],
            "elements": scenarios.iter().map(scenario).collect::<Vec<_>>()})
    };
    let suite = |name: &str, cases: &[&str]| {
        let case =
            |of: &&str| format!("<testcase classname='{name}' name='{of}' status='passed'/>");
        let cases: String = cases.iter().map(case).collect();
        format!("<testsuite name='{name}' timestamp='2026-01-10T10:00:00'>{cases}</testsuite>")
    };
    let json = serde_json::json!([feature("F", &["one", "two"]), feature("G", &["three"])]);
    let json = json.to_string();
    let (f, g) = (suite("F", &["one", "two"]), suite("G", &["three"]));
    let (f, g) = (("b/TESTS-f.xml", f.as_bytes()), ("b/TESTS-g.xml", g.as_bytes()));
    counts(3, &[("b.json", json.as_bytes()), f, g]);
    counts(5, &[("b.json", json.as_bytes()), f]);
    counts(6, &[("c/b.json", json.as_bytes()), f, g]);
}

#[test]
fn what_one_of_two_formats_tells_of_retries_is_not_hidden() {
    let flaky = "tests.flaky == 0";
    let report = |retries: u8| {
        let case = |name: &str, status: &str| {
            serde_json::json!({"title": name, "ok": true, "file": "a.spec.ts", "tests": [{"expectedStatus": "passed",
                "projectName": "c", "status": status, "results": [{"status": "passed", "retry": retries}]}]})
        };
        serde_json::json!({"config": {"version": "1.49.0", "projects": []}, "errors": [],
            "suites": [{"title": "a.spec.ts", "file": "a.spec.ts", "specs": [case("a", "flaky"), case("b", "expected")]}],
            "stats": {"expected": 1, "flaky": 1, "skipped": 0, "unexpected": 0, "startTime": "2026-01-10T10:00:00Z"}})
        .to_string()
    };
    let junit = "<testsuites><testcase name='a'/><testcase name='b'/></testsuites>";
    let require = format!("artifacts = [\"reports/**\"]\ncondition = '{flaky}'");
    let repo = team(&require).file("reports/junit.xml", junit).file("reports/z.json", report(1));
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "contradicted", "{reason}");
}

#[test]
fn a_time_that_one_of_two_formats_tells_is_not_hidden() {
    let require = "artifacts = [\"reports/**\"]\n\
        condition = 'tests.total > 0 && (!has(tests.duration_s) || tests.duration_s < 600)'";
    let repo = team(require).file("reports/a.tap", NODE_TAP);
    let slow =
        NODE_JUNIT.replace("0.1", "900").replace("<testsuites>", "<testsuites time=\"900\">");
    let (status, reason, _) = judged(&repo.file("reports/junit.xml", slow));
    assert_eq!(status, "unproven", "{reason}");
}

#[test]
fn two_runs_that_ended_alike_in_number_are_two_where_they_lie_apart() {
    let names = ["login", "logout", "pay"];
    let junit = |fails: &str, tool: &str| {
        let case = |name: &&str| {
            let end = if *name == fails { "<failure/>" } else { "" };
            format!("<testcase name='{name}' classname='a'>{end}</testcase>")
        };
        let cases: String = names.iter().map(case).collect();
        format!(
            "<testsuites name='{tool} tests'><testsuite name='a' timestamp='2026-01-10T10:00:00Z'>{cases}</testsuite>\
             </testsuites>"
        )
    };
    let ctrf = |fails: &str, tool: &str| {
        let case = |name: &&str| {
            let status = if *name == fails { "failed" } else { "passed" };
            serde_json::json!({"name": name, "status": status, "duration": 10})
        };
        let at = 1_768_039_200_000_i64;
        serde_json::json!({"results": {"tool": {"name": tool}, "tests": names.iter().map(case).collect::<Vec<_>>(),
            "summary": {"tests": 3, "passed": 2, "failed": 1, "pending": 0, "skipped": 0, "other": 0,
                "start": at, "stop": at + 1000}}})
        .to_string()
    };
    for tool in ["pytest", "vitest"] {
        let (json, xml) = (ctrf("login", tool), junit("logout", tool));
        let (same, xml) = (junit("login", tool), xml.as_bytes());
        let json = json.as_bytes();
        counts(6, &[("chrome/a.json", json), ("firefox/a.xml", xml)]);
        counts(3, &[("chrome/a.json", json), ("firefox/a.xml", same.as_bytes())]);
        // Beside each other, or one below the other, they may only be told in two ways.
        counts(3, &[("a.json", json), ("a.xml", xml)]);
        counts(3, &[("a.json", json), ("junit/a.xml", xml)]);
    }
}
