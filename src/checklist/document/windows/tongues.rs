//! Headings in other languages that say when: `24 Stunden nach dem Deployment`. Word for word in English,
//! they are read as the others are; a word that is not known opens no window.

use std::borrow::Cow;

/// What says in such a heading that it counts from something.
const AFTER: [&str; 8] =
    ["nach", "nachdem", "après", "después", "despues", "tras", "após", "depois"];

/// Cheap: whether a heading may count so.
pub(super) fn may_count(heading: &str) -> bool {
    !heading.is_ascii()
        || ["nach", "tras", "despues", "depois"].iter().any(|word| heading.contains(word))
}

/// `lower`, a heading in lower case, with the words that are known in English, where it counts so.
pub(super) fn in_english(lower: &str) -> Cow<'_, str> {
    let counts = |word: &str| AFTER.contains(&word);
    if !lower.split(' ').any(counts) {
        return Cow::Borrowed(lower);
    }
    let said =
        lower.replace("mise en production", "deployment").replace("puesta en marcha", "launch");
    let words =
        said.replace("entrada em produção", "launch").replace("puesta en producción", "launch");
    Cow::Owned(words.split(' ').map(word).collect::<Vec<_>>().join(" "))
}

fn word(word: &str) -> &str {
    match word {
        word if AFTER.contains(&word) => "after",
        "stunde" | "heure" | "hora" => "hour",
        "stunden" | "heures" | "horas" | "std" => "hours",
        "tag" | "jour" | "día" | "dia" => "day",
        "tage" | "tagen" | "jours" | "días" | "dias" => "days",
        "woche" | "semaine" | "semana" => "week",
        "wochen" | "semaines" | "semanas" => "weeks",
        "monat" | "mois" | "mes" | "mês" => "month",
        "eine" | "einer" | "ein" | "une" | "un" | "una" | "um" | "uma" => "one",
        "zwei" | "deux" | "dos" | "dois" | "duas" => "two",
        "der" | "dem" | "das" | "des" | "den" | "le" | "la" | "l'" | "du" | "el" | "del" | "de"
        | "o" | "a" | "do" | "da" => "the",
        "in" | "en" | "em" | "auf" => "in",
        "produktion" | "producción" | "produção" => "production",
        "auslieferung" | "bereitstellung" | "déploiement" | "despliegue" | "implantação"
        | "deploy" => "deployment",
        "veröffentlichung" | "lancement" | "lanzamiento" | "lançamento" | "livegang"
        | "go-live" => "launch",
        other => other,
    }
}
