//! Everything in one document, in reading order, with nothing folded: for paper and for the file.

use std::iter;

use rayon::prelude::*;
use serde::Serialize;

use crate::render::site::frame::{self, Frame};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::names::fragment;
use crate::render::site::parts::decision::Decision;
use crate::render::site::parts::document::{self, Heading, Part};
use crate::render::site::parts::section::Tally;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Checklist;

use super::checklist::{besides, sentence, title};
use super::evidence;
use super::exceptions::Exceptions;
use super::integrity::Integrity;
use super::overview::{self, Figures, Group};
use super::problems;

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
    groups: Vec<Group>,
    exceptions: Exceptions,
    contents: Vec<Chapter>,
    documents: Vec<Document>,
    /// Where the checklists stand, if not here.
    elsewhere: Vec<Elsewhere>,
    evidence_sentence: String,
    artifacts: Vec<evidence::Line>,
    problems: Vec<problems::Group>,
    integrity: Integrity,
}

/// A line of the contents.
#[derive(Serialize)]
struct Chapter {
    number: usize,
    title_html: Html,
    href: String,
    sections: Vec<Heading>,
}

#[derive(Serialize)]
struct Document {
    anchor: String,
    title_html: Html,
    path: String,
    sentence: String,
    body_html: Html,
    #[serde(skip)]
    contents: Vec<Heading>,
}

/// The text of one document, drawn by itself: all of them at once take many times their bytes.
#[derive(Serialize)]
struct Body {
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
pub(in crate::render::site) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    if world.all_items().count() <= ITEMS {
        let (view, bodies) = whole(Links::within(world), pen)?;
        return first(world, pen, &view, bodies);
    }
    let checklists = &world.snapshot.checklists;
    let (links, apart) = (Links::top(world), Links::below(world));
    let elsewhere = checklists.iter().map(|list| elsewhere(world, list)).collect();
    let view = View { elsewhere, ..of(links, Vec::new(), ARTIFACTS) };
    first(world, pen, &view, Vec::new())?;
    checklists.par_iter().try_for_each(|checklist| {
        let path = format!("print/{}.html", world.stem(&checklist.path));
        let view = Single {
            frame: Frame::new(apart, frame::Part::Elsewhere, title(checklist)),
            document: drawn(apart.opened(), checklist, pen)?,
        };
        pen.page(path, "pages/print-one.html", &view)
    })
}

/// Draws the page that every other leads to with its size.
fn first(world: &World, pen: &Pen, view: &View, bodies: Vec<Html>) -> Result<(), SiteError> {
    let bytes = pen.filled("print.html", "pages/print.html", view, bodies)?;
    // It is drawn once.
    let _ = world.printed.set(bytes.len() as u64);
    pen.file("print.html", bytes);
    Ok(())
}

/// The document with everything in it, beside which no other file stands.
pub(in crate::render::site) fn drawn_alone(world: &World, pen: &Pen) -> Result<Vec<u8>, SiteError> {
    let (view, bodies) = whole(Links::alone(world), pen)?;
    pen.filled("report.html", "pages/print.html", &view, bodies)
}

/// The document, with a slot for the text of each checklist, and those texts: drawn with it they would
/// be held three times.
fn whole(links: Links, pen: &Pen) -> Result<(View, Vec<Html>), SiteError> {
    let checklists = links.world.snapshot.checklists.par_iter();
    let documents: Result<Vec<Document>, SiteError> =
        checklists.map(|list| drawn(links, list, pen)).collect();
    let mut documents = documents?;
    let body = |of: &mut Document| std::mem::replace(&mut of.body_html, Html::slot());
    let bodies = documents.iter_mut().map(body).collect();
    Ok((of(links, documents, usize::MAX), bodies))
}

fn of(links: Links, documents: Vec<Document>, artifacts: usize) -> View {
    let world = links.world;
    View {
        frame: Frame::new(links, frame::Part::Elsewhere, "Readiness report"),
        project: world.snapshot.project.clone(),
        decision: Decision::of(world),
        figures: Figures::of(links),
        good_until: world.good_until.map(|time| time.human()),
        groups: overview::groups(links),
        exceptions: Exceptions::of(links),
        contents: contents(links, &documents),
        documents,
        elsewhere: Vec::new(),
        evidence_sentence: evidence::sentence(world),
        artifacts: evidence::lines(links, artifacts),
        problems: problems::groups(links),
        integrity: Integrity::of(links),
    }
}

fn contents(links: Links, documents: &[Document]) -> Vec<Chapter> {
    let chapter = |title: &str, href: &str| Chapter {
        number: 0,
        title_html: Html::of_text(title),
        href: href.to_owned(),
        sections: Vec::new(),
    };
    let mut chapters =
        vec![chapter("Decision", "#_decision"), chapter("Exceptions", "#_exceptions")];
    if documents.is_empty() && !links.world.snapshot.checklists.is_empty() {
        chapters.push(chapter("Checklists", "#_checklists"));
    }
    chapters.extend(documents.iter().map(|document| Chapter {
        number: 0,
        title_html: document.title_html.clone(),
        href: format!("#{}", fragment(&document.anchor)),
        sections: document.contents.clone(),
    }));
    chapters.push(chapter("Evidence", "#_evidence"));
    chapters.push(chapter("Problems", "#_problems"));
    chapters.push(chapter("Integrity", "#_integrity"));
    for (number, chapter) in (1..).zip(&mut chapters) {
        chapter.number = number;
    }
    chapters
}

fn drawn(links: Links, checklist: &Checklist, pen: &Pen) -> Result<Document, SiteError> {
    let document = document::drawn(links, checklist);
    let tally = Tally::of(&checklist.items);
    let besides = besides(&tally, checklist.obligations.len());
    let said: Vec<String> = iter::once(sentence(&tally)).chain(besides).collect();
    Ok(Document {
        anchor: links.part_anchor("c", &checklist.path),
        title_html: Html::of_text(title(checklist)),
        path: checklist.path.clone(),
        sentence: said.join(" "),
        body_html: pen.part("parts/print-document.html", &Body { parts: document.parts })?,
        contents: document.contents,
    })
}

fn elsewhere(world: &World, checklist: &Checklist) -> Elsewhere {
    Elsewhere {
        href: format!("./print/{}.html", world.stem(&checklist.path)),
        title_html: Html::of_text(title(checklist)),
        sentence: sentence(&Tally::of(&checklist.items)),
    }
}
