//! Evidence of other code: paths, work trees, submodules, releases.

use serde_json::Value;

use super::{JUNIT, NOW, TESTS, check, judged, of_item, problems, refused, snapshot, team};
use crate::support::{Repo, at};

const MADE_BEFORE: &str = "2026-01-06T11:00:00Z";

/// Evidence of the sixth, under `paths`, and a commit of the seventh that changes the backend.
fn later_change(paths: &str) -> Repo {
    team(&format!("{TESTS}\npaths = {paths}"))
        .remove("reports/junit.xml")
        .file("backend/src/a.rs", "fn b() {}\n")
        .commit("backend: another", at("2026-01-07"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at(MADE_BEFORE))
}

#[test]
fn a_folder_s_name_under_paths_means_all_that_lies_in_it() {
    for paths in ["backend", "backend/", "./backend", "backend/src", ".", "backend/src/a.rs"] {
        let (status, reason, rule) = judged(&later_change(&format!("[\"{paths}\"]")));
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{paths}: {reason}");
    }
}

/// The repository of a team that tested `main`, with `feature` of an older date checked out since:
/// git's log says so with the years `moves`, of which the file came in between the first two.
fn switched(moves: &[(&str, u64)]) -> Repo {
    let repo = team(&format!("{TESTS}\npaths = [\"backend/**\"]"))
        .remove("reports/junit.xml")
        .branch("feature")
        .file("backend/src/a.rs", "fn broken() {}\n")
        .commit("feature", at("2026-01-06"));
    let line = |(revision, epoch): &(&str, u64)| {
        let none = "0".repeat(40);
        format!("{none} {} Ana <ana@example.org> {epoch} +0000\tcheckout\n", repo.id(revision))
    };
    let log: String = moves.iter().map(line).collect();
    repo.with(|git| std::fs::write(git.path().join("logs/HEAD"), log).unwrap())
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"))
}

#[test]
fn a_report_that_lay_here_while_other_code_was_checked_out_is_of_that_code() {
    const BEFORE: u64 = 1_767_571_200;
    const AFTER: u64 = 4_102_444_800;
    let (status, reason, rule) = judged(&switched(&[("main", BEFORE), ("feature", AFTER)]));
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
    assert!(reason.contains("lay here while ") && reason.contains("backend/src/a.rs"), "{reason}");
    // It came after the move, there and back the code is the same, or git's log does not reach back.
    for moves in [
        [("main", BEFORE), ("feature", BEFORE + 1)],
        [("feature", BEFORE), ("main", AFTER)],
        [("main", AFTER), ("feature", AFTER + 1)],
    ] {
        let repo = switched(&moves);
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "verified", "{moves:?}: {reason}");
        repo.trueup(["report", "--out", "site", NOW[0], NOW[1]]).code(0);
        repo.trueup(["verify", "site"]).code(0);
    }
}

#[test]
fn words_that_are_struck_after_the_tick_make_it_stale() {
    let item = |words: &str| format!("- [x] Backups of staging {words} restored <!-- id: t -->");
    for struck in ["~~and production~~", "<del>and production</del>", "<S>and production</S>"] {
        let config = format!("[[require]]\nitem = \"t\"\n{TESTS}\n");
        let ticked = super::of_item(&item("and production"), &config);
        assert_eq!(judged(&ticked).0, "verified");
        let repo = ticked
            .file("LIST.md", format!("# Release\n\n{}\n", item(struck)))
            .commit("struck", at("2026-01-06"));
        let (status, reason, rule) = judged(&repo);
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{struck}: {reason}");
    }
}

