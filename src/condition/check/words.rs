//! Facts that hold one of a few words: another word in a comparison is a misspelling, and with
//! `!exists` it would hold for ever.

use super::Check;
use super::names::{did_you_mean, known_names};
use crate::condition::shape::Shape;
use crate::condition::tree::{Kind, Node};
use crate::facts::{Grade, Level, Outcome, Value};
use crate::model::nearest;

/// The words of a fact, and whether there can be no others.
pub(in crate::condition) struct Words {
    pub(in crate::condition) known: Vec<&'static str>,
    pub(in crate::condition) closed: bool,
}

/// What the fact at `path` of the catalogue can say.
pub(in crate::condition) fn words_of(path: &str) -> Option<Words> {
    let (known, closed) = match path {
        "tests.cases[].outcome" => {
            let all = [Outcome::Passed, Outcome::Failed, Outcome::Errored, Outcome::Skipped];
            (all.map(Outcome::word).to_vec(), true)
        }
        "findings.list[].severity" => (Grade::ALL.map(Grade::word).to_vec(), true),
        "findings.list[].level" => {
            ([Level::Error, Level::Warning, Level::Note].map(Level::word).to_vec(), true)
        }
        "alerts.list[].state" => (vec!["active", "pending", "suppressed"], true),
        "rules.list[].state" => (vec!["firing", "pending", "inactive"], true),
        "rules.list[].health" => (vec!["ok", "err", "unknown"], true),
        "ci.conclusion" | "ci.jobs[].conclusion" | "ci.jobs[].steps[].conclusion" => {
            (vec!["success", "failure", "cancelled", "skipped", "neutral", "timed_out"], false)
        }
        "ci.status" | "ci.jobs[].status" => (vec!["queued", "in_progress", "completed"], false),
        _ => return None,
    };
    Some(Words { known, closed })
}

impl Check {
    /// Faults a literal that `fact` can never be.
    pub(super) fn known_word(&mut self, fact: &Shape, literal: &Node) {
        let Kind::Literal(Value::Text(written)) = &literal.kind else { return };
        let Some(words) = fact.path.as_deref().and_then(words_of) else { return };
        if words.known.contains(&written.as_ref()) {
            return;
        }
        let near = nearest(written, words.known.iter().copied());
        if !words.closed && near.is_none() {
            return;
        }
        let message = format!("`{}` is never {literal}", fact.path.as_deref().unwrap_or_default());
        let hint = match near {
            Some(near) => did_you_mean(&format!("\"{near}\"")),
            None => known_names("It is one of these", &words.known),
        };
        self.fault(literal.at.clone(), message, Some(hint));
    }
}
