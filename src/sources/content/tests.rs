//! The work tree and a commit answer alike.

use super::*;
use crate::model::Timestamp;
use crate::sources::git::{Person, write};

struct Both {
    _dir: tempfile::TempDir,
    repository: Repository,
}

/// The same files on disk and in a commit.
fn both(files: &[(&str, &str)]) -> Both {
    let dir = tempfile::tempdir().unwrap();
    let repository = write::init(dir.path()).unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match text.strip_prefix("-> ") {
            Some(target) => std::os::unix::fs::symlink(target, path).unwrap(),
            None => std::fs::write(path, text).unwrap(),
        }
    }
    let ana = Person { name: "Ana".into(), email: "ana@example.org".into() };
    repository.commit_all(&ana, Timestamp::from_epoch(1_767_268_800).unwrap(), "one").unwrap();
    Both { _dir: dir, repository }
}

fn each(both: &Both, test: impl Fn(&Content<'_>)) {
    let head = both.repository.head().unwrap().unwrap();
    test(&Content::of_work_tree(&both.repository).unwrap());
    test(&Content::of_commit(both.repository.tree(&head).unwrap()).unwrap());
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
    std::fs::write(both.repository.root().join(".gitignore"), "*.log\n").unwrap();
    std::fs::write(both.repository.root().join("noise.log"), "n").unwrap();
    let content = Content::of_work_tree(&both.repository).unwrap();
    assert_eq!(content.paths().collect::<Vec<_>>(), [".gitignore", "a.txt", "kept.log"]);
    assert!(!content.holds("noise.log"));
    assert!(Content::of_folder(both.repository.root()).read("noise.log", 9).is_err());
}

#[test]
fn a_file_that_was_removed_is_gone_from_the_work_tree_alone() {
    let both = both(&[("a.txt", "a")]);
    std::fs::remove_file(both.repository.root().join("a.txt")).unwrap();
    assert!(!Content::of_work_tree(&both.repository).unwrap().holds("a.txt"));
    let head = both.repository.head().unwrap().unwrap();
    assert!(Content::of_commit(both.repository.tree(&head).unwrap()).unwrap().holds("a.txt"));
}
