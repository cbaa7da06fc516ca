//! Claim × verdict: the one table that everything trueup says stands on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Claim, Verdict};

/// What a reader is told of an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Ticked, and the evidence refutes it.
    Contradicted,
    /// Ticked, and its evidence is too old or of other code.
    Stale,
    /// Ticked, and nothing proves it.
    Unproven,
    /// Not ticked, and the evidence refutes it.
    Failing,
    /// Would count against the release, but for a dated exception.
    Waived,
    /// Not ticked, nothing known.
    Open,
    /// Not ticked, and proven: the box can be ticked.
    Ready,
    /// Said and proven.
    Verified,
    /// Struck or N/A.
    NotApplicable,
}

impl Status {
    /// Every status, worst first: the order of every list.
    pub const ALL: [Status; 9] = [
        Status::Contradicted,
        Status::Stale,
        Status::Unproven,
        Status::Failing,
        Status::Waived,
        Status::Open,
        Status::Ready,
        Status::Verified,
        Status::NotApplicable,
    ];

    /// The status of an item that claims `claim` and of which the evidence says `verdict`.
    pub fn of(claim: Claim, verdict: Verdict) -> Status {
        match (claim, verdict) {
            (Claim::Cancelled, _) => Status::NotApplicable,

            (Claim::Done, Verdict::Pass) => Status::Verified,
            (Claim::Done, Verdict::Fail) => Status::Contradicted,
            (Claim::Done, Verdict::Stale) => Status::Stale,
            (Claim::Done, Verdict::Missing | Verdict::Unbound | Verdict::Invalid) => {
                Status::Unproven
            }

            (Claim::Open | Claim::InProgress, Verdict::Pass) => Status::Ready,
            (Claim::Open | Claim::InProgress, Verdict::Fail) => Status::Failing,
            (
                Claim::Open | Claim::InProgress,
                Verdict::Stale | Verdict::Missing | Verdict::Unbound | Verdict::Invalid,
            ) => Status::Open,

            (Claim::None, Verdict::Pass) => Status::Verified,
            (Claim::None, Verdict::Fail) => Status::Failing,
            (Claim::None, Verdict::Stale) => Status::Stale,
            (Claim::None, Verdict::Missing | Verdict::Unbound | Verdict::Invalid) => Status::Open,
        }
    }

    /// Whether a waiver in force changes this status to [`Status::Waived`].
    pub fn can_be_waived(self) -> bool {
        match self {
            Status::Contradicted
            | Status::Stale
            | Status::Unproven
            | Status::Failing
            | Status::Open => true,
            Status::Waived | Status::Ready | Status::Verified | Status::NotApplicable => false,
        }
    }

    /// Whether the item counts as proven.
    pub fn is_proven(self) -> bool {
        matches!(self, Status::Verified | Status::Ready)
    }

    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Status::Contradicted => "contradicted",
            Status::Stale => "stale",
            Status::Unproven => "unproven",
            Status::Failing => "failing",
            Status::Waived => "waived",
            Status::Open => "open",
            Status::Ready => "ready",
            Status::Verified => "verified",
            Status::NotApplicable => "not-applicable",
        }
    }

    /// The words people read.
    pub fn phrase(self) -> &'static str {
        match self {
            Status::Ready => "ready to tick",
            Status::NotApplicable => "not applicable",
            other => other.word(),
        }
    }

    /// What it means, in one sentence.
    pub fn about(self) -> &'static str {
        match self {
            Status::Contradicted => "Ticked, and the evidence refutes it.",
            Status::Stale => "Ticked, and its evidence is too old or of other code.",
            Status::Unproven => "Ticked, and nothing proves it.",
            Status::Failing => "Not ticked, and the evidence refutes it.",
            Status::Waived => "Would count against the release, but for a dated exception.",
            Status::Open => "Not ticked, nothing known.",
            Status::Ready => "Not ticked, and proven: the box can be ticked.",
            Status::Verified => "Said and proven.",
            Status::NotApplicable => "Struck or not applicable.",
        }
    }

    /// The status that [`Status::word`] names.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the book, cell by cell: pass, fail, stale, missing, unbound, invalid.
    #[test]
    fn every_cell_of_the_table_is_as_published() {
        use Status::*;
        let verdicts = [
            Verdict::Pass,
            Verdict::Fail,
            Verdict::Stale,
            Verdict::Missing,
            Verdict::Unbound,
            Verdict::Invalid,
        ];
        let open = [Ready, Failing, Open, Open, Open, Open];
        let table = [
            (Claim::Done, [Verified, Contradicted, Stale, Unproven, Unproven, Unproven]),
            (Claim::Open, open),
            (Claim::InProgress, open),
            (Claim::None, [Verified, Failing, Stale, Open, Open, Open]),
            (Claim::Cancelled, [NotApplicable; 6]),
        ];
        for (claim, row) in table {
            for (verdict, expected) in verdicts.into_iter().zip(row) {
                assert_eq!(Status::of(claim, verdict), expected, "{claim:?} × {verdict:?}");
            }
        }
    }

    #[test]
    fn only_a_pass_is_ever_proven() {
        for claim in [Claim::Open, Claim::InProgress, Claim::Done, Claim::Cancelled, Claim::None] {
            for verdict in [
                Verdict::Fail,
                Verdict::Stale,
                Verdict::Missing,
                Verdict::Unbound,
                Verdict::Invalid,
            ] {
                assert!(!Status::of(claim, verdict).is_proven());
            }
        }
    }

    #[test]
    fn every_word_names_its_status() {
        for status in Status::ALL {
            assert_eq!(Status::from_word(status.word()), Some(status));
        }
    }
}
