//! Answers that are true and say nothing: of nothing, of a rest, of what was skipped.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;

#[test]
fn nothing_of_nothing_is_no_whole() {
    let world = World::of(json!({"data": {
        "passed": 0, "total": 0, "failed": 0, "items": [], "done": [], "allowed": 0, "some": 3,
    }}));
    for source in [
        "data.passed == data.total",
        "data.failed * 100 <= data.total",
        "data.items.size() == data.done.size()",
    ] {
        let Err(Undecided::Untrusted { why, .. }) = world.ask(source) else { panic!("{source}") };
        assert!(why.contains("are both 0"), "{source}: {why}");
    }
    for source in [
        "data.failed == 0",
        "data.failed <= data.allowed",
        "data.some == data.some",
        "data.total > 0 || data.some == 3",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
    assert_eq!(world.ask("data.total > 0 && data.passed == data.total"), Ok(false));
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
fn a_test_that_was_skipped_is_none_that_did_not_fail() {
    let cases = json!([
        {"name": "pays", "outcome": "passed"},
        {"name": "refunds", "outcome": "skipped"},
    ]);
    let world = World::of(json!({"tests": {"cases": cases}}));
    for source in [
        "tests.cases.exists(c, c.name.contains(\"refund\") && c.outcome != \"failed\")",
        "tests.cases.exists_one(c, c.name == \"refunds\" && !(c.outcome in [\"failed\", \"errored\"]))",
    ] {
        let Err(Undecided::Untrusted { why, .. }) = world.ask(source) else { panic!("{source}") };
        assert!(why.contains("was skipped"), "{source}: {why}");
    }
    for source in [
        "tests.cases.exists(c, c.outcome != \"failed\")",
        "tests.cases.exists(c, c.name == \"refunds\" && c.outcome == \"skipped\")",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}
