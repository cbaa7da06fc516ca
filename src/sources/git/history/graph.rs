//! The commits that a revision stands on, parents first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use git2::{Commit, Oid};

use crate::model::map::{HashMap, HashMapExt};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;

/// Every commit that a revision stands on, each after its parents, otherwise in order of time.
pub(super) struct Graph<'r> {
    pub(super) nodes: Vec<Node<'r>>,
    places: HashMap<Oid, usize>,
}

/// A commit among those that a revision stands on.
pub(super) struct Node<'r> {
    pub(super) commit: Commit<'r>,
    /// Where its parents stand, as far as this clone holds them.
    pub(super) parents: Vec<usize>,
    /// A shallow clone cut off its parents.
    pub(super) cut: bool,
}

impl<'r> Graph<'r> {
    /// Reads every commit that `head` stands on, each once.
    pub(super) fn of(repository: &'r Repository, head: Oid) -> Result<Graph<'r>, GitError> {
        let node = |id: Oid| -> Result<Node<'r>, GitError> {
            let cut = repository.cut.contains(&id);
            Ok(Node { commit: repository.find(id)?, parents: Vec::new(), cut })
        };
        let mut nodes = vec![node(head)?];
        let mut met = HashMap::new();
        met.insert(head, 0);
        let mut at = 0;
        while let Some(Node { commit, cut, .. }) = nodes.get(at) {
            let ids: Vec<Oid> = if *cut { Vec::new() } else { commit.parent_ids().collect() };
            let mut parents = Vec::with_capacity(ids.len());
            for id in ids {
                let next = nodes.len();
                let place = *met.entry(id).or_insert(next);
                if place == next {
                    nodes.push(node(id)?);
                }
                parents.push(place);
            }
            nodes[at].parents = parents;
            at += 1;
        }
        Ok(Graph::of_nodes(nodes))
    }

    /// Reads the commits that `head` stands on and `known` does not, and `known` itself, which comes
    /// first and without parents. `None` where they are not all put upon `known`: where they join
    /// something older, begin anew, or a shallow clone cut them off.
    pub(super) fn since(
        repository: &'r Repository,
        head: Oid,
        known: Oid,
    ) -> Result<Option<Graph<'r>>, GitError> {
        let new = new_commits(repository, head, known)
            .map_err(|fault| GitError::reading("the history", &fault))?;
        if new.is_empty() && head != known {
            return Ok(None);
        }
        let places: HashMap<Oid, usize> =
            [known].into_iter().chain(new).enumerate().map(|(at, id)| (id, at)).collect();
        let mut nodes = Vec::with_capacity(places.len());
        let mut ids: Vec<(usize, Oid)> = places.iter().map(|(id, at)| (*at, *id)).collect();
        ids.sort_unstable();
        for (at, id) in ids {
            let commit = repository.find(id)?;
            let parents: Option<Vec<usize>> = match at {
                0 => Some(Vec::new()),
                _ => commit.parent_ids().map(|parent| places.get(&parent).copied()).collect(),
            };
            let begins_anew = at > 0 && commit.parent_count() == 0;
            match parents.filter(|_| !begins_anew && !repository.cut.contains(&id)) {
                Some(parents) => nodes.push(Node { commit, parents, cut: false }),
                None => return Ok(None),
            }
        }
        Ok(Some(Graph::of_nodes(nodes)))
    }

    /// Where a commit stands; `None` where the revision does not stand on it.
    pub(super) fn place(&self, id: Oid) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// Puts each commit after its parents; of those that could come next, the oldest does.
    fn of_nodes(nodes: Vec<Node<'r>>) -> Graph<'r> {
        let order = oldest_first(&nodes);
        let mut now = vec![0; nodes.len()];
        for (place, before) in order.iter().enumerate() {
            now[*before] = place;
        }
        let mut nodes: Vec<Option<Node<'r>>> = nodes.into_iter().map(Some).collect();
        let mut sorted = Vec::with_capacity(nodes.len());
        for mut node in order.into_iter().filter_map(|before| nodes[before].take()) {
            node.parents.iter_mut().for_each(|parent| *parent = now[*parent]);
            sorted.push(node);
        }
        let places = sorted.iter().enumerate().map(|(at, node)| (node.commit.id(), at)).collect();
        Graph { nodes: sorted, places }
    }
}

/// The commits that `head` stands on and `known` does not.
fn new_commits(repository: &Repository, head: Oid, known: Oid) -> Result<Vec<Oid>, git2::Error> {
    let mut walk = repository.git.revwalk()?;
    walk.push(head)?;
    walk.hide(known)?;
    walk.collect()
}

fn oldest_first(nodes: &[Node<'_>]) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut missing: Vec<usize> = nodes.iter().map(|node| node.parents.len()).collect();
    for (child, node) in nodes.iter().enumerate() {
        for parent in &node.parents {
            children[*parent].push(child);
        }
    }
    let key = |at: usize| {
        let commit = &nodes[at].commit;
        Reverse((commit.time().seconds(), commit.id(), at))
    };
    let mut ready: BinaryHeap<_> =
        (0..nodes.len()).filter(|at| missing[*at] == 0).map(key).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some(Reverse((_, _, at))) = ready.pop() {
        order.push(at);
        for child in &children[at] {
            missing[*child] -= 1;
            if missing[*child] == 0 {
                ready.push(key(*child));
            }
        }
    }
    order
}
