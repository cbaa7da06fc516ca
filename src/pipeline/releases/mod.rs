//! The releases before the judged state: what is known of each, and what changed from one to the
//! next.
//!
//! A release is a tag that the judged commit stands on, or a snapshot that was recorded. Of a tag
//! alone git knows what was claimed; what was proven then, only a recorded snapshot knows.

mod claims;
mod record;
mod recorded;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Diff, NOW};
use crate::history::{Memory, Walked};
use crate::model::{Problem, Timestamp, natural};
use crate::snapshot::v1::Release;
use crate::snapshot::{self, Snapshot};
use crate::sources::environment::Environment;
use crate::sources::git::{Ancestry, Repository};

use super::assemble;
use super::cache::kept;
use super::compare::{Chain, Comparing, Owner, chain};
use super::inputs::project;
use super::judge::ahead;
use super::{Error, Options};

pub use record::{lost, record, strangeness};

use claims::Claims;

/// How many releases are told of, the newest.
const MOST: usize = 200;

/// From how many of them, the newest, the differences are worked out: a release that was not
/// recorded has to be judged for it.
const COMPARED: usize = 12;

/// How many items these may have altogether, by those of the judged state; of two releases the
/// differences are worked out in any case.
const COMPARED_ITEMS: usize = 300_000;

/// What is known of the releases.
#[derive(Debug, Default)]
pub struct Releases {
    /// From the oldest to the newest, which is the judged state itself.
    pub releases: Vec<Release>,
    /// The differences between neighbours, from the oldest to the newest.
    pub diffs: Vec<Diff>,
    problems: Vec<Problem>,
}

/// The releases before a state that is judged after them: what is known of them takes less room than
/// that state, beside which they would have to be judged.
pub struct Former {
    /// What the state is called.
    name: String,
    releases: Vec<Release>,
    comparing: Comparing,
    /// `None` where they could not be compared.
    chain: Option<Chain>,
    walked: Option<Walked>,
    problems: Vec<Problem>,
}

/// Looks at the releases before the state that `options` name.
///
/// # Errors
/// Where the configuration of that state cannot be understood, and where git's objects are missing or
/// damaged.
pub fn former(options: &Options, environment: &Environment) -> Result<Former, Error> {
    let repository = project::repository(&options.dir)?;
    let root = repository.as_ref().map_or(options.dir.as_path(), Repository::root);
    let ahead = ahead(options, environment)?;
    let name = ahead.release.unwrap_or_else(|| NOW.to_owned());
    let owner = Owner::of(repository.as_ref(), &options.dir);
    let (mut known, mut problems) = recorded::read(repository.as_ref(), root, &owner);
    let mut checklists: BTreeSet<String> = ahead.checklists.into_iter().collect();
    // A handle of its own: what git remembers of all their folders is given back at its end.
    if let (Some(own), Some(commit)) = (project::repository(&options.dir)?, &ahead.commit) {
        let mut found = tags(options, (&own, &owner), commit, &mut known, &mut problems)?;
        checklists.append(&mut found);
    }
    let moment = |release: &Release| release.time.parse::<Timestamp>().ok();
    let mut releases: Vec<Release> = known
        .into_values()
        .filter(|release| release.name != name && moment(release) <= Some(ahead.time))
        .collect();
    releases.sort_by_cached_key(|release| (moment(release), natural(&release.name)));
    releases.drain(..releases.len().saturating_sub(MOST));
    let most = (COMPARED_ITEMS / ahead.items.max(1)).clamp(2, COMPARED);
    let compared = releases.len().saturating_sub(most);
    let names: Vec<&str> = releases[compared..].iter().map(|of| of.name.as_str()).collect();
    let comparing = Comparing {
        dir: options.dir.clone(),
        artifacts: options.artifacts.clone(),
        as_of: None,
        now: options.clock,
        history: options.history,
        cache: options.cache,
    };
    let marks = releases[compared..].iter().filter_map(|of| of.commit.clone()).collect();
    let memory = match (&repository, &ahead.commit) {
        (Some(repository), Some(commit)) => {
            Some(Memory::of(repository.resolve(commit)?, checklists, marks, ahead.own))
        }
        _ => None,
    };
    let chain = chain(&comparing, &names, memory.as_ref(), environment);
    let chain = chain.map_err(|fault| problems.push(recorded::uncompared(&fault))).ok();
    let walked = memory.and_then(Memory::walked);
    Ok(Former { name, releases, comparing, chain, walked, problems })
}

impl Former {
    /// The history of the state itself, where it was walked for theirs.
    pub fn walked(&self) -> Option<&Walked> {
        self.walked.as_ref()
    }

    /// With the state itself, now that it was judged.
    pub fn up_to(self, now: &Snapshot, environment: &Environment) -> Releases {
        let Former { name, mut releases, comparing, chain, mut problems, .. } = self;
        let diffs = chain.map(|chain| chain.up_to(&comparing, (&name, now), environment));
        let diffs = diffs.transpose().unwrap_or_else(|fault| {
            problems.push(recorded::uncompared(&fault));
            None
        });
        releases.push(snapshot::release(name, now));
        Releases { releases, diffs: diffs.unwrap_or_default(), problems }
    }
}

impl Releases {
    /// Adds to `snapshot` what is known of the releases before it; the differences are left here.
    pub fn add_to(&self, snapshot: &mut Snapshot) {
        snapshot.releases.clone_from(&self.releases);
        snapshot.problems.extend(self.problems.iter().map(assemble::problem));
        snapshot.problems.sort_by(|a, b| {
            (a.severity, &a.path, a.line, &a.code).cmp(&(b.severity, &b.path, b.line, &b.code))
        });
    }
}

/// Adds the tags that `head` stands on and that no snapshot records, with what was claimed there; the
/// checklists that they held.
fn tags(
    options: &Options,
    (repository, owner): (&Repository, &Owner<'_>),
    head: &str,
    known: &mut BTreeMap<String, Release>,
    problems: &mut Vec<Problem>,
) -> Result<BTreeSet<String>, Error> {
    let judged = repository.resolve(head)?;
    let (mut tags, all) = (Vec::new(), repository.tags()?);
    let before = if all.is_empty() { Ancestry::default() } else { repository.ancestry(&judged)? };
    for (name, id) in all {
        let is_new = !known.contains_key(&name) && !owner.tags_another(&name);
        if is_new && id != judged.id && before.contains(&id) {
            tags.push((repository.resolve(&id)?.time, name, id));
        }
    }
    tags.sort();
    let mut claims = Claims::new(&options.dir, repository, kept(repository, options.cache));
    let mut paths = BTreeSet::new();
    for (time, name, id) in tags.into_iter().rev().take(MOST) {
        match claims.at(&id) {
            Ok(at) => {
                let release = Release {
                    name: name.clone(),
                    commit: Some(id),
                    time: time.to_string(),
                    recorded: false,
                    items: at.claimed.items,
                    applicable: at.claimed.applicable,
                    claimed: at.claimed.claimed,
                    proven: None,
                    both: None,
                    contradicted: None,
                    stale: None,
                    gate: None,
                };
                known.insert(name, release);
                paths.extend(at.paths);
            }
            Err(fault) => problems.push(recorded::unread(&name, &fault.to_string())),
        }
    }
    claims.keep();
    Ok(paths)
}
