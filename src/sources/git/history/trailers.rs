//! Trailers of commit messages: `Evidence-for: load-tests`.

use std::collections::BTreeMap;

use git2::Oid;

use crate::model::Trailer;
use crate::model::map::{HashSet, HashSetExt};
use crate::sources::git::commit::{Commit, lossy};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;

use super::graph::{Graph, Node};
use super::releases::Releases;
use super::witness::Witnesses;

impl Repository {
    /// Every trailer of every commit that `head` stands on, oldest first; keys as git writes them
    /// (`Reviewed-by`).
    ///
    /// # Errors
    /// Where a commit is missing (a partial clone) or damaged.
    pub fn trailers(&self, head: &Commit) -> Result<Vec<Trailer>, GitError> {
        let graph = Graph::of(self, self.oid(head)?)?;
        let releases = Releases::of_graph(self, &graph)?;
        let mut witnesses = Witnesses::new(self, &graph, &releases);
        let taken_back = taken_back(&graph.nodes);
        let mut found = Vec::new();
        for (at, node) in graph.nodes.iter().enumerate() {
            if taken_back.contains(&node.commit.id()) {
                continue;
            }
            for (key, value) in of_message(node.commit.message_raw_bytes()) {
                found.push(Trailer { key: in_git_s_case(&key), value, by: witnesses.at(at) });
            }
        }
        Ok(found)
    }
}

/// A capital, then small letters.
fn in_git_s_case(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect()
}

/// What `git revert` writes before the id, and people before several, in small letters.
const REVERTS: &str = "reverts commit";

/// The commits whose message one of `nodes` takes back; of a merge all that it brought. Who takes a
/// revert back gives nobody's word again.
pub(super) fn taken_back(nodes: &[Node<'_>]) -> HashSet<Oid> {
    let mut taken_back = HashSet::new();
    let ids: Vec<String> =
        nodes.iter().flat_map(|node| reverted(node.commit.message_raw_bytes())).collect();
    if ids.is_empty() {
        return taken_back;
    }
    let places: BTreeMap<String, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.commit.id().to_string(), at)).collect();
    for id in ids {
        let named = places.range(id.clone()..).next().filter(|(whole, _)| whole.starts_with(&id));
        taken_back.extend(named.into_iter().flat_map(|(_, at)| brought(nodes, *at)));
    }
    taken_back
}

/// The commit at `at`, and of a merge those that its first parent does not stand on.
fn brought(nodes: &[Node<'_>], at: usize) -> Vec<Oid> {
    let stands_on = |from: &[usize]| {
        let (mut met, mut ahead) = (HashSet::new(), from.to_vec());
        while let Some(at) = ahead.pop() {
            if met.insert(at) {
                ahead.extend(nodes.get(at).into_iter().flat_map(|node| &node.parents));
            }
        }
        met
    };
    let node = &nodes[at];
    let mut all = vec![node.commit.id()];
    if let [first, others @ ..] = node.parents.as_slice()
        && !others.is_empty()
    {
        let before = stands_on(&[*first]);
        let new = stands_on(others).into_iter().filter(|at| !before.contains(at));
        all.extend(new.filter_map(|at| Some(nodes.get(at)?.commit.id())));
    }
    all
}

/// Whether a message says that it reverts a commit.
pub(super) fn reverts(message: &[u8]) -> bool {
    !reverted(message).is_empty()
}

/// The ids, whole or short, that a message says it reverts.
fn reverted(message: &[u8]) -> Vec<String> {
    if !mentions(message, REVERTS.as_bytes()) {
        return Vec::new();
    }
    let text = lossy(message).to_ascii_lowercase();
    let named = text.split(REVERTS).skip(1).flat_map(|rest| {
        let words = rest.strip_prefix('s').unwrap_or(rest).split(|c: char| !c.is_alphanumeric());
        let ids = words.filter(|word| !word.is_empty() && *word != "and").take_while(is_id);
        ids.map(str::to_owned).collect::<Vec<_>>()
    });
    named.collect()
}

fn is_id(word: &&str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The fewest digits by which git names a commit.
const SHORTEST: usize = 7;

/// Every trailer of the graph's commits whose key is one of `keys`, in any case, with the commit's
/// place; oldest first. Of a commit that was taken back none.
pub(super) fn of_graph(
    graph: &Graph<'_>,
    witnesses: &mut Witnesses<'_, '_>,
    keys: &[&str],
    taken_back: &HashSet<Oid>,
) -> Vec<(usize, Trailer)> {
    let mut found = Vec::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let message = node.commit.message_raw_bytes();
        if taken_back.contains(&node.commit.id()) {
            continue;
        }
        if !keys.iter().any(|key| mentions(message, key.as_bytes())) {
            continue;
        }
        for (key, value) in of_message(message) {
            if let Some(asked) = keys.iter().find(|asked| asked.eq_ignore_ascii_case(&key)) {
                let key = (*asked).to_owned();
                found.push((at, Trailer { key, value, by: witnesses.at(at) }));
            }
        }
    }
    found
}

/// The trailers of one message, by git's rules for them, in the order of the message.
fn of_message(message: &[u8]) -> Vec<(String, String)> {
    // A message with a NUL in it is none that git writes.
    let Ok(trailers) = git2::message_trailers_bytes(message) else { return Vec::new() };
    trailers.iter().map(|(key, value)| (lossy(key), lossy(value).trim().to_owned())).collect()
}

fn mentions(message: &[u8], key: &[u8]) -> bool {
    !key.is_empty() && message.windows(key.len()).any(|part| part.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests {
    use super::reverted;

    #[test]
    fn what_a_message_takes_back_is_read_however_it_is_written() {
        for (message, ids) in [
            ("Revert \"x\"\n\nThis reverts commit 0123456789.", vec!["0123456789"]),
            ("Back out\n\nthis reverts commit\nABCDEF0, because.", vec!["abcdef0"]),
            (
                "This reverts commits abcdef0, abcdef1 and abcdef2.",
                vec!["abcdef0", "abcdef1", "abcdef2"],
            ),
            ("This reverts commit abcdef0, reversing\nchanges made to abcdef1.", vec!["abcdef0"]),
            ("This reverts commit abc.", vec![]),
            ("It reverts to the older way of abcdef0.", vec![]),
        ] {
            assert_eq!(reverted(message.as_bytes()), ids, "{message}");
        }
    }
}
