//! Questions over test cases that no outcome decides: the name that they ask for is no case's.

use std::sync::Arc;

use super::Evaluation;
use super::term::Doubt;
use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node, Walk};
use crate::facts::{Outcome, Value};
use crate::model::Rule;

impl Evaluation<'_> {
    /// Why an answer about the outcomes of `cases` says nothing: whatever each of them were, it would
    /// be the same.
    pub(super) fn without_outcome(&mut self, walk: &Walk, cases: &[Value]) -> Option<Doubt> {
        let asks = is_test_cases(&walk.over) && asks_outcome(&walk.body, &walk.variable);
        if !asks || !self.holds(Rule::OverNothing) {
            return None;
        }
        if cases.iter().any(|case| self.is_decided_by_outcome(walk, case)) {
            return None;
        }
        let why = format!(
            "No test case is asked how it ended: for none of them does {} depend on it.",
            walk.body
        );
        Some(Arc::new(Undecided::Untrusted { rule: Rule::OverNothing, why }))
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
fn ended(case: &Value, outcome: Outcome) -> Value {
    match case {
        Value::Map(members) => {
            let mut members = members.as_ref().clone();
            members.insert("outcome".to_owned(), Value::text(outcome.word()));
            Value::Map(Arc::new(members))
        }
        other => other.clone(),
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
