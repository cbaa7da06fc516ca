//! Conditions that exclude each other: no evidence can satisfy both.
//!
//! Only the plain form is seen, a fact beside a number, which is the one that people mistype.

use std::collections::BTreeMap;

use super::evaluate::order;
use super::syntax::Comparison;
use super::tree::{Kind, Node};
use crate::facts::Value;

/// A limit of a fact: how, and the number.
struct Limit<'n> {
    how: Comparison,
    number: &'n Value,
    at: &'n Node,
}

/// Two pieces, of `a` and of `b`, that cannot both hold.
pub(super) fn exclusive<'n>(a: &'n Node, b: &'n Node) -> Option<(&'n Node, &'n Node)> {
    let theirs = limits(b);
    for (fact, ours) in limits(a) {
        for limit in &ours {
            for other in theirs.get(&fact).into_iter().flatten() {
                if excludes(limit, other) {
                    return Some((limit.at, other.at));
                }
            }
        }
    }
    None
}

/// The limits that must all hold, by fact.
fn limits(root: &Node) -> BTreeMap<String, Vec<Limit<'_>>> {
    let mut found: BTreeMap<String, Vec<Limit<'_>>> = BTreeMap::new();
    let terms = match &root.kind {
        Kind::And(terms) => terms.as_slice(),
        _ => std::slice::from_ref(root),
    };
    for term in terms {
        if let Some((fact, limit)) = limit(term) {
            found.entry(fact).or_default().push(limit);
        }
    }
    found
}

fn limit(term: &Node) -> Option<(String, Limit<'_>)> {
    let Kind::Compare(how, sides) = &term.kind else { return None };
    let [left, right] = sides.as_ref();
    let (fact, how, number) = match (&left.kind, &right.kind) {
        (_, Kind::Literal(number)) => (left, *how, number),
        (Kind::Literal(number), _) => (right, how.mirrored(), number),
        _ => return None,
    };
    let is_number = matches!(number, Value::Int(_) | Value::Double(_));
    is_number.then(|| (fact.to_string(), Limit { how, number, at: term }))
}

/// Whether no number is within both limits.
fn excludes(a: &Limit<'_>, b: &Limit<'_>) -> bool {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let Some(ordering) = order(a.number, b.number) else { return false };
    match (a.how, b.how) {
        (Equal, Equal) => ordering.is_ne(),
        (Equal, NotEqual) | (NotEqual, Equal) => ordering.is_eq(),
        (Equal | Greater | GreaterOrEqual, Less) | (Greater, Equal | LessOrEqual) => {
            ordering.is_ge()
        }
        (Equal | GreaterOrEqual, LessOrEqual) | (GreaterOrEqual, Equal) => ordering.is_gt(),
        (Less, Equal | Greater | GreaterOrEqual) | (Equal | LessOrEqual, Greater) => {
            ordering.is_le()
        }
        (LessOrEqual, Equal | GreaterOrEqual) | (Equal, GreaterOrEqual) => ordering.is_lt(),
        (NotEqual, _)
        | (_, NotEqual)
        | (Less | LessOrEqual, Less | LessOrEqual)
        | (Greater | GreaterOrEqual, Greater | GreaterOrEqual) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::condition::Condition;

    #[test]
    fn limits_that_no_number_meets_exclude_each_other() {
        let parse = |source: &str| Condition::parse(source).unwrap();
        for (a, b, expected) in [
            ("tests.failed == 0", "tests.failed > 0", true),
            ("tests.failed == 0", "0 < tests.failed", true),
            ("tests.failed == 0", "tests.failed == 1", true),
            ("tests.failed == 0", "tests.failed != 0", true),
            ("tests.failed == 0", "tests.failed != 1", false),
            ("tests.failed <= 3", "tests.failed >= 3", false),
            ("tests.failed < 3", "tests.failed >= 3", true),
            ("tests.failed <= 2", "tests.failed >= 3 && tests.total > 0", true),
            ("tests.failed < 3", "tests.failed < 1", false),
            ("tests.failed == 0", "tests.errored > 0", false),
            ("tests.failed == 0", "tests.failed > 0 || tests.total > 0", false),
            ("metrics.a.p95 < 500", "metrics[\"a\"].p95 > 500.5", true),
            ("artifact(\"a\").tests.failed == 0", "artifact(\"b\").tests.failed > 0", false),
        ] {
            let (a, b) = (parse(a), parse(b));
            assert_eq!(a.excludes(&b).is_some(), expected, "{} / {}", a.source(), b.source());
            assert_eq!(b.excludes(&a).is_some(), expected, "{} / {}", b.source(), a.source());
        }
        let (ours, theirs) =
            parse("data.ok && tests.total > 9").excludes(&parse("tests.total < 3")).unwrap();
        assert_eq!((ours.as_str(), theirs.as_str()), ("tests.total > 9", "tests.total < 3"));
    }

    #[test]
    fn a_condition_that_can_never_hold_is_a_fault() {
        let faults = Condition::parse("tests.total > 0 && tests.total < 0").unwrap_err();
        assert_eq!(faults[0].message, "this can never hold beside `tests.total > 0`");
        assert!(Condition::parse("tests.total > 0 && tests.total < 2").is_ok());
    }
}
