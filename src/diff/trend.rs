//! Claimed and proven over the releases.

use crate::model::{Status, Timestamp};
use crate::snapshot::{Snapshot, summary};

/// The figures of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The release's name.
    pub name: String,
    /// The commit it was judged at.
    pub commit: Option<String>,
    /// When that commit was made; the judge's clock where there is none.
    pub at: String,
    /// Whether a snapshot was recorded; else the claims are those of git, and `proven` counts what
    /// was committed as evidence, no more.
    pub recorded: bool,
    /// All items.
    pub items: u64,
    /// All but the cancelled.
    pub applicable: u64,
    /// Ticked.
    pub claimed: u64,
    /// Verified or ready.
    pub proven: u64,
    /// Ticked and proven.
    pub both: u64,
    /// Ticked and refuted.
    pub contradicted: u64,
    /// Ticked on evidence that is too old or of other code.
    pub stale: u64,
    /// The gate's result: `go`, `no-go` or `none`.
    pub gate: String,
}

impl Point {
    /// Counts the items of a release.
    pub fn of(name: impl Into<String>, recorded: bool, snapshot: &Snapshot) -> Point {
        let counted = summary(&snapshot.checklists, snapshot.summary.gate.clone());
        let of = |status: Status| counted.by_status.get(status.word()).copied().unwrap_or(0);
        let commit = snapshot.commit.as_ref();
        Point {
            name: name.into(),
            commit: commit.map(|commit| commit.id.clone()),
            at: commit.map_or(&snapshot.judged_at, |commit| &commit.time).clone(),
            recorded,
            items: counted.overall.items,
            applicable: counted.overall.applicable,
            claimed: counted.overall.claimed,
            proven: counted.overall.proven,
            both: counted.overall.both,
            contradicted: of(Status::Contradicted),
            stale: of(Status::Stale),
            gate: snapshot.summary.gate.result.clone(),
        }
    }
}

/// The releases from the oldest to the newest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// By time, then by name.
    pub points: Vec<Point>,
    /// The largest number of applicable items: the top of the scale.
    pub most: u64,
    /// Whether a release among them was not recorded.
    pub partly_recorded: bool,
}

/// Puts the releases in order and finds their scale.
pub fn trend(points: &[Point]) -> Trend {
    let mut points = points.to_vec();
    let time = |point: &Point| point.at.parse::<Timestamp>().ok();
    points.sort_by(|a, b| time(a).cmp(&time(b)).then_with(|| a.name.cmp(&b.name)));
    Trend {
        most: points.iter().map(|point| point.applicable).max().unwrap_or(0),
        partly_recorded: points.iter().any(|point| !point.recorded),
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::fixture::{Build, item};
    use crate::model::Verdict;

    #[test]
    fn releases_stand_in_the_order_of_their_commits() {
        let first = Build::new().at("2026-01-05T00:00:00Z").item(item("a", "A").ticked()).done();
        let second = Build::new()
            .at("2026-02-05T00:00:00+02:00")
            .item(item("a", "A").ticked().verdict(Verdict::Pass))
            .item(item("b", "B").ticked().verdict(Verdict::Fail))
            .item(item("c", "C").verdict(Verdict::Pass))
            .done();
        let trend = trend(&[Point::of("1.10.0", true, &second), Point::of("1.9.0", false, &first)]);
        let names: Vec<&str> = trend.points.iter().map(|point| point.name.as_str()).collect();
        assert_eq!(names, ["1.9.0", "1.10.0"]);
        let last = &trend.points[1];
        assert_eq!((last.claimed, last.proven, last.both, last.contradicted), (2, 2, 1, 1));
        assert_eq!((trend.most, trend.partly_recorded), (3, true));
    }
}
