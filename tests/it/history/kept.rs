//! What is kept from one run to the next gives the same history as reading all of it again.

use trueup::sources::cache::{Cache, FOLDER};

use super::*;

const TRAILERS: [&str; 2] = ["Evidence-for", "Signed-off-for"];

/// What is told at `revision`, read anew and read from what `cache` kept.
fn both(repo: &Repo, cache: &Cache, revision: &str) -> [(Log, Vec<ItemHistory>); 2] {
    let repository = Repository::discover(&repo.dir()).unwrap().unwrap();
    let head = repository.resolve(revision).unwrap();
    let paths = [LIST.to_owned()];
    let sought = Sought { paths: &paths, trailers: &TRAILERS, marks: &[] };
    let settings = Settings::default();
    let bytes = repository.tree(&head).unwrap().read(LIST, 1 << 20).unwrap().unwrap_or_default();
    let now = checklist::read(LIST, &bytes, &settings);
    let cold =
        history::of_checklists(&repository, &head, &sought, &history::Reading::of(&settings))
            .unwrap();
    let warm =
        history::with_cache(&repository, &head, &sought, &history::Reading::of(&settings), cache)
            .unwrap();
    [cold, warm].map(|history| {
        let log = history.log(&repository, std::slice::from_ref(&now), &settings).unwrap();
        (log, history.items(&now))
    })
}

fn agree(repo: &Repo, cache: &Cache, revision: &str) {
    let [cold, warm] = both(repo, cache, revision);
    assert_eq!(warm, cold, "{revision}");
}

fn list(items: &[&str]) -> String {
    format!("# Go\n\n## A\n\n{}\n", items.join("\n"))
}

/// A history with all that can happen, on a branch too; `main` has a tag at its end.
fn eventful() -> Repo {
    Repo::new()
        .file(LIST, list(&["- [ ] Tests pass", "- [ ] Backups kept", "- [ ] Keys rotated"]))
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file(LIST, list(&["- [x] Tests pass", "- [ ] Backups kept", "- [ ] Keys rotated"]))
        .commit("two\n\nSigned-off-for: a/backups-kept\n", at("2026-01-02"))
        .file(LIST, list(&["- [x] Tests pass today", "- [ ] Keys rotated"]))
        .commit("three", at("2026-01-03"))
        .branch("side")
        .file(LIST, list(&["- [x] Tests pass today", "- [x] Keys rotated"]))
        .commit("four\n\nEvidence-for: a/*\n", at("2026-01-04"))
        .check_out("main")
        .file(LIST, list(&["- [x] Tests pass today", "- [ ] Keys rotated", "- [x] Backups kept"]))
        .commit("five", at("2026-01-05"))
        .file(LIST, list(&["- [x] Tests pass today", "- [x] Keys rotated", "- [x] Backups kept"]))
        .merge("side", "six", at("2026-01-06"))
        .file("other", "1")
        .commit("seven", at("2026-01-07"))
        .tag("v2")
}

#[test]
fn each_commit_goes_on_from_what_the_last_run_kept() {
    let repo = eventful();
    let cache = Cache::of(&repo.dir()).unwrap();
    for revision in ["HEAD~4", "HEAD~3", "HEAD~2", "HEAD~1", "HEAD"] {
        agree(&repo, &cache, revision);
        agree(&repo, &cache, revision);
    }
    agree(&repo, &cache, "side");
    assert!(cache.names().len() > 5, "{:?}", cache.names());
}

