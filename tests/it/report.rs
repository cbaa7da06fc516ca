//! Writing the report: whole, the same each time, and never over what is not trueup's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Repo, at};

const NOW: [&str; 2] = ["--as-of", "2026-01-20T12:00:00Z"];

fn team() -> Repo {
    Repo::new()
        .file("docs/GO.md", "# Go\n\n- [x] Tests pass\n- [ ] Notes written\n")
        .file(".gitignore", "/readiness\n")
        .commit("a checklist", at("2026-01-05"))
}

fn report(repo: &Repo, more: &[&str]) -> crate::support::Run {
    repo.trueup(["report"].iter().chain(&NOW).chain(more))
}

/// Path → bytes of every file under a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_path_buf()];
    while let Some(next) = ahead.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_report_stands_in_readiness_with_its_snapshot() {
    let repo = team();
    report(&repo, &[]).code(0);
    let written = files(&repo.dir().join("readiness"));
    assert!(written.contains_key("index.html") && written.contains_key("snapshot.json"));
    let check = repo.trueup(["check", "--format", "json", NOW[0], NOW[1]]).code(0).json();
    let snapshot: serde_json::Value = serde_json::from_slice(&written["snapshot.json"]).unwrap();
    assert_eq!(snapshot["summary"], check["summary"]);
}

#[cfg(unix)]
#[test]
fn writing_it_again_changes_no_byte_and_touches_no_page() {
    use std::os::unix::fs::MetadataExt as _;
    let repo = team();
    let folder = repo.dir().join("readiness");
    report(&repo, &[]).code(0);
    let before = (files(&folder), fs::metadata(folder.join("index.html")).unwrap().ino());
    report(&repo, &[]).code(0);
    let after = (files(&folder), fs::metadata(folder.join("index.html")).unwrap().ino());
    assert_eq!(before.0.keys().collect::<Vec<_>>(), after.0.keys().collect::<Vec<_>>());
    for (name, bytes) in &before.0 {
        assert!(after.0[name] == *bytes, "{name} differs");
    }
    assert_eq!(before.1, after.1);
}

#[test]
fn what_is_gone_from_the_checklists_is_gone_from_the_report() {
    let repo = team().file("docs/OTHER.md", "# Other\n\n- [ ] One\n");
    report(&repo, &[]).code(0);
    let with = files(&repo.dir().join("readiness")).len();
    let repo = repo.remove("docs/OTHER.md");
    report(&repo, &[]).code(0);
    assert!(files(&repo.dir().join("readiness")).len() < with);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let repo = team().file("public/thesis.txt", "years of work");
    let run = report(&repo, &["--out", "public"]).code(3);
    assert!(run.stderr().contains("is not a report of trueup's"), "{}", run.stderr());
    assert_eq!(files(&repo.dir().join("public")).len(), 1);
}

#[test]
fn the_repository_itself_is_never_replaced() {
    let repo = team().file("snapshot.json", "{\"schema\": \"trueup/snapshot/1\"}");
    let run = report(&repo, &["--out", "."]).code(3);
    assert!(run.stderr().contains("is a git work tree"), "{}", run.stderr());
    assert!(repo.read("docs/GO.md").contains("Tests pass"));
}

#[test]
fn no_page_names_a_place_of_this_machine() {
    let repo = team();
    report(&repo, &[]).code(0);
    let place = repo.outside().to_string_lossy().into_owned();
    for (name, bytes) in files(&repo.dir().join("readiness")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(&place), "{name} names {place}");
    }
}

#[test]
fn a_tick_that_came_alone_is_told_on_its_page() {
    let page = |repo: &Repo| {
        report(repo, &[]).code(0);
        let pages = files(&repo.dir().join("readiness"));
        let of_list = pages.iter().find(|(name, _)| name.starts_with("checklists/"));
        String::from_utf8(of_list.unwrap().1.clone()).unwrap()
    };
    let alone = "The tick came without evidence";
    let list = |tick: &str| format!("# Go\n\n- [{tick}] Tests pass\n");
    let repo = || {
        let repo = Repo::new().file(".gitignore", "/readiness\n").file("docs/GO.md", list(" "));
        repo.commit("a checklist", at("2026-01-05")).file("docs/GO.md", list("x"))
    };
    assert!(page(&repo().commit("ticked", at("2026-01-06"))).contains(alone));
    let said = "ticked\n\nEvidence-for: go/tests-pass\n";
    assert!(!page(&repo().commit(said, at("2026-01-06"))).contains(alone));
}

