//! The outputs of `check`, `report` and `diff` as CI meets them: formats, files, the job's summary.

use serde_json::Value;

use crate::support::{Repo, at};

const CONFIG: &str = "\
[[require]]
item = \"go/tests-pass\"
artifacts = [\"reports/junit.xml\"]
condition = \"tests.failed == 0\"

[gate]
fail-on = [\"contradicted\"]
";

const FAILING: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>"#;

/// A team whose only tick is contradicted.
fn team() -> Repo {
    Repo::new()
        .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n- [ ] Notes written\n")
        .file("trueup.toml", CONFIG)
        .file("reports/junit.xml", FAILING)
        .commit("a checklist", at("2026-01-05"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn each_format_of_a_check_is_printed_and_the_gate_still_decides() {
    let repo = team();
    let sarif = json(&repo.trueup(["check", "--format", "sarif"]).code(1).stdout());
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "contradicted");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/LIST.md");
    assert_eq!(place["region"]["startLine"], 3);
    let github = repo.trueup(["check", "--format", "github"]).code(1).stdout();
    assert!(github.starts_with(
        "::error file=docs/LIST.md,line=3,title=contradicted::Tests pass: Ticked, but"
    ));
    let badge = json(&repo.trueup(["check", "--format", "badge"]).code(1).stdout());
    assert_eq!(badge["message"], "no-go · 1 claimed, 0 proven of 2");
    let lines = repo.trueup(["check", "--format", "ndjson", "--exit-zero"]).code(0).stdout();
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn several_outputs_of_one_run_are_written_to_files_in_folders_that_are_made() {
    let repo = team();
    let run = repo.trueup([
        "check",
        "--output",
        "sarif=ci/out.sarif",
        "--output",
        "junit=ci/deep/out.xml",
        "--output",
        "markdown=out.md",
    ]);
    assert!(run.code(1).stdout().contains("Ticked, but"));
    assert_eq!(json(&repo.read("ci/out.sarif"))["version"], "2.1.0");
    assert!(repo.read("ci/deep/out.xml").contains("<failure message=\"contradicted: Ticked, but"));
    assert!(repo.read("out.md").contains("### Contradicted (1)"));
}

#[test]
fn a_report_writes_outputs_beside_its_site() {
    let repo = team();
    repo.trueup(["report", "--output", "badge-svg=badge.svg", "--quiet"]).code(0);
    assert!(repo.read("badge.svg").starts_with("<svg "));
    assert!(repo.read("readiness/index.html").contains("</html>"));
}

#[test]
fn a_diff_has_its_outputs_too() {
    let repo = team()
        .tag("v1")
        .file("docs/LIST.md", "# Go\n\n- [ ] Tests pass\n- [ ] Notes written\n")
        .commit("untick", at("2026-01-06"))
        .tag("v2");
    let args = ["diff", "v1", "v2", "--format", "github", "--output", "csv=rows.csv"];
    let github = repo.trueup(args).code(0).stdout();
    assert!(github.contains("::error file=docs/LIST.md,line=3,title=claim-"), "{github}");
    assert!(repo.read("rows.csv").starts_with("checklist,line,item,text,kind,"));
    let refused = repo.trueup(["diff", "v1", "v2", "--format", "junit"]).code(2).stderr();
    assert!(refused.contains("sarif"), "{refused}");
}

#[test]
fn the_summary_of_a_github_job_is_appended_by_itself() {
    let repo = team();
    let path = repo.outside().join("summary.md");
    std::fs::write(&path, "before\n").unwrap();
    let job = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", path.to_str().unwrap())];
    repo.trueup_among(["check", "--quiet"], &job).code(1);
    let summary = std::fs::read_to_string(&path).unwrap();
    assert!(summary.starts_with("before\n## Readiness: "), "{summary}");
    let nowhere = repo.outside().join("no/such/folder");
    let job = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", nowhere.to_str().unwrap())];
    let run = repo.trueup_among(["check", "--quiet"], &job).code(1);
    assert!(run.stderr().contains("summary is not written"), "{}", run.stderr());
}

/// The runner reads what is printed, and obeys what looks like its commands.
#[test]
fn no_text_of_a_document_is_obeyed_in_the_log_of_a_job() {
    let list =
        "# Go\n\n- [x] Tests pass ##[set-output name=result]go\n- [x] ::set-output name=a::b\n";
    let repo = team()
        .file("docs/LIST.md", list)
        .file("trueup.toml", CONFIG.replace("go/tests-pass", "go/*"))
        .commit("hostile", at("2026-01-06"))
        .tag("v1");
    let job = [("GITHUB_ACTIONS", "true")];
    let obeyed =
        |text: &str| text.contains("##[") || text.lines().any(|l| l.trim_start().starts_with("::"));
    for command in
        [&["check"][..], &["explain", "go/*"], &["diff", "v1"], &["inspect", "docs/LIST.md"]]
    {
        let run = repo.trueup_among(command.iter().copied(), &job);
        assert!(!obeyed(&run.stdout()), "{}", run.stdout());
        let elsewhere = repo.trueup(command.iter().copied()).stdout();
        assert!(!elsewhere.contains("##\\["), "{elsewhere}");
    }
    let check = repo.trueup_among(["check"], &job).code(1).stdout();
    assert!(check.contains("Tests pass ##\\[set-output name=result]go"), "{check}");
    let github = repo.trueup_among(["check", "--format", "github"], &job).code(1).stdout();
    assert!(github.starts_with("::error file=docs/LIST.md,line=3"), "{github}");
    let json = repo.trueup_among(["check", "--format", "json"], &job).code(1).stdout();
    assert!(json.contains("##[set-output"), "what a program reads is as it is");
    let azure = repo.file("docs/LIST.md", "# Go\n\n- [x] ##vso[task.complete result=Succeeded]\n");
    let check = azure.trueup_among(["check"], &[("TF_BUILD", "True")]).code(1).stdout();
    assert!(check.contains("##vso\\[task.complete"), "{check}");
    let broken = azure.file("trueup.toml", "item = '##[set-output name=result]go'\n");
    let fault = broken.trueup_among(["check"], &job).code(2).stderr();
    assert!(fault.contains("##\\[set-output") && !obeyed(&fault), "{fault}");
}

#[test]
fn two_outputs_need_two_files() {
    let repo = team();
    let run = repo.trueup(["check", "--output", "sarif=out", "--output", "junit=out"]).code(2);
    assert!(run.stderr().contains("out cannot be both sarif and junit"), "{}", run.stderr());
    let run = repo.trueup(["check", "--output", "sarif=-"]).code(2);
    assert!(run.stderr().contains("`--format sarif` prints it"), "{}", run.stderr());
    assert!(!repo.dir().join("out").exists() && !repo.dir().join("-").exists());
}

/// Two figures of one text that drift: a platform drops the second of two equal fingerprints.
#[test]
fn each_thing_that_is_told_has_a_fingerprint_of_its_own_and_keeps_it() {
    let list = "# Go\n\n- [x] Tests pass (12 passing, 7 failing) [a](x.md) [b](y.md)\n";
    let repo = team()
        .file("docs/LIST.md", list)
        .file("trueup.toml", CONFIG.replace("go/tests-pass", "go/*"))
        .commit("figures", at("2026-01-06"));
    let prints = |repo: &Repo| -> Vec<(String, String)> {
        let told = json(&repo.trueup(["check", "--format", "gitlab"]).stdout());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let told = told.as_array().unwrap().iter();
        told.map(|one| (text(&one["check_name"]), text(&one["fingerprint"]))).collect()
    };
    let before = prints(&repo);
    let of = |rule: &str| before.iter().filter(|(name, _)| name == rule).count();
    assert_eq!((of("figure-drift"), of("link-missing")), (2, 2), "{before:?}");
    let apart: std::collections::BTreeSet<_> = before.iter().map(|(_, print)| print).collect();
    assert_eq!(apart.len(), before.len(), "{before:?}");
    let moved = repo.file("docs/LIST.md", list.replace("# Go\n", "# Go\n\nMore.\n"));
    assert_eq!(prints(&moved.commit("moved", at("2026-01-07"))), before);
}

/// What the statement was made by is named as in-toto asks: by digest.
#[test]
fn a_test_result_names_its_configuration_by_digest() {
    let repo = team();
    let told = json(&repo.trueup(["check", "--format", "in-toto"]).code(1).stdout());
    let [file] = told["predicate"]["configuration"].as_array().unwrap().as_slice() else {
        panic!("{told}")
    };
    assert_eq!(file["name"], "trueup.toml");
    let digest = file["digest"]["sha256"].as_str().unwrap();
    repo.trueup(["report", "--quiet"]).code(0);
    let manifest = json(&repo.read("readiness/manifest.json"));
    let inputs = manifest["inputs"].as_array().unwrap();
    let input = inputs.iter().find(|input| input["role"] == "config").unwrap();
    assert_eq!(input["sha256"], digest);
    let none =
        Repo::new().file("LIST.md", "# Go\n\n- [x] Tests pass\n").commit("x", at("2026-01-05"));
    let told = json(&none.trueup(["check", "--format", "in-toto"]).code(0).stdout());
    assert_eq!(told["predicate"]["configuration"], serde_json::json!([]));
}

#[test]
fn a_configuration_in_a_folder_is_told_what_its_paths_are_relative_to() {
    let repo = Repo::new()
        .file("shop/docs/LIST.md", "# Go\n\n- [x] Tests pass\n")
        .file("shop/trueup.toml", "checklists = [\"docs/*.md\"]\n")
        .commit("a checklist", at("2026-01-05"));
    let told = repo.trueup(["check", "-C", "shop"]).code(2).stderr();
    assert!(told.contains("`checklists` of shop/trueup.toml match no file"), "{told}");
    assert!(told.contains("write `shop/docs/…`"), "{told}");
    let mended = repo.file("shop/trueup.toml", "checklists = [\"shop/docs/*.md\"]\n");
    let sarif = json(&mended.trueup(["check", "-C", "shop", "--format", "sarif"]).code(0).stdout());
    assert_eq!(sarif["runs"][0]["automationDetails"]["id"], "trueup/check/shop/");
}

#[test]
fn an_output_that_is_not_one_is_named_and_nothing_is_written() {
    let repo = team();
    for wrong in ["sarfi=x", "sarif", "sarif="] {
        let run = repo.trueup(["check", "--output", wrong]).code(2);
        assert!(run.stderr().contains("FORMAT is one of text, json, markdown, sarif"));
    }
    assert!(!repo.dir().join("x").exists());
}

/// What trueup wrote lies where artifacts are looked for: the next run takes it for no scan.
#[test]
fn what_trueup_wrote_itself_is_no_evidence_in_any_format() {
    let config = |fail_on: &str| {
        format!(
            "artifacts = [\"reports/**\"]\n[[require]]\nitem = \"go/lint-clean\"\n\
             condition = \"findings.total == 0\"\n[gate]\nfail-on = [{fail_on}]\n"
        )
    };
    for fail_on in ["\"contradicted\"", "\"contradicted\", \"unproven\""] {
        for output in ["sarif=reports/o.sarif", "gitlab=reports/o.json", "oscal=reports/o.json"] {
            let repo = Repo::new()
                .file("docs/LIST.md", "# Go\n\n- [x] Lint clean\n")
                .file("trueup.toml", config(fail_on))
                .commit("a checklist", at("2026-01-05"));
            repo.trueup(["check", "--exit-zero", "--output", output]).code(0);
            let again = json(&repo.trueup(["check", "--format", "json", "--exit-zero"]).stdout());
            let item = &again["checklists"][0]["items"][0];
            assert_eq!(item["status"], "unproven", "{output} {fail_on}: {item}");
        }
    }
}
