//! What is written beside an item: misspelt, twice, or more than it says.

use super::{TESTS, check, judged, of_item, problems, refused};

#[test]
fn two_evidence_comments_are_refused_and_neither_is_lost() {
    let item = "- [x] It holds <!-- evidence: tests.failed == 0 --> \
                <!-- evidence: tests.total > 400 -->";
    refused(&of_item(item, ""), "the item has two `evidence` comments");
}

#[test]
fn a_misspelt_comment_beside_an_item_is_told() {
    let item =
        "- [x] It holds <!-- evidence: tests.failed == 0 -->\n  <!-- artifact: e2e/*.xml -->";
    let repo = of_item(item, "");
    let expected = "`artifact:` is no key of a comment, so this comment says nothing. | \
                    Did you mean `artifacts:`?";
    assert_eq!(problems(&repo, "directive-malformed"), [expected]);
    let elsewhere = "<!-- path: x -->\n\n- [x] It holds";
    assert_eq!(problems(&of_item(elsewhere, ""), "directive-malformed"), [""; 0]);
}

#[test]
fn a_comment_in_a_file_without_a_box_is_told() {
    let with = |text: &str| {
        let repo = of_item("- [x] It holds", "").file("GATES.md", text);
        problems(&repo.commit("gates", crate::support::at("2026-01-06")), "directive-malformed")
    };
    let row = "| Smoke tests pass | ✅ <!-- evidence: tests.failed == 0 --> |\n";
    let table = format!("# Gates\n\n| Check | Status |\n|---|---|\n{row}");
    let told = "This asks for evidence in a file that is read as no checklist, for it has no box. | \
                Name the file in `checklists` in trueup.toml.";
    assert_eq!(with(&table), [told]);
    assert_eq!(with(&table.replace("evidence: tests.failed == 0", "note")), [""; 0]);
    assert_eq!(with(&format!("# Gates\n\n```md\n{table}```\n")), [""; 0]);
    assert_eq!(with(&format!("{table}\n- [ ] Box\n")), [""; 0]);
}

#[test]
fn a_comment_above_an_item_proves_no_item_of_another_section_or_list() {
    let comment = "<!-- evidence: tests.failed + tests.errored == 0 -->";
    for between in
        ["\n## Next\n", "\n## Next\n\n", "\n\n", "\nText.\n\n", "\n---\n", "\n> quoted\n\n"]
    {
        let repo = of_item(&format!("- [x] It holds\n{between}{comment}\n- [x] Next"), "");
        let told = problems(&repo, "directive-malformed");
        assert_eq!(told.len(), 1, "{between:?}: {told:?}");
        assert!(told[0].starts_with("The comment `evidence:` stands beside no item."), "{told:?}");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{between:?}: {reason}");
    }
    assert_eq!(
        judged(&of_item(&format!("- [x] It holds\n{comment}\n- [x] Next"), "")).0,
        "verified"
    );
}

#[test]
fn an_evidence_comment_holds_a_condition_and_no_second_key() {
    for value in [
        "tests.failed == 0; max-age: 7d",
        "tests.failed == 0, artifacts: reports/*.xml",
        "tests.failed == 0\n  artifacts: reports/*.xml",
        "tests.failed == 0 max-age: 7d",
    ] {
        let item = format!("- [x] It holds <!-- evidence: {value} -->");
        refused(&of_item(&item, ""), "LIST.md:");
    }
}

#[test]
fn a_requirement_beside_no_item_stops_the_gate() {
    let gate = |text: &str| {
        let list = format!("- [x] It holds\n\n{text}\n");
        let config = format!(
            "[[require]]\nitem = \"release/it-holds\"\n{TESTS}\n\n[gate]\nfail-on = [\"contradicted\"]\n"
        );
        let told = check(&of_item(&list, &config)).json();
        told["summary"]["gate"]["result"].as_str().unwrap().to_owned()
    };
    assert_eq!(gate("It is all there."), "go");
    assert_eq!(gate("- [x]no space <!-- evidence: tests.failed == 0 -->"), "no-go");
}

const TABLES: &str = "checklists = [\"*.md\"]";

const ROW: &str = "| Control | Status |\n| --- | --- |\n| It holds COMMENT | ✅ |\n| Other | ✅ |";

