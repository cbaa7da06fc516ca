//! What was read, and the comparison it stood in: the explanation of a verdict.

use std::collections::BTreeSet;

use super::Evaluation;
use super::logic::Truth;
use super::term::{Answer, Term};
use crate::condition::syntax::Comparison;
use crate::condition::tree::{Kind, Node};
use crate::condition::{Limit, Read, Undecided};
use crate::facts::Value;

/// Whether `node` is a fact, or a member or entry of one.
pub(super) fn is_chain(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(_) => true,
        Kind::Member { of, .. } | Kind::Index { of, .. } => is_chain(of),
        _ => false,
    }
}

/// Whether `node` does not say by itself what its value is.
fn is_computed(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(_) | Kind::List(_) | Kind::Map(_) => false,
        Kind::Negate(of) => is_computed(of),
        _ => true,
    }
}

/// Whether a value is one figure, word or answer.
fn is_one(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Untold | Value::List(_) | Value::Map(_))
}

/// Whether `node` asks if a file of the repository has a member.
fn asks_a_file(node: &Node) -> bool {
    let Kind::Has { of, .. } = &node.kind else { return false };
    let mut inner = of.as_ref();
    while let Kind::Member { of, .. } | Kind::Index { of, .. } = &inner.kind {
        inner = of;
    }
    matches!(&inner.kind, Kind::Call(call) if call.function.loads())
}

/// The part of a chain that is the same for every entry of a walk: `ci.jobs` of
/// `ci.jobs[name].conclusion`.
fn steady(chain: &Node) -> &Node {
    match &chain.kind {
        Kind::Member { of, .. } => {
            let inner = steady(of);
            if std::ptr::eq(inner, of.as_ref()) { chain } else { inner }
        }
        Kind::Index { of, index } => {
            let inner = steady(of);
            let fixed = matches!(index.kind, Kind::Literal(_));
            if fixed && std::ptr::eq(inner, of.as_ref()) { chain } else { inner }
        }
        _ => chain,
    }
}

/// The reads so far, in the order of the text.
#[derive(Default)]
pub(super) struct Record {
    entries: Vec<Entry>,
    /// How many walks and questions enclose: of what they read only the facts are told.
    hidden: u32,
    /// The places of facts that a walk has told of.
    told: BTreeSet<(usize, usize)>,
}

struct Entry {
    read: Read,
    /// Whether what it stands in came out as wanted, so that it refutes nothing.
    absolved: bool,
}

impl Record {
    /// The reads; where the condition does not hold, only what refutes it is said not to.
    pub(super) fn into_reads(self, refuted: bool) -> Vec<Read> {
        let told = |mut entry: Entry| {
            if refuted && entry.absolved && entry.read.holds == Some(false) {
                entry.read.holds = None;
            }
            entry.read
        };
        self.entries.into_iter().map(told).collect()
    }

    pub(super) fn hide(&mut self) {
        self.hidden += 1;
    }

