//! Several projects of one repository, each with a `trueup.toml` in its folder: whose release is whose.

use serde_json::Value;

use crate::support::{Repo, at};

const PASSED: &str = "<testsuite name=\"s\"><testcase name=\"ok\"/></testsuite>";

/// Two packages of one repository, each of which asks for its own two reports.
fn packages() -> Repo {
    let asked = |package: &str, name: &str| {
        format!(
            "[[require]]\nitem = \"go/{name}-pass\"\npaths = [\"packages/{package}/src/**\"]\n\
             artifacts = [\"packages/{package}/reports/{name}.xml\"]\n\
             condition = \"tests.total > 0 && tests.failed + tests.errored == 0\"\n"
        )
    };
    let mut repo = Repo::new().file(".gitignore", "reports/\nreadiness/\n");
    for package in ["api", "web"] {
        let folder = format!("packages/{package}");
        let config = format!(
            "checklists = \"{folder}/*.md\"\n{}{}[gate]\nfail-on = [\"contradicted\"]\nregression = \"previous\"\n",
            asked(package, "tests"),
            asked(package, "contracts"),
        );
        repo = repo
            .file(&format!("{folder}/src/a.py"), "a = 1\n")
            .file(&format!("{folder}/GO.md"), "# Go\n\n- [x] Tests pass\n- [x] Contracts pass\n")
            .file(&format!("{folder}/trueup.toml"), config);
    }
    let repo = repo.commit("two packages", at("2026-01-01"));
    ["api", "web"].into_iter().fold(repo, |repo, package| {
        let report = |name: &str| format!("packages/{package}/reports/{name}.xml");
        let (tests, contracts) = (report("tests"), report("contracts"));
        let made = at("2026-01-01T10:00:00Z");
        let repo = repo.file(&tests, PASSED).file(&contracts, PASSED);
        repo.modified(&tests, made).modified(&contracts, made)
    })
}

/// Records a release of a package on a day, and commits the record.
fn recorded(repo: Repo, package: &str, name: &str, day: &str) -> Repo {
    let (folder, noon) = (format!("packages/{package}"), format!("{day}T12:00:00Z"));
    repo.trueup(["report", "-q", "-C", &folder, "--release", name, "--as-of", &noon]).code(0);
    repo.commit("a record", at(&format!("{day}T13:00:00Z")))
}

fn gate(repo: &Repo, package: &str) -> String {
    let folder = format!("packages/{package}");
    let clock = "2026-01-03T12:00:00Z";
    let told = repo.trueup(["check", "--format", "json", "-C", &folder, "--as-of", clock]).json();
    let reasons = told["summary"]["gate"]["reasons"].as_array().unwrap().iter();
    let reasons: Vec<&str> = reasons.filter_map(Value::as_str).collect();
    format!("{} {}", told["summary"]["gate"]["result"].as_str().unwrap(), reasons.join(" "))
}

#[test]
fn the_release_before_is_one_of_the_same_package() {
    let repo = recorded(packages().tag("web@1.0.0"), "web", "web@1.0.0", "2026-01-01");
    let repo = repo.file("packages/api/src/a.py", "a = 2\n").commit("api", at("2026-01-02"));
    let repo = repo.tag("api@1.1.0");
    let of_api = ["tests", "contracts"].map(|name| format!("packages/api/reports/{name}.xml"));
    let repo = of_api.iter().fold(repo, |repo, of| repo.modified(of, at("2026-01-02T10:00:00Z")));
    let repo = recorded(repo, "api", "api@1.1.0", "2026-01-02");
    assert!(gate(&repo, "web").starts_with("go"), "{}", gate(&repo, "web"));
    let repo = repo.remove("packages/web/reports/contracts.xml");
    let told = gate(&repo, "web");
    assert!(told.contains("no-go") && told.contains("worse than at web@1.0.0"), "{told}");
    assert!(gate(&repo, "api").starts_with("go"), "{}", gate(&repo, "api"));
    let told = repo.trueup(["diff", "-C", "packages/web", "previous", "--format", "json"]).json();
    assert_eq!(told["from"]["name"], "web@1.0.0");
    repo.trueup(["report", "-q", "-C", "packages/web", "--as-of", "2026-01-03T12:00:00Z"]);
    let told: Value =
        serde_json::from_str(&repo.read("packages/web/readiness/snapshot.json")).unwrap();
    let names = told["releases"].as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["web@1.0.0", "now"]);
}

