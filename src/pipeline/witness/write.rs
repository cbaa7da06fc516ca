//! Writing down one run: for `witness.json`, and for what edits its checklists.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checklist::Settings;
use crate::config::Requirement;
use crate::model::{Authorship, ItemHistory, Problem, Timestamp};
use crate::pipeline::assemble;
use crate::pipeline::fix::editable::Editable;
use crate::pipeline::inputs::histories::Histories;
use crate::pipeline::inputs::project::Project;
use crate::pipeline::inputs::{artifacts, checklists, configuration};
use crate::pipeline::report::vault::Vaulting;
use crate::reconcile::{JudgedItem, Judgement, Witness as _, bounded_by};
use crate::seal::manifest::Input;

use super::file::{Recorded, RecordedArtifact, SCHEMA};
use super::recording::{Answers, Recording, input};

/// A run, as far as it is to be written down.
pub(in crate::pipeline) struct Run<'r> {
    pub(in crate::pipeline) project: &'r Project<'r>,
    pub(in crate::pipeline) dir: &'r std::path::Path,
    pub(in crate::pipeline) settings: &'r Settings,
    pub(in crate::pipeline) vaulting: Vaulting<'r>,
    /// Whether the report names people.
    pub(in crate::pipeline) names: bool,
    pub(in crate::pipeline) read: &'r checklists::Read,
    pub(in crate::pipeline) requirements: &'r [Requirement],
    pub(in crate::pipeline) artifacts: &'r artifacts::Read,
    pub(in crate::pipeline) histories: &'r Histories,
    /// The files that say who signed what, and whose keys sign.
    pub(in crate::pipeline) signing: Vec<Input>,
    pub(in crate::pipeline) witness: &'r Recording<'r>,
    pub(in crate::pipeline) judgement: &'r Judgement,
    /// What reading found wrong.
    pub(in crate::pipeline) problems: &'r [Problem],
    pub(in crate::pipeline) clock: Timestamp,
    pub(in crate::pipeline) deployed: Option<Timestamp>,
}

impl Run<'_> {
    /// The checklists as they were judged.
    pub(in crate::pipeline) fn editable(&self) -> Editable {
        let checklists = self.read.checklists.iter().cloned();
        Editable {
            root: self.project.root.clone(),
            settings: self.settings.clone(),
            documents: checklists.zip(self.read.bytes.iter().cloned()).collect(),
        }
    }

    /// What is written down of it.
    pub(in crate::pipeline) fn recorded(&self) -> Recorded {
        let git = self.witness.git().and_then(|value| serde_json::to_value(value).ok());
        let Answers { documents, globs, unlisted, since_commit, since_brought, since_time, hands } =
            self.witness.answers.take();
        let config = configuration::file(self.project, self.dir);
        Recorded {
            schema: SCHEMA.to_owned(),
            judged_at: self.clock,
            deployed_at: self.deployed,
            config: config.map(|(path, bytes)| input("config", &path, &bytes, self.vaulting)),
            checklists: self.checklists(),
            signing: self.signing.clone(),
            seals: self.artifacts.seals.clone(),
            artifacts: self.files(),
            lost: self.artifacts.lost.clone(),
            documents,
            globs,
            unlisted,
            since_commit,
            since_brought,
            since_time,
            hands,
            git,
            histories: (!self.histories.of_items.is_empty()).then(|| self.histories()),
            problems: self.problems.iter().map(assemble::problem).collect(),
        }
    }

    fn checklists(&self) -> Vec<Input> {
        let read = self.read.checklists.iter().zip(&self.read.bytes);
        read.map(|(list, bytes)| input("checklist", &list.path, bytes, self.vaulting)).collect()
    }

    /// Each file once, by path.
    fn files(&self) -> Vec<RecordedArtifact> {
        let mut files: BTreeMap<&str, RecordedArtifact> = BTreeMap::new();
        for (artifact, default) in self.artifacts.artifacts.iter().zip(&self.artifacts.default) {
            let withheld = self.vaulting.withheld(artifact);
            let file = files.entry(&artifact.path).or_insert_with(|| RecordedArtifact {
                input: Input {
                    role: "artifact".to_owned(),
                    path: artifact.path.clone(),
                    sha256: artifact.sha256.to_string(),
                    bytes: artifact.bytes,
                    withheld: None,
                },
                archive: artifact.archive.clone(),
                default: *default,
                time: artifact.time.map(|(time, _)| time),
                time_from: artifact.time.map(|(_, from)| from),
                zoned: artifact.zoned,
                tracked: artifact.tracked,
                committed_in: artifact.committed_in.clone(),
                checked_out: artifact.checked_out.clone(),
                arrived: bounded_by(artifact),
            });
            file.input.withheld = file.input.withheld.take().or(withheld);
        }
        files.into_values().collect()
    }

    /// The history of an item as judged, without the names that the report does not show. Where a
    /// sign-off is asked for the answer rests on who gave it, so they stay.
    fn told(&self, history: &ItemHistory, of: &JudgedItem) -> ItemHistory {
        let mut told = history.clone();
        let judged = of.requirements.iter().filter_map(|&at| self.judgement.requirements.get(at));
        let mut asked = judged.filter_map(|judged| self.requirements.get(judged.requirement));
        if self.names || asked.any(|requirement| requirement.sign_off.is_some()) {
            return told;
        }
        for by in told.commits() {
            let nobody = || String::new();
            let known = Authorship { author: nobody(), email: nobody(), ..(**by).clone() };
            *by = Arc::new(known);
        }
        told
    }

    /// Of the items that a requirement is bound to: the others' answers do not rest on them.
    fn histories(&self) -> BTreeMap<String, BTreeMap<String, ItemHistory>> {
        let mut histories: BTreeMap<String, BTreeMap<String, ItemHistory>> = BTreeMap::new();
        let lists = self.read.checklists.iter().zip(&self.judgement.items);
        for ((list, judged), known) in lists.zip(&self.histories.of_items) {
            let items = list.items.iter().zip(judged).zip(known);
            let bound = items.filter(|((_, judged), _)| !judged.requirements.is_empty());
            let bound: BTreeMap<String, ItemHistory> = bound
                .map(|((item, judged), history)| (item.id.clone(), self.told(history, judged)))
                .collect();
            if !bound.is_empty() {
                histories.insert(list.path.clone(), bound);
            }
        }
        histories
    }
}
