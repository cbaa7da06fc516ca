//! Which commits a later one takes back, by what its message says.
//!
//! `git revert` names the id. The buttons of forges name the request or the subject alone once the
//! request is squashed, and Conventional Commits name ids behind `Refs:`.

use std::collections::BTreeMap;

use git2::Oid;

use crate::model::map::{HashMap, HashMapExt, HashSet, HashSetExt};
use crate::sources::git::commit::lossy;

use super::graph::Node;
use super::requests::{own_request, subject, without_request};

/// The fewest digits by which git names a commit.
const SHORTEST: usize = 7;

/// What a message says it takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reverted {
    /// A commit, by its id or the beginning of one, in small letters.
    Id(String),
    /// The commit of this subject.
    Subject(String),
    /// The request of this number, and the project that is named before it.
    Request(String, Option<String>),
}

/// The commits whose message one of `nodes` takes back, each with that one; of a merge all that it
/// brought. Who takes a revert back gives nobody's word again. `own` is what the project is called.
pub(super) fn taken_back(nodes: &[Node], own: &[String]) -> HashMap<Oid, Oid> {
    let mut taken_back = HashMap::new();
    let of_node =
        |(at, node): (usize, &Node)| reverted(&node.message).into_iter().map(move |of| (at, of));
    let reverts: Vec<(usize, Reverted)> = nodes.iter().enumerate().flat_map(of_node).collect();
    if reverts.is_empty() {
        return taken_back;
    }
    let called = Called::of(nodes);
    for of_one in reverts.chunk_by(|(one, _), (other, _)| one == other) {
        let ids = of_one.iter().filter(|(_, of)| matches!(of, Reverted::Id(_)));
        let ids: Vec<_> = ids.map(|(by, id)| called.newest_before(*by, id)).collect();
        for (by, of) in of_one {
            let named = called.newest_before(*by, of).filter(|at| match of {
                Reverted::Subject(_) => !is_told_by(&ids, *at, *by, nodes),
                Reverted::Request(..) => !is_elsewhere(of, &nodes[*by], own),
                Reverted::Id(_) => true,
            });
            let reverting = nodes[*by].id;
            let brought = named.into_iter().flat_map(|at| brought(nodes, at));
            taken_back.extend(brought.map(|id| (id, reverting)));
        }
    }
    taken_back
}

/// Whether ids tell which of several commits of one subject the commit at `by` takes back, and that it is
/// not the one at `at`. The id of a commit that `by` does not stand on was copied with a revert, and
/// tells nothing here.
fn is_told_by(ids: &[Option<usize>], at: usize, by: usize, nodes: &[Node]) -> bool {
    let Some(ids) = ids.iter().copied().collect::<Option<Vec<usize>>>() else { return false };
    if ids.is_empty() || ids.contains(&at) {
        return false;
    }
    let below = stands_on(nodes, &[by]);
    ids.iter().all(|id| below.contains(id))
}

/// Whether a request is one of another project: so it is named, and nothing else says that this commit
/// takes anything back.
fn is_elsewhere(of: &Reverted, by: &Node, own: &[String]) -> bool {
    let Reverted::Request(_, Some(project)) = of else { return false };
    let message = lossy(&by.message);
    let says_so = subject(&message).to_ascii_lowercase().contains("revert");
    !says_so && !own.is_empty() && !own.contains(project)
}

/// What commits are called: each name with the places that have it, in their order.
#[derive(Default)]
struct Called {
    ids: BTreeMap<String, usize>,
    subjects: HashMap<String, Vec<usize>>,
    requests: HashMap<String, Vec<usize>>,
}

impl Called {
    fn of(nodes: &[Node]) -> Called {
        let mut called = Called::default();
        for (at, node) in nodes.iter().enumerate() {
            let message = lossy(&node.message);
            called.ids.insert(node.id.to_string(), at);
            let subject = without_request(subject(&message)).to_owned();
            called.subjects.entry(subject).or_default().push(at);
            if let Some(number) = own_request(&message) {
                called.requests.entry(number.to_owned()).or_default().push(at);
            }
        }
        called
    }

    fn newest_before(&self, by: usize, of: &Reverted) -> Option<usize> {
        let last = |places: Option<&Vec<usize>>| {
            let places = places?;
            places.get(places.partition_point(|at| *at < by).checked_sub(1)?).copied()
        };
        match of {
            Reverted::Id(id) => {
                let next = self.ids.range(id.clone()..).next();
                next.filter(|(whole, _)| whole.starts_with(id)).map(|(_, at)| *at)
            }
            Reverted::Subject(said) => last(self.subjects.get(without_request(said))),
            Reverted::Request(number, _) => last(self.requests.get(number)),
        }
    }
}

/// The commit at `at`, and of a merge those that its first parent does not stand on.
fn brought(nodes: &[Node], at: usize) -> Vec<Oid> {
    let node = &nodes[at];
    let mut all = vec![node.id];
    if let [first, others @ ..] = node.parents.as_slice()
        && !others.is_empty()
    {
        let before = stands_on(nodes, &[*first]);
        let new = stands_on(nodes, others).into_iter().filter(|at| !before.contains(at));
        all.extend(new.filter_map(|at| Some(nodes.get(at)?.id)));
    }
    all
}

