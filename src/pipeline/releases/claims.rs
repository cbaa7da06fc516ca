//! What was claimed at a commit: its checklists, read from git's objects.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::checklist::{self, Keep, Markers, Pieces, Settings};
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

/// Counts claims; each distinct file is read once, however many commits hold it, and no commit that
/// an earlier run knew.
pub(super) struct Claims<'r> {
    dir: &'r Path,
    repository: &'r Repository,
    /// What the files below were read by.
    settings: Settings,
    pieces: Pieces<Counted>,
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
            pieces: Pieces::new(&Settings::default()),
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
            self.pieces = Pieces::new(&settings);
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
        let keep = Keep { of: &|items, _| Counted::of(items), ticked: None };
        let counted = match self.pieces.read(bytes, &keep) {
            None => {
                let items = checklist::read(path, bytes, &self.settings).items;
                Counted { tasks: checklist::holds_tasks(bytes), ..Counted::of(&items) }
            }
            Some(pieces) => {
                let mut all = Counted::default();
                pieces.iter().for_each(|piece| all.add(*piece.made));
                // To a team of other words other boxes are tasks.
                let same_words = self.settings.markers == Markers::default();
                Counted {
                    tasks: if same_words { all.tasks } else { checklist::holds_tasks(bytes) },
                    ..all
                }
            }
        };
        if named || counted.tasks { counted.claimed } else { Claimed::default() }
    }
}

impl Claimed {
    fn add(&mut self, other: Claimed) {
        self.items += other.items;
        self.applicable += other.applicable;
        self.claimed += other.claimed;
    }
}

/// What the items of a document, or of a piece of it, come to.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    claimed: Claimed,
    /// One of them is a task.
    tasks: bool,
}

impl Counted {
    fn of(items: &[Item]) -> Counted {
        let of = |wanted: &dyn Fn(Claim) -> bool| {
            items.iter().filter(|item| wanted(item.claim)).count() as u64
        };
        Counted {
            claimed: Claimed {
                items: of(&|_| true),
                applicable: of(&|claim| claim != Claim::Cancelled),
                claimed: of(&|claim| claim == Claim::Done),
            },
            tasks: items.iter().any(|item| item.kind == ItemKind::Task),
        }
    }

    fn add(&mut self, other: Counted) {
        self.claimed.add(other.claimed);
        self.tasks |= other.tasks;
    }
}
