//! Whether what is not in the vault was rightly left out: the reasons are few, and each can be held to
//! what the report tells.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{counted, listed};
use crate::seal::manifest::Input;
use crate::snapshot::Snapshot;

use crate::pipeline::report::vault::{
    LARGEST, NAMES_PEOPLE, NO_VAULT, OF_SECRETS, OF_SETTINGS, is_of_secrets, may_hold_secrets,
    too_large,
};
use crate::pipeline::witness::file::{Recorded, WITNESS};

/// What is wrong with the reasons; `blobs` are the digests that the vault has.
pub(super) fn faults(
    recorded: &Recorded,
    snapshot: &Snapshot,
    blobs: &BTreeSet<&str>,
) -> Vec<String> {
    let inputs = recorded.inputs();
    let (withheld, kept): (Vec<&Input>, Vec<&Input>) =
        inputs.iter().partition(|of| of.withheld.is_some());
    let asks = Asked { told: told(snapshot), secrets: of_secrets(snapshot), blobs, kept: &kept };
    withheld.iter().filter_map(|of| asks.fault(of)).collect()
}

/// What stays untold of them.
pub(super) fn untold(recorded: &Recorded) -> Option<String> {
    let inputs = recorded.inputs();
    let withheld: Vec<&str> =
        inputs.iter().filter(|of| of.withheld.is_some()).map(|of| of.path.as_str()).collect();
    let count = counted(withheld.len() as u64, "input");
    (!withheld.is_empty()).then(|| {
        format!(
            "The digests, sizes and formats of {count} that the vault does not have: {}.",
            listed(&withheld, 4)
        )
    })
}

/// Formats and tools by path, as the artifacts tell them, and as the evidence of the items does: a
/// file may be read under several.
fn told(snapshot: &Snapshot) -> BTreeMap<&str, Vec<&str>> {
    let artifacts = snapshot.artifacts.iter().map(|of| (&of.path, &of.format, &of.tool));
    let items = snapshot.checklists.iter().flat_map(|of| &of.items);
    let evidence = items.flat_map(|of| &of.evidence);
    let evidence = evidence.map(|of| (&of.artifact, &of.format, &of.tool));
    let mut told: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, format, tool) in artifacts.chain(evidence) {
        told.entry(path).or_default().extend(format.iter().chain(tool).map(String::as_str));
    }
    told
}

/// The paths of what may hold secrets, as the report tells it of its content.
fn of_secrets(snapshot: &Snapshot) -> BTreeSet<&str> {
    let artifacts = snapshot.artifacts.iter().filter(|of| of.secrets);
    artifacts.map(|of| of.path.as_str()).collect()
}

struct Asked<'a> {
    /// What is told of the formats and tools of artifacts, by path.
    told: BTreeMap<&'a str, Vec<&'a str>>,
    /// The artifacts that are told to hold secrets, by path.
    secrets: BTreeSet<&'a str>,
    blobs: &'a BTreeSet<&'a str>,
    kept: &'a [&'a Input],
}

impl Asked<'_> {
    fn fault(&self, of: &Input) -> Option<String> {
        let why = of.withheld.as_deref().unwrap_or_default();
        let path = &of.path;
        if !self.holds(of, why) {
            return Some(format!("{path} is not in the vault, and that is not so of it: {why}."));
        }
        let is_kept = self.kept.iter().any(|kept| kept.sha256 == of.sha256);
        let is_there = self.blobs.contains(of.sha256.as_str()) && !is_kept;
        is_there.then(|| format!("{path} lies in the vault, and {WITNESS} says that it does not."))
    }

    /// Whether the reason is so of the input.
    fn holds(&self, of: &Input, why: &str) -> bool {
        let is_artifact = of.role == "artifact";
        match why {
            NO_VAULT => self.kept.is_empty() && self.blobs.is_empty(),
            OF_SECRETS => is_artifact && self.is_of_secrets(of) && !self.keeps_secrets(),
            OF_SETTINGS => !is_artifact && may_hold_secrets(&of.path) && !self.keeps_secrets(),
            NAMES_PEOPLE => ["signers", "sign-offs"].contains(&of.role.as_str()),
            why => why == too_large() && of.bytes > LARGEST,
        }
    }

    fn is_of_secrets(&self, of: &Input) -> bool {
        let told = self.told.get(of.path.as_str()).into_iter().flatten();
        self.secrets.contains(of.path.as_str())
            || is_of_secrets(told.copied().chain([of.path.as_str()]))
    }

    /// Whether secrets were asked to be kept: then none is left out.
    fn keeps_secrets(&self) -> bool {
        self.kept.iter().any(|of| match of.role.as_str() {
            "artifact" => self.is_of_secrets(of),
            _ => may_hold_secrets(&of.path),
        })
    }
}