/// The places of all that the commits at `from` stand on, and their own.
fn stands_on(nodes: &[Node], from: &[usize]) -> HashSet<usize> {
    let (mut met, mut ahead) = (HashSet::new(), from.to_vec());
    while let Some(at) = ahead.pop() {
        if met.insert(at) {
            ahead.extend(nodes.get(at).into_iter().flat_map(|node| &node.parents));
        }
    }
    met
}

/// Whether a message says that it reverts a commit.
pub(super) fn reverts(message: &[u8]) -> bool {
    !reverted(message).is_empty()
}

/// Whether a message says that it puts in force again what a revert took back: `Reapply "…"`, as git and
/// GitHub write it, without the body too.
pub(super) fn reapplies(message: &[u8]) -> bool {
    let text = lossy(message);
    let word = subject(&text).split(|c: char| !c.is_alphabetic() && c != '-').next();
    let words = ["reapply", "re-apply", "reapplies", "reland", "re-land", "unrevert"];
    word.is_some_and(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// What a message says it reverts.
fn reverted(message: &[u8]) -> Vec<Reverted> {
    const WORD: &[u8] = b"revert";
    if !message.windows(WORD.len()).any(|part| part.eq_ignore_ascii_case(WORD)) {
        return Vec::new();
    }
    let text = lossy(message);
    let subject = subject(&text);
    let small = text.to_ascii_lowercase();
    let ids = ids(&small, subject.to_ascii_lowercase().starts_with("revert"));
    let subject = quoted(subject).map(|said| Reverted::Subject(said.to_owned()));
    ids.into_iter().map(Reverted::Id).chain(subject).chain(request(&small)).collect()
}

/// The ids behind `reverts commit`, and behind `Refs:` where the whole commit is a revert.
fn ids(text: &str, is_revert: bool) -> Vec<String> {
    let mut ids = Vec::new();
    let mut taking = false;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word {
            "revert" | "reverts" | "reverted" => taking = true,
            "refs" => taking = is_revert,
            "commit" | "commits" | "and" => {}
            _ if taking && is_id(word) => ids.push(word.to_owned()),
            _ => taking = false,
        }
    }
    ids
}

fn is_id(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The subject that one takes back: `Revert "keys rotated (#12)" (#13)`, `revert: keys rotated`.
fn quoted(subject: &str) -> Option<&str> {
    let (word, rest) = subject.split_at_checked("revert".len())?;
    if !word.eq_ignore_ascii_case("revert") {
        return None;
    }
    let rest = rest.trim_start();
    if let Some(said) = rest.strip_prefix(": ") {
        return Some(said.trim());
    }
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (first, last) = (rest.find(mark)?, rest.rfind(mark)?);
    rest.get(first + 1..last).map(str::trim).filter(|said| !said.is_empty())
}

/// The request behind `Reverts`: `acme/shop#12`, `merge request !12`.
fn request(text: &str) -> Option<Reverted> {
    let rest = text.split("reverts ").nth(1)?.lines().next()?;
    let (before, after) = rest.split_once(['#', '!'])?;
    let number: String = after.chars().take_while(char::is_ascii_digit).collect();
    let names_it = before.split_whitespace().count() <= 3;
    let project =
        before.rsplit(char::is_whitespace).next().and_then(|named| named.rsplit_once('/'));
    let project = project.map(|(_, name)| name.to_owned());
    (names_it && !number.is_empty()).then_some(Reverted::Request(number, project))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(message: &str) -> Vec<String> {
        let words = |of| match of {
            Reverted::Id(id) => id,
            Reverted::Subject(said) => format!("“{said}”"),
            Reverted::Request(number, None) => format!("#{number}"),
            Reverted::Request(number, Some(project)) => format!("{project}#{number}"),
        };
        reverted(message.as_bytes()).into_iter().map(words).collect()
    }

    #[test]
    fn what_a_message_takes_back_is_read_however_it_is_written() {
        for (message, told) in [
            ("Revert \"x\"\n\nThis reverts commit 0123456789.", &["0123456789", "“x”"][..]),
            ("Back out\n\nthis reverts commit\nABCDEF0, because.", &["abcdef0"]),
            (
                "This reverts commits abcdef0, abcdef1 and abcdef2.",
                &["abcdef0", "abcdef1", "abcdef2"],
            ),
            ("This reverts commit abcdef0, reversing\nchanges made to abcdef1.", &["abcdef0"]),
            ("Revert abcdef0: broke production", &["abcdef0"]),
            ("Undo\n\nReverted commit `abcdef0`.", &["abcdef0"]),
            ("revert: keys\n\nRefs: abcdef0, abcdef1", &["abcdef0", "abcdef1", "“keys”"]),
            (
                "Revert \"a \"b\" (#12)\" (#13)\n\nReverts acme/shop#12",
                &["“a \"b\" (#12)”", "shop#12"],
            ),
            ("Revert 'keys'\n\nThis reverts merge request !7", &["“keys”", "#7"]),
            ("fix: keys\n\nRefs: abcdef0", &[]),
            ("This reverts commit abc.", &[]),
            ("It reverts to the older way of abcdef0.", &[]),
            ("Allow users to revert a change (#12)", &[]),
        ] {
            assert_eq!(named(message), told, "{message}");
        }
    }
}
