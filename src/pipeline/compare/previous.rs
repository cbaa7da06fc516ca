//! The release before a snapshot: the newest that its commit stands on.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{ReleaseTags, Timestamp, candidate_of, is_higher};
use crate::snapshot::{Snapshot, store};
use crate::sources::git::{Commit, Place, Repository};

use super::super::Error;
use super::Judging;

/// What helps where tags are named in a way of their own.
pub(in crate::pipeline) const NAME_THEM: &str =
    "Say which tags are releases in trueup.toml: `[releases]` with `tags = [\"…\"]`.";

/// The name of the release before `of`: a tag, or one that was recorded, for a clone may lack tags.
pub(super) fn name(
    judging: &Judging<'_>,
    tags: &ReleaseTags,
    of: &Snapshot,
) -> Result<String, Error> {
    let none = |why: &str| {
        Error::usage(format!("there is no release before this one: {why}"))
            .hinted("Name the earlier side: a tag, another revision, or a snapshot's file.")
    };
    let repository = judging.repository.ok_or_else(|| none("there is no git repository"))?;
    let judged = of.commit.as_ref().ok_or_else(|| none("nothing was committed"))?;
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let releases = releases(judging, repository, &judged)?;
    let own = of.release.as_deref();
    let state = (&judged, own);
    let found = newest(judging, repository, state, &releases, |name| tags.hold(name))?;
    let recorded = judging.recorded()?;
    let coming = coming(tags, own, &releases, |name| recorded.contains(name));
    let is_other = |name: &str| !tags.hold(name) && !coming.contains(&name);
    // By its own name the globs that the team wrote are right: it is the first of them.
    let is_named = |own: &str| !tags.0.is_empty() && tags.hold(own);
    let is_first = || own.is_some_and(is_named);
    match found {
        Some(name) => Ok(name),
        None if is_first() => Err(none("it is the first by its name")),
        None if newest(judging, repository, state, &releases, is_other)?.is_some() => {
            let lead =
                "nothing that was tagged or recorded before this commit is a release by its name";
            Err(Error::usage(lead).hinted(NAME_THEM))
        }
        None => Err(none("no tag stands before its commit, and no record")),
    }
}

/// The tags of candidates where the first release is still to come: all of one version, none of them
/// recorded, and what is judged is no candidate itself. Whoever records candidates, or makes them of one
/// version after another, may call releases so.
fn coming<'n>(
    tags: &ReleaseTags,
    own: Option<&str>,
    releases: &'n BTreeMap<String, Option<String>>,
    is_recorded: impl Fn(&str) -> bool,
) -> Vec<&'n str> {
    let candidates = releases.keys().map(String::as_str);
    let candidates: Vec<(&str, &str)> =
        candidates.filter_map(|name| Some((name, candidate_of(name)?))).collect();
    let of_one = candidates.windows(2).all(|two| two[0].1 == two[1].1);
    let are_meant = tags.0.is_empty() && own.is_none_or(|own| candidate_of(own).is_none());
    let only_tagged = !candidates.iter().any(|(name, _)| is_recorded(name));
    match are_meant && of_one && only_tagged {
        true => candidates.into_iter().map(|(name, _)| name).collect(),
        false => Vec::new(),
    }
}

/// The name of the newest release before `of` that was recorded; `None` where there is none.
pub(super) fn recorded(
    judging: &Judging<'_>,
    tags: &ReleaseTags,
    of: &Snapshot,
) -> Result<Option<String>, Error> {
    let Some((repository, judged)) = judging.repository.zip(of.commit.as_ref()) else {
        return Ok(None);
    };
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let releases = releases(judging, repository, &judged)?;
    let recorded = judging.recorded()?;
    let is_one = |name: &str| tags.hold(name) && recorded.contains(name);
    newest(judging, repository, (&judged, of.release.as_deref()), &releases, is_one)
}

/// A release that may be the one before.
struct Candidate {
    name: String,
    /// The commit of the judged line that it is, or that its branch left that line at.
    base: String,
    time: Timestamp,
    /// The judged commit stands on it.
    on_line: bool,
}

impl Candidate {
    /// The later on the judged line; of several at one commit one that is on it, the highest version, the
    /// shorter name.
    fn is_later(&self, than: &Candidate) -> bool {
        let rank = |of: &Candidate| (of.time, of.on_line);
        match rank(self).cmp(&rank(than)) {
            Ordering::Equal if is_higher(&self.name, &than.name) => true,
            Ordering::Equal if is_higher(&than.name, &self.name) => false,
            Ordering::Equal => self.name.len() < than.name.len(),
            order => order.is_gt(),
        }
    }
}

