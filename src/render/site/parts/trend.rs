//! Claimed and proven over the releases, as two lines on one scale, and below them what is claimed
//! and not proven: the two counts may be near each other though they count other items. Where the
//! claims lie above the proofs, the band between them is filled. A release that was not recorded has
//! no proofs to draw.

use serde::Serialize;

use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::snapshot::v1::Release;

const WIDTH: f64 = 1000.0;
/// Room above the highest point and below the lowest.
const ROOM: f64 = 10.0;
const HEIGHT: f64 = 160.0;

/// As many labels as stand beside each other.
const LABELS: usize = 8;

/// The picture, ready to draw. Numbers are texts of one decimal, so that the same releases give the
/// same bytes.
#[derive(Serialize)]
pub(in crate::render::site) struct Trend {
    claimed: String,
    proven: String,
    /// Where only what was committed is known: it may have been more.
    committed: String,
    /// Where more is claimed than proven.
    band: String,
    /// What is claimed and not proven, a bar a release.
    gaps: String,
    /// Each a dot: a line without length, whose round ends no stretching distorts.
    claimed_dots: String,
    proven_dots: String,
    labels: Vec<Label>,
    most: u64,
    words: String,
}

#[derive(Serialize)]
struct Label {
    name: String,
    day: String,
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    claimed: f64,
    proven: Option<f64>,
    committed: Option<f64>,
}

impl Trend {
    /// Of at least two releases with items; `None` of fewer. `committed` tells what is known of the
    /// proofs of one that was not recorded.
    pub(in crate::render::site) fn of(
        releases: &[Release],
        committed: &dyn Fn(&Release) -> Option<u64>,
    ) -> Option<Trend> {
        let most = releases.iter().map(|release| release.applicable).max().unwrap_or(0);
        if releases.len() < 2 || most == 0 {
            return None;
        }
        let height = |count: u64| ROOM + (1.0 - count as f64 / most as f64) * (HEIGHT - 2.0 * ROOM);
        let step = WIDTH / releases.len() as f64;
        let points: Vec<Point> = releases
            .iter()
            .enumerate()
            .map(|(at, release)| Point {
                x: (at as f64 + 0.5) * step,
                claimed: height(release.claimed),
                proven: release.proven.map(height),
                committed: committed(release).map(height),
            })
            .collect();
        let claimed: Vec<(f64, Option<f64>)> =
            points.iter().map(|point| (point.x, Some(point.claimed))).collect();
        let proven: Vec<(f64, Option<f64>)> =
            points.iter().map(|point| (point.x, point.proven)).collect();
        Some(Trend {
            committed: faint(&points),
            claimed: line(&claimed),
            proven: line(&proven),
            gaps: points
                .iter()
                .zip(releases)
                .filter_map(|(at, of)| bar(at.x, of, &height))
                .collect(),
            band: points.windows(2).map(|pair| band(pair[0], pair[1])).collect(),
            claimed_dots: dots(&claimed),
            proven_dots: dots(&proven),
            labels: labels(releases),
            most,
            words: words(releases),
        })
    }
}

/// Through the known points; a gap where one is not known.
fn line(points: &[(f64, Option<f64>)]) -> String {
    let mut path = String::new();
    let mut open = false;
    for (x, y) in points {
        if let Some(y) = y {
            path.push_str(&format!("{}{x:.1} {y:.1}", if open { "L" } else { "M" }));
        }
        open = y.is_some();
    }
    path
}

/// Through what was committed, up to the first that was recorded after it.
fn faint(points: &[Point]) -> String {
    let is_faint = |point: &Point| point.committed.is_some();
    let mut path = String::new();
    for pair in points.windows(2).filter(|pair| is_faint(&pair[0]) || is_faint(&pair[1])) {
        let height = |point: &Point| point.committed.or(point.proven);
        if let (Some(was), Some(is)) = (height(&pair[0]), height(&pair[1])) {
            path.push_str(&format!("M{:.1} {was:.1}L{:.1} {is:.1}", pair[0].x, pair[1].x));
        }
    }
    path
}

/// From the axis upwards; `None` where all that is claimed is proven, or nobody knows.
fn bar(x: f64, release: &Release, height: &dyn Fn(u64) -> f64) -> Option<String> {
    let gap = unproven(release).filter(|gap| *gap > 0)?;
    Some(format!("M{x:.1} {:.1}V{:.1}", height(0), height(gap)))
}

/// How many items of a release are claimed and not proven; `None` where that is not known.
pub(in crate::render::site) fn unproven(release: &Release) -> Option<u64> {
    release.both.map(|both| release.claimed.saturating_sub(both))
}

fn dots(points: &[(f64, Option<f64>)]) -> String {
    points.iter().filter_map(|(x, y)| y.map(|y| format!("M{x:.1} {y:.1}h0"))).collect()
}

