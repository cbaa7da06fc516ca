//! What a condition comes to.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;
use crate::model::Rule;

fn world() -> World {
    World::of(json!({
        "tests": {
            "total": 12, "passed": 10, "failed": 0, "errored": 0, "skipped": 2,
            "cases": [
                {"name": "adds", "suite": "math", "outcome": "passed"},
                {"name": "isolates accounts", "suite": "security", "outcome": "passed"},
                {"name": "waits", "outcome": "skipped"},
            ],
        },
        "findings": {"total": 3, "critical": 0, "high": 2, "medium": 1, "unknown": 0, "list": []},
        "metrics": {"http": {"p95": 612.4, "med": 200.0, "rate": 0.01}},
        "ci": {"conclusion": "success", "jobs": {"test": {"conclusion": "success", "steps": {}}}},
        "components": {"total": 0, "list": []},
        "data": {"replicas": 3, "name": "api", "flags": ["a", "b"], "debug": true, "empty": []},
    }))
    .file("Dockerfile", "FROM x\nUSER app\n")
    .file("deploy/a.yaml", r#"{"containers": [{"resources": {"limits": {}}}]}"#)
}

#[test]
fn a_condition_is_true_or_false() {
    let world = world();
    for (source, expected) in [
        ("tests.total > 0 && tests.failed == 0", true),
        ("tests.total / 5 == 2 && tests.total % 5 == 2", true),
        ("tests.failed + tests.skipped == 2", true),
        ("metrics.http.p95 < 500", false),
        ("metrics.http.p95 < 613", true),
        ("tests.total >= 11.5 && tests.total <= 12.0", true),
        ("ci.jobs[\"test\"].conclusion == \"success\"", true),
        ("\"test\" in ci.jobs", true),
        ("\"lint\" in ci.jobs", false),
        ("has(ci.jobs.test) && !has(ci.jobs.lint)", true),
        ("tests.cases.size() == 3 && size(tests.cases) == 3", true),
        ("tests.cases.exists(c, c.outcome == \"failed\")", false),
        ("tests.cases.exists_one(c, c.outcome == \"skipped\")", true),
        ("tests.cases.map(c, c.name) == [\"adds\", \"isolates accounts\", \"waits\"]", true),
        ("tests.cases.map(c, c.outcome == \"skipped\", c.name) == [\"waits\"]", true),
        ("tests.cases.filter(c, c.outcome == \"failed\").size() == 0", true),
        ("passed(\"isolat\")", true),
        ("passed(\"^security isolates\")", true),
        ("passed(\"adds|waits\")", false),
        ("findings.list.all(f, f.severity != \"critical\")", true),
        ("!findings.list.exists(f, f.severity == \"critical\")", true),
        ("text(\"Dockerfile\").contains(\"USER \")", true),
        ("text(\"Dockerfile\").matches(\"(?m)^USER (?:root)$\")", false),
        (
            "files(\"deploy/*.yaml\").all(f, load(f).containers.all(c, has(c.resources.limits)))",
            true,
        ),
        ("documents(\"deploy/a.yaml\").all(d, has(d.containers))", true),
        ("documents(\"deploy/a.yaml\").size() == 1", true),
        ("data.replicas >= 3 && data.flags[1] == \"b\" && data.flags.size() == 2", true),
        ("data.debug", true),
        ("data.debug ? tests.failed == 0 : false", true),
        ("int(\"12\") == tests.total && double(tests.total) == 12.0", true),
        ("number(\"0.5\") < 1 && string(3) == \"3\"", true),
        ("keys(data).size() == 5", true),
        ("metrics.http.p50 == 200.0 && metrics[\"http\"].med == 200", true),
        ("has(data.nope) ? data.nope.x : data.debug", true),
        ("data.flags.exists(f, has(data.nope) && data.nope[f])", false),
        ("\"a\".startsWith(\"a\") && \"ab\".endsWith(\"b\")", true),
        ("9007199254740993 > 9007199254740992.0", true),
    ] {
        assert_eq!(world.ask(source), Ok(expected), "{source}");
    }
}

#[test]
fn what_is_not_there_is_missing_and_named() {
    let world = world();
    for (source, expected) in [
        ("coverage.lines.pct > 80", "No artifact carries coverage."),
        (
            "tests.flaky == 0",
            "The condition asks for tests.flaky; there are cases, errored, failed, passed, skipped and total.",
        ),
        ("metrics.nope.p95 < 500", "The condition asks for metrics.nope; there is http."),
        (
            "metrics.http.p99 < 500",
            "The condition asks for metrics.http.p99; there are med, p95 and rate.",
        ),
        ("data.flags[2] == \"c\"", "The condition asks for data.flags[2]; the list has 2 entries."),
        (
            "text(\"Makefile\").contains(\"x\")",
            "The condition asks for the file Makefile; the repository has none at this commit.",
        ),
        (
            "data.replicas.x == 1",
            "The condition asks for data.replicas.x; there is a whole number in its place.",
        ),
        (
            "text(data.name + \"/../../x\") == \"\"",
            "The condition asks for a file; `api/../../x` leads out of the repository.",
        ),
        (
            "data.flags == \"a\"",
            "The condition compares data.flags, which is a list, with \"a\", which is a text.",
        ),
    ] {
        match world.ask(source) {
            Err(Undecided::Missing { why }) => assert_eq!(why, expected, "{source}"),
            other => panic!("{source}: {other:?}"),
        }
    }
}

#[test]
fn an_error_is_only_ever_absorbed_by_a_false() {
    let world = world();
    let missing = "metrics.nope.p95 < 500";
    for (source, expected) in [
        (format!("{missing} && tests.total == 0"), Some(false)),
        (format!("tests.total == 0 && {missing}"), Some(false)),
        (format!("tests.total > 0 && {missing}"), None),
        (format!("tests.total > 0 || {missing}"), None),
        (format!("{missing} || tests.total > 0"), None),
        (format!("tests.total == 0 || {missing}"), None),
        (format!("!({missing})"), None),
        (format!("!(tests.total == 0 && {missing})"), None),
    ] {
        assert_eq!(world.ask(&source).ok(), expected, "{source}");
    }
}

#[test]
fn an_empty_list_proves_nothing() {
    let world = world();
    for (source, why) in [
        (
            "components.list.all(c, c.licence == \"MIT\")",
            "There is no component to look at: components.list is empty.",
        ),
        ("!components.list.exists(c, c.licence == \"GPL\")", ""),
        ("components.list.exists(c, c.licence == \"GPL\") == false", ""),
        ("components.list.exists(c, c.licence == \"GPL\") ? false : true", ""),
        ("components.list.filter(c, c.licence == \"GPL\").size() == 0", ""),
        ("components.list.filter(c, c.licence == \"GPL\") == []", ""),
        ("size(components.list.filter(c, true)) + 1 == 1", ""),
        ("!(\"left-pad\" in components.list.map(c, c.name))", ""),
        ("!(\"x\" in data.empty)", "There is no entry to look at: data.empty is empty."),
        (
            "tests.cases.filter(c, c.name == \"x\").all(c, c.outcome == \"passed\")",
            "No test case matches c.name == \"x\".",
        ),
        ("passed(\"nothing\")", "No test case matches nothing."),
        ("!passed(\"nothing\")", ""),
        ("files(\"*.nope\").all(f, text(f) == \"\")", "No file matches *.nope."),
        ("tests.cases.all(c, data.empty.all(e, e == c.name))", ""),
        ("!tests.cases.exists(c, data.empty.exists(e, e == c.name))", ""),
        ("tests.failed > 0 || components.list.all(c, true)", ""),
        ("!(tests.failed > 0 || components.list.exists(c, true))", ""),
    ] {
        match world.ask(source) {
            Err(Undecided::Untrusted { rule: Rule::OverNothing, why: said }) => {
                assert!(why.is_empty() || said == why, "{source}: {said}");
            }
            other => panic!("{source}: {other:?}"),
        }
    }
    for (source, expected) in [
        ("components.list.exists(c, true)", false),
        ("components.list.size() == 0", true),
        ("components.list.filter(c, true).size() > 0", false),
        ("components.list.all(c, true) && tests.failed > 0", false),
        ("findings.list.filter(f, f.level == \"error\").all(f, f.suppressed)", true),
    ] {
        assert_eq!(world.ask(source), Ok(expected), "{source}");
    }
}

#[test]
fn without_the_rule_an_empty_list_would_pass() {
    let world = world().without(Rule::OverNothing);
    for source in
        ["components.list.all(c, false)", "!components.list.exists(c, true)", "passed(\"no\")"]
    {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn kinds_are_never_mixed_up() {
    let world = world();
    for source in [
        "data.replicas == \"3\"",
        "data.replicas != \"3\"",
        "data.name > 3",
        "data.name",
        "!data.name",
        "!(\"3\" in [data.replicas])",
        "data.name + data.replicas == \"x\"",
        "data.debug == \"true\"",
    ] {
        assert!(world.ask(source).is_err(), "{source}: {:?}", world.ask(source));
    }
}
