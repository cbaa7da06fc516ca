//! Evaluates a checked condition: true, false, or undecided with the reason.
//!
//! It differs from CEL in what an error means. CEL lets `true || error` be true; here it is the
//! error, for a pass must not stand on a fact that is not there. `false && error` is false.

mod aliases;
mod arithmetic;
mod blank;
mod calls;
mod case;
mod compare;
mod cut;
mod facts;
mod guard;
mod ids;
mod licences;
mod logic;
mod names;
mod outcomes;
mod overlooked;
mod passed;
mod paths;
mod record;
mod repository;
mod term;
mod trials;
mod walks;
mod within;
mod written;
mod zeros;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regex::Regex;

pub(super) use self::compare::{fits, order};
use self::record::Record;
use self::repository::Files;
use self::term::{Answer, Doubt, Term};
use self::trials::Trial;
use super::overlooked::Overlooked;
use super::tree::{Kind, Node};
use super::{Found, Outcome, Scope, Undecided};
use crate::facts::Value;
use crate::model::Rule;

/// How many steps an evaluation may take: about a second.
const STEPS: u64 = 10_000_000;

/// Evaluates `root` over `scope`.
pub(super) fn evaluate(root: &Node, left: &Overlooked, scope: &dyn Scope) -> Outcome {
    let mut evaluation = Evaluation {
        scope,
        whole: scope.is_whole(),
        groups: BTreeMap::new(),
        patterns: BTreeMap::new(),
        files: Files::default(),
        hidden: None,
        inexact: None,
        untold: None,
        emptied: None,
        lacking: BTreeMap::new(),
        read: BTreeSet::new(),
        trial: None,
        skips: false,
        variables: Vec::new(),
        record: Record::default(),
        steps: 0,
    };
    let result = evaluation.truth(root, false).map(|truth| truth.value);
    let result = match result {
        Ok(true) => {
            evaluation.rests_on_something().and_then(|_| evaluation.overlooks_nothing(left))
        }
        Err(Undecided::Partial) => Err(evaluation.undecided()),
        other => other,
    };
    let read = evaluation.record.into_reads(result == Ok(false));
    Outcome { result, read }
}

/// The artifacts that a value comes out of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// Those of `artifact("…")`, by the glob.
    Named(String),
    /// Any, as documents (`data`).
    Documents,
    /// Any, by the facts of their reports.
    Reports,
}

/// The variable of a walk, and the entry that it stands for.
struct Variable {
    name: String,
    value: Value,
    /// What the entries are called.
    noun: &'static str,
    /// Where they come from.
    source: Option<Source>,
}

/// The state of one evaluation.
struct Evaluation<'s> {
    scope: &'s dyn Scope,
    whole: bool,
    /// Groups asked for so far, by artifact glob and name: the scope merges them anew each time.
    groups: BTreeMap<(Option<String>, String), Found>,
    /// Patterns that the condition computes.
    patterns: BTreeMap<Arc<str>, Regex>,
    files: Files,
    /// Why a list of files may lack some.
    hidden: Option<String>,
    /// Why a figure is not known exactly.
    inexact: Option<String>,
    /// Why it is known in part.
    untold: Option<Doubt>,
    /// Why a list may lack entries: a walk left one out by an answer that proves nothing.
    emptied: Option<Doubt>,
    /// A member of each that was asked for and is not there.
    lacking: BTreeMap<Source, String>,
    /// Those of which anything was read that is there.
    read: BTreeSet<Source>,
    /// What is taken for the evidence, where it is asked whether that matters.
    trial: Option<Trial>,
    /// Whether a test case that was read was skipped.
    skips: bool,
    /// The variables of the enclosing walks, innermost last.
    variables: Vec<Variable>,
    record: Record,
    steps: u64,
}

