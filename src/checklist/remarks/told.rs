//! The words by which a remark on what is done is told to be harmless, or not to be.

/// What makes less of it, or puts it off, whatever stands before it.
#[rustfmt::skip]
pub(super) const QUALIFYING: &[&str] = &[
    "almost", "but", "caveat", "caveats", "condition", "conditional", "conditionally",
    "conditions", "duplicate", "duplicates", "exception", "exceptions", "except", "excluding",
    "experimental", "half", "if", "interim", "limitation", "limitations", "mainly", "mostly", "mvp",
    "nearly", "next", "once", "only", "partial", "partially", "partly", "poc",
    "prototype", "provisional", "risks", "few", "most", "some", "subset", "verbally", "temporarily", "temporary",
    "tentative", "tentatively", "tomorrow", "unless", "workaround", "workarounds", "yet",
    // other languages
    "alleen", "apenas", "ausser", "außer", "behalve", "enkel", "excepto", "exceto", "hors", "jedoch",
    "lediglich", "mais", "mas", "nur", "pero", "rein", "sadece", "salvo", "sauf", "seulement", "slechts",
    "solamente", "solo", "soltanto", "sólo", "somente", "teilweise", "tranne", "tylko", "uniquement",
    "vorläufig", "yalnızca", "только", "кроме", "но", "тільки", "лише", "крім",
];

/// What has a number where it is one of several, and not all.
pub(super) const NUMBERED: [&str; 6] = ["batch", "part", "phase", "stage", "step", "wave"];

/// Where something is that is not yet in production.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "alpha", "beta", "branch", "canary", "emulator", "simulator", "dev", "development", "lab", "local", "locally", "localhost", "lokal",
    "preview", "rehearsal", "sandbox", "staging", "testnet", "uat",
];

/// What opens a remark that says where, how, by whom or by what.
#[rustfmt::skip]
pub(super) const BESIDE_PLACES: &[&str] = &[
    "against", "as", "at", "by", "during", "in", "incl",
    "including", "on", "per", "see", "since", "through", "under", "using", "via", "with", "within",
    "am", "auf", "aus", "bei", "durch", "im", "mit", "seit", "siehe", "von", "chez", "depuis", "par",
    "voir", "avec", "con", "desde", "por", "ver", "com", "da", "dal", "vedi", "door", "met", "zie",
    "см", "через", "od", "przez", "zob",
];

/// Words for what is done.
#[rustfmt::skip]
pub(in crate::checklist) const DONE: &[&str] = &[
    "done", "complete", "completed", "pass", "passed", "passing", "ok", "okay", "verified", "fixed", "resolved",
    "closed", "merged", "approved", "deployed", "implemented", "finished", "success", "successful", "achieved",
    "met", "mitigated", "remediated", "released", "shipped", "delivered", "launched", "rolled out", "signed off",
    "compliant", "fully compliant", "satisfied", "present", "enforced", "clean", "wired", "supports",
];

/// What says that something is so.
#[rustfmt::skip]
pub(super) const FINE: &[&str] = &[
    "acceptable", "accessible", "accurate", "active", "adequate", "all", "available", "better", "built",
    "configurable", "consistent", "correct", "correctly", "current", "daily", "dashboard", "each", "efficient", "evidence",
    "exceed", "exceeds", "excellent", "existing", "fast", "faster", "flowing", "free", "full",
    "fully", "go", "good", "great", "green", "healthy", "higher", "ideal", "improved",
    "in-place", "instant", "exist", "exists", "hourly", "intact", "lgtm", "thanks", "thx", "latest", "link", "live", "log", "main", "master", "monthly", "nightly", "lower", "match",
    "matches", "normal", "online", "operational", "optimal", "perfect", "perfectly", "properly",
    "prod", "production", "proven", "quality", "ready", "real", "reliable", "report", "runbook", "screenshot", "responsive", "robust", "running", "run", "safe", "scalable",
    "secure", "sent", "served", "serving", "set", "shown", "signed", "smooth", "solid", "stable", "strong",
    "successfully", "sufficient", "support", "supported", "ticket", "true", "up", "up-to-date", "valid", "weekly", "wiki", "within",
    "work", "working", "works", "written", "yes",
    // other languages
    "alle", "alles", "conforme", "conformes", "disponible", "erfüllt", "estable", "existant", "existe",
    "existente", "funciona", "funktioniert", "geprüft", "getestet", "gut", "ja", "oui", "ok.", "si", "sim",
    "sí", "stabil", "tous", "toutes", "todos", "tutti", "vollständig", "vorhanden", "да", "все",
    "всё", "есть", "работает", "доставлен", "интегрирован", "норма", "так", "działa", "werkt", "var",
];

