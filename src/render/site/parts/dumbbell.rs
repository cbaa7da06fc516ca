//! Claimed and proven of one section as two points on a line: ○ claimed, ● proven, and between them
//! red where the claim lies ahead, teal where the proof does.

use serde::Serialize;

use crate::snapshot::v1::Sets;

/// The line's length, with room for the points at its ends.
const FROM: f64 = 6.0;
const TO: f64 = 94.0;

/// A line, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Dumbbell {
    claimed: String,
    proven: String,
    /// `ahead` where more is claimed, `behind` where more is proven, `equal`.
    class: &'static str,
    /// For those who do not see it.
    words: String,
}

impl Dumbbell {
    /// Of these sets; `None` where nothing is claimed and nothing proven.
    pub(in crate::render::site) fn of(sets: &Sets) -> Option<Dumbbell> {
        if sets.applicable == 0 || sets.claimed + sets.proven == 0 {
            return None;
        }
        let at = |count: u64| {
            let share = count as f64 / sets.applicable as f64;
            format!("{:.0}", FROM + share * (TO - FROM))
        };
        let class = match sets.claimed.cmp(&sets.proven) {
            std::cmp::Ordering::Greater => "ahead",
            std::cmp::Ordering::Less => "behind",
            std::cmp::Ordering::Equal => "equal",
        };
        Some(Dumbbell {
            claimed: at(sets.claimed),
            proven: at(sets.proven),
            class,
            words: format!("{} claimed, {} proven", sets.claimed, sets.proven),
        })
    }
}
