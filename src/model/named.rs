//! What a title or a path names by words: a stage, a month and the day beside it, a date between slashes, a
//! part of the world, for whom it is.

/// Words that name a stage, each beside the one that it is short for.
const STAGES: [(&str, &str); 17] = [
    ("acceptance", "acceptance"),
    ("alpha", "alpha"),
    ("beta", "beta"),
    ("canary", "canary"),
    ("dev", "development"),
    ("development", "development"),
    ("live", "production"),
    ("preprod", "preproduction"),
    ("preproduction", "preproduction"),
    ("preview", "preview"),
    ("prod", "production"),
    ("production", "production"),
    ("qa", "qa"),
    ("sandbox", "sandbox"),
    ("stage", "staging"),
    ("staging", "staging"),
    ("uat", "uat"),
];

/// The months, each in several languages.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "enero", "janeiro", "gennaio", "januari"],
    &["february", "feb", "februar", "février", "febrero", "fevereiro", "febbraio", "februari"],
    &["march", "mar", "märz", "mars", "marzo", "março", "maart"],
    &["april", "apr", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maio", "maggio", "mei"],
    &["june", "jun", "juni", "juin", "junio", "junho", "giugno"],
    &["july", "jul", "juli", "juillet", "julio", "julho", "luglio"],
    &["august", "aug", "août", "agosto", "augustus"],
    &["september", "sep", "sept", "septembre", "septiembre", "setembro", "settembre"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "ottobre"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "dezember", "dez", "décembre", "diciembre", "dezembro", "dicembre"],
];

/// Parts of the world, as titles name them.
const REGIONS: [&str; 32] = [
    "africa",
    "america",
    "anz",
    "apac",
    "asia",
    "australia",
    "austria",
    "brazil",
    "canada",
    "china",
    "dach",
    "emea",
    "eu",
    "europe",
    "france",
    "germany",
    "iberia",
    "india",
    "italy",
    "japan",
    "latam",
    "mea",
    "mexico",
    "nordics",
    "noram",
    "poland",
    "spain",
    "switzerland",
    "uk",
    "us",
    "usa",
    "worldwide",
];

/// What stands before the name of one whom a document is for.
const FOR_WHOM: [&str; 18] = [
    "account", "client", "cluster", "country", "customer", "for", "für", "kunde", "kunden",
    "market", "para", "partner", "plant", "pour", "region", "site", "store", "tenant",
];

/// The words of `title` that name one, each as one word whatever it is called, in its order.
pub(super) fn words(title: &str) -> Vec<String> {
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut named = slashed(title);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let after = words.get(at + 1).copied();
        if let Some(stage) = stage(word, before, after) {
            named.push(stage.to_owned());
        }
        named.extend(month(word, before, after));
        if is_region(word, after) {
            named.push(word.to_lowercase());
        } else if before.is_some_and(|of| FOR_WHOM.contains(&of.to_lowercase().as_str())) {
            let whom = words.get(at..).unwrap_or_default().iter();
            let whom = whom.take_while(|of| of.starts_with(char::is_uppercase));
            named.extend(whom.map(|of| of.to_lowercase()));
        }
    }
    named
}

/// `EU`, `eu-west-1`, `us-east`; not "contact us".
fn is_region(word: &str, after: Option<&str>) -> bool {
    const SIDES: [&str; 7] = ["central", "east", "gov", "north", "region", "south", "west"];
    let is_word = word != "us" || after.is_some_and(|of| SIDES.contains(&of));
    is_word && REGIONS.contains(&word.to_lowercase().as_str())
}

/// `go-live` is no stage, and a numbered stage is none of these.
fn stage(word: &str, before: Option<&str>, after: Option<&str>) -> Option<&'static str> {
    let word = word.to_lowercase();
    let goes =
        before.is_some_and(|of| ["go", "going"].iter().any(|go| go.eq_ignore_ascii_case(of)));
    let counted = after.is_some_and(|of| of.starts_with(|c: char| c.is_ascii_digit()));
    if word == "live" && goes || word == "stage" && counted {
        return None;
    }
    STAGES.iter().find(|(name, _)| *name == word).map(|(_, stage)| *stage)
}

/// The month by its number, and the day where one stands beside it. "may" is one with a capital, or beside
/// a number.
fn month(word: &str, before: Option<&str>, after: Option<&str>) -> Option<String> {
    let lower = word.to_lowercase();
    let number = MONTHS.iter().position(|names| names.contains(&lower.as_str()))? + 1;
    let day = before.and_then(day).or_else(|| after.and_then(day));
    let numbered =
        |of: Option<&str>| of.is_some_and(|of| of.starts_with(|c: char| c.is_ascii_digit()));
    if word == "may" && !numbered(before) && !numbered(after) {
        return None;
    }
    Some(format!("m{number}{}", day.map(|day| format!("d{day}")).unwrap_or_default()))
}

/// `1`, `01`, `1st`: the day of a month.
fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = word.strip_prefix(digits)?.to_lowercase();
    let known = ["", "st", "nd", "rd", "th", "er", "º"].contains(&ending.as_str());
    digits.parse().ok().filter(|day| known && (1..=31).contains(day))
}

/// Dates between slashes: three numbers, the year among them.
fn slashed(title: &str) -> Vec<String> {
    let runs = title.split(|c: char| !(c.is_ascii_digit() || c == '/'));
    let is_date = |run: &&str| {
        let parts: Vec<&str> = run.split('/').collect();
        parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()))
    };
    runs.filter(is_date).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::title_name;

    #[test]
    fn stages_months_and_dates_name_and_other_words_do_not() {
        for (one, other) in [
            ("Staging go-live", "Production go-live"),
            ("Go-live (UAT)", "Go-live (Production)"),
            ("Go live 1 November 2026", "Go live 1 December 2026"),
            ("Release of November 2026", "Release of December 2026"),
            ("November release", "December release"),
            ("1 November: go-live", "2 November: go-live"),
            ("Go live, Nov 1st", "Go live, Nov 2nd"),
            ("Release 01/11/2026", "Release 01/12/2026"),
            ("Release 2026/11/01", "Release 2026/12/01"),
            ("Release 1/11/26", "Release 1/12/26"),
            ("May release", "June release"),
            ("Livraison de mai", "Livraison de juin"),
            ("Freigabe im März", "Freigabe im April"),
            ("Go-live: EU region", "Go-live: US region"),
            ("Rollout eu-west-1", "Rollout us-west-1"),
            ("Launch in Europe", "Launch in Asia"),
            ("Go-live of customer Acme", "Go-live of customer Globex"),
            ("Go-live for Acme Health", "Go-live for Acme Retail"),
            ("Tenant Acme: go-live", "Tenant Globex: go-live"),
        ] {
            assert_ne!(title_name(one), title_name(other), "{one} → {other}");
        }
        for (one, other) in [
            ("Go-live", "Launch"),
            ("Going live", "Launch"),
            ("Prod release", "Release to production"),
            ("Release of Nov 2026", "Release, November 2026"),
            ("What may go wrong", "What can go wrong"),
            ("Security (3/5)", "Security (4/5)"),
            ("Stage 2 rollout", "Round 2 rollout"),
            ("Contact us before go-live", "Call before go-live"),
            ("What customers are told", "What users are told"),
            ("Checklist for the release", "Checklist of the release"),
        ] {
            assert_eq!(title_name(one), title_name(other), "{one} → {other}");
        }
    }
}
