//! `passed("pattern")`: at least one case matches, and all that match passed.

use super::Evaluation;
use super::calls::Asked;
use super::compare::not_a;
use super::logic::Truth;
use super::term::Grasp;
use crate::condition::Undecided;
use crate::condition::tree::{Call, Fact};
use crate::facts::{Outcome, Unit, Value};
use crate::model::{Rule, counted};

/// The cases that match, by outcome.
#[derive(Default)]
struct Matches {
    passed: u64,
    bad: u64,
    skipped: u64,
}

impl Matches {
    fn total(&self) -> u64 {
        self.passed + self.bad + self.skipped
    }
}

impl Evaluation<'_> {
    pub(super) fn passed(&mut self, call: &Call) -> Asked {
        let Some(node) = call.args.first() else { return Err(Undecided::Partial) };
        let text = match self.eval(node)?.value()? {
            Value::Text(text) => text,
            other => return Err(not_a(node, &other, "a text")),
        };
        let pattern = match &call.pattern {
            Some(pattern) => pattern.clone(),
            None => self.pattern(&text)?,
        };
        let path = vec!["tests".to_owned(), "cases".to_owned()];
        let fact = Fact { artifact: call.artifact.clone(), path, unit: Unit::None };
        let (cases, whole) = match self.fact(&fact)?.grasp {
            Grasp::Known(Value::List(cases)) => (cases, true),
            Grasp::AtLeast(cases) => (cases, false),
            Grasp::Known(_) | Grasp::Between { .. } => return Err(Undecided::Partial),
        };
        let mut matches = Matches::default();
        let mut full = String::new();
        for case in cases.iter() {
            self.spend(2)?;
            let name = member(case, "name");
            let suite = member(case, "suite");
            if !pattern.is_match(name) && !is_match_in_suite(&pattern, suite, name, &mut full) {
                continue;
            }
            match member(case, "outcome") {
                word if word == Outcome::Passed.word() => matches.passed += 1,
                word if word == Outcome::Skipped.word() => matches.skipped += 1,
                _ => matches.bad += 1,
            }
        }
        let truth = self.decide(&matches, &text, whole)?;
        let shown = format!("{} of {}", matches.passed, counted(matches.total(), "case"));
        Ok((truth, Some(Value::text(shown))))
    }

    fn decide(&self, found: &Matches, text: &str, whole: bool) -> Result<Truth, Undecided> {
        let plain = |value| Ok(Truth { value, doubt: None });
        let refuse = |rule, why| Err(Undecided::Untrusted { rule, why });
        if found.bad > 0 {
            return plain(false);
        }
        if found.total() == 0 {
            if !whole {
                return Err(Undecided::Partial);
            }
            return match self.holds(Rule::OverNothing) {
                true => refuse(Rule::OverNothing, format!("No test case matches {text}.")),
                false => plain(true),
            };
        }
        if found.passed == 0 && self.holds(Rule::NothingRan) {
            let why = match found.skipped {
                1 => format!("The test case that matches {text} was skipped."),
                n => format!("All {n} test cases that match {text} were skipped."),
            };
            return if whole { refuse(Rule::NothingRan, why) } else { Err(Undecided::Partial) };
        }
        if found.skipped > 0 && self.holds(Rule::NothingRan) {
            return plain(false);
        }
        if whole { plain(true) } else { Err(Undecided::Partial) }
    }
}

fn member<'c>(case: &'c Value, name: &str) -> &'c str {
    match case.member(name) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// Whether suite and name together match, as test runners join them.
fn is_match_in_suite(pattern: &regex::Regex, suite: &str, name: &str, full: &mut String) -> bool {
    if suite.is_empty() {
        return false;
    }
    [" ", ".", "::"].iter().any(|between| {
        full.clear();
        full.push_str(suite);
        full.push_str(between);
        full.push_str(name);
        pattern.is_match(full)
    })
}
