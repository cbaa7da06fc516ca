//! Which rows of tables are items.

use super::*;
use crate::checklist::syntax::markers::Markers;
use crate::checklist::syntax::walk::walk;

type Told = (Option<Claim>, usize, Option<String>);

fn read(table: &str) -> Vec<Option<Told>> {
    let outline = walk(table, 0, &Markers::default());
    status_rows(&outline.rows, &Repair::default())
        .into_iter()
        .map(|row| row.map(|row| (row.claim, row.subject, row.note)))
        .collect()
}

#[test]
fn rows_with_a_status_are_items() {
    let table = "| # | Check | Status | Notes |\n|--|--|--|--|\n| 1 | Backups | ✅ Done | nightly |\n| 2 | DNS | ❌ | |\n| 3 | TLS | ⏳ | |\n| 4 | GPU | N/A | none |\n| 5 | CDN | ? | |\n";
    assert_eq!(
        read(table),
        [
            None,
            Some((Some(Claim::Done), 1, Some("1; Done; nightly".into()))),
            Some((Some(Claim::Open), 1, Some("2".into()))),
            Some((Some(Claim::InProgress), 1, Some("3".into()))),
            Some((Some(Claim::Cancelled), 1, Some("4; N/A; none".into()))),
            Some((Some(Claim::Open), 1, Some("5; ?".into()))),
        ]
    );
}

#[test]
fn a_row_is_called_by_a_letter_or_a_label_where_that_is_all() {
    let table =
        "| Check | Owner | Status |\n|--|--|--|\n| C | ana | ❌ |\n| R2 | | ✅ |\n| | ben | ✅ |\n";
    let told: Vec<Option<usize>> =
        read(table).into_iter().map(|row| row.map(|(_, subject, _)| subject)).collect();
    assert_eq!(told, [None, Some(0), Some(0), None]);
    let first = "| Status | Check |\n|--|--|\n| ✅ | Backups run |\n| ❌ | Keys rotated |\n";
    assert_eq!(read(first).iter().flatten().count(), 2);
    let numbered = "| # | Status |\n|--|--|\n| A | ✅ |\n";
    assert!(read(numbered).iter().all(Option::is_none));
}

#[test]
fn what_opens_with_a_colour_is_a_subject_still() {
    let table = "| Stage | Status | Runs |\n|--|--|--|\n| 🔴 Red | ✅ Done | 3 FAIL |\n| 🟢 Green | ⏳ | - |\n";
    assert_eq!(
        read(table),
        [
            None,
            Some((Some(Claim::Done), 0, Some("Done; 3 FAIL".into()))),
            Some((Some(Claim::InProgress), 0, Some("-".into()))),
        ]
    );
}

#[test]
fn a_column_of_signs_is_a_status_where_it_is_clear() {
    for head in ["", "✅", "Ampel"] {
        let table =
            format!("| What | {head} |\n|--|--|\n| Keys | ✅ Done |\n| DNS | ⏳ pending |\n");
        assert_eq!(read(&table).iter().flatten().count(), 2, "{head}");
    }
    let bare = "| What | |\n|--|--|\n| Keys | ✅ |\n| DNS | ❌ |\n";
    assert_eq!(read(bare).iter().flatten().count(), 2);
}

#[test]
fn grades_and_capabilities_claim_nothing() {
    for head in ["Priority", "Severity", "Impact", "Risk level", "Likelihood", "🔥 Prio"] {
        let table = format!("| What | {head} |\n|--|--|\n| Docs | 🟢 Low |\n| Keys | 🔴 |\n");
        assert!(read(&table).iter().all(Option::is_none), "{head}");
    }
    for head in ["Supported", "Persistence", "Windows", "Functional?"] {
        let table = format!("| What | {head} |\n|--|--|\n| Docs | ✅ |\n| Keys | ❌ none |\n");
        assert!(read(&table).iter().all(Option::is_none), "{head}");
    }
    let graded = "| What | Priority | Status |\n|--|--|--|\n| Docs | 🟢 Low | ❌ |\n";
    assert_eq!(read(graded)[1].as_ref().unwrap().0, Some(Claim::Open));
    let counted = "| Suite | Passed | Failed |\n|--|--|--|\n| End to end | ✅ 9 | ❌ 1 |\n";
    assert!(read(counted).iter().all(Option::is_none));
}

