//! Questions over test cases that no outcome decides: the name that they ask for is no case's.

use std::sync::Arc;

use super::Evaluation;
use super::logic::Truth;
use super::term::Doubt;
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

    /// Why it says nothing that there are such `cases`: they did not fail, for they were skipped.
    pub(super) fn of_skipped_alone(&self, walk: &Walk, cases: &[Value]) -> Option<Doubt> {
        let asks = over_cases(&walk.over) && asks_outcome(&walk.body, &walk.variable);
        let skipped = !cases.is_empty() && cases.iter().all(is_skipped);
        if !asks || !skipped || names_skipped(&walk.body) || !self.holds(Rule::OverNothing) {
            return None;
        }
        let why = format!("Every test case that matches {} was skipped.", walk.body);
        Some(Arc::new(Undecided::Untrusted { rule: Rule::OverNothing, why }))
    }

    /// The same of a question over what `map` made of the cases: whatever all of them were, it would
    /// be the same.
    pub(super) fn beside_outcomes(
        &mut self,
        node: &Node,
        truth: Truth,
    ) -> Result<Truth, Undecided> {
        let asks = self.every.is_none() && maps_outcomes(node) && self.holds(Rule::OverNothing);
        if !asks || truth.doubt.is_some() {
            return Ok(truth);
        }
        self.record.hide();
        let hangs_on_it = Outcome::ALL.iter().any(|outcome| {
            self.every = Some(*outcome);
            self.decided(node, false, self.record.mark()).ok().map(|of| of.value)
                != Some(truth.value)
        });
        self.every = None;
        self.record.show();
        if hangs_on_it {
            return Ok(truth);
        }
        let why =
            format!("No test case is asked how it ended: {node} is the same for any outcome.");
        let why = Undecided::Untrusted { rule: Rule::OverNothing, why };
        self.settle(truth.value, Some(Arc::new(why)))
    }

    /// The test cases as read, or all of them with the outcome that is tried.
    pub(super) fn as_tried(&self, cases: Value) -> Value {
        match (self.every, cases) {
            (Some(outcome), Value::List(cases)) => {
                Value::list(cases.iter().map(|case| ended(case, outcome)).collect())
            }
            (_, cases) => cases,
        }
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

fn is_skipped(case: &Value) -> bool {
    matches!(case.member("outcome"), Some(Value::Text(word)) if word.as_ref() == Outcome::Skipped.word())
}

/// Whether `node` says itself what it thinks of skipped cases.
fn names_skipped(node: &Node) -> bool {
    let is_it = matches!(&node.kind, Kind::Literal(Value::Text(word)) if word.contains(Outcome::Skipped.word()));
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
fn over_cases(over: &Node) -> bool {
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
