//! `trueup init` and names above a line: whatever is not known to be general is one, and only evidence that is
//! called so is proposed.

use serde_json::Value;

use crate::support::{Repo, at};

const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const LINE: &str = "- [ ] All tests pass\n";

/// What `init` says of each such line of the checklists: which document it stands in, below what, its state and
/// the globs that it reads.
fn proposed(files: &[(&str, &str)], reports: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let repo = Repo::new().file(".gitignore", "reports/\n");
    // A table alone makes no checklist.
    let text = |path: &str, text: &str| match !path.ends_with(".md") || path == "README.md" {
        true => text.to_owned(),
        false => format!("{text}\n- [ ] Buy milk\n"),
    };
    let repo = files.iter().fold(repo, |repo, (path, of)| repo.file(path, text(path, of)));
    let repo = repo.commit("checklists", at("2026-01-05"));
    let repo = reports.iter().fold(repo, |repo, (path, text)| repo.file(path, *text));
    let said = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let told = |item: &Value| {
        let globs = item["artifacts"].as_array().into_iter().flatten();
        let globs: Vec<&str> = globs.filter_map(Value::as_str).collect();
        (
            format!("{} {}", text(item, "checklist"), text(item, "item")),
            text(item, "state"),
            globs.join(" "),
        )
    };
    let items = said["items"].as_array().unwrap().iter();
    items.filter(|item| text(item, "text") == "All tests pass").map(told).collect()
}

/// A checklist with that line below each of `headings`.
fn below(headings: &[&str]) -> String {
    let parts = headings.iter().map(|heading| format!("## {heading}\n\n{LINE}\n"));
    format!("# Go\n\n{}", parts.collect::<String>())
}

/// Those of `headings` below which the line is not in `state`.
fn others(headings: &[&str], reports: &[(&str, &str)], state: &str) -> Vec<String> {
    let said = proposed(&[("GO.md", &below(headings))], reports);
    assert_eq!(said.len(), headings.len(), "{said:?}");
    let said = said.into_iter().zip(headings);
    said.filter(|(of, _)| of.1 != state).map(|(_, heading)| (*heading).to_owned()).collect()
}

#[test]
fn a_heading_that_nobody_knows_is_a_name() {
    let headings = [
        "Firmware",
        "watchOS",
        "tvOS",
        "Win32",
        "Apple Silicon",
        "Raspberry Pi",
        "Embedded",
        "React Native",
        "Flutter app",
        "Kotlin",
        "Unity",
        "Smart TV",
        "GraphQL",
        "Billing API",
        "API gateway",
        "Game server",
        "Mail server",
        "Lambdas",
        "Cron jobs",
        "ML model",
        "Chrome extension",
        "Docs site",
        "Landing page",
        "Storybook",
        "Design system",
        "Dashboard",
        "Portal",
        "Smart contracts",
        "Wallet",
        "Legacy",
        "DR",
        "Germany",
        "On-prem",
        "Testnet",
        "Tenant Acme",
        "Tenant A",
        "Cluster 2",
        "Customer: Acme",
        "Payments",
        "Search",
        "Partner integration",
        "Regression",
        "Visual",
        "Manual",
        "Nightly",
        "C++",
        "Enterprise edition",
        "Phase 2: payments",
        "Release to the Acme tenant",
        "Auth service",
        "Mobile launch plan",
        "EU launch",
        "Rollout eu-west-1",
    ];
    let reports = [("reports/junit.xml", JUNIT), ("reports/backend/junit.xml", JUNIT)];
    assert_eq!(others(&headings, &reports, "lacking"), Vec::<String>::new());
}

#[test]
fn general_headings_narrow_nothing() {
    let headings = [
        "Release checklist",
        "✅ Pre-deployment checks",
        "1. Before the release",
        "Week 1",
        "Definition of done",
        "Pre-flight",
        "Before cutting the release",
        "For reviewers",
        "Hotfix",
        "Author checklist",
        "测试",
        "Перед релизом",
        "Prima del rilascio",
        "Must have (P0)",
        "CI/CD",
        "Scalability & reliability",
        "Code quality :rocket:",
        "November 2026",
        "T-7 days",
        "Sprint 12 – exit criteria",
        "Before you deploy to production",
        "Testing and quality assurance",
        "Go / no-go decision",
        "Acceptance criteria",
        "Phase 2: verification",
        "Final review & sign-off",
        "Technical requirements",
        "Automated tests",
        "Pruebas y calidad",
        "Qualität und Sicherheit",
        "Outstanding issues",
        "Post-launch monitoring",
        "Risks and dependencies",
        "Priority 1 (critical)",
    ];
    let reports = [("reports/junit.xml", JUNIT)];
    assert_eq!(others(&headings, &reports, "proposed"), Vec::<String>::new());
}

