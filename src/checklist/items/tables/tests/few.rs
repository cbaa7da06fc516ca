//! Tables of which few rows, or none yet, say a state that is known; and those that only explain states.

use super::*;

#[test]
fn a_table_of_which_few_rows_say_a_known_state_is_read() {
    use Claim::{Done, Open};
    let open = Some(Open);
    let planned = "| Feature | Level | Status |\n|--|--|--|\n| Text resize | AA | Complete |\n| Contrast | AA | Complete |\n\
                   | Skip link | A | Phase 2 |\n| Landmarks | A | Phase 2 |\n| Live regions | A | Phase 3 |\n| Motion | A | later |\n";
    assert_eq!(claims(planned), [Some(Done), Some(Done), open, open, open, open]);
    let one = "| Control | Status |\n|--|--|\n| Keys kept apart | Done |\n| Logs kept | Somewhere |\n| Mail signed | Someday |\n";
    assert_eq!(claims(one), [Some(Done), open, open]);
    // Beside none that is known, beside a measure and a decision, and below what is no status, nothing is.
    for (title, cells) in [
        ("Status", "Phase 1|Phase 2|Phase 3"),
        ("Status", "Rejected|Accepted|Accepted"),
        ("Status", "Open|200|404"),
        ("Status", "N/A|Beta|Alpha"),
        ("Wave", "Complete|Phase 2|Phase 3"),
    ] {
        let row = |(at, cell): (usize, &str)| format!("| Control {at} | {cell} |\n");
        let rows: String = cells.split('|').enumerate().map(row).collect();
        let table = format!("| Control | {title} |\n|--|--|\n{rows}");
        assert_eq!(claims(&table), [None; 3], "{table}");
    }
}

#[test]
fn a_row_of_an_unknown_state_is_open_without_other_cells_too() {
    use Claim::{Done, Open};
    let table = "| Part | Status | Notes |\n|--|--|--|\n| Login | Signed | |\n| Search | In staging | |\n| Basket | Done | |\n\
                 | **Later** | | |\n";
    assert_eq!(claims(table), [Some(Open), Some(Open), Some(Done), None]);
}

#[test]
fn the_states_of_audits_and_conformance_reports_are_known() {
    use Claim::{Cancelled, Done, InProgress, Open};
    for (title, said) in [
        (
            "Status",
            [("Compliant", Done), ("Partially compliant", InProgress), ("Non-compliant", Open)],
        ),
        ("Status", [("**PRESENT**", Done), ("**PARTIAL**", InProgress), ("**ABSENT**", Open)]),
        ("Status", [("SATISFIED", Done), ("ENFORCED", Done), ("Not satisfied", Open)]),
        ("Status", [("CLEAN", Done), ("WIRED", Done), ("Not wired", Open)]),
        (
            "Conformance Level",
            [("Supports", Done), ("Partially Supports", InProgress), ("Does Not Support", Open)],
        ),
        (
            "Conformance Level",
            [("Supports", Done), ("Not Applicable", Cancelled), ("Not Evaluated", Open)],
        ),
    ] {
        let rows = said.map(|(cell, _)| format!("| The {cell} one | {cell} | |\n")).concat();
        let table = format!("| Criteria | {title} | Remarks |\n|--|--|--|\n{rows}");
        assert_eq!(claims(&table), said.map(|(_, claim)| Some(claim)), "{table}");
    }
}

#[test]
fn a_table_below_a_gate_that_nobody_filled_in_is_open_whatever_stands_before_the_name() {
    let open = Some(Claim::Open);
    for head in ["#", "ID", "Area", "Owner"] {
        for name in ["Check", "Item", "Description"] {
            let table = format!(
                "| {head} | {name} | Status |\n|--|--|--|\n| 1 | Defaults documented | |\n| 2 | Tests green | |\n"
            );
            for heading in ["Readiness review", "Checkliste", "Launch checklist"] {
                assert_eq!(claims_below(heading, &table), [open; 2], "{heading} {head} {name}");
            }
            assert_eq!(claims_below("Overview", &table), [None; 2]);
        }
    }
}

#[test]
fn a_legend_of_signs_and_a_table_that_derives_states_hold_no_items() {
    let legend = "| Status | Meaning |\n|--|--|\n| ✅ Done (date) | Completed with date |\n| ⏳ Pending | Not started |\n";
    assert_eq!(claims(legend), [None; 2]);
    let named = legend.replace("Meaning", "Use it for");
    assert_eq!(claims_below("Status legend", &named), [None; 2]);
    let acts = "| Status | Meaning | Action |\n|--|--|--|\n| ✅ Current | Up to date | Use it |\n| ⚠️ Old | Outdated | Update it |\n";
    assert_eq!(claims_below("Status legend", acts), [None; 2]);
    let rules = "| Report | Status | → Final Status |\n|--|--|--|\n| listed | passed | **partial** |\n| missing | failed | open |\n";
    assert_eq!(claims(rules), [None; 2]);
    // What is checked may stand behind its sign.
    let checks = "| Status | Check |\n|--|--|\n| ✅ | Backups run |\n| ❌ | Keys rotated |\n";
    let both = [Some(Claim::Done), Some(Claim::Open)];
    assert_eq!(claims_below("Checks (legend below)", checks), both);
    let next = "| Check | Status | → Next step |\n|--|--|--|\n| Backups run | ✅ | rest |\n| Keys rotated | ❌ | go on |\n";
    assert_eq!(claims(next), both);
}
