//! JUnit XML for test reports: a checklist a suite, an item a case, the gate a case of its own.
//!
//! Only what is proven passes. What is false, stale or stands in the gate's way fails; all else is
//! skipped, and says why.

use std::collections::BTreeSet;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::model::Status;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Gate, Item};

use super::text::{Paint, safe};

/// The items of a snapshot as test cases.
pub(super) fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    let gate = &snapshot.summary.gate;
    let blocking: BTreeSet<&str> = gate.blocking.iter().map(String::as_str).collect();
    let mut report = Report::new(safe(&snapshot.project));
    report.add_test_suite(suite_of_gate(gate));
    for checklist in &snapshot.checklists {
        report.add_test_suite(suite(checklist, &blocking));
    }
    // Written to memory; the fault would be of a writer that cannot write.
    report.to_string().unwrap_or_default()
}

fn suite_of_gate(gate: &Gate) -> TestSuite {
    let mut status = match gate.result.as_str() {
        "go" => TestCaseStatus::success(),
        "no-go" => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ => TestCaseStatus::skipped(),
    };
    status.set_message(safe(&gate.sentence));
    if gate.result == "no-go" {
        status.set_type("no-go").set_description(safe(&gate.reasons.join("\n")));
    }
    let mut suite = TestSuite::new("gate");
    let mut case = TestCase::new("gate", status);
    case.set_classname("trueup");
    suite.add_test_case(case);
    suite
}

fn suite(checklist: &Checklist, blocking: &BTreeSet<&str>) -> TestSuite {
    let mut suite = TestSuite::new(safe(&checklist.path));
    for item in &checklist.items {
        let blocks = blocking.contains(format!("{}#{}", checklist.path, item.id).as_str());
        suite.add_test_case(case(&checklist.path, item, blocks));
    }
    suite
}

fn case(path: &str, item: &Item, blocks: bool) -> TestCase {
    let mut case = TestCase::new(safe(&item.text), status(path, item, blocks));
    case.set_classname(safe(&item.address));
    case.extra.insert("file".into(), safe(path).into());
    case.extra.insert("line".into(), item.line.to_string().into());
    case
}

fn status(path: &str, item: &Item, blocks: bool) -> TestCaseStatus {
    let fails = blocks || matches!(item.status, Status::Contradicted | Status::Stale);
    let mut status = match item.status {
        Status::Verified | Status::Ready if !blocks => return TestCaseStatus::success(),
        _ if fails => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ => TestCaseStatus::skipped(),
    };
    status.set_message(safe(&format!("{}: {}", item.status.phrase(), item.reason)));
    if fails {
        let next = item.next.iter().map(|next| format!("\n{next}")).collect::<String>();
        status.set_type(item.status.word());
        status.set_description(format!(
            "{}:{}\n{}{}",
            safe(path),
            item.line,
            safe(&item.reason),
            safe(&next)
        ));
    }
    status
}
