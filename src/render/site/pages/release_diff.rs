//! What became of the readiness from one release to the next, a page a pair: what got worse first.

use rayon::prelude::*;
use serde::Serialize;

use crate::diff::v1::{Change, Side};
use crate::diff::{Heading, Kind, caveats, grouped, headline, named};
use crate::model::Status;
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::{World, short};
use crate::render::site::{Pen, SiteError};

use super::releases;

/// Rows under a heading that are shown: of what may alarm, of the rest.
const SHOWN_LOUD: usize = 500;
const SHOWN: usize = 100;

/// The longest text of one side.
const LONGEST: usize = 400;

#[derive(Serialize)]
struct View {
    frame: Frame,
    earlier: Shown,
    later: Shown,
    /// What is bad of the headline, and the rest.
    worse: Option<String>,
    headline: String,
    caveats_html: Vec<Html>,
    /// What may alarm.
    loud: Vec<Group>,
    /// The rest, folded.
    quiet: Vec<Group>,
    json: String,
}

/// A side, named.
#[derive(Serialize)]
struct Shown {
    name: String,
    day: String,
    commit: Option<String>,
    origin: &'static str,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    count: usize,
    loud: bool,
    rows: Vec<Row>,
    more: usize,
}

#[derive(Serialize)]
struct Turn {
    before: Mark,
    after: Mark,
}

#[derive(Serialize)]
struct Row {
    /// The status before and after.
    turn: Option<Turn>,
    what: String,
    weakening: bool,
    href: Option<String>,
    text_html: Html,
    from_html: Option<Html>,
    to_html: Option<Html>,
    why_html: Html,
    at: String,
    place: Option<String>,
}

/// Draws a page for each pair of neighbours, and the same as data beside it.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    world.options.diffs.par_iter().try_for_each(|diff| {
        let stem = releases::stem(diff);
        let title = format!("{} → {}", diff.from.name, diff.to.name);
        let file = |ending: &str| format!("{stem}.{ending}");
        let groups = grouped(diff).into_iter();
        let (loud, quiet): (Vec<Group>, Vec<Group>) = groups
            .map(|(heading, changes)| group(links, heading, &changes))
            .partition(|group| group.loud);
        let headline = headline(diff);
        let (worse, rest) = match headline.split_once(", ") {
            Some((worse, rest)) if !worse.starts_with("0 ") && !diff.changes.is_empty() => {
                (Some(worse), rest)
            }
            _ => (None, headline.as_str()),
        };
        let view = View {
            frame: Frame::new(links, Part::Releases, &shortened(&title, 120)),
            earlier: shown(&diff.from),
            later: shown(&diff.to),
            worse: worse.map(str::to_owned),
            headline: rest.to_owned(),
            caveats_html: caveats(diff).iter().map(|said| Html::of_sentence(said)).collect(),
            loud,
            quiet,
            json: links.file(&file("json")),
        };
        pen.page(file("html"), "pages/release-diff.html", &view)?;
        let data = serde_json::to_vec_pretty(diff)
            .map_err(|fault| SiteError { page: file("json"), cause: fault.to_string() })?;
        pen.file(&file("json"), data);
        Ok(())
    })
}

fn shown(side: &Side) -> Shown {
    Shown {
        name: shortened(&side.name, 60),
        day: when::when(side.time.as_deref().unwrap_or(&side.judged_at), None).day,
        commit: side.commit.as_deref().map(short),
        origin: side.origin(),
    }
}

fn group(links: Links, heading: Heading, changes: &[&Change]) -> Group {
    let most = if heading.is_loud() { SHOWN_LOUD } else { SHOWN };
    let rows: Vec<Row> = changes.iter().take(most).map(|change| row(links, change)).collect();
    Group {
        title: heading.words(),
        count: changes.len(),
        loud: heading.is_loud(),
        more: changes.len() - rows.len(),
        rows,
    }
}

fn row(links: Links, change: &Change) -> Row {
    let status = |side: &Option<String>| side.as_deref().and_then(Status::from_word);
    let turn = match (change.kind, status(&change.from), status(&change.to)) {
        (Kind::Status, Some(from), Some(to)) => {
            Some(Turn { before: mark::of_status(from), after: mark::of_status(to) })
        }
        _ => None,
    };
    let told = turn.is_none() && !matches!(change.kind, Kind::Added | Kind::Removed);
    let side = |side: &Option<String>| {
        side.as_deref().filter(|_| told).map(|text| Html::of_text(&shortened(text, LONGEST)))
    };
    let address = format!("{}#{}", change.checklist, change.item);
    Row {
        turn,
        what: named(change),
        weakening: change.weakening,
        href: links.world.item(&address).map(|(checklist, item)| links.item(checklist, item)),
        text_html: Html::of_text(&shortened(&change.text, 200)),
        from_html: side(&change.from),
        to_html: side(&change.to),
        why_html: Html::of_sentence(&change.why),
        at: format!("{}:{}", change.checklist, change.line),
        place: change.place.clone(),
    }
}
