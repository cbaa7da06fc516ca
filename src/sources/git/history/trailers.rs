//! Trailers of commit messages: `Evidence-for: load-tests`.

use crate::model::Trailer;
use crate::sources::git::commit::lossy;

use super::graph::Graph;
use super::witness::Witnesses;

/// Every trailer of the graph's commits whose key is one of `keys`, in any case, with the commit's
/// place; oldest first.
pub(super) fn of_graph(
    graph: &Graph<'_>,
    witnesses: &mut Witnesses<'_, '_>,
    keys: &[&str],
) -> Vec<(usize, Trailer)> {
    let mut found = Vec::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let message = node.commit.message_raw_bytes();
        if !keys.iter().any(|key| mentions(message, key.as_bytes())) {
            continue;
        }
        for (key, value) in of_message(message, keys) {
            found.push((at, Trailer { key: key.to_owned(), value, by: witnesses.at(at) }));
        }
    }
    found
}

/// The trailers of one message, by git's rules for them, in the order of the message.
fn of_message<'k>(message: &[u8], keys: &[&'k str]) -> Vec<(&'k str, String)> {
    // A message with a NUL in it is none that git writes.
    let Ok(trailers) = git2::message_trailers_bytes(message) else { return Vec::new() };
    let mut found = Vec::new();
    for (key, value) in trailers.iter() {
        let asked = keys.iter().find(|asked| asked.as_bytes().eq_ignore_ascii_case(key));
        if let Some(asked) = asked {
            found.push((*asked, lossy(value).trim().to_owned()));
        }
    }
    found
}

fn mentions(message: &[u8], key: &[u8]) -> bool {
    !key.is_empty() && message.windows(key.len()).any(|part| part.eq_ignore_ascii_case(key))
}
