//! Which findings a condition asks for by severity alone.

use std::collections::BTreeMap;

use super::tree::{Fact, Kind, Node};
use crate::facts::{Grade, Value};

/// Findings of which severities are asked, and neither `unknown` nor `total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Graded {
    /// The glob of `artifact("…")`; `None` for all artifacts together.
    pub(super) artifact: Option<String>,
    /// Whether the entries of `findings.list` are asked for theirs.
    pub(super) list: bool,
}

/// What a condition asks of one group of findings.
#[derive(Default)]
struct Asked {
    graded: bool,
    all: bool,
    list: bool,
}

/// The findings that `root` asks for by severity alone.
pub(super) fn graded(root: &Node) -> Vec<Graded> {
    let mut asked = BTreeMap::new();
    let mut severity = false;
    let mut unknown = false;
    collect(root, &mut |node| match &node.kind {
        Kind::Fact(fact) if fact.group() == "findings" => add(fact, &mut asked),
        Kind::Member { name, .. } | Kind::Has { name, .. } if name == "severity" => severity = true,
        Kind::Literal(Value::Text(word)) => unknown |= word.as_ref() == Grade::Unknown.word(),
        _ => {}
    });
    let graded = asked.into_iter().filter_map(|(artifact, asked): (_, Asked)| {
        let list = asked.list && severity && !unknown;
        let by_severity = (asked.graded || list) && !asked.all;
        by_severity.then_some(Graded { artifact, list })
    });
    graded.collect()
}

fn collect(node: &Node, visit: &mut impl FnMut(&Node)) {
    visit(node);
    for part in node.parts() {
        collect(part, visit);
    }
}

fn add(fact: &Fact, asked: &mut BTreeMap<Option<String>, Asked>) {
    let asked = asked.entry(fact.artifact.clone()).or_default();
    match fact.path.get(1).map(String::as_str) {
        Some("unknown" | "total") => asked.all = true,
        Some("list") => asked.list = true,
        Some(word) => asked.graded |= Grade::ALL.iter().any(|grade| grade.word() == word),
        None => {}
    }
}
