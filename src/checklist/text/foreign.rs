//! The words in which a state is said in other languages than English: a small set of those that leave no
//! doubt, in small letters.

use crate::model::Claim;

/// The words of each state. What denies a word for what is done stands among those for what is not.
pub(in crate::checklist) const STATES: [(Claim, &[&str]); 4] = [
    (Claim::Open, OPEN),
    (Claim::InProgress, UNDER_WAY),
    (Claim::Cancelled, CANCELLED),
    (Claim::Done, DONE),
];

/// How much of something is done where that is not all of it: `teilweise erledigt`.
pub(in crate::checklist) const NOT_ALL: [&str; 15] = [
    "fast",
    "größtenteils",
    "teilweise",
    "weitgehend",
    "partiellement",
    "parcialmente",
    "parzialmente",
    "quasi",
    "casi",
    "deels",
    "grotendeels",
    "частично",
    "częściowo",
    "kısmen",
    "частково",
];

#[rustfmt::skip]
pub(in crate::checklist) const DONE: &[&str] = &[
    // German
    "abgeschlossen", "behoben", "bestanden", "erledigt", "fertig", "fertiggestellt", "freigegeben",
    "genehmigt", "umgesetzt",
    // French
    "achevé", "approuvé", "approuvée", "fait", "faite", "livré", "livrée", "réalisé", "réalisée", "réussi", "résolu",
    "résolue", "termine", "terminé", "terminée", "validé", "validée",
    // Spanish
    "aprobada", "aprobado", "cerrada", "cerrado", "completa", "completada", "completado", "completo",
    "cumplido", "finalizada", "finalizado", "hecha", "hecho", "resuelta", "resuelto", "terminada",
    "terminado", "verificada", "verificado",
    // Portuguese
    "aprovada", "aprovado", "concluida", "concluido", "concluída", "concluído", "feita", "feito",
    "implementada", "implementado",
    "realizada", "realizado", "resolvida", "resolvido", "validada", "validado",
    // Italian
    "approvata", "approvato", "chiusa", "chiuso", "completata", "completato", "conclusa", "concluso",
    "fatta", "fatto", "implementata", "implementato", "rilasciata", "rilasciato", "risolta", "risolto",
    "superata", "superato", "terminata", "terminato", "testata", "testato", "verificata", "verificato",
    // Russian
    "выполнено", "готово", "завершено", "закрыто", "исправлено", "пройдено", "реализовано", "решено",
    "сделано", "утверждено",
    // Chinese
    "完成", "已上线", "已修复", "已关闭", "已发布", "已完成", "已实现", "已批准", "已解决", "已通过",
    "已部署", "已验证", "通过", "通過",
    // Japanese
    "合格", "完了", "対応済", "対応済み", "実装済", "実装済み", "承認済み", "済", "済み", "確認済み",
    "解決済み",
    // Korean
    "개발 완료", "구현 완료", "배포 완료", "승인 완료", "완료", "완료됨", "적용 완료", "테스트 완료", "통과",
    "해결됨", "확인 완료",
    // Dutch
    "afgehandeld", "afgerond", "gedaan", "gereed", "geslaagd", "gesloten", "getest", "goedgekeurd",
    "klaar", "opgeleverd", "opgelost", "uitgevoerd", "voltooid",
    // Polish
    "gotowe", "rozwiązane", "ukończone", "wdrożone", "wykonane", "zaimplementowane", "zaimplementowany",
    "zakończone", "zatwierdzone", "zrobione",
    // Turkish
    "başarılı", "bitti", "giderildi", "kapatıldı", "onaylandı", "tamamlandı", "test edildi", "yapıldı",
    "çözüldü",
    // Ukrainian
    "виконано", "виправлено", "закрито", "зроблено", "реалізовано", "узгоджено",
];

