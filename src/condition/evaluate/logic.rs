//! True, false and neither: `&&`, `||`, `!`, `? :`, and everything that is asked as a question.

use std::sync::Arc;

use super::Evaluation;
use super::compare::not_a;
use super::term::{Answer, worse};
use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

/// A decided question.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) value: bool,
    /// Of a false that only an empty list makes: its opposite proves nothing.
    pub(super) hollow: Option<Arc<str>>,
}

impl Evaluation<'_> {
    /// Whether `node` holds. `flipped` where its opposite is asked for, which is how it is recorded.
    pub(super) fn truth(&mut self, node: &Node, flipped: bool) -> Result<Truth, Undecided> {
        let mark = self.record.mark();
        let truth = self.decided(node, flipped, mark);
        if truth.as_ref().is_ok_and(|truth| truth.value != flipped) && !self.record.is_hidden() {
            self.record.absolve(mark);
        }
        truth
    }

    fn decided(&mut self, node: &Node, flipped: bool, mark: usize) -> Result<Truth, Undecided> {
        match &node.kind {
            Kind::And(terms) => self.and(terms, flipped),
            Kind::Or(terms) => self.or(terms, flipped),
            Kind::Not(inner) => {
                let truth = self.truth(inner, !flipped)?;
                self.settle(!truth.value, truth.hollow)
            }
            Kind::Compare(how, sides) => self.compare(*how, sides, flipped),
            Kind::Within { sides, clean } => self.within(sides, *clean, flipped),
            Kind::Walk(walk) if walk.how.is_question() => {
                self.record.hide();
                let truth = self.question(walk);
                self.record.show();
                self.record.question(mark, node, &truth, None, flipped);
                truth
            }
            Kind::Call(call) if call.function.is_question() => {
                self.record.hide();
                let answer = self.ask(call);
                self.record.show();
                let (truth, shown) = match answer {
                    Ok((truth, shown)) => (Ok(truth), shown),
                    Err(reason) => (Err(reason), None),
                };
                self.record.question(mark, node, &truth, shown, flipped);
                truth
            }
            Kind::Choose(parts) => {
                let [when, then, otherwise] = parts.as_ref();
                let when = self.chosen(when)?;
                let branch = if when.value { then } else { otherwise };
                let truth = self.truth(branch, flipped)?;
                self.settle(truth.value, when.hollow.or(truth.hollow))
            }
            _ => self.bare(node, flipped),
        }
    }

    /// Which branch `? :` takes; the question itself refutes nothing.
    fn chosen(&mut self, when: &Node) -> Result<Truth, Undecided> {
        let mark = self.record.mark();
        let truth = self.truth(when, false);
        if !self.record.is_hidden() {
            self.record.absolve(mark);
        }
        truth
    }

    /// A value that is itself true or false: `provenance.signed`.
    fn bare(&mut self, node: &Node, flipped: bool) -> Result<Truth, Undecided> {
        let answer = self.quietly(node);
        let truth = match answer {
            Ok(term) => {
                let hollow = term.hollow.clone();
                match term.value() {
                    Ok(Value::Bool(value)) => self.settle(value, hollow),
                    Ok(other) => Err(not_a(node, &other, "true or false")),
                    Err(reason) => Err(reason),
                }
            }
            Err(reason) => Err(reason),
        };
        self.tell_flag(node, &truth, flipped);
        truth
    }

    /// A truth; one that only an empty list makes is no proof.
    pub(super) fn settle(&self, value: bool, hollow: Option<Arc<str>>) -> Result<Truth, Undecided> {
        match hollow {
            Some(why) if value => {
                Err(Undecided::Untrusted { rule: Rule::OverNothing, why: why.to_string() })
            }
            hollow => Ok(Truth { value, hollow }),
        }
    }

    /// False where any term is false, whatever the others are; else an error where one is.
    ///
    /// Every term is evaluated, for a reader wants to see each fact; within a walk the first false
    /// is enough.
    fn and(&mut self, terms: &[Node], flipped: bool) -> Result<Truth, Undecided> {
        let mut refuted: Option<Truth> = None;
        let mut reason: Option<Undecided> = None;
        for term in terms {
            match self.truth(term, flipped) {
                Ok(truth) if truth.value => {}
                Ok(truth) => {
                    let plain = truth.hollow.is_none();
                    if plain || refuted.is_none() {
                        refuted = Some(truth);
                    }
                    if plain && self.record.is_hidden() {
                        break;
                    }
                }
                Err(other) => reason = Some(join(reason, other)),
            }
        }
        match (refuted, reason) {
            (Some(truth), _) => Ok(truth),
            (None, Some(reason)) => Err(reason),
            (None, None) => Ok(Truth { value: true, hollow: None }),
        }
    }

    /// An error where any term is one; else true where any is.
    fn or(&mut self, terms: &[Node], flipped: bool) -> Result<Truth, Undecided> {
        let mut value = false;
        let mut hollow = None;
        let mut reason: Option<Undecided> = None;
        for term in terms {
            match self.truth(term, flipped) {
                Ok(truth) => {
                    value |= truth.value;
                    hollow = hollow.or(truth.hollow);
                }
                Err(other) => reason = Some(join(reason, other)),
            }
        }
        match reason {
            Some(reason) => Err(reason),
            None if value => Ok(Truth { value, hollow: None }),
            None => Ok(Truth { value, hollow }),
        }
    }

    /// `when ? then : otherwise` as a value.
    pub(super) fn choose(&mut self, parts: &[Node; 3]) -> Answer {
        let [when, then, otherwise] = parts;
        let when = self.chosen(when)?;
        let term = self.eval(if when.value { then } else { otherwise })?;
        Ok(term.with_hollow(when.hollow))
    }
}

/// The worse of the reasons so far.
pub(super) fn join(so_far: Option<Undecided>, other: Undecided) -> Undecided {
    match so_far {
        Some(reason) => worse(reason, other),
        None => other,
    }
}
