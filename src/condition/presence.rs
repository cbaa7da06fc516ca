//! Questions for whether a fact is there, to which every report of its kind answers yes.

use super::syntax::Comparison;
use super::tree::{Function, Kind, Node};
use crate::facts::Value;

/// The facts that each report with tests has.
const OF_TESTS: [&str; 6] = ["total", "passed", "failed", "errored", "skipped", "cases"];

/// Those that each report with findings has, but for the total: `has(findings.total)` asks whether
/// something was scanned, which no figure says.
const OF_FINDINGS: [&str; 10] =
    ["critical", "high", "medium", "low", "info", "unknown", "errors", "warnings", "notes", "list"];

/// Whether `node` only asks for a fact that each report of its group has: `has(tests.failed)`,
/// `"failed" in tests`.
pub(super) fn of_any_report(node: &Node) -> bool {
    group_of_any_report(node).is_some()
}

/// That group.
pub(super) fn group_of_any_report(node: &Node) -> Option<&str> {
    let (group, name) = match &node.kind {
        Kind::Has { of, name } => (of.as_ref(), name.as_ref()),
        Kind::Within { sides, .. } => match &sides[0].kind {
            Kind::Literal(Value::Text(name)) => (&sides[1], name.as_ref()),
            _ => return None,
        },
        _ => return None,
    };
    let Kind::Fact(fact) = &group.kind else { return None };
    is_always_in(group, name).then(|| fact.group())
}

fn is_always_in(group: &Node, name: &str) -> bool {
    let Kind::Fact(fact) = &group.kind else { return false };
    match fact.path.as_slice() {
        [group] if group == "tests" => OF_TESTS.contains(&name),
        [group] if group == "findings" => OF_FINDINGS.contains(&name),
        _ => false,
    }
}

/// Whether `node` asks for no more than some test case: a report without one proves nothing anyway.
/// Beside a question for outcomes it does no harm.
pub(super) fn of_some_case(node: &Node) -> bool {
    let Kind::Compare(how, sides) = &node.kind else { return false };
    let [left, right] = sides.as_ref();
    some_case(left, *how, right) || some_case(right, how.mirrored(), left)
}

fn some_case(size: &Node, how: Comparison, limit: &Node) -> bool {
    let (Kind::Call(call), Kind::Literal(Value::Int(limit))) = (&size.kind, &limit.kind) else {
        return false;
    };
    let of_cases =
        |of: &Node| matches!(&of.kind, Kind::Fact(fact) if fact.path == ["tests", "cases"]);
    let least = match how {
        Comparison::Greater | Comparison::NotEqual => 0,
        Comparison::GreaterOrEqual => 1,
        Comparison::Less | Comparison::LessOrEqual | Comparison::Equal => return false,
    };
    call.function == Function::Size && call.args.iter().all(of_cases) && *limit == least
}
