//! Questions over test cases that no outcome decides: the name that they ask for is no case's.

use std::sync::Arc;

use super::Evaluation;
use super::term::Doubt;
use super::trials::Trial;
use crate::condition::Undecided;
use crate::condition::tree::{How, Kind, Node, Walk};
use crate::facts::{Outcome, Value};
use crate::model::Rule;

impl Evaluation<'_> {
    /// Why an answer about the outcomes of `cases` says nothing: whatever each of them were, it would
    /// be the same.
    pub(super) fn without_outcome(&mut self, walk: &Walk, cases: &[Value]) -> Option<Doubt> {
        let asks = over_cases(&walk.over) && asks_outcome(&walk.body, &walk.variable);
        if !asks || !self.holds(Rule::OverNothing) {
            return None;
        }
        let mut asked =
            cases.iter().filter(|case| self.is_decided_by_outcome(walk, case)).peekable();
        let why = if asked.peek().is_none() {
            format!(
                "No test case is asked how it ended: for none of them does {} depend on it.",
                walk.body
            )
        } else if asked.all(is_skipped) && !names_skipped(&walk.body) {
            format!("Every test case that {} asks was skipped.", walk.body)
        } else {
            return None;
        };
        Some(Arc::new(Undecided::Untrusted { rule: Rule::OverNothing, why }))
    }

    /// The same of a question over what `map` made of the cases: whatever all of them were, it would
    /// be the same.
    pub(super) fn for_any_outcome(&mut self, node: &Node, value: bool) -> Option<Doubt> {
        if !maps_outcomes(node) {
            return None;
        }
        let hangs_on_it = Outcome::ALL
            .iter()
            .any(|outcome| self.tried(node, Trial::Ended(*outcome)) != Some(value));
        let why = || Undecided::Untrusted {
            rule: Rule::OverNothing,
            why: format!("No test case is asked how it ended: {node} is the same for any outcome."),
        };
        (!hangs_on_it).then(|| Arc::new(why()))
    }

    /// Whether another outcome of one case would give another answer.
    fn is_decided_by_outcome(&mut self, walk: &Walk, case: &Value) -> bool {
        let mut answers = Outcome::ALL.iter().map(|outcome| {
            let ended = ended(case, *outcome);
            let truth = self.body(walk, ended, |this, body| this.truth(body, false));
            truth.map(|truth| truth.value).ok()
        });
        let first = answers.next().flatten();
        answers.any(|answer| answer != first)
    }
}

/// The same case with that outcome.
pub(super) fn ended(case: &Value, outcome: Outcome) -> Value {
    match case {
        Value::Map(members) => {
            let mut members = members.as_ref().clone();
            members.insert("outcome".to_owned(), Value::text(outcome.word()));
            Value::Map(Arc::new(members))
        }
        other => other.clone(),
    }
}

pub(super) fn is_skipped(case: &Value) -> bool {
    matches!(case.member("outcome"), Some(Value::Text(word)) if word.as_ref() == Outcome::Skipped.word())
}

/// Whether `node` says itself what it thinks of skipped cases.
pub(super) fn names_skipped(node: &Node) -> bool {
    let is_it = match &node.kind {
        Kind::Literal(Value::Text(word)) => word.contains(Outcome::Skipped.word()),
        Kind::Fact(fact) => fact.path == ["tests", "skipped"],
        _ => false,
    };
    is_it || node.parts().into_iter().any(names_skipped)
}

/// Whether `node` holds a `map` over test cases that takes their outcomes along.
fn maps_outcomes(node: &Node) -> bool {
    let is_one = match &node.kind {
        Kind::Walk(walk) => {
            walk.how == How::Map
                && over_cases(&walk.over)
                && asks_outcome(&walk.body, &walk.variable)
        }
        _ => false,
    };
    is_one || node.parts().into_iter().any(maps_outcomes)
}

/// Test cases, or those of them that a `filter` keeps.
pub(super) fn over_cases(over: &Node) -> bool {
    match &over.kind {
        Kind::Walk(walk) => walk.how == How::Filter && over_cases(&walk.over),
        _ => is_test_cases(over),
    }
}

fn is_test_cases(over: &Node) -> bool {
    matches!(&over.kind, Kind::Fact(fact) if fact.path == ["tests", "cases"])
}

fn asks_outcome(node: &Node, variable: &str) -> bool {
    let is_it = match &node.kind {
        Kind::Member { of, name } => {
            name == "outcome" && matches!(&of.kind, Kind::Variable(of) if of == variable)
        }
        _ => false,
    };
    is_it || node.parts().into_iter().any(|part| asks_outcome(part, variable))
}
