//! Reports of which every one counts: those beside the ones that are there, and that come later.

use std::collections::{HashMap, HashSet};

use super::named;
use super::report::Found;
use crate::catalog::proposal::{DraftArtifact, escaped};
use crate::catalog::surroundings::Around;
use crate::model::Artifact;

/// What the names of reports begin with of which a tool writes one for each class.
const OF_A_CLASS: &str = "TEST-";

/// The artifacts by their own names; what is one class's part of a run, with those of the other classes.
pub(super) fn whole(used: &[Found<'_>], around: &Around<'_>) -> Vec<DraftArtifact> {
    let others = Others::of(used, around);
    let of_a_run = |artifact: &Artifact, format: &str| {
        let parts = neighbours(artifact, format, false).into_iter().find(|of| match of.name {
            Name::First(first) => first == OF_A_CLASS,
            _ => false,
        })?;
        let is_apart = !others.beside(artifact).iter().any(|path| parts.holds(path));
        is_apart.then(|| DraftArtifact { glob: parts.glob(), ..named(artifact, format) })
    };
    let mut drafts: Vec<DraftArtifact> = Vec::new();
    for (artifact, format) in used {
        let draft = of_a_run(artifact, format).unwrap_or_else(|| named(artifact, format));
        if !drafts.contains(&draft) {
            drafts.push(draft);
        }
    }
    drafts
}

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
        .flat_map(|(artifact, format)| {
            let beside = others.beside(artifact);
            let mut apart =
                neighbours(artifact, format, of_any_format).into_iter().filter_map(|of| {
                    let is_apart = || !beside.iter().any(|path| of.holds(path));
                    let glob = of.glob();
                    let is_apart = match tried.get(&glob) {
                        Some(known) => *known,
                        None => *tried.entry(glob.clone()).or_insert_with(is_apart),
                    };
                    is_apart.then_some(glob)
                });
            let own = named(artifact, format);
            let format_named = own.format.clone().filter(|_| !of_any_format);
            let draft =
                |glob| DraftArtifact { glob, format: format_named.clone(), vouched_by: None };
            let above = above(artifact, format, around)
                .filter(|of| !below(&others.0, of.folder).iter().any(|path| of.holds(path)));
            let wide = above.map(|of| draft(of.glob()));
            [Some(apart.next().map_or(own, draft)), wide].into_iter().flatten().collect::<Vec<_>>()
        })
        .collect();
    drafts.sort_by(|a, b| a.glob.cmp(&b.glob));
    drafts.dedup();
    drafts
}

/// Files in a folder, and below it where it is not the repository's own, by their names.
struct Neighbours<'a> {
    /// With its slash.
    folder: &'a str,
    name: Name<'a>,
    /// What follows the last dot.
    end: &'a str,
}

/// What stands in their names before the end.
enum Name<'a> {
    Anything,
    Somewhere(&'a str),
    First(&'a str),
}

/// The neighbours of one report, the widest first.
fn neighbours<'a>(
    artifact: &'a Artifact,
    format: &'a str,
    of_any_format: bool,
) -> Vec<Neighbours<'a>> {
    let (folder, name) = artifact.path.split_at(artifact.path.rfind('/').map_or(0, |at| at + 1));
    let Some((stem, end)) = name.rsplit_once('.').filter(|_| artifact.archive.is_none()) else {
        return Vec::new();
    };
    let wide = (of_any_format && !folder.is_empty()).then_some(Name::Anything);
    let of_format = stem.contains(format).then_some(Name::Somewhere(format));
    // No glob has two stars side by side in a name.
    let of_class = stem.starts_with(OF_A_CLASS).then_some(Name::First(OF_A_CLASS));
    let first = (!stem.ends_with('*')).then_some(Name::First(stem));
    let names = wide.into_iter().chain(of_format).chain(of_class).chain(first);
    names.map(|name| Neighbours { folder, name, end }).collect()
}

/// Folders of what is built, in which many other files lie.
const BUILT: [&str; 4] = ["build", "dist", "out", "target"];

