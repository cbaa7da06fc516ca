//! The history of checklists, over repositories that each test writes: what `trueup log` tells, and
//! which tick holds.

use trueup::checklist::{self, Settings};
use trueup::history::{self, History, log::Log};
use trueup::model::{Checklist, ItemHistory};
use trueup::sources::git::history::Sought;
use trueup::sources::git::{Commit, Repository};

use crate::support::{Repo, at};

mod attested;
mod born;
mod corpus;
mod kept;
mod merges;
mod workload;

const LIST: &str = "docs/LIST.md";

/// A repository that was opened, with what its history says of some files.
struct Told {
    repository: Repository,
    head: Commit,
    history: History,
}

fn tell(repo: &Repo, paths: &[&str]) -> Told {
    tell_at(&repo.dir(), paths)
}

fn tell_at(dir: &std::path::Path, paths: &[&str]) -> Told {
    let repository = Repository::discover(dir).unwrap().unwrap();
    let head = repository.head().unwrap().unwrap();
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    let sought =
        Sought { paths: &paths, trailers: &["Evidence-for", "Signed-off-for"], marks: &[] };
    let history = history::of_checklists(
        &repository,
        &head,
        &sought,
        &history::Reading::of(&Settings::default()),
    )
    .unwrap();
    Told { repository, head, history }
}

impl Told {
    /// The checklist as the commit holds it.
    fn checklist(&self, path: &str) -> Checklist {
        let tree = self.repository.tree(&self.head).unwrap();
        let bytes = tree.read(path, 1 << 20).unwrap().unwrap_or_default();
        checklist::read(path, &bytes, &Settings::default())
    }

    /// One line an event: `subject: change item claim`.
    fn log(&self, path: &str) -> Vec<String> {
        let now = self.checklist(path);
        let log = self.history.log(&self.repository, &[now], &Settings::default()).unwrap();
        let of_path = log.checklists.into_iter().find(|log| log.path == path);
        let events = of_path.map(|log| log.events).unwrap_or_default();
        events
            .iter()
            .map(|event| {
                let (change, claim) = (event.change.word(), event.claim.word());
                format!("{}: {change} {} {claim}", event.subject, event.item)
            })
            .collect()
    }

    /// Of each item: its text, and the subject of the commit whose tick holds.
    fn ticks(&self, path: &str) -> Vec<(String, Option<String>)> {
        let now = self.checklist(path);
        let subject =
            |history: ItemHistory| history.ticked.map(|tick| tick.event.by.subject.clone());
        let items = now.items.iter().zip(self.history.items(&now));
        items.map(|(item, history)| (item.text.clone(), subject(history))).collect()
    }
}

#[test]
fn the_life_of_an_item_is_told_in_order() {
    let repo = Repo::new()
        .file(LIST, "# Go\n\n## A\n\n- [ ] Tests pass\n- [x] Backups are restored\n\n## B\n\n- [ ] Other\n")
        .commit("one", at("2026-01-01"))
        .tag("v1.0.0")
        .author("Ben", "ben@example.org")
        .file(LIST, "# Go\n\n## A\n\n- [x] Tests pass\n- [x] Backups are restored\n\n## B\n\n- [ ] Other\n")
        .commit("two", at("2026-01-02"))
        .file(LIST, "# Go\n\n## A\n\n- [ ] All tests passed\n- [x] Backups are restored\n\n## B\n\n- [ ] Other\n")
        .commit("three", at("2026-01-03"))
        .file(LIST, "# Go\n\n## A\n\n- [ ] All tests passed\n\n## B\n\n- [ ] Other\n- [x] Backups are restored\n- [ ] New\n")
        .commit("four", at("2026-01-04"))
        .file(LIST, "# Go\n\n## A\n\n- [x] All tests passed\n\n## B\n\n- [x] Backups are restored\n- [ ] New\n")
        .commit("five", at("2026-01-05"));
    let told = tell(&repo, &[LIST]);
    assert_eq!(
        told.log(LIST),
        [
            "one: added a/all-tests-passed open",
            "one: added b/backups-are-restored done",
            "one: added b/other open",
            "two: ticked a/all-tests-passed done",
            "three: reworded a/all-tests-passed open",
            "three: unticked a/all-tests-passed open",
            "four: moved b/backups-are-restored done",
            "four: added b/new open",
            "five: ticked a/all-tests-passed done",
            "five: removed b/other open",
        ]
    );
    let now = told.checklist(LIST);
    let items = told.history.items(&now);
    let tests = items[0].ticked.as_ref().unwrap();
    assert_eq!((tests.event.by.subject.as_str(), tests.event.by.author.as_str()), ("five", "Ben"));
    assert_eq!(tests.event.by.email, "ben@example.org");
    let backups = items[1].ticked.as_ref().unwrap();
    assert_eq!(backups.event.by.release.as_deref(), Some("v1.0.0"));
    assert_eq!(backups.event.by.commit, repo.id("v1.0.0"));
    assert_eq!(items[2].ticked, None);
    assert!(items.iter().all(|item| !item.truncated && !item.uncommitted));
}

