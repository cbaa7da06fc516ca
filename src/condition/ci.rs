//! Which CI runs, jobs and steps a condition asks, known from its tree: each of them must have run to
//! its end. What cannot be followed to a job or step asks for everything that it may lead to.

use std::collections::BTreeSet;

use super::syntax::Comparison;
use super::tree::{Call, Function, Kind, Node};
use crate::facts::Value;

/// A part of CI that a condition asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CiRead {
    /// The glob of `artifact("…")`, where one artifact is asked.
    pub artifact: Option<String>,
    /// What of it.
    pub part: CiPart,
}

/// What of a CI run is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CiPart {
    /// The run itself.
    Run,
    /// A job; every one where it is only known while it is evaluated.
    Job(Option<String>),
    /// A step of a job; every one of either where it is not known before.
    Step(Option<String>, Option<String>),
    /// The file as `data`, where it is one of a run.
    Document,
}

/// Adds what `root` asks of CI to `asked`.
pub(super) fn collect(root: &Node, asked: &mut BTreeSet<CiRead>) {
    node(root, false, asked);
}

/// Whether `root` names `skipped` among the conclusions that it takes, and asks for none but good ones:
/// `!= "failure"` beside it, or a count of those that are `"failure"`, would take what was skipped without
/// a word.
pub(super) fn takes_skipped(root: &Node) -> bool {
    names_skipped(root) && !denies(root)
}

fn names_skipped(node: &Node) -> bool {
    words_taken(node).contains(&"skipped") || node.parts().into_iter().any(names_skipped)
}

fn denies(node: &Node) -> bool {
    let denied = matches!(&node.kind, Kind::Not(_) | Kind::Compare(Comparison::NotEqual, _));
    let other = || words_taken(node).iter().any(|word| !["success", "skipped"].contains(word));
    denied && node.asks_a_conclusion() || other() || node.parts().into_iter().any(denies)
}

/// The words that a conclusion is compared with, where `node` does that.
fn words_taken(node: &Node) -> Vec<&str> {
    let written: Vec<&Node> = match &node.kind {
        Kind::Compare(Comparison::Equal, sides) => sides.iter().collect(),
        Kind::Within { sides, .. } => match &sides[1].kind {
            Kind::List(items) => items.iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let words = written.into_iter().filter_map(|node| match &node.kind {
        Kind::Literal(Value::Text(word)) => Some(word.as_ref()),
        _ => None,
    });
    if node.asks_a_conclusion() { words.collect() } else { Vec::new() }
}

/// `names` where only the names in a map are asked, as a walk does.
fn node(of: &Node, names: bool, asked: &mut BTreeSet<CiRead>) {
    if let Some(chain) = Chain::of(of) {
        let names = names || matches!(of.kind, Kind::Has { .. });
        for part in chain.parts(names) {
            asked.insert(CiRead { artifact: chain.artifact.clone(), part });
        }
        for index in chain.indexes {
            node(index, false, asked);
        }
        return;
    }
    match &of.kind {
        Kind::Walk(walk) => {
            node(&walk.over, true, asked);
            for part in walk.only.iter().chain([&walk.body]) {
                node(part, false, asked);
            }
        }
        Kind::Call(Call { function: Function::Keys | Function::Size, args, .. }) => {
            args.iter().for_each(|arg| node(arg, true, asked));
        }
        Kind::Within { sides, .. } => within(sides, asked),
        _ => of.parts().into_iter().for_each(|part| node(part, false, asked)),
    }
}

/// `"lint" in ci.jobs` asks for that job.
fn within([needle, hay]: &[Node; 2], asked: &mut BTreeSet<CiRead>) {
    if let (Kind::Literal(Value::Text(name)), Some(mut chain)) = (&needle.kind, Chain::of(hay)) {
        chain.path.push(Some(name.to_string()));
        for part in chain.parts(true) {
            asked.insert(CiRead { artifact: chain.artifact.clone(), part });
        }
        return;
    }
    node(needle, false, asked);
    node(hay, true, asked);
}

/// A fact of `ci` or `data` and the members behind it, as far as they are chained to it.
struct Chain<'n> {
    artifact: Option<String>,
    group: &'n str,
    /// The members; `None` for one that is computed.
    path: Vec<Option<String>>,
    indexes: Vec<&'n Node>,
}

impl<'n> Chain<'n> {
    fn of(node: &'n Node) -> Option<Chain<'n>> {
        match &node.kind {
            Kind::Fact(fact) if matches!(fact.group(), "ci" | "data") => Some(Chain {
                artifact: fact.artifact.clone(),
                group: fact.group(),
                path: fact.path.iter().skip(1).cloned().map(Some).collect(),
                indexes: Vec::new(),
            }),
            Kind::Member { of, name } | Kind::Has { of, name } => {
                let mut chain = Chain::of(of)?;
                chain.path.push(Some(name.clone()));
                Some(chain)
            }
            Kind::Index { of, index } => {
                let mut chain = Chain::of(of)?;
                chain.path.push(match &index.kind {
                    Kind::Literal(Value::Text(name)) => Some(name.to_string()),
                    _ => None,
                });
                chain.indexes.push(index);
                Some(chain)
            }
            _ => None,
        }
    }

    fn parts(&self, names: bool) -> Vec<CiPart> {
        if self.group == "data" {
            return vec![CiPart::Document];
        }
        let every_step = |job: &Option<String>| CiPart::Step(job.clone(), None);
        match self.path.as_slice() {
            [] if names => vec![CiPart::Run],
            [] | [None, ..] => vec![CiPart::Run, CiPart::Job(None), CiPart::Step(None, None)],
            [Some(jobs)] if jobs == "jobs" && names => vec![CiPart::Job(None)],
            [Some(jobs)] if jobs == "jobs" => vec![CiPart::Job(None), every_step(&None)],
            [Some(jobs), job] if jobs == "jobs" && names => vec![CiPart::Job(job.clone())],
            [Some(jobs), job] | [Some(jobs), job, None, ..] if jobs == "jobs" => {
                vec![CiPart::Job(job.clone()), every_step(job)]
            }
            [Some(jobs), job, Some(steps), rest @ ..] if jobs == "jobs" => match rest.first() {
                Some(step) if steps == "steps" => vec![CiPart::Step(job.clone(), step.clone())],
                None if steps == "steps" => vec![every_step(job)],
                _ => vec![CiPart::Job(job.clone())],
            },
            _ => vec![CiPart::Run],
        }
    }
}
