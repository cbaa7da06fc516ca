//! `trueup init` and what stands above a line: it narrows as the same words in the line would.

use serde_json::Value;

use crate::support::{Repo, at};

const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const JOBS: &str = r#"{"total_count": 2, "jobs": [
    {"name": "test", "status": "completed", "conclusion": "success", "head_sha": "0", "run_id": 1,
     "workflow_name": "CI", "started_at": "2026-01-05T10:00:00Z", "completed_at": "2026-01-05T10:01:00Z"},
    {"name": "lint (ios)", "status": "completed", "conclusion": "success", "head_sha": "0", "run_id": 1,
     "workflow_name": "CI", "started_at": "2026-01-05T10:00:00Z", "completed_at": "2026-01-05T10:01:00Z"}]}"#;

/// What `init` says of each line of `list` beside these artifacts: its state, and the globs it reads.
fn proposed(path: &str, list: &str, reports: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let repo = Repo::new()
        .file(path, format!("{list}\n- [ ] Buy milk\n"))
        .file("packages/checkout/package.json", r#"{"name": "@shop/pay-flow"}"#)
        .file(".gitignore", "reports/\n")
        .commit("a checklist", at("2026-01-05"));
    let repo = reports.iter().fold(repo, |repo, (path, text)| repo.file(path, *text));
    let said = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let globs = |item: &Value| {
        let globs = item["artifacts"].as_array().into_iter().flatten();
        globs.filter_map(|glob| glob.as_str().map(str::to_owned)).collect()
    };
    let items = said["items"].as_array().unwrap().iter();
    items
        .filter(|item| item["text"].as_str().is_some_and(|text| text.ends_with("ests pass")))
        .map(|item| (item["state"].as_str().unwrap().to_owned(), globs(item)))
        .collect()
}

/// Contexts of a line that says that tests pass, each with a report that is called by it, where there may be
/// one.
const NARROWING: [(&str, &str); 39] = [
    ("# Go\n\n- [ ] Web / API\n  - [ ] All tests pass\n", "reports/web-and-api/junit.xml"),
    ("# Go\n\n1. **Watch (watchOS)**\n\n   - [ ] All tests pass\n", "reports/watchos/junit.xml"),
    ("# Go\n\nFor the iOS app\n\n- [ ] All tests pass\n", "reports/ios/junit.xml"),
    (
        "# Go\n\n<details><summary>Windows</summary>\n\n- [ ] All tests pass\n\n</details>\n",
        "reports/windows/junit.xml",
    ),
    (
        "# Go\n\n<details><summary>iOS</summary>\n<details>\n<summary>More</summary>\n\n</details>\n\n- [ ] All tests pass\n\n</details>\n",
        "reports/ios/junit.xml",
    ),
    ("# Go\n\n<h2 id=\"a\">iOS</h2>\n\n- [ ] All tests pass\n", "reports/ios/junit.xml"),
    ("# Go\n\n## Windows Server 2022\n\n- [ ] All tests pass\n", "reports/windows-server-2022.xml"),
    ("# Go\n\n## Checks in production\n\n- [ ] All tests pass\n", "reports/production.xml"),
    ("# Go\n\n## Staging tests\n\n- [ ] All tests pass\n", "reports/staging/junit.xml"),
    ("# Go\n\n## 3. Integration\n\n- [ ] All tests pass\n", "reports/integration/junit.xml"),
    ("# Go\n\n## Admin API\n\n- [ ] All tests pass\n", "reports/admin/api/junit.xml"),
    ("# Go\n\n## Service: search\n\n- [ ] All tests pass\n", "reports/search/junit.xml"),
    ("# Go\n\n## iOS app\n\n- [ ] All tests pass\n", "reports/ios/junit.xml"),
    (
        "# Go\n\n## Release (Android)\n\n### Testing\n\n- [ ] All tests pass\n",
        "reports/android/junit.xml",
    ),
    ("# iOS app: release checklist\n\n- [ ] All tests pass\n", "reports/junit-ios.xml"),
    ("# Go\n\n- [ ] Android\n  - [ ] Tests pass\n", "reports/android.xml"),
    ("# Go\n\n- Windows 11:\n  - [ ] All tests pass\n", "reports/windows-11/junit.xml"),
    ("# Go\n\n**iOS:**\n\n- [ ] All tests pass\n", "reports/ios/junit.xml"),
    ("# Go\n\nOn Node 22:\n\n- [ ] All tests pass\n", "reports/node-22/junit.xml"),
    ("# Go\n\n## Web\n\n- [ ] All tests pass\n", "reports/web/junit.xml"),
    ("# Go\n\n## Frontend\n\n- [ ] All tests pass\n", "reports/frontend/junit.xml"),
    ("# Go\n\n## Back end\n\n- [ ] All tests pass\n", "reports/backend/junit.xml"),
    ("# Go\n\n## API\n\n- [ ] All tests pass\n", "reports/api/junit.xml"),
    ("# Go\n\n## Mobile app\n\n- [ ] All tests pass\n", "reports/mobile/junit.xml"),
    ("# Go\n\n## Admin console\n\n- [ ] All tests pass\n", "reports/admin.xml"),
    ("# Go\n\n## v2 API\n\n- [ ] All tests pass\n", "reports/api-v2/junit.xml"),
    ("# Go\n\n## CLI\n\n- [ ] All tests pass\n", "reports/cli/junit.xml"),
    ("# Go\n\n## Workers\n\n- [ ] All tests pass\n", "reports/worker/junit.xml"),
    ("# Go\n\n## Infrastructure\n\n- [ ] All tests pass\n", "reports/terraform/junit.xml"),
    ("# Go\n\n## Mobile\n\n### iOS\n\n- [ ] All tests pass\n", "reports/ios/junit.xml"),
    ("# Go\n\n## Staging\n\n- [ ] All tests pass\n", "reports/staging/junit.xml"),
    ("# Go\n\n## Phase 2: Production\n\n- [ ] All tests pass\n", "reports/production.xml"),
    ("# Go\n\n## End-to-end (Playwright)\n\n- [ ] All tests pass\n", "reports/e2e/junit.xml"),
    ("# Go\n\n## Unit testing\n\n- [ ] All tests pass\n", "reports/unit/junit.xml"),
    ("# Go\n\n## Smoke tests\n\n- [ ] All tests pass\n", "reports/smoke.xml"),
    ("# Go\n\n## Performance tests\n\n- [ ] All tests pass\n", "reports/perf/junit.xml"),
    ("# Go\n\n- [ ] Payments service:\n  - [ ] All tests pass\n", "reports/payments/junit.xml"),
    (
        "# Go\n\n| Check | Component | Status |\n|---|---|---|\n| All tests pass | Search | ⬜ |\n",
        "reports/search/junit.xml",
    ),
    (
        "# Go\n\n| Checks on iOS | Status |\n|---|---|\n| All tests pass | ⬜ |\n",
        "reports/ios/junit.xml",
    ),
];

#[test]
fn what_stands_above_a_line_narrows_it() {
    let others = ["reports/junit.xml", "reports/nightly/junit.xml"];
    let all = NARROWING.iter().flat_map(|(list, _)| others.map(|other| (list, other)));
    let wrong: Vec<_> = all
        .map(|(list, other)| (list, proposed("GO.md", list, &[(other, JUNIT)])))
        .filter(|(_, said)| *said != [("lacking".to_owned(), Vec::new())])
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn evidence_that_is_called_by_what_stands_above_is_proposed_and_no_other() {
    let wrong: Vec<_> = NARROWING
        .iter()
        .map(|(list, of)| {
            (list, of, proposed("GO.md", list, &[("reports/junit.xml", JUNIT), (of, JUNIT)]))
        })
        .filter(|(_, of, said)| *said != [("proposed".to_owned(), vec![of.to_string()])])
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_heading_that_names_a_package_narrows_to_its_folder() {
    for name in ["Checkout", "`packages/checkout`", "@shop/pay-flow", "Pay-flow tests"] {
        let list = format!("# Go\n\n## {name}\n\n- [ ] All tests pass\n");
        let said = proposed("GO.md", &list, &[("reports/junit.xml", JUNIT)]);
        assert_eq!(said[0].0, "lacking", "{name}");
        let own = ("packages/checkout/reports/junit.xml", JUNIT);
        let said = proposed("GO.md", &list, &[("reports/junit.xml", JUNIT), own]);
        let globs = vec!["packages/checkout/reports/**/*.xml".to_owned()];
        assert_eq!(said, [("proposed".to_owned(), globs)], "{name}");
    }
}

#[test]
fn ordinary_headings_narrow_nothing() {
    let mut wrong = Vec::new();
    for heading in [
        "Testing",
        "Tests",
        "Quality",
        "Code quality",
        "Security",
        "Pre-deployment",
        "Phase 2",
        "Release 1.4",
        "Release",
        "Deployment",
        "Production readiness",
        "Pre-production checklist",
        "Production deployment",
        "Database",
        "Monitoring & observability",
        "Terms of service",
        "First 24 hours",
        "CI/CD pipeline",
        "Mobile responsiveness",
        "Web performance",
        "Go / no-go",
    ] {
        for list in [
            format!("# Go\n\n## {heading}\n\n- [ ] All tests pass\n"),
            format!("# {heading}\n\n- [ ] All tests pass\n"),
            format!("# Go\n\n**{heading}:**\n\n- [ ] All tests pass\n"),
            format!("# Go\n\n- [ ] {heading}\n  - [ ] All tests pass\n"),
            format!(
                "# Go\n\n| Check | Area | Status |\n|---|---|---|\n| All tests pass | {heading} | ⬜ |\n"
            ),
        ] {
            let said = proposed("GO.md", &list, &[("reports/junit.xml", JUNIT)]);
            if said.first().is_none_or(|(state, _)| state != "proposed") {
                wrong.push(list);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_names_two_parts_at_once_is_proven_by_neither() {
    let both = [("reports/ios/junit.xml", JUNIT), ("reports/android/junit.xml", JUNIT)];
    let halves = [("reports/backend/junit.xml", JUNIT), ("reports/frontend/junit.xml", JUNIT)];
    let list = "# Go\n\n## Frontend & backend\n\n- [ ] All tests pass\n";
    assert_eq!(proposed("GO.md", list, &halves)[0].0, "lacking");
    for list in [
        "# Go\n\n## iOS and Android\n\n- [ ] All tests pass\n",
        "# Go\n\n## iOS\n\n- [ ] On Android\n  - [ ] All tests pass\n",
    ] {
        assert_eq!(proposed("GO.md", list, &both)[0].0, "lacking", "{list}");
    }
    let halves = [("reports/backend/junit.xml", JUNIT), ("reports/frontend/junit.xml", JUNIT)];
    let list = "# Go\n\n## Backend\n\n### Frontend\n\n- [ ] All tests pass\n";
    assert_eq!(proposed("GO.md", list, &halves)[0].0, "lacking");
}

#[test]
fn the_folder_of_a_package_narrows_no_more_than_it_did() {
    let list = "# Checkout release\n\n- [ ] All tests pass\n";
    let report = "packages/checkout/reports/junit.xml";
    let said = proposed("packages/checkout/GO.md", list, &[(report, JUNIT)]);
    let web = "# Web release\n\n- [ ] All tests pass\n";
    let report = "services/web/reports/junit.xml";
    let of_web = proposed("services/web/GO.md", web, &[(report, JUNIT)]);
    for said in [said, of_web] {
        assert_eq!(said[0].0, "proposed", "{said:?}");
        assert!(said[0].1.iter().any(|glob| glob.contains('*')), "{said:?}");
    }
}

#[test]
fn a_line_says_which_of_the_kinds_of_test_above_it_is_meant() {
    let list =
        "# Go\n\n## Unit and integration tests\n\n- [ ] Unit tests pass\n- [ ] All tests pass\n";
    let said = proposed("GO.md", list, &[("reports/unit/junit.xml", JUNIT)]);
    let states: Vec<&str> = said.iter().map(|(state, _)| state.as_str()).collect();
    assert_eq!(states, ["proposed", "lacking"]);
}

#[test]
fn another_version_or_another_part_is_no_evidence() {
    for (heading, other) in [
        ("Windows 11", "reports/windows-10/junit.xml"),
        ("Windows 10/11", "reports/windows-10/junit.xml"),
        ("iOS 17", "reports/ios/junit.xml"),
        ("API v2", "reports/api-v1/junit.xml"),
        ("Node 22", "reports/node-20/junit.xml"),
        ("Mobile", "reports/mobile-api/junit.xml"),
        ("Web", "reports/web-server/junit.xml"),
        ("Workers", "reports/service-worker/junit.xml"),
        ("Production", "reports/pre-production/junit.xml"),
        ("Legacy API", "reports/api/junit.xml"),
        ("Staging API", "reports/api/junit.xml"),
        ("Unit tests", "reports/e2e/unit.xml"),
    ] {
        let list = format!("# Go\n\n## {heading}\n\n- [ ] All tests pass\n");
        assert_eq!(proposed("GO.md", &list, &[(other, JUNIT)])[0].0, "lacking", "{heading}");
    }
}

#[test]
fn what_html_folds_away_ends_where_it_ends() {
    for list in [
        "# Go\n\n<details><summary>iOS</summary>\n\n- [ ] A\n\n</details>\n\n- [ ] All tests pass\n",
        "# Go\n\n<h2>iOS</h2>\n\n- [ ] A\n\n## Quality\n\n- [ ] All tests pass\n",
        "# Go\n\n<h2>iOS</h2>\n\n- [ ] A\n\n<h2>Quality</h2>\n\n- [ ] All tests pass\n",
    ] {
        let said = proposed("GO.md", list, &[("reports/junit.xml", JUNIT)]);
        assert_eq!(said[0].0, "proposed", "{list}");
    }
}

#[test]
fn the_names_of_the_file_and_its_folders_narrow_as_its_title_does() {
    let list = "# Release checklist\n\n- [ ] All tests pass\n";
    for path in ["docs/ios-release.md", "docs/mobile/release.md", "ios/RELEASE.md"] {
        let said = proposed(path, list, &[("reports/junit.xml", JUNIT)]);
        assert_eq!(said[0].0, "lacking", "{path}");
    }
}

#[test]
fn a_job_is_known_by_its_own_name_and_a_word_of_a_person_is_of_all() {
    let repo = Repo::new()
        .file(
            "GO.md",
            "# Go\n\n## iOS\n\n- [ ] Lint passes\n- [ ] JWT secrets rotated\n\n## Android\n\n- [ ] Lint passes\n",
        )
        .file(".gitignore", "artifacts/\n")
        .commit("a checklist", at("2026-01-05"))
        .file("artifacts/jobs.json", JOBS);
    let said = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let of = |at: usize, key: &str| said["items"][at][key].as_str().map(str::to_owned);
    let condition = "ci.jobs[\"lint (ios)\"].conclusion == \"success\"";
    assert_eq!(of(0, "condition").as_deref(), Some(condition), "{said}");
    assert_eq!(of(1, "state").as_deref(), Some("proposed"), "{said}");
    assert_eq!(of(2, "state").as_deref(), Some("lacking"), "{said}");
    assert!(said["items"][2].to_string().contains("android"), "{said}");
}