/// Each way in which something stands above a line, with a name that nobody knows.
const CONTEXTS: [(&str, &str); 21] = [
    (
        "checks-20.md",
        "# Go\n\n| Check | Notes | Status |\n|---|---|---|\n| All tests pass | only Acme | ⬜ |\n",
    ),
    (
        "checks-21.md",
        "# Go\n\nThis is a list for each release, and it is only for Acme.\n\n- [ ] All tests pass\n",
    ),
    ("checks-1.md", "# Acme go-live\n\n- [ ] All tests pass\n"),
    ("docs/acme-release.md", "# Release\n\n- [ ] All tests pass\n"),
    ("docs/acme/RELEASE.md", "# Release\n\n- [ ] All tests pass\n"),
    (
        "checks-2.md",
        "# Release\n\n**Environment:** Acme\n**Date:** 1 May\n\n## Tests\n\n- [ ] All tests pass\n",
    ),
    ("checks-3.md", "---\ncomponent: acme\n---\n# Release\n\n## Checks\n\n- [ ] All tests pass\n"),
    ("checks-4.md", "# Release\n\n- Platform: Acme\n\n## Checks\n\n- [ ] All tests pass\n"),
    ("checks-5.md", "# Release\n\n## Checks\n\nEnvironment: Acme\n\n- [ ] All tests pass\n"),
    ("checks-6.md", "# Release\n\n> Only for Acme\n\n- [ ] All tests pass\n"),
    (
        "checks-7.md",
        "# Release\n\n<details><summary>Acme</summary>\n\n- [ ] All tests pass\n\n</details>\n",
    ),
    ("checks-8.md", "# Release\n\n**Acme**\n\n- [ ] All tests pass\n"),
    ("checks-9.md", "# Release\n\nFor Acme:\n\n- [ ] All tests pass\n"),
    ("checks-10.md", "# Release\n\n- [ ] Acme\n  - [ ] All tests pass\n"),
    ("checks-11.md", "# Release\n\n- Acme:\n  - [ ] All tests pass\n"),
    ("checks-12.md", "# Release\n\n## Acme\n\n### Checks\n\n- [ ] All tests pass\n"),
    (
        "checks-13.md",
        "# Go\n\n| Area | Check | Status |\n|---|---|---|\n| Acme | All tests pass | ⬜ |\n",
    ),
    (
        "checks-14.md",
        "# Go\n\n| Check | Scope | Status |\n|---|---|---|\n| All tests pass | Acme | ⬜ |\n",
    ),
    (
        "checks-15.md",
        "# Go\n\n| Check | Component | Status |\n|---|---|---|\n| All tests pass | Acme | ⬜ |\n",
    ),
    (
        "checks-16.md",
        "# Go\n\n| Check | Squad | Status |\n|---|---|---|\n| All tests pass | Acme | ⬜ |\n",
    ),
    ("checks-17.md", "# Go\n\n| Checks for Acme | Status |\n|---|---|\n| All tests pass | ⬜ |\n"),
];

