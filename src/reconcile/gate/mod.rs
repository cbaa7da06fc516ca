//! Last step: go or no-go, by the rules that the team wrote.

mod found;
mod meant;
mod written;

use crate::model::{Code, Documents, ItemIndex, PerItem, Problem};
use crate::policy::{Gate, Required};

use self::found::Found;
use self::meant::asks_for;
use self::written::{asks_share, fails_on, requires};
use super::ruling::JudgedItem;

pub use self::written::{rules, said};

/// The decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub result: Result,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
    /// All of it in one sentence.
    pub sentence: String,
    /// The items that stand in the way, in document order.
    pub blocking: Vec<ItemIndex>,
    /// Each rule of the gate, in its order.
    pub rules: Vec<HeldRule>,
}

/// A rule of the gate, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRule {
    /// As the team wrote it: `fail-on contradicted`.
    pub rule: String,
    /// Why it does not hold, a sentence each; empty where it does.
    pub against: Vec<String>,
}

/// What a gate decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Result {
    /// Nothing stands in the way.
    Go,
    /// Something does.
    NoGo,
    /// No gate is set, or nothing is bound to evidence.
    None,
}

impl Result {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Result::Go => "go",
            Result::NoGo => "no-go",
            Result::None => "none",
        }
    }
}

/// Decides by `gate` over the judged items and the problems of the run.
pub(super) fn decide(
    gate: Option<&Gate>,
    documents: &Documents,
    judged: &PerItem<JudgedItem>,
    problems: &[Problem],
) -> Decision {
    let Some(gate) = gate else {
        return undecided("No gate is set: this report states, it does not decide.");
    };
    if asks_for_nothing(gate) {
        return undecided("The gate asks for nothing: this report states, it does not decide.");
    }
    let bound = judged.values().any(|item| !item.requirements.is_empty());
    // What a comment was to bind is not nothing, for it cannot be read.
    let meant = problems.iter().any(|problem| problem.code == Code::DirectiveMalformed);
    if !bound && !meant {
        return undecided("No item is bound to evidence yet, so there is nothing to decide by.");
    }
    let mut found = Found::default();
    for &status in &gate.fail_on_status {
        found.by_status(status, judged);
        found.held(fails_on(status.word()));
    }
    // What was to be read and could not be may hold anything.
    let unread =
        [Code::DocumentUnread, Code::ChecklistLeft, Code::HistoryUnread, Code::DirectiveMalformed];
    for &code in &gate.fail_on_code {
        found.by_code(code, problems, judged);
        found.held(fails_on(code.word()));
    }
    for &code in unread.iter().filter(|code| !gate.fail_on_code.contains(code)) {
        found.by_code(code, problems, judged);
    }
    found.held("every checklist and its history could be read".to_owned());
    for required in &gate.require {
        found.by_requirement(required, documents, judged);
        found.held(requires(required));
    }
    if let Some(least) = gate.min_proven {
        found.by_share(least, judged);
        found.held(asks_share(least));
    }
    if found.asks_later_alone(gate) {
        return undecided(
            "Nothing that the gate requires is due yet, so there is nothing to decide by.",
        );
    }
    found.decision(judged, problems)
}

fn asks_for_nothing(gate: &Gate) -> bool {
    gate.fail_on_status.is_empty()
        && gate.fail_on_code.is_empty()
        && gate.require.is_empty()
        && gate.min_proven.is_none()
        && gate.regression.is_none()
}

fn undecided(sentence: &str) -> Decision {
    Decision {
        result: Result::None,
        reasons: Vec::new(),
        sentence: sentence.to_owned(),
        blocking: Vec::new(),
        rules: Vec::new(),
    }
}

/// The gate's globs that match no item: an empty gate must never be green.
pub fn unmatched<'g>(gate: &'g Gate, documents: &Documents) -> Vec<&'g Required> {
    gate.require.iter().filter(|required| !means_any(required, documents)).collect()
}

/// Whether a rule of the gate means any item.
pub fn means_any(required: &Required, documents: &Documents) -> bool {
    documents.items().any(|of| asks_for(required, of.checklist, of.item))
}
