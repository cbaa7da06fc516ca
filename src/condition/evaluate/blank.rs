//! What of the evidence says nothing: every text begins with an empty one, holds one and matches one, and
//! two that are empty or null are the same although neither says anything.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::syntax::Arithmetic;
use crate::condition::tree::{Function, Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// Notes whether a document has the member `name` of `of`.
    pub(super) fn looked_for(&mut self, there: bool, of: &Node, name: &str) {
        let is_document = matches!(&of.kind, Kind::Fact(fact) if fact.group() == "data");
        self.is_read |= there && is_of_evidence(of);
        if !there && is_document {
            self.lacking.get_or_insert_with(|| format!("{of}.{name}"));
        }
    }

    /// Refuses an answer for which nothing was read but that something is not there: any other document
    /// lacks it too.
    pub(super) fn rests_on_something(&self) -> Result<bool, Undecided> {
        match &self.lacking {
            Some(lacking) if !self.is_read && self.holds(Rule::NotCarried) => {
                let why = format!(
                    "{lacking} is not there, as in any other document: ask for something that is."
                );
                Err(Undecided::Missing { why })
            }
            _ => Ok(true),
        }
    }

    /// Refuses to look for what `node` gives, where a part of that is an empty text of the evidence.
    pub(super) fn is_worth_seeking(&mut self, node: &Node) -> Result<(), Undecided> {
        match &node.kind {
            Kind::Literal(_) => Ok(()),
            Kind::Arithmetic(Arithmetic::Add, sides) => {
                sides.iter().try_for_each(|side| self.is_worth_seeking(side))
            }
            _ => match self.quietly(node)?.value()? {
                Value::Text(text) if is_blank(&text) && self.holds(Rule::OverNothing) => {
                    Err(refused(format!("{node} is empty, and every text holds an empty one.")))
                }
                _ => Ok(()),
            },
        }
    }
}

/// Whether a value comes out of an artifact, and not of the repository beside it.
pub(super) fn is_of_evidence(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(fact) => fact.group() != "git",
        Kind::Member { of, .. } | Kind::Index { of, .. } => is_of_evidence(of),
        Kind::Call(call) => {
            !matches!(call.function, Function::Files | Function::Load | Function::TextOf)
        }
        _ => true,
    }
}

/// Refuses to call two values of the evidence the same that say nothing: null, or empty.
pub(super) fn are_worth_comparing(
    (left, x): (&Node, &Value),
    (right, y): (&Node, &Value),
) -> Result<(), Undecided> {
    let is_written =
        |node: &Node| matches!(node.kind, Kind::Literal(_) | Kind::List(_) | Kind::Map(_));
    let (Some(x), Some(y)) = (nothing(x), nothing(y)) else { return Ok(()) };
    if is_written(left) || is_written(right) {
        return Ok(());
    }
    Err(refused(match x == y {
        true => format!("{left} and {right} are both {x}."),
        false => format!("{left} is {x} and {right} is {y}."),
    }))
}

/// What a value is called that says nothing.
fn nothing(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("null"),
        Value::Text(text) if is_blank(text) => Some("empty"),
        Value::List(entries) if entries.is_empty() => Some("empty"),
        Value::Map(members) if members.is_empty() => Some("empty"),
        _ => None,
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn refused(why: String) -> Undecided {
    Undecided::Untrusted { rule: Rule::OverNothing, why }
}
