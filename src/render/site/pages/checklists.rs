//! The index of checklists: each document with its figures, worst first.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::counted;
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::dumbbell::Dumbbell;
use crate::render::site::parts::section::{Tally, Worst};
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Checklist;

use super::checklist::title;

#[derive(Serialize)]
struct View {
    frame: Frame,
    sentence: String,
    rows: Vec<Line>,
}

/// A checklist with its figures.
#[derive(Serialize)]
pub(super) struct Line {
    href: String,
    title_html: Html,
    /// The path, where the title is another.
    path: Option<String>,
    claimed: u64,
    proven: u64,
    applicable: u64,
    dumbbell: Option<Dumbbell>,
    worst: Option<Worst>,
    template: bool,
}

/// Draws the index where there is more than one checklist; else the header leads to the one.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    if world.snapshot.checklists.len() == 1 {
        return Ok(());
    }
    let links = Links::below(world);
    let rows = lines(links);
    let view = View {
        frame: Frame::new(links, Part::Checklists, "Checklists"),
        sentence: match rows.len() {
            0 => "No checklist found.".to_owned(),
            _ => format!(
                "{} with {}.",
                counted(rows.len() as u64, "checklist"),
                counted(world.snapshot.summary.overall.items, "item")
            ),
        },
        rows,
    };
    pen.page("checklists/index.html".to_owned(), "pages/checklists.html", &view)
}

/// Every checklist, worst first.
pub(super) fn lines(links: Links) -> Vec<Line> {
    let checklists = links.world.snapshot.checklists.iter();
    let mut tallied: Vec<(&Checklist, Tally)> =
        checklists.map(|checklist| (checklist, Tally::of(&checklist.items))).collect();
    tallied.sort_by(|(_, a), (_, b)| b.badness().cmp(&a.badness()));
    tallied
        .into_iter()
        .map(|(checklist, tally)| Line {
            href: links.checklist(&checklist.path),
            title_html: Html::of_text(title(checklist)),
            path: checklist.title.as_ref().map(|_| checklist.path.clone()),
            claimed: tally.sets.claimed,
            proven: tally.sets.proven,
            applicable: tally.sets.applicable,
            dumbbell: Dumbbell::of(&tally.sets),
            worst: tally.worst(),
            template: checklist.template,
        })
        .collect()
}

/// The `most` worst, with their paths only where titles do not tell them apart.
pub(super) fn lines_in_short(links: Links, most: usize) -> Vec<Line> {
    let checklists = &links.world.snapshot.checklists;
    let titles: HashSet<&str> = checklists.iter().map(title).collect();
    let told_apart = titles.len() == checklists.len();
    let mut lines = lines(links);
    lines.truncate(most);
    for line in lines.iter_mut().filter(|_| told_apart) {
        line.path = None;
    }
    lines
}
