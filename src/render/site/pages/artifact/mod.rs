//! A page an artifact: what this file is, what it says, what it proves.

mod cases;
mod facts;
mod grades;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::counted;
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::{Kept, Links, Named};
use crate::render::site::parts::details::of_commit;
use crate::render::site::parts::digest;
use crate::render::site::parts::headline::headline;
use crate::render::site::parts::mark::Mark;
use crate::render::site::parts::readings::{self, Finding, Gap, Listed};
use crate::render::site::size::size;
use crate::render::site::when::{self, When};
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Artifact;

use super::evidence;

use cases::Failed;
use facts::Fact;
use grades::Grade;

/// The most rows of each list.
const ROWS: usize = 200;

#[derive(Serialize)]
struct View {
    frame: Frame,
    path: String,
    mark: Mark,
    headline: String,
    /// Why it is not trusted.
    distrust_html: Option<Html>,
    /// Whether it proves nothing to anybody.
    unreadable: bool,
    tool: String,
    format: Option<String>,
    size: String,
    made: Option<When>,
    time_from: Option<&'static str>,
    commit: Option<String>,
    sealed: Option<String>,
    run_url: Option<String>,
    kept: Option<Kept>,
    digest_html: Html,
    used: String,
    users: Vec<Named>,
    more_users: usize,
    asked: Vec<Fact>,
    facts: Vec<Fact>,
    cases: Vec<Failed>,
    more_cases: u64,
    findings: Vec<Numbered<Finding>>,
    more_findings: u64,
    grades: Vec<Grade>,
    crossed: Vec<Numbered<String>>,
    more_crossed: u64,
    uncovered: Vec<Numbered<Gap>>,
    more_uncovered: u64,
    warnings: Vec<String>,
}

/// An entry of a list with its anchor.
#[derive(Serialize)]
struct Numbered<T> {
    anchor: String,
    of: T,
}

/// Draws every artifact's page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    world.snapshot.artifacts.par_iter().try_for_each(|artifact| {
        let path = format!("evidence/{}.html", world.stem(&artifact.path));
        pen.page(path, "pages/artifact.html", &view(links, artifact))
    })
}

fn view<'s>(links: Links<'_, 's>, artifact: &'s Artifact) -> View {
    let world = links.world;
    let users: Vec<Named> =
        artifact.used_by.iter().take(ROWS).filter_map(|address| links.at(address)).collect();
    let (asked, facts) = facts::of(world, artifact);
    let cases = readings::cases(artifact);
    let findings = readings::findings(artifact);
    let (crossed, gaps) = (readings::crossed(artifact), readings::gaps(artifact));
    View {
        frame: Frame::new(links, Part::Evidence, &artifact.path),
        path: artifact.path.clone(),
        mark: evidence::standing(world, artifact),
        headline: headline(artifact),
        distrust_html: world.distrust(artifact).map(Html::of_sentence),
        unreadable: artifact.invalid.is_some(),
        tool: evidence::tool(artifact),
        format: artifact.format.clone(),
        size: size(artifact.bytes),
        made: artifact.produced_at.as_deref().map(|made| when::when(made, world.judged)),
        time_from: artifact.time_from.as_deref().and_then(said_by),
        commit: artifact.commit.as_deref().map(|commit| of_commit(world, commit)),
        sealed: artifact.seal.as_ref().map(|seal| format!("sealed by {} (unsigned)", seal.by)),
        run_url: artifact
            .seal
            .as_ref()
            .and_then(|seal| seal.run_url.clone())
            .filter(|url| is_web(url)),
        kept: links.kept(&artifact.path, &artifact.sha256),
        digest_html: digest::grouped(&artifact.sha256),
        used: counted(artifact.used_by.len() as u64, "item"),
        more_users: artifact.used_by.len().saturating_sub(users.len()),
        users,
        asked,
        facts,
        grades: grades::of(artifact),
        more_cases: cases.more(),
        cases: cases::of(cases.entries.into_iter().take(ROWS)),
        more_findings: findings.more(),
        findings: numbered("_finding", findings.entries),
        more_crossed: crossed.more(),
        crossed: numbered("_threshold", crossed.entries),
        more_uncovered: gaps.more(),
        uncovered: numbered("_file", gaps.entries),
        warnings: artifact.warnings.clone(),
    }
}

/// A seal is anybody's text: only an address of the web becomes a link.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

impl<T> Listed<T> {
    /// How many stand not on the page.
    fn more(&self) -> u64 {
        self.omitted + self.entries.len().saturating_sub(ROWS) as u64
    }
}

fn numbered<T>(kind: &str, entries: Vec<T>) -> Vec<Numbered<T>> {
    let numbered = (1..).zip(entries.into_iter().take(ROWS));
    numbered
        .map(|(number, of): (usize, T)| Numbered { anchor: format!("{kind}-{number}"), of })
        .collect()
}

fn said_by(time_from: &str) -> Option<&'static str> {
    match time_from {
        "content" => Some("by its content"),
        "seal" => Some("by its seal"),
        "commit" => Some("by its last commit"),
        "ci-run" => Some("by its CI run"),
        "file" => Some("by the file's time"),
        _ => None,
    }
}
