//! The releases: the trend, and a row a release.

use serde::Serialize;

use crate::diff::{Diff, Tally};
use crate::model::{counted, grouped};
use crate::render::site::frame::{Frame, Part, verdict};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::names::file_stem;
use crate::render::site::parts::trend::{Trend, unproven};
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Release;

#[derive(Serialize)]
struct View {
    frame: Frame,
    sentence: String,
    /// What is not known of which releases.
    note_html: Option<Html>,
    trend: Option<Trend>,
    /// How to compare what is not compared here.
    uncompared_html: Option<Html>,
    /// The newest first.
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    day: String,
    recorded: bool,
    applicable: u64,
    claimed: u64,
    /// Proven; claimed and not proven; contradicted; stale.
    known: [Known; 4],
    gate: Option<Gate>,
    diff: Option<Against>,
    /// Whether there is one before, with which it is not compared here.
    uncompared: bool,
}

/// A figure of a release.
#[derive(Default, Serialize)]
struct Known {
    /// `None` where it is not known.
    count: Option<u64>,
    /// Whether it is what was committed there, and may be more.
    committed: bool,
    /// Whether it is bad.
    gap: bool,
    /// Whether it gives way where there is no room.
    lesser: bool,
}

#[derive(Serialize)]
struct Gate {
    word: &'static str,
    class: &'static str,
}

/// What became of the release since the one before.
#[derive(Serialize)]
struct Against {
    href: String,
    words: String,
}

/// Draws the page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    let releases = &world.snapshot.releases;
    let unrecorded = releases.iter().filter(|release| !release.recorded).count() as u64;
    let rows = rows(world, releases);
    let view = View {
        frame: Frame::new(links, Part::Releases, "Releases"),
        uncompared_html: uncompared(releases, &rows).as_deref().map(Html::of_sentence),
        sentence: sentence(releases),
        note_html: (unrecorded > 0).then(|| {
            let of = counted(unrecorded, "release");
            let were = if unrecorded == 1 { "was" } else { "were" };
            Html::of_sentence(&format!(
                "{of} {were} not recorded: claims are read from git, and only evidence that was \
                 committed there is known; it may have been more. `trueup report --release NAME` \
                 records one."
            ))
        }),
        trend: Trend::of(releases, &|release| committed(world, release)),
        rows,
    };
    pen.page("releases/index.html".to_owned(), "pages/releases.html", &view)
}

/// Whether there is a release besides this one.
pub(in crate::render::site) fn has_content(world: &World) -> bool {
    world.snapshot.releases.len() > 1
}

/// The file of a diff's page, without its ending.
pub(super) fn stem(diff: &Diff) -> String {
    format!("releases/{}", file_stem(&format!("{}..{}", diff.from.name, diff.to.name)))
}

fn sentence(releases: &[Release]) -> String {
    let known = releases.iter().filter(|release| release.recorded).count();
    match releases {
        [] | [_] => "First release with a report.".to_owned(),
        all => format!("{}, {known} of them recorded.", counted(all.len() as u64, "release")),
    }
}

/// How many items of a release that was not recorded the evidence proves that was committed there:
/// it may have been more. `None` where none was, or nobody looked.
fn committed(world: &World, release: &Release) -> Option<u64> {
    if release.recorded {
        return None;
    }
    let figures = world.options.diffs.iter().find_map(|diff| {
        let proven = diff.summary.proven;
        match release.name.as_str() {
            name if name == diff.from.name => Some(proven.from),
            name if name == diff.to.name => Some(proven.to),
            _ => None,
        }
    });
    figures.filter(|proven| *proven > 0)
}

/// The command that compares the newest of those that are not compared here.
fn uncompared(releases: &[Release], rows: &[Row]) -> Option<String> {
    let row = rows.iter().position(|row| row.uncompared)?;
    let at = releases.len().checked_sub(row + 1)?;
    let (from, to) = (&releases.get(at.checked_sub(1)?)?.name, &releases.get(at)?.name);
    let (from, to) = (shortened(from, 60), shortened(to, 60));
    Some(format!(
        "Only the newest releases are compared here; the others by `trueup diff {from} {to}`."
    ))
}

fn rows(world: &World, releases: &[Release]) -> Vec<Row> {
    let against = |release: &Release| {
        let diff = world.options.diffs.iter().find(|diff| diff.to.name == release.name)?;
        Some(Against {
            href: format!("../{}.html", stem(diff)),
            // What the page that this leads to says first.
            words: match (Tally::of(diff).worse, diff.summary.regressions) {
                (0, 0) if diff.changes.is_empty() => "nothing changed".to_owned(),
                (0, 0) => counted(diff.changes.len() as u64, "change"),
                (0, regressions) => counted(regressions, "regression"),
                (worse, _) => format!("{} got worse", grouped(worse)),
            },
        })
    };
    let row = |(at, release): (usize, &Release)| Row {
        name: shortened(&release.name, 60),
        day: when::when(&release.time, None).day,
        recorded: release.recorded,
        applicable: release.applicable,
        claimed: release.claimed,
        known: known(world, release),
        gate: release.gate.as_deref().map(|result| {
            let (word, class) = verdict(result);
            Gate { word, class }
        }),
        diff: against(release),
        uncompared: at > 0 && against(release).is_none(),
    };
    releases.iter().enumerate().rev().map(row).collect()
}

fn known(world: &World, release: &Release) -> [Known; 4] {
    let of = |count: Option<u64>| Known { count, ..Known::default() };
    let bad = |count: Option<u64>| Known { gap: count.is_some_and(|count| count > 0), ..of(count) };
    let committed = committed(world, release).filter(|_| release.proven.is_none());
    [
        Known { committed: committed.is_some(), ..of(release.proven.or(committed)) },
        bad(unproven(release)),
        Known { lesser: true, ..bad(release.contradicted) },
        Known { lesser: true, ..of(release.stale) },
    ]
}
