//! What an evaluation tells of what it read, and what a condition is known to read.

use serde_json::json;

use super::world::World;
use crate::condition::{Change, CiPart, Condition};

fn world() -> World {
    World::of(json!({
        "tests": {"total": 412, "failed": 3, "errored": 0, "skipped": 0, "cases": [
            {"name": "a", "outcome": "passed"}, {"name": "b", "outcome": "failed"},
        ]},
        "metrics": {"http": {"p95": 612.4}},
        "provenance": {"signed": true, "list": [{"name": "i", "digest": "sha256:1"}]},
        "image": {"digests": ["sha256:1"]},
        "git": {"dirty": true, "commit": "c"},
        "ci": {"jobs": {"a": {"conclusion": "success"}}},
    }))
}

/// Each read as `fact = value bound → holds`.
fn reads(source: &str) -> Vec<String> {
    let outcome = world().outcome(source);
    let line = |read: &crate::condition::Read| {
        let value = read.value.as_ref().map_or("?".to_owned(), ToString::to_string);
        let bound = read.bound.clone().unwrap_or_else(|| "-".to_owned());
        let holds = read.holds.map_or("-", |holds| if holds { "yes" } else { "no" });
        format!("{} = {value} | {bound} | {holds}", read.fact)
    };
    outcome.read.iter().map(line).collect()
}

#[test]
fn every_fact_is_told_with_its_value_and_its_comparison() {
    for (source, expected) in [
        (
            "tests.total > 0 && tests.failed == 0",
            vec!["tests.total = 412 | > 0 | yes", "tests.failed = 3 | == 0 | no"],
        ),
        ("0 < tests.failed", vec!["tests.failed = 3 | > 0 | yes"]),
        (
            "tests.failed == 0 && coverage.lines.pct > 80",
            vec!["tests.failed = 3 | == 0 | no", "coverage.lines.pct = ? | > 80 | -"],
        ),
        (
            "tests.failed + tests.errored == 0",
            vec![
                "tests.failed + tests.errored = 3 | == 0 | no",
                "tests.failed = 3 | - | -",
                "tests.errored = 0 | - | -",
            ],
        ),
        ("metrics[\"http\"].p95 < 500.0", vec!["metrics.http.p95 = 612.4 | < 500.0 | no"]),
        (
            "provenance.list.size() > 0 && provenance.list.all(s, s.digest in image.digests)",
            vec![
                "provenance.list.size() = 1 | > 0 | yes",
                "provenance.list = \"a list of 1\" | - | -",
                "provenance.list.all(s, s.digest in image.digests) = \"1 of 1 entry\" | - | yes",
                "image.digests = \"a list of 1\" | - | -",
            ],
        ),
        ("!(tests.failed > 0)", vec!["tests.failed = 3 | <= 0 | no"]),
        (
            "!git.dirty && provenance.signed",
            vec!["git.dirty = true | == false | no", "provenance.signed = true | == true | yes"],
        ),
        ("passed(\"a|b\")", vec!["passed(\"a|b\") = \"1 of 2 cases\" | - | no"]),
        (
            "!tests.cases.exists(c, c.outcome == \"failed\")",
            vec![
                "!tests.cases.exists(c, c.outcome == \"failed\") = \"1 entry, as b\" | - | no",
                "tests.cases = \"a list of 2\" | - | -",
            ],
        ),
        (
            "git.commit in image.digests",
            vec![
                "git.commit = \"c\" | in image.digests | no",
                "image.digests = \"a list of 1\" | - | -",
            ],
        ),
        (
            "!keys(ci.jobs).exists(j, ci.jobs[j].conclusion == \"failure\")",
            vec![
                "!keys(ci.jobs).exists(j, ci.jobs[j].conclusion == \"failure\") = true | - | yes",
                "ci.jobs = \"a map of 1\" | - | -",
            ],
        ),
        (
            "tests.cases.all(c, !git.dirty || c.name == ci.jobs.a.conclusion)",
            vec![
                "tests.cases.all(c, !git.dirty || c.name == ci.jobs.a.conclusion) = \"0 of 2 entries, not b\" | - | no",
                "tests.cases = \"a list of 2\" | - | -",
                "git.dirty = true | - | -",
                "ci.jobs.a.conclusion = \"success\" | - | -",
            ],
        ),
        (
            "tests.total > 1 && tests.total < 500 && tests.total > 1",
            vec!["tests.total = 412 | > 1 | yes", "tests.total = 412 | < 500 | yes"],
        ),
        (
            "tests.failed == tests.errored",
            vec!["tests.failed = 3 | == tests.errored | no", "tests.errored = 0 | - | -"],
        ),
    ] {
        assert_eq!(reads(source), expected, "{source}");
    }
}

