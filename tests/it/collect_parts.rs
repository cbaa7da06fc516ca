//! Seals of jobs that share one run: its parts prove nothing until all of them are there.

use crate::collect::{JUNIT, TESTS, judged, shop};
use crate::support::{Repo, at};

/// Reports of some parts of a run, each sealed in its own job; the way they tell that they are parts.
fn sharded(numbers: &[u64], seal: impl Fn(&Repo, u64, &str)) -> Repo {
    let repo = shop(TESTS);
    numbers.iter().fold(repo, |repo, number| {
        let folder = format!("reports/{number}");
        let junit = JUNIT.replace("\"a\"", &format!("\"a{number}\""));
        let repo = repo.file(&format!("{folder}/junit.xml"), junit);
        seal(&repo, *number, &folder);
        repo
    })
}

#[test]
fn a_part_of_a_run_proves_nothing_until_all_parts_are_there() {
    let by_option = |repo: &Repo, number: u64, folder: &str| {
        repo.trueup(["collect", folder, "--shard", &format!("{number}/3")]).code(0);
    };
    let by_command = |repo: &Repo, number: u64, folder: &str| {
        let command = format!("npx jest --shard={number}/3");
        repo.trueup(["collect", folder, "--exit-code", "0", "--command", &command]).code(0);
    };
    let by_gitlab = |repo: &Repo, number: u64, folder: &str| {
        let (index, name) = (number.to_string(), format!("unit {number}/3"));
        let job = [
            ("GITLAB_CI", "true"),
            ("CI_JOB_NAME", &*name),
            ("CI_NODE_INDEX", &*index),
            ("CI_NODE_TOTAL", "3"),
        ];
        repo.trueup_among(["collect", folder], &job).code(0);
    };
    type Sealing<'a> = &'a dyn Fn(&Repo, u64, &str);
    for seal in [&by_option as Sealing<'_>, &by_command, &by_gitlab] {
        let (status, rule, reason) = judged(&sharded(&[1, 3], seal));
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "unchecked"), "{reason}");
        assert!(reason.contains("1 shard of the run"), "{reason}");
        let repo = sharded(&[1, 2, 3], seal);
        assert_eq!(judged(&repo).0, "verified");
        repo.trueup(["report"]).code(0);
        repo.trueup(["verify", "readiness"]).code(0);
    }
    let repo = sharded(&[1, 3], by_option);
    repo.trueup(["report"]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
    repo.trueup(["collect", "reports/1", "--shard", "0/3"]).code(2);
}

/// Of each of two parts the variables and the options that it is sealed with.
type Seals<'a> = [(&'a [(&'a str, &'a str)], &'a [&'a str]); 2];

/// Two reports, each sealed by itself.
fn two_parts(seals: Seals<'_>, more: &str) -> Repo {
    let places = ["reports/one", "reports/two"];
    seals.iter().zip(places).fold(shop(TESTS), |repo, ((variables, args), folder)| {
        let junit = JUNIT.replace("\"a\"", &format!("\"{folder}\""));
        let repo = repo.file(&format!("{folder}/junit.xml"), junit);
        let repo =
            if more.is_empty() { repo } else { repo.file(&format!("{folder}/lcov.info"), more) };
        repo.trueup_among([&["collect", folder], *args].concat(), variables).code(0);
        repo
    })
}