#[test]
fn one_walk_tells_what_each_earlier_commit_knew() {
    let repo = eventful();
    let moved = repo.read(LIST);
    let repo = repo
        .remove(LIST)
        .file("MOVED.md", moved)
        .commit("eight", at("2026-01-08"))
        .file("MOVED.md", list(&["- [x] Tests pass today", "- [ ] Keys rotated"]))
        .commit("nine\n\nSigned-off-for: a/keys-rotated\n", at("2026-01-09"));
    let repository = Repository::discover(&repo.dir()).unwrap().unwrap();
    let all = ["HEAD~6", "HEAD~5", "HEAD~4", "HEAD~3", "side", "HEAD~2", "HEAD~1", "HEAD"];
    let commits = all.map(|revision| repository.resolve(revision).unwrap());
    let paths = [LIST, "MOVED.md"].map(str::to_owned);
    let ids: Vec<String> = commits.iter().map(|of| of.id.clone()).collect();
    let head = commits.last().unwrap();
    let settings = Settings::default();
    // Walked for the last commit, too, as it is judged by: that names the file which it holds.
    let own = || history::Own { paths: vec!["MOVED.md".to_owned()], ..history::Own::default() };
    for own in [None, Some(own())] {
        let memory = history::Memory::of(head.clone(), paths.clone(), ids.clone(), own);
        let mut told = 0;
        for commit in &commits {
            let held = |path: &&str| repository.tree(commit).unwrap().blob_at(path).is_some();
            let path = [LIST, "MOVED.md"].into_iter().find(held).unwrap();
            let bytes = repository.tree(commit).unwrap().read(path, 1 << 20).unwrap().unwrap();
            let list = checklist::read(path, &bytes, &settings);
            let (paths, reading) = ([path.to_owned()], history::Reading::of(&settings));
            let sought = Sought { paths: &paths, trailers: &TRAILERS, marks: &[] };
            let fresh = history::of_checklists(&repository, commit, &sought, &reading).unwrap();
            let past =
                memory.at(&repository, commit, &sought, &reading, &[&list]).unwrap().unwrap();
            assert_eq!(
                unreleased(&past.items[0]),
                unreleased(&fresh.items(&list)),
                "{}",
                commit.subject
            );
            assert_eq!(past.lost.len(), fresh.lost.len(), "{}", commit.subject);
            told += past.items[0].iter().map(|item| item.events.len()).sum::<usize>();
        }
        assert!(told > 20, "{told}");
        let unknown = Sought { paths: &["OTHER.md".to_owned()], ..Sought::default() };
        let reading = history::Reading::of(&settings);
        let other = checklist::read("OTHER.md", b"- [ ] a\n", &settings);
        let at = memory.at(&repository, &commits[0], &unknown, &reading, &[&other]);
        assert!(at.unwrap().is_none());
    }
}

#[test]
fn what_was_walked_for_others_is_what_its_own_walk_tells() {
    let repo = eventful();
    let repository = Repository::discover(&repo.dir()).unwrap().unwrap();
    let [before, head] = ["HEAD~1", "HEAD"].map(|of| repository.resolve(of).unwrap());
    let (settings, paths) = (Settings::default(), [LIST.to_owned()]);
    let reading = history::Reading::of(&settings);
    let sought = Sought { paths: &paths, trailers: &TRAILERS, marks: &[] };
    let list = checklist::read(LIST, repo.read(LIST).as_bytes(), &settings);
    let fresh = history::of_checklists(&repository, &head, &sought, &reading).unwrap();
    let walked = || {
        let own = history::Own { paths: paths.to_vec(), ..history::Own::default() };
        let marks = vec![before.id.clone()];
        let memory = history::Memory::of(head.clone(), paths.clone(), marks, Some(own));
        memory.at(&repository, &before, &sought, &reading, &[&list]).unwrap().unwrap();
        memory.walked().unwrap()
    };
    let take = |of: &Commit, sought: &Sought<'_>| walked().take(&repository, of, sought, &reading);
    let same = take(&head, &sought).expect("it was walked");
    assert_eq!(same.items(&list), fresh.items(&list));
    assert_eq!(same.lost.len(), fresh.lost.len());
    let others = [LIST.to_owned(), "OTHER.md".to_owned()];
    assert!(take(&before, &sought).is_none(), "of another commit");
    assert!(take(&head, &Sought { paths: &others, ..sought }).is_none(), "of other checklists");
    assert!(take(&head, &Sought { trailers: &[], ..sought }).is_none(), "of other trailers");
    let once = walked();
    assert!(once.take(&repository, &head, &sought, &reading).is_some());
    assert!(once.take(&repository, &head, &sought, &reading).is_none(), "it was given away");
}

