//! Whether an artifact is young enough, and of the code that is judged.

use std::collections::BTreeSet;

use crate::model::{
    Age, Artifact, CheckedOut, Glob, Place, Rule, Rules, Timestamp, counted, listed,
};
use crate::policy::{MaxAge, Requirement};

use super::ruling::Ruling;
use super::trust::{ZONE, bounded_by};
use super::window::Opening;
use super::witness::{Change, ChangeState, Since, Witness};

/// What freshness is judged by.
pub(super) struct Freshness<'a> {
    pub(super) clock: Timestamp,
    pub(super) rules: Rules,
    pub(super) witness: &'a dyn Witness,
    /// Changes here never make evidence stale: `[defaults] ignore`.
    pub(super) ignored: &'a [Glob],
    /// Checklists, configuration and artifacts: not the code that evidence is of.
    pub(super) not_code: &'a BTreeSet<String>,
    /// The files of sign-offs, which are no code either.
    pub(super) sign_offs: &'a [(Glob, Place)],
    /// Where artifacts lie, and those that were read: new files there are what tools left behind.
    pub(super) artifacts: &'a NewArtifacts<'a>,
    pub(super) default_max_age: Option<&'a MaxAge>,
    /// That deployments to other environments are known, as a sentence.
    pub(super) elsewhere: Option<String>,
}

/// Files that tools leave behind, as far as the configuration and the command line say where.
pub(super) struct NewArtifacts<'a> {
    pub(super) globs: Vec<&'a Glob>,
    pub(super) read: BTreeSet<&'a str>,
}

impl NewArtifacts<'_> {
    fn holds(&self, path: &str) -> bool {
        self.read.contains(path) || self.globs.iter().any(|glob| glob.matches(path))
    }
}

/// What became of one artifact.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fresh {
    /// Why it is stale, if it is.
    pub(super) stale: Option<Ruling>,
    /// Whether it is stale for coming before the item's time window.
    pub(super) early: bool,
    /// Until when it is young enough, where age decides.
    pub(super) valid_until: Option<Timestamp>,
    /// Whether the answer lies in a part of the history that is not there.
    pub(super) truncated: bool,
}

