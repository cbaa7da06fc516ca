//! What the walk over the commits finds of some files.

use super::history::{History, head};
use crate::sources::git::history::{FileHistory, Sought, Spoken};

const LIST: &str = "docs/LIST.md";

fn walk(history: &History, paths: &[&str]) -> FileHistory {
    let repository = history.open();
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    let trailers = &["Evidence-for", "Signed-off-for"];
    let sought = Sought { paths: &paths, trailers, ..Sought::default() };
    repository.file_history(&head(&repository), &sought).unwrap()
}

/// One line a revision: subject, parents, and what changed: `LIST.md < OLD.md -`.
fn told(found: &FileHistory) -> Vec<String> {
    let name = |at: usize| found.paths[at].rsplit('/').next().unwrap().to_owned();
    let revision = |revision: &crate::sources::git::history::Revision| {
        let mut line = revision.by.subject.clone();
        for parent in &revision.parents {
            line += &parent.map_or(" ^none".to_owned(), |at| format!(" ^{at}"));
        }
        for change in &revision.changes {
            line += &format!(
                " | {}{}",
                name(change.path),
                if change.blob.is_none() { " gone" } else { "" }
            );
            for before in &change.before {
                line += &match before {
                    None => " < none".to_owned(),
                    Some(before) if before.path == change.path => {
                        let same = Some(before.blob) == change.blob;
                        if same { " < same" } else { " < other" }.to_owned()
                    }
                    Some(before) => format!(" < {}", name(before.path)),
                };
            }
        }
        line
    };
    found.revisions.iter().map(revision).collect()
}

#[test]
fn only_commits_that_change_a_followed_file_are_told_oldest_first() {
    let history = History::new()
        .file(LIST, "- [ ] a\n")
        .file("src/main.rs", "1")
        .commit("one", 1)
        .file("src/main.rs", "2")
        .commit("two", 2)
        .file(LIST, "- [x] a\n")
        .file("docs/OTHER.md", "- [ ] b\n")
        .commit("three", 3)
        .remove(LIST)
        .commit("four", 4);
    let found = walk(&history, &[LIST]);
    assert_eq!(
        told(&found),
        ["one | LIST.md", "three ^0 | LIST.md < other", "four ^1 | LIST.md gone < other"]
    );
    assert_eq!(found.head, Some(2));
    assert!(!found.truncated);
}

#[test]
fn a_renamed_file_is_followed_whether_or_not_its_bytes_changed() {
    let text = "# Go\n- [ ] a\n- [ ] b\n- [ ] c\n";
    let history = History::new()
        .file("a/OLD.md", text)
        .file("a/decoy.md", "# Other\n- [ ] z\n")
        .commit("one", 1)
        .remove("a/OLD.md")
        .remove("a/decoy.md")
        .file("b/MID.md", text)
        .commit("two", 2)
        .remove("b/MID.md")
        .file(LIST, &text.replace("[ ] c", "[x] c"))
        .commit("three", 3);
    let found = walk(&history, &[LIST]);
    assert_eq!(
        told(&found),
        ["one | OLD.md", "two ^0 | MID.md < OLD.md", "three ^1 | LIST.md < MID.md"]
    );
}

#[test]
fn two_files_renamed_at_once_are_told_apart_by_likeness() {
    let one = "- [ ] alpha\n- [ ] beta\n- [ ] gamma\n";
    let two = "- [ ] uno\n- [ ] due\n- [ ] tre\n";
    let history = History::new()
        .file("one.md", one)
        .file("two.md", two)
        .commit("one", 1)
        .remove("one.md")
        .remove("two.md")
        .file("b.md", &one.replace("gamma", "delta"))
        .file("a.md", &two.replace("tre", "quattro"))
        .commit("two", 2);
    let found = walk(&history, &["a.md", "b.md"]);
    assert_eq!(told(&found)[1], "two ^0 | a.md < two.md | b.md < one.md");
}

#[test]
fn a_copy_is_a_new_file() {
    let text = "- [x] a\n- [x] b\n";
    let history =
        History::new().file("a.md", text).commit("one", 1).file("b.md", text).commit("two", 2);
    assert_eq!(told(&walk(&history, &["b.md"])), ["two ^none | b.md < none"]);
}

#[test]
fn a_merge_is_told_with_what_each_parent_holds() {
    let base = History::new().file(LIST, "- [ ] a\n- [ ] b\n").commit("base", 1);
    let fork = base.tip();
    let side = base.file(LIST, "- [x] a\n- [ ] b\n").commit("side", 2);
    let tip = side.tip();
    let merged = side
        .at(fork)
        .file("src/main.rs", "1")
        .commit("main", 3)
        .file(LIST, "- [x] a\n- [ ] b\n")
        .merge(tip, "merge", 4);
    assert_eq!(
        told(&walk(&merged, &[LIST])),
        ["base | LIST.md", "side ^0 | LIST.md < other", "merge ^0 ^1 | LIST.md < other < same"]
    );
}

