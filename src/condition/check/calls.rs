//! Functions: which there are, what they take, what they give.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::names::{did_you_mean, known_names};
use super::{Check, Checked};
use crate::condition::shape::{Shape, Ty};
use crate::condition::syntax::{Expr, Form, Name};
use crate::condition::tree::{Call, Function, How, Kind, Node};
use crate::facts::Value;
use crate::model::{Glob, counted, nearest};

/// The most memory that a compiled pattern may take, in bytes.
const PATTERN_BYTES: usize = 1 << 20;

/// Compiles a pattern of `matches` or `passed` within bounds.
pub(in crate::condition) fn pattern(text: &str) -> Result<Regex, String> {
    RegexBuilder::new(text).size_limit(PATTERN_BYTES).build().map_err(|fault| match fault {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            last.trim_start_matches("error: ").to_owned()
        }
    })
}

impl Check {
    /// `name(args)` or `on.name(args)`.
    pub(super) fn call(
        &mut self,
        on: Option<&Expr>,
        name: &Name,
        args: &[Expr],
        at: Range<usize>,
    ) -> Checked {
        match (on, name.text.as_str()) {
            (None, "has") => self.has(args, at),
            (None, "artifact") => self.artifact(args, at),
            (Some(on), word) if How::named(word).is_some() => {
                let how = How::named(word)?;
                self.walk(how, on, args, at)
            }
            (on, word) => {
                let function = Function::ALL.into_iter().find(|function| {
                    let fits = if on.is_some() { function.is_member() } else { function.is_free() };
                    function.word() == word && fits
                });
                match (function, on) {
                    (Some(function), on) => self.function(function, on, args, at),
                    (None, Some(on)) if word == "passed" => self.passed_of(on, args, name, at),
                    (None, on) => self.unknown_function(on, name),
                }
            }
        }
    }

    fn unknown_function(&mut self, on: Option<&Expr>, name: &Name) -> Checked {
        if let Some(on) = on {
            self.expr(on);
        }
        let word = name.text.as_str();
        let other_way = Function::ALL.into_iter().find(|function| function.word() == word);
        let hint = match (other_way, on) {
            (Some(_), Some(_)) => format!("Write `{word}(…)`."),
            (Some(_), None) => format!("Write `text.{word}(…)`."),
            (None, None) if How::named(word).is_some() => format!("Write `list.{word}(x, …)`."),
            (None, _) => unknown_hint(word, on.is_some()),
        };
        self.fault(name.at.clone(), format!("unknown function `{word}`"), Some(hint));
        None
    }

    fn function(
        &mut self,
        function: Function,
        on: Option<&Expr>,
        args: &[Expr],
        at: Range<usize>,
    ) -> Checked {
        let exprs: Vec<Expr> = on.into_iter().chain(args).cloned().collect();
        let checked = self.every(&exprs)?;
        if checked.len() != function.arity() {
            let wanted = function.arity() - usize::from(on.is_some());
            let message = format!(
                "`{}` takes {}; here are {}",
                function.word(),
                counted(wanted as u64, "argument"),
                args.len()
            );
            self.fault(at, message, None);
            return None;
        }
        for (position, (node, shape)) in checked.iter().enumerate() {
            self.argument(function, position, node, shape)?;
        }
        // Of a map of which none is good news, its names are such a list.
        let clean = function == Function::Keys && checked.iter().all(|(_, shape)| shape.clean);
        let shape = Shape { clean, ..Shape::of(result_of(function)) };
        let literal = checked.last().and_then(|(node, _)| literal_text(node).map(|t| (node, t)));
        let mut compiled = None;
        if let Some((node, text)) = literal {
            compiled = self.literal(function, node, &text)?;
        }
        let args = checked.into_iter().map(|(node, _)| node).collect();
        let call = Call { function, args, pattern: compiled, artifact: None };
        Some((Node { kind: Kind::Call(call), at }, shape))
    }

    /// Whether an argument is of the type that its function takes.
    fn argument(
        &mut self,
        function: Function,
        position: usize,
        node: &Node,
        shape: &Shape,
    ) -> Option<()> {
        let ty = &shape.ty;
        let (fits, wanted) = match function {
            Function::Size => (
                matches!(ty, Ty::Any | Ty::Text | Ty::List(_) | Ty::Names(_) | Ty::Record { .. }),
                "a list, a map or a text",
            ),
            Function::Keys => (matches!(ty, Ty::Any | Ty::Names(_) | Ty::Record { .. }), "a map"),
            Function::Int | Function::Double => {
                (ty.is_number() || ty.is_text(), "a number or a text")
            }
            Function::Text => (
                ty.is_number() || ty.is_text() || ty.is_bool(),
                "a number, a text, or true or false",
            ),
            Function::Contains
            | Function::StartsWith
            | Function::EndsWith
            | Function::Matches
            | Function::Files
            | Function::TextOf
            | Function::Load
            | Function::Documents
            | Function::Passed
            | Function::Number => (ty.is_text(), "a text"),
        };
        if fits {
            return Some(());
        }
        let word = function.word();
        let message = format!("`{word}` takes {wanted}; `{node}` is {}", ty.kind());
        let hint = match (function, position, ty) {
            (Function::Contains, 0, Ty::List(_)) => Some("Write `x in list`.".to_owned()),
            _ => None,
        };
        self.fault(node.at.clone(), message, hint);
        None
    }

