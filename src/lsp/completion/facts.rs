//! Facts in a condition, from the catalogue; names that artifacts give, from what was read.

use gen_lsp_types::CompletionItemKind;
use serde_json::Value;

use crate::condition;
use crate::facts::{self, Field, GROUPS, Type};

use super::{Known, Word};

/// What can be written at the end of `condition`, which begins at byte `from`; and the byte that it
/// takes the place of what stands from.
pub(super) fn words(condition: &str, from: usize, known: Known<'_>) -> (Vec<Word>, usize) {
    let chain = Chain::at_the_end(condition);
    let start = from + condition.len() - chain.typed.len();
    let Some((first, rest)) = chain.steps.split_first() else { return (roots(), start) };
    let Some(group) = facts::group(first) else { return (Vec::new(), start) };
    let of = rest.iter().try_fold(group.ty, |ty, step| step_of(ty, step));
    let Some(of) = of else { return (Vec::new(), start) };
    let names = || names_of(&chain.steps, known).into_iter();
    let words = match (of, chain.quoted) {
        (Type::Names(_), true) => names().map(named).collect(),
        (_, true) => Vec::new(),
        (Type::Record(fields) | Type::Stats(fields), _) => fields.iter().map(fact).collect(),
        (Type::Names(_), _) => names().filter(|name| is_plain(name)).map(named).collect(),
        (Type::List(_), _) => condition::walks().into_iter().map(walk).collect(),
        (Type::Any, _) => names().filter(|name| is_plain(name)).map(named).collect(),
        _ => Vec::new(),
    };
    (words, start)
}

fn step_of(of: Type, step: &str) -> Option<Type> {
    match of {
        Type::Record(fields) | Type::Stats(fields) => {
            fields.iter().find(|field| field.name == step).map(|field| field.ty)
        }
        Type::Names(inner) => Some(*inner),
        Type::Any => Some(Type::Any),
        _ => None,
    }
}

fn roots() -> Vec<Word> {
    let functions = condition::functions().into_iter();
    let functions =
        functions.map(|name| Word::new(name, CompletionItemKind::Function).detail("function"));
    GROUPS.iter().map(fact).chain(functions).collect()
}

fn fact(field: &Field) -> Word {
    let kind = match field.ty {
        Type::Record(_) | Type::Stats(_) | Type::Names(_) => CompletionItemKind::Module,
        _ => CompletionItemKind::Field,
    };
    let unit = field.unit.word();
    let detail = if unit.is_empty() {
        word(field.ty).to_owned()
    } else {
        format!("{}, {unit}", word(field.ty))
    };
    Word::new(field.name, kind).detail(detail).about(field.about)
}

fn word(of: Type) -> &'static str {
    match of {
        Type::Bool => "true or false",
        Type::Int => "whole number",
        Type::Double => "number",
        Type::Text => "text",
        Type::Time => "time",
        Type::List(_) => "list",
        Type::Names(_) => "names",
        Type::Record(_) | Type::Stats(_) => "facts",
        Type::Any => "anything",
    }
}

fn named(name: String) -> Word {
    Word::new(name, CompletionItemKind::Variable).detail("in an artifact that was read")
}

fn walk(name: &'static str) -> Word {
    Word::new(name, CompletionItemKind::Method).detail("of a list")
}

/// The names that artifacts have under `steps`, each once.
fn names_of(steps: &[String], known: Known<'_>) -> Vec<String> {
    let Some(((snapshot, _), (group, rest))) = known.zip(steps.split_first()) else {
        return Vec::new();
    };
    let groups = snapshot.artifacts.iter().filter_map(|artifact| artifact.facts.figures(group));
    let under = |group: Value| {
        let place = rest.iter().try_fold(&group, |value, step| value.get(step.as_str()))?;
        Some(place.as_object()?.keys().cloned().collect::<Vec<_>>())
    };
    let mut names: Vec<String> = groups.filter_map(under).flatten().collect();
    names.sort();
    names.dedup();
    names
}

