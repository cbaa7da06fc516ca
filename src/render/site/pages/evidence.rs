//! The index of artifacts: what each is, how old, what leans on it; worst first.

use serde::Serialize;

use crate::model::{Verdict, counted, plural};
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

#[derive(Serialize)]
struct View {
    frame: Frame,
    sentence: String,
    artifacts: Vec<Line>,
    more: Option<String>,
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
    used: String,
    sha256: String,
}

/// Draws the index.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    let view = View {
        frame: Frame::new(links, Part::Evidence, "Evidence"),
        sentence: sentence(world),
        artifacts: lines(links, ROWS),
        more: more(world),
    };
    pen.page("evidence/index.html".to_owned(), "pages/evidence.html", &view)
}

/// The artifacts worst first, at most `limit`.
pub(super) fn lines(links: Links, limit: usize) -> Vec<Line> {
    let world = links.world;
    let mut artifacts: Vec<&Artifact> = world.snapshot.artifacts.iter().collect();
    artifacts.sort_by_key(|artifact| (rank(world, artifact), &artifact.path));
    artifacts.into_iter().take(limit).map(|artifact| line(links, artifact)).collect()
}

/// What the table leaves out.
fn more(world: &World) -> Option<String> {
    let rest = world.snapshot.artifacts.len().saturating_sub(ROWS) as u64;
    (rest > 0).then(|| {
        format!(
            "{} left out here, none worse than these; `snapshot.json` has them.",
            counted(rest, "artifact")
        )
    })
}

fn line<'s>(links: Links<'_, 's>, artifact: &'s Artifact) -> Line {
    let world = links.world;
    let users = artifact.used_by.len() as u64;
    Line {
        anchor: links.is_whole().then(|| links.part_anchor("a", &artifact.path)),
        href: if links.is_whole() { None } else { links.artifact(&artifact.path) },
        path: artifact.path.clone(),
        mark: standing(world, artifact),
        headline: headline(artifact),
        distrust: world.distrust(artifact).map(str::to_owned),
        tool: tool(artifact),
        made: artifact.produced_at.as_deref().map(|made| when::when(made, world.judged)),
        used: match users {
            0 => "used by nothing".to_owned(),
            _ => format!("used by {}", counted(users, "item")),
        },
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

fn rank(world: &World, artifact: &Artifact) -> u8 {
    match world.standing(&artifact.path) {
        Some(Verdict::Fail) => 0,
        _ if artifact.invalid.is_some() => 1,
        Some(Verdict::Invalid | Verdict::Missing) => 2,
        Some(Verdict::Stale) => 3,
        Some(Verdict::Pass | Verdict::Unbound) => 4,
        None if !artifact.used_by.is_empty() => 4,
        None => 5,
    }
}

/// How many there are, and how many of each kind.
pub(super) fn sentence(world: &World) -> String {
    let artifacts = &world.snapshot.artifacts;
    if artifacts.is_empty() {
        return "No artifact was found under the paths of trueup.toml.".to_owned();
    }
    let count = |keep: &dyn Fn(&Artifact) -> bool| {
        artifacts.iter().filter(|artifact| keep(artifact)).count() as u64
    };
    let refuting = count(&|artifact| world.standing(&artifact.path) == Some(Verdict::Fail));
    let distrusted = artifacts.iter().filter(|of| world.distrust(of).is_some()).count() as u64;
    let unused = count(&|artifact| artifact.used_by.is_empty());
    let told = [
        (
            refuting,
            format!(
                "{refuting} {} what an item says.",
                if refuting == 1 { "refutes" } else { "refute" }
            ),
        ),
        (distrusted, format!("{distrusted} {} not trusted.", plural(distrusted, "is"))),
        (unused, format!("{unused} {} used by nothing.", plural(unused, "is"))),
    ];
    let mut said = format!("{}.", counted(artifacts.len() as u64, "artifact"));
    for (_, sentence) in told.iter().filter(|(count, _)| *count > 0) {
        said.push(' ');
        said.push_str(sentence);
    }
    said
}
