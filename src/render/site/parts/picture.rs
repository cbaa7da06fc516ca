//! The picture: every applicable item is one unit of one bar, ordered so that what is claimed and
//! what is proven are each one stretch. A bracket above spans the claims, one below the proofs; what
//! is claimed and not proven overhangs in red.

use serde::Serialize;

use crate::model::{Claim, Status};
use crate::snapshot::v1::Item;

/// The bar's length in its own units.
const LENGTH: f64 = 1000.0;
/// Nothing is drawn narrower: one contradiction among 100,000 items must be seen.
const LEAST: f64 = 3.0;

/// The stretches in their order: what is proven and not claimed, both, claimed and not proven,
/// neither.
const STRETCHES: [Stretch; 10] = [
    Stretch { class: "ready", side: Side::Proven },
    Stretch { class: "verified", side: Side::Both },
    Stretch { class: "contradicted", side: Side::Claimed },
    Stretch { class: "stale", side: Side::Claimed },
    Stretch { class: "unproven", side: Side::Claimed },
    Stretch { class: "waived", side: Side::Claimed },
    Stretch { class: "waived-o", side: Side::Neither },
    Stretch { class: "failing", side: Side::Neither },
    Stretch { class: "stale-o", side: Side::Neither },
    Stretch { class: "open", side: Side::Neither },
];

struct Stretch {
    class: &'static str,
    side: Side,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Proven,
    Both,
    Claimed,
    Neither,
}

/// The bar, ready to draw. Numbers are texts: one decimal, so that the same items give the same bytes.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Picture {
    segments: Vec<Segment>,
    /// Path of the bracket over what is claimed; empty where nothing is.
    claimed: String,
    /// Path of its overhang; empty where every claim is proven.
    overhang: String,
    /// Path of the bracket under what is proven; empty where nothing is.
    proven: String,
}

#[derive(Debug, Clone, Serialize)]
struct Segment {
    class: &'static str,
    x: String,
    width: String,
}

impl Picture {
    /// Of `items`; `None` where none is applicable.
    pub(in crate::render::site) fn of<'i>(
        items: impl IntoIterator<Item = &'i Item>,
    ) -> Option<Picture> {
        let mut counts = [0_u64; STRETCHES.len()];
        for item in items {
            if let Some(stretch) = stretch_of(item) {
                counts[stretch] += 1;
            }
        }
        let total: u64 = counts.iter().sum();
        (total > 0).then(|| Picture::drawn(&counts, total))
    }

    fn drawn(counts: &[u64; STRETCHES.len()], total: u64) -> Picture {
        let widths = widths(counts, total);
        let gap = if LENGTH / total as f64 >= 4.0 { 2.0 } else { 0.0 };
        let mut segments = Vec::new();
        let mut x = 0.0;
        let mut ends = [0.0_f64; 3];
        for ((stretch, count), width) in STRETCHES.iter().zip(counts).zip(widths) {
            if *count > 0 {
                let (from, wide) = (x + gap / 2.0, (width - gap).max(1.0));
                segments.push(Segment { class: stretch.class, x: num(from), width: num(wide) });
            }
            x += width;
            match stretch.side {
                Side::Proven => ends = [x; 3],
                Side::Both => ends = [ends[0], x, x],
                Side::Claimed => ends[2] = x,
                Side::Neither => {}
            }
        }
        let [a, b, c] = ends;
        let bracket = |from: f64, to: f64, foot: u32, back: u32| {
            if to <= from {
                return String::new();
            }
            let (from, to) = (num(from + 1.0), num(to - 1.0));
            format!("M{from} {foot}V{back}H{to}V{foot}")
        };
        let overhang =
            if c <= b { String::new() } else { format!("M{} 10H{}V22", num(b), num(c - 1.0)) };
        Picture {
            segments,
            claimed: bracket(a, c, 22, 10),
            overhang,
            proven: bracket(0.0, b, 62, 74),
        }
    }
}

/// How wide each stretch is drawn: in proportion, none under [`LEAST`], all of them [`LENGTH`].
fn widths(counts: &[u64; STRETCHES.len()], total: u64) -> [f64; STRETCHES.len()] {
    let unit = LENGTH / total as f64;
    let natural = counts.map(|count| count as f64 * unit);
    let short = |width: f64| width > 0.0 && width < LEAST;
    let lifted = natural.iter().filter(|width| short(**width)).count() as f64 * LEAST;
    let roomy: f64 = natural.iter().filter(|width| !short(**width)).sum();
    let scale = if roomy > 0.0 { (LENGTH - lifted) / roomy } else { 1.0 };
    natural.map(|width| if short(width) { LEAST } else { width * scale })
}

fn stretch_of(item: &Item) -> Option<usize> {
    let ticked = item.claim == Claim::Done;
    let class = match item.status {
        Status::Verified if ticked => "verified",
        Status::Verified | Status::Ready => "ready",
        Status::Contradicted => "contradicted",
        Status::Stale if ticked => "stale",
        Status::Stale => "stale-o",
        Status::Unproven => "unproven",
        Status::Waived if ticked => "waived",
        Status::Waived => "waived-o",
        Status::Failing => "failing",
        Status::Open => "open",
        Status::NotApplicable => return None,
    };
    STRETCHES.iter().position(|stretch| stretch.class == class)
}

fn num(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_false_claim_among_many_is_seen_and_the_bar_keeps_its_length() {
        let mut counts = [0; STRETCHES.len()];
        counts[1] = 60_000;
        counts[2] = 1;
        counts[9] = 39_999;
        let widths = widths(&counts, 100_000);
        assert_eq!(widths[2], LEAST);
        assert!((widths.iter().sum::<f64>() - LENGTH).abs() < 1e-6);
    }

    #[test]
    fn equal_sets_that_differ_show_both_overhangs() {
        // 19 claimed and 19 proven, of which 11 are both: not an honest checklist.
        let mut counts = [0; STRETCHES.len()];
        counts[0] = 8;
        counts[1] = 11;
        counts[2] = 8;
        counts[9] = 13;
        let picture = Picture::drawn(&counts, 40);
        assert_eq!(picture.proven, "M1 62V74H474V62");
        assert_eq!(picture.claimed, "M201 22V10H674V22");
        assert_eq!(picture.overhang, "M475 10H674V22");
    }

    #[test]
    fn an_honest_list_has_no_overhang() {
        let mut counts = [0; STRETCHES.len()];
        counts[1] = 7;
        let picture = Picture::drawn(&counts, 7);
        assert_eq!(picture.overhang, "");
        assert_eq!(picture.segments.len(), 1);
    }
}