#[test]
fn what_can_be_long_or_secret_is_told_by_its_size() {
    let world = world().file("a.env", "TOKEN=x\nOTHER=y\n").file("long", &"x".repeat(4000));
    let value = |source: &str| {
        let read = world.outcome(source).read;
        read.first().and_then(|read| read.value.as_ref()).map(ToString::to_string)
    };
    assert_eq!(value("text(\"a.env\") != \"\"").unwrap(), "\"a text of 16 bytes\"");
    assert_eq!(value("text(\"long\") != \"\"").unwrap(), "\"a text of 4,000 bytes\"");
    assert_eq!(value("tests.cases == []").unwrap(), "\"a list of 2\"");
    assert_eq!(value("git.commit == \"c\"").unwrap(), "\"c\"");
}

#[test]
fn only_what_refutes_a_condition_is_said_not_to_hold() {
    for (source, expected) in [
        (
            "(tests.failed == 0 || tests.total > 0) && tests.errored > 0",
            vec![
                "tests.failed = 3 | == 0 | -",
                "tests.total = 412 | > 0 | yes",
                "tests.errored = 0 | > 0 | no",
            ],
        ),
        (
            "!(tests.failed == 0 && tests.total > 0) && tests.errored > 0",
            vec![
                "tests.failed = 3 | != 0 | yes",
                "tests.total = 412 | <= 0 | -",
                "tests.errored = 0 | > 0 | no",
            ],
        ),
        (
            "tests.failed == 0 ? true : tests.errored > 0",
            vec!["tests.failed = 3 | == 0 | -", "tests.errored = 0 | > 0 | no"],
        ),
        (
            "tests.failed == 0 || tests.total > 0",
            vec!["tests.failed = 3 | == 0 | no", "tests.total = 412 | > 0 | yes"],
        ),
    ] {
        assert_eq!(reads(source), expected, "{source}");
    }
}

#[test]
fn what_a_condition_will_ask_for_is_known_before() {
    let reads = |source: &str| Condition::parse(source).unwrap().reads().clone();
    let plain = reads("tests.failed == 0 && metrics.a.p95 < 1 && git.signed");
    assert_eq!(plain.groups.iter().collect::<Vec<_>>(), ["metrics", "tests"]);
    assert!(plain.repository && !plain.cases && plain.artifacts.is_empty());
    assert_eq!(plain.facts.iter().collect::<Vec<_>>(), ["git.signed", "metrics", "tests.failed"]);

    let one = reads("artifact(\"a/*.json\").findings.list.all(f, f.level != \"error\")");
    assert!(one.groups.is_empty() && one.findings);
    let pair = ("a/*.json".to_owned(), "findings".to_owned());
    assert_eq!(one.artifacts.into_iter().collect::<Vec<_>>(), [pair]);

    let cases = reads("passed(\"x\")");
    assert!(cases.cases && cases.groups.contains("tests"));
    let files = reads("files(\"a\").all(f, load(f).x == 1)");
    assert!(files.repository && files.groups.is_empty());

    let ci = reads(
        "ci.jobs[\"types\"].conclusion == \"success\" && ci.jobs.a.steps[\"b c\"].conclusion == \"success\"",
    );
    assert_eq!(ci.facts.iter().collect::<Vec<_>>(), ["ci.jobs"]);
}

