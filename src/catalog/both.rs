//! A line of two claims: where each half is known whole, one requirement asks for both.

use std::collections::BTreeSet;

use crate::condition::Condition;
use crate::model::Item;

use super::proposal::{Draft, Proposal};
use super::side::Side;

/// What stands between two claims.
const BETWEEN: [&str; 5] = [" and ", " & ", " + ", "; ", ", "];

/// The proposal for both halves of `item`, where `known` has one for each; `None` where it is no such
/// line, or where one requirement cannot ask for both.
pub(super) fn propose(item: &Item, known: &dyn Fn(&Item) -> Option<Proposal>) -> Option<Proposal> {
    // What is remarked may be said of either half, or of both.
    if item.note.is_some() {
        return None;
    }
    let text = item.text.as_str();
    let places = BETWEEN.iter().flat_map(|mark| text.match_indices(mark));
    places.filter_map(|(at, mark)| Some((text.get(..at)?, text.get(at + mark.len()..)?))).find_map(
        |(one, other)| {
            let side = Side::of_text(text);
            if Side::of_text(one) != side || Side::of_text(other) != side {
                return None;
            }
            joined(known(&half(item, one))?, known(&half(item, other))?)
        },
    )
}

/// An item that says `text` alone.
fn half(item: &Item, text: &str) -> Item {
    let own = |figure: &&crate::model::Figure| text.contains(&figure.text);
    Item {
        text: text.to_owned(),
        figures: item.figures.iter().filter(own).cloned().collect(),
        ..item.clone()
    }
}

fn joined(one: Proposal, other: Proposal) -> Option<Proposal> {
    let lacks: Vec<String> = one.lacks.into_iter().chain(other.lacks).collect();
    let draft = match (one.draft, other.draft) {
        (Some(one), Some(other)) => Some(asking_for_both(one, other)?),
        _ => None,
    };
    let (idea, why) =
        (format!("{}+{}", one.idea, other.idea), format!("{} {}", one.why, other.why));
    Some(Proposal { idea, why, draft, lacks })
}

/// The requirement of both. Each half is asked of what it would be asked of by itself: they read the
/// same artifacts, or other groups of facts.
pub(super) fn asking_for_both(one: Draft, other: Draft) -> Option<Draft> {
    let conditions = [one.condition.as_deref()?, other.condition.as_deref()?];
    let [a, b] = conditions.map(groups);
    let apart = a?.is_disjoint(&b?) || one.artifacts == other.artifacts;
    let of_a_person = one.sign_off.is_some() || other.sign_off.is_some();
    if !apart || of_a_person || one.max_age != other.max_age || one.paths != other.paths {
        return None;
    }
    let condition = conditions.map(enclosed).join(" && ");
    let mut artifacts = one.artifacts;
    artifacts.extend(
        other.artifacts.into_iter().filter(|of| !artifacts.contains(of)).collect::<Vec<_>>(),
    );
    let draft = Draft {
        artifacts,
        condition: Some(condition),
        max_age: one.max_age,
        paths: one.paths,
        sign_off: None,
    };
    draft.is_sound().then_some(draft)
}

/// The groups of facts that a condition reads, of whatever artifact.
fn groups(condition: &str) -> Option<BTreeSet<String>> {
    let condition = Condition::parse(condition).ok()?;
    let reads = condition.reads();
    let named = reads.artifacts.iter().map(|(_, group)| group.clone());
    Some(reads.groups.iter().cloned().chain(named).collect())
}

/// In parentheses, where an `&&` would bind closer than what stands in it.
fn enclosed(condition: &str) -> String {
    match condition.contains("||") || condition.contains('?') {
        true => format!("({condition})"),
        false => condition.to_owned(),
    }
}