#[rustfmt::skip]
pub(in crate::checklist) const OPEN: &[&str] = &[
    // German
    "ausstehend", "blockiert", "fehlgeschlagen", "fehlt", "geplant", "nicht begonnen",
    "nicht bestanden", "nicht erledigt", "nicht fertig", "nicht gestartet", "noch offen", "offen",
    "zu erledigen", "zurückgestellt",
    // French
    "a faire", "bloqué", "bloquée", "en attente", "non commencé", "non fait", "non terminé",
    "non validé", "ouvert", "ouverte", "pas commencé", "planifié", "planifiée", "refusé", "à faire",
    "échec", "échoué",
    // Spanish
    "abierta", "abierto", "bloqueada", "bloqueado", "fallido", "no cumple", "no hecho", "no iniciada",
    "no iniciado", "pendiente", "planificado", "por hacer", "rechazado", "sin empezar",
    // Portuguese
    "a fazer", "aberta", "aberto", "aguardando", "falhou", "nao iniciado", "não feito",
    "não iniciada", "não iniciado", "pendente", "planeado", "planejado", "reprovado",
    // Italian
    "aperta", "aperto", "bloccata", "bloccato", "da fare", "fallita", "fallito", "in attesa",
    "in sospeso", "non fatto", "non iniciato", "non iniziata", "non iniziato", "non superata",
    "non superato", "pianificata", "pianificato", "rimandata", "rimandato",
    // Russian
    "в ожидании", "заблокировано", "запланировано", "к выполнению", "не выполнено", "не готово",
    "не начато", "не пройдено", "не сделано", "ожидает", "ожидается", "ожидание", "отклонено",
    "открыто",
    // Chinese
    "不通过", "失败", "已延期", "已阻塞", "待办", "待处理", "待完成", "待定", "待审批", "待实现", "待开始",
    "待测试", "待确认", "未完成", "未实现", "未开始", "未测试", "未解决", "未通过", "计划中", "阻塞",
    // Japanese
    "不合格", "予定", "保留", "失敗", "待機中", "未完了", "未定", "未実施", "未実装", "未対応", "未承認",
    "未着手", "未確認", "未解決",
    // Korean
    "대기 중", "대기중", "미구현", "미승인", "미완료", "미착수", "미해결", "미확인", "보류", "시작 전", "실패",
    "예정", "진행 전", "할 일",
    // Dutch
    "geblokkeerd", "gepland", "in afwachting", "mislukt", "niet begonnen", "niet gedaan",
    "niet gestart", "niet klaar", "nog te doen", "te doen", "uitgesteld",
    // Polish
    "do zrobienia", "nie rozpoczęte", "niegotowe", "nierozpoczęte", "oczekuje", "odłożone",
    "zablokowane", "zaplanowane",
    // Turkish
    "başarısız", "başlamadı", "başlanmadı", "beklemede", "bekliyor", "engellendi", "ertelendi",
    "planlandı", "tamamlanmadı", "yapılacak", "yapılmadı",
    // Ukrainian
    "заблоковано", "заплановано", "не виконано", "не розпочато", "очікує",
];

#[rustfmt::skip]
pub(in crate::checklist) const UNDER_WAY: &[&str] = &[
    // German
    "begonnen", "in arbeit", "in bearbeitung", "in prüfung", "in umsetzung", "laufend", "läuft",
    "teilweise",
    // French
    "commencé", "en cours", "en revue", "partiel", "partielle", "partiellement",
    // Spanish
    "en curso", "en desarrollo", "en proceso", "en progreso", "en revisión", "iniciada", "iniciado",
    "parcial", "parcialmente",
    // Portuguese
    "em andamento", "em curso", "em desenvolvimento", "em progresso", "em revisão",
    // Italian
    "in corso", "in lavorazione", "in revisione", "in sviluppo", "in verifica", "iniziata", "iniziato",
    "parziale",
    // Russian
    "в процессе", "в работе", "в разработке", "на проверке", "на ревью", "начато", "частично",
    // Chinese
    "处理中", "审核中", "已开始", "开发中", "测试中", "进行中", "部分", "部分完成",
    // Japanese
    "レビュー中", "一部", "作業中", "実施中", "実装中", "対応中", "着手", "着手済み", "確認中", "進行中",
    // Korean
    "개발 중", "개발중", "검토 중", "검토중", "부분 완료", "일부 완료", "작업 중", "작업중", "진행 중", "진행중",
    "테스트 중", "테스트중",
    // Dutch
    "bezig", "deels", "gedeeltelijk", "grotendeels", "grotendeels af", "in behandeling",
    "in ontwikkeling", "in uitvoering",
    // Polish
    "częściowo", "w realizacji", "w toku", "w trakcie",
    // Turkish
    "devam ediyor", "inceleniyor", "kısmen", "sürüyor", "yapılıyor",
    // Ukrainian
    "в процесі", "в роботі", "на перевірці", "у процесі", "у роботі", "частково",
];

#[rustfmt::skip]
const CANCELLED: &[&str] = &[
    // German
    "abgebrochen", "entfällt", "nicht anwendbar", "nicht zutreffend", "verworfen",
    // French
    "abandonné", "annulé", "annulée", "non applicable", "sans objet",
    // Spanish
    "cancelada", "cancelado", "descartado", "no aplica",
    // Portuguese
    "não aplicável", "não se aplica",
    // Italian
    "annullato", "non applicabile",
    // Russian
    "не применимо", "не требуется", "неприменимо", "отменено",
    // Chinese
    "不适用", "不適用", "取消", "已取消",
    // Japanese
    "中止", "対象外", "該当なし",
    // Korean
    "취소", "취소됨", "해당 없음", "해당없음",
    // Dutch
    "geannuleerd", "niet van toepassing", "vervallen",
    // Polish
    "anulowane", "nie dotyczy",
    // Turkish
    "iptal edildi", "i\u{307}ptal edildi", "uygulanamaz",
    // Ukrainian
    "не застосовується", "скасовано",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_says_two_states_and_all_are_in_small_letters() {
        let mut seen = std::collections::BTreeSet::new();
        for word in STATES.iter().flat_map(|(_, words)| words.iter()) {
            assert!(seen.insert(word), "{word}");
            assert_eq!(*word, word.to_lowercase());
        }
    }
}