#[test]
fn a_report_that_stands_is_left_only_while_all_of_it_is_as_it_was_written() {
    let same = |repo: &Repo, more: &[&str]| {
        let args = ["report"].iter().chain(&NOW).chain(more);
        repo.trueup_among(args, &[("SOURCE_DATE_EPOCH", "1767268800")]).code(0);
        files(&repo.dir().join("readiness"))
    };
    let repo = team().tag("v1").file("src/a", "1").commit("more", at("2026-01-06"));
    let first = same(&repo, &[]);
    assert_eq!(same(&repo, &[]), first);
    for name in ["index.html", "snapshot.json", "assets/site.css"] {
        fs::write(repo.dir().join("readiness").join(name), "{\"schema\":\"trueup/snapshot/1\"}")
            .unwrap();
        assert!(same(&repo, &[]) == first, "{name} is as it was");
    }
    fs::remove_file(repo.dir().join("readiness/search.html")).unwrap();
    assert!(same(&repo, &[]) == first, "the page is back");
    assert!(same(&repo, &["--no-cache"]) == first, "as if nothing had been kept");
    let repo = repo.tag("v2").file("src/a", "2").commit("yet more", at("2026-01-07"));
    let (kept, anew) = (same(&repo, &[]), same(&repo, &["--no-cache"]));
    assert!(kept == anew && kept.keys().any(|name| name.contains("v2")), "{:?}", kept.keys());
}

#[test]
fn a_report_of_the_same_moment_that_says_the_same_was_made_when_the_first_was() {
    let repo = team();
    let made = |epoch: &str| {
        let args = ["report"].iter().chain(&NOW);
        repo.trueup_among(args, &[("SOURCE_DATE_EPOCH", epoch)]).code(0);
        files(&repo.dir().join("readiness"))
    };
    let first = made("1767268800");
    assert!(made("") == first, "by the clock it is later, and nothing is written");
    assert!(made("1767268860") != first, "a time that is given is written");
    let before = made("1767268800");
    fs::write(repo.dir().join("docs/GO.md"), "# Go\n\n- [ ] Another\n").unwrap();
    let after = made("");
    let time = "\"generated_at\": \"2026-01-01T12:00:00Z\"";
    let says = |files: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8_lossy(&files["snapshot.json"]).contains(time)
    };
    assert!(says(&before) && !says(&after));
}

#[test]
fn with_trust_a_report_that_nothing_was_touched_for_is_left_and_any_touch_is_seen() {
    let junit = |failed: u8| {
        format!(
            "<testsuite name=\"s\" timestamp=\"2026-01-06T10:00:00Z\"><testcase name=\"a\">{}</testcase></testsuite>",
            ["", "<failure/>"][usize::from(failed)]
        )
    };
    let asks = "checklists = [\"docs/GO.md\"]\n[[require]]\nitem = \"go/tests-pass\"\n\
                condition = \"tests.total > 0 && tests.failed == 0\"\n";
    let repo = team().file("trueup.toml", asks).commit("asks", at("2026-01-05"));
    let repo = repo.file("reports/junit.xml", junit(0));
    // Each run is generated at another moment, which tells one that read nothing.
    let moment = std::cell::Cell::new(1_767_268_800);
    let run = |command: &[&str], more: &[&str]| {
        moment.set(moment.get() + 60);
        let args = command.iter().chain(&NOW).chain(more);
        repo.trueup_among(args, &[("SOURCE_DATE_EPOCH", &moment.get().to_string())])
    };
    let generated = |more: &[&str]| {
        run(&["check", "--exit-zero", "--format", "json"], more).code(0).json()["generated_at"]
            .clone()
    };
    let written = |more: &[&str]| {
        run(&["report"], more).code(0);
        files(&repo.dir().join("readiness"))
    };
    let trust = ["--trust-mtime"];
    let first = written(&trust);
    assert!(written(&trust) == first, "nothing is written");
    assert!(written(&[]) != first, "without it each run is a run");
    let answered = generated(&trust);
    assert_eq!(generated(&trust), answered);
    assert_ne!(generated(&[]), answered);

    let page = repo.dir().join("readiness/index.html");
    fs::write(&page, "touched").unwrap();
    assert!(written(&trust)["index.html"] != b"touched", "the page is back");
    let before = written(&trust);
    fs::write(repo.dir().join("reports/junit.xml"), junit(1)).unwrap();
    let after = written(&trust);
    assert!(before["index.html"] != after["index.html"], "the evidence is another");
    assert_ne!(generated(&trust), answered);
    fs::write(repo.dir().join("docs/NEW.md"), "- [ ] one more\n").unwrap();
    assert!(written(&trust)["snapshot.json"] != after["snapshot.json"], "a file came");
    let before = written(&trust);
    assert_eq!(before, written(&trust));
    fs::write(repo.dir().join(".git/HEAD"), "ref: refs/heads/none\n").unwrap();
    assert!(written(&trust)["snapshot.json"] != before["snapshot.json"], "the commit is another");
}
