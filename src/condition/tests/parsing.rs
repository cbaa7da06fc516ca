//! What is a condition, and what is said where a text is none.

use crate::condition::{Condition, Fault};

/// Each fault as the text under it, the message and the hint.
fn faults(source: &str) -> Vec<String> {
    let faults: Vec<Fault> = match Condition::parse(source) {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    let shown = faults.iter().map(|fault| {
        let at = source.get(fault.at.clone()).unwrap_or("<outside>");
        format!("{at} | {} | {}", fault.message, fault.hint.clone().unwrap_or_default())
    });
    shown.collect()
}

#[test]
fn the_requirements_of_the_book_are_conditions() {
    for source in [
        "tests.total > 0 && tests.failed == 0",
        "tests.total >= 200 && tests.failed + tests.errored == 0 && tests.skipped <= 3",
        "findings.errors == 0",
        r#"passed("isolation|cross-account")"#,
        r#"ci.jobs["types"].conclusion == "success""#,
        r#"artifact("ci-out/trivy-image.json").findings.critical == 0 &&
          provenance.list.size() > 0 && provenance.list.all(s, s.digest in image.digests)"#,
        "metrics.http_req_duration.p95 < 400.0 && metrics.http_req_failed.rate_pct < 0.5",
        "metrics.http_req_duration.p95 < 400 && metrics[\"a b\"].p75 < 1",
        r#"files("deploy/*.yaml").size() > 0 && files("deploy/*.yaml").all(f,
          load(f).spec.template.spec.containers.all(c, has(c.resources) && has(c.resources.limits)))"#,
        r#"findings.errors == 0 && text("Dockerfile").contains("USER ")"#,
        "tests.total / 2 > 3",
        "double(tests.total) * 1.5 > 3.0",
        "tests.total * 2 >= 1.5",
        "findings.list.filter(f, f.severity == \"critical\").size() == 0",
        "!findings.list.exists(f, f.severity in [\"critical\", \"high\"])",
        "git.signed && !git.dirty",
        "git.trailers[\"Evidence-for\"].size() > 0",
        "data.spec.replicas >= 3 && data[\"a-b\"][0].c == \"x\"",
        "keys(ci.jobs).all(name, ci.jobs[name].conclusion == \"success\")",
        "number(text(\"limit.txt\")) > 2",
        "(tests.failed == 0) ? tests.total > 1 : false",
        "coverage.lines.pct >= 80",
        "\"abc\".matches(\"^a\") && size(data.items) == 2",
        "artifact(\"a.xml\").passed(\"x\")",
        "data.ok",
    ] {
        assert_eq!(faults(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn a_fault_has_its_place_and_a_suggestion() {
    insta::assert_snapshot!(
        [
            "tests.faild == 0",
            "test.failed == 0",
            "tests.failed == '0'",
            "tests",
            "tests.failed",
            "ci.conclusion",
            "tests.cases",
            "tests.total * 1.5 > 2.0",
            "tests.failed / tests.total < 0.01",
            "metrics.a.p95 * 100 > 2",
            "tests.total > 0 && tests.faild == 0 || tets.x",
            "ci.jobs.type-check.conclusion == \"success\"",
            "metrics.a.rat < 1",
            "coverage.lines < 80",
            "sizeof(tests.cases) > 0",
            "tests.cases.any(c, true)",
            "tests.cases.length > 0",
            "tests.cases.all(c, c.outcom == \"passed\")",
            "tests.cases.all(c, c.outcome == \"pass\")",
            "findings.list.exists(f, f.severity in [\"critcal\"])",
            "passed(\"(\")",
            "passed(1)",
            "files(\"a/{b\").size() > 0",
            "text(\"../secret\") == \"\"",
            "artifact(\"x\") == \"y\"",
            "artifact(git.commit).tests.failed == 0",
            "artifact(\"x\").tets.failed == 0",
            "has(tests[\"failed\"])",
            "has(tests.faild)",
            "tests.failed == null",
            "\"x\" in git.branch",
            "tests.cases.contains(\"x\")",
            "tests.cases.all(a, tests.cases.all(b, tests.cases.all(c, tests.cases.all(d, true))))",
            "tests.cases.all(tests, true)",
            "tests.failed < true",
            "git.commit + 1 == 2",
            "git.commit > git.dirty",
            "Foo{a: 1}",
            ".tests.failed == 0",
            "timestamp(git.commit) > 1",
        ]
        .map(|source| format!("{source}\n    {}", faults(source).join("\n    ")))
        .join("\n")
    );
}

#[test]
fn a_syntax_fault_is_told_in_our_words() {
    insta::assert_snapshot!(
        [
            "",
            "  ",
            "tests.failed = 0",
            "tests.failed == 0 and tests.total > 0",
            "tests.failed === 0",
            "tests.failed <> 0",
            "not tests.failed == 0",
            "tests.failed == 0 & tests.total > 0",
            "(tests.failed == 0",
            "tests.failed == 0)",
            "tests.cases.all(c, c.name == \"x\"",
            "tests.failed ==",
            "tests.failed == 0 tests.total",
            "'abc",
            "tests.total > 0 ? true",
            "tests.total > 99999999999999999999",
            "if tests.total",
            "tests..failed",
            "tests.failed == 0;",
            "täst == 0",
            "'\\q' == ''",
        ]
        .map(|source| format!("{source}\n    {}", faults(source).join("\n    ")))
        .join("\n")
    );
}

#[test]
fn long_and_deep_texts_are_refused_with_a_fault() {
    let long = "tests.failed == 0 && ".repeat(300);
    assert!(faults(&long)[0].contains("the limit is 4096"), "{:?}", faults(&long));
    for deep in [
        format!("{}1{}", "(".repeat(2000), ")".repeat(2000)),
        format!("data{}", ".a".repeat(1900)),
        format!("1{}", "+1".repeat(1900)),
        format!("data{}", "[0]".repeat(1200)),
        format!("{}data", "!(".repeat(1000)),
    ] {
        let faults = faults(&deep);
        assert!(faults[0].contains("nested"), "{faults:?}");
    }
}
