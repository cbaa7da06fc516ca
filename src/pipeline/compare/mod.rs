//! Two states of a project, compared: each resolved to a snapshot, then paired.

mod after;
mod chain;
mod doubt;
mod exchanged;
mod followed;
pub(super) mod found;
mod of_run;
mod owner;
mod persons;
mod previous;
mod published;
pub(super) mod regression;
mod side;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::condition::{self, Condition};
use crate::diff::{self, Diff, Shift, Sides};
use crate::history::Memory;
use crate::model::{ReleaseTags, Rules, Timestamp};
use crate::snapshot::Snapshot;
use crate::sources::environment::Environment;
use crate::sources::git::Repository;

use super::inputs::project::Project;
use super::inputs::{configuration, project};
use super::{Error, Options};

pub(super) use chain::{Chain, chain};
pub(super) use doubt::{Doubt, altered, of_record, of_state};
pub(super) use of_run::compared;
pub(super) use owner::Owner;
pub(super) use previous::NAME_THEM;
pub(super) use side::LARGEST;
use side::Side;

/// The word for the release before the later side.
pub const PREVIOUS: &str = "previous";

/// What is compared, and how a side that has no snapshot is judged.
#[derive(Debug, Clone)]
pub struct Comparing {
    /// A folder of the project.
    pub dir: PathBuf,
    /// Folders of artifacts besides the default places, for the work tree.
    pub artifacts: Vec<PathBuf>,
    /// The clock of the later side; else now for the work tree, a revision's own for a revision.
    pub as_of: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
    /// Whether ticks are judged by their history.
    pub history: bool,
    /// Whether what earlier runs kept is read, and kept on.
    pub cache: bool,
}

/// What became of the readiness from `from` to `to`: each is a snapshot's file, a recorded release,
/// a tag or another revision; `from` may be [`PREVIOUS`], and without `to` it is the work tree.
///
/// # Errors
/// Where a side names nothing, or cannot be read or judged.
pub fn compare(
    of: &Comparing,
    from: &str,
    to: Option<&str>,
    environment: &Environment,
) -> Result<Diff, Error> {
    let Some(to) = to else {
        let clock = of.as_of.unwrap_or(of.now);
        let (_, diff) = super::run_compared(&of.judged(None, clock), environment, from, false)?;
        return Ok(diff);
    };
    let repository = project::repository(&of.dir)?;
    let judging = Judging::new(of, repository.as_ref(), environment);
    let to = judging.doubted(to, judging.side(to, of.as_of)?)?;
    judging.between(&judging.earlier(from, &to)?, &to)
}

impl Comparing {
    /// How the work tree is judged, or the revision `at` by what was committed there.
    fn judged(&self, at: Option<&str>, clock: Timestamp) -> Options {
        Options {
            dir: self.dir.clone(),
            artifacts: if at.is_none() { self.artifacts.clone() } else { Vec::new() },
            at: at.map(str::to_owned),
            clock,
            generated_at: clock,
            deployed_at: None,
            release: None,
            history: self.history,
            cache: self.cache,
            documents: false,
            past: at.is_some(),
            rules: Rules::default(),
            unsaved: BTreeMap::new(),
        }
    }
}

struct Judging<'a> {
    of: &'a Comparing,
    repository: Option<&'a Repository>,
    environment: &'a Environment,
    /// What is known of the histories of several commits at once.
    memory: Option<&'a Memory>,
    /// Whether a recorded release is read as committed.
    committed: bool,
    owner: Owner<'a>,
}

impl<'a> Judging<'a> {
    fn new(
        of: &'a Comparing,
        repository: Option<&'a Repository>,
        environment: &'a Environment,
    ) -> Judging<'a> {
        let owner = Owner::of(repository, &of.dir);
        Judging { of, repository, environment, memory: None, committed: false, owner }
    }
}

impl Judging<'_> {
    /// The earlier side that `from` names, seen from the later one.
    fn earlier(&self, from: &str, to: &Side<'_>) -> Result<Side<'static>, Error> {
        match from {
            PREVIOUS => {
                let name = previous::name(self, &self.release_tags()?, &to.snapshot)?;
                self.doubted(&name, self.released(&name, None)?)
            }
            name => self.doubted(name, self.side(name, None)?),
        }
    }

    /// The newest release before the later side that was recorded, if any was.
    fn recorded_before(&self, to: &Side<'_>) -> Result<Option<Side<'static>>, Error> {
        let name = previous::recorded(self, &self.release_tags()?, &to.snapshot)?;
        name.map(|name| self.doubted(&name, self.released(&name, None)?)).transpose()
    }

    /// What was recorded of the later side's own state, if anything was.
    fn recorded_of(&self, to: &Side<'_>) -> Result<Option<Side<'static>>, Error> {
        let name = previous::own(self, &to.snapshot)?;
        name.map(|name| self.doubted(&name, self.released(&name, None)?)).transpose()
    }

    /// Which tags are releases.
    fn release_tags(&self) -> Result<ReleaseTags, Error> {
        let project = Project::open(&self.of.dir, self.repository, None)?;
        let (config, _) = configuration::read(&project, &self.of.dir)?;
        Ok(config.releases)
    }

    fn between(&self, from: &Side<'_>, to: &Side<'_>) -> Result<Diff, Error> {
        self.between_refuted(from, to, BTreeSet::new())
    }

    /// The same, where today's evidence refutes items by what was asked before.
    fn between_refuted(
        &self,
        from: &Side<'_>,
        to: &Side<'_>,
        refuted: BTreeSet<String>,
    ) -> Result<Diff, Error> {
        let followed = match self.repository {
            Some(repository) => followed::followed(repository, &from.snapshot, &to.snapshot)?,
            None => Default::default(),
        };
        let (earlier, later) = (from.named(), to.named());
        let addresses = OnceCell::new();
        let person = |digest: &str| {
            let known = addresses.get_or_init(|| self.addresses([&from.snapshot, &to.snapshot]));
            known.get(digest).cloned()
        };
        let (compare, person) = (&shift, &person);
        let sides = Sides { from: earlier, to: later, followed, refuted, compare, person };
        Ok(diff::diff(&from.snapshot, &to.snapshot, &sides))
    }

    /// Judges the revision `at` by what was committed there.
    fn judge(&self, at: &str, clock: Timestamp) -> Result<Snapshot, Error> {
        let options = self.of.judged(Some(at), clock);
        match self.memory {
            Some(memory) => super::judge::run_remembering(&options, self.environment, memory),
            None => super::run(&options, self.environment),
        }
    }
}

/// How a condition differs from another. One that cannot be read any more is just another.
pub(super) fn shift(before: &str, after: &str) -> Shift {
    let (Ok(before), Ok(after)) = (Condition::parse(before), Condition::parse(after)) else {
        return Shift::Changed;
    };
    match after.change_from(&before) {
        condition::Change::Same => Shift::Same,
        condition::Change::Tightened => Shift::Tightened,
        condition::Change::Loosened => Shift::Loosened,
        condition::Change::Changed => Shift::Changed,
    }
}
