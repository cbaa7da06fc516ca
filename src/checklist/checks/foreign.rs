//! Words in other languages than English that say that a work is not done, not all of it, or waits for a
//! person: a small set of those that leave no doubt, in small letters.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::unfinished::said_plainly;
use crate::checklist::text::foreign::{OPEN, UNDER_WAY};

/// What says so beside the words for states.
#[rustfmt::skip]
const LEFT: &[&str] = &[
    // German
    "außer", "fehlen noch", "fehlt noch", "manuell prüfen", "manuell zu prüfen", "manuelle prüfung",
    "funktioniert nicht", "muss noch", "müssen noch", "noch ausstehend", "noch nicht", "noch zu", "steht aus",
    "steht noch aus", "schlagen fehl", "schlägt fehl", "stehen noch aus", "ungeprüft", "unter vorbehalt", "unvollständig",
    "vorbehaltlich", "wartet auf", "zu prüfen",
    // French
    "manque", "ne marche pas", "ne passe pas", "ne passent pas", "non testé", "non testée", "non vérifié", "non vérifiée", "pas encore", "reste",
    "restent", "revue manuelle", "sauf", "sous réserve", "vérification manuelle", "à compléter",
    "à tester", "à valider", "à vérifier",
    // Spanish
    "aún no", "excepto", "falla", "fallan", "falta", "faltan", "no funciona", "no pasan", "por probar", "por verificar", "prueba manual", "queda por",
    "quedan", "revisión manual", "salvo", "sin probar", "sin verificar", "todavía no",
    "verificación manual",
    // Portuguese
    "ainda não", "a verificar", "exceto", "falham", "faltam", "não funciona", "não passa", "não testado", "por testar", "revisão manual",
    "verificação manual",
    // Italian
    "da completare", "da testare", "da verificare", "eccetto", "manca", "mancano", "non ancora", "non funziona", "non passa",
    "non testato", "tranne", "verifica manuale",
    // Russian
    "доделать", "ещё не", "еще не", "ждет", "ждёт", "за исключением", "кроме", "не завершено",
    "не закончено", "не проверено", "не проводилось", "не проходит", "не проходят", "не работает", "не проводился", "не протестировано",
    "не развернуто", "не развёрнуто", "нужна проверка", "нужна ручная проверка", "осталось",
    "ручная проверка", "требуется проверка",
    // Ukrainian
    "за винятком", "залишилось", "крім", "не перевірено", "не розгорнуто", "потрібна перевірка",
    "ще не",
    // Polish
    "do sprawdzenia", "jeszcze nie", "nieprzetestowane", "oprócz", "pozostało", "wymaga sprawdzenia",
    "z wyjątkiem",
    // Dutch
    "behalve", "handmatige controle", "moet nog", "moeten nog", "nog niet", "nog te", "ongetest",
    "wacht op",
    // Turkish
    "eksik", "hariç", "henüz", "kaldı", "manuel kontrol", "test edilmedi",
    // Chinese
    "人工确认", "人工审核", "仍需", "仍未", "尚待", "尚未", "待人工", "待补", "待验证", "手动确认", "暂未",
    "未上线", "未验证", "还未", "还没", "除外", "除了", "需人工", "需要人工", "需确认",
    // Japanese
    "まだ", "を除く", "以外", "手動確認", "未検証", "未テスト", "条件付き", "残り", "要確認", "要検証",
    // Korean
    "남음", "미검증", "미테스트", "수동 확인", "아직", "제외", "조건부", "확인 필요",
];

/// What says so at the end of a text that does not set it apart: `Prüfung ausstehend`.
pub(super) const CLOSING: [&str; 5] =
    ["ausstehend", "steht noch aus", "stehen noch aus", "steht aus", "stehen aus"];

/// What denies the word behind it.
const DENIES: [&str; 32] = [
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nicht",
    "nichts",
    "ohne",
    "aucun",
    "aucune",
    "rien",
    "sans",
    "ningún",
    "ninguna",
    "ninguno",
    "sin",
    "nada",
    "nenhum",
    "nenhuma",
    "sem",
    "nessun",
    "nessuna",
    "nulla",
    "senza",
    "без",
    "нет",
    "ничего",
    "geen",
    "niets",
    "zonder",
    "bez",
    "brak",
    "yok",
];

