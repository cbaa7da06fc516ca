//! What became of the readiness between two snapshots.
//!
//! Sees snapshots and nothing else. Items are [paired](pairing) first; each pair is then asked what
//! became of its status, box, requirement, waivers, evidence, words and place. A **regression** is
//! what was ticked, proven or asked before and is no longer; a **weakening** is where less is asked
//! than before.

mod changes;
mod grouped;
mod likeness;
mod pairing;
mod place;
mod policy;
mod requirement;
mod said;
mod schema;
mod sides;
mod summary;
mod tally;
pub mod v1;
mod weaker;
mod words;
mod worse;

use crate::snapshot::Snapshot;

pub use grouped::{Heading, grouped};
pub use requirement::{Asked, requirements};
pub use said::{caveats, figures, headline, named, news};
pub use schema::schema;
pub use sides::{Named, Sides};
pub use tally::Tally;
pub use v1::{Diff, NOW};
pub use weaker::weakened;
pub use words::{Detail, Kind, Shift};

/// Compares two snapshots. The same inputs give the same diff, that of a snapshot with itself has
/// no change, and swapping the sides swaps the changes.
pub fn diff(from: &Snapshot, to: &Snapshot, sides: &Sides<'_>) -> Diff {
    let pairing = pairing::pair(from, to, &sides.followed);
    let changes = changes::rows(&changes::Context::new(from, to, sides), &pairing);
    let policy = policy::between(from, to);
    Diff {
        schema: v1::SCHEMA.to_owned(),
        from: sides::published(&sides.from, from),
        to: sides::published(&sides.to, to),
        summary: summary::count(from, to, pairing.pairs.len(), (&changes, &policy)),
        changes,
        policy,
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
