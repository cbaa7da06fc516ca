//! Much: one checklist of 5,000 items, and 100,000 items over 1,000 checklists.

use serde_json::json;

use crate::model::Claim::{Done, Open};
use crate::model::Verdict::{Fail, Pass, Stale, Unbound};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Checklist, Gate};

use super::build::{Doc, With, artifact, item, snapshot};

/// One checklist of `count` items, one in five with evidence, 3 of them contradicted.
pub(super) fn long(count: usize) -> Snapshot {
    let files = [files()];
    let list = list("docs/LONG.md", count, &files[0], count / 3 + 1);
    snapshot(vec![list], files.to_vec(), Gate { result: "none".to_owned(), ..Gate::default() })
}

/// `lists` checklists of 100 items, one contradiction among all of them.
pub(super) fn large(lists: usize) -> Snapshot {
    let file = files();
    let of = |number: usize| {
        let path = format!("services/service-{number:04}/CHECKLIST.md");
        list(&path, 100, &file, if number == lists / 2 { 57 } else { usize::MAX })
    };
    let checklists: Vec<Checklist> = (0..lists).map(of).collect();
    let others = (0..200).map(|n| {
        artifact(
            &format!("reports/{n:03}.xml"),
            "pytest",
            "2026-11-20T09:00:00Z",
            json!({"tests": {"total": 9, "passed": 9}}),
        )
    });
    snapshot(
        checklists,
        others.chain([file.clone()]).collect(),
        Gate {
            result: "no-go".to_owned(),
            sentence: "No-go. 1 ticked item is contradicted by its evidence.".to_owned(),
            ..Gate::default()
        },
    )
}

fn files() -> Artifact {
    artifact(
        "reports/junit.xml",
        "Surefire",
        "2026-11-22T09:02:00Z",
        json!({"tests": {"total": 412, "passed": 411, "failed": 1,
        "cases": [{"name": "rounds half even", "suite": "OrderTotals", "outcome": "failed", "message": "expected 1"}]}}),
    )
}

fn list(path: &str, count: usize, file: &Artifact, contradicted_every: usize) -> Checklist {
    let mut doc = Doc::new(path, &format!("Checklist of {path}"));
    for section in 0..count.div_ceil(20) {
        let items = (section * 20..count.min(section * 20 + 20)).map(|n| {
            let words = format!(
                "Requirement {n}: the service answers within its limit under the load of region {}",
                n % 7
            );
            let id = format!("section-{section}/requirement-{n}");
            if n % contradicted_every == contradicted_every - 1 {
                return item(&id, &words, Done, Fail)
                    .why("Ticked, but 1 of 412 tests failed.")
                    .ticked("Ana Ruiz", "2026-11-10T14:03:00Z", "4f2c9e1")
                    .asks("tests.failed == 0", &[("tests.failed", json!(1), "== 0", false)])
                    .by(file, Fail, "1 of 412 tests failed.");
            }
            match n % 5 {
                0 => item(&id, &words, Done, Pass)
                    .why("412 tests ran, none failed.")
                    .ticked("Mei Tan", "2026-11-10T14:03:00Z", "4f2c9e1")
                    .asks(
                        "tests.total > 0 && tests.failed == 0",
                        &[
                            ("tests.total", json!(412), "> 0", true),
                            ("tests.failed", json!(0), "== 0", true),
                        ],
                    )
                    .by(file, Pass, ""),
                1 if n % 20 == 1 => item(&id, &words, Done, Stale)
                    .why("The tests passed 41 days ago; the limit is 30 days."),
                _ => item(&id, &words, Open, Unbound).why("Nothing is bound to it."),
            }
        });
        doc = doc
            .heading(2, &format!("section-{section}"), &format!("{}. Section of it", section + 1))
            .items(items.collect());
    }
    doc.done()
}