    pub(super) fn show(&mut self) {
        self.hidden = self.hidden.saturating_sub(1);
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// Where the next read will stand.
    pub(super) fn mark(&self) -> usize {
        self.entries.len()
    }

    /// Takes from all reads since `mark` that they refute anything.
    pub(super) fn absolve(&mut self, mark: usize) {
        for entry in self.entries.iter_mut().skip(mark) {
            entry.absolved = true;
        }
    }

    /// A comparison, told of each side that is no literal; the left one first.
    pub(super) fn comparison(
        &mut self,
        mark: usize,
        how: Comparison,
        (left, x): (&Node, Option<Value>),
        (right, y): (&Node, Option<Value>),
        (holds, limit): (Option<bool>, Option<Limit>),
    ) {
        let literal = |node: &Node| matches!(node.kind, Kind::Literal(_));
        let of_tree = limit.as_ref().is_some_and(|limit| limit.at == left.at);
        let (fact, value, how, other, asked) = if of_tree || literal(left) && !literal(right) {
            (right, y, how.mirrored(), left, x)
        } else {
            if is_chain(right) {
                self.fact(right, y.clone());
            }
            (left, x, how, right, y)
        };
        let bound = Some(format!("{} {other}", how.sign()));
        let asked = asked.filter(|value| is_computed(other) && is_one(value));
        let (fact, at) = (fact.to_string(), fact.at.clone());
        self.insert(mark, Read { fact, value, bound, asked, holds, at, limit });
    }

    /// `needle in hay`.
    pub(super) fn within(
        &mut self,
        mark: usize,
        (needle, value): (&Node, Option<Value>),
        hay: &Node,
        flipped: bool,
        holds: Option<bool>,
    ) {
        let word = if flipped { "not in" } else { "in" };
        let bound = Some(format!("{word} {hay}"));
        self.insert(
            mark,
            Read {
                fact: needle.to_string(),
                value,
                bound,
                asked: None,
                holds,
                at: needle.at.clone(),
                limit: None,
            },
        );
    }

    /// A fact that is itself true or false.
    fn flag(&mut self, node: &Node, truth: &Result<Truth, Undecided>, flipped: bool) {
        let value = truth.as_ref().ok().map(|truth| Value::Bool(truth.value));
        let holds = truth.as_ref().ok().map(|truth| truth.value != flipped);
        let bound = Some(format!("== {}", !flipped));
        self.add(Read {
            fact: node.to_string(),
            value,
            bound,
            asked: None,
            holds,
            at: node.at.clone(),
            limit: None,
        });
    }

    /// A walk or function that answers by true or false.
    pub(super) fn question(
        &mut self,
        mark: usize,
        node: &Node,
        truth: &Result<Truth, Undecided>,
        shown: Option<Value>,
        flipped: bool,
    ) {
        if self.is_hidden() {
            return;
        }
        let holds = truth.as_ref().ok().map(|truth| truth.value != flipped);
        let value = shown.or_else(|| holds.map(Value::Bool));
        let fact = if flipped { format!("!{node}") } else { node.to_string() };
        self.insert(
            mark,
            Read { fact, value, bound: None, asked: None, holds, at: node.at.clone(), limit: None },
        );
    }

    /// A fact without a comparison.
    fn fact(&mut self, node: &Node, value: Option<Value>) {
        self.add(Read {
            fact: node.to_string(),
            value,
            bound: None,
            asked: None,
            holds: None,
            at: node.at.clone(),
            limit: None,
        });
    }

    fn add(&mut self, read: Read) {
        let end = self.entries.len();
        self.insert(end, read);
    }

    /// Puts `read` at `mark`, once: a fact read before without a comparison makes room.
    fn insert(&mut self, mark: usize, read: Read) {
        let is_same = |other: &Read| {
            other.fact == read.fact
                && (other.bound == read.bound || (read.bound.is_none() && read.holds.is_none()))
        };
        if self.entries.iter().any(|entry| is_same(&entry.read)) {
            return;
        }
        let is_bare = |entry: &Entry| {
            let other = &entry.read;
            other.fact == read.fact && other.bound.is_none() && other.holds.is_none()
        };
        if let Some(bare) = self.entries.iter_mut().find(|entry| is_bare(entry)) {
            bare.read = read;
            return;
        }
        let mark = mark.min(self.entries.len());
        self.entries.insert(mark, Entry { read, absolved: false });
    }
}

impl Evaluation<'_> {
    /// Records a fact that was read outside a comparison.
    pub(super) fn tell(&mut self, node: &Node, answer: &Answer) {
        if self.record.is_hidden() {
            self.tell_hidden(node);
        } else {
            self.record.fact(node, answer.as_ref().ok().and_then(Term::shown));
        }
    }

    /// Records a fact that a walk or question reads: once, and as far as it is the same for every
    /// entry.
    pub(super) fn tell_hidden(&mut self, node: &Node) {
        if !is_chain(node) || !self.record.told.insert((node.at.start, node.at.end)) {
            return;
        }
        let steady = steady(node);
        let value = self.quietly(steady).ok().as_ref().and_then(Term::shown);
        self.record.fact(steady, value);
    }

    /// Records a value that is itself true or false.
    pub(super) fn tell_flag(
        &mut self,
        node: &Node,
        truth: &Result<Truth, Undecided>,
        flipped: bool,
    ) {
        match self.record.is_hidden() {
            true => self.tell_hidden(node),
            false if is_chain(node) => self.record.flag(node, truth, flipped),
            false if asks_a_file(node) => {
                let mark = self.record.mark();
                self.record.question(mark, node, truth, None, flipped);
            }
            false => {}
        }
    }
}
