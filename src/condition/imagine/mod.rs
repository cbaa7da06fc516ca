//! Whether a condition can fail. What holds of any evidence proves nothing, however it is written:
//! a condition is tried over worlds that are made up for it, until one of them refutes it. Over the
//! same worlds two conditions are held against each other.

mod draw;
mod names;
mod pool;
mod world;

use super::Change;
use super::evaluate::evaluate;
use super::overlooked::Overlooked;
use super::tree::Node;
use draw::Draw;
use names::Names;
use pool::Pool;
use world::World;

/// How many worlds are made up at most; nearly every condition fails in one of the first ten.
const WORLDS: u64 = 1_500;

/// How many of them must have answered before their agreement says something.
const ANSWERS: u32 = 40;

/// Whether some evidence would refute `root`. In doubt it is said to.
pub(super) fn can_fail(root: &Node) -> bool {
    let (pool, names) = (Pool::of(&[root]), Names::of(&[root]));
    if pool.beyond {
        return true;
    }
    let mut held = 0;
    for seed in 0..WORLDS {
        let world = World::new(&pool, &names, Draw::new(seed));
        match evaluate(root, &Overlooked::default(), &world).result {
            Ok(false) => return true,
            Ok(true) => held += 1,
            Err(_) => {}
        }
    }
    held < ANSWERS
}

/// What became of a condition, by the worlds in which both and only one of them hold.
pub(super) fn change(old: &Node, new: &Node) -> Change {
    let roots = [old, new];
    let (pool, names) = (Pool::of(&roots), Names::of(&roots));
    let (mut less, mut more) = (0, 0);
    for seed in 0..WORLDS {
        if less > 0 && more > 0 {
            break;
        }
        let asked = |root: &Node| {
            let world = World::new(&pool, &names, Draw::new(seed));
            evaluate(root, &Overlooked::default(), &world).result
        };
        match (asked(old), asked(new)) {
            (Ok(true), Ok(false)) => more += 1,
            (Ok(true), _) => {}
            (_, Ok(true)) => less += 1,
            _ => {}
        }
    }
    match (less, more) {
        (1.., 0) => Change::Loosened,
        (0, 1..) => Change::Tightened,
        _ => Change::Changed,
    }
}

#[cfg(test)]
mod tests {
    use crate::condition::{Change, Condition};

