//! Functions: of values, of the repository, and `passed`.

use std::sync::Arc;

use regex::Regex;

use super::Evaluation;
use super::arithmetic::double;
use super::compare::{BEYOND, not_a};
use super::logic::Truth;
use super::term::{Answer, Grasp, Term};
use crate::condition::Undecided;
use crate::condition::check::pattern;
use crate::condition::tree::{Call, Function, Kind, Node};
use crate::facts::Value;
use crate::model::Rule;

/// What compiling a pattern counts for, in steps.
const PATTERN_STEPS: u64 = 2_000;

impl Function {
    /// Whether it is answered by true or false.
    pub(super) fn is_question(self) -> bool {
        matches!(
            self,
            Function::Contains
                | Function::StartsWith
                | Function::EndsWith
                | Function::Matches
                | Function::Passed
        )
    }
}

/// A decided question, and what is shown of it where that is more than yes or no.
pub(super) type Asked = Result<(Truth, Option<Value>), Undecided>;

impl Evaluation<'_> {
    /// A function that gives a value.
    pub(super) fn call(&mut self, call: &Call) -> Answer {
        let Some(node) = call.args.first() else { return Err(Undecided::Partial) };
        let term = self.eval(node)?;
        let doubt = term.doubt.clone();
        let value = match (call.function, term.grasp) {
            (Function::Size, Grasp::AtLeast(entries)) => {
                let low = Some(Value::count(entries.len() as u64));
                return Ok(Term { grasp: Grasp::Between { low, high: None }, doubt });
            }
            (Function::Double, Grasp::Between { low, high }) => {
                let limit = |v: Option<Value>| v.as_ref().and_then(double).map(Value::Double);
                let grasp = Grasp::Between { low: limit(low), high: limit(high) };
                return Ok(Term { grasp, doubt });
            }
            (Function::Size, Grasp::Known(map)) if self.may_have_more(node, &map) => {
                let low = Some(size(node, &map)?);
                return Ok(Term { grasp: Grasp::Between { low, high: None }, doubt });
            }
            (Function::Keys, Grasp::Known(map)) if self.may_have_more(node, &map) => {
                let names = map.names().into_iter().map(Value::text).collect();
                return Ok(Term { grasp: Grasp::AtLeast(Arc::new(names)), doubt });
            }
            (_, Grasp::Known(value)) => value,
            _ => return Err(Undecided::Partial),
        };
        let result = match call.function {
            Function::Files => return Ok(self.files(node, &value)?.with_doubt(doubt)),
            Function::Size => size(node, &value),
            Function::Keys => keys(node, &value),
            Function::Int => whole(node, &value),
            Function::Double => fraction(node, &value),
            Function::Number => number(node, &value),
            Function::Text => written(node, &value),
            Function::TextOf | Function::Load => self.repository(call.function, node, &value),
            Function::Documents => self.repository(Function::Load, node, &value).map(documents),
            Function::Contains
            | Function::StartsWith
            | Function::EndsWith
            | Function::Matches
            | Function::Passed => Err(Undecided::Partial),
        };
        Ok(Term::known(result?).with_doubt(doubt))
    }

    /// A function that is answered by true or false.
    pub(super) fn ask(&mut self, call: &Call) -> Asked {
        if call.function == Function::Passed {
            return self.passed(call);
        }
        let [on, with] = call.args.as_slice() else { return Err(Undecided::Partial) };
        let (a, b) = (self.eval(on)?, self.eval(with)?);
        let doubt = a.doubt.clone().or_else(|| b.doubt.clone());
        let (x, y) = (a.value()?, b.value()?);
        self.is_worth_seeking(with)?;
        let Value::Text(text) = &x else { return Err(not_a(on, &x, "a text")) };
        let Value::Text(part) = &y else { return Err(not_a(with, &y, "a text")) };
        self.spend(text.len() as u64 / 64)?;
        let value = match call.function {
            Function::Contains => {
                self.by_any_name(on, text, part, |name| name.contains(part.as_ref()))?
            }
            Function::StartsWith => {
                self.comparable(on, text, part, |path| path.starts_with(part.as_ref()))?;
                self.by_any_name(on, text, part, |name| name.starts_with(part.as_ref()))?
            }
            Function::EndsWith => {
                self.by_any_name(on, text, part, |name| name.ends_with(part.as_ref()))?
            }
            _ => {
                let computed;
                let pattern = match &call.pattern {
                    Some(pattern) => pattern,
                    None => {
                        computed = self.pattern(part)?;
                        &computed
                    }
                };
                self.comparable(on, text, part, |path| pattern.is_match(path))?;
                self.by_any_name(on, text, part, |name| pattern.is_match(name))?
            }
        };
        if value {
            self.is_whole_number(call.function, (on, text), (with, part))?;
        }
        let doubt = match doubt {
            None if !value => self.holds_in_another_case(call, (on, text), (with, part))?,
            doubt => doubt,
        };
        Ok((self.settle(value, doubt)?, None))
    }

    /// A pattern that the condition computes.
    pub(super) fn pattern(&mut self, text: &Arc<str>) -> Result<Regex, Undecided> {
        if let Some(known) = self.patterns.get(text) {
            return Ok(known.clone());
        }
        self.spend(PATTERN_STEPS)?;
        let compiled = pattern(text).map_err(|why| Undecided::Missing {
            why: format!("The pattern {text:?} cannot be read: {why}."),
        })?;
        self.patterns.insert(Arc::clone(text), compiled.clone());
        Ok(compiled)
    }
}

