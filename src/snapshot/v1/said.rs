//! What people say of items, and what is proposed to them: sign-offs, waivers, proposals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Status;

/// What the catalog proposes for an item to which nothing is bound. It proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// The idea that recognised the item.
    pub idea: String,
    /// What its evidence would say.
    pub why: String,
    /// The condition, where what it reads is there.
    pub condition: Option<String>,
    /// The artifacts that it would read.
    pub artifacts: Vec<String>,
    /// Whether a person's word is what would settle it.
    pub sign_off: bool,
    /// Else what would have to be there, the best evidence first.
    pub lacks: Vec<String>,
}

impl Proposal {
    /// What would prove the item, in a line; a proposal proves nothing.
    pub fn sentence(&self) -> String {
        match (&self.condition, self.sign_off, self.lacks.first()) {
            (Some(condition), _, _) => format!("proposed: {condition}"),
            (None, true, _) => "proposed: a sign-off".to_owned(),
            (None, false, Some(lack)) => format!("would need {lack}"),
            (None, false, None) => format!("proposed: {}", self.why),
        }
    }
}

/// A sign-off that a requirement asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignOff {
    /// Who may give it.
    pub by: Vec<String>,
    /// SHA-256 of each address that `by` comes to, sorted: another member of a group shows. Left out
    /// where people are not named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// How many must.
    pub count: u64,
    /// How old it may be, as written.
    pub max_age: Option<String>,
    /// Only commits count whose signature is one of an allowed signer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
    /// Who ticked the item, worded it last, or made the change under `paths` does not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub four_eyes: bool,
    /// The tick itself counts as its author's sign-off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tick: bool,
    /// What was signed before a release does not count after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub each_release: bool,
    /// Everybody's word for the item, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Given>,
}

impl SignOff {
    /// What is asked for, in a line: `1 of @security, at most 90d old, four eyes`.
    pub fn sentence(&self) -> String {
        let mut said = format!("{} of {}", self.count, crate::model::listed(&self.by, 6));
        if let Some(age) = &self.max_age {
            said.push_str(&format!(", at most {age} old"));
        }
        said.push_str(&self.flags());
        said
    }

    /// What is asked beside number, people and age: `, signed commits only, four eyes`.
    pub fn flags(&self) -> String {
        let flags = [
            (self.signed, ", signed commits only"),
            (self.four_eyes, ", four eyes"),
            (self.tick, ", the tick counts"),
            (self.each_release, ", anew for each release"),
        ];
        flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, words)| words).collect()
    }
}

/// A person's word for an item, in the light of one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Given {
    /// Who.
    pub author: String,
    /// Their address; empty where the report does not name people.
    pub email: String,
    /// Since when: the date of the entry, else the time of the commit.
    pub time: String,
    /// The commit that says so.
    pub commit: String,
    /// `trailer`, `file` for an entry of a file of sign-offs, or `tick` where the tick itself counts.
    pub from: String,
    /// What that commit's signature is worth here: `unchecked`, `untrusted`, `other`, `good` or
    /// `bad`; `null` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The file of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where it stands in that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What the entry says besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not.
    pub why: Option<String>,
}

/// The exception in force for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemWaiver {
    /// Whose.
    pub by: String,
    /// Through the end of which day, UTC.
    pub until: String,
    /// Why.
    pub reason: String,
    /// The status without it.
    pub hides: Status,
    /// The requirement that is waived, by its name; `null` for the item as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The findings that are waived; they are still listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// The package in which they are waived; `null` for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The glob of the files in which they are waived; `null` for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// A waiver of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Which items.
    pub item: String,
    /// Whose.
    pub by: String,
    /// Through the end of which day, UTC.
    pub until: String,
    /// Why.
    pub reason: String,
    /// The file it stands in.
    pub path: String,
    /// Where in it.
    pub line: Option<usize>,
    /// `in-force`, `expiring`, `expired` or `unused`.
    pub state: String,
    /// `PATH#ID` of the items it matches.
    pub matches: Vec<String>,
    /// `PATH#ID` of the items whose status it changes.
    pub hides: Vec<String>,
    /// The requirement that is waived, by its name; `null` for the items as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The findings that are waived; they are still listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// The package in which they are waived; `null` for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The glob of the files in which they are waived; `null` for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}
