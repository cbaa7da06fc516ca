//! A page an artifact: what this file is, what it says, what it proves.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::counted;
use crate::snapshot::v1::{Artifact, Read};

use super::details::of_commit;
use super::digest;
use super::evidence;
use super::frame::{Frame, Part};
use super::html::Html;
use super::links::{Links, Named};
use super::mark::Mark;
use super::readings::{self, Case, Finding};
use super::when::{self, When};
use super::world::World;
use super::{Pen, SiteError};

/// The most rows of each list.
const ROWS: usize = 200;

#[derive(Serialize)]
struct View {
    frame: Frame,
    path: String,
    mark: Mark,
    invalid_html: Option<Html>,
    tool: String,
    format: Option<String>,
    size: String,
    made: Option<When>,
    time_from: Option<&'static str>,
    commit: Option<String>,
    sealed: Option<String>,
    run_url: Option<String>,
    kept: bool,
    digest_html: Html,
    used: String,
    users: Vec<Named>,
    more_users: usize,
    asked: Vec<Fact>,
    facts: Vec<Fact>,
    cases: Vec<Numbered<Case>>,
    more_cases: u64,
    findings: Vec<Numbered<Finding>>,
    more_findings: u64,
    severities: Vec<Severity>,
    warnings: Vec<String>,
}

/// A fact, and what was asked of it.
#[derive(Serialize)]
struct Fact {
    name: String,
    value: String,
    /// Every bound that a condition put on it.
    bounds: Vec<Bound>,
}

#[derive(Serialize, PartialEq, Eq)]
struct Bound {
    bound: String,
    /// The hue and the mark of whether it holds; empty where that is not known.
    class: &'static str,
    symbol: &'static str,
    word: &'static str,
}

/// An entry of a list with its anchor.
#[derive(Serialize)]
struct Numbered<T> {
    anchor: String,
    of: T,
}

/// A part of the bar by severity.
#[derive(Serialize)]
struct Severity {
    word: &'static str,
    count: u64,
    x: String,
    width: String,
}

/// Draws every artifact's page.
pub(super) fn draw(world: &World, pen: &mut Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    for artifact in &world.snapshot.artifacts {
        let path = format!("evidence/{}.html", world.stem(&artifact.path));
        pen.page(path, "artifact.html", &view(links, artifact))?;
    }
    Ok(())
}

fn view(links: Links, artifact: &Artifact) -> View {
    let world = links.world;
    let users: Vec<Named> =
        artifact.used_by.iter().take(ROWS).filter_map(|address| links.at(address)).collect();
    let bounds = bounds(world, artifact);
    let (asked, facts): (Vec<Fact>, Vec<Fact>) = readings::named(artifact)
        .into_iter()
        .map(|(name, value)| Fact {
            bounds: bounds.get(name.as_str()).map(|reads| of_reads(reads)).unwrap_or_default(),
            value: readings::shown(&value),
            name,
        })
        .partition(|fact| !fact.bounds.is_empty());
    let cases = readings::cases(artifact);
    let findings = readings::findings(artifact);
    View {
        frame: Frame::new(links, Part::Evidence, &artifact.path),
        path: artifact.path.clone(),
        mark: evidence::standing(world, artifact),
        invalid_html: artifact.invalid.as_deref().map(Html::of_sentence),
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
        kept: world.options.kept.contains(&artifact.sha256),
        digest_html: digest::grouped(&artifact.sha256),
        used: counted(artifact.used_by.len() as u64, "item"),
        more_users: artifact.used_by.len().saturating_sub(users.len()),
        users,
        asked,
        facts,
        severities: severities(artifact),
        more_cases: cases.omitted + cases.entries.len().saturating_sub(ROWS) as u64,
        cases: numbered("_case", cases.entries),
        more_findings: findings.omitted + findings.entries.len().saturating_sub(ROWS) as u64,
        findings: numbered("_finding", findings.entries),
        warnings: artifact.warnings.clone(),
    }
}

/// A seal is anybody's text: only an address of the web becomes a link.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn numbered<T>(kind: &str, entries: Vec<T>) -> Vec<Numbered<T>> {
    let numbered = (1..).zip(entries.into_iter().take(ROWS));
    numbered
        .map(|(number, of): (usize, T)| Numbered { anchor: format!("{kind}-{number}"), of })
        .collect()
}

/// What the conditions of the items that rely on the artifact read, by fact.
fn bounds<'s>(world: &World<'s>, artifact: &Artifact) -> BTreeMap<&'s str, Vec<&'s Read>> {
    let mut bounds: BTreeMap<&str, Vec<&Read>> = BTreeMap::new();
    for address in artifact.used_by.iter().take(ROWS) {
        let Some((_, item)) = world.item(address) else { continue };
        for read in item.requirement.iter().chain(&item.requirements).flat_map(|asked| &asked.read)
        {
            bounds.entry(&read.fact).or_default().push(read);
        }
    }
    bounds
}

fn of_reads(reads: &[&Read]) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for read in reads {
        let (class, symbol, word) = match read.holds {
            Some(true) => ("ready", "ready", "holds:"),
            Some(false) => ("failing", "failing", "does not hold:"),
            None => ("", "", ""),
        };
        let bound = read.bound.clone().unwrap_or_default();
        let bound = Bound { bound, class, symbol, word };
        if !bounds.contains(&bound) {
            bounds.push(bound);
        }
    }
    bounds
}

fn severities(artifact: &Artifact) -> Vec<Severity> {
    let group = artifact.facts.get("findings");
    let count =
        |word: &str| group.and_then(|group| group.get(word)).and_then(|count| count.as_u64());
    let graded = ["critical", "high", "medium", "low", "info", "unknown"];
    let counts: Vec<(&'static str, u64)> = graded
        .into_iter()
        .filter_map(|word| Some((word, count(word)?)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let mut x = 0.0;
    let mut parts = Vec::new();
    for (word, count) in counts {
        let width = count as f64 / total as f64 * 1000.0;
        let wide = (width - 3.0).max(2.0);
        parts.push(Severity { word, count, x: format!("{x:.0}"), width: format!("{wide:.0}") });
        x += width;
    }
    parts
}

/// `184 kB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => counted(bytes, "byte"),
        1_000..=999_999 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
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
