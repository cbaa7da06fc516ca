//! What several artifacts of one requirement say together, and what they do not.

use serde_json::json;

use crate::support::{Repo, at};

/// Status and reason of an item whose requirement is `condition` over all that lies in `reports`.
fn judged(condition: &str, reports: &[(&str, String)]) -> (String, String) {
    let config = format!(
        "[[require]]\nitem = \"it\"\nartifacts = [\"reports/*\"]\ncondition = '''{condition}'''\n"
    );
    let repo = Repo::new()
        .file("GO.md", "# Go\n\n- [x] It holds <!-- id: it -->\n")
        .file("trueup.toml", config);
    let repo =
        reports.iter().fold(repo, |repo, (name, text)| repo.file(&format!("reports/{name}"), text));
    let repo = repo.commit("all", at("2026-01-05"));
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-06T12:00:00Z"];
    let item = repo.trueup(args).code(0).json()["checklists"][0]["items"][0].clone();
    let told = |name: &str| item[name].as_str().unwrap().to_owned();
    (told("status"), told("reason"))
}

/// An lcov report of files with so many lines, the first of them covered.
fn lcov(files: &[(&str, usize, usize)]) -> String {
    let mut text = String::new();
    for (path, covered, total) in files {
        text.push_str(&format!("SF:{path}\n"));
        for line in 1..=*total {
            text.push_str(&format!("DA:{line},{}\n", usize::from(line <= *covered)));
        }
        text.push_str("end_of_record\n");
    }
    text
}

#[test]
fn lines_that_two_reports_count_are_not_counted_twice() {
    let unit = ("unit.info", lcov(&[("src/a.js", 100, 100)]));
    let all = ("all.info", lcov(&[("src/a.js", 100, 100), ("src/b.js", 0, 50)]));
    let other = ("other.info", lcov(&[("src/b.js", 0, 50)]));
    let both = [unit.clone(), all];
    let (status, reason) = judged("coverage.lines.pct >= 75", &both);
    assert_eq!(status, "unproven", "200 of 250 lines would be 80 %: {reason}");
    let why = "count the same source files, so that coverage.lines.pct lies between 66.6";
    assert!(reason.contains(why), "{reason}");
    for (condition, reports, status) in [
        ("coverage.lines.pct >= 60", &both[..], "verified"),
        ("coverage.lines.pct >= 90", &both, "contradicted"),
        ("coverage.lines.covered >= 150", &both, "unproven"),
        ("artifact(\"**/all.info\").coverage.lines.pct >= 66", &both, "verified"),
        ("coverage.lines.pct >= 66", &[unit.clone(), other.clone()], "verified"),
        ("coverage.lines.pct >= 67", &[unit, other], "contradicted"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
    }
}

#[test]
fn what_was_scanned_is_what_was_built() {
    let digest = |of: char| format!("sha256:{}", of.to_string().repeat(64));
    let scan = |of: char| {
        let report = json!({
            "SchemaVersion": 2, "ArtifactType": "container_image", "ArtifactName": "shop",
            "Metadata": {"OS": {"Family": "debian", "Name": "12"}, "RepoDigests": [format!("shop@{}", digest(of))]},
            "Results": [{"Target": "shop", "Class": "os-pkgs", "Type": "debian"}],
        });
        ("scan.json", report.to_string())
    };
    let build = |of: char| {
        let told = json!({"buildx.build.ref": "a/b/c", "containerimage.digest": digest(of)});
        ("build.json", told.to_string())
    };
    let condition = format!("findings.critical == 0 && \"{}\" in image.digests", digest('b'));
    let (status, reason) = judged(&condition, &[scan('b'), build('b')]);
    assert_eq!(status, "verified", "{reason}");
    let (status, reason) = judged(&condition, &[scan('a'), build('b')]);
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("no scan among them is of sha256:bbb"), "{reason}");
}

