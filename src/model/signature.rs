//! What a commit's signature is worth, as far as this machine can tell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a commit's signature is worth. Only [`Signature::Good`] says anything of who signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// The commit carries none.
    #[default]
    Absent,
    /// It carries one, and nothing here can check it: it is of OpenPGP or X.509, or the key is not
    /// among the allowed signers.
    Unchecked,
    /// It fits the commit, and the allowed signers give its key to the author's or committer's
    /// address.
    Good,
    /// It does not fit the commit.
    Bad,
}

impl Signature {
    /// The word used in JSON and text.
    pub fn word(self) -> &'static str {
        match self {
            Signature::Absent => "absent",
            Signature::Unchecked => "unchecked",
            Signature::Good => "good",
            Signature::Bad => "bad",
        }
    }

    /// As a snapshot tells it: whether there is one, and its word.
    pub fn told(signed: bool, word: Option<&str>) -> Signature {
        match word {
            Some("good") => Signature::Good,
            Some("bad") => Signature::Bad,
            _ if signed => Signature::Unchecked,
            _ => Signature::Absent,
        }
    }

    /// How it is told beside a commit; nothing is told of none.
    pub fn said(self) -> Option<&'static str> {
        match self {
            Signature::Absent => None,
            Signature::Unchecked => Some("signed, not checked here"),
            Signature::Good => Some("signed, good signature"),
            Signature::Bad => Some("its signature is bad"),
        }
    }

    /// Whether the commit carries a signature, whatever it is worth.
    pub fn is_there(self) -> bool {
        self != Signature::Absent
    }
}
