//! Whose change it was: branches, merges of two and more, and merges that do things of their own.

use crate::support::{Repo, at};

use super::{LIST, tell};

const OPEN: &str = "- [ ] alpha one\n- [ ] beta two\n- [ ] gamma three\n";

fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(OPEN.to_owned(), |text, (from, to)| text.replace(from, to))
}

const ALPHA: (&str, &str) = ("[ ] alpha", "[x] alpha");
const GAMMA: (&str, &str) = ("[ ] gamma", "[x] gamma");

/// A base commit, a branch `side` with one text and `main` with another.
fn forked(side: &str, main: &str) -> Repo {
    let repo = Repo::new()
        .file(LIST, OPEN)
        .commit("base", at("2026-01-01"))
        .branch("side")
        .file(LIST, side)
        .file("side.txt", "1")
        .commit("side", at("2026-01-02"))
        .check_out("main")
        .file(LIST, main)
        .file("main.txt", "1");
    repo.commit("main", at("2026-01-03"))
}

fn merged(side: &str, main: &str, merge: &str) -> Repo {
    forked(side, main).file(LIST, merge).merge("side", "merge", at("2026-01-04"))
}

/// The log without the base commit.
fn since_base(repo: &Repo) -> Vec<String> {
    let log = tell(repo, &[LIST]).log(LIST);
    log.into_iter().filter(|line| !line.starts_with("base:")).collect()
}

#[test]
fn a_tick_made_on_a_branch_belongs_to_the_branch() {
    let ticked = with(&[ALPHA]);
    assert_eq!(since_base(&merged(&ticked, OPEN, &ticked)), ["side: ticked alpha-one done"]);
}

#[test]
fn each_side_of_a_merge_keeps_what_it_did_in_one_file() {
    let repo = merged(&with(&[ALPHA]), &with(&[GAMMA]), &with(&[ALPHA, GAMMA]));
    assert_eq!(since_base(&repo), ["side: ticked alpha-one done", "main: ticked gamma-three done"]);
    let ticks = tell(&repo, &[LIST]).ticks(LIST);
    assert_eq!(ticks[0].1.as_deref(), Some("side"));
    assert_eq!(ticks[2].1.as_deref(), Some("main"));
}

#[test]
fn what_neither_side_did_is_the_merges_own() {
    let repo = merged(&with(&[ALPHA]), &with(&[GAMMA]), &OPEN.replace("[ ]", "[x]"));
    assert_eq!(
        since_base(&repo),
        [
            "side: ticked alpha-one done",
            "main: ticked gamma-three done",
            "merge: ticked beta-two done"
        ]
    );
    assert_eq!(tell(&repo, &[LIST]).ticks(LIST)[1].1.as_deref(), Some("merge"));
}

#[test]
fn a_tick_that_a_merge_dropped_was_dropped_by_the_merge() {
    let repo = merged(&with(&[ALPHA]), OPEN, OPEN);
    assert_eq!(
        since_base(&repo),
        ["side: ticked alpha-one done", "merge: unticked alpha-one open"]
    );
    assert_eq!(tell(&repo, &[LIST]).ticks(LIST)[0].1, None);
}

#[test]
fn an_untick_that_a_merge_dropped_is_a_tick_by_the_merge() {
    let ticked = OPEN.replace("[ ]", "[x]");
    let base = Repo::new().file(LIST, &ticked).commit("base", at("2026-01-01"));
    let repo = base
        .branch("side")
        .file("x", "1")
        .commit("side", at("2026-01-02"))
        .check_out("main")
        .file(LIST, OPEN)
        .commit("main", at("2026-01-03"))
        .file(LIST, &ticked)
        .merge("side", "merge", at("2026-01-04"));
    let ticks = tell(&repo, &[LIST]).ticks(LIST);
    assert!(ticks.iter().all(|(_, by)| by.as_deref() == Some("merge")), "{ticks:?}");
}

#[test]
fn wording_and_box_are_merged_each_for_itself() {
    let reworded = OPEN.replace("alpha one", "alpha one, rewritten");
    let both = reworded.replace("[ ] alpha", "[x] alpha");
    let repo = merged(&with(&[ALPHA]), &reworded, &both);
    assert_eq!(
        since_base(&repo),
        ["side: ticked alpha-one-rewritten done", "main: reworded alpha-one-rewritten open"]
    );
}

#[test]
fn where_both_sides_ticked_both_ticks_hold() {
    let ticked = with(&[ALPHA]);
    let repo = merged(&ticked, &ticked, &ticked);
    assert_eq!(since_base(&repo), ["side: ticked alpha-one done", "main: ticked alpha-one done"]);
}

