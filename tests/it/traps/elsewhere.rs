//! Evidence of something else than it stands for: an error in the place of a report, a run that
//! never started, a moment before there was anything to look at, files behind a link.

use super::code::git;
use super::{JUNIT, NOW, judged, of_item, problems, team};
use crate::support::{Repo, at};

/// A scan of two images, of which the second one's report is as given.
fn scans(globs: &str, second: &str) -> (String, String) {
    const CLEAN: &str = r#"{"SchemaVersion": 2, "ArtifactName": "api", "ArtifactType":
        "container_image", "Metadata": {"OS": {"Family": "alpine", "Name": "3"}}, "Results":
        [{"Target": "t", "Class": "os-pkgs", "Type": "alpine"}]}"#;
    let require =
        format!("artifacts = {globs}\ncondition = \"findings.critical + findings.unknown == 0\"");
    let (api, web, when) = ("reports/trivy-api.json", "reports/trivy-web.json", at("2026-01-10"));
    let repo = team(&require).file(api, CLEAN).modified(api, when);
    let (status, reason, _) = judged(&repo.file(web, second).modified(web, when));
    (status, reason)
}

#[test]
fn an_error_in_the_place_of_a_report_is_not_passed_over() {
    let both = "[\"reports/trivy-api.json\", \"reports/trivy-web.json\"]";
    for globs in ["[\"reports/trivy-*.json\"]", both] {
        for second in
            [r#"{"error": "rate limit exceeded"}"#, "[1]", r#"{"result": {"Results": []}}"#]
        {
            let (status, reason) = scans(globs, second);
            assert_eq!(status, "unproven", "{second}");
            assert!(
                reason.contains("reports/trivy-web.json is JSON of no known report"),
                "{reason}"
            );
        }
    }
    // Among all that lies in a folder only what tells of an error itself.
    let (status, reason) = scans("[\"reports/**\"]", r#"{"error": "rate limit exceeded"}"#);
    assert_eq!(status, "unproven");
    assert!(reason.contains("and says: rate limit exceeded"), "{reason}");
    // A document that the condition asks for is none of a report's place.
    let repo = team("artifacts = [\"reports/app.json\"]\ncondition = \"data.ready == true\"");
    let app = "reports/app.json";
    let repo = repo.file(app, r#"{"ready": true}"#).modified(app, at("2026-01-10"));
    assert_eq!(judged(&repo).0, "verified");
}

/// What is said of a run of the judged commit with that conclusion.
fn run(condition: &str, conclusion: &str) -> String {
    let require = format!("artifacts = [\"reports/run.json\"]\ncondition = '{condition}'");
    let repo = team(&require);
    let run = format!(
        r#"{{"id": 1, "name": "CI", "run_number": 1, "run_attempt": 1, "head_branch": "main",
        "head_sha": "{}", "event": "push", "status": "completed", "conclusion": "{conclusion}",
        "created_at": "2026-01-10T10:00:00Z", "updated_at": "2026-01-10T11:00:00Z"}}"#,
        repo.id("HEAD")
    );
    judged(&repo.file("reports/run.json", run)).0
}

#[test]
fn a_run_that_never_started_has_not_failed_and_has_not_passed() {
    for conclusion in ["startup_failure", "timed_out", "action_required", "cancelled"] {
        assert_eq!(run("ci.conclusion != \"failure\"", conclusion), "unproven", "{conclusion}");
    }
    assert_eq!(run("ci.conclusion != \"failure\"", "success"), "verified");
    assert_eq!(run("ci.conclusion == \"success\"", "timed_out"), "contradicted");
}

#[test]
fn nothing_of_the_first_hours_is_proven_before_a_deployment() {
    let list = |heading: &str| format!("# Release\n\n## {heading}\n\n- [x] Orders go through\n");
    let config = "[[require]]\nitem = \"**/orders-go-through\"\nartifacts = [\"reports/junit.xml\"]\n\
                  condition = \"tests.failed + tests.errored == 0\"\nmax-age = \"7d\"\n";
    let of = |heading: &str, more: &[&str]| {
        let repo = of_item("- [ ] Else", config).file("LIST.md", list(heading));
        let repo = repo.commit("list", at("2026-01-06"));
        let repo = repo.file(
            "reports/junit.xml",
            JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-08T10:00:00Z\""),
        );
        let args = ["check", "--format", "json", NOW[0], NOW[1]].iter().chain(more);
        let item = repo.trueup(args).json()["checklists"][0]["items"][0].clone();
        (item["status"].to_string(), item["reason"].to_string())
    };
    let (status, reason) = of("First 24 Hours", &[]);
    assert_eq!(status, "\"stale\"", "{reason}");
    assert!(reason.contains("no deployment of this code is known"), "{reason}");
    assert_eq!(of("First 24 Hours", &["--deployed-at", "2026-01-08T09:00:00Z"]).0, "\"verified\"");
    assert_eq!(of("First 24 Hours", &["--deployed-at", "2026-01-08T11:00:00Z"]).0, "\"stale\"");
    assert_eq!(of("1 week before", &[]).0, "\"verified\"", "that needs no deployment");
    // GitHub's names of environments know no case.
    let repo = of_item("- [ ] Else", config).file("LIST.md", list("First 24 Hours"));
    let repo = repo.commit("list", at("2026-01-06"));
    let event = format!(
        "{{\"deployment\": {{\"id\": 1, \"sha\": \"{}\", \"environment\": \"Production\"}}, \
         \"deployment_status\": {{\"id\": 2, \"state\": \"success\", \"environment\": \"Production\", \
         \"created_at\": \"2026-01-08T09:00:00Z\"}}}}",
        repo.id("HEAD")
    );
    let timed = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-08T10:00:00Z\"");
    let repo = repo.file("reports/junit.xml", timed).file("reports/deployment.json", event);
    let item = repo.trueup(["check", "--format", "json", NOW[0], NOW[1]]).json();
    let item = &item["checklists"][0]["items"][0];
    assert_eq!(item["status"], "verified", "{}", item["reason"]);
    let unknown = config.replace("max-age = \"7d\"", "paths = []");
    let repo = of_item("- [ ] Else", &unknown).file("LIST.md", list("First 24 Hours"));
    let timeless = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"yesterday\"");
    let repo = repo.commit("list", at("2026-01-06")).file("reports/junit.xml", timeless);
    let args =
        ["check", "--format", "json", NOW[0], NOW[1], "--deployed-at", "2026-01-08T09:00:00Z"];
    let item = repo.trueup(args).json()["checklists"][0]["items"][0].clone();
    assert_eq!(item["status"], "stale", "{}", item["reason"]);
}

