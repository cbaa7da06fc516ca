//! What several artifacts of one requirement say together, and what they do not.

use serde_json::json;

use crate::support::{Repo, at};

/// Status and reason of an item whose requirement is `condition` over all that lies in `reports`.
fn judged(condition: &str, reports: &[(&str, String)]) -> (String, String) {
    let config = format!(
        "[[require]]\nitem = \"it\"\nartifacts = [\"reports/*\"]\ncondition = '''{condition}'''\n"
    );
    let repo = Repo::new()
        .file("GO.md", "# Go\n\n- [x] It holds <!-- id: it -->\n")
        .file("trueup.toml", config);
    let repo =
        reports.iter().fold(repo, |repo, (name, text)| repo.file(&format!("reports/{name}"), text));
    let repo = repo.commit("all", at("2026-01-05"));
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-06T12:00:00Z"];
    let item = repo.trueup(args).code(0).json()["checklists"][0]["items"][0].clone();
    let told = |name: &str| item[name].as_str().unwrap().to_owned();
    (told("status"), told("reason"))
}

/// An lcov report of files with so many lines, the first of them covered.
fn lcov(files: &[(&str, usize, usize)]) -> String {
    let mut text = String::new();
    for (path, covered, total) in files {
        text.push_str(&format!("SF:{path}\n"));
        for line in 1..=*total {
            text.push_str(&format!("DA:{line},{}\n", usize::from(line <= *covered)));
        }
        text.push_str("end_of_record\n");
    }
    text
}

#[test]
fn lines_that_two_reports_count_are_not_counted_twice() {
    let unit = ("unit.info", lcov(&[("src/a.js", 100, 100)]));
    let all = ("all.info", lcov(&[("src/a.js", 100, 100), ("src/b.js", 0, 50)]));
    let other = ("other.info", lcov(&[("src/b.js", 0, 50)]));
    let both = [unit.clone(), all];
    let (status, reason) = judged("coverage.lines.pct >= 75", &both);
    assert_eq!(status, "unproven", "200 of 250 lines would be 80 %: {reason}");
    let why = "count the same source files, so that coverage.lines.pct lies between 66.6";
    assert!(reason.contains(why), "{reason}");
    for (condition, reports, status) in [
        ("coverage.lines.pct >= 60", &both[..], "verified"),
        ("coverage.lines.pct >= 90", &both, "contradicted"),
        ("coverage.lines.covered >= 150", &both, "unproven"),
        ("artifact(\"**/all.info\").coverage.lines.pct >= 66", &both, "verified"),
        ("coverage.lines.pct >= 66", &[unit.clone(), other.clone()], "verified"),
        ("coverage.lines.pct >= 67", &[unit, other], "contradicted"),
    ] {
        let (told, reason) = judged(condition, reports);
        assert_eq!(told, status, "{condition}: {reason}");
    }
}

#[test]
fn what_was_scanned_is_what_was_built() {
    let digest = |of: char| format!("sha256:{}", of.to_string().repeat(64));
    let scan = |of: char| {
        let report = json!({
            "SchemaVersion": 2, "ArtifactType": "container_image", "ArtifactName": "shop",
            "Metadata": {"OS": {"Family": "debian", "Name": "12"}, "RepoDigests": [format!("shop@{}", digest(of))]},
            "Results": [{"Target": "shop", "Class": "os-pkgs", "Type": "debian"}],
        });
        ("scan.json", report.to_string())
    };
    let build = |of: char| {
        let told = json!({"buildx.build.ref": "a/b/c", "containerimage.digest": digest(of)});
        ("build.json", told.to_string())
    };
    let condition = format!("findings.critical == 0 && \"{}\" in image.digests", digest('b'));
    let (status, reason) = judged(&condition, &[scan('b'), build('b')]);
    assert_eq!(status, "verified", "{reason}");
    let (status, reason) = judged(&condition, &[scan('a'), build('b')]);
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("no scan among them is of sha256:bbb"), "{reason}");
}

#[test]
fn a_licence_that_the_tool_could_not_tell_is_none() {
    let list = |licence: &str| {
        let text = format!(r#"[{{"License": "{licence}", "Name": "a", "Version": "1"}}]"#);
        [("licences.json", text)]
    };
    let condition = "!components.list.exists(c, c.licence.contains(\"GPL\"))";
    assert_eq!(judged(condition, &list("MIT License")).0, "verified");
    assert_eq!(judged(condition, &list("GPLv3")).0, "contradicted");
    assert_eq!(judged(condition, &list("UNKNOWN")).0, "unproven");
}