/// The piece between two neighbours in which the claims lie above the proofs.
fn band(from: Point, to: Point) -> String {
    let (Some(was), Some(is)) = (from.proven, to.proven) else { return String::new() };
    // Downwards is more: a claim above its proof has the smaller number.
    let (before, after) = (was - from.claimed, is - to.claimed);
    if before <= 0.0 && after <= 0.0 {
        return String::new();
    }
    let crossing = before / (before - after);
    let meet = from.x + crossing * (to.x - from.x);
    let height = from.claimed + crossing * (to.claimed - from.claimed);
    let (x, y, right, now) = (from.x, from.claimed, to.x, to.claimed);
    match (before >= 0.0, after >= 0.0) {
        (true, true) => {
            format!("M{x:.1} {y:.1}L{right:.1} {now:.1}V{is:.1}L{x:.1} {was:.1}Z")
        }
        (true, false) => format!("M{x:.1} {y:.1}L{meet:.1} {height:.1}L{x:.1} {was:.1}Z"),
        (false, _) => format!("M{meet:.1} {height:.1}L{right:.1} {now:.1}V{is:.1}Z"),
    }
}

/// A label for each release; empty where there is no room for it.
fn labels(releases: &[Release]) -> Vec<Label> {
    let every = releases.len().div_ceil(LABELS);
    let last = releases.len() - 1;
    let is_told = |at: usize| at == last || (at.is_multiple_of(every) && at + every <= last);
    let told = releases.iter().enumerate().map(|(at, release)| match is_told(at) {
        true => {
            Label { name: shortened(&release.name, 16), day: when::when(&release.time, None).day }
        }
        false => Label { name: String::new(), day: String::new() },
    });
    told.collect()
}

/// For those who do not see it.
fn words(releases: &[Release]) -> String {
    let (Some(first), Some(last)) = (releases.first(), releases.last()) else {
        return String::new();
    };
    let proven = last.proven.map(|proven| format!(", {proven} proven")).unwrap_or_default();
    let gap = unproven(last).map(|gap| format!(", {gap} claimed and not proven"));
    let gap = gap.unwrap_or_default();
    format!(
        "Claimed went from {} of {} in {} to {} of {} in {}{proven}{gap}.",
        first.claimed, first.applicable, first.name, last.claimed, last.applicable, last.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(name: &str, claimed: u64, proven: Option<u64>) -> Release {
        Release {
            name: name.to_owned(),
            commit: None,
            time: "2026-01-05T00:00:00Z".to_owned(),
            recorded: proven.is_some(),
            items: 10,
            applicable: 10,
            claimed,
            proven,
            both: proven,
            contradicted: None,
            stale: None,
            gate: None,
        }
    }

    #[test]
    fn one_release_is_no_trend() {
        assert!(Trend::of(&[release("1", 3, Some(1))], &|_| None).is_none());
    }

    #[test]
    fn what_was_not_recorded_leaves_a_gap_in_the_proofs() {
        let releases = [release("1", 2, Some(2)), release("2", 6, None), release("3", 8, Some(10))];
        let trend = Trend::of(&releases, &|_| None).unwrap();
        assert_eq!(trend.claimed, "M166.7 122.0L500.0 66.0L833.3 38.0");
        assert_eq!(trend.proven, "M166.7 122.0M833.3 10.0");
        assert_eq!(trend.band, "");
        assert_eq!(trend.committed, "");
    }

    #[test]
    fn what_was_committed_is_drawn_apart_from_what_was_recorded() {
        let releases = [release("1", 2, None), release("2", 6, None), release("3", 8, Some(10))];
        let trend = Trend::of(&releases, &|of| (of.name == "2").then_some(5)).unwrap();
        assert_eq!(trend.committed, "M500.0 80.0L833.3 10.0");
        assert_eq!(trend.proven, "M833.3 10.0");
    }

    #[test]
    fn the_band_ends_where_the_lines_cross() {
        let all = |pairs: &[(u64, u64)]| {
            let of = |(claimed, proven): &(u64, u64)| release("x", *claimed, Some(*proven));
            let releases: Vec<Release> = pairs.iter().map(of).collect();
            Trend::of(&releases, &|_| None).unwrap().band
        };
        assert_eq!(all(&[(10, 0), (0, 10)]), "M250.0 10.0L500.0 80.0L250.0 150.0Z");
        assert_eq!(all(&[(0, 10), (10, 0)]), "M500.0 80.0L750.0 10.0V150.0Z");
        assert_eq!(all(&[(5, 5), (5, 5)]), "");
        assert_eq!(all(&[(0, 10), (5, 5)]), "");
    }

    #[test]
    fn as_many_claims_as_proofs_may_be_of_other_items() {
        let mut last = release("2", 8, Some(8));
        last.both = Some(3);
        let trend = Trend::of(&[release("1", 4, Some(4)), last], &|_| None).unwrap();
        assert_eq!((trend.gaps.as_str(), trend.band.as_str()), ("M750.0 150.0V80.0", ""));
        assert!(trend.words.ends_with("8 proven, 5 claimed and not proven."), "{}", trend.words);
    }

    #[test]
    fn labels_never_crowd() {
        let many: Vec<Release> = (0..65).map(|at| release(&at.to_string(), 1, None)).collect();
        let told = labels(&many);
        assert_eq!(told.len(), 65);
        let shown: Vec<usize> = (0..65).filter(|at| !told[*at].name.is_empty()).collect();
        assert!(shown.len() <= LABELS + 1 && shown.ends_with(&[64]), "{shown:?}");
        assert!(shown.windows(2).all(|pair| pair[1] - pair[0] >= 5), "{shown:?}");
    }
}
