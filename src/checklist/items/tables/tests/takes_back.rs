//! Columns and words beside a state that take it back.

use super::*;

#[test]
fn a_column_of_work_beside_the_status_takes_back_what_it_says() {
    use Claim::{Done, InProgress, Open};
    let table = |title: &str, cell: &str| {
        claims(&format!(
            "| Requirement | Implemented | Tested | {title} |\n|--|--|--|--|\n| Sign in works | ✅ | ✅ | {cell} |\n\
             | Sign out works | ❌ | ❌ | {cell} |\n"
        ))
    };
    for (title, cell) in [
        ("Documented", "❌"),
        ("Demo-ready", "No"),
        ("Web-ready", "⏳"),
        ("Integrated", "partial"),
        ("iOS", "⚠️"),
        ("iOS", "🔲"),
        ("Dokumentiert", "❌"),
        ("Verified on Railway", "Pending"),
    ] {
        assert_eq!(table(title, cell), [Some(InProgress), Some(Open)], "{title} {cell}");
    }
    // What is so is no work, and what compares or is told in words says nothing of it.
    for (title, cell) in [
        ("Documented", "✅"),
        ("Documented", "in the wiki"),
        ("Documented", ""),
        ("Required", "❌"),
        ("Breaking", "⚠️"),
        ("Deprecated", "No"),
        ("Windows", "❌"),
        ("Risk", "🟡"),
        ("Notes", "⚠️ see below"),
    ] {
        assert_eq!(table(title, cell), [Some(Done), Some(Open)], "{title} {cell}");
    }
}

#[test]
fn a_decision_is_not_done_because_of_its_sign() {
    use Claim::Done;
    let index = "| ADR | Title | Status |\n|--|--|--|\n| ADR-001 | Web framework | 🟢 Accepted |\n\
                 | ADR-002 | Own dashboard | ✅ IMPLEMENTED |\n| ADR-003 | No cache | ✅ Accepted (on paper) |\n";
    assert_eq!(claims(index), [None, Some(Done), None]);
    let accepted = "| Deliverable | Acceptance |\n|--|--|\n| The app | ✅ Accepted |\n";
    assert_eq!(claims(accepted), [Some(Done)]);
    let plan = "| Feature | Ours | DECISION |\n|--|--|--|\n| Neural bus | ❌ No | ✅ **Add the bus** |\n\
                | Wire format | ✅ Yes | ✅ **Keep ours** |\n";
    assert_eq!(claims(plan), [None; 2]);
    let decided =
        "| Check | Decision |\n|--|--|\n| Backups run | ✅ Go |\n| Keys rotated | ✅ Approved |\n";
    assert_eq!(claims(decided), [Some(Done); 2]);
}

#[test]
fn a_root_sign_is_a_tick() {
    let table = "| Task | Due | Done |\n|--|--|--|\n| Choose a paper | May | &radic; |\n| Read it | May | √ |\n| Write | June | |\n";
    assert_eq!(claims(table), [Some(Claim::Done), Some(Claim::Done), Some(Claim::Open)]);
}

#[test]
fn what_was_tried_may_have_been_blocked() {
    use Claim::{Done, InProgress};
    let table = |title: &str, cell: &str| {
        let table =
            format!("| Check | {title} |\n|--|--|\n| SQL injection | {cell} |\n| Login | ✅ |\n");
        claims(&table).remove(0)
    };
    assert_eq!(table("Result", "✅ Blocked"), Some(Done));
    assert_eq!(table("Status", "✅ Blocked"), Some(InProgress));
    assert_ne!(table("Result", "⚠️ Blocked"), Some(Done));
    assert_ne!(table("Result", "Blocked"), Some(Done));
}
