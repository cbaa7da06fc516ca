//! What of the evidence says nothing: every text begins with an empty one, holds one and matches one, and
//! two that are empty or null are the same although neither says anything.

use super::term::{Answer, Grasp};
use super::{Evaluation, Source};
use crate::condition::Undecided;
use crate::condition::syntax::Arithmetic;
use crate::condition::tree::{Fact, Function, Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// Notes whether a document or a report has the member `name` of `of`.
    pub(super) fn looked_for(&mut self, there: bool, of: &Node, name: &str) {
        if there {
            self.has_read(of);
        } else if let (Kind::Fact(_), Some(source)) = (&of.kind, self.source_of(of)) {
            self.lacking.entry(source).or_insert_with(|| format!("{of}.{name}"));
        }
    }

    /// Evaluates what is asked for a member or an entry: that a map is there is no reading of it.
    pub(super) fn holder(&mut self, of: &Node) -> Answer {
        let read = self.read.clone();
        let answer = self.eval(of);
        if answer.as_ref().is_ok_and(|term| matches!(term.grasp, Grasp::Known(Value::Map(_)))) {
            self.read = read;
        }
        answer
    }

    /// Notes that something was read which is there.
    pub(super) fn has_read(&mut self, node: &Node) {
        let source = self.source_of(node);
        self.read.extend(source);
    }

    /// The artifacts that a value comes out of; `None` for what comes out of none: the repository, and
    /// what is written out.
    pub(super) fn source_of(&self, node: &Node) -> Option<Source> {
        match &node.kind {
            Kind::Fact(fact) => source_of_fact(fact),
            Kind::Variable(name) => {
                let known = self.variables.iter().rev().find(|known| known.name == *name);
                known.and_then(|known| known.source.clone())
            }
            Kind::Call(call) => match call.function {
                Function::Files | Function::TextOf => None,
                function if function.loads() => None,
                _ => call.args.iter().find_map(|arg| self.source_of(arg)),
            },
            _ => node.parts().into_iter().find_map(|part| self.source_of(part)),
        }
    }

    /// Refuses an answer for which nothing was read but that something is not there: any other document,
    /// and any other report, lacks it too.
    pub(super) fn rests_on_something(&self) -> Result<bool, Undecided> {
        let lacking = self.lacking.iter().find(|(source, _)| !self.read.contains(*source));
        match lacking {
            Some((source, lacking)) if self.holds(Rule::NotCarried) => {
                let kind = if *source == Source::Reports { "report" } else { "document" };
                let why = format!(
                    "{lacking} is not there, as in any other {kind}: ask for something that is."
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

/// The artifacts of a fact. Where none is named, the facts of reports may come out of another than the
/// document.
pub(super) fn source_of_fact(fact: &Fact) -> Option<Source> {
    match (&fact.artifact, fact.group()) {
        (_, "git") => None,
        (Some(glob), _) => Some(Source::Named(glob.clone())),
        (None, "data") => Some(Source::Documents),
        (None, _) => Some(Source::Reports),
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
