//! The answers of judging. None can be built without its reason.

use std::borrow::Cow;
use std::sync::Arc;

use crate::condition::Read;
use crate::model::{Authorship, Place, Rule, Status, Timestamp, Verdict};

use super::case::{ArtifactIndex, RequirementIndex, WaiverIndex};
use super::judged::JudgedIndex;
use super::signed::Given;

/// A verdict with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    verdict: Verdict,
    rule: Option<Rule>,
    clause: String,
    instructs: bool,
}

impl Ruling {
    /// Valid, fresh evidence satisfies; the clause says with which figures.
    pub(super) fn pass(clause: impl Into<String>) -> Ruling {
        Ruling { verdict: Verdict::Pass, rule: None, clause: clause.into(), instructs: false }
    }

    /// Valid, fresh evidence refutes; the clause says with which figures.
    pub(super) fn fail(clause: impl Into<String>) -> Ruling {
        Ruling { verdict: Verdict::Fail, rule: None, clause: clause.into(), instructs: false }
    }

    /// Nothing to judge by.
    pub(super) fn missing(rule: Rule, clause: impl Into<String>) -> Ruling {
        Ruling {
            verdict: Verdict::Missing,
            rule: Some(rule),
            clause: clause.into(),
            instructs: false,
        }
    }

    /// Evidence that cannot be trusted.
    pub(super) fn invalid(rule: Rule, clause: impl Into<String>) -> Ruling {
        Ruling {
            verdict: Verdict::Invalid,
            rule: Some(rule),
            clause: clause.into(),
            instructs: false,
        }
    }

    /// Evidence that is too old or of other code.
    pub(super) fn stale(rule: Rule, clause: impl Into<String>) -> Ruling {
        Ruling {
            verdict: Verdict::Stale,
            rule: Some(rule),
            clause: clause.into(),
            instructs: false,
        }
    }

    /// The same, where the clause ends with what to do.
    #[must_use]
    pub(super) fn instructing(mut self) -> Ruling {
        self.instructs = true;
        self
    }

    /// The same with one more sentence.
    #[must_use]
    pub(super) fn adding(mut self, sentence: &str) -> Ruling {
        self.clause = format!("{} {sentence}", self.clause);
        self
    }

    /// Whether the clause ends with what to do, so that no next step need be told.
    pub(super) fn instructs(&self) -> bool {
        self.instructs
    }

    /// Whether an artifact is why, in which nothing stands.
    pub(super) fn is_of_an_empty_file(&self) -> bool {
        self.verdict == Verdict::Invalid && self.clause.ends_with("he file is empty.")
    }

    /// What the evidence says.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The rule of trust that decided; `None` where the condition did.
    pub fn rule(&self) -> Option<Rule> {
        self.rule
    }

    /// Why, as a sentence.
    pub fn reason(&self) -> String {
        capitalised(&self.clause)
    }

    /// Why, to stand after "Ticked, but".
    pub fn clause(&self) -> &str {
        &self.clause
    }
}

/// One requirement, judged.
#[derive(Debug, Clone)]
pub struct JudgedRequirement {
    /// The requirement.
    pub requirement: RequirementIndex,
    /// The answer.
    pub ruling: Ruling,
    /// Each artifact in its light, the deciding ones first.
    pub evidence: Vec<JudgedEvidence>,
    /// Everybody's word for the item, the latest first; empty where none is asked for.
    pub sign_offs: Vec<JudgedSignOff>,
    /// What the condition read.
    pub read: Vec<Read>,
    /// Until when the answer holds, where age decides.
    pub valid_until: Option<Timestamp>,
    /// Whether the answer needed a part of the history that is not there.
    pub truncated: bool,
    /// Whether the bytes that it may rest on are at hand, where a report is judged again.
    pub held: Held,
    /// Figures of the sound artifacts, by fact: what the text's own figures are compared with.
    pub facts: Vec<(String, f64)>,
}

