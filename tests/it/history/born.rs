//! Boxes that were written ticked, whose words stood ticked in some file before: nobody ticked them.

use trueup::model::BornTicked;

use super::{LIST, tell};
use crate::support::{Repo, at};

const KEYS: &str = "- [x] Keys rotated\n";

/// How the last item of the list was written ticked.
fn born(repo: &Repo) -> Option<BornTicked> {
    let told = tell(repo, &[LIST, "OLD.md", "MID.md", "NEW.md"]);
    let now = told.checklist(LIST);
    let items = told.history.items(&now);
    items.last().unwrap().ticked.as_ref().unwrap().born
}

/// A list without the box, beside a file `path` in which it was ticked.
fn beside(path: &str) -> Repo {
    Repo::new()
        .file(LIST, "- [ ] Ports closed\n")
        .file(path, "- [ ] Keys rotated\n- [ ] Backups restored\n- [ ] Alerts set\n")
        .commit("one", at("2026-01-01"))
        .file(path, KEYS.to_owned() + "- [ ] Backups restored\n- [ ] Alerts set\n")
        .commit("two", at("2026-01-02"))
}

/// The box, written ticked into the list.
fn written(repo: Repo) -> Repo {
    repo.file(LIST, "- [ ] Ports closed\n".to_owned() + KEYS).commit("in", at("2026-01-08"))
}

#[test]
fn words_that_stand_ticked_in_another_file_are_ticked_again() {
    assert_eq!(born(&written(beside("OLD.md"))), Some(BornTicked::Again));
    let open = beside("OLD.md").file("OLD.md", "- [ ] Backups restored\n");
    assert_eq!(born(&written(open.commit("out", at("2026-01-03")))), Some(BornTicked::Again));
}

#[test]
fn words_are_followed_with_a_file_that_goes_on_under_other_names() {
    let text = KEYS.to_owned() + "- [ ] Backups restored\n- [ ] Alerts set\n";
    let mut repo = beside("OLD.md");
    for (from, to, day) in [("OLD.md", "MID.md", "2026-01-03"), ("MID.md", "NEW.md", "2026-01-04")]
    {
        repo = repo.remove(from).file(to, text.clone()).commit("renamed", at(day));
    }
    assert_eq!(born(&written(repo)), Some(BornTicked::Again));
}

#[test]
fn words_that_were_ticked_on_the_other_line_of_a_merge_are_known_after_it() {
    let repo = Repo::new()
        .file(LIST, "- [ ] Ports closed\n")
        .file("OLD.md", "- [ ] Keys rotated\n")
        .commit("one", at("2026-01-01"))
        .branch("side")
        .file("OLD.md", KEYS)
        .commit("two", at("2026-01-02"))
        .check_out("main")
        .file("README.md", "Hello\n")
        .commit("other", at("2026-01-03"))
        .branch("alone");
    let alone = written(repo);
    assert_eq!(born(&alone), None, "nothing stood ticked on this line");
    let merged = alone.check_out("main").file("OLD.md", KEYS);
    let merged = merged.merge("side", "merged", at("2026-01-04"));
    assert_eq!(born(&written(merged)), Some(BornTicked::Again));
}

#[test]
fn words_that_never_stood_ticked_are_whose_who_wrote_them() {
    let open = Repo::new()
        .file(LIST, "- [ ] Ports closed\n")
        .file("OLD.md", "- [ ] Keys rotated\n")
        .commit("one", at("2026-01-01"));
    assert_eq!(born(&written(open)), None);
}
