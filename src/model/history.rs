//! What git says of an item: who did what to it, when, and which tick holds now.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Approved, Attestation, Claim, Signature, Timestamp};

/// A commit as the witness of what it did: who, when, and whether they signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authorship {
    /// The full id.
    pub commit: String,
    /// When it was committed.
    pub time: Timestamp,
    /// When its author wrote it, where that was earlier: a rebase or an amendment made it anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authored: Option<Timestamp>,
    /// The author's name, by the mailmap.
    pub author: String,
    /// The author's address, by the mailmap.
    pub email: String,
    /// Which person that is, where a report shows the author by another name than their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
    /// The commits that it was copied from, as its message says (`cherry-pick -x`): its author saw
    /// what those hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picked_from: Vec<String>,
    /// It merges a request of a forge: its message may be what the request says, whoever merged it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub merges_request: bool,
    /// The first line of the message; bytes that are not UTF-8 are replaced.
    pub subject: String,
    /// What the commit's signature is worth here.
    pub signature: Signature,
    /// The earliest tag whose history holds the commit; `None` where it has not shipped.
    pub release: Option<String>,
}

impl Authorship {
    /// When its author wrote it.
    pub fn written(&self) -> Timestamp {
        self.authored.unwrap_or(self.time)
    }
}

/// What a commit did to an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was not there before.
    Added,
    /// Its section or the item above it is another.
    Moved,
    /// What is written changed: the text, or a marker that neither ticks nor unticks.
    Reworded,
    /// It became done.
    Ticked,
    /// It was done and is so no longer.
    Unticked,
    /// It is not there any more.
    Removed,
}

impl Change {
    /// The word used in JSON and text.
    pub fn word(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Moved => "moved",
            Change::Reworded => "reworded",
            Change::Ticked => "ticked",
            Change::Unticked => "unticked",
            Change::Removed => "removed",
        }
    }
}

/// One change of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// By whom and when.
    pub by: Arc<Authorship>,
    /// What was done.
    pub change: Change,
    /// The item's text after it; of a removed item the text it had.
    pub text: Arc<str>,
    /// What the document says of the item after it; of a removed item what it said.
    pub claim: Claim,
}

/// How an item was written ticked of which nobody ticked the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BornTicked {
    /// Its document came with it: copied from another, or from elsewhere.
    WithDocument,
    /// The same words stood ticked in a checklist before.
    Again,
}

/// The tick that holds now, and what it was a tick of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tick {
    /// The commit that ticked the item, or added it ticked; and the text that it ticked.
    pub event: Event,
    /// The meaning of that text, as [`super::Item::meaning`] has it.
    pub meaning: String,
    /// The limits in that text, as [`super::Item::thresholds`] has them.
    pub thresholds: Vec<String>,
    /// What stood above it, as [`super::Item::context`] has it; `None` where an older version kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// What else was approved around it; `None` where no sign-off asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// How the item was written ticked, where that is nobody's tick.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<BornTicked>,
}

impl ItemHistory {
    /// Who is named in it, as often as they are named.
    pub fn authors(&self) -> impl Iterator<Item = &Authorship> {
        let ticked = self.ticks().map(|tick| &tick.event.by);
        let said = self.sign_offs.iter().chain(&self.taken_back).chain(&self.evidence_for);
        ticked
            .chain(said.map(|said| &said.by))
            .chain(self.events.iter().map(|event| &event.by))
            .map(Arc::as_ref)
    }

    /// Every tick that holds, the one that a report shows first.
    pub fn ticks(&self) -> impl Iterator<Item = &Tick> {
        self.ticked.iter().chain(&self.also_ticked)
    }

    /// The same.
    pub fn ticks_mut(&mut self) -> impl Iterator<Item = &mut Tick> {
        self.ticked.iter_mut().chain(&mut self.also_ticked)
    }

    /// Every commit that is named in it, as often as it is named.
    pub fn commits(&mut self) -> impl Iterator<Item = &mut Arc<Authorship>> {
        let ticked = self.ticked.iter_mut().chain(&mut self.also_ticked);
        let ticked = ticked.map(|tick| &mut tick.event.by);
        let said = self.sign_offs.iter_mut().chain(&mut self.taken_back);
        let said = said.chain(&mut self.evidence_for);
        let events = self.events.iter_mut().map(|event| &mut event.by);
        ticked.chain(said.map(|said| &mut said.by)).chain(events)
    }
}

/// The history of one item as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ItemHistory {
    /// Everything that happened to it, oldest first. A merge's own events are what a merge of its
    /// parents would not have given.
    pub events: Vec<Event>,
    /// The tick that holds; `None` where the item is not done, where it was ticked beyond the cut
    /// of a shallow clone, or ticked and not yet committed.
    pub ticked: Option<Tick>,
    /// Other ticks that hold with it: somebody ticked the box on another line of work that was merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_ticked: Vec<Tick>,
    /// Who signed it off (`Signed-off-for:`), oldest first, each with the text they had before them.
    pub sign_offs: Vec<Attestation>,
    /// Who signed it off in a commit that another took back, oldest first: nobody's word any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<Attestation>,
    /// Which commits say that they bring evidence for it (`Evidence-for:`), oldest first.
    pub evidence_for: Vec<Attestation>,
    /// The clone is shallow and the item was there at its cut: older events are missing.
    pub truncated: bool,
    /// The item differs from the commit: it is new, reworded, moved or flipped in the work tree.
    pub uncommitted: bool,
}
