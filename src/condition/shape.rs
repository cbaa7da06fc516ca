//! The type of a piece of a condition, as far as it is known before anything is evaluated.

use crate::facts::{Field, Type};

/// A type, where in the catalogue it comes from, and whether an empty list of it is good news.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) ty: Ty,
    /// The path in the catalogue, with `[]` for entries: `tests.cases[].outcome`.
    pub(super) path: Option<String>,
    /// Of a list of findings or alerts: an empty one says that there is none.
    pub(super) clean: bool,
}

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty {
    /// Nothing: the artifact decides.
    Any,
    Null,
    Bool,
    Int,
    Double,
    Text,
    List(Box<Ty>),
    /// Names that the artifact gives, each of one type.
    Names(Box<Ty>),
    /// These names and no others; percentiles besides where `percentiles`.
    Record {
        fields: &'static [Field],
        percentiles: bool,
    },
    /// `artifact("…")`: what stands before a group.
    Artifact(String),
}

impl Ty {
    /// The type of a fact.
    pub(super) fn of(ty: Type) -> Ty {
        match ty {
            Type::Bool => Ty::Bool,
            Type::Int => Ty::Int,
            Type::Double => Ty::Double,
            Type::Text | Type::Time => Ty::Text,
            Type::List(entry) => Ty::List(Box::new(Ty::of(*entry))),
            Type::Names(member) => Ty::Names(Box::new(Ty::of(*member))),
            Type::Record(fields) => Ty::Record { fields, percentiles: false },
            Type::Stats(fields) => Ty::Record { fields, percentiles: true },
            Type::Any => Ty::Any,
        }
    }

    /// As people say it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Ty::Any => "of any type",
            Ty::Null => "null",
            Ty::Bool => "true or false",
            Ty::Int => "a whole number",
            Ty::Double => "a number with a fraction",
            Ty::Text => "a text",
            Ty::List(_) => "a list",
            Ty::Names(_) | Ty::Record { .. } => "a map",
            Ty::Artifact(_) => "an artifact",
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Ty::Int | Ty::Double | Ty::Any)
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self, Ty::Text | Ty::Any)
    }

    pub(super) fn is_bool(&self) -> bool {
        matches!(self, Ty::Bool | Ty::Any)
    }

    /// Whether a value of this type can be the same as one of `other`.
    pub(super) fn meets(&self, other: &Ty) -> bool {
        match (self, other) {
            (Ty::Any, _) | (_, Ty::Any) => true,
            (Ty::Int | Ty::Double, Ty::Int | Ty::Double) => true,
            (Ty::List(a), Ty::List(b)) => a.meets(b),
            (Ty::Names(_) | Ty::Record { .. }, Ty::Names(_) | Ty::Record { .. }) => true,
            (a, b) => a == b,
        }
    }

    /// What both are; `Any` where they differ.
    pub(super) fn join(self, other: Ty) -> Ty {
        if self == other { self } else { Ty::Any }
    }
}

impl Shape {
    /// A computed value.
    pub(super) fn of(ty: Ty) -> Shape {
        Shape { ty, path: None, clean: false }
    }

    /// A value of the catalogue.
    pub(super) fn fact(ty: Ty, path: String) -> Shape {
        let clean = matches!(path.as_str(), "findings.list" | "alerts.list" | "git.trailers");
        Shape { ty, path: Some(path), clean }
    }

    /// One entry of this list, or one name of this map: what a walk's variable is.
    pub(super) fn entry(&self) -> Option<Shape> {
        let path = self.path.as_ref().map(|path| format!("{path}[]"));
        match &self.ty {
            Ty::Any => Some(Shape::of(Ty::Any)),
            Ty::List(entry) => Some(Shape { ty: (**entry).clone(), path, clean: false }),
            Ty::Names(_) | Ty::Record { .. } => Some(Shape::of(Ty::Text)),
            _ => None,
        }
    }
}
