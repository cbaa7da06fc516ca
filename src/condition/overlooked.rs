//! What a condition leaves aside of the findings that it asks for: those without a severity, and
//! what the tool could not check.

use std::collections::BTreeMap;

use super::tree::{Fact, Kind, Node};
use crate::facts::{Grade, Value};

/// What a condition leaves aside, by the glob of `artifact("…")`; `None` for all artifacts together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Overlooked {
    /// Findings of which severities are asked, and neither `unknown` nor `total`.
    pub(super) grades: Vec<Graded>,
    /// Findings or checks that are asked, and not how much could not be checked.
    pub(super) unchecked: Vec<Option<String>>,
}

/// Findings that are asked for by severity alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Graded {
    /// The glob of `artifact("…")`.
    pub(super) artifact: Option<String>,
    /// Whether the entries of `findings.list` are asked for theirs.
    pub(super) list: bool,
}

/// What a condition asks of the findings of some artifacts.
#[derive(Default)]
struct Asked {
    graded: bool,
    all: bool,
    list: bool,
    findings: bool,
    checks: bool,
    unchecked: bool,
}

/// What `root` leaves aside.
pub(super) fn overlooked(root: &Node) -> Overlooked {
    let mut asked: BTreeMap<Option<String>, Asked> = BTreeMap::new();
    let mut severity = false;
    let mut unknown = false;
    collect(root, &mut |node| match &node.kind {
        Kind::Fact(fact) => add(fact, &mut asked),
        Kind::Member { name, .. } | Kind::Has { name, .. } if name == "severity" => severity = true,
        Kind::Literal(Value::Text(word)) => unknown |= word.as_ref() == Grade::Unknown.word(),
        _ => {}
    });
    // Who allows for it anywhere knows of it; checks have no count of their own.
    let known = asked.values().any(|asked| asked.unchecked);
    let mut left = Overlooked::default();
    for (artifact, asked) in asked {
        if !asked.unchecked && (asked.findings || (asked.checks && !known)) {
            left.unchecked.push(artifact.clone());
        }
        let list = asked.list && severity && !unknown;
        if (asked.graded || list) && !asked.all {
            left.grades.push(Graded { artifact, list });
        }
    }
    left
}

fn collect(node: &Node, visit: &mut impl FnMut(&Node)) {
    visit(node);
    for part in node.parts() {
        collect(part, visit);
    }
}

fn add(fact: &Fact, asked: &mut BTreeMap<Option<String>, Asked>) {
    let (findings, checks) = (fact.group() == "findings", fact.group() == "checks");
    if !findings && !checks {
        return;
    }
    let asked = asked.entry(fact.artifact.clone()).or_default();
    asked.findings |= findings;
    asked.checks |= checks;
    match fact.path.get(1).map(String::as_str).filter(|_| findings) {
        Some("unchecked") => asked.unchecked = true,
        Some("unknown" | "total") => asked.all = true,
        Some("list") => asked.list = true,
        Some(word) => asked.graded |= Grade::ALL.iter().any(|grade| grade.word() == word),
        None => {}
    }
}