    #[test]
    fn what_asks_for_less_is_loosened_however_it_is_written() {
        for (old, new, change) in [
            ("tests.failed == 0 && tests.total > 9", "tests.failed == 0", Change::Loosened),
            ("tests.failed == 0", "tests.failed == 0 || git.dirty", Change::Loosened),
            ("tests.failed == 0", "tests.failed <= 9", Change::Loosened),
            ("tests.failed <= 9", "tests.failed == 0", Change::Tightened),
            ("tests.failed == 0", "tests.failed == 0 && findings.total == 0", Change::Tightened),
            ("data.a == 1", "!has(data.a) || data.a == 1", Change::Loosened),
            ("tests.failed == 0", "tests.errored == 0", Change::Changed),
            ("tests.failed == 0", "tests.failed + tests.errored == 0", Change::Tightened),
        ] {
            let (old, new) = (Condition::parse(old).unwrap(), Condition::parse(new).unwrap());
            assert_eq!(new.change_from(&old), change, "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_holds_in_every_world_cannot_fail() {
        for source in [
            "tests.failed >= 0",
            "0 <= tests.failed",
            "tests.failed != -1",
            "!(tests.failed < 0)",
            "tests.failed * 0 == 0",
            "tests.failed - tests.failed == 0",
            "tests.failed % 1 == 0",
            "tests.failed + 1 > tests.failed",
            "tests.failed > 0 || tests.failed == 0",
            "(tests.failed == 0) != (tests.failed != 0)",
            "tests.total >= tests.failed",
            "double(tests.failed) >= 0.0",
            "coverage.lines.pct <= 100.0",
            "findings.list.size() >= 0",
            "tests.cases.all(c, c.name.contains(\"\"))",
            "tests.cases.all(c, c.name.matches(\"\"))",
            "string(tests.failed).matches(\"\")",
            "tests.cases.map(c, c.outcome).filter(o, o == \"fail\").size() == 0",
            "!(\"fail\" in tests.cases.map(c, c.outcome))",
            "text(\"VERSION\").size() >= 0",
            "data.count >= 0 || data.count < 0",
        ] {
            let condition = Condition::parse(source).unwrap();
            assert!(condition.is_certain(), "{source}");
            assert_eq!(condition.idle().len(), 1, "{source}: {:?}", condition.idle());
        }
    }

    #[test]
    fn what_evidence_can_refute_is_no_idle_word() {
        for source in [
            "tests.failed == 0",
            "tests.failed <= 100000",
            "tests.total > 0 && tests.failed + tests.errored == 0",
            "!(tests.failed > 5 && tests.errored > 3 && tests.skipped == 2 && tests.passed == 4)",
            "coverage.lines.pct >= 80",
            "metrics.http_req_duration.p95 < 500 && metrics[\"http_req_failed\"].rate < 0.01",
            "tests.cases.filter(c, c.suite.startsWith(\"security\")).all(c, c.outcome == \"passed\")",
            "!tests.cases.map(c, c.suite + \"/\" + c.outcome).exists(s, s == \"security/failed\")",
            "passed(\"^checkout.*pays$\")",
            "ci.conclusion == \"success\" && ci.jobs[\"deploy\"].conclusion == \"success\"",
            "data.spec.template.spec.containers.all(c, c.resources.limits.memory != \"\")",
            "data.services.all(name, data.services[name].healthcheck.test.size() > 0)",
            "load(\"package.json\").engines.node.matches(\"^>=(18|20)\")",
            "!load(\"config.yaml\").features[0].version.matches(\"^0[.][0-9]+\")",
            "files(\"deploy/**/*.yaml\").all(f, text(f).contains(\"limits:\"))",
            "files(\"deploy/**/*.yaml\").all(f, load(f).kind != \"Deployment\" || has(load(f).spec))",
            "text(\"CHANGELOG.md\").contains(\"## 1.4.0\")",
            "load(\"r.yaml\").groups.all(g, g.rules.all(r, !(\"alert\" in r) || \"severity\" in r.labels))",
            "data.version != \"1.2.3\"",
            "data.restored == true",
            "!data.dry_run",
            "has(findings.total)",
            "tests.cases.exists(c, true)",
            "git.dirty == false",
            "provenance.list.all(s, s.digest in image.digests)",
            "data.startedAt < \"2026-12-01T00:00:00Z\"",
            "number(data.score) >= 7.5",
            "data.a == null || data.a.b == 4",
            "size(components.list) < 400",
            "text(\"NOTICE\").size() < 300",
            "size(components.list) < 40000",
            "keys(load(\".env.example\")).all(k, k in keys(load(\"deploy/app.yaml\").env))",
            "keys(load(\"a\")).all(k, keys(load(\"b\").env).exists(j, j == k))",
            "!keys(load(\"a\")).exists(k, !(k in keys(load(\"b\").env)))",
            "files(\"*.yaml\").all(f, \"B\" in keys(load(f).env))",
            "data.l.all(x, x in keys(data.m))",
            "keys(data.m).all(k, k in keys(data.n))",
            "!data.l.exists(x, x == 2)",
            "!data.l.exists(x, x == 1.5)",
            "!data.l.exists(x, x == true)",
            "!data.l.exists(x, x in [2])",
            "data.l.exists(x, x == 2) == false",
            "data.l.filter(x, x == 2).size() == 0",
            "!data.on.push.branches.exists(b, b == \"dev\")",
            "!keys(data.m).exists(k, k == \"b\")",
            "keys(data.m).all(k, data.m[k] == 1)",
            "data.l.all(i, i.tags.exists(t, t == \"x\"))",
            "data.services.filter(s, s.env == \"prod\" && s.state == \"down\").size() == 0",
            "!data.l.exists(s, s.a == \"x\" && s.b in [\"y\", \"z\"] && s.c == 3 && s.d)",
            "data.a.b.c.all(x, x.y.all(z, z.w in keys(data.q)))",
        ] {
            assert!(!Condition::parse(source).unwrap().is_certain(), "{source}");
        }
    }
}
