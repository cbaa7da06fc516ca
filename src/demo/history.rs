//! From the story to the files of each commit, in memory alone.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::model::Timestamp;
use crate::sources::git::Person;

use super::DemoError;
use super::story::{CHECKLIST, Edit, RESULTS, STEPS, Step, WRITTEN};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/demo");

/// Path → bytes.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A step of the story with everything it holds.
pub(super) struct Told {
    pub(super) name: &'static str,
    pub(super) author: Person,
    pub(super) at: Timestamp,
    pub(super) message: &'static str,
    /// The names of the steps it stands on.
    pub(super) parents: Vec<&'static str>,
    pub(super) files: Files,
    pub(super) tag: Option<&'static str>,
}

/// Every step, oldest first. Artifacts still name commits by their steps.
pub(super) fn tell() -> Result<Vec<Told>, DemoError> {
    let mut told: Vec<Told> = Vec::new();
    for step in STEPS {
        let before = step.after.or(told.last().map(|last| last.name));
        let base = told.iter().find(|earlier| Some(earlier.name) == before);
        let mut files = base.map(|base| base.files.clone()).unwrap_or_default();
        for edit in step.edits {
            apply(edit, &mut files).map_err(|why| broken(step, &why))?;
        }
        told.push(Told {
            name: step.name,
            author: Person { name: step.by.0.to_owned(), email: step.by.1.to_owned() },
            at: time(step.at)?,
            message: step.message,
            parents: before.into_iter().chain(step.merges).collect(),
            files,
            tag: step.tag,
        });
    }
    Ok(told)
}

/// The artifacts that lie beside the last commit: path, bytes, and when each was written.
pub(super) fn artifacts() -> Result<Vec<(String, Vec<u8>, Timestamp)>, DemoError> {
    let (usual, others) = WRITTEN;
    let mut found = Vec::new();
    for (folder, into) in RESULTS {
        for (name, bytes) in embedded(folder).map_err(DemoError::Story)? {
            let named = others.iter().find(|(other, _)| *other == name);
            let written = named.map_or(usual, |(_, at)| at);
            found.push((format!("{into}{name}"), bytes, time(written)?));
        }
    }
    Ok(found)
}

/// Puts the ids of commits in the place of `@commit NAME@`.
pub(super) fn named(
    bytes: &[u8],
    ids: &BTreeMap<&'static str, String>,
) -> Result<Vec<u8>, DemoError> {
    const MARK: &str = "@commit ";
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(bytes.to_vec()) };
    let mut parts = text.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part.split_once('@').and_then(|(name, rest)| Some((ids.get(name)?, rest)));
        let (id, rest) = known.ok_or_else(|| {
            DemoError::Story(format!("an artifact names a commit that is not there yet: {part}"))
        })?;
        out.push_str(id);
        out.push_str(rest);
    }
    Ok(out.into_bytes())
}

pub(super) fn time(text: &str) -> Result<Timestamp, DemoError> {
    text.parse().map_err(DemoError::Story)
}

fn broken(step: &Step, why: &str) -> DemoError {
    DemoError::Story(format!("{}: {why}", step.name))
}

fn apply(edit: &Edit, files: &mut Files) -> Result<(), String> {
    match edit {
        Edit::Lay(folder) => lay(folder, "", files),
        Edit::LayInto(folder, into) => lay(folder, into, files),
        Edit::Tick(text) => {
            replace(files, CHECKLIST, &format!("- [ ] {text}"), &format!("- [x] {text}"))
        }
        Edit::Untick(text) => {
            replace(files, CHECKLIST, &format!("- [x] {text}"), &format!("- [ ] {text}"))
        }
        Edit::Replace(path, from, to) => replace(files, path, from, to),
        Edit::Append(path, text) => {
            let held = files.get_mut(*path).ok_or_else(|| format!("{path} is not there"))?;
            held.extend_from_slice(text.as_bytes());
            Ok(())
        }
        Edit::Remove(path) => remove(files, path),
    }
}

fn lay(folder: &str, into: &str, files: &mut Files) -> Result<(), String> {
    for (name, bytes) in embedded(folder)? {
        // An ignore file of that name would hide parts of this project's own repository.
        let name = if name == "gitignore" { ".gitignore".to_owned() } else { name };
        files.insert(format!("{into}{name}"), bytes);
    }
    Ok(())
}

fn remove(files: &mut Files, path: &str) -> Result<(), String> {
    let before = files.len();
    match path.strip_suffix('/') {
        Some(_) => files.retain(|name, _| !name.starts_with(path)),
        None => files.retain(|name, _| name != path),
    }
    if files.len() == before { Err(format!("{path} is not there")) } else { Ok(()) }
}

fn replace(files: &mut Files, path: &str, from: &str, to: &str) -> Result<(), String> {
    let held = files.get_mut(path).ok_or_else(|| format!("{path} is not there"))?;
    let text = String::from_utf8_lossy(held);
    if !text.contains(from) {
        return Err(format!("{path} does not hold `{from}`"));
    }
    *held = text.replace(from, to).into_bytes();
    Ok(())
}

/// The files of an embedded folder, named relative to it.
fn embedded(folder: &str) -> Result<Files, String> {
    let dir = FILES.get_dir(folder).ok_or_else(|| format!("there is no folder {folder}"))?;
    let mut files = Files::new();
    let mut ahead = vec![dir];
    while let Some(next) = ahead.pop() {
        ahead.extend(next.dirs());
        for file in next.files() {
            let name = file.path().strip_prefix(folder).map_err(|fault| fault.to_string())?;
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, file.contents().to_vec());
        }
    }
    Ok(files)
}
