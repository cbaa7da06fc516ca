//! Names: groups, their members, open names, variables.

use std::ops::Range;

use super::{Check, Checked};
use crate::condition::shape::{Shape, Ty};
use crate::condition::syntax::{Expr, Form, Name};
use crate::condition::tree::{Fact, Function, How, Kind, Node};
use crate::facts::{self, Field, GROUPS, Unit, Value};
use crate::model::{listed, nearest};

impl Check {
    /// A name that stands alone: a group of facts or a walk's variable.
    pub(super) fn name(&mut self, name: &str, at: Range<usize>) -> Checked {
        if let Some((_, shape)) = self.variables.iter().rev().find(|(known, _)| known == name) {
            return Some((Node { kind: Kind::Variable(name.to_owned()), at }, shape.clone()));
        }
        if let Some(group) = facts::group(name) {
            return Some(group_node(None, group, at));
        }
        let known: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
        let variables: Vec<&str> = self.variables.iter().map(|(name, _)| name.as_str()).collect();
        let hint = if is_function(name) {
            format!("`{name}` is a function: write `{name}(…)`.")
        } else {
            nearest(name, variables.iter().chain(&known).copied())
                .map_or_else(|| known_names("Known", &known), did_you_mean)
        };
        self.fault(at, format!("unknown fact `{name}`"), Some(hint));
        None
    }

    /// `of.name`.
    pub(super) fn member(&mut self, of: &Expr, name: &Name, at: Range<usize>) -> Checked {
        let (node, shape) = self.resolve(of)?;
        self.member_of(node, shape, name, at)
    }

    /// The member of something already checked.
    pub(super) fn member_of(
        &mut self,
        node: Node,
        shape: Shape,
        name: &Name,
        at: Range<usize>,
    ) -> Checked {
        let text = name.text.as_str();
        let path = |base: &Option<String>, step: &str| base.as_ref().map(|b| format!("{b}{step}"));
        match &shape.ty {
            Ty::Any => Some((step(node, text, at), Shape::of(Ty::Any))),
            Ty::Names(member) => {
                let inner = Shape { ty: (**member).clone(), path: None, clean: false };
                let inner = Shape { path: path(&shape.path, "[]"), ..inner };
                Some((step(node, text, at), inner))
            }
            Ty::Record { fields, percentiles } => {
                if let Some(field) = fields.iter().find(|field| field.name == text) {
                    let path = path(&shape.path, &format!(".{text}")).unwrap_or_default();
                    let ty = Ty::of(field.ty);
                    return Some((fact_step(node, field, at), Shape::fact(ty, path)));
                }
                if *percentiles && is_percentile(text) {
                    return Some((step(node, text, at), Shape::of(Ty::Double)));
                }
                let asked = asked(&node, text);
                self.unknown_member(name, &asked, fields, *percentiles);
                None
            }
            Ty::Artifact(glob) => match facts::group(text).filter(|group| group.name != "git") {
                Some(group) => Some(group_node(Some(glob.clone()), group, at)),
                None => {
                    let known: Vec<&str> =
                        GROUPS.iter().map(|g| g.name).filter(|name| *name != "git").collect();
                    let hint = nearest(text, known.iter().copied())
                        .map_or_else(|| known_names("Known", &known), did_you_mean);
                    self.fault(name.at.clone(), format!("unknown fact `{text}`"), Some(hint));
                    None
                }
            },
            other => {
                let message = format!("`{node}` is {}; it has no `{text}`", other.kind());
                self.fault(name.at.clone(), message, size_hint(&node, other, text));
                None
            }
        }
    }

    fn unknown_member(&mut self, name: &Name, asked: &str, fields: &[Field], percentiles: bool) {
        let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let parent = asked.strip_suffix(&name.text).unwrap_or_default();
        let hint = match nearest(&name.text, known.iter().copied()) {
            Some(near) => did_you_mean(&format!("{parent}{near}")),
            None if percentiles => {
                format!("{} Any percentile is written `pNN`.", known_names("Known", &known))
            }
            None => known_names("Known", &known),
        };
        self.fault(name.at.clone(), format!("unknown fact `{asked}`"), Some(hint));
    }