#[test]
fn what_is_gone_since_is_told_all_the_same() {
    let old = list(&["- [x] Keys rotated"]);
    let repo = Repo::new()
        .file(LIST, list(&["- [ ] Tests pass"]))
        .file("OLD.md", list(&["- [ ] Keys rotated"]))
        .commit("one", at("2026-01-01"))
        .file("OLD.md", &old)
        .commit("two", at("2026-01-02"))
        .remove("OLD.md")
        .commit("three", at("2026-01-03"));
    let repository = Repository::discover(&repo.dir()).unwrap().unwrap();
    let [before, head] = ["HEAD~1", "HEAD"].map(|of| repository.resolve(of).unwrap());
    let paths = [LIST, "OLD.md"].map(str::to_owned);
    let (settings, marks) = (Settings::default(), vec![before.id.clone()]);
    let reading = history::Reading::of(&settings);
    let sought = Sought { paths: &paths, trailers: &TRAILERS, marks: &[] };
    let own = history::Own { paths: vec![LIST.to_owned()], ..history::Own::default() };
    let memory = history::Memory::of(head, paths.clone(), marks, Some(own));
    let new = checklist::read(LIST, repo.read(LIST).as_bytes(), &settings);
    let old = checklist::read("OLD.md", old.as_bytes(), &settings);
    let past = memory.at(&repository, &before, &sought, &reading, &[&new, &old]).unwrap().unwrap();
    let fresh = history::of_checklists(&repository, &before, &sought, &reading).unwrap();
    assert_eq!(past.items, [fresh.items(&new), fresh.items(&old)]);
    assert_eq!(past.items[1][0].events.len(), 2);
}

/// Of an earlier commit only the releases up to it are known; later ones name it too.
fn unreleased(items: &[ItemHistory]) -> Vec<ItemHistory> {
    let mut items = items.to_vec();
    for by in items.iter_mut().flat_map(ItemHistory::commits) {
        std::sync::Arc::make_mut(by).release = None;
    }
    items
}

#[test]
fn a_tag_that_comes_later_names_what_was_kept() {
    let repo = eventful().file("other", "2").commit("eight", at("2026-01-08"));
    let cache = Cache::of(&repo.dir()).unwrap();
    agree(&repo, &cache, "HEAD~1");
    agree(&repo, &cache, "HEAD");
    let repo = repo
        .file(LIST, list(&["- [ ] Tests pass today"]))
        .commit("nine", at("2026-01-09"))
        .tag("v3");
    agree(&repo, &cache, "HEAD");
    let [(log, _), _] = both(&repo, &cache, "HEAD");
    let last = log.checklists[0].events.last().unwrap();
    assert_eq!(last.release.as_deref(), Some("v3"));
    let repo = repo.with(|git| git.tag_delete("v1").unwrap());
    agree(&repo, &cache, "HEAD");
}

