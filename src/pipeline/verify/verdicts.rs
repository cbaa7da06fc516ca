//! Whether judging again gives what the snapshot says, of every item and artifact.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::model::{Layer, counted, listed};
use crate::snapshot::v1::{Artifact, Checklist, Item};
use crate::snapshot::{Snapshot, summary};

use super::super::recorded::{Recorded, WITNESS};
use super::super::replay::Replayed;

/// Compares what was told with what judging again came to.
pub(super) fn layer(
    snapshot: &Snapshot,
    recorded: &Recorded,
    mut again: Replayed,
    on_trust: &mut Vec<String>,
) -> Layer {
    again.unheld.extend(relying_on_withheld(snapshot, recorded));
    let mut comparison = Comparison { unheld: &again.unheld, same: 0, faults: Vec::new() };
    comparison.checklists(&snapshot.checklists, &again.checklists);
    comparison.artifacts(&snapshot.artifacts, &again.artifacts, recorded);
    comparison.rest(snapshot, &again, recorded);
    let Comparison { same, mut faults, .. } = comparison;
    if !again.unasked.is_empty() {
        let asked: Vec<&String> = again.unasked.iter().collect();
        faults.push(format!("{WITNESS} does not tell {}.", listed(&asked, 3)));
    }
    if !again.unheld.is_empty() {
        let unheld: Vec<&String> = again.unheld.iter().collect();
        let inputs = recorded.inputs();
        let paths: Vec<&str> =
            inputs.iter().filter(|of| of.withheld.is_some()).map(|of| of.path.as_str()).collect();
        on_trust.push(format!(
            "{} on what is not in the vault: {}. Not in the vault: {}.",
            counted(unheld.len() as u64, "verdict"),
            listed(&unheld, 4),
            listed(&paths, 4)
        ));
    }
    let all = snapshot.checklists.iter().map(|of| of.items.len() as u64).sum();
    let holds = format!("{same} of {} derived again, the same.", counted(all, "verdict"));
    Layer::of("verdicts", holds, faults)
}

/// The items that rely on an artifact whose bytes are not in the vault.
fn relying_on_withheld(snapshot: &Snapshot, recorded: &Recorded) -> BTreeSet<String> {
    let withheld: BTreeSet<&str> = withheld(recorded).collect();
    let artifacts = snapshot.artifacts.iter().filter(|of| withheld.contains(of.path.as_str()));
    artifacts.flat_map(|of| of.used_by.iter().cloned()).collect()
}

fn withheld(recorded: &Recorded) -> impl Iterator<Item = &str> {
    let withheld = recorded.artifacts.iter().filter(|of| of.input.withheld.is_some());
    withheld.map(|of| of.input.path.as_str())
}

struct Comparison<'a> {
    /// The addresses of what rests on something that is not in the vault.
    unheld: &'a BTreeSet<String>,
    same: u64,
    faults: Vec<String>,
}

