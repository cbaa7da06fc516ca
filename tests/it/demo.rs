//! The demo, from the command to the last status: the README's first command works, every status
//! occurs, and the reader first meets a contradiction.

use std::collections::BTreeSet;
use std::path::PathBuf;

use trueup::model::Status;

use crate::support::{Run, trueup_in};

/// The moment at which the demo's story is told.
const CLOCK: &str = "2026-11-13T12:00:00Z";

struct Demo {
    base: tempfile::TempDir,
    written: Run,
}

impl Demo {
    fn write() -> Demo {
        let base = tempfile::tempdir().unwrap();
        let written = trueup_in(base.path(), base.path(), ["demo", "shop"]).code(0);
        Demo { base, written }
    }

    fn dir(&self) -> PathBuf {
        self.base.path().join("shop")
    }

    fn trueup(&self, args: &[&str]) -> Run {
        trueup_in(&self.dir(), self.base.path(), args)
    }

    fn snapshot(&self) -> serde_json::Value {
        let bytes = std::fs::read(self.dir().join("readiness/snapshot.json")).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

/// `status id` of every item, in the document's order.
fn statuses(snapshot: &serde_json::Value) -> Vec<String> {
    let items = snapshot["checklists"][0]["items"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items.iter().map(|item| format!("{} {}", text(&item["status"]), text(&item["id"]))).collect()
}

#[test]
fn every_item_has_the_status_that_the_story_gives_it() {
    let demo = Demo::write();
    insta::assert_snapshot!("demo_statuses", statuses(&demo.snapshot()).join("\n"));
}

#[test]
fn every_status_occurs() {
    let snapshot = Demo::write().snapshot();
    let by_status = snapshot["summary"]["by_status"].as_object().unwrap();
    let occur: BTreeSet<&str> = by_status
        .iter()
        .filter(|(_, count)| count.as_u64() > Some(0))
        .map(|(status, _)| status.as_str())
        .collect();
    let all: BTreeSet<&str> = Status::ALL.iter().map(|status| status.word()).collect();
    assert_eq!(occur, all);
}

#[test]
fn a_check_of_it_says_what_was_printed_and_exits_by_its_gate() {
    let demo = Demo::write();
    let checked = demo.trueup(&["check", "--as-of", CLOCK]).code(1);
    assert!(demo.written.stdout().starts_with(&checked.stdout()), "{}", checked.stdout());
    let first =
        checked.stdout().lines().find(|line| line.contains("Ticked, but")).map(str::to_owned);
    assert_eq!(first.as_deref(), Some("    Ticked, but tsc found 2 errors."));
}

#[test]
fn its_report_stands_beside_it_and_changes_nothing() {
    let demo = Demo::write();
    assert!(demo.dir().join("readiness/index.html").is_file());
    assert_eq!(demo.snapshot()["commit"]["dirty"], false);
    let again = demo.trueup(&["check", "--as-of", CLOCK, "--format", "json"]).code(1).json();
    assert_eq!(statuses(&again), statuses(&demo.snapshot()));
}

#[test]
fn it_is_not_written_over_something() {
    let base = tempfile::tempdir().unwrap();
    std::fs::write(base.path().join("mine.txt"), "mine").unwrap();
    let run = trueup_in(base.path(), base.path(), ["demo", "."]).code(2);
    assert!(run.stderr().contains("is not empty"), "{}", run.stderr());
    assert_eq!(std::fs::read_dir(base.path()).unwrap().count(), 1);
}
