//! Artifacts that are not what they seem: links, copies, silent tools.

use super::{JEST, JUNIT, NOW, TESTS, judged, of_item, problems, refused, snapshot, team};
use crate::support::at;
use crate::support::packed::{zip, zipped};

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_report_is_told_and_proves_nothing() {
    use std::os::unix::fs::symlink;
    let globs = "artifacts = [\"reports/**/*.xml\"]\ncondition = \"tests.failed == 0\"";
    let named = "artifacts = [\"reports/e2e/*.xml\"]\ncondition = \"tests.failed == 0\"";
    for require in [globs, named, "condition = \"tests.failed == 0\""] {
        let repo = team(require).file(".gitignore", "/build\n").commit("i", at("2026-01-06"));
        let repo = repo.file("build/e2e/junit.xml", JUNIT).file("reports/junit.xml", JUNIT);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        symlink("../build/e2e", repo.dir().join("reports/e2e")).unwrap();
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{require}");
        assert_eq!(reason, "Ticked. reports/e2e cannot be read: links are not followed.");
        assert_eq!(problems(&repo, "artifact-unread").len(), 1, "{require}");
    }
    let twice = team(globs);
    symlink("junit.xml", twice.dir().join("reports/same.xml")).unwrap();
    assert_eq!(judged(&twice).0, "verified", "what it leads to is read by its own name");
    let committed = team(globs);
    symlink("../e2e.xml", committed.dir().join("reports/e2e.xml")).unwrap();
    let committed = committed.file("e2e.xml", JUNIT).commit("all", at("2026-01-09"));
    let run = committed.trueup(["check", "--format", "json", "--at", "HEAD", NOW[0], NOW[1]]);
    let item = run.json()["checklists"][0]["items"][0].clone();
    assert_eq!(item["status"], "unproven", "{}", item["reason"]);
}

#[test]
fn a_time_that_is_stated_and_cannot_be_read_is_not_the_files_own() {
    let stated =
        |time: &str| JUNIT.replace("name=\"s\"", &format!("name=\"s\" timestamp=\"{time}\""));
    let of = |time: &str, more: &str| {
        judged(
            &team(&format!("{TESTS}\n{more}"))
                .file("reports/junit.xml", stated(time))
                .modified("reports/junit.xml", at("2026-01-10T11:00:00Z")),
        )
    };
    let age = "max-age = \"7d\"";
    for (time, more) in [("Fr., 02 Jan. 2026 05:00", age), ("02.01.2026 05:00:00", "")] {
        let (status, reason, _) = of(time, more);
        assert_eq!(status, "stale", "{reason}");
        assert!(
            reason.contains(&format!("made `{time}`, which is not read as a time")),
            "{reason}"
        );
    }
    // What means one moment is read, whatever its form; and a zero says nothing.
    for (time, status) in [
        ("2026/01/09 05:00:00", "verified"),
        ("2023/01/09 05:00:00", "stale"),
        ("1672635600000", "stale"),
        ("1970-01-01T00:00:00", "verified"),
        ("0001-01-01T00:00:00Z", "verified"),
    ] {
        assert_eq!(of(time, age).0, status, "{time}");
    }
}

#[test]
fn what_is_no_report_by_its_nature_does_not_stand_in_the_way_of_one() {
    let require = |glob: &str| {
        format!("artifacts = [\"{glob}\"]\ncondition = \"tests.failed + tests.errored == 0\"")
    };
    let of = |glob: &str, name: &str, content: &[u8]| {
        let repo = team(&require(glob)).file(&format!("reports/{name}"), content);
        judged(&repo)
    };
    for name in [".gitkeep", ".DS_Store", "html/index.html", "shot.png", "html/a.css"] {
        let (status, reason, _) = of("reports/**", name, b"\x89 bytes of no format");
        assert_eq!(status, "verified", "{name}: {reason}");
    }
    for (glob, name) in
        [("reports/**", "e2e.xml"), ("reports/**", "e2e.txt"), ("reports/*.{xml,html}", "e2e.html")]
    {
        let (status, reason, _) = of(glob, name, b"what is this");
        assert_eq!(status, "unproven", "{glob} {name}: {reason}");
    }
    // A glob that finds nothing else found nothing.
    let alone =
        team(&require("reports/**")).remove("reports/junit.xml").file("reports/.gitkeep", "");
    assert_eq!(judged(&alone).0, "unproven");
}

