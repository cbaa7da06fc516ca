//! Words by which a remark says that something is left, went wrong or was taken back.

/// What says so wherever it stands in a remark and nothing denies it.
#[rustfmt::skip]
pub(in crate::checklist) const DENYING: &[&str] = &[
    "abandoned", "amber", "assigned", "confirm", "debt", "depends", "deprioritized", "descoped", "due", "eta", "hacks", "todos", "verify", "awaiting", "back", "backlogged", "be", "blocked", "broken", "bypassed", "canceled", "cancelled",
    "deferred", "declined", "delayed", "denied", "disabled", "draft", "estimated", "filed", "ignored", "muted", "opened", "ordered", "queued", "raised", "targeted", "tracked", "waived", "drafted", "excluded", "expired",
    "fail", "failed", "failing", "fails", "failure", "failures", "faked", "flaky", "incomplete",
    "invalid", "later", "left", "limited", "maybe", "might", "missing", "mock", "mocked", "mocks",
    "must", "need", "needed", "needs", "ongoing", "open", "outdated", "outstanding", "overdue",
    "paused", "pending", "planned", "postponed", "probably", "proposed", "red", "rejected",
    "remaining", "remains", "reopened", "requested", "restricted", "reverted", "scheduled", "should",
    "soon", "started", "stopped", "stub", "stubbed", "stubs", "suspended", "tbc", "tbd", "tba", "todo",
    "behind", "theory", "allegedly", "hopefully", "supposedly", "reportedly",
    "aborted", "attempted", "assumed", "claimed", "compromised", "corrupted", "crashed", "degraded", "dropped", "expected",
    "hardcoded", "halted", "intended", "interrupted", "invalidated", "misconfigured", "omitted", "parked", "promised", "refused",
    "regressed", "revoked", "shelved", "simulated", "skipped", "stalled", "stale", "superseded", "unticked", "vetoed",
    "unclear", "unknown", "unstable", "unsure", "waiting", "will", "wip", "would", "wontfix", "yellow",
];

/// The same in other languages, as such words stand alone in a remark.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    // German
    "abgebrochen", "abgelehnt", "fehlgeschlagen", "gescheitert", "verschoben", "verworfen", "zurückgestellt", "übersprungen",
    // French
    "abandonné", "annulé", "bloqué", "ignoré", "refusé", "rejeté", "reporté", "échoué",
    // Spanish and Portuguese
    "adiad", "aplazad", "bloquead", "cancelad", "fallad", "fallid", "falhad", "ignorad", "omitid", "pospuest", "rechazad", "recusad",
    "rejeitad",
    // Italian
    "annullat", "bloccat", "fallit", "ignorat", "rifiutat", "rimandat", "rinviat", "saltat",
    // Russian
    "заблокирован", "отклонен", "отклонён", "отложен", "отменен", "отменён", "провален", "пропущен",
];

/// The same in scripts that part no words: `已取消`, `中止済み`.
#[rustfmt::skip]
pub(in crate::checklist) const SCRIPTS: &[&str] = &[
    "取消", "拒绝", "拒絕", "跳过", "跳過", "推迟", "推遲", "延期", "延后", "暂停", "暫停", "中止", "中断", "中斷", "终止",
    "驳回", "駁回", "回滚", "回滾", "撤销", "撤銷", "废弃", "廢棄", "放弃", "放棄", "忽略", "搁置", "擱置", "却下", "取り消", "見送",
    "キャンセル", "スキップ", "保留", "未", "不", "취소", "거부", "반려", "보류", "실패", "연기", "중단", "건너", "제외", "불",
];

/// Whether a remark in small letters is such a word of another language, bent in any way, or holds one in a script
/// that parts no words.
pub(in crate::checklist) fn in_other_words(said: &str) -> bool {
    let first = said.split_whitespace().next().unwrap_or_default();
    // One sign alone stands in words that say something else.
    let takes_back = |said: &&&str| said.len() > '未'.len_utf8();
    FOREIGN.iter().any(|stem| is_bent(first, stem))
        || SCRIPTS.iter().filter(takes_back).any(|of| said.contains(*of))
}

/// Whether `word` is `stem` as other languages bend it: of one thing or several, of any gender.
pub(in crate::checklist) fn is_bent(word: &str, stem: &str) -> bool {
    const ENDS: [&str; 12] = ["", "o", "a", "os", "as", "i", "e", "s", "es", "о", "а", "ы"];
    word.strip_prefix(stem).is_some_and(|rest| ENDS.contains(&rest))
}
