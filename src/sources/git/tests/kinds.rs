//! Repositories of every kind, and what each says of itself.

use super::history::{head, write};
use super::*;

#[test]
fn a_folder_without_git_is_no_repository() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Repository::discover(dir.path()).unwrap().is_none());
    assert!(Repository::discover(&dir.path().join("missing")).unwrap().is_none());
}

#[test]
fn a_repository_is_found_from_a_folder_within() {
    let history = History::new().file("a/b/c.txt", "c").commit("first", 1).check_out();
    let found = Repository::discover(&history.dir.path().join("a/b")).unwrap().unwrap();
    assert_eq!(found.root().canonicalize().unwrap(), history.dir.path().canonicalize().unwrap());
}

#[test]
fn the_head_is_told_in_our_own_words() {
    let history = History::new()
        .file("a.txt", "a")
        .commit("one\n\nbody", 1)
        .file("a.txt", "b")
        .commit("two", 2)
        .tag("v1.0")
        .tag("latest");
    let repository = history.open();
    let commit = head(&repository);
    assert_eq!(commit.id, history.tip().to_string());
    assert_eq!(commit.time, day(2));
    assert_eq!(commit.author_time, day(2));
    assert_eq!(commit.author.email, "ana@example.org");
    assert_eq!(commit.subject, "two");
    assert_eq!(commit.branch.as_deref(), Some("main"));
    assert_eq!(commit.tags, ["latest", "v1.0"]);
    assert!(!commit.signature.is_there());
    assert!(!repository.is_shallow());

    let first = repository.resolve("HEAD~1").unwrap();
    assert_eq!((first.subject.as_str(), first.branch, first.tags.len()), ("one", None, 0));
}

#[test]
fn a_revision_may_be_a_tag_a_branch_or_an_abbreviated_id() {
    let history = History::new().file("a", "a").commit("one", 1).tag("v1").file("a", "b");
    let history = history.commit("two", 2);
    let repository = history.open();
    let id = history.tip().to_string();
    assert_eq!(repository.resolve("main").unwrap().id, id);
    assert_eq!(repository.resolve(&id[..8]).unwrap().id, id);
    assert_eq!(repository.resolve("v1").unwrap().subject, "one");
    for wrong in ["v2", "", "HEAD:a", "deadbeef", "--all"] {
        let fault = repository.resolve(wrong).unwrap_err();
        assert_eq!(fault.kind(), GitErrorKind::UnknownRevision, "{wrong}: {fault}");
        assert!(fault.to_string().starts_with(&format!("`{wrong}` names no commit")), "{fault}");
    }
}

#[test]
fn annotated_tags_count_for_the_commit_they_lead_to() {
    let dir = tempfile::tempdir().unwrap();
    let made = write::NewRepository::init(dir.path()).unwrap();
    let ana = Person { name: "Ana".into(), email: "ana@example.org".into() };
    let files = std::collections::BTreeMap::from([("a/b.txt".to_owned(), b"b".to_vec())]);
    let first = write::NewCommit {
        files: &files,
        parents: &[],
        author: &ana,
        at: day(1),
        message: "first",
    };
    let id = made.commit(&first).unwrap();
    made.tag("v1.0.0", &id, &ana, day(2)).unwrap();
    made.check_out(&id).unwrap();
    let repository = Repository::discover(dir.path()).unwrap().unwrap();
    assert_eq!(repository.tags().unwrap(), [("v1.0.0".to_owned(), id)]);
    assert_eq!(head(&repository).tags, ["v1.0.0"]);
    assert_eq!(repository.worktree_changes().unwrap(), WorktreeChanges::default());
    assert_eq!(std::fs::read(dir.path().join("a/b.txt")).unwrap(), b"b");
}

#[test]
fn a_repository_without_commits_has_no_head() {
    let history = History::new();
    let repository = history.open();
    assert_eq!(repository.head().unwrap(), None);
    assert_eq!(repository.tags().unwrap(), []);
    write(history.dir.path(), "a.txt", "a");
    let changes = repository.worktree_changes().unwrap();
    assert_eq!(changes.untracked, ["a.txt"]);
    assert_eq!(changes.tracked, [""; 0]);
}

