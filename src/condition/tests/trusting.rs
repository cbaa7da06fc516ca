//! What is refused although it could be computed, and what each rule of trust prevents.

use serde_json::json;

use super::world::World;
use crate::condition::{Condition, Undecided};
use crate::facts::Value;
use crate::model::Rule;

pub(super) fn refused(world: &World, source: &str) -> (Rule, String) {
    match world.ask(source) {
        Err(Undecided::Untrusted { rule, why }) => (rule, why),
        other => panic!("{source}: {other:?}"),
    }
}

fn figures() -> World {
    let mut world = World::of(json!({"tests": {"failed": 1, "total": 0, "passed": i64::MAX}}));
    let nan = |value| Value::record([("p95", Value::Double(value))]);
    let metrics = Value::map([
        ("nan".to_owned(), nan(f64::NAN)),
        ("up".to_owned(), nan(f64::INFINITY)),
        ("down".to_owned(), nan(f64::NEG_INFINITY)),
        ("large".to_owned(), nan(18_446_744_073_709_551_614.0)),
    ]);
    world.groups.insert("metrics".to_owned(), metrics);
    world
}

#[test]
fn what_is_no_number_decides_nothing() {
    for (source, why) in [
        ("metrics.nan.p95 < 500", "metrics.nan.p95 is NaN, not a number."),
        ("!(metrics.nan.p95 > 500)", "metrics.nan.p95 is NaN, not a number."),
        ("metrics.nan.p95 != 500", "metrics.nan.p95 is NaN, not a number."),
        ("metrics.down.p95 < 500", "metrics.down.p95 is infinite below 0, not a number."),
        ("metrics.large.p95 == metrics.large.p95", "metrics.large.p95 is beyond 64 bits."),
        (
            "string(metrics.large.p95) != \"\"",
            "The condition needs a number; metrics.large.p95 is 18446744073709552000.",
        ),
        ("metrics.large.p95 > 0.0", "metrics.large.p95 is beyond 64 bits."),
        ("0 < metrics.up.p95", "metrics.up.p95 is infinite, not a number."),
        ("!(metrics.nan.p95 in [1.0, 2.0])", "metrics.nan.p95 is NaN, not a number."),
        ("[metrics.nan.p95] != [500.0]", "[metrics.nan.p95] is NaN, not a number."),
        ("metrics.nan.p95 + 1.0 > 0.0", "metrics.nan.p95 + 1.0 is NaN, not a number."),
        ("tests.failed % tests.total == 0", "tests.failed % tests.total divides by 0."),
        ("tests.passed + 1 > 0", "tests.passed + 1 is beyond 64 bits."),
        ("tests.passed * 2 > 0", "tests.passed * 2 is beyond 64 bits."),
        (
            "double(tests.failed) / double(tests.total) > 0.5",
            "double(tests.failed) / double(tests.total) is infinite, not a number.",
        ),
        ("int(metrics.nan.p95) == 0", "The condition needs a number; metrics.nan.p95 is NaN."),
        ("number(string(metrics.up.p95)) > 0", ""),
    ] {
        let (rule, said) = refused(&figures(), source);
        assert_eq!(rule, Rule::NotANumber, "{source}");
        assert!(why.is_empty() || said == why, "{source}: {said}");
    }
}

#[test]
fn without_the_rule_an_infinity_would_pass() {
    let world = figures().without(Rule::NotANumber);
    assert_eq!(world.ask("metrics.down.p95 < 500"), Ok(true));
    assert_eq!(world.ask("!(metrics.nan.p95 > 500)"), Ok(true));
}

#[test]
fn a_share_of_whole_numbers_of_a_document_does_not_drop_the_rest() {
    let world = World::of(json!({"data": {"failed": 99, "total": 100, "halves": 50, "of": 25}}));
    for source in ["data.failed / data.total < 0.01", "data.failed * 100 / (data.total + 1) <= 98"]
    {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::NotANumber, "{source}");
        assert!(why.contains("drops the rest") && why.contains("Write double("), "{why}");
    }
    assert_eq!(world.ask("data.halves / data.of == 2"), Ok(true));
    assert_eq!(world.ask("data.failed / 10 == 9"), Ok(true));
    assert_eq!(world.ask("double(data.failed) / double(data.total) < 0.01"), Ok(false));
}

