//! What became of the exceptions of an item.

use std::cmp::Ordering;

use crate::model::{Status, Timestamp};
use crate::snapshot::v1::Waiver;

use super::super::pairing::Located;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::{Context, Ledger, reach, row, written_at};

/// The exception that counts for an item on one side.
struct Exception {
    by: String,
    until: String,
    reason: String,
    in_force: bool,
    hides: Option<Status>,
    place: Option<String>,
}

impl Exception {
    /// The item's own, else the one of the ledger that holds longest.
    fn of(ledger: &Ledger<'_>, at: Option<&Located<'_>>) -> Option<Exception> {
        let at = at?;
        let matching = ledger.waivers(at);
        if let Some(own) = &at.item.waiver {
            let written = matching.iter().find(|waiver| {
                let same_end = ends(&waiver.until) == ends(&own.until);
                same_end && waiver.by == own.by && waiver.reason == own.reason
            });
            return Some(Exception {
                by: own.by.clone(),
                until: own.until.clone(),
                reason: own.reason.clone(),
                in_force: true,
                hides: Some(own.hides),
                place: written.map(|waiver| written_at(&waiver.path, waiver.line)),
            });
        }
        let last = |one: &&&Waiver, other: &&&Waiver| {
            let key = |waiver: &&&Waiver| (waiver.state != "expired", ends(&waiver.until));
            key(one).cmp(&key(other)).then_with(|| one.until.cmp(&other.until))
        };
        matching.iter().max_by(last).map(|waiver| Exception::written(waiver))
    }

    fn written(waiver: &Waiver) -> Exception {
        Exception {
            by: waiver.by.clone(),
            until: waiver.until.clone(),
            reason: waiver.reason.clone(),
            in_force: waiver.state != "expired",
            hides: None,
            place: Some(written_at(&waiver.path, waiver.line)),
        }
    }

    /// The one of the later side that reaches further than all of the earlier, where both had some.
    fn reaching_further(
        context: &Context<'_>,
        from: Option<&Located<'_>>,
        to: Option<&Located<'_>>,
    ) -> Option<Exception> {
        let (from, to) = from.zip(to)?;
        let found = reach::further(context.from.waivers(from), context.to.waivers(to))?;
        let hides = to.item.waiver.as_ref().map(|own| own.hides);
        let hides = hides.filter(|_| found.hides.contains(&to.address()));
        Some(Exception { hides, ..Exception::written(found) })
    }

    fn said(&self) -> String {
        let over = if self.in_force { "" } else { " (expired)" };
        format!("by {} until {}{over}: {}", self.by, self.until, self.reason)
    }
}

/// The row of a waiver that is new, gone, longer, shorter or over. An item that only one side has
/// is given on that side alone.
pub(super) fn change(
    context: &Context<'_>,
    from: Option<&Located<'_>>,
    to: Option<&Located<'_>>,
) -> Option<Change> {
    let before = Exception::of(&context.from, from);
    let mut after = Exception::of(&context.to, to);
    let mut detail = detail(before.as_ref(), after.as_ref());
    let mut what = detail.map(what);
    if before.is_some()
        && !matches!(detail, Some(Detail::Extended))
        && let Some(further) = Exception::reaching_further(context, from, to)
    {
        (detail, what) = (Some(Detail::Extended), Some("A waiver reaches further than before."));
        after = Some(further);
    }
    let detail = detail?;
    let weakening = match detail {
        Detail::Added => after.as_ref().is_some_and(|waiver| waiver.in_force),
        detail => detail == Detail::Extended,
    };
    let was = from.zip(to).map(|(from, to)| (from.address(), to.address()));
    Some(Change {
        from: before.as_ref().map(Exception::said),
        to: after.as_ref().map(Exception::said),
        weakening,
        why: why(what.unwrap_or_default(), after.as_ref()),
        was: was.and_then(|(was, is)| (was != is).then_some(was)),
        place: after.or(before).and_then(|waiver| waiver.place),
        ..row(to.or(from)?, Kind::Waiver, detail)
    })
}

fn detail(before: Option<&Exception>, after: Option<&Exception>) -> Option<Detail> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Detail::Added),
        (Some(_), None) => return Some(Detail::Removed),
        (Some(before), Some(after)) => (before, after),
    };
    let longer = match (before.in_force, after.in_force) {
        (true, false) => return Some(Detail::Expired),
        (false, true) => return Some(Detail::Extended),
        (true, true) => ends(&after.until).cmp(&ends(&before.until)),
        (false, false) => Ordering::Equal,
    };
    match longer {
        Ordering::Greater => Some(Detail::Extended),
        Ordering::Less => Some(Detail::Shortened),
        Ordering::Equal => (before.said() != after.said()).then_some(Detail::Changed),
    }
}

pub(super) fn ends(until: &str) -> Option<Timestamp> {
    Timestamp::end_of_day(until).or_else(|| until.parse().ok())
}

fn what(detail: Detail) -> &'static str {
    match detail {
        Detail::Added => "A new waiver.",
        Detail::Removed => "The waiver is gone.",
        Detail::Expired => "The waiver has ended. The item counts again.",
        Detail::Extended => "The waiver holds longer than before.",
        Detail::Shortened => "The waiver ends earlier than before.",
        _ => "The waiver's owner or reason differs.",
    }
}

fn why(what: &str, after: Option<&Exception>) -> String {
    let hides = match after.filter(|waiver| waiver.in_force).map(|waiver| waiver.hides) {
        Some(Some(hides)) => format!(" It hides: {}.", hides.phrase()),
        Some(None) => " It hides nothing now.".to_owned(),
        None => String::new(),
    };
    format!("{what}{hides}")
}
