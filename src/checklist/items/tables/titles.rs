//! What the title of a column, in small letters and without decoration, says of its cells.

/// A title in lower case without decoration, and without what stands in a bracket behind it.
pub(super) fn bare_title(title: &str) -> String {
    let lower = title.to_lowercase();
    let decoration = |c: char| !c.is_alphanumeric();
    let bare = lower.trim_matches(decoration);
    let (lead, _) = bare.split_once(['(', '（']).unwrap_or((bare, ""));
    lead.trim_matches(decoration).to_owned()
}

/// Titles that only say that a status stands below them.
#[rustfmt::skip]
const STATUS: &[&str] = &[
    "status", "state", "estado", "estatus", "situação", "statut", "état", "stand", "stato", "статус",
    "состояние", "状态", "狀態", "状態", "現状", "ステータス", "進捗状況", "상태", "stan", "durum", "стан", "progress", "check",
    "checkbox", "✅",
    "conformance level",
];

/// Titles below which what was found stands: a state, or what was measured.
#[rustfmt::skip]
const RESULTS: &[&str] = &[
    "result", "results", "outcome", "verdict", "pass/fail", "pass / fail", "ergebnis", "testergebnis",
    "résultat", "résultats", "resultado", "resultados", "risultato", "esito", "результат", "结果",
    "測試結果", "测试结果", "結果", "判定", "テスト結果", "판정",
];

/// Titles that a yes or a no answers.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "achieved", "addressed", "approved", "checked", "cleared", "closed", "complete", "completed",
    "compliant", "confirmed", "delivered", "deployed", "done", "finished", "fixed", "fulfilled",
    "implemented", "in place", "launched", "merged", "met", "mitigated", "ok", "pass", "passed",
    "ready", "released", "remediated", "resolved", "reviewed", "rolled out", "satisfied", "shipped",
    "signed", "signed off", "signed-off", "tested", "validated", "verified",
    "abgeschlossen", "erledigt", "fertig", "freigegeben", "geprüft",
    "fait", "terminé", "validé", "vérifié", "hecho", "completado", "verificado", "cumple",
    "concluído", "feito", "fatto", "completato", "готово", "выполнено", "проверено",
    "完成", "已完成", "通过", "完了", "確認済み", "완료",
];

/// Titles below which somebody decides whether it goes on.
#[rustfmt::skip]
const DECISIONS: &[&str] = &[
    "acceptance", "approval", "approvals", "clearance", "confirmation", "conformance", "decision",
    "go", "go no-go", "go/no go", "go / no go", "go-no-go", "go/no-go", "go / no-go", "go/nogo",
    "go / nogo", "health", "qa", "rag", "rag status", "readiness", "review", "sign off", "sign-off",
    "signoff", "test outcome", "test result", "test results", "validation",
    "abnahme", "freigabe", "entscheidung", "approbation", "décision", "aprobación", "decisión",
    "aprovação", "decisão", "approvazione", "decisione", "решение", "согласование", "утверждение",
    "审批", "审核", "结论", "承認",
];

/// Whether a plain yes below a bare title says that it is done.
pub(super) fn answers(title: &str) -> bool {
    QUESTIONS.contains(&title) || decides(title)
}

/// Whether somebody decides below that title.
pub(super) fn decides(title: &str) -> bool {
    DECISIONS.contains(&title) || title.ends_with("sign-off") || title.ends_with("sign off")
}

/// Whether "Ready" below that title is the answer, and not a state on the way.
pub(super) fn asks_whether_ready(title: &str) -> bool {
    title == "ready" || title == "readiness" || title.starts_with("go") && decides(title)
}

/// Whether `title`, as it is written, asks what was done: `Automated?`, `Documented?`. What something
/// is, it does not ask.
pub(super) fn asks_what_was_done(title: &str) -> bool {
    const IS: [&str; 16] = [
        "affected",
        "allowed",
        "cached",
        "deprecated",
        "enabled",
        "encrypted",
        "expected",
        "exposed",
        "included",
        "involved",
        "needed",
        "recommended",
        "required",
        "shared",
        "supported",
        "used",
    ];
    if !title.trim_end_matches(['*', '_', ' ']).ends_with('?') {
        return false;
    }
    let bare = bare_title(title);
    let last = bare.rsplit(' ').next().unwrap_or_default();
    last.ends_with("ed") && !IS.contains(&last)
}

/// Whether a bare title asks for work that a row is not done without: `Documented`, `Demo-ready`.
pub(super) fn asks_for_finished_work(title: &str) -> bool {
    #[rustfmt::skip]
    const WORK: &[&str] = &[
        "audited", "benchmarked", "configured", "covered", "demoed", "documented", "hardened",
        "installed", "instrumented", "integrated", "localised", "localized", "migrated", "monitored",
        "packaged", "provisioned", "published", "rehearsed", "restored", "rotated", "secured",
        "submitted", "trained", "translated", "updated", "uploaded", "wired",
        "dokumentiert", "getestet", "überprüft", "documenté", "testé", "documentado", "probado",
        "testado", "documentato", "testato", "протестировано", "задокументировано",
    ];
    // `Verified on Railway`: where it was done.
    let asked = [" on ", " in ", " to "].iter().find_map(|of| title.split_once(of));
    let title = asked.map_or(title, |(asked, _)| asked);
    let last = title.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WORK.contains(&last) || QUESTIONS.contains(&last) && last.ends_with("ed") || last == "ready"
}

