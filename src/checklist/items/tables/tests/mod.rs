//! Which rows of tables are items.

mod few;
mod takes_back;

use super::states::state;
use super::*;
use crate::checklist::syntax::markers::Markers;
use crate::checklist::syntax::walk::walk;

type Told = (Option<Claim>, usize, Option<String>);

fn read(table: &str) -> Vec<Option<Told>> {
    below("", table)
}

/// The same below a heading.
fn below(heading: &str, table: &str) -> Vec<Option<Told>> {
    let outline = walk(table, 0, &Markers::default());
    status_rows(&outline.rows, &Repair::default(), &|_| Scene::of(&[heading], None))
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
    assert_eq!(claims(failed), [Some(Done), Some(Open), Some(Open)]);
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

fn claims_below(heading: &str, table: &str) -> Vec<Option<Claim>> {
    below(heading, table).into_iter().skip(1).map(|row| row.and_then(|(claim, ..)| claim)).collect()
}

#[test]
fn a_readiness_review_is_read_whatever_its_column_is_called() {
    use Claim::{Done, Open};
    for (title, no, yes) in [
        ("Go/No-Go", "No-Go", "Go"),
        ("Go / No-Go", "🔴", "🟢"),
        ("Decision", "No-Go", "Go"),
        ("Readiness", "Not ready", "Ready"),
        ("RAG", "🔴", "🟢"),
        ("Health", "Red", "Green"),
        ("Sign-off", "Pending", "Done"),
        ("Signed off?", "☐", "☑"),
        ("Approval", "Pending", "Approved"),
        ("Reviewed?", "❌", "✅"),
        ("Confirmed", "No", "Yes"),
        ("Resolved", "No", "Yes"),
        ("Test result", "Fail", "Pass"),
        ("QA", "Fail", "Pass"),
        ("Compliant", "No", "Yes"),
        ("In place?", "No", "Yes"),
        ("OK", "❌", "✅"),
        ("Documented?", "No", "Yes"),
        ("Where we are", "Pending", "Done"),
    ] {
        let table = format!(
            "| Area | {title} | Owner |\n|--|--|--|\n| Security | {no} | Ana |\n| Operations | {yes} | Bo |\n"
        );
        for heading in ["", "Readiness review"] {
            assert_eq!(
                claims_below(heading, &table),
                [Some(Open), Some(Done)],
                "{heading} {title}"
            );
        }
    }
    // Below such a heading signs are answers too, and elsewhere they compare.
    let table = "| Team | Us |\n|--|--|\n| Core team | ✅ |\n| Web team | ❌ yet |\n";
    assert_eq!(claims_below("Sign-off", &table.replace(" yet", "")), [Some(Done), Some(Open)]);
    assert_eq!(claims_below("Browsers", table), [None, None]);
}

#[test]
fn what_describes_or_compares_claims_nothing_below_a_gate_either() {
    for (heading, table) in [
        ("Readiness", "| Name | Required |\n|--|--|\n| One key | ✅ |\n| Two keys | ❌ |\n"),
        (
            "Approval",
            "| Feature | Free | Paid |\n|--|--|--|\n| One x | ✅ | ✅ |\n| Two x | ❌ | ✅ |\n",
        ),
        ("Approval", "| Role | Can approve |\n|--|--|\n| Admin | ✅ |\n| Guest | ❌ |\n"),
        ("", "| Event | New state |\n|--|--|\n| Paid for | Completed |\n| Timeout | Failed |\n"),
        ("", "| Shop | Sunday |\n|--|--|\n| Old town | Closed |\n| Harbour | Open |\n"),
        ("", "| Service | Liveness | Readiness |\n|--|--|--|\n| Web api | ✅ | ❌ |\n"),
        ("", "| From | To |\n|--|--|\n| Pending | Done |\n| Done | Failed |\n"),
        ("", "| Record | Decision |\n|--|--|\n| Use SQL | Accepted |\n| Use XML | Rejected |\n"),
        ("", "| Data | Stored | Shared |\n|--|--|--|\n| Name of x | Yes | No |\n"),
    ] {
        assert!(claims_below(heading, table).iter().all(Option::is_none), "{table}");
    }
}

#[test]
fn titles_say_which_cell_a_row_is_about() {
    for (head, row, subject) in [
        ("ID | Category | Item | Owner", "REL-1 | Release | Freeze the branch | Ana", 2),
        ("Area | Check | Notes", "Security | Secrets rotated | x", 1),
        ("Sprint | Goal | Notes", "Sprint 1 | Build login | x", 1),
        ("DRI | Task | Notes", "Ana | Rotate the keys | x", 1),
        ("任务ID | 任务描述 | 负责人", "P1-T001 | 补全文件 | 小方", 1),
        ("Semaine | Tâches | Responsable", "S1 | Choix technique | Lead", 1),
        ("Requirement | Evidence | Notes", "VAL-01 | tests use it | x", 0),
        ("# | Notes | Ref", "1 | Backups run | x", 1),
        ("Phase | Completion | Notes", "Phase one | 100% | x", 0),
        ("Objective | Key result | Notes", "Ship it | Cut latency | x", 1),
        ("Component | Action | Notes", "Sandbox | Replace eval | x", 0),
        ("Task | Report | Notes", "TASK-2 | ⏳ READY | x", 0),
        ("Date | Milestone | Notes", "TBD | Alpha release | x", 1),
        ("Critère | Constat | Notes", "T1 | Test écrit | x", 0),
        ("# | Model | Provider", "13 | GPT-5 | openai", 1),
        ("Regulamentação | Requisito | Notes", "LGPD | Criptografia de dados | x", 1),
        ("Attività | Evidenza | Notes", "F00 | SHA registrati | x", 0),
        ("ID | Scope | Notes", "T1 | The whole login | x", 1),
    ] {
        let rule = "--|".repeat(head.split('|').count() + 1);
        let table = format!("| {head} | Status |\n|{rule}\n| {row} | ✅ |\n");
        let found = read(&table)[1].clone().map(|(_, subject, _)| subject);
        assert_eq!(found, Some(subject), "{head}");
    }
}

#[test]
fn owners_and_dates_stand_below_many_titles() {
    let row = |head: &str, cells: &str| {
        let table =
            format!("| Task | {head} | Status |\n|--|--|--|--|\n| Do it | {cells} | ✅ |\n");
        let outline = walk(&table, 0, &Markers::default());
        let rows = status_rows(&outline.rows, &Repair::default(), &|_| Scene::default());
        let row = rows[1].clone().unwrap();
        (row.owner, row.due)
    };
    let told = (Some("Ana".to_owned()), Some("2026-12-01".to_owned()));
    for head in
        ["Owner | Due", "DRI | ETA", "Lead | Target date", "担当 | 期限", "Verantwortlich | Frist"]
    {
        assert_eq!(row(head, "Ana | 2026-12-01"), told, "{head}");
    }
    // What a role is responsible for is nobody.
    assert_eq!(row("Role | Responsibility", "Lead of QA | All tests").0, None);
    assert_eq!(row("Area | Responsibility", "Tests | Ana").0.as_deref(), Some("Ana"));
    assert_eq!(row("Owner | Due", "<Name> | <DATE>"), (None, None));
    assert_eq!(row("Owner | Due", "- | TBD"), (None, None));
}

#[test]
fn of_two_columns_one_is_marked() {
    use Claim::{Cancelled, Done, Open};
    let table = "| Check | Go | No-Go | N/A |\n|--|--|--|--|\n| Sign in | x | | |\n| Sign out | | x | |\n\
                 | Mail on | | | x |\n| Feed on | | | |\n| Both on | ✅ | ✅ | |\n| Not on | ❌ | | |\n";
    let said = [Some(Done), Some(Open), Some(Cancelled), Some(Open), Some(Open), Some(Open)];
    assert_eq!(claims(table), said);
    let listed = "| Check | Go | No-Go | Status |\n|--|--|--|--|\n| Sign in | ✓ | ✗ | ☐ |\n| Sign out | ✓ | ✗ | ☐ |\n";
    assert_eq!(claims(listed), [Some(Open), Some(Open)]);
    let counted = "| Suite | Pass | Fail |\n|--|--|--|\n| Unit tests | 9 | 0 |\n";
    assert_eq!(claims(counted), [None]);
}

#[test]
fn a_table_that_nobody_filled_in_is_open_where_it_is_a_gate() {
    let table = "| Item | Owner | Status |\n|--|--|--|\n| Product flow | | |\n| Golden data | | |\n| Total | | |\n";
    let open = Some(Claim::Open);
    assert_eq!(claims_below("Demo Sign-Off", table), [open, open, None]);
    assert_eq!(claims_below("Overview", table), [None; 3]);
}

#[test]
fn a_green_light_on_the_way_is_not_done() {
    use Claim::{Done, InProgress};
    let goals = "| KR | Target | Status |\n|--|--|--|\n| Uptime of it | 99.9% | 🟢 |\n| Churn | 2% | 🟢 Done |\n";
    assert_eq!(claims(goals), [Some(InProgress), Some(Done)]);
    let share = "| Module | Completion | Status |\n|--|--|--|\n| Web part | 90% | 🟢 |\n| Api part | 100% | 🟢 |\n";
    assert_eq!(claims(share), [Some(InProgress), Some(Done)]);
    let light =
        "| Module | Status |\n|--|--|\n| Web part | 🟢 On track |\n| Api part | 🟢 正常 |\n";
    assert_eq!(claims(light), [Some(InProgress); 2]);
}

#[test]
fn tables_are_read_in_other_languages() {
    use Claim::{Done, InProgress, Open};
    for table in [
        "| Aufgabe | Zuständig | Stand |\n|--|--|--|\n| Ab hier | Ana | erledigt |\n| Bis da | Ben | in Arbeit |\n| Ganz da | Ben | irgendwann |\n",
        "| Tâche | Responsable | Statut |\n|--|--|--|\n| Un pas | Ana | Fait |\n| Deux pas | Ben | ✅ En cours |\n| Trois pas | Ben | bientôt |\n",
        "| Задача | Исполнитель | Статус |\n|--|--|--|\n| Раз | Ана | Готово |\n| Два | Бен | В работе |\n| Три | Бен | скоро |\n",
        "| 任务 | 负责人 | 状态 |\n|--|--|--|\n| 备份 | 小方 | 已完成 |\n| 部署 | 小方 | 进行中 |\n| 监控 | 小方 | 下周 |\n",
        "| タスク | 担当 | 状態 |\n|--|--|--|\n| 設定 | 田中 | 完了 |\n| 移行 | 田中 | 対応中 |\n| 監視 | 田中 | 来週 |\n",
        "| 항목 | 담당 | 상태 |\n|--|--|--|\n| 설정 | 민수 | 완료 |\n| 이전 | 민수 | 진행 중 |\n| 감시 | 민수 | 다음 주 |\n",
    ] {
        assert_eq!(claims(table), [Some(Done), Some(InProgress), Some(Open)], "{table}");
    }
}

#[test]
fn sums_and_histories_hold_no_items() {
    for sum in ["Total", "**Grand total**", "总计", "Gesamt", "Total général", "Итого"] {
        let table =
            format!("| Part | Hours | Status |\n|--|--|--|\n| Web x | 3 | ✅ |\n| {sum} | 5 | |\n");
        assert_eq!(claims(&table), [Some(Claim::Done), None], "{sum}");
    }
    // A sum that says a state is none either; what sums up in words of its own is.
    let said = "| Module | Tests | Status |\n|--|--|--|\n| Web part | 3 | ✅ |\n| Global rollout | 3 | ✅ |\n\
                | Gesamt aktuell | 6 | ✅ 0 failures |\n| Summary mailed | 1 | ✅ |\n| **Global** | 6 | ✅ Validé |\n";
    let done = Some(Claim::Done);
    assert_eq!(claims(said), [done, done, None, done, None]);
    let history = "| Date | Version | Deployed by | Status |\n|--|--|--|--|\n| 2024-01-15 | v1.2.3 | Jean | OK |\n";
    assert_eq!(claims(history), [None]);
    let planned = history.replace("Deployed by", "Owner");
    assert_eq!(claims_below("Deployment history", &planned), [None]);
    assert_eq!(claims_below("Plan", &planned), [Some(Claim::Done)]);
}

#[test]
fn what_is_struck_and_done_is_done() {
    let table = "| Task | Status |\n|--|--|\n| ~~Build it~~ | DONE |\n| ~~Ship it~~ | ✅ |\n| ~~Old way~~ | Dropped |\n\
                 | ~~Other way~~ | Open |\n";
    let settings = crate::checklist::Settings::default();
    let list = crate::checklist::read("a.md", table.as_bytes(), &settings);
    let claims: Vec<Claim> = list.items.iter().map(|item| item.claim).collect();
    assert_eq!(claims, [Claim::Done, Claim::Done, Claim::Cancelled, Claim::Cancelled]);
}

#[test]
fn what_is_still_to_be_filled_in_or_decided_is_not_done() {
    for (cell, expected) in [
        ("Approved at `<head SHA>`", Some(Claim::InProgress)),
        ("✅ {date}", Some(Claim::InProgress)),
        ("Approved at `4f1c2ab`", Some(Claim::Done)),
        ("[PENDING]", Some(Claim::Open)),
        ("[Not started]", Some(Claim::Open)),
        ("[Approved]", None),
        ("[Pass / Fail]", None),
        ("✅ Go/No-Go #1", None),
        ("✅ Go/No-Go: go", Some(Claim::Done)),
        ("✅ Go", Some(Claim::Done)),
        ("INCONCLUSIVE", Some(Claim::Open)),
        ("Not re-run (no time)", Some(Claim::Open)),
    ] {
        assert_eq!(state(cell, true).map(|state| state.claim), expected, "{cell}");
    }
}

#[test]
fn states_are_read_in_other_languages() {
    for (claim, cells) in [
        (
            Claim::Done,
            "erledigt|Terminé|Termine|Hecho|Concluído|Fatto|ГОТОВО|已完成|完了|Erledigt (#4)|\
             완료|배포 완료|Afgerond|Klaar|Gereed|Ukończone|Tamamlandı|Виконано|Yapıldı|superata|Implementado|CHIUSA|\
             Opgeleverd|Zaimplementowane|Réalisé|VALIDADA",
        ),
        (
            Claim::Open,
            "offen|À faire|A faire|Pendiente|Não iniciado|Da fare|Не выполнено|未完成|未着手|\
             미완료|대기 중|Niet gestart|Do zrobienia|Bekliyor|Не розпочато|Yapılmadı|Non superata|Uitgesteld",
        ),
        (
            Claim::InProgress,
            "in Arbeit|En cours|En curso|Em andamento|In corso|В работе|进行中|対応中|\
             진행 중|부분 완료|In behandeling|Bezig|W toku|Devam ediyor|В процесі|Yapılıyor|Kısmen yapıldı|\
             grotendeels af — hero|teilweise erledigt|partiellement terminé|klaar, nog te testen",
        ),
        (
            Claim::Cancelled,
            "entfällt|Sans objet|No aplica|Não se aplica|Отменено|不适用|対象外|해당 없음|\
             Vervallen|Nie dotyczy|İptal edildi|Скасовано",
        ),
    ] {
        for cell in cells.split('|') {
            let said = state(cell, false).map(|state| state.claim);
            assert_eq!(said, Some(claim), "{cell}");
        }
    }
    for cell in [
        "完成度",
        "通过率",
        "Fertigung",
        "fait partie de",
        "Offenbach",
        "Готовность",
        "완료율",
        "진행률",
    ] {
        assert_eq!(state(cell, false), None, "{cell}");
    }
}