#[test]
fn comparisons_and_legends_are_none() {
    let matrix = "| Feature | A | B |\n|--|--|--|\n| x | ✅ | ❌ |\n| y | ✅ | ✅ |\n";
    let legend = "| Sign | Means |\n|--|--|\n| ✅ | done |\n| ❌ | open |\n";
    let boxes = "| a | b |\n|--|--|\n| [x] | foo |\n";
    for table in [matrix, legend, boxes] {
        assert!(read(table).iter().all(Option::is_none), "{table}");
    }
}

/// What the rows of a table claim, its head left out.
fn claims(table: &str) -> Vec<Option<Claim>> {
    read(table).into_iter().skip(1).map(|row| row.and_then(|(claim, ..)| claim)).collect()
}

#[test]
fn a_row_is_done_only_where_every_status_says_so() {
    let table = "| Part | Status | Verified |\n|--|--|--|\n| Solver | ✅ Complete (40) | ✅ Tested |\n\
                 | API | ✅ Complete | ❌ |\n| CLI | ✅ Complete | |\n| Docs | ❌ | ❌ |\n| GPU | N/A | N/A |\n\
                 | Web | ✅ | N/A |\n| Job | | |\n";
    use Claim::{Cancelled, Done, InProgress, Open};
    let expected = [
        Some(Done),
        Some(InProgress),
        Some(InProgress),
        Some(Open),
        Some(Cancelled),
        Some(Done),
        Some(Open),
    ];
    assert_eq!(claims(table), expected);
    let note = read(table)[1].clone().and_then(|(.., note)| note);
    assert_eq!(note.as_deref(), Some("Status: ✅ Complete (40); Verified: ✅ Tested"));
    // A column of dates is no status, whatever it is called.
    let dated = "| Part | Status | Verified |\n|--|--|--|\n| A | PASS | 2026-03-29 |\n| B | pending | - |\n";
    assert_eq!(claims(dated), [Some(Done), Some(Open)]);
    let remarked = "| Part | Status | Verified |\n|--|--|--|\n| A1 b | ✅ | by hand |\n| B1 c | ✅ | in run 5 |\n\
                    | C1 d | ✅ | ✅ |\n";
    assert_eq!(claims(remarked), [Some(Done); 3]);
    let before = "| Part | Previous status | Status |\n|--|--|--|\n| A1 b | ❌ | ✅ |\n";
    assert_eq!(claims(before), [Some(Done)]);
}

#[test]
fn environments_are_status_columns_where_they_say_how_rows_stand() {
    let table = |head: &str, rows: &str| {
        format!("| {head} | Dev | Staging | Prod |\n|--|--|--|--|\n{rows}")
    };
    use Claim::{Done, InProgress, Open};
    let rows = "| Schema moved | ✅ | ✅ | ✅ |\n| Keys rotated | ✅ | ⏳ | ❌ |\n| Feed on | ❌ | ❌ | ❌ |\n";
    for head in ["Check", "Service", "Feature"] {
        assert_eq!(
            claims(&table(head, rows)),
            [Some(Done), Some(InProgress), Some(Open)],
            "{head}"
        );
    }
    let words = "| Schema moved | Done | Pending | Pending |\n";
    assert_eq!(claims(&table("Task", words)), [Some(InProgress)]);
    let settings = "| Reload | ✅ | ❌ | ❌ |\n| Log rotation | ❌ | ✅ | ✅ |\n";
    let values = "| Replicas | 1 | 1 | 2 |\n| Logs | ✅ | ✅ | ✅ |\n";
    for (head, rows) in
        [("Feature", settings), ("", rows), ("Setting", settings), ("Service", values)]
    {
        assert_eq!(claims(&table(head, rows)), [None; 3][..rows.lines().count()], "{head}");
    }
}

