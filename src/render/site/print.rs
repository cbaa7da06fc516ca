//! Everything in one document, in reading order, with nothing folded: for paper and for the file.

use serde::Serialize;

use crate::snapshot::v1::Checklist;

use super::checklist::{sentence, title};
use super::decision::Decision;
use super::document::{self, Part};
use super::evidence;
use super::exceptions::Exceptions;
use super::expiry;
use super::frame::{self, Frame};
use super::html::Html;
use super::integrity::Integrity;
use super::links::Links;
use super::overview::Figures;
use super::section::Tally;
use super::world::World;
use super::{Pen, SiteError};

/// The most items of one document; above it every checklist is one of its own.
const ITEMS: usize = 5000;
/// The most artifacts where the checklists stand elsewhere.
const ARTIFACTS: usize = 1000;

#[derive(Serialize)]
struct View {
    frame: Frame,
    project: String,
    decision: Decision,
    figures: Figures,
    good_until: Option<String>,
    exceptions: Exceptions,
    contents: Vec<Chapter>,
    documents: Vec<Document>,
    /// Where the checklists stand, if not here.
    elsewhere: Vec<Elsewhere>,
    evidence_sentence: String,
    artifacts: Vec<evidence::Line>,
    integrity: Integrity,
}

/// A line of the contents.
#[derive(Serialize)]
struct Chapter {
    number: usize,
    title_html: Html,
    href: String,
}

#[derive(Serialize)]
struct Document {
    anchor: String,
    title_html: Html,
    path: String,
    sentence: String,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Elsewhere {
    href: String,
    title_html: Html,
    sentence: String,
}

#[derive(Serialize)]
struct Single {
    frame: Frame,
    document: Document,
}

/// Draws the document, or its first part and one more a checklist.
pub(super) fn draw(world: &World, pen: &mut Pen) -> Result<(), SiteError> {
    let checklists = &world.snapshot.checklists;
    let is_one = world.all_items().count() <= ITEMS;
    let links = if is_one { Links::within(world) } else { Links::top(world) };
    let mut view = View {
        frame: Frame::new(links, frame::Part::Elsewhere, "Readiness report"),
        project: world.snapshot.project.clone(),
        decision: Decision::of(world),
        figures: Figures::of(links),
        good_until: expiry::earliest(world).map(|time| time.human()),
        exceptions: Exceptions::of(links),
        contents: contents(links, is_one),
        documents: Vec::new(),
        elsewhere: Vec::new(),
        evidence_sentence: evidence::sentence(world),
        artifacts: evidence::lines(links, if is_one { usize::MAX } else { ARTIFACTS }),
        integrity: Integrity::of(links),
    };
    if is_one {
        view.documents = checklists.iter().map(|list| drawn(links, list)).collect();
        return pen.page("print.html".to_owned(), "print.html", &view);
    }
    let apart = Links::below(world);
    view.elsewhere = checklists.iter().map(|list| elsewhere(world, list)).collect();
    pen.page("print.html".to_owned(), "print.html", &view)?;
    for checklist in checklists {
        let path = format!("print/{}.html", world.stem(&checklist.path));
        let view = Single {
            frame: Frame::new(apart, frame::Part::Elsewhere, title(checklist)),
            document: drawn(apart.opened(), checklist),
        };
        pen.page(path, "print-one.html", &view)?;
    }
    Ok(())
}

fn contents(links: Links, is_one: bool) -> Vec<Chapter> {
    let mut chapters = vec![(Html::of_text("Decision"), "#_decision".to_owned())];
    chapters.push((Html::of_text("Exceptions"), "#_exceptions".to_owned()));
    if is_one {
        for checklist in &links.world.snapshot.checklists {
            chapters.push((Html::of_text(title(checklist)), links.checklist(&checklist.path)));
        }
    } else {
        chapters.push((Html::of_text("Checklists"), "#_checklists".to_owned()));
    }
    chapters.push((Html::of_text("Evidence"), "#_evidence".to_owned()));
    chapters.push((Html::of_text("Integrity"), "#_integrity".to_owned()));
    let numbered = (1..).zip(chapters);
    numbered.map(|(number, (title_html, href))| Chapter { number, title_html, href }).collect()
}

fn drawn(links: Links, checklist: &Checklist) -> Document {
    Document {
        anchor: links.part_anchor("c", &checklist.path),
        title_html: Html::of_text(title(checklist)),
        path: checklist.path.clone(),
        sentence: sentence(&Tally::of(&checklist.items)),
        parts: document::drawn(links, checklist).parts,
    }
}

fn elsewhere(world: &World, checklist: &Checklist) -> Elsewhere {
    Elsewhere {
        href: format!("./print/{}.html", world.stem(&checklist.path)),
        title_html: Html::of_text(title(checklist)),
        sentence: sentence(&Tally::of(&checklist.items)),
    }
}