#[test]
fn a_licence_that_the_tool_could_not_tell_is_none() {
    let list = |licence: &str| {
        let text = format!(r#"[{{"License": "{licence}", "Name": "a", "Version": "1"}}]"#);
        [("licences.json", text)]
    };
    let condition = "!components.list.exists(c, c.licence.contains(\"GPL\"))";
    assert_eq!(judged(condition, &list("MIT License")).0, "verified");
    assert_eq!(judged(condition, &list("GPLv3")).0, "contradicted");
    assert_eq!(judged(condition, &list("UNKNOWN")).0, "unproven");
}

/// A Playwright report of some tests, of which so many passed on a retry.
fn playwright(flaky: usize, expected: usize) -> String {
    let statuses = [vec!["flaky"; flaky], vec!["expected"; expected]].concat();
    let spec = |(at, status): (usize, &&str)| {
        let last = json!({"status": "passed", "retry": u8::from(*status == "flaky")});
        let tries = match *status {
            "flaky" => vec![json!({"status": "failed", "retry": 0}), last],
            _ => vec![last],
        };
        let test = json!({"expectedStatus": "passed", "projectName": "chromium",
            "status": status, "results": tries});
        json!({"title": format!("t{at}"), "ok": true, "file": "a.spec.ts", "tests": [test]})
    };
    let specs: Vec<_> = statuses.iter().enumerate().map(spec).collect();
    json!({
        "config": {"version": "1.49.0", "projects": []}, "errors": [],
        "suites": [{"title": "a.spec.ts", "file": "a.spec.ts", "specs": specs}],
        "stats": {"expected": expected, "flaky": flaky, "skipped": 0, "unexpected": 0,
            "startTime": "2026-01-05T08:00:00.000Z"},
    })
    .to_string()
}

#[test]
fn a_report_that_does_not_tell_a_count_hides_none_that_another_tells() {
    let unit = "<testsuite name='unit' tests='1'><testcase classname='a' name='adds'/></testsuite>";
    let unit = ("unit.xml", unit.to_owned());
    let flaky = [("e2e.json", playwright(1, 2)), unit.clone()];
    let clean = [("e2e.json", playwright(0, 3)), unit];
    for (condition, reports, status) in [
        ("tests.flaky == 0", &flaky[..1], "contradicted"),
        ("tests.flaky == 0", &flaky, "contradicted"),
        ("!(tests.flaky > 0)", &flaky, "unproven"),
        ("tests.total > 0 && tests.flaky < 1", &flaky, "contradicted"),
        ("tests.flaky * 100 < tests.total", &flaky, "contradicted"),
        // What is not told may be more, and proves nothing.
        ("tests.flaky <= 1", &flaky, "unproven"),
        ("tests.flaky >= 1", &flaky, "unproven"),
        ("!(tests.flaky == 0)", &flaky, "unproven"),
        ("tests.flaky == 0", &clean, "unproven"),
        ("tests.flaky == 0", &clean[..1], "verified"),
        ("tests.flaky == 0", &clean[1..], "unproven"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
        let is_silent = reports.len() == 2 && status == "unproven";
        let why = "reports/unit.xml does not tell it. Ask one that does";
        assert_eq!(reason.contains(why), is_silent, "{condition}: {reason}");
    }
}

#[test]
fn whether_a_fact_is_there_is_open_where_some_reports_tell_it() {
    let unit = "<testsuite name='unit' tests='1'><testcase classname='a' name='adds'/></testsuite>";
    let unit = ("unit.xml", unit.to_owned());
    let flaky = [("e2e.json", playwright(1, 2)), unit.clone()];
    let clean = [("e2e.json", playwright(0, 3)), unit];
    for (condition, reports, status) in [
        ("has(tests.flaky) ? tests.flaky == 0 : tests.failed == 0", &flaky, "unproven"),
        ("has(tests.flaky) ? tests.flaky == 0 : tests.failed == 0", &clean, "unproven"),
        ("!has(tests.flaky) && tests.failed == 0 && tests.total > 0", &flaky, "unproven"),
        ("tests.total > 0 && (!has(tests.flaky) || tests.flaky == 0)", &flaky, "unproven"),
        ("tests.total > 0 && (!has(tests.flaky) || tests.flaky == 0)", &clean, "unproven"),
        ("has(tests.flaky) && tests.flaky == 0", &clean, "unproven"),
        ("has(tests.flaky) && tests.flaky == 0", &flaky, "contradicted"),
        ("has(tests.flaky) && tests.failed > 0", &clean, "contradicted"),
        ("has(tests.flaky) && tests.total > 0", &clean, "unproven"),
        ("\"flaky\" in tests ? tests.flaky == 0 : tests.failed == 0", &flaky, "unproven"),
        ("!(\"flaky\" in keys(tests)) && tests.total > 0", &flaky, "unproven"),
        ("!keys(tests).exists(k, k == \"flaky\") && tests.total > 0", &flaky, "unproven"),
        ("\"passed\" in keys(tests) && tests.total > 0", &flaky, "verified"),
        ("has(tests.passed) && tests.total > 0", &flaky, "verified"),
        (
            "artifact(\"**/unit.xml\").tests.total > 0 && !has(artifact(\"**/unit.xml\").tests.flaky)",
            &flaky,
            "verified",
        ),
        ("has(artifact(\"**/e2e.json\").tests.flaky) && tests.total > 0", &flaky, "verified"),
        ("!has(artifact(\"**\").tests.flaky) && tests.total > 0", &flaky, "unproven"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
        let why = "reports/unit.xml does not tell it. Ask one that does";
        assert_eq!(reason.contains(why), status == "unproven", "{condition}: {reason}");
    }
}

#[test]
fn a_time_that_one_of_several_reports_tells_is_neither_there_nor_not() {
    let suite = |name: &str, time: &str| {
        format!("<testsuite name='{name}'{time}><testcase name='{name}'/></testsuite>")
    };
    let two = [("a.xml", suite("a", " time='900'")), ("b.xml", suite("b", ""))];
    let condition = "tests.total > 0 && (!has(tests.duration_s) || tests.duration_s < 600)";
    for (reports, status) in
        [(&two[..], "unproven"), (&two[..1], "contradicted"), (&two[1..], "verified")]
    {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{reason}");
    }
}

/// A Cobertura report of files with so many lines, the first of them covered.
fn cobertura(files: &[(&str, usize, usize)]) -> String {
    let mut text = String::from("<coverage version='1'><packages><package name='a'><classes>");
    for (path, covered, total) in files {
        text.push_str(&format!("<class name='a' filename='{path}'><lines>"));
        for line in 1..=*total {
            let hits = usize::from(line <= *covered);
            text.push_str(&format!("<line number='{line}' hits='{hits}'/>"));
        }
        text.push_str("</lines></class>");
    }
    text + "</classes></package></packages></coverage>"
}

#[test]
fn functions_of_one_run_fall_short_whatever_form_leaves_them_out() {
    let with = |path: &str| {
        let functions = "FN:1,a\nFN:5,b\nFNDA:1,a\nFNDA:0,b\nFNF:2\nFNH:1\nend_of_record";
        lcov(&[(path, 8, 10)]).replace("end_of_record", functions)
    };
    let one = [("a.info", with("src/a.js")), ("b.xml", cobertura(&[("src/a.js", 8, 10)]))];
    let two = [("a.info", with("src/a.js")), ("b.xml", cobertura(&[("src/b.js", 8, 10)]))];
    let more = [("a.info", with("src/a.js")), ("b.xml", cobertura(&[("src/a.js", 9, 10)]))];
    for (condition, reports, status) in [
        ("coverage.functions.pct >= 90", &one[..], "contradicted"),
        ("coverage.functions.pct > 50", &one, "contradicted"),
        ("coverage.functions.pct >= 50", &one, "unproven"),
        ("coverage.functions.pct >= 50", &one[..1], "verified"),
        ("coverage.functions.pct < 90", &one, "unproven"),
        ("coverage.functions.total <= 1", &one, "contradicted"),
        ("coverage.functions.covered >= 1", &one, "unproven"),
        // The functions of other files, or of another run, may be covered all.
        ("coverage.functions.pct >= 90", &two, "unproven"),
        ("coverage.functions.pct >= 90", &more, "unproven"),
        ("coverage.functions.total <= 1", &two, "contradicted"),
        ("coverage.lines.pct >= 80", &one, "verified"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
        let is_silent = reports.len() == 2 && status == "unproven";
        assert_eq!(reason.contains("reports/b.xml does not tell it"), is_silent, "{reason}");
    }
}

#[test]
fn whether_functions_are_counted_is_open_where_one_of_two_forms_counts_them() {
    let with = |hit: usize| {
        let functions = format!("FN:1,a\nFN:5,b\nFNF:2\nFNH:{hit}\nend_of_record");
        ("a.info", lcov(&[("src/a.js", 8, 10)]).replace("end_of_record", &functions))
    };
    let form = |path: &str| ("b.xml", cobertura(&[(path, 8, 10)]));
    let (bad, good) = ([with(1), form("src/a.js")], [with(2), form("src/b.js")]);
    for (condition, reports, status) in [
        (
            "has(coverage.functions) ? coverage.functions.pct >= 80 : coverage.lines.pct >= 80",
            &bad,
            "unproven",
        ),
        (
            "has(coverage.functions) ? coverage.functions.pct >= 80 : coverage.lines.pct >= 80",
            &good,
            "unproven",
        ),
        (
            "coverage.lines.pct >= 80 && (!has(coverage.functions) || coverage.functions.pct >= 80)",
            &bad,
            "unproven",
        ),
        ("has(coverage.functions) && coverage.functions.pct >= 80", &good, "unproven"),
        ("has(coverage.functions) && coverage.functions.pct >= 80", &bad, "contradicted"),
        ("size(coverage) == 1 && coverage.lines.pct >= 80", &bad, "unproven"),
        ("coverage.all(k, k == \"lines\") && coverage.lines.pct >= 80", &bad, "unproven"),
        // None of them counts branches.
        ("!has(coverage.branches) && coverage.lines.pct >= 80", &bad, "verified"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
        let is_silent = reason.contains("reports/b.xml does not tell it");
        assert_eq!(is_silent, status == "unproven", "{condition}: {reason}");
    }
}
