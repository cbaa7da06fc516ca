//! Conditions that would hold of anything.

use super::{JUNIT, judged, problems, team};
use crate::support::at;

#[cfg(unix)]
#[test]
fn a_look_at_all_files_sees_what_is_behind_links_and_pointers() {
    const NONE: &str =
        "condition = '!files(\"config/**\").exists(f, text(f).contains(\"password=\"))'";
    const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 17\n";
    let of = |name: &str, content: &[u8], target: Option<&str>| {
        let repo = team(NONE).file("config/a.ini", "ok\n").file("shared/db.ini", "password=x\n");
        let repo = match target {
            Some(target) => repo.with(|git| {
                let link = git.workdir().unwrap().join("config").join(name);
                std::os::unix::fs::symlink(target, link).unwrap();
            }),
            None => repo.file(&format!("config/{name}"), content),
        };
        judged(&repo.commit("config", at("2026-01-06")))
    };
    assert_eq!(of("b.ini", b"ok", None).0, "verified");
    assert_eq!(of("b.ini", b"", Some("nowhere")).0, "verified");
    assert_eq!(of("b.ini", b"", Some("../shared/db.ini")).0, "contradicted");
    for (name, content, target, why) in [
        ("shared", &b""[..], Some("../shared"), "asks for the file config/shared"),
        ("lfs.ini", POINTER.as_bytes(), None, "is a pointer of Git LFS"),
        ("wide.ini", b"p\0a\0", None, "holds zero bytes"),
    ] {
        let (status, reason, _) = of(name, content, target);
        assert_eq!(status, "unproven", "{name}: {reason}");
        assert!(reason.contains(why), "{name}: {reason}");
    }
}

#[test]
fn what_holds_of_any_evidence_is_no_proof() {
    for condition in [
        "tests.failed == 0 || true",
        "[tests.failed == 0, true].exists(x, x)",
        "tests.failed == 0 || tests.failed != 0",
        "tests.failed >= 0",
        "tests.failed * 0 == 0",
        "has(tests.failed)",
        "'failed' in tests",
        "has(tests.total) && has(tests.passed)",
        "size(tests.cases) > 0",
        "tests.cases.map(c, c.outcome).filter(o, o == 'fail').size() == 0",
    ] {
        let repo = team(&format!("condition = \"{condition}\""));
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{condition}");
        assert!(reason.contains("whatever the evidence says"), "{reason}");
        assert_eq!(problems(&repo, "condition-idle").len(), 1, "{condition}");
    }
}

#[test]
fn a_name_that_no_test_case_has_is_asked_of_nothing() {
    for (condition, status) in [
        ("tests.cases.all(c, c.name != 'z' || c.outcome == 'passed')", "unproven"),
        ("tests.cases.all(c, c.name == 'z' ? c.outcome == 'passed' : true)", "unproven"),
        ("!tests.cases.exists(c, c.name == 'z' && c.outcome != 'passed')", "unproven"),
        ("tests.cases.filter(c, c.name == 'z' && c.outcome != 'passed').size() == 0", "unproven"),
        ("tests.cases.all(c, c.name != 'a' || c.outcome == 'passed')", "verified"),
        ("!tests.cases.exists(c, c.outcome == 'failed')", "verified"),
        ("tests.cases.filter(c, c.outcome == 'failed').size() == 0", "verified"),
    ] {
        let (found, reason, _) = judged(&team(&format!("condition = \"{condition}\"")));
        assert_eq!(found, status, "{condition}: {reason}");
    }
}

#[test]
fn a_null_is_neither_a_text_nor_another_text() {
    for (condition, status) in [
        ("data.owner != ''", "unproven"),
        ("data.owner != null", "contradicted"),
        ("data.owner == null", "verified"),
    ] {
        let require = format!("artifacts = [\"owner.yaml\"]\ncondition = \"{condition}\"");
        let repo = team(&require).file("owner.yaml", "owner:\nname: shop\n");
        let repo = repo.modified("owner.yaml", at("2026-01-10T11:00:00Z"));
        let (found, reason, _) = judged(&repo);
        assert_eq!(found, status, "{condition}: {reason}");
    }
}

#[test]
fn the_keys_of_two_documents_are_held_against_each_other() {
    let require = "condition = '''keys(load(\".env.example\")).all(k, k in keys(load(\"deploy.yaml\").env))'''";
    for (env, status) in [("A: 1, B: 2", "verified"), ("A: 1", "contradicted")] {
        let repo = team(require).file(".env.example", "A=1\nB=2\n");
        let repo = repo.file("deploy.yaml", format!("env: {{{env}}}\n"));
        let (found, reason, _) = judged(&repo.commit("deploy", at("2026-01-06")));
        assert_eq!(found, status, "{env}: {reason}");
    }
}