#[test]
fn words_and_names_of_signs_say_a_state_below_a_status() {
    let table = "| Check | Result |\n|--|--|\n| Backups | Passed |\n| DNS | FAIL |\n| TLS | WIP |\n| CDN | later |\n";
    use Claim::{Done, InProgress, Open};
    assert_eq!(claims(table), [Some(Done), Some(Open), Some(InProgress), None]);
    let named = "| Rule | <b>Checkbox</b> |\n|--|--|\n| Apart | :black_square_button: |\n| Locked | :white_check_mark: |\n";
    assert_eq!(claims(named), [Some(Open), Some(Done)]);
    let struck = "| Check | Status |\n|--|--|\n| Backups | ~~Open~~ Done |\n| DNS | ~~✅~~ |\n| TLS | ❌ |\n";
    assert_eq!(claims(struck), [Some(Done), Some(Open), Some(Open)]);
    let failed = "| Check | Pass | Fail |\n|--|--|--|\n| Sign in | ✓ | |\n| Sign out | | ✓ |\n| Reset | | |\n";
    assert_eq!(claims(failed), [Some(Done), Some(Open), None]);
    let risks = "| Risk | Status |\n|--|--|\n| Leak | Mitigated |\n| Fire | Accepted |\n| Flood | Partially mitigated |\n| Theft | Unmitigated |\n| Hail | Won't fix |\n";
    let cancelled = Some(Claim::Cancelled);
    assert_eq!(claims(risks), [Some(Done), None, Some(InProgress), Some(Open), cancelled]);
    let roadmap = "| Version | Status |\n|--|--|\n| One | Released |\n| Two | Planned |\n";
    assert_eq!(claims(roadmap), [Some(Done), Some(Open)]);
    let answered = "| Check | Done |\n|--|--|\n| Backups | Yes |\n| DNS | no |\n";
    assert_eq!(claims(answered), [Some(Done), Some(Open)]);
}

#[test]
fn words_that_are_explained_or_say_something_else_are_no_states() {
    let versions = "| Version | Status |\n|--|--|\n| Two | Released |\n| One | Beta |\n";
    let legend = "| Status | Next |\n|--|--|\n| Open | take it |\n| Done | close it |\n";
    let meant = "| Column | Status | Meaning |\n|--|--|--|\n| One | Open | new |\n| Two | Done | closed |\n";
    let few =
        "| Key | State |\n|--|--|\n| A key | any text |\n| B key | open |\n| C key | more text |\n";
    let counted = "| Phase | Pass | Failures |\n|--|--|--|\n| Unit | 9 ✅ | 0 |\n";
    let channels = "| Release | Status |\n|--|--|\n| Two | Released |\n| One | Beta |\n";
    for table in [versions, channels, legend, meant, few, counted] {
        assert!(claims(table).iter().all(Option::is_none), "{table}");
    }
}

#[test]
fn a_row_of_a_table_of_states_that_says_none_is_open() {
    use Claim::{Done, Open};
    let table = "| Control | Owner | Status |\n|--|--|--|\n| Keys | Ana | ✅ |\n| Logs | Ana | |\n| Mail | Ben | ___ |\n\
                 | Bank | Ana | tomorrow |\n| Host | Ben | see Ana |\n| Fire | Ben | Accepted |\n| **Later** | | |\n| Total | 5 | 1 |\n";
    let open = Some(Open);
    assert_eq!(claims(table), [Some(Done), open, open, open, open, None, None, None]);
    // What was measured is no state, and a table that says none holds no items.
    let measured = "| Check | Result |\n|--|--|\n| Start | ✅ |\n| p95 | 312 ms |\n| p99 | |\n";
    assert_eq!(claims(measured), [Some(Done), None, open]);
    let empty = "| Control | Status |\n|--|--|\n| Keys | |\n| Logs | |\n";
    assert_eq!(claims(empty), [None, None]);
}
