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

/// Parts of a part of the world, as clouds and titles name them.
const SIDES: [&str; 10] = [
    "central",
    "east",
    "gov",
    "north",
    "northeast",
    "northwest",
    "south",
    "southeast",
    "southwest",
    "west",
];

/// What clouds call a part of the world, where a side follows.
const CLOUD_REGIONS: [&str; 7] = ["af", "ap", "ca", "cn", "il", "me", "sa"];

/// What a release may be made for.
const PLATFORMS: [&str; 13] = [
    "android", "desktop", "ios", "ipados", "linux", "macos", "mobile", "tvos", "visionos",
    "watchos", "wearos", "web", "windows",
];

/// What stands before the name of one whom a document is for, however that is written.
const KINDS: [&str; 14] = [
    "account", "client", "cluster", "country", "customer", "kunde", "kunden", "market", "partner",
    "plant", "region", "site", "store", "tenant",
];

/// What stands before such a name with a capital.
const FOR_WHOM: [&str; 4] = ["for", "für", "para", "pour"];

/// Words that are no name, wherever they stand in a title.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "a", "acceptance", "access", "account", "after", "all", "an", "and", "any", "app",
    "application", "approval", "approvals", "are", "at", "audit", "backend", "before", "big", "by", "can",
    "change", "check", "checklist", "checks", "client", "comms", "communication", "company",
    "customer", "cutover", "data", "day", "demo", "deployment", "during", "each", "every",
    "experience", "external", "facing", "feature", "feedback", "final", "first", "for", "from",
    "frontend", "full", "general", "global", "go", "gradual", "handover", "hard", "has", "if", "in",
    "initial", "internal", "is", "launch", "launches", "list", "listing", "live", "major", "map",
    "market", "migration", "minor", "must", "new", "next", "notice", "of", "on", "onboarding", "or",
    "our", "page", "partner", "phased", "pilot", "plan", "platform", "portal", "post", "pre",
    "prior", "product", "project", "public", "readiness", "ready", "release", "releases",
    "reliability", "requirements", "review", "roll", "rollout", "sales", "second", "selection",
    "service", "setup", "sign", "signoff", "site", "soft", "software", "staged", "success",
    "support", "system", "team", "tenant", "test", "testing", "tests", "that", "the", "this", "to",
    "training", "upgrade", "user", "v", "version", "visit", "was", "website", "what", "when",
    "will", "with", "your",
];

/// What a name may stand right before.
const OF_WHOM: [&str; 4] = ["golive", "launch", "onboarding", "rollout"];

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
            named.extend(after.and_then(side));
        } else {
            named.extend(whom(&words, at));
        }
        named.extend(platform(word));
        let begins: Vec<String> =
            goes_live(&words, at).into_iter().filter(|of| !named.contains(of)).collect();
        named.extend(begins);
    }
    named
}

/// `EU`, `eu-west-1`, `us-east`, `westeurope`; not "contact us".
fn is_region(word: &str, after: Option<&str>) -> bool {
    let beside = after.is_some_and(|of| of == "region" || side(of).is_some());
    let lower = word.to_lowercase();
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let parted = || {
        let of_side = |side: &&str| plain.strip_prefix(*side).or_else(|| plain.strip_suffix(*side));
        SIDES.iter().filter_map(of_side).any(|rest| REGIONS.contains(&rest))
    };
    (word != "us" || beside) && REGIONS.contains(&lower.as_str())
        || beside && CLOUD_REGIONS.contains(&word)
        || parted()
}

/// The `west` of `eu-west-1` and of `europe-west1`.
fn side(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    SIDES.contains(&plain).then(|| plain.to_owned())
}

/// A platform, or the place that stands in for one that is lost.
fn platform(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    (PLATFORMS.contains(&lower.as_str()) || word == "DR").then_some(lower)
}

/// Whether a word may be a name: not what titles are made of, nor what names something else.
fn is_name(word: &str) -> bool {
    !PLAIN.contains(&word.to_lowercase().as_str())
        && stage(word, None, None).is_none()
        && month(word, None, None).is_none()
        && platform(word).is_none()
        && !is_region(word, None)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The name that begins at `at` behind what says that one follows: `Customer Acme Health`, `tenant acme`.
fn whom(words: &[&str], at: usize) -> Vec<String> {
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map(|of| of.to_lowercase());
    let is_behind = |kinds: &[&str]| before.as_deref().is_some_and(|of| kinds.contains(&of));
    let behind = words.get(at..).unwrap_or_default();
    let is_kind = is_behind(&KINDS);
    let capitals = behind.iter().take_while(|of| is_capital(of)).filter(|of| is_name(of));
    let capitals: Vec<String> = capitals.map(|of| of.to_lowercase()).collect();
    let own = behind.iter().take(1).filter(|of| of.starts_with(char::is_lowercase));
    match (is_kind || is_behind(&FOR_WHOM), capitals.is_empty()) {
        (true, false) => capitals,
        (true, true) if is_kind => {
            own.filter(|of| is_name(of)).map(|of| of.to_lowercase()).collect()
        }
        _ => Vec::new(),
    }
}

/// The name before a word at `at` that says that its bearer begins: `Acme go-live`, `Acme Health rollout`.
fn goes_live(words: &[&str], at: usize) -> Vec<String> {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|of| of.eq_ignore_ascii_case(word));
    let begins = OF_WHOM.iter().any(|word| is(at, word))
        || is(at, "go") && is(at + 1, "live")
        || is(at, "roll") && is(at + 1, "out");
    let before = words.get(..at).filter(|_| begins).unwrap_or_default().iter().rev();
    let named = before.take_while(|of| is_capital(of)).filter(|of| is_name(of));
    named.map(|of| of.to_lowercase()).collect()
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
            ("Rollout eu-west-1", "Rollout eu-central-1"),
            ("Rollout ap-southeast-1", "Rollout ap-northeast-1"),
            ("Rollout europe-west1", "Rollout europe-north1"),
            ("Rollout westeurope", "Rollout northeurope"),
            ("Android release", "iOS release"),
            ("Release (web)", "Release (mobile)"),
            ("Release", "Release for Windows"),
            ("Release tenant acme", "Release tenant globex"),
            ("Go-live: customer acme", "Go-live: customer globex"),
            ("Cluster blue", "Cluster green"),
            ("Go-live", "Go-live (DR)"),
            ("Acme go-live", "Globex go-live"),
            ("Acme Health Rollout", "Acme Retail Rollout"),
            ("Onboarding", "Acme Onboarding"),
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
            ("Staging go-live", "Go-live: staging"),
            ("Tenant Acme: go-live", "Go-live: tenant Acme"),
            ("EU rollout", "Rollout in the EU"),
            ("Customer go-live", "Go-live of the customer"),
            ("Customer facing release", "Release"),
            ("Client launch checklist", "Client review"),
            ("Product Launch Checklist", "Launch checklist"),
            ("The Big Release: Go-Live", "Release go live"),
            ("What the customer is told", "What is told"),
        ] {
            assert_eq!(title_name(one), title_name(other), "{one} → {other}");
        }
    }
}