/// Whether `lower`, a remark on a state in small letters, has a word for what is not done, or not all done.
pub(in crate::checklist) fn is_unfinished(lower: &str) -> bool {
    may_say_so(lower) && words().any(|word| says(lower, word))
}

/// The word by which `lower`, a remark on a task in small letters, says that something is left. A short
/// one may be a part of another word or name a thing, and has to begin it.
pub(super) fn left(lower: &str) -> Option<&'static str> {
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |word: &str| {
        let rest = bare.strip_prefix(word);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '通'))
    };
    let is_short = |word: &str| word.chars().count() < 3 && word.chars().all(|c| c >= '\u{2e80}');
    let said = |word: &&'static str| if is_short(word) { begins(word) } else { says(lower, word) };
    if may_say_so(lower) { words().find(said) } else { None }
}

/// The words of all languages.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    [OPEN, UNDER_WAY, LEFT].into_iter().flatten().copied()
}

/// Cheap: whether any of the words stands in it at all.
fn may_say_so(lower: &str) -> bool {
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(words()).ok());
    ANY.as_ref().is_none_or(|any| any.is_match(lower))
}

/// The same where `text` ends with it, set apart as what became of its work: `测试，未完成`.
pub(super) fn closing(text: &str) -> Option<&'static str> {
    const APART: [char; 10] = [',', ';', ':', '–', '—', '，', '；', '：', '、', '→'];
    let lower = text.to_lowercase().replace(" - ", " – ");
    let bare = lower.trim_end_matches(['.', '!', ' ']);
    let ends = |word: &&&str| bare.strip_suffix(**word).is_some_and(|lead| lead.ends_with(' '));
    if let Some(word) = CLOSING.iter().find(ends).filter(|word| says(&lower, word)) {
        return Some(word);
    }
    let (_, last) = lower.rsplit_once(APART)?;
    let last = last.trim().trim_end_matches(['.', '!', '。', '！']);
    left(last).filter(|word| last.starts_with(word) || last.ends_with(word))
}

/// Whether `lower` says `word`, which no other one denies: `无失败`, `keine offen`.
fn says(lower: &str, word: &str) -> bool {
    if word.chars().any(|c| c < '\u{2e80}') {
        let denied = |at: usize| {
            let lead = lower.get(..at).unwrap_or_default();
            let mut near = lead.split_whitespace().rev().take(2);
            near.any(|before| DENIES.contains(&before.trim_matches(|c: char| !c.is_alphanumeric())))
        };
        return said_plainly(lower, word) && lower.match_indices(word).any(|(at, _)| !denied(at));
    }
    let denied =
        |at: usize| lower.get(..at).unwrap_or_default().ends_with(['无', '無', '没', '零', '0']);
    lower.match_indices(word).any(|(at, _)| !denied(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_that_leaves_something_is_known_in_many_languages() {
        for remark in [
            "muss noch auf staging geprüft werden",
            "noch nicht auf ios",
            "vérification manuelle",
            "reste ios",
            "verificación manual",
            "pendiente",
            "verificação manual",
            "da fare",
            "нужна ручная проверка",
            "кроме ios",
            "не развёрнуто",
            "nog te testen",
            "待补充",
            "需人工确认",
            "手動確認が必要",
            "未実施",
            "미완료",
            "조건부",
        ] {
            assert!(left(remark).is_some(), "{remark}");
        }
        for remark in [
            "keine offen",
            "nichts fehlt",
            "aucun échec",
            "sin pendiente",
            "无失败",
            "von ana geprüft",
            "10/10",
            "verified by ana",
            "the rest of the team",
            "完成",
            "통과",
            "保留30天",
            "后端部分",
            "予定通り",
        ] {
            assert_eq!(left(remark), None, "{remark}");
        }
    }

    #[test]
    fn what_closes_a_text_is_set_apart() {
        assert!(closing("Pentest – steht noch aus").is_some());
        assert!(closing("测试，未完成。").is_some());
        assert_eq!(closing("Offene Punkte, die noch zu klären sind, stehen im Protokoll"), None);
        assert_eq!(closing("Prüfen: alle Tests bestanden"), None);
    }
}
