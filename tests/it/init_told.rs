//! `trueup init` and packages that a text around a line names: what is proposed is theirs, and no other's.

use serde_json::Value;

use crate::support::{Repo, at};

const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;

/// What `init` says of "All tests pass" in `list` beside these reports: its state, and the globs it reads.
fn proposed(list: &str, manifest: (&str, &str), reports: &[&str]) -> (String, Vec<String>) {
    let repo = Repo::new()
        .file("GO.md", format!("{list}\n\n# More\n\n- [ ] Buy milk\n"))
        .file("packages/web/package.json", r#"{"name": "@shop/web"}"#)
        .file(manifest.0, manifest.1)
        .file(".gitignore", "reports/\n")
        .commit("a checklist", at("2026-01-05"));
    let repo = reports.iter().fold(repo, |repo, path| repo.file(path, JUNIT));
    let said = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let item = &said["items"].as_array().unwrap()[0];
    assert_eq!(item["text"], "All tests pass");
    let globs = item["artifacts"].as_array().into_iter().flatten().filter_map(Value::as_str);
    (item["state"].as_str().unwrap().to_owned(), globs.map(str::to_owned).collect())
}

const LINE: &str = "- [ ] All tests pass";
const API: (&str, &str) = ("packages/api/package.json", r#"{"name": "@shop/api"}"#);

/// Texts that name the package `packages/api`.
fn naming() -> Vec<String> {
    let above = [
        "<h1>API</h1>",
        "---\npackages:\n  - api\n---\n\n# Go",
        "---\npackages: [\"@shop/api\"]\n---\n\n# Go",
        "# Go\n\n## [api](packages/api)",
        "# Go\n\nSee [what it is](packages/api/README.md).",
        "# Go\n\n```sh\ncd packages/api && npm test\n```",
        "# Go\n\nBefore we can ship the release all that follows has to be true of packages/api and of that alone.",
        "# Go\n\nThis list is kept by those who work on the code of @shop/api, and it is read by all others too.",
        "# Go\n\nAll of it is of `packages/api`.\n\n## Quality",
    ];
    let below =
        ["\n\n  Of packages/api.", "\n  - packages/api", "\n\n  ```sh\n  cd packages/api\n  ```"];
    let above = above.map(|above| format!("{above}\n\n{LINE}"));
    above.into_iter().chain(below.map(|below| format!("# Go\n\n{LINE}{below}"))).collect()
}

#[test]
fn a_line_is_of_the_package_that_a_text_around_it_names() {
    let others = ["reports/junit.xml", "packages/web/reports/junit.xml"];
    let own = "packages/api/reports/junit.xml";
    for list in naming() {
        assert_eq!(proposed(&list, API, &others), ("lacking".to_owned(), Vec::new()), "{list}");
        let globs = vec!["packages/api/reports/**/*.xml".to_owned()];
        let all = [others[0], others[1], own];
        assert_eq!(proposed(&list, API, &all), ("proposed".to_owned(), globs), "{list}");
    }
}

#[test]
fn a_text_that_names_none_or_tells_of_the_whole_narrows_nothing() {
    for above in [
        "# Go\n\nThe api and the web are released together, see https://example.org/packages/api.",
        "# Go\n\nThe release holds packages/api and packages/web.\n\n## Quality",
        "---\ntags: [api]\n---\n\n# Go",
        "# Go\n\n## Other\n\nOf packages/api.\n\n## Quality",
        "# Go\n\n## Contact us",
    ] {
        let list = format!("{above}\n\n{LINE}");
        assert_eq!(proposed(&list, API, &["reports/junit.xml"]).0, "proposed", "{list}");
    }
}

#[test]
fn evidence_in_a_folder_of_something_else_is_of_a_part_of_that() {
    let user = ("services/user-service/go.mod", "module example.org/user-service\n");
    let of = |heading: &str, report: &str| {
        proposed(&format!("# Go\n\n## {heading}\n\n{LINE}"), user, &[report]).0
    };
    for (heading, own, other) in [
        ("User", "reports/user-service/junit.xml", "reports/billing/user-service/junit.xml"),
        (
            "@user-service",
            "services/user-service/reports/junit.xml",
            "reports/billing/user/junit.xml",
        ),
        ("US", "reports/us/junit.xml", "reports/eu/junit.xml"),
    ] {
        assert_eq!(of(heading, own), "proposed", "{heading}: {own}");
        assert_eq!(of(heading, other), "lacking", "{heading}: {other}");
    }
}

#[test]
fn packages_are_known_by_the_manifests_of_other_languages() {
    for (path, text, name) in [
        (
            "server/pay/mix.exs",
            "def project do\n  [app: :billing_core, version: \"1\"]\nend\n",
            "billing_core",
        ),
        (
            "native/pay/CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.20)\nproject(billing VERSION 1)\n",
            "Billing",
        ),
        ("infra/billing/main.tf", "resource \"x\" \"y\" {}\n", "Billing"),
        ("java/billing/BUILD.bazel", "java_library(name = \"billing\")\n", "Billing"),
        ("go/pay/go.mod", "module example.org/shop/billing\n\ngo 1.22\n", "Billing"),
    ] {
        let list = format!("# Go\n\n## {name}\n\n{LINE}");
        let folder = path.rsplit_once('/').unwrap().0;
        let own = format!("{folder}/reports/junit.xml");
        let (state, globs) = proposed(&list, (path, text), &["reports/junit.xml", &own]);
        assert_eq!(
            (state.as_str(), globs),
            ("proposed", vec![format!("{folder}/reports/**/*.xml")]),
            "{path}"
        );
        assert_eq!(proposed(&list, (path, text), &["reports/junit.xml"]).0, "lacking", "{path}");
    }
}