#[test]
fn a_commit_that_changes_no_code_leaves_its_deployment_known() {
    let list = "# Release\n\n## First Hour\n\n- [ ] Error rate is low\n- [ ] Smoke test by hand\n";
    let config = "[[require]]\nitem = \"first-hour/error-rate-is-low\"\nartifacts = [\"r/err.json\"]\n\
                  condition = \"data.rate < 0.01\"\n[[require]]\nitem = \"first-hour/smoke-*\"\n\
                  sign-off = { by = [\"ana@example.org\"] }\n[gate]\nfail-on = [\"open\"]\n";
    let repo = Repo::new().file("LIST.md", list).file("trueup.toml", config);
    let repo =
        repo.file(".gitignore", "r/\n").file("src/a.py", "1").commit("all", at("2026-01-05"));
    let repo = repo.file("artifacts/.keep", "").commit("place", at("2026-01-06"));
    let event = format!(
        "{{\"deployment\": {{\"id\": 1, \"sha\": \"{}\", \"environment\": \"production\"}}, \
         \"deployment_status\": {{\"id\": 2, \"state\": \"success\", \"environment\": \
         \"production\", \"created_at\": \"2026-01-07T09:00:00Z\"}}}}",
        repo.id("HEAD")
    );
    let repo = repo.file("artifacts/deployment.json", event);
    let told = |repo: &Repo| {
        let told = repo.trueup(["check", "--format", "json", "--as-of", "2026-01-09T00:00:00Z"]);
        let told = told.json();
        let items = told["checklists"][0]["items"].as_array().expect("items").clone();
        let state = |at: usize| items[at]["window"]["state"].as_str().expect("a state").to_owned();
        let statuses = items.iter().map(|of| of["status"].as_str().expect("a status").to_owned());
        let gate = told["summary"]["gate"]["result"].as_str().expect("a gate").to_owned();
        (gate, state(0), statuses.collect::<Vec<_>>().join(" "))
    };
    let overdue = |statuses: &str| ("no-go".to_owned(), "overdue".to_owned(), statuses.to_owned());
    assert_eq!(told(&repo), overdue("open open"));
    let signed = "Looked\n\nSigned-off-for: first-hour/smoke-test-by-hand";
    let repo = repo.commit(signed, at("2026-01-08"));
    assert_eq!(told(&repo), overdue("open ready"), "a sign-off is no code");
    let ticked = list.replace("[ ] Smoke", "[x] Smoke");
    let repo = repo.file("LIST.md", ticked).commit("tick", at("2026-01-08T01:00:00Z"));
    assert_eq!(told(&repo), overdue("open verified"), "nor is a tick");
    let repo = repo.file("src/a.py", "2").commit("code", at("2026-01-08T02:00:00Z"));
    assert_eq!(told(&repo), ("go".into(), "not-yet-due".into(), "open stale".into()));
}