impl Freshness<'_> {
    /// Judges one artifact for one requirement; `opens` is when the item's time window opens.
    pub(super) fn of(
        &self,
        artifact: &Artifact,
        requirement: &Requirement,
        opens: Option<Opening>,
    ) -> Fresh {
        let max_age = requirement.max_age.as_ref().or(self.default_max_age);
        let mut fresh = Fresh::default();
        if let Some(max_age) = max_age {
            self.by_age(artifact, max_age, &mut fresh);
        }
        if fresh.stale.is_none() {
            fresh.stale = opens.and_then(|opens| self.before_window(artifact, opens));
            fresh.early = fresh.stale.is_some();
        }
        if fresh.stale.is_none() {
            match (&requirement.paths, max_age) {
                (Some(paths), _) if paths.is_empty() => {}
                (Some(paths), _) => self.by_code(artifact, Some(paths), &mut fresh),
                (None, Some(_)) => {}
                (None, None) => self.by_code(artifact, None, &mut fresh),
            }
        }
        fresh
    }

    /// Whether an artifact is of the judged commit, or nothing under `paths` changed since.
    pub(super) fn is_of_this_code(&self, artifact: &Artifact, paths: Option<&[Glob]>) -> bool {
        let mut fresh = Fresh::default();
        if paths.is_none_or(|paths| !paths.is_empty()) {
            self.by_code(artifact, paths, &mut fresh);
        }
        fresh.stale.is_none()
    }

    /// Whether no commit since `commit` changed anything that counts.
    pub(super) fn holds_the_code_of(&self, commit: &str) -> bool {
        let Since::Changes(changes) = self.witness.since_commit(commit) else { return false };
        let mut committed = changes.iter().filter(|of| of.state == ChangeState::Committed);
        !committed.any(|change| self.counts(change, None))
    }

    /// What changed under `paths` since `commit`, as a sentence, where they are named and something
    /// did or may have.
    pub(super) fn changed(&self, commit: &str, paths: Option<&[Glob]>) -> Option<String> {
        let paths = paths.filter(|paths| !paths.is_empty() && self.rules.holds(Rule::OtherCode))?;
        let Since::Changes(changes) = self.witness.since_commit(commit) else {
            return Some("What changed since then cannot be told.".to_owned());
        };
        let counts = |change: &&Change| self.counts(change, Some(paths));
        let changed: Vec<&Change> = changes.iter().filter(counts).collect();
        (!changed.is_empty()).then(|| changed_since(&changed))
    }

    /// What differs under `paths` from what `commit` held, where they are named; an error where the
    /// commit is not here.
    pub(super) fn differs_from(
        &self,
        commit: &str,
        paths: Option<&[Glob]>,
    ) -> Result<Vec<String>, ()> {
        let Since::Changes(changes) = self.witness.since_commit(commit) else { return Err(()) };
        let paths = paths.filter(|paths| !paths.is_empty() && self.rules.holds(Rule::OtherCode));
        let Some(paths) = paths else { return Ok(Vec::new()) };
        let differ = changes.into_iter().filter(|change| self.counts(change, Some(paths)));
        Ok(differ.map(|change| change.path).collect())
    }

    /// The same of what was committed after `time`.
    pub(super) fn changed_after(&self, time: Timestamp, paths: Option<&[Glob]>) -> Option<String> {
        let paths = paths.filter(|paths| !paths.is_empty() && self.rules.holds(Rule::OtherCode))?;
        let Since::Changes(changes) = self.witness.since_time(time) else {
            return Some("What changed since then cannot be told.".to_owned());
        };
        let changed: Vec<&Change> =
            changes.iter().filter(|change| self.counts(change, Some(paths))).collect();
        (!changed.is_empty()).then(|| changed_since(&changed))
    }

    fn by_age(&self, artifact: &Artifact, max_age: &MaxAge, fresh: &mut Fresh) {
        let Some((time, _)) = artifact.time else {
            let why = match unread(artifact) {
                Some(stated) => format!(
                    "{} says that it was made `{stated}`, which is not read as a time; the limit is {}.",
                    artifact.path, max_age.age
                ),
                None => format!(
                    "nothing says when {} was made; the limit is {}.",
                    artifact.path, max_age.age
                ),
            };
            fresh.stale = Some(Ruling::stale(Rule::TooOld, why));
            return;
        };
        let oldest = if artifact.zoned { time } else { time.minus(ZONE) };
        let until = oldest.plus(max_age.age);
        fresh.valid_until = Some(until);
        if until < self.clock && self.rules.holds(Rule::TooOld) {
            fresh.stale = Some(Ruling::stale(
                Rule::TooOld,
                format!(
                    "{} was made {} ago; the limit is {}.",
                    artifact.path,
                    self.clock.since(oldest),
                    max_age.age
                ),
            ));
        }
    }

    fn before_window(&self, artifact: &Artifact, opens: Opening) -> Option<Ruling> {
        let path = &artifact.path;
        let made = match artifact.time {
            None => {
                format!("{path} was made at a time that nothing tells: before a deployment too.")
            }
            Some((time, _)) => {
                let earliest = if artifact.zoned { time } else { time.minus(ZONE) };
                let early = opens.too_early(earliest)?;
                let elsewhere = self.elsewhere.as_ref().filter(|_| opens == Opening::Undeployed);
                let elsewhere = elsewhere.map(|told| format!(" {told}")).unwrap_or_default();
                format!("{path} was made {}, {early}.{elsewhere}", time.human())
            }
        };
        self.rules.holds(Rule::TooOld).then(|| Ruling::stale(Rule::TooOld, made))
    }

    fn by_code(&self, artifact: &Artifact, paths: Option<&[Glob]>, fresh: &mut Fresh) {
        if !self.rules.holds(Rule::OtherCode) {
            return;
        }
        if artifact.sealed.seal().is_some_and(|seal| seal.dirty) {
            let clause =
                format!("{} was sealed with uncommitted changes beside it.", artifact.path);
            fresh.stale = Some(Ruling::stale(Rule::OtherCode, clause));
            return;
        }
        let reading = artifact.answer.reading();
        let said = reading.and_then(|reading| reading.commit.as_deref());
        let of_part = reading.and_then(|reading| reading.commit_of_part.as_deref());
        let commits: BTreeSet<&str> = said.into_iter().chain(artifact.sealed_commit()).collect();
        for commit in commits.iter().copied().chain(of_part) {
            let since = self.since_commit(artifact, commit);
            self.by_changes(artifact, paths, (since, format!("made at {}", short(commit))), fresh);
        }
        if let Some(commit) = artifact.left_over_on().filter(|_| !artifact.tracked)
            && self.rules.holds(Rule::UnknownCommit)
        {
            let clause = format!(
                "{} was written before {} was checked out where it was sealed: an earlier run may have \
                 left it there.",
                artifact.path,
                short(commit)
            );
            fresh.stale = Some(Ruling::stale(Rule::UnknownCommit, clause));
        } else if commits.is_empty() {
            let (since, made) = self.since_it_was_made(artifact, paths);
            self.by_changes(artifact, paths, (since, made), fresh);
        }
    }

    /// What changed since a commit that an artifact is of. Where that is not here, its files may be: a forge
    /// tests a merge that it throws away, and a squash makes the commit anew.
    pub(super) fn since_commit(&self, artifact: &Artifact, commit: &str) -> Since {
        let since = self.witness.since_commit(commit);
        match (&since, artifact.tree_of(commit)) {
            (Since::UnknownCommit | Since::Truncated, Some(tree)) => {
                match self.witness.since_tree(tree) {
                    by_files @ Since::Changes(_) => by_files,
                    _ => since,
                }
            }
            _ => since,
        }
    }

    /// What changed since an artifact that no commit is told of, and how it is told when that was.
    fn since_it_was_made(&self, artifact: &Artifact, paths: Option<&[Glob]>) -> (Since, String) {
        match artifact.time {
            // It is of the judged commit, but not of what is not committed; and a change under
            // paths that were named counts from the commit that brought it.
            _ if artifact.tracked => {
                let since = match (artifact.committed_in.as_deref(), paths) {
                    (Some(commit), Some(_)) => self.witness.since_brought(commit),
                    (None, Some(_)) => Since::Truncated,
                    (_, None) => self.uncommitted(),
                };
                (since, "committed".to_owned())
            }
            Some((time, _)) => {
                let latest = match artifact.zoned {
                    true => time,
                    false => bounded_by(artifact).unwrap_or_else(|| time.plus(ZONE)),
                };
                let made = format!("made {}", time.human());
                let Some(CheckedOut { commit, made: here }) = &artifact.checked_out else {
                    return (self.witness.since_time(latest), made);
                };
                // A commit that is older than the artifact may have come here after it.
                let since = self.witness.since_commit(commit);
                let told = format!("{made}, and lay here while {} was checked out", short(commit));
                match here {
                    // That is what it was made of: a commit made anew of the same files changes none.
                    true => (since, told),
                    false => (self.witness.since_time(latest).and(since), told),
                }
            }
            None => {
                let made = unread(artifact).map_or_else(
                    || "made at a time that nothing tells".to_owned(),
                    |stated| format!("made `{stated}`, which is not read as a time"),
                );
                (Since::NoHistory, made)
            }
        }
    }

    fn by_changes(
        &self,
        artifact: &Artifact,
        paths: Option<&[Glob]>,
        (since, made): (Since, String),
        fresh: &mut Fresh,
    ) {
        let path = &artifact.path;
        match since {
            Since::Changes(changes) => {
                let changed: Vec<&Change> = changes
                    .iter()
                    .filter(|change| change.path != artifact.file() && self.counts(change, paths))
                    .collect();
                if !changed.is_empty() {
                    let clause = format!("{path} was {made}. {}", changed_since(&changed));
                    let ruling = Ruling::stale(Rule::OtherCode, clause);
                    let only_new = are_new(&changed);
                    fresh.stale = Some(if only_new { ruling.instructing() } else { ruling });
                }
            }
            Since::UnknownCommit if !self.rules.holds(Rule::UnknownCommit) => {}
            Since::UnknownCommit => {
                fresh.stale = Some(Ruling::stale(
                    Rule::UnknownCommit,
                    format!("{path} was {made}, which is not in this history."),
                ));
            }
            Since::Truncated => {
                fresh.truncated = true;
                fresh.stale = Some(Ruling::stale(
                    Rule::OtherCode,
                    format!(
                        "{path} was {made}. The clone is shallow and does not reach back to it. \
                         Fetch the whole history."
                    ),
                )
                .instructing());
            }
            Since::NoHistory => {
                fresh.stale = Some(Ruling::stale(
                    Rule::OtherCode,
                    format!(
                        "{path} was {made}. No commit says which code that was. Set max-age, or \
                         paths = []."
                    ),
                )
                .instructing());
            }
        }
    }

    /// What the work tree changed and no commit holds.
    fn uncommitted(&self) -> Since {
        match self.witness.since_time(self.clock) {
            Since::Changes(mut changes) => {
                changes.retain(|change| change.state != ChangeState::Committed);
                Since::Changes(changes)
            }
            other => other,
        }
    }

    /// Whether a change makes evidence stale: under the requirement's paths, else anywhere in the
    /// code. A file that git neither knows nor ignores counts too, unless it is an artifact.
    pub(super) fn counts(&self, change: &Change, paths: Option<&[Glob]>) -> bool {
        if self.ignored.iter().any(|glob| glob.matches(&change.path)) {
            return false;
        }
        match paths {
            Some(paths) => paths.iter().any(|glob| {
                is_under(glob, &change.path) || change.encloses && glob.may_match_in(&change.path)
            }),
            None => {
                let made =
                    change.state == ChangeState::Untracked && self.artifacts.holds(&change.path);
                !made
                    && !change.no_code
                    && !self.not_code.contains(&change.path)
                    && !self.sign_offs.iter().any(|(glob, _)| glob.matches(&change.path))
                    && !change.path.starts_with(".trueup/")
                    && change.path.rsplit('/').next() != Some("trueup.toml")
            }
        }
    }
}