impl Evaluation<'_> {
    /// Counts work, and stops where there is too much of it.
    fn spend(&mut self, steps: u64) -> Result<(), Undecided> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > STEPS {
            let why = format!(
                "The condition takes more than {} million steps. Ask for less at once.",
                STEPS / 1_000_000
            );
            return Err(Undecided::Missing { why });
        }
        Ok(())
    }

    /// The value of `node`, recorded where it is a fact.
    fn eval(&mut self, node: &Node) -> Answer {
        if record::is_chain(node) {
            let answer = self.quietly(node);
            self.tell(node, &answer);
            return answer;
        }
        self.quietly(node)
    }

    /// The value of `node`; where it is a fact, the caller records it.
    fn quietly(&mut self, node: &Node) -> Answer {
        self.spend(1)?;
        match &node.kind {
            Kind::Literal(value) => Ok(Term::known(value.clone())),
            Kind::Variable(name) => self.variable(name),
            Kind::Fact(fact) => self.fact(fact),
            Kind::Member { of, name } => {
                let of = self.quietly(of)?;
                self.member(of, node, name)
            }
            Kind::Index { of, index } => {
                let of = self.quietly(of)?;
                let index = self.eval(index)?;
                self.entry(of, index, node)
            }
            Kind::Has { of, name } => self.has(of, name, node),
            Kind::Negate(inner) => {
                let term = self.eval(inner)?;
                self.negate(term, inner)
            }
            Kind::Choose(parts) => self.choose(parts),
            Kind::Arithmetic(how, sides) => self.arithmetic(*how, sides),
            Kind::List(items) => self.list(items),
            Kind::Map(entries) => self.map(entries),
            Kind::Walk(walk) if !walk.how.is_question() => self.walk(walk),
            Kind::Call(call) if !call.function.is_question() => self.call(call),
            Kind::Not(_)
            | Kind::And(_)
            | Kind::Or(_)
            | Kind::Compare(..)
            | Kind::Within { .. }
            | Kind::Walk(_)
            | Kind::Call(_) => {
                let truth = self.truth(node, false)?;
                Ok(Term::known(Value::Bool(truth.value)).with_doubt(truth.doubt))
            }
        }
    }

    fn variable(&mut self, name: &str) -> Answer {
        let found = self.variables.iter().rev().find(|known| known.name == name);
        match found {
            Some(known) => {
                let value = known.value.clone();
                self.read.extend(known.source.clone());
                Ok(Term::known(value))
            }
            None => Err(Undecided::Missing { why: format!("Nothing is named `{name}` here.") }),
        }
    }

    fn list(&mut self, items: &[Node]) -> Answer {
        let mut values = Vec::with_capacity(items.len());
        let mut doubt = None;
        for item in items {
            let term = self.eval(item)?;
            doubt = doubt.or_else(|| term.doubt.clone());
            values.push(term.value()?);
        }
        Ok(Term::known(Value::list(values)).with_doubt(doubt))
    }

    fn map(&mut self, entries: &[(Node, Node)]) -> Answer {
        let mut members = BTreeMap::new();
        let mut doubt = None;
        for (key, value) in entries {
            let (key, value) = (self.eval(key)?, self.eval(value)?);
            doubt = doubt.or_else(|| key.doubt.clone()).or_else(|| value.doubt.clone());
            if let Value::Text(key) = key.value()? {
                members.insert(key.to_string(), value.value()?);
            }
        }
        Ok(Term::known(Value::Map(Arc::new(members))).with_doubt(doubt))
    }

    /// What an undecided answer means. Of the whole evidence only a list that may lack entries
    /// leaves a number open.
    fn undecided(&self) -> Undecided {
        if let (Some(why), true) = (&self.inexact, self.whole) {
            return Undecided::Untrusted { rule: Rule::Conflicting, why: why.clone() };
        }
        if let (Some(why), true) = (&self.untold, self.whole) {
            return why.as_ref().clone();
        }
        match (&self.emptied, &self.hidden) {
            (Some(why), _) if self.whole => why.as_ref().clone(),
            (_, Some(why)) if self.whole => {
                Undecided::Untrusted { rule: Rule::Unreadable, why: why.clone() }
            }
            _ => Undecided::Partial,
        }
    }

    /// Whether a rule is in force; only then it refuses anything.
    fn holds(&self, rule: Rule) -> bool {
        self.scope.holds(rule)
    }
}