/// A table whose first row has this comment.
fn of_row(comment: &str) -> String {
    ROW.replace("COMMENT", comment)
}

#[test]
fn a_cell_writes_a_pipe_as_tables_do() {
    let or = r"<!-- evidence: tests.total > 0 && (tests.failed == 0 \|\| tests.total > 9999) -->";
    let repo = of_item(&of_row(or), TABLES);
    assert_eq!(problems(&repo, "directive-malformed"), [""; 0]);
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let false_or = or.replace("failed == 0", "failed > 7");
    assert_eq!(judged(&of_item(&of_row(&false_or), TABLES)).0, "contradicted");
    // A place within the condition is the one in the file.
    let broken = r"<!-- evidence: tests.failed == 0 \|\| tests.faild == 0 -->";
    let list = of_item(&of_row(broken), TABLES);
    let said = list.trueup(["check"]).code(2).stderr();
    let text = list.read("LIST.md");
    let line = text.lines().position(|line| line.contains("faild")).unwrap();
    let column = text.lines().nth(line).unwrap().find("faild").unwrap() + 1;
    assert!(said.contains(&format!("LIST.md:{}:{column}", line + 1)), "{said}");
    // Outside of a table a backslash is one.
    refused(&of_item(&format!("- [x] It holds {or}"), ""), "LIST.md:");
}

#[test]
fn half_a_comment_in_a_cell_is_told() {
    let or = "<!-- evidence: tests.total > 0 && (tests.failed == 0 || tests.total > 9999) -->";
    let expected = r"The comment `evidence:` does not end. | A cell of a table ends at `|`, in a comment too. Write `\|` for it (`\|\|` for `||`), and close the comment with `-->`.";
    for rows in [of_row(or), of_row(or).replace("\n| Other | ✅ |", "")] {
        assert_eq!(problems(&of_item(&rows, TABLES), "directive-malformed"), [expected]);
    }
    // It was to bind the item, so the gate has something to decide by.
    let gated = format!("{TABLES}\n[gate]\nfail-on = [\"contradicted\"]\n");
    let told = check(&of_item(&of_row(or), &gated)).code(1).json();
    assert_eq!(told["summary"]["gate"]["result"], "no-go");
    let code = of_row("`<!-- evidence: a`");
    assert_eq!(problems(&of_item(&code, TABLES), "directive-malformed"), [""; 0]);
}

#[test]
fn several_comments_at_the_margin_below_an_item_are_all_its_own() {
    let evidence = "<!-- evidence: tests.total > 0 && tests.failed + tests.errored == 0 -->";
    let artifacts = "<!-- artifacts: nowhere/*.xml -->";
    for both in [format!("{evidence}\n{artifacts}"), format!("{artifacts}\n{evidence}")] {
        let repo = of_item(&format!("- [x] It holds\n{both}\n- [x] Other"), "");
        assert_eq!(problems(&repo, "directive-malformed"), [""; 0], "{both}");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{reason}");
        assert!(reason.contains("nowhere/*.xml"), "{reason}");
    }
    for between in ["\n\n", "\nText.\n", "\n\n## Next\n"] {
        let text = format!("- [x] It holds\n{evidence}{between}{artifacts}\n- [x] Other");
        let told = problems(&of_item(&text, ""), "directive-malformed");
        assert!(told[0].starts_with("The comment `artifacts:` stands beside no item."), "{told:?}");
    }
}

#[test]
fn a_comment_behind_the_last_cell_of_a_row_is_told() {
    let table = |row: &str| {
        of_item(&format!("- [x] It holds\n\n| Check | Status |\n|--|--|\n| Keys | ✅ |{row}\n"), "")
    };
    let told =
        problems(&table(" <!-- evidence: tests.failed == 0 || tests.total > 9 -->"), MALFORMED);
    let expected = "The comment `evidence:` stands behind the last cell of its row, where a table has \
                    nothing. | Write it in a cell: before the last `|`.";
    assert_eq!(told, [expected]);
    for plain in ["", " <!-- see the wiki -->", " more | <!-- evidence is there -->"] {
        assert_eq!(problems(&table(plain), MALFORMED), [""; 0], "{plain}");
    }
}

const MALFORMED: &str = "directive-malformed";