/// How much of what an answer may rest on is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// All of it.
    All,
    /// Not all, and with the rest it may pass.
    Part,
    /// Not all, and nothing in the rest could make it pass.
    TooLittle,
}

/// One sign-off in the light of one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedSignOff {
    /// Who, when, in which commit.
    pub by: Arc<Authorship>,
    /// Since when it is given.
    pub at: Timestamp,
    /// How it was given.
    pub given: Given,
    /// Where its entry stands, where it is one.
    pub place: Option<Place>,
    /// What its entry says besides.
    pub note: Option<String>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not, to stand after the name.
    pub why: Option<String>,
}

/// One artifact in the light of one requirement.
#[derive(Debug, Clone)]
pub struct JudgedEvidence {
    /// The artifact.
    pub artifact: ArtifactIndex,
    /// `pass` where it can be relied on; `fail` where it is among those that refute.
    pub ruling: Ruling,
}

/// One item, judged.
#[derive(Debug, Clone)]
pub struct JudgedItem {
    /// What the evidence says.
    pub verdict: Verdict,
    /// Claim × verdict, after waivers.
    pub status: Status,
    /// Why, as people read it.
    pub reason: Cow<'static, str>,
    /// The rule of trust that decided.
    pub rule: Option<Rule>,
    /// What to do next.
    pub next: Option<Cow<'static, str>>,
    /// The requirements bound to it, the deciding one first.
    pub requirements: Vec<JudgedIndex>,
    /// Until when the verdict holds.
    pub valid_until: Option<Timestamp>,
    /// The state of its time window.
    pub window: Option<JudgedWindow>,
    /// The exception in force: the waiver, and what it hides.
    pub waiver: Option<(WaiverIndex, Status)>,
    /// Figures of its text, compared.
    pub figures: Vec<JudgedFigure>,
}

/// A time window, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedWindow {
    /// The heading.
    pub name: String,
    /// When it opens, where the deployment's time is known.
    pub opens: Option<Timestamp>,
    /// When it ends, where the deployment's time is known.
    pub due: Option<Timestamp>,
    /// How many seconds after the deployment it ends, negative before it.
    pub ends_after_s: i64,
    /// Where it stands.
    pub state: WindowState,
    /// Whether it lies before the deployment: what is due then is due when one decides on it.
    pub before: bool,
}

/// Where a time window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// Not open yet, or the deployment is not known.
    NotYetDue,
    /// Open.
    Due,
    /// Closed, not proven.
    Overdue,
    /// Proven.
    Met,
}

impl WindowState {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            WindowState::NotYetDue => "not-yet-due",
            WindowState::Due => "due",
            WindowState::Overdue => "overdue",
            WindowState::Met => "met",
        }
    }
}

/// A figure of an item's text beside what the evidence says.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedFigure {
    /// As written.
    pub text: String,
    /// As understood.
    pub value: f64,
    /// Of what.
    pub unit: Option<String>,
    /// The fact it was compared with, and that fact's value.
    pub compared: Option<(String, f64)>,
    /// Whether both agree; `None` where nothing was compared.
    pub agrees: Option<bool>,
}

/// Words that our own clauses begin with. Any other first word is the name of a tool, a file or a
/// fact, and stays as it is.
const OPENINGS: [&str; 21] = [
    "the",
    "no",
    "nothing",
    "an",
    "a",
    "job",
    "step",
    "coverage",
    "it",
    "all",
    "both",
    "neither",
    "ticked",
    "signed",
    "sign-offs",
    "test",
    "finding",
    "component",
    "subject",
    "rule",
    "alert",
];

/// The clause as a sentence of its own.
pub(super) fn capitalised(clause: &str) -> String {
    let first = clause.split([' ', ',']).next().unwrap_or_default();
    let mut letters = clause.chars();
    match letters.next() {
        Some(letter) if OPENINGS.contains(&first) => letter.to_uppercase().chain(letters).collect(),
        _ => clause.to_owned(),
    }
}
