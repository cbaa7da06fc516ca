//! What this run could not read or judge: where, what, and what to do.

use serde::Serialize;

use crate::model::{Severity, counted};
use crate::snapshot::v1::Problem;

use super::frame::{Frame, Part};
use super::html::Html;
use super::links::Links;
use super::world::World;
use super::{Pen, SiteError};

#[derive(Serialize)]
struct View {
    frame: Frame,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
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
pub(super) fn draw(world: &World, pen: &mut Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let of = |severity: Severity| -> Vec<&Problem> {
        world.snapshot.problems.iter().filter(|problem| problem.severity == severity).collect()
    };
    let groups = [Severity::Error, Severity::Warning, Severity::Note].into_iter().map(|severity| {
        let problems = of(severity);
        Group {
            title: counted(problems.len() as u64, severity.word()),
            class: severity.word(),
            problems: problems.into_iter().map(|problem| shown(links, problem)).collect(),
        }
    });
    let view = View {
        frame: Frame::new(links, Part::Elsewhere, "Problems"),
        groups: groups.filter(|group| !group.problems.is_empty()).collect(),
    };
    pen.page("problems.html".to_owned(), "problems.html", &view)
}

fn shown(links: Links, problem: &Problem) -> Shown {
    Shown {
        code: problem.code.clone(),
        place: match problem.line {
            Some(line) => format!("{}:{line}", problem.path),
            None => problem.path.clone(),
        },
        href: place(links, problem),
        message_html: Html::of_sentence(&problem.message),
        hint_html: problem.hint.as_deref().map(Html::of_sentence),
    }
}

/// The item, else the artifact, else the document.
fn place(links: Links, problem: &Problem) -> Option<String> {
    let world = links.world;
    let item = problem.item.as_deref().and_then(|id| world.item(&format!("{}#{id}", problem.path)));
    if let Some((checklist, item)) = item {
        return Some(links.item(checklist, item));
    }
    let known = world.snapshot.checklists.iter().any(|checklist| checklist.path == problem.path);
    if known { Some(links.checklist(&problem.path)) } else { links.artifact(&problem.path) }
}
