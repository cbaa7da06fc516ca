//! Whether judging again gives what the snapshot says, of every item and artifact and of the whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::diff::Diff;
use crate::facts::Published;
use crate::model::{Layer, counted, listed};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Checklist, Procedure};

use super::replay::{Replayed, Unheld};
use super::{around, gate, items};
use crate::pipeline::witness::file::{Recorded, WITNESS};

/// What was told, and what judging again came to.
pub(super) struct Told<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) recorded: &'a Recorded,
    pub(super) again: &'a Replayed,
    /// The differences between releases that lie in the report.
    pub(super) diffs: &'a [Diff],
}

/// Compares what was told with what judging again came to.
pub(super) fn layer(of: &Told<'_>, on_trust: &mut Vec<String>) -> Layer {
    let Told { snapshot, recorded, again, .. } = of;
    let mut comparison = Comparison { of, same: 0, faults: Vec::new() };
    comparison.checklists();
    comparison.artifacts();
    let Comparison { same, mut faults, .. } = comparison;
    faults.extend(gate::faults(of, on_trust));
    faults.extend(around::faults(of, on_trust));
    if !again.unasked.is_empty() {
        let asked: Vec<&String> = again.unasked.iter().collect();
        faults.push(format!("{WITNESS} does not tell {}.", listed(&asked, 3)));
    }
    if !again.unheld.is_empty() {
        on_trust.push(unheld(&again.unheld, recorded));
    }
    let all = snapshot.checklists.iter().map(|of| of.items.len() as u64).sum();
    let holds = format!("{same} of {} derived again, the same.", counted(all, "verdict"));
    Layer::of("verdicts", holds, faults)
}

fn unheld(of: &Unheld, recorded: &Recorded) -> String {
    let unheld: Vec<&str> = of.addresses().collect();
    let inputs = recorded.inputs();
    let paths: Vec<&str> =
        inputs.iter().filter(|of| of.withheld.is_some()).map(|of| of.path.as_str()).collect();
    format!(
        "{} on what is not in the vault: {}. Not in the vault: {}.",
        counted(unheld.len() as u64, "verdict"),
        listed(&unheld, 4),
        listed(&paths, 4)
    )
}

struct Comparison<'a> {
    of: &'a Told<'a>,
    /// How many items came out as they were told.
    same: u64,
    faults: Vec<String>,
}

impl Comparison<'_> {
    fn checklists(&mut self) {
        let (told, again) = (&self.of.snapshot.checklists, &self.of.again.checklists);
        let by_path: BTreeMap<&str, &Checklist> =
            again.iter().map(|of| (of.path.as_str(), of)).collect();
        let mut seen = BTreeSet::new();
        for list in told {
            if !seen.insert(list.path.as_str()) {
                self.faults.push(format!("snapshot.json tells of {} twice.", list.path));
            }
            match by_path.get(list.path.as_str()) {
                Some(derived) => self.items(list, derived),
                None => self.faults.push(format!("{} is in no vault.", list.path)),
            }
        }
        let untold = again.iter().filter(|of| !seen.contains(of.path.as_str()));
        let fault = |of: &Checklist| format!("snapshot.json does not tell of {}.", of.path);
        self.faults.extend(untold.map(fault));
    }

    fn items(&mut self, told: &Checklist, again: &Checklist) {
        let mut derived: BTreeMap<&str, _> =
            again.items.iter().map(|item| (item.id.as_str(), item)).collect();
        for item in &told.items {
            let address = format!("{}#{}", told.path, item.id);
            let Some(derived) = derived.remove(item.id.as_str()) else {
                self.faults.push(format!("{address} is in no checklist of the vault."));
                continue;
            };
            let (faults, is_derived) = items::faults(self.of, &address, item, derived);
            self.same += u64::from(is_derived && faults.is_empty());
            self.faults.extend(faults);
        }
        let untold = derived.keys().map(|id| format!("{}#{id}", told.path));
        self.faults.extend(untold.map(|of| format!("snapshot.json does not tell of {of}.")));
        // Whether what a procedure names was there is known to no vault.
        let around = |of: &Checklist| {
            let mut around = Checklist { items: Vec::new(), ..of.clone() };
            around.procedures.iter_mut().for_each(forget_what_was_there);
            around
        };
        if around(told) != around(again) {
            self.faults.push(format!("The document {} is not as the vault has it.", told.path));
        }
    }

    fn artifacts(&mut self) {
        let (told, again) = (&self.of.snapshot.artifacts, &self.of.again.artifacts);
        let artifacts = self.of.recorded.artifacts.iter().filter(|of| of.input.withheld.is_some());
        let withheld: BTreeSet<&str> = artifacts.map(|of| of.input.path.as_str()).collect();
        let known = |of: &Artifact| {
            // Which items rely on it is asked of those whose answers are derived.
            let used =
                of.used_by.iter().filter(|of| self.of.again.unheld.requirements(of).is_none());
            let of = Artifact { used_by: used.cloned().collect(), ..of.clone() };
            match withheld.contains(of.path.as_str()) {
                true => without_reading(of),
                false => of,
            }
        };
        let mut faults = Vec::new();
        for (told, again) in told.iter().zip(again) {
            let path = &told.path;
            match differing(&known(told), &known(again)) {
                None => {}
                Some(_) if *path != again.path => break,
                Some(names) => {
                    faults.push(format!("{path} is told otherwise than it comes out: {names}."))
                }
            }
        }
        let paths = |of: &[Artifact]| of.iter().map(|of| of.path.clone()).collect::<Vec<_>>();
        if paths(told) != paths(again) {
            faults.push("The artifacts in snapshot.json are not those that were read.".to_owned());
        }
        self.faults.extend(faults);
    }
}

/// An artifact without what only its bytes tell.
fn without_reading(of: Artifact) -> Artifact {
    Artifact {
        secrets: false,
        format: None,
        tool: None,
        tool_version: None,
        produced_at: None,
        time_from: None,
        commit: None,
        facts: Published::default(),
        warnings: Vec::new(),
        invalid: None,
        ..of
    }
}

fn forget_what_was_there(procedure: &mut Procedure) {
    let names = procedure.steps.iter_mut().flat_map(|step| &mut step.names);
    names.for_each(|name| name.exists = None);
}

/// The names of the members in which two things differ as JSON.
pub(super) fn differing(told: &impl Serialize, again: &impl Serialize) -> Option<String> {
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
