//! The only door to the `cel` crate: text in, our own tree out.
//!
//! Only its parser is used, without macros, so that `all` and `has` arrive as they are written.
//! Its errors are never displayed (they panic on far columns); `explain` finds words for them.

use std::ops::Range;

use cel::common::ast::{CallExpr, EntryExpr, Expr as Cel, LiteralValue, SourceInfo, operators};
use cel::{Env, IdedExpr};

use super::Fault;
use super::explain;
use super::syntax::{Arithmetic, Comparison, Expr, Form, Name};
use crate::facts::Value;

/// The longest condition, in bytes.
pub(super) const LONGEST: usize = 4096;

/// The deepest nesting of one expression in another.
const DEEPEST: usize = 64;

/// Parses `source`, which may be any text.
pub(super) fn parse(source: &str) -> Result<Expr, Vec<Fault>> {
    if source.len() > LONGEST {
        return Err(vec![Fault {
            at: 0..0,
            message: format!("the condition has {} bytes; the limit is {LONGEST}", source.len()),
            hint: Some("Split it: several requirements of one item all hold together.".to_owned()),
        }]);
    }
    let parser = Env::default().with_optional_support(false).parser();
    match parser.parse_with_source_info(source) {
        Ok((root, info)) => {
            Door { source, info: &info }.expr(&root, 0).map_err(|fault| vec![fault])
        }
        Err(errors) => {
            let first = errors.errors.first();
            let at = first.map_or((1, 1), |error| error.pos);
            let message = first.map(|error| error.msg.as_str()).unwrap_or_default();
            Err(vec![explain::syntax_fault(source, offset_of(source, at), message)])
        }
    }
}

/// The byte of a 1-based line and column in characters.
fn offset_of(source: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let mut start = 0;
    for text in source.split_inclusive('\n').take(line - 1) {
        start += text.len();
    }
    let rest = source.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
    start + within
}

/// What the crate knows of places: by node, in bytes (its errors count characters).
struct Door<'s> {
    source: &'s str,
    info: &'s SourceInfo,
}

