//! Trailers of commit messages: `Evidence-for: load-tests`.

use crate::model::Trailer;
use crate::sources::git::commit::{Commit, lossy};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;

use super::graph::Graph;
use super::releases::Releases;
use super::reverts::taken_back;
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
        let taken_back = taken_back(&graph.nodes, &self.projects());
        let mut found = Vec::new();
        for (at, node) in graph.nodes.iter().enumerate() {
            if taken_back.contains_key(&node.id) {
                continue;
            }
            for (key, value) in of_message(&node.message) {
                found.push(Trailer { key: in_git_s_case(&key), value, by: witnesses.at(at)? });
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

/// Every trailer of the graph's commits whose key is one of `keys`, in any case, with the commit's
/// place, and whether it stands where git reads none; oldest first.
pub(super) fn of_graph(
    graph: &Graph,
    witnesses: &mut Witnesses<'_, '_>,
    keys: &[&str],
) -> Result<Vec<(usize, Trailer, bool)>, GitError> {
    let mut found = Vec::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let message = &*node.message;
        if !keys.iter().any(|key| mentions(message, key.as_bytes())) {
            continue;
        }
        let read = of_message(message);
        let unread = out_of_place(message, keys, &read);
        let all = read
            .into_iter()
            .map(|said| (said, false))
            .chain(unread.into_iter().map(|said| (said, true)));
        for ((key, value), is_unread) in all {
            if let Some(asked) = keys.iter().find(|asked| asked.eq_ignore_ascii_case(&key)) {
                let key = (*asked).to_owned();
                found.push((at, Trailer { key, value, by: witnesses.at(at)? }, is_unread));
            }
        }
    }
    Ok(found)
}

/// The trailers of one message, by git's rules for them, in the order of the message.
fn of_message(message: &[u8]) -> Vec<(String, String)> {
    // A message with a NUL in it is none that git writes.
    let Ok(trailers) = git2::message_trailers_bytes(message) else { return Vec::new() };
    trailers.iter().map(|(key, value)| (lossy(key), lossy(value).trim().to_owned())).collect()
}

/// The lines that look like trailers of `keys`, and are none of those that were `read`: a squash keeps the
/// messages of its commits above its own last paragraph.
fn out_of_place(message: &[u8], keys: &[&str], read: &[(String, String)]) -> Vec<(String, String)> {
    // A trailer may go on in the next line.
    let is_read = |key: &str, value: &str| {
        read.iter().any(|(of, said)| of.eq_ignore_ascii_case(key) && said.starts_with(value))
    };
    let text = if message.contains(&0) { String::new() } else { lossy(message) };
    let lines = text.lines().filter_map(|line| line.trim().split_once(':'));
    let lines = lines.map(|(key, value)| (key, value.trim())).filter(|(key, value)| {
        let is_asked = keys.iter().any(|asked| asked.eq_ignore_ascii_case(key));
        is_asked && !value.is_empty() && !is_read(key, value)
    });
    lines.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn mentions(message: &[u8], key: &[u8]) -> bool {
    !key.is_empty() && message.windows(key.len()).any(|part| part.eq_ignore_ascii_case(key))
}
