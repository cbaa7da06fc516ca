//! Waivers, gates and configurations that would decide by nothing.

use super::{JUNIT, NOW, TESTS, check, judged, of_item, problems, refused, snapshot, team};
use crate::support::{Repo, at};

#[test]
fn a_waiver_ends_on_a_day_and_nothing_else() {
    for until in ["+12026-01-01", "2026-3-2", "2026-13-01", "2026-12-31T10:00:00Z", " 2026-12-31"] {
        let waiver = format!(
            "[[waiver]]\nitem = \"**\"\nreason = \"r\"\nby = \"@a\"\nuntil = \"{until}\"\n"
        );
        refused(&of_item("- [x] It holds", &waiver), "is no date");
    }
    let beside = "- [x] It holds <!-- waiver: by @ana until +12026-01-01 because so -->";
    refused(&of_item(beside, ""), "is no date");
}

#[test]
fn a_gate_over_nothing_applicable_is_no_go() {
    let gate = "[gate]\nrequire = [{ items = \"release/*\", status = \"verified\" }]\n\
                [[require]]\nitem = \"goals/*\"\ncondition = \"tests.failed == 0\"\n";
    let repo = of_item("- [x] ~~It holds~~\n\n## Goals\n\n- [x] Tests pass", gate);
    check(&repo).code(1);
    let gate = &snapshot(&repo)["summary"]["gate"];
    assert_eq!(
        gate["sentence"],
        "No-go. 0 items of release/* are applicable, so none of them holds."
    );
}

