//! A condition whose every name is resolved: what is evaluated, printed and compared.

use std::ops::Range;

use regex::Regex;

use super::syntax::{Arithmetic, Comparison};
use crate::facts::{Unit, Value};

/// A piece of a checked condition, and its bytes in the source.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

/// What a piece can be.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Literal(Value),
    /// The variable of an enclosing walk.
    Variable(String),
    Fact(Fact),
    Member {
        of: Box<Node>,
        name: String,
    },
    Index {
        of: Box<Node>,
        index: Box<Node>,
    },
    Has {
        of: Box<Node>,
        name: String,
    },
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Choose(Box<[Node; 3]>),
    Compare(Comparison, Box<[Node; 2]>),
    /// Whether the first is an entry of the second; `clean` as of a walk.
    Within {
        sides: Box<[Node; 2]>,
        clean: bool,
    },
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    Walk(Box<Walk>),
    Call(Call),
}

impl Node {
    /// Whether it only asks what is there, and of nothing what it says.
    pub(super) fn asks_presence_alone(&self) -> bool {
        match &self.kind {
            Kind::Has { .. } => true,
            Kind::Not(inner) => inner.asks_presence_alone(),
            Kind::And(terms) | Kind::Or(terms) => terms.iter().all(Node::asks_presence_alone),
            _ => false,
        }
    }
}

impl Node {
    /// Whether anything in it asks how a run, job or step ended.
    pub(super) fn asks_a_conclusion(&self) -> bool {
        let named = match &self.kind {
            Kind::Member { name, .. } => name == "conclusion",
            Kind::Fact(fact) => fact.path.last().is_some_and(|name| name == "conclusion"),
            Kind::Index { index, .. } => {
                matches!(&index.kind, Kind::Literal(Value::Text(name)) if **name == *"conclusion")
            }
            _ => false,
        };
        named || self.parts().into_iter().any(Node::asks_a_conclusion)
    }
}

/// A name of the catalogue, as far as the catalogue knows it: `tests.failed`, `ci.jobs`, `data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// The glob of `artifact("…")`, where one artifact is asked.
    pub(super) artifact: Option<String>,
    /// The group and its members; never empty.
    pub(super) path: Vec<String>,
    /// What the figure counts.
    pub(super) unit: Unit,
}

impl Fact {
    /// The group: `tests`.
    pub(super) fn group(&self) -> &str {
        self.path.first().map(String::as_str).unwrap_or_default()
    }
}

/// A list or map gone through, entry by entry.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) how: How,
    pub(super) over: Node,
    pub(super) variable: String,
    /// Of `map` with three arguments, which entries are taken.
    pub(super) only: Option<Node>,
    pub(super) body: Node,
    /// Whether an empty list says something: findings and alerts, of which none is good news.
    pub(super) clean: bool,
}

/// What a walk asks of the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

impl How {
    /// The walk that `name` means.
    pub(super) fn named(name: &str) -> Option<How> {
        Some(match name {
            "all" => How::All,
            "exists" => How::Exists,
            "exists_one" | "existsOne" => How::ExistsOne,
            "filter" => How::Filter,
            "map" => How::Map,
            _ => return None,
        })
    }

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            How::All => "all",
            How::Exists => "exists",
            How::ExistsOne => "exists_one",
            How::Filter => "filter",
            How::Map => "map",
        }
    }
}

/// A function and its arguments, the receiver first.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) function: Function,
    pub(super) args: Vec<Node>,
    /// The pattern of `matches` and `passed`, where it is literal.
    pub(super) pattern: Option<Regex>,
    /// The glob of `artifact("…")` that `passed` was called on.
    pub(super) artifact: Option<String>,
}

/// Every function there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    Int,
    Double,
    Text,
    Files,
    TextOf,
    Load,
    Documents,
    Passed,
    Keys,
    Number,
}

impl Function {
    /// Whether it reads a file of the repository as data.
    pub(super) fn loads(self) -> bool {
        matches!(self, Function::Load | Function::Documents)
    }

    /// Every function.
    pub(super) const ALL: [Function; 15] = [
        Function::Size,
        Function::Contains,
        Function::StartsWith,
        Function::EndsWith,
        Function::Matches,
        Function::Int,
        Function::Double,
        Function::Text,
        Function::Files,
        Function::TextOf,
        Function::Load,
        Function::Documents,
        Function::Passed,
        Function::Keys,
        Function::Number,
    ];

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            Function::Size => "size",
            Function::Contains => "contains",
            Function::StartsWith => "startsWith",
            Function::EndsWith => "endsWith",
            Function::Matches => "matches",
            Function::Int => "int",
            Function::Double => "double",
            Function::Text => "string",
            Function::Files => "files",
            Function::TextOf => "text",
            Function::Load => "load",
            Function::Documents => "documents",
            Function::Passed => "passed",
            Function::Keys => "keys",
            Function::Number => "number",
        }
    }

    /// Whether it may be called as `size(x)`.
    pub(super) fn is_free(self) -> bool {
        !matches!(self, Function::Contains | Function::StartsWith | Function::EndsWith)
    }

    /// Whether it may be called as `x.size()`.
    pub(super) fn is_member(self) -> bool {
        matches!(
            self,
            Function::Size
                | Function::Contains
                | Function::StartsWith
                | Function::EndsWith
                | Function::Matches
        )
    }

    /// How many arguments it takes, the receiver counted.
    pub(super) fn arity(self) -> usize {
        match self {
            Function::Contains | Function::StartsWith | Function::EndsWith | Function::Matches => 2,
            Function::Size
            | Function::Int
            | Function::Double
            | Function::Text
            | Function::Files
            | Function::TextOf
            | Function::Load
            | Function::Documents
            | Function::Passed
            | Function::Keys
            | Function::Number => 1,
        }
    }
}

impl Node {
    /// The pieces that it is made of, in the order of the text.
    pub(super) fn parts(&self) -> Vec<&Node> {
        match &self.kind {
            Kind::Literal(_) | Kind::Variable(_) | Kind::Fact(_) => Vec::new(),
            Kind::Member { of, .. } | Kind::Has { of, .. } => vec![of],
            Kind::Index { of, index } => vec![of, index],
            Kind::Not(inner) | Kind::Negate(inner) => vec![inner],
            Kind::And(terms) | Kind::Or(terms) | Kind::List(terms) => terms.iter().collect(),
            Kind::Choose(parts) => parts.iter().collect(),
            Kind::Compare(_, sides) | Kind::Within { sides, .. } | Kind::Arithmetic(_, sides) => {
                sides.iter().collect()
            }
            Kind::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
            Kind::Walk(walk) => [Some(&walk.over), walk.only.as_ref(), Some(&walk.body)]
                .into_iter()
                .flatten()
                .collect(),
            Kind::Call(call) => call.args.iter().collect(),
        }
    }
}
