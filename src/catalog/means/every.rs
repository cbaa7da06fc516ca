//! Reports of which every one counts: those beside the ones that are there, and that come later.

use std::collections::{HashMap, HashSet};

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
    let others = Others::of(used, around);
    // Reports of one folder have the same globs.
    let mut tried: HashMap<String, bool> = HashMap::new();
    let mut drafts: Vec<DraftArtifact> = used
        .iter()
        .map(|(artifact, format)| {
            let globs = globs(artifact, format, of_any_format);
            let others = others.beside(artifact);
            let mut apart = |glob: &String| match tried.get(glob) {
                Some(known) => *known,
                None => *tried.entry(glob.clone()).or_insert(is_apart(glob, others)),
            };
            let glob = globs.into_iter().find(&mut apart);
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

/// The paths of what is not used, in order.
struct Others<'a>(Vec<&'a str>);

impl<'a> Others<'a> {
    fn of(used: &[Found<'_>], around: &Around<'a>) -> Others<'a> {
        let used: HashSet<&str> = used.iter().map(|(artifact, _)| artifact.path.as_str()).collect();
        let paths = around.artifacts.iter().map(|artifact| artifact.path.as_str());
        let mut others: Vec<&str> = paths.filter(|path| !used.contains(path)).collect();
        others.sort_unstable();
        Others(others)
    }

    /// Those in the folder of `artifact` and below it: its globs match nothing elsewhere.
    fn beside(&self, artifact: &Artifact) -> &[&'a str] {
        let end = artifact.path.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, _) = artifact.path.split_at(end);
        let start = self.0.partition_point(|path| *path < folder);
        let below = &self.0[start..];
        &below[..below.partition_point(|path| path.starts_with(folder))]
    }
}

/// Whether a glob matches none of the `others`.
fn is_apart(glob: &str, others: &[&str]) -> bool {
    Glob::new(glob).is_ok_and(|glob| !others.iter().any(|path| glob.matches(path)))
}
