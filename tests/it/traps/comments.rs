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
