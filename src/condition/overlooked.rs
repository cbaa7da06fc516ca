//! What a condition leaves aside of what it asks for: findings without a severity, what the tool
//! could not check, and facts that another one says are not whole.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Fact, Function, How, Kind, Node};
use crate::facts::{Grade, Value};

/// What a condition leaves aside, by the glob of `artifact("…")`; `None` for all artifacts together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Overlooked {
    /// Findings of which severities are asked, and neither `unknown` nor `total`.
    pub(super) grades: Vec<Graded>,
    /// Findings or checks that are asked, and not how much could not be checked.
    pub(super) unchecked: Vec<Option<String>>,
    /// Facts that are asked without the one that they hang on.
    pub(super) hinges: BTreeSet<(Option<String>, Hinge)>,
}

/// Facts that hang on another of their group: it says whether they tell all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hinge {
    /// That no rule fires, on whether each could be evaluated.
    Rules,
    /// That no target is down, on how many were scraped.
    Targets,
    /// What is said of tests, on whether each shard of the run is there.
    Tests,
    /// That no test failed, on how many ended in an error.
    Errors,
    /// What is said of a statement, on what it says came of it.
    Provenance,
    /// That no limit was crossed, on whether each limits something measured.
    Thresholds,
}

impl Hinge {
    const ALL: [Hinge; 6] = [
        Hinge::Rules,
        Hinge::Targets,
        Hinge::Tests,
        Hinge::Errors,
        Hinge::Provenance,
        Hinge::Thresholds,
    ];

    /// The group of facts.
    pub(super) fn group(self) -> &'static str {
        match self {
            Hinge::Rules => "rules",
            Hinge::Targets => "targets",
            Hinge::Tests | Hinge::Errors => "tests",
            Hinge::Provenance => "provenance",
            Hinge::Thresholds => "thresholds",
        }
    }

    /// Whether a fact of the group hangs on another, or is that other.
    fn role(self, member: Option<&str>) -> Option<Role> {
        match (self, member) {
            (Hinge::Rules, Some("unhealthy"))
            | (Hinge::Targets, Some("up" | "total"))
            | (Hinge::Tests, Some("shards_missing"))
            | (Hinge::Errors, Some("errored"))
            | (Hinge::Thresholds, Some("unmeasured"))
            | (Hinge::Provenance, Some("result")) => Some(Role::Known),
            (Hinge::Errors, Some("failed")) => Some(Role::Asked),
            (Hinge::Rules, Some("total" | "alerting")) | (Hinge::Errors, _) => None,
            (Hinge::Thresholds, Some("total")) => None,
            _ => Some(Role::Asked),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Asked,
    Known,
}

/// Findings that are asked for by severity alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Graded {
    /// The glob of `artifact("…")`.
    pub(super) artifact: Option<String>,
    /// Whether the entries of `findings.list` are asked for theirs.
    pub(super) list: bool,
}

/// What a condition asks of the findings of some artifacts.
#[derive(Default)]
struct Asked {
    graded: bool,
    all: bool,
    list: bool,
    findings: bool,
    checks: bool,
    unchecked: bool,
}