/// Whether a column is called a status, as `title` is written.
pub(super) fn is_status(title: &str) -> bool {
    let bare = bare_title(title);
    is_plain_status(title)
        || is_known(&bare)
        || QUESTIONS.contains(&&*bare)
        || bare.ends_with(" status")
        || bare.starts_with("status ")
}

/// Whether a title says nothing but that a status stands below it: `Status (go-live)` says more.
pub(super) fn is_plain_status(title: &str) -> bool {
    let lower = title.to_lowercase();
    is_known(lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '✅'))
}

fn is_known(title: &str) -> bool {
    STATUS.contains(&title) || RESULTS.contains(&title)
}

/// Whether what stands below a bare title is a word for a state, and nothing measured.
pub(super) fn asks_for_words(title: &str) -> bool {
    answers(title) || calls_a_status(title)
}

/// Whether a bare title calls what stands below it a status, and asks nothing.
pub(super) fn calls_a_status(title: &str) -> bool {
    const NUMBERS: [&str; 2] = ["progress", "check"];
    STATUS.contains(&title) && !NUMBERS.contains(&title)
        || ["status", "state"].iter().any(|end| title.ends_with(end))
}

/// Whether a column ranks or describes its rows, whatever stands in it.
pub(super) fn describes(title: &str) -> bool {
    #[rustfmt::skip]
    const DESCRIBING: &[&str] = &[
        "applicable", "approver", "automated", "blocking", "breaking", "critical", "default", "event",
        "example", "from", "gate", "kind", "mandatory", "manual", "meaning", "method", "next",
        "nullable", "optional", "required", "requires", "reviewer", "role", "scope", "support",
        "supported", "supports", "to", "trigger", "type", "value", "values", "visibility",
    ];
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    is_grade(title)
        || is_of_another_time(title)
        || title.ends_with(" state")
        || ["can ", "may ", "has ", "is "].iter().any(|verb| title.starts_with(verb))
        || words.any(|word| DESCRIBING.contains(&word))
}

/// Whether a column grades its rows rather than telling how they stand.
pub(super) fn is_grade(title: &str) -> bool {
    #[rustfmt::skip]
    const GRADES: &[&str] = &[
        "priority", "prio", "severity", "impact", "risk", "likelihood", "probability", "urgency",
        "importance", "criticality", "effort", "complexity", "difficulty", "level", "confidence",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| GRADES.contains(&word))
}

/// Whether a column tells how its rows stood before, or shall stand.
pub(super) fn is_of_another_time(title: &str) -> bool {
    const TIMES: [&str; 10] = [
        "previous", "prior", "before", "old", "initial", "last", "original", "target", "expected",
        "planned",
    ];
    title.split(' ').any(|word| TIMES.contains(&word))
}

/// Whether a column says how much of each row is done.
pub(super) fn is_share(title: &str) -> bool {
    #[rustfmt::skip]
    const SHARES: &[&str] = &[
        "complete", "completion", "completeness", "done", "progress", "fortschritt", "avancement",
        "avance", "progreso", "progresso", "прогресс", "готовность", "完成度", "进度", "進捗", "進捗率",
    ];
    SHARES.contains(&title) || title.starts_with("completion ")
}

/// Whether a table of that title measures results against goals, where a green light says that it goes
/// well.
pub(super) fn is_of_goals(title: &str) -> bool {
    ["kr", "key result", "key results", "okr", "objective"].contains(&title)
}

/// Whether people write into a column of that bare title after a row was done: who, when, a remark,
/// a link, what was measured.
pub(super) fn is_filled_in_later(title: &str) -> bool {
    #[rustfmt::skip]
    const LATER: &[&str] = &[
        "actual", "assigned", "author", "bemerkung", "bemerkungen", "by", "comment", "comments",
        "current", "date", "datum", "duration", "effort", "estimate", "eta", "evidence", "finished",
        "issue", "kommentar", "link", "links", "measured", "note", "notes", "notiz", "pr", "progress",
        "proof", "ref", "reference", "references", "remark", "remarks", "result", "results",
        "reviewer", "started", "tester", "ticket", "time", "updated", "url", "value", "when",
        "remarque", "remarques", "commentaire", "commentaires", "comentario", "comentarios",
        "comentários", "observações", "observaciones", "preuve", "evidencia", "evidenza", "evidência", "nachweis", "motif",
        "примечание", "комментарий", "备注", "说明", "備考", "メモ",
    ];
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next_back().is_some_and(|last| LATER.contains(&last))
        || title.starts_with("last ")
        || title.starts_with("date ")
}

/// Whether a number alone says below that bare title what shall hold.
pub(super) fn sets_a_goal(title: &str) -> bool {
    #[rustfmt::skip]
    const GOALS: &[&str] = &[
        "build", "expected", "goal", "limit", "max", "maximum", "min", "minimum", "release",
        "required", "target", "threshold", "version", "year",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| GOALS.contains(&word))
}

/// Whether a cell below that bare title says where a row holds, or how far.
pub(super) fn places(title: &str) -> bool {
    const PLACES: [&str; 12] = [
        "area",
        "component",
        "customer",
        "env",
        "environment",
        "host",
        "place",
        "platform",
        "region",
        "scope",
        "system",
        "where",
    ];
    title.split(|c: char| !c.is_alphanumeric()).any(|word| PLACES.contains(&word))
}
