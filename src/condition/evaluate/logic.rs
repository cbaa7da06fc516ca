//! True, false and neither: `&&`, `||`, `!`, `? :`, and everything that is asked as a question.

use std::sync::Arc;

use super::Evaluation;
use super::aliases::is_answered_by;
use super::calls::Asked;
use super::compare::not_a;
use super::guard::{excuses, of_entry};
use super::term::{Answer, Doubt, worse};
use crate::condition::Undecided;
use crate::condition::tree::{How, Kind, Node};
use crate::facts::Value;

/// A decided question.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) value: bool,
    /// Of a false that only an empty list makes, or that stands beside what could not be decided:
    /// its opposite proves nothing.
    pub(super) doubt: Option<Doubt>,
}

impl Truth {
    /// The same, beside what could not be decided.
    pub(super) fn beside(self, reason: Option<Undecided>) -> Truth {
        let doubt = self.doubt.or_else(|| reason.map(Arc::new));
        Truth { value: self.value, doubt }
    }
}

impl Evaluation<'_> {
    /// Whether `node` holds. `flipped` where its opposite is asked for, which is how it is recorded.
    pub(super) fn truth(&mut self, node: &Node, flipped: bool) -> Result<Truth, Undecided> {
        let mark = self.record.mark();
        let mut truth = self.decided(node, flipped, mark);
        if is_asked(node) {
            truth = truth.and_then(|truth| self.beside_trials(node, truth));
        }
        if truth.as_ref().is_ok_and(|truth| truth.value != flipped) && !self.record.is_hidden() {
            self.record.absolve(mark);
        }
        truth
    }

    pub(super) fn decided(
        &mut self,
        node: &Node,
        flipped: bool,
        mark: usize,
    ) -> Result<Truth, Undecided> {
        match &node.kind {
            Kind::And(terms) => self.and(terms, flipped),
            Kind::Or(terms) => self.or(terms, flipped),
            Kind::Not(inner) => {
                let truth = self.truth(inner, !flipped)?;
                self.settle(!truth.value, truth.doubt)
            }
            Kind::Compare(how, sides) => self.compare(*how, sides, flipped),
            Kind::Within { sides, clean } => self.within(sides, *clean, flipped),
            Kind::Walk(walk) if walk.how.is_question() => {
                self.record.hide();
                let answer = self.question(walk);
                self.record.show();
                // Which entry there is matters where there should be none.
                let told = walk.how == How::All || flipped;
                let answer = answer.map(|(truth, shown)| (truth, shown.filter(|_| told)));
                self.told(mark, node, answer, flipped)
            }
            Kind::Call(call) if call.function.is_question() => {
                self.record.hide();
                let answer = self.ask(call);
                self.record.show();
                self.told(mark, node, answer, flipped)
            }
            Kind::Choose(parts) => {
                let [when, then, otherwise] = parts.as_ref();
                let when = self.chosen(when)?;
                let branch = if when.value { then } else { otherwise };
                let truth = self.truth(branch, flipped)?;
                self.settle(truth.value, when.doubt.or(truth.doubt))
            }
            _ => self.bare(node, flipped),
        }
    }

    /// The answer to a question, once it is recorded.
    fn told(
        &mut self,
        mark: usize,
        node: &Node,
        answer: Asked,
        flipped: bool,
    ) -> Result<Truth, Undecided> {
        let (truth, shown) = match answer {
            Ok((truth, shown)) => (Ok(truth), shown),
            Err(reason) => (Err(reason), None),
        };
        self.record.question(mark, node, &truth, shown, flipped);
        truth
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
                let doubt = term.doubt.clone();
                match term.value() {
                    Ok(Value::Bool(value)) => self.settle(value, doubt),
                    Ok(other) => Err(not_a(node, &other, "true or false")),
                    Err(reason) => Err(reason),
                }
            }
            Err(reason) => Err(reason),
        };
        self.tell_flag(node, &truth, flipped);
        truth
    }

    /// A truth; a true that is in doubt is no proof.
    pub(super) fn settle(&self, value: bool, doubt: Option<Doubt>) -> Result<Truth, Undecided> {
        match doubt {
            Some(why) if value => Err(why.as_ref().clone()),
            doubt => Ok(Truth { value, doubt }),
        }
    }

    /// False where any term is false, whatever the others are; else an error where one is. A false
    /// beside an error stays in doubt: `!(false && error)` says no more than `true || error`.
    ///
    /// Every term is evaluated, for a reader wants to see each fact.
    fn and(&mut self, terms: &[Node], flipped: bool) -> Result<Truth, Undecided> {
        let mut guards: Vec<&Node> = Vec::new();
        let mut refuted = false;
        let mut reason: Option<Undecided> = None;
        // What a plain false does not settle, and what it does.
        let (mut open, mut settled): (Option<Doubt>, Option<Doubt>) = (None, None);
        for term in terms {
            let doubt = match self.truth(term, flipped) {
                Ok(truth) if truth.value => continue,
                Ok(truth) => {
                    refuted = true;
                    truth.doubt
                }
                Err(other) => {
                    reason = Some(join(reason, other.clone()));
                    Some(Arc::new(other))
                }
            };
            match doubt {
                None => guards.push(term),
                Some(doubt)
                    if guards.iter().any(|guard| excuses(guard, term)) || of_entry(term) =>
                {
                    settled = settled.or(Some(doubt));
                }
                Some(doubt) => open = open.or(Some(doubt)),
            }
        }
        match reason {
            _ if refuted => {
                let settled = settled.filter(|_| guards.is_empty());
                Ok(Truth { value: false, doubt: open.or(settled) })
            }
            Some(reason) => Err(reason),
            None => Ok(Truth { value: true, doubt: None }),
        }
    }

    /// An error where any term is one, but where it was kept away: `!has(a.b) || a.b == 1`; else true
    /// where any is.
    fn or(&mut self, terms: &[Node], flipped: bool) -> Result<Truth, Undecided> {
        let mut guards: Vec<&Node> = Vec::new();
        let mut value = false;
        // The terms that are plainly false, and those that are false in doubt.
        let (mut plain, mut doubts): (Vec<&Node>, Vec<(&Node, Doubt)>) = Default::default();
        let mut reason: Option<Undecided> = None;
        for term in terms {
            match self.truth(term, flipped) {
                Ok(Truth { value: true, .. }) => {
                    value = true;
                    guards.extend(opposite(term));
                }
                Ok(Truth { doubt: None, .. }) => plain.push(term),
                Ok(Truth { doubt: Some(doubt), .. }) => doubts.push((term, doubt)),
                Err(Undecided::Missing { .. })
                    if guards.iter().any(|guard| excuses(guard, term)) => {}
                Err(other) => reason = Some(join(reason, other)),
            }
        }
        doubts.retain(|(term, doubt)| !plain.iter().any(|of| is_answered_by(term, doubt, of)));
        match reason {
            Some(reason) => Err(reason),
            None if value => Ok(Truth { value, doubt: None }),
            None => Ok(Truth { value, doubt: doubts.into_iter().next().map(|(_, doubt)| doubt) }),
        }
    }

    /// `when ? then : otherwise` as a value.
    pub(super) fn choose(&mut self, parts: &[Node; 3]) -> Answer {
        let [when, then, otherwise] = parts;
        let when = self.chosen(when)?;
        let term = self.eval(if when.value { then } else { otherwise })?;
        Ok(term.with_doubt(when.doubt))
    }
}

/// Whether `node` is a question of its own, and not made of others.
fn is_asked(node: &Node) -> bool {
    matches!(&node.kind, Kind::Compare(..) | Kind::Within { .. } | Kind::Walk(_) | Kind::Call(_))
}

/// What a term denies.
fn opposite(term: &Node) -> Option<&Node> {
    match &term.kind {
        Kind::Not(inner) => Some(inner),
        _ => None,
    }
}

/// The worse of the reasons so far.
pub(super) fn join(so_far: Option<Undecided>, other: Undecided) -> Undecided {
    match so_far {
        Some(reason) => worse(reason, other),
        None => other,
    }
}
