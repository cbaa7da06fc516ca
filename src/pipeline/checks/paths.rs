//! The globs of `paths`: one that can never match would keep evidence fresh for ever.

use std::collections::BTreeSet;

use crate::model::{Code, Glob, Place, Problem, nearest};
use crate::pipeline::Error;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::policy::Requirement;
use crate::reconcile::is_under;

/// A problem for each glob that matches no file of the judged state and once did. What `ignored`
/// matches never makes evidence stale.
///
/// # Errors
/// Where a glob never matched any: it is misspelt; where what it matched was moved to where no glob of
/// its requirement matches; and where all that it matches is ignored.
pub(in crate::pipeline) fn unmatched(
    project: &Project<'_>,
    requirements: &[Requirement],
    ignored: &[Glob],
) -> Result<Vec<Problem>, Error> {
    let is_ignored = |path: &str| ignored.iter().any(|glob| glob.matches(path));
    let mut entries: Option<BTreeSet<String>> = None;
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    for requirement in requirements {
        for glob in requirement.paths.iter().flatten() {
            let mut under = project.paths().filter(|path| is_under(glob, path)).peekable();
            if under.peek().is_some() {
                if under.all(is_ignored) {
                    let place = &requirement.place;
                    let lead = format!("all that `{glob}` of `paths` matches is ignored");
                    return Err(Error::usage_at(place, lead).hinted(
                        "`[defaults] ignore` holds of every requirement: take the glob out there, or here.",
                    ));
                }
                continue;
            }
            let entries = match &mut entries {
                Some(known) => known,
                none => none.insert(all_entries(project)?),
            };
            // Submodules are no files, and change as one; what changes behind a link is not the link.
            if let Some(path) = entries.iter().find(|path| is_under(glob, path)) {
                if !glob.covers(path) && project.is_link(path) {
                    let lead = format!("`{glob}` of `paths` leads through the link {path}");
                    return Err(Error::usage_at(&requirement.place, lead)
                        .hinted("Name the folder that it leads to: what changes there is seen."));
                }
                continue;
            }
            let place = &place_of(project, &requirement.place, glob);
            let nearest = || hint(glob, entries, place);
            if !once_held(project, glob)? {
                let lead = format!("`{glob}` of `paths` matches no file");
                return Err(Error::usage_at(place, lead).hinted(nearest()));
            }
            if let Some(path) = moved_to(project, glob)?
                && !requirement.paths.iter().flatten().any(|other| is_under(other, &path))
            {
                let lead =
                    format!("`{glob}` of `paths` matches no file: what it did was moved to {path}");
                let there = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/**"));
                let hint = there.map_or_else(nearest, |there| {
                    format!("Name where it lies now: `{there}`, or what of that is meant.")
                });
                return Err(Error::usage_at(place, lead).hinted(hint));
            }
            if told.insert((requirement.place.clone(), glob.as_str())) {
                let message = format!("`{glob}` of `paths` matches no file any more.");
                let problem = Problem::new(Code::PathsUnmatched, place.clone(), message);
                problems.push(problem.hint(nearest()));
            }
        }
    }
    Ok(problems)
}

/// The files of the judged state and the entries of its commit.
fn all_entries(project: &Project<'_>) -> Result<BTreeSet<String>, Error> {
    let mut entries = match (project.repository, &project.commit) {
        (Some(repository), Some(commit)) => repository.entries(commit)?,
        _ => BTreeSet::new(),
    };
    entries.extend(project.paths().map(str::to_owned));
    Ok(entries)
}

fn once_held(project: &Project<'_>, glob: &Glob) -> Result<bool, Error> {
    match (project.repository, &project.commit) {
        (Some(repository), Some(commit)) => {
            Ok(repository.ever_held(commit, &|path| is_under(glob, path))?)
        }
        _ => Ok(false),
    }
}

/// Where a file went that the glob matched last.
fn moved_to(project: &Project<'_>, glob: &Glob) -> Result<Option<String>, Error> {
    match (project.repository, &project.commit) {
        (Some(repository), Some(commit)) => {
            Ok(repository.moved_to(commit, &|path| is_under(glob, path))?)
        }
        _ => Ok(None),
    }
}

/// The line of trueup.toml that the glob stands in, from its requirement on.
fn place_of(project: &Project<'_>, asked: &Place, glob: &Glob) -> Place {
    let read = |path: &str| project.read(path, LARGEST_TEXT)?.ok();
    let bytes = if asked.path.ends_with(".toml") { read(&asked.path) } else { None };
    let (Some(bytes), Some(line)) = (bytes, asked.line) else { return asked.clone() };
    let text = String::from_utf8_lossy(&bytes);
    let is_header = |line: &str| line.trim_start().starts_with("[[");
    let behind = text.lines().enumerate().skip(line);
    let mut own = behind.take_while(|(_, line)| !is_header(line));
    let is_there = |line: &str| {
        ['"', '\''].iter().any(|quote| line.contains(&format!("{quote}{}{quote}", glob.as_str())))
    };
    let mut in_paths = false;
    let found = own.find(|(_, line)| {
        in_paths = match line.split_once('=') {
            Some((key, _)) if !key.contains(['"', '\'']) => key.trim() == "paths",
            _ => in_paths,
        };
        in_paths && is_there(line)
    });
    found.map_or_else(|| asked.clone(), |(at, _)| Place::line(asked.path.clone(), at + 1))
}

/// What was probably meant by a glob that stands at `place`.
fn hint(glob: &Glob, entries: &BTreeSet<String>, place: &Place) -> String {
    let written = glob.as_str();
    let first = |text: &str| {
        let glob = Glob::new(text).ok()?;
        entries.iter().find(|path| glob.covers(path)).map(String::as_str)
    };
    let folders: BTreeSet<&str> = entries
        .iter()
        .flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]))
        .collect();
    let relative = written.trim_start_matches(['/', '.']);
    if relative != written && first(relative).is_some() {
        return format!("Paths are relative to the repository: write `{relative}`.");
    }
    let escaped = written.replace('[', "[[]");
    if escaped != written && first(&escaped).is_some() {
        return format!("Between `[` and `]` stand characters to choose from: write `{escaped}`.");
    }
    if let Some((folder, _)) = place.path.rsplit_once('/')
        && first(&format!("{folder}/{relative}")).is_some()
    {
        return format!("Paths are relative to the repository: write `{folder}/{relative}`.");
    }
    let plain = written.trim_end_matches('/');
    if Glob::new(plain).is_ok_and(|glob| folders.iter().any(|folder| glob.matches(folder))) {
        return format!("It names folders: write `{plain}/**`.");
    }
    let lower = Glob::new(&written.to_lowercase()).ok();
    let same =
        |path: &&String| lower.as_ref().is_some_and(|glob| glob.covers(&path.to_lowercase()));
    if let Some(path) = entries.iter().find(same) {
        return format!("Upper and lower case count: {path} is there.");
    }
    if let Some(path) = first(&format!("**/{relative}")) {
        return format!("{path} is there: write `**/{relative}`, or the whole path.");
    }
    let literal = relative.split(['*', '?', '[', '{']).next().unwrap_or_default();
    match nearest(literal.trim_end_matches('/'), folders) {
        Some(folder) => format!("Nearest: write `{folder}/**`."),
        None => "Write a glob over the repository's files, as `src/**`.".to_owned(),
    }
}
