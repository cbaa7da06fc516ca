//! What this run could not read or judge, and what is odd in the documents: by kind, each with what it
//! means, what to do, and every place.

use serde::Serialize;

use crate::model::{Code, Severity, counted};
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::{Item, Problem};

/// The places of one kind that stand open; the others are folded.
const OPEN: usize = 12;

#[derive(Serialize)]
struct View {
    frame: Frame,
    groups: Vec<Group>,
}

/// The problems of one code.
#[derive(Serialize)]
pub(super) struct Group {
    code: String,
    /// `144 warnings`.
    count: String,
    /// What the code means.
    about: Option<&'static str>,
    /// What all of them say, and what to do of all.
    message_html: Option<Html>,
    hint_html: Option<Html>,
    places: Vec<Shown>,
    folded: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    place: String,
    href: Option<String>,
    /// The item's text.
    text_html: Option<Html>,
    /// What is not said of all.
    message_html: Option<Html>,
    hint_html: Option<Html>,
}

/// Draws the page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let view =
        View { frame: Frame::new(links, Part::Elsewhere, "Problems"), groups: groups(links) };
    pen.page("problems.html".to_owned(), "pages/problems.html", &view)
}

/// Every problem by code, the gravest first.
pub(super) fn groups(links: Links) -> Vec<Group> {
    let mut groups: Vec<(Severity, &str, Vec<&Problem>)> = Vec::new();
    for problem in &links.world.snapshot.problems {
        let known = (problem.severity, problem.code.as_str());
        match groups.iter_mut().find(|(severity, code, _)| (*severity, *code) == known) {
            Some((.., problems)) => problems.push(problem),
            None => groups.push((known.0, known.1, vec![problem])),
        }
    }
    groups.sort_by_key(|(severity, ..)| *severity);
    groups.into_iter().map(|(severity, code, of)| group(links, severity, code, &of)).collect()
}

fn group(links: Links, severity: Severity, code: &str, problems: &[&Problem]) -> Group {
    let is_one = |of: &dyn Fn(&Problem) -> Option<&str>| {
        problems.len() > 1 && problems.iter().all(|problem| of(problem) == of(problems[0]))
    };
    let message = is_one(&|problem| Some(problem.message.as_str()));
    let hint = is_one(&|problem| problem.hint.as_deref());
    let mut places: Vec<Shown> = problems
        .iter()
        .map(|problem| Shown {
            place: said_place(problem),
            href: place(links, problem),
            text_html: item(links, problem).map(|item| Html::of_text(&shortened(&item.text, 200))),
            message_html: (!message).then(|| Html::of_sentence(&problem.message)),
            hint_html: problem.hint.as_deref().filter(|_| !hint).map(Html::of_sentence),
        })
        .collect();
    let folded = places.split_off(places.len().min(OPEN));
    Group {
        code: code.to_owned(),
        count: counted(problems.len() as u64, severity.word()),
        about: Code::ALL.iter().find(|known| known.word() == code).map(|known| known.about()),
        message_html: message.then(|| Html::of_sentence(&problems[0].message)),
        hint_html: problems[0].hint.as_deref().filter(|_| hint).map(Html::of_sentence),
        places,
        folded,
    }
}

/// `docs/A.md:12`.
pub(super) fn said_place(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    }
}

fn item<'s>(links: Links<'_, 's>, problem: &Problem) -> Option<&'s Item> {
    let id = problem.item.as_deref()?;
    links.world.item(&format!("{}#{id}", problem.path)).map(|(_, item)| item)
}

/// The item, else the artifact, else the document.
pub(super) fn place(links: Links, problem: &Problem) -> Option<String> {
    let world = links.world;
    let item = problem.item.as_deref().and_then(|id| world.item(&format!("{}#{id}", problem.path)));
    if let Some((checklist, item)) = item {
        return Some(links.item(checklist, item));
    }
    let known = world.snapshot.checklists.iter().any(|checklist| checklist.path == problem.path);
    if known { Some(links.checklist(&problem.path)) } else { links.artifact(&problem.path) }
}
