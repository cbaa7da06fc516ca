//! The closed lists of what can become of an item: nine kinds, and the words within each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of change a row tells.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What the evidence and the box say together; from and to are status words.
    Status,
    /// What the box says; from and to are claim words.
    Claim,
    /// What is asked as proof.
    Requirement,
    /// The item is gone; from is its claim.
    Removed,
    /// A dated exception.
    Waiver,
    /// The item is new; to is its claim.
    Added,
    /// The artifacts that it relies on.
    Evidence,
    /// Its text.
    Reworded,
    /// Its section or its checklist.
    Moved,
}

impl Kind {
    /// Every kind, in the order in which the rows of one item stand.
    pub const ALL: [Kind; 9] = [
        Kind::Status,
        Kind::Claim,
        Kind::Requirement,
        Kind::Removed,
        Kind::Waiver,
        Kind::Added,
        Kind::Evidence,
        Kind::Reworded,
        Kind::Moved,
    ];

    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Status => "status",
            Kind::Claim => "claim",
            Kind::Requirement => "requirement",
            Kind::Removed => "removed",
            Kind::Waiver => "waiver",
            Kind::Added => "added",
            Kind::Evidence => "evidence",
            Kind::Reworded => "reworded",
            Kind::Moved => "moved",
        }
    }
}

/// Declares the words within the kinds: variant, word, meaning.
macro_rules! details {
    ($($variant:ident $word:literal $about:literal;)*) => {
        /// What exactly changed, in one word. Each belongs to the kinds that its meaning names.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
            JsonSchema,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Detail {
            $(#[doc = $about] $variant,)*
        }

        impl Detail {
            /// Every word, in the order of the book.
            pub const ALL: &'static [Detail] = &[$(Detail::$variant,)*];

            /// The word used in JSON.
            pub fn word(self) -> &'static str {
                match self { $(Detail::$variant => $word,)* }
            }

            /// What it says, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Detail::$variant => $about,)* }
            }
        }
    };
}

details! {
    Worse "worse" "Status: further up in the order from contradicted to verified.";
    Better "better" "Status: further down in that order.";
    Aside "aside" "Status: by the box, a waiver or N/A alone; the evidence says what it said.";
    NotRecorded "not-recorded" "Status, evidence: one side was not recorded, so what it lacks is not known to be gone.";
    Ticked "ticked" "Claim: the box was ticked. Removed: it was ticked.";
    Unticked "unticked" "Claim: the box was unticked.";
    Cancelled "cancelled" "Claim: struck or N/A.";
    Changed "changed" "Claim, requirement, waiver: other than before, and neither more nor less.";
    BornTicked "born-ticked" "Added: already ticked.";
    Open "open" "Added, removed: not ticked.";
    Required "required" "Removed: not ticked, and a requirement was bound to it.";
    Added "added" "Requirement, waiver: there was none.";
    Removed "removed" "Requirement, waiver: there is none left.";
    Loosened "loosened" "Requirement: asks for less.";
    Tightened "tightened" "Requirement: asks for more.";
    Extended "extended" "Waiver: holds longer, or again, or lets more pass.";
    Shortened "shortened" "Waiver: holds less long.";
    Expired "expired" "Waiver: its end has passed.";
    Gained "gained" "Evidence: relies on more artifacts.";
    Lost "lost" "Evidence: relies on fewer artifacts.";
    Exchanged "exchanged" "Evidence: relies on other artifacts.";
    Renewed "renewed" "Evidence: the same artifacts with other bytes.";
    Text "text" "Reworded: other words.";
    Figures "figures" "Reworded: only figures differ.";
    Lowered "lowered" "Reworded: its priority is lower, or it has none any more.";
    Postponed "postponed" "Moved: to where it is due later after the deployment.";
    Section "section" "Moved: to another section.";
    Checklist "checklist" "Moved: to another checklist, or its file was renamed.";
}

/// How what is asked now differs from what was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    /// The same.
    Same,
    /// More: whatever satisfies it satisfied the earlier.
    Tightened,
    /// Neither more nor less, or both in one.
    Changed,
    /// Less.
    Loosened,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_json() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        for &detail in Detail::ALL {
            assert_eq!(serde_json::to_value(detail).unwrap(), detail.word());
        }
    }
}
