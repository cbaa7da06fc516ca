//! What lowers the bar, told by kind: items that are gone are no requirements that ask for less.

use crate::model::{counted, plural};

use super::v1::{Change, Diff};
use super::words::{Detail, Kind};

/// What is counted together, and the words for one of it: the noun, and what became of it.
type Lowered = (&'static str, &'static str);

/// `13 ticked items are gone.`, `2 requirements loosened, 1 waiver added.`; empty where nothing asks
/// for less.
pub fn weakened(diff: &Diff) -> String {
    let mut counts: Vec<(Lowered, u64)> = Vec::new();
    let mut count = |kind: Lowered| match counts.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, count)) => *count += 1,
        None => counts.push((kind, 1)),
    };
    let mut gone = 0;
    for change in diff.changes.iter().filter(|change| change.weakening) {
        match (change.kind, change.detail) {
            (Kind::Removed, Detail::Ticked) => gone += 1,
            _ => count(of(change)),
        }
    }
    for _ in diff.policy.iter().filter(|change| change.weakening) {
        count(("rule for all items", "weaker"));
    }
    let others: Vec<String> = counts
        .into_iter()
        .map(|((noun, became), count)| format!("{} {became}", counted(count, noun)))
        .collect();
    let mut said = Vec::new();
    if gone > 0 {
        said.push(format!("{} {} gone.", counted(gone, "ticked item"), plural(gone, "is")));
    }
    if !others.is_empty() {
        said.push(format!("{}.", others.join(", ")));
    }
    said.join(" ")
}

fn of(change: &Change) -> Lowered {
    match (change.kind, change.detail) {
        (Kind::Removed, _) => ("open item", "gone with what was asked of it"),
        (Kind::Requirement, Detail::Loosened) => ("requirement", "loosened"),
        (Kind::Requirement, Detail::Removed) => ("requirement", "taken away"),
        (Kind::Requirement, _) => ("requirement", "changed"),
        (Kind::Waiver, Detail::Extended) => ("waiver", "extended"),
        (Kind::Waiver, _) => ("waiver", "added"),
        (Kind::Claim, _) => ("item", "struck or marked as not applicable"),
        (Kind::Reworded, _) => ("priority", "lowered"),
        (Kind::Moved, _) => ("item", "due later"),
        (Kind::Status | Kind::Added | Kind::Evidence, _) => ("item", "asked for less"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{item, requirement};
    use super::super::tests::between;
    use super::weakened;

    #[test]
    fn items_that_are_gone_are_not_called_requirements() {
        let ticked = [item("a", "A").ticked(), item("b", "B").ticked(), item("c", "C")];
        assert_eq!(weakened(&between(&ticked, &ticked[2..])), "2 ticked items are gone.");
        assert_eq!(weakened(&between(&ticked, &ticked[1..])), "1 ticked item is gone.");
        assert_eq!(weakened(&between(&ticked, &ticked)), "");
        let asked = item("b", "B").asks(requirement("p95 < 500"));
        let before = [item("a", "A").ticked(), asked];
        let after = [item("b", "B").waived("2026-12-31")];
        assert_eq!(
            weakened(&between(&before, &after)),
            "1 ticked item is gone. 1 requirement taken away, 1 waiver added."
        );
    }
}
