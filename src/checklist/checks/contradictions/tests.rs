//! What contradicts a box in its own text, and what only looks so.

use crate::checklist::{Settings, read};
use crate::model::Code;

fn said(text: &str) -> Vec<String> {
    let list = read("a.md", text.as_bytes(), &Settings::default());
    let contradicts = |problem: &&crate::model::Problem| problem.code == Code::TextContradictsBox;
    list.problems.iter().filter(contradicts).map(|problem| problem.message.clone()).collect()
}

#[test]
fn a_tick_against_its_own_text() {
    let table = [
        ("- [x] Errors resolved (~80 remaining)", "Ticked, but the text says about 80 remain."),
        ("- [x] Errors resolved (1 remaining)", "Ticked, but the text says 1 remains."),
        ("- [x] Suite green (4 of 5, rest deferred)", "Ticked, but the text says 4 of 5."),
        ("- [x] Suite green (163/165)", "Ticked, but the text says 163 of 165."),
        ("- [x] Suite green (5 failing)", "Ticked, but the text says 5 are failing."),
        ("- [x] Docs (partial)", "Ticked, but the text says \"partial\"."),
        ("- [x] Docs — pending review", "Ticked, but the text says \"pending\"."),
        ("- [x] Docs - PARTIAL", "Ticked, but the text says \"PARTIAL\"."),
        ("- [x] Tests pass, TODO", "Ticked, but the text says \"TODO\"."),
        ("- [x] ✅ Partially done", "Ticked, but the text says \"partially\"."),
        ("- [x] Docs (Skipped - out of scope)", "Ticked, but the text says \"skipped\"."),
        ("- [x] Rollout partial", "Ticked, but the text says \"partial\"."),
        ("- [x] Rollout is partial.", "Ticked, but the text says \"partial\"."),
        ("- [x] Legal review still pending", "Ticked, but the text says \"pending\"."),
        ("- [x] Migration in progress", "Ticked, but the text says \"in progress\"."),
        ("- [x] Endpoints migrated 3 of 9", "Ticked, but the text says 3 of 9."),
        ("- [x] Endpoints migrated, 3/9", "Ticked, but the text says 3 of 9."),
        ("- [x] 3 of 9 endpoints migrated", "Ticked, but the text says 3 of 9."),
        ("- [x] 3/9 done", "Ticked, but the text says 3 of 9."),
        ("- [x] Complete, but badly duplicated", "Ticked, but the text says \"complete, but\"."),
        ("- [x] Sitemap sent 🔲", "Ticked, but the text says 🔲."),
        ("- [x] Sitemap sent 🔲 (once DNS is there)", "Ticked, but the text says 🔲."),
        ("- [x] Gateway (in review)", "Ticked, but the text says \"in review\"."),
        (
            "- [x] Docs written, but not published",
            "Ticked, but the text says \"but not published\".",
        ),
        (
            "- [x] Notes — complete except for one part",
            "Ticked, but the text says \"complete except\".",
        ),
        ("- [x] Prüfung ausstehend", "Ticked, but the text says \"ausstehend\"."),
        ("- [x] Pentest steht noch aus.", "Ticked, but the text says \"steht noch aus\"."),
        ("- [x] Belastingtest (nog te doen)", "Ticked, but the text says \"nog te doen\"."),
        ("- [x] Keys rotated (failed)", "Ticked, but the text says \"failed\"."),
        ("- [x] Keys rotated (still open)", "Ticked, but the text says \"still\"."),
        ("- [x] Keys rotated (to be tested)", "Ticked, but the text says \"to be\"."),
        ("- [x] Keys rotated (missing)", "Ticked, but the text says \"missing\"."),
        ("- [x] Keys rotated (not deployed)", "Ticked, but the text says \"not deployed\"."),
        ("- [x] Keys rotated – never run", "Ticked, but the text says \"never run\"."),
        ("- [x] Keys rotated (❌)", "Ticked, but the text says ❌."),
        ("- [x] Keys rotated (🔲)", "Ticked, but the text says 🔲."),
        ("- [x] ❌ Tests pass", "Ticked, but the text says ❌."),
        ("- [x] Tests pass ❌", "Ticked, but the text says ❌."),
        ("- [x] Tests pass: FAILED", "Ticked, but the text says \"FAILED\"."),
        ("- [x] Tests pass - FAILED (3 of them)", "Ticked, but the text says \"FAILED\"."),
        (
            "- [x] Load tested — UNTESTED in this run, but soon",
            "Ticked, but the text says \"untested\".",
        ),
        ("- [x] Search UNTESTED", "Ticked, but the text says \"untested\"."),
        ("- [x] Export is not implemented", "Ticked, but the text says \"not implemented\"."),
        ("- [x] Export (not started)", "Ticked, but the text says \"not started\"."),
        ("- [x] Tested on 2 of 3 browsers", "Ticked, but the text says 2 of 3."),
        ("- [x] Checkout works on 3/5 browsers", "Ticked, but the text says 3 of 5."),
        ("- [x] Migrate 3/5 tables", "Ticked, but the text says 3 of 5."),
        ("- [x] Deploy to staging - failed", "Ticked, but the text says \"failed\"."),
        ("- [x] Deploy to staging — failing", "Ticked, but the text says \"failing\"."),
        ("- [x] WIP: tests of the importer", "Ticked, but the text says \"WIP\"."),
        ("- [x] Not done yet: tests", "Ticked, but the text says \"not done yet\"."),
        ("- [x] WIP tests", "Ticked, but the text says \"wip\"."),
        ("- [x] Tests 🚧", "Ticked, but the text says 🚧."),
        ("- [x] Blocked by #123: payments", "Ticked, but the text says \"blocked\"."),
        ("- [x] Tests of the cache to be written", "Ticked, but the text says \"to be written\"."),
        ("- [x] Mac tests, deferred to 3.0", "Ticked, but the text says \"deferred\"."),
        ("- [x] Tests pass once #12 is merged", "Ticked, but the text says \"once\"."),
        ("- [x] Rollout (60%)", "Ticked, but the text says 60 %."),
        ("- [x] Data migration: 60 %", "Ticked, but the text says 60 %."),
        ("- [x] Docs (60% done)", "Ticked, but the text says 60 %."),
        ("- [x] 60% migrated", "Ticked, but the text says 60 %."),
        ("- [x] Load test ok pending review", "Ticked, but the text says \"pending\"."),
        ("- [x] Copy final, pending legal review", "Ticked, but the text says \"pending\"."),
        ("- [x] Deploys (blocked by legal)", "Ticked, but the text says \"blocked\"."),
        ("- [x] Deploys (partial, untested)", "Ticked, but the text says \"untested\"."),
        ("- [ ] Tests pass (passed in #12)", "Not ticked, but the text says \"passed\"."),
        ("- [ ] ✅ Tests pass", "Not ticked, but the text says ✅."),
        ("- [ ] Tests pass :white_check_mark:", "Not ticked, but the text says ✅."),
        ("- [ ] Tests pass - COMPLETE", "Not ticked, but the text says \"COMPLETE\"."),
        (
            "- [ ] Tests pass - COMPLETE (28/28 passing)",
            "Not ticked, but the text says \"COMPLETE\".",
        ),
        ("- [x] Checkout needs manual check", "Ticked, but the text says \"needs manual check\"."),
        ("- [x] Deployed (waiting for QA)", "Ticked, but the text says \"waiting for qa\"."),
        (
            "- [x] Refunds: manual verification required",
            "Ticked, but the text says \"manual verification required\".",
        ),
        ("- [x] Refunds — on hold", "Ticked, but the text says \"on hold\"."),
        ("- [x] Refunds on hold", "Ticked, but the text says \"on hold\"."),
        ("- [x] Export is not finished", "Ticked, but the text says \"not finished\"."),
        ("- [x] Copy under review", "Ticked, but the text says \"under review\"."),
        ("- [x] Fax gateway (n/a?)", "Ticked, but the text asks whether it applies."),
        ("- [x] Fax gateway: N/A?", "Ticked, but the text asks whether it applies."),
        ("- [ ] Fax gateway — N/A?", "Not ticked, and the text asks whether it applies."),
        ("- [ ] N/A?", "Not ticked, and the text asks whether it applies."),
        ("- [x] Deploys (blocked)", "Ticked, but the text says \"blocked\"."),
        ("- [x] Deploys (pending, see #12)", "Ticked, but the text says \"pending\"."),
        ("- [x] Deploys (done, untested)", "Ticked, but the text says \"untested\"."),
        ("- [x] Deploys (pending | blocked)", "Ticked, but the text says \"pending\"."),
        ("- [ ] Deploys (done, deployed)", "Not ticked, but the text says \"done\"."),
        ("- [ ] Deploys (done / merged)", "Not ticked, but the text says \"done\"."),
        ("- [ ] Tests pass (done by Ana)", "Not ticked, but the text says \"done\"."),
    ];
    for (text, expected) in table {
        assert_eq!(said(text), [expected], "{text}");
    }
}

