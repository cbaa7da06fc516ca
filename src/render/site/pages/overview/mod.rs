//! The first page: go or no-go and why, how far the claims are from proof, what stands in the way.

mod case;
mod freshness;
mod since;
mod way;

use serde::Serialize;

use crate::model::{Claim, Code, Severity, Status, counted};
use crate::render::site::frame::{Frame, Part, Stamp};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::decision::Decision;
use crate::render::site::parts::dumbbell::Dumbbell;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::parts::picture::Picture;
use crate::render::site::parts::section::{Tally, Worst};
use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::v1::{Checklist, Item};

use super::checklists::{self, Line};
use super::problems;

use freshness::Freshness;
use since::Since;
pub(super) use way::{Group, groups};

/// The most rows of the table by section, and of that by checklist.
const SECTIONS: usize = 20;
const CHECKLISTS: usize = 12;
/// The most problems that are told of here.
const PROBLEMS: usize = 4;
/// The codes of problems that are told beside the items that stand in the way.
const TOLD: [Code; 6] = [
    Code::TextContradictsBox,
    Code::ThresholdDiffers,
    Code::CommittedReportOld,
    Code::FigureDrift,
    Code::WaiverExpired,
    Code::Overdue,
];

#[derive(Serialize)]
struct View {
    frame: Frame,
    stamp: Stamp,
    decision: Decision,
    ages: Option<String>,
    figures: Figures,
    groups: Vec<Group>,
    sections: Vec<Section>,
    quiet_sections: Option<String>,
    checklists: Vec<Line>,
    more_checklists: Option<String>,
    since: Option<Since>,
    freshness: Option<Freshness>,
    problems: Option<Problems>,
}

/// The picture with its two sentences and its table.
#[derive(Serialize)]
pub(super) struct Figures {
    picture: Option<Picture>,
    claimed: u64,
    proven: u64,
    both: u64,
    applicable: u64,
    claimed_not_proven: u64,
    proven_not_claimed: u64,
    note: Option<String>,
    legend: Vec<Entry>,
    /// Counted in a status above, and past its time.
    overdue: Option<Entry>,
}

#[derive(Serialize)]
struct Entry {
    mark: Mark,
    count: u64,
    href: Option<String>,
}

#[derive(Serialize)]
struct Section {
    href: String,
    title_html: Html,
    claimed: u64,
    proven: u64,
    applicable: u64,
    dumbbell: Option<Dumbbell>,
    worst: Option<Worst>,
}

#[derive(Serialize)]
struct Problems {
    sentence: String,
    worst: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    message_html: Html,
    place: String,
    href: Option<String>,
}

/// Draws the overview.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let decision = Decision::of(world);
    let (sections, quiet_sections) = match world.snapshot.checklists.as_slice() {
        [only] => sections(links, only),
        _ => (Vec::new(), None),
    };
    let (checklists, more_checklists) = match world.snapshot.checklists.len() {
        0 | 1 => (Vec::new(), None),
        all => {
            let rows: Vec<Line> = checklists::lines_in_short(links, CHECKLISTS);
            let more =
                (all > CHECKLISTS).then(|| format!("All {}", counted(all as u64, "checklist")));
            (rows, more)
        }
    };
    let view = View {
        frame: Frame::new(links, Part::Overview, "Readiness"),
        stamp: Stamp::of(world),
        decision,
        ages: freshness::ages(world),
        figures: Figures::of(links),
        groups: groups(links),
        sections,
        quiet_sections,
        checklists,
        more_checklists,
        since: Since::of(links),
        freshness: Freshness::of(links),
        problems: problems(links),
    };
    pen.page("index.html".to_owned(), "pages/overview.html", &view)
}

impl Figures {
    /// Of the whole report.
    pub(super) fn of(links: Links) -> Figures {
        let world = links.world;
        let sets = world.snapshot.summary.overall;
        let tally = Tally::of(world.all_items().map(|(_, item)| item));
        let tasks = world.snapshot.summary.tasks;
        let all_ticked = tasks.applicable > 0 && tasks.claimed == tasks.applicable;
        Figures {
            picture: Picture::of(world.all_items().map(|(_, item)| item)),
            claimed: sets.claimed,
            proven: sets.proven,
            both: sets.both,
            applicable: sets.applicable,
            claimed_not_proven: sets.claimed_not_proven,
            proven_not_claimed: sets.proven_not_claimed,
            note: all_ticked.then(|| match tasks.applicable {
                1 => "The only box is ticked.".to_owned(),
                all => format!("All {} are ticked.", counted(all, "box")),
            }),
            legend: legend(links, &tally),
            overdue: overdue(links),
        }
    }
}

