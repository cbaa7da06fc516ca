//! What was claimed at a commit: its checklists, read from git's objects.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::checklist::{self, Before, Keep, Markers, Pieces, Settings};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Claim, Item, ItemKind};
use crate::policy::Config;
use crate::sources::cache::Cache;
use crate::sources::git::{BlobId, Repository};

use crate::pipeline::Error;
use crate::pipeline::cache::Answers;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::pipeline::inputs::{checklists, configuration};

/// The figures that checklists give without any evidence.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Claimed {
    pub(super) items: u64,
    pub(super) applicable: u64,
    pub(super) claimed: u64,
}

/// What a commit claims.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct At {
    pub(super) claimed: Claimed,
    /// The files that hold an item.
    pub(super) paths: Vec<String>,
    /// A file could not be read, and is not in it.
    #[serde(skip)]
    partial: bool,
}

/// The file of the cache.
const KEPT: &str = "claims";

/// So many pieces are kept beside the last versions, which mostly have what is asked for.
const PIECES: usize = 512;

/// Counts claims; each distinct file is read once, however many commits hold it, and no commit that
/// an earlier run knew.
pub(super) struct Claims<'r> {
    dir: &'r Path,
    repository: &'r Repository,
    /// What the files below were read by.
    settings: Settings,
    pieces: Pieces<Counted>,
    /// By path, the version that was counted last: that of the next tag mostly says the same.
    last: HashMap<String, Before<Counted>>,
    known: HashMap<BlobId, Claimed>,
    answers: Answers,
}

impl<'r> Claims<'r> {
    /// Counts for the project around `dir`, with what `cache` kept of it.
    pub(super) fn new(
        dir: &'r Path,
        repository: &'r Repository,
        cache: Option<Cache>,
    ) -> Claims<'r> {
        let key = format!("{:?}", repository.below(dir));
        Claims {
            dir,
            repository,
            settings: Settings::default(),
            pieces: Pieces::keeping(PIECES, &Settings::default()),
            last: HashMap::new(),
            known: HashMap::new(),
            answers: Answers::read(cache, KEPT, key),
        }
    }

    /// Keeps what was counted for the next run.
    pub(super) fn keep(self) {
        self.answers.keep();
    }

    /// The claims of all checklists of the commit `id`, as its own configuration names them; where
    /// that cannot be understood, of every Markdown file with tasks.
    pub(super) fn at(&mut self, id: &str) -> Result<At, Error> {
        if let Some(known) = self.answers.get(id) {
            return Ok(known);
        }
        let at = self.count_at(id)?;
        if !at.partial {
            self.answers.put(id.to_owned(), &at);
        }
        Ok(at)
    }

    fn count_at(&mut self, id: &str) -> Result<At, Error> {
        let project = Project::open(self.dir, Some(self.repository), Some(id))?;
        let config = match configuration::read(&project, self.dir) {
            Ok((config, _)) => config,
            Err(Error::Config { .. } | Error::Usage { .. }) => Config::default(),
            Err(fault) => return Err(fault),
        };
        let settings = checklists::settings(&config);
        if settings != self.settings {
            self.known.clear();
            self.last.clear();
            self.pieces = Pieces::keeping(PIECES, &settings);
            self.settings = settings;
        }
        let paths = checklists::paths(&project, &config);
        let tree = self.repository.tree(&self.repository.resolve(id)?)?;
        let mut at = At::default();
        for path in paths {
            let Some(blob) = tree.blob_at(&path) else { continue };
            let of = match self.known.get(&blob) {
                Some(known) => *known,
                None => {
                    let Some(Ok(bytes)) = project.read(&path, LARGEST_TEXT) else {
                        at.partial = true;
                        continue;
                    };
                    let counted = self.count(&path, &bytes, config.checklists.is_some());
                    self.known.insert(blob, counted);
                    counted
                }
            };
            if of.items > 0 {
                at.paths.push(path);
            }
            at.claimed.add(of);
        }
        Ok(at)
    }

    fn count(&mut self, path: &str, bytes: &[u8], named: bool) -> Claimed {
        if !named && !checklist::may_hold_tasks(bytes) {
            return Claimed::default();
        }
        let of = |items: &[Item], _: Option<&Counted>| Counted::of(items);
        let keep = Keep { of: &of, ticked: Some(&Counted::ticked) };
        let before = self.last.remove(path);
        let Some(read) = self.pieces.next(bytes, before.as_ref(), &keep) else {
            if !named && !checklist::holds_tasks(bytes) {
                return Claimed::default();
            }
            let items = checklist::read(path, bytes, &self.settings).items;
            return items.iter().map(|item| item.claim).collect();
        };
        // To a team of other words other boxes are tasks.
        let tasks = match self.settings.markers == Markers::default() {
            true => read.pieces().iter().any(|piece| piece.made.tasks),
            false => checklist::holds_tasks(bytes),
        };
        let claims = read.pieces().iter().flat_map(|piece| piece.made.claims.iter().copied());
        let claimed = if named || tasks { claims.collect() } else { Claimed::default() };
        self.last.insert(path.to_owned(), read);
        claimed
    }
}

impl Claimed {
    fn add(&mut self, other: Claimed) {
        self.items += other.items;
        self.applicable += other.applicable;
        self.claimed += other.claimed;
    }
}

impl FromIterator<Claim> for Claimed {
    fn from_iter<T: IntoIterator<Item = Claim>>(claims: T) -> Claimed {
        let mut counted = Claimed::default();
        for claim in claims {
            counted.items += 1;
            counted.applicable += u64::from(claim != Claim::Cancelled);
            counted.claimed += u64::from(claim == Claim::Done);
        }
        counted
    }
}

/// What is counted of a piece of a document.
#[derive(Debug, Default)]
struct Counted {
    /// Of each of its items.
    claims: Box<[Claim]>,
    /// One of them is a task.
    tasks: bool,
}

impl Counted {
    fn of(items: &[Item]) -> Counted {
        Counted {
            claims: items.iter().map(|item| item.claim).collect(),
            tasks: items.iter().any(|item| item.kind == ItemKind::Task),
        }
    }

    /// The same items, some of whose boxes claim something else.
    fn ticked(&self, boxes: &[(usize, Claim)]) -> Counted {
        let mut claims = self.claims.clone();
        for (at, claim) in boxes {
            if let Some(known) = claims.get_mut(*at).filter(|known| **known != Claim::Cancelled) {
                *known = *claim;
            }
        }
        Counted { claims, tasks: self.tasks }
    }
}
