//! Walks over lists and maps: `all`, `exists`, `exists_one`, `filter`, `map`.

use std::ops::Range;

use super::{Check, Checked, NESTED_WALKS};
use crate::condition::shape::{Shape, Ty};
use crate::condition::syntax::{Expr, Form};
use crate::condition::tree::{How, Kind, Node, Walk};
use crate::facts;

impl Check {
    /// `on.how(variable, …)`.
    pub(super) fn walk(&mut self, how: How, on: &Expr, args: &[Expr], at: Range<usize>) -> Checked {
        let over = self.expr(on);
        let (variable, only, body) = match args {
            [variable, body] => (variable, None, body),
            [variable, only, body] if how == How::Map => (variable, Some(only), body),
            _ => {
                let word = how.word();
                let message = format!("`{word}` takes a name and an expression");
                self.fault(at, message, Some(format!("Write `.{word}(x, …)`.")));
                return None;
            }
        };
        let name = self.variable(variable);
        let entry = over.as_ref().and_then(|(node, shape)| self.entry(node, shape));
        if self.variables.len() >= NESTED_WALKS {
            let message = format!("more than {NESTED_WALKS} walks stand in one another");
            self.fault(at, message, Some("Ask for less at once.".to_owned()));
            return None;
        }
        // Where the list has a fault, its entries could be anything.
        let known = entry.is_some();
        let faults = self.faults.len();
        self.variables.push((name.clone()?, entry.unwrap_or_else(|| Shape::of(Ty::Any))));
        let only = only.map(|only| self.boolean(only));
        let body = match how {
            How::Map => self.expr(body),
            _ => self.boolean(body).map(|node| (node, Shape::of(Ty::Bool))),
        };
        self.variables.pop();
        if !known && self.faults.len() == faults {
            return None;
        }
        let ((over, over_shape), (body, body_shape)) = (over?, body?);
        let only = match only {
            Some(only) => Some(only?),
            None => None,
        };
        let shape = match how {
            How::All | How::Exists | How::ExistsOne => Shape::of(Ty::Bool),
            How::Filter => filtered(&over_shape),
            How::Map => {
                let ty = Ty::List(Box::new(body_shape.ty));
                Shape { ty, path: None, clean: over_shape.clean }
            }
        };
        let clean = over_shape.clean;
        let walk = Walk { how, over, variable: name?, only, body, clean };
        Some((Node { kind: Kind::Walk(Box::new(walk)), at }, shape))
    }

    fn variable(&mut self, variable: &Expr) -> Option<String> {
        let Form::Name(name) = &variable.form else {
            let message = "a walk begins with a name of its own".to_owned();
            self.fault(variable.at.clone(), message, Some("Write `.all(x, …)`.".to_owned()));
            return None;
        };
        let taken =
            facts::group(name).is_some() || self.variables.iter().any(|(known, _)| known == name);
        if taken {
            let message = format!("`{name}` has a meaning already");
            self.fault(variable.at.clone(), message, Some("Take another name.".to_owned()));
            return None;
        }
        Some(name.clone())
    }

    fn entry(&mut self, node: &Node, shape: &Shape) -> Option<Shape> {
        let entry = shape.entry();
        if entry.is_none() {
            let message = format!("`{node}` is {}, not a list or map", shape.ty.kind());
            self.fault(node.at.clone(), message, None);
        }
        entry
    }
}

/// What `filter` leaves: entries of the same kind, of a map its names.
fn filtered(over: &Shape) -> Shape {
    match &over.ty {
        Ty::Names(_) | Ty::Record { .. } => Shape::of(Ty::List(Box::new(Ty::Text))),
        _ => over.clone(),
    }
}
