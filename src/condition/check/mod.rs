//! Resolves names and types: from what is written to what can be evaluated, with every fault.
//!
//! CEL itself absorbs a misspelt fact in `||` and calls `1 == "1"` false; here both are faults
//! before anything is judged.

mod calls;
mod names;
mod operators;
mod walks;
mod words;

pub(super) use words::words_of;

pub(super) use self::calls::{outside, pattern};

use std::ops::Range;

use super::Fault;
use super::shape::{Shape, Ty};
use super::syntax::{Expr, Form};
use super::tree::{Kind, Node};
use crate::facts::Value;

/// How many walks may stand in one another: each multiplies the work.
const NESTED_WALKS: usize = 3;

/// A piece that was resolved. `None` where it has a fault, which is already reported.
type Checked = Option<(Node, Shape)>;

/// Checks a whole condition; every fault of it is found.
pub(super) fn check(expr: &Expr) -> Result<Node, Vec<Fault>> {
    let mut check = Check { faults: Vec::new(), variables: Vec::new() };
    let checked = check.expr(expr);
    if let Some((node, shape)) = &checked
        && !shape.ty.is_bool()
    {
        check.fault(
            node.at.clone(),
            format!("the condition is {}, not true or false", shape.ty.kind()),
            Some(comparison_for(node, &shape.ty)),
        );
    }
    match checked {
        Some((node, _)) if check.faults.is_empty() => Ok(node),
        _ => {
            check.faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
            check.faults.dedup();
            Err(check.faults)
        }
    }
}

/// What might have been meant by a bare value.
fn comparison_for(node: &Node, ty: &Ty) -> String {
    match ty {
        Ty::Int | Ty::Double => format!("Compare it: `{node} == 0`."),
        Ty::Text => format!("Compare it: `{node} == \"…\"`."),
        Ty::List(_) => format!("Ask for its size: `{node}.size() > 0`."),
        Ty::Record { fields, .. } => {
            let first = fields.first().map(|field| field.name).unwrap_or_default();
            format!("Ask for a fact of it: `{node}.{first}`.")
        }
        _ => "Compare it with something.".to_owned(),
    }
}

/// The state of one check.
struct Check {
    faults: Vec<Fault>,
    /// The variables of the enclosing walks, innermost last.
    variables: Vec<(String, Shape)>,
}

impl Check {
    fn fault(&mut self, at: Range<usize>, message: String, hint: Option<String>) {
        self.faults.push(Fault { at, message, hint });
    }

    /// Any value; `artifact("…")` alone is none.
    fn expr(&mut self, expr: &Expr) -> Checked {
        let (node, shape) = self.resolve(expr)?;
        if let Ty::Artifact(glob) = &shape.ty {
            let hint = format!("Write `artifact({glob:?}).tests.failed`.");
            self.fault(node.at, "a group of facts follows `artifact`".to_owned(), Some(hint));
            return None;
        }
        Some((node, shape))
    }

    /// A value, or what stands before a group.
    fn resolve(&mut self, expr: &Expr) -> Checked {
        let at = expr.at.clone();
        let (kind, shape) = match &expr.form {
            Form::Literal(value) => (Kind::Literal(value.clone()), Shape::of(literal(value))),
            Form::Name(name) => return self.name(name, at),
            Form::Member { of, name } => return self.member(of, name, at),
            Form::Index { of, index } => return self.index(of, index, at),
            Form::Call { on, name, args } => return self.call(on.as_deref(), name, args, at),
            Form::Not(inner) => (Kind::Not(Box::new(self.boolean(inner)?)), Shape::of(Ty::Bool)),
            Form::Negate(inner) => {
                let (node, shape) = self.number(inner)?;
                (Kind::Negate(Box::new(node)), shape)
            }
            Form::And(terms) => (Kind::And(self.booleans(terms)?), Shape::of(Ty::Bool)),
            Form::Or(terms) => (Kind::Or(self.booleans(terms)?), Shape::of(Ty::Bool)),
            Form::Choose(parts) => self.choose(parts)?,
            Form::Compare(how, sides) => self.compare(*how, sides)?,
            Form::Within(sides) => self.within(sides)?,
            Form::Arithmetic(how, sides) => self.arithmetic(*how, sides, &at)?,
            Form::List(items) => self.list(items)?,
            Form::Map(entries) => self.map(entries)?,
        };
        Some((Node { kind, at }, shape))
    }

    /// Checks every part, so that all faults are found, then asks for all of them.
    fn every(&mut self, exprs: &[Expr]) -> Option<Vec<(Node, Shape)>> {
        let checked: Vec<Checked> = exprs.iter().map(|expr| self.expr(expr)).collect();
        checked.into_iter().collect()
    }

    fn pair(&mut self, sides: &[Expr; 2]) -> Option<[(Node, Shape); 2]> {
        let [left, right] = sides;
        let (left, right) = (self.expr(left), self.expr(right));
        Some([left?, right?])
    }

    fn list(&mut self, items: &[Expr]) -> Option<(Kind, Shape)> {
        let (nodes, shapes): (Vec<Node>, Vec<Shape>) = self.every(items)?.into_iter().unzip();
        let entry = shapes.into_iter().map(|shape| shape.ty).reduce(Ty::join).unwrap_or(Ty::Any);
        Some((Kind::List(nodes), Shape::of(Ty::List(Box::new(entry)))))
    }

    fn map(&mut self, entries: &[(Expr, Expr)]) -> Option<(Kind, Shape)> {
        let mut checked = Vec::new();
        for (key, value) in entries {
            let key = self.text(key);
            let value = self.expr(value);
            checked.push(key.zip(value));
        }
        let checked: Vec<(Node, (Node, Shape))> = checked.into_iter().collect::<Option<_>>()?;
        let entries = checked.into_iter().map(|(key, (value, _))| (key, value)).collect();
        Some((Kind::Map(entries), Shape::of(Ty::Names(Box::new(Ty::Any)))))
    }
}

fn literal(value: &Value) -> Ty {
    match value {
        Value::Null => Ty::Null,
        Value::Bool(_) => Ty::Bool,
        Value::Int(_) => Ty::Int,
        Value::Double(_) | Value::Written(..) => Ty::Double,
        Value::Text(_) => Ty::Text,
        Value::List(_) | Value::Map(_) | Value::Untold => Ty::Any,
    }
}