impl Door<'_> {
    /// The bytes of the token that the crate gives a node: a name, a literal, an operator, `(`.
    fn token(&self, id: u64) -> Range<usize> {
        let (first, last) = self.info.offset_for(id).unwrap_or_default();
        let start = (first as usize).min(self.source.len());
        start..(last as usize + 1).clamp(start, self.source.len())
    }

    fn expr(&self, node: &IdedExpr, depth: usize) -> Result<Expr, Fault> {
        let token = self.token(node.id);
        if depth > DEEPEST {
            return Err(fault(
                token,
                format!("the condition is nested more than {DEEPEST} deep"),
                "Split it: several requirements of one item all hold together.",
            ));
        }
        match &node.expr {
            Cel::Literal(literal) => self.literal(literal, token),
            Cel::Ident(name) => match name.strip_prefix('.') {
                Some(bare) => Err(fault(
                    token,
                    "a name begins with a dot".to_owned(),
                    &format!("Write `{bare}`."),
                )),
                None => Ok(Expr { form: Form::Name(name.clone()), at: token }),
            },
            Cel::Select(select) => {
                let of = self.expr(&select.operand, depth + 1)?;
                let name = self.name_after(token.end, &select.field);
                let at = of.at.start..name.at.end;
                Ok(Expr { form: Form::Member { of: Box::new(of), name }, at })
            }
            Cel::Call(call) => self.call(call, token, depth),
            Cel::List(list) => {
                let items = self.all(&list.elements, depth)?;
                let at = token.start..self.closing(&items, token.end, ']');
                Ok(Expr { form: Form::List(items), at })
            }
            Cel::Map(map) => {
                let mut entries = Vec::new();
                for entry in &map.entries {
                    let EntryExpr::MapEntry(entry) = &entry.expr else { continue };
                    entries.push((
                        self.expr(&entry.key, depth + 1)?,
                        self.expr(&entry.value, depth + 1)?,
                    ));
                }
                let last = entries.last().map_or(token.end, |(_, value)| value.at.end);
                let at = token.start..self.find(last, '}');
                Ok(Expr { form: Form::Map(entries), at })
            }
            Cel::Struct(_) => Err(fault(
                token,
                "a condition has no message types".to_owned(),
                "Write a map: `{\"name\": value}`.",
            )),
            Cel::Comprehension(_) | Cel::Unspecified => {
                Err(fault(token, "this cannot be understood".to_owned(), ""))
            }
        }
    }

    fn all(&self, nodes: &[IdedExpr], depth: usize) -> Result<Vec<Expr>, Fault> {
        nodes.iter().map(|node| self.expr(node, depth + 1)).collect()
    }

    fn literal(&self, literal: &LiteralValue, at: Range<usize>) -> Result<Expr, Fault> {
        let value = match literal {
            LiteralValue::Boolean(value) => Value::Bool(*value.inner()),
            LiteralValue::Double(value) => Value::Double(*value.inner()),
            LiteralValue::Int(value) => Value::Int(*value.inner()),
            LiteralValue::Null => Value::Null,
            LiteralValue::String(text) => Value::text(text.inner()),
            LiteralValue::UInt(value) => match i64::try_from(*value.inner()) {
                Ok(value) => Value::Int(value),
                Err(_) => {
                    return Err(fault(at, "this number is beyond 64 bits".to_owned(), ""));
                }
            },
            LiteralValue::Bytes(_) => {
                return Err(fault(
                    at,
                    "a condition has no bytes".to_owned(),
                    "Write a text: take the `b` away.",
                ));
            }
        };
        Ok(Expr { form: Form::Literal(value), at })
    }

    fn call(&self, call: &CallExpr, token: Range<usize>, depth: usize) -> Result<Expr, Fault> {
        if let Some(operator) = Operator::named(&call.func_name) {
            return self.operator(operator, call, token, depth);
        }
        let on = match &call.target {
            Some(target) => Some(Box::new(self.expr(target, depth + 1)?)),
            None => None,
        };
        let args = self.all(&call.args, depth)?;
        let name = self.name_before(token.start, &call.func_name);
        let start = on.as_ref().map_or(name.at.start, |on| on.at.start);
        let at = start..self.closing(&args, token.end, ')');
        Ok(Expr { form: Form::Call { on, name, args }, at })
    }

    fn operator(
        &self,
        operator: Operator,
        call: &CallExpr,
        token: Range<usize>,
        depth: usize,
    ) -> Result<Expr, Fault> {
        if let Operator::And | Operator::Or = operator {
            return self.chain(operator, call, depth);
        }
        let args = self.all(&call.args, depth)?;
        let from = args.first().map_or(token.start, |arg| arg.at.start).min(token.start);
        let to = args.last().map_or(token.end, |arg| arg.at.end);
        let at = match operator {
            Operator::Index => from..self.closing(&args, token.end, ']'),
            _ => from..to,
        };
        let incomplete = || fault(token.clone(), "this cannot be understood".to_owned(), "");
        let form = match operator {
            Operator::Not => Form::Not(Box::new(one(args).ok_or_else(incomplete)?)),
            Operator::Negate => Form::Negate(Box::new(one(args).ok_or_else(incomplete)?)),
            Operator::Choose => Form::Choose(some(args).ok_or_else(incomplete)?),
            Operator::Compare(how) => Form::Compare(how, some(args).ok_or_else(incomplete)?),
            Operator::Arithmetic(how) => Form::Arithmetic(how, some(args).ok_or_else(incomplete)?),
            Operator::In => Form::Within(some(args).ok_or_else(incomplete)?),
            Operator::Index => {
                let [of, index] = *some(args).ok_or_else(incomplete)?;
                Form::Index { of: Box::new(of), index: Box::new(index) }
            }
            Operator::And | Operator::Or => return Err(incomplete()),
        };
        Ok(Expr { form, at })
    }

    /// `a && b && c` as one list; the crate gives a balanced tree.
    fn chain(&self, operator: Operator, call: &CallExpr, depth: usize) -> Result<Expr, Fault> {
        let mut terms = Vec::new();
        for arg in &call.args {
            let term = self.expr(arg, depth + 1)?;
            match (term.form, operator) {
                (Form::And(inner), Operator::And) | (Form::Or(inner), Operator::Or) => {
                    terms.extend(inner);
                }
                (form, _) => terms.push(Expr { form, at: term.at }),
            }
        }
        let start = terms.first().map_or(0, |term| term.at.start);
        let end = terms.last().map_or(start, |term| term.at.end);
        let form = match operator {
            Operator::And => Form::And(terms),
            _ => Form::Or(terms),
        };
        Ok(Expr { form, at: start..end })
    }

    /// The name that follows the dot before byte `from`.
    fn name_after(&self, from: usize, name: &str) -> Name {
        let rest = self.source.get(from..).unwrap_or_default();
        let start = from + rest.find(name).unwrap_or_default();
        Name { text: name.to_owned(), at: start..(start + name.len()).min(self.source.len()) }
    }

    /// The name that stands before the bracket at byte `until`.
    fn name_before(&self, until: usize, name: &str) -> Name {
        let before = self.source.get(..until).unwrap_or_default();
        let start = before.rfind(name).unwrap_or(until);
        Name { text: name.to_owned(), at: start..(start + name.len()).min(self.source.len()) }
    }

    fn closing(&self, args: &[Expr], open_end: usize, bracket: char) -> usize {
        self.find(args.last().map_or(open_end, |arg| arg.at.end.max(open_end)), bracket)
    }

    /// One past the next `bracket` from byte `from`.
    fn find(&self, from: usize, bracket: char) -> usize {
        let rest = self.source.get(from..).unwrap_or_default();
        rest.find(bracket).map_or(self.source.len(), |at| from + at + bracket.len_utf8())
    }
}

