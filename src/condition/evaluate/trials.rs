//! Answers tried anew over a part of the evidence: one that comes out otherwise hangs on what was left
//! out, be it test cases that were skipped or files in which nothing stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Evaluation;
use super::logic::Truth;
use super::outcomes::{ended, is_skipped, names_skipped, over_cases};
use super::term::Doubt;
use crate::condition::Undecided;
use crate::condition::tree::{Function, How, Kind, Node};
use crate::facts::{Outcome, Value};
use crate::model::{Rule, listed, plural};

/// How many empty files a sentence names.
const NAMED: usize = 3;

/// What is taken for the evidence instead of what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// Every test case ended so.
    Ended(Outcome),
    /// The test cases that were not skipped.
    WithoutSkipped,
    /// The files in which something stands.
    WithoutEmpty,
}

impl Evaluation<'_> {
    /// The answer to a question, in doubt where a trial shows that it proves nothing.
    pub(super) fn beside_trials(&mut self, node: &Node, truth: Truth) -> Result<Truth, Undecided> {
        let asks = self.trial.is_none() && truth.doubt.is_none() && self.holds(Rule::OverNothing);
        if !asks {
            return Ok(truth);
        }
        let mut doubt = self.for_any_outcome(node, truth.value);
        // Of an entry of a walk, the whole walk is tried.
        if doubt.is_none() && self.variables.is_empty() {
            doubt = match self.by_skipped_cases(node, truth.value) {
                None => self.by_empty_files(node, truth.value),
                skipped => skipped,
            };
        }
        self.spend(0)?;
        self.settle(truth.value, doubt)
    }

    /// What `node` comes to in a trial; `None` where that is not decided.
    pub(super) fn tried(&mut self, node: &Node, trial: Trial) -> Option<bool> {
        let emptied = self.emptied.clone();
        self.record.hide();
        self.trial = Some(trial);
        let truth = self.decided(node, false, self.record.mark());
        self.trial = None;
        self.record.show();
        self.emptied = emptied;
        truth.ok().map(|truth| truth.value)
    }

    /// Why `node` says nothing: without the test cases that were skipped it would be otherwise.
    fn by_skipped_cases(&mut self, node: &Node, value: bool) -> Option<Doubt> {
        let asks = self.skips && asks_of_cases(node) && !names_skipped(node);
        let hangs = asks && self.tried(node, Trial::WithoutSkipped) != Some(value);
        hangs.then(|| {
            self.of_nothing(format!(
                "{node} hangs on test cases that were skipped. Ask for outcome == \"passed\", or name \
                 \"skipped\" where they count."
            ))
        })
    }

    /// Why `node` says nothing: without the files in which nothing stands it would be otherwise.
    fn by_empty_files(&mut self, node: &Node, value: bool) -> Option<Doubt> {
        let empty = if lists_files(node) { self.empty_files() } else { BTreeSet::new() };
        let hangs = !empty.is_empty() && self.tried(node, Trial::WithoutEmpty) != Some(value);
        hangs.then(|| {
            let files: Vec<&str> = empty.iter().map(String::as_str).collect();
            let asked = match files.as_slice() {
                [file] => format!("text({file:?}).size() == 0"),
                _ => "text(…).size() == 0".to_owned(),
            };
            self.of_nothing(format!(
                "{} {} empty, and {node} hangs on {}. Ask for {asked} where that is meant.",
                listed(&files, NAMED),
                plural(files.len() as u64, "is"),
                if files.len() == 1 { "it" } else { "them" },
            ))
        })
    }

    /// The doubt; where more artifacts may come, nothing is decided yet.
    fn of_nothing(&self, why: String) -> Doubt {
        Arc::new(match self.whole {
            true => Undecided::Untrusted { rule: Rule::OverNothing, why },
            false => Undecided::Partial,
        })
    }

    /// The test cases as read, or as a trial has them.
    pub(super) fn as_tried(&mut self, cases: Value) -> Value {
        let Value::List(list) = &cases else { return cases };
        match self.trial {
            Some(Trial::Ended(outcome)) => {
                Value::list(list.iter().map(|case| ended(case, outcome)).collect())
            }
            Some(Trial::WithoutSkipped) => {
                Value::list(list.iter().filter(|case| !is_skipped(case)).cloned().collect())
            }
            Some(Trial::WithoutEmpty) => cases,
            None => {
                self.skips = self.skips || list.iter().any(is_skipped);
                cases
            }
        }
    }
}

/// Whether `node` asks some of the test cases, or what is among them. What `map` makes of all counts skipped
/// ones as `tests.total` does.
fn asks_of_cases(node: &Node) -> bool {
    let is_one = match &node.kind {
        Kind::Walk(walk) if over_cases(&walk.over) => walk.how != How::Map || walk.only.is_some(),
        Kind::Walk(walk) => maps_cases(&walk.over),
        Kind::Within { sides, .. } => maps_cases(&sides[1]),
        _ => false,
    };
    is_one || node.parts().into_iter().any(asks_of_cases)
}

fn maps_cases(node: &Node) -> bool {
    matches!(&node.kind, Kind::Walk(walk) if walk.how == How::Map && over_cases(&walk.over))
}

/// Whether `node` asks which files there are.
fn lists_files(node: &Node) -> bool {
    let is_one = matches!(&node.kind, Kind::Call(call) if call.function == Function::Files);
    is_one || node.parts().into_iter().any(lists_files)
}
