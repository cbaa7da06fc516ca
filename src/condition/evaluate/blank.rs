//! Texts of the evidence that are empty: every text begins with one, holds one and matches one, and two
//! of them are the same although neither says anything.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::syntax::Arithmetic;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
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

/// Refuses to call two empty texts of the evidence the same.
pub(super) fn are_worth_comparing(
    (left, a): (&Node, &str),
    (right, b): (&Node, &str),
) -> Result<(), Undecided> {
    let written = [left, right].iter().any(|node| matches!(node.kind, Kind::Literal(_)));
    if written || !is_blank(a) || !is_blank(b) {
        return Ok(());
    }
    Err(refused(format!("{left} and {right} are both empty.")))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn refused(why: String) -> Undecided {
    Undecided::Untrusted { rule: Rule::OverNothing, why }
}
