//! The example is the same at every writing, and holds what its story says.

use super::*;
use crate::sources::Content;
use crate::sources::git::{Repository, Since};

fn written() -> (tempfile::TempDir, Repository) {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("shop")).unwrap();
    let repository = Repository::discover(&dir.path().join("shop")).unwrap().unwrap();
    (dir, repository)
}

#[test]
fn the_story_can_be_told() {
    let told = history::tell().unwrap();
    assert!(told.len() > 15);
    for (one, next) in told.iter().zip(told.iter().skip(1)) {
        assert!(one.at < next.at, "{} is before {}", one.name, next.name);
    }
    assert!(told.iter().all(|step| step.at < clock().unwrap()));
}

#[test]
fn the_same_commits_are_written_each_time() {
    let (_one, repository) = written();
    let (_two, again) = written();
    let head = repository.head().unwrap().unwrap();
    assert_eq!(again.head().unwrap().unwrap(), head);
    assert_eq!(head.branch.as_deref(), Some("main"));
    let tags: Vec<String> = repository.tags().unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(tags, ["v1.0.0", "v1.1.0", "v1.2.0-rc.1"]);
}

#[test]
fn the_work_tree_is_clean_and_its_results_are_ignored() {
    let (_dir, repository) = written();
    let changes = repository.worktree_changes().unwrap();
    assert_eq!((changes.tracked.len(), changes.untracked.len()), (0, 0), "{changes:?}");
    assert!(repository.root().join("artifacts/junit-backend.xml").is_file());
    let content = Content::of_work_tree(&repository).unwrap();
    assert!(!content.paths().any(|path| path.starts_with("artifacts/")));
    assert!(content.holds("docs/RELEASE-CHECKLIST.md"));
}

#[test]
fn results_name_the_commit_they_are_of() {
    let (_dir, repository) = written();
    let run = repository.root().join("artifacts/ci-run.json");
    let run: serde_json::Value = serde_json::from_slice(&std::fs::read(run).unwrap()).unwrap();
    let candidate = repository.resolve("v1.2.0-rc.1").unwrap();
    assert_eq!(run["head_sha"], candidate.id.as_str());
    let head = repository.head().unwrap().unwrap();
    let Since::Known(changes) = repository.changes_since_commit(&candidate.id, &head).unwrap()
    else {
        panic!("the candidate is in this history")
    };
    let paths: Vec<&str> = changes
        .iter()
        .map(|change| change.path.as_str())
        .filter(|path| !path.starts_with("artifacts/") && *path != ".gitignore")
        .collect();
    assert_eq!(
        paths,
        [
            "backend/migrations/0004_gift_wrapping.sql",
            "backend/package-lock.json",
            "backend/package.json",
            "storefront/src/basket.ts"
        ]
    );
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("mine.txt"), "mine").unwrap();
    let fault = write(dir.path()).unwrap_err();
    assert!(fault.to_string().ends_with("is not empty"), "{fault}");
    assert!(fault.hint().is_some());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn an_artifact_that_names_an_unknown_commit_is_a_fault_of_the_story() {
    let ids = BTreeMap::from([("one", "abc".to_owned())]);
    assert_eq!(history::named(b"x @commit one@ y", &ids).unwrap(), b"x abc y");
    assert_eq!(history::named(b"\xff @commit two@", &ids).unwrap(), b"\xff @commit two@");
    assert!(history::named(b"@commit two@", &ids).is_err());
}
