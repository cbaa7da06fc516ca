//! What a condition leaves aside of what it asks for is allowed for or refused.

use serde_json::json;

use super::trusting::refused;
use super::world::World;
use crate::condition::Undecided;
use crate::facts::{Facts, Findings, Tally, Value};
use crate::model::Rule;

fn findings(unknown: u64) -> World {
    World::of(json!({
        "findings": {
            "total": 2 + unknown, "critical": 0, "high": 2, "medium": 0, "low": 0, "info": 0,
            "unknown": unknown, "errors": 0,
            "list": [
                {"severity": "high", "rule": "A", "suppressed": false},
                {"severity": "unknown", "rule": "B", "suppressed": unknown == 0},
            ],
        },
    }))
}

const GRADED: [&str; 5] = [
    "findings.critical == 0",
    "findings.critical + findings.high <= 2",
    "!findings.list.exists(f, f.severity == \"critical\")",
    "findings.list.filter(f, f.severity in [\"critical\", \"medium\"]).size() == 0",
    "findings.errors == 0 && findings.critical == 0",
];

#[test]
fn severities_say_nothing_of_findings_without_one() {
    let world = findings(1);
    for source in GRADED {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::Ungraded, "{source}");
        let said = "1 finding has no severity, and the condition asks only for severities.";
        assert!(why.starts_with(said), "{why}");
    }
    for source in [
        "findings.critical == 0 && findings.unknown <= 3",
        "findings.critical == 0 && findings.total < 9",
        "findings.errors == 0",
        "findings.list.all(f, !(f.severity in [\"critical\", \"unknown\"]) || f.rule == \"B\")",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
    assert_eq!(world.ask("findings.high == 0"), Ok(false), "a refutation stands");
}

#[test]
fn findings_that_all_have_a_severity_are_judged_by_it() {
    for source in GRADED {
        assert_eq!(findings(0).ask(source), Ok(true), "{source}");
    }
}

