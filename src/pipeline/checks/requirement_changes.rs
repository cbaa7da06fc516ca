//! What is asked of ticked items now, against what was asked when they were ticked.
//!
//! A box that was ticked under a limit of 500 says nothing about a limit of 800. Each tick's commit is
//! asked for its own configuration and for the comments beside the item.

use std::collections::HashMap;

use crate::checklist::{self, Settings};
use crate::config;
use crate::diff::{self, Detail};
use crate::evidence;
use crate::model::{Change, Claim, Code, Documents, Item, ItemRef, Place, Problem, Tick};
use crate::pipeline::assemble;
use crate::pipeline::compare::shift;
use crate::pipeline::inputs::configuration::CONFIG;
use crate::pipeline::inputs::project::LARGEST_TEXT;
use crate::policy::Requirement;
use crate::reconcile::selects;
use crate::snapshot::v1;
use crate::sources::git::{BlobId, GitError, Repository};

/// A problem for each ticked item of which less, or something else, is asked than when it was
/// ticked. What was asked for the first time since is neither, and what is tighter is no problem.
pub(in crate::pipeline) fn problems(
    repository: Option<&Repository>,
    documents: &Documents,
    requirements: &[Requirement],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some(repository) = repository else { return problems };
    let mut past = Past { repository, configs: HashMap::new(), read: HashMap::new() };
    for at in documents.items() {
        let ItemRef { checklist, item, .. } = at;
        let ticked = at.history.and_then(|history| history.ticked.as_ref());
        let Some(tick) = ticked.filter(|_| item.claim == Claim::Done) else { continue };
        let bound = |of: &&Requirement| selects(&of.items, &checklist.path, item);
        let now: Vec<&Requirement> = requirements.iter().filter(bound).collect();
        if now.is_empty() {
            continue;
        }
        // What cannot be read any more cannot be compared either.
        let config = now.iter().map(|of| of.place.path.as_str()).find(|path| is_config(path));
        let place = (checklist.path.as_str(), config.unwrap_or(CONFIG));
        let then = past.asked(place, item, tick).unwrap_or_default();
        problems.extend(problem(at, tick, &then, &now).or_else(|| {
            let then = past.under_another_id(place, item, tick).ok()?;
            problem(at, tick, &then, &now)
        }));
    }
    problems
}

/// `trueup.toml`, or one in a folder.
fn is_config(path: &str) -> bool {
    path.rsplit('/').next() == Some(CONFIG)
}

fn problem(
    ItemRef { checklist, item, .. }: ItemRef<'_>,
    tick: &Tick,
    then: &[Requirement],
    now: &[&Requirement],
) -> Option<Problem> {
    if then.is_empty() {
        return None;
    }
    let then: Vec<v1::Requirement> = then.iter().map(assemble::asked).collect();
    let asked: Vec<v1::Requirement> = now.iter().map(|of| assemble::asked(of)).collect();
    let shifted = diff::requirements(&then, &asked, &shift)?;
    let code = match shifted.detail {
        Detail::Loosened | Detail::Removed => Code::RequirementLoosened,
        Detail::Changed => Code::RequirementChanged,
        _ => return None,
    };
    let place = now.first().map_or_else(
        || Place::line(checklist.path.clone(), item.line),
        |requirement| requirement.place.clone(),
    );
    let day = tick.event.by.time.date();
    let commit: String = tick.event.by.commit.chars().take(7).collect();
    let message =
        format!("“{}” was ticked on {day} in {commit}. Since then: {}", item.text, shifted.why);
    let hint = "Where it still holds, untick and tick the box: that renews it.";
    Some(Problem::new(code, place, message).hint(hint).of_item(item.id.clone()))
}

/// What earlier commits asked; each file is read once, however many ticks ask for it.
struct Past<'r> {
    repository: &'r Repository,
    configs: HashMap<BlobId, Vec<Requirement>>,
    read: HashMap<BlobId, Vec<(Item, Vec<Requirement>)>>,
}