#[test]
fn a_commit_made_anew_of_the_same_files_leaves_a_report_as_it_was() {
    const BEFORE: u64 = 1_767_571_200;
    const AFTER: u64 = 4_102_444_800;
    let amended = |code: &str| {
        let repo = team(&format!("{TESTS}\npaths = [\"backend/**\"]"));
        let was = repo.id("HEAD");
        let repo = repo
            .remove("reports/junit.xml")
            .file("backend/src/a.rs", code)
            .commit("a better message", at("2026-01-10T11:30:00Z"));
        let line = |id: &str, epoch: u64| {
            format!("{} {id} Ana <ana@example.org> {epoch} +0000\tcommit\n", "0".repeat(40))
        };
        let log = line(&was, BEFORE) + &line(&repo.id("HEAD"), AFTER);
        let repo = repo
            .with(|git| std::fs::write(git.path().join("logs/HEAD"), log).unwrap())
            .file("reports/junit.xml", JUNIT)
            .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        judged(&repo)
    };
    let (status, reason, _) = amended("fn a() {}\n");
    assert_eq!(status, "verified", "{reason}");
    assert_eq!(amended("fn other() {}\n").0, "stale");
}

#[test]
fn a_glob_of_paths_that_never_matched_is_refused_with_what_was_meant() {
    for (paths, hint) in [
        ("Backend/**", "upper and lower case count: backend/src/a.rs is there"),
        ("/backend/**", "write `backend/**`"),
        ("backend/*", "it names folders: write `backend/*/**`"),
        ("src/**", "write `**/src/**`"),
        ("bakcend/**", "write `backend/**`"),
        ("dist/**", "write a glob over the repository's files"),
    ] {
        let repo = team(&format!("{TESTS}\npaths = [\"LIST.md\", \"{paths}\"]"));
        let run = check(&repo).code(2);
        let said = run.stderr();
        assert!(said.contains("trueup.toml:5") && said.contains("matches no file"), "{said}");
        assert!(said.to_lowercase().contains(&hint.to_lowercase()), "{paths}: {said}");
    }
    let item = "- [x] It holds <!-- evidence: tests.failed == 0 --> <!-- paths: Backend/** -->";
    refused(&of_item(item, ""), "LIST.md:3");
}

#[test]
fn a_glob_takes_nothing_out_again() {
    let paths = format!("{TESTS}\npaths = [\"backend/**\", \"!backend/docs/**\"]");
    let ignore = format!("[defaults]\nignore = [\"!backend/docs/a.md\"]\n{TESTS}");
    for config in [paths, ignore] {
        let said = check(&team(&config)).code(2).stderr();
        assert!(said.contains("`!` takes nothing out again here"), "{said}");
    }
    let routes = team(&format!("{TESTS}\npaths = [\"app/[slug]/**\"]"))
        .file("app/[slug]/page.tsx", "")
        .commit("app: a page", at("2026-01-06"));
    let said = check(&routes).code(2).stderr();
    assert!(said.contains("write `app/[[]slug]/**`"), "{said}");
}

#[test]
fn a_path_that_was_removed_has_changed_and_is_told() {
    let repo = later_change("[\"backend/**\"]")
        .remove("reports/junit.xml")
        .remove("backend/src/a.rs")
        .commit("backend: none", at("2026-01-08"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at(MADE_BEFORE));
    assert_eq!(judged(&repo).0, "stale");
    assert_eq!(problems(&repo, "paths-unmatched").len(), 1);
}

#[test]
fn a_new_file_that_no_commit_holds_is_a_later_change() {
    let repo = team(TESTS).file("backend/src/new.rs", "fn b() {}\n");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "stale");
    assert!(reason.contains("backend/src/new.rs is in no commit and not ignored"), "{reason}");
    let under = team(&format!("{TESTS}\npaths = [\"backend\"]"));
    assert_eq!(judged(&under).0, "verified");
    assert_eq!(judged(&under.file("backend/src/new.rs", "fn b() {}\n")).0, "stale");
    let ignored = team(TESTS).file(".gitignore", "*.log\n").commit("ignore", at("2026-01-06"));
    let ignored = ignored.file("backend/run.log", "x").file("reports/junit.xml", JUNIT);
    let ignored = ignored.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    assert_eq!(judged(&ignored).0, "verified");
}

