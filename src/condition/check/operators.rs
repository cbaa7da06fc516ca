//! Operators: what may stand on their sides.

use std::ops::Range;

use super::names::known_names;
use super::words::words_of;
use super::{Check, Checked};
use crate::condition::shape::{Shape, Ty};
use crate::condition::syntax::{Arithmetic, Comparison, Expr};
use crate::condition::texts::is_figure;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;

impl Check {
    /// A part that must be true or false.
    pub(super) fn boolean(&mut self, expr: &Expr) -> Option<Node> {
        let (node, shape) = self.expr(expr)?;
        if !shape.ty.is_bool() {
            let message = format!("`{node}` is {}, not true or false", shape.ty.kind());
            let hint = super::comparison_for(&node, &shape.ty);
            self.fault(node.at.clone(), message, Some(hint));
            return None;
        }
        Some(node)
    }

    pub(super) fn booleans(&mut self, exprs: &[Expr]) -> Option<Vec<Node>> {
        let nodes: Vec<Option<Node>> = exprs.iter().map(|expr| self.boolean(expr)).collect();
        nodes.into_iter().collect()
    }

    /// A part that must be a number.
    pub(super) fn number(&mut self, expr: &Expr) -> Checked {
        let (node, shape) = self.expr(expr)?;
        if !shape.ty.is_number() {
            let message = format!("`{node}` is {}, not a number", shape.ty.kind());
            let hint = shape.ty.is_text().then(|| format!("Write `number({node})`."));
            self.fault(node.at.clone(), message, hint);
            return None;
        }
        Some((node, Shape::of(shape.ty)))
    }

    /// A part that must be a text.
    pub(super) fn text(&mut self, expr: &Expr) -> Option<Node> {
        let (node, shape) = self.expr(expr)?;
        if !shape.ty.is_text() {
            let message = format!("`{node}` is {}, not a text", shape.ty.kind());
            let hint = shape.ty.is_number().then(|| format!("Write `string({node})`."));
            self.fault(node.at.clone(), message, hint);
            return None;
        }
        Some(node)
    }

    pub(super) fn choose(&mut self, parts: &[Expr; 3]) -> Option<(Kind, Shape)> {
        let [when, then, otherwise] = parts;
        let when = self.boolean(when);
        let then = self.expr(then);
        let otherwise = self.expr(otherwise);
        let ((then, a), (otherwise, b)) = (then?, otherwise?);
        let path = a.path.filter(|path| b.path.as_ref() == Some(path));
        let shape = Shape { ty: a.ty.join(b.ty), path, clean: a.clean && b.clean };
        Some((Kind::Choose(Box::new([when?, then, otherwise])), shape))
    }

    pub(super) fn compare(&mut self, how: Comparison, sides: &[Expr; 2]) -> Option<(Kind, Shape)> {
        let [(left, a), (right, b)] = self.pair(sides)?;
        let fits = if how.orders() { ordered(&a.ty, &b.ty) } else { a.ty.meets(&b.ty) };
        if !fits {
            self.mismatch(how, (&left, &a), (&right, &b));
            return None;
        }
        self.known_word(&a, &right);
        self.known_word(&b, &left);
        if how.orders() {
            self.ordered_figure(how, &left, &right);
            self.ordered_figure(how, &right, &left);
            self.ordered_word(how, (&a, &left));
            self.ordered_word(how, (&b, &right));
        }
        Some((Kind::Compare(how, Box::new([left, right])), Shape::of(Ty::Bool)))
    }

    /// A figure in quotes is ordered by its characters, which puts \"10\" before \"9\".
    fn ordered_figure(&mut self, how: Comparison, node: &Node, other: &Node) {
        let Kind::Literal(Value::Text(text)) = &node.kind else { return };
        if !is_figure(text) {
            return;
        }
        let message =
            format!("`{}` orders texts by their characters, and {node} is a figure", how.sign());
        let hint = match text.trim().parse::<f64>() {
            Ok(figure) => format!("Write the number: `number({other}) {} {figure}`.", how.sign()),
            Err(_) => "Compare it with `==`, or compare numbers.".to_owned(),
        };
        self.fault(node.at.clone(), message, Some(hint));
    }

