//! What the configuration asks of all items alike, before and after.

mod required;

use std::collections::BTreeSet;

use crate::facts::Grade;
use crate::model::Age;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Policy;

use super::requirement::freshness::{all_of, covers};
use super::v1::PolicyChange;

/// The age that is asked of all evidence.
const MAX_AGE: &str = "[defaults] max-age";

/// The rules of the gate.
const GATE: &str = "[gate]";

/// How the gate's share is written.
const SHARE: &str = "min-proven ";

/// What differs. Where no requirement stood before, nothing was asked that could be weakened.
pub(super) fn between(from: &Snapshot, to: &Snapshot) -> Vec<PolicyChange> {
    let mut items = from.checklists.iter().flat_map(|of| &of.items);
    let asked = items.any(|item| item.requirement.is_some());
    let from_to = [from, to];
    let mut all = changes(from.policy.as_ref(), to.policy.as_ref());
    let now = to.policy.as_ref().map_or(&[][..], |policy| &policy.gate);
    for change in all.iter_mut().filter(|of| of.weakening) {
        change.weakening = match (change.what.as_str(), &change.from) {
            (MAX_AGE, from) => is_age_in_force(from.is_none(), from_to),
            (GATE, Some(rule)) => !required::is_held(rule, now, from_to),
            _ => true,
        };
    }
    all.iter_mut().for_each(|change| change.weakening &= asked);
    all
}

/// Whether what became of the default age asks less of anything: of what says no age of its own now, and
/// where there was no default of what needed none before, for it had to be of the very code. What says
/// another age than before is told of by itself.
fn is_age_in_force(was_none: bool, [from, to]: [&Snapshot; 2]) -> bool {
    let is_asked = |side: &Snapshot, by_code: bool| {
        let items = side.checklists.iter().flat_map(|of| &of.items);
        let mut conditions = items.flat_map(|of| of.asked()).filter(|of| of.condition.is_some());
        conditions.any(|of| of.max_age.is_none() && (!by_code || of.paths.is_none()))
    };
    match was_none {
        true => is_asked(from, false) && is_asked(to, true),
        false => is_asked(to, false),
    }
}

/// The same of policies alone; nothing where a side does not tell.
fn changes(from: Option<&Policy>, to: Option<&Policy>) -> Vec<PolicyChange> {
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    // Where no age was asked and no paths are, evidence had to be of the very code.
    let another = |from: Option<&str>, to: Option<&str>| from.is_none() || longer(from, to);
    let age = changed(MAX_AGE, &from.max_age, &to.max_age, another);
    let severity =
        changed("[severities] unknown", &from.unknown_severity, &to.unknown_severity, lower);
    let share = changed("[gate] min-proven", &share(from), &share(to), smaller);
    let mut all: Vec<PolicyChange> = age.into_iter().chain(severity).collect();
    all.extend(ignored(&from.ignore, &to.ignore));
    if let (Some(from), Some(to)) = (&from.artifacts, &to.artifacts) {
        all.extend(places(from, to));
    }
    if from.environment.is_some() && to.environment.is_some() {
        all.extend(changed("[deploy] environment", &from.environment, &to.environment, earlier));
    }
    let rules = |of: &Policy| -> Vec<String> {
        of.gate.iter().filter(|rule| !rule.starts_with(SHARE)).cloned().collect()
    };
    all.extend(entries(GATE, &rules(from), &rules(to), true));
    all.extend(share);
    all
}

fn share(of: &Policy) -> Option<String> {
    of.gate.iter().find_map(|rule| rule.strip_prefix(SHARE)).map(str::to_owned)
}

/// A value that differs; less is asked where `is_less` says so of the two.
fn changed(
    what: &str,
    from: &Option<String>,
    to: &Option<String>,
    is_less: impl Fn(Option<&str>, Option<&str>) -> bool,
) -> Option<PolicyChange> {
    (from != to).then(|| PolicyChange {
        what: what.to_owned(),
        from: from.clone(),
        to: to.clone(),
        weakening: is_less(from.as_deref(), to.as_deref()),
    })
}

/// Entries that came or went: less is asked where one goes of what `asks`, or comes of what does not.
fn entries(what: &str, from: &[String], to: &[String], asks: bool) -> Vec<PolicyChange> {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (from.iter().collect(), to.iter().collect());
    let change = |from: Option<&String>, to: Option<&String>| PolicyChange {
        what: what.to_owned(),
        from: from.cloned(),
        to: to.cloned(),
        weakening: asks == to.is_none(),
    };
    let gone = old.difference(&new).map(|entry| change(Some(entry), None));
    let come = new.difference(&old).map(|entry| change(None, Some(entry)));
    gone.chain(come).collect()
}

/// What never makes evidence stale: less is asked where something comes that nothing held before.
fn ignored(from: &[String], to: &[String]) -> Vec<PolicyChange> {
    let mut all = entries("[defaults] ignore", from, to, false);
    for change in &mut all {
        let come = change.to.as_deref();
        let held = |glob: &str| from.iter().any(|before| covers(before, glob));
        let is_held = |come: &str| held(come) || all_of(come).is_some_and(|all| held(&all));
        change.weakening &= !come.is_some_and(is_held);
    }
    all
}