#[test]
fn a_window_says_which_other_environments_were_deployed_to_and_what_failed_before_it() {
    let list = "# Release\n\n## First 24 Hours\n\n- [x] Orders go through\n";
    let config = "[[require]]\nitem = \"**/orders-go-through\"\nartifacts = [\"reports/junit.xml\"]\n\
                  condition = \"tests.failed + tests.errored == 0\"\n";
    let of = |config: &str, junit: &str, made: &str| {
        let repo = Repo::new().file("LIST.md", list).file("trueup.toml", config);
        let repo = repo.commit("all", at("2026-01-05"));
        let event = format!(
            "{{\"deployment\": {{\"id\": 1, \"sha\": \"{}\", \"environment\": \"production-eu\"}}, \
             \"deployment_status\": {{\"id\": 2, \"state\": \"success\", \"environment\": \
             \"production-eu\", \"created_at\": \"2026-01-10T09:00:00Z\"}}}}",
            repo.id("HEAD")
        );
        let report = "reports/junit.xml";
        let repo = repo.file("reports/deployment.json", event).file(report, junit);
        repo.modified(report, at(made))
    };
    let repo = of(config, JUNIT, "2026-01-10T11:00:00Z");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "stale", "{reason}");
    let other = "One to production-eu is known: windows open by those to `production`, as `[deploy] \
                 environment` says.";
    assert!(reason.contains(other) && !reason.contains("did not hold"), "{reason}");
    repo.trueup(["report", NOW[0], NOW[1]]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
    let named = format!("{config}[deploy]\nenvironment = \"production-EU\"\n");
    let (status, reason, _) = judged(&of(&named, JUNIT, "2026-01-10T11:00:00Z"));
    assert_eq!(status, "verified", "{reason}");
    let failed = JUNIT.replace("name=\"b\"/>", "name=\"b\"><failure/></testcase>");
    let (status, reason, _) = judged(&of(&named, &failed, "2026-01-10T08:00:00Z"));
    assert_eq!(status, "stale", "{reason}");
    assert!(reason.contains("before the deployment of"), "{reason}");
    assert!(reason.ends_with("It did not hold then either: 1 of 2 tests failed."), "{reason}");
}

#[test]
fn an_empty_file_is_no_document() {
    let of = |text: &str| {
        let repo = team("condition = 'files(\"docs/runbook.md\").size() == 1'");
        repo.file("docs/runbook.md", text).commit("a runbook", at("2026-01-06"))
    };
    let (status, reason, rule) = judged(&of(""));
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "over-nothing"), "{reason}");
    assert!(reason.contains("docs/runbook.md is empty"), "{reason}");
    assert_eq!(judged(&of("# Rollback\n")).0, "verified");
    let empty = of("");
    empty.trueup(["report", NOW[0], NOW[1]]).code(0);
    empty.trueup(["verify", "readiness"]).code(0);
}

#[test]
fn what_is_due_before_the_deployment_counts_when_one_decides_on_it() {
    let config = "[[require]]\nitem = \"**/orders-go-through\"\nartifacts = [\"reports/junit.xml\"]\n\
                  condition = \"tests.failed + tests.errored == 0\"\n[gate]\nfail-on = [\"contradicted\"]\n";
    let failing = r#"<testsuite name="s"><testcase name="a"><failure/></testcase></testsuite>"#;
    let gate = |heading: &str| {
        let list = format!("# Release\n\n## {heading}\n\n- [x] Orders go through\n");
        let repo = of_item("- [ ] Else", config).file("LIST.md", list);
        let repo = repo.commit("list", at("2026-01-06")).file("reports/junit.xml", failing);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        let gate = super::snapshot(&repo)["summary"]["gate"].clone();
        (gate["result"].to_string(), gate["sentence"].to_string())
    };
    for heading in [
        "24 hours before launch",
        "1 Week Before Go-Live",
        "Launch minus 2 days",
        "Immediate Actions Before Deploy",
        "Immediate (Before Launch)",
        "Phase 3 (Week 3): Deployment",
        "Day 2: Release notes feature",
        "Documentation & Rollout (Weeks 9-10)",
    ] {
        assert_eq!(gate(heading).0, "\"no-go\"", "{heading}");
    }
    let (result, sentence) = gate("First 24 Hours");
    assert_eq!(result, "\"go\"");
    assert!(sentence.contains("1 item in a time window does not count yet"), "{sentence}");
}

