//! What changed since a commit, since a moment, and who changed a file last.

use super::history::head;
use super::*;

/// main: base(1) ── ours(3) ── merge(5), side: theirs(2) ── theirs again(4).
fn merged() -> (History, [git2::Oid; 5]) {
    let history = History::new().file("ours", "1").file("theirs", "1").file("still", "1");
    let history = history.commit("base", 1);
    let base = history.tip();
    let history = history.file("theirs", "2").commit("theirs", 2);
    let theirs = history.tip();
    let history = history.file("late", "1").commit("theirs again", 4);
    let again = history.tip();
    let history = history.at(base).file("ours", "2").commit("ours", 3);
    let ours = history.tip();
    let history = history.file("theirs", "2").file("late", "1").merge(again, "merge", 5);
    let merge = history.tip();
    (history, [base, theirs, again, ours, merge])
}

fn since_commit(history: &History, base: impl ToString) -> Since {
    let repository = history.open();
    let head = head(&repository);
    repository.changes_since_commit(&base.to_string(), &head).unwrap()
}

fn since_day(history: &History, on: i64) -> Since {
    let repository = history.open();
    let head = head(&repository);
    repository.changes_since_time(day(on), &head).unwrap()
}

fn subjects(since: &Since) -> Vec<(&str, Option<&str>)> {
    let Since::Known(changes) = since else { panic!("{since:?}") };
    changes
        .iter()
        .map(|change| {
            (change.path.as_str(), change.commit.as_ref().map(|commit| commit.subject.as_str()))
        })
        .collect()
}

#[test]
fn nothing_changed_since_the_commit_itself() {
    let history = History::new().file("a", "1").commit("one", 1);
    assert_eq!(since_commit(&history, history.tip()), Since::Known(vec![]));
}

#[test]
fn each_changed_path_names_the_newest_commit_that_touched_it() {
    let history = History::new().file("a", "1").file("b", "1").commit("one", 1);
    let base = history.tip();
    let history = history.file("a", "2").commit("two", 2).file("a", "3").commit("three", 3);
    let history = history.file("c/d", "1").remove("b").commit("four", 4);
    assert_eq!(
        subjects(&since_commit(&history, base)),
        [("a", Some("three")), ("b", Some("four")), ("c/d", Some("four"))]
    );
}

#[test]
fn a_change_that_was_taken_back_is_none_since_the_commit_and_one_since_the_time() {
    let history = History::new().file("a", "1").commit("one", 1);
    let base = history.tip();
    let history = history.file("a", "2").commit("two", 2).file("a", "1").commit("back", 3);
    assert_eq!(since_commit(&history, base), Since::Known(vec![]));
    assert_eq!(paths(&since_day(&history, 1)), ["a"]);
}

#[test]
fn a_rename_is_two_changes_and_a_mode_is_one() {
    let history = History::new().file("old", "same").file("run.sh", "x").commit("one", 1);
    let base = history.tip();
    let history = history.remove("old").file("new", "same").raw_file(b"run.sh", b"x", 0o100_755);
    let history = history.commit("two", 2);
    assert_eq!(paths(&since_commit(&history, base)), ["new", "old", "run.sh"]);
}

#[test]
fn an_abbreviated_id_is_enough_where_it_is_clear() {
    let history = History::new().file("a", "1").commit("one", 1);
    let base = history.tip().to_string();
    let history = history.file("a", "2").commit("two", 2);
    assert_eq!(paths(&since_commit(&history, &base[..7])), ["a"]);
    assert_eq!(paths(&since_commit(&history, format!(" {} ", base.to_uppercase()))), ["a"]);
    for wrong in [&base[..6], "", "main", "HEAD", "0123456789abcdef0123456789abcdef01234567"] {
        assert_eq!(since_commit(&history, wrong), Since::UnknownCommit, "{wrong}");
    }
}

#[test]
fn an_id_of_something_else_is_no_commit() {
    let history = History::new().file("a", "1").commit("one", 1);
    let blob = history.git.blob(b"1").unwrap();
    assert_eq!(since_commit(&history, blob), Since::UnknownCommit);
}

