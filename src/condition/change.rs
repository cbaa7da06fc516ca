//! What became of a condition between two revisions, where it is the same but for numbers. What is
//! changed here is tried by `imagine`.

use super::syntax::{Arithmetic, Comparison};
use super::tree::{Kind, Node};
use crate::facts::Value;

/// How a condition differs from an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It asks for the same.
    Same,
    /// It asks for more: whatever satisfies it satisfied the older one.
    Tightened,
    /// It asks for less.
    Loosened,
    /// It asks for something else, or for more here and less there.
    Changed,
}

impl Change {
    /// Two differences of one condition together.
    fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::Same, change) | (change, Change::Same) => change,
            (a, b) if a == b => a,
            _ => Change::Changed,
        }
    }

    /// The difference seen through a `!`, or from the other side of a comparison.
    fn reversed(self) -> Change {
        match self {
            Change::Tightened => Change::Loosened,
            Change::Loosened => Change::Tightened,
            Change::Same | Change::Changed => self,
        }
    }
}

/// How `new` differs from `old`, both true or false.
pub(super) fn change(old: &Node, new: &Node) -> Change {
    match (&old.kind, &new.kind) {
        (Kind::And(a), Kind::And(b)) | (Kind::Or(a), Kind::Or(b)) if a.len() == b.len() => {
            a.iter().zip(b).map(|(old, new)| change(old, new)).fold(Change::Same, Change::and)
        }
        (Kind::Not(a), Kind::Not(b)) => change(a, b).reversed(),
        (Kind::Compare(how, a), Kind::Compare(other, b)) if how == other => {
            let [a, x] = a.as_ref();
            let [b, y] = b.as_ref();
            compared(*how, moved(a, b), moved(x, y))
        }
        (Kind::Walk(a), Kind::Walk(b))
            if a.how == b.how
                && matches!(a.how, super::tree::How::All | super::tree::How::Exists)
                && a.variable == b.variable
                && same(&a.over, &b.over) =>
        {
            change(&a.body, &b.body)
        }
        _ if same(old, new) => Change::Same,
        _ => Change::Changed,
    }
}

/// How a number became another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Not,
    Up,
    Down,
    Away,
}

/// What moving the sides of a comparison does to it.
fn compared(how: Comparison, left: Move, right: Move) -> Change {
    let raised = match (left, right) {
        (Move::Not, Move::Not) => return Change::Same,
        (Move::Not, Move::Up) | (Move::Down, Move::Not) => true,
        (Move::Not, Move::Down) | (Move::Up, Move::Not) => false,
        _ => return Change::Changed,
    };
    match how {
        Comparison::Less | Comparison::LessOrEqual if raised => Change::Loosened,
        Comparison::Less | Comparison::LessOrEqual => Change::Tightened,
        Comparison::Greater | Comparison::GreaterOrEqual if raised => Change::Tightened,
        Comparison::Greater | Comparison::GreaterOrEqual => Change::Loosened,
        Comparison::Equal | Comparison::NotEqual => Change::Changed,
    }
}

/// How a side of a comparison moved; anything but a number that became another is `Away`.
fn moved(old: &Node, new: &Node) -> Move {
    if same(old, new) {
        return Move::Not;
    }
    match (&old.kind, &new.kind) {
        (Kind::Literal(a), Kind::Literal(b)) => match super::evaluate::order(a, b) {
            Some(std::cmp::Ordering::Less) if is_number(a) => Move::Up,
            Some(std::cmp::Ordering::Greater) if is_number(a) => Move::Down,
            Some(std::cmp::Ordering::Equal) => Move::Not,
            _ => Move::Away,
        },
        (Kind::Arithmetic(how, a), Kind::Arithmetic(other, b)) if how == other => {
            let [a, x] = a.as_ref();
            let [b, y] = b.as_ref();
            match (how, moved(a, b), moved(x, y)) {
                (Arithmetic::Add | Arithmetic::Subtract, left, Move::Not) => left,
                (Arithmetic::Add, Move::Not, right) => right,
                (Arithmetic::Subtract, Move::Not, Move::Up) => Move::Down,
                (Arithmetic::Subtract, Move::Not, Move::Down) => Move::Up,
                _ => Move::Away,
            }
        }
        _ => Move::Away,
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Double(_))
}

/// Whether two pieces ask the same, however they are spaced.
fn same(a: &Node, b: &Node) -> bool {
    a.to_string() == b.to_string()
}
