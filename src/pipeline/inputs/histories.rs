//! The history of every item, where git can tell it.

use crate::checklist::Settings;
use crate::history::{self, History, Lost, Memory, Past, Reading, Walked};
use crate::model::{
    Checklist, Claim, Code, Documents, EVIDENCE_FOR, Place, Problem, SIGNED_OFF_FOR, Trailer,
};
use crate::pipeline::Options;
use crate::pipeline::cache::kept;
use crate::policy::Config;
use crate::sources::git::history::Sought;
use crate::sources::git::{GitError, Repository};

use super::checklists;
use super::copied;
use super::editions;
use super::elsewhere::{Ambiguous, is_of_others, take_back};
use super::project::{self, Project};
use super::renamed::Renamed;
use super::sign_off_files::{SignOffFiles, WITH_CHECKLIST, unmatched};

/// Who may know the histories already.
#[derive(Clone, Copy)]
pub(in crate::pipeline) enum Known<'m> {
    /// Nobody.
    None,
    /// The commit is one of several before another, and these are told together.
    Past(&'m Memory),
    /// The commit was walked for those before it.
    Own(&'m Walked),
}

/// Gives `documents` the histories of their items, as they are `known` or else anew, and tells what
/// is wrong with that; where `ticks_sign`, with what each was ticked for. Without a history, a problem
/// says that ticks were not judged.
pub(in crate::pipeline) fn read(
    project: &Project<'_>,
    documents: &mut Documents,
    config: &Config,
    sign_offs: &SignOffFiles,
    (options, known): (&Options, Known<'_>),
    ticks_sign: bool,
) -> Vec<Problem> {
    if !options.history {
        let skipped = Problem::new(
            Code::HistorySkipped,
            Place::file(".git"),
            "History was not read, so it was not judged whether a text changed after its tick.",
        );
        return vec![skipped];
    }
    let (Some(repository), Some(commit)) = (project.repository, &project.commit) else {
        let is_none = project.repository.is_none() && has_ticks(documents);
        return is_none.then(without_git).into_iter().collect();
    };
    let settings = &checklists::settings(config);
    // A handle of its own: what git remembers of the walk is given back at its end.
    let own = project::repository(&options.dir).ok().flatten();
    let repository = own.as_ref().unwrap_or(repository);
    let renamed = Renamed::of(project, documents);
    let names = documents.checklists().map(|of| renamed.name(&of.path).to_owned());
    let paths: Vec<String> = names.collect();
    let sought = Sought { paths: &paths, trailers: &[SIGNED_OFF_FOR, EVIDENCE_FOR], marks: &[] };
    let reading = Reading { settings, registers: sign_offs.registers() };
    let of_others = |lost: &Lost| {
        let Trailer { by, value, .. } = &lost.trailer;
        let is_untold = lost.is_unread() || lost.in_several;
        !is_untold && is_of_others(repository, config, settings, (&by.commit, value))
    };
    if let Known::Past(memory) = known {
        let checklists: Vec<&Checklist> = documents.checklists().collect();
        match memory.at(repository, commit, &sought, &reading, &checklists) {
            Ok(Some(past)) => {
                let former = past.former.clone();
                let mut told = of_past(past, documents, &of_others);
                let former = |path: &str| former.get(path).cloned().unwrap_or_default();
                as_given(repository, documents, settings, &former, ticks_sign);
                told.extend(elsewhere(repository, project, documents, config, &former));
                return told;
            }
            Ok(None) => {}
            Err(fault) => return vec![unread(&fault)],
        }
    }
    // Of commits of the past nothing is kept: they would only be asked for again with all the others.
    let cache = kept(repository, options.cache && !matches!(known, Known::Past(_)));
    let walked = match known {
        Known::Own(walked) => walked.take(repository, commit, &sought, &reading),
        Known::None | Known::Past(_) => None,
    };
    let history = match (walked, &cache) {
        (Some(history), _) => Ok(history),
        (None, Some(cache)) => history::with_cache(repository, commit, &sought, &reading, cache),
        (None, None) => history::of_checklists(repository, commit, &sought, &reading),
    };
    match history {
        Ok(history) => {
            let mut told = of_history(&history, documents, &renamed, sign_offs, &of_others);
            let former = |path: &str| renamed.former(path, history.former(renamed.name(path)));
            as_given(repository, documents, settings, &former, ticks_sign);
            told.extend(elsewhere(repository, project, documents, config, &former));
            told
        }
        Err(fault) => vec![unread(&fault)],
    }
}

/// Adds to words what only the commits tell in which they were given.
fn as_given(
    repository: &Repository,
    documents: &mut Documents,
    settings: &Settings,
    former: &dyn Fn(&str) -> Vec<String>,
    ticks_sign: bool,
) {
    if ticks_sign {
        editions::of_ticks(repository, documents, settings, former);
    }
    copied::as_seen(repository, documents, settings, former);
}

/// Takes back what was said of items of several projects.
fn elsewhere(
    repository: &Repository,
    project: &Project<'_>,
    documents: &mut Documents,
    config: &Config,
    former: &dyn Fn(&str) -> Vec<String>,
) -> Vec<Problem> {
    let told = |Ambiguous { commit, written, entry }| match entry {
        Some((path, line)) => unmatched(Place::line(path, line), &written, true),
        None => unmatched_trailer(&commit, &written, true),
    };
    match take_back(repository, project, documents, config, former) {
        Ok(taken) => taken.into_iter().map(told).collect(),
        Err(fault) => vec![unread(&fault)],
    }
}

fn of_history(
    history: &History,
    documents: &mut Documents,
    renamed: &Renamed,
    sign_offs: &SignOffFiles,
    of_others: &dyn Fn(&Lost) -> bool,
) -> Vec<Problem> {
    for document in documents.iter_mut() {
        document.histories =
            Some(history.items_as(renamed.name(&document.checklist.path), &document.checklist));
    }
    sign_offs.keep_standing(documents);
    let cut = history.truncated.then(cut_off);
    let lost = history.untold(&|_| true).filter(|of| !of_others(of)).filter_map(lost);
    cut.into_iter().chain(lost).chain(sign_offs.problems(history)).collect()
}

fn of_past(
    past: Past,
    documents: &mut Documents,
    of_others: &dyn Fn(&Lost) -> bool,
) -> Vec<Problem> {
    for (document, items) in documents.iter_mut().zip(past.items) {
        document.histories = Some(items);
    }
    let cut = past.truncated.then(cut_off);
    cut.into_iter().chain(past.lost.iter().filter(|of| !of_others(of)).filter_map(lost)).collect()
}

fn has_ticks(documents: &Documents) -> bool {
    documents.items().any(|of| of.item.claim == Claim::Done)
}

/// Of files that were taken out of their repository: an archive, a container's image.
fn without_git() -> Problem {
    Problem::new(
        Code::HistorySkipped,
        Place::file(".git"),
        "There is no git repository here, so it was not judged whether a text changed after its tick.",
    )
    .hint("Judge in a clone: actions/checkout with fetch-depth: 0.")
}

fn cut_off() -> Problem {
    Problem::new(
        Code::HistoryTruncated,
        Place::file(".git"),
        "The clone is shallow: ticks older than its first commit were not judged.",
    )
    .hint("Fetch the whole history: actions/checkout with fetch-depth: 0.")
}

fn unread(fault: &GitError) -> Problem {
    let message = format!("The history of the checklists could not be read: {fault}.");
    Problem::new(Code::HistoryUnread, Place::file(".git"), message)
}

/// A sign-off that signs nothing off would otherwise be silent.
fn lost(lost: &Lost) -> Option<Problem> {
    let Lost { trailer, in_several, .. } = lost;
    if lost.is_unread() {
        return Some(unread_trailer(trailer));
    }
    let is_sign_off = trailer.key == SIGNED_OFF_FOR;
    is_sign_off.then(|| unmatched_trailer(&trailer.by.commit, &trailer.value, *in_several))
}

/// A squash keeps the messages of its commits, and puts a paragraph of its own below them.
fn unread_trailer(Trailer { key, value, by }: &Trailer) -> Problem {
    let commit: String = by.commit.chars().take(7).collect();
    let message = format!(
        "`{key}: {value}` stands in commit {commit} where git reads no trailer: those are the last \
         paragraph of a message, and nothing else is in it."
    );
    Problem::new(Code::TrailerUnmatched, Place::file(".git"), message)
        .hint("Say it again in a message's last paragraph: git commit --allow-empty.")
}

fn unmatched_trailer(commit: &str, written: &str, in_several: bool) -> Problem {
    let commit: String = commit.chars().take(7).collect();
    let (why, by) = match in_several {
        true => ("items of several checklists were called then", WITH_CHECKLIST),
        false => ("no item was called then", "by an id that `trueup inspect` shows"),
    };
    let message = format!("Commit {commit} signs off `{written}`, which {why}.");
    Problem::new(Code::TrailerUnmatched, Place::file(".git"), message)
        .hint(format!("Sign off again, {by}: git commit --allow-empty."))
}