#[test]
fn a_file_renamed_on_a_branch_and_changed_beside_it_keeps_both_pasts() {
    let text = "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n";
    let base = History::new().file("OLD.md", text).commit("base", 1);
    let fork = base.tip();
    let side = base.remove("OLD.md").file(LIST, text).commit("side", 2);
    let tip = side.tip();
    let ticked = text.replace("[ ] a", "[x] a");
    let merged = side
        .at(fork)
        .file("OLD.md", &ticked)
        .commit("main", 3)
        .remove("OLD.md")
        .file(LIST, &ticked)
        .merge(tip, "merge", 4);
    assert_eq!(
        told(&walk(&merged, &[LIST])),
        [
            "base | OLD.md",
            "side ^0 | LIST.md < OLD.md | OLD.md gone < other",
            "main ^0 | OLD.md < other",
            "merge ^2 ^1 | LIST.md < OLD.md < other",
        ]
    );
}

#[test]
fn links_and_folders_of_a_files_name_are_no_file() {
    let history = History::new()
        .file(LIST, "- [ ] a\n")
        .commit("one", 1)
        .raw_file(LIST.as_bytes(), b"elsewhere.md", 0o120_000)
        .commit("two", 2)
        .remove(LIST)
        .file("docs/LIST.md/inner.md", "- [ ] a\n")
        .commit("three", 3);
    assert_eq!(told(&walk(&history, &[LIST])), ["one | LIST.md", "two ^0 | LIST.md gone < other"]);
}

#[test]
fn a_shallow_clone_says_where_it_was_cut() {
    let history = History::new()
        .file(LIST, "- [ ] a\n")
        .commit("one", 1)
        .file(LIST, "- [x] a\n")
        .commit("two", 2)
        .file(LIST, "- [ ] a\n")
        .commit("three", 3)
        .shallow(2);
    let found = walk(&history, &[LIST]);
    assert!(found.truncated);
    assert_eq!(told(&found), ["two | LIST.md", "three ^0 | LIST.md < other"]);
    assert_eq!(
        found.revisions.iter().map(|revision| revision.cut).collect::<Vec<_>>(),
        [true, false]
    );
}

#[test]
fn unrelated_histories_and_merges_of_three_are_joined() {
    let first = History::new().file(LIST, "- [ ] a\n").commit("first", 1);
    let one = first.tip();
    let mut other = first.at(one);
    other = other.remove(LIST).file("b.md", "- [ ] b\n").commit_onto(b"root", 2, &[]);
    let two = other.tip();
    let third = other.at(one).file("c.md", "- [ ] c\n").commit("third", 3);
    let three = third.tip();
    let octopus = third.file("b.md", "- [ ] b\n").commit_onto(b"octopus", 4, &[one, two, three]);
    assert_eq!(
        told(&walk(&octopus, &[LIST, "b.md", "c.md"])),
        [
            "first | LIST.md",
            "root | b.md",
            "third ^0 | c.md < none",
            "octopus ^0 ^1 ^2 | LIST.md < same < none < same | b.md < none < same < none \
             | c.md < none < none < same",
        ]
    );
}

#[test]
fn a_release_is_the_earliest_tag_that_holds_the_commit() {
    let history = History::new().file(LIST, "1").commit("one", 1);
    let one = history.tip();
    let branch = history.file("x", "1").commit("backport", 2).tag("v1.0.1");
    let history = branch
        .at(one)
        .file(LIST, "2")
        .commit("two", 3)
        .tag("v1.1.0")
        .tag("v1.1.0-rc.1")
        .file(LIST, "3")
        .commit("three", 4);
    let found = walk(&history, &[LIST]);
    let releases: Vec<_> = found.revisions.iter().map(|at| at.by.release.as_deref()).collect();
    assert_eq!(releases, [Some("v1.0.1"), Some("v1.1.0"), None]);
}

#[test]
fn trailers_are_read_from_every_commit_and_only_from_a_messages_end() {
    let history = History::new().file("x", "1").commit_onto(
        b"one\n\nEvidence-for: not/one\n\nbecause\n",
        1,
        &[],
    );
    let one = history.tip();
    let history = history.file("x", "2").commit_onto(
        b"two\n\nText.\n\nevidence-FOR: load-tests \nSigned-off-for: a/*, b\nSigned-off-by: Ana\n",
        2,
        &[one],
    );
    let found = walk(&history, &[LIST]);
    let told: Vec<_> = found
        .trailers
        .iter()
        .map(|Spoken { trailer, unread, .. }| {
            (trailer.key.as_str(), trailer.value.as_str(), trailer.by.subject.as_str(), *unread)
        })
        .collect();
    let expected = [
        ("Evidence-for", "not/one", "one", true),
        ("Evidence-for", "load-tests", "two", false),
        ("Signed-off-for", "a/*, b", "two", false),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.trailers[0].trailer.by.email, "ana@example.org");
    assert_eq!(found.head, None);
}

#[test]
fn a_message_that_is_not_utf_8_is_read_as_far_as_it_can_be() {
    let history =
        History::new().file(LIST, "1").commit_onto(b"caf\xe9\n\nEvidence-for: gr\xfcn\n", 1, &[]);
    let found = walk(&history, &[LIST]);
    assert_eq!(found.revisions[0].by.subject, "caf\u{fffd}");
    assert_eq!(found.trailers[0].trailer.value, "gr\u{fffd}n");
}