/// The same in scripts that part no words.
#[rustfmt::skip]
pub(super) const FINE_SCRIPTS: &[&str] = &[
    "正常", "符合", "完善", "存在", "支持", "成功", "可用", "一致", "新增", "良好", "达标", "已",
    "問題な", "完遂", "対応", "정상", "성공", "검증", "확인", "적용", "양호", "없음",
];

/// What was done to something, and holds.
#[rustfmt::skip]
pub(super) const MADE: &[&str] = &[
    "accepted", "accomplished", "activated", "adapted", "added", "addressed", "adjusted", "adopted", "agreed", "aligned", 
    "answered", "applied", "arranged", "attached", "audited", "authenticated", "authorised", "authorized",
    "automated", "backed", "balanced", "benchmarked", "bounded", "bundled", "cached", "calibrated", "captured", "centralized",
    "certified", "checked", "cleaned", "cleared", "committed", "compiled", "configured",
    "confirmed", "connected", "consolidated", "containerized", "contracted", "converted", "corrected", "covered", "created",
    "customized", "debugged", "defined", "delivered", "demonstrated", 
    "developed", "displayed", "distributed", "documented", "downloaded", "eliminated", "embedded", "enabled", "encrypted",
    "enforced", "enhanced", "enriched", "ensured", "established", "evaluated", "exceeded", "executed", "exercised", "expanded", "exported",
    "fetched", "filled", "finalised", "finalized", "formatted", "fulfilled", "granted",
    "grouped", "guaranteed", "handled", "hardened", "hashed", "hosted", "imported", "included", "incorporated", "increased",
    "indexed", "initialised", "initialized", "inspected", "installed", "instrumented", "integrated", "introduced",
    "isolated", "joined", "justified", "labeled", "labelled", "landed", "launched", "linked", "loaded", 
    "maintained", "managed", "mapped", "masked", "matched", "measured", "migrated", "minified", "minimized", 
    "monitored", "normalized", "obtained", "obeyed", "optimised", "optimized", "organized", "packaged", "paginated", "patched",
    "performed", "persisted", "pinned", "populated", "preserved", "processed", "produced", "profiled",
    "protected", "proved", "provided", "provisioned", "published", "pushed", "ran", "ratified", "reached", "received", "recorded",
    "recovered", "redacted", "redesigned", "refactored", "referenced", "refined", "registered", "rehearsed", "renamed",
    "rendered", "renewed", "repaired", "replaced", "replicated", "reproduced", "respected", "restored", "restructured",
    "retained", "retested", "retrieved", "reviewed", "revised", "rewritten", "rotated", "sanitised", "sanitized", "satisfied",
    "saved", "scaled", "scanned", "screened", "sealed", "secured", "seeded", "separated", "served", "shared", "simplified",
    "solved", "sorted", "specified", "stabilized", "standardized", "stored", "streamlined", "structured", "sustained",
    "synced", "synchronized", "tagged", "tested", "tightened", "traced", "trained", "translated", "tuned",
    "typed", "unblocked", "unchanged", "unaffected", "unified", "unlocked", "updated", "upgraded", "uploaded", "utilized", "validated",
    "versioned", "vetted", "visualized", "walked", "whitelisted", "wired", "witnessed", "wrapped",
];