    /// Words of a scale are ordered by their characters, which puts "critical" before "low".
    fn ordered_word(&mut self, how: Comparison, (fact, node): (&Shape, &Node)) {
        let Some(path) = fact.path.as_deref() else { return };
        let some = match words_of(path) {
            Some(words) => words.known.iter().take(2).map(|word| format!("\"{word}\"")).collect(),
            None if path.ends_with(".severity") => vec!["\"critical\"".to_owned()],
            None => return,
        };
        let message =
            format!("`{}` orders texts by their characters, and {node} is a word", how.sign());
        let hint = format!("Name those that are meant: `{node} in [{}]`.", some.join(", "));
        self.fault(node.at.clone(), message, Some(hint));
    }

    fn mismatch(&mut self, how: Comparison, left: (&Node, &Shape), right: (&Node, &Shape)) {
        // The literal is what was mistaken, where there is one.
        let (wrong, other) = match (&left.0.kind, &right.0.kind) {
            (Kind::Literal(_), _) => (left, right),
            _ => (right, left),
        };
        let message = match (&wrong.1.ty, &other.1.ty) {
            (ours, theirs) if ours == theirs => {
                format!("`{}` does not order {}", how.sign(), plural_kind(ours))
            }
            (Ty::Null, _) => format!("`{}` is never null", other.0),
            (ours, theirs) => {
                format!("`{}` is {}, and `{}` is {}", other.0, theirs.kind(), wrong.0, ours.kind())
            }
        };
        self.fault(wrong.0.at.clone(), message, mismatch_hint(wrong, other));
    }

    pub(super) fn within(&mut self, sides: &[Expr; 2]) -> Option<(Kind, Shape)> {
        let [(needle, a), (hay, b)] = self.pair(sides)?;
        let entry = match &b.ty {
            Ty::Any => Ty::Any,
            Ty::List(entry) => (**entry).clone(),
            Ty::Names(_) | Ty::Record { .. } => Ty::Text,
            other => {
                let message = format!("`{hay}` is {}, not a list or map", other.kind());
                let hint = other.is_text().then(|| format!("Write `{hay}.contains({needle})`."));
                self.fault(hay.at.clone(), message, hint);
                return None;
            }
        };
        if !a.ty.meets(&entry) {
            let message = format!(
                "`{needle}` is {}, and each entry of `{hay}` is {}",
                a.ty.kind(),
                entry.kind()
            );
            self.fault(needle.at.clone(), message, None);
            return None;
        }
        if let Kind::List(items) = &hay.kind {
            for item in items.clone() {
                self.known_word(&a, &item);
            }
        }
        let kind = Kind::Within { sides: Box::new([needle, hay]), clean: b.clean };
        Some((kind, Shape::of(Ty::Bool)))
    }

