//! What holds of every two snapshots.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::super::fixture::{Build, ItemBuild, item, requirement};
use super::super::v1::Change;
use super::super::{Diff, Kind, Sides, diff};
use super::{by_limit, sides};
use crate::model::{Claim, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Requirement;

const WORDS: [&str; 12] = [
    "tests", "pass", "backup", "restored", "api", "limits", "set", "docs", "built", "on", "Linux",
    "80",
];

fn a_text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 1..6).prop_map(|words| words.join(" "))
}

fn a_requirement() -> impl Strategy<Value = Requirement> {
    let condition = select(vec!["p95 < 500", "p95 < 800", "tests.failed == 0"]);
    let age = prop::option::of(select(vec!["7d", "30d"]));
    let paths = prop::option::of(prop::collection::vec(select(vec!["app/**", "core/**"]), 0..3));
    (condition, age, paths).prop_map(|(condition, age, paths)| Requirement {
        max_age: age.map(str::to_owned),
        paths: paths.map(|paths| paths.into_iter().map(str::to_owned).collect()),
        ..requirement(condition)
    })
}

fn an_item() -> impl Strategy<Value = ItemBuild> {
    let claim = select(vec![Claim::Open, Claim::Done, Claim::Cancelled, Claim::None]);
    let verdict = select(vec![Verdict::Pass, Verdict::Fail, Verdict::Missing, Verdict::Stale]);
    let section = select(vec!["Security", "1. Security", "Access", ""]);
    let asked = prop::collection::vec(a_requirement(), 0..3);
    let evidence = prop::collection::vec((select(vec!["a", "b"]), select(vec!["1", "2"])), 0..2);
    let waived = prop::option::of(select(vec!["2026-12-01", "2026-12-31"]));
    let said = (a_text(), select(vec!["", "a", "b", "c"]), section);
    (said, claim, verdict, asked, evidence, waived).prop_map(
        |((text, id, section), claim, verdict, asked, evidence, waived)| {
            let id = if id.is_empty() { text.replace(' ', "-") } else { id.to_owned() };
            let mut made = item(&id, &text).claim(claim).verdict(verdict);
            if !section.is_empty() {
                made = made.under(&[section]);
            }
            made = asked.into_iter().fold(made, ItemBuild::asks);
            made = evidence.iter().fold(made, |made, (path, sha)| made.evidence(path, sha));
            waived
                .filter(|_| claim != Claim::Cancelled)
                .map_or(made.clone(), |day| made.waived(day))
        },
    )
}

prop_compose! {
    fn a_snapshot()(
        checklists in prop::collection::btree_map(
            select(vec!["a.md", "docs/b.md", "docs/c.md"]),
            prop::collection::vec(an_item(), 0..7),
            0..3,
        ),
        facts in 0..3_u64,
    ) -> Snapshot {
        let mut build = Build::new().artifact("a", "1", json!({"tests": {"failed": facts}}));
        for (path, items) in checklists {
            build = items.into_iter().fold(build.checklist(path), Build::item);
        }
        let mut snapshot = build.done();
        for checklist in &mut snapshot.checklists {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for item in &mut checklist.items {
                let count = seen.entry(item.id.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    item.id = format!("{}-{count}", item.id);
                }
            }
        }
        snapshot
    }
}

fn back() -> Sides<'static> {
    let there = sides();
    Sides { from: there.to, to: there.from, compare: &by_limit, ..sides() }
}

/// What a row says of both sides, whichever is called the earlier.
fn told(change: &Change, swapped: bool) -> (Kind, Option<String>, Option<String>) {
    match (swapped, change.kind) {
        (false, kind) => (kind, change.from.clone(), change.to.clone()),
        (true, Kind::Added) => (Kind::Removed, change.to.clone(), change.from.clone()),
        (true, Kind::Removed) => (Kind::Added, change.to.clone(), change.from.clone()),
        (true, kind) => (kind, change.to.clone(), change.from.clone()),
    }
}

fn all_told(diff: &Diff, swapped: bool) -> Vec<(Kind, Option<String>, Option<String>)> {
    let mut told: Vec<_> = diff.changes.iter().map(|change| told(change, swapped)).collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_snapshot_does_not_differ_from_itself(snapshot in a_snapshot()) {
        let diff = diff(&snapshot, &snapshot, &sides());
        prop_assert_eq!(&diff.changes, &[]);
        let items: usize = snapshot.checklists.iter().map(|checklist| checklist.items.len()).sum();
        prop_assert_eq!(diff.summary.unchanged, items as u64);
    }

    #[test]
    fn swapping_the_sides_swaps_the_changes(from in a_snapshot(), to in a_snapshot()) {
        let (there, back) = (diff(&from, &to, &sides()), diff(&to, &from, &back()));
        prop_assert_eq!(all_told(&there, false), all_told(&back, true));
        prop_assert_eq!(there.summary.unchanged, back.summary.unchanged);
        prop_assert_eq!(there.summary.claimed.from, back.summary.claimed.to);
    }

    #[test]
    fn every_item_is_paired_gone_or_new(from in a_snapshot(), to in a_snapshot()) {
        let diff = diff(&from, &to, &sides());
        let count = |kind: Kind| diff.changes.iter().filter(|c| c.kind == kind).count() as u64;
        let (from, to) = (diff.summary.items.from, diff.summary.items.to);
        prop_assert_eq!(from - count(Kind::Removed), to - count(Kind::Added));
    }

    #[test]
    fn regressions_stand_first_and_each_has_its_reason(from in a_snapshot(), to in a_snapshot()) {
        let diff = diff(&from, &to, &sides());
        prop_assert!(diff.changes.is_sorted_by_key(|change| !change.regression));
        for change in &diff.changes {
            let from_done = change.kind == Kind::Claim && change.from.as_deref() == Some("done");
            prop_assert!(!from_done || change.regression);
            let out = change.weakening && change.to.as_deref() == Some("cancelled");
            prop_assert!(change.kind != Kind::Claim || from_done || out || !change.regression);
            prop_assert!(change.from != change.to || change.kind == Kind::Moved, "{:?}", change);
        }
    }
}
