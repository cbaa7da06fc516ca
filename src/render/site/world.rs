//! The snapshot with the look-ups that every page needs, made once.

use std::collections::HashMap;

use crate::model::{Timestamp, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Checklist, Item};

use super::parts::parted;
use super::{Options, names, when};

/// A snapshot, indexed.
pub(super) struct World<'s> {
    /// What is drawn.
    pub(super) snapshot: &'s Snapshot,
    /// What the snapshot cannot know.
    pub(super) options: &'s Options,
    /// The judge's clock: every age is counted from it.
    pub(super) judged: Option<Timestamp>,
    items: HashMap<String, (&'s Checklist, &'s Item)>,
    artifacts: HashMap<&'s str, &'s Artifact>,
    stems: HashMap<&'s str, String>,
    standings: HashMap<&'s str, Verdict>,
    /// Of checklists of several pages: path → slug of a section → stem of its page.
    pages: HashMap<&'s str, HashMap<&'s str, String>>,
}

impl<'s> World<'s> {
    /// Indexes `snapshot`.
    pub(super) fn new(snapshot: &'s Snapshot, options: &'s Options) -> World<'s> {
        let mut items = HashMap::new();
        let mut stems = HashMap::new();
        let mut standings = HashMap::new();
        let mut pages = HashMap::new();
        for checklist in &snapshot.checklists {
            let stem = names::file_stem(&checklist.path);
            let moved = parted::moved(checklist, &stem);
            if !moved.is_empty() {
                pages.insert(checklist.path.as_str(), moved);
            }
            stems.insert(checklist.path.as_str(), stem);
            for item in &checklist.items {
                items.insert(address(checklist, item), (checklist, item));
                for evidence in &item.evidence {
                    let worst =
                        standings.entry(evidence.artifact.as_str()).or_insert(Verdict::Pass);
                    *worst = evidence.verdict.max(*worst);
                }
            }
        }
        let mut artifacts = HashMap::new();
        for artifact in &snapshot.artifacts {
            stems.insert(artifact.path.as_str(), names::file_stem(&artifact.path));
            artifacts.insert(artifact.path.as_str(), artifact);
        }
        let judged = when::moment(&snapshot.judged_at);
        World { snapshot, options, judged, items, artifacts, stems, standings, pages }
    }

    /// The item at `PATH#ID`.
    pub(super) fn item(&self, address: &str) -> Option<(&'s Checklist, &'s Item)> {
        self.items.get(address).copied()
    }

    /// The artifact of that path, where the snapshot has it.
    pub(super) fn artifact(&self, path: &str) -> Option<&'s Artifact> {
        self.artifacts.get(path).copied()
    }

    /// The stem of the file of a checklist or artifact.
    pub(super) fn stem(&self, path: &str) -> String {
        self.stems.get(path).cloned().unwrap_or_else(|| names::file_stem(path))
    }

    /// The stem of the page that a section of a checklist of several pages lies on; `None` where that
    /// is the first.
    pub(super) fn page(&self, path: &str, section: &str) -> Option<&str> {
        self.pages.get(path)?.get(section).map(String::as_str)
    }

    /// Whether a checklist has several pages.
    pub(super) fn is_parted(&self, path: &str) -> bool {
        self.pages.contains_key(path)
    }

    /// Every item with its checklist, in the order of the documents.
    pub(super) fn all_items(&self) -> impl Iterator<Item = (&'s Checklist, &'s Item)> {
        self.snapshot
            .checklists
            .iter()
            .flat_map(|checklist| checklist.items.iter().map(move |item| (checklist, item)))
    }

    /// `b81d0c7`.
    pub(super) fn short_commit(&self) -> Option<String> {
        self.snapshot.commit.as_ref().map(|commit| short(&commit.id))
    }

    /// What the items that rely on an artifact are told by it, the worst; `None` where none does.
    pub(super) fn standing(&self, path: &str) -> Option<Verdict> {
        self.standings.get(path).copied()
    }
}

/// `PATH#ID`.
pub(super) fn address(checklist: &Checklist, item: &Item) -> String {
    format!("{}#{}", checklist.path, item.id)
}

/// The first 7 characters of a commit's id.
pub(super) fn short(commit: &str) -> String {
    commit.chars().take(7).collect()
}
