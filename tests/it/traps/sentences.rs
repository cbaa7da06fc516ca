//! What people are told must be so.

use super::{JUNIT, NOW, TESTS, check, judged, of_item, snapshot, team};
use crate::support::{Repo, at};

#[test]
fn the_sentence_of_a_pass_says_what_holds() {
    for (condition, said) in [
        ("git.dirty == false", "git.dirty is false."),
        ("!git.dirty", "git.dirty is false."),
        ("tests.failed == 0", "2 tests ran, none failed, 1 hour before this report."),
        (
            "tests.failed == 0 && !git.dirty",
            "2 tests ran, none failed, and git.dirty is false, 1 hour before this report.",
        ),
        (
            "tests.cases.exists(c, c.name == 'a')",
            "tests.cases.exists(c, c.name == \"a\") holds, 1 hour before this report.",
        ),
        (
            "tests.cases.filter(c, c.name == 'z').size() == 0 || tests.total > 0",
            "tests.cases.filter(c, c.name == \"z\").size() was 0, 1 hour before this report.",
        ),
    ] {
        let repo = team(&format!("paths = []\ncondition = \"\"\"{condition}\"\"\""));
        assert_eq!(judged(&repo).1, said, "{condition}");
    }
    let refuted = judged(&team("condition = \"git.dirty == true\"")).1;
    assert_eq!(refuted, "Ticked, but git.dirty is false; it must be true.");
}

#[test]
fn a_limit_that_is_computed_or_read_is_told_by_its_value() {
    for (condition, said) in [
        (
            "tests.passed >= tests.total + 1200",
            "tests.passed was 2; it must be at least 1,202 (tests.total + 1200).",
        ),
        ("tests.passed > tests.total", "tests.passed was 2; it must be more than 2 (tests.total)."),
        (
            "tests.total - 1 > tests.passed",
            "tests.total - 1 was 1; it must be more than 2 (tests.passed).",
        ),
        (
            "tests.total >= number(text('floor.txt'))",
            "2 tests ran; it must be at least 3 (number(text(\"floor.txt\"))).",
        ),
        (
            "number(text('floor.txt')) <= tests.passed",
            "tests.passed was 2; it must be at least 3 (number(text(\"floor.txt\"))).",
        ),
        ("3 <= tests.passed", "tests.passed was 2; it must be at least 3."),
        ("tests.passed < -3", "tests.passed was 2; the limit is -3."),
    ] {
        let config = format!("paths = []\ncondition = \"\"\"{condition}\"\"\"");
        let repo = team(&config).file("floor.txt", "3\n").commit("a floor", at("2026-01-05"));
        assert_eq!(judged(&repo).1, format!("Ticked, but {said}"), "{condition}");
    }
    let condition = "number(text('floor.txt')) <= tests.passed";
    let repo = team(&format!("paths = []\ncondition = \"\"\"{condition}\"\"\""));
    let repo = repo.file("floor.txt", "3\n").commit("a floor", at("2026-01-05"));
    let told = repo.trueup(["explain", "**", NOW[0], NOW[1]]).code(0).stdout();
    let change = "tests.passed is 2; it holds once it is >= 3.0 (number(text(\"floor.txt\")))";
    assert!(told.contains(change), "{told}");
}

#[test]
fn where_no_tag_is_at_the_commit_the_nearest_is_told() {
    let repo = team("paths = []\ncondition = \"git.tag == 'v1.2.0'\"");
    let said = |repo: &Repo| {
        let said = judged(repo).1;
        let (_, at) = said.split_once("The condition asks for git.tag; no tag is at ").unwrap();
        at.get(7..).unwrap().to_owned()
    };
    assert_eq!(said(&repo), ".");
    let repo = repo.tag("v1.1.0").file("NEWS.md", "# News\n").commit("on", at("2026-01-06"));
    assert_eq!(said(&repo), "; the nearest before it is v1.1.0.");
}

#[test]
fn an_empty_report_says_where_to_look() {
    let repo = team(TESTS).file("reports/junit.xml", "");
    assert_eq!(judged(&repo).1, "Ticked. reports/junit.xml: The file is empty.");
    let next = snapshot(&repo)["checklists"][0]["items"][0]["next"].to_string();
    assert!(next.contains("wrote nothing: see the log of the job that ran it"), "{next}");
}

#[test]
fn a_skipped_test_is_not_told_to_have_run() {
    let half =
        JUNIT.replace("<testcase name=\"b\"/>", "<testcase name=\"b\"><skipped/></testcase>");
    let repo = team(TESTS).file("reports/junit.xml", half);
    let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    let said = "1 test ran, none failed, 1 was skipped, 1 hour before this report.";
    assert_eq!(judged(&repo).1, said);
}

#[test]
fn the_reason_of_a_waived_item_reads_as_a_sentence() {
    let waiver = "[[waiver]]\nitem = \"**\"\nreason = \"r\"\nby = \"@a\"\nuntil = \"2026-12-31\"\n\
                  [[require]]\nitem = \"**\"\ncondition = \"tests.total > 400\"";
    let (status, reason, _) = judged(&of_item("- [x] It holds", waiver));
    assert_eq!(status, "waived");
    let said = "Waived by @a until 2026-12-31: \"r\". Without that it is contradicted. \
                2 tests ran; it must be more than 400.";
    assert_eq!(reason, said);
}

#[test]
fn nothing_that_a_terminal_obeys_reaches_it() {
    let repo = of_item("- [x] It \u{202e}sdloh\u{2066} \u{1b}[31mred", "")
        .file("trueup.toml", "[[require]]\nitem = \"\u{202e}x\"\ncondition = \"tests.total > 1\"");
    for args in [vec!["check", NOW[0], NOW[1]], vec!["inspect", "LIST.md"]] {
        let run = repo.trueup(&args);
        let text = format!("{}{}", run.raw_stdout(), run.stderr());
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{1b}']), "{text:?}");
    }
    let faulty = of_item("- [x] It", "[[require]]\nitem = \"x\"\n\"\u{202e}y\" = 1\n");
    let said = check(&faulty).code(2).stderr();
    assert!(!said.contains('\u{202e}'), "{said:?}");
}
