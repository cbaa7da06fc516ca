//! Can a plan be carried out as written: each command, and whether what it names is there.

mod rehearsal;

use serde::Serialize;

use crate::model::{Code, counted};
use crate::render::site::frame::{Frame, Part};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::{Checklist, Name, Procedure, Step};

use super::checklist::title;
use rehearsal::{Rehearsals, Rehearsed};

/// The most that is told at the top of a page.
const TROUBLES: usize = 20;

#[derive(Serialize)]
struct Index {
    frame: Frame,
    plans: Vec<Plan>,
}

#[derive(Serialize)]
struct Plan {
    href: String,
    title_html: Html,
    sentence: String,
    missing: u64,
}

#[derive(Serialize)]
struct View {
    frame: Frame,
    title_html: Html,
    path: String,
    commit: Option<String>,
    sentence: String,
    /// What is missing or failed in CI, in the order of the plan.
    troubles: Vec<Trouble>,
    more_troubles: usize,
    procedures: Vec<Shown>,
}

/// What stands in the way of a plan, with its place on the page.
#[derive(Serialize)]
struct Trouble {
    href: String,
    word: &'static str,
    words: String,
    line: usize,
}

/// A procedure.
#[derive(Serialize)]
struct Shown {
    anchor: String,
    title_html: Html,
    /// Its place on the checklist's page.
    href: Option<String>,
    figures: String,
    steps: Vec<Command>,
}

#[derive(Serialize)]
struct Command {
    anchor: String,
    line: usize,
    command: String,
    cwd: Option<String>,
    /// How CI fared with it.
    rehearsed: Option<Rehearsed>,
    found: Vec<String>,
    missing: Vec<Missing>,
    placeholders: Vec<String>,
    other: Vec<String>,
    /// Whether it names nothing that could be looked up.
    silent: bool,
}

#[derive(Serialize)]
struct Missing {
    words: String,
    hint_html: Option<Html>,
}

/// Draws a page a checklist with procedures, and an index where there are several.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::below(world);
    let rehearsals = Rehearsals::of(world);
    let with: Vec<&Checklist> = planned(world).collect();
    if with.len() != 1 {
        let plans = with.iter().map(|checklist| Plan {
            href: page(links, checklist),
            title_html: Html::of_text(title(checklist)),
            sentence: sentence(&checklist.procedures, &rehearsals),
            missing: Count::of(&checklist.procedures, &rehearsals).missing,
        });
        let mut plans: Vec<Plan> = plans.collect();
        plans.sort_by_key(|plan| std::cmp::Reverse(plan.missing));
        let view = Index { frame: Frame::new(links, Part::Runbook, "Runbook"), plans };
        pen.page("runbook/index.html".to_owned(), "pages/runbooks.html", &view)?;
    }
    for checklist in with {
        let path = format!("runbook/{}.html", world.stem(&checklist.path));
        pen.page(path, "pages/runbook.html", &view(links, checklist, &rehearsals))?;
    }
    Ok(())
}

/// Where the header leads; `None` without a procedure.
pub(in crate::render::site) fn entry(links: Links) -> Option<String> {
    let mut with = planned(links.world);
    let first = with.next()?;
    Some(match with.next() {
        None => page(links, first),
        Some(_) => links.file("runbook/index.html"),
    })
}

fn planned<'s>(world: &World<'s>) -> impl Iterator<Item = &'s Checklist> {
    world.snapshot.checklists.iter().filter(|checklist| !checklist.procedures.is_empty())
}

fn page(links: Links, checklist: &Checklist) -> String {
    links.file(&format!("runbook/{}.html", links.world.stem(&checklist.path)))
}

fn view(links: Links, checklist: &Checklist, rehearsals: &Rehearsals<'_>) -> View {
    let numbered = checklist.procedures.iter().enumerate();
    let procedures: Vec<Shown> =
        numbered.map(|procedure| shown(links, rehearsals, checklist, procedure)).collect();
    let mut troubles: Vec<Trouble> =
        procedures.iter().flat_map(|procedure| &procedure.steps).flat_map(Trouble::of).collect();
    let more_troubles = troubles.len().saturating_sub(TROUBLES);
    troubles.truncate(TROUBLES);
    View {
        frame: Frame::new(links, Part::Runbook, &format!("Runbook: {}", title(checklist))),
        title_html: Html::of_text(title(checklist)),
        path: checklist.path.clone(),
        commit: links.world.short_commit(),
        sentence: sentence(&checklist.procedures, rehearsals),
        troubles,
        more_troubles,
        procedures,
    }
}

