//! JUnit XML for test reports: a checklist a suite, an item a case, the gate a case of its own.
//! The form: the XML schema of Jenkins' xUnit plugin (`junit-10.xsd`), which other readers share.
//!
//! Only what is proven passes. What is false, stale or stands in the gate's way fails; all else is
//! skipped, and says why.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::Status;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Gate, Item};

use super::text::{Paint, safe};

#[derive(Serialize)]
#[serde(rename = "testsuites")]
struct Report {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    testsuite: Vec<Suite>,
}

#[derive(Serialize)]
struct Suite {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    #[serde(rename = "@skipped")]
    skipped: usize,
    testcase: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@classname")]
    classname: String,
    #[serde(rename = "@file", skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(rename = "@line", skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<Skipped>,
}

#[derive(Serialize)]
struct Failure {
    #[serde(rename = "@message")]
    message: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "$text")]
    text: String,
}

#[derive(Serialize)]
struct Skipped {
    #[serde(rename = "@message")]
    message: String,
}

/// The items of a snapshot as test cases.
pub(super) fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    let gate = &snapshot.summary.gate;
    let blocking: BTreeSet<&str> = gate.blocking.iter().map(String::as_str).collect();
    let items = snapshot.checklists.iter().map(|checklist| of_checklist(checklist, &blocking));
    let testsuite: Vec<Suite> = [of_gate(gate)].into_iter().chain(items).collect();
    let report = Report {
        name: plain(&snapshot.project),
        tests: testsuite.iter().map(|suite| suite.tests).sum(),
        failures: testsuite.iter().map(|suite| suite.failures).sum(),
        errors: 0,
        testsuite,
    };
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let mut serializer = quick_xml::se::Serializer::new(&mut xml);
    serializer.indent(' ', 2);
    // Every name is one that XML has, and memory takes what is written.
    let _ = report.serialize(serializer);
    xml + "\n"
}

fn suite(name: &str, testcase: Vec<Case>) -> Suite {
    Suite {
        name: plain(name),
        tests: testcase.len(),
        failures: testcase.iter().filter(|case| case.failure.is_some()).count(),
        errors: 0,
        skipped: testcase.iter().filter(|case| case.skipped.is_some()).count(),
        testcase,
    }
}

fn of_gate(gate: &Gate) -> Suite {
    let failure = (gate.result == "no-go").then(|| Failure {
        message: plain(&gate.sentence),
        kind: "no-go",
        text: plain(&gate.reasons.join("\n")),
    });
    let decides = matches!(gate.result.as_str(), "go" | "no-go");
    let case = Case {
        name: "gate".to_owned(),
        classname: "trueup".to_owned(),
        file: None,
        line: None,
        failure,
        skipped: (!decides).then(|| Skipped { message: plain(&gate.sentence) }),
    };
    suite("gate", vec![case])
}

fn of_checklist(checklist: &Checklist, blocking: &BTreeSet<&str>) -> Suite {
    let path = &checklist.path;
    let cases = checklist.items.iter().map(|item| {
        let blocks = blocking.contains(format!("{path}#{}", item.id).as_str());
        of_item(path, item, blocks)
    });
    suite(path, cases.collect())
}

fn of_item(path: &str, item: &Item, blocks: bool) -> Case {
    let fails = blocks || matches!(item.status, Status::Contradicted | Status::Stale);
    let message = || plain(&format!("{}: {}", item.status.phrase(), item.reason));
    let failure = fails.then(|| {
        let next = item.next.iter().map(|next| format!("\n{next}")).collect::<String>();
        let text = format!("{path}:{}\n{}{next}", item.line, item.reason);
        Failure { message: message(), kind: item.status.word(), text: plain(&text) }
    });
    let skips = !fails && !item.status.is_proven();
    Case {
        name: plain(&item.text),
        classname: plain(&item.address),
        file: Some(plain(path)),
        line: Some(item.line),
        failure,
        skipped: skips.then(|| Skipped { message: message() }),
    }
}

/// Text that XML 1.0 has a place for: what it has none for is shown as a replacement.
fn plain(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(safe).collect();
    lines.join("\n").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