/// The newest of those `releases` that are meant, as they stand before `judged`, which may have a release's
/// name of its own. Of two lines that were joined, the higher version: a hotfix of the older one may have
/// been tagged last.
fn newest(
    judging: &Judging<'_>,
    repository: &Repository,
    (judged, own): (&Commit, Option<&str>),
    releases: &BTreeMap<String, Option<String>>,
    is_meant: impl Fn(&str) -> bool,
) -> Result<Option<String>, Error> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (name, id) in releases.iter().filter(|(name, _)| is_meant(name)) {
        let id = match id {
            Some(id) => Some(id.clone()),
            None => judging.release(name)?.and_then(|of| of.commit).map(|commit| commit.id),
        };
        let Some(id) = id.filter(|id| *id != judged.id) else { continue };
        let (base, on_line) = match repository.place_of(&id, judged)? {
            Place::Before => (id, true),
            Place::Beside { forked } => (forked, false),
            Place::Elsewhere => continue,
        };
        let time = repository.resolve(&base)?.time;
        candidates.push(Candidate { name: name.clone(), base, time, on_line });
    }
    without_later_lines(repository, own, &mut candidates)?;
    while let Some(newest) = last(repository, &candidates)? {
        let Candidate { name, base, on_line, .. } = candidates.swap_remove(newest);
        let is_tagged = releases.get(&name).is_some_and(Option::is_some);
        if is_tagged || !on_line || !is_record_alone(repository, &base, judged)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// A hotfix of an older line goes back to the release that its branch stands on: not to one of the line it
/// left, which is a higher version than its own. Cut from the record of a release it stands on that release.
fn without_later_lines(
    repository: &Repository,
    own: Option<&str>,
    candidates: &mut Vec<Candidate>,
) -> Result<(), Error> {
    let is_later = |of: &Candidate| !of.on_line && own.is_some_and(|own| is_higher(&of.name, own));
    if candidates.iter().any(|of| !is_later(of)) {
        candidates.retain(|of| !is_later(of));
    }
    let (line, beside): (Vec<_>, Vec<_>) = candidates.iter_mut().partition(|of| of.on_line);
    for candidate in beside {
        let forked = repository.resolve(&candidate.base)?;
        let forked_at = candidate.time;
        for release in line.iter().filter(|release| release.time <= forked_at) {
            if repository.is_ancestor(&release.base, &forked)?
                && is_record_alone(repository, &release.base, &forked)?
            {
                (candidate.base, candidate.time) = (release.base.clone(), release.time);
            }
        }
    }
    Ok(())
}

/// The name under which the judged state itself was recorded, where nothing came since but the record and
/// no tag has made it a release.
pub(super) fn own(judging: &Judging<'_>, of: &Snapshot) -> Result<Option<String>, Error> {
    let Some((repository, judged)) = judging.repository.zip(of.commit.as_ref()) else {
        return Ok(None);
    };
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    for (name, tag) in releases(judging, repository, &judged)? {
        let record = if tag.is_none() { judging.release(&name)? } else { None };
        let id = record.and_then(|of| of.commit).map(|commit| commit.id);
        if let Some(id) = id.filter(|id| *id != judged.id)
            && repository.is_ancestor(&id, &judged)?
            && is_record_alone(repository, &id, &judged)?
        {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Which of the candidates is the last one.
fn last(repository: &Repository, of: &[Candidate]) -> Result<Option<usize>, Error> {
    let by_line = |a: &&Candidate, b: &&Candidate| match a.is_later(b) {
        true => Ordering::Greater,
        false => Ordering::Less,
    };
    let Some(mut last) = of.iter().max_by(by_line) else { return Ok(None) };
    for candidate in of.iter().filter(|candidate| candidate.on_line && last.on_line) {
        if is_higher(&candidate.name, &last.name) {
            let line = repository.resolve(&last.base)?;
            if !repository.is_ancestor(&candidate.base, &line)? {
                last = candidate;
            }
        }
    }
    Ok(of.iter().position(|candidate| std::ptr::eq(candidate, last)))
}

/// Whether nothing came to the commit `id` since but its record: then it is the state that is judged.
fn is_record_alone(repository: &Repository, id: &str, judged: &Commit) -> Result<bool, Error> {
    let folder = store::FOLDER.split('/').next().unwrap_or(store::FOLDER);
    let is_code = |path: &str| !Path::new(path).starts_with(folder);
    Ok(!repository.differ_in(id, judged, &is_code)?)
}

/// What may be a release before `judged`: the tags, each with its commit, but for those of that commit,
/// and what was recorded and has no tag here.
fn releases(
    judging: &Judging<'_>,
    repository: &Repository,
    judged: &Commit,
) -> Result<BTreeMap<String, Option<String>>, Error> {
    let (now, before): (Vec<_>, Vec<_>) =
        repository.tags()?.into_iter().partition(|(_, id)| *id == judged.id);
    let is_now = |name: &String| now.iter().any(|(tag, _)| tag == name);
    let recorded = judging.recorded()?.into_iter().filter(|name| !is_now(name));
    let is_own = |name: &String| !judging.owner.tags_another(name);
    let mut releases: BTreeMap<String, Option<String>> =
        recorded.map(|name| (name, None)).collect();
    let before = before.into_iter().filter(|(name, _)| is_own(name));
    releases.extend(before.map(|(name, id)| (name, Some(id))));
    Ok(releases)
}
