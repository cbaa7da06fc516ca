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
    /// The values that it is compared with.
    pub(super) said: Vec<Value>,
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
    if let Kind::Compare(_, sides) | Kind::Within { sides, .. } = &node.kind {
        for (chain, other) in [(&sides[0], &sides[1]), (&sides[1], &sides[0])] {
            if matches!(chain.kind, Kind::Member { .. } | Kind::Index { .. }) {
                below(chain, names).said.extend(literals(other).cloned());
            }
        }
    }
    if let Kind::Walk(walk) = &node.kind {
        below(&walk.over, names).walked = true;
    }
    for part in node.parts() {
        collect(part, names);
    }
}

/// The values that stand in `node` as they are, by themselves or in a list.
fn literals(node: &Node) -> impl Iterator<Item = &Value> {
    let listed = match &node.kind {
        Kind::List(terms) => terms.as_slice(),
        _ => std::slice::from_ref(node),
    };
    listed.iter().filter_map(|term| match &term.kind {
        Kind::Literal(value) => Some(value),
        _ => None,
    })
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
