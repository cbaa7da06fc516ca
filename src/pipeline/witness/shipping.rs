//! Which release a commit first shipped in: of the whole repository, or of the package that it is about.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::map::HashMap;
use crate::model::{Glob, ReleaseTags, Timestamp};
use crate::pipeline::inputs::project::Project;
use crate::reconcile::{Shipped, Witness, is_under};
use crate::snapshot::store;
use crate::sources::git;

use super::answers::ProjectWitness;

/// The releases before the judged state, the earliest first, and the one that each commit first shipped in;
/// `None` where that cannot be told.
type Known = Arc<Option<(Vec<git::Release>, HashMap<String, Arc<str>>)>>;

/// The releases before the judged state.
pub(super) struct Shipping<'p> {
    project: &'p Project<'p>,
    tags: &'p ReleaseTags,
    by_question: RefCell<BTreeMap<String, Known>>,
    /// By the names of the releases that count: of most questions they are the same.
    by_releases: RefCell<BTreeMap<Vec<String>, Known>>,
}

impl<'p> Shipping<'p> {
    pub(super) fn new(project: &'p Project<'p>, tags: &'p ReleaseTags) -> Shipping<'p> {
        Shipping { project, tags, by_question: RefCell::default(), by_releases: RefCell::default() }
    }

    /// Which release of what is under `about` `commit` first shipped in.
    pub(super) fn of(&self, witness: &ProjectWitness<'_>, commit: &str, about: &[Glob]) -> Shipped {
        match self.known(witness, about).as_ref() {
            Some((_, shipped)) => match shipped.get(commit) {
                Some(release) => Shipped::In(release.to_string()),
                None if shipped.is_empty() && !self.knows_a_release() => Shipped::Never,
                None => Shipped::NotYet,
            },
            None => Shipped::Untold,
        }
    }

    /// The last of the releases that were made after `time` and that `commit` stands on, or that were out when it
    /// was made.
    pub(super) fn between(
        &self,
        witness: &ProjectWitness<'_>,
        time: Timestamp,
        commit: &str,
        about: &[Glob],
    ) -> Shipped {
        let known = self.known(witness, about);
        let (Some((releases, _)), Some(repository)) = (known.as_ref(), self.project.repository)
        else {
            return Shipped::NotYet;
        };
        let Ok(commit) = repository.resolve(commit) else { return Shipped::NotYet };
        let is_later = |(made, name, id): &&git::Release| {
            let released = repository.tagged_at(name).unwrap_or(*made).max(*made);
            let holds = repository.is_ancestor(&id.to_string(), &commit).unwrap_or(false);
            // One on a branch beside it that was out when the commit was made.
            released > time.epoch() && (holds || released <= commit.time.epoch())
        };
        let last = releases.iter().rev().find(is_later);
        last.map_or(Shipped::NotYet, |(_, name, _)| Shipped::In(name.clone()))
    }

    fn known(&self, witness: &ProjectWitness<'_>, about: &[Glob]) -> Known {
        let question = about.iter().map(Glob::as_str).collect::<Vec<_>>().join("\n");
        if let Some(known) = self.by_question.borrow().get(&question) {
            return Arc::clone(known);
        }
        let known = self.asked(witness, about).unwrap_or_default();
        self.by_question.borrow_mut().insert(question, Arc::clone(&known));
        known
    }

    fn asked(&self, witness: &ProjectWitness<'_>, about: &[Glob]) -> Option<Known> {
        let (repository, judged) = (self.project.repository?, self.project.commit.as_ref()?);
        let wanted = |path: &str| about.iter().any(|glob| is_under(glob, path));
        let releases = repository.releases_of(&judged.id, self.tags, &wanted).ok()?;
        let names: Vec<String> = releases.iter().map(|(_, name, _)| name.clone()).collect();
        if let Some(known) = self.by_releases.borrow().get(&names) {
            return Some(Arc::clone(known));
        }
        let shipped = repository.shipped(&releases).ok()?;
        // What a clone lacks may hold the release.
        let untold = repository.is_shallow()
            || repository.fetches_no_tags()
            || self.knows_no_release(witness, repository, &judged.id);
        let is_known = !shipped.is_empty() || !untold;
        let known = Arc::new(is_known.then_some((releases, shipped)));
        self.by_releases.borrow_mut().insert(names, Arc::clone(&known));
        Some(known)
    }

    /// Whether something was tagged or recorded, and no tag is a release by its name: the clone was made
    /// without tags, or they are named in a way of their own.
    fn knows_no_release(
        &self,
        witness: &ProjectWitness<'_>,
        repository: &git::Repository,
        judged: &str,
    ) -> bool {
        let tags = repository.tags().unwrap_or_default();
        let records = || {
            let records = Glob::new(&format!("{}/*.json", store::FOLDER));
            records.is_ok_and(|records| !witness.files(&records).is_empty())
        };
        !tags.iter().any(|(name, _)| self.tags.hold(name))
            && (tags.iter().any(|(_, at)| at != judged) || records())
    }

    fn knows_a_release(&self) -> bool {
        let tags = self.project.repository.and_then(|of| of.tags().ok()).unwrap_or_default();
        tags.iter().any(|(name, _)| self.tags.hold(name))
    }
}