fn size(node: &Node, value: &Value) -> Result<Value, Undecided> {
    match value {
        Value::List(entries) => Ok(Value::count(entries.len() as u64)),
        Value::Map(_) => Ok(Value::count(value.names().len() as u64)),
        Value::Text(text) => Ok(Value::count(text.chars().count() as u64)),
        other => Err(not_a(node, other, "a list, a map or a text")),
    }
}

/// The documents of a file, one by one. One in which nothing stands, as behind a last `---`, is none.
fn documents(file: Value) -> Value {
    let all = match &file {
        Value::List(all) => all.as_ref().clone(),
        _ => vec![file],
    };
    Value::list(all.into_iter().filter(|document| *document != Value::Null).collect())
}

fn keys(node: &Node, value: &Value) -> Result<Value, Undecided> {
    match value {
        Value::Map(_) => {
            let names = value.names().into_iter();
            Ok(Value::list(names.map(Value::text).collect()))
        }
        other => Err(not_a(node, other, "a map")),
    }
}

fn whole(node: &Node, value: &Value) -> Result<Value, Undecided> {
    let fits = |value: f64| value.is_finite() && value.abs() < 9.2e18;
    match value {
        Value::Int(value) => Ok(Value::Int(*value)),
        Value::Double(figure) | Value::Written(figure, _) if fits(*figure) => {
            let is_written = matches!(node.kind, Kind::Literal(_));
            if figure.fract() != 0.0 && !is_written {
                let why =
                    format!("int({node}) drops the rest of {value}: compare the figure itself.");
                return Err(Undecided::Untrusted { rule: Rule::NotANumber, why });
            }
            Ok(Value::Int(figure.trunc() as i64))
        }
        Value::Text(text) => match text.trim().parse() {
            Ok(value) => Ok(Value::Int(value)),
            Err(_) => Err(not_a(node, value, "a number")),
        },
        other => Err(not_a(node, other, "a number")),
    }
}

fn fraction(node: &Node, value: &Value) -> Result<Value, Undecided> {
    match value {
        Value::Text(_) => number(node, value),
        other => double(other).map(Value::Double).ok_or_else(|| not_a(node, other, "a number")),
    }
}

/// `number("612.4")`; NaN and infinities are no numbers.
fn number(node: &Node, value: &Value) -> Result<Value, Undecided> {
    let parsed = match value {
        Value::Text(text) => text.trim().parse::<f64>().ok(),
        other => double(other),
    };
    match parsed {
        Some(number) if number.is_finite() => Ok(Value::Double(number)),
        _ => Err(not_a(node, value, "a number")),
    }
}

fn written(node: &Node, value: &Value) -> Result<Value, Undecided> {
    match value {
        Value::Text(_) => Ok(value.clone()),
        // Its last digits are not those of the document.
        Value::Double(number) | Value::Written(number, _) if number.abs() >= BEYOND => {
            Err(not_a(node, value, "a number"))
        }
        Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::Written(..) => {
            Ok(Value::text(value.to_string()))
        }
        other => Err(not_a(node, other, "a number or a text")),
    }
}