fn is_plain(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(is_letter)
}

/// `ci.jobs["test"].con` at the end of a condition: the steps that are whole, and what is typed of
/// the next.
#[derive(Debug, PartialEq, Eq)]
struct Chain<'c> {
    steps: Vec<String>,
    typed: &'c str,
    /// Whether what is typed stands in quotes between brackets.
    quoted: bool,
}

impl<'c> Chain<'c> {
    fn at_the_end(condition: &'c str) -> Chain<'c> {
        let (before, typed, quoted) = match open_quote(condition) {
            Some(at) => {
                let typed = condition.get(at..).unwrap_or_default();
                let brackets = condition.get(..at).unwrap_or_default();
                let before = brackets.trim_end_matches(['"', '\'', '\\']);
                (before.strip_suffix('['), typed, true)
            }
            None => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let before = condition.trim_end_matches(is_name);
                let typed = condition.get(before.len()..).unwrap_or_default();
                (before.strip_suffix('.'), typed, false)
            }
        };
        let mut steps = Vec::new();
        let mut rest = before;
        while let Some(before) = rest {
            let Some((step, ahead)) = last_step(before) else {
                // What stands before the dot is no chain of names.
                steps = vec![String::new()];
                break;
            };
            steps.insert(0, step);
            rest = ahead;
        }
        Chain { steps, typed, quoted }
    }
}

/// Where a name in quotes begins that is not ended, right after `[`.
fn open_quote(condition: &str) -> Option<usize> {
    let at = condition.rfind(['"', '\''])?;
    let before = condition.get(..at)?.trim_end_matches('\\');
    before.ends_with('[').then_some(at + 1)
}

/// The last whole step of a chain, and what stands before its dot or bracket, where it has one.
fn last_step(chain: &str) -> Option<(String, Option<&str>)> {
    if let Some(inner) = chain.strip_suffix(']') {
        let open = inner.rfind('[')?;
        let name = inner.get(open + 1..)?.trim_matches(['"', '\'', '\\']);
        return Some((name.to_owned(), Some(inner.get(..open)?)));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = chain.trim_end_matches(is_name);
    let step = chain.get(before.len()..).filter(|step| !step.is_empty())?;
    Some((step.to_owned(), before.strip_suffix('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(condition: &str) -> (Vec<String>, &str, bool) {
        let chain = Chain::at_the_end(condition);
        (chain.steps, chain.typed, chain.quoted)
    }

    fn labels(condition: &str) -> Vec<String> {
        words(condition, 0, None).0.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn chains_are_read_from_their_end() {
        let steps = |all: &[&str]| all.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
        assert_eq!(chain("a && tests.fa"), (steps(&["tests"]), "fa", false));
        assert_eq!(chain("tests.failed == 0 && fi"), (steps(&[]), "fi", false));
        assert_eq!(
            chain("ci.jobs[\"a b\"].steps.x.c"),
            (steps(&["ci", "jobs", "a b", "steps", "x"]), "c", false)
        );
        assert_eq!(chain("ci.jobs[\\\"te"), (steps(&["ci", "jobs"]), "te", true));
        assert_eq!(chain("f(x).y"), (steps(&[""]), "y", false));
    }

    #[test]
    fn every_group_and_its_facts_are_offered() {
        let roots = labels("");
        for group in GROUPS {
            assert!(roots.iter().any(|label| label == group.name), "{}", group.name);
        }
        assert!(roots.contains(&"passed".to_owned()));
        assert!(labels("tests.total > 0 && tests.f").contains(&"failed".to_owned()));
        assert!(labels("metrics.x.").contains(&"p95".to_owned()));
        assert!(labels("coverage.lines.").contains(&"pct".to_owned()));
        assert!(labels("findings.list.").contains(&"all".to_owned()));
        assert_eq!(labels("nothing."), Vec::<String>::new());
        assert_eq!(labels("tests.total."), Vec::<String>::new());
        assert_eq!(words("tests.f", 10, None).1, 16);
    }
}