#[test]
fn cases_that_were_skipped_did_not_pass() {
    let world = World::of(json!({"tests": {"cases": [
        {"name": "slow one", "outcome": "skipped"},
        {"name": "slow two", "outcome": "skipped"},
        {"name": "quick", "outcome": "passed"},
        {"name": "broken", "outcome": "errored"},
    ]}}));
    let (rule, why) = refused(&world, "passed(\"slow\")");
    assert_eq!(rule, Rule::NothingRan);
    assert_eq!(why, "All 2 test cases that match slow were skipped.");
    assert_eq!(world.ask("passed(\"quick\")"), Ok(true));
    assert_eq!(world.ask("passed(\"quick|slow\")"), Ok(false));
    assert_eq!(world.ask("passed(\"quick|broken\")"), Ok(false));
    assert_eq!(world.clone().without(Rule::NothingRan).ask("passed(\"slow\")"), Ok(true));
    for source in [
        "tests.cases.filter(c, c.name.contains(\"slow\")).all(c, c.outcome != \"failed\")",
        "!tests.cases.exists(c, c.name.contains(\"slow\") && c.outcome == \"failed\")",
        "tests.cases.filter(c, c.name == \"slow one\" && c.outcome == \"failed\").size() == 0",
    ] {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::OverNothing, "{source}");
        assert!(why.ends_with("asks was skipped."), "{why}");
        let quick = source.replace("slow one", "quick").replace("slow", "quick");
        assert_eq!(world.ask(&quick), Ok(true), "{quick}");
    }
    let knowing = "tests.cases.filter(c, c.name.contains(\"slow\"))\
        .all(c, c.outcome in [\"passed\", \"skipped\"])";
    assert_eq!(world.ask(knowing), Ok(true));
}

#[test]
fn that_none_failed_says_nothing_of_tests_that_ended_in_an_error() {
    let of = |errored: u64| {
        World::of(
            json!({"tests": {"total": 3, "passed": 3 - errored, "failed": 0, "errored": errored}}),
        )
    };
    for source in ["tests.total > 0 && tests.failed == 0", "tests.failed <= 1 && tests.passed > 0"]
    {
        let (rule, why) = refused(&of(2), source);
        assert_eq!(rule, Rule::Unchecked, "{source}");
        assert!(why.starts_with("2 tests ended in an error. Ask for"), "{why}");
        assert_eq!(of(0).ask(source), Ok(true), "{source}");
        assert_eq!(of(2).without(Rule::Unchecked).ask(source), Ok(true), "{source}");
    }
    assert_eq!(of(2).ask("tests.failed == 0 && tests.errored <= 2"), Ok(true));
    assert_eq!(of(2).ask("tests.failed + tests.errored == 0"), Ok(false));
    assert_eq!(of(2).ask("tests.passed == 1"), Ok(true));
}