#[test]
fn whatever_stands_above_a_line_may_name_it() {
    let reports = [("reports/junit.xml", JUNIT), ("reports/acme-legacy/junit.xml", JUNIT)];
    let said = proposed(&CONTEXTS, &reports);
    assert_eq!(said.len(), CONTEXTS.len(), "{said:#?}");
    let wrong: Vec<_> = said.iter().filter(|of| of.1 != "lacking").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let own = ("reports/acme/junit.xml", JUNIT);
    let said = proposed(&CONTEXTS, &[reports[0], reports[1], own]);
    let wrong: Vec<_> = said.iter().filter(|of| of.2 != "reports/acme/junit.xml").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_fits_whole_or_is_another() {
    for (heading, other) in [
        ("Production", "reports/prod-mirror.xml"),
        ("Production", "reports/prod-like/junit.xml"),
        ("Production", "reports/production-build.xml"),
        ("API", "reports/api-client/junit.xml"),
        ("API", "reports/mobile/api/junit.xml"),
        ("iOS", "reports/ios-simulator-legacy/junit.xml"),
        ("Game server", "reports/server/junit.xml"),
        ("Payments", "reports/payments-mock/junit.xml"),
        ("V2 API", "reports/api-v1/junit.xml"),
        ("Rollout eu-west-1", "reports/eu-west-2/junit.xml"),
        ("Payments 2", "reports/payments-1/junit.xml"),
    ] {
        assert!(others(&[heading], &[(other, JUNIT)], "lacking").is_empty(), "{heading}: {other}");
    }
    for (heading, own) in [
        ("Production", "reports/junit-production-2.xml"),
        ("Payments service", "reports/payments-service/test-results.xml"),
        ("Billing API", "reports/billing-api/junit.xml"),
        ("iOS", "reports/ci/ios/junit.xml"),
    ] {
        assert!(others(&[heading], &[(own, JUNIT)], "proposed").is_empty(), "{heading}: {own}");
    }
}

#[test]
fn what_the_whole_is_called_narrows_nothing() {
    let report = [("reports/junit.xml", JUNIT)];
    let title = |title: &str| format!("# {title}\n\n{LINE}");
    for (title_of, file, text) in [
        ("API release checklist", "package.json", r#"{"name": "@acme/shop-api"}"#),
        ("CLI release checklist", "Cargo.toml", "[package]\nname = \"cli\"\n"),
        ("Fern shop: go-live", "README.md", "# Fernshop – flowers\n"),
        ("Acme 2.0", "backend/package.json", r#"{"name": "acme"}"#),
    ] {
        let files = [("GO.md", &*title(title_of)), (file, text)];
        let said = proposed(&files, &report);
        assert_eq!(said[0].1, "proposed", "{title_of}: {said:?}");
        let said = proposed(&files[..1], &report);
        assert_eq!(said[0].1, "lacking", "{title_of}: {said:?}");
    }
    let header = "# Phoenix go-live\n\n**Product:** Phoenix\n\n## Checks\n\n- [ ] All tests pass\n";
    assert_eq!(proposed(&[("GO.md", header)], &report)[0].1, "proposed");
}

#[test]
fn the_name_of_one_of_several_packages_is_not_that_of_the_whole() {
    let two = [
        ("GO.md", "# API release\n\n- [ ] All tests pass\n"),
        ("backend/package.json", r#"{"name": "shop-api"}"#),
        ("frontend/package.json", r#"{"name": "shop-web"}"#),
    ];
    let said = proposed(&two, &[("reports/junit.xml", JUNIT)]);
    assert_eq!(said[0].1, "lacking", "{said:?}");
}

#[test]
fn a_heading_that_names_the_only_package_takes_what_is_called_by_nothing_else() {
    let files = [
        ("GO.md", "# Go\n\n## API\n\n- [ ] All tests pass\n"),
        ("package.json", r#"{"name": "shop-api"}"#),
    ];
    let said = proposed(&files, &[("reports/junit.xml", JUNIT)]);
    assert_eq!(said[0].1, "proposed", "{said:?}");
    let said = proposed(&files, &[("reports/worker/junit.xml", JUNIT)]);
    assert_eq!(said[0].1, "lacking", "{said:?}");
}

#[test]
fn a_report_that_names_its_tool_is_of_that_kind_of_test() {
    let junit = JUNIT.replace("<testsuite name=\"s\">", "<testsuite name=\"pytest\" tests=\"2\">");
    let junit = format!("<testsuites name=\"pytest tests\">{junit}</testsuites>");
    let of = |path: &str| others(&["Unit tests"], &[(path, &junit)], "proposed").is_empty();
    assert!(of("reports/junit.xml"));
    assert!(!of("reports/e2e/junit.xml"));
}

#[test]
fn a_heading_in_the_words_of_the_line_narrows_nothing() {
    let list = "# Go\n\n## Linters\n\n- [ ] Lint passes\n\n## Backups\n\n- [ ] Lint passes\n\n\
                ## Payments\n\n- [ ] Lint passes\n";
    let repo = Repo::new()
        .file("GO.md", list)
        .file(".gitignore", "reports/\n")
        .commit("a checklist", at("2026-01-05"))
        .file("reports/eslint.json", "[]");
    let said = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let states: Vec<&str> =
        said["items"].as_array().unwrap().iter().filter_map(|of| of["state"].as_str()).collect();
    assert_eq!(states, ["proposed", "proposed", "lacking"], "{said}");
}

#[test]
fn a_general_word_before_a_service_is_a_name() {
    let headings = [
        "User service",
        "Audit service",
        "Todo app",
        "Test app",
        "Contact page",
        "App 2",
        "Service A",
        "Team A",
        "Env B",
        "First customer",
        "Second region",
        "User API",
        "Data backend",
        "Customer backend",
        "Test backend",
        "Backend 2",
        "Beta iOS app",
    ];
    let reports = ["api", "backend", "ios"].map(|of| format!("reports/{of}/junit.xml"));
    for report in &reports {
        assert_eq!(others(&headings, &[(report, JUNIT)], "lacking"), Vec::<String>::new());
    }
    let own = [("reports/user-service/junit.xml", JUNIT)];
    assert_eq!(others(&["The user service"], &own, "proposed"), Vec::<String>::new());
}

#[test]
fn a_name_is_no_part_of_a_longer_one_nor_of_what_is_taken_back() {
    for (heading, other) in [
        ("Payments service", "reports/payments-app/junit.xml"),
        ("Payments", "reports/payments-app/junit.xml"),
        ("Payments", "reports/payments-audit/junit.xml"),
        ("Payments", "reports/payments-2/junit.xml"),
        ("Backend", "reports/backend-legacy/junit.xml"),
        ("Backend", "reports/old-backend/junit.xml"),
        ("Frontend", "reports/admin/frontend/junit.xml"),
        ("Windows", "reports/windows-11/junit.xml"),
        ("Not iOS", "reports/ios/junit.xml"),
        ("Non-iOS", "reports/ios/junit.xml"),
        ("Without backend", "reports/backend/junit.xml"),
        ("Playwright", "reports/cypress/junit.xml"),
        ("E2E (Cypress)", "reports/playwright/junit.xml"),
        ("QA", "reports/staging/junit.xml"),
        ("Deployed to dev", "reports/junit-staging.xml"),
        ("Production checks", "reports/stg/junit.xml"),
    ] {
        assert!(others(&[heading], &[(other, JUNIT)], "lacking").is_empty(), "{heading}: {other}");
    }
    for (heading, own) in [
        ("Backend", "reports/backend/junit.xml"),
        ("Payments", "reports/payments/junit-report.xml"),
        ("QA", "reports/junit.xml"),
        ("Production checks", "reports/production/junit.xml"),
    ] {
        assert!(others(&[heading], &[(own, JUNIT)], "proposed").is_empty(), "{heading}: {own}");
    }
}

#[test]
fn a_package_is_found_wherever_its_name_stands_above() {
    let packages = [
        ("services/user-service/package.json", r#"{"name": "user-service"}"#),
        ("services/order-service/package.json", r#"{"name": "order-service"}"#),
        ("packages/core/package.json", r#"{"name": "core"}"#),
    ];
    let list = |title: &str, above: &str| format!("# {title}\n\n{above}\n\n{LINE}");
    let heads = [
        "## The user service",
        "## 2. User service",
        "## users",
        "## UserService",
        "## Service for users",
        "## User & order service",
        "For `user-service`:",
        "Checks for the user service:",
        "## 1. Core",
        "## Tests of core",
        "## Release core",
    ];
    let mut texts: Vec<(String, String)> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        texts.push((format!("list-{at}.md"), list("Go", head)));
    }
    for (at, title) in
        ["User service 1.4", "Release checklist for the user service"].iter().enumerate()
    {
        texts.push((format!("release-{at}.md"), list(title, "")));
    }
    for path in ["docs/user-service-release.md", "docs/user/RELEASE.md", "docs/release-core.md"] {
        texts.push((path.to_owned(), list("Release", "")));
    }
    texts.push(("list-m.md".to_owned(), format!("---\ntitle: Core release\n---\n\n{LINE}")));
    let of = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<(&str, &str)> = of.chain(packages).collect();
    let said = proposed(&files, &[("reports/order-service/junit.xml", JUNIT)]);
    assert_eq!(said.len(), texts.len(), "{said:#?}");
    let wrong: Vec<_> = said.iter().filter(|of| of.1 != "lacking").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let reports = ["user-service", "core"].map(|of| format!("reports/{of}/junit.xml"));
    let said = proposed(&files, &[(&reports[0], JUNIT), (&reports[1], JUNIT)]);
    let lacking: Vec<_> = said.iter().filter(|of| of.1 != "proposed").collect();
    assert_eq!(lacking.len(), 1, "{lacking:#?}");
    assert!(lacking[0].0.contains("order"), "{lacking:#?}");
}