/// Whether a glob of `paths` means the entry `path`. A submodule is one entry; what lies under it is
/// meant by the path with a slash.
pub fn is_under(glob: &Glob, path: &str) -> bool {
    glob.covers(path) || glob.matches(&format!("{path}/x"))
}

fn are_new(changed: &[&Change]) -> bool {
    changed.iter().all(|change| change.state == ChangeState::Untracked)
}

pub(super) fn changed_since(changed: &[&Change]) -> String {
    let commits: BTreeSet<&str> =
        changed.iter().filter_map(|change| change.commit.as_deref()).collect();
    let paths: Vec<&str> = changed.iter().map(|change| change.path.as_str()).collect();
    if are_new(changed) {
        let verb = if paths.len() == 1 { "is" } else { "are" };
        let what = listed(&paths, 2);
        return format!(
            "{what} {verb} in no commit and not ignored: commit or ignore what is new."
        );
    }
    let uncommitted = changed.iter().all(|change| change.state != ChangeState::Committed);
    let who = match commits.len() {
        0 if uncommitted => "an uncommitted change touched".to_owned(),
        0 => "the code differs in".to_owned(),
        count => format!("{} changed", counted(count as u64, "commit")),
    };
    format!("Since then {who} {}.", listed(&paths, 2))
}

/// The time that an artifact states, where it cannot be read.
fn unread(artifact: &Artifact) -> Option<&str> {
    let made = artifact.answer.reading()?.produced_at.as_ref()?;
    made.at.is_none().then_some(made.raw.trim()).filter(|raw| !raw.is_empty())
}

/// A commit id as people write it.
pub(super) fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// How long before the judgement something was made.
pub(super) fn age_of(artifact: &Artifact, clock: Timestamp) -> Option<Age> {
    artifact.time.map(|(time, _)| clock.since(time))
}