#[test]
fn what_is_asked_of_ci_is_known_however_it_is_written() {
    use CiPart::{Document, Job, Run, Step};
    let job = |name: &str| Job(Some(name.to_owned()));
    let every = || vec![Run, Job(None), Step(None, None)];
    for (source, expected) in [
        ("ci.conclusion == \"success\"", vec![Run]),
        ("ci[\"conclusion\"] == \"success\"", vec![Run]),
        ("ci.jobs[\"types\"].conclusion == \"success\"", vec![job("types")]),
        ("ci[\"jobs\"][\"types\"][\"conclusion\"] == \"success\"", vec![job("types")]),
        ("ci.jobs[\"a \\\"b\\\"\"].conclusion == \"success\"", vec![job("a \"b\"")]),
        ("ci.jobs['it\\'s'].conclusion == \"success\"", vec![job("it's")]),
        (
            "ci.jobs.a.steps[\"b c\"].conclusion == \"success\"",
            vec![Step(Some("a".to_owned()), Some("b c".to_owned()))],
        ),
        ("keys(ci.jobs).all(j, ci.jobs[j].conclusion == \"success\")", vec![Job(None)]),
        ("has(ci.jobs.lint) || \"unit\" in ci.jobs", vec![job("lint"), job("unit")]),
        ("[ci].all(r, r.jobs.test.conclusion != \"failure\")", every()),
        ("(true ? ci : ci).jobs.test.conclusion != \"failure\"", every()),
        ("[ci.jobs].all(j, j.test.conclusion != \"failure\")", vec![Job(None), Step(None, None)]),
        (
            "[ci.jobs.a].all(j, j.conclusion != \"failure\")",
            vec![job("a"), Step(Some("a".to_owned()), None)],
        ),
        ("data.conclusion != \"failure\"", vec![Document]),
    ] {
        let reads = Condition::parse(source).unwrap_or_else(|why| panic!("{source}: {why:?}"));
        let parts: Vec<_> = reads.reads().ci.iter().map(|read| read.part.clone()).collect();
        assert_eq!(parts, expected, "{source}");
    }
}

#[test]
fn what_asks_for_less_is_loosened_and_for_more_tightened() {
    use Change::{Changed, Loosened, Same, Tightened};
    for (old, new, expected) in [
        ("tests.failed == 0", "tests.failed==0", Same),
        ("metrics.a.p95 < 500", "metrics[\"a\"].p95 < 500.0", Same),
        ("metrics.a.p95 < 500", "metrics.a.p95 < 800", Loosened),
        ("metrics.a.p95 < 500", "metrics.a.p95 < 400.0", Tightened),
        ("500 > metrics.a.p95", "800 > metrics.a.p95", Loosened),
        ("tests.total >= 200", "tests.total >= 100", Loosened),
        ("tests.total >= 200", "tests.total >= 300", Tightened),
        ("!(tests.skipped > 3)", "!(tests.skipped > 5)", Loosened),
        ("tests.failed == 0", "tests.failed == 1", Changed),
        ("tests.failed == 0", "tests.failed <= 0", Changed),
        ("tests.failed == 0", "tests.errored == 0", Changed),
        ("tests.failed == 0 && tests.total > 1", "tests.failed == 0", Loosened),
        ("tests.total > 1 && tests.skipped < 3", "tests.total > 2 && tests.skipped < 2", Tightened),
        ("tests.total > 1 && tests.skipped < 3", "tests.total > 2 && tests.skipped < 4", Changed),
        ("tests.total - 5 > 0", "tests.total - 9 > 0", Tightened),
        ("tests.total > 1 || tests.skipped < 3", "tests.total > 0 || tests.skipped < 3", Loosened),
        (
            "metrics.a.p95 < 1 && tests.cases.all(c, c.duration_s < 5)",
            "metrics.a.p95 < 1 && tests.cases.all(c, c.duration_s < 9)",
            Loosened,
        ),
        ("git.branch == \"a\"", "git.branch == \"b\"", Changed),
    ] {
        let (old_condition, new_condition) =
            (Condition::parse(old).unwrap(), Condition::parse(new).unwrap());
        assert_eq!(new_condition.change_from(&old_condition), expected, "{old} → {new}");
    }
}

#[test]
fn a_rate_compared_with_a_share_is_warned_of() {
    let warned = |source: &str| {
        let condition = Condition::parse(source).unwrap();
        let line = |fault: &crate::condition::Fault| {
            let hint = fault.hint.clone().unwrap_or_default();
            format!("{} | {} | {hint}", &source[fault.at.clone()], fault.message)
        };
        condition.warnings().iter().map(line).collect::<Vec<_>>()
    };
    let said = "1 | `metrics.errors.rate` of a share is 0 to 1; here it is compared with 1 | Write `metrics.errors.rate_pct < 1`.";
    assert_eq!(warned("metrics.errors.rate < 1"), [said]);
    assert_eq!(warned("1 > metrics[\"errors\"].rate"), [said]);
    for quiet in ["metrics.errors.rate < 0.01", "metrics.errors.rate_pct < 1", "data.rate < 5"] {
        assert!(warned(quiet).is_empty(), "{quiet}");
    }
}