    /// `of[index]`.
    pub(super) fn index(&mut self, of: &Expr, index: &Expr, at: Range<usize>) -> Checked {
        let of = self.expr(of);
        let literal = match &index.form {
            Form::Literal(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        if let (Some((node, shape)), Some(text)) = (&of, &literal)
            && matches!(shape.ty, Ty::Record { .. } | Ty::Names(_))
        {
            let name = Name { text: text.clone(), at: index.at.clone() };
            return self.member_of(node.clone(), shape.clone(), &name, at);
        }
        let (index, index_shape) = self.expr(index)?;
        let (of, shape) = of?;
        let path = shape.path.as_ref().map(|path| format!("{path}[]"));
        let (ty, wanted) = match &shape.ty {
            Ty::Any => (Ty::Any, None),
            Ty::List(entry) => ((**entry).clone(), Some((Ty::Int, "a list is asked by position"))),
            Ty::Names(member) => ((**member).clone(), Some((Ty::Text, "a map is asked by name"))),
            Ty::Record { .. } => (Ty::Any, Some((Ty::Text, "a map is asked by name"))),
            other => {
                let message = format!("`{of}` is {}; it has no entries", other.kind());
                self.fault(of.at.clone(), message, None);
                return None;
            }
        };
        if let Some((wanted, why)) = wanted
            && !wanted.meets(&index_shape.ty)
        {
            let message = format!("`{index}` is {}; {why}", index_shape.ty.kind());
            self.fault(index.at.clone(), message, None);
            return None;
        }
        let node = Node { kind: Kind::Index { of: Box::new(of), index: Box::new(index) }, at };
        Some((node, Shape { ty, path, clean: false }))
    }
}

fn group_node(artifact: Option<String>, group: &Field, at: Range<usize>) -> (Node, Shape) {
    let fact = Fact { artifact, path: vec![group.name.to_owned()], unit: Unit::None };
    let shape = Shape::fact(Ty::of(group.ty), group.name.to_owned());
    (Node { kind: Kind::Fact(fact), at }, shape)
}

/// A member that the catalogue names: of a fact it is a fact again.
fn fact_step(node: Node, field: &Field, at: Range<usize>) -> Node {
    match node.kind {
        Kind::Fact(mut fact) => {
            fact.path.push(field.name.to_owned());
            fact.unit = field.unit;
            Node { kind: Kind::Fact(fact), at }
        }
        _ => step(node, field.name, at),
    }
}

fn step(of: Node, name: &str, at: Range<usize>) -> Node {
    Node { kind: Kind::Member { of: Box::new(of), name: name.to_owned() }, at }
}

fn asked(node: &Node, name: &str) -> String {
    step(node.clone(), name, 0..0).to_string()
}

/// `p50`, `p99`, `p99.9`, as tools name percentiles.
fn is_percentile(name: &str) -> bool {
    name.strip_prefix('p').is_some_and(|digits| {
        digits.parse::<f64>().is_ok_and(|percent| (0.0..=100.0).contains(&percent))
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

fn is_function(name: &str) -> bool {
    Function::ALL.iter().any(|function| function.word() == name)
        || How::named(name).is_some()
        || matches!(name, "has" | "artifact")
}

fn size_hint(node: &Node, ty: &Ty, name: &str) -> Option<String> {
    match ty {
        Ty::List(_) if matches!(name, "length" | "len" | "count" | "size" | "total") => {
            Some(format!("Write `{node}.size()`."))
        }
        Ty::List(_) => Some(format!("Walk it: `{node}.all(x, x.{name} …)`.")),
        _ => None,
    }
}

pub(super) fn known_names(lead: &str, names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{lead}: {}.", listed(&quoted, 24))
}

pub(super) fn did_you_mean(name: &str) -> String {
    format!("Did you mean `{name}`?")
}