/// The files of the same format in the neighbouring folders, where the name says the format: another job or
/// package leaves its report there.
fn above<'a>(
    artifact: &'a Artifact,
    format: &'a str,
    around: &Around<'_>,
) -> Option<Neighbours<'a>> {
    let (folder, name) = artifact.path.rsplit_once('/')?;
    let below = around.below(folder)?;
    let (top, _) = below.split_once('/')?;
    let depth = folder.len() - below.len() + top.len();
    let (stem, end) = name.rsplit_once('.').filter(|_| artifact.archive.is_none())?;
    let is_built = folder.split('/').any(|part| BUILT.contains(&part));
    let folder = artifact.path.get(..=depth)?;
    let part = [format, "junit"].into_iter().find(|part| stem.contains(part))?;
    (!is_built).then_some(Neighbours { folder, name: Name::Somewhere(part), end })
}

impl Neighbours<'_> {
    fn glob(&self) -> String {
        let Neighbours { folder, name, end } = self;
        let below = if folder.is_empty() { "" } else { "**/" };
        let name = match name {
            Name::Anything => String::new(),
            Name::Somewhere(part) => format!("*{}", escaped(part)),
            Name::First(stem) => escaped(stem),
        };
        format!("{}{below}{name}*.{}", escaped(folder), escaped(end))
    }

    /// Whether the glob matches `path`: there are thousands of globs, and each would have to be built.
    fn holds(&self, path: &str) -> bool {
        let Some(below) = path.strip_prefix(self.folder) else { return false };
        let (between, name) = below.rsplit_once('/').unwrap_or(("", below));
        let stem = name.strip_suffix(self.end).and_then(|rest| rest.strip_suffix('.'));
        let Some(stem) = stem.filter(|_| between.is_empty() || !self.folder.is_empty()) else {
            return false;
        };
        match self.name {
            Name::Anything => true,
            Name::Somewhere(part) => stem.contains(part),
            Name::First(first) => stem.starts_with(first),
        }
    }
}

/// The paths of what is not used, in order.
struct Others<'a>(Vec<&'a str>);

impl<'a> Others<'a> {
    fn of(used: &[Found<'_>], around: &Around<'a>) -> Others<'a> {
        let used: HashSet<&str> = used.iter().map(|(artifact, _)| artifact.path.as_str()).collect();
        let paths = around.of_any_name().iter().map(|artifact| artifact.path.as_str());
        let paths = paths.chain(around.others.iter().map(String::as_str));
        let mut others: Vec<&str> = paths.filter(|path| !used.contains(path)).collect();
        others.sort_unstable();
        Others(others)
    }

    /// Those in the folder of `artifact` and below it: its globs match nothing elsewhere.
    fn beside(&self, artifact: &Artifact) -> &[&'a str] {
        let end = artifact.path.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, _) = artifact.path.split_at(end);
        below(&self.0, folder)
    }
}

/// Those of `paths` in `folder` and below it.
fn below<'p, 'a>(paths: &'p [&'a str], folder: &str) -> &'p [&'a str] {
    let start = paths.partition_point(|path| *path < folder);
    let below = &paths[start..];
    &below[..below.partition_point(|path| path.starts_with(folder))]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Glob;

    const FOLDERS: [&str; 5] = ["", "a/", "a[1]/", "a/b/", "a/*{/"];
    const PARTS: [&str; 6] = ["junit", "x", "-1", ".", "*[a", "é\\"];

    fn part() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&PARTS[..]), 0..4).prop_map(|of| of.concat())
    }

    proptest! {
        #[test]
        fn what_a_glob_matches_is_told_without_it(
            folder in prop::sample::select(&FOLDERS[..]),
            other in prop::sample::select(&FOLDERS[..]),
            (first, name, kind) in (part(), part(), 0..3_u8),
        ) {
            let kind = match kind {
                0 => Name::Anything,
                1 => Name::Somewhere("junit"),
                _ => Name::First(&first),
            };
            let of = Neighbours { folder, name: kind, end: "xml" };
            let glob = Glob::new(&of.glob()).unwrap();
            for path in [format!("{other}{name}.xml"), format!("{folder}{first}{name}.xml"), name] {
                prop_assert_eq!(of.holds(&path), glob.matches(&path), "{} in {}", glob, path);
            }
        }
    }
}
