//! `trueup fix` as a team meets it: what it would change, what it changes, and what it refuses.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Repo, at};

const CHECKLIST: &str = "\
# Release

## Quality

- [ ] Tests pass
- [x] No type errors
- [/] Security scan clean
- [ ] Docs are written
- [ ] Old scan clean
";

const CONFIG: &str = "\
[[require]]
item = \"quality/tests-pass\"
condition = \"tests.total > 0 && tests.failed == 0\"

[[require]]
item = \"quality/no-type-errors\"
artifacts = [\"reports/tsc.log\"]
condition = \"findings.errors == 0\"

[[require]]
item = \"quality/security-scan-clean\"
artifacts = [\"reports/npm-audit.json\"]
condition = \"findings.critical + findings.high == 0\"

[[require]]
item = \"quality/old-scan-clean\"
artifacts = [\"reports/npm-audit.json\"]
condition = \"findings.critical + findings.high == 0\"
max-age = \"10m\"
";

const PASSING: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const AUDIT: &str = r#"{"auditReportVersion": 2, "vulnerabilities": {},
  "metadata": {"vulnerabilities": {"info":0,"low":0,"moderate":0,"high":0,"critical":0,"total":0},
  "dependencies": {"prod": 4, "dev": 3, "optional": 0, "peer": 0, "peerOptional": 0, "total": 7}}}"#;
const TSC: &str = "src/a.ts(1,5): error TS2322: Type 'string' is not a number.\n";
const PLACE: &str = "docs/RELEASE.md";

/// A repository whose evidence supports two ticks, contradicts one, and is too old for another.
fn team(checklist: &str) -> Repo {
    let made = at("2026-01-10T11:00:00Z");
    Repo::new()
        .file(PLACE, checklist)
        .file("trueup.toml", CONFIG)
        .file(".gitignore", "/reports\n")
        .commit("a checklist", at("2026-01-05"))
        .file("reports/junit.xml", PASSING)
        .file("reports/tsc.log", TSC)
        .file("reports/npm-audit.json", AUDIT)
        .modified("reports/junit.xml", made)
        .modified("reports/tsc.log", made)
        .modified("reports/npm-audit.json", made)
}

fn fix<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["fix", "--as-of", "2026-01-10T12:00:00Z"], more].concat()
}

/// Where two texts differ, as offset and bytes.
fn differences(one: &str, other: &str) -> Vec<(usize, u8, u8)> {
    assert_eq!(one.len(), other.len());
    let pairs = one.bytes().zip(other.bytes()).enumerate();
    pairs.filter(|(_, (a, b))| a != b).map(|(at, (a, b))| (at, a, b)).collect()
}

#[test]
fn the_diff_is_shown_and_nothing_is_written() {
    let repo = team(CHECKLIST);
    insta::assert_snapshot!(repo.trueup(fix(&[])).code(0).transcript());
    assert_eq!(repo.read(PLACE), CHECKLIST);
}

#[test]
fn only_the_bytes_between_the_brackets_are_written_and_the_second_run_has_nothing_to_do() {
    let messy = format!("\u{feff}{}", CHECKLIST.replace("\n", "\r\n"))
        .replace("pass\r\n", "pass  \n")
        .replace("- [/]", "> 1)\t[/]");
    for text in [CHECKLIST, messy.as_str(), CHECKLIST.trim_end()] {
        let repo = team(text);
        repo.trueup(fix(&["--check"])).code(1);
        assert_eq!(repo.read(PLACE), text, "--check writes nothing");
        repo.trueup(fix(&["--write"])).code(0);
        let written = repo.read(PLACE);
        let box_at = |marker: &str| text.find(marker).unwrap() + 1;
        assert_eq!(
            differences(text, &written),
            [(box_at("[ ] Tests"), b' ', b'x'), (box_at("[/]"), b'/', b'x')]
        );
        let again = repo.trueup(fix(&["--check"])).code(0);
        assert!(again.stdout().starts_with("Nothing to change.\n"), "{}", again.stdout());
        repo.trueup(fix(&["--write"])).code(0);
        assert_eq!(repo.read(PLACE), written);
    }
}

#[test]
fn what_is_written_is_verified_afterwards() {
    let repo = team(CHECKLIST);
    repo.trueup(fix(&["--write"])).code(0);
    let args = ["check", "--as-of", "2026-01-10T12:00:00Z", "--format", "json"];
    let snapshot = repo.trueup(args).code(0).json();
    let items = snapshot["checklists"][0]["items"].as_array().unwrap();
    let statuses: Vec<&Value> = items.iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, ["verified", "contradicted", "verified", "open", "open"]);
}