#[test]
fn a_share_of_a_hundred_that_must_be_above_next_to_nothing_is_told() {
    let told =
        |condition: &str| problems(&team(&format!("condition = \"{condition}\"")), "rate-scale");
    assert_eq!(
        told("coverage.lines.pct >= 0.8"),
        [
            "`coverage.lines.pct` is 0 to 100; here it must only be above 0.8. | Write `coverage.lines.pct >= 80`."
        ]
    );
    assert_eq!(told("coverage.lines.pct >= 80"), [""; 0]);
    assert_eq!(told("metrics.http_req_failed.rate_pct < 1"), [""; 0]);
}

#[test]
fn a_file_that_artifact_names_and_that_is_no_report_stands_in_the_way() {
    let of = |other: &str| {
        let condition = "artifact(\"reports/j*.*\").tests.failed == 0 && tests.errored == 0";
        let require = format!("condition = '{condition}'");
        let repo = team(&require).file("reports/jobs.json", other);
        judged(&repo.modified("reports/jobs.json", at("2026-01-10T11:00:00Z")))
    };
    let (status, reason, _) = of(r#"{"note": "unauthorized"}"#);
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("reports/jobs.json is JSON of no known report"), "{reason}");
}

#[test]
fn the_word_passed_is_no_question_for_errors() {
    let errored = JUNIT.replace(
        "</testsuite>",
        "<testcase classname=\"s\" name=\"broke\"><error/></testcase></testsuite>",
    );
    let of = |report: &str| {
        let condition = "tests.cases.exists(c, c.outcome == \"passed\") \
                         && !tests.cases.exists(c, c.outcome == \"failed\")";
        let require = format!("artifacts = [\"reports/junit.xml\"]\ncondition = '{condition}'");
        let repo = team(&require).file("reports/junit.xml", report);
        judged(&repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"))).0
    };
    assert_eq!((of(JUNIT), of(&errored)), ("verified".to_owned(), "unproven".to_owned()));
}

#[test]
fn a_number_of_a_document_is_as_it_is_written_there() {
    const BOTH: &str = "load(\"release.yaml\").version == load(\"deploy.json\").tag";
    let of = |condition: &str, version: &str, tag: &str| {
        let repo = team(&format!("condition = '{condition}'"));
        let repo = repo.file("release.yaml", format!("version: {version}\n"));
        let repo = repo.file("release.toml", format!("version = {version}\n"));
        let repo = repo.file("deploy.json", format!("{{\"tag\": {tag}}}"));
        judged(&repo.commit("deploy", at("2026-01-06")))
    };
    for (condition, version, tag) in [
        (BOTH, "1.10", "1.1"),
        (BOTH, "1e3", "1000"),
        ("load(\"release.toml\").version == load(\"deploy.json\").tag", "1.1", "1.10"),
        ("load(\"release.yaml\").version != load(\"deploy.json\").tag", "1.20", "1.2"),
        ("load(\"release.yaml\").version in [load(\"deploy.json\").tag]", "1.20", "1.2"),
        ("[load(\"release.yaml\")] == [{\"version\": load(\"deploy.json\").tag}]", "1.20", "1.2"),
        ("load(\"release.yaml\").version == 1.1", "1.10", "1"),
        ("load(\"release.yaml\").version in [1.1, 1.2]", "1.10", "1"),
    ] {
        let (status, reason, rule) = of(condition, version, tag);
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "not-a-number"), "{reason}");
        assert!(reason.contains(version) && reason.contains("Quote them"), "{reason}");
    }
    for (condition, version, tag) in [
        (BOTH, "1.10", "1.10"),
        (BOTH, "1.1", "1.1"),
        ("string(load(\"release.yaml\").version) == \"1.10\"", "1.10", "1"),
        (
            "double(load(\"release.yaml\").version) == double(load(\"deploy.json\").tag)",
            "1e3",
            "1000",
        ),
        ("load(\"release.yaml\").version == 1000", "1e3", "1"),
        ("load(\"release.yaml\").version >= 1.0", "1.10", "1"),
    ] {
        let (status, reason, _) = of(condition, version, tag);
        assert_eq!(status, "verified", "{condition}: {reason}");
    }
    let (_, reason, _) = of("load(\"release.yaml\").version > 1.0", "1.10", "1");
    assert!(reason.contains("1.10"), "{reason}");
}
