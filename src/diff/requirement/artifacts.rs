//! What became of the artifacts that are asked for.

use std::collections::BTreeMap;

use crate::snapshot::v1::{Requirement, Wanted};

use super::super::words::Shift;
use super::{Aspect, freshness, said};

/// The artifacts, if others are asked for, or less or more of them.
pub(super) fn aspect(
    from: &Requirement,
    to: &Requirement,
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<Aspect> {
    let (before, after) = (&from.artifacts, &to.artifacts);
    let shift = match (before.is_empty(), after.is_empty()) {
        (true, true) => return None,
        (false, false) => among(before, after, compare)?,
        (true, false) | (false, true) => Shift::Changed,
    };
    let why = match shift {
        Shift::Loosened => "Fewer artifacts are asked for, or less vouches for them.",
        Shift::Tightened => "More artifacts are asked for, or more vouches for them.",
        Shift::Changed | Shift::Same => "Other artifacts are asked for.",
    };
    Some(Aspect {
        shift,
        from: said::artifacts(before),
        to: said::artifacts(after),
        why: why.to_owned(),
    })
}

/// All differences together; `None` where only the order differs.
fn among(
    before: &[Wanted],
    after: &[Wanted],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<Shift> {
    let (before, after) = (by_glob(before), by_glob(after));
    let gone = before
        .iter()
        .filter(|(glob, _)| !after.contains_key(*glob))
        .map(|(_, gone)| if gone.optional { Shift::Changed } else { Shift::Loosened });
    let new = after
        .iter()
        .filter(|(glob, _)| !before.contains_key(*glob))
        .map(|(_, new)| if new.optional { Shift::Changed } else { Shift::Tightened });
    let (gone, new): (Vec<Shift>, Vec<Shift>) = (gone.collect(), new.collect());
    // One glob in another's place: unless it is a part of it, which of them asks for more cannot be
    // told.
    let replaced = !gone.is_empty() && !new.is_empty();
    let narrowed = narrowed(&before, &after);
    let kept = before.iter().filter_map(|(glob, one)| Some((one, after.get(glob)?)));
    let kept = kept.flat_map(|(one, other)| same_glob(one, other, compare));
    let listed = if replaced {
        vec![if narrowed { Shift::Loosened } else { Shift::Changed }]
    } else {
        [gone, new].concat()
    };
    listed.into_iter().chain(kept).max().filter(|shift| *shift != Shift::Same)
}

/// Whether a glob that is gone lives on only in parts of it: what fails beside them is not seen.
fn narrowed(before: &BTreeMap<&str, &Wanted>, after: &BTreeMap<&str, &Wanted>) -> bool {
    before.keys().any(|gone| {
        let kept = after.keys().any(|other| freshness::covers(other, gone));
        !kept && after.keys().any(|other| freshness::covers(gone, other))
    })
}

fn by_glob(wanted: &[Wanted]) -> BTreeMap<&str, &Wanted> {
    wanted.iter().map(|wanted| (wanted.glob.as_str(), wanted)).collect()
}

fn same_glob(before: &Wanted, after: &Wanted, compare: &dyn Fn(&str, &str) -> Shift) -> [Shift; 3] {
    let optional = match (before.optional, after.optional) {
        (false, true) => Shift::Loosened,
        (true, false) => Shift::Tightened,
        (true, true) | (false, false) => Shift::Same,
    };
    let format = if before.format == after.format { Shift::Same } else { Shift::Changed };
    // Without a voucher an empty output of a silent tool counts for nothing.
    let vouched = match (&before.vouched_by, &after.vouched_by) {
        (None, None) => Shift::Same,
        (None, Some(_)) => Shift::Loosened,
        (Some(_), None) => Shift::Tightened,
        (Some(before), Some(after)) => {
            let (before, after) = (said::one_line(before), said::one_line(after));
            if before == after { Shift::Same } else { compare(&before, &after) }
        }
    };
    [optional, format, vouched]
}
