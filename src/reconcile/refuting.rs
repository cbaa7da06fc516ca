//! Which of the artifacts of a requirement that fails refute it. The others are read beside them: what
//! they were asked holds.

use std::collections::BTreeSet;

use crate::condition::{Condition, Outcome, Read};
use crate::model::Artifact;

use super::scope::carries;

/// The places in the condition of what does not hold.
type Places = BTreeSet<(usize, usize)>;

/// Those of `sound` that refute `condition`: that carry what a fact that does not hold is read from,
/// and, where several carry it, do not hold by themselves either. All where that tells none.
pub(super) fn refuting<'a>(
    condition: &Condition,
    outcome: Option<&Outcome>,
    sound: &[&'a Artifact],
    alone: &dyn Fn(&'a Artifact) -> Outcome,
) -> Vec<&'a Artifact> {
    let reads = condition.reads();
    if !reads.artifacts.is_empty() {
        return sound.to_vec();
    }
    let read_by = |groups: &BTreeSet<String>| -> Vec<&'a Artifact> {
        let carrying = |of: &&&Artifact| groups.iter().any(|group| carries(of, group));
        sound.iter().filter(carrying).copied().collect()
    };
    let refuted = outcome.map(|outcome| refuted(&outcome.read)).unwrap_or_default();
    let mut carrying = read_by(&refuted.iter().flat_map(|of| sources(of, &reads.groups)).collect());
    if carrying.is_empty() {
        carrying = read_by(&reads.groups);
    }
    if carrying.len() < 2 {
        return carrying;
    }
    let whole = places(&refuted);
    let is_alone = |of: &&&'a Artifact| {
        let told = alone(of);
        !places(&self::refuted(&told.read)).is_disjoint(&whole)
    };
    let decided: Vec<&Artifact> = carrying.iter().filter(is_alone).copied().collect();
    if decided.is_empty() { carrying } else { decided }
}

fn refuted(read: &[Read]) -> Vec<&Read> {
    read.iter().filter(|of| of.holds == Some(false)).collect()
}

fn places(read: &[&Read]) -> Places {
    read.iter().map(|of| (of.at.start, of.at.end)).collect()
}

/// The groups that a fact is of: of a list that was gone through, that of the list and not what its
/// entries were held against.
fn sources(read: &Read, groups: &BTreeSet<String>) -> BTreeSet<String> {
    let within = |text: &str| -> BTreeSet<String> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let names = text.split(|c| !is_name(c)).filter_map(|path| path.split('.').next());
        names.filter(|name| groups.contains(*name)).map(str::to_owned).collect()
    };
    let lead = within(read.fact.split('(').next().unwrap_or_default());
    if lead.is_empty() { within(&read.fact) } else { lead }
}
