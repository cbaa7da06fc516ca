//! Which columns say who, by when and how urgent, and which of the others say what a row is about.

use super::titles::{is_filled_in_later, is_grade};

/// What a column is to its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Owner,
    Due,
    Priority,
    /// What shall hold: `Task`, `Description`, `Requirement`.
    Names,
    /// Nothing that its title tells.
    Unknown,
    /// What the row belongs to: `Area`, `Phase`, `Sprint`.
    Groups,
    /// What is written in later: `Evidence`, `Notes`.
    Later,
    /// A number or a key.
    Id,
}

impl Part {
    /// What the column of the bare title `title` is; `shown` is whether it has one at all.
    pub(super) fn of(title: &str, shown: bool) -> Part {
        match () {
            () if is_owner(title) => Part::Owner,
            () if is_due(title) => Part::Due,
            () if PRIORITIES.contains(&title) => Part::Priority,
            () if shown && title.is_empty() || is_id(title) => Part::Id,
            () if NAMES.contains(&title) => Part::Names,
            () if is_group(title) => Part::Groups,
            () if is_filled_in_later(title) => Part::Later,
            () if names(title) => Part::Names,
            () => Part::Unknown,
        }
    }

    /// Whether it tells something of its rows, and never what they are about.
    pub(super) fn is_field(self) -> bool {
        matches!(self, Part::Owner | Part::Due | Part::Priority)
    }
}

#[rustfmt::skip]
const PRIORITIES: &[&str] = &[
    "priority", "severity", "prio", "pri", "priorität", "priorité", "prioridad", "prioridade",
    "priorità", "приоритет", "优先级", "優先級", "優先度", "우선순위", "중요도",
];

#[rustfmt::skip]
const OWNERS: &[&str] = &[
    "accountable", "assigned", "assigned to", "assignee", "contact", "dri", "driver", "in charge",
    "lead", "owned by", "owner", "owners", "poc", "point of contact", "responsibility", "responsible",
    "who",
    "verantwortlich", "verantwortliche", "verantwortlicher", "zuständig", "zuständigkeit", "wer",
    "responsable", "responsables", "porteur", "pilote", "encargado", "asignado", "asignado a",
    "responsável", "responsáveis", "responsabile", "incaricato", "assegnato a",
    "ответственный", "ответственные", "исполнитель", "владелец",
    "负责人", "責任人", "责任人", "责任方", "負責人", "執行人", "执行人", "担当", "担当者", "責任者", "담당",
    "담당자",
];

fn is_owner(title: &str) -> bool {
    const ENDS: [&str; 6] = [" owner", " assignee", " responsible", " lead", " contact", " driver"];
    const BEGINS: [&str; 6] =
        ["owner ", "owner/", "owners ", "assignee ", "responsible ", "accountable "];
    OWNERS.contains(&title)
        || ENDS.iter().any(|end| title.ends_with(end))
        || BEGINS.iter().any(|begin| title.starts_with(begin))
}

#[rustfmt::skip]
const DUES: &[&str] = &[
    "by when", "deadline", "due", "due by", "due date", "due on", "eta", "target date",
    "bis", "bis wann", "fällig", "fällig am", "fälligkeit", "frist", "termin", "zieldatum",
    "date butoir", "date cible", "date limite", "echeance", "échéance",
    "fecha limite", "fecha límite", "fecha objetivo", "plazo", "vencimiento",
    "data limite", "prazo", "data obiettivo", "scadenza", "termine",
    "дедлайн", "крайний срок", "срок", "срок исполнения",
    "期限", "截止", "截止日期", "截止时间", "計劃完成日期", "计划完成时间", "完了予定日", "期日", "納期",
    "締め切り", "締切", "마감", "마감일",
];

fn is_due(title: &str) -> bool {
    DUES.contains(&title) || title.starts_with("deadline ") || title.starts_with("due ")
}

fn is_id(title: &str) -> bool {
    #[rustfmt::skip]
    const IDS: &[&str] = &[
        "id", "key", "no", "nr", "num", "number", "nummer", "ref", "s/n", "sl no", "sr no",
        "identificador", "código", "codigo", "номер", "id задачи",
        "编号", "序号", "編號", "番号", "順", "번호",
    ];
    IDS.contains(&title) || title.ends_with(" id") || title.ends_with("id") && !title.is_ascii()
}

