//! Writing down what a run was judged by, for `witness.json`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Authorship, ItemHistory};
use crate::pipeline::assemble;
use crate::pipeline::inputs::configuration;
use crate::pipeline::judge::Run;
use crate::policy::ShownPeople;
use crate::reconcile::{JudgedItem, bounded_by};
use crate::seal::manifest::Input;

use super::file::{Recorded, RecordedArtifact, SCHEMA};
use super::recording::{Answers, input};

impl Run<'_> {
    /// What is written down of it.
    pub(in crate::pipeline) fn recorded(&self) -> Recorded {
        let Run { context, case, .. } = self;
        let Answers {
            documents,
            globs,
            unlisted,
            empty,
            since_commit,
            since_tree,
            since_brought,
            since_time,
            hands,
            shipped,
            git,
        } = self.answers.clone();
        let config = configuration::file(&self.project, &context.options.dir);
        let traced = case.documents.iter().any(|document| document.histories.is_some());
        Recorded {
            schema: SCHEMA.to_owned(),
            judged_at: case.clock,
            deployed_at: case.deployed,
            config: config.map(|(path, bytes)| input("config", &path, &bytes, context.vaulting)),
            checklists: self.checklists(),
            signing: self.signing.inputs(&case.config, context.vaulting),
            seals: self.seals.clone(),
            artifacts: self.files(),
            lost: case.lost.clone(),
            documents,
            globs,
            unlisted,
            empty,
            since_commit,
            since_tree,
            since_brought,
            since_time,
            hands,
            shipped,
            git: git.and_then(|value| serde_json::to_value(value).ok()),
            histories: traced.then(|| self.histories()),
            problems: case.problems.iter().map(assemble::problem).collect(),
        }
    }

    fn checklists(&self) -> Vec<Input> {
        let vaulting = self.context.vaulting;
        let documents = self.case.documents.iter();
        documents.map(|of| input("checklist", &of.checklist.path, &of.bytes, vaulting)).collect()
    }

    /// Each file once, by path.
    fn files(&self) -> Vec<RecordedArtifact> {
        let mut files: BTreeMap<&str, RecordedArtifact> = BTreeMap::new();
        for found in &self.case.artifacts {
            let artifact = &found.artifact;
            let withheld = self.context.vaulting.withheld(artifact);
            let file = files.entry(&artifact.path).or_insert_with(|| RecordedArtifact {
                input: Input {
                    role: "artifact".to_owned(),
                    path: artifact.path.clone(),
                    sha256: artifact.sha256.to_string(),
                    bytes: artifact.bytes,
                    withheld: None,
                },
                archive: artifact.archive.clone(),
                default: found.in_default_place,
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
        let judged = of.requirements.iter().map(|&at| &self.judgement.requirements[at]);
        let mut asked = judged.map(|judged| self.case.requirement(judged.requirement));
        let names = self.case.config.shown_people == ShownPeople::Names;
        if names || asked.any(|requirement| requirement.sign_off.is_some()) {
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
        for of in self.case.documents.items() {
            let (judged, Some(history)) = (&self.judgement.items[of.at], of.history) else {
                continue;
            };
            if !judged.requirements.is_empty() {
                let of_list = histories.entry(of.checklist.path.clone()).or_default();
                of_list.insert(of.item.id.clone(), self.told(history, judged));
            }
        }
        histories
    }
}
