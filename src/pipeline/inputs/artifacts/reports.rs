//! Reports of trueup that lie among the artifacts: what they hold was evidence of the state that they
//! judged, and its bytes, under names of the vault, tell nobody that any more.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Code, Limits, Place, Problem, counted, plural};
use crate::pipeline::inputs::project::Project;
use crate::policy::Requirement;
use crate::seal::manifest::{Entry, MANIFEST, Manifest};
use crate::sources::digest::sha256;

use super::beside::beside;
use super::find::{File, Found};

/// Takes out of the files what the manifest of a published report names, with the bytes that it names,
/// and tells of each report. A file that a requirement names by its own path stays.
pub(super) fn leave_out(
    project: &Project<'_>,
    requirements: &[Requirement],
    limits: &Limits,
    found: &mut Found,
) -> Vec<Problem> {
    let named = |path: &str| {
        let mut wanted = requirements.iter().flat_map(|of| &of.artifacts);
        wanted.any(|wanted| wanted.glob.as_str() == path)
    };
    let mut problems = Vec::new();
    for (name, manifest) in manifests(project, limits, found) {
        let folder = name.strip_suffix(MANIFEST).unwrap_or_default().to_owned();
        let is_of_it = |entry: &&Entry| {
            let path = format!("{folder}{}", entry.path);
            !named(&path) && is_as_published(project, found.files.get(&path), entry)
        };
        let mut own: BTreeSet<String> = manifest
            .files
            .iter()
            .filter(is_of_it)
            .map(|of| format!("{folder}{}", of.path))
            .collect();
        let over = |path: &&String| {
            let rest = path.strip_prefix(&folder).and_then(|rest| rest.strip_prefix("manifest."));
            rest.is_some_and(|rest| !rest.contains('/')) && !named(path)
        };
        own.extend(found.files.keys().filter(over).cloned());
        for path in &own {
            found.files.remove(path);
            found.default.remove(path);
        }
        if !own.is_empty() {
            problems.push(told(&name, own.len()));
        }
    }
    problems
}

fn told(name: &str, count: usize) -> Problem {
    let count = count as u64;
    let message = format!(
        "A report of trueup lies here: {} of it {} left out, for a report's own files are no evidence.",
        counted(count, "file"),
        plural(count, "is")
    );
    let hint =
        "Publish it outside of the folders of artifacts; a file that counts, name by its own path.";
    Problem::new(Code::ReportLeftOut, Place::file(name), message).hint(hint)
}

/// Whether the file is there with the bytes of the published one: another may have been put in its
/// place. Of an archive's entry its name is believed.
fn is_as_published(project: &Project<'_>, file: Option<&File>, entry: &Entry) -> bool {
    match file {
        None => false,
        Some(File::Entry(_)) => true,
        Some(File::Disk(_)) if file.is_some_and(|of| of.size() != entry.bytes) => false,
        Some(file) => {
            let mut bytes = Vec::new();
            let read = file.read(project.from_git.then_some(project), &mut bytes);
            read.is_ok() && sha256(&bytes).to_string() == entry.sha256
        }
    }
}

/// The manifests of reports in the folders of the files that were found and in those above them, by
/// name.
fn manifests(project: &Project<'_>, limits: &Limits, found: &Found) -> BTreeMap<String, Manifest> {
    let mut all = BTreeMap::new();
    let mut take = |name: String, bytes: &[u8]| {
        if let Ok(manifest) = Manifest::read(bytes) {
            all.insert(name, manifest);
        }
    };
    for (name, file) in beside(project, found, &is_manifest) {
        let mut bytes = Vec::new();
        if file.read(project.from_git.then_some(project), &mut bytes).is_ok() {
            take(name, &bytes);
        }
    }
    for (at, archive) in found.archives.iter().enumerate() {
        let entries = found.files.iter().filter(|(name, file)| {
            matches!(file, File::Entry(of) if *of == at) && is_manifest(name)
        });
        let names: Vec<&String> = entries.map(|(name, _)| name).collect();
        for (name, bytes) in archive.bytes_of(&names, limits) {
            if let Ok(bytes) = bytes {
                take(name, &bytes);
            }
        }
    }
    all
}

fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next() == Some(MANIFEST)
}