#[test]
fn parts_of_two_runs_make_no_whole_one() {
    let github =
        |os: &'static str| [("GITHUB_ACTIONS", "true"), ("GITHUB_JOB", "unit"), ("RUNNER_OS", os)];
    let gitlab = |name: &'static str, index: &'static str| {
        [
            ("GITLAB_CI", "true"),
            ("CI_JOB_NAME", name),
            ("CI_NODE_INDEX", index),
            ("CI_NODE_TOTAL", "2"),
        ]
    };
    let (linux, mac) = (github("Linux"), github("macOS"));
    let (first, second) = (["--shard", "1/2"], ["--shard", "2/2"]);
    let (jest, playwright) = (
        ["--command", "npx jest --shard=1/2", "--exit-code", "0"],
        ["--command", "npx playwright test --shard=2/2", "--exit-code", "0"],
    );
    let (old, new) = (["--shard", "node18:1/2"], ["--shard", "node20:2/2"]);
    let (unit, e2e) = (gitlab("unit 1/2", "1"), gitlab("e2e 2/2", "2"));
    let (node18, node20) = (gitlab("node18 1/2", "1"), gitlab("node20 2/2", "2"));
    let torn: [Seals<'_>; 5] = [
        [(&linux, &first), (&mac, &second)],
        [(&[], &jest), (&[], &playwright)],
        [(&[], &old), (&[], &new)],
        [(&unit, &[]), (&e2e, &[])],
        [(&node18, &[]), (&node20, &[])],
    ];
    for seals in torn {
        let (status, rule, reason) = judged(&two_parts(seals, ""));
        assert_eq!(
            (status.as_str(), rule.as_str()),
            ("unproven", "unchecked"),
            "{seals:?} {reason}"
        );
    }
    let (one, two) = (gitlab("unit 1/2", "1"), gitlab("unit 2/2", "2"));
    for seals in [[(&linux[..], &first[..]), (&linux, &second)], [(&one, &[]), (&two, &[])]] {
        assert_eq!(judged(&two_parts(seals, "")).0, "verified", "{seals:?}");
    }
}

#[test]
fn a_job_that_ran_all_tests_can_say_so_and_a_command_that_ran_a_part_did_not() {
    let job = [
        ("GITLAB_CI", "true"),
        ("CI_JOB_NAME", "unit 1/2"),
        ("CI_NODE_INDEX", "1"),
        ("CI_NODE_TOTAL", "2"),
    ];
    let of = |args: &[&str]| {
        let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
        repo.trueup_among([&["collect", "reports"], args].concat(), &job).code(0);
        judged(&repo).0
    };
    assert_eq!(of(&[]), "unproven");
    assert_eq!(of(&["--shard", "1/1"]), "verified");
    let part = ["--shard", "1/1", "--command", "npx jest --shard=1/2", "--exit-code", "0"];
    assert_eq!(of(&part), "unproven");
}

#[test]
fn coverage_of_one_part_alone_only_refutes() {
    const COVERED: &str = "# Go\n\n- [x] Covered <!-- evidence: coverage.lines.pct >= 50 -->\n  <!-- artifacts: reports/** -->\n";
    let lcov = "SF:a.js\nDA:1,1\nDA:2,1\nend_of_record\n";
    let (first, second) = (["--shard", "1/2"], ["--shard", "2/2"]);
    let repo = two_parts([(&[], &first), (&[], &second)], lcov).file("CHECKLIST.md", COVERED);
    let repo = repo.commit("coverage", at("2026-01-06"));
    for (folder, part) in [("reports/one", "1/2"), ("reports/two", "2/2")] {
        let seal = format!("{folder}/trueup.seal.json");
        repo.trueup(["collect", folder, "--shard", part, "--out", &seal]).code(0);
    }
    let (status, _, reason) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let repo = repo.remove("reports/two/lcov.info").remove("reports/two/junit.xml");
    let repo = repo.remove("reports/two/trueup.seal.json");
    let (status, _, reason) = judged(&repo);
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("part 1 of 2"), "{reason}");
}

#[test]
fn what_was_put_together_from_the_parts_that_are_there_hides_none_that_is_not() {
    let by_option = |repo: &Repo, number: u64, folder: &str| {
        repo.trueup(["collect", folder, "--shard", &format!("{number}/3")]).code(0);
    };
    let merged = |repo: Repo, numbers: &[u64]| {
        let cases: String = numbers
            .iter()
            .map(|number| format!(r#"<testcase name="a{number}"/><testcase name="b"/>"#))
            .collect();
        repo.file("reports/all.xml", format!(r#"<testsuite name="s">{cases}</testsuite>"#))
    };
    let (status, _, reason) = judged(&merged(sharded(&[1, 3], by_option), &[1, 3]));
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("1 shard of the run"), "{reason}");
    let (status, _, reason) = judged(&merged(sharded(&[1, 2, 3], by_option), &[1, 2, 3]));
    assert_eq!(status, "verified", "{reason}");
    assert!(reason.contains("6 tests") || reason.contains("All 6"), "{reason}");
}
