//! What lies in the work tree and not in the commit.

use super::history::write;
use super::*;

fn changes(history: &History) -> WorktreeChanges {
    history.open().worktree_changes().unwrap()
}

#[test]
fn a_fresh_checkout_is_clean() {
    let history = History::new().file("a/b", "1").file("c", "2").commit("one", 1).check_out();
    assert_eq!(changes(&history), WorktreeChanges::default());
}

#[test]
fn edits_are_seen_staged_or_not_and_new_files_apart() {
    let history = History::new()
        .file("edited", "1")
        .file("staged", "1")
        .file("removed", "1")
        .file("same", "1")
        .file(".gitignore", "*.log\n")
        .commit("one", 1)
        .check_out();
    let dir = history.dir.path();
    write(dir, "edited", "22");
    write(dir, "staged", "22");
    write(dir, "new/file", "x");
    write(dir, "added", "x");
    write(dir, "noise.log", "x");
    std::fs::remove_file(dir.join("removed")).unwrap();
    let mut index = history.git.index().unwrap();
    index.add_path(std::path::Path::new("staged")).unwrap();
    index.add_path(std::path::Path::new("added")).unwrap();
    index.write().unwrap();
    let changes = changes(&history);
    assert_eq!(changes.tracked, ["added", "edited", "removed", "staged"]);
    assert_eq!(changes.untracked, ["new/file"]);
}

#[test]
fn asking_writes_nothing() {
    let history = History::new().file("a", "1").commit("one", 1).check_out();
    let index = history.git.path().join("index");
    write(history.dir.path(), "a", "1");
    let before = (std::fs::read(&index).unwrap(), index.metadata().unwrap().modified().unwrap());
    assert_eq!(changes(&history), WorktreeChanges::default());
    let after = (std::fs::read(&index).unwrap(), index.metadata().unwrap().modified().unwrap());
    assert_eq!(before, after);
}

#[test]
fn line_ends_that_git_itself_converts_are_no_change() {
    let history = History::new()
        .file(".gitattributes", "*.md text eol=crlf\n")
        .file("a.md", "- [x] a\n")
        .commit("one", 1)
        .check_out();
    assert_eq!(std::fs::read(history.dir.path().join("a.md")).unwrap(), b"- [x] a\r\n");
    write(history.dir.path(), "a.md", "- [x] a\r\n");
    assert_eq!(changes(&history), WorktreeChanges::default());
}

#[test]
fn a_submodule_that_was_not_fetched_is_no_change() {
    let module = b"0123456789abcdef0123456789abcdef01234567";
    let history = History::new()
        .file(".gitmodules", "[submodule \"m\"]\n\tpath = m\n\turl = ../m\n")
        .raw_file(b"m", module, 0o160_000)
        .commit("one", 1)
        .check_out();
    assert_eq!(changes(&history), WorktreeChanges::default());
}