/// Titles of what a row belongs to.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "area", "category", "day", "domain", "epic", "group", "iteration", "kind", "objective", "okr",
    "phase", "points", "section", "sprint", "stage", "stream", "sub-category",
    "subcategory", "team", "theme", "time", "track", "type", "wave", "week", "workstream",
    "date", "us", "user story", "story", "regulation", "law", "norm",
    "bereich", "datum", "kategorie", "tag", "typ", "woche", "zeit",
    "axe", "catégorie", "domaine", "heure", "jour", "semaine",
    "categoría", "fase", "fecha", "hora", "semana", "tipo", "área",
    "categoria", "data", "ora", "settimana",
    "verordnung", "gesetz", "norme", "règlement", "norma", "regulación", "regulamentação", "regulamento",
    "lei", "ley", "loi", "legge",
    "время", "дата", "категория", "область", "раздел", "тип", "этап",
    "分类", "时间", "日期", "类别", "类型", "阶段",
    "カテゴリ", "カテゴリー", "フェーズ", "分類", "区分", "日付", "種別",
];

fn is_group(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    GROUPS.contains(&last) || GROUPS.contains(&title) || is_grade(title) && title != "risk"
}

/// Titles of what shall hold, or is to be done.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "action", "actions", "activity", "check", "checkpoint", "control", "criteria", "criterion",
    "deliverable", "description", "document", "finding", "gate criteria", "goal", "issue", "item", "key result",
    "kr", "milestone", "model", "name", "question", "requirement", "risk", "step", "subject", "task", "test",
    "test case", "title", "what",
    "anforderung", "aufgabe", "beschreibung", "inhalt", "kriterium", "maßnahme", "massnahme",
    "prüfpunkt", "prüfung", "schritt", "tätigkeit",
    "activité", "contrôle", "critère", "exigence", "livrable", "prochaine étape", "tâche", "tâches",
    "vérification", "étape",
    "acción", "actividad", "criterio", "descripción", "entregable", "paso", "requisito", "tarea",
    "verificación",
    "atividade", "ação", "critério", "descrição", "entregável", "etapa", "tarefa", "verificação",
    "attività", "azione", "compito", "descrizione", "passo", "verifica",
    "действие", "задача", "критерий", "описание", "проверка", "пункт", "требование", "шаг",
    "事项", "交付物", "任务", "任务描述", "内容", "描述", "检查项", "测试项", "要求", "里程碑", "项目", "需求",
    "タスク", "作業", "作業内容", "実施内容", "手順", "確認内容", "確認項目", "要件", "説明", "項目",
    "작업", "항목",
];

/// `Test item`, `Task description`, `Success criteria`.
fn names(title: &str) -> bool {
    let words = || title.split([' ', '/', '-', '_']).filter(|word| !word.is_empty());
    let known = |word: Option<&str>| word.is_some_and(|word| NAMES.contains(&word));
    known(words().next()) || known(words().next_back())
}

/// What a cell below an owner or a date says; a dash and a place to fill in say nothing.
pub(super) fn given(cell: &str) -> Option<String> {
    const NOBODY: [&str; 6] = ["tbd", "tba", "n/a", "none", "todo", "待定"];
    let bare = cell.trim();
    let open = [('<', '>'), ('{', '}'), ('[', ']')];
    let asked = open.iter().any(|(open, close)| bare.starts_with(*open) && bare.ends_with(*close));
    let lower = bare.to_lowercase();
    let says = bare.contains(char::is_alphanumeric) && !asked && !NOBODY.contains(&&*lower);
    says.then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_titles() {
        for (part, titles) in [
            (Part::Owner, "owner|tech lead|owner / team|responsible party|ответственный|担当"),
            (Part::Due, "due|deadline|eta|échéance|срок|截止日期"),
            (Part::Priority, "priority|prio|优先级"),
            (Part::Id, "id|task id|任务id|no"),
            (Part::Names, "task|test item|task description|success criteria|risk|任务描述|作業"),
            (Part::Groups, "area|sprint|risk level|item type|completion date|阶段"),
            (Part::Later, "notes|evidence|备注"),
            (Part::Unknown, "stage of it|metric"),
        ] {
            for title in titles.split('|') {
                assert_eq!(Part::of(title, true), part, "{title}");
            }
        }
        assert_eq!(Part::of("", false), Part::Unknown);
    }

    #[test]
    fn places_to_fill_in_give_nothing() {
        for cell in ["", "-", "—", "___", "<Name>", "< DATE >", "{owner}", "[name]", "TBD", "n/a"]
        {
            assert_eq!(given(cell), None, "{cell}");
        }
        assert_eq!(given(" Ana "), Some("Ana".to_owned()));
    }
}
