//! Answers that are true and say nothing: of nothing, of a rest, of what was skipped.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;
use crate::model::Rule;

#[test]
fn nothing_of_nothing_is_no_whole() {
    let of = |some: u64| {
        World::of(json!({"data": {
            "passed": some, "total": some, "skipped": 0, "failed": 0, "errors": 0, "allowed": 0,
            "ready": some, "desired": some, "items": [], "done": [], "max_errors": 0, "some": 3,
        }}))
        .file("s.json", &format!("{{\"up\": {some}, \"all\": {some}}}"))
    };
    for source in [
        "data.passed == data.total",
        "data.ready >= data.desired",
        "data.desired <= data.ready",
        "!(data.ready < data.desired)",
        "!(data.passed != data.total)",
        "data.passed + data.skipped == data.total",
        "data.total - data.passed == 0",
        "0 >= data.desired - data.ready",
        "double(data.passed) >= double(data.total)",
        "data.failed * 100 <= data.total",
        "data.failed <= data.passed",
        "(data.failed == 0 && (data.some == 3 && data.passed == data.total))",
        "load(\"s.json\").up == load(\"s.json\").all",
    ] {
        let Err(Undecided::Untrusted { why, .. }) = of(0).ask(source) else { panic!("{source}") };
        assert!(why.contains("are both 0"), "{source}: {why}");
        assert_eq!(of(2).ask(source), Ok(true), "{source}");
    }
    for source in ["data.items.size() == data.done.size()", "size(data.done) >= size(data.items)"] {
        let Err(Undecided::Untrusted { why, .. }) = of(2).ask(source) else { panic!("{source}") };
        assert!(why.contains("are both 0"), "{source}: {why}");
    }
    for source in [
        "data.failed == 0",
        "data.failed + data.errors == 0",
        "data.failed <= data.allowed",
        "data.allowed >= data.failed",
        "!(data.skipped > data.max_errors)",
        "data.some == data.some",
        "data.total > 0 || data.some == 3",
    ] {
        assert_eq!(of(0).ask(source), Ok(true), "{source}");
    }
    assert_eq!(of(2).ask("data.total - data.passed == data.failed"), Ok(true), "two are not 0");
    assert_eq!(of(0).ask("data.total > 0 && data.passed == data.total"), Ok(false));
    assert_eq!(of(0).ask("data.ready > data.desired"), Ok(false));
}

#[test]
fn the_rest_of_a_measured_figure_is_not_dropped() {
    let world = World::of(json!({"metrics": {"failed": {"rate_pct": 1.99}}, "data": {"x": 2.0}}));
    let Err(Undecided::Untrusted { why, .. }) = world.ask("int(metrics.failed.rate_pct) <= 1")
    else {
        panic!("it was answered")
    };
    assert!(why.contains("drops the rest of 1.99"), "{why}");
    assert_eq!(world.ask("int(data.x) == 2 && int(2.5) == 2"), Ok(true));
}

#[test]
fn what_hangs_on_skipped_tests_alone_is_not_answered() {
    let of = |outcome: &str| {
        World::of(json!({"tests": {"failed": 0, "errored": 0, "skipped": 1, "cases": [
            {"name": "pays", "suite": "shop", "outcome": "passed"},
            {"name": "refunds", "suite": "shop", "outcome": outcome},
        ]}}))
    };
    for source in [
        "tests.cases.exists(c, c.name.contains(\"refund\") && c.outcome != \"failed\")",
        "tests.cases.exists_one(c, c.name == \"refunds\" && !(c.outcome in [\"failed\", \"errored\"]))",
        "tests.cases.filter(c, c.name.contains(\"refund\") && c.outcome != \"failed\").size() > 0",
        "size(tests.cases.filter(c, c.name.contains(\"refund\"))) >= 1",
        "!(tests.cases.filter(c, c.name.contains(\"refund\")).size() == 0)",
        "tests.cases.filter(c, c.name.contains(\"refund\")) != []",
        "\"refunds\" in tests.cases.map(c, c.outcome != \"failed\", c.name)",
        "tests.cases.exists(c, c.name == \"refunds\") && tests.failed + tests.errored == 0",
        "[\"refunds\"].all(n, tests.cases.exists(c, c.name == n))",
        "tests.cases.map(c, c.name).exists(n, n == \"refunds\")",
        "tests.cases.exists(c, c.name == \"refunds\") ? true : false",
    ] {
        let Err(Undecided::Untrusted { rule, why }) = of("skipped").ask(source) else {
            panic!("{source}")
        };
        assert!(rule == Rule::OverNothing && why.contains("were skipped"), "{source}: {why}");
        assert_eq!(of("passed").ask(source), Ok(true), "{source}");
        let free = of("skipped").without(Rule::OverNothing);
        assert_eq!(free.ask(source), Ok(true), "{source}");
    }
    for source in [
        "tests.cases.exists(c, c.outcome != \"failed\")",
        "tests.cases.exists(c, c.name == \"refunds\" && c.outcome == \"skipped\")",
        "tests.cases.filter(c, c.outcome == \"passed\").size() > 0",
        "tests.cases.filter(c, c.suite == \"shop\").size() > 0",
        "tests.cases.filter(c, c.outcome != \"passed\").size() == tests.skipped",
        "tests.cases.filter(c, c.outcome == \"failed\").size() == 0",
        "tests.cases.map(c, c.name) == [\"pays\", \"refunds\"]",
        "tests.cases.size() == 2",
    ] {
        assert_eq!(of("skipped").ask(source), Ok(true), "{source}");
    }
    let passed = "tests.cases.exists(c, c.name == \"refunds\" && c.outcome == \"passed\")";
    assert_eq!(of("skipped").ask(passed), Ok(false));
}

