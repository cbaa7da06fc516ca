//! What every page has around its content: header, the stamp under it, footer.

use serde::Serialize;

use crate::model::counted;

use super::links::Links;
use super::pages::releases;
use super::pages::runbook;
use super::single::Inside;
use super::size::size;
use super::when;
use super::world::World;

/// More bytes than one opens unawares.
const MUCH: u64 = 2_000_000;

/// The parts of the report that stand in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `index.html`.
    Overview,
    /// `checklists/`.
    Checklists,
    /// `evidence/`.
    Evidence,
    /// `runbook/`.
    Runbook,
    /// `releases/`.
    Releases,
    /// `exceptions.html`.
    Exceptions,
    /// `integrity.html`.
    Integrity,
    /// Pages that the header does not name.
    Elsewhere,
}

/// The frame of one page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Frame {
    title: String,
    root: &'static str,
    project: String,
    nav: Vec<Nav>,
    /// Release, verdict, moment and commit, for a page that is printed or forwarded alone.
    stamp: Stamp,
    /// Whether the page itself says what the stamp says.
    tells_itself: bool,
    /// At the foot of every printed page.
    foot: String,
    /// The moment after which a reader is warned, RFC 3339.
    good_until: Option<String>,
    good_until_day: Option<String>,
    tool: String,
    snapshot_sha256: Option<String>,
    problems: String,
    /// The size of everything in one page, where that is much.
    print_size: Option<String>,
    /// What a page that stands alone holds itself.
    inside: Option<Inside>,
}

#[derive(Debug, Clone, Serialize)]
struct Nav {
    label: &'static str,
    href: String,
    current: bool,
}

/// What a page belongs to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Stamp {
    /// The release, where there is one.
    pub(super) release: Option<String>,
    /// `Go`, `No-go`, `No gate`.
    pub(super) verdict: &'static str,
    /// `go`, `no-go`, `no-gate`.
    pub(super) class: &'static str,
    /// `2026-11-22 10:05 UTC`.
    pub(super) judged: String,
    /// `b81d0c7`.
    pub(super) commit: Option<String>,
    /// Whether tracked files differed from it.
    pub(super) dirty: bool,
}

impl Stamp {
    /// Of the whole report.
    pub(super) fn of(world: &World) -> Stamp {
        let (verdict, class) = verdict(&world.snapshot.summary.gate.result);
        Stamp {
            release: world.snapshot.release.clone(),
            verdict,
            class,
            judged: when::when(&world.snapshot.judged_at, None).human,
            commit: world.short_commit(),
            dirty: world.snapshot.commit.as_ref().is_some_and(|commit| commit.dirty),
        }
    }
}

impl Frame {
    /// Of a page whose title begins with `title`.
    pub(super) fn new(links: Links, part: Part, title: &str) -> Frame {
        let world = links.world;
        let snapshot = world.snapshot;
        let stamp = Stamp::of(world);
        let release = stamp.release.clone().unwrap_or_else(|| snapshot.project.clone());
        let mut foot = vec![snapshot.project.clone()];
        foot.extend(stamp.release.clone());
        foot.push(stamp.verdict.to_owned());
        foot.push(stamp.judged.clone());
        foot.extend(stamp.commit.clone());
        if let Some(digest) = &world.options.snapshot_sha256 {
            foot.push(digest.chars().take(8).collect());
        }
        let good_until = world.good_until;
        Frame {
            title: format!("{title} · {release}"),
            root: links.root(),
            project: snapshot.project.clone(),
            nav: nav(links, part),
            stamp,
            tells_itself: part == Part::Overview,
            foot: foot.join(" · "),
            good_until_day: good_until.map(|time| time.date()),
            good_until: good_until.map(|time| time.to_string()),
            tool: format!("{} {}", snapshot.tool.name, snapshot.tool.version),
            snapshot_sha256: world.options.snapshot_sha256.clone(),
            problems: counted(snapshot.problems.len() as u64, "problem"),
            print_size: world
                .printed
                .get()
                .filter(|bytes| **bytes > MUCH)
                .map(|bytes| size(*bytes)),
            inside: links.is_alone().then(Inside::new),
        }
    }
}

/// The verdict as a word and as a class.
pub(super) fn verdict(result: &str) -> (&'static str, &'static str) {
    match result {
        "go" => ("Go", "go"),
        "no-go" => ("No-go", "no-go"),
        _ => ("No gate", "no-gate"),
    }
}

/// The chapters that every whole document has.
const CHAPTERS: [(&str, &str); 6] = [
    ("Contents", "#_contents"),
    ("Decision", "#_decision"),
    ("Exceptions", "#_exceptions"),
    ("Evidence", "#_evidence"),
    ("Problems", "#_problems"),
    ("Integrity", "#_integrity"),
];

fn nav(links: Links, part: Part) -> Vec<Nav> {
    let snapshot = links.world.snapshot;
    let mut nav = Vec::new();
    if links.is_alone() {
        return CHAPTERS
            .iter()
            .map(|(label, href)| Nav { label, href: (*href).to_owned(), current: false })
            .collect();
    }
    let mut add = |is: Part, label, href: String| {
        nav.push(Nav { label, href, current: part == is });
    };
    add(Part::Overview, "Overview", links.file("index.html"));
    match snapshot.checklists.as_slice() {
        [] => {}
        [only] => add(Part::Checklists, "Checklist", links.checklist(&only.path)),
        _ => add(Part::Checklists, "Checklists", links.file("checklists/index.html")),
    }
    if !snapshot.artifacts.is_empty() {
        add(Part::Evidence, "Evidence", links.file("evidence/index.html"));
    }
    if let Some(href) = runbook::entry(links) {
        add(Part::Runbook, "Runbook", href);
    }
    if releases::has_content(links.world) {
        add(Part::Releases, "Releases", links.file("releases/index.html"));
    }
    if links.world.has_exceptions {
        add(Part::Exceptions, "Exceptions", links.file("exceptions.html"));
    }
    add(Part::Integrity, "Integrity", links.file("integrity.html"));
    nav
}
