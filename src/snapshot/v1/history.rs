//! What git tells of an item: who did what to it, and who said what of it.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who did what to an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// The tick that holds now.
    pub ticked: Option<Event>,
    /// Everything, oldest first.
    pub events: Vec<Event>,
    /// What trailers of commit messages say of the item, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    /// A shallow clone cut off what is older.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// The work tree holds the item otherwise than the judged commit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncommitted: bool,
}

/// Something a commit did to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `added`, `removed`, `ticked`, `unticked`, `reworded` or `moved`.
    pub change: Cow<'static, str>,
    /// The commit that did it, and others like it.
    #[serde(flatten)]
    pub by: Arc<By>,
    /// The item's text after it; of a removed item the text it had.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub text: Arc<str>,
}

/// The commit of events, told with each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct By {
    /// The commit.
    pub commit: String,
    /// When.
    pub time: String,
    /// By whom.
    pub author: String,
    /// The first line of the message.
    pub subject: String,
    /// Whether the commit carries a signature.
    pub signed: bool,
    /// What that signature is worth here: `unchecked`, `untrusted` (fits, by no allowed signer's
    /// key), `other` (by an allowed signer who is not the author), `good` or `bad`; `null` where
    /// there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The release it first shipped in.
    pub release: Option<String>,
}

fn is_empty(text: &Arc<str>) -> bool {
    text.is_empty()
}

/// What a trailer of a commit message, or an entry that it brought, says of an item. The commit's author is the one who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attestation {
    /// `Signed-off-for`, or `Evidence-for`, which is shown and proves nothing alone.
    pub trailer: String,
    /// The ids and globs after the colon.
    pub value: String,
    /// The commit.
    pub commit: String,
    /// When.
    pub time: String,
    /// By whom.
    pub author: String,
    /// The author's address, by the mailmap; empty where the report does not name people.
    pub email: String,
    /// The first line of the message.
    pub subject: String,
    /// What the commit's signature is worth here, as of an event; `null` where there is none.
    pub signature: Option<String>,
    /// The item's text at that commit.
    pub text: String,
    /// The file of sign-offs that holds it, where it is an entry of one and no trailer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The date of that entry, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
    /// What that entry says besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
