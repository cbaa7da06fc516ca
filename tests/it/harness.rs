//! The builder itself: what it makes is the same at every run, and cut off from this machine.

use crate::support::{Repo, at};

fn two_commits() -> Repo {
    Repo::new()
        .file("docs/CHECKLIST.md", "# Go\n\n- [ ] Tests pass\n")
        .commit("docs: a checklist", at("2026-01-05"))
        .tag("v1.0.0")
        .author("Ben", "ben@example.org")
        .file("docs/CHECKLIST.md", "# Go\n\n- [x] Tests pass\n")
        .commit("docs: the tests pass", at("2026-01-06T09:30:00Z"))
}

#[test]
fn the_same_steps_make_the_same_commits() {
    let (one, other) = (two_commits(), two_commits());
    assert_eq!(one.id("HEAD"), other.id("HEAD"));
    assert_eq!(one.id("v1.0.0"), other.id("HEAD~1"));
    assert_ne!(one.dir(), other.dir());
}

#[test]
fn branches_and_merges_have_their_parents() {
    let repo = two_commits().branch("side").file("a.txt", "a").commit("side", at("2026-01-07"));
    let side = repo.id("HEAD");
    let repo = repo.check_out("main").file("b.txt", "b").commit("main", at("2026-01-08"));
    let repo = repo.file("a.txt", "a").merge("side", "merge side", at("2026-01-09"));
    assert_eq!(repo.id("HEAD^2"), side);
    assert_eq!(repo.read("b.txt"), "b");
}