#[test]
fn a_contradicted_tick_is_taken_away_only_when_asked() {
    let repo = team(CHECKLIST);
    repo.trueup(fix(&["--untick", "--write", "quality/no-*"])).code(0);
    let expected = CHECKLIST.replace("[x] No", "[ ] No");
    assert_eq!(repo.read(PLACE), expected);
}

#[test]
fn what_the_text_or_an_open_sub_item_denies_is_not_ticked() {
    const TESTS: &str = "<!-- evidence: tests.total > 0 && tests.failed == 0 -->";
    let list = format!(
        "# Release\n\n## Quality\n\n- [ ] Tests pass\n- [x] No type errors\n\
         - [ ] Security scan clean\n- [x] Old scan clean\n- [ ] 200 tests pass {TESTS}\n\
         - [ ] API tests pass - TODO {TESTS}\n- [ ] In all suites: {TESTS}\n  - [ ] Unit, WIP {TESTS}\n\
         - [ ] In both: {TESTS}\n  - [ ] One {TESTS}\n- [ ] Checkout needs manual check {TESTS}\n\
         - [ ] Refunds (waiting for QA) {TESTS}\n- [ ] Fax gateway (n/a?) {TESTS}\n\
         - [ ] <s>Pager</s> {TESTS}\n"
    );
    let repo = team(&list);
    let told = repo.trueup(fix(&["--write", "--format", "json"])).code(0).json();
    let held = |text: &str| {
        let held = told["held_back"].as_array().unwrap().iter();
        let why = held.filter(|held| held["item"].as_str().unwrap().ends_with(text));
        why.map(|held| held["why"].as_str().unwrap()).collect::<Vec<_>>().join("|")
    };
    assert!(
        held("tests-pass").starts_with("Its text says \"200 tests pass\", where tests.total is 2"),
        "{told}"
    );
    assert_eq!(held("api-tests-pass"), "The text says \"TODO\".");
    assert_eq!(held("in-all-suites"), "Its sub-item is open.");
    assert_eq!(held("unit-wip"), "The text says \"WIP\".");
    assert_eq!(held("needs-manual-check"), "The text says \"needs manual check\".");
    assert_eq!(held("quality/refunds"), "The text says \"waiting for qa\".");
    assert_eq!(held("quality/fax-gateway"), "The text asks whether it applies.");
    let after = repo.read(PLACE);
    assert!(after.contains("- [x] In both") && after.contains("  - [x] One"), "{after}");
    let open = [
        "200 tests",
        "API tests",
        "In all suites",
        "Unit, WIP",
        "Checkout",
        "Refunds",
        "Fax",
        "<s>",
    ];
    for open in open {
        assert!(after.contains(&format!("- [ ] {open}")), "{open}: {after}");
    }
}

#[test]
fn what_may_say_that_it_is_open_is_left_to_a_person() {
    let text = "Tests pass (manual check) <!-- id: quality/tests-pass -->";
    let repo = team(&CHECKLIST.replace("Tests pass", text));
    let told = repo.trueup(fix(&["--write", "--format", "json"])).code(0).json();
    let held = told["held_back"].as_array().unwrap();
    let why = held.iter().find(|held| held["item"] == "quality/tests-pass").unwrap();
    assert_eq!(why["why"], "The text says \"manual check\": tick it by hand.");
    assert!(repo.read(PLACE).contains("- [ ] Tests pass (manual check)"));
}

#[test]
fn a_task_and_what_a_footnote_narrows_are_left_to_a_person() {
    for (text, below, why) in [
        ("Fix failing tests <!-- id: quality/tests-pass -->", "", "\"Fix\": tick it by hand"),
        ("Tests pass[^1]", "\n[^1]: Except those of payments.\n", "narrows it: tick it by hand"),
        ("Tests pass", "\n  Not those of payments.\n", "narrows it: tick it by hand"),
        (
            "Tests pass: still open <!-- id: quality/tests-pass -->",
            "",
            "\"still open\": tick it by hand",
        ),
        (
            "Tests pass <!-- id: quality/tests-pass -->",
            "  - pending\n",
            "\"pending\": tick it by hand",
        ),
        ("Tests pass <!-- id: quality/tests-pass -->", "  failed\n", "\"failed\": tick it by hand"),
    ] {
        let list = format!("# Release\n\n## Quality\n\n- [ ] {text}\n{below}");
        let config =
            "[[require]]\nitem = \"quality/tests-pass\"\ncondition = \"tests.failed == 0\"\n";
        let repo = team(CHECKLIST).file("trueup.toml", config).file(PLACE, &list);
        let told = repo.trueup(fix(&["--write", "--format", "json"])).code(0).json();
        let held = told["held_back"][0]["why"].as_str().unwrap_or_default();
        assert!(held.contains(why), "{text}: {told:#}");
        assert_eq!(repo.read(PLACE), list);
    }
}

