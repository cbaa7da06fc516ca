//! Much: one checklist of 5,000 items, 100,000 items over 1,000 checklists, and one report in which
//! everything stands in the way at once.

use serde_json::json;

use crate::model::Claim::{self, Done, Open};
use crate::model::Severity;
use crate::model::Verdict::{self, Fail, Missing, Pass, Stale, Unbound};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Checklist, Gate, Item, ItemWindow, Problem, Waiver};

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

/// `lists` checklists that have everything that can stand in the way, each in `causes` ways, and
/// every cause with an item in each checklist.
pub(super) fn crowded(lists: usize, causes: usize) -> Snapshot {
    let files: Vec<Artifact> = (0..causes).map(report).collect();
    let path = |list: usize| format!("services/service-{list:04}/docs/release/CHECKLIST.md");
    let checklists = (0..lists).map(|list| {
        let doc = Doc::new(&path(list), &format!("Release checklist of the service {list}"));
        let items = (0..causes).flat_map(|cause| standing(cause, &files[cause])).collect();
        doc.heading(2, "all", "Before the release").items(items).done()
    });
    let checklists: Vec<Checklist> = checklists.collect();
    let all = |id: &'static str| -> Vec<String> {
        let of = |list: usize| (0..causes).map(move |n| format!("{}#{id}/{n}", path(list)));
        (0..lists).flat_map(of).collect()
    };
    let gate = Gate {
        result: "no-go".to_owned(),
        sentence: "No-go. Much stands in the way.".to_owned(),
        blocking: all("failing"),
        ..Gate::default()
    };
    let mut snapshot = snapshot(checklists, files, gate);
    snapshot.waivers = all("false").into_iter().map(ended).collect();
    snapshot.problems = (0..lists).map(|list| untold(&path(list))).collect();
    snapshot
}

fn report(number: usize) -> Artifact {
    let case = json!({"name": "rounds half even", "suite": "OrderTotals", "outcome": "failed", "message": "expected 1"});
    let cases = vec![case; 5];
    artifact(
        &format!("artifacts/run-4127/reports/junit-backend-{number:03}.xml"),
        "Surefire",
        "2026-11-22T09:02:00Z",
        json!({"tests": {"total": 412, "passed": 400, "failed": 12, "cases": cases}}),
    )
}

/// An item of each kind that stands in the way, and one that waits for its tick, for one cause.
fn standing(cause: usize, file: &Artifact) -> Vec<Item> {
    let of = |kind: &str, claim: Claim, verdict: Verdict, why: &str| {
        let words = "the service answers within its limit while one of its regions is away";
        item(&format!("{kind}/{cause}"), &format!("Of {kind} {cause}: {words}"), claim, verdict)
            .ticked("Ana Ruiz", "2026-11-10T14:03:00Z", "4f2c9e1")
            .asks("tests.failed == 0", &[("tests.failed", json!(12), "== 0", false)])
            .why(&format!("{why} (run {cause})"))
    };
    let mut overdue = of("overdue", Open, Unbound, "Was due this morning.");
    overdue.window = Some(Box::new(ItemWindow {
        ends_after_s: None,
        name: "The first hour".to_owned(),
        opens: None,
        due: Some("2026-11-22T07:00:00Z".to_owned()),
        state: "overdue".to_owned(),
        before: false,
    }));
    vec![
        of("false", Done, Fail, "Ticked, but 12 of 412 tests failed.").by(file, Fail, "12 failed."),
        of("stale", Done, Stale, "The tests passed 41 days ago; the limit is 30 days.").by(
            file,
            Stale,
            "41 days old.",
        ),
        overdue,
        of("unproven", Done, Missing, "Ticked. No file matches reports/**/junit-*.xml."),
        of("failing", Open, Fail, "12 of 412 tests failed.").by(file, Fail, "12 failed."),
        of("ready", Open, Pass, "412 tests ran, none failed.").by(file, Pass, ""),
    ]
}

fn ended(address: String) -> Waiver {
    Waiver {
        requirement: None,
        findings: Vec::new(),
        package: None,
        within: None,
        item: address.clone(),
        by: "ana@platform.example".to_owned(),
        until: "2026-11-01".to_owned(),
        reason: "The token service ships with the next release".to_owned(),
        path: "trueup.toml".to_owned(),
        line: Some(90),
        state: "expired".to_owned(),
        matches: vec![address],
        hides: Vec::new(),
    }
}

fn untold(path: &str) -> Problem {
    Problem {
        code: "no-such-section".to_owned(),
        severity: Severity::Warning,
        path: path.to_owned(),
        line: Some(12),
        item: None,
        message: "The text asks for a section that the document does not have.".to_owned(),
        hint: None,
    }
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