#[test]
fn what_asks_no_artifact_vouches_for_nothing() {
    let no_artifact = "this asks no artifact, so it vouches for nothing";
    let presence = "this asks what is there, and not how it ended, so it vouches for nothing";
    for (vouching, why) in [
        ("true", no_artifact),
        ("1 < 2", no_artifact),
        ("git.commit != \\\"\\\"", no_artifact),
        ("files(\\\"**\\\").size() > 0", no_artifact),
        ("has(ci.jobs)", presence),
        ("has(ci.jobs) && !has(ci.url)", presence),
        ("ci.jobs[\\\"types\\\"].status == \\\"completed\\\"", presence),
        ("\\\"types\\\" in ci.jobs", presence),
        ("size(ci.jobs) > 0 && ci.commit != \\\"\\\"", presence),
    ] {
        let tsc = format!(
            "artifacts = [{{ glob = \"reports/tsc.log\", format = \"tsc\", vouched-by = \"{vouching}\" }}]\n\
             condition = \"findings.errors == 0\""
        );
        let repo = team(&tsc).file("reports/tsc.log", "");
        refused(&repo, why);
    }
}

#[test]
fn a_file_counts_once_however_often_it_is_named() {
    let counted = |artifacts: &str, total: u32| {
        judged(&team(&format!("artifacts = {artifacts}\ncondition = \"tests.total == {total}\"")))
    };
    let named = "{ glob = \"reports/junit.xml\", format = \"junit\" }";
    let twice = format!("[\"reports/*.xml\", {named}]");
    assert_eq!(counted(&twice, 2).0, "verified", "{}", counted(&twice, 2).1);
    assert_eq!(counted("[\"reports/*.xml\", \"reports/junit.xml\"]", 2).0, "verified");
    let both = "artifacts = [{ glob = \"reports/*.json\", format = \"jest-json\" }, \
                { glob = \"reports/j.json\", format = \"vitest-json\" }]";
    for total in [1, 2] {
        let repo = team(&format!("{both}\ncondition = \"tests.total == {total}\""))
            .file("reports/j.json", JEST)
            .modified("reports/j.json", at("2026-01-10T11:00:00Z"));
        let (status, reason, rule) = judged(&repo);
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "ambiguous"), "{reason}");
    }
}

#[test]
fn a_copy_under_another_name_counts_once() {
    let repo = |condition: &str, other: &str| {
        let require = format!("artifacts = [\"reports/*.xml\"]\ncondition = '{condition}'");
        let repo = team(&require).file("reports/junit-copy.xml", other);
        repo.modified("reports/junit-copy.xml", at("2026-01-10T11:00:00Z"))
    };
    assert_eq!(judged(&repo("tests.total == 2", JUNIT)).0, "verified");
    let named = "tests.total == 2 && artifact(\"reports/junit-copy.xml\").tests.total == 2";
    let copied = repo(named, JUNIT);
    assert_eq!(judged(&copied).0, "verified");
    let evidence = &snapshot(&copied)["checklists"][0]["items"][0]["evidence"];
    let said: Vec<&str> =
        evidence.as_array().unwrap().iter().map(|of| of["reason"].as_str().unwrap()).collect();
    assert!(said.iter().any(|of| of.ends_with("byte for byte: it counts once.")), "{said:?}");
    let other = JUNIT.replace("\"a\"", "\"c\"");
    assert_eq!(judged(&repo("tests.total == 4", &other)).0, "verified");
}

