//! The snapshot with the look-ups that every page needs, made once.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Code, Timestamp, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Checklist, Evidence, Item, Problem};

use super::pages::exceptions;
use super::parts::{expiry, parted};
use super::{Options, gate, names, when};

/// A snapshot, indexed.
pub(super) struct World<'s> {
    /// What is drawn.
    pub(super) snapshot: &'s Snapshot,
    /// What the snapshot cannot know.
    pub(super) options: &'s Options,
    /// The judge's clock: every age is counted from it.
    pub(super) judged: Option<Timestamp>,
    /// Until when the report holds.
    pub(super) good_until: Option<Timestamp>,
    /// Whether there is a page of exceptions.
    pub(super) has_exceptions: bool,
    /// The bytes of `print.html`, once it is drawn.
    pub(super) printed: OnceLock<u64>,
    /// By path and id.
    items: HashMap<(&'s str, &'s str), (&'s Checklist, &'s Item)>,
    artifacts: HashMap<&'s str, &'s Artifact>,
    stems: HashMap<&'s str, String>,
    /// The worst that an item is told by an artifact, and why.
    standings: HashMap<&'s str, (Verdict, &'s str)>,
    /// The problems of items' own texts, by `PATH#ID`.
    refuted: HashMap<String, Vec<&'s Problem>>,
    /// What the gate accepts of an item that has another status, by `PATH#ID`.
    asked: HashMap<String, &'s str>,
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
                let name = (checklist.path.as_str(), item.id.as_str());
                items.insert(name, (checklist, item));
                for evidence in item.evidence.iter().filter(|of| !is_beside(item, of)) {
                    let told = (evidence.verdict, evidence.reason.as_str());
                    let worst = standings.entry(evidence.artifact.as_str()).or_insert(told);
                    if told.0 > worst.0 {
                        *worst = told;
                    }
                }
            }
        }
        let mut artifacts = HashMap::new();
        for artifact in &snapshot.artifacts {
            stems.insert(artifact.path.as_str(), names::file_stem(&artifact.path));
            artifacts.insert(artifact.path.as_str(), artifact);
        }
        let judged = when::moment(&snapshot.judged_at);
        let refuted = refuted(snapshot);
        World {
            snapshot,
            options,
            judged,
            good_until: expiry::earliest(snapshot),
            has_exceptions: exceptions::has_content(snapshot),
            printed: OnceLock::new(),
            items,
            artifacts,
            stems,
            standings,
            refuted,
            asked: gate::asked(snapshot),
            pages,
        }
    }

    /// The item at `PATH#ID`.
    pub(super) fn item(&self, address: &str) -> Option<(&'s Checklist, &'s Item)> {
        // Both may hold a `#`.
        let mut cuts = address.match_indices('#').map(|(at, _)| address.split_at(at));
        cuts.find_map(|(path, id)| self.items.get(&(path, id.get(1..)?)).copied())
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

    /// What the items that rely on an artifact are told by it, the worst; `None` where none does, or
    /// where it is only read beside what refutes.
    pub(super) fn standing(&self, path: &str) -> Option<Verdict> {
        self.standings.get(path).map(|(verdict, _)| *verdict)
    }

    /// Why an artifact is not trusted: it could not be read, else what judging found; `None` where
    /// it is.
    pub(super) fn distrust(&self, artifact: &'s Artifact) -> Option<&'s str> {
        let judged = || match self.standings.get(artifact.path.as_str()) {
            Some((Verdict::Invalid, why)) => Some(*why),
            _ => None,
        };
        artifact.invalid.as_deref().or_else(judged)
    }

    /// The statuses that the gate accepts of an item, where it has another: `verified or ready`.
    pub(super) fn gate_accepts(&self, checklist: &Checklist, item: &Item) -> Option<&'s str> {
        self.asked.get(&address(checklist, item)).copied()
    }

    /// The problems of an item's own text with its box or its condition.
    pub(super) fn refuted(&self, checklist: &Checklist, item: &Item) -> &[&'s Problem] {
        self.refuted.get(&address(checklist, item)).map_or(&[], Vec::as_slice)
    }
}

/// Whether an artifact is read with one that refutes, and refutes nothing itself.
pub(super) fn is_beside(item: &Item, evidence: &Evidence) -> bool {
    item.verdict == Verdict::Fail
        && evidence.verdict == Verdict::Pass
        && item.requirements.is_empty()
}

fn refuted(snapshot: &Snapshot) -> HashMap<String, Vec<&Problem>> {
    let codes = [Code::TextContradictsBox, Code::ThresholdDiffers, Code::CommittedReportOld];
    let codes = codes.map(Code::word);
    let mut refuted: HashMap<_, Vec<&Problem>> = HashMap::new();
    for problem in snapshot.problems.iter().filter(|of| codes.contains(&of.code.as_str())) {
        if let Some(item) = &problem.item {
            refuted.entry(format!("{}#{item}", problem.path)).or_default().push(problem);
        }
    }
    refuted
}

/// `PATH#ID`.
pub(super) fn address(checklist: &Checklist, item: &Item) -> String {
    format!("{}#{}", checklist.path, item.id)
}

/// The first 7 characters of a commit's id.
pub(super) fn short(commit: &str) -> String {
    commit.chars().take(7).collect()
}