#[test]
fn the_nearest_configuration_counts_and_the_others_are_told() {
    let repo = team(TESTS)
        .file(
            "backend/trueup.toml",
            "[gate]\nfail-on = [\"unproven\"]\n\
            [[require]]\nitem = \"release/it-holds\"\ncondition = \"tests.total > 400\"\n",
        )
        .file("backend/Trueup.toml", "")
        .file("trueup.tml", "")
        .remove("reports/junit.xml")
        .commit("more of them", at("2026-01-06"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    let run = repo.trueup(["check", "--format", "json", "-C", "backend/src", NOW[0], NOW[1]]);
    let snapshot = run.json();
    assert_eq!(snapshot["checklists"][0]["items"][0]["status"], "contradicted");
    let told: Vec<String> = snapshot["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["code"] == "config-unread")
        .map(|problem| {
            format!(
                "{}: {}",
                problem["path"].as_str().unwrap(),
                problem["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "backend/Trueup.toml: Trueup.toml is no configuration, so it is not read.",
            "trueup.tml: trueup.tml is no configuration, so it is not read.",
            "trueup.toml: backend/trueup.toml is used.",
        ]
    );
    let from_root = problems(&repo, "config-unread");
    assert_eq!(from_root.len(), 2, "{from_root:?}");
    assert!(
        from_root[0].starts_with("trueup.toml is used; what this one asks for"),
        "{from_root:?}"
    );
    assert!(from_root[0].contains("trueup -C backend"), "{from_root:?}");
    let ignoring = repo.file("trueup.toml", "[defaults]\nignore = [\"backend/trueup.toml\"]\n");
    assert_eq!(problems(&ignoring, "config-unread").len(), 1, "trueup.tml alone");
}

#[test]
fn a_checklist_that_is_gone_is_no_checklist_less() {
    let gone = "checklists = [\"LIST.md\", \"releases/*.md\"]\n";
    refused(&of_item("- [x] It holds", gone), "`releases/*.md` of `checklists` matches no file");
}

/// What asks of that item that the tests of a package passed.
fn of_tests(package: &str) -> String {
    format!(
        "[[require]]\nitem = \"quality/all-tests-pass\"\n\
         artifacts = [\"packages/{package}/reports/junit.xml\"]\n\
         condition = \"tests.total > 0 && tests.failed + tests.errored == 0\"\n"
    )
}

/// Two packages that ask the same of an item of one id; the tests of the second failed.
fn packages(of_api: &str) -> Repo {
    let list = "# Release\n\n## Quality\n\n- [x] All tests pass\n";
    let failed = JUNIT.replace("\"b\"/>", "\"b\"><failure/></testcase>");
    Repo::new()
        .file(".gitignore", "reports/\n")
        .file("packages/api/RELEASE.md", list)
        .file("packages/api/trueup.toml", format!("{of_api}{}", of_tests("api")))
        .file("packages/api-docs/RELEASE.md", list)
        .file("packages/web/RELEASE.md", list)
        .file("packages/web/trueup.toml", of_tests("web"))
        .commit("two packages", at("2026-01-06"))
        .file("packages/api/reports/junit.xml", JUNIT)
        .modified("packages/api/reports/junit.xml", at("2026-01-10T11:00:00Z"))
        .file("packages/web/reports/junit.xml", failed)
        .modified("packages/web/reports/junit.xml", at("2026-01-10T11:00:00Z"))
}

/// What `-C folder` judges: the status of the first item of each checklist.
fn judged_in(repo: &Repo, folder: &str) -> Vec<String> {
    let told = repo.trueup(["check", "--format", "json", "-C", folder, NOW[0], NOW[1]]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let all = told["checklists"].as_array().unwrap().iter();
    let shown = all.map(|of| (text(&of["path"]), text(&of["items"][0]["status"])));
    shown.map(|(path, status)| format!("{path} {status}")).collect()
}

#[test]
fn a_configuration_in_a_folder_proves_no_box_of_another() {
    let of = |status: [&str; 3]| {
        let [api, docs, web] = status;
        [
            format!("packages/api-docs/RELEASE.md {docs}"),
            format!("packages/api/RELEASE.md {api}"),
            format!("packages/web/RELEASE.md {web}"),
        ]
    };
    let repo = packages("");
    let of_api = of(["verified", "unproven", "unproven"]);
    assert_eq!(judged_in(&repo, "packages/api"), of_api);
    assert_eq!(judged_in(&repo, "packages/api/reports"), of_api, "from below");
    let of_web = of(["unproven", "unproven", "contradicted"]);
    assert_eq!(judged_in(&repo, "packages/web"), of_web, "by its own tests");
    let named = packages("checklists = \"packages/*/RELEASE.md\"\n");
    let all = of(["verified", "verified", "verified"]);
    assert_eq!(judged_in(&named, "packages/api"), all, "as `checklists` says");
    repo.trueup(["report", "-q", "-C", "packages/api", "--out", "out", NOW[0], NOW[1]]);
    repo.trueup(["verify", "packages/api/out"]).code(0);
}

#[test]
fn the_gate_of_a_folder_requires_its_own_items() {
    let gate = |rule: &str| format!("[gate]\nrequire = [{{ {rule}, status = \"verified\" }}]\n");
    let of_folder =
        |repo: &Repo, folder: &str| repo.trueup(["check", "-C", folder, NOW[0], NOW[1]]);
    let named = gate("items = \"quality/all-tests-pass\"");
    let repo = packages(&named);
    of_folder(&repo, "packages/api").code(0);
    repo.trueup(["report", "-q", "-C", "packages/api", "--out", "out", NOW[0], NOW[1]]);
    repo.trueup(["verify", "packages/api/out"]).code(0);
    of_folder(&packages(&gate("items = \"quality/*\"")), "packages/api").code(0);
    let all = format!("checklists = \"packages/*/RELEASE.md\"\n{named}");
    let of_all = all.replace("packages/*", "packages/{api,web}");
    of_folder(&packages(&of_all), "packages/api").code(0);
    let web = repo.file("packages/web/trueup.toml", format!("{named}{}", of_tests("web")));
    of_folder(&web, "packages/web").code(1);
    let other = web.file("packages/api-docs/trueup.toml", format!("{named}{}", of_tests("web")));
    let other = other.file("packages/api-docs/RELEASE.md", "# Docs\n\n- [ ] Another\n");
    of_folder(&other, "packages/api-docs").code(1);
}

/// One of two checklists, of which something is open, was moved to where nobody looks.
fn moved(checklist: &str, config: &str) -> Repo {
    let of_tests = "[[require]]\nitem = \"**\"\ncondition = \"tests.failed == 0\"\n\
                    [gate]\nrequire = [{ items = \"**\", status = \"verified\" }]\n";
    of_item("- [x] It holds", &format!("checklists = [\"*.md\"]\n{config}\n{of_tests}"))
        .file("KEYS.md", checklist)
        .commit("a second one", at("2026-01-06"))
        .remove("KEYS.md")
        .file("docs/KEYS.md", checklist)
        .commit("docs have their folder", at("2026-01-07"))
}

#[test]
fn a_checklist_that_is_moved_out_of_sight_stops_the_gate() {
    let open = "# Keys\n\n- [x] Made\n- [ ] Rotated\n- [ ] Kept apart\n";
    let repo = moved(open, "");
    check(&repo).code(1);
    let gate = &snapshot(&repo)["summary"]["gate"];
    assert_eq!(
        gate["sentence"],
        "No-go. 1 checklist was moved to where `checklists` does not look."
    );
    assert_eq!(
        problems(&repo, "checklist-left"),
        [
            "This was the checklist KEYS.md, and no glob of `checklists` matches it where it is now: \
             2 open items of it are not judged. | Add \"docs/KEYS.md\" to `checklists`, or to \
             `exclude` where it was put away."
        ]
    );
    assert_eq!(snapshot(&repo)["problems"], snapshot(&repo)["problems"], "as it is remembered");
}

#[test]
fn a_checklist_that_is_put_away_stops_no_gate() {
    let open = "# Keys\n\n- [ ] Rotated\n";
    let of_next = "# Keys of the next release\n\n- [x] All of them are new and shiny\n";
    for repo in [
        moved(open, "exclude = \"docs/**\""),
        moved("# Keys\n\n- [x] Rotated\n- [ ] ~~Kept~~\n", ""),
        moved(open, "").file("KEYS.md", of_next).commit("the next", at("2026-01-08")),
    ] {
        check(&repo).code(0);
        assert_eq!(problems(&repo, "checklist-left"), [""; 0]);
    }
}

#[test]
fn what_is_excluded_is_no_checklist() {
    let gate = "exclude = [\"docs/*.md\"]\n";
    let other = "# Template\n\n- [ ] Nobody is asked\n";
    let repo = of_item("- [x] It holds", gate).file("docs/TEMPLATE.md", other);
    assert_eq!(snapshot(&repo)["checklists"].as_array().unwrap().len(), 1);
    let all = "checklists = [\"LIST.md\", \"docs/*.md\"]\nexclude = [\"docs/**\"]\n";
    let none = of_item("- [x] It holds", all).file("docs/TEMPLATE.md", other);
    refused(&none, "`docs/*.md` of `checklists` matches no file that `exclude` leaves");
}

#[test]
fn paths_that_are_all_ignored_are_refused() {
    let require =
        format!("{TESTS}\npaths = [\"backend/**\"]\n\n[defaults]\nignore = [\"backend/**\"]");
    refused(&team(&require), "all that `backend/**` of `paths` matches is ignored");
}

#[test]
fn a_snapshot_is_of_the_tag_that_was_asked_for() {
    let repo = team(TESTS).tag("v1.0.0").tag("v1.0.1");
    for tag in ["v1.0.0", "v1.0.1"] {
        let told = repo.trueup(["check", "--format", "json", "--at", tag]).json();
        assert_eq!(told["release"], tag);
    }
}

#[test]
fn a_gate_on_a_section_holds_items_with_slashes_in_their_ids() {
    let gate = "[[require]]\nitem = \"release/*\"\ncondition = \"tests.failed == 0\"\n";
    let repo = of_item("- [ ] It holds <!-- id: my/deep/id -->", gate);
    assert_eq!(snapshot(&repo)["checklists"][0]["items"][0]["status"], "ready");
}

#[test]
fn a_gate_by_priority_asks_for_every_item_that_reads_as_of_it() {
    let list = |open: &str| format!("- [x] P0 It holds <!-- id: a -->\n{open}");
    let gate = |priority: &str| {
        format!(
            "[gate]\nrequire = [{{ items = \"**\", priority = \"{priority}\", status = \"verified\" }}]\n\
             [[require]]\nitem = \"a\"\n{TESTS}\npaths = []\n"
        )
    };
    check(&of_item(&list("- [ ] P1 Later\n\n## P1: should have\n\n- [ ] Other\n"), &gate("P0")))
        .code(0);
    for open in [
        "- [ ] p0: Keys rotated\n",
        "- [ ] Failover tried #P0\n",
        "- [ ] P0-2: Alerts reviewed\n",
        "\n## P0: must have\n\n- [ ] Backups restored\n",
        "\n## 1. Must have (P0)\n\n### Data\n\n- [ ] 🟠 Backups restored\n",
        "\n**P0**\n\n- [ ] Backups restored\n",
        "\n**P0 – must have:**\n- [ ] Backups restored\n",
        "\n- [ ] Backups restored p0\n",
        "\n## P1\n\nP0:\n\nThese first:\n\n- [ ] Backups\n  - [ ] 🟠 Restored\n",
        "\n## Data\n\n- **P0**\n  - Backups\n    - [ ] Restored\n",
        "\n<details>\n<summary><b>P0</b> – must have</summary>\n\nAll of:\n\n- [ ] Backups restored\n\n</details>\n",
        "\n**P0**\n\n- [x] Done\n\nThe rest is done by hand.\n\n- [ ] Backups restored\n",
        "\n**P0**\n\n| Check | Status |\n|---|---|\n| Backups restored | Open |\n",
    ] {
        for asked in ["P0", "p0"] {
            check(&of_item(&list(open), &gate(asked))).code(1);
        }
    }
    for open in [
        "\n**P0**\n\n- [x] P0 Done\n\n**P1**\n\n- [ ] Later\n",
        "\n**P0**\n\n- [x] P0 Done\n\nNice to have:\n\n- [ ] Later\n",
        "\n**P0**\n\n- [x] P0 Done\n\n### More\n\n- [ ] Later\n",
        "\n- P0\n  - [ ] P1 Later\n",
        "\n<details><summary>P0</summary>\n\n</details>\n\n- [ ] Later\n",
    ] {
        let asked = gate("P0").replace("item = \"a\"", "item = \"**\"");
        check(&of_item(&list(open), &asked)).code(0);
    }
    for open in ["- [ ] :red_circle: Pager tested\n", "- [ ] Rollback tried 🔴\n"] {
        check(&of_item(&list(open), &gate("🔴"))).code(1);
    }
    refused(&of_item(&list(""), &gate("P3")), "of P3` matches no item");
}

#[test]
fn a_gate_over_all_items_does_not_go_over_a_table_that_says_no_go() {
    let gate = format!(
        "[gate]\nrequire = [{{ items = \"**\", status = \"verified\" }}]\n\
         [[require]]\nitem = \"a\"\n{TESTS}\npaths = []\n"
    );
    let list =
        |table: &str| format!("- [x] It holds <!-- id: a -->\n\n## Readiness review\n\n{table}");
    for (title, said) in
        [("Go/No-Go", "No-Go"), ("Sign-off", "Pending"), ("RAG", "🔴"), ("Web", "❌")]
    {
        let table = format!("| Area | {title} |\n|--|--|\n| Security | {said} |\n");
        check(&of_item(&list(&table), &gate)).code(1);
    }
    check(&of_item(&list("| Area | Required |\n|--|--|\n| Security | ❌ |\n"), &gate)).code(0);
}

/// A report of two packages and two files with one advisory and one rule.
const TRIVY: &str = r#"{"SchemaVersion": 2, "ArtifactName": "shop", "ArtifactType": "filesystem", "Results": [
    {"Target": "package-lock.json", "Class": "lang-pkgs", "Type": "npm", "Vulnerabilities": [
    {"VulnerabilityID": "CVE-2026-1", "PkgName": "lodash", "InstalledVersion": "1.0.0", "Severity": "HIGH"},
    {"VulnerabilityID": "CVE-2026-1", "PkgName": "underscore", "InstalledVersion": "1.0.0", "Severity": "HIGH"}]}]}"#;
const SARIF: &str = r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "scan"}}, "results": [
    {"ruleId": "xss", "level": "error", "message": {"text": "a"}, "locations": [
        {"physicalLocation": {"artifactLocation": {"uri": "web/test/a.js"}}}]},
    {"ruleId": "xss", "level": "error", "message": {"text": "b"}, "locations": [
        {"physicalLocation": {"artifactLocation": {"uri": "web/pay.js"}}}]}]}]}"#;

