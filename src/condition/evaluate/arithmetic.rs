//! Arithmetic that never wraps, on values and on limits.

use std::sync::Arc;

use super::Evaluation;
use super::compare::not_a;
use super::term::{Answer, Grasp, Term, worse};
use crate::condition::Undecided;
use crate::condition::syntax::Arithmetic;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// `left how right`.
    pub(super) fn arithmetic(&mut self, how: Arithmetic, sides: &[Node; 2]) -> Answer {
        let [left, right] = sides;
        let (a, b) = match (self.eval(left), self.eval(right)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(a), Err(b)) => return Err(worse(a, b)),
            (Err(reason), _) | (_, Err(reason)) => return Err(reason),
        };
        let doubt = a.doubt.or(b.doubt);
        let grasp = match (a.grasp, b.grasp) {
            (Grasp::Known(x), Grasp::Known(y)) => {
                Grasp::Known(self.joined(how, (left, &x), (right, &y))?)
            }
            (x, y) => within_limits(how, &x, &y)?,
        };
        Ok(Term { grasp, doubt })
    }

    fn joined(
        &mut self,
        how: Arithmetic,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Result<Value, Undecided> {
        match (how, x, y) {
            (Arithmetic::Add, Value::Text(a), Value::Text(b)) => {
                self.spend((a.len() + b.len()) as u64 / 16)?;
                Ok(Value::text(format!("{a}{b}")))
            }
            (Arithmetic::Add, Value::List(a), Value::List(b)) => {
                self.spend((a.len() + b.len()) as u64)?;
                Ok(Value::List(Arc::new(a.iter().chain(b.iter()).cloned().collect())))
            }
            _ => number(how, (left, x), (right, y)),
        }
    }

    /// `-inner`.
    pub(super) fn negate(&mut self, term: Term, inner: &Node) -> Answer {
        let flip = |value: &Value| match &value.by_value() {
            Value::Int(value) => value.checked_neg().map(Value::Int),
            Value::Double(value) => Some(Value::Double(-value)),
            _ => None,
        };
        let grasp = match &term.grasp {
            Grasp::Known(value @ (Value::Int(_) | Value::Double(_) | Value::Written(..))) => {
                Grasp::Known(flip(value).ok_or_else(|| beyond(&format!("-{inner}")))?)
            }
            Grasp::Known(other) => return Err(not_a(inner, other, "a number")),
            Grasp::Between { low, high } => Grasp::Between {
                low: high.as_ref().and_then(flip),
                high: low.as_ref().and_then(flip),
            },
            Grasp::AtLeast(_) => return Err(Undecided::Partial),
        };
        Ok(Term { grasp, doubt: term.doubt })
    }
}

fn number(
    how: Arithmetic,
    (left, x): (&Node, &Value),
    (right, y): (&Node, &Value),
) -> Result<Value, Undecided> {
    let named = || format!("{left} {} {right}", how.sign());
    match (&x.by_value(), &y.by_value()) {
        (Value::Int(_), Value::Int(0))
            if matches!(how, Arithmetic::Divide | Arithmetic::Remainder) =>
        {
            let why = format!("{} divides by 0.", named());
            Err(Undecided::Untrusted { rule: Rule::NotANumber, why })
        }
        // What the types tell before, is told of facts when the configuration is read.
        (Value::Int(a), Value::Int(b))
            if how == Arithmetic::Divide
                && !matches!(right.kind, Kind::Literal(_))
                && a.checked_rem(*b) != Some(0) =>
        {
            let why = format!(
                "{} drops the rest, for both are whole numbers. Write double({left}) / double({right}).",
                named()
            );
            Err(Undecided::Untrusted { rule: Rule::NotANumber, why })
        }
        (Value::Int(_) | Value::Double(_), Value::Int(_) | Value::Double(_)) => {
            computed(how, x, y).ok_or_else(|| beyond(&named()))
        }
        (Value::Int(_) | Value::Double(_), other) => Err(not_a(right, other, "a number")),
        (other, _) => Err(not_a(left, other, "a number")),
    }
}

/// The result; `None` where it is beyond 64 bits.
fn computed(how: Arithmetic, x: &Value, y: &Value) -> Option<Value> {
    if let (Value::Int(a), Value::Int(b)) = (x, y) {
        let result = match how {
            Arithmetic::Add => a.checked_add(*b),
            Arithmetic::Subtract => a.checked_sub(*b),
            Arithmetic::Multiply => a.checked_mul(*b),
            Arithmetic::Divide => a.checked_div(*b),
            Arithmetic::Remainder => a.checked_rem(*b),
        };
        return result.map(Value::Int);
    }
    let (a, b) = (double(x)?, double(y)?);
    Some(Value::Double(match how {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Remainder => a % b,
    }))
}

pub(super) fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) | Value::Written(value, _) => Some(*value),
        _ => None,
    }
}

/// The limits of a result, from the limits of its parts.
fn within_limits(how: Arithmetic, x: &Grasp, y: &Grasp) -> Result<Grasp, Undecided> {
    let limits = |grasp: &Grasp| match grasp {
        Grasp::Known(value @ (Value::Int(_) | Value::Double(_) | Value::Written(..))) => {
            Some((Some(value.by_value()), Some(value.by_value())))
        }
        Grasp::Between { low, high } => Some((low.clone(), high.clone())),
        Grasp::Known(_) | Grasp::AtLeast(_) => None,
    };
    if let (Arithmetic::Add, Some(list)) = (how, longer_list(x, y)) {
        return Ok(list);
    }
    let ((a, b), (c, d)) = limits(x).zip(limits(y)).ok_or(Undecided::Partial)?;
    let both = |p: &Option<Value>, q: &Option<Value>| computed(how, p.as_ref()?, q.as_ref()?);
    let (low, high) = match how {
        Arithmetic::Add => (both(&a, &c), both(&b, &d)),
        Arithmetic::Subtract => (both(&a, &d), both(&b, &c)),
        Arithmetic::Multiply => match (sign(&c, &d), sign(&a, &b)) {
            (Some(true), _) if c == d => (both(&a, &c), both(&b, &c)),
            (_, Some(true)) if a == b => (both(&a, &c), both(&a, &d)),
            _ => (None, None),
        },
        Arithmetic::Divide if c == d && sign(&c, &d) == Some(true) => (both(&a, &c), both(&b, &c)),
        Arithmetic::Divide | Arithmetic::Remainder => (None, None),
    };
    Ok(Grasp::Between { low, high })
}

/// Whether a fixed number is above 0.
fn sign(low: &Option<Value>, high: &Option<Value>) -> Option<bool> {
    let (low, high) = (double(low.as_ref()?)?, double(high.as_ref()?)?);
    (low == high).then_some(low > 0.0)
}

/// Two lists of which at least one may be longer.
fn longer_list(x: &Grasp, y: &Grasp) -> Option<Grasp> {
    let entries = |grasp: &Grasp| match grasp {
        Grasp::AtLeast(entries) | Grasp::Known(Value::List(entries)) => Some(Arc::clone(entries)),
        _ => None,
    };
    let (a, b) = (entries(x)?, entries(y)?);
    Some(Grasp::AtLeast(Arc::new(a.iter().chain(b.iter()).cloned().collect())))
}

fn beyond(named: &str) -> Undecided {
    let why = format!("{named} is beyond 64 bits.");
    Undecided::Untrusted { rule: Rule::NotANumber, why }
}