    /// Checks a literal argument; the compiled pattern, where it is one.
    fn literal(&mut self, function: Function, node: &Node, text: &str) -> Option<Option<Regex>> {
        let wrong = match function {
            Function::Matches | Function::Passed => match pattern(text) {
                Ok(pattern) => return Some(Some(pattern)),
                Err(why) => Some(format!("this pattern cannot be read: {why}")),
            },
            Function::Files => match Glob::new(text) {
                Ok(_) => outside(text),
                Err(fault) => Some(fault.to_string()),
            },
            Function::TextOf | Function::Load | Function::Documents => outside(text),
            Function::Number if text.trim().parse::<f64>().is_err() => {
                Some(format!("{node} is no number"))
            }
            _ => None,
        };
        match wrong {
            Some(message) => {
                self.fault(node.at.clone(), message, None);
                None
            }
            None => Some(None),
        }
    }

    /// `has(of.name)`.
    fn has(&mut self, args: &[Expr], at: Range<usize>) -> Checked {
        if let [only] = args
            && let Form::Member { of, name } = &only.form
        {
            let (parent, shape) = self.resolve(of)?;
            self.member_of(parent.clone(), shape, name, only.at.clone())?;
            let kind = Kind::Has { of: Box::new(parent), name: name.text.clone() };
            return Some((Node { kind, at }, Shape::of(Ty::Bool)));
        }
        let hint = match args {
            [Expr { form: Form::Index { .. }, .. }] => "Write `\"name\" in map`.",
            _ => "Write `has(a.b)`.",
        };
        self.fault(at, "`has` asks for one member".to_owned(), Some(hint.to_owned()));
        None
    }

    /// `artifact("glob")`, which a group of facts must follow.
    fn artifact(&mut self, args: &[Expr], at: Range<usize>) -> Checked {
        let literal = match args {
            [Expr { form: Form::Literal(Value::Text(glob)), at }] => Some((glob.to_string(), at)),
            _ => None,
        };
        let Some((glob, glob_at)) = literal else {
            let hint = "Write `artifact(\"reports/a.json\").tests.failed`.".to_owned();
            self.fault(at, "`artifact` takes one literal glob".to_owned(), Some(hint));
            return None;
        };
        if let Err(fault) = Glob::new(&glob) {
            self.fault(glob_at.clone(), fault.to_string(), None);
            return None;
        }
        // Never evaluated: a group or `passed` takes its place.
        let node = Node { kind: Kind::Literal(Value::text(&glob)), at };
        Some((node, Shape::of(Ty::Artifact(glob))))
    }

    /// `artifact("glob").passed("pattern")`.
    fn passed_of(&mut self, on: &Expr, args: &[Expr], name: &Name, at: Range<usize>) -> Checked {
        let (_, shape) = self.resolve(on)?;
        let Ty::Artifact(glob) = shape.ty else {
            let hint = "Write `passed(\"…\")`.".to_owned();
            self.fault(name.at.clone(), "unknown function `passed`".to_owned(), Some(hint));
            return None;
        };
        let (mut node, shape) = self.function(Function::Passed, None, args, at)?;
        if let Kind::Call(call) = &mut node.kind {
            call.artifact = Some(glob);
        }
        Some((node, shape))
    }
}

fn result_of(function: Function) -> Ty {
    match function {
        Function::Size | Function::Int => Ty::Int,
        Function::Contains
        | Function::StartsWith
        | Function::EndsWith
        | Function::Matches
        | Function::Passed => Ty::Bool,
        Function::Double | Function::Number => Ty::Double,
        Function::Text | Function::TextOf => Ty::Text,
        Function::Files | Function::Keys => Ty::List(Box::new(Ty::Text)),
        Function::Load => Ty::Any,
        Function::Documents => Ty::List(Box::new(Ty::Any)),
    }
}

fn literal_text(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Literal(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}

/// Why a path leads out of the repository.
pub(in crate::condition) fn outside(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("this path is empty".to_owned());
    }
    let leaves = path.starts_with('/') || path.split(['/', '\\']).any(|part| part == "..");
    leaves.then(|| format!("`{path}` leads out of the repository"))
}

fn unknown_hint(word: &str, member: bool) -> String {
    match word {
        "timestamp" | "duration" => {
            return "Times are RFC 3339 texts in UTC: compare them as texts.".to_owned();
        }
        "length" | "len" | "count" => return "Write `.size()`.".to_owned(),
        "any" | "some" => return "Write `.exists(x, …)`.".to_owned(),
        "every" => return "Write `.all(x, …)`.".to_owned(),
        "includes" => return "Write `.contains(…)`, or `x in list`.".to_owned(),
        _ => {}
    }
    let known: Vec<&str> = Function::ALL
        .into_iter()
        .filter(|function| if member { function.is_member() } else { function.is_free() })
        .map(Function::word)
        .chain(
            if member {
                ["all", "exists", "exists_one", "filter", "map"].as_slice()
            } else {
                ["has", "artifact"].as_slice()
            }
            .iter()
            .copied(),
        )
        .collect();
    nearest(word, known.iter().copied()).map_or_else(|| known_names("Known", &known), did_you_mean)
}