#[test]
fn damage_and_other_settings_are_as_nothing_kept() {
    let repo = eventful();
    let cache = Cache::of(&repo.dir()).unwrap();
    agree(&repo, &cache, "HEAD~1");
    let folder = repo.dir().join(FOLDER);
    for name in cache.names().into_iter().filter(|name| name.starts_with("history")) {
        let mut bytes = std::fs::read(folder.join(&name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(folder.join(&name), bytes).unwrap();
    }
    agree(&repo, &cache, "HEAD");
    let repo = repo
        .file(".mailmap", "Ana Ruiz <ana@example.org>\n")
        .commit("who is who", at("2026-02-01"));
    let [(log, _), _] = both(&repo, &cache, "HEAD");
    assert_eq!(log.checklists[0].events[0].author, "Ana Ruiz");
    agree(&repo, &cache, "HEAD");
}

#[test]
fn a_check_keeps_its_history_where_git_does_not_see_it_and_reads_none_that_was_committed() {
    let repo = eventful();
    let cold = repo.trueup(["check", "--format", "json", "--no-cache"]).code(0).json();
    assert!(!repo.dir().join(FOLDER).exists());
    let without_time = |mut snapshot: serde_json::Value| {
        for key in ["judged_at", "generated_at"] {
            snapshot[key] = serde_json::Value::Null;
        }
        snapshot
    };
    let cold = without_time(cold);
    for _ in 0..2 {
        let warm = repo.trueup(["check", "--format", "json"]).code(0).json();
        assert_eq!(without_time(warm), cold);
    }
    let kept = format!("{FOLDER}/history-{}", repo.id("HEAD"));
    let bytes = || std::fs::read(repo.dir().join(&kept)).unwrap();
    let before = bytes();
    repo.trueup(["log"]).code(0);
    assert!(bytes() == before);
    let repo = repo.with(|git| {
        let mut index = git.index().unwrap();
        index.add_path(std::path::Path::new(&kept)).unwrap();
        index.write().unwrap();
    });
    std::fs::write(repo.dir().join(&kept), "forged").unwrap();
    repo.trueup(["check"]).code(0);
    assert_eq!(repo.read(&kept), "forged", "neither read nor written");
}

/// A long list, `changes` of whose boxes are ticked, each by a commit; every seventh of these signs
/// something off.
fn long(changes: std::ops::Range<usize>, repo: Repo) -> Repo {
    changes.fold(repo, |repo, done| {
        let items: Vec<String> = (0..40)
            .map(|at| {
                let mark = if at < done { 'x' } else { ' ' };
                let words = "made at length ".repeat(20);
                format!("{}- [{mark}] Claim {at}, {words}", section(at))
            })
            .collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let said = if done % 7 == 0 { "\n\nSigned-off-for: */claim-1-*\n" } else { "" };
        let day = format!("2026-{:02}-{:02}", 1 + done / 28, 1 + done % 28);
        repo.file(LIST, list(&items)).commit(&format!("{done}{said}"), at(&day))
    })
}

/// Every fifth item begins a section.
fn section(at: usize) -> String {
    if at.is_multiple_of(5) { format!("\n## Part {at}\n\n") } else { String::new() }
}

fn size(repo: &Repo, revision: &str) -> u64 {
    let kept = repo.dir().join(FOLDER).join(format!("history-{}", repo.id(revision)));
    kept.metadata().map_or(0, |data| data.len())
}

#[test]
fn a_run_keeps_what_came_since_until_that_is_much() {
    let repo = long(0..20, Repo::new());
    let cache = Cache::of(&repo.dir()).unwrap();
    agree(&repo, &cache, "HEAD");
    let whole = size(&repo, "HEAD");
    let (mut repo, mut little, mut again) = (repo, 0, 0);
    for done in 20..40 {
        repo = long(done..done + 1, repo);
        // A release names what was kept, in the whole and since.
        repo = if done % 6 == 0 { repo.tag(&format!("v{done}")) } else { repo };
        agree(&repo, &cache, "HEAD");
        agree(&repo, &cache, "HEAD");
        match size(&repo, "HEAD") < whole / 4 {
            true => little += 1,
            false => again += 1,
        }
    }
    assert!(little > 5 && again > 0, "{little} {again}");
}

#[test]
fn what_came_since_is_nothing_without_what_it_came_to() {
    let repo = long(0..22, Repo::new());
    let cache = Cache::of(&repo.dir()).unwrap();
    agree(&repo, &cache, "HEAD~2");
    let base = repo.dir().join(FOLDER).join(format!("history-{}", repo.id("HEAD~2")));
    let whole = std::fs::read(&base).unwrap();
    let other = Cache::of(&repo.dir()).unwrap();
    let kept_otherwise = |sought: &Sought<'_>| {
        let repository = Repository::discover(&repo.dir()).unwrap().unwrap();
        let head = repository.resolve("HEAD~2").unwrap();
        std::fs::remove_file(&base).unwrap();
        let settings = Settings::default();
        let reading = history::Reading::of(&settings);
        history::with_cache(&repository, &head, sought, &reading, &other).unwrap();
    };
    let paths = [LIST.to_owned()];
    let damages: [(&str, &dyn Fn()); 4] = [
        ("gone", &|| std::fs::remove_file(&base).unwrap()),
        ("cut", &|| std::fs::write(&base, &whole[..whole.len() / 2]).unwrap()),
        ("another head", &|| std::fs::write(&base, [b"0", &whole[..]].concat()).unwrap()),
        // It is sound, and of another reading.
        ("other trailers", &|| kept_otherwise(&Sought { paths: &paths, ..Sought::default() })),
    ];
    for (what, damage) in damages {
        std::fs::write(&base, &whole).unwrap();
        agree(&repo, &cache, "HEAD~1");
        assert!(size(&repo, "HEAD~1") * 4 < whole.len() as u64, "{what}");
        damage();
        agree(&repo, &cache, "HEAD~1");
        agree(&repo, &cache, "HEAD");
        assert!(size(&repo, "HEAD~1") * 2 > whole.len() as u64, "{what}: read anew, kept whole");
        for revision in ["HEAD", "HEAD~1"] {
            let name = format!("history-{}", repo.id(revision));
            std::fs::remove_file(repo.dir().join(FOLDER).join(name)).unwrap();
        }
    }
}
