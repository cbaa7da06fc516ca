//! What a title or a path names by words: a stage, a month and the day beside it, a date between slashes, a
//! part of the world, and by every word of which not all titles are made.

use std::collections::BTreeSet;

/// Words that name a stage, each beside the one that it is short for.
const STAGES: [(&str, &str); 20] = [
    ("acceptance", "acceptance"),
    ("alpha", "alpha"),
    ("beta", "beta"),
    ("canary", "canary"),
    ("dev", "development"),
    ("development", "development"),
    ("live", "production"),
    ("local", "local"),
    ("preprod", "preproduction"),
    ("preproduction", "preproduction"),
    ("preview", "preview"),
    ("prd", "production"),
    ("prod", "production"),
    ("production", "production"),
    ("qa", "qa"),
    ("sandbox", "sandbox"),
    ("stage", "staging"),
    ("stg", "staging"),
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

/// Words of which titles, folders and files are made whatever they are for. Every other one is a name.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "a", "acceptance", "access", "account", "action", "active", "adr", "all", "an",
    "and", "any", "app", "application", "approval", "approve", "archive", "archived", "are", "as",
    "at", "audit", "be", "big", "board", "build", "by", "call", "can",
    "change", "check", "checklist", "checkliste", "chore", "client", "cluster", "code", "comms",
    "communication", "company", "complete", "completed", "config", "contact", "country",
    "criteria", "current", "customer", "cutover", "day", "delivery", "demo", "deploy",
    "deployment", "devops", "do", "doc", "docs", "document", "documentation", "done",
    "during", "each", "engineering", "env", "environment", "every", "experience",
    "facing", "feature", "feedback", "file", "fix", "for", "freigabe",
    "full", "gate", "general", "github", "gitlab", "global", "go", "golive",
    "guide", "guideline", "handbook", "handover", "has", "history", "hold", "how",
    "if", "in", "index", "infra", "infrastructure", "initial", "is", "issue", "it",
    "item", "kunde", "kunden", "launch", "launches", "lib", "list", "listing", "live", "main",
    "manual", "map", "market", "master", "md", "meta", "migration", "milestone",
    "monitoring", "must", "my", "next", "note", "notice", "of",
    "on", "onboarding", "open", "operation", "ops", "or", "our", "overview", "page",
    "phase", "partner", "place", "plan", "planning", "plant", "platform", "playbook",
    "portal", "prep", "preparation", "prior", "procedure", "process", "product",
    "progress", "project", "publishing", "pull", "qualität", "quality", "readiness",
    "readme", "ready", "region", "release", "reliability", "rel", "report", "request",
    "requirement", "review", "rc", "roadmap", "roll", "rollout", "root", "round", "rule", "run",
    "runbook", "sales", "section", "selection", "service", "setup", "shared", "sign",
    "signoff", "site", "software", "source", "sprint", "src", "stage",
    "standard", "state", "status", "step", "store", "success", "summary", "support", "system",
    "table", "target", "task", "team", "template", "tenant", "test", "testing", "that", "the",
    "them", "they", "this", "to", "todo", "told", "tracker", "tracking", "training", "tutorial",
    "up", "upgrade", "us", "user", "v", "validation", "verification", "version", "visit", "was",
    "we", "web", "website", "week", "what", "when", "who", "wiki", "will", "with", "work",
    "workflow", "world", "write", "wrong", "year", "your",
];

/// Words that are no name where they stand for what somebody may or has to do, or does.
const MODAL: [&str; 6] = ["going", "golive", "may", "might", "must", "should"];

/// What stands before the name of one whom a document is for, be it a single letter.
const KINDS: [&str; 24] = [
    "account",
    "app",
    "client",
    "cluster",
    "country",
    "customer",
    "env",
    "environment",
    "group",
    "kunde",
    "kunden",
    "market",
    "part",
    "partner",
    "plant",
    "product",
    "project",
    "region",
    "release",
    "service",
    "site",
    "store",
    "team",
    "tenant",
];

/// The words of `title` that name one, each as one word whatever it is called: all but those that any title
/// is made of. Names stand behind stages, months and places in the order of letters, for a title may turn.
pub(super) fn words(title: &str) -> Vec<String> {
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut named = slashed(title);
    let mut names = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let after = words.get(at + 1).copied();
        let (stage, month) = (stage(word, before, after), month(word, before, after));
        let is_known = stage.is_some() || month.is_some();
        named.extend(stage.map(str::to_owned));
        named.extend(month);
        if is_region(word, after) {
            named.push(word.to_lowercase());
            named.extend(after.and_then(side));
        } else if !is_known
            && side(word).is_none_or(|_| !before.is_some_and(|of| is_region(of, Some(word))))
        {
            names.extend(name(word, before, words.len() == 1));
        }
    }
    named.extend(names);
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

/// The name that a word is; nothing of one of which any title may be made, nor of a number.
fn name(word: &str, before: Option<&str>, alone: bool) -> Option<String> {
    let lower = word.to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let single = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let forms = [Some(letters.as_str()), letters.strip_suffix('s'), letters.strip_suffix("es")];
    let is_plain = |word: &str| PLAIN.contains(&word) || MODAL.contains(&word);
    let plain = forms.into_iter().flatten().chain(single.as_deref()).any(is_plain);
    let is_behind = || before.is_some_and(|of| KINDS.contains(&of.to_lowercase().as_str()));
    let many = letters.chars().nth(1).is_some() || !letters.is_ascii();
    let counted = word.starts_with(|c: char| c.is_ascii_digit());
    let is_name = !letters.is_empty()
        && !counted
        && if many { !plain || word == "DR" } else { alone || is_behind() || word == "X" };
    is_name.then_some(lower)
}

/// The stages that a text names anywhere: "Deploy to staging", `k6-staging.json`.
pub fn stages(text: &str) -> impl Iterator<Item = &'static str> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|of| !of.is_empty()).collect();
    let found: Vec<&'static str> = (0..words.len())
        .filter_map(|at| {
            let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
            stage(words.get(at)?, before, words.get(at + 1).copied())
        })
        .collect();
    found.into_iter()
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
            ("Go-live Acme", "Go-live Globex"),
            ("Go-live at Acme Corp", "Go-live at Globex Corp"),
            ("Acme: go-live checklist", "Globex: go-live checklist"),
            ("Rollout (DE)", "Rollout (FR)"),
            ("Frankfurt go-live", "Dublin go-live"),
            ("Release Aardvark", "Release Badger"),
            ("Release X", "Release XI"),
            ("Winter release", "Spring release"),
            ("Payments readiness", "Search readiness"),
            ("Checklist | Acme", "Checklist | Globex"),
            ("Sprint twelve", "Sprint thirteen"),
            ("Go-live for tenant A", "Go-live for tenant B"),
            ("Service A release", "Service B release"),
            ("Part A", "Part B"),
            ("10% rollout", "50% rollout"),
            ("Release to 10%", "Release to 50%"),
            ("Backend release", "Frontend release"),
            ("User service release", "Data service release"),
            ("Major release", "Minor release"),
            ("Final release", "First release"),
            ("Migration to production", "Migration from production"),
            ("Go", "No-Go"),
            ("Pre-release", "Post-release"),
            ("Before release", "After release"),
            ("Old release", "New release"),
            ("Release checklist (draft)", "Release checklist"),
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
            ("Acme go-live", "Acme Rollout checklist"),
            ("Production Readiness Checklist", "Checklist of production readiness"),
            ("Launch Rollout", "Rollout of the launch"),
        ] {
            assert_eq!(title_name(one), title_name(other), "{one} → {other}");
        }
    }
}