#[test]
fn evidence_of_a_merges_parent_is_held_to_what_the_merge_adds() {
    let (history, [base, _, again, ours, _]) = merged();
    assert_eq!(subjects(&since_commit(&history, again)), [("ours", Some("ours"))]);
    assert_eq!(
        subjects(&since_commit(&history, ours)),
        [("late", Some("theirs again")), ("theirs", Some("theirs"))]
    );
    assert_eq!(paths(&since_commit(&history, base)), ["late", "ours", "theirs"]);
}

#[test]
fn a_base_on_another_branch_is_compared_by_its_files() {
    let history = History::new().file("a", "1").file("b", "1").commit("one", 1);
    let fork = history.tip();
    let history = history.file("a", "branch").commit("branch", 2);
    let branch = history.tip();
    let history = history.at(fork).file("b", "main").commit("main", 3);
    assert_eq!(
        subjects(&since_commit(&history, branch)),
        [("a", None), ("b", Some("main"))],
        "a differs because the branch changed it: no commit of main did"
    );
}

#[test]
fn since_a_time_counts_later_commits_and_work_merged_later() {
    let (history, _) = merged();
    assert_eq!(paths(&since_day(&history, 5)), [""; 0]);
    assert_eq!(
        subjects(&since_day(&history, 4)),
        [("late", None), ("theirs", None)],
        "committed on the side before, but not on this line until the merge"
    );
    assert_eq!(
        subjects(&since_day(&history, 2)),
        [("late", Some("theirs again")), ("ours", Some("ours")), ("theirs", None)]
    );
    assert_eq!(paths(&since_day(&history, 0)), ["late", "ours", "still", "theirs"]);
}

#[test]
fn a_merge_that_changes_something_itself_is_named() {
    let (history, [_, _, again, ours, _]) = merged();
    let history = history.at(ours).file("still", "evil").file("theirs", "2").file("late", "1");
    let history = history.merge(again, "evil merge", 6);
    let since = since_day(&history, 5);
    assert!(subjects(&since).contains(&("still", Some("evil merge"))), "{since:?}");
}

#[test]
fn a_clock_that_ran_behind_hides_no_later_commit() {
    let history = History::new().file("a", "1").commit("one", 1);
    let history = history.file("b", "1").commit("later", 20).file("c", "1").commit("behind", 3);
    assert_eq!(subjects(&since_day(&history, 10)), [("b", Some("later"))]);
}

#[test]
fn a_shallow_clone_says_where_it_cannot_tell() {
    let history = History::new().file("a", "1").commit("one", 1);
    let base = history.tip();
    let history = history.file("b", "1").commit("two", 2).file("c", "1").commit("three", 3);
    let history = history.file("d", "1").commit("four", 4);
    let clone = history.shallow(2);
    assert!(clone.open().is_shallow());
    assert_eq!(since_commit(&clone, base), Since::Truncated);
    assert_eq!(since_day(&clone, 1), Since::Truncated);
    assert_eq!(since_day(&clone, 2), Since::Truncated, "who knows what three was made of");
    assert_eq!(subjects(&since_day(&clone, 3)), [("d", Some("four"))]);
    assert_eq!(
        subjects(&since_commit(&clone, history.git.revparse_single("HEAD~1").unwrap().id())),
        [("d", Some("four"))]
    );
}

#[test]
fn an_ancestor_is_one_through_every_parent() {
    let (history, [base, theirs, _, ours, merge]) = merged();
    let repository = history.open();
    let head = head(&repository);
    for id in [base, theirs, ours, merge] {
        assert!(repository.is_ancestor(&id.to_string(), &head).unwrap());
    }
    let ours = repository.resolve(&ours.to_string()).unwrap();
    assert!(!repository.is_ancestor(&theirs.to_string(), &ours).unwrap());
    assert!(!repository.is_ancestor("0123456789", &head).unwrap());
}

#[test]
fn a_shallow_clone_names_the_cut_when_a_revision_is_missing() {
    let history = History::new().file("a", "1").commit("one", 1).file("a", "2").commit("two", 2);
    let fault = history.shallow(1).open().resolve("HEAD~1").unwrap_err();
    assert!(fault.to_string().contains("shallow"), "{fault}");
    assert!(fault.hint().unwrap().contains("unshallow"));
}
