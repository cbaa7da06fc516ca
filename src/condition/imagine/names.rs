//! The names that a condition asks of what has no type: documents, and the entries of their lists.

use std::collections::BTreeMap;

use crate::condition::tree::{Function, Kind, Node};
use crate::facts::Value;

/// What is asked below a value.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Members by name.
    pub(super) members: BTreeMap<String, Names>,
    /// What is asked of an entry: of a list by its number, of a map by a name that is computed.
    pub(super) entry: Option<Box<Names>>,
    /// Whether it is gone through.
    pub(super) walked: bool,
    /// Whether its keys are asked for: it is a map, whatever its names.
    pub(super) keyed: bool,
}

impl Names {
    /// Everything that `roots` ask. One tree for all documents: a name too many is no harm.
    pub(super) fn of(roots: &[&Node]) -> Names {
        let mut names = Names::default();
        roots.iter().for_each(|root| collect(root, &mut names));
        names
    }

    /// Whether nothing is asked below.
    pub(super) fn is_leaf(&self) -> bool {
        self.members.is_empty() && self.entry.is_none() && !self.keyed
    }
}

fn collect(node: &Node, names: &mut Names) {
    below(node, names);
    // `"alert" in rule` asks a map for a name.
    if let Kind::Within { sides, .. } = &node.kind
        && let Kind::Literal(Value::Text(name)) = &sides[0].kind
    {
        below(&sides[1], names).members.entry(name.to_string()).or_default();
    }
    if let Kind::Walk(walk) = &node.kind {
        below(&walk.over, names).walked = true;
    }
    for part in node.parts() {
        collect(part, names);
    }
}

/// The place of the chain `node` in the tree, made where it is new.
fn below<'n>(node: &Node, names: &'n mut Names) -> &'n mut Names {
    match &node.kind {
        Kind::Member { of, name } | Kind::Has { of, name } => {
            below(of, names).members.entry(name.clone()).or_default()
        }
        Kind::Index { of, index } => {
            let of = below(of, names);
            match &index.kind {
                Kind::Literal(Value::Text(name)) => of.members.entry(name.to_string()).or_default(),
                _ => of.entry.get_or_insert_default(),
            }
        }
        Kind::Call(call) if call.function == Function::Keys => match call.args.first() {
            Some(of) => {
                let of = below(of, names);
                of.keyed = true;
                of
            }
            None => names,
        },
        _ => names,
    }
}
