//! The files of a commit.

use super::history::head;
use super::*;

const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;

fn read(history: &History, path: &str) -> Option<String> {
    let repository = history.open();
    let commit = head(&repository);
    let bytes = repository.tree(&commit).unwrap().read(path, 1_000).unwrap()?;
    Some(String::from_utf8(bytes).unwrap())
}

#[test]
fn files_are_listed_in_order_without_links_and_submodules() {
    let history = History::new()
        .file("b.md", "b")
        .file("a/z.md", "z")
        .file("a.md", "a")
        .raw_file(b"link.md", b"a.md", LINK)
        .raw_file(b"module", b"0123456789abcdef0123456789abcdef01234567", SUBMODULE)
        .commit("one", 1);
    let repository = history.open();
    let files = repository.tree(&head(&repository)).unwrap().files().unwrap();
    let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["a.md", "a/z.md", "b.md"]);
}

#[test]
fn the_same_bytes_have_the_same_id() {
    let history = History::new().file("a", "same").file("b", "same").file("c", "other");
    let history = history.commit("one", 1);
    let repository = history.open();
    let tree = repository.tree(&head(&repository)).unwrap();
    assert_eq!(tree.blob_at("a"), tree.blob_at("b"));
    assert_ne!(tree.blob_at("a"), tree.blob_at("c"));
    assert_eq!(tree.blob_at("d"), None);
    assert_eq!(BlobId::of(b"same"), tree.blob_at("a"));
    assert_ne!(BlobId::of(b"same\n"), tree.blob_at("a"));
}

#[test]
fn a_file_is_read_as_it_was_committed_line_ends_and_all() {
    let history = History::new().file("a/crlf.md", "- [x] a\r\n").commit("one", 1);
    assert_eq!(read(&history, "a/crlf.md").as_deref(), Some("- [x] a\r\n"));
    for none in ["a", "a/", "a/none", "a/crlf.md/x", "", "/", "..", "../a"] {
        assert_eq!(read(&history, none), None, "{none}");
    }
}

#[test]
fn links_are_followed_within_the_repository_and_not_out_of_it() {
    let history = History::new()
        .file("real/a.md", "a")
        .raw_file(b"real/self.md", b"a.md", LINK)
        .raw_file(b"up/a.md", b"../real/a.md", LINK)
        .raw_file(b"folder", b"real", LINK)
        .raw_file(b"out", b"../../etc/passwd", LINK)
        .raw_file(b"root", b"/etc/passwd", LINK)
        .raw_file(b"loop", b"loop", LINK)
        .raw_file(b"gone", b"nothing", LINK)
        .commit("one", 1);
    for path in ["real/self.md", "up/a.md", "folder/a.md", "folder/self.md"] {
        assert_eq!(read(&history, path).as_deref(), Some("a"), "{path}");
    }
    for path in ["out", "root", "loop", "gone", "folder"] {
        assert_eq!(read(&history, path), None, "{path}");
    }
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let history = History::new().file("a", "12345").commit("one", 1);
    let repository = history.open();
    let tree = repository.tree(&head(&repository)).unwrap();
    assert_eq!(tree.read("a", 5).unwrap().unwrap(), b"12345");
    assert_eq!(tree.read("a", 4).unwrap(), None);
}

#[test]
fn a_missing_object_is_damage_and_not_an_empty_file() {
    let history = History::new().file("a", "12345").commit("one", 1);
    let id = history.git.blob(b"12345").unwrap().to_string();
    let object = history.git.path().join("objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(object).unwrap();
    let repository = history.open();
    let fault = repository.tree(&head(&repository)).unwrap().read("a", 9).unwrap_err();
    assert_eq!(fault.kind(), GitErrorKind::Damaged, "{fault}");
}