#[test]
fn a_report_that_was_put_together_from_others_counts_once() {
    let suite = |name: &str, cases: &[&str]| {
        let case =
            |of: &&str| format!("<testcase classname=\"{name}\" name=\"{of}\" time=\"0.5\"/>");
        let cases: String = cases.iter().map(case).collect();
        format!("<testsuite name=\"{name}\" timestamp=\"2026-01-09T09:00:00Z\">{cases}</testsuite>")
    };
    let (a, b) = (suite("a", &["one", "two", "three"]), suite("b", &["four", "five"]));
    let both = format!("<testsuites>{a}{b}</testsuites>");
    let of = |total: u64, merged: &str| {
        let require = format!("artifacts = [\"reports/**\"]\ncondition = 'tests.total == {total}'");
        let repo = team(&require).file("reports/a/j.xml", &*a).file("reports/b/j.xml", &*b);
        std::fs::remove_file(repo.dir().join("reports/junit.xml")).unwrap();
        repo.file("reports/all/merged.xml", merged)
    };
    let repo = of(5, &both);
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let evidence = snapshot(&repo)["checklists"][0]["items"][0]["evidence"].to_string();
    let said =
        "reports/all/merged.xml tells of the same run as reports/a/j.xml: its tests count once.";
    assert!(evidence.contains(said), "{evidence}");
    // One case more, and one that ended otherwise or took longer, make it another.
    for (merged, total) in [
        (both.replace("</testsuites>", &(suite("c", &["six"]) + "</testsuites>")), 11),
        (both.replacen("0.5", "0.7", 1), 10),
        (both.replacen("\"0.5\"/>", "\"0.5\"><skipped/></testcase>", 1), 10),
    ] {
        let (status, reason, _) = judged(&of(total, &merged));
        assert_eq!(status, "verified", "{reason}");
    }
}

#[test]
fn one_run_in_two_formats_counts_once() {
    const JSON: &str = r#"{"numTotalTestSuites": 1, "numPassedTestSuites": 1, "numFailedTestSuites": 0,
        "numTotalTests": 3, "numPassedTests": 3, "numFailedTests": 0, "numPendingTests": 0, "numTodoTests": 0, "snapshot": {}, "startTime": 1767949200000,
        "success": true, "testResults": [{"assertionResults": [
        {"ancestorTitles": [], "fullName": "a", "status": "passed", "title": "a", "meta": {}},
        {"ancestorTitles": [], "fullName": "b", "status": "passed", "title": "b", "meta": {}},
        {"ancestorTitles": [], "fullName": "c", "status": "passed", "title": "c", "meta": {}}],
        "startTime": 1767949200000, "endTime": 1767949201000, "status": "passed", "message": "",
        "name": "/r/a.test.js"}]}"#;
    let junit = |time: &str, tool: &str, cases: &str| {
        format!(
            "<testsuites name=\"{tool} tests\"><testsuite name=\"a.test.js\" timestamp=\"{time}\">\
             {cases}</testsuite></testsuites>"
        )
    };
    let three = "<testcase name=\"a\"/><testcase name=\"b\"/><testcase name=\"c\"/>";
    let of = |total: u64, junit: &[&str]| {
        let require = format!("artifacts = [\"reports/*\"]\ncondition = 'tests.total == {total}'");
        let mut repo = team(&require).file("reports/vitest.json", JSON);
        std::fs::remove_file(repo.dir().join("reports/junit.xml")).unwrap();
        for (at, text) in junit.iter().enumerate() {
            repo = repo.file(&format!("reports/{at}.xml"), *text);
        }
        repo
    };
    let same = junit("2026-01-09T09:00:40Z", "vitest", three);
    let repo = of(3, &[&same]);
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let evidence = snapshot(&repo)["checklists"][0]["items"][0]["evidence"].clone();
    let said: Vec<&str> =
        evidence.as_array().unwrap().iter().map(|of| of["reason"].as_str().unwrap()).collect();
    assert!(
        said.iter().any(|of| of.contains("tells of the same run as reports/0.xml")),
        "{said:?}"
    );
    assert_eq!(said.len(), 2, "{said:?}");
    // A later run, another tool's, one with other counts, and a second part of one are their own.
    let later = junit("2026-01-09T09:05:00Z", "vitest", three);
    let other = junit("2026-01-09T09:00:40Z", "jest", three);
    let fails = three.replacen("\"a\"/>", "\"a\"><failure/></testcase>", 1);
    let counts = junit("2026-01-09T09:00:40Z", "vitest", &fails);
    for text in [&later, &other, &counts] {
        let (status, reason, _) = judged(&of(6, &[text]));
        assert_eq!(status, "verified", "{text}: {reason}");
    }
    let part = junit("2026-01-09T09:00:41Z", "vitest", three);
    let (status, reason, _) = judged(&of(6, &[&same, &part]));
    assert_eq!(status, "verified", "{reason}");
}

