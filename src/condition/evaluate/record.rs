//! What was read, and the comparison it stood in: the explanation of a verdict.

use super::logic::Truth;
use super::term::{Answer, Term};
use crate::condition::syntax::Comparison;
use crate::condition::tree::{Kind, Node};
use crate::condition::{Read, Undecided};
use crate::facts::Value;

/// Whether `node` is a fact, or a member or entry of one.
pub(super) fn is_chain(node: &Node) -> bool {
    match &node.kind {
        Kind::Fact(_) => true,
        Kind::Member { of, .. } | Kind::Index { of, .. } => is_chain(of),
        _ => false,
    }
}

/// The reads so far, in the order of the text.
#[derive(Default)]
pub(super) struct Record {
    reads: Vec<Read>,
    /// How many walks and questions enclose: what they read is told by themselves.
    hidden: u32,
}

impl Record {
    pub(super) fn into_reads(self) -> Vec<Read> {
        self.reads
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
        self.reads.len()
    }

    /// A fact without a comparison; lists and maps say nothing by themselves.
    pub(super) fn chain(&mut self, node: &Node, answer: &Answer) {
        let value = answer.as_ref().ok().and_then(Term::shown);
        if matches!(value, Some(Value::List(_) | Value::Map(_))) {
            return;
        }
        self.add(Read { fact: node.to_string(), value, bound: None, holds: None });
    }

    /// A comparison, told of each side that is no literal; the left one first.
    pub(super) fn comparison(
        &mut self,
        mark: usize,
        how: Comparison,
        (left, x): (&Node, Option<Value>),
        (right, y): (&Node, Option<Value>),
        holds: Option<bool>,
    ) {
        if self.is_hidden() {
            return;
        }
        let literal = |node: &Node| matches!(node.kind, Kind::Literal(_));
        let (fact, value, how, other) = if literal(left) && !literal(right) {
            (right, y, how.mirrored(), left)
        } else {
            if is_chain(right) {
                self.add(Read { fact: right.to_string(), value: y, bound: None, holds: None });
            }
            (left, x, how, right)
        };
        let bound = Some(format!("{} {other}", how.sign()));
        self.insert(mark, Read { fact: fact.to_string(), value, bound, holds });
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
        self.insert(mark, Read { fact: needle.to_string(), value, bound, holds });
    }

    /// A fact that is itself true or false.
    pub(super) fn flag(&mut self, node: &Node, truth: &Result<Truth, Undecided>, flipped: bool) {
        let value = truth.as_ref().ok().map(|truth| Value::Bool(truth.value));
        let holds = truth.as_ref().ok().map(|truth| truth.value != flipped);
        let bound = Some(format!("== {}", !flipped));
        self.add(Read { fact: node.to_string(), value, bound, holds });
    }

    /// A walk or function that answers by true or false.
    pub(super) fn question(
        &mut self,
        node: &Node,
        truth: &Result<Truth, Undecided>,
        shown: Option<Value>,
        flipped: bool,
    ) {
        let answered = truth.as_ref().ok();
        let value = shown.or_else(|| answered.map(|truth| Value::Bool(truth.value)));
        let holds = answered.map(|truth| truth.value != flipped);
        let fact = if flipped { format!("!{node}") } else { node.to_string() };
        self.add(Read { fact, value, bound: None, holds });
    }

    fn add(&mut self, read: Read) {
        let end = self.reads.len();
        self.insert(end, read);
    }

    /// Puts `read` at `mark`, once: a fact read before without a comparison makes room.
    fn insert(&mut self, mark: usize, read: Read) {
        if self.is_hidden() {
            return;
        }
        let known = |other: &Read| {
            other.fact == read.fact && (other.bound == read.bound || read.bound.is_none())
        };
        if self.reads.iter().any(known) {
            return;
        }
        let mark = mark.min(self.reads.len());
        let is_bare = |other: &Read| other.fact == read.fact && other.bound.is_none();
        if let Some(bare) =
            self.reads.iter().position(|other| is_bare(other) && other.holds.is_none())
        {
            if let Some(place) = self.reads.get_mut(bare) {
                *place = read;
            }
            return;
        }
        self.reads.insert(mark, read);
    }
}
