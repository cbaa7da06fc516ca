//! Over a part of the artifacts: only what no further artifact could turn is said.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;

fn part() -> World {
    World::of(json!({
        "tests": {
            "total": 150, "passed": 146, "failed": 3, "errored": 0, "skipped": 1, "duration_s": 2.5,
            "cases": [
                {"name": "adds", "outcome": "passed"},
                {"name": "isolates", "outcome": "failed"},
            ],
        },
        "findings": {"total": 2, "critical": 1, "high": 1, "unknown": 0, "list": [
            {"severity": "critical", "rule": "A"}, {"severity": "high", "rule": "B"},
        ]},
        "coverage": {"lines": {"covered": 10, "total": 20, "pct": 50.0}},
        "metrics": {"http": {"p95": 900.0}},
        "ci": {"conclusion": "failure", "attempt": 1},
        "git": {"dirty": true, "commit": "abc"},
    }))
    .partial()
}

#[test]
fn a_count_is_a_lower_bound_and_a_list_may_be_longer() {
    let world = part();
    for (source, expected) in [
        ("tests.failed == 0", Some(false)),
        ("tests.failed <= 2", Some(false)),
        ("tests.failed < 3", Some(false)),
        ("tests.failed <= 3", None),
        ("tests.errored == 0", None),
        ("tests.total >= 200", None),
        ("tests.total >= 100", Some(true)),
        ("tests.total > 149", Some(true)),
        ("tests.failed != 2", Some(true)),
        ("tests.failed + tests.errored == 0", Some(false)),
        ("0 == tests.failed", Some(false)),
        ("10 - tests.failed > 8", Some(false)),
        ("10 - tests.failed > 5", None),
        ("-tests.failed >= 0", Some(false)),
        ("tests.failed * 2 <= 5", Some(false)),
        ("tests.failed / 2 == 0", Some(false)),
        ("tests.failed * -1 > 0", None),
        ("double(tests.failed) < 2.5", Some(false)),
        ("tests.passed == tests.total", None),
        ("tests.failed == 0 && tests.total >= 200", Some(false)),
        ("tests.total >= 200 && tests.failed == 0", Some(false)),
        ("!(tests.failed > 0)", Some(false)),
        ("tests.duration_s < 1", None),
        ("coverage.lines.pct >= 80", None),
        ("metrics.http.p95 < 500", None),
        ("ci.conclusion == \"success\"", None),
        ("data.x == 1", None),
        ("components.total > 0", None),
        ("tests.cases.all(c, c.outcome == \"passed\")", Some(false)),
        ("!tests.cases.exists(c, c.outcome == \"failed\")", Some(false)),
        ("tests.cases.all(c, c.name != \"x\")", None),
        ("tests.cases.exists(c, c.name == \"x\")", None),
        ("tests.cases.exists_one(c, true)", Some(false)),
        ("tests.cases.exists_one(c, c.name == \"adds\")", None),
        ("findings.list.filter(f, f.severity == \"critical\").size() == 0", Some(false)),
        ("findings.list.filter(f, f.severity == \"low\").size() == 0", None),
        ("findings.list.map(f, f.rule).size() < 2", Some(false)),
        ("!(\"A\" in findings.list.map(f, f.rule))", Some(false)),
        ("\"C\" in findings.list.map(f, f.rule)", None),
        ("findings.list[0].rule == \"B\"", None),
        ("passed(\"isolates\")", Some(false)),
        ("passed(\"adds\")", None),
        ("passed(\"nothing\")", None),
        ("has(tests.flaky)", None),
        ("git.dirty == false", Some(false)),
        ("git.commit == \"abc\" && tests.failed == 0", Some(false)),
    ] {
        match (world.ask(source), expected) {
            (Ok(said), Some(expected)) => assert_eq!(said, expected, "{source}"),
            (Err(Undecided::Partial), None) => {}
            (other, _) => panic!("{source}: {other:?}"),
        }
    }
}
