//! What holds of any evidence: a part that is true whatever the facts are proves nothing.
//!
//! Only what is plain is seen here, part by part; `imagine` tries a condition as a whole.

use super::evaluate::{fits, order};
use super::presence;
use super::syntax::Comparison;
use super::tree::{How, Kind, Node, Walk};
use crate::facts::Value;

/// Whether `node` is true, or false, whatever the facts are.
pub(super) fn certain(node: &Node) -> Option<bool> {
    truth(node, &mut Vec::new())
}

/// Whether all that `root` asks is certain, or that there is a test case.
pub(super) fn asks_no_outcome(root: &Node) -> bool {
    match &root.kind {
        Kind::And(terms) => terms.iter().all(asks_no_outcome),
        _ => certain(root) == Some(true) || presence::of_some_case(root),
    }
}

/// The variables of the enclosing walks, each with what is certain of the entry it stands for.
type Known<'n> = Vec<(&'n str, Option<bool>)>;

fn truth<'n>(node: &'n Node, known: &mut Known<'n>) -> Option<bool> {
    match &node.kind {
        Kind::Literal(Value::Bool(value)) => Some(*value),
        Kind::Variable(name) => {
            known.iter().rev().find(|(of, _)| of == name).and_then(|(_, truth)| *truth)
        }
        Kind::Not(inner) => truth(inner, known).map(|value| !value),
        Kind::And(terms) => any(terms, false, known),
        Kind::Or(terms) => any(terms, true, known).or_else(|| opposites(terms).then_some(true)),
        Kind::Choose(parts) => {
            let [when, then, otherwise] = parts.as_ref();
            match truth(when, known) {
                Some(true) => truth(then, known),
                Some(false) => truth(otherwise, known),
                None => {
                    let then = truth(then, known)?;
                    (truth(otherwise, known)? == then).then_some(then)
                }
            }
        }
        Kind::Compare(how, sides) => compared(*how, sides),
        Kind::Walk(walk) => walked(walk, known),
        Kind::Has { .. } | Kind::Within { .. } => presence::of_any_report(node).then_some(true),
        _ => None,
    }
}

/// Of terms one of which decides by being `deciding`.
fn any<'n>(terms: &'n [Node], deciding: bool, known: &mut Known<'n>) -> Option<bool> {
    let truths: Vec<Option<bool>> = terms.iter().map(|term| truth(term, known)).collect();
    if truths.contains(&Some(deciding)) {
        return Some(deciding);
    }
    truths.iter().all(Option::is_some).then_some(!deciding)
}

/// Whether two terms are each other's opposite: `a || !a`, `n == 0 || n != 0`.
fn opposites(terms: &[Node]) -> bool {
    let opposite = |a: &Node, b: &Node| match (&a.kind, &b.kind) {
        (Kind::Not(inner), _) => inner.to_string() == b.to_string(),
        (Kind::Compare(how, ours), Kind::Compare(other, theirs)) => {
            how.negated() == *other
                && ours.iter().zip(theirs.iter()).all(|(a, b)| a.to_string() == b.to_string())
        }
        _ => false,
    };
    terms.iter().any(|a| terms.iter().any(|b| opposite(a, b)))
}

/// A comparison of two figures, or of a thing with itself.
fn compared(how: Comparison, sides: &[Node; 2]) -> Option<bool> {
    use Comparison::{Equal, GreaterOrEqual, LessOrEqual};
    let [left, right] = sides;
    if let (Kind::Literal(left), Kind::Literal(right)) = (&left.kind, &right.kind) {
        return order(left, right).map(|ordering| fits(how, ordering));
    }
    let same = !matches!(left.kind, Kind::Literal(_)) && left.to_string() == right.to_string();
    same.then_some(matches!(how, Equal | LessOrEqual | GreaterOrEqual))
}

/// A question over a list that the condition writes itself, or one that asks nothing of an entry.
fn walked<'n>(walk: &'n Walk, known: &mut Known<'n>) -> Option<bool> {
    let of_entry = |entry: Option<bool>, known: &mut Known<'n>| {
        known.push((&walk.variable, entry));
        let body = truth(&walk.body, known);
        known.pop();
        body
    };
    let deciding = match walk.how {
        How::All => false,
        How::Exists => true,
        How::ExistsOne | How::Filter | How::Map => return None,
    };
    let Kind::List(items) = &walk.over.kind else {
        return of_entry(None, known).filter(|body| walk.how == How::All && *body);
    };
    let entries: Vec<Option<bool>> = items.iter().map(|item| truth(item, known)).collect();
    let bodies: Vec<Option<bool>> =
        entries.into_iter().map(|entry| of_entry(entry, known)).collect();
    if bodies.contains(&Some(deciding)) {
        return Some(deciding);
    }
    let decided = !bodies.is_empty() && bodies.iter().all(Option::is_some);
    decided.then_some(!deciding)
}

#[cfg(test)]
mod tests {
    use crate::condition::Condition;

    #[test]
    fn what_holds_of_any_evidence_is_known() {
        for source in [
            "tests.failed == 0 || true",
            "true ? true : tests.failed == 0",
            "tests.failed == 0 ? true : true",
            "[tests.failed == 0, true].exists(x, x)",
            "[true].all(x, x) || tests.failed == 0",
            "tests.cases.all(c, true)",
            "tests.failed == 0 || tests.failed != 0",
            "tests.failed < 3 || tests.failed >= 3",
            "git.dirty || !git.dirty",
            "tests.failed == tests.failed",
            "1 < 2 || tests.failed == 0",
            "!(false && tests.failed == 0)",
            "has(tests.failed)",
            "\"failed\" in tests",
            "has(artifact(\"a.xml\").tests.errored)",
            "size(tests.cases) > 0",
            "1 <= tests.cases.size()",
        ] {
            let condition = Condition::parse(source).unwrap();
            assert!(condition.is_certain(), "{source}");
            assert_eq!(condition.idle().len(), 1, "{source}: {:?}", condition.idle());
        }
        for (source, idle) in [
            ("has(tests.total) && has(tests.passed)", 1),
            ("has(tests.passed) && size(tests.cases) > 0", 1),
        ] {
            let condition = Condition::parse(source).unwrap();
            assert!(condition.is_certain(), "{source}");
            assert_eq!(condition.idle().len(), idle, "{source}: {:?}", condition.idle());
        }
        for source in [
            "tests.failed == 0",
            "has(findings.total)",
            "has(coverage.branches)",
            "has(tests.flaky)",
            "\"test\" in ci.jobs",
            "size(tests.cases) > 9",
            "tests.cases.size() > 0 && tests.cases.all(c, c.outcome == \"passed\")",
            "tests.failed == 0 || tests.failed == 1",
            "[tests.failed == 0, false].exists(x, x)",
            "[tests.failed == 0, true].all(x, x)",
            "tests.cases.exists(c, true)",
            "tests.failed == 0 ? tests.total > 0 : true",
        ] {
            assert!(!Condition::parse(source).unwrap().is_certain(), "{source}");
        }
    }
}
