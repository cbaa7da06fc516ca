//! What of the evidence says nothing: every text begins with an empty one, holds one and matches one, and
//! two that are empty or null are the same although neither says anything.

use super::{Evaluation, Source};
use crate::condition::Undecided;
use crate::condition::syntax::Arithmetic;
use crate::condition::tree::{Fact, Function, Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// Notes whether a document has the member `name` of `of`.
    pub(super) fn looked_for(&mut self, there: bool, of: &Node, name: &str) {
        let is_document = matches!(&of.kind, Kind::Fact(fact) if fact.group() == "data");
        if there {
            self.has_read(of);
        } else if is_document {
            let source = self.source_of(of).flatten();
            self.lacking.entry(source).or_insert_with(|| format!("{of}.{name}"));
        }
    }

    /// Notes that something was read which is there.
    pub(super) fn has_read(&mut self, node: &Node) {
        let source = self.source_of(node);
        self.read.extend(source);
    }

    /// The artifact that a value comes out of, by the glob of `artifact("…")`, and `None` in it where the
    /// condition names none; `None` for what comes out of none: the repository, and what is written out.
    pub(super) fn source_of(&self, node: &Node) -> Option<Source> {
        match &node.kind {
            Kind::Fact(fact) => source_of_fact(fact),
            Kind::Variable(name) => {
                let known = self.variables.iter().rev().find(|known| known.name == *name);
                known.and_then(|known| known.source.clone())
            }
            Kind::Call(call) => match call.function {
                Function::Files | Function::Load | Function::TextOf => None,
                _ => call.args.iter().find_map(|arg| self.source_of(arg)),
            },
            _ => node.parts().into_iter().find_map(|part| self.source_of(part)),
        }
    }

    /// Refuses an answer for which nothing was read but that something is not there: any other document
    /// lacks it too.
    pub(super) fn rests_on_something(&self) -> Result<bool, Undecided> {
        let lacking = self.lacking.iter().find(|(source, _)| !self.read.contains(*source));
        match lacking {
            Some((_, lacking)) if self.holds(Rule::NotCarried) => {
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

/// The artifact of a fact. Where none is named, the facts of other groups may come out of another than
/// the document.
pub(super) fn source_of_fact(fact: &Fact) -> Option<Source> {
    let is_of_it = match &fact.artifact {
        Some(_) => fact.group() != "git",
        None => fact.group() == "data",
    };
    is_of_it.then(|| fact.artifact.clone())
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
