//! What a condition will ask for, from its tree.

use super::tree::{Call, Fact, Function, Kind, Node};
use super::{Reads, ci, measured};
use crate::facts::{Grade, Value};

/// Everything that `root` reads.
pub(super) fn reads(root: &Node) -> Reads {
    let mut reads = Reads::default();
    collect(root, &mut reads);
    reads.measured = measured::measured(root);
    reads.severities = asks_severities(root, &reads);
    ci::collect(root, &mut reads.ci);
    reads.takes_skipped = ci::takes_skipped(root);
    reads.concludes = root.asks_a_conclusion();
    reads
}

fn collect(node: &Node, reads: &mut Reads) {
    match &node.kind {
        Kind::Fact(fact) => add_fact(fact, reads),
        Kind::Call(call) => add_call(call, reads),
        _ => {}
    }
    for part in node.parts() {
        collect(part, reads);
    }
}

fn add_fact(fact: &Fact, reads: &mut Reads) {
    let path = fact.path.join(".");
    match (&fact.artifact, fact.group()) {
        (Some(glob), group) => {
            reads.artifacts.insert((glob.clone(), group.to_owned()));
        }
        (None, "git") => reads.repository = true,
        (None, group) => {
            reads.groups.insert(group.to_owned());
        }
    }
    // A whole group may be walked or counted, its lists among it.
    let asks = |list: &str| path == list || !path.contains('.');
    reads.cases |= fact.group() == "tests" && asks("tests.cases");
    reads.findings |= fact.group() == "findings" && asks("findings.list");
    reads.components |= fact.group() == "components" && asks("components.list");
    reads.facts.insert(path);
}

fn add_call(call: &Call, reads: &mut Reads) {
    match call.function {
        Function::Files | Function::TextOf | Function::Load | Function::Documents => {
            reads.repository = true;
        }
        Function::Passed => {
            reads.cases = true;
            reads.facts.insert("tests.cases".to_owned());
            match &call.artifact {
                Some(glob) => {
                    reads.artifacts.insert((glob.clone(), "tests".to_owned()));
                }
                None => {
                    reads.groups.insert("tests".to_owned());
                }
            }
        }
        _ => {}
    }
}

/// Whether findings are asked for their severity: by a count of them, in the list, or in the group
/// taken whole.
fn asks_severities(root: &Node, reads: &Reads) -> bool {
    let is_severity = |name: &str| Grade::SEVERITIES.iter().any(|grade| grade.word() == name);
    let mut counted = false;
    let mut named = false;
    walk(root, &mut |node| match &node.kind {
        Kind::Fact(Fact { artifact: None, path, .. }) => {
            let [group, name] = path.as_slice() else { return };
            counted |= group == "findings" && is_severity(name);
        }
        Kind::Member { name, .. } | Kind::Has { name, .. } => {
            named |= name == "severity" || is_severity(name);
        }
        Kind::Literal(Value::Text(word)) => named |= is_severity(word),
        _ => {}
    });
    counted || named && reads.findings && reads.groups.contains("findings")
}

fn walk(node: &Node, visit: &mut impl FnMut(&Node)) {
    visit(node);
    node.parts().into_iter().for_each(|part| walk(part, visit));
}