#[test]
fn what_tools_leave_behind_is_no_later_change() {
    let repo = team(TESTS)
        .file("artifacts/lint.json", "[]")
        .file("reports/html/index.html", "<p>")
        .file("downloads/unit/more.xml", JUNIT)
        .file(".trueup/cache/x", "x")
        .file("trueup.toml", format!("[[require]]\nitem = \"release/it-holds\"\n{TESTS}\n\n"));
    repo.trueup(["report", "--artifacts", "downloads", NOW[0], NOW[1]]).code(0);
    repo.trueup(["report", "--artifacts", "downloads", "--out", "public/site", NOW[0], NOW[1]])
        .code(0);
    let run =
        repo.trueup(["check", "--format", "json", "--artifacts", "downloads", NOW[0], NOW[1]]);
    let item = run.json()["checklists"][0]["items"][0].clone();
    assert_eq!(item["status"], "verified", "{}", item["reason"]);
}

#[test]
fn what_is_missing_of_stale_evidence_is_told_once() {
    let next = |repo: &Repo| snapshot(repo)["checklists"][0]["items"][0]["next"].clone();
    let new = team(TESTS).file("backend/src/new.rs", "fn b() {}\n");
    assert_eq!(next(&new), Value::Null, "its reason says to commit or ignore");
    assert_eq!(next(&later_change("[\"backend\"]")), "Run it again at this commit.");
}

#[test]
fn a_change_that_git_was_told_not_to_see_is_seen() {
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        let repo = team(TESTS);
        let git = |args: &[&str]| {
            let ran = std::process::Command::new("git").args(args).current_dir(repo.dir()).status();
            assert!(ran.unwrap().success());
        };
        git(&["update-index", flag, "backend/src/a.rs"]);
        assert_eq!(judged(&repo).0, "verified", "{flag}: nothing changed");
        let repo = repo.file("backend/src/a.rs", "fn changed() {}\n");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "stale", "{flag}: {reason}");
        let repo = repo.remove("backend/src/a.rs");
        assert_eq!(judged(&repo).0, "stale", "{flag}: removed");
    }
}

#[test]
fn what_was_made_of_later_code_says_nothing_of_a_release() {
    let anywhere = "condition = \"tests.failed + tests.errored == 0\"";
    let repo = team(anywhere).remove("reports/junit.xml").tag("v1");
    let repo = repo.file("backend/src/a.rs", "fn b() {}\n").commit("later", at("2026-01-08"));
    std::fs::create_dir(repo.outside().join("results")).unwrap();
    let made = |when: &str| {
        let results = repo.outside().join("results/junit.xml");
        std::fs::write(&results, JUNIT).unwrap();
        let time = std::time::UNIX_EPOCH
            + std::time::Duration::from_secs(u64::try_from(at(when).epoch()).unwrap());
        std::fs::File::options().write(true).open(results).unwrap().set_modified(time).unwrap();
        let args = ["check", "--format", "json", "--at", "v1", "--artifacts", "../results"];
        let run = repo.trueup(args.into_iter().chain(NOW));
        run.json()["checklists"][0]["items"][0].clone()
    };
    let then = made("2026-01-06");
    assert_eq!(then["status"], "verified", "{}", then["reason"]);
    let later = made("2026-01-09");
    assert_eq!(later["status"], "stale", "{}", later["reason"]);
}