    pub(super) fn arithmetic(
        &mut self,
        how: Arithmetic,
        sides: &[Expr; 2],
        at: &Range<usize>,
    ) -> Option<(Kind, Shape)> {
        let [left, right] = sides;
        let before = self.faults.len();
        let checked = (self.expr(left), self.expr(right));
        let (Some((left, a)), Some((right, b))) = checked else {
            self.dashed_name(how, before);
            return None;
        };
        let ty = match (how, &a.ty, &b.ty) {
            (Arithmetic::Divide, Ty::Int, Ty::Int) if !is_literal(&right) => {
                let message = "`/` of whole numbers drops the rest: 40 of 100 is 0".to_owned();
                let hint = format!("Write `double({left}) / double({right})`.");
                self.fault(at.clone(), message, Some(hint));
                return None;
            }
            (_, Ty::Int, Ty::Int) => Ty::Int,
            (Arithmetic::Remainder, Ty::Double, _) | (Arithmetic::Remainder, _, Ty::Double) => {
                let message = "`%` is of whole numbers".to_owned();
                self.fault(at.clone(), message, Some("Write `int(…)`.".to_owned()));
                return None;
            }
            (_, Ty::Double, Ty::Double) => Ty::Double,
            (Arithmetic::Add, Ty::Text, Ty::Text) => Ty::Text,
            (Arithmetic::Add, Ty::List(x), Ty::List(y)) => {
                Ty::List(Box::new((**x).clone().join((**y).clone())))
            }
            (_, Ty::Any, other) | (_, other, Ty::Any)
                if other.is_number() || (how == Arithmetic::Add && is_joinable(other)) =>
            {
                Ty::Any
            }
            (_, Ty::Int, Ty::Double) | (_, Ty::Double, Ty::Int) => {
                self.mixed(how, &left, &right, &a.ty, at);
                return None;
            }
            (_, x, y) => {
                let sign = how.sign();
                let message = format!("`{sign}` does not join {} and {}", x.kind(), y.kind());
                self.fault(at.clone(), message, None);
                return None;
            }
        };
        let shape = Shape { ty, path: None, clean: a.clean && b.clean };
        Some((Kind::Arithmetic(how, Box::new([left, right])), shape))
    }

    /// A whole number and a fraction: CEL does not mix them.
    fn mixed(
        &mut self,
        how: Arithmetic,
        left: &Node,
        right: &Node,
        left_ty: &Ty,
        at: &Range<usize>,
    ) {
        let whole = if *left_ty == Ty::Int { left } else { right };
        let hint = match &whole.kind {
            Kind::Literal(Value::Int(value)) => format!("Write `{value}.0`."),
            _ => format!("Write `double({whole})`."),
        };
        let message = format!("`{}` mixes a whole number and a number with a fraction", how.sign());
        self.fault(at.clone(), message, Some(hint));
    }

    /// `ci.jobs.type-check` is read as a subtraction: says so in place of an unknown `check`.
    fn dashed_name(&mut self, how: Arithmetic, before: usize) {
        if how != Arithmetic::Subtract {
            return;
        }
        for fault in self.faults.iter_mut().skip(before) {
            if fault.message.starts_with("unknown fact") {
                fault.hint = Some(
                    "`-` subtracts. A name with a dash stands in brackets: `ci.jobs[\"a-b\"]`."
                        .to_owned(),
                );
            }
        }
    }
}

fn is_literal(node: &Node) -> bool {
    matches!(node.kind, Kind::Literal(_))
}

fn ordered(a: &Ty, b: &Ty) -> bool {
    (a.is_number() && b.is_number()) || (a.is_text() && b.is_text())
}

fn is_joinable(ty: &Ty) -> bool {
    matches!(ty, Ty::Text | Ty::List(_))
}

fn plural_kind(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "true and false",
        Ty::List(_) => "lists",
        _ => "maps",
    }
}

fn mismatch_hint(wrong: (&Node, &Shape), other: (&Node, &Shape)) -> Option<String> {
    let number = matches!(other.1.ty, Ty::Int | Ty::Double);
    match (&wrong.0.kind, &wrong.1.ty) {
        (Kind::Literal(Value::Text(text)), _) if number && text.parse::<f64>().is_ok() => {
            Some(format!("Write `{text}` without quotes."))
        }
        (Kind::Literal(Value::Null), _) => {
            Some(format!("Ask whether it is there: `has({})`.", other.0))
        }
        (Kind::Literal(value), Ty::Int | Ty::Double | Ty::Bool) if other.1.ty == Ty::Text => {
            Some(format!("Write `\"{value}\"`."))
        }
        _ => match &other.1.ty {
            Ty::List(_) if wrong.1.ty.is_number() => Some(format!("Write `{}.size()`.", other.0)),
            Ty::Record { fields, .. } => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                Some(known_names("Ask for one of its facts", &names))
            }
            _ => None,
        },
    }
}
