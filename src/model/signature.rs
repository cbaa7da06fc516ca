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
    /// It carries one that was not checked: nobody asked, it is of OpenPGP or X.509, or nothing
    /// here says whose keys sign.
    Unchecked,
    /// It fits the commit, and its key is no allowed signer's: unknown, revoked, or not valid at
    /// the commit's time.
    Untrusted,
    /// It fits the commit, and its key is that of an allowed signer who is not the author.
    Other,
    /// It fits the commit, and the allowed signers give its key to the author's address.
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
            Signature::Untrusted => "untrusted",
            Signature::Other => "other",
            Signature::Good => "good",
            Signature::Bad => "bad",
        }
    }

    /// As a snapshot tells it: whether there is one, and its word.
    pub fn told(signed: bool, word: Option<&str>) -> Signature {
        match word {
            Some("untrusted") => Signature::Untrusted,
            Some("other") => Signature::Other,
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
            Signature::Untrusted => Some("signed by a key of no allowed signer"),
            Signature::Other => Some("signed by somebody else"),
            Signature::Good => Some("signed, good signature"),
            Signature::Bad => Some("its signature is bad"),
        }
    }

    /// Why it does not show that the author signed, to stand after the author's name; `None` where
    /// it does.
    pub fn against(self) -> Option<&'static str> {
        match self {
            Signature::Good => None,
            Signature::Absent => Some("did not sign the commit"),
            Signature::Unchecked => Some("signed the commit, which cannot be checked here"),
            Signature::Untrusted => Some("has no allowed signer's key on the commit"),
            Signature::Other => Some("is its author, and somebody else signed the commit"),
            Signature::Bad => Some("has a signature on the commit that does not fit it"),
        }
    }

    /// Whether the commit carries a signature, whatever it is worth.
    pub fn is_there(self) -> bool {
        self != Signature::Absent
    }
}
