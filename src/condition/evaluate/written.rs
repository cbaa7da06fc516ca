//! Numbers of documents that are the same by value and not as they are written: 1.10 and 1.1 are two
//! versions, and YAML makes one number of them.

use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

/// Refuses to call two numbers the same, or not, that are equal by value and written in two ways.
pub(super) fn alike(
    (left, x): (&Node, &Value),
    (right, y): (&Node, &Value),
) -> Result<(), Undecided> {
    let is_kept = matches!(x, Value::Written(..)) || matches!(y, Value::Written(..));
    if !is_kept || x.to_string() == y.to_string() {
        return Ok(());
    }
    let told = match (is_of_a_document(left), is_of_a_document(right)) {
        (true, true) => format!("{left} is written {x} and {right} is written {y}"),
        (true, false) if ends_in_zero(x) => format!("{left} is written {x}, beside {y}"),
        (false, true) if ends_in_zero(y) => format!("{right} is written {y}, beside {x}"),
        _ => return Ok(()),
    };
    let why = format!(
        "{told}: one number, and as versions two. Quote them where they are names, or compare \
         double(…) of both."
    );
    Err(Undecided::Untrusted { rule: Rule::NotANumber, why })
}

/// `1.10`, and not `1.0`: a fraction that a number would be written without its last zero.
fn ends_in_zero(value: &Value) -> bool {
    let Value::Written(_, text) = value else { return false };
    let places = text.split_once('.').map_or("", |(_, places)| places);
    places.ends_with('0') && places.bytes().any(|digit| digit != b'0')
}

/// Whether a value comes out of a document, where somebody wrote it.
fn is_of_a_document(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(fact) => fact.group() == "data",
        Kind::Variable(_) => true,
        Kind::Member { of, .. } | Kind::Index { of, .. } => is_of_a_document(of),
        Kind::Call(call) => call.function.loads(),
        Kind::Choose(parts) => parts.iter().skip(1).any(is_of_a_document),
        Kind::List(items) => items.iter().any(is_of_a_document),
        Kind::Walk(_) => true,
        _ => false,
    }
}
