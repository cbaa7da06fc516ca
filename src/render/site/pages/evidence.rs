//! The index of artifacts: what each is, how old, what leans on it; worst first.

use serde::Serialize;

use crate::model::{Verdict, counted, grouped, plural};
use crate::render::site::frame::{Frame, Part};
use crate::render::site::links::Links;
use crate::render::site::parts::headline::headline;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::when::{self, When};
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Artifact;

/// The most rows of the table.
const ROWS: usize = 1000;
/// The most rows of those that nothing uses.
const UNUSED: usize = 200;

#[derive(Serialize)]
struct View {
    frame: Frame,
    sentence: String,
    artifacts: Vec<Line>,
    more: Option<String>,
    /// Those that no requirement uses, folded.
    unused: Vec<Line>,
    unused_count: u64,
    more_unused: u64,
}

/// An artifact in the table.
#[derive(Serialize)]
pub(super) struct Line {
    /// Its anchor where everything is one document.
    anchor: Option<String>,
    href: Option<String>,
    path: String,
    mark: Mark,
    /// What it says in a few words.
    headline: String,
    /// Why it is not trusted.
    distrust: Option<String>,
    tool: String,
    made: Option<When>,
    /// Whether the time is the file's own.
    by_file: bool,
    used: u64,
    sha256: String,
}

/// Draws the index.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    let (mut used, unused): (Vec<&Artifact>, Vec<&Artifact>) =
        worst_first(world).into_iter().partition(|artifact| rank(world, artifact) < UNUSED_RANK);
    let view = View {
        frame: Frame::new(links, Part::Evidence, "Evidence"),
        sentence: sentence(world),
        artifacts: used.drain(..used.len().min(ROWS)).map(|of| line(links, of)).collect(),
        more: more(used.len() as u64),
        unused: unused.iter().take(UNUSED).map(|of| line(links, of)).collect(),
        unused_count: unused.len() as u64,
        more_unused: unused.len().saturating_sub(UNUSED) as u64,
    };
    pen.page("evidence/index.html".to_owned(), "pages/evidence.html", &view)
}

/// The artifacts worst first, at most `limit`.
pub(super) fn lines(links: Links, limit: usize) -> Vec<Line> {
    let artifacts = worst_first(links.world).into_iter().take(limit);
    artifacts.map(|artifact| line(links, artifact)).collect()
}

fn worst_first<'s>(world: &World<'s>) -> Vec<&'s Artifact> {
    let mut artifacts: Vec<&Artifact> = world.snapshot.artifacts.iter().collect();
    artifacts.sort_by_key(|artifact| (rank(world, artifact), &artifact.path));
    artifacts
}

/// What the table leaves out.
fn more(rest: u64) -> Option<String> {
    (rest > 0).then(|| {
        format!(
            "{} left out here, none worse than these; `snapshot.json` has them.",
            counted(rest, "artifact")
        )
    })
}

fn line<'s>(links: Links<'_, 's>, artifact: &'s Artifact) -> Line {
    let world = links.world;
    Line {
        anchor: links.is_whole().then(|| links.part_anchor("a", &artifact.path)),
        href: if links.is_whole() { None } else { links.artifact(&artifact.path) },
        path: artifact.path.clone(),
        mark: standing(world, artifact),
        headline: headline(artifact),
        distrust: world.distrust(artifact).map(str::to_owned),
        tool: tool(artifact),
        made: artifact.produced_at.as_deref().map(|made| when::when(made, world.judged)),
        by_file: artifact.time_from.as_deref() == Some("file"),
        used: artifact.used_by.len() as u64,
        sha256: artifact.sha256.clone(),
    }
}

/// `Trivy 0.58.1`, else the format, else that it is of none.
pub(super) fn tool(artifact: &Artifact) -> String {
    match (&artifact.tool, &artifact.tool_version, &artifact.format) {
        (Some(tool), Some(version), _) => format!("{tool} {version}"),
        (Some(tool), None, _) => tool.clone(),
        (None, _, Some(format)) => format.clone(),
        (None, _, None) => "no known format".to_owned(),
    }
}

/// What the artifact as a whole comes to.
pub(super) fn standing(world: &World, artifact: &Artifact) -> Mark {
    let invalid = artifact.invalid.is_some();
    match world.standing(&artifact.path) {
        _ if invalid => mark::of_verdict(Verdict::Invalid),
        Some(verdict) => mark::of_verdict(verdict),
        None if !artifact.used_by.is_empty() => mark::BESIDE,
        None => Mark { class: "open", symbol: "open", word: "unused" },
    }
}

/// How many ranks there are.
const KINDS: usize = 7;
const UNUSED_RANK: u8 = 6;

fn rank(world: &World, artifact: &Artifact) -> u8 {
    match world.standing(&artifact.path) {
        Some(Verdict::Fail) => 0,
        _ if artifact.invalid.is_some() => 1,
        Some(Verdict::Invalid | Verdict::Missing) => 2,
        Some(Verdict::Stale) => 3,
        Some(Verdict::Pass | Verdict::Unbound) => 4,
        None if !artifact.used_by.is_empty() => 5,
        None => UNUSED_RANK,
    }
}

/// How many there are, and how many of each kind.
pub(super) fn sentence(world: &World) -> String {
    let artifacts = &world.snapshot.artifacts;
    if artifacts.is_empty() {
        return "No artifact was found under the paths of trueup.toml.".to_owned();
    }
    // Each counts once, so that they add up.
    let mut counts = [0_u64; KINDS];
    for artifact in artifacts {
        counts[usize::from(rank(world, artifact))] += 1;
    }
    let [refuting, broken, distrusted, stale, holding, beside, unused] = counts;
    let distrusted = broken + distrusted;
    let refute = if refuting == 1 { "refutes" } else { "refute" };
    let hold = if holding == 1 { "holds" } else { "hold" };
    let told = [
        (refuting, format!("{refuting} {refute} what an item says")),
        (distrusted, format!("{distrusted} {} not trusted", plural(distrusted, "is"))),
        (stale, format!("{stale} {} too old", plural(stale, "is"))),
        (holding, format!("{} {hold}", grouped(holding))),
        (beside, format!("{beside} {} read with those", plural(beside, "is"))),
        (unused, format!("{} {} used by nothing", grouped(unused), plural(unused, "is"))),
    ];
    let told: Vec<String> =
        told.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    format!("{}: {}.", counted(artifacts.len() as u64, "artifact"), told.join(", "))
}
