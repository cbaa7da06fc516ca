//! What a platform shows beside a line: false and doubtful claims, what stands in the gate's way,
//! and the problems of the run. SARIF, GitHub and GitLab are drawn from these.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::diff::v1::Change;
use crate::diff::{Diff, Kind};
use crate::model::{Severity, Status};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Item, Problem};

/// Characters of an item's text before it is cut.
const LONGEST_TEXT: usize = 120;

/// Something to show beside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// A status, a problem's code, or a kind of change: what it is, in one word.
    pub(super) rule: String,
    /// How much it matters.
    pub(super) level: Severity,
    /// Whose it is and why, on one line.
    pub(super) message: String,
    /// The file, relative to the repository; empty where it is of the whole run.
    pub(super) path: String,
    /// 1-based, where one is known.
    pub(super) line: Option<usize>,
    /// The same for the same thing in another run, wherever its line went.
    pub(super) identity: String,
}

impl Annotation {
    /// 32 hex digits: the same for the same thing in another run, wherever its line went.
    pub(super) fn fingerprint(&self) -> String {
        let digest = Sha256::digest(format!("{}\n{}", self.rule, self.identity));
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Those of a snapshot, gravest first.
pub(super) fn of_snapshot(snapshot: &Snapshot) -> Vec<Annotation> {
    let blocking: BTreeSet<&str> =
        snapshot.summary.gate.blocking.iter().map(String::as_str).collect();
    let mut all: Vec<Annotation> = snapshot.problems.iter().map(of_problem).collect();
    for checklist in &snapshot.checklists {
        let path = checklist.path.as_str();
        all.extend(checklist.items.iter().filter_map(|item| {
            let blocks = blocking.contains(format!("{path}#{}", item.id).as_str());
            of_item(path, item, blocks)
        }));
    }
    sorted(all)
}

/// Those of a diff: what regressed, and where less is asked than before.
pub(super) fn of_diff(diff: &Diff) -> Vec<Annotation> {
    let told = diff.changes.iter().filter(|change| change.regression || change.weakening);
    sorted(told.map(of_change).collect())
}

fn of_item(path: &str, item: &Item, blocks: bool) -> Option<Annotation> {
    let level = match item.status {
        _ if blocks => Severity::Error,
        Status::Contradicted => Severity::Error,
        Status::Stale => Severity::Warning,
        Status::Unproven
        | Status::Failing
        | Status::Waived
        | Status::Open
        | Status::Ready
        | Status::Verified
        | Status::NotApplicable => return None,
    };
    let next = item.next.iter().map(|next| format!(" {next}")).collect::<String>();
    Some(Annotation {
        rule: item.status.word().to_owned(),
        level,
        message: format!("{}: {}{next}", cut(&item.text), item.reason),
        path: path.to_owned(),
        line: Some(item.line),
        identity: format!("{path}#{}", item.id),
    })
}

fn of_problem(problem: &Problem) -> Annotation {
    let hint = problem.hint.iter().map(|hint| format!(" {hint}")).collect::<String>();
    let whose = problem.item.as_deref().unwrap_or(&problem.message);
    Annotation {
        rule: problem.code.clone(),
        level: problem.severity,
        message: format!("{}{hint}", problem.message),
        path: problem.path.clone(),
        line: problem.line,
        identity: format!("{}#{whose}", problem.path),
    }
}

fn of_change(change: &Change) -> Annotation {
    // What is gone has no line any more; the checklist is where it was.
    let line = (change.kind != Kind::Removed).then_some(change.line);
    Annotation {
        rule: format!("{}-{}", change.kind.word(), change.detail.word()),
        level: if change.regression { Severity::Error } else { Severity::Warning },
        message: format!("{}: {}", cut(&change.text), change.why),
        path: change.checklist.clone(),
        line,
        identity: format!("{}#{}", change.checklist, change.item),
    }
}

fn sorted(mut all: Vec<Annotation>) -> Vec<Annotation> {
    let weight = |one: &Annotation| Reverse(one.rule == Status::Contradicted.word());
    all.sort_by(|a, b| {
        (a.level, weight(a), &a.path, a.line).cmp(&(b.level, weight(b), &b.path, b.line))
    });
    told_apart(&mut all);
    all
}

/// Two figures of one text that drift are two things: a platform drops the second of one name.
fn told_apart(all: &mut [Annotation]) {
    let mut named: BTreeMap<(String, String), usize> = BTreeMap::new();
    for one in all {
        let nth = named.entry((one.rule.clone(), one.identity.clone())).or_default();
        *nth += 1;
        if *nth > 1 {
            one.identity = format!("{}\n{nth}", one.identity);
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