impl Comparison<'_> {
    fn checklists(&mut self, told: &[Checklist], again: &[Checklist]) {
        let by_path: BTreeMap<&str, &Checklist> =
            again.iter().map(|of| (of.path.as_str(), of)).collect();
        for list in told {
            match by_path.get(list.path.as_str()) {
                Some(derived) => self.items(list, derived),
                None => self.faults.push(format!("{} is in no vault.", list.path)),
            }
        }
        let told: BTreeSet<&str> = told.iter().map(|of| of.path.as_str()).collect();
        let untold = again.iter().filter(|of| !told.contains(of.path.as_str()));
        let fault = |of: &Checklist| format!("snapshot.json does not tell of {}.", of.path);
        self.faults.extend(untold.map(fault));
    }

    fn items(&mut self, told: &Checklist, again: &Checklist) {
        let mut derived: BTreeMap<&str, &Item> =
            again.items.iter().map(|item| (item.id.as_str(), item)).collect();
        for item in &told.items {
            let address = format!("{}#{}", told.path, item.id);
            match derived.remove(item.id.as_str()) {
                None => self.faults.push(format!("{address} is in no checklist of the vault.")),
                Some(_) if self.unheld.contains(&address) => {}
                Some(derived) => self.item(&address, item, derived),
            }
        }
        let untold = derived.keys().map(|id| format!("{}#{id}", told.path));
        self.faults.extend(untold.map(|of| format!("snapshot.json does not tell of {of}.")));
        let around = |of: &Checklist| (of.title.clone(), of.metadata.clone(), of.template);
        let same = told.document == again.document
            && told.sections == again.sections
            && told.obligations == again.obligations;
        if !same || around(told) != around(again) {
            self.faults.push(format!("The document {} is not as the vault has it.", told.path));
        }
    }

    fn item(&mut self, address: &str, told: &Item, again: &Item) {
        let answer = |of: &Item| (of.verdict, of.status, of.reason.clone(), of.rule.clone());
        if answer(told) != answer(again) {
            return self.faults.push(format!(
                "{address} is {} ({}) in snapshot.json, and comes out as {} ({}): {}",
                told.status.word(),
                told.verdict.word(),
                again.status.word(),
                again.verdict.word(),
                again.reason
            ));
        }
        // The witness holds no whole histories, and nothing that was only proposed.
        let bare = |of: &Item| Item { history: None, proposal: None, ..of.clone() };
        match differing(&bare(told), &bare(again)) {
            None => self.same += 1,
            Some(names) => {
                self.faults.push(format!("{address} is told otherwise than it comes out: {names}."))
            }
        }
    }

    fn artifacts(&mut self, told: &[Artifact], again: &[Artifact], recorded: &Recorded) {
        let withheld: BTreeSet<&str> = withheld(recorded).collect();
        let by_path: BTreeMap<&str, &Artifact> =
            again.iter().map(|of| (of.path.as_str(), of)).collect();
        for artifact in told.iter().filter(|of| !withheld.contains(of.path.as_str())) {
            let derived = by_path.get(artifact.path.as_str());
            if let Some(names) = derived.and_then(|derived| differing(artifact, *derived)) {
                let path = &artifact.path;
                self.faults.push(format!("{path} is told otherwise than it comes out: {names}."));
            }
        }
    }

    /// The gate, the waivers, the configuration, the counts and the time.
    fn rest(&mut self, snapshot: &Snapshot, again: &Replayed, recorded: &Recorded) {
        let said = &snapshot.summary.gate.result;
        if again.gate != *said {
            let gate = &again.gate;
            self.faults
                .push(format!("The gate is {said} in snapshot.json, and comes out as {gate}."));
        }
        let told = &snapshot.summary.gate.reasons;
        if again.gate == *said && again.reasons.iter().any(|reason| !told.contains(reason)) {
            self.faults
                .push("The gate's reasons in snapshot.json are not those that it has.".to_owned());
        }
        if let Some(lost) = recorded.problems.iter().find(|of| !snapshot.problems.contains(of)) {
            self.faults.push(format!("snapshot.json does not tell of a problem: {}", lost.message));
        }
        if self.unheld.is_empty() && snapshot.waivers != again.waivers {
            self.faults.push("The waivers in snapshot.json are not those of the vault.".to_owned());
        }
        let held = recorded.config.as_ref().map(|of| (&of.path, &of.sha256));
        let named = snapshot.config.as_ref().map(|of| (&of.path, &of.sha256));
        if named.is_some() && named != held {
            let fault = "The configuration that snapshot.json names is not the one that held.";
            self.faults.push(fault.to_owned());
        }
        if summary(&snapshot.checklists, snapshot.summary.gate.clone()) != snapshot.summary {
            let fault = "The summary in snapshot.json is not what its items come to.";
            self.faults.push(fault.to_owned());
        }
        if snapshot.judged_at != recorded.judged_at.to_string() {
            let (told, at) = (&snapshot.judged_at, recorded.judged_at);
            self.faults.push(format!("snapshot.json was judged {told}, and {WITNESS} at {at}."));
        }
    }
}

/// The names of the members in which two things differ as JSON.
fn differing(told: &impl Serialize, again: &impl Serialize) -> Option<String> {
    let object = |of: serde_json::Result<Value>| match of {
        Ok(Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
    let (told, again) = (object(serde_json::to_value(told)), object(serde_json::to_value(again)));
    let names: BTreeSet<&String> = told.keys().chain(again.keys()).collect();
    let names: Vec<&String> =
        names.into_iter().filter(|name| told.get(*name) != again.get(*name)).collect();
    (!names.is_empty()).then(|| listed(&names, 4))
}
