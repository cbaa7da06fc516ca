//! The work tree and a commit answer alike.

use super::*;
use crate::sources::git::tests::history::{History, head};

const LINK: i32 = 0o120_000;

/// The same files in a commit and on disk; a text `-> x` is a link to `x`.
fn both(files: &[(&str, &str)]) -> History {
    let mut history = History::new();
    for (path, text) in files {
        history = match text.strip_prefix("-> ") {
            Some(target) => history.raw_file(path.as_bytes(), target.as_bytes(), LINK),
            None => history.file(path, text),
        };
    }
    history.commit("one", 1).check_out()
}

fn each(both: &History, test: impl Fn(&Content<'_>)) {
    let repository = both.open();
    test(&Content::of_work_tree(&repository).unwrap());
    test(&Content::of_commit(repository.tree(&head(&repository)).unwrap()).unwrap());
}

#[test]
fn both_list_files_in_order_without_links() {
    let both = both(&[
        ("b.md", "b"),
        ("a/c.md", "c"),
        ("node_modules/x.md", "x"),
        ("a.txt", "a"),
        ("link.md", "-> b.md"),
    ]);
    each(&both, |content| {
        let paths: Vec<&str> = content.paths().collect();
        assert_eq!(paths, ["a.txt", "a/c.md", "b.md", "node_modules/x.md"]);
        assert_eq!(content.markdown().collect::<Vec<_>>(), ["a/c.md", "b.md"]);
        assert_eq!(content.unread(), []);
    });
}

#[test]
fn both_read_files_and_links_within_and_nothing_else() {
    let both = both(&[
        ("a/b.txt", "12345"),
        ("link", "-> a/b.txt"),
        ("folder", "-> a"),
        ("out", "-> /etc/passwd"),
        ("up", "-> ../.."),
    ]);
    each(&both, |content| {
        for path in ["a/b.txt", "link", "folder/b.txt"] {
            assert_eq!(content.read(path, 5).unwrap(), b"12345", "{path}");
            assert!(content.holds(path));
            assert!(matches!(content.read(path, 4), Err(ReadError::TooLarge { .. })), "{path}");
        }
        for path in ["out", "up/x", "none", "a", "", "../x", "/etc/passwd", ".git/config"] {
            assert!(matches!(content.read(path, 5), Err(ReadError::Missing { .. })), "{path}");
            assert!(!content.holds(path), "{path}");
        }
    });
}

#[test]
fn an_ignored_file_is_none_but_a_tracked_one_is() {
    let both = both(&[("kept.log", "k"), ("a.txt", "a")]);
    let repository = both.open();
    std::fs::write(repository.root().join(".gitignore"), "*.log\n").unwrap();
    std::fs::write(repository.root().join("noise.log"), "n").unwrap();
    let content = Content::of_work_tree(&repository).unwrap();
    assert_eq!(content.paths().collect::<Vec<_>>(), [".gitignore", "a.txt", "kept.log"]);
    assert!(!content.holds("noise.log"));
    assert!(Content::of_folder(repository.root()).read("noise.log", 9).is_err());
}

#[test]
fn a_file_that_was_removed_is_gone_from_the_work_tree_alone() {
    let both = both(&[("a.txt", "a")]);
    let repository = both.open();
    std::fs::remove_file(repository.root().join("a.txt")).unwrap();
    assert!(!Content::of_work_tree(&repository).unwrap().holds("a.txt"));
    let tree = repository.tree(&head(&repository)).unwrap();
    assert!(Content::of_commit(tree).unwrap().holds("a.txt"));
}
