//! What came to a release after its tag and is no code: ticks and sign-offs, what was recorded, reports
//! that trueup wrote, and what its `ignore` says never makes evidence stale.

use std::collections::BTreeMap;
use std::path::Path;

use crate::checklist::{self, Settings};
use crate::model::{Claim, Glob};
use crate::pipeline::Error;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::pipeline::inputs::{checklists, configuration};
use crate::snapshot::{Snapshot, store};
use crate::sources::git::{Commit, Repository, Since};

use super::published::Published;

/// Whether a path is that of a record: a tag may stand on the commit that brought it.
fn is_record(path: &str) -> bool {
    let within = path.strip_prefix(store::FOLDER).and_then(|rest| rest.strip_prefix('/'));
    within.is_some_and(|name| !name.contains('/') && !store::list(&[name.to_owned()]).is_empty())
}

/// Whether `snapshot`, which is of the commit `recorded`, tells of the release that was tagged at `tag`:
/// both hold the same but for what was recorded, or the tag stands before it and nothing else came since
/// but what makes no evidence stale. An item that was taken out or worded anew is another release's.
pub(super) fn is_of_tag(
    repository: &Repository,
    dir: &Path,
    snapshot: &Snapshot,
    (recorded, tag): (&str, &str),
) -> Result<bool, Error> {
    let tag = &repository.resolve(tag).map_err(Error::of_revision)?;
    let Since::Known(changes) = repository.changes_since_commit(recorded, tag)? else {
        return Ok(false);
    };
    let recorded = repository.resolve(recorded).map_err(Error::of_revision)?;
    let published = Published::of(repository, [tag, &recorded])?;
    let others = changes.iter().map(|change| change.path.as_str());
    let is_own = |path: &&str| is_record(path) || published.holds(path);
    let others: Vec<&str> = others.filter(|path| !is_own(path)).collect();
    if others.is_empty() {
        return Ok(true);
    }
    if !repository.is_ancestor(&tag.id, &recorded)? {
        return Ok(false);
    }
    let ignored = snapshot.policy.iter().flat_map(|policy| &policy.ignore);
    let ignored: Vec<Glob> = ignored.filter_map(|glob| Glob::new(glob).ok()).collect();
    let is_checklist = |path: &str| snapshot.checklists.iter().any(|of| of.path == path);
    let settings = settings(repository, dir);
    Ok(others.into_iter().all(|path| match is_checklist(path) {
        true => {
            let text = |commit: &Commit| {
                let blob = repository.tree(commit).ok()?.blob_at(path)?;
                repository.blob(blob, LARGEST_TEXT).ok().flatten()
            };
            match (text(tag), text(&recorded)) {
                (Some(before), Some(after)) => asks_no_less(path, &before, &after, &settings),
                _ => false,
            }
        }
        false => ignored.iter().any(|glob| glob.matches(path)),
    }))
}

/// How checklists are read here.
fn settings(repository: &Repository, dir: &Path) -> Settings {
    let config = Project::open(dir, Some(repository), None)
        .and_then(|project| configuration::read(&project, dir));
    config.map(|(config, _)| checklists::settings(&config)).unwrap_or_default()
}

/// Whether every item of `before` still stands in `after`, of the same words and in force, and no comment
/// was changed or taken away.
fn asks_no_less(path: &str, before: &[u8], after: &[u8], settings: &Settings) -> bool {
    let items = |bytes: &[u8]| {
        let mut all: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        for item in checklist::read(path, bytes, settings).items {
            let is_out = item.claim == Claim::Cancelled;
            *all.entry((item.id, item.meaning, is_out)).or_default() += 1;
        }
        all
    };
    let comments = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for line in text.lines().filter(|line| line.contains("<!--") || line.contains("-->")) {
            *all.entry(without_tick(line)).or_default() += 1;
        }
        all
    };
    let holds = |after: usize, before: usize| after >= before;
    let later = items(after);
    let stand = items(before)
        .into_iter()
        .all(|(item, count)| holds(later.get(&item).copied().unwrap_or_default(), count));
    stand && comments(before) == comments(after)
}

fn without_tick(line: &str) -> String {
    line.replacen("[x]", "[ ]", 1).replacen("[X]", "[ ]", 1)
}