#[cfg(unix)]
#[test]
fn that_no_file_matches_is_not_said_of_what_lies_behind_a_link() {
    let of = |condition: &str| {
        let repo = team(&format!("condition = '{condition}'")).file("real/id.key", "k");
        let repo = repo.with(|git| {
            let work = git.workdir().unwrap();
            std::os::unix::fs::symlink("/usr", work.join("keys")).unwrap();
            std::os::unix::fs::symlink("real", work.join("inner")).unwrap();
        });
        judged(&repo.commit("links", at("2026-01-06")))
    };
    for condition in [
        "files(\"keys/**\").size() == 0",
        "!(files(\"**/*.pem\").size() > 0)",
        "files(\"inner/*.pem\").size() == 0",
        "files(\"keys/**\").all(f, !f.endsWith(\".pem\"))",
    ] {
        let (status, reason, _) = of(condition);
        assert_eq!(status, "unproven", "{condition}: {reason}");
    }
    assert!(of("files(\"keys/**\").size() == 0").1.contains("keys is a link to a folder"));
    assert_eq!(of("files(\"**/*.key\").size() > 0").0, "verified");
    assert_eq!(of("files(\"backend/**\").size() == 1").0, "verified");
}

#[test]
fn a_link_to_a_report_is_no_proof_of_what_it_says() {
    let item = "- [x] All tests pass ([report](reports/all.xml))";
    let failing = r#"<testsuite name="s"><testcase name="a"><failure/></testcase></testsuite>"#;
    let repo = of_item(item, "links = \"evidence\"\n").file("reports/all.xml", failing);
    let repo: Repo = repo.commit("report", at("2026-01-06"));
    assert_eq!(judged(&repo).0, "unproven");
    assert!(problems(&repo, "link-to-report")[0].contains("reports/all.xml is a report"));
    let both = of_item(
        "- [x] Both ([plan](plan.md), [report](reports/all.xml))",
        "links = \"evidence\"\n",
    );
    let both = both.file("plan.md", "Step 1\n").file("reports/all.xml", failing);
    assert_eq!(judged(&both.commit("both", at("2026-01-06"))).0, "unproven");
    let plan = of_item("- [x] The plan is written ([plan](plan.md))", "links = \"evidence\"\n");
    let plan = plan.file("plan.md", "Step 1\n").commit("plan", at("2026-01-06"));
    assert_eq!(judged(&plan).0, "verified");
}

#[test]
fn a_link_to_a_section_that_is_not_there_is_no_proof() {
    let plan = "# Plan\n\n## 2. Rolling back & don't panic\n\nStep 1\n\nNotes\n-----\n\n<a id=\"by-hand\"></a>\n\n\
                ## [Linked](x.md) heading\n\n## Notes\n\n```md\n## Rollback\n<a id=\"in-code\"></a>\n```\n\n\
                <!--\n## Recovery\n<a id=\"in-comment\"></a>\n-->\n";
    for (anchor, status) in [
        ("2-rolling-back--dont-panic", "verified"),
        ("plan", "verified"),
        ("notes", "verified"),
        ("notes-1", "verified"),
        ("notes-2", "unproven"),
        ("plan-1", "unproven"),
        ("linked-heading", "verified"),
        ("top", "verified"),
        ("L3", "verified"),
        ("L3-L5", "verified"),
        ("by-hand", "verified"),
        ("rollback", "unproven"),
        ("recovery", "unproven"),
        ("in-code", "unproven"),
        ("in-comment", "unproven"),
        ("2-rolling", "unproven"),
        ("by", "unproven"),
        ("step-1", "unproven"),
    ] {
        let item = format!("- [x] The plan is written ([plan](plan.md#{anchor}))");
        let repo = of_item(&item, "checklists = [\"LIST.md\"]\nlinks = \"evidence\"\n");
        let repo = repo.file("plan.md", plan).commit("plan", at("2026-01-06"));
        let (told, reason, _) = judged(&repo);
        assert_eq!(told, status, "{anchor}: {reason}");
        let missing = problems(&repo, "link-missing");
        assert_eq!(missing.is_empty(), status == "verified", "{missing:?}");
        let named = format!("plan.md has no section `#{anchor}`.");
        assert!(status == "verified" || reason.contains(&named), "{reason}");
        assert!(missing.iter().all(|of| of.starts_with(&named)), "{missing:?}");
    }
    for (content, status) in [
        ("", "contradicted"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "unproven"),
    ] {
        let repo = of_item(
            "- [x] Written ([plan](plan.md))",
            "checklists = [\"LIST.md\"]\nlinks = \"evidence\"\n",
        );
        let repo = repo.file("plan.md", content).commit("plan", at("2026-01-06"));
        let (told, reason, _) = judged(&repo);
        assert_eq!(told, status, "{reason}");
    }
}