#[test]
fn a_scan_that_broke_off_in_the_default_places_is_not_left_out() {
    const CLEAN: &str = r#"{"auditReportVersion": 2, "vulnerabilities": {},
        "metadata": {"vulnerabilities": {"total": 0}, "dependencies": {"total": 9}}}"#;
    let require = "condition = \"findings.critical + findings.unknown == 0\"";
    let alone = || {
        let repo = team(require).file("reports/a.json", CLEAN);
        repo.modified("reports/a.json", at("2026-01-10T11:00:00Z"))
    };
    let (status, reason, _) = judged(&alone());
    assert_eq!(status, "verified", "{reason}");
    for (name, text) in [
        ("reports/npm.json", r#"{"error": {"code": "ENOLOCK", "summary": "no lockfile"}}"#),
        ("reports/b.xml.gz", "\u{1f}x"),
        ("reports/b.tar.xz", "x"),
        ("reports/b.7z", "x"),
    ] {
        let (status, reason, _) = judged(&alone().file(name, text));
        assert_eq!(status, "unproven", "{name}: {reason}");
    }
}

#[test]
fn what_macos_packs_beside_a_report_is_none() {
    let require = "artifacts = [\"reports/ci.zip!/**/*.xml\"]\ncondition = \"tests.failed + tests.errored == 0\"";
    let packed = |extra: &str| {
        let bytes = zip(&[zipped("ok.xml", JUNIT), zipped(extra, "\0\u{5}\u{16}\u{7}")]);
        let zip = "reports/ci.zip";
        judged(&team(require).file(zip, bytes).modified(zip, at("2026-01-10T11:00:00Z"))).0
    };
    assert_eq!(packed("__MACOSX/._ok.xml"), "verified");
    assert_eq!(packed("other/._ok.xml"), "unproven");
}

#[test]
fn a_report_without_a_zone_may_be_of_some_hours_later() {
    let of = |changed: &str| {
        let report = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-09T10:00:00\"");
        let require = format!("{TESTS}\npaths = [\"backend/**\"]");
        let repo = team(&require).file("backend/src/a.rs", "fn b() {}\n");
        let repo = repo.commit("more", at(changed)).file("reports/junit.xml", report);
        judged(&repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"))).0
    };
    assert_eq!(of("2026-01-09T23:00:00Z"), "verified");
    assert_eq!(of("2026-01-10T01:00:00Z"), "stale");
}