#[test]
fn what_stands_around_an_item_may_leave_it_to_a_person() {
    let item = "- [ ] Tests pass <!-- id: quality/tests-pass -->\n";
    let below = |heading: &str| format!("# Release\n\n## {heading}\n\n{item}");
    let held = [
        below("On hold"),
        below("Checks (blocked)"),
        below("Postponed to 1.6"),
        below("Not applicable"),
        format!("# Release checklist template\n\n{item}"),
        format!("---\nstatus: blocked\n---\n\n# Release\n\n{item}"),
        format!("# Release\n\n**Status:** BLOCKED\n\n{item}"),
        format!("# Release\n\nPick one:\n\n{item}"),
        format!("# Release\n\nThese are blocked until Ana returns:\n\n{item}"),
        format!("# Release\n\n> [!WARNING]\n> Do not tick anything here yet.\n\n{item}"),
        format!("# Release\n\n<!-- do not tick: frozen -->\n{item}"),
        format!("# Release\n\n{item}\nNote: the tests above are not to be ticked before Friday.\n"),
        format!("# Release\n\n- Blocked:\n  {item}"),
        format!("# Release\n\n- [-] Old checks\n  {item}"),
        format!("# Release\n\n- [ ] Old checks (blocked)\n  {item}"),
        "# Release\n\n- [ ] Tests ~~always~~ pass <!-- id: quality/tests-pass -->\n".to_owned(),
    ];
    let ticked = [
        below("After deployment"),
        below("Before release"),
        below("Template rendering"),
        format!("---\nstatus: in progress\n---\n\n# Release\n\nAll of these must pass:\n\n{item}"),
        format!("# Release\n\n- Quality:\n  {item}"),
        format!("# Release\n\n## Blocked\n\nDo not tick.\n\n## Checks\n\n{item}"),
    ];
    let config = "[[require]]\nitem = \"quality/tests-pass\"\ncondition = \"tests.failed == 0\"\n";
    for (lists, changes) in [(&held[..], 0), (&ticked[..], 1)] {
        for list in lists {
            let repo = team(CHECKLIST).file("trueup.toml", config).file(PLACE, list);
            let told = repo.trueup(fix(&["--format", "json"])).code(0).json();
            assert_eq!(told["changes"].as_array().unwrap().len(), changes, "{list}: {told:#}");
            assert_eq!(told["held_back"].as_array().unwrap().len(), 1 - changes, "{list}");
        }
    }
}

#[test]
fn a_waived_item_is_left_alone() {
    let waived = CHECKLIST
        .replace("errors\n", "errors <!-- waiver: by @ana until 2026-12-31 because legacy -->\n");
    let repo = team(&waived);
    repo.trueup(fix(&["--untick", "--check", "quality/no-*"])).code(0);
}

#[test]
fn a_program_reads_what_would_change_and_what_is_held_back() {
    let repo = team(CHECKLIST);
    let told = repo.trueup(fix(&["--format", "json"])).code(0).json();
    assert_eq!(told["schema"], "trueup/fix/1");
    assert_eq!(told["written"], false);
    let changes = told["changes"].as_array().unwrap();
    let brief = |change: &Value| {
        json!([change["path"], change["line"], change["item"], change["from"], change["to"]])
    };
    assert_eq!(
        changes.iter().map(brief).collect::<Vec<_>>(),
        [
            json!([PLACE, 5, "quality/tests-pass", " ", "x"]),
            json!([PLACE, 7, "quality/security-scan-clean", "/", "x"]),
        ]
    );
    assert!(changes.iter().all(|change| change["why"].as_str().is_some_and(|why| !why.is_empty())));
    assert_eq!(told["held_back"][0]["item"], "quality/no-type-errors");
    assert_eq!(told["held_back"].as_array().unwrap().len(), 1);
    let written = repo.trueup(fix(&["--format", "json", "--write"])).code(0).json();
    assert_eq!(written["written"], true);
    assert_eq!(written["changes"], told["changes"]);
}