#[test]
fn a_tick_remembers_what_it_was_a_tick_of() {
    let repo = Repo::new()
        .file(LIST, "- [ ] p95 < 500 ms\n- [ ] Errors gone (22 → 0)\n- [ ] Keys rotated\n")
        .commit("one", at("2026-01-01"))
        .file(LIST, "- [x] p95 < 500 ms\n- [x] Errors gone (22 → 0)\n- [x] Keys rotated\n")
        .commit("two", at("2026-01-02"))
        .file(LIST, "- [x] p95 < 800 ms\n- [x] Errors gone (11 → 0)\n- [x] Keys rotated yearly\n")
        .commit("three", at("2026-01-03"));
    let told = tell(&repo, &[LIST]);
    let now = told.checklist(LIST);
    let items: Vec<_> = now.items.iter().zip(told.history.items(&now)).collect();
    let ticks: Vec<_> = items.iter().map(|(_, history)| history.ticked.clone().unwrap()).collect();
    assert!(ticks.iter().all(|tick| tick.event.by.subject == "two"));
    assert_eq!(&*ticks[0].event.text, "p95 < 500 ms");
    assert_ne!(ticks[0].thresholds, items[0].0.thresholds);
    assert_eq!(ticks[1].meaning, items[1].0.meaning, "a figure is no meaning");
    assert_ne!(ticks[2].meaning, items[2].0.meaning);
}

#[test]
fn unticking_and_ticking_again_renews_a_tick() {
    let repo = Repo::new()
        .file(LIST, "- [x] Keys rotated\n")
        .commit("born", at("2026-01-01"))
        .file(LIST, "- [ ] Keys rotated yearly\n")
        .commit("open", at("2026-01-02"))
        .file(LIST, "- [x] Keys rotated yearly\n")
        .commit("again", at("2026-01-03"));
    let told = tell(&repo, &[LIST]);
    let now = told.checklist(LIST);
    let tick = told.history.items(&now).remove(0).ticked.unwrap();
    assert_eq!(
        (tick.event.by.subject.as_str(), tick.meaning),
        ("again", now.items[0].meaning.clone())
    );
}

#[test]
fn what_is_removed_and_added_again_is_the_same_item() {
    let repo = Repo::new()
        .file(LIST, "- [x] Keys rotated\n- [ ] b\n")
        .commit("one", at("2026-01-01"))
        .file(LIST, "- [ ] b\n")
        .commit("two", at("2026-01-02"))
        .remove(LIST)
        .commit("three", at("2026-01-03"))
        .file(LIST, "- [ ] b\n- [x] Keys rotated\n")
        .commit("four", at("2026-01-04"));
    let told = tell(&repo, &[LIST]);
    assert_eq!(
        told.log(LIST),
        [
            "one: added keys-rotated done",
            "one: added b open",
            "two: removed keys-rotated done",
            "three: removed b open",
            "four: added b open",
            "four: added keys-rotated done",
        ]
    );
    assert_eq!(told.ticks(LIST)[1], ("Keys rotated".into(), Some("four".into())));
}

#[test]
fn a_renamed_checklist_keeps_its_past_and_tells_its_names() {
    let text = "- [ ] Keys rotated\n- [ ] Ports closed\n- [ ] Backups restored\n";
    let repo = Repo::new()
        .file("OLD.md", text)
        .commit("one", at("2026-01-01"))
        .file("OLD.md", text.replace("[ ] Keys", "[x] Keys"))
        .commit("two", at("2026-01-02"))
        .remove("OLD.md")
        .file("MID.md", text.replace("[ ] Keys", "[x] Keys"))
        .commit("three", at("2026-01-03"))
        .remove("MID.md")
        .file(LIST, text.replace("[ ]", "[x]"))
        .commit("four", at("2026-01-04"));
    let told = tell(&repo, &[LIST]);
    assert_eq!(
        told.log(LIST),
        [
            "one: added keys-rotated open",
            "one: added ports-closed open",
            "one: added backups-restored open",
            "two: ticked keys-rotated done",
            "four: ticked ports-closed done",
            "four: ticked backups-restored done",
        ]
    );
    let log = told.history.log(&told.repository, &[], &Settings::default()).unwrap();
    assert_eq!(log.checklists[0].formerly, ["MID.md", "OLD.md"]);
}