/// The crate's operators, which it writes as calls.
#[derive(Clone, Copy)]
enum Operator {
    And,
    Or,
    Not,
    Negate,
    Choose,
    Index,
    In,
    Compare(Comparison),
    Arithmetic(Arithmetic),
}

impl Operator {
    fn named(name: &str) -> Option<Operator> {
        Some(match name {
            operators::LOGICAL_AND => Operator::And,
            operators::LOGICAL_OR => Operator::Or,
            operators::LOGICAL_NOT => Operator::Not,
            operators::NEGATE => Operator::Negate,
            operators::CONDITIONAL => Operator::Choose,
            operators::INDEX => Operator::Index,
            operators::IN => Operator::In,
            operators::EQUALS => Operator::Compare(Comparison::Equal),
            operators::NOT_EQUALS => Operator::Compare(Comparison::NotEqual),
            operators::LESS => Operator::Compare(Comparison::Less),
            operators::LESS_EQUALS => Operator::Compare(Comparison::LessOrEqual),
            operators::GREATER => Operator::Compare(Comparison::Greater),
            operators::GREATER_EQUALS => Operator::Compare(Comparison::GreaterOrEqual),
            operators::ADD => Operator::Arithmetic(Arithmetic::Add),
            operators::SUBSTRACT => Operator::Arithmetic(Arithmetic::Subtract),
            operators::MULTIPLY => Operator::Arithmetic(Arithmetic::Multiply),
            operators::DIVIDE => Operator::Arithmetic(Arithmetic::Divide),
            operators::MODULO => Operator::Arithmetic(Arithmetic::Remainder),
            _ => return None,
        })
    }
}

fn one(args: Vec<Expr>) -> Option<Expr> {
    let mut args = args.into_iter();
    let only = args.next()?;
    args.next().is_none().then_some(only)
}

fn some<const N: usize>(args: Vec<Expr>) -> Option<Box<[Expr; N]>> {
    args.try_into().ok().map(Box::new)
}

fn fault(at: Range<usize>, message: String, hint: &str) -> Fault {
    Fault { at, message, hint: (!hint.is_empty()).then(|| hint.to_owned()) }
}