impl Past<'_> {
    /// What was asked of the item that `tick` ticked, by the configuration and the comments of the
    /// tick's own commit.
    fn asked(
        &mut self,
        (path, config): (&str, &str),
        item: &Item,
        tick: &Tick,
    ) -> Result<Vec<Requirement>, GitError> {
        let commit = self.repository.resolve(&tick.event.by.commit)?;
        let tree = self.repository.tree(&commit)?;
        let mut asked = Vec::new();
        let mut was = item.clone();
        if let Some(blob) = tree.blob_at(path) {
            let items = self.items(path, blob)?;
            let mut same = items.iter().filter(|(then, _)| then.text == *tick.event.text);
            let found = items.iter().find(|(then, _)| then.id == item.id).or_else(|| same.next());
            if let Some((then, beside)) = found {
                was = then.clone();
                asked.extend(beside.iter().cloned());
            }
        }
        if let Some(blob) = tree.blob_at(config) {
            let of_config = self.config(blob)?;
            asked.extend(of_config.iter().filter(|of| selects(&of.items, path, &was)).cloned());
        }
        Ok(asked)
    }

    /// What was asked, before the tick's own commit, of an item with the same text that was ticked
    /// there and that this commit calls otherwise: a new id is no new claim.
    fn under_another_id(
        &mut self,
        place: (&str, &str),
        item: &Item,
        tick: &Tick,
    ) -> Result<Vec<Requirement>, GitError> {
        if tick.event.change != Change::Added {
            return Ok(Vec::new());
        }
        let (path, config) = place;
        let commit = &tick.event.by.commit;
        let ids: Vec<String> =
            self.items_at(commit, path)?.iter().map(|(of, _)| of.id.clone()).collect();
        let parent = format!("{commit}^");
        let is_it = |then: &Item| {
            then.claim == Claim::Done && then.text == *tick.event.text && !ids.contains(&then.id)
        };
        let earlier = self.items_at(&parent, path)?.iter().find(|(then, _)| is_it(then)).cloned();
        let Some((was, mut asked)) = earlier.filter(|(was, _)| was.id != item.id) else {
            return Ok(Vec::new());
        };
        let commit = self.repository.resolve(&parent)?;
        if let Some(blob) = self.repository.tree(&commit)?.blob_at(config) {
            let of_config = self.config(blob)?;
            asked.extend(of_config.iter().filter(|of| selects(&of.items, path, &was)).cloned());
        }
        Ok(asked)
    }

    /// The items of a checklist at a revision; none where it was not there.
    fn items_at(
        &mut self,
        revision: &str,
        path: &str,
    ) -> Result<&[(Item, Vec<Requirement>)], GitError> {
        let commit = self.repository.resolve(revision)?;
        match self.repository.tree(&commit)?.blob_at(path) {
            Some(blob) => self.items(path, blob),
            None => Ok(&[]),
        }
    }

    fn config(&mut self, blob: BlobId) -> Result<&[Requirement], GitError> {
        if !self.configs.contains_key(&blob) {
            let bytes = self.repository.blob(blob, LARGEST_TEXT)?.unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let read = config::read(CONFIG, &text, &evidence::format_ids());
            let requirements = read.map(|config| config.requirements).unwrap_or_default();
            self.configs.insert(blob, requirements);
        }
        Ok(self.configs.get(&blob).map(Vec::as_slice).unwrap_or_default())
    }

    /// The items of a checklist with what their comments ask.
    fn items(&mut self, path: &str, blob: BlobId) -> Result<&[(Item, Vec<Requirement>)], GitError> {
        if !self.read.contains_key(&blob) {
            let bytes = self.repository.blob(blob, LARGEST_TEXT)?.unwrap_or_default();
            let formats = evidence::format_ids();
            let items = checklist::read(path, &bytes, &Settings::default()).items;
            let with = items.into_iter().map(|item| {
                let (beside, _, _) = config::of_item(path, &item, &formats);
                (item, beside.into_iter().collect())
            });
            self.read.insert(blob, with.collect());
        }
        Ok(self.read.get(&blob).map(Vec::as_slice).unwrap_or_default())
    }
}
