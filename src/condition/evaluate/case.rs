//! Words that the evidence writes in another case than the condition: Trivy's `CRITICAL` is what is
//! meant by `critical`. That it is not the same text does not prove that it is not there.

use std::sync::Arc;

use regex::Regex;

use super::Evaluation;
use super::term::Doubt;
use crate::condition::Undecided;
use crate::condition::syntax::Comparison;
use crate::condition::tree::{Call, Function, Kind, Node};
use crate::facts::Value;

/// Why that two values differ proves nothing: they are texts that differ by their case alone.
pub(super) fn but_for_case(node: &Node, x: &Value, y: &Value) -> Option<Doubt> {
    let (Value::Text(a), Value::Text(b)) = (x, y) else { return None };
    let alike = a.eq_ignore_ascii_case(b)
        || !(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase();
    (alike && a != b).then(|| doubt(format!("{node} is {y} but for the case of its letters")))
}

/// The same of a comparison that came to `value`.
pub(super) fn of_comparison(
    how: Comparison,
    value: bool,
    (left, x): (&Node, &Value),
    (right, y): (&Node, &Value),
) -> Option<Doubt> {
    let differ = match how {
        Comparison::Equal => !value,
        Comparison::NotEqual => value,
        _ => false,
    };
    let of_right = matches!(left.kind, Kind::Literal(_));
    let (node, text, sought) = if of_right { (right, y, x) } else { (left, x, y) };
    differ.then(|| but_for_case(node, text, sought)).flatten()
}

impl Evaluation<'_> {
    /// Why it proves nothing that `text` does not hold what the condition spells out: it holds that in
    /// another case.
    pub(super) fn holds_in_another_case(
        &mut self,
        call: &Call,
        (on, text): (&Node, &str),
        (with, part): (&Node, &str),
    ) -> Result<Option<Doubt>, Undecided> {
        let literal = matches!(with.kind, Kind::Literal(_));
        let Some(pattern) = in_any_case(call.function, part).filter(|_| literal) else {
            return Ok(None);
        };
        self.spend(text.len() as u64 / 64)?;
        let pattern = self.pattern(&Arc::from(pattern))?;
        let there = is_there(&pattern, text);
        Ok(there.then(|| doubt(format!("{on} holds {with} but for the case of its letters"))))
    }
}

/// The pattern of the same in any case. None of one that asks for the case itself, as `[A-Z]` does;
/// `(?-i)` stays as it is.
fn in_any_case(function: Function, part: &str) -> Option<String> {
    let word = regex::escape(part);
    let pattern = match function {
        Function::Contains => word,
        Function::StartsWith => format!(r"\A{word}"),
        Function::EndsWith => format!(r"{word}\z"),
        _ if ["a-z", "A-Z", r"\p", "[:"].iter().any(|class| part.contains(class)) => return None,
        _ => part.to_owned(),
    };
    Some(format!("(?i){pattern}"))
}

/// Whether a word of `text` is or begins with what is sought. In small letters it is the whole word:
/// `ERROR` is a mark that `0 errors` does not bear.
fn is_there(pattern: &Regex, text: &str) -> bool {
    pattern.find_iter(text).any(|found| {
        let (first, last) = (found.as_str().chars().next(), found.as_str().chars().last());
        let before = text.get(..found.start()).and_then(|rest| rest.chars().last());
        let after = text.get(found.end()..).and_then(|rest| rest.chars().next());
        let inside = |one: Option<char>, other: Option<char>| {
            one.is_some_and(char::is_alphanumeric) && other.is_some_and(char::is_alphanumeric)
        };
        // `TypeError`
        let begins = !inside(before, first)
            || first.is_some_and(char::is_uppercase) && before.is_some_and(char::is_lowercase);
        let small = !found.as_str().chars().any(char::is_uppercase);
        first.is_some() && begins && !(small && inside(last, after))
    })
}

fn doubt(what: String) -> Doubt {
    let why = format!(
        "{what}, and neither that nor another. Ask for it as the evidence writes it, or in any case by \
         matches(\"(?i)…\")."
    );
    Arc::new(Undecided::Missing { why })
}
