//! The headline figures, counted from the items that the snapshot holds.

use crate::model::{Claim, ItemKind, Status};

use super::v1::{Checklist, Criteria, Gate, Item, Sets, Summary, Windows};

/// Counts everything; `gate` is given.
pub fn summary(checklists: &[Checklist], gate: Gate) -> Summary {
    let mut summary = Summary { gate, ..Summary::default() };
    for status in Status::ALL {
        summary.by_status.insert(status.word().to_owned(), 0);
    }
    for item in checklists.iter().flat_map(|checklist| &checklist.items) {
        *summary.by_status.entry(item.status.word().to_owned()).or_default() += 1;
        count(&mut summary.overall, item);
        match item.kind {
            ItemKind::Task => count(&mut summary.tasks, item),
            ItemKind::Criterion => criterion(&mut summary.criteria, item),
            ItemKind::TableRow => {}
        }
        window(&mut summary.windows, item);
    }
    summary
}

fn count(sets: &mut Sets, item: &Item) {
    sets.items += 1;
    if item.claim == Claim::Cancelled {
        return;
    }
    sets.applicable += 1;
    let claimed = item.claim == Claim::Done;
    let proven = item.status.is_proven();
    sets.claimed += u64::from(claimed);
    sets.proven += u64::from(proven);
    sets.both += u64::from(claimed && proven);
    sets.claimed_not_proven += u64::from(claimed && !proven);
    sets.proven_not_claimed += u64::from(!claimed && proven);
}

fn criterion(criteria: &mut Criteria, item: &Item) {
    if item.claim != Claim::Cancelled {
        criteria.applicable += 1;
        criteria.proven += u64::from(item.status.is_proven());
    }
}

fn window(windows: &mut Windows, item: &Item) {
    match item.window.as_ref().map(|window| window.state.as_str()) {
        Some("not-yet-due") => windows.not_yet_due += 1,
        Some("due") => windows.due += 1,
        Some("overdue") => windows.overdue += 1,
        Some("met") => windows.met += 1,
        _ => {}
    }
}