#[test]
fn a_remark_that_begins_with_such_a_word_may_be_of_something_else() {
    for text in [
        "- [x] Broken links fixed (broken ones are listed in CI)",
        "- [x] Retries work (failed jobs are run again)",
        "- [x] Keys rotated (missing keys are reported)",
        "- [x] Old notes archived (drafts are kept)",
        "- [x] Still image exported (still life)",
    ] {
        assert!(said(text).is_empty(), "{text}");
    }
}

#[test]
fn what_contradicts_nothing() {
    for text in [
        "- [x] Fix remaining errors",
        "- [x] Public access blocked",
        "- [x] ❌ Never commit secrets",
        "- [x] ❌ Don't log passwords",
        "- [x] Alert on jobs in state FAILED",
        "- [x] Replace the ❌ of the old site",
        "- [ ] ❌ Tests pass",
        "- [x] Errors resolved (22 → 0)",
        "- [x] Suite green (165/165)",
        "- [x] Suite green (0 failing)",
        "- [x] Queue drained (no jobs pending)",
        "- [x] At least 2 of 3 reviewers approved",
        "- [ ] Errors resolved (~80 remaining)",
        "- [ ] Tests pass (some integration tests blocked)",
        "- [-] Docs (partial)",
        "- [x] Handle the pending state (see design)",
        "- [x] Handle orders that are pending",
        "- [x] Orders are shown as pending",
        "- [x] No FIXME, TODO",
        "- [x] Nothing pending",
        "- [x] Mark stale builds incomplete",
        "- [x] Migration part 1 of 3",
        "- [x] Merged PR 1/3",
        "- [x] Shipped on 3/9",
        "- [x] Quality score 9/10",
        "- [x] Any 2 of 3 approvers",
        "- [x] 2 of 3 reviewers approve each change",
        "- [x] Endpoints migrated 9 of 9",
        "- [x] Each rule is tested (or skipped with reason)",
        "- [x] Coverage table filled (COVERED/PARTIAL/MISSING)",
        "- [x] Coverage is PASS/PARTIAL",
        "- [x] Error pages for 403/404",
        "- [x] Error pages (403/404)",
        "- [x] Injection tried (SQL injection blocked)",
        "- [x] No marks left (e.g., \"TODO\")",
        "- [x] No marks left, e.g. 'TODO'",
        "- [x] Search for `TODO`",
        "- [x] Share `3/9` (`2 of 5`)",
        "- [x] Restore the backup (if not done)",
        "- [x] Restore the backup (deferred unless asked for)",
        "- [x] Suite green (872 passed, 4 skipped)",
        "- [x] 166 of 166 pass (152 run + 14 skipped)",
        "- [x] Verified \"pending\" status badge",
        "- [x] Status badge (pending, approved, rejected)",
        "- [ ] Status recorded (passed | issues_found)",
        "- [ ] Status recorded (passed/failed)",
        "- [ ] Status recorded (passed or failed)",
        "- [ ] Status recorded (passed, failed)",
        "- [ ] Status recorded (done, skipped or failed)",
        "- [ ] Outcome recorded (complete, partial)",
        "- [ ] Result set (done/blocked)",
        "- [ ] Result set (done | in progress)",
        "- [x] Verified (pending | done)",
        "- [x] Status recorded (pending or approved)",
        "- [ ] Image opens (verified via the console)",
        "- [ ] Labels (done by phase complete)",
        "- [ ] Labels (done when merged)",
        "- [ ] Last stop - Complete validation",
        "- [x] Answer is given (FILLED / PARTIAL / ESCALATED)",
        "- [x] File copied whole (or the part skipped, and that said)",
        "- [x] Signed by 2 of 3 keys",
        "- [x] Blocked requests are logged",
        "- [x] List of deferred work is agreed",
        "- [x] Todo list shows entries",
        "- [x] Decide which deferred findings stay",
        "- [x] Images, deferred scripts and fonts load",
        "- [x] Jobs are deferred to the queue",
        "- [x] Coverage (60%)",
        "- [x] Coverage 85% reached",
        "- [x] Rollout (100%)",
        "- [x] Canary rollout: error rate < 60%",
        "- [x] CPU below 60%",
        "- [x] List changes pending review",
        "- [x] No tickets pending approval",
        "- [x] Show the orders pending approval",
        "- [x] Error pages for 404/500 codes",
        "- [x] Support in 24/7 shifts",
        "- [x] Each release needs review",
        "- [x] Flag pods not ready",
        "- [x] List changes under review",
        "- [x] `needs manual check` is a label",
        "- [x] Badge says \"waiting for QA\"",
        "- [x] Does the fax gateway answer?",
        "- [ ] <s>Fax gateway (n/a?)</s>",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_ticked_parent_with_open_children() {
    assert_eq!(
        said("- [x] All:\n  - [x] a\n  - [ ] b\n  - [-] c\n  - [ ] d (optional)\n"),
        ["Ticked, but 1 of its 2 sub-items is open."]
    );
    assert_eq!(said("- [ ] All:\n  - [x] a\n  - [ ] b\n"), Vec::<String>::new());
}

#[test]
fn a_cancelled_parent_with_open_children() {
    for (text, expected) in [
        ("- [-] a\n  - [ ] b\n", Some("Cancelled, but its sub-item is open.")),
        (
            "- [ ] ~~a~~\n  - [/] b\n  - [x] c\n",
            Some("Cancelled, but 1 of its 2 sub-items is open."),
        ),
        ("- [-] a\n  - [-] b\n  - [x] c\n  - [ ] d (optional)\n", None),
        ("`[-]` in progress\n\n- [-] a\n  - [ ] b\n", None),
    ] {
        let told = said(text);
        assert_eq!(told.first().map(String::as_str), expected, "{text}");
        assert!(told.len() < 2, "{told:?}");
    }
}

#[test]
fn what_is_left_is_known_in_other_languages() {
    for text in [
        "测试通过（需人工确认）",
        "测试通过（未完成）",
        "テスト完了（手動確認が必要）",
        "テスト（未実施）",
        "테스트 통과 (미완료)",
        "Tests grün (ausstehend)",
        "Tests grün (noch nicht auf iOS)",
        "Pentest – steht noch aus",
        "Tests verts (en attente)",
        "Tests verts (reste iOS)",
        "Pruebas superadas (verificación manual)",
        "Testes (falta iOS)",
        "Test superati (tranne iOS)",
        "Тесты пройдены (нужна ручная проверка)",
        "Тесты пройдены (кроме iOS)",
        "Testen geslaagd (nog niet op iOS)",
        "Testy (jeszcze nie)",
        "Testler (henüz değil)",
    ] {
        assert_eq!(said(&format!("- [x] {text}")).len(), 1, "{text}");
    }
    for text in [
        "测试通过（全部）",
        "日志（保留30天）",
        "Tests grün (keine offen)",
        "Tests grün (von Ana geprüft)",
        "Tests verts (aucun échec)",
        "Prüfen, ob noch Punkte offen sind",
        "Тесты пройдены (без ошибок)",
        "Mode hors ligne (testé)",
    ] {
        assert_eq!(said(&format!("- [x] {text}")), [""; 0], "{text}");
    }
}

#[test]
fn results_of_which_one_is_to_be_chosen_contradict_nothing() {
    let choice = "- [ ] ✅ PASSED - go on\n- [ ] ⚠️ PASSED WITH WARNINGS\n- [ ] ❌ FAILED - stop\n";
    assert_eq!(said(choice), [""; 0]);
    assert_eq!(said("- [ ] ✅ Tests pass\n- [ ] ✅ Docs read\n").len(), 2);
    assert_eq!(said("- [ ] ✅ Tests pass\n- [x] ❌ Docs read\n").len(), 2);
}

#[test]
fn a_date_and_what_is_spoken_of_are_no_remark() {
    for text in [
        "- [x] Join the button (06/08) — see below",
        "- [x] Call held 06/08",
        "- [x] Errors are logged, but not shown",
        "- [x] Keine Punkte ausstehend",
        "- [x] Draw ☐ for what is open",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}