#[test]
fn on_a_machine_of_ci_a_report_without_a_zone_is_of_utc() {
    let of = |variables: &[(&str, &str)]| {
        let report = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-09T10:00:00\"");
        let require = format!("{TESTS}\npaths = [\"backend/**\"]");
        let repo = team(&require).file("backend/src/a.rs", "fn b() {}\n");
        let repo = repo.commit("more", at("2026-01-09T12:00:00Z"));
        let repo = repo.file("reports/junit.xml", report);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        let args = ["check", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
        let told = repo.trueup_among(args, variables).json();
        told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(of(&[]), "verified");
    assert_eq!(of(&[("CI", "true")]), "stale");
}

#[test]
fn what_a_service_wrote_in_the_place_of_a_report_stands_in_the_way() {
    let require = "condition = \"findings.total == 0\"";
    let beside = |other: &str| {
        let clean = r#"{"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {"dependencies":
            {"total": 9}, "vulnerabilities": {"total": 0}}}"#;
        let repo = team(require).file("reports/npm.json", clean).file("reports/other.json", other);
        let repo = repo.modified("reports/npm.json", at("2026-01-10T11:00:00Z"));
        judged(&repo.modified("reports/other.json", at("2026-01-10T11:00:00Z")))
    };
    assert_eq!(beside(r#"{"files": 3}"#).0, "verified");
    for said in [
        r#"{"message": "request to the audit endpoint failed", "statusCode": 503}"#,
        r#"{"error": {"code": "ERR_PNPM_AUDIT_NO_LOCKFILE", "message": "No lockfile"}}"#,
        r#"{"type": "error", "data": "Received malformed response"}"#,
        r#"{"error": "boom"}"#,
    ] {
        let (status, reason, _) = beside(said);
        assert_eq!(status, "unproven", "{said}: {reason}");
    }
}

#[test]
fn a_report_of_another_folder_is_not_gone_for_its_name() {
    let failing = r#"<testsuite name="s"><testcase name="a"><failure/></testcase></testsuite>"#;
    let repo =
        team("artifacts = [\"reports/**\"]\ncondition = \"tests.failed + tests.errored == 0\"");
    let folder = repo.outside().join("reports");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("junit.xml"), failing).unwrap();
    let folder = folder.to_string_lossy().into_owned();
    let told = repo.trueup(["check", "--format", "json", "--artifacts", &folder]).json();
    let item = &told["checklists"][0]["items"][0];
    assert_ne!(item["status"], "verified", "{}", item["reason"]);
    assert!(item["reason"].as_str().unwrap().contains("outside/reports/junit.xml"), "{item}");
}

#[test]
fn a_count_that_is_none_is_no_pass_and_the_failures_beside_it_still_refute() {
    let report = |failures: &str, inside: &str| {
        let xml = format!(
            "<testsuite name='s' tests='1' failures='{failures}'><testcase name='a'>{inside}</testcase></testsuite>"
        );
        let repo = team(TESTS).file("reports/junit.xml", xml);
        let (status, _, rule) =
            judged(&repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z")));
        (status, rule)
    };
    let pair = |status: &str, rule: &str| (status.to_owned(), rule.to_owned());
    assert_eq!(report("0", ""), pair("verified", ""));
    for odd in ["1,000", "1e3", "x", "-1", "99999999999999999999999"] {
        assert_eq!(report(odd, ""), pair("unproven", "not-a-count"), "{odd}");
        assert_eq!(report(odd, "<failure/>"), pair("contradicted", ""), "{odd}");
    }
}

#[test]
fn a_report_that_lists_less_than_its_header_declares_is_told() {
    let told = |header: &str| {
        let xml = format!("<testsuite name=\"s\" {header}><testcase name=\"a\"/></testsuite>");
        let repo = team(TESTS).file("reports/junit.xml", xml);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        assert_eq!(judged(&repo).0, "verified", "the cases count: {header}");
        problems(&repo, "artifact-short").pop()
    };
    let said = told("tests=\"200\"").unwrap();
    assert!(said.starts_with("The header declares 200 tests; the report holds 1."), "{said}");
    assert_eq!(told("tests=\"1\""), None);
    assert_eq!(told(""), None);
}

#[test]
fn a_time_that_is_the_file_s_alone_is_told_once_where_it_decides() {
    let lenient = "artifacts = [\"reports/*.xml\"]\ncondition = \"tests.failed == 0\"";
    let told = |require: &str, junit: &str| {
        let repo = team(require).file("reports/junit.xml", junit);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        let repo = repo.file("reports/second.xml", junit);
        let repo = repo.modified("reports/second.xml", at("2026-01-10T11:00:00Z"));
        assert_eq!(judged(&repo).0, "verified", "{require}");
        problems(&repo, "file-time")
    };
    let bare = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>";
    let said = told(lenient, bare);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("when reports/junit.xml and reports/second.xml were made"),
        "{said:?}"
    );
    assert_eq!(told(&format!("{lenient}\nmax-age = \"7d\""), bare).len(), 1);
    assert!(told(&format!("{lenient}\npaths = []"), bare).is_empty());
    let stated = bare.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-10T10:00:00Z\"");
    assert!(told(lenient, &stated).is_empty());
}

