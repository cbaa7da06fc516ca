//! What holds of every text, every condition and every part of the evidence.

use proptest::prelude::*;

use super::world::World;
use crate::condition::{Condition, Undecided};
use crate::facts::{Case, Facts, Finding, Findings, Grade, Keep, Listing, Outcome, Tests};

/// A piece of text that looks like a condition often enough to get far into the parser.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("tests.failed"),
        Just("tests.cases"),
        Just("findings.list"),
        Just("data.a.b"),
        Just(".all(c, "),
        Just(".size()"),
        Just("c.outcome"),
        Just(" == "),
        Just(" && "),
        Just(" || "),
        Just("!"),
        Just("("),
        Just(")"),
        Just("["),
        Just("]"),
        Just("0"),
        Just("1.5"),
        Just("'x'"),
        Just("\"é"),
        Just(" ? "),
        Just(" : "),
        Just(" in "),
        Just("-"),
        Just("/"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("has("),
        Just("passed("),
        Just("\\"),
        Just("artifact(\"a\")."),
        Just("\n"),
        Just("//"),
        Just("日本"),
        Just("r'"),
        Just("b'"),
    ];
    proptest::collection::vec(scrap, 0..24).prop_map(|scraps| scraps.concat())
}

/// A condition on counts and lists of one world.
fn condition() -> impl Strategy<Value = String> {
    let fact = prop_oneof![
        Just("tests.total"),
        Just("tests.failed"),
        Just("tests.skipped"),
        Just("tests.passed"),
        Just("findings.total"),
        Just("findings.critical"),
        Just("findings.errors"),
        Just("tests.cases.size()"),
        Just("findings.list.size()"),
        Just("tests.cases.filter(c, c.outcome == \"failed\").size()"),
        Just("tests.cases.map(c, c.name).size()"),
    ];
    let sign = prop_oneof![Just("=="), Just("!="), Just("<"), Just("<="), Just(">"), Just(">=")];
    let sum = (fact.clone(), prop_oneof![Just("+"), Just("-"), Just("*")], -2..4_i64)
        .prop_map(|(fact, how, n)| format!("({fact} {how} {n})"));
    let side = prop_oneof![fact.prop_map(str::to_owned), sum];
    let compare = (side, sign, -1..6_i64).prop_map(|(side, sign, n)| format!("{side} {sign} {n}"));
    let question = prop_oneof![
        Just("tests.cases.all(c, c.outcome == \"passed\")".to_owned()),
        Just("tests.cases.exists(c, c.outcome == \"failed\")".to_owned()),
        Just("tests.cases.exists_one(c, c.outcome == \"skipped\")".to_owned()),
        Just("findings.list.exists(f, f.severity == \"critical\")".to_owned()),
        Just("passed(\"a\")".to_owned()),
        Just("\"b\" in tests.cases.map(c, c.name)".to_owned()),
    ];
    let leaf = prop_oneof![3 => compare, 1 => question];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            inner.clone().prop_map(|a| format!("!({a})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
        ]
    })
}

/// One artifact: cases by outcome, findings by grade.
fn artifact() -> impl Strategy<Value = Facts> {
    let case = (prop_oneof![Just("a"), Just("b")], 0..4_usize);
    let cases = proptest::collection::vec(case, 0..4);
    let grades = proptest::collection::vec(0..6_usize, 0..3);
    (cases, grades).prop_map(|(cases, grades)| {
        let outcomes = [Outcome::Passed, Outcome::Failed, Outcome::Errored, Outcome::Skipped];
        let mut tests = Tests { cases: Listing::new(Keep::All), ..Tests::default() };
        for (name, outcome) in cases {
            let outcome = outcomes[outcome];
            tests.add(outcome, || Case {
                name: name.to_owned(),
                suite: None,
                file: None,
                outcome,
                duration_s: None,
                message: None,
            });
        }
        let mut findings = Findings::default();
        findings.list = Listing::new(Keep::All);
        for grade in grades {
            findings.add(Finding::graded(Grade::ALL[grade]));
        }
        Facts { tests: Some(tests), findings: Some(findings), ..Facts::default() }
    })
}

fn merged(artifacts: &[Facts]) -> Facts {
    let mut whole = Facts::default();
    for facts in artifacts {
        for group in facts.carried() {
            whole.merge_group(group, facts).unwrap();
        }
    }
    whole
}

proptest! {
    #[test]
    fn any_text_is_a_condition_or_has_a_fault_inside_it(text in any::<String>()) {
        if let Err(faults) = Condition::parse(&text) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(text.get(fault.at.clone()).is_some(), "{:?}", fault);
            }
        }
    }

    #[test]
    fn any_heap_of_scraps_is_a_condition_or_has_a_fault_inside_it(text in scraps()) {
        if let Err(faults) = Condition::parse(&text) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(text.get(fault.at.clone()).is_some(), "{:?}", fault);
            }
        }
    }

    #[test]
    fn an_evaluation_says_the_same_twice(source in condition(), facts in artifact()) {
        let Ok(condition) = Condition::parse(&source) else { return Ok(()) };
        let world = World::of_facts(&facts);
        prop_assert_eq!(condition.evaluate(&world), condition.evaluate(&world));
    }

    #[test]
    fn what_a_part_says_the_whole_never_contradicts(
        source in condition(),
        artifacts in proptest::collection::vec(artifact(), 1..4),
        kept in any::<proptest::sample::Index>(),
    ) {
        let Ok(condition) = Condition::parse(&source) else { return Ok(()) };
        let some = kept.index(artifacts.len()) + 1;
        let part = World::of_facts(&merged(&artifacts[..some])).partial();
        let whole = World::of_facts(&merged(&artifacts));
        let (part, whole) = (condition.evaluate(&part).result, condition.evaluate(&whole).result);
        if let Ok(said) = part {
            prop_assert_ne!(whole, Ok(!said), "{}", source);
        }
    }

    #[test]
    fn a_condition_printed_and_parsed_again_asks_the_same(source in condition()) {
        let Ok(condition) = Condition::parse(&source) else { return Ok(()) };
        let printed = condition.root.to_string();
        let again = Condition::parse(&printed).unwrap();
        prop_assert_eq!(again.root.to_string(), printed);
        prop_assert_eq!(again.change_from(&condition), crate::condition::Change::Same);
    }

    #[test]
    fn nothing_is_proven_by_nothing(source in condition()) {
        let Ok(condition) = Condition::parse(&source) else { return Ok(()) };
        let result = condition.evaluate(&World::default()).result;
        prop_assert!(matches!(result, Err(Undecided::Missing { .. })), "{:?}", result);
    }
}