/// The same in other languages, as far as it does not bend.
#[rustfmt::skip]
pub(super) const FOREIGN_MADE: &[&str] = &[
    // German
    "aktiviert", "aktualisiert", "angelegt", "angepasst", "ausgeführt", "automatisiert", "bestätigt", "definiert", "dokumentiert", "durchgeführt",
    "eingerichtet", "ergänzt", "erstellt", "getestet", "geprüft", "hinzugefügt", "implementiert", "installiert", "integriert", "konfiguriert",
    "korrigiert", "migriert", "signiert", "unterschrieben", "validiert", "veröffentlicht", "verifiziert",
    // French
    "activé", "ajouté", "automatisé", "configuré", "confirmé", "contrôlé", "corrigé", "créé", "déployé", "documenté", "effectué", "implémenté",
    "installé", "intégré", "migré", "mis", "publié", "signé", "testé", "vérifié",
    // Spanish and Portuguese
    "activad", "actualizad", "adicionad", "añadid", "ativad", "assinad", "atualizad", "automatizad", "comprobad", "configurad", "confirmad",
    "corregid", "corrigid", "cread", "criad", "cubiert", "desplegad", "documentad", "ejecutad", "entregad", "executad", "firmad", "implantad",
    "implementad", "instalad", "integrad", "migrad", "probad", "publicad", "realizad", "revisad", "testad", "validad", "verificad",
    // Italian
    "aggiornat", "aggiunt", "attivat", "automatizzat", "configurat", "confermat", "controllat", "corrett", "creat", "documentat", "eseguit",
    "firmat", "installat", "integrat", "migrat", "pubblicat", "realizzat", "validat",
    // Russian and Ukrainian
    "внедрен", "внедрён", "добавлен", "документирован", "доставлен", "интегрирован", "исправлен", "настроен", "обновлен", "обновлён",
    "опубликован", "подписан", "подтвержден", "подтверждён", "проверен", "протестирован", "развернут", "развёрнут", "реализован",
    "согласован", "создан", "установлен", "перевірен", "налаштован", "додан", "оновлен",
];

/// What may be denied and leaves all well, by how such words begin or what they hold.
#[rustfmt::skip]
pub(super) const PROBLEMS: &[&str] = &[
    "action", "affected", "applicable", "blocker", "blocking", "breaking", "bug", "change", "concern",
    "conflict", "crash", "defect", "deviation", "difference", "downtime", "drift", "error", "exploitable",
    "finding", "gap", "impact", "incident", "issue", "leak", "loss",
    "objection", "placeholder", "problem", "regression", "reproducible",
    "violation", "vulnerab", "warning", "anomalie", "auffällig", "befund", "beanstandung",
    "erreur", "erro", "fallo", "falha", "fehler", "fout", "hata", "kritis", "mangel", "mängel",
    "probleem", "problème", "sorun", "uwag", "błęd", "ошиб", "проблем", "замечан", "失败", "失敗",
    "问题", "問題", "错误", "異常", "异常", "冲突", "缺陷", "阻塞", "エラー", "오류", "문제", "이상",
];

/// Whether `word`, in lower case, denies what stands behind it, or holds both in a script that parts no words.
pub(super) fn denies(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "no", "non", "not", "none", "nothing", "never", "nobody", "without", "w/o", "zero", "neither",
        "kein", "keine", "keinen", "keiner", "keinerlei", "nicht", "nichts", "nie", "ohne", "aucun",
        "aucune", "ne", "pas", "rien", "sans", "nada", "ningún", "ninguna", "ninguno", "sin", "não",
        "nenhum", "nenhuma", "sem", "nessun", "nessuna", "nulla", "senza", "geen", "niet", "niets",
        "zonder", "bez", "brak", "nie", "yok", "değil", "без", "не", "нет", "ни", "ничего", "немає",
    ];
    WORDS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t")
}

/// What a denied problem is said to be in other languages: found.
pub(super) const FOREIGN_SEEN: [&str; 12] = [
    "gefunden",
    "bekannt",
    "festgestellt",
    "trouvé",
    "trouvée",
    "détecté",
    "encontrado",
    "encontrada",
    "detectado",
    "trovato",
    "gevonden",
    "обнаружено",
];