/// Every item by status; goals are never ticked, and so told apart where they are met.
fn legend(links: Links, tally: &Tally) -> Vec<Entry> {
    let of = |status: Status| {
        let items = links.world.all_items().map(|(_, item)| item);
        items.filter(move |item| item.status == status)
    };
    let entries = Status::ALL.into_iter().flat_map(|status| {
        let goals = match status {
            Status::Verified => of(status).filter(|item| item.claim == Claim::None).count() as u64,
            _ => 0,
        };
        let hollow = of(status).all(|item| item.claim != Claim::Done);
        let shown = of(status).next().filter(|_| hollow).map(mark::of);
        let count = tally.count(status) - goals;
        let met = Mark { word: mark::met(goals), ..mark::GOAL_MET };
        [(shown.unwrap_or_else(|| mark::of_status(status)), count), (met, goals)]
            .map(|(mark, count)| Entry { mark, count, href: only(links, status) })
    });
    entries.filter(|entry| entry.count > 0).collect()
}

/// What is past its time, whatever its status.
fn overdue(links: Links) -> Option<Entry> {
    let count = links.world.snapshot.summary.windows.overdue;
    let is_overdue = |of: &&(&Checklist, &Item)| way::is_overdue(of.1);
    let items: Vec<_> = links.world.all_items().collect();
    let href = items.iter().find(is_overdue).map(|(checklist, item)| links.item(checklist, item));
    (count > 0).then_some(Entry { mark: mark::OVERDUE, count, href })
}

/// The list of the items of one status: the checklist that has them, filtered. `None` where several
/// have some, for no page lists those of all.
fn only(links: Links, status: Status) -> Option<String> {
    let has_some = |checklist: &&Checklist| checklist.items.iter().any(|of| of.status == status);
    let mut having = links.world.snapshot.checklists.iter().filter(has_some);
    let (one, more) = (having.next()?, having.next());
    if links.is_whole() || more.is_some() {
        return None;
    }
    Some(match links.world.is_parted(&one.path) {
        true => links.checklist(&one.path),
        false => format!("{}#_only-{}", links.checklist(&one.path), status.word()),
    })
}

fn sections(links: Links, checklist: &Checklist) -> (Vec<Section>, Option<String>) {
    let mut tallied: Vec<(&str, &str, Tally)> = Vec::new();
    for section in &checklist.sections {
        let items = checklist.items.iter().filter(|item| *item.section_slug == *section.slug);
        tallied.push((&section.slug, &section.title, Tally::of(items)));
    }
    tallied.retain(|(_, _, tally)| tally.sets.items > 0);
    tallied.sort_by(|(_, _, a), (_, _, b)| b.badness().cmp(&a.badness()));
    let told = tallied.iter().filter(|(_, _, tally)| tally.is_news()).count();
    let shown = tallied.len().min(SECTIONS);
    let quiet = (tallied.len() > shown).then(|| {
        let rest = counted((tallied.len() - shown) as u64, "more section");
        if told <= shown {
            format!("and {rest} with nothing to report")
        } else {
            format!("and {rest}")
        }
    });
    let rows = tallied.into_iter().take(shown).map(|(slug, title, tally)| Section {
        href: links.section(checklist, slug),
        title_html: Html::of_text(title),
        claimed: tally.sets.claimed,
        proven: tally.sets.proven,
        applicable: tally.sets.applicable,
        dumbbell: Dumbbell::of(&tally.sets),
        worst: tally.worst(),
    });
    (rows.collect(), quiet)
}

fn problems(links: Links) -> Option<Problems> {
    let problems = &links.world.snapshot.problems;
    if problems.is_empty() {
        return None;
    }
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count() as u64;
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    // What stands in the way says the others already.
    let codes = TOLD.map(Code::word);
    let untold = problems.iter().filter(|problem| !codes.contains(&problem.code.as_str()));
    let worst = untold.take(PROBLEMS).map(|problem| Problem {
        message_html: Html::of_sentence(&shortened(&problem.message, 300)),
        place: problems::said_place(problem),
        href: problems::place(links, problem),
    });
    Some(Problems {
        sentence: format!("{}.", crate::model::listed(&parts, 3)),
        worst: worst.collect(),
    })
}
