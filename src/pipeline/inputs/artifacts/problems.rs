//! What is wrong with artifacts, as people are told.

use crate::model::{Answer, Artifact, Code, Place, Problem, Reading, Rule, archive_kind};
use crate::reconcile::{Lost, looks_like_a_report};

/// That something in the place of artifacts was not read.
pub(super) fn not_read(lost: &Lost, limit: bool) -> Problem {
    let at = Place::file(lost.path.clone());
    let message = format!("{} cannot be read: {}.", lost.path, lost.why);
    let (code, hint) = match (archive_kind(&lost.path).is_some(), &lost.within) {
        (true, _) if limit => (Code::ArchiveLimit, "Raise the bound in [limits] of trueup.toml."),
        (true, Some(within)) if *within != lost.path => {
            (Code::ArchiveBroken, "Pack it again, or unpack it and name the files.")
        }
        (_, Some(_)) => (Code::ArtifactUnread, "Put the files themselves there, readable."),
        (_, None) => (Code::ArtifactUnread, "Put the file itself there."),
    };
    Problem::new(code, at, message).hint(hint)
}

/// What is wrong with an artifact, whether or not a requirement uses it.
pub(super) fn problems(artifact: &Artifact, named: bool) -> Option<Problem> {
    let at = Place::file(artifact.path.clone());
    match &artifact.answer {
        Answer::Broken { why, .. } => Some(
            Problem::new(Code::ArtifactBroken, at, why.clone())
                .hint("Run the tool again and look at how it ended."),
        ),
        Answer::Ambiguous { candidates, shape } => {
            let message = format!(
                "{} formats fit this file (`{shape}`): {}.",
                candidates.len(),
                crate::model::listed(candidates, 4)
            );
            let hint = "Name one in trueup.toml: artifacts = [{ glob = \"…\", format = \"…\" }].";
            Some(Problem::new(Code::ArtifactAmbiguous, at, message).hint(hint))
        }
        Answer::Unknown { why } => (named || looks_like_a_report(artifact))
            .then(|| Problem::new(Code::ArtifactUnread, at, why.clone())),
        Answer::Read(reading) => {
            let doubted = vacuous(reading, at.clone());
            doubted.or_else(|| Some(short(reading.short.as_ref()?, at)))
        }
    }
}

/// The cases that are listed count; that there should be more is told.
fn short(said: &str, at: Place) -> Problem {
    Problem::new(Code::ArtifactShort, at, said)
        .hint("See that nothing of it is cut off or lies in another file.")
}

fn vacuous(reading: &Reading, at: Place) -> Option<Problem> {
    let doubt = reading.doubts.iter().find(|doubt| doubt.rule != Rule::SilentTool)?;
    let code = match doubt.rule {
        Rule::ToolFailed => Code::ToolFailed,
        _ => Code::ArtifactVacuous,
    };
    Some(Problem::new(code, at, doubt.why.clone()))
}