#[test]
fn a_detached_head_has_no_branch() {
    let history = History::new().file("a", "a").commit("one", 1);
    history.git.set_head_detached(history.tip()).unwrap();
    assert_eq!(head(&history.open()).branch, None);
}

#[test]
fn a_bare_repository_is_refused_with_a_way_out() {
    let dir = tempfile::tempdir().unwrap();
    git2::Repository::init_bare(dir.path()).unwrap();
    let fault = Repository::discover(dir.path()).unwrap_err();
    assert_eq!(fault.kind(), GitErrorKind::Bare);
    assert!(fault.hint().unwrap().contains("Clone it"));
}

#[test]
fn a_sha256_repository_is_told_as_such() {
    let history = History::new();
    let config = history.git.path().join("config");
    let text = "[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tobjectformat = sha256\n";
    std::fs::write(config, text).unwrap();
    let fault = Repository::discover(history.dir.path()).unwrap_err();
    assert_eq!(fault.kind(), GitErrorKind::UnknownExtension, "{fault}");
    assert!(fault.hint().unwrap().contains("SHA-256"));
}

/// Only root can give a folder away, so elsewhere there is nothing to try.
#[cfg(unix)]
#[test]
fn a_repository_of_another_owner_is_refused_with_the_setting_to_change() {
    let history = History::new().file("a", "a").commit("one", 1);
    let stranger = Some(54_321);
    let own = history.dir.path();
    let given = [own.to_path_buf(), own.join(".git")]
        .iter()
        .all(|path| std::os::unix::fs::chown(path, stranger, stranger).is_ok());
    if !given {
        eprintln!("skipped: this user cannot give files to another");
        return;
    }
    let settings = git2::Config::open_default().unwrap();
    if settings.get_string("safe.directory").is_ok() {
        eprintln!("skipped: this user trusts folders of others");
        return;
    }
    std::fs::create_dir(own.join("docs")).unwrap();
    let fault = Repository::discover(&own.join("docs")).unwrap_err();
    assert_eq!(fault.kind(), GitErrorKind::ForeignOwner, "{fault}");
    assert!(fault.hint().unwrap().contains("safe.directory"));
}

#[test]
fn names_and_messages_that_are_not_utf8_are_shown_with_replacements() {
    let history = History::new().raw_file(b"caf\xe9/men\xfc.txt", b"x", 0o100_644).commit_onto(
        b"Caf\xe9 ge\xf6ffnet\n\nmehr",
        1,
        &[],
    );
    let repository = history.open();
    let commit = head(&repository);
    assert_eq!(commit.subject, "Caf\u{fffd} ge\u{fffd}ffnet");
    let files = repository.tree(&commit).unwrap().files().unwrap();
    assert_eq!(files[0].0, "caf\u{fffd}/men\u{fffd}.txt");
    assert_eq!(repository.blob(files[0].1, 9).unwrap().unwrap(), b"x");
}

#[test]
fn the_project_is_named_by_its_origin_or_its_folder() {
    let history = History::new();
    let folder = history.dir.path().file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(history.open().name(), folder);
    history.git.remote("origin", "git@github.com:acme/shop.git").unwrap();
    assert_eq!(history.open().name(), "acme/shop");
}

#[test]
fn a_mailmap_says_who_the_author_is() {
    let history = History::new()
        .file(".mailmap", "Ana Ruiz <ana@acme.example> <ana@example.org>\n")
        .commit("one", 1)
        .check_out();
    let author = head(&history.open()).author;
    assert_eq!((author.name.as_str(), author.email.as_str()), ("Ana Ruiz", "ana@acme.example"));
    // One that is in no commit says nothing, nor does one that the machine's settings name.
    let other = "Mal <mal@example.org> <ana@example.org>\n";
    let place = history.dir.path().join(".mailmap");
    std::fs::write(&place, other).unwrap();
    let mut config = history.git.config().unwrap();
    config.set_str("mailmap.file", &place.to_string_lossy()).unwrap();
    assert_eq!(head(&history.open()).author.email, "ana@acme.example");
}
