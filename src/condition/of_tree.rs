//! Limits that a condition reads from the tree: `number(text("floor.txt"))` beside a fact of evidence.

use super::Limit;
use super::tree::{Function, Kind, Node};
use crate::facts::Value;

/// The limit of a comparison, where one side is a number that files of the tree alone say, and the other
/// is of evidence.
pub(super) fn limit(
    (left, x): (&Node, Option<&Value>),
    (right, y): (&Node, Option<&Value>),
) -> Option<Limit> {
    let of = |limit: &Node, value: Option<&Value>, other: &Node| {
        let from = files(limit).filter(|_| is_of_evidence(other))?;
        let value = value.filter(|of| matches!(of, Value::Int(_) | Value::Double(_)))?.clone();
        Some(Limit { from, value, at: limit.at.clone() })
    };
    of(left, x, right).or_else(|| of(right, y, left))
}

/// The only part of the two sides that files of the tree alone say, beside facts of evidence that are
/// computed with it: `tests.total * load("b.json").share`.
pub(super) fn part<'n>(left: &'n Node, right: &'n Node) -> Option<&'n Node> {
    let mut parts = Vec::new();
    for side in [left, right] {
        collect_parts(side, &mut parts);
    }
    let [part] = parts.as_slice() else { return None };
    let whole = [left, right].iter().any(|side| std::ptr::eq(*side, *part));
    (!whole && (is_of_evidence(left) || is_of_evidence(right))).then_some(part)
}

fn collect_parts<'n>(node: &'n Node, parts: &mut Vec<&'n Node>) {
    match &node.kind {
        Kind::Walk(_) => {}
        _ if files(node).is_some() => parts.push(node),
        _ => node.parts().into_iter().for_each(|part| collect_parts(part, parts)),
    }
}

/// The limit that such a part is, by its value.
pub(super) fn limit_of_part(part: &Node, value: Option<Value>) -> Option<Limit> {
    let value = value.filter(|of| matches!(of, Value::Int(_) | Value::Double(_)))?;
    Some(Limit { from: files(part)?, value, at: part.at.clone() })
}

/// The files that `node` reads, if it reads nothing else.
fn files(node: &Node) -> Option<String> {
    let mut names = Vec::new();
    collect(node, &mut names)?;
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

fn collect(node: &Node, names: &mut Vec<String>) -> Option<()> {
    match &node.kind {
        Kind::Fact(_) | Kind::Variable(_) | Kind::Walk(_) => return None,
        Kind::Call(call) => match (call.function, call.args.first().map(|path| &path.kind)) {
            (function, Some(Kind::Literal(Value::Text(path))))
                if function.loads() || function == Function::TextOf =>
            {
                names.push(path.to_string());
            }
            (Function::TextOf | Function::Files | Function::Passed, _) => return None,
            (function, _) if function.loads() => return None,
            _ => {}
        },
        _ => {}
    }
    node.parts().into_iter().try_for_each(|part| collect(part, names))
}

fn is_of_evidence(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(fact) => fact.artifact.is_some() || fact.group() != "git",
        Kind::Call(call) if call.function == Function::Passed => true,
        _ => node.parts().into_iter().any(is_of_evidence),
    }
}