/// What `root` leaves aside.
pub(super) fn overlooked(root: &Node) -> Overlooked {
    let mut asked: BTreeMap<Option<String>, Asked> = BTreeMap::new();
    let mut hinges: BTreeMap<(Option<String>, Hinge), Role> = BTreeMap::new();
    let mut health = false;
    // A document's own rules are walked by its own names.
    let (mut document, mut healthy) = (false, false);
    let mut severity = false;
    let mut unknown = false;
    // Outcomes of test cases, by the word.
    let (mut cases, mut failed, mut errored) = (false, false, false);
    collect(root, &mut |node| match &node.kind {
        Kind::Fact(fact) => {
            add(fact, &mut asked);
            hang(fact, &mut hinges);
            cases |= fact.path == ["tests", "cases"];
            document |= fact.group() == "data";
        }
        Kind::Call(call) if call.function == Function::Passed => {
            hinges.entry((call.artifact.clone(), Hinge::Tests)).or_insert(Role::Asked);
        }
        Kind::Walk(walk) if is_rules(&walk.over) => {
            let asks = |body: &Node| asks_health(body, &walk.variable);
            health |= asks(&walk.body) || walk.only.as_ref().is_some_and(asks);
        }
        Kind::Member { name, .. } | Kind::Has { name, .. } if name == "severity" => severity = true,
        Kind::Member { name, .. } if name == "health" => healthy = true,
        Kind::Literal(Value::Text(word)) => {
            unknown |= word.as_ref() == Grade::Unknown.word();
            failed |= word.as_ref() == "failed";
            errored |= word.as_ref() == "errored";
        }
        _ => {}
    });
    if cases && failed && !errored {
        hinges.entry((None, Hinge::Errors)).or_insert(Role::Asked);
    }
    // Who allows for it anywhere knows of it; checks have no count of their own.
    let known = asked.values().any(|asked| asked.unchecked);
    health |= document && healthy;
    // Who asks each listed rule for its health knows of it.
    hinges.retain(|(_, hinge), role| *role == Role::Asked && !(health && *hinge == Hinge::Rules));
    let hinges = hinges.into_keys().collect();
    let mut left = Overlooked { hinges, ..Overlooked::default() };
    for (artifact, asked) in asked {
        if !asked.unchecked && (asked.findings || (asked.checks && !known)) {
            left.unchecked.push(artifact.clone());
        }
        let list = asked.list && severity && !unknown;
        if (asked.graded || list) && !asked.all {
            left.grades.push(Graded { artifact, list });
        }
    }
    left
}

/// Whether a list is one of rules, whole or filtered.
fn is_rules(list: &Node) -> bool {
    match &list.kind {
        Kind::Fact(fact) => fact.path == ["rules", "list"],
        Kind::Walk(walk) if walk.how == How::Filter => is_rules(&walk.over),
        _ => false,
    }
}

/// Whether `body` asks the rule that `variable` stands for how it was evaluated.
fn asks_health(body: &Node, variable: &str) -> bool {
    let mut asks = false;
    collect(body, &mut |node| match &node.kind {
        Kind::Member { of, name } | Kind::Has { of, name } => {
            let is_it = matches!(&of.kind, Kind::Variable(of) if of == variable);
            asks |= name == "health" && is_it;
        }
        _ => {}
    });
    asks
}

fn collect(node: &Node, visit: &mut impl FnMut(&Node)) {
    visit(node);
    for part in node.parts() {
        collect(part, visit);
    }
}

/// Notes what hangs on another fact; that this is asked stands.
fn hang(fact: &Fact, hinges: &mut BTreeMap<(Option<String>, Hinge), Role>) {
    // So does what a report's own document says of its tests and rules.
    for hinge in [Hinge::Rules, Hinge::Tests].into_iter().filter(|_| fact.group() == "data") {
        hinges.entry((fact.artifact.clone(), hinge)).or_insert(Role::Asked);
    }
    for hinge in Hinge::ALL.into_iter().filter(|hinge| hinge.group() == fact.group()) {
        let Some(role) = hinge.role(fact.path.get(1).map(String::as_str)) else { continue };
        let known = hinges.entry((fact.artifact.clone(), hinge)).or_insert(role);
        if role == Role::Known {
            *known = role;
        }
    }
}

fn add(fact: &Fact, asked: &mut BTreeMap<Option<String>, Asked>) {
    // What a report's own document says hangs on what the tool could not look at, as its facts do.
    let findings = matches!(fact.group(), "findings" | "data");
    let checks = fact.group() == "checks";
    if !findings && !checks {
        return;
    }
    let asked = asked.entry(fact.artifact.clone()).or_default();
    asked.findings |= findings;
    asked.checks |= checks;
    match fact.path.get(1).map(String::as_str).filter(|_| fact.group() == "findings") {
        Some("unchecked") => asked.unchecked = true,
        Some("unknown" | "total") => asked.all = true,
        Some("list") => asked.list = true,
        Some(word) => asked.graded |= Grade::ALL.iter().any(|grade| grade.word() == word),
        None => {}
    }
}
