//! Reports of which every one counts: those beside the ones that are there, and that come later.

use super::named;
use super::report::Found;
use crate::catalog::proposal::{DraftArtifact, escaped};
use crate::catalog::surroundings::Around;
use crate::model::{Artifact, Glob};

/// The artifacts by globs that match their neighbours of the same kind as well. A file whose every
/// glob would match what is known as something else stands by its own name.
pub(super) fn widened(
    used: &[Found<'_>],
    of_any_format: bool,
    around: &Around<'_>,
) -> Vec<DraftArtifact> {
    let mut drafts: Vec<DraftArtifact> = used
        .iter()
        .map(|(artifact, format)| {
            let globs = globs(artifact, format, of_any_format);
            let glob = globs.into_iter().find(|glob| matches_only(glob, used, around));
            let own = named(artifact, format);
            let format = own.format.clone().filter(|_| !of_any_format);
            glob.map_or(own, |glob| DraftArtifact { glob, format, vouched_by: None })
        })
        .collect();
    drafts.sort_by(|a, b| a.glob.cmp(&b.glob));
    drafts.dedup();
    drafts
}

/// The globs for the neighbours of one report, the widest first.
fn globs(artifact: &Artifact, format: &str, of_any_format: bool) -> Vec<String> {
    let (folder, name) = artifact.path.rsplit_once('/').unwrap_or(("", &artifact.path));
    let Some((stem, end)) = name.rsplit_once('.').filter(|_| artifact.archive.is_none()) else {
        return Vec::new();
    };
    let below = if folder.is_empty() { String::new() } else { format!("{}/**/", escaped(folder)) };
    let end = escaped(end);
    let mut globs = Vec::new();
    if of_any_format && !folder.is_empty() {
        globs.push(format!("{below}*.{end}"));
    }
    if stem.contains(format) {
        globs.push(format!("{below}*{}*.{end}", escaped(format)));
    }
    globs.push(format!("{below}{}*.{end}", escaped(stem)));
    globs
}

fn matches_only(glob: &str, used: &[Found<'_>], around: &Around<'_>) -> bool {
    let Ok(glob) = Glob::new(glob) else { return false };
    let is_used = |path: &str| used.iter().any(|(artifact, _)| artifact.path == path);
    let mut matched = around.artifacts.iter().filter(|artifact| glob.matches(&artifact.path));
    matched.all(|artifact| is_used(&artifact.path))
}
