//! What this run could not read or judge: where, what, and what to do.

use serde::Serialize;

use crate::model::{Severity, counted};
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::Problem;

#[derive(Serialize)]
struct View {
    frame: Frame,
    groups: Vec<Group>,
}

/// The problems of one severity.
#[derive(Serialize)]
pub(super) struct Group {
    title: String,
    class: &'static str,
    problems: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    code: String,
    place: String,
    href: Option<String>,
    message_html: Html,
    hint_html: Option<Html>,
}

/// Draws the page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let view =
        View { frame: Frame::new(links, Part::Elsewhere, "Problems"), groups: groups(links) };
    pen.page("problems.html".to_owned(), "pages/problems.html", &view)
}

/// Every problem, the gravest first.
pub(super) fn groups(links: Links) -> Vec<Group> {
    let of = |severity: Severity| -> Vec<&Problem> {
        let problems = links.world.snapshot.problems.iter();
        problems.filter(|problem| problem.severity == severity).collect()
    };
    let groups = [Severity::Error, Severity::Warning, Severity::Note].into_iter().map(|severity| {
        let problems = of(severity);
        Group {
            title: counted(problems.len() as u64, severity.word()),
            class: severity.word(),
            problems: problems.into_iter().map(|problem| shown(links, problem)).collect(),
        }
    });
    groups.filter(|group| !group.problems.is_empty()).collect()
}

fn shown(links: Links, problem: &Problem) -> Shown {
    Shown {
        code: problem.code.clone(),
        place: said_place(problem),
        href: place(links, problem),
        message_html: Html::of_sentence(&problem.message),
        hint_html: problem.hint.as_deref().map(Html::of_sentence),
    }
}

/// `docs/A.md:12`.
pub(super) fn said_place(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    }
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