#[test]
fn the_first_release_by_its_name_has_none_before_it() {
    let repo = packages().tag("v1.0.0");
    let config = repo.read("packages/api/trueup.toml");
    let named = format!("{config}[releases]\ntags = [\"api@*\"]\n");
    let repo = repo.file("packages/api/trueup.toml", named).commit("names", at("2026-01-02"));
    let reports = ["tests", "contracts"].map(|name| format!("packages/api/reports/{name}.xml"));
    let repo = reports.iter().fold(repo, |repo, of| repo.modified(of, at("2026-01-02T10:00:00Z")));
    assert!(gate(&repo, "api").starts_with("no-go"), "which are releases may be misspelt");
    let first = [
        "report",
        "-q",
        "-C",
        "packages/api",
        "--release",
        "api@1.0.0",
        "--as-of",
        "2026-01-02T12:00:00Z",
    ];
    repo.trueup(first).code(0);
    let repo = recorded(repo, "api", "api@1.0.0", "2026-01-02");
    let repo = repo.file("README.md", "More.\n").commit("more", at("2026-01-03"));
    assert!(gate(&repo, "api").starts_with("go"), "{}", gate(&repo, "api"));
}

#[test]
fn a_record_is_of_one_project() {
    let repo = recorded(packages(), "api", "v1.0.0", "2026-01-01").tag("v1.0.0");
    let again = repo.trueup(["report", "-q", "-C", "packages/web", "--release", "v1.0.0"]).code(2);
    assert!(again.stderr().contains("is the record of another project's v1.0.0"), "{again:?}");
    let repo = repo.file("README.md", "More.\n").commit("more", at("2026-01-02"));
    let told = repo.trueup(["diff", "-C", "packages/web", "previous", "--format", "json"]).json();
    assert_eq!(
        (&told["from"]["name"], &told["from"]["recorded"]),
        (&"v1.0.0".into(), &false.into())
    );
    let told = repo.trueup(["diff", "-C", "packages/api", "previous", "--format", "json"]).json();
    assert_eq!(
        (&told["from"]["name"], &told["from"]["recorded"]),
        (&"v1.0.0".into(), &true.into())
    );
}

#[test]
fn the_past_of_a_folder_that_was_renamed_is_judged_by_its_own_file() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"reports/api.xml\"]\n\
                  condition = \"tests.total > 0 && tests.failed == 0\"\n[gate]\nfail-on = [\"stale\"]\n";
    let (list, files) = ("# Go\n\n- [x] Tests pass\n", ["trueup.toml", "GO.md"]);
    let repo =
        Repo::new().file("packages/api/trueup.toml", config).file("packages/api/GO.md", list);
    let repo = repo.file("packages/web/GO.md", list).commit("one", at("2026-01-01")).tag("v1.0.0");
    let told = |repo: &Repo| {
        let told =
            repo.trueup(["diff", "-C", "packages/core", "v1.0.0", "--format", "json"]).json();
        let kinds = told["changes"].as_array().unwrap().iter().map(|of| of["kind"].to_string());
        let policy = told["policy"].as_array().map_or(0, Vec::len);
        (kinds.filter(|kind| kind == "\"requirement\"").count(), policy)
    };
    let core = |repo: Repo| {
        let put = |repo: Repo, name: &&str| {
            let text = repo.read(&format!("packages/api/{name}"));
            repo.file(&format!("packages/core/{name}"), text)
        };
        files.iter().fold(repo, put)
    };
    let copied = core(repo).commit("a copy", at("2026-01-02"));
    assert_ne!(told(&copied), (0, 0), "api is a project of its own");
    let gone = |repo: Repo, name: &&str| repo.remove(&format!("packages/api/{name}"));
    let moved = core(
        Repo::new()
            .file("packages/api/trueup.toml", config)
            .file("packages/api/GO.md", list)
            .commit("one", at("2026-01-01"))
            .tag("v1.0.0"),
    );
    let moved = files.iter().fold(moved, gone).commit("core", at("2026-01-02"));
    assert_eq!(told(&moved), (0, 0));
}

#[test]
fn a_glob_of_paths_is_told_at_its_line_with_the_folder_of_its_project() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"src/**\"]\n\
                  condition = \"tests.total > 0\"\npaths = [\n  \"src/**\",\n]\n";
    let repo = Repo::new().file("packages/api/src/a.py", "1").file("packages/web/src/a.py", "1");
    let repo = repo.file("packages/web/GO.md", "# Go\n\n- [x] Tests pass\n");
    let repo = repo.file("packages/web/trueup.toml", config).commit("one", at("2026-01-01"));
    let told = repo.trueup(["check", "-C", "packages/web"]).code(2).stderr();
    assert!(told.contains("packages/web/trueup.toml:6: `src/**` of `paths`"), "{told}");
    assert!(told.contains("relative to the repository: write `packages/web/src/**`."), "{told}");
}