#[test]
fn what_syft_was_pointed_at_is_no_component_without_a_licence() {
    let bill = |licence: &str| {
        format!(
            r#"{{"spdxVersion": "SPDX-2.3", "creationInfo": {{"creators": ["Tool: syft-1.20.0"]}}, "packages": [
            {{"name": "left-pad", "SPDXID": "SPDXRef-Package-npm-left-pad", "licenseConcluded": "{licence}"}},
            {{"name": ".", "SPDXID": "SPDXRef-DocumentRoot-Directory-.", "primaryPackagePurpose": "FILE",
            "licenseConcluded": "NOASSERTION"}}], "relationships": [{{"spdxElementId": "SPDXRef-DOCUMENT",
            "relatedSpdxElement": "SPDXRef-DocumentRoot-Directory-.", "relationshipType": "DESCRIBES"}}]}}"#
        )
    };
    for (licence, status) in [("MIT", "verified"), ("GPL-3.0-only", "contradicted")] {
        let config = "[[require]]\nitem = \"*\"\nartifacts = [\"bill/*\"]\npaths = []\n\
                      condition = \"components.list.all(c, c.licence == 'MIT')\"\n";
        let repo = of_item("- [x] It holds", config).file("bill/shop.spdx.json", bill(licence));
        let repo = repo.modified("bill/shop.spdx.json", at("2026-01-10T11:00:00Z"));
        let (told, reason, _) = judged(&repo);
        assert_eq!(told, status, "{reason}");
    }
}

#[test]
fn a_linter_that_looked_at_nothing_says_what_to_do() {
    let require = "artifacts = [{ glob = \"lint/*\", format = \"eslint-json\" }]\ncondition = \"findings.errors == 0\"";
    let repo = team(require).file("lint/eslint.json", "[]");
    let (status, reason, rule) =
        judged(&repo.modified("lint/eslint.json", at("2026-01-10T11:00:00Z")));
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "nothing-looked-at"), "{reason}");
    assert!(reason.contains("Name the files that it shall look at"), "{reason}");
}

#[test]
fn a_report_of_failures_that_nobody_asks_is_told_and_changes_nothing() {
    let failed = JUNIT.replace("name=\"b\"/>", "name=\"b\"><failure/></testcase>");
    let repo = team(TESTS);
    assert_eq!(problems(&repo, "report-unasked"), [""; 0]);
    let made = at("2026-01-10T11:00:00Z");
    let repo = repo.file("reports/junit-web.xml", failed.clone());
    let repo = repo.modified("reports/junit-web.xml", made);
    assert_eq!(judged(&repo).0, "verified");
    let told = problems(&repo, "report-unasked");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0]
            .starts_with("reports/junit-web.xml tells of 1 test that failed, and no requirement"),
        "{told:?}"
    );
    let another = failed.replace("name=\"s\"", "name=\"u\"");
    let repo = repo.file("reports/junit-api.xml", another).modified("reports/junit-api.xml", made);
    let together = problems(&repo, "report-unasked");
    assert!(together.len() == 1 && together[0].contains("1 report beside it"), "{together:?}");
    let repo = repo.remove("reports/junit-api.xml");
    let repo = repo.file("reports/junit-web.xml", JUNIT.replace("name=\"s\"", "name=\"t\""));
    assert_eq!(problems(&repo.modified("reports/junit-web.xml", made), "report-unasked"), [""; 0]);
    // What a requirement takes is told by its verdict.
    let all = TESTS.replace("junit.xml", "*.xml");
    let repo = team(&all).file("reports/junit-web.xml", failed);
    let repo = repo.modified("reports/junit-web.xml", made);
    assert_eq!(judged(&repo).0, "contradicted");
    assert_eq!(problems(&repo, "report-unasked"), [""; 0]);
}

