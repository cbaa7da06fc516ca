//! A page a checklist: the document as written, each item annotated in its place.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{Code, Status, counted};
use crate::render::site::frame::{self, Frame};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::boxes::Boxes;
use crate::render::site::parts::document::{self, Heading, Part};
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::parts::parted::{self, Leaf, Moved};
use crate::render::site::parts::section::Tally;
use crate::render::site::text::shortened;
use crate::render::site::world::{World, short};
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::{Checklist, Item};

/// From this many items on a page is drawn piece by piece as it is scrolled.
const LONG: u64 = 300;

#[derive(Serialize)]
struct View {
    frame: Frame,
    title_html: Html,
    path: String,
    commit: Option<String>,
    metadata: Vec<Said>,
    mended: Option<String>,
    template: bool,
    sentence: String,
    besides: Option<String>,
    boxes: Option<Boxes>,
    filters: Vec<Filter>,
    contents: Vec<Heading>,
    parts: Vec<Part>,
    items: u64,
    long: bool,
    /// The first page, of one that holds a section alone.
    whole_href: Option<String>,
    /// The sections that stand on pages of their own.
    moved: Vec<Moved>,
}

/// What the document says of itself.
#[derive(Serialize)]
struct Said {
    name: String,
    value: String,
}

impl Said {
    fn of((name, value): (&String, &String)) -> Said {
        Said { name: shortened(name, 60), value: shortened(value, 200) }
    }
}

/// A status of this page as a filter.
#[derive(Serialize)]
struct Filter {
    mark: Mark,
    count: u64,
}

/// Draws every checklist's page or pages.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    world.snapshot.checklists.par_iter().try_for_each(|checklist| {
        let document = document::drawn(links, checklist);
        let leaves = parted::leaves(links, checklist, document);
        let mut moved = parted::index(links, checklist, &leaves);
        leaves.into_iter().try_for_each(|leaf| {
            let path = format!("checklists/{}.html", leaf.stem);
            let moved = std::mem::take(&mut moved);
            pen.page(path, "pages/checklist.html", &view(links, checklist, leaf, moved))
        })
    })
}

fn view(links: Links, checklist: &Checklist, leaf: Leaf, moved: Vec<Moved>) -> View {
    let world = links.world;
    let title = title(checklist);
    let is_whole = !world.is_parted(&checklist.path);
    let is_first = leaf.title.is_none();
    let of_leaf = |item: &&Item| {
        is_whole || world.page(&checklist.path, &item.section_slug) == Some(leaf.stem.as_str())
    };
    let tally = match is_first {
        true => Tally::of(&checklist.items),
        false => Tally::of(checklist.items.iter().filter(of_leaf)),
    };
    let metadata = checklist.metadata.iter();
    View {
        frame: Frame::new(links, frame::Part::Checklists, title),
        title_html: Html::of_text(title),
        path: checklist.path.clone(),
        commit: world.snapshot.commit.as_ref().map(|commit| short(&commit.id)),
        metadata: metadata
            .filter(|(name, _)| is_first && !document::says(checklist, name))
            .map(Said::of)
            .collect(),
        mended: mended(world, checklist),
        template: checklist.template,
        sentence: sentence(&tally),
        besides: besides(&tally, if is_first { checklist.obligations.len() } else { 0 }),
        boxes: Boxes::of(checklist),
        filters: if is_whole || !is_first { filters(&tally) } else { Vec::new() },
        contents: leaf.document.contents,
        parts: leaf.document.parts,
        items: tally.sets.items,
        long: tally.sets.items > LONG,
        whole_href: (!is_first).then(|| links.checklist(&checklist.path)),
        moved,
    }
}

/// The document's own title, else its path.
pub(super) fn title(checklist: &Checklist) -> &str {
    checklist.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&checklist.path)
}

/// What was mis-decoded and is shown repaired.
fn mended(world: &World, checklist: &Checklist) -> Option<String> {
    let problems = world.snapshot.problems.iter();
    let mut of = problems.filter(|problem| problem.path == checklist.path);
    of.find(|problem| problem.code == Code::Mojibake.word()).map(|problem| problem.message.clone())
}

/// Both figures with both overhangs.
pub(super) fn sentence(tally: &Tally) -> String {
    let sets = &tally.sets;
    if sets.items == 0 {
        return "This document holds no item.".to_owned();
    }
    format!(
        "{} of {} claimed, {} of them not proven. {} of {} proven, {} of them not ticked.",
        sets.claimed,
        counted(sets.applicable, "item"),
        sets.claimed_not_proven,
        sets.proven,
        sets.applicable,
        sets.proven_not_claimed
    )
}

/// How what is required stands, and what the notes ask for and nobody can claim.
pub(super) fn besides(tally: &Tally, obligations: usize) -> Option<String> {
    let unboxed = (obligations > 0).then(|| {
        let verb = if obligations == 1 { "asks" } else { "ask" };
        format!("{} {verb} for something without a box.", counted(obligations as u64, "note"))
    });
    let said: Vec<String> = tally.required().into_iter().chain(unboxed).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn filters(tally: &Tally) -> Vec<Filter> {
    Status::ALL
        .into_iter()
        .map(|status| Filter { mark: mark::of_status(status), count: tally.count(status) })
        .filter(|filter| filter.count > 0)
        .collect()
}