#[cfg(unix)]
#[test]
fn a_checklist_behind_a_link_is_told() {
    let linked = |target: &str| {
        let repo = of_item("- [x] It holds", "checklists = [\"*.md\"]\n");
        let repo = repo.file("shared/OTHER.md", "# Other\n\n- [x] Nobody looks here\n");
        std::os::unix::fs::symlink(target, repo.dir().join("LINK.md")).unwrap();
        repo.commit("a link", at("2026-01-06"))
    };
    let told = problems(&linked("shared/OTHER.md"), "document-unread");
    assert!(told[0].starts_with("Links are not followed. |"), "{told:?}");
    assert_eq!(problems(&linked("LIST.md"), "document-unread"), [""; 0]);
}

/// `services/web` is a submodule, or a link to a folder, whose checklist is `list`.
#[cfg(unix)]
fn umbrella(list: &str, config: &str, is_link: bool) -> Repo {
    let repo = of_item("- [x] It holds", &format!("checklists = [\"LIST.md\", {config}\n"))
        .file("services/api/RELEASE.md", "# API\n\n- [x] It holds too\n");
    if is_link {
        let repo = repo.file("web/RELEASE.md", list);
        std::os::unix::fs::symlink("../web", repo.dir().join("services/web")).unwrap();
        return repo.commit("a link", at("2026-01-06"));
    }
    let web = repo.outside().join("web");
    std::fs::create_dir(&web).unwrap();
    std::fs::write(web.join("RELEASE.md"), list).unwrap();
    let (of_web, of_repo) =
        (|args: &[&str]| git(&web, args), |args: &[&str]| git(&repo.dir(), args));
    of_web(&["init", "-q", "."]);
    of_web(&["add", "."]);
    of_web(&["commit", "-qm", "web"]);
    of_repo(&["submodule", "add", "-q", "../web", "services/web"]);
    of_repo(&["add", "."]);
    of_repo(&["commit", "-qm", "umbrella"]);
    repo
}

#[cfg(unix)]
#[test]
fn a_checklist_in_a_submodule_or_behind_a_link_to_a_folder_is_told() {
    let (open, none) = ("# Web\n\n- [ ] Pen test passed\n", "# Web\n\nNothing to do.\n");
    let named = "\"services/*/RELEASE.md\"]";
    let any = "\"**/RELEASE.md\"]";
    for (list, config, is_link, told) in [
        (open, named, false, true),
        (none, named, false, true),
        (open, any, false, true),
        (none, any, false, false),
        (open, "\"services/*/RELEASE.md\"]\nexclude = [\"services/web/**\"]", false, false),
        (open, named, true, true),
        (open, "\"services/*/RELEASE.md\", \"web/*.md\"]", true, false),
    ] {
        let found = problems(&umbrella(list, config, is_link), "document-unread");
        assert_eq!(!found.is_empty(), told, "{config} {is_link} {found:?}");
    }
}

/// A submodule that is not checked out cannot be looked into.
#[cfg(unix)]
#[test]
fn a_submodule_that_is_not_checked_out_is_told_where_it_is_named() {
    for (config, told) in [("\"services/*/RELEASE.md\"]", true), ("\"**/RELEASE.md\"]", false)] {
        let repo = umbrella("# Web\n\n- [ ] Pen test passed\n", config, false);
        git(&repo.dir(), &["submodule", "deinit", "-q", "-f", "services/web"]);
        let found = problems(&repo, "document-unread");
        assert_eq!(!found.is_empty(), told, "{config} {found:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_lies_outside_is_not_looked_into_for_checklists() {
    let of = |globs: &str| {
        let repo = of_item("- [x] It holds", &format!("checklists = [{globs}]\n"));
        let repo = repo.file("docs/A.md", "# A\n\n- [x] It holds too\n");
        let outside = repo.outside().join("far");
        std::fs::create_dir_all(&outside).unwrap();
        std::fs::write(outside.join("OTHER.md"), "# Other\n\n- [ ] Open\n").unwrap();
        std::os::unix::fs::symlink(&outside, repo.dir().join("link")).unwrap();
        problems(&repo.commit("a link", at("2026-01-06")), "document-unread").len()
    };
    assert_eq!(of("\"**/*.md\""), 0);
    assert_eq!(of("\"LIST.md\", \"*/*.md\""), 1, "it is named, and cannot be read");
}