#[test]
fn without_the_rule_ungraded_findings_would_pass() {
    let world = findings(1).without(Rule::Ungraded);
    for source in GRADED {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn one_artifact_s_ungraded_findings_are_found_too() {
    let mut world = World::default();
    world.artifacts.insert("a.json".to_owned(), findings(3).groups);
    let (rule, why) = refused(&world, "artifact(\"*.json\").findings.critical == 0");
    assert_eq!((rule, &why[..10]), (Rule::Ungraded, "3 findings"));
}

#[test]
fn what_a_tool_could_not_check_is_allowed_for_or_refused() {
    let facts = |unchecked| {
        let mut findings = Findings::default();
        findings.unchecked = unchecked;
        let checks = Tally::of(3, 0);
        Facts { findings: Some(findings), checks: Some(checks), ..Facts::default() }
    };
    let world = World::of_facts(&facts(Some(2)));
    for source in ["findings.total == 0", "findings.errors < 9", "checks.failed == 0"] {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::Unchecked, "{source}");
        assert!(
            why.starts_with("2 files, packages, rules or results are left unchecked."),
            "{why}"
        );
        assert_eq!(World::of_facts(&facts(Some(0))).ask(source), Ok(true), "{source}");
        assert_eq!(World::of_facts(&facts(None)).ask(source), Ok(true), "{source}");
        let off = World::of_facts(&facts(Some(2))).without(Rule::Unchecked);
        assert_eq!(off.ask(source), Ok(true), "{source}");
    }
    assert_eq!(world.ask("findings.total == 0 && findings.unchecked <= 2"), Ok(true));
    assert_eq!(world.ask("checks.failed == 0 && findings.unchecked <= 2"), Ok(true));
    assert_eq!(world.ask("findings.total == 0 && findings.unchecked <= 1"), Ok(false));
    assert_eq!(world.ask("findings.total > 0"), Ok(false), "a refutation stands");
    let mut own = world.clone();
    own.groups.insert("data".to_owned(), Value::map([("clean".to_owned(), Value::Bool(true))]));
    let (rule, why) = refused(&own, "data.clean");
    assert_eq!(rule, Rule::Unchecked, "the report's own document: {why}");
    assert_eq!(own.ask("data.clean && findings.unchecked <= 2"), Ok(true));
    let elsewhere = "findings.total == 0 && artifact(\"a\").findings.unchecked == 0";
    let mut two = World::of_facts(&facts(Some(2)));
    two.artifacts.insert("a".to_owned(), World::of_facts(&facts(Some(0))).groups);
    assert_eq!(refused(&two, elsewhere).0, Rule::Unchecked);
}

#[test]
fn a_relative_path_is_not_sought_among_absolute_ones() {
    let list =
        |path: &str| json!({"findings": {"total": 1, "list": [{"path": path, "rule": "a"}]}});
    for source in [
        "findings.list.filter(f, f.path.startsWith(\"src/\")).size() == 0",
        "!findings.list.exists(f, f.path.startsWith(\"src/\"))",
        "findings.list.all(f, f.path != \"src/a.ts\")",
        "!findings.list.exists(f, f.path in [\"src/a.ts\", \"src/b.ts\"])",
        "!findings.list.exists(f, f.path.matches(\"^src/\"))",
        "!findings.list.exists(f, f.path.matches(\"^(lib/x|src)/a\"))",
        "findings.list.map(f, f.path).all(p, !p.startsWith(\"src/\"))",
        "findings.list.all(f, !string(f.path).startsWith(\"src/\"))",
    ] {
        for path in ["/home/ci/shop/src/a.ts", "C:\\ci\\src\\a.ts", "file:///ci/src/a.ts"] {
            let Err(Undecided::Missing { why }) = World::of(list(path)).ask(source) else {
                panic!("{source} of {path}");
            };
            assert!(why.contains("is absolute"), "{source}: {why}");
        }
        assert_eq!(World::of(list("lib/a.ts")).ask(source), Ok(true), "{source}");
        assert_eq!(World::of(list("src/a.ts")).ask(source), Ok(false), "{source}");
    }
    let routes = World::of(json!({"data": {"routes": [{"path": "/health"}, {"path": "ready"}]}}));
    assert_eq!(routes.ask("data.routes.exists(r, r.path == \"ready\")"), Ok(true), "no finding");
    let keys = |path: &str| World::of(json!({"data": {path: {"pct": 0}}}));
    let covered = "keys(data).all(k, !k.startsWith(\"src/pay/\") || data[k].pct >= 80)";
    for path in
        ["/ci/shop/src/pay/a.js", "D:\\shop\\src\\pay\\a.js", "src\\pay\\a.py", "./src/pay/a.js"]
    {
        let asked = keys(path).ask(covered);
        assert!(matches!(asked, Err(Undecided::Missing { .. })), "{path}: {asked:?}");
    }
    assert_eq!(keys("/ci/shop/src/cart/a.js").ask(covered), Ok(true), "another folder");
    let world = World::of(list("/home/ci/shop/src/a.ts"));
    for (source, told) in [
        ("findings.list.exists(f, f.path.contains(\"/src/\"))", true),
        ("findings.list.all(f, f.path.startsWith(\"/home/\"))", true),
        ("findings.list.exists(f, f.path.matches(\"src/.*ts$\"))", true),
        ("!findings.list.exists(f, f.path == \"/home/ci/shop/src/a.ts\")", false),
    ] {
        assert_eq!(world.ask(source), Ok(told), "{source}");
    }
}

#[test]
fn what_hangs_on_another_fact_is_told_with_it_or_refused() {
    let world = World::of(json!({
        "rules": {"total": 3, "alerting": 3, "firing": 0, "unhealthy": 1, "list": [
            {"name": "a", "state": "inactive", "health": "err"}]},
        "targets": {"total": 3, "up": 2, "down": 0},
        "tests": {"total": 9, "failed": 0, "shards_missing": 3, "cases": [
            {"name": "a", "outcome": "passed"}]},
        "provenance": {"subjects": 1, "result": "FAILED"},
        "thresholds": {"total": 2, "failed": 0, "unmeasured": 1},
    }));
    for (source, rule, why) in [
        ("thresholds.failed == 0", Rule::Unchecked, "1 threshold was not held against anything,"),
        ("rules.firing == 0", Rule::Unchecked, "1 rule was not evaluated."),
        ("rules.list.all(r, r.state == \"inactive\")", Rule::Unchecked, "1 rule"),
        (
            "rules.firing == 0 && !rules.list.exists(health, health.state == \"firing\")",
            Rule::Unchecked,
            "1 rule",
        ),
        ("targets.down == 0", Rule::Unchecked, "1 target was not scraped yet."),
        ("tests.failed == 0", Rule::Unchecked, "3 shards of the run are in no artifact."),
        ("passed(\"a\")", Rule::Unchecked, "3 shards"),
        ("provenance.subjects > 0", Rule::ToolFailed, "The statement says FAILED"),
    ] {
        let (told, said) = refused(&world, source);
        assert_eq!(told, rule, "{source}");
        assert!(said.starts_with(why), "{source}: {said}");
        assert_eq!(world.clone().without(rule).ask(source), Ok(true), "{source}");
    }
    for source in [
        "rules.firing == 0 && rules.unhealthy <= 1",
        "rules.alerting == 3",
        "rules.list.all(r, r.state == \"inactive\" || r.health == \"err\")",
        "targets.down == 0 && targets.up > 1",
        "tests.failed == 0 && tests.shards_missing <= 3",
        "thresholds.failed == 0 && thresholds.unmeasured < 2",
        "thresholds.total == 2",
        "provenance.result == \"FAILED\"",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
    assert_eq!(world.ask("provenance.result == \"PASSED\""), Ok(false), "a refutation stands");
    let whole = World::of(json!({
        "rules": {"firing": 0, "unhealthy": 0}, "targets": {"total": 2, "up": 2, "down": 0},
        "tests": {"failed": 0, "shards_missing": 0}, "provenance": {"subjects": 1, "result": "PASSED"},
    }));
    for source in ["rules.firing == 0", "targets.down == 0", "tests.failed == 0"] {
        assert_eq!(whole.ask(source), Ok(true), "{source}");
    }
    assert_eq!(whole.ask("provenance.subjects > 0"), Ok(true));
}

#[test]
fn what_a_report_s_own_document_says_hangs_on_the_same() {
    let group = json!({"rules": [{"state": "inactive", "health": "err"}]});
    let rules = World::of(json!({
        "rules": {"total": 1, "firing": 0, "unhealthy": 1},
        "data": {"data": {"groups": [group]}},
    }));
    let quiet = "data.data.groups.all(g, g.rules.all(r, r.state != \"firing\"))";
    let (rule, why) = refused(&rules, quiet);
    assert_eq!((rule, why.contains("1 rule was not evaluated")), (Rule::Unchecked, true), "{why}");
    let knowing = "data.data.groups.all(g, g.rules.all(r, r.health == \"err\"))";
    assert_eq!(rules.ask(knowing), Ok(true));
    let shard = World::of(json!({
        "tests": {"total": 3, "failed": 0, "errored": 0, "shards_missing": 3},
        "data": {"stats": {"unexpected": 0, "expected": 3}},
    }));
    let none = "data.stats.unexpected == 0 && data.stats.expected > 0";
    assert_eq!(refused(&shard, none).0, Rule::Unchecked);
    assert_eq!(shard.ask(&format!("{none} && tests.shards_missing <= 3")), Ok(true));
    assert_eq!(shard.without(Rule::Unchecked).ask(none), Ok(true));
}