fn shown(
    links: Links,
    rehearsals: &Rehearsals<'_>,
    checklist: &Checklist,
    (number, procedure): (usize, &Procedure),
) -> Shown {
    let section = checklist.sections.iter().find(|section| section.line == procedure.line);
    Shown {
        anchor: format!("_p-{}", number + 1),
        title_html: Html::of_text(&procedure.title),
        href: section.map(|section| links.section(checklist, &section.slug)),
        figures: sentence(std::slice::from_ref(procedure), rehearsals),
        steps: procedure
            .steps
            .iter()
            .enumerate()
            .map(|(at, step)| Command {
                anchor: format!("_p-{}-{}", number + 1, at + 1),
                ..command(links, rehearsals, checklist, step)
            })
            .collect(),
    }
}

fn command(
    links: Links,
    rehearsals: &Rehearsals<'_>,
    checklist: &Checklist,
    step: &Step,
) -> Command {
    let problems = links.world.snapshot.problems.iter();
    let mut hints = problems
        .filter(|problem| problem.path == checklist.path && problem.line == Some(step.line))
        .filter(|problem| problem.code == Code::RunbookMissing.word());
    let mut command = Command {
        anchor: String::new(),
        line: step.line,
        command: step.command.clone(),
        cwd: Some(step.cwd.clone()).filter(|cwd| !cwd.is_empty()),
        rehearsed: rehearsals.find(links, &step.command),
        found: Vec::new(),
        missing: Vec::new(),
        placeholders: Vec::new(),
        other: Vec::new(),
        silent: false,
    };
    for name in &step.names {
        match name.exists {
            Some(true) => command.found.push(there(name, is_folder(checklist, step, name))),
            Some(false) => {
                let problem = hints.next();
                let words = match problem {
                    Some(problem) => problem.message.clone(),
                    None => format!("No {}.", not_there(name)),
                };
                let hint = problem.and_then(|problem| problem.hint.as_deref());
                let hint_html = hint.map(Html::of_sentence);
                command.missing.push(Missing { words, hint_html });
            }
            None if name.kind == "placeholder" => command.placeholders.push(name.name.clone()),
            None => command.other.push(format!("{} {}", name.kind, name.name)),
        }
    }
    command.silent = step.names.is_empty() && command.rehearsed.is_none();
    command
}

impl Trouble {
    /// What is missing of a command, and that it failed in CI.
    fn of(command: &Command) -> impl Iterator<Item = Trouble> {
        let trouble = |word, words: &str| Trouble {
            href: format!("#{}", command.anchor),
            word,
            words: shortened(words, 160),
            line: command.line,
        };
        let missing = command.missing.iter().map(move |of| trouble("missing", &of.words));
        let failed = command.rehearsed.iter().filter(|of| !of.succeeded);
        missing.chain(failed.map(move |_| trouble("failed in CI", &command.command)))
    }
}

/// Whether a command goes into what is named.
fn is_folder(checklist: &Checklist, step: &Step, name: &Name) -> bool {
    let goes_there = |step: &Step| {
        step.cwd
            .strip_prefix(name.name.as_str())
            .is_some_and(|of| of.is_empty() || of.starts_with('/'))
    };
    let steps = checklist.procedures.iter().flat_map(|procedure| &procedure.steps);
    name.kind == "file" && (step.command.starts_with("cd ") || steps.into_iter().any(goes_there))
}

fn there(name: &Name, is_folder: bool) -> String {
    match &name.within {
        None if is_folder => format!("folder {}/ is there", name.name.trim_end_matches('/')),
        Some(within) => format!("{} {} is in {within}", name.kind, name.name),
        None => format!("{} {} is there", name.kind, name.name),
    }
}

fn not_there(name: &Name) -> String {
    match &name.within {
        Some(within) => format!("{} \"{}\" in {within}", name.kind, name.name),
        None => format!("{} {}", name.kind, name.name),
    }
}

#[derive(Default)]
struct Count {
    steps: u64,
    known: u64,
    missing: u64,
    placeholders: u64,
    rehearsed: u64,
}

impl Count {
    fn of(procedures: &[Procedure], rehearsals: &Rehearsals<'_>) -> Count {
        let mut count = Count::default();
        for step in procedures.iter().flat_map(|procedure| &procedure.steps) {
            count.steps += 1;
            count.rehearsed += u64::from(rehearsals.has(&step.command));
            for name in &step.names {
                count.known += u64::from(name.exists.is_some());
                count.missing += u64::from(name.exists == Some(false));
                count.placeholders += u64::from(name.kind == "placeholder");
            }
        }
        count
    }
}

fn sentence(procedures: &[Procedure], rehearsals: &Rehearsals<'_>) -> String {
    let count = Count::of(procedures, rehearsals);
    let mut said = vec![counted(count.steps, "command")];
    if count.known > 0 {
        said.push(format!(
            "{} of {} found",
            count.known - count.missing,
            counted(count.known, "name")
        ));
    }
    if count.rehearsed > 0 {
        said.push(format!("{} ran in CI", count.rehearsed));
    }
    if count.placeholders > 0 {
        said.push(counted(count.placeholders, "placeholder"));
    }
    said.join(" · ")
}