#[test]
fn a_file_in_which_nothing_stands_holds_no_answer_up() {
    let of = |text: &str| World::default().file("docs/runbook.md", text).file("docs/other.md", "x");
    for source in [
        "files(\"docs/runbook.md\").size() == 1",
        "files(\"docs/*.md\").size() >= 2",
        "!(files(\"docs/runbook.md\").size() == 0)",
        "\"docs/runbook.md\" in files(\"docs/**\")",
        "files(\"docs/*.md\").exists(f, f.endsWith(\"runbook.md\"))",
    ] {
        let Err(Undecided::Untrusted { rule, why }) = of("").ask(source) else {
            panic!("{source}")
        };
        assert_eq!(rule, Rule::OverNothing, "{source}");
        assert!(why.starts_with("docs/runbook.md is empty, and "), "{source}: {why}");
        let asked = "Ask for text(\"docs/runbook.md\").size() == 0 where that is meant.";
        assert!(why.ends_with(asked), "{source}: {why}");
        assert_eq!(of("x").ask(source), Ok(true), "{source}");
    }
    for source in [
        "files(\"docs/*.md\").size() >= 1",
        "text(\"docs/runbook.md\") == \"\" && files(\"docs/*.md\").size() > 0",
        "files(\"docs/*.orig\").size() == 0",
    ] {
        assert_eq!(of("").ask(source), Ok(true), "{source}");
    }
    assert_eq!(of("").ask("files(\"docs/runbook.md\").size() == 0"), Ok(false));
}

#[test]
fn that_a_finding_has_no_other_name_counts_where_its_rule_is_asked_the_same() {
    let of = |rule: &str| {
        World::of(json!({"findings": {"list": [{"rule": rule, "aliases": [], "level": "error"}]}}))
    };
    for source in [
        "!findings.list.exists(f, f.rule == \"CVE-2021-1\" || \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, \"CVE-2021-1\" in f.aliases || \"CVE-2021-1\" == f.rule)",
        "!findings.list.exists(f, f.rule in [\"CVE-2021-1\", \"CVE-2021-2\"] || \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, f.rule == \"CVE-2021-1\" || f.aliases.exists(a, a == \"CVE-2021-1\"))",
        "findings.list.filter(f, f.rule.startsWith(\"CVE-2021-1\") || f.aliases.exists(a, \
            a.startsWith(\"CVE-2021-1\"))).size() == 0",
    ] {
        assert_eq!(of("CVE-2022-9").ask(source), Ok(true), "{source}");
        assert_ne!(of("CVE-2021-1").ask(source), Ok(true), "{source}");
        assert!(of("GHSA-aaaa-bbbb-cccc").ask(source).is_err(), "it may be the same: {source}");
    }
    for source in [
        "!findings.list.exists(f, \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, f.rule == \"CVE-2021-2\" || \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, f.level == \"note\" || \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, f.rule == \"CVE-2021-1\" && f.level == \"note\" || \"CVE-2021-1\" in f.aliases)",
        "!findings.list.exists(f, f.rule == \"CVE-2021-2\" || f.aliases.exists(a, a == \"CVE-2021-1\"))",
    ] {
        assert!(of("CVE-2022-9").ask(source).is_err(), "{source}");
    }
}

#[test]
fn that_no_commit_has_a_trailer_is_known_where_all_were_read() {
    let of = |trailers: serde_json::Value| World::of(json!({"git": {"trailers": trailers}}));
    for source in [
        "!(\"Do-not-release\" in git.trailers)",
        "keys(git.trailers).all(k, k != \"Blocked-by\")",
        "!git.trailers.exists(k, k == \"Blocked-by\")",
    ] {
        assert_eq!(of(json!({})).ask(source), Ok(true), "{source}");
        assert_eq!(of(json!({"Signed-off-by": []})).ask(source), Ok(true), "{source}");
        assert!(of(json!(null)).ask(source).is_err(), "a history that was cut off: {source}");
    }
    let blocked = of(json!({"Do-not-release": [{"value": "yes"}]}));
    assert_eq!(blocked.ask("!(\"Do-not-release\" in git.trailers)"), Ok(false));
}