/// Words that say nothing of it alone.
#[rustfmt::skip]
pub(super) const BETWEEN: &[&str] = &[
    "&", "+", "a", "across", "all", "also", "an", "and", "any", "are", "been", "before", "both", "each", "every", "everywhere", "from", "for", "has",
    "have", "into", "is", "it", "its", "it's", "longer", "now", "of", "or", "our", "over", "that", "the", "their", "them", "these", "this", "those",
    "to", "too", "very", "was", "we", "were", "which", "and/or", "here", "there", "than", "more", "non",
    "alle", "allen", "aller", "und", "der", "die", "das", "den", "dem", "des", "für", "ist", "sind", "wurde", "et", "le", "la", "les", "des", "du", "est", "y", "el", "los",
    "las", "de", "del", "e", "o", "os", "da", "do", "dos", "di", "il", "и", "в", "на", "для", "по", "с", "en", "het",
];

/// What a state may be of.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "access", "alerts", "api", "apis", "app", "apps", "artifact", "artifacts", "audit", "auth", "author", "backup", "backups", "baseline",
    "branches", "browser", "browsers", "build", "builds", "cases", "certificate", "certificates", "check", "checks", "cli", "client", "clients", "cluster",
    "code", "commit", "commits", "compliance", "component", "components", "config", "configuration", "console", "container", "containers", "content",
    "contract", "contracts", "control", "controls", "coverage", "customers", "database", "data", "deploy", "deployment",
    "details", "device", "devices", "doc", "docs", "document", "documentation", "documents", "domain", "domains", "email", "endpoint", "endpoints",
    "environment", "environments", "evidence", "feature", "features", "field", "fields", "file", "files", "flow", "flows", "format",
    "function", "functions", "functionality", "gates", "guide", "handler", "handlers", "history", "host", "hosts", "image", "images", "index", "infrastructure",
    "integration", "interface", "interfaces", "items", "job", "jobs", "key", "keys", "language", "languages", "layout", "legal", "library", "license", "links", "lint",
    "logic", "logging", "logs", "manager", "manual", "messages", "metrics", "middleware", "migration", "migrations", "mode", "model", "models", "module", "modules", "monitoring",
    "names", "network", "notes", "output", "owner", "package", "packages", "page", "pages", "parity", "path", "paths", "people", "performance", "permissions", "pipeline", "pipelines", "platform",
    "platforms", "points", "policy", "policies", "protocol", "queries", "readme", "records", "region", "regions", "registry", "release", "releases", "reports", "repo",
    "repos", "repository", "requirement", "requirements", "response", "responses", "review", "reviewer", "role", "roles", "routes", "row", "rows", "rules", "scenario",
    "scenarios", "schema", "schemas", "screen", "screens", "screenshots", "script", "scripts", "secrets", "security", "server", "servers", "service",
    "services", "session", "settings", "setup", "site", "sites", "spec", "specs", "standard", "standards", "steps", "storage", "structure", "style", "suite", "suites", "system",
    "systems", "table", "tables", "team", "teams", "templates", "tenants", "test", "testing", "tests", "text", "time", "tool", "tooling", "tools", "traffic", "translations", "type", "types",
    "ui", "unit", "url", "urls", "user", "users", "validation", "variables", "version", "versions", "video", "view", "views", "web", "website", "workflow", "workflows",
    "codebase", "end-to-end", "e2e", "manually", "automatically", "regression", "smoke", "sign-off", "signature", "yesterday", "today", "date", "names",
    "тесты", "тестов", "응답", "테스트", "기능",
];

/// The same in scripts that part no words.
#[rustfmt::skip]
pub(super) const THINGS_SCRIPTS: &[&str] = &[
    "全部", "所有", "规范", "要求", "标准", "预期", "单元测试", "集成测试", "测试", "測試", "功能", "代码", "文档", "验收", "检查", "单元", "集成", "环境", "生产", "均", "都", "了", "并", "和", "与",
    "テスト", "全て", "すべて", "実装", "테스트", "기능", "전체", "모두",
];
