//! A checked condition as text again: how reads and reasons name what was asked.

use std::fmt;

use super::tree::{Call, Fact, Kind, Node, Walk};
use crate::facts::Value;

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(glob) = &self.artifact {
            write!(f, "artifact({glob:?}).")?;
        }
        f.write_str(&self.path.join("."))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Literal(value) => literal(value, f),
            Kind::Variable(name) => f.write_str(name),
            Kind::Fact(fact) => write!(f, "{fact}"),
            Kind::Member { of, name } => match is_name(name) {
                true => write!(f, "{}.{name}", Operand(of)),
                false => write!(f, "{}[{name:?}]", Operand(of)),
            },
            Kind::Index { of, index } => write!(f, "{}[{index}]", Operand(of)),
            Kind::Has { of, name } => write!(f, "has({}.{name})", Operand(of)),
            Kind::Not(inner) => write!(f, "!{}", Operand(inner)),
            Kind::Negate(inner) => write!(f, "-{}", Operand(inner)),
            Kind::And(terms) => joined(terms, " && ", f),
            Kind::Or(terms) => joined(terms, " || ", f),
            Kind::Choose(parts) => {
                let [when, then, otherwise] = parts.as_ref();
                write!(f, "{} ? {} : {}", Operand(when), Operand(then), Operand(otherwise))
            }
            Kind::Compare(how, sides) => infix(sides, how.sign(), f),
            Kind::Within { sides, .. } => infix(sides, "in", f),
            Kind::Arithmetic(how, sides) => infix(sides, how.sign(), f),
            Kind::List(items) => {
                f.write_str("[")?;
                joined(items, ", ", f)?;
                f.write_str("]")
            }
            Kind::Map(entries) => {
                f.write_str("{")?;
                for (position, (key, value)) in entries.iter().enumerate() {
                    let comma = if position > 0 { ", " } else { "" };
                    write!(f, "{comma}{key}: {value}")?;
                }
                f.write_str("}")
            }
            Kind::Walk(walk) => write!(f, "{walk}"),
            Kind::Call(call) => write!(f, "{call}"),
        }
    }
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}({}, ", Operand(&self.over), self.how.word(), self.variable)?;
        if let Some(only) = &self.only {
            write!(f, "{only}, ")?;
        }
        write!(f, "{})", self.body)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(glob) = &self.artifact {
            write!(f, "artifact({glob:?}).")?;
        }
        let args = match self.args.split_first() {
            Some((receiver, rest)) if self.function.is_member() => {
                write!(f, "{}.", Operand(receiver))?;
                rest
            }
            _ => self.args.as_slice(),
        };
        write!(f, "{}(", self.function.word())?;
        joined(args, ", ", f)?;
        f.write_str(")")
    }
}

/// A piece as part of another: in parentheses where it would fall apart without.
struct Operand<'n>(&'n Node);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            Kind::And(_)
            | Kind::Or(_)
            | Kind::Choose(_)
            | Kind::Compare(..)
            | Kind::Within { .. }
            | Kind::Arithmetic(..)
            | Kind::Not(_)
            | Kind::Negate(_) => write!(f, "({})", self.0),
            _ => write!(f, "{}", self.0),
        }
    }
}

fn infix(sides: &[Node; 2], sign: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let [left, right] = sides;
    let own = binding(sign);
    let side = |node: &Node, least: u8| match node.kind {
        Kind::Arithmetic(how, _) if binding(how.sign()) >= least => node.to_string(),
        _ => Operand(node).to_string(),
    };
    write!(f, "{} {sign} {}", side(left, own), side(right, own + 1))
}

/// How strongly an operator holds its sides together.
fn binding(sign: &str) -> u8 {
    match sign {
        "*" | "/" | "%" => 2,
        "+" | "-" => 1,
        _ => 0,
    }
}

fn joined(nodes: &[Node], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (position, node) in nodes.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        match node.kind {
            Kind::And(_) | Kind::Or(_) | Kind::Choose(_) if between != ", " => {
                write!(f, "({node})")?;
            }
            _ => write!(f, "{node}")?,
        }
    }
    Ok(())
}

/// A literal as it is written; a fraction keeps its point.
fn literal(value: &Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Double(value) => write!(f, "{value:?}"),
        other => write!(f, "{other}"),
    }
}

fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}