/// Where reports are looked for: less is asked where a place is gone and no other holds it.
fn places(from: &[String], to: &[String]) -> Vec<PolicyChange> {
    let mut all = entries("artifacts", from, to, true);
    for change in &mut all {
        let gone = change.from.as_deref();
        change.weakening &= gone.is_some_and(|gone| !to.iter().any(|kept| covers(kept, gone)));
    }
    all
}

fn longer(from: Option<&str>, to: Option<&str>) -> bool {
    let seconds = |text: &str| text.parse::<Age>().ok().map(|age| age.as_seconds());
    match (from, to) {
        (Some(from), Some(to)) => seconds(to) > seconds(from),
        (from, _) => from.is_some(),
    }
}

/// What nobody placed must be asked for by name, so any place but the gravest asks less.
fn lower(from: Option<&str>, to: Option<&str>) -> bool {
    let grade = |text: Option<&str>| text.map_or(Grade::Critical, Grade::from_word);
    grade(to) > grade(from)
}

/// Where something is deployed before it is released: evidence of that counts earlier.
const STAGES: [&str; 12] = [
    "beta",
    "canary",
    "dev",
    "development",
    "int",
    "preprod",
    "preview",
    "qa",
    "sandbox",
    "staging",
    "test",
    "uat",
];

/// A stage before production in the place of what is none.
fn earlier(from: Option<&str>, to: Option<&str>) -> bool {
    let is_stage = |name: Option<&str>| {
        let name = name.unwrap_or_default().to_ascii_lowercase();
        name.split(|c: char| !c.is_ascii_alphabetic()).any(|word| STAGES.contains(&word))
    };
    is_stage(to) && !is_stage(from)
}

fn smaller(from: Option<&str>, to: Option<&str>) -> bool {
    let number = |text: Option<&str>| -> f64 {
        text.and_then(|text| text.trim_end_matches([' ', '%']).parse().ok()).unwrap_or(-1.0)
    };
    number(to) < number(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(age: &str, ignore: &[&str], unknown: &str, gate: &[&str]) -> Policy {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Policy {
            max_age: some(age),
            ignore: all(ignore),
            artifacts: None,
            unknown_severity: some(unknown),
            environment: None,
            gate: all(gate),
        }
    }

    /// `what` for each change, with a `!` where less is asked.
    fn told(from: &Policy, to: &Policy) -> Vec<String> {
        let told = |of: PolicyChange| format!("{}{}", if of.weakening { "!" } else { "" }, of.what);
        changes(Some(from), Some(to)).into_iter().map(told).collect()
    }

    #[test]
    fn what_asks_less_is_told_from_what_asks_more() {
        let before = policy("7d", &["docs/**"], "", &["fail-on stale", "min-proven 80 %"]);
        let after = policy("2w", &["**"], "low", &["fail-on failing", "min-proven 75 %"]);
        assert_eq!(
            told(&before, &after),
            [
                "![defaults] max-age",
                "![severities] unknown",
                "[defaults] ignore",
                "![defaults] ignore",
                "![gate]",
                "[gate]",
                "![gate] min-proven",
            ]
        );
        assert_eq!(told(&before, &before), Vec::<String>::new());
        assert_eq!(
            told(&policy("7d", &[], "", &[]), &policy("", &[], "", &[])),
            ["![defaults] max-age"]
        );
        assert_eq!(
            told(&policy("", &[], "medium", &[]), &policy("", &[], "critical", &[])),
            ["[severities] unknown"]
        );
    }

    #[test]
    fn fewer_places_of_artifacts_ask_less_and_wider_ones_do_not() {
        let at = |globs: &[&str]| Policy {
            artifacts: Some(globs.iter().map(|glob| (*glob).to_owned()).collect()),
            ..policy("", &[], "", &[])
        };
        let (wide, narrow) = (at(&["reports/**"]), at(&["reports/unit/**"]));
        assert_eq!(told(&wide, &narrow), ["!artifacts", "artifacts"]);
        assert_eq!(told(&narrow, &wide), ["artifacts", "artifacts"]);
        assert_eq!(told(&at(&["a/**", "b/**"]), &at(&["a/**"])), ["!artifacts"]);
        assert_eq!(told(&policy("", &[], "", &[]), &narrow), Vec::<String>::new());
    }

    #[test]
    fn a_side_that_does_not_tell_differs_in_nothing() {
        let known = policy("7d", &[], "", &["fail-on stale"]);
        assert_eq!(changes(None, Some(&known)), Vec::new());
        assert_eq!(changes(Some(&known), None), Vec::new());
    }

    #[test]
    fn whose_deployment_opens_the_windows_is_told() {
        let of = |name: Option<&str>| Policy {
            environment: name.map(str::to_owned),
            ..policy("", &[], "", &[])
        };
        let told = |from, to| told(&of(from), &of(to));
        assert_eq!(told(Some("production"), Some("staging-eu")), ["![deploy] environment"]);
        assert_eq!(told(Some("production"), Some("prod-eu")), ["[deploy] environment"]);
        assert_eq!(told(Some("staging"), Some("production")), ["[deploy] environment"]);
        assert!(told(None, Some("staging")).is_empty(), "it was not told before");
    }
}
