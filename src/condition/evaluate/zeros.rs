//! Figures of documents that are all 0: `data.passed == data.total` and `data.ready >= data.desired` hold
//! of a run of nothing.

use std::sync::Arc;

use super::Evaluation;
use super::arithmetic::double;
use super::term::Doubt;
use crate::condition::Undecided;
use crate::condition::syntax::{Arithmetic, Comparison};
use crate::condition::tree::{Function, Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

/// What a figure is called of which 0 is good, by the beginnings of its words.
const BAD: [&str; 34] = [
    "alert",
    "bad",
    "block",
    "breach",
    "broken",
    "bug",
    "crash",
    "critical",
    "defect",
    "degraded",
    "denied",
    "down",
    "drift",
    "drop",
    "err",
    "exceed",
    "fail",
    "fault",
    "flak",
    "incident",
    "invalid",
    "issue",
    "lag",
    "leak",
    "lost",
    "miss",
    "reject",
    "retr",
    "skip",
    "timeout",
    "unhealthy",
    "violat",
    "vuln",
    "warn",
];

/// What a figure is called that others are to stay below.
const LIMITS: [&str; 8] =
    ["allow", "baseline", "budget", "ceiling", "limit", "max", "threshold", "tolera"];

/// What a figure is called of which others are a part.
const WHOLES: [&str; 9] = ["all", "count", "pass", "ran", "ready", "run", "succe", "sum", "total"];

impl Evaluation<'_> {
    /// Why a comparison, or its opposite, proves nothing: both sides are 0 for there was nothing to count.
    pub(super) fn of_no_whole(
        &mut self,
        how: Comparison,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Option<Doubt> {
        let zero = |value: &Value| double(value) == Some(0.0);
        if !(zero(x) && zero(y) && self.holds(Rule::OverNothing)) {
            return None;
        }
        let (how, left, right) = apart(how, left, right)?;
        let matters = match at_most(how) {
            None => true,
            Some(swapped) => {
                let (less, more) = if swapped { (right, left) } else { (left, right) };
                let told =
                    is_called(more, &LIMITS) || is_called(less, &BAD) && !is_called(more, &WHOLES);
                is_share(left) || is_share(right) || !told
            }
        };
        let nothing =
            matches!((self.all_zero(left), self.all_zero(right)), (Some(true), Some(true)));
        (matters && nothing).then(|| {
            let why = format!("{left} and {right} are both 0: there was nothing to count.");
            Arc::new(Undecided::Untrusted { rule: Rule::OverNothing, why })
        })
    }

    /// Whether each figure of a document in `node` is 0; `None` where there is none.
    fn all_zero(&mut self, node: &Node) -> Option<bool> {
        if is_figure(node) {
            let value = self.quietly(node).ok()?.value().ok()?;
            return Some(double(&value) == Some(0.0));
        }
        let parts = node.parts().into_iter().filter_map(|part| self.all_zero(part));
        parts.reduce(|all, of| all && of)
    }
}

/// Of a difference that is held against 0, its two sides: `data.total - data.passed == 0`.
fn apart<'n>(
    how: Comparison,
    left: &'n Node,
    right: &'n Node,
) -> Option<(Comparison, &'n Node, &'n Node)> {
    let difference = |node: &'n Node| match &node.kind {
        Kind::Arithmetic(Arithmetic::Subtract, sides) => Some((&sides[0], &sides[1])),
        _ => None,
    };
    match (&left.kind, &right.kind) {
        (_, Kind::Literal(_)) => difference(left).map(|(a, b)| (how, a, b)),
        (Kind::Literal(_), _) => difference(right).map(|(a, b)| (how.mirrored(), a, b)),
        _ => Some((how, left, right)),
    }
}

/// Of a comparison that asks for an order, or denies one, whether the right side is the lesser one.
fn at_most(how: Comparison) -> Option<bool> {
    match how {
        Comparison::Equal | Comparison::NotEqual => None,
        Comparison::LessOrEqual | Comparison::Greater => Some(false),
        Comparison::GreaterOrEqual | Comparison::Less => Some(true),
    }
}

/// Whether `node` is a figure of a document, or how much there is of something in one.
fn is_figure(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(fact) => fact.group() == "data",
        Kind::Member { of, .. } | Kind::Index { of, .. } => is_figure(of),
        Kind::Call(call) => match call.function {
            function if function.loads() => true,
            Function::Size => call.args.iter().any(is_of_a_document),
            _ => false,
        },
        _ => false,
    }
}

fn is_of_a_document(node: &Node) -> bool {
    is_figure(node) || node.parts().into_iter().any(is_of_a_document)
}

fn is_share(node: &Node) -> bool {
    matches!(&node.kind, Kind::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, _))
}

/// Whether a figure in `node` has a name of which a word begins so.
fn is_called(node: &Node, beginnings: &[&str]) -> bool {
    let begins =
        |name: &str| words(name).any(|of| beginnings.iter().any(|word| of.starts_with(word)));
    let is_it = match &node.kind {
        Kind::Member { name, .. } => begins(name),
        Kind::Fact(fact) => fact.path.iter().skip(1).any(|name| begins(name)),
        Kind::Index { index, .. } => {
            matches!(&index.kind, Kind::Literal(Value::Text(name)) if begins(name))
        }
        _ => false,
    };
    is_it || node.parts().into_iter().any(|part| is_called(part, beginnings))
}

/// The words of a name, in small letters: `maxErrors`, `max_errors`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut parted = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            parted.push(' ');
        }
        parted.extend(letter.to_lowercase());
    }
    let words: Vec<String> =
        parted.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    words.into_iter()
}