#[test]
fn the_diff_can_be_applied() {
    for text in [CHECKLIST.to_owned(), CHECKLIST.replace('\n', "\r\n"), CHECKLIST.trim_end().into()]
    {
        let repo = team(&text);
        let diff = repo.trueup(fix(&[])).code(0).raw_stdout().as_bytes().to_vec();
        let repo = repo.with(|git| {
            // libgit2 wants the line that git itself does without.
            let diff = [format!("diff --git a/{PLACE} b/{PLACE}\n").as_bytes(), &diff].concat();
            let diff = git2::Diff::from_buffer(&diff).unwrap();
            git.apply(&diff, git2::ApplyLocation::WorkDir, None).unwrap();
        });
        let by_git = repo.read(PLACE);
        assert_ne!(by_git, text);
        repo.trueup(fix(&["--check"])).code(0);
    }
}

#[test]
fn ids_are_written_beside_items_and_change_nothing_else() {
    let repo = team(CHECKLIST);
    let before = inspected(&repo);
    repo.trueup(["fix", "--ids", "--check"]).code(1);
    repo.trueup(["fix", "--ids", "--write"]).code(0);
    assert!(repo.read(PLACE).contains("- [ ] Tests pass <!-- id: quality/tests-pass -->\n"));
    assert_eq!(inspected(&repo), before);
    repo.trueup(["fix", "--ids", "--check"]).code(0);
    repo.trueup(fix(&["--write"])).code(0);
    assert!(repo.read(PLACE).contains("- [x] Tests pass <!-- id: quality/tests-pass -->\n"));
}

/// Id, address, text and claim of each item.
fn inspected(repo: &Repo) -> Vec<Value> {
    let told = repo.trueup(["inspect", "--format", "json", PLACE]).code(0).json();
    let items = told[0]["items"].as_array().unwrap().clone();
    let brief = |item: Value| json!([item["id"], item["address"], item["text"], item["claim"]]);
    items.into_iter().map(brief).collect()
}

#[test]
fn what_makes_no_sense_is_asked_wrongly() {
    let repo = team(CHECKLIST);
    for wrong in [&["--at", "HEAD"][..], &["--write", "--check"], &["--ids", "--untick"], &["no/*"]]
    {
        let run = repo.trueup(fix(wrong)).code(2);
        assert!(run.stdout().is_empty() && !run.stderr().is_empty(), "{wrong:?}");
    }
    assert_eq!(repo.read(PLACE), CHECKLIST);
}

#[test]
fn one_protected_file_leaves_every_file_as_it_is() {
    let beside = CHECKLIST.replace("Tests pass", "Tests pass <!-- evidence: tests.failed == 0 -->");
    let beside = beside.replace("# Release", "# Other").replace("## Quality", "## Other");
    let repo = team(CHECKLIST).file("docs/A.md", &beside);
    let protected = repo.dir().join(PLACE);
    let mut permissions = fs::metadata(&protected).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&protected, permissions).unwrap();
    let run = repo.trueup(fix(&["--write"])).code(3);
    assert!(run.stderr().contains("docs/RELEASE.md is write-protected"), "{}", run.stderr());
    assert_eq!((repo.read(PLACE), repo.read("docs/A.md")), (CHECKLIST.to_owned(), beside));
    assert_eq!(names_in(&repo.dir().join("docs")), ["A.md", "RELEASE.md"]);
}

#[test]
fn a_checklist_behind_a_link_is_no_checklist_of_ours() {
    #[cfg(unix)]
    {
        let repo = team(CHECKLIST);
        let outside = tempfile::tempdir().unwrap();
        let place = repo.dir().join(PLACE);
        fs::rename(&place, outside.path().join("x.md")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("x.md"), &place).unwrap();
        repo.trueup(fix(&["--write"])).code(2);
        assert_eq!(fs::read_to_string(outside.path().join("x.md")).unwrap(), CHECKLIST);
        assert!(place.symlink_metadata().unwrap().is_symlink());
    }
}

#[test]
fn a_document_that_is_not_utf_8_is_left_alone_and_told() {
    let latin = b"# Notes\n\n- [ ] caf\xe9 <!-- evidence: tests.failed == 0 -->\n";
    let repo = team(CHECKLIST).file("docs/latin.md", latin);
    let told = repo.trueup(fix(&["--write", "--format", "json"])).code(0).json();
    let held = told["held_back"].as_array().unwrap();
    assert!(held.iter().any(|held| held["why"] == "The file is not UTF-8."), "{held:?}");
    assert_eq!(fs::read(repo.dir().join("docs/latin.md")).unwrap(), latin);
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