#[test]
fn an_outcome_that_map_takes_along_must_be_able_to_turn_the_answer() {
    let cases = || {
        World::of(json!({"tests": {"cases": [
            {"suite": "unit", "name": "adds", "outcome": "passed"},
            {"suite": "unit", "name": "divides", "outcome": "failed"},
        ]}}))
    };
    let world = cases();
    for source in [
        r#"!tests.cases.map(c, c.suite + "/" + c.outcome).exists(s, s == "security/failed")"#,
        r#"!("security/failed" in tests.cases.map(c, c.suite + "/" + c.outcome))"#,
        r#"tests.cases.map(c, c.suite + c.outcome).filter(s, s == "securityfailed").size() == 0"#,
        r#"!tests.cases.filter(c, c.name == "adds").map(c, c.suite + c.outcome).exists(s, s == "x")"#,
    ] {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::OverNothing, "{source}");
        assert!(why.ends_with("is the same for any outcome."), "{why}");
        assert_eq!(cases().without(Rule::OverNothing).ask(source), Ok(true), "{source}");
    }
    for (source, expected) in [
        (r#"!tests.cases.map(c, c.suite + "/" + c.outcome).exists(s, s == "unit/failed")"#, false),
        (r#"!tests.cases.map(c, c.name + c.outcome).exists(s, s == "addsfailed")"#, true),
        (r#"tests.cases.map(c, c.outcome).all(o, o == "passed")"#, false),
    ] {
        assert_eq!(world.ask(source), Ok(expected), "{source}");
    }
}

#[test]
fn an_empty_text_of_the_evidence_is_found_in_every_text_and_proves_nothing() {
    let of = |commit: &str| {
        let data = json!({"commit": commit, "other": commit, "version": "1.2"});
        World::of(json!({"data": data, "git": {"commit": "4f2c9e1a"}}))
            .file("CHANGELOG.md", "## 1.2\n")
    };
    for source in [
        "git.commit.startsWith(data.commit)",
        "git.commit.endsWith(data.commit) || data.version == \"2\"",
        "text(\"CHANGELOG.md\").contains(data.commit)",
        "text(\"CHANGELOG.md\").contains(\"## \" + data.commit)",
        "git.commit.matches(\"^\" + data.commit)",
        "!git.commit.contains(data.commit)",
        "data.commit == data.other",
    ] {
        for blank in ["", " "] {
            let (rule, why) = refused(&of(blank), source);
            assert_eq!(rule, Rule::OverNothing, "{source}");
            assert!(why.contains("data.commit"), "{source}: {why}");
        }
    }
    for (source, answer) in [
        ("git.commit.startsWith(data.commit)", true),
        ("git.commit.matches(\"^\" + data.commit)", true),
        ("data.commit == data.other", true),
        ("text(\"CHANGELOG.md\").contains(data.commit)", false),
    ] {
        assert_eq!(of("4f2c9e1").ask(source), Ok(answer), "{source}");
    }
    assert_eq!(of("").ask("data.commit == \"\""), Ok(true), "an empty text may be asked for");
    let data = json!({"a": null, "b": null, "c": [], "d": [], "e": {}, "f": {}, "g": [null]});
    let world = World::of(json!({"data": data}));
    for source in ["data.a == data.b", "data.c == data.d", "data.e == data.f"] {
        assert_eq!(refused(&world, source).0, Rule::OverNothing, "{source}");
        assert_eq!(world.clone().without(Rule::OverNothing).ask(source), Ok(true), "{source}");
    }
    for source in
        ["data.a == null", "data.c == []", "data.e == {}", "data.g == data.g", "data.c != data.g"]
    {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
    assert_eq!(of("").ask("data.commit.startsWith(git.commit)"), Ok(false));
    let free = of("").without(Rule::OverNothing);
    assert_eq!(free.ask("git.commit.startsWith(data.commit)"), Ok(true));
}

#[test]
fn an_entry_left_out_for_an_empty_list_is_not_counted_as_good() {
    let world = World::of(json!({"data": {"items": [
        {"name": "a", "ports": []}, {"name": "b", "ports": [1, 2]},
    ]}}));
    for source in [
        "data.items.filter(i, i.ports.exists(p, p == 3)).size() == 0",
        "data.items.filter(i, 3 in i.ports).size() == 0",
        "data.items.map(i, 3 in i.ports, i.name) == []",
        "!data.items.exists(i, i.ports.exists(p, p == 3))",
        "data.items.exists_one(i, i.ports.exists(p, p == 1))",
        "data.items.all(i, !(3 in i.ports))",
    ] {
        let (rule, why) = refused(&world, source);
        assert_eq!(rule, Rule::OverNothing, "{source}");
        assert_eq!(why, "There is no entry to look at: i.ports is empty.", "{source}");
    }
    for (source, expected) in [
        ("data.items.filter(i, i.ports.exists(p, p == 1)).size() > 0", true),
        ("data.items.exists(i, 1 in i.ports)", true),
        ("data.items.exists(i, 3 in i.ports)", false),
    ] {
        assert_eq!(world.ask(source), Ok(expected), "{source}");
    }
}

#[test]
fn no_finding_and_no_alert_is_good_news_however_it_is_asked() {
    let world = World::of(json!({"findings": {"list": []}, "alerts": {"list": []}}));
    for source in [
        "!(\"CVE-1\" in findings.list.map(f, f.rule))",
        "findings.list.filter(f, f.level == \"error\").map(f, f.rule).all(r, r == \"x\")",
        "!alerts.list.exists(a, a.state == \"active\")",
        "alerts.list.filter(a, a.state == \"active\").size() == 0",
        "(findings.list + findings.list).all(f, f.suppressed)",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_refused_by_name() {
    let world = World::default().file("a.json", "{");
    let (rule, why) = refused(&world, "load(\"a.json\").x == 1");
    assert_eq!(rule, Rule::Unreadable);
    assert!(why.starts_with("a.json: "), "{why}");
}

#[test]
fn too_much_work_is_refused_and_not_done() {
    let numbers: Vec<u64> = (0..400).collect();
    let world = World::of(json!({"data": {"n": numbers}}));
    let source = "data.n.all(a, data.n.all(b, data.n.all(c, a + b + c >= 0)))";
    match world.ask(source) {
        Err(Undecided::Missing { why }) => {
            assert_eq!(
                why,
                "The condition takes more than 10 million steps. Ask for less at once."
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_hundred_thousand_cases_are_within_the_bounds() {
    let outcome = |at: u64| if at == 99_999 { "failed" } else { "passed" };
    let cases: Vec<_> = (0..100_000)
        .map(|at| json!({"name": format!("case {at}"), "suite": "s", "outcome": outcome(at)}))
        .collect();
    let world = World::of(json!({"tests": {"cases": cases}}));
    for (source, expected) in [
        ("tests.cases.all(c, c.outcome == \"passed\" || c.name.startsWith(\"case 99999\"))", true),
        (
            "tests.cases.filter(c, c.outcome == \"failed\" && c.name.matches(\"9$\")).size() == 1",
            true,
        ),
        ("tests.cases.map(c, c.name).exists(n, n == \"case 500\")", true),
        ("passed(\"case [0-4]\")", true),
        ("passed(\"case\")", false),
    ] {
        assert_eq!(world.ask(source), Ok(expected), "{source}");
    }
}

#[test]
fn a_false_beside_what_is_not_there_is_never_turned_into_a_pass() {
    let world = World::of(json!({
        "tests": {"total": 2, "failed": 0, "cases": []},
        "data": {"ok": true, "list": [{"ok": true}, {"other": 1}]},
    }));
    for source in [
        "!(tests.failed > 0 && coverage.lines.pct < 80)",
        "!(coverage.lines.pct < 80 && tests.failed > 0)",
        "!(tests.total > 0 || coverage.lines.pct < 80)",
        "!!!(tests.failed > 0 && coverage.lines.pct < 80)",
        "(tests.failed > 0 && coverage.lines.pct < 80) ? false : true",
        "(tests.failed > 0 && coverage.lines.pct < 80) == false",
        "(tests.failed > 0 && coverage.lines.pct < 80) != true",
        "false == (tests.failed > 0 && coverage.lines.pct < 80)",
        "(tests.failed > 0 && coverage.lines.pct < 80) in [false]",
        "[tests.failed > 0 && coverage.lines.pct < 80].all(b, !b)",
        "[tests.failed > 0 && coverage.lines.pct < 80].exists(b, !b)",
        "[tests.failed > 0 && coverage.lines.pct < 80, false].exists(b, !b)",
        "[tests.failed > 0 && coverage.lines.pct < 80].filter(b, b).size() == 0",
        "[tests.failed > 0 && coverage.lines.pct < 80][0] == false",
        "{\"a\": tests.failed > 0 && coverage.lines.pct < 80}.a == false",
        "string(tests.failed > 0 && coverage.lines.pct < 80) == \"false\"",
        "!(tests.failed > 0 && tests.cases.exists(c, c.name == \"a\"))",
        "![1, 2].exists(n, n > 2 && coverage.lines.pct < 80)",
        "[1, 2].filter(n, n > 2 && coverage.lines.pct < 80).size() == 0",
        "!data.list.all(x, x.ok == false)",
    ] {
        let result = world.ask(source);
        assert!(result.is_err(), "{source}: {result:?}");
    }
    assert_eq!(world.ask("tests.failed > 0 && coverage.lines.pct < 80"), Ok(false));
}

#[test]
fn what_a_guard_keeps_away_is_no_doubt() {
    let world = World::of(json!({
        "tests": {"total": 2, "failed": 0},
        "ci": {"jobs": {"test": {"conclusion": "success"}}},
        "data": {"ok": true, "list": [
            {"level": "low"}, {"level": "high", "fix": "1.2"},
        ]},
    }));
    for source in [
        "data.ok && !(has(data.known) && data.known.failed > 0)",
        "!(\"lint\" in ci.jobs && ci.jobs[\"lint\"].conclusion != \"success\")",
        "data.list.filter(f, f.level == \"high\" && f.fix == \"\").size() == 0",
        "!data.list.exists(f, f.level == \"high\" && f.fix == \"\")",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn figures_in_quotes_are_not_ordered_by_their_characters() {
    let world =
        World::of(json!({"data": {"is": "10", "most": "9", "at": "2026-10-01", "by": "2026-9"}}));
    let (rule, why) = refused(&world, "data.is < data.most");
    assert_eq!(rule, Rule::NotANumber);
    assert!(why.starts_with("data.is is \"10\" and data.most is \"9\""), "{why}");
    assert_eq!(world.ask("number(data.is) < number(data.most)"), Ok(false));
    assert_eq!(world.ask("data.at < \"2026-11-22\""), Ok(true));
    for source in ["data.is < \"9\"", "\"1.9\" > data.is", "\"10\" <= \"9\"", "data.is < \"v2\""] {
        let faults = Condition::parse(source).unwrap_err();
        assert!(faults[0].message.contains("is a figure"), "{source}: {faults:?}");
    }
}

#[test]
fn the_words_of_a_scale_are_not_ordered_by_their_characters() {
    for source in [
        "!findings.list.exists(f, f.severity >= \"high\")",
        "findings.list.all(f, f.severity <= \"medium\")",
        "findings.list.all(f, \"error\" > f.level)",
        "alerts.list.all(a, a.severity < \"critical\")",
        "ci.conclusion >= \"success\"",
    ] {
        let faults = Condition::parse(source).unwrap_err();
        assert!(faults[0].message.contains("is a word"), "{source}: {faults:?}");
    }
}

#[test]
fn what_holds_whatever_the_facts_are_is_told() {
    let idle = |source| Condition::parse(source).unwrap().idle().len();
    for source in [
        "tests.failed >= 0",
        "0 <= tests.failed",
        "tests.failed > -1",
        "tests.failed == 0 || true",
        "true ? data.ok : tests.failed == 0",
    ] {
        assert_eq!(idle(source), 1, "{source}");
    }
    assert_eq!(idle("tests.total >= 1 && tests.failed > 0 && (has(data.x) ? data.x : true)"), 0);
    assert_eq!(idle("data.restored == true"), 0);
}

#[test]
fn what_a_guard_keeps_away_is_not_asked() {
    let world = World::of(json!({"data": {"list": [{}, {"bad": false}], "map": {"x": 1}}}));
    for source in [
        "data.list.all(x, !has(x.bad) || x.bad == false)",
        "data.map.x == 1 && (!has(data.tls) || data.tls.on)",
        "!(\"a\" in data.map) || data.map[\"a\"] == 1",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
    for source in ["!has(data.tls) || data.other", "data.map.x == 1 || data.tls.on"] {
        assert!(world.ask(source).is_err(), "{source}");
    }
}

#[test]
fn a_figure_of_a_text_is_a_whole_one() {
    let world = World::of(json!({"data": {"log": "10 errors, 1 warning", "commit": "4f2c9e1"}}))
        .file("VERSION", "4f2c9e14407a\n");
    for source in [
        "data.log.contains(\"0 errors\")",
        "!data.log.contains(\"0 errors\")",
        "data.log.startsWith(\"1\")",
        "!data.log.startsWith(\"1\")",
    ] {
        let Err(Undecided::Missing { why }) = world.ask(source) else { panic!("{source}") };
        assert!(why.contains("a part of another number"), "{source}: {why}");
    }
    for source in [
        "data.log.contains(\"10 errors\")",
        "data.log.contains(\"1 warning\")",
        "!data.log.contains(\"2 errors\")",
        "text(\"VERSION\").startsWith(data.commit)",
        "data.log.matches(\"[0-9] errors\")",
    ] {
        assert_eq!(world.ask(source), Ok(true), "{source}");
    }
}

#[test]
fn a_package_of_maven_goes_by_two_names_in_every_question() {
    let of = |package: &str| World::of(json!({"findings": {"list": [{"package": package}]}}));
    for (package, asked) in [
        ("org.apache.logging.log4j:log4j-core", "startsWith(\"log4j\")"),
        ("org.apache.logging.log4j:log4j-core", "matches(\"^log4j-core$\")"),
        ("log4j-core", "startsWith(\"org.apache.logging\")"),
        ("log4j-core", "contains(\"org.apache.logging.log4j:\")"),
        ("log4j-core", "matches(\"^org\\\\.apache\\\\.\")"),
        ("log4j-core", "endsWith(\"org.apache.logging.log4j:log4j-core\")"),
    ] {
        let source = format!("!findings.list.exists(f, f.package.{asked})");
        let answer = of(package).ask(&source);
        let Err(Undecided::Missing { why }) = answer else { panic!("{source}: {answer:?}") };
        assert!(why.contains("with and without its group"), "{why}");
    }
    for (package, asked) in [
        ("lodash", "startsWith(\"log4j\")"),
        ("@org/log4j", "startsWith(\"org.apache\")"),
        ("com.fasterxml.jackson.core:jackson-databind", "startsWith(\"log4j\")"),
    ] {
        let source = format!("!findings.list.exists(f, f.package.{asked})");
        assert_eq!(of(package).ask(&source), Ok(true), "{source}");
    }
}

#[test]
fn what_every_report_answers_is_told_with_what_it_leaves_open() {
    let source = "has(findings.critical) ? findings.critical == 0 : true";
    let condition = Condition::parse(source).unwrap();
    let [idle] = condition.idle() else { panic!("{:?}", condition.idle()) };
    assert_eq!(
        idle.message,
        "`has(findings.critical)` holds of every report that tells of findings"
    );
    assert!(idle.hint.as_ref().unwrap().contains("without such a report"), "{:?}", idle.hint);
}