#[test]
fn a_waiver_of_a_finding_can_be_of_one_package_or_path_alone() {
    let waived = |report: (&str, &str), scopes: &[&str]| {
        let waivers: String = scopes
            .iter()
            .map(|scope| {
                format!(
                    "[[waiver]]\nitem = \"*\"\n{scope}\nreason = \"not reachable\"\nby = \"@ana\"\n\
                     until = \"2026-06-01\"\n"
                )
            })
            .collect();
        let config = format!(
            "[[require]]\nitem = \"*\"\nartifacts = [\"scan/*\"]\ncondition = \"findings.total == 0\"\n\
             paths = []\n{waivers}"
        );
        let repo = of_item("- [x] It holds", &config).file(report.0, report.1);
        judged(&repo.modified(report.0, at("2026-01-10T11:00:00Z")))
    };
    let (trivy, sarif) = (("scan/trivy.json", TRIVY), ("scan/scan.sarif", SARIF));
    for (report, scopes, status) in [
        (trivy, &["finding = \"CVE-2026-1\""][..], "waived"),
        (trivy, &["finding = \"CVE-2026-1\"\npackage = \"lodash\""], "contradicted"),
        (
            trivy,
            &[
                "finding = \"CVE-2026-1\"\npackage = \"lodash\"",
                "finding = \"CVE-2026-1\"\npackage = \"Underscore\"",
            ],
            "waived",
        ),
        (sarif, &["finding = \"xss\"\npath = \"web/test/**\""], "contradicted"),
        (sarif, &["finding = \"xss\"\npath = \"web\""], "waived"),
        (sarif, &["finding = \"xss\"\npath = \"web\"\npackage = \"a\""], "contradicted"),
    ] {
        let (told, reason, _) = waived(report, scopes);
        assert_eq!(told, status, "{scopes:?}: {reason}");
    }
    let reason = waived(sarif, &["finding = \"xss\"\npath = \"web\""]).1;
    assert!(reason.starts_with("xss in web waived by @ana"), "{reason}");
    let alone = "[[waiver]]\nitem = \"*\"\npackage = \"a\"\nreason = \"b\"\nby = \"@ana\"\n\
                 until = \"2026-06-01\"\n";
    refused(&of_item("- [x] It holds", alone), "`package` narrows a `finding`, and none is named");
}