pub(super) fn git(dir: &std::path::Path, args: &[&str]) {
    let who = ["-c", "user.name=A", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"];
    let mut git = std::process::Command::new("git");
    git.env("GIT_COMMITTER_DATE", "2026-01-06T00:00:00Z");
    let ran = git.args(who).args(args).current_dir(dir).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A team with a library in `vendor/lib`, whose changes `.gitmodules` ignores.
fn with_submodule(asked: &str) -> Repo {
    let repo = team(asked);
    let lib = repo.outside().join("lib");
    std::fs::create_dir(&lib).unwrap();
    git(&lib, &["init", "-q", "."]);
    std::fs::write(lib.join("f.rs"), "1").unwrap();
    git(&lib, &["add", "f.rs"]);
    git(&lib, &["commit", "-qm", "f"]);
    git(&repo.dir(), &["submodule", "add", "-q", "../lib", "vendor/lib"]);
    git(&repo.dir(), &["config", "-f", ".gitmodules", "submodule.vendor/lib.ignore", "all"]);
    git(&repo.dir(), &["add", ".gitmodules", "vendor/lib"]);
    git(&repo.dir(), &["commit", "-qm", "lib"]);
    repo
}

#[test]
fn a_submodule_that_gitmodules_ignores_is_looked_at() {
    for asked in [TESTS.to_owned(), format!("{TESTS}\npaths = [\"**/*.rs\"]")] {
        let repo = with_submodule(&asked);
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "verified", "{reason}");
        let repo = repo.file("vendor/lib/f.rs", "2");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "stale", "{reason}");
        assert!(reason.contains("vendor/lib"), "{reason}");
    }
    let repo = with_submodule(&format!("{TESTS}\npaths = [\"backend/**/*.rs\"]"));
    let (status, reason, _) = judged(&repo.file("vendor/lib/f.rs", "2"));
    assert_eq!(status, "verified", "{reason}");
}