#[test]
fn items_of_both_sides_are_kept_and_what_a_merge_loses_it_removed() {
    let side = format!("{OPEN}- [x] delta of the side\n");
    let main = format!("{OPEN}- [ ] epsilon of the mainline\n");
    let both = format!("{main}- [x] delta of the side\n");
    assert_eq!(
        since_base(&merged(&side, &main, &both)),
        ["side: added delta-of-the-side done", "main: added epsilon-of-the-mainline open"]
    );
    assert_eq!(
        since_base(&merged(&side, &main, &main)),
        [
            "side: added delta-of-the-side done",
            "main: added epsilon-of-the-mainline open",
            "merge: removed delta-of-the-side done",
        ]
    );
}

#[test]
fn an_item_that_one_side_removed_stays_removed() {
    let without = OPEN.replace("- [ ] beta two\n", "");
    let main = with(&[GAMMA]);
    let merge = main.replace("- [ ] beta two\n", "");
    assert_eq!(
        since_base(&merged(&without, &main, &merge)),
        ["side: removed beta-two open", "main: ticked gamma-three done"]
    );
    // Kept against the removal, it came back with the merge.
    assert_eq!(
        since_base(&merged(&without, &main, &main)),
        [
            "side: removed beta-two open",
            "main: ticked gamma-three done",
            "merge: added beta-two open",
        ]
    );
}

#[test]
fn a_squashed_branch_is_one_commit_and_its_branch_none() {
    let ticked = with(&[ALPHA, GAMMA]);
    let repo = forked(&with(&[ALPHA]), OPEN).file(LIST, &ticked).commit("squash", at("2026-01-05"));
    assert_eq!(
        since_base(&repo),
        ["squash: ticked alpha-one done", "squash: ticked gamma-three done"]
    );
}

#[test]
fn a_file_renamed_on_one_side_and_ticked_on_the_other_is_one_file() {
    let ticked = with(&[ALPHA]);
    let repo = Repo::new()
        .file("OLD.md", OPEN)
        .commit("base", at("2026-01-01"))
        .branch("side")
        .remove("OLD.md")
        .file(LIST, with(&[GAMMA]))
        .commit("side", at("2026-01-02"))
        .check_out("main")
        .file("OLD.md", &ticked)
        .commit("main", at("2026-01-03"))
        .remove("OLD.md")
        .file(LIST, with(&[ALPHA, GAMMA]))
        .merge("side", "merge", at("2026-01-04"));
    assert_eq!(since_base(&repo), ["side: ticked gamma-three done", "main: ticked alpha-one done"]);
    assert_eq!(tell(&repo, &[LIST, "OLD.md"]).log("OLD.md"), [""; 0]);
}

#[test]
fn a_merge_of_three_and_of_unrelated_histories() {
    let octopus = |repo: Repo, text: &str, others: &[&str]| {
        let repo = repo.file(LIST, text);
        let parents: Vec<_> =
            ["HEAD"].iter().chain(others).map(|name| repo.id(name).parse().unwrap()).collect();
        repo.commit_onto("octopus", at("2026-01-09"), &parents)
    };
    let repo = forked(&with(&[ALPHA]), OPEN)
        .branch("third")
        .file(LIST, with(&[GAMMA]))
        .commit("third", at("2026-01-04"))
        .check_out("main");
    let repo = octopus(repo, &OPEN.replace("[ ]", "[x]"), &["side", "third"]);
    assert_eq!(
        since_base(&repo),
        [
            "side: ticked alpha-one done",
            "third: ticked gamma-three done",
            "octopus: ticked beta-two done",
        ]
    );
    let repo = Repo::new().file("a.txt", "1").commit("base", at("2026-01-01"));
    let repo = repo.with(|git| {
        let mut builder = git.treebuilder(None).unwrap();
        let mut docs = git.treebuilder(None).unwrap();
        docs.insert("LIST.md", git.blob(OPEN.as_bytes()).unwrap(), 0o100_644).unwrap();
        builder.insert("docs", docs.write().unwrap(), 0o040_000).unwrap();
        let tree = git.find_tree(builder.write().unwrap()).unwrap();
        let who = git.head().unwrap().peel_to_commit().unwrap().author().to_owned();
        git.commit(Some("refs/heads/other"), &who, &who, "other", &tree, &[]).unwrap();
    });
    let repo = repo.file(LIST, with(&[ALPHA])).merge("other", "merge", at("2026-01-04"));
    let log = since_base(&repo);
    assert_eq!(log.last().unwrap(), "merge: ticked alpha-one done");
    assert_eq!(log.iter().filter(|line| line.starts_with("other: added")).count(), 3, "{log:?}");
}
