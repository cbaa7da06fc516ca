//! The commits that a revision stands on, parents first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use git2::{Commit, Oid};

use crate::model::map::{HashMap, HashMapExt};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;

/// Every commit that a revision stands on, each after its parents, otherwise in order of time.
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    places: HashMap<Oid, usize>,
}

/// A commit among those that a revision stands on: what is asked of each of them, and no more, for there
/// may be very many.
pub(super) struct Node {
    pub(super) id: Oid,
    /// Its root folder.
    pub(super) tree: Oid,
    /// When it was committed, in seconds since 1970.
    pub(super) time: i64,
    /// As it stands in the commit.
    pub(super) message: Box<[u8]>,
    /// Where its parents stand, as far as this clone holds them.
    pub(super) parents: Vec<usize>,
    /// A shallow clone cut off its parents.
    pub(super) cut: bool,
}

impl Node {
    fn of(commit: &Commit<'_>, cut: bool) -> Node {
        Node {
            id: commit.id(),
            tree: commit.tree_id(),
            time: commit.time().seconds(),
            message: commit.message_raw_bytes().into(),
            parents: Vec::new(),
            cut,
        }
    }
}

impl Graph {
    /// Reads every commit that `head` stands on, each once.
    pub(super) fn of(repository: &Repository, head: Oid) -> Result<Graph, GitError> {
        let (mut nodes, mut ahead, mut met) = (Vec::new(), vec![head], HashMap::new());
        met.insert(head, 0);
        while let Some(id) = ahead.get(nodes.len()).copied() {
            let commit = repository.find(id)?;
            let mut node = Node::of(&commit, repository.cut.contains(&id));
            let parents = commit.parent_ids().filter(|_| !node.cut);
            node.parents = parents
                .map(|id| {
                    *met.entry(id).or_insert_with(|| {
                        ahead.push(id);
                        ahead.len() - 1
                    })
                })
                .collect();
            nodes.push(node);
        }
        Ok(Graph::of_nodes(nodes))
    }

    /// Reads the commits that `head` stands on and `known` does not, and `known` itself, which comes
    /// first and without parents. `None` where they are not all put upon `known`: where they join
    /// something older, begin anew, or a shallow clone cut them off.
    pub(super) fn since(
        repository: &Repository,
        head: Oid,
        known: Oid,
    ) -> Result<Option<Graph>, GitError> {
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
                Some(parents) => nodes.push(Node { parents, ..Node::of(&commit, false) }),
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
    fn of_nodes(nodes: Vec<Node>) -> Graph {
        let order = oldest_first(&nodes);
        let mut now = vec![0; nodes.len()];
        for (place, before) in order.iter().enumerate() {
            now[*before] = place;
        }
        let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
        let mut sorted = Vec::with_capacity(nodes.len());
        for mut node in order.into_iter().filter_map(|before| nodes[before].take()) {
            node.parents.iter_mut().for_each(|parent| *parent = now[*parent]);
            sorted.push(node);
        }
        let places = sorted.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
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

fn oldest_first(nodes: &[Node]) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut missing: Vec<usize> = nodes.iter().map(|node| node.parents.len()).collect();
    for (child, node) in nodes.iter().enumerate() {
        for parent in &node.parents {
            children[*parent].push(child);
        }
    }
    let key = |at: usize| {
        let node = &nodes[at];
        Reverse((node.time, node.id, at))
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
