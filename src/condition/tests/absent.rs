//! What is not there: any other document and any other report lacks it too.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;
use crate::model::Rule;

#[test]
fn that_something_is_not_there_is_so_of_any_document() {
    let wrong = json!({"message": "Bad credentials", "status": "401"});
    let wrong = World::of(json!({"data": wrong, "git": {"commit": "4f2c9e1a"}}));
    let wrong = wrong.file("a.json", r#"{"on": true}"#);
    let right = World::of(json!({"data": {"message": "ok", "vulnerabilities": [], "count": 3}}));
    for source in [
        "!has(data.errors)",
        "!(\"errors\" in data)",
        "git.commit != \"\" && !has(data.errors)",
        "load(\"a.json\").on && !has(data.errors)",
        "has(data.vulnerabilities) ? data.vulnerabilities.size() == 0 : true",
        "!has(data.vulnerabilities) || data.vulnerabilities.size() == 0",
    ] {
        match wrong.ask(source) {
            Err(Undecided::Missing { why }) => {
                assert!(why.contains("is not there, as in any other document"), "{why}");
            }
            other => panic!("{source}: {other:?}"),
        }
        assert_eq!(wrong.clone().without(Rule::NotCarried).ask(source), Ok(true), "{source}");
    }
    for source in [
        "has(data.vulnerabilities) ? data.vulnerabilities.size() == 0 : true",
        "!has(data.errors) && data.count > 0",
        "data.message == \"ok\" && !has(data.errors)",
    ] {
        assert_eq!(right.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn that_a_fact_is_not_there_is_so_of_any_report() {
    let world = World::of(json!({
        "metrics": {"http_reqs": {"count": 10.0}},
        "coverage": {"lines": {"pct": 0.0}},
        "tests": {"total": 1, "failed": 1},
        "ci": {"jobs": {"build": {"conclusion": "failure"}}},
    }));
    for source in [
        "!has(metrics.errors)",
        "!has(metrics.errors) || metrics.errors.rate < 0.01",
        "!(\"errors\" in metrics)",
        "has(coverage.branches) ? coverage.branches.pct >= 80.0 : true",
        "\"e2e\" in ci.jobs ? ci.jobs.e2e.conclusion == \"success\" : true",
        "!has(tests.flaky) || tests.flaky == 0",
    ] {
        let Err(Undecided::Missing { why }) = world.ask(source) else { panic!("{source}") };
        assert!(why.contains("as in any other report"), "{source}: {why}");
    }
    for source in [
        "tests.total == 1 && (!has(tests.flaky) || tests.flaky == 0)",
        "metrics.http_reqs.count > 5.0 && !has(metrics.errors)",
        "has(coverage.branches) ? coverage.branches.pct >= 80.0 : coverage.lines.pct < 1.0",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn what_one_artifact_lacks_another_does_not_have() {
    let mut world = World::of(json!({"tests": {"failed": 0}, "data": {"count": 1}}));
    let of = |json| World::of(json).groups;
    world.artifacts.insert("a.json".to_owned(), of(json!({"data": {"x": 1, "list": [1]}})));
    world.artifacts.insert("b.json".to_owned(), of(json!({"data": {"message": "x"}})));
    for source in [
        "artifact(\"a.json\").data.x == 1 && !has(artifact(\"b.json\").data.errors)",
        "artifact(\"a.json\").data.list.all(n, n == 1) && !has(artifact(\"b.json\").data.errors)",
        "data.count == 1 && !(\"errors\" in artifact(\"b.json\").data)",
        "tests.failed == 0 && !has(data.errors)",
        "artifact(\"b.json\").data.message == \"x\" && !has(data.errors)",
    ] {
        let Err(Undecided::Missing { why }) = world.ask(source) else { panic!("{source}") };
        assert!(why.contains("as in any other document"), "{source}: {why}");
    }
    for source in [
        "artifact(\"b.json\").data.message == \"x\" && !has(artifact(\"b.json\").data.errors)",
        "artifact(\"a.json\").data.list.all(n, n == 1) && !has(artifact(\"a.json\").data.errors)",
        "data.count == 1 && !has(data.errors)",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}