#[test]
fn a_file_that_is_gone_has_its_history_too() {
    let repo = Repo::new()
        .file(LIST, "# Go\n\n- [ ] a\n")
        .commit("one", at("2026-01-01"))
        .remove(LIST)
        .commit("two", at("2026-01-02"));
    let told = tell(&repo, &[LIST, "never.md"]);
    assert_eq!(told.log(LIST), ["one: added a open", "two: removed a open"]);
    assert_eq!(told.log("never.md"), [""; 0]);
}

#[test]
fn the_work_tree_above_the_commit_is_told_apart() {
    let repo = Repo::new()
        .file(LIST, "- [ ] a one\n- [x] b two\n- [x] c three\n- [x] d four\n")
        .commit("one", at("2026-01-01"));
    let told = tell(&repo, &[LIST]);
    let text = "- [x] a one\n- [ ] b two\n- [x] c three again\n- [x] d four\n- [x] quite new\n";
    let now = checklist::read(LIST, text.as_bytes(), &Settings::default());
    let told: Vec<_> = told
        .history
        .items(&now)
        .into_iter()
        .map(|item| (item.events.len(), item.ticked.is_some(), item.uncommitted))
        .collect();
    assert_eq!(
        told,
        [(1, false, true), (1, false, true), (1, true, true), (1, true, false), (0, false, true)]
    );
}

#[test]
fn beyond_the_cut_of_a_shallow_clone_nothing_is_said() {
    let repo = Repo::new()
        .file(LIST, "- [x] old\n")
        .commit("one", at("2026-01-01"))
        .file(LIST, "- [x] old\n- [ ] older\n")
        .commit("two", at("2026-01-02"))
        .file(LIST, "- [x] old\n- [x] older\n- [x] new\n")
        .commit("three", at("2026-01-03"));
    std::fs::write(repo.dir().join(".git/shallow"), repo.id("HEAD~1") + "\n").unwrap();
    let told = tell(&repo, &[LIST]);
    assert!(told.history.truncated);
    assert_eq!(told.log(LIST), ["three: ticked older done", "three: added new done"]);
    let now = told.checklist(LIST);
    let items = told.history.items(&now);
    let cut: Vec<_> = items.iter().map(|item| (item.ticked.is_some(), item.truncated)).collect();
    assert_eq!(cut, [(false, true), (true, true), (true, false)]);
}

#[test]
fn signatures_and_foreign_letters_are_told() {
    let repo = Repo::new().file(LIST, "- [ ] a\n").commit("one", at("2026-01-01")).with(|git| {
        let head = git.head().unwrap().peel_to_commit().unwrap();
        let who = head.author();
        let tree = git.find_tree({
            let mut builder = git.treebuilder(None).unwrap();
            let mut inner = git.treebuilder(None).unwrap();
            inner.insert("LIST.md", git.blob(b"- [x] a\n").unwrap(), 0o100_644).unwrap();
            builder.insert("docs", inner.write().unwrap(), 0o040_000).unwrap();
            builder.write().unwrap()
        });
        let buffer = git.commit_create_buffer(&who, &who, "", &tree.unwrap(), &[&head]).unwrap();
        let text = String::from_utf8(buffer.to_vec()).unwrap();
        let mut signed = text
            .replace(
                "\n\n",
                "\ngpgsig -----BEGIN SSH SIGNATURE-----\n U1NI\n -----END SSH SIGNATURE-----\n\n",
            )
            .into_bytes();
        signed.extend_from_slice(b"caf\xe9\n");
        let id = git.odb().unwrap().write(git2::ObjectType::Commit, &signed).unwrap();
        git.reference("refs/heads/main", id, true, "").unwrap();
    });
    let told = tell(&repo, &[LIST]);
    assert_eq!(told.log(LIST), ["one: added a open", "caf\u{fffd}: ticked a done"]);
    let log = told.history.log(&told.repository, &[], &Settings::default()).unwrap();
    let signed: Vec<_> = log.checklists[0].events.iter().map(|event| event.signed).collect();
    assert_eq!(signed, [false, true]);
}

#[test]
fn the_log_keeps_to_its_contract() {
    let repo =
        Repo::new().file(LIST, "- [ ] a\n- [ ] b\n").commit("one", at("2026-01-01")).tag("v1");
    let told = tell(&repo, &[LIST]);
    let log = told.history.log(&told.repository, &[], &Settings::default()).unwrap();
    let log = log.of_items(&|path, id| path == LIST && id == "b");
    let expected = serde_json::json!({"schema": "trueup/log/1", "truncated": false, "checklists": [{
        "path": LIST,
        "events": [{
            "commit": repo.id("v1"), "time": "2026-01-01T00:00:00Z", "author": "Ana",
            "subject": "one", "release": "v1", "change": "added", "item": "b", "text": "b",
            "claim": "open", "signed": false,
        }],
    }]});
    assert_eq!(serde_json::to_value(&log).unwrap(), expected);
    let again: trueup::history::log::Log = serde_json::from_value(expected).unwrap();
    assert_eq!(again, log);
}
