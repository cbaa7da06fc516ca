//! The story's other endings: go, nothing bound, nothing there, several checklists.

use crate::model::Claim::{Done, None as Goal};
use crate::model::Status;
use crate::model::Verdict::Pass;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Gate;

use super::build::{Doc, snapshot};
use super::story::{Files, checklist, open, unproven};

/// The same team a week later: everything asked for is proven.
pub(super) fn go() -> Snapshot {
    let files = Files::new();
    let mut list = checklist(&files);
    for item in &mut list.items {
        if item.status != Status::NotApplicable {
            item.claim = if item.claim == Goal { Goal } else { Done };
            item.verdict = Pass;
            item.status = Status::of(item.claim, Pass);
            item.reason =
                "412 tests ran, none failed, 51 minutes before this report, at this commit.".into();
            (item.waiver, item.window, item.figures) = (None, None, Vec::new());
        }
    }
    let sentence = "Go. All 31 required items are verified.".to_owned();
    snapshot(
        vec![list],
        files.all(),
        Gate {
            result: "go".to_owned(),
            reasons: Vec::new(),
            sentence,
            blocking: Vec::new(),
            rules: Vec::new(),
        },
    )
}

/// A repository on its first day: boxes, and nothing bound to any.
pub(super) fn unbound() -> Snapshot {
    let list = Doc::new("CHECKLIST.md", "Before we ship")
        .heading(2, "all", "All of it")
        .items(vec![
            unproven("all/tests", "Tests pass", "Ana Ruiz", "2026-11-10T14:03:00Z"),
            open("all/docs", "Docs are up to date"),
        ])
        .done();
    let sentence = "No item is bound to evidence yet. 1 of 2 boxes are ticked; none can be judged. Run `trueup init`.".to_owned();
    let mut snapshot = snapshot(
        vec![list],
        Vec::new(),
        Gate { result: "none".to_owned(), sentence, ..Gate::default() },
    );
    snapshot.release = None;
    snapshot
}

/// A repository without a checklist, a commit or anything else.
pub(super) fn empty() -> Snapshot {
    let sentence = "No checklist found in 214 Markdown files.".to_owned();
    let mut snapshot = snapshot(
        Vec::new(),
        Vec::new(),
        Gate { result: "none".to_owned(), sentence, ..Gate::default() },
    );
    (snapshot.release, snapshot.commit) = (None, None);
    snapshot
}

/// Three documents, one of them without its text and one a template.
pub(super) fn several() -> Snapshot {
    let files = Files::new();
    let mut bare = checklist(&files);
    (bare.path, bare.title, bare.document) = ("ops/plain.md".to_owned(), None, None);
    let mut template = unbound().checklists.remove(0);
    (template.path, template.template) = ("templates/release.md".to_owned(), true);
    let gate = Gate {
        result: "go".to_owned(),
        sentence: "Go, with 2 exceptions until 2026-12-31.".to_owned(),
        ..Gate::default()
    };
    snapshot(vec![checklist(&files), bare, template], files.all(), gate)
}