#[test]
fn each_of_the_names_in_braces_must_be_there() {
    let of = |glob: &str| {
        let asked = format!("artifacts = [\"{glob}\"]\ncondition = \"tests.failed == 0\"");
        let repo = team(&asked).file("reports/api/junit.xml", JUNIT);
        judged(&repo.modified("reports/api/junit.xml", at("2026-01-10T11:00:00Z")))
    };
    let (status, reason, _) = of("reports/{api,web}/junit.xml");
    assert_eq!((status.as_str(), reason.contains("reports/web/junit.xml")), ("unproven", true));
    assert_eq!(of("reports/api/*.{json,xml}").0, "verified");
    let gate = "[gate]\nrequire = [{ items = \"{release,security}/*\", status = \"verified\" }]\n";
    refused(&of_item("- [x] It holds", gate), "the gate's `security/*` matches no item");
}

#[test]
fn what_an_older_report_keeps_is_no_evidence() {
    let require = "[[require]]\nitem = \"release/it-holds\"\ncondition = \"tests.failed + tests.errored == 0\"\npaths = []\n";
    let repo = of_item("- [x] It holds", require);
    repo.trueup([
        "report",
        "--out",
        "artifacts/last",
        "--output",
        "junit=artifacts/last/tests.xml",
        NOW[0],
        NOW[1],
    ])
    .code(0);
    let repo = repo.remove("reports/junit.xml");
    let (status, reason, rule) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "no-artifact"), "{reason}");
    let told = problems(&repo, "report-left-out");
    assert!(told.len() == 1 && told[0].starts_with("A report of trueup lies here"), "{told:?}");
    // What was put in the place of one of its files is not its own.
    let failing = JUNIT.replace("/></testsuite>", "><failure/></testcase></testsuite>");
    let put = repo
        .file("artifacts/last/tests.xml", failing)
        .modified("artifacts/last/tests.xml", at("2026-01-10T11:00:00Z"));
    assert_eq!(judged(&put).0, "contradicted");
    let put = put.file("artifacts/last/junit.xml", JUNIT).remove("artifacts/last/tests.xml");
    let put = put.modified("artifacts/last/junit.xml", at("2026-01-10T11:00:00Z"));
    assert_eq!(judged(&put).0, "verified");
}

#[test]
fn a_document_of_no_tool_in_the_default_places_is_no_evidence_of_tests() {
    let later = |path: &str, text: &str| {
        of_item("- [x] It holds <!-- evidence: tests.failed + tests.errored == 0 -->", "")
            .remove("reports/junit.xml")
            .file("backend/src/a.rs", "fn b() {}\n")
            .commit("backend: another", at("2026-01-07"))
            .file("reports/junit.xml", JUNIT)
            .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"))
            .file(path, text)
            .modified(path, at("2026-01-06T11:00:00Z"))
    };
    for (path, text) in [("reports/sizes.json", "{\"app.js\": 1200}"), ("reports/a.yaml", "a: 1\n")]
    {
        let repo = later(path, text);
        assert_eq!(judged(&repo).0, "verified", "{path}");
        let evidence = snapshot(&repo)["checklists"][0]["items"][0]["evidence"].to_string();
        assert!(!evidence.contains(path), "{evidence}");
    }
    let failing = "<testsuite name=\"s\"><testcase name=\"c\"><failure/></testcase></testsuite>";
    assert_eq!(judged(&later("reports/other.xml", failing)).0, "stale");
}
