//! The further names of a finding: that it has none says something where its rule is asked the same,
//! `f.rule == "CVE-1" || "CVE-1" in f.aliases`.

use super::term::Doubt;
use crate::condition::Undecided;
use crate::condition::syntax::Comparison;
use crate::condition::tree::{How, Kind, Node};
use crate::model::Rule;

/// Whether `doubt` is that a list is empty, and the list is one of further names whose entry is asked
/// by `other` for the same.
pub(super) fn is_answered_by(term: &Node, doubt: &Doubt, other: &Node) -> bool {
    let is_empty = matches!(**doubt, Undecided::Untrusted { rule: Rule::OverNothing, .. });
    is_empty
        && match &term.kind {
            Kind::Within { sides, .. } => {
                let [needle, hay] = sides.as_ref();
                aliases_of(hay).is_some_and(|entry| asks_rule(other, entry, needle))
            }
            Kind::Walk(walk) if walk.how == How::Exists => aliases_of(&walk.over)
                .is_some_and(|entry| is_same(&walk.body, other, (&walk.variable, entry))),
            _ => false,
        }
}

/// The variable of which `node` is the list of further names.
fn aliases_of(node: &Node) -> Option<&str> {
    member_of(node, "aliases")
}

fn member_of<'n>(node: &'n Node, wanted: &str) -> Option<&'n str> {
    let Kind::Member { of, name } = &node.kind else { return None };
    match &of.kind {
        Kind::Variable(entry) if name == wanted => Some(entry),
        _ => None,
    }
}

fn is_rule_of(node: &Node, entry: &str) -> bool {
    member_of(node, "rule") == Some(entry)
}

/// Whether `node` asks if the rule of `entry` is `needle`, alone or among others.
fn asks_rule(node: &Node, entry: &str, needle: &Node) -> bool {
    let is_it = |other: &Node| other.to_string() == needle.to_string();
    match &node.kind {
        Kind::Compare(Comparison::Equal, sides) => {
            let [a, b] = sides.as_ref();
            is_rule_of(a, entry) && is_it(b) || is_rule_of(b, entry) && is_it(a)
        }
        Kind::Within { sides, .. } => {
            let [asked, hay] = sides.as_ref();
            let named = matches!(&hay.kind, Kind::List(items) if items.iter().any(is_it));
            is_rule_of(asked, entry) && named
        }
        _ => false,
    }
}

/// Whether `name` is asked in `a` what the rule of `entry` is asked in `b`.
fn is_same(a: &Node, b: &Node, (name, entry): (&str, &str)) -> bool {
    let is_alike = match (&a.kind, &b.kind) {
        (Kind::Variable(variable), _) if variable == name => return is_rule_of(b, entry),
        (Kind::Literal(_), Kind::Literal(_)) => a.to_string() == b.to_string(),
        (Kind::Compare(a, _), Kind::Compare(b, _)) => a == b,
        (Kind::Call(a), Kind::Call(b)) => a.function == b.function,
        (Kind::Within { .. }, Kind::Within { .. })
        | (Kind::And(_), Kind::And(_))
        | (Kind::Or(_), Kind::Or(_))
        | (Kind::Not(_), Kind::Not(_))
        | (Kind::List(_), Kind::List(_)) => true,
        _ => false,
    };
    let (ours, theirs) = (a.parts(), b.parts());
    is_alike
        && ours.len() == theirs.len()
        && ours.into_iter().zip(theirs).all(|(a, b)| is_same(a, b, (name, entry)))
}
