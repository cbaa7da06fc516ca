//! The history of every item, where git can tell it.

use crate::checklist::Settings;
use crate::history::{self, History, Memory, Past, Reading};
use crate::model::{
    Checklist, Code, EVIDENCE_FOR, ItemHistory, Place, Problem, SIGNED_OFF_FOR, Trailer,
};
use crate::pipeline::Options;
use crate::pipeline::cache::kept;
use crate::sources::git::GitError;
use crate::sources::git::history::Sought;

use super::project::Project;
use super::sign_off_files::SignOffFiles;

/// For each checklist the histories of its items; empty where none was read.
#[derive(Default)]
pub(in crate::pipeline) struct Histories {
    pub(in crate::pipeline) of_items: Vec<Vec<ItemHistory>>,
    pub(in crate::pipeline) problems: Vec<Problem>,
}

/// Reads the history of `checklists`, from `memory` where it knows. Without a history, a problem says that ticks were not judged.
pub(in crate::pipeline) fn read(
    project: &Project<'_>,
    checklists: &[Checklist],
    settings: &Settings,
    sign_offs: &SignOffFiles,
    options: &Options,
    memory: Option<&Memory>,
) -> Histories {
    if !options.history {
        let skipped = Problem::new(
            Code::HistorySkipped,
            Place::file(".git"),
            "History was not read, so it was not judged whether a text changed after its tick.",
        );
        return Histories { of_items: Vec::new(), problems: vec![skipped] };
    }
    let (Some(repository), Some(commit)) = (project.repository, &project.commit) else {
        return Histories::default();
    };
    let paths: Vec<String> = checklists.iter().map(|checklist| checklist.path.clone()).collect();
    let sought = Sought { paths: &paths, trailers: &[SIGNED_OFF_FOR, EVIDENCE_FOR], marks: &[] };
    let reading = Reading { settings, registers: sign_offs.registers() };
    if let Some(memory) = memory {
        match memory.at(repository, commit, &sought, &reading, checklists) {
            Ok(Some(past)) => return of_past(past),
            Ok(None) => {}
            Err(fault) => return unread(&fault),
        }
    }
    // Of commits of the past nothing is kept: they would only be asked for again with all the others.
    let cache = kept(repository, options.cache && memory.is_none());
    let history = match &cache {
        Some(cache) => history::with_cache(repository, commit, &sought, &reading, cache),
        None => history::of_checklists(repository, commit, &sought, &reading),
    };
    match history {
        Ok(history) => of_history(&history, checklists, sign_offs),
        Err(fault) => unread(&fault),
    }
}

fn of_history(history: &History, checklists: &[Checklist], sign_offs: &SignOffFiles) -> Histories {
    let mut of_items: Vec<Vec<ItemHistory>> =
        checklists.iter().map(|checklist| history.items(checklist)).collect();
    sign_offs.keep_standing(&mut of_items);
    let cut = history.truncated.then(cut_off);
    let lost = history.lost.iter().filter_map(lost);
    let problems = cut.into_iter().chain(lost).chain(sign_offs.problems(history)).collect();
    Histories { of_items, problems }
}

fn of_past(past: Past) -> Histories {
    let cut = past.truncated.then(cut_off);
    let problems = cut.into_iter().chain(past.lost.iter().filter_map(lost)).collect();
    Histories { of_items: past.items, problems }
}

fn cut_off() -> Problem {
    Problem::new(
        Code::HistoryTruncated,
        Place::file(".git"),
        "The clone is shallow: ticks older than its first commit were not judged.",
    )
    .hint("Fetch the whole history: actions/checkout with fetch-depth: 0.")
}

fn unread(fault: &GitError) -> Histories {
    let problem = Problem::new(
        Code::HistoryUnread,
        Place::file(".git"),
        format!("The history of the checklists could not be read: {fault}."),
    );
    Histories { of_items: Vec::new(), problems: vec![problem] }
}

/// A sign-off that signs nothing off would otherwise be silent.
fn lost(trailer: &Trailer) -> Option<Problem> {
    (trailer.key == SIGNED_OFF_FOR).then(|| {
        let commit: String = trailer.by.commit.chars().take(7).collect();
        let message = format!(
            "Commit {commit} signs off `{}`, which no item was called then.",
            trailer.value
        );
        Problem::new(Code::TrailerUnmatched, Place::file(".git"), message)
            .hint("Sign off again, by an id that `trueup inspect` shows: git commit --allow-empty.")
    })
}