/// Leaves a file out of the work tree, as a sparse checkout does.
fn without(repo: Repo, path: &str) -> Repo {
    repo.with(|git| {
        let mut index = git.index().unwrap();
        let mut entry = index.get_path(std::path::Path::new(path), 0).unwrap();
        entry.flags |= 1 << 14;
        entry.flags_extended |= 1 << 14;
        index.add(&entry).unwrap();
        index.write().unwrap();
        git.config().unwrap().set_bool("core.sparseCheckout", true).unwrap();
        std::fs::remove_file(git.workdir().unwrap().join(path)).unwrap();
    })
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_no_change() {
    let repo = without(team(&format!("{TESTS}\npaths = [\"backend/**\"]")), "backend/src/a.rs");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    assert_eq!(snapshot(&repo)["commit"]["dirty"], false);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_part_of_the_commit() {
    let condition = "files(\\\"deploy/*.yaml\\\").all(f, load(f).replicas > 1)";
    let repo = team(&format!("condition = \"{condition}\""))
        .file("deploy/a.yaml", "replicas: 2\n")
        .file("deploy/b.yaml", "replicas: 1\n")
        .commit("deploy", at("2026-01-06"));
    assert_eq!(judged(&repo).0, "contradicted");
    let repo = without(repo, "deploy/b.yaml");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "contradicted", "{reason}");
}

#[test]
fn a_word_of_tomorrow_is_nobody_s_word_yet() {
    let condition = "git.trailers[\\\"Reviewed-by\\\"].exists(t, t.age_s < 864000)";
    let team = || team(&format!("condition = \"{condition}\""));
    let said = |when: &str| {
        let repo = team().commit("x\n\nReviewed-by: Ana <ana@example.org>", at(when));
        judged(&repo).0
    };
    assert_eq!(said("2026-01-09"), "verified");
    assert_eq!(said("2028-01-09"), "unproven");
}

#[test]
fn what_a_wide_glob_of_checklists_matches_is_code_where_it_holds_no_item() {
    let of = |globs: &str| {
        let config =
            format!("checklists = [{globs}]\n[[require]]\nitem = \"release/it-holds\"\n{TESTS}\n");
        let repo = of_item("- [x] It holds", &config).file("NOTES.md", "- [ ] Later\n");
        let repo = repo.file(".gitignore", "/reports\n");
        let repo = repo.commit("notes", at("2026-01-06"));
        judged(
            &repo.file("backend/src/a.rs", "fn b() {}\n").commit("b", at("2026-01-10T11:30:00Z")),
        )
        .0
    };
    assert_eq!(of("\"LIST.md\""), "stale");
    assert_eq!(of("\"LIST.md\", \"backend/**\""), "stale");
}

#[test]
fn a_log_of_which_one_run_names_another_commit_is_of_that_one_too() {
    let condition = "artifacts = [\"reports/all.sarif\"]\ncondition = \"findings.total == 0\"";
    let repo = team(condition);
    let then = repo.id("HEAD");
    let repo = repo.file("backend/src/a.rs", "fn b() {}\n").commit("b", at("2026-01-09"));
    let run = |name: &str, from: &str| {
        format!("{{\"tool\": {{\"driver\": {{\"name\": \"{name}\"}}}}, \"results\": []{from}}}")
    };
    let named =
        |id: &str| format!(", \"versionControlProvenance\": [{{\"revisionId\": \"{id}\"}}]");
    let log = |id: &str| {
        let runs = [run("CodeQL", &named(id)), run("Trivy", "")].join(", ");
        format!("{{\"version\": \"2.1.0\", \"runs\": [{runs}]}}")
    };
    let now = repo.id("HEAD");
    let of = |repo: crate::support::Repo, id: &str, made: &str| {
        let repo = repo.file("reports/all.sarif", log(id));
        let repo = repo.modified("reports/all.sarif", at(made));
        let status = judged(&repo).0;
        (repo, status)
    };
    let (repo, status) = of(repo, &then, "2026-01-10T11:00:00Z");
    assert_eq!(status, "stale", "one run is of the commit before");
    let (repo, status) = of(repo, &now, "2026-01-08T11:00:00Z");
    assert_eq!(status, "stale", "the other was made before it");
    assert_eq!(of(repo, &now, "2026-01-10T11:00:00Z").1, "verified");
}

#[test]
fn a_text_is_without_the_end_of_its_last_line() {
    let of = |content: &str, condition: &str| {
        let require = format!("condition = '{condition}'");
        judged(&team(&require).file("VERSION", content).commit("version", at("2026-01-06"))).0
    };
    for content in ["1.5.0-SNAPSHOT\n", "1.5.0-SNAPSHOT\r\n", "\u{feff}1.5.0-SNAPSHOT"] {
        assert_eq!(of(content, "!text(\"VERSION\").endsWith(\"-SNAPSHOT\")"), "contradicted");
        assert_eq!(of(content, "text(\"VERSION\") != \"1.5.0-SNAPSHOT\""), "contradicted");
        assert_eq!(of(content, "text(\"VERSION\").startsWith(\"1.5.0-\")"), "verified");
    }
    assert_eq!(of("1.5.0\n", "text(\"VERSION\") == \"1.5.0\""), "verified");
    for ends in ["\n", "\r\n"] {
        let content = ["FROM a", "USER root", "RUN b", ""].join(ends);
        assert_eq!(
            of(&content, "!text(\"VERSION\").matches(r\"(?m)^USER root$\")"),
            "contradicted"
        );
    }
}

#[test]
fn paths_that_were_left_behind_by_a_move_are_an_error() {
    let team = || {
        team(&format!("{TESTS}\npaths = [\"backend/**\", \"old/**\"]"))
            .file("old/a.rs", "fn a() {}\n")
            .file("old/README.md", "# Old\n")
            .file("README.md", "# A shop\n")
            .commit("old", at("2026-01-03"))
    };
    let removed = || team().remove("old/a.rs").remove("old/README.md");
    let moved = removed().file("new/a.rs", "fn a() {}\n").commit("move", at("2026-01-04"));
    let told = moved.trueup(["check"]).code(2).stderr();
    assert!(
        told.contains("`old/**` of `paths` matches no file: what it did was moved to new/a.rs")
            && told.contains("`new/**`"),
        "{told}"
    );
    let within = removed().file("backend/b/a.rs", "fn a() {}\n").commit("in", at("2026-01-04"));
    let gone = removed().file("README.md", "# Shop\n").commit("gone", at("2026-01-04"));
    let gone = gone.file("README.md", "# The shop\n").commit("on", at("2026-01-05"));
    for repo in [within, gone] {
        let told = repo.trueup(["check", "--exit-zero"]).code(0).stdout();
        assert!(told.contains("paths-unmatched"), "{told}");
    }
}
