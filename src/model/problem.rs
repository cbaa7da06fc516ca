//! Something wrong with one input that does not stop the run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a problem matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something could not be read or judged.
    Error,
    /// Something is probably not as its author meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in JSON and text.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A file, and a 1-based line in it where one is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// 1-based.
    pub line: Option<usize>,
}

impl Place {
    /// A line of a file.
    pub fn line(path: impl Into<String>, line: usize) -> Place {
        Place { path: path.into(), line: Some(line) }
    }

    /// A whole file.
    pub fn file(path: impl Into<String>) -> Place {
        Place { path: path.into(), line: None }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// A problem of one input: collected, shown, and the rest of the run goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of trouble.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// The item it concerns, by id.
    pub item: Option<String>,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do, as a sentence.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Problem {
        Problem { code, place, item: None, message: message.into(), hint: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    /// The same, about one item.
    #[must_use]
    pub fn of_item(mut self, id: impl Into<String>) -> Problem {
        self.item = Some(id.into());
        self
    }
}

/// Declares the closed list of problem codes: variant, word, severity, meaning.
macro_rules! codes {
    ($($variant:ident $word:literal $severity:ident $about:literal;)*) => {
        /// The closed list of what can be wrong with an input. Each has its heading in the book.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the book.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable word, as `fail-on` and the book's headings have it.
            pub fn word(self) -> &'static str {
                match self { $(Code::$variant => $word,)* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What it means, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Code::$variant => $about,)* }
            }
        }
    };
}

codes! {
    ArtifactBroken "artifact-broken" Error "An artifact is of a known format, but damaged or cut off.";
    ArtifactVacuous "artifact-vacuous" Warning "An artifact looked at nothing: it can prove nothing.";
    ArtifactShort "artifact-short" Warning "A report lists fewer cases than its header declares.";
    ArtifactAmbiguous "artifact-ambiguous" Warning "Two formats fit an artifact, and none was named.";
    ArtifactUnread "artifact-unread" Warning "An artifact is of no known format, or beyond a limit.";
    ArchiveBroken "archive-broken" Error "An archive is cut off, damaged or hostile: nothing in it counts.";
    ArchiveLimit "archive-limit" Error "An archive passes a bound of [limits]: nothing in it counts.";
    SealUnread "seal-unread" Warning "A seal cannot be understood: it seals nothing.";
    ReportLeftOut "report-left-out" Note "A report of trueup lies among the artifacts: its own files are no evidence.";
    ToolFailed "tool-failed" Error "The tool that wrote an artifact says itself that it failed.";
    FileTime "file-time" Warning "An artifact's only time is that of the file, which a checkout or a copy sets anew.";
    DeploymentUntold "deployment-untold" Warning "Of a deployment to the environment of [deploy] nothing tells of which commit it was, how it ended or what took its place.";
    JudgedBeforeCommit "judged-before-commit" Warning "The moment of judgement lies before the judged commit was made.";
    CommittedReportOld "committed-report-old" Warning "A report is committed, and the code changed since it was made.";
    ReportUnasked "report-unasked" Note "A report tells of failures, and no requirement asks it.";
    ConditionIdle "condition-idle" Warning "A part of a condition holds whatever the facts are.";
    RateScale "rate-scale" Warning "A share is compared on the wrong scale: a rate of 0 to 1 with 1 or more, one of 0 to 100 with next to nothing.";
    BoxMalformed "box-malformed" Warning "Something looks like a box and is none.";
    TextContradictsBox "text-contradicts-box" Warning "An item's own text says otherwise than its box.";
    RemarkUnjudged "remark-unjudged" Note "A ticked item says more than its requirements judge.";
    FigureDrift "figure-drift" Warning "A figure in the text is refuted by the evidence.";
    ThresholdDiffers "threshold-differs" Warning "The limit in the text is not the limit in the condition.";
    IdDuplicate "id-duplicate" Warning "Two items carry the same id.";
    DirectiveMalformed "directive-malformed" Error "A comment beside an item cannot be understood.";
    Mojibake "mojibake" Note "A document's characters were mis-decoded; it is shown repaired.";
    NotUtf8 "not-utf8" Warning "A document is not UTF-8; it is read as what it seems to be.";
    DocumentUnread "document-unread" Error "A checklist could not be read.";
    ChecklistLeft "checklist-left" Error "A checklist was moved to where no glob of `checklists` matches it.";
    RunbookMissing "runbook-missing" Warning "A procedure names a file or script that is not there.";
    RunbookSecret "runbook-secret" Warning "A command of a procedure carries what looks like a secret.";
    ConfigUnread "config-unread" Warning "A configuration is not read: another is nearer, it lies in a folder below, or its name is misspelt.";
    PathsUnmatched "paths-unmatched" Warning "A glob of `paths` matches no file any more.";
    LinkMissing "link-missing" Warning "An item links to a file that is not there, or to a section that the Markdown document does not have.";
    LinkToReport "link-to-report" Warning "An item links to a report, and links are evidence: being there proves nothing.";
    Overdue "overdue" Warning "An item's time window has closed and it is not proven.";
    WaiverExpired "waiver-expired" Error "A waiver has ended and has no effect.";
    WaiverExpiring "waiver-expiring" Note "A waiver ends within two weeks.";
    WaiverUnused "waiver-unused" Warning "A waiver matches no item, or hides nothing.";
    RequirementSpread "requirement-spread" Warning "A requirement's or a waiver's id is an item of several checklists.";
    RequirementLoosened "requirement-loosened" Warning "A requirement asks for less than when the item was ticked.";
    RequirementChanged "requirement-changed" Warning "A requirement differs from when the item was ticked.";
    ReleaseUnread "release-unread" Warning "A release before this one cannot be read.";
    ReleaseDoubted "release-doubted" Warning "The record of a release may not tell what the release was.";
    ConfigFaulty "config-faulty" Error "The configuration of a past revision cannot be understood.";
    HistoryTruncated "history-truncated" Warning "The clone is shallow: the missing part was not judged.";
    HistorySkipped "history-skipped" Note "History was not read, so ticks were not judged.";
    TrailerUnmatched "trailer-unmatched" Note "A sign-off in a commit message names no item of that commit, or stands where git reads no trailer.";
    SignaturesUnchecked "signatures-unchecked" Warning "Signatures are asked for, and cannot be checked here.";
    SignOffUnmatched "sign-off-unmatched" Note "An entry of a file of sign-offs names no item of its commit.";
    SignOffUncommitted "sign-off-uncommitted" Warning "An entry of a file of sign-offs is in no commit, so nobody gave it.";
    HistoryUnread "history-unread" Warning "The repository's history could not be read.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        let before = words.len();
        words.dedup();
        assert_eq!(words.len(), before);
        for word in words {
            assert!(
                word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit())
            );
        }
    }
}
